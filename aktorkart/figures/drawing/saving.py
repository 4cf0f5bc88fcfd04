"""Figures as files: the same bytes for the same figure, with its words inside."""

from __future__ import annotations

import io
import math
from contextlib import nullcontext
from typing import TYPE_CHECKING, Any

from aktorkart.atomic import write_bytes
from aktorkart.errors import Problem, WrongArgument, one_of
from aktorkart.expected import expect, expect_if_given
from aktorkart.figures.drawing.carrying import Carried, carrying
from aktorkart.figures.drawing.described import in_words, stages
from aktorkart.figures.drawing.reading_order import in_reading_order
from aktorkart.figures.drawing.settings import UNFITTED, standard_settings
from aktorkart.files import ending_of
from aktorkart.files.carried.payload import MARK, packed
from aktorkart.files.carried.putting import attached, element
from aktorkart.model.fields import short, writable

if TYPE_CHECKING:
    import os

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

MOST_DPI = 2400
"""No printer has more."""

MOST_DOTS = 400_000_000
"""Of a PNG; the program needs four bytes for each, and those who open it do."""

ENDINGS = (".svg", ".png", ".pdf")
"""Endings that can be written."""

# Ids of a seed of our own are the same at every run; fonts in a PDF stay text.
_SETTINGS = {"svg.hashsalt": "aktorkart", "pdf.fonttype": 42, **UNFITTED}


def save(  # noqa: PLR0913 - keyword-only, and each has a default
    fig_or_ax: Figure | Axes,
    path: str | os.PathLike[str],
    *,
    dpi: float = 200,
    alt: str | None = None,
    outlines: bool = False,
    embed: bool = False,
) -> None:
    """Write a figure to a file, with its alternative text inside.

    Parameters
    ----------
    fig_or_ax : matplotlib.figure.Figure or matplotlib.axes.Axes
        The figure, or axes of it.
    path : str or path-like
        Where to; its ending chooses the format: ``.svg``, ``.png`` or ``.pdf``.
    dpi : float
        Dots per inch of a PNG.
    alt : str, optional
        What the figure shows, in words; what its maker said if left out.
    outlines : bool
        Whether letters of an SVG are shapes, which look the same everywhere. If left out they
        are text, which can be selected, searched and changed; where the font is not installed,
        another one keeps the same room.
    embed : bool
        Whether the file carries the map, as it is shown, for `aktorkart.read` to open again: of
        several, the latest. A line below the figure says so.

    Raises
    ------
    UnsupportedFile
        If the ending is another.
    UnwritableFile
        If the folder is missing or closed to us, or the disk is full.
    WrongArgument
        If it is no figure, or ``dpi`` is no number above 0, up to 2400, or a PNG would have more
        than 400 million dots, or a map is asked for that the figure does not have.

    Notes
    -----
    The same figure gives the same bytes, given the same versions of matplotlib and its
    parts. A file that stood there is replaced only when the new one is whole. A new file of a
    map around a person can be read by its owner only.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> from aktorkart.figures import sheet
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     save(sheet(), f"{folder}/kart.svg")
    ...     Path(folder, "kart.svg").read_text("utf-8")[:38]
    '<?xml version="1.0" encoding="utf-8"?>'
    """
    ending = ending_of(path, ENDINGS)
    data = to_bytes(fig_or_ax, ending, dpi=dpi, alt=alt, outlines=outlines, embed=embed)
    private = any(stage.subject.private for stage in stages(_figure(fig_or_ax)))
    write_bytes(path, data, private=private)


def to_bytes(  # noqa: PLR0913 - as save
    fig_or_ax: Figure | Axes,
    ending: str,
    *,
    dpi: float = 200,
    alt: str | None = None,
    outlines: bool = False,
    embed: bool = False,
) -> bytes:
    """Return what a file with a figure would hold, as for a web service.

    Parameters
    ----------
    fig_or_ax : matplotlib.figure.Figure or matplotlib.axes.Axes
        The figure, or axes of it.
    ending : {".svg", ".png", ".pdf"}
        Chooses the format.
    dpi, alt, outlines, embed
        As in :func:`save`.

    Returns
    -------
    bytes
        The whole file, with the alternative text inside.

    Raises
    ------
    UnknownName
        For other endings.
    WrongArgument
        If it is no figure, or ``dpi`` is no number above 0, up to 2400, or a PNG would have more
        than 400 million dots, or a map is asked for that the figure does not have.

    Examples
    --------
    >>> from aktorkart.figures import sheet
    >>> to_bytes(sheet(), ".png")[1:4]
    b'PNG'
    """
    one_of(ending, ENDINGS, option="ending")
    expect("yes_or_no", embed=embed)
    expect("yes_or_no", outlines=outlines)
    expect_if_given("text", alt=alt)
    if not isinstance(dpi, (int, float)) or not 0 < dpi <= MOST_DPI:
        values = {"option": "dpi", "value": repr(dpi), "most": MOST_DPI}
        raise WrongArgument(Problem(code="not_up_to", values=values))
    figure = _figure(fig_or_ax)
    with carrying(figure) if embed else nullcontext() as carried:
        return _file(figure, ending, dpi=dpi, alt=alt, outlines=outlines, carried=carried)


def _file(  # noqa: PLR0913 - as to_bytes
    figure: Figure,
    ending: str,
    *,
    dpi: float,
    alt: str | None,
    outlines: bool,
    carried: Carried | None,
) -> bytes:
    """Return a file with a figure, and with the map that it carries."""
    title, description = in_words(figure)
    description = writable(alt) if alt is not None else description
    if ending == ".svg":
        named = {"title": title, "desc": description}
        svg = _svg(figure, named, prefix="", outlines=outlines, carried=carried)
        return f'<?xml version="1.0" encoding="utf-8"?>\n{svg}\n'.encode()
    if ending == ".png":
        known = _known({"Software": None, "Title": title, "Description": description})
        known |= {MARK: packed(carried.kart)} if carried is not None else {}
        return _drawn(figure, "png", dpi=dpi, metadata=known, carried=carried)
    words = {
        "Creator": "aktorkart",
        "Producer": None,
        "CreationDate": None,
        "Title": title,
        "Subject": description,
    }
    with in_reading_order(figure):
        pdf = _drawn(figure, "pdf", dpi=dpi, metadata=_known(words), carried=carried)
    return attached(pdf, carried.kart) if carried is not None else pdf


def svg_text(
    fig_or_ax: Figure | Axes,
    *,
    prefix: str = "",
    alt: str | None = None,
    outlines: bool = False,
) -> str:
    """Return a figure as SVG to be put into a page.

    Parameters
    ----------
    fig_or_ax : matplotlib.figure.Figure or matplotlib.axes.Axes
        The figure, or axes of it.
    prefix : str
        Put before every id, so that several figures can share a page.
    alt : str, optional
        What the figure shows, in words; what its maker said if left out.
    outlines : bool
        Whether letters are shapes instead of text.

    Returns
    -------
    str
        An ``<svg>`` element with ``role="img"``, a title and a description.

    Examples
    --------
    >>> from aktorkart.figures import sheet
    >>> svg_text(sheet(), prefix="a-", alt="Nothing <yet>")[:4]
    '<svg'
    """
    expect("yes_or_no", outlines=outlines)
    expect("text", prefix=prefix)
    expect_if_given("text", alt=alt)
    figure = _figure(fig_or_ax)
    title, description = in_words(figure)
    words = {"title": title, "desc": writable(alt) if alt is not None else description}
    return _svg(figure, words, prefix=prefix, outlines=outlines)


def _figure(fig_or_ax: Figure | Axes) -> Figure:
    found = getattr(fig_or_ax, "figure", None)
    if found is None:
        # Axes that were taken out of their figure have none any more.
        raise WrongArgument(Problem(code="not_a_figure", values={"value": short(fig_or_ax)}))
    # The canvas knows the whole figure, also from inside a subfigure.
    whole: Figure = found.canvas.figure
    return whole


_COMPRESSED = 3


def _known(metadata: dict[str, str | None]) -> dict[str, str | None]:
    # None tells matplotlib to leave out what it would write by itself.
    own = {"Software", "Producer", "CreationDate"}
    return {key: value for key, value in metadata.items() if value or key in own}


def _drawn(
    figure: Figure,
    ending: str,
    *,
    dpi: float,
    metadata: dict[str, Any],
    carried: Carried | None,
    **settings: str,
) -> bytes:
    stream = io.BytesIO()
    # On drawings zlib finds no less by looking longer, and takes a quarter of the whole time.
    saved: dict[str, Any] = (
        {"pil_kwargs": {"compress_level": _COMPRESSED}} if ending == "png" else {}
    )
    wide, high = (math.ceil(side * dpi) for side in figure.get_size_inches())
    values = {"wide": wide, "high": high, "most": MOST_DOTS // 1_000_000}
    too_large = WrongArgument(Problem(code="too_many_dots", values=values))
    if ending == "png" and wide * high > MOST_DOTS:
        raise too_large
    try:
        with standard_settings(**_SETTINGS, **settings):
            figure.savefig(
                stream,
                format=ending,
                dpi=dpi,
                metadata=metadata,
                bbox_inches=carried.seen if carried is not None else None,
                **saved,
            )
    except MemoryError:
        raise too_large from None
    return stream.getvalue()


def _svg(
    figure: Figure,
    words: dict[str, str],
    *,
    prefix: str,
    outlines: bool,
    carried: Carried | None = None,
) -> str:
    # What rewrites it loads half a web browser.
    from aktorkart.figures.drawing.svg import described

    nothing = dict.fromkeys(("Creator", "Date", "Format", "Type"))
    letters = {"svg.fonttype": "path" if outlines else "none"}
    drawn = _drawn(figure, "svg", dpi=72, metadata=nothing, carried=carried, **letters)
    return described(
        drawn, words, prefix=prefix, carried=element(carried.kart) if carried is not None else ""
    )
