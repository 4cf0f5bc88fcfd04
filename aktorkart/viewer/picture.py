"""The scene of the figures for a page: the same places, marks and lines, names set for a screen.

Everything is in points, y downwards, as SVG has it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from matplotlib.collections import LineCollection

from aktorkart.figures.drawing.lettering import extent, line_width, writable
from aktorkart.figures.drawing.scene import drawn
from aktorkart.figures.drawing.sheet import sheet
from aktorkart.figures.drawing.stage import Stage, points
from aktorkart.scene import marks
from aktorkart.scene.labels import wrap
from aktorkart.scene.letters import NOMINAL_SCALE
from aktorkart.scene.style import Style

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from matplotlib.axes import Axes
    from matplotlib.text import Text
    from numpy.typing import NDArray

    from aktorkart.scene.drawn_ties import DrawnTie
    from aktorkart.scene.scene import Scene

    Floats = NDArray[np.float64]

_LETTERS, _SMALLEST = 12.0, 9.5
"""Letters on a screen, in points: it is farther away than paper, and smaller."""

_AIR = 14.0
"""Around everything, in points."""

_MARGIN = 0.01


class Line(NamedTuple):
    """A line of a name: its words, the foot of its letters, and how long it is."""

    words: str
    x: float
    y: float
    long: float


class Name(NamedTuple):
    """A name as it stands on the map, or what is written above a part of it."""

    actor: str | None
    lines: tuple[Line, ...]
    size: float
    bold: bool
    near: bool = False  # it has room only where one looks closer


@dataclass(frozen=True)
class Picture:
    """What is seen: a scene, where it lies on the page, and where its names stand."""

    scene: Scene
    radii: Mapping[str, float]  # of the marks, in millimetres
    ties: Sequence[DrawnTie]  # those that lie on top last
    scale: float  # points of a millimetre
    shift: tuple[float, float]  # of the page's left upper corner, in points
    names: tuple[Name, ...]
    leaders: tuple[tuple[float, float, float, float], ...]
    size: tuple[float, float]

    @property
    def weight(self) -> float:
        """How much wider lines are than on the nominal page."""
        return min(max(self.scale / NOMINAL_SCALE, 0.45), 1.8)

    def on_page(self, place: Floats | tuple[float, float]) -> Floats:
        """Return a place, or several, in points from the left upper corner."""
        found: Floats = np.asarray(place) * (self.scale, -self.scale) + self.shift
        return found


def picture(scene: Scene) -> Picture:
    """Place the names of a scene as figures do, with letters for a screen."""
    style = replace(
        scene.style,
        font_size=max(scene.style.font_size, _LETTERS),
        legend_size=max(scene.style.legend_size, _SMALLEST),
        smallest=max(scene.style.smallest, _SMALLEST),
    )
    axes = sheet(style=replace(style, size=Style().size))
    axes.set_position((_MARGIN, _MARGIN, 1 - 2 * _MARGIN, 1 - 2 * _MARGIN))
    drawn(replace(scene, style=style, foot=""), axes, maps=(), title="", alt="", legend=False)
    for artist in axes.artists:
        if isinstance(artist, Stage):
            artist.settle()
    scale = points(axes)[0] / float(np.diff(axes.get_xlim())[0])
    radii = scene.radii()
    laid = Picture(scene, radii, scene.ties(radii), scale, (0.0, 0.0), (), (), (0.0, 0.0))
    names, leaders = _names(laid, axes, style), _leaders(laid, axes)
    box = _box(laid, names)
    left, top, right, bottom = box
    move = np.array((_AIR - left, _AIR - top))
    return replace(
        laid,
        shift=(float(move[0]), float(move[1])),
        names=tuple(_moved(name, move) for name in names),
        leaders=tuple(tuple((np.array(one) + np.tile(move, 2)).tolist()) for one in leaders),
        size=(float(right - left + 2 * _AIR), float(bottom - top + 2 * _AIR)),
    )


def _names(laid: Picture, axes: Axes, style: Style) -> list[Name]:
    """Read where the names have been put; those without room stand by their marks, closer."""
    found: dict[str, Name] = {}
    rest: list[Name] = []
    for label in axes.texts:
        what, _, id_ = str(label.get_gid()).partition(":")
        if what == "caption" and label.get_visible():
            rest.append(_written(laid, label, style, None))
        elif what == "label" and label.get_visible() and not _is_number(laid, label, id_):
            found[id_] = _written(laid, label, style, id_)
    for id_ in laid.scene.ids:
        if id_ not in found:
            found[id_] = _beneath(laid, id_, style)
    return [*rest, *(found[id_] for id_ in laid.scene.ids)]


def _is_number(laid: Picture, label: Text, id_: str) -> bool:
    """Tell whether a number stands for a name that has found no room."""
    words = label.get_text()
    return words.isdigit() and words != writable(laid.scene.kart[id_].label, laid.scene.style)


def _written(laid: Picture, label: Text, style: Style, id_: str | None) -> Name:
    words, size = label.get_text(), float(label.get_fontsize())
    bold = label.get_fontweight() == "bold"
    x, y = laid.on_page(np.array(label.get_position()))
    high = extent(words, style, size, bold=bold)[1]
    top = float(y) - (high if label.get_verticalalignment() == "bottom" else high / 2)
    return _set(words, (float(x), top), size, style, actor=id_, bold=bold)


def _beneath(laid: Picture, id_: str, style: Style) -> Name:
    """Set a name right beneath its mark, in small letters."""
    words = wrap(writable(laid.scene.kart[id_].label, style), near=style.wrap)
    size = 0.7 * style.smallest
    x, y = laid.on_page(laid.scene.places[id_])
    down = laid.scale * (laid.radii[id_] * marks.half_extent(laid.scene.shape(id_))[1])
    made = _set(words, (float(x), float(y) + down + 1), size, style, actor=id_, bold=False)
    return made._replace(near=True)


def _set(  # noqa: PLR0913 - a name has that many sides
    words: str,
    top: tuple[float, float],
    size: float,
    style: Style,
    *,
    actor: str | None,
    bold: bool,
) -> Name:
    """Put the lines of a name beneath each other, around a middle."""
    rows = words.split("\n")
    step = extent(words, style, size, bold=bold)[1] / len(rows)
    lines = tuple(
        Line(row, top[0], top[1] + (at + 0.77) * step, line_width(row, style.font, size, bold=bold))
        for at, row in enumerate(rows)
    )
    return Name(actor, lines, size, bold)


def _moved(name: Name, move: Floats) -> Name:
    x, y = move.tolist()
    lines = (line._replace(x=line.x + x, y=line.y + y) for line in name.lines)
    return name._replace(lines=tuple(lines))


def _leaders(laid: Picture, axes: Axes) -> list[list[float]]:
    """Read which lines lead from a name to its mark."""
    found = [one for one in axes.collections if one.get_gid() == "leaders"]
    segments = [
        segment
        for one in found
        if isinstance(one, LineCollection)
        for segment in one.get_segments()
    ]
    return [laid.on_page(np.asarray(segment)).ravel().tolist() for segment in segments]


def _box(laid: Picture, names: list[Name]) -> tuple[float, float, float, float]:
    """Return the box around everything, in points."""
    spots = [np.zeros((1, 2))] if not laid.scene.places else []
    for id_, place in laid.scene.places.items():
        reach = 1.6 * laid.scale * laid.radii[id_]
        middle = laid.on_page(place)
        spots.append(np.array([middle - reach, middle + reach]))
    spots += [laid.on_page(tie.path) for tie in laid.ties]
    spots += [
        np.array(
            [(line.x - line.long / 2, line.y - name.size), (line.x + line.long / 2, line.y + 3)]
        )
        for name in names
        for line in name.lines
        if not name.near
    ]
    every = np.concatenate(spots)
    (left, top), (right, bottom) = every.min(axis=0), every.max(axis=0)
    return float(left), float(top), float(right), float(bottom)
