"""The map as SVG, and what of it changes with the reader's choices."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from html import escape
from typing import TYPE_CHECKING, Any

import numpy as np

from aktorkart.scene.change import BETTER, WORSE
from aktorkart.viewer.samples import stroked
from aktorkart.viewer.shapes import number, path, ring

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from aktorkart.model import Actor
    from aktorkart.scene.drawn_ties import DrawnTie
    from aktorkart.scene.scene import Scene
    from aktorkart.viewer.choices import Choice
    from aktorkart.viewer.picture import Name, Picture
    from aktorkart.viewer.seen import Seen
    from aktorkart.viewer.shapes import Marks

EDGE, FOCAL = 0.8, 1.5
"""Outlines of a mark, and of whom the map is about, in points."""

_DASHES = (2.6, 1.6)
"""Of the outline of whoever's line is not known, in its widths."""

_BADGE = 5.6


@dataclass(frozen=True)
class Drawing:
    """A picture in both colours, its marks, and what sizes and colours can stand for."""

    seen: Seen
    picture: Picture
    dark: Scene
    marks: Marks
    colors: Sequence[Choice]
    sizes: Sequence[Choice]

    # --- ties

    def ties(self) -> str:
        """Return the ties, the weakest first."""
        return "".join(self._tie(one) for one in self.picture.ties)

    def _tie(self, one: DrawnTie) -> str:
        paints, scene = self.marks.paints, self.picture.scene
        light, dark = one.look.color, self.dark.look(one.tie).color
        strokes = path([self.picture.on_page(stroke) for stroke in one.strokes], one.look.line)
        opacity = scene.opacity(one.tie, len(self.picture.ties))
        seen = f' stroke-opacity="{number(opacity, 2)}"' if opacity < 1 else ""
        width = stroked(one.width * self.picture.weight, one.look.dashes)
        parts = [f'<path d="{strokes}" class="no {paints.stroke(light, dark)}"{width}{seen}/>']
        if one.head is not None:
            tip = ring(self.picture.on_page(one.head) * (1, -1), 1)
            parts.append(f'<path d="{tip}" class="h {paints.fill(light, dark)}"/>')
        case = self.seen.case(one.tie)
        parts.append(self._sign(case, self._middle(one)) if case else "")
        look = f" {_way(case)}" if case else ""
        return f'<g class="t{look}">{"".join(parts)}</g>'

    def _middle(self, one: DrawnTie) -> tuple[float, float]:
        """Return where the sign of a tie stands: not where it is interrupted."""
        spots = self.picture.on_page(one.path)
        along = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(spots, axis=0).T))])
        half = along[-1] * (0.32 if one.look.line.form == "broken" else 0.5)
        x, y = (float(np.interp(half, along, spots[:, axis])) for axis in (0, 1))
        return x, y

    def _sign(self, case: str, at: tuple[float, float]) -> str:
        sign = {**BETTER, **WORSE}[case]
        x, y = map(number, at)
        return (
            f'<g class="badge" transform="translate({x} {y})"><circle r="{_BADGE}"/>'
            f'<text y="3.4" font-size="9.5">{sign}</text></g>'
        )

    def ends(self, at: int) -> list[int]:
        """Return where a tie begins and ends."""
        spots = self.picture.on_page(self.picture.ties[at].path[[0, -1]])
        return [round(one) for one in spots.ravel().tolist()]

    # --- actors

    @cached_property
    def _radii(self) -> list[Mapping[str, float]]:
        return [choice.light.radii() for choice in self.sizes]

    def _outline(self, width: float) -> float:
        return width * self.picture.scene.scale * self.picture.weight

    def actor(self, id_: str) -> dict[str, Any]:
        """Return where an actor stands, its sizes in points, and its mark in each colour."""
        x, y = self.picture.on_page(self.picture.scene.places[id_]).tolist()
        found: dict[str, Any] = {
            "i": id_,
            "n": self.picture.scene.kart[id_].label,
            "x": round(x, 1),
            "y": round(y, 1),
            "r": [round(radii[id_] * self.picture.scale, 1) for radii in self._radii],
            "m": [self.marks.of(id_, one.light, one.dark) for one in self.colors],
        }
        return found | ({"c": case} if (case := self._case(id_)) else {})

    def _case(self, id_: str) -> str:
        if self.seen.changed is None:
            return ""
        change = self.seen.changed.change
        return (
            "gained" if id_ in change.actors_gained else "lost" if id_ in change.actors_lost else ""
        )

    def actors(self) -> str:
        """Return the marks, in the order of the actors; the script says their ties aloud too."""
        return "".join(map(self._actor, self.picture.scene.kart.actors))

    def _actor(self, actor: Actor) -> str:
        scene, id_ = self.picture.scene, actor.id
        x, y = map(number, self.picture.on_page(scene.places[id_]).tolist())
        radius = self._radii[0][id_] * self.picture.scale
        mark = self.marks.of(id_, self.colors[0].light, self.colors[0].dark)
        dashes = _DASHES if scene.shape(id_) == "unknown" else ()
        parts = [_used(mark, radius, self.edge, dashes)]
        if id_ == scene.kart.focal:
            out = scene.ring(id_) * self.picture.scale
            width = self._outline(FOCAL)
            ringed = _used(self.marks.ring(id_), radius + out, width, dashes)
            more = f' data-out="{number(out, 2)}" data-w="{number(width, 2)}"/>'
            parts.append(ringed.replace("/>", more))
        if case := self._case(id_):
            parts.append(self._sign(case, (radius + 1, -radius - 1)))
        look = f" {_way(case)}" if case else ""
        return (
            f'<g class="a{look}" role="button" aria-label="{escape(actor.label)}" '
            f'transform="translate({x} {y})">{"".join(parts)}</g>'
        )

    @property
    def edge(self) -> float:
        """How wide the outline of a mark is."""
        return round(self._outline(EDGE), 2)

    # --- names

    def names(self) -> str:
        """Return the names in the order of the actors."""
        found = {name.actor: name for name in self.picture.names if name.actor is not None}
        return "".join(_name(found[actor.id]) for actor in self.picture.scene.kart.actors)

    def captions(self) -> str:
        """Return what is written beside the names."""
        return "".join(_name(name) for name in self.picture.names if name.actor is None)

    def leaders(self) -> str:
        """Return the lines that lead from a name to its mark."""
        found = (map(number, one) for one in self.picture.leaders)
        drawn = "".join(f"M{x} {y}L{end_x} {end_y}" for x, y, end_x, end_y in found)
        return f'<path d="{drawn}"/>' if drawn else ""


def _way(case: str) -> str:
    """Return the classes of what has changed: for better or worse, and whether it is there."""
    way = "up" if case in BETTER else "down"
    return f"{way} gone" if case in {"lost", "settled"} else way


def _name(name: Name) -> str:
    """Write a name, each line as long as it is in our letters."""
    looks = ["n" if name.actor is not None else "c"]
    looks += ["b"] if name.bold else []
    looks += ["near"] if name.near else []
    lines = "".join(
        f'<tspan x="{number(line.x)}" y="{number(line.y)}" '
        f'textLength="{number(line.long)}">{escape(line.words)}</tspan>'
        for line in name.lines
        if line.words
    )
    return f'<text class="{" ".join(looks)}" font-size="{number(name.size)}">{lines}</text>'


def _used(mark: int, radius: float, width: float, dashes: tuple[float, ...]) -> str:
    """Use a mark at a size."""
    more = ""
    if dashes:
        lengths = " ".join(number(one * width / radius, 3) for one in dashes)
        more = f' stroke-dasharray="{lengths}" data-dash="{" ".join(map(str, dashes))}"'
    return (
        f'<use href="#m{mark}" transform="scale({number(radius, 2)})" '
        f'stroke-width="{number(width / radius, 3)}"{more}/>'
    )
