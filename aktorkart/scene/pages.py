"""What a page has room for, before anything is drawn: where the legend goes, and how the map lies.

Everything follows from the width and height of the axes alone (points), so that two maps on pages
of one size are drawn alike, whatever their legends hold.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from aktorkart.scene.layout import PAGE
from aktorkart.scene.letters import NOMINAL_SCALE

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from aktorkart.scene.layout import Layout

    Floats = NDArray[np.float64]

# Pages narrower than this, in points, have more lines at the foot.
NARROW = 560.0
# A page is upright if it is higher than this share of its width, and so many points.
_SHARE, _MORE = 0.76, 35.0
# About what else takes at the most, in points where the smallest letters are of seven: a legend at
# the side in one column and in two, a legend beneath, lines at the foot; and what the map keeps.
_ASIDE, _TWO_ASIDE, _BENEATH, _FOOT, _LEAST = 190.0, 240.0, 145.0, 35.0, 0.45
# The same half way between maps with little and with much to explain; beneath in square points.
_OFTEN_ASIDE, _OFTEN_TWO, _OFTEN_BENEATH, _OFTEN_FOOT = 128.0, 170.0, 65_000.0, 20.0
_NORMAL, _LARGE = 7.0, 9.0
# So much of another shape a page may be before the map is drawn out, and how far it is at most.
ALIKE, TALLER, WIDER = 1.2, 1.7, 1.5

# Room for names beside the outermost marks at the most, above and below, in smallest letters; and
# how wide a letter is for one of the layout's names.
_BESIDE, _ABOVE, _BELOW, _LETTER = 4.6, 1.6, 2.8, 0.37
# How much farther apart than in the layout, and how much larger than on a whole page, at most.
_MOST_SPREAD, _MOST_LARGER = 1.7, 1.3
# A stretch of an axis where nobody stands counts for no more than this share of it.
_WIDEST_GAP = 0.1

# Points of a millimetre for one of a letter, for which scenes keep room; and how much more at most.
_KEPT, _LARGEST = 0.9 * NOMINAL_SCALE / 7.5, 2.2


def upright(width: float, height: float) -> bool:
    """Tell whether a page is so high that a legend beneath leaves more of it to the map."""
    return height > _SHARE * width + _MORE


def map_room(width: float, height: float, smallest: float) -> tuple[float, float]:
    """Return how much of a page, in points, is the map's at the least, about."""
    larger = smallest / _NORMAL
    if upright(width, height):
        return width, max(height - larger * (_BENEATH + _FOOT), _LEAST * height)
    aside = _ASIDE if smallest < _LARGE else _TWO_ASIDE
    return max(width - larger * aside, _LEAST * width), height - larger * _FOOT


def often_room(width: float, height: float, smallest: float) -> tuple[float, float]:
    """Return how much of a page, in points, is the map's more often than not."""
    larger = smallest / _NORMAL
    if upright(width, height):
        return width, max(height - larger**2 * _OFTEN_BENEATH / width, _LEAST * height)
    aside = _OFTEN_ASIDE if smallest < _LARGE else _OFTEN_TWO
    return max(width - larger * aside, _LEAST * width), height - larger * _OFTEN_FOOT


def letters_on(scale: float, smallest: float) -> float:
    """Return how much larger the smallest letters are than those that a scene keeps room for.

    ``scale`` is how many points a millimetre of the scene is on the page.
    """
    return min(max(_KEPT * smallest / scale, 1.0), _LARGEST)


def laid_on(
    placed: Layout, axes: tuple[float, float], smallest: float, *, bare: bool = False
) -> tuple[dict[str, tuple[float, float]], tuple[float, float]]:
    """Spread everyone over a page, and return where they stand and its size, in millimetres.

    Left and right, above and below stay as they are; a part of the page where nobody stands becomes
    smaller. What is done follows from the layout's frame, so that maps that share it are alike.
    A bare page has neither legend nor footer, and numbers in place of most names.
    """
    room = axes if bare else often_room(*axes, smallest)
    across, up = drawn_out(*room)
    width, height = across * placed.page[0], up * placed.page[1]
    letter = smallest / min(room[0] / width, room[1] / height)
    frame = placed.frame or tuple((*place, 0.0) for place in placed.positions.values())
    x, half = (np.array([one[side] for one in frame], dtype=float) for side in (0, 2))
    y = np.array([one[1] for one in frame if one[1] is not None], dtype=float)
    # Names stand beneath their marks, or aside: for a long one at the edge not all is kept.
    half = np.clip(_LETTER * letter * half, letter, letter if bare else _BESIDE * letter)
    edges = tuple(
        float((half - away).max(initial=letter))
        for away in (x - x.min(initial=math.inf), x.max(initial=-math.inf) - x)
    )
    right = _spread(x, placed.page[0], width, edges)
    below = _ABOVE if bare else _BELOW
    top = _spread(y, placed.page[1], height, (below * letter, _ABOVE * letter))
    places = {id_: (right(left), top(low)) for id_, (left, low) in placed.positions.items()}
    page = right(math.inf), top(math.inf)
    if len(placed.strip) < len(places):
        # The strip is a list of its own, at the same height on every page.
        for id_ in placed.strip:
            places[id_] = (places[id_][0], placed.positions[id_][1] * page[1] / placed.page[1])
    return places, page


def _spread(
    stood: Floats, side: float, page: float, edges: tuple[float, ...]
) -> Callable[[float], float]:
    """Return where places along a side of the page move to; what is beyond it is its end."""
    # However small the page is, half of it is for the map.
    edges = tuple(edge * min(1.0, page / 2 / max(sum(edges), 1e-9)) for edge in edges)
    knots = np.unique(stood)
    gaps = np.diff(knots)
    whole = float(gaps.sum())
    narrow = np.minimum(gaps, _WIDEST_GAP * whole)
    shares = np.concatenate([[0.0], np.cumsum(narrow) / max(narrow.sum(), 1e-9)])[: len(knots)]
    reached = min(page - sum(edges), page / side * _MOST_SPREAD * whole)
    page = max(page / _MOST_LARGER, reached + sum(edges))
    found = edges[0] + (page - sum(edges) - reached) / 2 + reached * shares
    # Whoever comes later, outside of all who were there, stays on the page.
    before, after = knots.min(initial=1.0) - 1.0, knots.max(initial=side - 1.0) + 1.0
    x, y = np.array([before, *knots, after]), np.array([0.0, *found, page])
    return lambda place: float(np.interp(place, x, y))


def drawn_out(width: float, height: float) -> tuple[float, float]:
    """Return how much wider, or higher, than on the nominal page the map is laid in this room.

    One of the two is 1: nothing is pressed together, so that whoever stands free still does.
    """
    shape = width / height / (PAGE[0] / PAGE[1])
    if shape > ALIKE:
        return min(shape, WIDER), 1.0
    return (1.0, min(1 / shape, TALLER)) if shape < 1 / ALIKE else (1.0, 1.0)
