"""An empty page, and how much of it a figure has: all but margins and a title's room."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from aktorkart.errors import Problem, WrongArgument
from aktorkart.figures.drawing.settings import standard_settings
from aktorkart.scene.style import Style, style_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from aktorkart.scene.style import Size

_POINTS_PER_INCH = 72.0
# Around a page, in points, as wide as A4 landscape.
_MARGIN, _WIDE = 18.0, 842.0


def sheet(size: Size | None = None, *, style: Style | str | None = None) -> Axes:
    """Make an empty page that no window knows of: A4 landscape if nothing else is said.

    Drawing into it loads no pyplot, which is most of the time that a single figure takes.

    Parameters
    ----------
    size : str or tuple of float, optional
        Its size: column (170 mm wide), a4, a4-portrait, slide or square, or width and height
        in millimetres; the style's if left out.
    style : Style or str, optional
        Its background, and its size if none is given; a style of your own, or report, slide,
        print or dark.

    Returns
    -------
    matplotlib.axes.Axes
        The axes of a new figure, to be given as ``ax=``.

    Raises
    ------
    UnknownName
        If there is no such page or style.
    WrongArgument
        If the size is something else than a word or two numbers above 0, up to 5 000 mm.

    Examples
    --------
    >>> ax = sheet()
    >>> ax.figure.get_size_inches().round(2).tolist()
    [11.69, 8.27]
    >>> sheet((85, 60)).figure.get_size_inches().round(2).tolist()
    [3.35, 2.36]
    """
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    from aktorkart.figures.drawing.described import DescribedFigure

    style = style_of(style, size)
    with standard_settings():
        figure = DescribedFigure(figsize=style.size, dpi=100, facecolor=style.background)
        FigureCanvasAgg(figure)
        return page_axes(figure, style)


def page_axes(figure: Any, style: Style) -> Axes:
    """Add axes that fill a figure but for its margins and room for a title."""
    width, height = (inches * _POINTS_PER_INCH for inches in figure.get_size_inches())
    margin, wide, high = _inside(width, height, style)
    axes: Axes = figure.add_axes((margin / width, margin / height, wide / width, high / height))
    return axes


def _inside(width: float, height: float, style: Style) -> tuple[float, float, float]:
    """Return the margin of a page, and the width and height of its axes, in points."""
    # A column of text has margins of its own.
    margin = _MARGIN * min(1.0, min(width, 1.4 * height) / _WIDE)
    top = min(22.0 + 1.3 * style.title_size, height / 3)
    return margin, width - 2 * margin, height - margin - top


def room_on(style: Style) -> tuple[float, float]:
    """Return the width and height, in points, of axes on a new page of a style."""
    width, height = (inches * _POINTS_PER_INCH for inches in style.size)
    _, wide, high = _inside(width, height, style)
    # As `points` measures axes that are there already.
    return round(wide, 2), round(high, 2)


def refuse_both(drawn_on: Any, size: Size | None) -> None:
    """Refuse a size for axes, or a figure, that have one already."""
    if drawn_on is not None and size is not None:
        raise WrongArgument(Problem(code="size_with_ax", values={"option": "size"}))


def new_axes(style: Style) -> Axes:
    """Make a page that pyplot knows of: notebooks and ``plt.show()`` show it."""
    with standard_settings():
        return page_axes(new_figure(style), style)


def new_figure(style: Style) -> Any:
    """Make an empty page that pyplot knows of."""
    import matplotlib.pyplot as plt

    from aktorkart.figures.drawing.described import DescribedFigure

    with standard_settings():
        return plt.figure(
            figsize=style.size, facecolor=style.background, FigureClass=DescribedFigure
        )
