"""Stress layouts over plain arrays: the same coordinates, to the last bit, on every machine.

The layout minimises Σ (|xᵢ − xⱼ|/dᵢⱼ − 1)² by majorisation (SMACOF: de Leeuw 1977; Gansner,
Koren & North 2004), from all pairs of actors; `sparse` is for thousands of them.

Sameness is why nothing here is a matrix product: BLAS picks its kernel by processor, and the
kernels add in different orders. Only + − × ÷ √ and minima are used, which IEEE 754 fixes, and sums
run along the first of two axes or through ``math.fsum``, so that their order is fixed too.
Exponentials, sines and random draws come from the platform or from numpy's vector code, and are
avoided for the same reason.
"""

from __future__ import annotations

import math
from copy import copy
from typing import TYPE_CHECKING, Any, Final

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]
    Ints = npt.NDArray[np.int64]
    Either = npt.NDArray[np.floating[Any]]  # double or single precision

#: Components beyond this size are laid out over ties and pivots instead of all pairs.
DENSE_LIMIT: Final = 300
# The plastic number's powers: the most even of the simple two-dimensional sequences.
_PLASTIC: Final = (0.7548776662466927, 0.5698402909980532)
# The same for three dimensions: powers of the root of x⁴ = x + 1.
_EVEN: Final = (0.8191725133961645, 0.6710436067037893, 0.5497004779019703)
_SMALL: Final = 1e-12
# Layouts that are tried: as many as a map of this size makes cheap, within these limits.
_TRIED_ACTORS: Final = 480
_LEAST_TRIES: Final = 3
_MOST_TRIES: Final = 9
# Steps in three dimensions, steps that squeeze the third, and what each leaves of it.
_DEEP_ROUNDS: Final = 20
_SQUEEZE_ROUNDS: Final = 40
_SQUEEZE: Final = np.float32(0.9)
# Steps between two cuts of the race, and between two looks at the winner.
_RACE_ROUNDS: Final = 20
_CHECKED: Final = 10
# Pairs of actors that are worked on at once.
_BLOCK: Final = 32_000


def scatter(count: int, offset: int = 0, *, sides: int = 2) -> Floats:
    """Spread points evenly over the square or cube from −1 to 1, without drawing random numbers."""
    steps = np.arange(1 + offset, 1 + offset + count, dtype=np.float64)
    even = _EVEN if sides > len(_PLASTIC) else _PLASTIC
    spread: Floats = steps[:, None] * np.array(even)
    return 2.0 * (spread - np.floor(spread)) - 1.0


def stress(positions: Floats, distances: Floats) -> float:
    """Say how badly drawn distances match the distances in the network."""
    return _stresses(positions[None], distances)[0]


def _stresses(positions: Floats, distances: Floats) -> list[float]:
    count = len(distances)
    off = distances + np.eye(count)
    across = positions[:, :, None, 0] - positions[:, None, :, 0]
    up = positions[:, :, None, 1] - positions[:, None, :, 1]
    errors = np.sqrt(across * across + up * up) / off - 1.0
    errors[:, np.arange(count), np.arange(count)] = 0.0
    columns = (errors * errors).sum(axis=1)
    return [math.fsum(row) / 2.0 for row in columns.tolist()]


def _inverse(matrix: Floats) -> Floats:
    """Invert a symmetric positive definite matrix by Gauss and Jordan, which needs no pivoting."""
    work = matrix.copy()
    for step in range(len(work)):
        pivot = work[step, step]
        row = work[step] / pivot
        column = work[:, step].copy()
        work -= column[:, None] * row[None, :]
        work[step] = row
        work[:, step] = -column / pivot
        work[step, step] = 1.0 / pivot
    return work


def axes(table: Floats, wanted: int) -> list[Floats]:
    """Find the leading eigenvectors of a symmetric matrix, each scaled by √eigenvalue."""
    count = len(table)
    # Negative eigenvalues would win the power iteration: shift them up by a bound on their size.
    shift = 0.0
    axes: list[Floats] = []
    values: list[float] = []
    for number in range(wanted):
        vector = scatter(count, 17 * number)[:, 0]
        value = 0.0
        for _ in range(100):
            for known in axes:
                vector = vector - known * math.fsum((known * vector).tolist())
            length = math.sqrt(math.fsum((vector * vector).tolist()))
            if length < _SMALL:
                break
            vector = vector / length
            image = (table * vector[:, None]).sum(axis=0) + shift * vector
            before, value = value, math.fsum((image * vector).tolist())
            if value < 0.0:
                shift += 2.0 * abs(value)
            elif abs(value - before) <= 1e-7 * abs(value):
                break
            vector = image
        axes.append(vector / max(_SMALL, math.sqrt(math.fsum((vector * vector).tolist()))))
        values.append(max(0.0, value - shift))
    return [axis * math.sqrt(value) for axis, value in zip(axes, values, strict=True)]


def starts(distances: Floats, *, tries: int | None = None) -> Floats:
    """Make places to begin from: layouts in three dimensions, squeezed flat along each."""
    count = len(distances)
    if tries is None:
        tries = min(_MOST_TRIES, max(_LEAST_TRIES, _TRIED_ACTORS // count))
    squares = distances * distances
    means = squares.sum(axis=0) / count
    centred = -0.5 * (squares - means[:, None] - means[None, :] + math.fsum(means.tolist()) / count)
    reach = float(distances.max())
    # A little scatter everywhere: actors with the same neighbours would begin in the same point,
    # where nothing pushes them apart.
    scaled = np.stack(axes(centred, 3), axis=1) + 0.02 * reach * scatter(count, 5, sides=3)
    springs = _Springs(distances).single()
    deep: Either = np.stack(
        [scaled, *(0.5 * reach * scatter(count, 211 + 97 * k, sides=3) for k in range(tries - 1))]
    ).astype(np.float32)
    for _ in range(_DEEP_ROUNDS):
        deep = 2.0 * springs.step(deep) - deep
    flat: Either = np.concatenate([deep, deep[:, :, [0, 2, 1]], deep[:, :, [1, 2, 0]]])
    for _ in range(_SQUEEZE_ROUNDS):
        flat = springs.step(flat)
        flat[:, :, 2] *= _SQUEEZE
    begin: Floats = flat[:, :, :2].astype(np.float64)
    return begin


class _Springs:
    """The pull between all pairs, and what a step of majorisation needs to follow it."""

    def __init__(self, distances: Floats, moving: Ints | None = None) -> None:
        count = len(distances)
        everyone = np.arange(count)
        off = distances + np.eye(count)
        self.moving = everyone if moving is None else moving
        self.pull: Either = 1.0 / off
        self.weights = 1.0 / (off * off)
        self.pull[everyone, everyone] = self.weights[everyone, everyone] = 0.0
        laplacian = np.diag(self.weights.sum(axis=0)) - self.weights
        block = laplacian[np.ix_(self.moving, self.moving)]
        if len(self.moving) == count:
            # Adding a constant fixes the centre in the origin and makes the matrix invertible.
            block = block + 1.0 / count
        inverse = _inverse(block)
        self.inverse: Either = (inverse + inverse.T) / 2.0

    def single(self) -> _Springs:
        """Return the same in single precision, which is quicker and enough for the first steps."""
        other = copy(self)
        other.pull = self.pull.astype(np.float32)
        other.inverse = self.inverse.astype(np.float32)
        return other

    def step(self, layouts: Either, outside: Floats | None = None) -> Either:
        """Take Guttman's step for each of S × n × k coordinates; return where the moving go."""
        many, count, sides = layouts.shape
        moving = self.moving
        result = np.empty((many, len(moving), sides), dtype=layouts.dtype)
        # Few enough at a time for the processor's cache, in memory that is asked for once.
        block = max(1, min(many, _BLOCK // (count * count)))
        room = np.empty((sides + 2, block, count, count), dtype=layouts.dtype)
        least = layouts.dtype.type(_SMALL)
        for first in range(0, many, block):
            batch = layouts[first : first + block]
            *gaps, drawn, spare = room[:, : len(batch)]
            for side, gap in enumerate(gaps):
                np.subtract(batch[:, :, None, side], batch[:, None, :, side], out=gap)
                np.multiply(gap, gap, out=spare if side else drawn)
                if side:
                    drawn += spare
            np.sqrt(drawn, out=drawn)
            np.maximum(drawn, least, out=drawn)
            np.divide(self.pull, drawn, out=drawn)
            for side, gap in enumerate(gaps):
                np.multiply(gap, drawn, out=gap)
                # Antisymmetric: the sum along the first axis is minus the one along the second.
                force = -gap.sum(axis=1)[:, moving]
                if outside is not None:
                    force += outside[first : first + block, :, side]
                own = spare[:, : len(moving), : len(moving)]
                np.multiply(self.inverse, force[:, :, None], out=own)
                result[first : first + block, :, side] = own.sum(axis=1)
        return result


def majorize(
    distances: Floats,
    begin: Floats,
    *,
    free: npt.NDArray[np.bool_] | None = None,
    rounds: int = 200,
    tolerance: float = 1e-5,
) -> Floats:
    """Lower the stress from each of several starts; return the best layout."""
    count = len(distances)
    moving = np.arange(count) if free is None else np.flatnonzero(free)
    held = np.setdiff1d(np.arange(count), moving)
    layouts = np.array(begin, dtype=np.float64)
    if not len(moving):
        return np.array(begin[0])
    springs = _Springs(distances, moving)
    # Those who stay pull as springs do whose other end is fixed.
    outside = np.stack(
        [
            (springs.weights[np.ix_(held, moving)] * layouts[:, :, side][:, held, None]).sum(axis=1)
            for side in (0, 1)
        ],
        axis=2,
    )
    if len(layouts) > 1 and not len(held):
        quick = springs.single()
        racing: Either = layouts.astype(np.float32)
        while len(racing) > 1:
            racing = _moved(quick, racing, None, _RACE_ROUNDS)
            scores = _stresses(racing.astype(np.float64), distances)
            order = sorted(range(len(scores)), key=lambda row: (scores[row], row))
            racing = racing[order[: (len(order) + 2) // 3]]
        layouts, outside = racing.astype(np.float64), outside[:1]
    best = min(_stresses(layouts, distances))
    for _ in range(0, rounds, _CHECKED):
        layouts = _moved(springs, layouts, outside, min(_CHECKED, rounds)).astype(np.float64)
        scores = _stresses(layouts, distances)
        before, best = best, min(scores)
        if before - best <= tolerance * best:
            break
    scores = _stresses(layouts, distances)
    return np.array(layouts[scores.index(min(scores))])


def _moved(springs: _Springs, layouts: Either, outside: Floats | None, rounds: int) -> Either:
    """Take some steps, all but the last of twice the length."""
    layouts = layouts.copy()
    for left in range(rounds - 1, -1, -1):
        target = springs.step(layouts, outside)
        layouts[:, springs.moving] = 2.0 * target - layouts[:, springs.moving] if left else target
    return layouts
