"""The ties of a scene as artists: one each, or thousands in a few collections."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.collections import PathCollection, PolyCollection
from matplotlib.patches import PathPatch

from aktorkart.figures.drawing import legends
from aktorkart.figures.drawing.stage import quietly
from aktorkart.scene.scene import MOST_ARTISTS, MOST_LINES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes
    from matplotlib.path import Path
    from numpy.typing import NDArray

    from aktorkart.scene.scene import DrawnTie, Scene, TieLook

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
    else:
        by_look: dict[TieLook, list[DrawnTie]] = defaultdict(list)
        for one in ties:
            by_look[one.look].append(one)
        for number_of_look, (look, members) in enumerate(by_look.items()):
            paths, found = _lines(members, together=len(ties) > MOST_LINES)
            collection = PathCollection(
                paths,
                facecolors="none",
                edgecolors=look.color,
                linewidths=found,
                linestyles=[(0, look.dashes)] if look.dashes else "-",
                alpha=scene.opacity(members[0].tie, len(ties)),
                zorder=2,
            )
            widths.append((quietly(axes, collection, f"ties:{number_of_look}"), found))
    heads = [(one.head, one.look.color) for one in ties if one.head is not None]
    if heads:
        arrows = PolyCollection(
            [head for head, _ in heads],
            facecolors=[color for _, color in heads],
            linewidths=0,
            zorder=2.1,
        )
        quietly(axes, arrows, "arrowheads")


def _lines(ties: Sequence[DrawnTie], *, together: bool) -> tuple[list[Path], list[float]]:
    """Return the paths of ties of one look, and their widths; of thousands, many in one path."""
    if not together:
        return [legends.compound(one.strokes) for one in ties], [one.width for one in ties]
    by_width: dict[float, list[DrawnTie]] = defaultdict(list)
    for one in ties:
        by_width[one.width].append(one)
    paths, widths = [], []
    for width, alike in by_width.items():
        # Those in a path stand far from each other: where lines cross, most are of other paths.
        step = -(-len(alike) // _IN_A_PATH)
        for first in range(step):
            strokes = [stroke for one in alike[first::step] for stroke in one.strokes]
            paths.append(legends.compound(strokes))
        widths += [width] * step
    return paths, widths


def segments_of(ties: Sequence[DrawnTie]) -> tuple[Floats, NDArray[np.intp]]:
    """Return the straight pieces of ties that names mind, x and y to x and y, and whose each is."""
    if len(ties) > _MINDED:
        ties = ()
    points = np.concatenate([np.zeros((0, 2)), *(one.path for one in ties)])
    last = np.cumsum([len(one.path) for one in ties], dtype=np.intp) - 1
    owners = np.repeat(np.arange(len(ties)), [len(one.path) - 1 for one in ties])
    return np.delete(np.hstack([points[:-1], points[1:]]), last[:-1], axis=0), owners.astype(
        np.intp
    )
