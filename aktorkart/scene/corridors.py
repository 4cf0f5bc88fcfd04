"""An outline around a group that others stand among: along ways that go round everybody else."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.intp]

# In millimetres: squares of the grid on which ways are sought and outlines are traced, half the
# width of a way, the air to the marks of others, and the least half width beside them.
_COARSE, _FINE = 2.5, 1.0
_HALF, _AIR, _LEAST = 2.4, 1.5, 0.8
_MARGIN = 20.0
# A way so much longer than the crow flies, or longer than this at all, joins nobody in the eye.
_DETOUR, _LONGEST = 1.7, 115.0
# Near the marks of others a step counts for more: ways keep to the middle of a gap.
_SHY, _NEAR = 2.0, 5.0
_ROUNDINGS = 2


def around(
    centres: Floats, radii: Floats, others: Floats, other_radii: Floats
) -> tuple[Floats, ...] | None:
    """Outline marks together with the ways between them, without the marks of others."""
    ways = _ways(centres, others, other_radii)
    if ways is None:
        return None
    low, high = centres.min(axis=0) - _MARGIN, centres.max(axis=0) + _MARGIN
    x, y = (np.arange(start, stop + _FINE, _FINE) for start, stop in zip(low, high, strict=True))
    points = np.stack(np.meshgrid(x, y), axis=2)
    far = np.full(points.shape[:2], np.inf)
    for centre, radius in zip(centres, radii, strict=True):
        np.minimum(far, np.hypot(*(points - centre).transpose(2, 0, 1)) - radius, out=far)
    for way in ways:
        for start, end in itertools.pairwise(way):
            np.minimum(far, _beside(points, start, end) - _HALF, out=far)
    for corners in _free_triangles(centres, others, other_radii + _AIR):
        np.minimum(far, _outside(points, corners), out=far)
    for centre, radius in zip(others, other_radii, strict=True):
        away = np.hypot(*(points - centre).transpose(2, 0, 1))
        np.maximum(far, radius + _AIR - away, out=far)
    return _traced(x, y, far, centres)


def _beside(points: Floats, start: Floats, end: Floats) -> Floats:
    """Return the distance of points to a straight piece."""
    way = end - start
    square = max(float(way @ way), 1e-9)
    share = np.clip((points - start) @ way / square, 0.0, 1.0)
    found: Floats = np.hypot(*(points - start - share[..., None] * way).transpose(2, 0, 1))
    return found


def _free_triangles(centres: Floats, others: Floats, reach: Floats) -> list[Floats]:
    """Return the triangles between neighbouring marks of the group where nobody else stands."""
    from scipy.spatial import Delaunay, QhullError  # type: ignore[import-untyped]

    try:
        found = centres[Delaunay(centres).simplices]
    except (QhullError, ValueError):  # fewer than three, or all on one line
        return []
    return [
        corners
        for corners in found
        if np.hypot(*(corners - np.roll(corners, 1, axis=0)).T).max() <= _LONGEST
        and (_outside(others, corners) > reach + _LEAST).all()
    ]


def _outside(points: Floats, corners: Floats) -> Floats:
    """Return how far points are outside a triangle's sides; negative inside."""
    way = np.roll(corners, -1, axis=0) - corners
    out = np.stack([way[:, 1], -way[:, 0]], axis=1) / np.hypot(*way.T)[:, None]
    if (way[0] @ out[1]) > 0:  # with the clock
        out = -out
    found: Floats = ((points[..., None, :] - corners) * out).sum(axis=-1).max(axis=-1)
    return found


def _ways(centres: Floats, others: Floats, other_radii: Floats) -> list[Floats] | None:
    """Join all marks by the shortest ways that go round the others; None if one is too long."""
    from scipy.sparse.csgraph import dijkstra  # type: ignore[import-untyped]

    low, high = centres.min(axis=0) - _MARGIN, centres.max(axis=0) + _MARGIN
    columns, rows = (np.ceil((high - low) / _COARSE).astype(int) + 1).tolist()
    grid = low + _COARSE * np.stack(
        np.meshgrid(np.arange(columns), np.arange(rows)), axis=2
    ).reshape(-1, 2)
    room = np.full(len(grid), np.inf)
    for centre, radius in zip(others, other_radii, strict=True):
        np.minimum(room, np.hypot(*(grid - centre).T) - radius - _AIR, out=room)
    starts = [int(np.hypot(*(grid - centre).T).argmin()) for centre in centres]
    room[starts] = np.maximum(room[starts], _LEAST)
    distances, before = dijkstra(
        _graph(room, columns, rows), directed=False, indices=starts, return_predecessors=True
    )
    joined, waiting = [0], set(range(1, len(centres)))
    ways = []
    while waiting:
        _, one, other = min(
            (float(distances[one, starts[other]]), one, other)
            for one in joined
            for other in waiting
        )
        steps = [starts[other]]
        while steps[-1] != starts[one] and before[one, steps[-1]] >= 0:
            steps.append(int(before[one, steps[-1]]))
        way = _straightened(
            np.concatenate([centres[other][None], grid[steps[1:-1]], centres[one][None]]),
            others,
            other_radii + _AIR + _LEAST,
        )
        length = float(np.hypot(*np.diff(way, axis=0).T).sum())
        straight = float(np.hypot(*(centres[one] - centres[other])))
        if steps[-1] != starts[one] or length > min(_LONGEST, _DETOUR * straight + _NEAR):
            return None
        ways.append(way)
        joined.append(other)
        waiting.remove(other)
    return ways


def _graph(room: Floats, columns: int, rows: int) -> object:
    """Join neighbouring squares of the grid that leave room for a way."""
    from scipy.sparse import csr_array  # type: ignore[import-untyped]

    # Older versions of the search for ways want small numbers.
    number = np.arange(columns * rows, dtype=np.int32).reshape(rows, columns)
    pairs, lengths = [], []
    for down, right in ((0, 1), (1, 0), (1, 1), (1, -1)):
        first = number[: rows - down, max(0, -right) : columns - max(0, right)].ravel()
        second = first + np.int32(down * columns + right)
        free = np.minimum(room[first], room[second])
        open_ = free >= _LEAST
        pairs.append(np.stack([first[open_], second[open_]]))
        shy = 1.0 + _SHY * np.clip(1.0 - free[open_] / _NEAR, 0.0, 1.0)
        lengths.append(_COARSE * np.hypot(down, right) * shy)
    ends = np.concatenate(pairs, axis=1)
    return csr_array((np.concatenate(lengths), (ends[0], ends[1])), shape=(len(room), len(room)))


def _straightened(way: Floats, others: Floats, radii: Floats) -> Floats:
    """Leave out the points of a way between which it may as well run straight."""
    kept = [0]
    while kept[-1] < len(way) - 1:
        ahead = len(way) - 1
        while ahead > kept[-1] + 1:
            away = _beside(others[None], way[kept[-1]], way[ahead])[0]
            if (away >= radii).all():
                break
            ahead -= 1
        kept.append(ahead)
    return way[kept]


def _traced(x: Floats, y: Floats, far: Floats, centres: Floats) -> tuple[Floats, ...] | None:
    """Trace where the distance is 0; None if that does not hold the group together."""
    from contourpy import FillType, contour_generator

    traced = contour_generator(x, y, far, fill_type=FillType.OuterOffset).filled(-1e9, 0.0)
    for points, offsets in zip(*traced, strict=True):
        rings = [points[start:stop] for start, stop in itertools.pairwise(offsets)]
        if within(centres, rings[0]).all():
            return tuple(_rounded(ring) for ring in rings)
    return None


def _rounded(ring: Floats) -> Floats:
    """Cut the corners off a closed ring (Chaikin, 1974)."""
    for _ in range(_ROUNDINGS):
        after = np.roll(ring[:-1], -1, axis=0)
        cut = np.stack([0.75 * ring[:-1] + 0.25 * after, 0.25 * ring[:-1] + 0.75 * after], axis=1)
        ring = cut.reshape(-1, 2)
        ring = np.concatenate([ring, ring[:1]])
    return ring


def within(points: Floats, ring: Floats) -> NDArray[np.bool_]:
    """Tell which points (n, 2) are inside a ring: an odd number of its sides is to the right."""
    x, y = points[:, None, 0], points[:, None, 1]
    (x1, y1), (x2, y2) = ring.T, np.roll(ring, -1, axis=0).T
    rises = (y1 > y) != (y2 > y)
    with np.errstate(divide="ignore", invalid="ignore"):
        left = x < (x2 - x1) * (y - y1) / (y2 - y1) + x1
    inside: NDArray[np.bool_] = np.count_nonzero(rises & left, axis=1) % 2 == 1
    return inside
