"""Where everybody stands on bands and lanes: the levels, and the lines of service."""

from __future__ import annotations

import itertools
import math
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from aktorkart.i18n import LANGUAGES, text
from aktorkart.model import vocabulary as words
from aktorkart.scene import apart
from aktorkart.scene.ground import room_of
from aktorkart.scene.pages import ALIKE, TALLER, WIDER, letters_on

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from aktorkart.model import ActorMap

    Floats = NDArray[np.float64]
    Ints = NDArray[np.intp]

LANES = (
    "personal",
    "civil",
    "private",
    "first",
    "second",
    "county",
    "state",
    "arena",
    "unknown",
)
"""The lanes from the left; first and second line are always there."""

_ALWAYS = ("first", "second")
UNKNOWN = "unknown"

# In millimetres: width and height of it all, and what heads of bands and lanes take.
WIDTH, HEIGHT, TOP = 272.0, 206.0, 12.0
_SIDE = 28.0
# Radius of a mark, and of one among many; so many are not yet many.
_RADIUS, _SMALL_RADIUS, _CROWD = 2.9, 1.5, 45
# About what a mark with its name takes, and what an empty lane and band keep.
_MARK_AREA, _LEAST_WIDE, _LEAST_HIGH = 520.0, 20.0, 19.0
_ROUNDS = 60
# Of the width: what lanes as wide as their heads may take at most where letters are large.
_HEADED = 0.7
# Places are exchanged on maps of up to so many actors, in so many rounds.
_MOST_EXCHANGED, _EXCHANGES = 90, 3
# What a tie within a band weighs beside one across; a mark on a tie and a crossing, in millimetres.
_WITHIN, _ON_MARK, _CROSSED = 0.25, 30.0, 6.0
# Lines of a cell are shifted against each other by up to this share of a step.
_SHIFT, _GOLDEN = 0.56, (math.sqrt(5) - 1) / 2


class Cells(NamedTuple):
    """Bands from the top and lanes from the left, and where they end, in millimetres."""

    bands: tuple[str, ...]
    lanes: tuple[str, ...]
    tops: tuple[float, ...]
    lefts: tuple[float, ...]
    height: float  # of it all
    head: float  # of the heads of lanes
    letters: float = 1.0  # how much larger than those that there is room for on A4


def band(kart: ActorMap, id_: str) -> str:
    """Return the level that an actor is drawn at: the first of its levels."""
    levels = kart.levels(id_)
    return levels[0] if levels else UNKNOWN


def lane(kart: ActorMap, id_: str) -> str:
    """Return the lane that an actor is drawn in: the first of its lines of service."""
    lines = kart.lines(id_)
    if lines:
        return lines[0]
    return "arena" if kart[id_].kind == "arena" else UNKNOWN


def crossing(kart: ActorMap, one: str, other: str) -> bool:
    """Tell whether two actors are drawn at different known levels."""
    bands = {band(kart, one), band(kart, other)}
    return len(bands) > 1 and UNKNOWN not in bands


def mark_radius(actors: int) -> float:
    """Return the radius of a mark among so many."""
    return max(_RADIUS * min(math.sqrt(_CROWD / max(actors, 1)), 1.0), _SMALL_RADIUS)


def bands_of(kart: ActorMap) -> tuple[str, ...]:
    """Return the bands from the top; one for those of unknown level only if there are any."""
    unknown = any(band(kart, actor.id) == UNKNOWN for actor in kart.actors)
    return (*reversed(words.LEVELS), *([UNKNOWN] if unknown else []))


class Sheet(NamedTuple):
    """What bands and lanes are laid out for: millimetres, and how large letters are there."""

    width: float
    height: float
    letters: float


A4 = Sheet(WIDTH, HEIGHT, 1.0)


def sheet_for(room: tuple[float, float], smallest: float) -> Sheet:
    """Return a sheet of the shape of a room (points), neither narrower nor lower than on A4."""
    shape = room[0] / room[1] / (WIDTH / HEIGHT)
    alike = 1 / ALIKE < shape < ALIKE
    width = WIDTH * (1.0 if alike else min(max(shape, 1.0), WIDER))
    height = HEIGHT * (1.0 if alike else min(max(1 / shape, 1.0), TALLER))
    return Sheet(width, height, letters_on(min(room[0] / width, room[1] / height), smallest))


def division(kart: ActorMap, page: Sheet = A4) -> Cells:
    """Make bands and lanes so large that the fullest cell is as empty as can be."""
    width, height, head, letters = page.width, page.height, TOP * page.letters, page.letters
    counts = Counter((band(kart, one.id), lane(kart, one.id)) for one in kart.actors)
    bands = bands_of(kart)
    used = {name for _, name in counts}
    lanes = tuple(name for name in LANES if name in used or name in _ALWAYS)
    wanted = np.array([[counts[one, other] for other in lanes] for one in bands]) + 0.1
    side = max(_SIDE, *(_needed(f"level.{name}", letters) for name in bands))
    narrow = np.array([_needed(f"figure.levels_lane.{name}", letters) for name in lanes])
    if letters > 1.0 and narrow.sum() > _HEADED * (width - side):
        # Their heads become letters with a key: actors need the room.
        narrow = np.full(len(lanes), _LEAST_WIDE / 2)
    narrow *= min(1.0, (width - side) / float(narrow.sum()))
    low = np.full(len(bands), _LEAST_HIGH)
    wide = np.full(len(lanes), 1.0)
    high = np.full(len(bands), 1.0)
    for _ in range(_ROUNDS):
        wide = _sized(wide, width - side, narrow)
        high = _sized(high, height - head, low)
        full = wanted * _MARK_AREA / np.outer(high, wide)
        wide = wide * np.maximum(full.max(axis=0), 0.02) ** 0.25
        high = high * np.maximum(full.max(axis=1), 0.02) ** 0.25
    wide = _sized(wide, width - side, narrow)
    high = _sized(high, height - head, low)
    lefts = np.concatenate([[side], side + np.cumsum(wide)])
    tops = np.concatenate([[height - head], height - head - np.cumsum(high)])
    tops_, lefts_ = tuple(tops.tolist()), tuple(lefts.tolist())
    return Cells(bands, lanes, tops_, lefts_, height, head, letters)


def _needed(code: str, letters: float) -> float:
    """Return how wide a lane, or the head of a band, is for the longest word of its names."""
    names = [word for lang in LANGUAGES for word in text(code, lang).split()]
    return max(
        _LEAST_WIDE, room_of(names, near=max(map(len, names)), bold=True, letters=letters)[0] + 1.5
    )


def _sized(sizes: Floats, total: float, least: Floats) -> Floats:
    """Scale sizes to a total, none below its least."""
    found: Floats = sizes * total / sizes.sum()
    for _ in range(len(sizes)):
        small = found <= least
        rest = total - least[small].sum()
        found = np.where(small, least, sizes * rest / max(sizes[~small].sum(), 1e-9))
    whole: Floats = found * total / found.sum()
    return whole


def places(
    kart: ActorMap, cells: Cells, labels: Mapping[str, str]
) -> dict[str, tuple[float, float]]:
    """Spread the actors over their cells, near those in other cells that they work with."""
    ids = sorted(actor.id for actor in kart.actors)
    if not ids:
        return {}
    radius = mark_radius(len(ids))
    rows = np.array([cells.bands.index(band(kart, id_)) for id_ in ids])
    columns = np.array([cells.lanes.index(lane(kart, id_)) for id_ in ids])
    tops, lefts = np.array(cells.tops), np.array(cells.lefts)
    left, right = lefts[columns], lefts[columns + 1]
    top, bottom = tops[rows], tops[rows + 1]
    number = {id_: place for place, id_ in enumerate(ids)}
    pairs = sorted(
        {tuple(sorted((number[tie.source], number[tie.target]))) for tie in kart.ties_in_force}
    )
    near: list[list[int]] = [[] for _ in ids]
    for one, other in pairs:
        near[one].append(other)
        near[other].append(one)
    centre = np.stack([(left + right) / 2, (top + bottom) / 2], axis=1)
    pull = np.array(
        [
            centre[around].mean(axis=0) if around else centre[place]
            for place, around in enumerate(near)
        ]
    )
    starts = centre.copy()
    for row, column in sorted(set(zip(rows.tolist(), columns.tolist(), strict=True))):
        mine = np.flatnonzero((rows == row) & (columns == column))
        wide, high = float((right - left)[mine[0]]), float((top - bottom)[mine[0]])
        # Names are about three times as wide as high.
        across = max(1, min(len(mine), round(math.sqrt(len(mine) * wide / high / 2.2))))
        order = mine[np.lexsort((mine, -pull[mine, 1].round(6)))]
        lines = np.array_split(order, math.ceil(len(mine) / across))
        for place, line in enumerate(lines):
            along = line[np.lexsort((line, pull[line, 0].round(6)))]
            # No two lines stand in columns, so that ties find a way between.
            shift = _SHIFT * ((place * _GOLDEN + 0.5) % 1 - 0.5) if len(lines) > 1 else 0.0
            for step, index in enumerate(along.tolist()):
                share = (step + 0.5 + shift) / len(along)
                starts[index] = (
                    left[index] + share * wide,
                    top[index] - (place + 0.5) / len(lines) * high,
                )
    if len(ids) <= _MOST_EXCHANGED and pairs:
        starts = _untangled(
            starts, rows * len(cells.lanes) + columns, np.array(pairs), rows, radius
        )
    names = apart.boxes([labels[id_] for id_ in ids], radius, cells.letters)
    pad = radius * 1.5 + 0.8

    def hold(there: Floats) -> Floats:
        half = np.minimum((names.left + names.right) / 2, (right - left) / 2 - 0.5)
        aside = np.maximum(half, pad)
        below = np.minimum(names.down + 0.6, np.maximum((top - bottom) - 2 * pad, pad))
        low = np.stack([left + aside, bottom + below], axis=1)
        # A name above its mark is to stand in the same band, where there is room for it.
        above = np.maximum(np.minimum(names.down, (top - bottom) / 3), pad)
        high = np.stack([right - aside, top - above], axis=1)
        held: Floats = np.clip(there, np.minimum(low, centre), np.maximum(high, centre))
        return held

    def bare(there: Floats) -> Floats:
        low, high = np.stack([left, bottom], axis=1) + pad, np.stack([right, top], axis=1) - pad
        held: Floats = np.clip(there, np.minimum(low, centre), np.maximum(high, centre))
        return held

    nothing = apart.blocked([])
    placed = apart.apart(starts, names, hold, fixed=nothing, radius=radius, bare=bare)
    return {id_: (x, y) for id_, (x, y) in zip(ids, placed.tolist(), strict=True)}


def _untangled(starts: Floats, cells: Ints, pairs: Ints, rows: Ints, radius: float) -> Floats:
    """Let actors of a cell change places where that leaves shorter, clearer ties."""
    places_of = starts.copy()
    weights = np.where(rows[pairs[:, 0]] != rows[pairs[:, 1]], 1.0, _WITHIN)
    best = _tangle(places_of, pairs, weights, radius)
    for _ in range(_EXCHANGES):
        before = best
        for one, other in itertools.combinations(range(len(starts)), 2):
            if cells[one] != cells[other]:
                continue
            places_of[[one, other]] = places_of[[other, one]]
            found = _tangle(places_of, pairs, weights, radius)
            if found < best - 1e-6:
                best = found
            else:
                places_of[[one, other]] = places_of[[other, one]]
        if best == before:
            break
    return places_of


def _tangle(places: Floats, pairs: Ints, weights: Floats, radius: float) -> float:
    """Return how long the ties are, with a toll for each mark and each tie that they run across."""
    start, way = places[pairs[:, 0]], places[pairs[:, 1]] - places[pairs[:, 0]]
    length = np.maximum(np.hypot(way[:, 0], way[:, 1]), 1e-9)
    away = places[None] - start[:, None]
    along = (away[..., 0] * way[:, None, 0] + away[..., 1] * way[:, None, 1]) / length[:, None] ** 2
    aside = (away[..., 0] * way[:, None, 1] - away[..., 1] * way[:, None, 0]) / length[:, None]
    hit = (np.abs(aside) < radius + 1.0) & (along > 0.01) & (along < 0.99)  # noqa: PLR2004 - not its own
    across = np.flatnonzero(weights == 1.0)
    first, end = start[across], start[across] + way[across]
    side = _side(first[:, None], end[:, None], first[None]) * _side(
        first[:, None], end[:, None], end[None]
    )
    crossed = np.count_nonzero((side < 0) & (side.T < 0)) / 2
    return float((weights * (length + _ON_MARK * hit.sum(axis=1))).sum() + _CROSSED * crossed)


def _side(start: Floats, end: Floats, point: Floats) -> Floats:
    """Tell by the sign on which side of a line a point is."""
    found: Floats = (end[..., 0] - start[..., 0]) * (point[..., 1] - start[..., 1]) - (
        end[..., 1] - start[..., 1]
    ) * (point[..., 0] - start[..., 0])
    return found
