"""Where names stand: beside their actor, on top of nothing.

Pure geometry in points (1/72 inch), y upwards; no figure is needed. Every actor gets
candidates all around its rim at growing distances; a candidate costs what it would cover.
The best-connected actors choose first, and then all of them choose again, a few times over; those
who still stand badly ask their neighbours to give way (`aktorkart.scene.standing`). On a crowded
page names stand right at their own marks or not at all (`aktorkart.scene.crowd`): where one has no
room, a number may stand for it.
"""

from __future__ import annotations

import itertools
import math
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from aktorkart.scene.crowd import LEFT_OUT, Crowd
from aktorkart.scene.joints import parted
from aktorkart.scene.places import (
    ANGLES,
    FAR_GAPS,
    GAPS,
    LEADER_FROM,
    NEAR_GAPS,
    Ground,
)
from aktorkart.scene.standing import Standing, clashes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Flags = NDArray[np.bool_]

# More names without room than this, and than this share of all, are a crowd.
_FEW_BAD, _CROWDED = 4, 0.2
LONGEST_WORD = 28
# More would be too many ways to break a name.
_MOST_PIECES = 14
# A line that ends within a word reads worse than one that is some letters too long.
_WITHIN_A_WORD = 4
_JOINER, _SOFT = "\u2060", "\u00ad"
# After a slash or a hyphen, with at least three letters on either side.
_BREAKS = re.compile(r"(?<=\w{3}[/-])(?=\w{3})")


@dataclass(frozen=True)
class Placement:
    """Where the labels ended up."""

    centres: Floats
    gaps: Floats
    leaders: tuple[tuple[int, tuple[float, float], tuple[float, float]], ...]
    covering: int
    doubtful: NDArray[np.bool_]  # which stand nearer to another's mark than to their own
    # Which of its sizes each label has; in a crowd also that of a number, or that it is left out.
    shapes: NDArray[np.intp]


@lru_cache(maxsize=4096)
def wrap(name: str, *, near: int = 18, lines: int = 4) -> str:
    """Break a name into lines of about equal length."""
    words = _pieces(name, near)
    if len(words) > _MOST_PIECES:
        words = _pieces(name, LONGEST_WORD)
    if not words:
        return ""
    total = sum(len(word) + 1 for word in words) - 1
    least = max(1, min(math.ceil(total / near) - 1, len(words), lines))
    best = None
    # Too wide lines are worst, then more lines than needed; among equals the evenest wins.
    for number in range(least, min(least + 2, len(words), lines) + 1):
        for cuts in _cuts(len(words), number):
            rows = [
                _joined(words[start:stop])
                for start, stop in itertools.pairwise((0, *cuts, len(words)))
            ]
            widest = max(map(len, rows))
            within = sum(words[cut - 1].endswith(_SOFT) for cut in cuts)
            worst = max(0, widest - near) + _WITHIN_A_WORD * within
            cost = (worst, number, widest, sum(len(row) ** 2 for row in rows))
            if best is None or cost < best[0]:
                best = (cost, rows)
        if best is not None and best[0][0] == 0:
            break
    return "\n".join(best[1]) if best else name


def _cuts(words: int, lines: int) -> Sequence[tuple[int, ...]]:
    if words <= _MOST_PIECES:
        return list(itertools.combinations(range(1, words), lines - 1))
    # A name that long is a sentence: even cuts are good enough.
    return [tuple(round(words * line / lines) for line in range(1, lines))]


def _pieces(name: str, near: int) -> list[str]:
    """Split into words; a line may end after a slash or a hyphen, and within a long word."""
    pieces: list[str] = []
    for word in name.replace(_SOFT, "").replace(_JOINER, "").split():
        start = len(pieces)
        for part in _BREAKS.split(word):
            chunks = [
                piece
                for joined in (parted(part) if len(part) > near else (part,))
                for piece in _evenly(joined)
            ]
            pieces += [chunk + _SOFT for chunk in chunks[:-1]] + chunks[-1:]
        pieces[start + 1 :] = [_JOINER + piece for piece in pieces[start + 1 :]]
    return pieces


def _evenly(word: str) -> list[str]:
    """Break a word without end where no joint is known."""
    step = math.ceil(len(word) / math.ceil(len(word) / LONGEST_WORD))
    return [word[at : at + step] for at in range(0, len(word), step)]


def _joined(words: Sequence[str]) -> str:
    line = "".join(
        word if word.startswith(_JOINER) or not place else " " + word
        for place, word in enumerate(words)
    )
    line = line.replace(_JOINER, "")
    # A soft hyphen is seen only where the line ends.
    return line[:-1].replace(_SOFT, "") + line[-1:].replace(_SOFT, "-")


def place(  # noqa: PLR0913 - keyword-only, and each has a default
    ground: Ground,
    sizes: Floats,
    *,
    importance: Floats | None = None,
    labelled: NDArray[np.intp] | None = None,
    number: tuple[float, float] | None = None,
    hurried: bool = False,
) -> Placement:
    """Find a place for every label; sizes (n, k, 2) are ways to set it, the best one first.

    Where the size of a number is given, the page is taken for crowded. In a hurry, places farther
    off are not looked for on a crowded page: smaller letters are tried next.
    """
    centres, halves = ground.centres, ground.halves
    chosen = np.arange(len(centres)) if labelled is None else labelled
    if len(chosen) == 0:
        return Placement(
            np.empty((0, 2)), np.empty(0), (), 0, np.empty(0, dtype=bool), np.empty(0, dtype=int)
        )
    ways = sizes if sizes.ndim > 2 else sizes[:, None]  # noqa: PLR2004 - one way for each
    rank = np.zeros(len(chosen)) if importance is None else importance[chosen]
    order = np.lexsort((chosen, -rank))
    if number is not None:
        return _crowded(ground, chosen, ways, order, np.array(number))
    standing = Standing(*ground.candidates(chosen, ways[:, 0], GAPS)[:4])
    standing.sweep(order)
    bad = ground.covered(standing.taken) | clashes(standing.taken)
    # Where so many have no room, moving some does not help: letters or names must be fewer.
    crowded = int(bad.sum()) > max(_FEW_BAD, _CROWDED * len(chosen))
    if not crowded:
        standing.give_way(order)
        bad = ground.covered(standing.taken) | clashes(standing.taken)
    shapes = np.zeros(len(chosen), dtype=np.intp)
    wrong = np.flatnonzero(bad | ground.doubtful(standing.taken, chosen))
    if len(wrong) and not (crowded and hurried):
        standing.farther(wrong, ground.more_candidates(chosen[wrong], ways[wrong])[:4])
        if not crowded:
            standing.give_way(wrong)
        first, each = ANGLES * len(GAPS + FAR_GAPS), ANGLES * len(GAPS)
        shapes[wrong] = np.maximum(0, (standing.picked[wrong] - first) // each + 1)
    result, distance = standing.taken, standing.distances()
    middle = np.stack(
        [(result[:, 0] + result[:, 2]) / 2, (result[:, 1] + result[:, 3]) / 2], axis=1
    )
    covering = int((ground.covered(result) | clashes(result)).sum())
    doubtful = ground.doubtful(result, chosen)
    leaders = tuple(
        (int(chosen[i]), *_leader(centres[chosen[i]], halves[chosen[i]], result[i]))
        for i in range(len(chosen))
        if distance[i] >= LEADER_FROM
    )
    return Placement(middle, distance, leaders, covering, doubtful, shapes)


def _crowded(
    ground: Ground,
    chosen: NDArray[np.intp],
    ways: Floats,
    order: NDArray[np.intp],
    number: Floats,
) -> Placement:
    """Put as many names as can stand at their own marks, and numbers at those of the others."""
    names = ground.ways_to_stand(chosen, ways, NEAR_GAPS)
    crowd = Crowd(names.boxes, names.costs, names.clear)
    crowd.seat(order)
    waiting = np.flatnonzero(crowd.picked == LEFT_OUT)
    numbers = np.tile(number, (len(waiting), 1))
    short = ground.candidates(chosen[waiting], numbers, NEAR_GAPS, crowded=True)
    for row, label in enumerate(waiting.tolist()):
        crowd.offer(label, short.boxes[row], short.costs[row], short.clear[row])
    crowd.seat(order)
    picked = crowd.chosen()
    shapes = picked // (ANGLES * len(NEAR_GAPS))
    shapes[waiting] = np.where(picked[waiting] == LEFT_OUT, LEFT_OUT, ways.shape[1])
    gaps = names.gaps[np.arange(len(chosen)), picked]
    gaps[waiting] = short.gaps[np.arange(len(waiting)), picked[waiting]]
    here = (crowd.taken[:, :2] + crowd.taken[:, 2:]) / 2
    return Placement(
        np.where((shapes == LEFT_OUT)[:, None], ground.centres[chosen], here),
        gaps,
        (),
        0,
        np.zeros(len(chosen), dtype=bool),
        shapes,
    )


def apart(
    wanted: Sequence[float], sizes: Sequence[float], *, low: float, high: float
) -> list[float]:
    """Move things along a line as little as needed for them not to overlap."""
    if not sizes:
        return []
    # Without the room that those before it take, each may not stand before another one.
    before = [sum(sizes[:place]) + sizes[place] / 2 for place in range(len(sizes))]
    pools: list[tuple[float, int]] = []
    for place, offset in zip(wanted, before, strict=True):
        mean, count = place - offset, 1
        while pools and pools[-1][0] >= mean:
            other, others = pools.pop()
            mean = (mean * count + other * others) / (count + others)
            count += others
        pools.append((mean, count))
    most = max(low, high - sum(sizes))
    levels = [min(max(mean, low), most) for mean, count in pools for _ in range(count)]
    return [level + offset for level, offset in zip(levels, before, strict=True)]


def _leader(
    centre: Floats, half: Floats, box: Floats
) -> tuple[tuple[float, float], tuple[float, float]]:
    """Draw a line from the rim of the mark to the nearest point of the label's box."""
    end = np.clip(centre, box[:2], box[2:])
    way = end - centre
    length = math.hypot(*way)
    rim = centre + way / max(length, 1e-9) * math.hypot(*(half * way / max(length, 1e-9)))
    return (float(rim[0]), float(rim[1])), (float(end[0]), float(end[1]))
