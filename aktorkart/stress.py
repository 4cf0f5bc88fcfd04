"""Stress layouts over plain arrays: the same coordinates, to the last bit, on every machine.

The layout minimises Σ (|xᵢ − xⱼ|/dᵢⱼ − 1)² by majorisation (SMACOF: de Leeuw 1977; Gansner,
Koren & North 2004), for thousands of actors over ties and pivots only (Ortmann, Klimenta &
Brandes 2017).

Sameness is why nothing here is a matrix product: BLAS picks its kernel by processor, and the
kernels add in different orders. Only + − × ÷ √ and minima are used, which IEEE 754 fixes, and sums
run along the first of two axes or through ``math.fsum``, so that their order is fixed too.
Exponentials, sines and random draws come from the platform or from numpy's vector code, and are
avoided for the same reason.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]
    Ints = npt.NDArray[np.int64]

#: Components beyond this size are laid out over ties and pivots instead of all pairs.
DENSE_LIMIT: Final = 300
#: Pivots of the sparse layout.
PIVOTS: Final = 120
# The plastic number's powers: the most even of the simple two-dimensional sequences.
_EVEN_X: Final = 0.7548776662466927
_EVEN_Y: Final = 0.5698402909980532
_SMALL: Final = 1e-12


def scatter(count: int, offset: int = 0) -> Floats:
    """Spread points evenly over the square from −1 to 1, without drawing random numbers.

    Parameters
    ----------
    count
        How many points.
    offset
        Where in the sequence to begin; another offset gives other points.

    Returns
    -------
    numpy.ndarray
        ``count`` × 2 coordinates.

    Examples
    --------
    >>> scatter(2).round(3).tolist()
    [[0.51, 0.14], [0.02, -0.721]]
    """
    steps = np.arange(1 + offset, 1 + offset + count, dtype=np.float64)
    spread = np.stack([steps * _EVEN_X, steps * _EVEN_Y], axis=1)
    return 2.0 * (spread - np.floor(spread)) - 1.0


def all_distances(count: int, tails: Ints, heads: Ints, lengths: Floats) -> Floats:
    """Find the shortest distance between every pair, ties taken both ways (Floyd and Warshall).

    Parameters
    ----------
    count
        Number of actors; they are 0 … count − 1.
    tails, heads, lengths
        One entry per tie.

    Returns
    -------
    numpy.ndarray
        ``count`` × ``count`` distances, infinite where there is no path.

    Examples
    --------
    >>> import numpy as np
    >>> all_distances(3, np.array([0, 1]), np.array([1, 2]), np.array([1.0, 2.0])).tolist()
    [[0.0, 1.0, 3.0], [1.0, 0.0, 2.0], [3.0, 2.0, 0.0]]
    """
    table = np.full((count, count), np.inf)
    for tail, head, length in zip(tails.tolist(), heads.tolist(), lengths.tolist(), strict=True):
        table[tail, head] = table[head, tail] = min(length, table[tail, head])
    table[np.arange(count), np.arange(count)] = 0.0
    for middle in range(count):
        np.minimum(table, table[:, middle, None] + table[None, middle, :], out=table)
    return table


def stress(positions: Floats, distances: Floats) -> float:
    """Say how badly drawn distances match the distances in the network.

    Parameters
    ----------
    positions
        n × 2 coordinates, in the unit of the distances.
    distances
        n × n distances, finite and positive off the diagonal.

    Returns
    -------
    float
        Σ over pairs of (drawn/true − 1)²: 0 is perfect, there is no upper bound.

    Examples
    --------
    >>> import numpy as np
    >>> stress(np.array([[0.0, 0.0], [3.0, 0.0]]), np.array([[0.0, 2.0], [2.0, 0.0]]))
    0.25
    """
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


def _axes(table: Floats, wanted: int) -> list[Floats]:
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


def starts(distances: Floats, *, scattered: int = 14) -> Floats:
    """Make the places to begin from: planes of classical scaling, and even scatterings.

    Parameters
    ----------
    distances
        n × n finite distances.
    scattered
        How many of the starts are scatterings that know nothing of the distances.

    Returns
    -------
    numpy.ndarray
        (4 + ``scattered``) × n × 2 coordinates. One start finds the best layout only on some
        maps, a dozen come close on nearly all.
    """
    count = len(distances)
    squares = distances * distances
    means = squares.sum(axis=0) / count
    centred = -0.5 * (squares - means[:, None] - means[None, :] + math.fsum(means.tolist()) / count)
    first, second, third = _axes(centred, 3)
    reach = float(distances.max())
    # A little scatter everywhere: actors with the same neighbours would begin in the same point,
    # where nothing pushes them apart.
    nudge = 0.02 * reach * scatter(count, 5)
    return np.stack(
        [
            np.stack([first, second], axis=1) + nudge,
            np.stack([first, third], axis=1) + nudge,
            np.stack([second, third], axis=1) + nudge,
            np.stack([first, second], axis=1) + 0.35 * reach * scatter(count, 101),
            *(0.5 * reach * scatter(count, 211 + 97 * more) for more in range(scattered)),
        ]
    )


def _pulled(positions: Floats, pull: Floats) -> Floats:
    """Take Guttman's right-hand side B(X)X for a batch of layouts (S × n × 2)."""
    across = positions[:, :, None, 0] - positions[:, None, :, 0]
    up = positions[:, :, None, 1] - positions[:, None, :, 1]
    drawn = across * across
    drawn += up * up
    np.sqrt(drawn, out=drawn)
    np.maximum(drawn, _SMALL, out=drawn)
    np.divide(pull, drawn, out=drawn)
    across *= drawn
    up *= drawn
    # Antisymmetric: the sum along the first axis is minus the one along the second.
    return -np.stack([across.sum(axis=1), up.sum(axis=1)], axis=2)


def _times(symmetric: Floats, batch: Floats) -> Floats:
    """Multiply a symmetric matrix into a batch of S × n × 2, summed in a fixed order."""
    return np.stack(
        [(symmetric[None] * batch[:, :, None, axis]).sum(axis=1) for axis in (0, 1)], axis=2
    )


def majorize(
    distances: Floats,
    begin: Floats,
    *,
    free: npt.NDArray[np.bool_] | None = None,
    rounds: int = 200,
    tolerance: float = 1e-5,
) -> Floats:
    """Lower the stress from each of several starts at once; return the best layout.

    Parameters
    ----------
    distances
        n × n finite distances.
    begin
        S × n × 2 starts.
    free
        Who may move; None: everyone. The others keep their coordinates exactly.
    rounds
        At most so many steps.
    tolerance
        Stop when 10 steps lower the best stress by less than this share.

    Returns
    -------
    numpy.ndarray
        n × 2 coordinates, in the unit of the distances.

    Examples
    --------
    >>> import numpy as np
    >>> table = all_distances(3, np.array([0, 1]), np.array([1, 2]), np.ones(2))
    >>> round(stress(majorize(table, starts(table)), table), 6)
    0.0
    """
    count = len(distances)
    off = distances + np.eye(count)
    weights = 1.0 / (off * off)
    pull = 1.0 / off
    weights[np.arange(count), np.arange(count)] = 0.0
    pull[np.arange(count), np.arange(count)] = 0.0
    laplacian = np.diag(weights.sum(axis=0)) - weights
    moving = np.arange(count) if free is None else np.flatnonzero(free)
    held = np.zeros(0, dtype=np.int64) if free is None else np.flatnonzero(~free)
    if not len(moving):
        return np.array(begin[0])
    block = laplacian[np.ix_(moving, moving)]
    if not len(held):
        # Adding a constant fixes the centre in the origin and makes the matrix invertible.
        block = block + 1.0 / count
    inverse = _inverse(block)
    inverse = (inverse + inverse.T) / 2.0
    layouts = begin.copy()
    outside = np.stack(
        [
            (weights[np.ix_(held, moving)][None] * layouts[:, :, axis][:, held, None]).sum(axis=1)
            for axis in (0, 1)
        ],
        axis=2,
    )
    best = min(_stresses(layouts, distances))
    for step in range(1, rounds + 1):
        target = _times(inverse, _pulled(layouts, pull)[:, moving] + outside)
        if step % 10:
            # Twice the step: converges to the same point in about half the rounds.
            layouts[:, moving] = 2.0 * target - layouts[:, moving]
            continue
        layouts[:, moving] = target
        scores = _stresses(layouts, distances)
        before, best = best, min(scores)
        if before - best <= tolerance * best:
            break
        if step % 30 == 0 and len(layouts) > 1:
            # The race narrows: the worse half of the starts seldom catches up.
            order = sorted(range(len(scores)), key=lambda row: (scores[row], row))
            keep = order[: (len(order) + 1) // 2]
            layouts, outside = layouts[keep], outside[keep]
    scores = _stresses(layouts, distances)
    return np.array(layouts[scores.index(min(scores))])


def distances_from(source: int, count: int, arcs: tuple[Ints, Ints, Floats]) -> Floats:
    """Find the distance from one actor to all (Bellman and Ford, whole fronts at a time).

    Parameters
    ----------
    source
        The actor to measure from.
    count
        Number of actors, each with at least one arc.
    arcs
        Tails, heads and lengths, every tie both ways, sorted by tail.

    Returns
    -------
    numpy.ndarray
        ``count`` distances, infinite where there is no path.
    """
    tails, heads, lengths = arcs
    first = np.searchsorted(tails, np.arange(count))
    reached = np.full(count, np.inf)
    reached[source] = 0.0
    while True:
        nearer = np.minimum(reached, np.minimum.reduceat(reached[heads] + lengths, first))
        if np.array_equal(nearer, reached):
            return reached
        reached = nearer


def sparse(count: int, tails: Ints, heads: Ints, lengths: Floats, *, rounds: int = 80) -> Floats:
    """Lay out a large connected component over its ties and a few pivots (sparse stress).

    Parameters
    ----------
    count
        Number of actors.
    tails, heads, lengths
        One entry per tie; the ties connect everyone.
    rounds
        Steps of majorisation.

    Returns
    -------
    numpy.ndarray
        ``count`` × 2 coordinates, in the unit of the lengths.
    """
    order = np.lexsort((np.concatenate([heads, tails]), np.concatenate([tails, heads])))
    arcs = (
        np.concatenate([tails, heads])[order],
        np.concatenate([heads, tails])[order],
        np.concatenate([lengths, lengths])[order],
    )
    table, pivots = _pivots(count, arcs)
    layout = _pivot_scaling(table) + 0.02 * float(table.max()) * scatter(count, 5)
    # A pivot speaks for the actors nearest to it: its term weighs as many as lie within half way.
    region = np.argmin(table, axis=1)
    sizes = np.zeros(table.shape)
    for pivot in range(len(pivots)):
        own = np.sort(table[region == pivot, pivot], kind="stable")
        sizes[:, pivot] = np.searchsorted(own, table[:, pivot] / 2.0, side="right")
    off = np.where(table > 0.0, table, 1.0)
    weights = np.where(table > 0.0, sizes / (off * off), 0.0)
    tie_weights = 1.0 / (arcs[2] * arcs[2])
    total = weights.sum(axis=1) + np.bincount(arcs[0], tie_weights, minlength=count)
    for _ in range(rounds):
        moved = np.empty_like(layout)
        far = layout[:, None, :] - layout[None, pivots, :]
        drawn = np.maximum(
            np.sqrt(far[:, :, 0] * far[:, :, 0] + far[:, :, 1] * far[:, :, 1]), _SMALL
        )
        near = layout[arcs[0]] - layout[arcs[1]]
        long = np.maximum(np.sqrt(near[:, 0] * near[:, 0] + near[:, 1] * near[:, 1]), _SMALL)
        for axis in (0, 1):
            wished = weights * (layout[None, pivots, axis] + table * far[:, :, axis] / drawn)
            tied = tie_weights * (layout[arcs[1], axis] + arcs[2] * near[:, axis] / long)
            moved[:, axis] = wished.sum(axis=1) + np.bincount(arcs[0], tied, minlength=count)
        # Everyone moves at once: half way is what keeps neighbours from changing places for ever.
        layout = 0.5 * (layout + moved / total[:, None])
    return layout


def _pivots(count: int, arcs: tuple[Ints, Ints, Floats]) -> tuple[Floats, Ints]:
    """Choose pivots far from each other; return distances (count × pivots) and who they are."""
    busy = np.bincount(arcs[0], minlength=count)
    chosen = [int(np.argmax(busy))]
    columns = [distances_from(chosen[0], count, arcs)]
    nearest = columns[0].copy()
    while len(chosen) < min(PIVOTS, count):
        chosen.append(int(np.argmax(nearest)))
        columns.append(distances_from(chosen[-1], count, arcs))
        np.minimum(nearest, columns[-1], out=nearest)
    return np.stack(columns, axis=1), np.array(chosen)


def _pivot_scaling(table: Floats) -> Floats:
    """Classical scaling seen from the pivots (Brandes & Pich 2007)."""
    count, width = table.shape
    squares = table * table
    rows = squares.sum(axis=1) / width
    columns = squares.sum(axis=0) / count
    centred = -0.5 * (
        squares - rows[:, None] - columns[None, :] + math.fsum(columns.tolist()) / width
    )
    product = np.stack([(centred * centred[:, [k]]).sum(axis=0) for k in range(width)])
    layout = np.stack([(centred * axis[None, :]).sum(axis=1) for axis in _axes(product, 2)], axis=1)
    spread = np.sqrt((layout * layout).sum(axis=0) / count)
    reach = np.sqrt(squares.sum(axis=0).sum() / (count * width))
    return layout / max(_SMALL, float(spread[0])) * float(reach) * 0.5
