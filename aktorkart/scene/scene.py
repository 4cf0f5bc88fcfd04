"""What is on the map and where, as data: marks, ties and what they stand on, in millimetres."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from aktorkart.model.vocabulary import CARRYING, FORMAL
from aktorkart.scene import lines, strokes
from aktorkart.scene.drawn_ties import DrawnTies, TieLook
from aktorkart.scene.layout import PAGE
from aktorkart.scene.letters import NOMINAL_SCALE
from aktorkart.scene.style import mixed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from aktorkart.model import ActorMap, Tie
    from aktorkart.scene.drawn_ties import DrawnTie
    from aktorkart.scene.ground import Ground
    from aktorkart.scene.groups import Groups
    from aktorkart.scene.hulls import Hull
    from aktorkart.scene.legend import Key
    from aktorkart.scene.style import Style

    Floats = NDArray[np.float64]
    Ints = NDArray[np.intp]

# One artist for each actor and tie up to here; collections beyond.
MOST_ARTISTS = 500
LANE_APART = 5.0
DETOURS = (
    0.0,
    *(side * bulge for bulge in (2.5, 4.0, 6.0, 8.0, 10.5, 13.0, 18.0) for side in (1, -1)),
)
RIM_GAP = 0.5
RING = 1.15
# Marks and lines have their full size up to so many actors, and become smaller with more …
_ROOMY = 60
_ROOMY_FORMS = 150
_SMALLER = 0.45
# … but zigzags no smaller than this, or the width of their lines would hide them.
_SMALLEST_FORMS = 0.25
# … and ties run straight beyond so many pairs times actors: to look round takes too long.
_MOST_DETOURS = 4_000_000
# Widths of ties, as shares of the style's: of the weakest, and how much more the strongest has …
THINNEST, THICKER = 4 / 9, 20 / 9
# … and of those that warn, at the least; whatever their strength, they are not the faintest.
WARNS = 14 / 9
# What each of the two lines of a double one has of the width of one.
RAIL = 0.62
# From so many ties on lines let others through.
_PILES = 120
# … and beyond so many, lines that lie close together are seen, no longer each of them.
MOST_LINES = 5_000
_FAINTER = 0.75
# How much of the page's colour is mixed into what is not highlighted.
_FADED = 0.72


# Shares from 0 to 1, of which less than this is nothing, as is less than this share of the most.
_SHARES, _NOTHING = frozenset({"betweenness", "closeness", "harmonic"}), 0.005


def shapeless(kart: ActorMap) -> bool:
    """Tell whether no actor's line of service is known: then none is marked as unknown."""
    return not any(kart.lines(actor.id) or actor.kind == "arena" for actor in kart.actors)


def shape_of(kart: ActorMap, id_: str) -> str:
    """Return the shape of an actor's mark: its line of service, or that it is an arena."""
    if kart[id_].kind == "arena":
        return "arena"
    lines = kart.lines(id_)
    return lines[0] if lines else "unknown"


def warns(tie: Tie) -> bool:
    """Tell whether a tie is a conflict, or needed and not there."""
    return tie.needed or tie.kind == "conflict"


@dataclass(frozen=True)
class Badge:
    """A sign in a small disc on the page: what a tie is marked with, besides its colour."""

    gid: str
    sign: str
    color: str
    at: tuple[float, float]
    radius: float


@dataclass(frozen=True, kw_only=True)
class Scene:
    """A map with places, groups and values, from which everything drawn follows."""

    kart: ActorMap
    style: Style
    lang: str
    places: Mapping[str, tuple[float, float]]
    strip: tuple[str, ...]
    grouped: Groups
    values: Mapping[str, float | None]
    size: str | None
    normalized: bool = True
    highlight: str | None = None
    hulls: tuple[Hull, ...] = ()
    backbone: float | None = None
    notes: tuple[str, ...] = ()
    middle: str = "figure.focal"
    ground: Ground | None = None
    keys: tuple[Key, ...] | None = None
    """The legend's lines, where they are not those of a map."""
    foot: str | None = None
    """The line below, where it tells of another map than is drawn; `notes` tell of the figure."""
    page: tuple[float, float] = PAGE  # millimetres, where the ground does not say it

    # --- what stands out

    @cached_property
    def lit(self) -> frozenset[str]:
        """Those who are not faded: the highlighted actor and whoever it has a tie with."""
        if self.highlight is None:
            return frozenset(self.places)
        ends = {
            end
            for tie in self.kart.ties_in_force
            if self.highlight in {tie.source, tie.target}
            for end in (tie.source, tie.target)
        }
        return frozenset(ends | {self.highlight})

    @property
    def unnamed(self) -> frozenset[str]:
        """Those whose name is not written, however much room there is: none on a map."""
        return frozenset()

    def fade(self, color: str, *, faded: bool) -> str:
        """Return a colour, closer to the page's if it is faded."""
        return mixed(color, self.style.background, _FADED) if faded else color

    def edge(self, id_: str) -> str:
        """Return the colour of a mark's outline."""
        return self.fade(self.style.ink, faded=id_ not in self.lit)

    # --- actors

    @cached_property
    def ids(self) -> list[str]:
        """The actors, in the order that they are drawn."""
        return sorted(self.places)

    @cached_property
    def shapeless(self) -> bool:
        """Whether no actor's line of service is known: then none is marked as unknown."""
        return shapeless(self.kart)

    def shape(self, id_: str) -> str:
        """Return the shape of an actor: its line of service, or that it is an arena."""
        return self._shapes[id_]

    @cached_property
    def _shapes(self) -> dict[str, str]:
        return {
            actor.id: "first" if self.shapeless else shape_of(self.kart, actor.id)
            for actor in self.kart.actors
        }

    @cached_property
    def scale(self) -> float:
        """How large marks and lines are drawn: 1 unless the map is crowded."""
        return min(1.0, math.pow(_ROOMY / max(len(self.places), 1), _SMALLER))

    @cached_property
    def forms(self) -> float:
        """How large the zigzags, crosses and gaps of lines are drawn: 1 up to more actors."""
        smaller = math.pow(_ROOMY_FORMS / max(len(self.places), 1), _SMALLER)
        return min(1.0, max(smaller, _SMALLEST_FORMS))

    def ring(self, id_: str) -> float:
        """Return how far outside the mark the second outline of the focal actor runs."""
        return RING * self.scale if id_ == self.kart.focal else 0.0

    @cached_property
    def level(self) -> bool:
        """Whether the differences in size are nothing: then all are drawn alike."""
        found = [self.values.get(id_) or 0.0 for id_ in self.places]
        top, low = max(found, default=0.0), min(found, default=0.0)
        share = self.size in _SHARES and top - low < _NOTHING
        return share or top - low < _NOTHING * top

    def radii(self) -> dict[str, float]:
        """Return each mark's radius in millimetres; its area grows with the value."""
        least, most = (radius * self.scale for radius in self.style.node_radius)
        if self.size is None or self.level:
            middle = (least + most) / 2.4
            return dict.fromkeys(self.places, middle)
        top = max((value for value in self.values.values() if value), default=0.0)
        return {
            id_: math.sqrt(
                least**2
                + (most**2 - least**2) * ((self.values.get(id_) or 0.0) / top if top else 0)
            )
            for id_ in self.places
        }

    def fills(self, id_: str) -> list[tuple[str, int | str | None]]:
        """Return the colours of a mark, each with the sign or hatching it needs in grey."""
        faded = id_ not in self.lit
        return [(self.fade(color, faded=faded), sign) for color, sign in self._fills(id_)]

    def _fills(self, id_: str) -> list[tuple[str, int | str | None]]:
        if self.grouped.numbers:
            value = self.grouped.numbers.get(id_)
            return [(self.style.background if value is None else self.shade(value), None)]
        if id_ in self.grouped.without:
            return [(self.style.neutral, None)]
        if not self.grouped.names:
            return [(self.style.plain, None)]
        mine = self.grouped.members.get(id_, ())
        found = [self.fill(place) for group, place in self.grouped.places.items() if group in mine]
        if not found and mine:
            return [(self.style.rest, None)]
        return found[:3] or [(self.style.background, None)]

    def fill(self, place: int) -> tuple[str, int | str | None]:
        """Return a colour of the palette, and the sign or hatching that it needs in grey."""
        color = self.style.palette[place % len(self.style.palette)]
        if self.style.hatching:
            return color, self.style.hatching[place % len(self.style.palette)]
        plain = 3
        return color, place - plain if place >= plain else None

    def shade(self, value: float) -> str:
        """Return the colour of a number: the larger, the farther from the page's."""
        low, high = min(self.grouped.numbers.values()), max(self.grouped.numbers.values())
        return self.style.shade((value - low) / (high - low) if high > low else 0.5)

    # --- ties

    @cached_property
    def unknown_dashes(self) -> tuple[float, ...]:
        """Return the dashes of a tie of unknown strength; none if no strength is known."""
        known = any(tie.strength is not None for tie in self.kart.ties_in_force)
        return (7.0, 2.5) if known else ()

    def look(self, tie: Tie) -> TieLook:
        """Return a tie's colour by its kind, and its line by how it works."""
        dim = self._dim(tie)
        like = (tie.kind, tie.quality, tie.needed, tie.strength is None, dim)
        if like not in self._looks:
            found = self._look(tie)
            self._looks[like] = replace(found, color=self.fade(found.color, faded=dim))
        return self._looks[like]

    @cached_property
    def _looks(self) -> dict[tuple[object, ...], TieLook]:
        """The looks that were asked for: there are few, and many ties have each."""
        return {}

    def _dim(self, tie: Tie) -> bool:
        return self.highlight is not None and self.highlight not in {tie.source, tie.target}

    def _look(self, tie: Tie) -> TieLook:
        style = self.style
        if tie.needed:
            return TieLook(style.missing, lines.Line(), (0.1, 2.6))
        form = tie.quality if tie.quality in {"strained", "broken"} else "solid"
        if tie.kind == "conflict":
            return TieLook(style.conflict, lines.Line(form=form, crossed=True))
        color = (
            style.carrying
            if tie.kind in CARRYING
            else style.formal
            if tie.kind in FORMAL
            else style.other
        )
        dashes = self.unknown_dashes if tie.strength is None and form == "solid" else ()
        return TieLook(color, lines.Line(double=tie.kind in FORMAL, form=form), dashes)

    def width(self, strength: float | None) -> float:
        """Return the width of a tie of some strength, before marks and lines become smaller."""
        style = self.style
        if strength is None:
            return style.line_width * (0.75 if self.unknown_dashes else 1.2)
        if self.kart.strength_scale is not None:
            low, high = self.kart.strength_scale
            share = (strength - low) / (high - low) if high > low else 1.0
        else:
            # Counts differ by hundreds: half way is the one in the middle.
            share = strength / (strength + self._middle) if strength > 0 else 0.0
        return style.line_width * (THINNEST + THICKER * min(max(share, 0.0), 1.0))

    def drawn_width(self, strength: float | None) -> float:
        """Return the width of a single line of some strength as it is among so many actors."""
        return float(lines.narrowed(self.width(strength), self.scale))

    @cached_property
    def _middle(self) -> float:
        ties = self.kart.ties_in_force
        known = sorted(tie.strength for tie in ties if tie.strength is not None)
        return known[len(known) // 2] or 1.0

    def opacity(self, tie: Tie, count: int) -> float:
        """Return how opaque a tie is among so many: up to thousands, what warns is seen best."""
        if self._dim(tie):
            return 1.0
        # Of more lines than a page holds, it is the bundles that are to be seen.
        crowd = min(1.0, math.pow(MOST_LINES / count, _FAINTER))
        if warns(tie):
            return crowd
        return crowd * self.style.opacity(self.look(tie).color, min(1.0, math.sqrt(_PILES / count)))

    def widths(self) -> list[float]:
        """Return the width of every tie in points."""
        found: dict[tuple[object, ...], float] = {}
        widths = []
        for tie in self.kart.ties_in_force:
            like = (tie.strength, warns(tie), self.look(tie).line.double)
            if like not in found:
                found[like] = self._drawn_width(tie)
            widths.append(found[like])
        return widths

    def _drawn_width(self, tie: Tie) -> float:
        width = self.width(tie.strength)
        if warns(tie):
            width = max(width, WARNS * self.style.line_width)
        # Two thin lines side by side weigh as much as one.
        share = self.scale * (RAIL if self.look(tie).line.double else 1)
        return float(lines.narrowed(width, share))

    @cached_property
    def hidden(self) -> frozenset[int]:
        """Places of the ties that are not drawn because others are stronger."""
        ties = self.kart.ties_in_force
        if self.backbone is None:
            return frozenset()
        known = sorted(tie.strength for tie in ties if tie.strength is not None)
        scale = self.kart.strength_scale
        middle = sum(scale) / 2 if scale else known[len(known) // 2] if known else 1.0
        strengths = {
            place: middle if tie.strength is None else tie.strength
            for place, tie in enumerate(ties)
            if not tie.needed
        }
        if not strengths:
            return frozenset()
        ranked = sorted(strengths.values(), reverse=True)
        least = ranked[math.ceil(self.backbone * len(ranked)) - 1]
        return frozenset(
            place
            for place, strength in strengths.items()
            if strength < least and self.highlight not in {ties[place].source, ties[place].target}
        )

    @cached_property
    def bare(self) -> frozenset[str]:
        """Actors whose every tie is among those that are not drawn."""
        ties = self.kart.ties_in_force
        hidden = {end for place in self.hidden for end in (ties[place].source, ties[place].target)}
        drawn = {
            end
            for place, tie in enumerate(ties)
            if place not in self.hidden
            for end in (tie.source, tie.target)
        }
        return frozenset(hidden - drawn)

    def ties(self, radii: Mapping[str, float]) -> Sequence[DrawnTie]:
        """Return the ties in force, the weakest first."""
        every, widths = self.kart.ties_in_force, self.widths()
        number = {id_: place for place, id_ in enumerate(self.ids)}
        shown = [place for place in range(len(every)) if place not in self.hidden]
        ties = [every[place] for place in shown]
        tails = np.array([number[tie.source] for tie in ties], dtype=np.intp)
        heads = np.array([number[tie.target] for tie in ties], dtype=np.intp)
        # Several between the same two stand in an order of their own.
        order = np.lexsort(
            (
                _ranks([tie.informant or "" for tie in ties]),
                tails,
                _ranks([tie.kind for tie in ties]),
                np.maximum(tails, heads),
                np.minimum(tails, heads),
            )
        )
        ends = np.stack([tails[order], heads[order]])
        bends = self._bends(np.sort(ends, axis=0), radii)
        ties = [ties[row] for row in order.tolist()]
        gids, used = [], dict[str, int]()
        for tie in ties:
            gid = f"tie:{tie.kind}:{tie.source}→{tie.target}"
            used[gid] = used.get(gid, 0) + 1
            gids.append(gid if used[gid] == 1 else f"{gid}#{used[gid]}")
        thick = np.array(widths)[np.array(shown, dtype=np.intp)][order]
        # Strong ties over weak ones, and what warns over both; the file's order decides nothing.
        over = np.array(sorted(range(len(ties)), key=gids.__getitem__), dtype=np.intp)
        bright = np.array([not self._dim(tie) for tie in ties], dtype=np.bool_)
        warn = np.array([warns(tie) for tie in ties], dtype=np.bool_)
        over = over[np.lexsort((thick[over], warn[over], bright[over]))]
        rows = over.tolist()
        drawn = self._drawn(
            [ties[row] for row in rows],
            [gids[row] for row in rows],
            thick[over],
            ends[:, over],
            bends[over],
            radii,
        )
        return drawn if len(drawn) > MOST_LINES else list(drawn)

    def badges(self, ties: Sequence[DrawnTie]) -> list[Badge]:  # noqa: ARG002 - for others
        """Return the signs that stand on ties: none on a map."""
        return []

    def _bends(self, ends: Ints, radii: Mapping[str, float]) -> Floats:
        """Return how far each tie bends to its left; ``ends`` (2, n), by number, lie sorted."""
        if not ends.size:
            return np.zeros(0)
        new = np.concatenate([[True], (ends[:, 1:] != ends[:, :-1]).any(axis=0)])
        first = np.flatnonzero(new)
        count, pair = np.diff(first, append=len(new)), np.cumsum(new) - 1
        lane = np.arange(len(new)) - first[pair]
        bends: Floats = LANE_APART * (lane - (count[pair] - 1) / 2)
        if len(first) * len(self.ids) <= _MOST_DETOURS:
            ids = self.ids
            centres = np.array([self.places[id_] for id_ in ids])
            found = lines.detours(
                centres[ends[0, first]],
                centres[ends[1, first]],
                centres,
                np.array([radii[id_] * 1.15 + 0.8 * self.scale + self.ring(id_) for id_ in ids]),
                widths=bends[first + count - 1],
                tries=DETOURS,
            )
            # Parallel ties bend together.
            bends = found[pair] + bends
        return bends

    def _drawn(  # noqa: PLR0913, PLR0917 - ties as columns
        self,
        ties: list[Tie],
        gids: list[str],
        widths: Floats,
        ends: Ints,
        bends: Floats,
        radii: Mapping[str, float],
    ) -> DrawnTies:
        """Draw ties from rim to rim: straight, but for some that are bent."""
        ids = self.ids
        straight = np.array([self.places[id_] for id_ in ids]).reshape(-1, 2)[ends.T]
        ways = np.stack([straight[:, 1] - straight[:, 0], straight[:, 0] - straight[:, 1]])
        bent = {}
        for row in np.flatnonzero(bends).tolist():
            # The same way round for both directions.
            turn = 1 if ends[0, row] <= ends[1, row] else -1
            start, end = straight[row, ::turn]
            path = lines.lane(start, end, float(bends[row]))[::turn]
            ways[0, row], ways[1, row] = path[1] - path[0], path[-2] - path[-1]
            bent[row] = path
        shapes = np.array([self.shape(id_) for id_ in ids])
        reach = np.array([radii[id_] + self.ring(id_) for id_ in ids])
        near, far = (
            RIM_GAP * self.scale + strokes.rims(shapes[end], reach[end], way)
            for end, way in zip(ends, ways, strict=True)
        )
        straight = lines.cut(straight, near, far)
        for row, path in bent.items():
            bent[row] = lines.trimmed(path, near[row], far[row])
        looks = [self.look(tie) for tie in ties]
        thick = widths / NOMINAL_SCALE
        double = np.array([0.7 if look.line.double else 0.0 for look in looks])
        one_way = [row for row, tie in enumerate(ties) if not tie.mutual]
        bodies = strokes.Paths(straight, bent)
        bodies, heads = strokes.pointed(bodies, one_way, 2.3 * self.scale + 1.6 * thick + double)
        formed = strokes.formed(bodies, [look.line for look in looks], thick, self.forms)
        return DrawnTies(ties, gids, looks, widths, straight, bent, formed, heads)


def _ranks(words: Sequence[str]) -> Ints:
    """Return where each word stands among the different ones in order."""
    ranks = {word: rank for rank, word in enumerate(sorted(set(words)))}
    return np.array([ranks[word] for word in words], dtype=np.intp)
