"""Colours as classes: each is one on a light page and another on a dark one."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class Paints:
    """The colours of a page; attributes would hold one of the two only."""

    fills: dict[tuple[str, str], str] = field(default_factory=dict)
    strokes: dict[tuple[str, str], str] = field(default_factory=dict)

    def fill(self, light: str, dark: str) -> str:
        """Return the class of what is filled with a colour."""
        return self.fills.setdefault((light, dark), f"f{len(self.fills)}")

    def stroke(self, light: str, dark: str) -> str:
        """Return the class of a line in a colour."""
        return self.strokes.setdefault((light, dark), f"s{len(self.strokes)}")

    def css(self, *, dark: bool = False) -> str:
        """Return the rules of all classes, on a light or on a dark page."""
        rules = [
            f".{name}{{{what}:{colors[dark]}}}"
            for what, found in (("fill", self.fills), ("stroke", self.strokes))
            for colors, name in found.items()
        ]
        return "".join(rules)
