"""How figures look: one frozen value, nothing global."""

from __future__ import annotations

from dataclasses import dataclass

# Okabe and Ito's palette, which people with colour blindness tell apart; ordered so that the
# first three also differ clearly in lightness when printed in grey. The others get a sign.
PALETTE = (
    "#0072B2",  # blue
    "#E69F00",  # orange
    "#F0E442",  # yellow
    "#009E73",  # bluish green
    "#CC79A7",  # reddish purple
    "#56B4E9",  # sky blue
    "#D55E00",  # vermilion
    "#595959",  # dark grey, instead of black: names are black
)


def on(fill: str, *, ink: str, background: str) -> str:
    """Return which of two colours is seen on a fill.

    Parameters
    ----------
    fill : str
        The fill, as ``#RRGGBB``.
    ink, background : str
        The dark and the light one.

    Returns
    -------
    str
        One of the two.

    Examples
    --------
    >>> on("#F0E442", ink="black", background="white")
    'black'
    >>> on("#595959", ink="black", background="white")
    'white'
    """
    red, green, blue = (int(fill[at : at + 2], 16) / 255 for at in (1, 3, 5))
    dark = 0.4
    return background if 0.299 * red + 0.587 * green + 0.114 * blue < dark else ink


@dataclass(frozen=True, kw_only=True)
class Style:
    """The look of every figure; pass another one with ``style=``.

    Parameters
    ----------
    font : str
        Family of all texts. DejaVu Sans comes with matplotlib, so it is the same everywhere.
    font_size, title_size, legend_size : float
        Sizes of names, title and legend, in points.
    size : tuple of float
        Width and height of a new figure, in inches; A4 landscape.
    background, ink, muted : str
        Colours of the page, of what is read first, and of what is read last.
    palette : tuple of str
        Fill colours, in the order in which groups take them.
    plain : str
        Fill colour where colours stand for nothing.
    node_radius : tuple of float
        Radius of the least and of the most important actor, in millimetres on the page.
    line_width : float
        Width of a tie of strength 1, in points; others grow with the root of the strength.
    wrap : int
        Characters in a line of a name, where words allow it.
    carrying, formal, other, conflict, missing : str
        Colours of ties that carry information, of formal ties, of contact and other ties, of
        conflicts, and of ties that are needed but not there.

    Examples
    --------
    >>> Style(font_size=10).font_size
    10
    """

    font: str = "DejaVu Sans"
    font_size: float = 8.0
    title_size: float = 14.0
    legend_size: float = 7.5
    size: tuple[float, float] = (297 / 25.4, 210 / 25.4)
    background: str = "#FFFFFF"
    ink: str = "#1A1A1A"
    muted: str = "#5F5F5F"
    palette: tuple[str, ...] = PALETTE
    plain: str = "#8FC3E8"
    node_radius: tuple[float, float] = (2.7, 6.0)
    line_width: float = 0.9
    wrap: int = 18
    carrying: str = "#2F4B66"
    formal: str = "#7A4B1E"
    other: str = "#949494"
    conflict: str = "#B3261E"
    missing: str = "#7F7F7F"
