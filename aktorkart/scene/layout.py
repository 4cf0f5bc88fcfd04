"""Where every actor stands on the page: a stress layout, arranged so that names fit.

Coordinates are millimetres on a nominal A4 landscape page, y upwards. They depend on the map
alone, never on the figure's size, font or language, so that the picture in the report, the
interactive page and next year's map share them; only labels adapt.

Ties pull by strength, within bounds: a strong tie is at most half as long as a weak one, since a
map where lengths follow strengths freely cannot be read. A broken tie and a conflict hold more
loosely. A tie that is needed but missing pulls nobody; only where nothing else joins two parts of
the map does it say where the parts stand. Beyond 300 actors ties within a group are shorter and
those between groups longer, so that groups are seen (`aktorkart.scene.sparse`).
"""

from __future__ import annotations

import math
import re
import statistics
import textwrap
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import numpy as np

from aktorkart.model import expect_map
from aktorkart.model.fields import FrozenDict
from aktorkart.network.graph import all_distances, linked
from aktorkart.scene import sparse, stress
from aktorkart.scene.spacing import FILL, Boxes, Room, fanned, levelled, settle, spread, turned

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy.typing as npt

    from aktorkart.model import ActorMap, Tie

    Floats = npt.NDArray[np.float64]
    Ints = npt.NDArray[np.int64]

#: The nominal page in millimetres: A4, landscape.
PAGE: Final = (297.0, 210.0)
#: No nominal label comes nearer to the page's edge, in millimetres.
MARGIN: Final = 6.0
#: Radius of a nominal node, in millimetres.
NODE_RADIUS: Final = 3.5
#: A nominal label is wrapped near this many characters …
LABEL_CHARACTERS: Final = 18
# … and set in 8 points: width of a character, distance between lines, gap to the node (mm).
_CHARACTER: Final = 1.5
_LINE: Final = 3.4
_GAP: Final = 0.8
_LONGEST_LINE: Final = 26
# What breaks a name elsewhere than at single spaces.
_UNEVEN: Final = re.compile(r"-[^\d\W]|--|[^\S ]|  |^ | $")
# Lengths of the strongest and the weakest tie, of one that barely holds, and of one not there.
_SHORTEST: Final = 0.7
_LONGEST: Final = 1.3
_LOOSE: Final = 1.5
_MISSING: Final = 1.5
# A unit of length is never drawn longer than this (mm), or two actors stand at the page's ends.
_LONGEST_UNIT: Final = 62.0
# How much more one axis of the picture may be stretched than the other to use the page.
_STRETCH: Final = 1.45
# An actor may have a square with sides of this length (mm) before the picture stops growing.
_ROOMY: Final = 60.0
# Parts of a map are drawn at most this much larger than its largest part.
_PART_GROWTH: Final = 1.3
# Marks without names may fill this share of the page.
_MARKS_FILL: Final = 0.08
# Beyond this many actors newcomers are placed without distances between all pairs.
_TABLE_LIMIT: Final = 600
# Between actors in the strip, and between it and the network (mm); a grid of its own gets more air.
_STRIP_GAP: Final = 3.0
_GRID_AIR: Final = 1.4


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the actors of a map stand.

    Attributes
    ----------
    positions
        Actor id → (x, y) in millimetres on the nominal page, y upwards.
    strip
        Ids of the actors without any tie, who stand in a column along the page's right edge.
    page
        Width and height of the nominal page in millimetres.
    frame
        By what figures spread the map over their page: x, y (None in the strip) and half the width
        of the name of everybody, or of those on the earlier map it was laid out like, so that all
        stand in the same places on both figures.
    """

    positions: Mapping[str, tuple[float, float]]
    strip: tuple[str, ...] = ()
    page: tuple[float, float] = field(default=PAGE)
    frame: tuple[tuple[float, float | None, float], ...] = ()


def nominal_label(name: str) -> tuple[float, float]:
    """Measure a name as it would be set on the nominal page."""
    lines = _line_lengths(name)
    return min(_LONGEST_LINE, max(lines)) * _CHARACTER, len(lines) * _LINE


def _line_lengths(name: str) -> list[int]:
    """Return how many letters the lines of a name have."""
    if _UNEVEN.search(name):
        lines = textwrap.wrap(name, LABEL_CHARACTERS, break_long_words=False)
        return [len(line) for line in lines] or [0]
    lengths: list[int] = []
    for word in map(len, name.split(" ")):
        if lengths and lengths[-1] + 1 + word <= LABEL_CHARACTERS:
            lengths[-1] += 1 + word
        else:
            lengths.append(word)
    return lengths


def layout(kart: ActorMap, *, like: ActorMap | Layout | None = None) -> Layout:
    """Place the actors of a map on the nominal page.

    Parameters
    ----------
    kart
        The map. Actors in its ``positions`` stay exactly there; the others arrange themselves
        around them.
    like
        An earlier map, or its layout: those who were there keep their places exactly, and only
        newcomers move. An actor who stood in the strip and has ties now counts as a newcomer.

    Returns
    -------
    Layout
        Coordinates of every actor, the same on every machine.

    Examples
    --------
    >>> import aktorkart as ak
    >>> kart = ak.ActorMap(
    ...     actors=[ak.Actor(id="bruker"), ak.Actor(id="nav"), ak.Actor(id="kor")],
    ...     ties=[ak.Tie(source="bruker", target="nav", strength=4)],
    ... )
    >>> placed = layout(kart)
    >>> placed.strip
    ('kor',)
    >>> sorted(placed.positions)
    ['bruker', 'kor', 'nav']
    """
    expect_map(kart)
    actors = sorted(kart.actors, key=lambda actor: actor.id)
    ids = [actor.id for actor in actors]
    number = {actor: place for place, actor in enumerate(ids)}
    tails, heads, lengths = _ties(kart, number)
    tied = np.bincount(np.concatenate([tails, heads]), minlength=len(ids)) > 0
    old = like if like is None or isinstance(like, Layout) else layout(like)
    held = _held(kart, old, {actor for actor in ids if tied[number[actor]]})
    names = [nominal_label(actor.label) for actor in actors]
    boxes, fill = Boxes.beneath(names, NODE_RADIUS, _GAP), FILL
    if len(ids) > stress.DENSE_LIMIT:
        # Too many for names: marks alone, with air between, so that groups stay groups.
        boxes, fill = Boxes.beneath([(0.0, 0.0)] * len(ids), NODE_RADIUS, 0.0), _MARKS_FILL

    loose = [actor for actor in ids if not tied[number[actor]] and actor not in held]
    strip = tuple(actor for actor in ids if not tied[number[actor]] and actor not in kart.positions)
    page = Room(MARGIN, MARGIN, PAGE[0] - MARGIN, PAGE[1] - MARGIN)
    places = np.zeros((len(ids), 2))
    free = np.ones(len(ids), dtype=np.bool_)
    for actor, place in held.items():
        places[number[actor]] = place
        free[number[actor]] = False
    room = page
    if loose:
        room = _fill_strip(
            places, [number[actor] for actor in loose], page, boxes, alone=not tied.any()
        )
        free[[number[actor] for actor in loose]] = False
    inside = np.flatnonzero(tied)
    graph = (tails, heads, lengths)
    if not free[inside].all():
        _arrange_around(places, free, inside, graph, room)
    elif len(inside):
        _arrange(places, inside, graph, room, boxes)
    moving = free & tied
    small = boxes.shrunk(room, np.arange(len(ids)) if held else inside, fill)
    if moving.any():
        places = spread(places, small, room, moving, ties=(tails, heads))
    if loose and held:
        # Nothing moves for a newcomer to the strip, so that it may have to look for a free place.
        moving[[number[actor] for actor in loose]] = True
    places = settle(places, small, page, moving)
    positions = {
        actor: (float(x), float(y)) for actor, (x, y) in zip(ids, places.tolist(), strict=True)
    }
    # How high somebody stands in the strip says nothing of the network.
    aside = set(strip) if len(strip) < len(ids) else set()
    return Layout(
        positions=FrozenDict(positions),
        strip=strip,
        frame=(old.frame if old is not None and held.keys() & old.positions.keys() else ())
        or tuple(
            (x, None if actor in aside else y, wide / 2)
            for (actor, (x, y)), (wide, _) in zip(positions.items(), names, strict=True)
        ),
    )


def _held(kart: ActorMap, old: Layout | None, tied: set[str]) -> dict[str, tuple[float, float]]:
    held: dict[str, tuple[float, float]] = {}
    if old is not None:
        outside = set(old.strip)
        held = {
            actor: place
            for actor, place in old.positions.items()
            if actor in kart and not (actor in outside and actor in tied)
        }
    return {**held, **kart.positions}


def _strength_shares(kart: ActorMap, ties: Sequence[Tie]) -> list[float]:
    """Put every strength between 0 (weakest) and 1; an unknown one in the middle."""
    if kart.strength_scale is not None:
        low, high = kart.strength_scale
        return [
            0.5 if tie.strength is None or high <= low else (tie.strength - low) / (high - low)
            for tie in ties
        ]
    known = [tie.strength for tie in ties if tie.strength is not None]
    middle = statistics.median(known) if known else 1.0
    # Counts differ by hundreds: s/(s + median) keeps them apart without letting one rule the page.
    return [0.5 if tie.strength is None else tie.strength / (tie.strength + middle) for tie in ties]


def _ties(kart: ActorMap, number: Mapping[str, int]) -> tuple[Ints, Ints, Floats]:
    """List the pairs that pull on each other, with lengths; parallel ties count by the shortest."""
    ties, count = kart.ties_in_force, len(number)
    ends = np.array(
        [(number[tie.source], number[tie.target]) for tie in ties], dtype=np.int64
    ).reshape(-1, 2)
    # A number for each pair, in the order of the pairs.
    pair = ends.min(axis=1) * count + ends.max(axis=1)
    lengths = _LONGEST - (_LONGEST - _SHORTEST) * np.array(_strength_shares(kart, ties))
    lengths[[tie.quality == "broken" or tie.kind == "conflict" for tie in ties]] = _LOOSE
    needed = np.array([tie.needed for tie in ties], dtype=np.bool_)
    missing = np.unique(pair[needed])
    pair, lengths = pair[~needed], lengths[~needed]
    order = np.lexsort((lengths, pair))
    pair, first = np.unique(pair[order], return_index=True)
    lengths = lengths[order][first]
    part = _parts(count, pair // count, pair % count)
    missing = missing[part[missing // count] != part[missing % count]]
    pair = np.concatenate([pair, missing])
    lengths = np.concatenate([lengths, np.full(len(missing), _MISSING)])
    order = np.argsort(pair)
    return pair[order] // count, pair[order] % count, lengths[order]


def _parts(count: int, tails: Ints, heads: Ints) -> Ints:
    """Name the component of every actor by its first member."""
    part = np.arange(count)
    while True:
        # Each part joins the first of those that it is tied to, and so on to the first of all.
        first, before = np.minimum(part[tails], part[heads]), part.copy()
        for end in (tails, heads):
            np.minimum.at(part, before[end], first)
        while not np.array_equal(part, part[part]):
            part = part[part]
        if np.array_equal(part, before):
            return part


def _fill_strip(
    places: Floats, loose: Sequence[int], page: Room, boxes: Boxes, *, alone: bool
) -> Room:
    """Place actors without ties in columns at the right edge; return the room that is left."""
    own = boxes.of(np.array(loose))
    wide = float((own.left + own.right).max()) + _STRIP_GAP
    tall = float((own.up + own.down).max()) + _STRIP_GAP
    # However many stand outside, the network keeps half of the page.
    width = page.width if alone else page.width / 2.0
    most = max(1, int((width + _STRIP_GAP) // wide))
    rows = max(1, int((page.height + _STRIP_GAP) // tall))
    columns = min(most, -(-len(loose) // rows))
    if alone:
        # Nothing else is on the page: a grid of the page's shape, with air.
        columns = min(most, max(columns, math.isqrt(max(0, 2 * len(loose) - 1)) or 1))
        wide = min(_GRID_AIR * wide, (width + _STRIP_GAP) / columns)
        tall *= _GRID_AIR
    rows = -(-len(loose) // columns)
    tall = min(tall, (page.height + _STRIP_GAP) / rows)
    left = page.right + _STRIP_GAP - columns * wide
    top = page.top
    if alone:
        left = (page.left + page.right + _STRIP_GAP - columns * wide) / 2.0
        top = (page.bottom + page.top + rows * tall - _STRIP_GAP) / 2.0
    for place, actor in enumerate(loose):
        # A grid is read along its rows, a strip down its columns.
        across, down = (place % columns, place // columns) if alone else divmod(place, rows)
        places[actor] = (
            left + (across + 0.5) * wide - _STRIP_GAP / 2.0,
            top - down * tall - boxes.up[actor],
        )
    return page if alone else page.cut_right(left - _STRIP_GAP)


def _component(graph: tuple[Ints, Ints, Floats], members: Ints) -> tuple[Ints, Ints, Floats]:
    tails, heads, lengths = graph
    inside = np.isin(tails, members)
    return (
        np.searchsorted(members, tails[inside]),
        np.searchsorted(members, heads[inside]),
        lengths[inside],
    )


def _unscaled(graph: tuple[Ints, Ints, Floats], members: Ints) -> Floats:
    """Lay out one component in units of tie length."""
    count, part = len(members), _wanted(graph, members)
    if count > stress.DENSE_LIMIT:
        return sparse.laid_out(count, *part)
    table = all_distances(count, *part)
    return fanned(stress.majorize(table, stress.starts(table)), part[0], part[1])


def _wanted(graph: tuple[Ints, Ints, Floats], members: Ints) -> tuple[Ints, Ints, Floats]:
    """Return the ties of a component, as long as they should be drawn."""
    tails, heads, lengths = _component(graph, members)
    if len(members) > stress.DENSE_LIMIT:
        lengths = sparse.grouped(len(members), tails, heads, lengths)
    return tails, heads, lengths


def _arrange(
    places: Floats, inside: Ints, graph: tuple[Ints, Ints, Floats], room: Room, boxes: Boxes
) -> None:
    """Lay out every component in a room of its own, larger ones first."""
    part = _parts(len(places), graph[0], graph[1])
    members = [np.flatnonzero(part == first) for first in sorted(set(part[inside].tolist()))]
    members.sort(key=lambda component: (-len(component), int(component[0])))
    rooms = _rooms([len(component) + 1.0 for component in members], room)
    unit = math.inf
    for component, own in zip(members, rooms, strict=True):
        drawn = turned(_unscaled(graph, component), upright=own.height > own.width)
        unit_here = _LONGEST_UNIT if math.isinf(unit) else min(_LONGEST_UNIT, _PART_GROWTH * unit)
        drawn = levelled(drawn)
        placed = _fitted(drawn, boxes.of(component), own, unit_here, whole=math.isinf(unit))
        if math.isinf(unit):
            spans = (drawn.max(axis=0) - drawn.min(axis=0)).tolist()
            wide = (placed.max(axis=0) - placed.min(axis=0)).tolist()
            unit = min(new / old for old, new in zip(spans, wide, strict=True) if old > 0.0)
        places[component] = placed


def _rooms(sizes: Sequence[float], room: Room) -> list[Room]:
    """Divide a room in proportion to sizes."""
    if len(sizes) <= 1:
        return [room] * len(sizes)
    total = math.fsum(sizes)
    cut = min(
        range(1, len(sizes)),
        key=lambda place: (abs(2.0 * math.fsum(sizes[:place]) - total), place),
    )
    one, other = room.divided(math.fsum(sizes[:cut]) / total)
    return _rooms(sizes[:cut], one) + _rooms(sizes[cut:], other)


def _fitted(drawn: Floats, boxes: Boxes, room: Room, unit: float, *, whole: bool) -> Floats:
    """Scale to the room, one axis somewhat more than the other where that uses it better."""
    low, high = drawn.min(axis=0), drawn.max(axis=0)
    wide = room.width - float(boxes.left.max() + boxes.right.max())
    tall = room.height - float(boxes.down.max() + boxes.up.max())
    extents = (high - low).tolist()
    if whole:
        unit = max(unit, _ROOMY * math.sqrt(len(drawn)) / max(1.0, *extents))
    scales = [
        min(unit, max(span, 1.0) / extent) if extent > 0.0 else unit
        for span, extent in zip((wide, tall), extents, strict=True)
    ]
    bound = _STRETCH * min(scales)
    scale = np.array([min(bound, one) for one in scales])
    middle = np.array(
        [
            (room.left + room.right + float(boxes.left.max() - boxes.right.max())) / 2.0,
            (room.bottom + room.top + float(boxes.down.max() - boxes.up.max())) / 2.0,
        ]
    )
    placed: Floats = (drawn - (low + high) / 2.0) * scale + middle
    return placed


def _arrange_around(
    places: Floats,
    free: npt.NDArray[np.bool_],
    inside: Ints,
    graph: tuple[Ints, Ints, Floats],
    room: Room,
) -> None:
    """Place those who may move around those who stay."""
    moving = free[inside]
    if not moving.any():
        return
    part = _component(graph, inside)
    own = places[inside]
    if len(inside) > _TABLE_LIMIT:
        # All pairs would take minutes; amid one's neighbours is near enough among so many.
        places[inside] = _near_neighbours(own, moving, part, math.sqrt(room.width / len(inside)))
        return
    table = all_distances(len(inside), *part)
    reachable = table[np.isfinite(table)]
    table[np.isinf(table)] = float(reachable.max()) + _MISSING
    unit = _unit(table, own, ~moving, room)
    scaled = table * unit
    begin = np.stack(
        [_near_neighbours(own, moving, part, unit), _aligned(table, own, ~moving, unit)]
    )
    begin[:, ~moving] = own[~moving]
    places[inside] = stress.majorize(scaled, begin, free=moving)


def _unit(table: Floats, own: Floats, held: npt.NDArray[np.bool_], room: Room) -> float:
    """Find how many millimetres a unit of length is among those who stay."""
    stay = np.flatnonzero(held)
    off = table[np.ix_(stay, stay)] + np.eye(len(stay))
    gap = own[stay][:, None, :] - own[stay][None, :, :]
    drawn = np.sqrt(gap[:, :, 0] * gap[:, :, 0] + gap[:, :, 1] * gap[:, :, 1])
    ratio = drawn / off
    above = math.fsum((ratio * ratio).ravel().tolist())
    below = math.fsum(ratio.ravel().tolist())
    if below > 0.0:
        return above / below
    return min(_LONGEST_UNIT, min(room.width, room.height) / max(1.0, float(table.max())))


def _near_neighbours(
    own: Floats, moving: npt.NDArray[np.bool_], part: tuple[Ints, Ints, Floats], unit: float
) -> Floats:
    """Begin every newcomer amid its neighbours, those with most neighbours in place first."""
    begin = own.copy()
    near = linked(len(own), zip(part[0].tolist(), part[1].tolist(), strict=True))
    placed = ~moving
    stay = begin[placed]
    centre = stay.sum(axis=0) / max(1, len(stay))
    nudge = 0.4 * unit * stress.scatter(len(own), 31)
    waiting = np.flatnonzero(moving).tolist()
    while waiting:
        actor = min(waiting, key=lambda one: (-sum(bool(placed[o]) for o in near[one]), one))
        around = [other for other in near[actor] if placed[other]]
        middle = begin[around].sum(axis=0) / len(around) if around else centre
        # Outwards from the centre there is more room than between the others.
        begin[actor] = middle + 0.2 * (middle - centre) + nudge[actor]
        placed[actor] = True
        waiting.remove(actor)
    return begin


def _aligned(table: Floats, own: Floats, held: npt.NDArray[np.bool_], unit: float) -> Floats:
    """Lay out everyone afresh, turned so that those who stay are near their places."""
    fresh = stress.majorize(table, stress.starts(table, tries=1), rounds=60) * unit
    stay = np.flatnonzero(held)
    before = fresh[stay].sum(axis=0) / len(stay)
    after = own[stay].sum(axis=0) / len(stay)
    old, new = fresh[stay] - before, own[stay] - after
    best, least = fresh, math.inf
    for flip in (1.0, -1.0):
        x, y = old[:, 0], flip * old[:, 1]
        along = math.fsum((x * new[:, 0] + y * new[:, 1]).tolist())
        across = math.fsum((x * new[:, 1] - y * new[:, 0]).tolist())
        size = math.sqrt(along * along + across * across)
        cosine, sine = (along / size, across / size) if size > 0.0 else (1.0, 0.0)
        moved = fresh - before
        moved = np.stack([moved[:, 0], flip * moved[:, 1]], axis=1)
        moved = np.stack(
            [
                moved[:, 0] * cosine - moved[:, 1] * sine,
                moved[:, 0] * sine + moved[:, 1] * cosine,
            ],
            axis=1,
        )
        moved += after
        missed = moved[stay] - own[stay]
        error = math.fsum((missed * missed).ravel().tolist())
        if error < least:
            best, least = moved, error
    return best
