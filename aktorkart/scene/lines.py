"""Lines of ties: pure geometry, in millimetres on the page."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Either = TypeVar("Either", float, Floats)

CURVE_POINTS = 17
THIN = 0.4
"""The thinnest that a line becomes where all are drawn smaller, in points."""
# Millimetres at full size: zigzags, and crosses, of which there is one for so much of a line.
_HEIGHT, _WAVE = 0.7, 2.2
_ARM, _CROSS_APART, _MOST_CROSSES = 1.15, 14, 3


@dataclass(frozen=True)
class Line:
    """How a tie's line is formed."""

    double: bool = False
    form: str = "solid"
    crossed: bool = False


def lane(start: Sequence[float], end: Sequence[float], bulge: float) -> Floats:
    """Draw the middle line of a tie from centre to centre."""
    first, last = np.asarray(start, dtype=float), np.asarray(end, dtype=float)
    if bulge == 0:
        return np.stack([first, last])
    way = last - first
    left = np.array([-way[1], way[0]]) / max(math.hypot(*way), 1e-9)
    control = (first + last) / 2 + 2 * bulge * left
    t = np.linspace(0, 1, CURVE_POINTS)[:, None]
    curve: Floats = (1 - t) ** 2 * first + 2 * t * (1 - t) * control + t**2 * last
    return curve


def narrowed(widths: float | Floats | Sequence[float], share: float) -> Floats:
    """Return widths in points where all is drawn larger or smaller: never too thin to be seen.

    Where it is smaller the differences are, so that as many steps are told apart.
    """
    whole = np.asarray(widths, dtype=float)
    if share >= 1:
        return whole * share
    narrow: Floats = np.minimum(whole, THIN + np.maximum(whole - THIN, 0.0) * share)
    return narrow


def trimmed(points: Floats, start: float, end: float) -> Floats:
    """Cut a line off at both ends."""
    along = _lengths(points)
    total = float(along[-1])
    if start + end >= total:
        start = total * start / max(start + end, 1e-9)
        end = total - start
    inside = points[np.searchsorted(along, start, "right") : np.searchsorted(along, total - end)]
    kept: Floats = np.empty((len(inside) + 2, 2))
    kept[1:-1] = inside
    kept[[0, -1]] = _at(points, along, [start, total - end])
    return kept


def cut(straight: Floats, starts: Floats, ends: Floats) -> Floats:
    """Cut many straight lines (n, 2, 2) off at both ends, as `trimmed` does with one."""
    first, last = straight[:, 0], straight[:, 1]
    way = last - first
    total = np.hypot(way[:, 0], way[:, 1])
    over = starts + ends >= total
    starts = np.where(over, total * starts / np.maximum(starts + ends, 1e-9), starts)
    along = np.stack([starts, total - np.where(over, total - starts, ends)], axis=1)
    slope = way / np.where(total > 0, total, 1.0)[:, None]
    inside = along[..., None] * slope[:, None] + first[:, None]
    found: Floats = np.where((along >= total[:, None])[..., None], last[:, None], inside)
    return found


def rails(straight: Floats, aside: Floats) -> Floats:
    """Return both lines of many double ones: (2, n, 2, 2)."""
    way = straight[:, 1] - straight[:, 0]
    length = np.maximum(np.hypot(way[:, 0], way[:, 1]), 1e-9)
    normal = np.stack([-way[:, 1], way[:, 0]], axis=1) / length[:, None]
    shift = (aside[:, None] * normal)[:, None]
    return np.stack([straight + shift, straight - shift])


def _lengths(points: Floats) -> Floats:
    steps = points[1:] - points[:-1]
    along = np.zeros(len(points))
    np.cumsum(np.hypot(steps[:, 0], steps[:, 1]), out=along[1:])
    return along


def _at(points: Floats, along: Floats, places: Sequence[float] | Floats) -> Floats:
    found: Floats = np.empty((len(places), 2))
    for axis in (0, 1):
        found[:, axis] = np.interp(places, along, points[:, axis])
    return found


def _normals(points: Floats) -> Floats:
    way = np.empty_like(points)
    way[1:-1] = (points[2:] - points[:-2]) / 2
    way[0], way[-1] = points[1] - points[0], points[-1] - points[-2]
    length = np.maximum(np.hypot(way[:, 0], way[:, 1]), 1e-9)
    return np.stack([-way[:, 1], way[:, 0]], axis=1) / length[:, None]


def beside(width: Either, scale: float) -> Either:
    """Return how far from the middle either line of a double one runs."""
    return 0.32 * scale + width / 2


def strokes(points: Floats, line: Line, *, width: float, scale: float = 1.0) -> list[Floats]:
    """Form a tie's middle line into the strokes that are drawn."""
    rails = [points]
    if line.double:
        aside = beside(width, scale) * _normals(points)
        rails = [points + aside, points - aside]
    if line.form == "strained":
        drawn = [_jagged(rail, height=_HEIGHT * scale, wave=_WAVE * scale) for rail in rails]
    elif line.form == "broken":
        drawn = _interrupted(points, rails, bar=1.3 * scale + width, gap=1.5 * scale)
    else:
        drawn = rails
    if line.crossed:
        drawn = drawn + _crosses(points, _ARM * scale + width / 2)
    return drawn


def _jagged(points: Floats, *, height: float, wave: float) -> Floats:
    along = _lengths(points)
    turns = max(2, round(along[-1] / wave)) * 2
    # The ends run straight, so that the line meets its actors and its arrowhead.
    places = np.linspace(0, along[-1], turns + 1)
    zigzag = _at(points, along, places)
    return zigzag + _swing(turns, height)[:, None] * _normals(zigzag)


def _swing(turns: int, height: float) -> Floats:
    swing = np.where(np.arange(turns + 1) % 2 == 1, height, -height)
    swing[0] = swing[-1] = 0
    return swing


def _interrupted(
    points: Floats, rails: Sequence[Floats], *, bar: float, gap: float
) -> list[Floats]:
    along = _lengths(points)
    half_gap = min(gap, along[-1] / 5)
    ends = np.array([along[-1] / 2 - half_gap, along[-1] / 2 + half_gap])
    across = _normals(points)[[len(points) // 2 - 1, len(points) // 2]]
    pieces = []
    for rail in rails:
        length = _lengths(rail)[-1]
        pieces += [trimmed(rail, 0, length / 2 + half_gap), trimmed(rail, length / 2 + half_gap, 0)]
    for point, normal in zip(_at(points, along, ends), across, strict=True):
        pieces.append(np.stack([point - bar * normal, point + bar * normal]))
    return pieces


def _crosses(points: Floats, arm: float) -> list[Floats]:
    along = _lengths(points)
    count = max(1, min(_MOST_CROSSES, int(along[-1] // _CROSS_APART)))
    middles = _at(points, along, along[-1] * (np.arange(count) + 1) / (count + 1))
    turn = np.array([[arm, arm], [-arm, -arm]]), np.array([[arm, -arm], [-arm, arm]])
    return [middle + stroke for middle in middles for stroke in turn]


def straight_strokes(
    straight: Floats, line: Line, *, widths: Floats, scale: float
) -> list[tuple[NDArray[np.intp], list[Floats]]]:
    """Form many straight middle lines (n, 2, 2) as `strokes` does with one.

    Returns those that have as many points, each time with all their strokes: (m, points, 2).
    """
    way = straight[:, 1] - straight[:, 0]
    length = np.hypot(way[:, 0], way[:, 1])
    normal = np.stack([-way[:, 1], way[:, 0]], axis=1) / np.maximum(length, 1e-9)[:, None]
    turns, crosses = np.zeros((2, len(straight)), dtype=np.intp)
    if line.form == "strained":
        turns[:] = np.maximum(2, np.round(length / (_WAVE * scale))) * 2
    if line.crossed:
        crosses[:] = np.clip(length // _CROSS_APART, 1, _MOST_CROSSES)
    found = []
    kinds, kind_of = np.unique(turns * (_MOST_CROSSES + 1) + crosses, return_inverse=True)
    order = np.argsort(kind_of, kind="stable")
    for kind, rows in zip(kinds.tolist(), np.split(order, _ends(kind_of)), strict=True):
        turn, count = divmod(kind, _MOST_CROSSES + 1)
        own, across, wide = straight[rows], normal[rows], widths[rows]
        both = [*rails(own, beside(wide, scale))] if line.double else [own]
        if line.form == "strained":
            drawn = [_all_jagged(rail, across, turn, height=_HEIGHT * scale) for rail in both]
        elif line.form == "broken":
            drawn = _all_interrupted(own, both, across, bar=1.3 * scale + wide, gap=1.5 * scale)
        else:
            drawn = both
        arms = np.stack([np.ones(len(rows)), np.ones(len(rows))], axis=1)
        arms *= (_ARM * scale + wide / 2)[:, None]
        for at in range(1, count + 1):
            middle = own[:, 0] + at / (count + 1) * (own[:, 1] - own[:, 0])
            drawn = drawn + [
                np.stack([middle + way, middle - way], axis=1) for way in (arms, arms * (1, -1))
            ]
        found.append((rows, drawn))
    return found


def _ends(kinds: NDArray[np.intp]) -> NDArray[np.intp]:
    """Return where each kind but the last ends, among those sorted by kind."""
    ends: NDArray[np.intp] = np.cumsum(np.bincount(kinds))[:-1]
    return ends


def _all_jagged(straight: Floats, normals: Floats, turns: int, *, height: float) -> Floats:
    share = np.linspace(0.0, 1.0, turns + 1)[:, None]
    swing = _swing(turns, height)[:, None]
    way = (straight[:, 1] - straight[:, 0])[:, None]
    zigzag: Floats = straight[:, :1] + share * way + swing * normals[:, None]
    return zigzag


def _all_interrupted(
    straight: Floats, both: Sequence[Floats], normals: Floats, *, bar: Floats, gap: float
) -> list[Floats]:
    way = straight[:, 1] - straight[:, 0]
    length = np.hypot(way[:, 0], way[:, 1])
    half_gap = np.minimum(gap, length / 5)
    none, rest = np.zeros(len(straight)), length / 2 + half_gap
    pieces = [piece for rail in both for piece in (cut(rail, none, rest), cut(rail, rest, none))]
    share = half_gap / np.maximum(length, 1e-9)
    for at in (0.5 - share, 0.5 + share):
        point = straight[:, 0] + at[:, None] * way
        aside = bar[:, None] * normals
        pieces.append(np.stack([point - aside, point + aside], axis=1))
    return pieces


def arrowhead(points: Floats, *, length: float, width: float) -> Floats:
    """Draw an arrowhead whose tip is the end of a line."""
    along = _lengths(points)
    back = _at(points, along, [max(along[-1] - length, 0)])
    head: Floats = arrowheads(points[-1:], back, np.array([length]), np.array([width]))[0]
    return head


def arrowheads(tips: Floats, backs: Floats, lengths: Floats, widths: Floats) -> Floats:
    """Draw arrowheads from where their tips are, and a place on the line behind each."""
    way = tips - backs
    way = way / np.maximum(np.hypot(way[:, 0], way[:, 1]), 1e-9)[:, None]
    left = np.stack([-way[:, 1], way[:, 0]], axis=1)
    half, length = widths[:, None] / 2, lengths[:, None]
    base = tips - length * way
    return np.stack(
        [tips, base + half * left, tips - 0.75 * length * way, base - half * left], axis=1
    )


def bulges(count: int, *, apart: float) -> list[float]:
    """Spread several ties between the same two actors over lanes."""
    return [apart * (index - (count - 1) / 2) for index in range(count)]


def detours(  # noqa: PLR0913 - ties and actors
    starts: Floats,
    ends: Floats,
    centres: Floats,
    radii: Floats,
    *,
    widths: Floats,
    tries: Sequence[float],
) -> Floats:
    """Bend straight ties that would run through an actor they do not belong to."""
    way = ends - starts
    length = np.maximum(np.hypot(way[:, 0], way[:, 1]), 1e-9)
    unit = way / length[:, None]
    left = np.stack([-unit[:, 1], unit[:, 0]], axis=1)
    right = centres[:, 0] - starts[:, 0, None]
    above = centres[:, 1] - starts[:, 1, None]
    x = (right * unit[:, 0, None] + above * unit[:, 1, None]) / length[:, None]
    y = right * left[:, 0, None] + above * left[:, 1, None]
    # Actors beside a tie that no bend of it reaches are not looked at again.
    reach = max(map(abs, tries)) + radii + widths[:, None]
    near = (x > 0) & (x < 1) & (np.abs(y) < reach)
    own = (np.abs(x) < 1e-6) | (np.abs(x - 1) < 1e-6)  # noqa: PLR2004 - at an end of the tie
    near &= ~(own & (np.abs(y) < 1e-6))  # noqa: PLR2004
    tie, actor = np.nonzero(near)
    x, y, room = x[near], y[near], radii[actor] + widths[tie]
    found = np.full(len(starts), float(tries[0]))
    least = np.full(len(starts), np.inf)
    for bulge in tries:
        # A parabola through both ends: where it stands over an actor's foot on the line.
        met = np.abs(y - 4 * bulge * x * (1 - x)) < room
        cost = np.bincount(tie[met], minlength=len(starts)) * 10.0 + abs(bulge) * 0.01
        # A short tie bends hard: that reads worse than touching.
        cost += np.where(np.abs(bulge) > length * 0.22, 8.0, 0.0)
        better = cost < least - 1e-9
        found[better], least[better] = bulge, cost[better]
    return found
