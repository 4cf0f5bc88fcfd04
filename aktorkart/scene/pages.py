"""What a page has room for, before anything is drawn: where the legend goes, and how the map lies.

Everything follows from the width and height of the axes alone (points), so that two maps on pages
of one size are drawn alike, whatever their legends hold.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from aktorkart.scene.layout import PAGE
from aktorkart.scene.letters import NOMINAL_SCALE

if TYPE_CHECKING:
    from aktorkart.scene.layout import Layout

# Pages narrower than this, in points, have more lines at the foot.
NARROW = 560.0
# About what else takes, in points where the smallest letters are of seven: a legend at the side in
# one column and in two, a legend beneath, the lines at the foot; and what the map keeps at least.
_ASIDE, _TWO_ASIDE, _BENEATH, _FOOT, _LEAST = 190.0, 240.0, 145.0, 35.0, 0.45
_NORMAL, _LARGE = 7.0, 9.0
# So much of another shape a page may be before the map is drawn out, and how far it is at most.
ALIKE, TALLER, WIDER = 1.2, 1.7, 1.5


# Points of a millimetre for one of a letter, for which scenes keep room; and how much more at most.
_KEPT, _LARGEST = 0.9 * NOMINAL_SCALE / 7.5, 2.2


def upright(width: float, height: float) -> bool:
    """Tell whether a page is so high that a legend beneath leaves more of it to the map."""
    beneath, aside = _beneath(width, height, 1.0), _aside(width, height, 1.0, _ASIDE)
    return beneath[0] * beneath[1] > aside[0] * aside[1]


def map_room(width: float, height: float, smallest: float) -> tuple[float, float]:
    """Return about how much of a page, in points, is the map's, given its smallest letters."""
    larger = smallest / _NORMAL
    if upright(width, height):
        return _beneath(width, height, larger)
    return _aside(width, height, larger, _ASIDE if smallest < _LARGE else _TWO_ASIDE)


def _beneath(width: float, height: float, larger: float) -> tuple[float, float]:
    return width, max(height - larger * (_BENEATH + _FOOT), _LEAST * height)


def _aside(width: float, height: float, larger: float, legend: float) -> tuple[float, float]:
    return max(width - larger * legend, _LEAST * width), height - larger * _FOOT


def letters_on(scale: float, smallest: float) -> float:
    """Return how much larger the smallest letters are than those that a scene keeps room for.

    ``scale`` is how many points a millimetre of the scene is on the page.
    """
    return min(max(_KEPT * smallest / scale, 1.0), _LARGEST)


def laid_on(
    placed: Layout, axes: tuple[float, float], smallest: float
) -> tuple[dict[str, tuple[float, float]], tuple[float, float]]:
    """Return where everyone stands on a page, and its size, in the layout's millimetres."""
    across, up = drawn_out(*axes, smallest)
    places = {id_: (across * x, up * y) for id_, (x, y) in placed.positions.items()}
    return places, (across * placed.page[0], up * placed.page[1])


def drawn_out(width: float, height: float, smallest: float) -> tuple[float, float]:
    """Return how much wider, or higher, than on the nominal page the map is laid on this one.

    One of the two is 1: nothing is pressed together, so that whoever stands free still does.
    """
    wide, high = map_room(width, height, smallest)
    shape = wide / high / (PAGE[0] / PAGE[1])
    if shape > ALIKE:
        return min(shape, WIDER), 1.0
    return (1.0, min(1 / shape, TALLER)) if shape < 1 / ALIKE else (1.0, 1.0)
