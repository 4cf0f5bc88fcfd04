"""How figures look: one frozen value, nothing global."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from numbers import Real
from typing import TYPE_CHECKING

from aktorkart.errors import Problem, WrongArgument, at_least, one_of
from aktorkart.model.fields import short
from aktorkart.scene.colors import contrast, shares

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from typing import TypeGuard

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


MM_PER_INCH = 25.4
MOST_SIDE = 5000
"""Of a page, in millimetres: PDF has none that are larger."""
PAGES: Mapping[str, tuple[float, float]] = {
    "a4": (297 / MM_PER_INCH, 210 / MM_PER_INCH),
    "a4-portrait": (210 / MM_PER_INCH, 297 / MM_PER_INCH),
    "column": (170 / MM_PER_INCH, 180 / MM_PER_INCH),
    "slide": (40 / 3, 7.5),
    "square": (200 / MM_PER_INCH, 200 / MM_PER_INCH),
}
"""Sizes of pages, in inches: A4 either way, a column of text on it, a slide of 16:9, a square."""

_GREYS = ("#4D4D4D", "#B3B3B3", "#E6E6E6", "#FFFFFF", "#D0D0D0", "#FFFFFF", "#E6E6E6", "#FFFFFF")
HATCHINGS = ("rising", "falling", "level", "upright", "crossed", "dots")
_HATCHING = (None, None, "rising", "level", "crossed", "falling", "dots", "upright")


READABLE = 4.5
"""The contrast to its ground, at least, of what carries meaning (WCAG 2.2)."""


def mixed(color: str, other: str, share: float) -> str:
    """Mix two colours."""
    parts = (a + share * (b - a) for a, b in zip(shares(color), shares(other), strict=True))
    return "#" + "".join(f"{round(255 * part):02x}" for part in parts)


def _lightness(color: str) -> float:
    """Return how light a colour is, from 0 to 1."""
    red, green, blue = shares(color)
    return 0.299 * red + 0.587 * green + 0.114 * blue


def on(fill: str, *, ink: str, background: str) -> str:
    """Return which of two colours is seen on a fill."""
    dark, light = sorted((ink, background), key=_lightness)
    dim = 0.4
    return light if _lightness(fill) < dim else dark


@dataclass(frozen=True, kw_only=True)
class Style:
    """The look of every figure; pass another one with ``style=``.

    Four are ready: :meth:`report`, which is what you get if you choose none, :meth:`slide`,
    :meth:`print` and :meth:`dark`. ``dataclasses.replace`` changes single fields of them.

    Parameters
    ----------
    font : str
        Family of all texts. DejaVu Sans comes with matplotlib, so it is the same everywhere; it
        is also what is taken where the family is not installed.
    font_size, title_size, legend_size : float
        Sizes of names, title and legend, in points.
    smallest : float
        No letters are smaller, in points: 7 on paper, 12 on a slide. Where there is no room,
        less is written, and the figure says so.
    size : tuple of float
        Width and height of a new figure, in inches; A4 landscape. See :data:`PAGES`.
    background, ink, muted : str
        Colours of the page, of what is read first, and of what is read last.
    palette : tuple of str
        Fill colours, in the order in which groups take them.
    hatching : tuple of str or None
        The hatching over each of them: ``rising``, ``falling``, ``level``, ``upright``,
        ``crossed``, ``dots`` or None. Left empty, small signs tell colours of the same
        lightness apart.
    plain : str
        Fill colour where colours stand for nothing.
    rest : str
        Fill colour of groups there was no colour left for.
    node_radius : tuple of float
        Radius of the least and of the most important actor, in millimetres on the page.
    line_width : float
        What the widths of ties are reckoned from, in points: from 4/9 of it, the weakest on the
        map's scale, to 8/3 of it, the strongest, in even steps.
    wrap : int
        Characters in a line of a name, where words allow it.
    carrying, formal, other, conflict, missing : str
        Colours of ties that carry information, of formal ties, of contact and other ties, of
        conflicts, and of ties that are needed but not there.

    Raises
    ------
    WrongArgument
        If a field cannot be drawn with: with all that are wrong.

    Examples
    --------
    >>> Style(font_size=10).font_size
    10
    """

    font: str = "DejaVu Sans"
    font_size: float = 8.0
    title_size: float = 14.0
    legend_size: float = 7.5
    smallest: float = 7.0
    size: tuple[float, float] = PAGES["a4"]
    background: str = "#FFFFFF"
    ink: str = "#1A1A1A"
    muted: str = "#5F5F5F"
    palette: tuple[str, ...] = PALETTE
    hatching: tuple[str | None, ...] = ()
    plain: str = "#8FC3E8"
    rest: str = "#8B8B8B"
    node_radius: tuple[float, float] = (2.7, 6.0)
    line_width: float = 0.9
    wrap: int = 18
    carrying: str = "#2F4B66"
    formal: str = "#7A4B1E"
    other: str = "#6E6E6E"
    conflict: str = "#B3261E"
    missing: str = "#595959"

    def __post_init__(self) -> None:
        """Refuse what cannot be drawn with, everything at once."""
        if problems := [*self._colors(), *self._hatchings(), *self._letters(), *self._pairs()]:
            raise WrongArgument(problems)

    def _colors(self) -> Iterator[Problem]:
        named = [(option, getattr(self, option)) for option in _COLORS]
        if isinstance(self.palette, tuple) and self.palette:
            named += [(f"palette[{at}]", color) for at, color in enumerate(self.palette)]
        else:
            yield _problem("not_a_palette", "palette", self.palette)
        for option, color in named:
            yield from _refused(partial(shares, color, option=option))

    def _hatchings(self) -> Iterator[Problem]:
        if not isinstance(self.hatching, tuple):
            yield _problem("not_a_hatching", "hatching", self.hatching, known=HATCHINGS)
            return
        for at, hatching in enumerate(self.hatching):
            if hatching is not None and hatching not in HATCHINGS:
                yield _problem("not_a_hatching", f"hatching[{at}]", hatching, known=HATCHINGS)
        colors = self.palette if isinstance(self.palette, tuple) else ()
        if self.hatching and colors and len(self.hatching) != len(colors):
            yield _problem("not_as_many", "hatching", len(self.hatching), of=len(colors))

    def _letters(self) -> Iterator[Problem]:
        if not isinstance(self.font, str) or not self.font.strip():
            yield _problem("not_a_font", "font", self.font)
        for option in _LARGER:
            if not _positive(getattr(self, option)):
                yield _problem("not_above_zero", option, getattr(self, option))
        yield from _refused(partial(at_least, self.wrap, 1, option="wrap"))

    def _pairs(self) -> Iterator[Problem]:
        for option in ("size", "node_radius"):
            if not _is_pair(getattr(self, option)):
                yield _problem("not_a_pair", option, getattr(self, option))

    @property
    def neutral(self) -> str:
        """Fill colour of the marks in a legend that explain shape and size, not colour."""
        return mixed(self.background, self.ink, 0.205)

    @property
    def rule(self) -> str:
        """Colour of the lines of a scale and of a table."""
        return mixed(self.background, self.ink, 0.15)

    def opacity(self, color: str, share: float) -> float:
        """Return how opaque lines are where many pile up: no less than they are seen alone.

        Parameters
        ----------
        color : str
            Their colour.
        share : float
            How opaque they would be, from 0 to 1.

        Returns
        -------
        float
            From the share to 1: so that one line on the page has a contrast of 4.5, or as much
            as its colour has.

        Examples
        --------
        >>> Style().opacity("#000000", 0.5), Style().opacity("#949494", 0.5)
        (0.55, 1.0)
        """
        return _opacity(color, self.background, share)

    @property
    def strong(self) -> tuple[str, ...]:
        """The colours of the palette that a line or a small mark is seen in; ink if none is."""
        far = 0.3
        page = _lightness(self.background)
        found = [one for one in self.palette if abs(_lightness(one) - page) >= far]
        return tuple(found) or (self.ink,)

    def shade(self, share: float) -> str:
        """Return a colour that stands out the more from the page the larger a share is.

        Parameters
        ----------
        share : float
            From 0 to 1.

        Returns
        -------
        str
            As ``#rrggbb``, from a tint to a shade of the palette's first colour.

        Examples
        --------
        >>> Style().shade(0), Style().shade(1)
        ('#bfdcec', '#11394f')
        """
        tint = mixed(self.palette[0], self.background, 0.75)
        return mixed(tint, mixed(self.palette[0], self.ink, 0.65), share)

    @classmethod
    def report(cls) -> Style:
        """Return the look of a report: colours on a white page of A4.

        Returns
        -------
        Style
            The same as ``Style()``.

        Examples
        --------
        >>> Style.report() == Style()
        True
        """
        return cls()

    @classmethod
    def slide(cls) -> Style:
        """Return the look of a slide: 16:9, with letters that are read from the back row.

        Returns
        -------
        Style
            The look.

        Examples
        --------
        >>> width, height = Style.slide().size
        >>> round(width / height, 2)
        1.78
        """
        return cls(
            font_size=13.0,
            title_size=24.0,
            legend_size=12.0,
            smallest=12.0,
            size=PAGES["slide"],
            node_radius=(3.0, 6.3),
            line_width=1.2,
            wrap=16,
        )

    @classmethod
    def print(cls) -> Style:
        """Return the look for a printer without colours: greys, and hatching instead of colour.

        Returns
        -------
        Style
            The look.

        Examples
        --------
        >>> Style.print().hatching[2]
        'rising'
        """
        return cls(
            ink="#000000",
            muted="#4A4A4A",
            palette=_GREYS,
            hatching=_HATCHING,
            plain="#C4C4C4",
            rest="#808080",
            carrying="#262626",
            formal="#4D4D4D",
            other="#6E6E6E",
            conflict="#000000",
            missing="#595959",
        )

    @classmethod
    def dark(cls) -> Style:
        """Return the look for dark screens: light letters and lines on a nearly black page.

        Returns
        -------
        Style
            The look.

        Examples
        --------
        >>> Style.dark().background
        '#14181D'
        """
        return cls(
            background="#14181D",
            ink="#F2F2F2",
            muted="#B4B9BF",
            palette=("#2A8ACB", *PALETTE[1:-1], "#C9D0D8"),
            plain="#2F6F9E",
            rest="#5C646D",
            carrying="#9CC3E6",
            formal="#E3B582",
            other="#88919A",
            conflict="#FF8A80",
            missing="#A3A9B0",
        )


STYLES = ("report", "slide", "print", "dark")
"""Looks that are ready, by their words."""

_LARGER = ("font_size", "title_size", "legend_size", "smallest", "line_width")
_COLORS = (
    "background",
    "ink",
    "muted",
    "plain",
    "rest",
    "carrying",
    "formal",
    "other",
    "conflict",
    "missing",
)


Size = str | tuple[float, float]
"""A page: one of the words of :data:`PAGES`, or width and height in millimetres."""


def style_of(style: Style | str | None, size: Size | None = None) -> Style:
    """Return a style by its word, or as it is; the report's if there is none; on a page."""
    if isinstance(style, str):
        style = getattr(Style, one_of(style, STYLES, option="style"))()
    if style is None:
        style = Style()
    if not isinstance(style, Style):
        raise WrongArgument(_problem("not_a_style", "style", style))
    return style if size is None else _on_page(style, size)


def _on_page(style: Style, size: Size) -> Style:
    """Return a style for a page of a size: on a slide letters, marks and lines are larger."""
    if isinstance(size, str):
        pair = PAGES[one_of(size, PAGES, option="size")]
    elif _is_pair(size) and max(size) <= MOST_SIDE:
        pair = (size[0] / MM_PER_INCH, size[1] / MM_PER_INCH)
    else:
        raise WrongArgument(_problem("not_a_size", "size", size, most=MOST_SIDE))
    style = replace(style, size=pair)
    if size != "slide":
        return style
    slide = Style.slide()
    larger = {name: max(getattr(style, name), getattr(slide, name)) for name in _LARGER}
    radii = max(style.node_radius, slide.node_radius)
    return replace(style, **larger, node_radius=radii, wrap=min(style.wrap, slide.wrap))


def _positive(value: object) -> bool:
    return isinstance(value, Real) and not isinstance(value, bool) and 0 < float(value) < math.inf


def _is_pair(value: object) -> TypeGuard[tuple[float, float]]:
    return isinstance(value, tuple) and len(value) == len("xy") and all(map(_positive, value))


def _refused(check: Callable[[], object]) -> tuple[Problem, ...]:
    """Return what a check has to say against a value."""
    try:
        check()
    except WrongArgument as wrong:
        return wrong.problems
    return ()


def _problem(code: str, option: str, value: object, **more: object) -> Problem:
    return Problem(code=code, values={"option": option, "value": short(repr(value)), **more})


@lru_cache(maxsize=512)
def _opacity(color: str, background: str, share: float) -> float:
    """Look for the least that is seen; thousands of ties have few colours."""
    steps = 20
    for step in range(math.ceil(share * steps), steps):
        seen = mixed(color, background, 1 - step / steps)
        if contrast(seen, background) >= READABLE:
            return step / steps
    return 1.0
