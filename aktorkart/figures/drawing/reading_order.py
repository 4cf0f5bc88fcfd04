"""The order in which the words of a figure stand in a file: as one reads them."""

from __future__ import annotations

from contextlib import contextmanager
from itertools import groupby
from typing import TYPE_CHECKING, Any

from matplotlib.text import Text

from aktorkart.figures.drawing.described import stages

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from matplotlib.artist import Artist
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

# Words are drawn last, so that their order is theirs alone.
_ABOVE = 1000.0
_LEGEND = ("meaning:", "head:key", "about:key", "empty:key", "more:key")
_FOOT = ("footer", "numbers", "counted", "note", "empty:note", "empty:counted", "more:")


@contextmanager
def in_reading_order(figure: Figure) -> Iterator[None]:
    """Let the title come first, then names from the top, the legend, and the footer last."""
    for stage in stages(figure):
        stage.settle()
    before: list[tuple[Artist, float]] = []
    for axes in figure.get_axes():
        for place, artist in enumerate(_ordered(axes)):
            before.append((artist, artist.get_zorder()))
            artist.set_zorder(_ABOVE + place)
    try:
        yield
    finally:
        for artist, order in before:
            artist.set_zorder(order)


def _ordered(axes: Axes) -> list[Artist]:
    texts = list(axes.texts)
    titles = [one for one in axes.get_children() if isinstance(one, Text) and one not in set(texts)]
    parts: dict[str, list[Any]] = {"names": [], "legend": [], "foot": []}
    for one in texts:
        gid = str(one.get_gid() or "")
        parts[
            "legend" if gid.startswith(_LEGEND) else "foot" if gid.startswith(_FOOT) else "names"
        ].append(one)
    legend = axes.get_legend()
    return [
        *titles,
        *_from_the_top(axes, parts["names"]),
        *([legend] if legend is not None else []),
        *parts["legend"],
        *parts["foot"],
    ]


def _from_the_top(axes: Axes, texts: Sequence[Text]) -> list[Text]:
    """Sort texts as lines of a page; in fields, those of each stay together."""
    if not any(str(one.get_gid()).startswith("panel:") for one in axes.patches):
        return sorted(texts, key=_place)
    ordered: list[Text] = []
    for names, run in groupby(texts, key=lambda one: str(one.get_gid()).startswith("label:")):
        together = list(run)
        ordered += sorted(together, key=_place) if names else together
    return ordered


def _place(text: Text) -> tuple[float, float]:
    """Return which line a text is in, from the top, and where in it."""
    box = text.get_window_extent()
    # What differs by less than half a line is in the same one.
    return -round((box.y0 + box.y1) / text.get_fontsize()), box.x0
