"""A map on which some ties and actors are marked, and the rest is there to recognise it by."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Self

import numpy as np

from aktorkart.i18n import text
from aktorkart.model.fields import FrozenDict
from aktorkart.scene.drawn_ties import TieLook
from aktorkart.scene.groups import Groups
from aktorkart.scene.legend import Key, actor_keys, mark_key, tie_key
from aktorkart.scene.lines import narrowed
from aktorkart.scene.scene import Badge, Scene

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from aktorkart.model import ActorMap, Tie
    from aktorkart.scene.drawn_ties import DrawnTie
    from aktorkart.scene.style import Style

    Floats = NDArray[np.float64]


BADGE_RADIUS = 2.7
"""Of a sign on a tie, in millimetres on the nominal page."""

PLAIN_WIDTH = 0.9
"""Of a tie that is not marked, in points."""

DASHES = (3.0, 1.5)
"""Of what is no more, or not yet; in the width of the line."""

# Where a sign may stand along its tie, the best first.
_ALONG = (0.5, 0.4, 0.6, 0.32, 0.68, 0.25, 0.75)
# … and on one that is interrupted in the middle.
_ASIDE = (0.32, 0.68, 0.25, 0.75)
_AIR = 0.8


@dataclass(frozen=True)
class Mark:
    """How a marked tie is drawn: a line, a colour, and a sign that says the same."""

    color: str
    sign: str = ""
    dashes: tuple[float, ...] = ()
    width: float = 2.2

    def key(self, label: str, style: Style) -> Key:
        """Return the line of the legend that explains it."""
        return tie_key(
            label,
            color=self.color,
            width=self.width,
            dashes=self.dashes,
            badge=self.sign,
            page=style.background,
        )


@dataclass(frozen=True)
class ActorLook:
    """How a marked actor is drawn: a fill, and a sign of `marks.glyph` that says the same."""

    fill: str
    sign: int | None = None

    def key(self, label: str, style: Style) -> Key:
        """Return the line of the legend that explains it."""
        return mark_key(label, shape="first", fill=self.fill, sign=self.sign, style=style)


@dataclass(frozen=True, kw_only=True)
class Overlay(Scene):
    """A map with marks; ties are marked in the order in which they are in force."""

    marked: Mapping[Tie, Mark] = field(default_factory=FrozenDict)
    actors: Mapping[str, ActorLook] = field(default_factory=FrozenDict)

    def with_keys(self, keys: Sequence[Key]) -> Self:
        """Return the same with a legend of its own."""
        return replace(self, keys=tuple(keys))

    @property
    def lit(self) -> frozenset[str]:
        """Those whom something marked is about: the others' names are fainter."""
        ends = {end for tie in self.marked for end in tie.ends}
        found = frozenset(ends | {*self.actors} | {self.kart.focal or ""})
        return found if self.marked or self.actors else frozenset(self.places)

    def edge(self, id_: str) -> str:
        """Return the colour of a mark's outline: whoever is not marked is there all the same."""
        return self.style.ink if id_ in self.lit else self.style.muted

    def _fills(self, id_: str) -> list[tuple[str, int | str | None]]:
        look = self.actors.get(id_)
        return [(self.style.neutral, None) if look is None else (look.fill, look.sign)]

    def fills(self, id_: str) -> list[tuple[str, int | str | None]]:
        """Return the fill of a mark, with its sign."""
        return self._fills(id_)

    def _dim(self, tie: Tie) -> bool:
        return tie not in self.marked

    def look(self, tie: Tie) -> TieLook:
        """Return how a tie is drawn: what is not marked is a thin line in one colour."""
        # How well it works is seen on every tie; what passes through it is left out.
        found = super()._look(tie)
        line = replace(found.line, double=False)
        mark = self.marked.get(tie)
        if mark is not None:
            solid = line.form == "solid"
            return TieLook(mark.color, line, mark.dashes if solid else ())
        if tie.needed:
            return found
        return TieLook(self.style.other, line)

    def widths(self) -> list[float]:
        """Return the width of every tie in points: of two kinds, marked or not."""
        found = [
            self.marked[tie].width if tie in self.marked else PLAIN_WIDTH
            for tie in self.kart.ties_in_force
        ]
        return [float(width) for width in narrowed(found, self.scale)]

    def badges(self, ties: Sequence[DrawnTie]) -> list[Badge]:
        """Return the signs on the ties, each where it covers no mark and no other sign."""
        radius = BADGE_RADIUS * self.scale
        radii = self.radii()
        taken = [(*self.places[id_], radii[id_] * 1.2 + self.ring(id_)) for id_ in self.ids]
        found = []
        for one in sorted(ties, key=lambda one: one.gid):
            mark = self.marked.get(one.tie)
            if mark is None or not mark.sign:
                continue
            shares = _ASIDE if one.look.line.form == "broken" else _ALONG
            spots = [_along(one.path, share) for share in shares]
            rooms = [
                min((np.hypot(x - spot[0], y - spot[1]) - far for x, y, far in taken), default=99.0)
                for spot in spots
            ]
            free = [place for place, room in enumerate(rooms) if room >= radius + _AIR]
            spot = spots[free[0] if free else int(np.argmax(rooms))]
            taken.append((*spot, radius))
            found.append(Badge(one.gid, mark.sign, mark.color, spot, radius))
        return found


def _along(path: Floats, share: float) -> tuple[float, float]:
    steps = np.hypot(*np.diff(path, axis=0).T)
    along = np.concatenate([[0.0], np.cumsum(steps)])
    at = share * along[-1]
    return (
        float(np.interp(at, along, path[:, 0])),
        float(np.interp(at, along, path[:, 1])),
    )


def ungrouped(kart: ActorMap) -> Groups:
    """Return groups of a map on which colours are for what is marked."""
    return Groups("", {}, {actor.id: () for actor in kart.actors}, {})


def plain_key(scene: Overlay, label: str) -> list[Key]:
    """Explain the thin lines, if there are any."""
    plain = [tie for tie in scene.kart.ties_in_force if tie not in scene.marked and not tie.needed]
    if not plain:
        return []
    return [tie_key(label, color=scene.style.other, width=PLAIN_WIDTH)]


def about_actors(scene: Overlay, marked: Sequence[Key] = ()) -> list[Key]:
    """Explain the actors: those who are marked first, then as on every map."""
    heading = Key(text("figure.actors", scene.lang))
    rest = actor_keys(scene)
    if not marked:
        return rest
    return [heading, *marked, *(rest[1:] if rest[:1] == [heading] else rest)]


def needed_key(scene: Overlay) -> list[Key]:
    """Explain the dots of ties that are needed and missing, where they are not marked."""
    if not any(tie.needed and tie not in scene.marked for tie in scene.kart.ties_in_force):
        return []
    label = text("figure.missing", scene.lang)
    return [tie_key(label, color=scene.style.missing, width=1.5, dashes=(0.1, 2.6))]
