"""Soft outlines around groups of actors: a band around them, or along ways round the others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from aktorkart.scene.corridors import around, within
from aktorkart.scene.labels import wrap
from aktorkart.scene.letters import NOMINAL_SCALE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from aktorkart.scene.groups import Groups
    from aktorkart.scene.letters import Letters
    from aktorkart.scene.scene import Scene
    from aktorkart.scene.style import Style

    Floats = NDArray[np.float64]
    Box = tuple[float, float, float, float]

HULLS = ("line", "organisation", "community")
"""What actors can be outlined by."""

# Air between the outermost marks and the outline, and around its name, in millimetres.
_AIR = 2.6
_APART = 0.8
_CORNERS = 32
_WRAP = 24
# So near to another outline no name stands, if it can, in millimetres.
_CLEAR = 4.0


@dataclass(frozen=True)
class Hull:
    """An outline around a group."""

    group: str
    name: str
    corners: Floats
    holes: tuple[Floats, ...] = ()
    place: int = 0

    def contains(self, point: tuple[float, float]) -> bool:
        """Tell whether a point is inside, and in no hole."""
        there = np.array([point])
        return sum(bool(within(there, ring)[0]) for ring in (self.corners, *self.holes)) % 2 == 1


def outlines(
    scene: Scene, grouped: Groups, radii: Mapping[str, float]
) -> tuple[tuple[Hull, ...], tuple[str, ...]]:
    """Outline each group that can be seen as one."""
    placed = [id_ for id_ in scene.ids if id_ not in scene.strip]
    found: list[Hull] = []
    skipped: list[str] = []
    for group, name in grouped.names.items():
        mine = [id_ for id_ in placed if group in grouped.members.get(id_, ())]
        if len(mine) <= 1:
            continue
        centres = np.array([scene.places[id_] for id_ in mine])
        reach = np.array([1.25 * radii[id_] + _AIR for id_ in mine])
        others = [id_ for id_ in placed if id_ not in mine]
        their_reach = np.array([1.25 * radii[id_] for id_ in others])
        their_centres = np.array([scene.places[id_] for id_ in others]).reshape(-1, 2)
        band = rounded(centres, reach)
        if any(
            inside(centre, band, room=-radius)
            for centre, radius in zip(their_centres, their_reach, strict=True)
        ):
            rings = around(centres, reach, their_centres, their_reach)
        else:
            rings = (band,)
        if rings is None:
            skipped.append(name)
        else:
            found.append(Hull(group, name, rings[0], rings[1:], grouped.places[group]))
    return tuple(found), tuple(skipped)


def rounded(centres: Floats, radii: Floats) -> Floats:
    """Return the outline around circles, as if a band were put around them."""
    angle = 2 * np.pi * np.arange(_CORNERS) / _CORNERS
    way = np.stack([np.cos(angle), np.sin(angle)], axis=1)
    spots = (centres[:, None] + radii[:, None, None] * way[None]).reshape(-1, 2)
    order = np.lexsort((spots[:, 1], spots[:, 0]))
    points = [(float(x), float(y)) for x, y in spots[order]]
    lower, upper = _chain(points), _chain(points[::-1])
    return np.array(lower[:-1] + upper[:-1])


def _chain(points: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """Return the lower half of the convex hull of sorted points (Andrew, 1979)."""
    chain: list[tuple[float, float]] = []
    for x, y in points:
        while len(chain) > 1:
            (ax, ay), (bx, by) = chain[-2], chain[-1]
            if (bx - ax) * (y - ay) - (by - ay) * (x - ax) > 0:
                break
            chain.pop()
        chain.append((x, y))
    return chain


def inside(point: Floats, corners: Floats, *, room: float = 0.0) -> bool:
    """Tell whether a point is inside an outline."""
    way = np.roll(corners, -1, axis=0) - corners
    away = point - corners
    length = np.maximum(np.hypot(way[:, 0], way[:, 1]), 1e-9)
    return bool(((way[:, 0] * away[:, 1] - way[:, 1] * away[:, 0]) / length >= room).all())


def captions(  # noqa: PLR0913 - see the parameters
    hulls: Sequence[Hull], style: Style, letters: Letters, *, marks: Floats, ties: Floats, page: Box
) -> list[tuple[str, Box]]:
    """Find a place for the name of each outline, just outside it."""
    found: list[tuple[str, Box]] = []
    for hull in hulls:
        name = wrap(letters.writable(hull.name), near=_WRAP, lines=3)
        wide, high = letters.extent(name, style.legend_size, bold=True)
        # On the smallest page where names are not yet made smaller, and a little more.
        half = np.array([wide, high]) * 0.6 / NOMINAL_SCALE
        taken = np.concatenate([marks, np.array([box for _, box in found]).reshape(-1, 4)])
        best, least = (0.0, 0.0, 0.0, 0.0), np.inf
        for box in _around(hull.corners, half):
            left, bottom, right, top = box
            covered = (
                (taken[:, 0] < right)
                & (taken[:, 2] > left)
                & (taken[:, 1] < top)
                & (taken[:, 3] > bottom)
            )
            crossed = (
                (ties[:, 0] > left)
                & (ties[:, 0] < right)
                & (ties[:, 1] > bottom)
                & (ties[:, 1] < top)
            )
            outside = left < page[0] or bottom < page[1] or right > page[2] or top > page[3]
            middle = (left + right) / 2, (bottom + top) / 2
            foreign = any(one.contains(middle) for one in hulls if one is not hull)
            # Beside another outline a name would be read as that one's.
            near = any(_near(one.corners, box, _CLEAR) for one in hulls if one is not hull)
            cost = 100.0 * covered.sum() + 1.0 * crossed.sum() + 60.0 * outside
            cost += 40.0 * foreign + 25.0 * near
            if cost < least - 1e-9:
                best, least = box, float(cost)
        found.append((name, best))
    return found


def _near(corners: Floats, box: Box, reach: float) -> bool:
    """Tell whether an outline comes as near to a box as a reach."""
    near = np.clip(corners, box[:2], box[2:])
    return bool((np.hypot(*(corners - near).T) < reach).any())


def _around(corners: Floats, half: Floats) -> list[Box]:
    """Return boxes that touch an outline from outside, the highest first."""
    angle = np.pi / 2 + 2 * np.pi * np.arange(48) / 48
    boxes = []
    for x, y in np.stack([np.cos(angle), np.sin(angle)], axis=1).tolist():
        reach = corners[:, 0] * x + corners[:, 1] * y
        on_it = corners[int(reach.argmax())]
        out = half[0] * abs(x) + half[1] * abs(y) + _APART
        cx, cy = on_it[0] + out * x, on_it[1] + out * y
        boxes.append((cx - half[0], cy - half[1], cx + half[0], cy + half[1]))
    order = sorted(range(len(boxes)), key=lambda place: min(place, len(boxes) - place))
    return [boxes[place] for place in order]
