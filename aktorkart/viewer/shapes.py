"""Marks and lines as SVG by hand: short, with attributes that a strict policy lets through."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from aktorkart.figures.drawing.actors import upon
from aktorkart.scene import marks

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from aktorkart.scene.lines import Line
    from aktorkart.scene.scene import Scene
    from aktorkart.viewer.paints import Paints

    Floats = NDArray[np.float64]

_HIT = 1.5
"""How far outside a mark a finger still meets it, in its radii."""


def number(value: float, digits: int = 1) -> str:
    """Write a number as short as can be."""
    found = f"{value:.{digits}f}".rstrip("0").rstrip(".") if digits else f"{value:.0f}"
    return "0" if found in {"", "-0"} else found.replace("-0.", "-.").removeprefix("0") or "0"


def ring(corners: Floats, digits: int = 2) -> str:
    """Return a closed path, y upwards made y downwards."""
    return _through(corners * (1, -1), digits) + "Z"


def _through(spots: Floats, digits: int) -> str:
    """Go through places in steps from one to the next: shorter than where they are."""
    held = np.round(spots, digits)
    first, steps = held[0], np.diff(held, axis=0)
    start = f"M{_pair(first, digits)}"
    return start + ("l" + " ".join(_pair(step, digits) for step in steps) if len(steps) else "")


def _pair(spot: Floats, digits: int) -> str:
    x, y = (number(float(one), digits) for one in spot)
    return f"{x}{'' if y.startswith('-') else ' '}{y}"


def path(strokes: Sequence[Floats], line: Line | None = None) -> str:
    """Return the strokes of a tie as one path; bends are curves again, not their corners."""
    jagged = line is not None and line.form == "strained"
    return "".join(_through(one, 1) if jagged or len(one) <= 2 else _bent(one) for one in strokes)  # noqa: PLR2004 - two ends


def _bent(spots: Floats) -> str:
    along = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(spots, axis=0).T))])
    half = along[-1] / 2
    middle = np.array([np.interp(half, along, spots[:, 0]), np.interp(half, along, spots[:, 1])])
    control = 2 * middle - (spots[0] + spots[-1]) / 2
    return f"M{_pair(spots[0], 1)}Q{_pair(control, 1)} {_pair(spots[-1], 1)}"


@dataclass
class Marks:
    """The marks of a page, each defined once and used by all who look like it."""

    paints: Paints
    light: Scene
    dark: Scene
    drawn: dict[str, int] = field(default_factory=dict)
    _known: dict[tuple[object, ...], int] = field(default_factory=dict)

    def of(self, id_: str, light: Scene, dark: Scene) -> int:
        """Return the number of the mark that an actor has in a scene."""
        shape, both = light.shape(id_), (light.fills(id_), dark.fills(id_))
        hollow = id_ in light.grouped.hollow
        look = (shape, *map(tuple, both), light.edge(id_), dark.edge(id_), hollow)
        if look not in self._known:
            self._known[look] = self._made(id_, light, dark)
        return self._known[look]

    def _made(self, id_: str, light: Scene, dark: Scene) -> int:
        shape = light.shape(id_)
        fills = [
            self.paints.fill(one, other)
            for (one, _), (other, _) in zip(light.fills(id_), dark.fills(id_), strict=True)
        ]
        edge = self.paints.stroke(light.edge(id_), dark.edge(id_))
        parts = [f'<circle r="{_HIT}" class="hit"/>']
        if len(fills) > 1:
            parts += [
                f'<path d="{ring(part)}" class="{fill}"/>'
                for part, fill in zip(marks.stripes(shape, len(fills)), fills, strict=True)
            ]
        parts.append(outline(shape, f"{fills[0] if len(fills) == 1 else 'no'} {edge}"))
        for (piece, one), (_, other) in zip(upon(light, id_), upon(dark, id_), strict=True):
            parts.append(f'<path d="{ring(piece)}" class="{self.paints.fill(one, other)}"/>')
        return self.drawn.setdefault("".join(parts), len(self.drawn))

    def ring(self, id_: str) -> int:
        """Return the number of the second outline of an actor."""
        edge = self.paints.stroke(self.light.edge(id_), self.dark.edge(id_))
        made = outline(self.light.shape(id_), f"no {edge}")
        return self.drawn.setdefault(made, len(self.drawn))

    def defs(self) -> str:
        """Return all of them, to be used by their numbers."""
        return "".join(f'<g id="m{at}">{inside}</g>' for inside, at in self.drawn.items())


def outline(shape: str, look: str, radius: float = 1.0) -> str:
    """Return a shape around the origin."""
    if shape == "first":
        return f'<circle r="{number(radius, 2)}" class="{look}"/>'
    return f'<path d="{ring(marks.SHAPES[shape] * radius)}" class="{look}"/>'
