"""Room on the page: layouts turned, fanned and levelled, and boxes pushed off each other.

As in ``stress``, only operations that IEEE 754 fixes are used, in a fixed order.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]
    Ints = npt.NDArray[np.int64]
    Flags = npt.NDArray[np.bool_]

#: Boxes may fill this share of the room; beyond it they are made smaller, or nothing could move.
FILL: Final = 0.42
# Up to this many actors, nodes also keep clear of ties that are not theirs.
_CLEAR_LIMIT: Final = 150
_CLEARANCE: Final = 1.5
# Boxes are pushed so far beyond each other, in millimetres and as a share of a mark at most.
_SLACK: Final = 0.3
_SLACK_SHARE: Final = 0.4
# Up to so many boxes, to sort them into bands takes longer than it saves.
_FEW_BOXES: Final = 400
# … and beyond, this share may be left covering others, to be settled one by one.
_FEW_LEFT: Final = 0.005
# From this many actors on the crowded middle is given some of the space of the outskirts …
_CROWD: Final = 10
# … fully from this many on, and by this share.
_FULL_CROWD: Final = 30
_LEVELLED: Final = 0.4
# From this many actors that hang on one other alone, they are fanned, in so many rounds.
_FAN: Final = 3
_FAN_ROUNDS: Final = 60
# A4's sides, long by short.
_LANDSCAPE: Final = 1.4


class Room(NamedTuple):
    """A rectangle on the page, in millimetres."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def width(self) -> float:
        """Its width."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """Its height."""
        return self.top - self.bottom

    def cut_right(self, right: float) -> Room:
        """Return the part to the left of a line."""
        return self._replace(right=min(self.right, right))

    def divided(self, share: float) -> tuple[Room, Room]:
        """Return the first ``share`` (0–1) and the rest, both as landscape as can be: names are."""
        if self.width >= _LANDSCAPE * self.height:
            cut = self.left + share * self.width
            return self._replace(right=cut), self._replace(left=cut)
        cut = self.top - share * self.height
        return self._replace(bottom=cut), self._replace(top=cut)


@dataclass(frozen=True, slots=True)
class Boxes:
    """How far each actor's node and label reach from its point, in millimetres."""

    left: Floats
    right: Floats
    down: Floats
    up: Floats
    node: float

    @classmethod
    def beneath(cls, labels: Sequence[tuple[float, float]], node: float, gap: float) -> Boxes:
        """Make boxes of nodes with a label (width, height) beneath each."""
        sizes = np.array(labels, dtype=np.float64).reshape(-1, 2)
        half = np.maximum(sizes[:, 0] / 2.0, node)
        down = node + gap + sizes[:, 1]
        return cls(half, half.copy(), down, np.full(len(sizes), node), node)

    def of(self, members: Ints) -> Boxes:
        """Return the boxes of some actors."""
        return Boxes(
            self.left[members], self.right[members], self.down[members], self.up[members], self.node
        )

    def shrunk(self, room: Room, members: Ints, fill: float = FILL) -> Boxes:
        """Return boxes small enough that those of ``members`` fill no more of a room than that."""
        own = self.of(members)
        filled = math.fsum(((own.left + own.right) * (own.down + own.up)).tolist())
        allowed = fill * room.width * room.height
        if filled <= allowed:
            return self
        share = math.sqrt(allowed / filled)
        return Boxes(
            self.left * share,
            self.right * share,
            self.down * share,
            self.up * share,
            self.node * share,
        )


def turned(drawn: Floats, *, upright: bool) -> Floats:
    """Turn a layout so that it lies along its room and always the same side up."""
    count = len(drawn)
    drawn = drawn - drawn.sum(axis=0) / count
    x, y = drawn[:, 0], drawn[:, 1]
    skew = math.fsum((x * y).tolist())
    tilt = (math.fsum((x * x).tolist()) - math.fsum((y * y).tolist())) / 2.0
    size = math.sqrt(tilt * tilt + skew * skew)
    # The axis' direction is half the angle of (tilt, skew), by the half-angle formulas.
    cosine = math.sqrt(max(0.0, (1.0 + tilt / size) / 2.0)) if size > 0.0 else 1.0
    sine = math.sqrt(max(0.0, 1.0 - cosine * cosine))
    if skew < 0.0:
        sine = -sine
    turned = np.stack([x * cosine + y * sine, y * cosine - x * sine], axis=1)
    if upright:
        turned = turned[:, ::-1].copy()
    rank = np.arange(count) - (count - 1) / 2.0
    for axis, wanted in ((0, 1.0), (1, -1.0)):
        if wanted * math.fsum((rank * turned[:, axis]).tolist()) < 0.0:
            turned[:, axis] = -turned[:, axis]
    return turned


def levelled(drawn: Floats) -> Floats:
    """Give a crowded middle some of the space of the outskirts, keeping the order on each axis."""
    count = len(drawn)
    share = _LEVELLED * min(1.0, max(0.0, (count - _CROWD) / (_FULL_CROWD - _CROWD)))
    if share <= 0.0:
        return drawn
    low, high = drawn.min(axis=0), drawn.max(axis=0)
    even = np.empty_like(drawn)
    for axis in (0, 1):
        even[np.argsort(drawn[:, axis], kind="stable"), axis] = np.arange(count) / (count - 1)
    level: Floats = (1.0 - share) * drawn + share * (low + even * (high - low))
    return level


def _round_the_clock(direction: tuple[float, float]) -> float:
    """Order directions as their angles would, without a sine (0 up to 4)."""
    x, y = direction
    share = y / (abs(x) + abs(y))
    return (2.0 - share if x < 0.0 else share) + 1.0


def fanned(drawn: Floats, tails: Ints, heads: Ints) -> Floats:
    """Spread the actors who hang on one other actor evenly around it."""
    near: list[list[int]] = [[] for _ in drawn]
    for tail, head in zip(tails.tolist(), heads.tolist(), strict=True):
        near[tail].append(head)
        near[head].append(tail)
    places = drawn.copy()
    for hub, around in enumerate(near):
        hanging = {actor for actor in around if len(near[actor]) == 1}
        if len(hanging) < _FAN:
            continue
        gaps = places[around] - places[hub]
        far = np.maximum(np.sqrt(gaps[:, 0] * gaps[:, 0] + gaps[:, 1] * gaps[:, 1]), 1e-9)
        ways = {
            actor: (x, y)
            for actor, (x, y) in zip(around, (gaps / far[:, None]).tolist(), strict=True)
        }
        for _ in range(_FAN_ROUNDS):
            order = sorted(around, key=lambda actor: (_round_the_clock(ways[actor]), actor))
            for place, actor in enumerate(order):
                before, after = order[place - 1], order[(place + 1) % len(order)]
                if {before, actor, after} <= hanging:
                    ways[actor] = _between(ways[before], ways[actor], ways[after])
        for actor, distance in zip(around, far.tolist(), strict=True):
            if actor in hanging:
                x, y = ways[actor]
                places[actor] = places[hub] + np.array([x * distance, y * distance])
    return places


def _between(
    before: tuple[float, float], now: tuple[float, float], after: tuple[float, float]
) -> tuple[float, float]:
    """Turn a direction half way towards the middle of the two beside it, counter-clockwise."""
    x, y = before[0] + after[0], before[1] + after[1]
    size = math.sqrt(x * x + y * y)
    if size < 1e-6:  # noqa: PLR2004  opposite directions have no middle of their own
        return now
    # Beyond half a turn the sum points the other way.
    if before[0] * after[1] - before[1] * after[0] < 0.0:
        size = -size
    x, y = now[0] + x / size, now[1] + y / size
    size = math.sqrt(x * x + y * y)
    return (x / size, y / size) if size > 1e-6 else now  # noqa: PLR2004


def overlaps(places: Floats, boxes: Boxes) -> tuple[Ints, Ints, Floats, Floats]:
    """List the pairs of boxes that cover each other, by their left edges."""
    left, right = places[:, 0] - boxes.left, places[:, 0] + boxes.right
    bottom, top = places[:, 1] - boxes.down, places[:, 1] + boxes.up
    order = np.argsort(left, kind="stable")
    left, right, bottom, top = left[order], right[order], bottom[order], top[order]
    first, second = _in_reach(left, right, bottom, top)
    tall = np.minimum(top[first], top[second]) - np.maximum(bottom[first], bottom[second])
    meets = np.flatnonzero(tall > 0.0)
    first, second, tall = first[meets], second[meets], tall[meets]
    wide = np.minimum(right[first], right[second]) - left[second]
    meets = np.flatnonzero(wide > 0.0)
    return order[first[meets]], order[second[meets]], wide[meets], tall[meets]


def _in_reach(left: Floats, right: Floats, bottom: Floats, top: Floats) -> tuple[Ints, Ints]:
    """List the pairs of boxes, sorted by left edge, that may cover each other.

    Each box can only meet those that begin before it ends. Many boxes are looked at in bands as
    high as the highest of them: each meets nobody but in its own band and in the next.
    """
    place = np.arange(len(left))
    if len(left) <= _FEW_BOXES:
        return _pairs(place, place + 1, np.searchsorted(left, right) - place - 1)
    low = bottom.min()
    band = ((bottom - low) // max(float((top - bottom).max()), 1e-9)).astype(np.intp)
    by = np.argsort(band, kind="stable")
    # A band after another on one long line, so far apart that none reaches into the next.
    length = 2.0 * float(right.max() - left[0]) + 1.0
    line = (band * length + (left - left[0]))[by]
    ends, widest = line + (right - left)[by], float((right - left).max())
    first, second = _pairs(place, place + 1, np.searchsorted(line, ends) - place - 1)
    start = np.searchsorted(line, line + length - widest)
    above, beyond = _pairs(place, start, np.searchsorted(line, ends + length) - start)
    one, other = by[np.concatenate([first, above])], by[np.concatenate([second, beyond])]
    count = len(place)
    pairs = np.sort(np.minimum(one, other) * count + np.maximum(one, other))
    return pairs // count, pairs % count


def _pairs(those: Ints, start: Ints, count: Ints) -> tuple[Ints, Ints]:
    """Pair each with so many numbers, none or more, from a start on."""
    count = np.maximum(count, 0)
    one = np.repeat(those, count)
    return one, np.arange(len(one)) - np.repeat(np.cumsum(count) - count - start, count)


def spread(  # noqa: PLR0913  boxes, room and who may move belong together here
    places: Floats,
    boxes: Boxes,
    room: Room,
    free: Flags,
    *,
    ties: tuple[Ints, Ints] | None = None,
    rounds: int = 250,
) -> Floats:
    """Push boxes apart along the shorter way, and nodes off the ties of others."""
    places = _within(places.copy(), boxes, room, free)
    slack = min(_SLACK, _SLACK_SHARE * boxes.node)
    roomy = Boxes(
        boxes.left + slack,
        boxes.right + slack,
        boxes.down + slack,
        boxes.up + slack,
        boxes.node,
    )
    clear = ties is not None and len(places) <= _CLEAR_LIMIT
    many, few = len(places) > _FEW_BOXES, _FEW_LEFT * len(places)
    for step in range(rounds):
        shift = np.zeros_like(places)
        first, second, across, upward = overlaps(places, roomy)
        able = free[first] | free[second]
        first, second, across, upward = first[able], second[able], across[able], upward[able]
        if clear and ties is not None and step < rounds * 3 // 5:
            _clear(shift, places, roomy.node + _CLEARANCE, ties)
        elif not len(first) or (many and (np.minimum(across, upward) > 2.0 * slack).sum() <= few):
            break
        sideways = across <= upward
        for axis, chosen, depth in ((0, sideways, across), (1, ~sideways, upward)):
            one, other = first[chosen], second[chosen]
            gap = places[other, axis] - places[one, axis]
            ahead = np.where((gap > 0.0) | ((gap == 0.0) & (one < other)), 1.0, -1.0)
            push = ahead * depth[chosen] * 0.5
            # Where one of the two stays, the other goes the whole way.
            alone = free[one] != free[other]
            push = np.where(alone, 2.0 * push, push)
            shift[:, axis] -= np.bincount(one, push, minlength=len(places))
            shift[:, axis] += np.bincount(other, push, minlength=len(places))
        # Many pushes at once overshoot; a cap keeps neighbours on their sides.
        np.clip(shift, -8.0, 8.0, out=shift)
        places[free] += 0.8 * shift[free]
        places = _within(places, boxes, room, free)
    return places


def _within(places: Floats, boxes: Boxes, room: Room, free: Flags) -> Floats:
    low = np.stack([room.left + boxes.left, room.bottom + boxes.down], axis=1)
    high = np.stack([room.right - boxes.right, room.top - boxes.up], axis=1)
    held = np.minimum(np.maximum(places, low), np.maximum(high, low))
    return np.where(free[:, None], held, places)


def _clear(shift: Floats, places: Floats, distance: float, ties: tuple[Ints, Ints]) -> None:
    """Add to ``shift`` what takes nodes off the ties of others."""
    tails, heads = ties
    start = places[tails]
    along = places[heads] - start
    size = np.maximum(np.sqrt(along[:, 0] * along[:, 0] + along[:, 1] * along[:, 1]), 1e-6)
    normal = np.stack([-along[:, 1], along[:, 0]], axis=1) / size[:, None]
    # How far everyone is to the left of every tie's line; only the few who are near count.
    side = places[:, 0, None] * normal[:, 0]
    side += places[:, 1, None] * normal[:, 1]
    side -= start[:, 0] * normal[:, 0] + start[:, 1] * normal[:, 1]
    actor, tie = np.divmod(np.flatnonzero(np.abs(side) < distance), len(tails))
    beyond = places[actor] - start[tie]
    share = beyond[:, 0] * along[tie, 0] + beyond[:, 1] * along[tie, 1]
    near = (share > 0.0) & (share < size[tie] * size[tie])
    near &= (actor != tails[tie]) & (actor != heads[tie])
    actor, tie = actor[near], tie[near]
    depth = distance - np.abs(side[actor, tie])
    push = np.where(side[actor, tie] >= 0.0, depth, -depth) * 0.35
    for axis in (0, 1):
        part = push * normal[tie, axis]
        shift[:, axis] += np.bincount(actor, part, minlength=len(places))
        # The tie gives way too: its ends move against the node by half as much each.
        for end in (tails, heads):
            shift[:, axis] -= np.bincount(end[tie], 0.5 * part, minlength=len(places))


def settle(places: Floats, boxes: Boxes, room: Room, free: Flags) -> Floats:
    """Move each box that still covers another to the nearest free place, if there is one."""
    places = places.copy()
    first, second, _, _ = overlaps(places, boxes)
    troubled = sorted({*first[free[first]].tolist(), *second[free[second]].tolist()})
    if not troubled:
        return places
    across = np.arange(math.ceil(room.left), math.floor(room.right) + 1, 2.0)
    upward = np.arange(math.ceil(room.bottom), math.floor(room.top) + 1, 2.0)
    grid = np.stack(np.meshgrid(across, upward), axis=2).reshape(-1, 2)
    for actor in troubled:
        inside = (
            (grid[:, 0] - boxes.left[actor] >= room.left)
            & (grid[:, 0] + boxes.right[actor] <= room.right)
            & (grid[:, 1] - boxes.down[actor] >= room.bottom)
            & (grid[:, 1] + boxes.up[actor] <= room.top)
        )
        spots = np.concatenate([places[actor][None], grid[inside]])
        gap = spots - places[actor]
        near = np.argsort(gap[:, 0] * gap[:, 0] + gap[:, 1] * gap[:, 1], kind="stable")
        for begin in range(0, len(near), 60):
            chunk = near[begin : begin + 60]
            taken = _taken(spots[chunk], actor, places, boxes)
            if not taken.all():
                places[actor] = spots[chunk[int(np.argmin(taken))]]
                break
    return places


def _taken(spots: Floats, actor: int, places: Floats, boxes: Boxes) -> Flags:
    x, y = spots[:, 0, None], spots[:, 1, None]
    left, right = x - boxes.left[actor], x + boxes.right[actor]
    down, up = y - boxes.down[actor], y + boxes.up[actor]
    # Few stand near any of the spots.
    near = left.min() < places[:, 0] + boxes.right
    near &= right.max() > places[:, 0] - boxes.left
    near &= down.min() < places[:, 1] + boxes.up
    near &= up.max() > places[:, 1] - boxes.down
    near[actor] = False
    those = np.flatnonzero(near)
    own, there = boxes.of(those), places[those]
    covers = (
        (left < there[:, 0] + own.right)
        & (right > there[:, 0] - own.left)
        & (down < there[:, 1] + own.up)
        & (up > there[:, 1] - own.down)
    )
    found: Flags = covers.any(axis=1)
    return found
