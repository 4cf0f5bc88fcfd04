"""The ties of a scene as artists: one each, or thousands in a few collections."""

from __future__ import annotations

from collections import defaultdict
from itertools import islice, pairwise, starmap
from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.collections import PathCollection, PolyCollection
from matplotlib.patches import PathPatch
from matplotlib.path import Path

from aktorkart.figures.drawing import legends
from aktorkart.figures.drawing.stage import quietly
from aktorkart.scene.drawn_ties import DrawnTies
from aktorkart.scene.scene import MOST_ARTISTS, MOST_LINES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes
    from numpy.typing import NDArray

    from aktorkart.scene.drawn_ties import DrawnTie, TieLook
    from aktorkart.scene.scene import Scene

    Floats = NDArray[np.float64]

# Of more ties than can be told apart, so many are in one path.
_IN_A_PATH = 32
# Names mind what they cover of so many ties; more are everywhere.
_MINDED = 20_000


def draw_ties(
    scene: Scene, axes: Axes, ties: Sequence[DrawnTie], widths: list[tuple[Any, Any]]
) -> None:
    """Draw ties, and add to ``widths`` the artists with how wide their lines are."""
    if len(ties) <= MOST_ARTISTS:
        for one in ties:
            patch = PathPatch(
                legends.compound(one.strokes),
                **legends.line_look(one.look.color, one.width, one.look.dashes),
                alpha=scene.opacity(one.tie, len(ties)),
                zorder=2,
            )
            widths.append((quietly(axes, patch, one.gid), one.width))
        heads = [(one.head, one.look.color) for one in ties if one.head is not None]
    else:
        many = DrawnTies.of(ties)
        _draw_many(scene, axes, many, widths)
        heads = [(many.heads[row], many.looks[row].color) for row in sorted(many.heads)]
    if heads:
        _draw_heads(axes, heads, together=len(ties) > MOST_LINES)


def _draw_many(scene: Scene, axes: Axes, ties: DrawnTies, widths: list[tuple[Any, Any]]) -> None:
    """Draw ties of a look together; of thousands, many in one path."""
    by_look: dict[TieLook, list[int]] = defaultdict(list)
    for row, look in enumerate(ties.looks):
        by_look[look].append(row)
    shared = {look: _shared(rows, ties.widths) for look, rows in by_look.items()}
    every = [rows for some in shared.values() for rows in some]
    points, begins, ends = ties.flat(np.concatenate(every))
    codes = np.where(begins, Path.MOVETO, Path.LINETO).astype(Path.code_type)
    ends = [0, *(ends[last - 1] for last in np.cumsum([len(rows) for rows in every]).tolist())]
    paths = (Path(points[own], codes[own]) for own in starmap(slice, pairwise(ends)))
    for number_of_look, (look, some) in enumerate(shared.items()):
        found = [float(ties.widths[rows[0]]) for rows in some]
        collection = PathCollection(
            list(islice(paths, len(some))),
            facecolors="none",
            edgecolors=look.color,
            linewidths=found,
            linestyles=[(0, look.dashes)] if look.dashes else "-",
            alpha=scene.opacity(ties.ties[some[0][0]], len(ties)),
            zorder=2,
        )
        widths.append((quietly(axes, collection, f"ties:{number_of_look}"), found))


def _shared(rows: list[int], widths: Floats) -> list[list[int]]:
    """Return which ties of one look share a path: none, but for thousands."""
    if len(widths) <= MOST_LINES:
        return [[row] for row in rows]
    by_width: dict[float, list[int]] = defaultdict(list)
    for row, width in zip(rows, widths[rows].tolist(), strict=True):
        by_width[width].append(row)
    found = []
    for alike in by_width.values():
        # Those in a path stand far from each other: where lines cross, most are of other paths.
        step = -(-len(alike) // _IN_A_PATH)
        found += [alike[first::step] for first in range(step)]
    return found


def _draw_heads(axes: Axes, heads: Sequence[tuple[Floats, str]], *, together: bool) -> None:
    """Draw arrowheads in their colours; thousands in one path for each colour."""
    look: dict[str, Any] = {"linewidths": 0, "zorder": 2.1}
    if not together:
        colors = [color for _, color in heads]
        arrows = PolyCollection([head for head, _ in heads], facecolors=colors, **look)
        quietly(axes, arrows, "arrowheads")
        return
    by_color: dict[str, list[Floats]] = defaultdict(list)
    for head, color in heads:
        by_color[color].append(head)
    paths = []
    for alike in by_color.values():
        closed = np.array(alike)[:, [*range(len(alike[0])), 0]]
        codes = np.full(closed.shape[:2], Path.LINETO, dtype=Path.code_type)
        codes[:, 0], codes[:, -1] = Path.MOVETO, Path.CLOSEPOLY
        paths.append(Path(closed.reshape(-1, 2), codes.ravel()))
    quietly(axes, PathCollection(paths, facecolors=[*by_color], **look), "arrowheads")


def segments_of(ties: Sequence[DrawnTie]) -> tuple[Floats, NDArray[np.intp]]:
    """Return the straight pieces of ties that names mind, x and y to x and y, and whose each is."""
    if len(ties) > _MINDED:
        ties = ()
    if isinstance(ties, DrawnTies):
        straight = np.array([row for row in range(len(ties)) if row not in ties.bent], np.intp)
        bent = [np.hstack([path[:-1], path[1:]]) for path in ties.bent.values()]
        pieces = np.concatenate([ties.straight[straight].reshape(-1, 4), *bent])
        whose = np.repeat([*straight.tolist(), *ties.bent], [1] * len(straight) + [*map(len, bent)])
        order = np.argsort(whose, kind="stable")
        return pieces[order], whose[order]
    points = np.concatenate([np.zeros((0, 2)), *(one.path for one in ties)])
    last = np.cumsum([len(one.path) for one in ties], dtype=np.intp) - 1
    owners = np.repeat(np.arange(len(ties)), [len(one.path) - 1 for one in ties])
    return np.delete(np.hstack([points[:-1], points[1:]]), last[:-1], axis=0), owners.astype(
        np.intp
    )
