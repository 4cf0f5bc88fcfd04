"""The actors of a scene as artists: one each, or thousands in a few collections."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.collections import PathCollection, PolyCollection
from matplotlib.colors import to_rgba_array
from matplotlib.patches import Polygon
from matplotlib.path import Path

from aktorkart.figures.drawing import legends
from aktorkart.figures.drawing.stage import quietly
from aktorkart.scene import marks
from aktorkart.scene.hatching import hatched
from aktorkart.scene.scene import MOST_ARTISTS
from aktorkart.scene.style import on

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from matplotlib.axes import Axes
    from numpy.typing import NDArray

    from aktorkart.scene.scene import Scene

    Floats = NDArray[np.float64]

# How wide the outline of a mark is among thousands, and of one with a name, in points.
_THIN, _THICK = 0.35, 1.0


def draw_actors(
    scene: Scene,
    axes: Axes,
    radii: Mapping[str, float],
    widths: list[tuple[Any, Any]],
    named: set[str],
) -> None:
    """Draw marks, and add to ``widths`` the artists with how wide their lines are."""
    if len(scene.places) > MOST_ARTISTS:
        _draw_many(scene, axes, radii, widths, named)
        return
    signs: list[tuple[Floats, str]] = []
    for id_ in scene.ids:
        shape, place = scene.shape(id_), np.array(scene.places[id_])
        fills = scene.fills(id_)
        signs += [(points * radii[id_] + place, color) for points, color in upon(scene, id_)]
        if len(fills) > 1:
            stripes = PolyCollection(
                [part * radii[id_] + place for part in marks.stripes(shape, len(fills))],
                facecolors=[color for color, _ in fills],
                edgecolors=scene.edge(id_),
                linewidths=0.45,
                zorder=3,
            )
            quietly(axes, stripes, f"colors:{id_}")
        patch = Polygon(
            marks.SHAPES[shape] * radii[id_] + place,
            closed=True,
            facecolor=fills[0][0] if len(fills) == 1 else "none",
            edgecolor=scene.edge(id_),
            linewidth=0.8,
            linestyle=(0, (2.6, 1.6)) if shape == "unknown" else "-",
            zorder=3.1,
        )
        widths.append((quietly(axes, patch, f"actor:{id_}"), 0.8 * scene.scale))
        if id_ == scene.kart.focal:
            ring = Polygon(
                marks.SHAPES[shape] * (radii[id_] + scene.ring(id_)) + place,
                closed=True,
                fill=False,
                edgecolor=scene.edge(id_),
                linewidth=1.5,
                zorder=3.1,
            )
            widths.append((quietly(axes, ring, f"focal:{id_}"), 1.5 * scene.scale))
    if signs:
        quietly(
            axes,
            PolyCollection(
                [points for points, _ in signs],
                facecolors=[color for _, color in signs],
                linewidths=0,
                zorder=3.2,
            ),
            "signs",
        )


def _draw_many(
    scene: Scene,
    axes: Axes,
    radii: Mapping[str, float],
    widths: list[tuple[Any, Any]],
    named: set[str],
) -> None:
    """Draw thousands of marks; those with a name lie on top and have the darkest outline."""
    ids = sorted(scene.ids, key=lambda one: (one in named, radii[one]))
    alike: dict[tuple[Any, ...], list[int]] = defaultdict(list)
    for row, id_ in enumerate(ids):
        look = scene.shape(id_), *scene.fills(id_), scene.edge(id_), id_ in scene.grouped.hollow
        alike[look].append(row)
    centres = np.array([scene.places[id_] for id_ in ids])
    sizes = np.array([radii[id_] for id_ in ids])
    parts: list[list[Path]] = [[] for _ in ids]
    fills: list[list[str]] = [[] for _ in ids]
    edges = [scene.edge(id_) for id_ in ids]
    signs: dict[str, list[Path]] = defaultdict(list)
    for rows in alike.values():
        id_ = ids[rows[0]]
        own = scene.fills(id_)
        for part, (color, _) in zip(marks.stripes(scene.shape(id_), len(own)), own, strict=True):
            for row, path in zip(rows, _moved(part, sizes[rows], centres[rows]), strict=True):
                parts[row].append(path)
                fills[row].append(color)
        for points, color in upon(scene, id_):
            signs[color] += _moved(_leftwards(points), sizes[rows], centres[rows])
    last = len(ids) - sum(id_ in named for id_ in ids)
    for gid, some, width in (
        ("actors", slice(last), _THIN),
        ("actors:named", slice(last, None), _THICK),
    ):
        each = [len(own) for own in parts[some]]
        collection = PathCollection(
            [path for own in parts[some] for path in own],
            facecolors=_colors([color for own in fills[some] for color in own]),
            edgecolors=np.repeat(_colors(edges[some]), each, axis=0),
            linewidths=[scene.scale * width],
            zorder=3,
        )
        widths.append((quietly(axes, collection, gid), [scene.scale * width]))
    if signs:
        paths = [Path.make_compound_path(*own) for own in signs.values()]
        collection = PathCollection(paths, facecolors=[*signs], linewidths=0, zorder=3.2)
        quietly(axes, collection, "signs")


def _moved(corners: Floats, sizes: Floats, centres: Floats) -> list[Path]:
    """Return an area as large as each of many marks, and where each stands."""
    closed = np.concatenate([corners, corners[:1]])
    codes = np.full(len(closed), Path.LINETO, dtype=Path.code_type)
    codes[0], codes[-1] = Path.MOVETO, Path.CLOSEPOLY
    moved = closed * sizes[:, None, None] + centres[:, None]
    return [Path(points, codes) for points in moved]


def _leftwards(corners: Floats) -> Floats:
    """Return an area's corners counter-clockwise: in one path no area is a hole in another."""
    after = np.roll(corners, -1, axis=0)
    doubled = corners[:, 0] * after[:, 1] - after[:, 0] * corners[:, 1]
    return corners if doubled.sum() >= 0 else corners[::-1]


def _colors(names: Sequence[str]) -> Floats:
    """Return the colours (n, 4) of many, of which few differ."""
    number = {name: place for place, name in enumerate(dict.fromkeys(names))}
    rgba: Floats = to_rgba_array([*number])[[number[name] for name in names]]
    return rgba


def upon(scene: Scene, id_: str) -> list[tuple[Floats, str]]:
    """Return what lies on a mark: a hole if its group is assumed, and the signs of its colours."""
    shape, fills, page = scene.shape(id_), scene.fills(id_), scene.style.background
    hollow = id_ in scene.grouped.hollow
    found = [(marks.SHAPES[shape] * legends.HOLE, page)] if hollow else []
    for part, (color, sign) in zip(marks.stripes(shape, len(fills)), fills, strict=True):
        if sign is not None:
            seen = on(page if hollow else color, ink=scene.edge(id_), background=page)
            found += [(piece, seen) for piece in _signed(part, sign, parts=len(fills))]
    return found


def _signed(part: Floats, sign: int | str, *, parts: int) -> list[Floats]:
    """Return what tells a mark, or a stripe of it, from others that look alike in grey."""
    if isinstance(sign, str):
        return hatched(part, sign)
    if parts == 1:
        return marks.glyph(sign)
    middle, share = marks.centroid(part), 1.4 / parts
    return [piece * share + middle for piece in marks.glyph(sign)]
