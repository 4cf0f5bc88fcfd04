"""Where everybody stands on rings and in sectors: how close, and in which part of life."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from aktorkart.i18n import text
from aktorkart.scene import apart
from aktorkart.scene.rings import SPHERES, Ring, sphere
from aktorkart.scene.scene import shape_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from aktorkart.model import ActorMap
    from aktorkart.scene.ground import Box

    Floats = NDArray[np.float64]

# In millimetres: the middle with its mark, and the outermost ring.
INNER, OUTER = 12.5, 90.0
CENTRE_RADIUS = 4.4
# Radius of a mark, and of one among many; so many are not yet many.
_RADIUS, _SMALL_RADIUS, _CROWD = 2.7, 1.5, 45
# What an empty ring and an empty sphere keep: millimetres and degrees.
_LEAST_RING, _LEAST_ANGLE = 9.0, 24.0


class Sector(NamedTuple):
    """A sphere: what it is called, and its angles, clockwise from the top in radians."""

    sphere: str
    name: str
    start: float
    end: float
    actors: int


def division(
    kart: ActorMap, found: Sequence[Ring], *, lang: str
) -> tuple[list[float], list[Sector]]:
    """Divide the circle: more room where more actors are, something where there are none."""
    counts = np.array([len(ring.members) for ring in found], dtype=np.float64)
    share = (counts + 0.4) / (counts + 0.4).sum() if len(counts) else counts
    rims = np.sqrt(INNER**2 + (OUTER**2 - INNER**2) * np.cumsum(share))
    widths = np.diff(np.concatenate([[INNER], rims]))
    if len(widths):
        more = np.maximum(widths - _LEAST_RING, 0.0) + 1e-6
        free = OUTER - INNER - _LEAST_RING * len(widths)
        widths = _LEAST_RING + more * free / more.sum()
    radii = [INNER, *(INNER + np.cumsum(widths)).tolist()]
    weights: dict[str, float] = defaultdict(float)
    heads: Counter[str] = Counter()
    for ring, inner, outer in zip(found, radii, radii[1:], strict=False):
        for id_ in ring.members:
            # Close to the middle an angle is little room.
            weights[sphere(kart, id_)] += 100.0 / (inner + outer)
            heads[sphere(kart, id_)] += 1
    there = [name for name in SPHERES if name != "other" or heads[name]]
    total = sum(weights.values())
    free = 360.0 - _LEAST_ANGLE * len(there)
    sectors, start = [], 0.0
    for name in there:
        wide = _LEAST_ANGLE + (free * weights[name] / total if total else free / len(there))
        sectors.append(
            Sector(
                name,
                _sphere_name(kart, name, lang),
                math.radians(start),
                math.radians(start + wide),
                heads[name],
            )
        )
        start += wide
    return radii, sectors


def _sphere_name(kart: ActorMap, name: str, lang: str) -> str:
    users = any(
        one.kind == "user" and one.id != kart.focal and sphere(kart, one.id) == name
        for one in kart.actors
    )
    if name == "personal" and users:
        return text("figure.ego_sphere.users", lang)
    mine = [one for one in kart.actors if one.id != kart.focal and sphere(kart, one.id) == name]
    if name == "other" and mine and all(shape_of(kart, one.id) == "unknown" for one in mine):
        return text("figure.levels_lane.unknown", lang)
    return text(f"figure.ego_sphere.{name}", lang)


def mark_radius(actors: int) -> float:
    """Return the radius of a mark among so many."""
    return max(_RADIUS * min(math.sqrt(_CROWD / max(actors, 1)), 1.0), _SMALL_RADIUS)


def point(angle: float, radius: float) -> tuple[float, float]:
    """Return where an angle, clockwise from the top, meets a circle around the middle."""
    return radius * math.sin(angle), radius * math.cos(angle)


def places(  # noqa: PLR0913, PLR0917 - cells, and what stands in them
    kart: ActorMap,
    found: Sequence[Ring],
    radii: Sequence[float],
    sectors: Sequence[Sector],
    taken: Sequence[Box],
    labels: Mapping[str, str],
    letters: float = 1.0,
) -> dict[str, tuple[float, float]]:
    """Spread the actors over their cells."""
    radius = mark_radius(len(kart.actors))
    ids: list[str] = []
    starts: list[tuple[float, float]] = []
    limits: list[tuple[float, float, float, float]] = []
    sphere_of = {one.id: sphere(kart, one.id) for one in kart.actors}
    for ring, inner, outer in zip(found, radii, radii[1:], strict=False):
        for sector in sectors:
            members = [id_ for id_ in ring.members if sphere_of[id_] == sector.sphere]
            arc = (sector.end - sector.start) * (inner + outer) / 2
            rows = max(1, min(len(members), round(math.sqrt(len(members) * (outer - inner) / arc))))
            for row, chosen in enumerate(np.array_split(np.arange(len(members)), rows)):
                away = outer - (outer - inner) * (row + 0.5) / rows
                for place, index in enumerate(chosen.tolist()):
                    share = (place + 0.5) / len(chosen)
                    angle = sector.start + share * (sector.end - sector.start)
                    ids.append(members[index])
                    starts.append(point(angle, away))
                    limits.append((inner, outer, sector.start, sector.end))
    places = {kart.focal: (0.0, 0.0)} if kart.focal else {}
    if not ids:
        return places
    bounds, pad = np.array(limits), radius + 0.9

    def hold(there: Floats) -> Floats:
        middle = (bounds[:, 0] + bounds[:, 1]) / 2
        away = np.clip(
            np.hypot(there[:, 0], there[:, 1]),
            np.minimum(bounds[:, 0] + pad, middle),
            np.maximum(bounds[:, 1] - pad, middle),
        )
        centre = (bounds[:, 2] + bounds[:, 3]) / 2
        half = np.maximum((bounds[:, 3] - bounds[:, 2]) / 2 - pad / away, 0.0)
        angle = np.arctan2(there[:, 0], there[:, 1])
        off = (angle - centre + np.pi) % (2 * np.pi) - np.pi
        turned = centre + np.clip(off, -half, half)
        held: Floats = np.stack([away * np.sin(turned), away * np.cos(turned)], axis=1)
        return held

    blocks = list(taken)
    if kart.focal:
        room = apart.boxes([labels[kart.focal]], CENTRE_RADIUS + 1.2, letters)
        wide, down, high = float(room.left[0]), float(room.down[0]), float(room.up[0])
        blocks.append((-wide, -down, wide, high))
    placed = apart.apart(
        np.array(starts),
        apart.boxes([labels[id_] for id_ in ids], radius, letters),
        hold,
        fixed=apart.blocked(blocks),
        radius=radius,
    )
    return places | {id_: (x, y) for id_, (x, y) in zip(ids, placed.tolist(), strict=True)}
