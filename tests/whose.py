"""Whose name is it? Measured on what was drawn: names, marks and ties."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from aktorkart.scene.standing import crossings
from drawn import boxes, by_gid

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

POINTS_PER_INCH, MILLIMETRES_PER_INCH = 72.0, 25.4
# Letters of a name may reach so far over another's air, in points, before anything is covered.
TOUCH = 0.3


@dataclass(frozen=True)
class Read:
    """How well the names of a drawing are read."""

    names: int
    own: int  # names that stand nearest to their own mark
    farthest: float  # millimetres from a name to its mark
    letters: float  # points, the smallest of a name
    name_name: int  # pairs of names that cover each other
    name_mark: int  # names over a mark that is not theirs
    ties_under_names: int
    ties_under_marks: int  # ties under a third actor, once for each
    filled: float  # share of the room beside the legend that marks and names reach over

    @property
    def share(self) -> float:
        """The share of names that stand nearest to their own mark."""
        return self.own / self.names if self.names else 1.0


def outline(artist: Any) -> Floats:
    """Return the corners of a mark in pixels."""
    found: Floats = artist.get_transform().transform(artist.get_path().vertices)
    return found


def distance(box: Floats, corners: Floats) -> float:
    """Return how far a box is from an outline, in its unit; 0 where they meet."""
    start, way = corners[:-1], np.diff(corners, axis=0)
    share = np.linspace(0, 1, 9)[:, None, None]
    points = (start + share * way).reshape(-1, 2)
    # A mark that holds the box has no corner within it: then its middle is inside.
    inside = within((box[:2] + box[2:]) / 2, corners)
    away = np.maximum(np.maximum(box[:2] - points, points - box[2:]), 0.0)
    return 0.0 if inside else float(np.hypot(*away.T).min())


def within(point: Floats, corners: Floats) -> bool:
    """Tell whether a point is inside an outline."""
    from matplotlib.path import Path

    return bool(Path(corners).contains_point(tuple(point)))


def read(axes: Axes) -> Read:
    """Measure a map that has found its place."""
    figure: Any = axes.figure
    point = POINTS_PER_INCH / figure.dpi
    marks = {id_: outline(one) for id_, one in by_gid(axes, "actor:").items()}
    texts = by_gid(axes, "label:")
    names = {
        gid.removeprefix("label:"): np.asarray(box.extents)
        for gid, box in boxes(axes, "label:").items()
    }
    pieces: list[list[float]] = []
    owners: list[tuple[int, set[str]]] = []
    for number, (gid, one) in enumerate(by_gid(axes, "tie:").items()):
        ends = set(gid.partition(":")[2].partition("#")[0].split("→"))
        path = one.get_path()
        corners = one.get_transform().transform(path.vertices)
        codes = path.codes if path.codes is not None else [1, *[2] * (len(corners) - 1)]
        pieces += [
            [*corners[at], *corners[at + 1]] for at in range(len(corners) - 1) if codes[at + 1] != 1
        ]
        owners += [(number, ends)] * (len(pieces) - len(owners))
    drawn = np.array(pieces).reshape(-1, 4)
    ids = sorted(names)
    met = crossings(np.array([names[id_] for id_ in ids]).reshape(-1, 4), drawn)
    own, farthest = 0, 0.0
    name_mark = 0
    for id_ in ids:
        away = {other: distance(names[id_], corners) for other, corners in marks.items()}
        name_mark += sum(
            other != id_ and covers(names[id_], corners, TOUCH / point)
            for other, corners in marks.items()
        )
        farthest = max(farthest, away[id_])
        own += away[id_] <= min(away.values()) + TOUCH / point
    return Read(
        names=len(ids),
        own=own,
        farthest=farthest * point / POINTS_PER_INCH * MILLIMETRES_PER_INCH,
        letters=min((one.get_fontsize() for one in texts.values()), default=0.0),
        name_name=sum(
            apart(names[one], names[other]) < -TOUCH / point
            for at, one in enumerate(ids)
            for other in ids[:at]
        ),
        name_mark=name_mark,
        ties_under_names=sum(
            len({owners[at][0] for at in np.flatnonzero(row) if id_ not in owners[at][1]})
            for id_, row in zip(ids, met, strict=True)
        ),
        ties_under_marks=under_marks(marks, drawn, owners),
        filled=filled(axes, [*marks.values()], [*names.values()]),
    )


def apart(one: Floats, other: Floats) -> float:
    """Return the air between two boxes; negative by how much they cover each other."""
    return float(np.maximum(one[:2] - other[2:], other[:2] - one[2:]).max())


def covers(box: Floats, corners: Floats, slack: float) -> bool:
    """Tell whether a box, but for its rim, is over an outline."""
    small = np.concatenate([box[:2] + slack, box[2:] - slack])
    return distance(small, corners) == 0.0


def under_marks(marks: dict[str, Floats], pieces: Floats, owners: list[Any]) -> int:
    """Count the ties that run under actors they do not belong to."""
    found = set()
    for id_, corners in marks.items():
        low, high = corners.min(axis=0), corners.max(axis=0)
        for at in np.flatnonzero(crossings(np.array([[*low, *high]]), pieces)[0]):
            number, ends = owners[at]
            if id_ in ends or (number, id_) in found:
                continue
            line = pieces[at].reshape(2, 2)
            points = line[0] + np.linspace(0, 1, 41)[:, None] * (line[1] - line[0])
            if any(within(one, corners) for one in points):
                found.add((number, id_))
    return len(found)


def filled(axes: Axes, marks: list[Floats], names: list[Floats]) -> float:
    """Return the share of the axes, but for legend and footer, that the map reaches over."""
    renderer: Any = axes.figure.canvas.get_renderer()  # type: ignore[attr-defined]
    page = axes.get_window_extent(renderer)
    legend = axes.get_legend()
    right, bottom = page.x1, page.y0
    if legend is not None:
        box = legend.get_window_extent(renderer)
        beside = box.x0 > (page.x0 + page.x1) / 2 and box.y1 > (page.y0 + page.y1) / 2
        right, bottom = (min(right, box.x0), bottom) if beside else (right, max(bottom, box.y1))
    footer = by_gid(axes).get("footer")
    if footer is not None and footer.get_text():
        bottom = max(bottom, footer.get_window_extent(renderer).y1)
    points = np.concatenate([*marks, *(box.reshape(2, 2) for box in names)])
    wide, high = points.max(axis=0) - points.min(axis=0)
    return float(wide * high / ((right - page.x0) * (page.y1 - bottom)))
