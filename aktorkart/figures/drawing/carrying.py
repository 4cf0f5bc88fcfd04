"""A figure whose file carries the map that it was drawn from, and says so below."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from matplotlib.transforms import Bbox

from aktorkart.errors import Problem, WrongArgument
from aktorkart.figures.drawing.described import stages
from aktorkart.figures.drawing.lettering import Lettering, extent, written
from aktorkart.files.carried import told as carried_told
from aktorkart.scene.footer import broken

if TYPE_CHECKING:
    from collections.abc import Iterator

    from matplotlib.figure import Figure

    from aktorkart.figures.drawing.stage import Subject
    from aktorkart.model import ActorMap

_POINTS_PER_INCH = 72.0
_LINES = 4
# Above and below the line, in the size of its letters.
_ROOM = 0.4


@dataclass(frozen=True)
class Carried:
    """The map that goes into a file, and how much of the figure is seen, in inches."""

    kart: ActorMap
    seen: Bbox


def subject_of(figure: Figure) -> Subject:
    """Return what a figure was drawn from."""
    for stage in stages(figure):
        if stage.subject.maps:
            return stage.subject
    raise WrongArgument(Problem(code="no_map_in_figure"))


@contextmanager
def carrying(figure: Figure) -> Iterator[Carried]:
    """Say in the figure's lower margin that its file carries the map.

    A page whose margin has no room for that is higher by a strip, and nothing on it moves.
    """
    subject = subject_of(figure)
    style, size = subject.style, subject.style.smallest
    width, height = figure.get_size_inches() * _POINTS_PER_INCH
    left = min(axes.get_position().x0 for axes in figure.get_axes())
    told = carried_told(subject.maps, subject.lang)
    lines = broken(told, Lettering(style), size, width * (1 - 2 * left), most=_LINES)
    words = "\n".join(lines)
    high = extent(words, style, size)[1] + 2 * _ROOM * size
    margin = min(figure.get_tightbbox().y0 * _POINTS_PER_INCH, high)
    at = (left, (margin - high + _ROOM * size) / height)
    note = written(words, style, size, color=style.muted, at=at, va="bottom")
    note.set(transform=figure.transSubfigure, gid="carried", in_layout=False)
    figure.add_artist(note)
    try:
        box = Bbox.from_extents(0, margin - high, width, height)
        yield Carried(subject.maps[-1], Bbox(box.get_points() / _POINTS_PER_INCH))
    finally:
        note.remove()
