"""Figures as files: the same bytes for the same figure, with its words inside."""

from __future__ import annotations

import io
import math
import re
import threading
from html import escape
from typing import TYPE_CHECKING, Any

from aktorkart.atomic import write_bytes
from aktorkart.errors import Problem, WrongArgument
from aktorkart.figures.drawing.stage import Stage
from aktorkart.files import ending_of

if TYPE_CHECKING:
    import os

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

ENDINGS = (".svg", ".png", ".pdf")
"""Endings that can be written."""

# Everything that a reader's own settings could change in a file. Letters become shapes, so
# that the figure looks the same where the font is missing.
_SETTINGS = {
    "svg.fonttype": "path",
    "svg.hashsalt": "aktorkart",
    "svg.image_inline": True,
    "pdf.fonttype": 42,
    "pdf.compression": 6,
    "pdf.use14corefonts": False,
    "savefig.bbox": None,
    "savefig.facecolor": "auto",
    "savefig.edgecolor": "auto",
    "savefig.transparent": False,
    "path.simplify": True,
    "path.simplify_threshold": 1 / 9,
    "path.sketch": None,
    "text.usetex": False,
}

_SETTINGS_LOCK = threading.Lock()


def save(
    fig_or_ax: Figure | Axes,
    path: str | os.PathLike[str],
    *,
    dpi: float = 200,
    alt: str | None = None,
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

    Raises
    ------
    UnsupportedFile
        If the ending is another.
    UnwritableFile
        If the folder is missing or closed to us, or the disk is full.
    WrongArgument
        If ``dpi`` is no number above 0.

    Notes
    -----
    The same figure gives the same bytes, given the same versions of matplotlib and its
    parts. A file that stood there is replaced only when the new one is whole.

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
    if not isinstance(dpi, (int, float)) or not 0 < dpi < math.inf:
        values = {"option": "dpi", "value": repr(dpi)}
        raise WrongArgument(Problem(code="not_above_zero", values=values))
    figure = _figure(fig_or_ax)
    title, description = _words(figure)
    description = alt if alt is not None else description
    if ending == ".svg":
        data = _svg(figure, title=title, alt=description, prefix="", standalone=True).encode(
            "utf-8"
        )
    elif ending == ".png":
        data = _drawn(
            figure,
            "png",
            dpi=dpi,
            metadata=_known({"Software": None, "Title": title, "Description": description}),
        )
    else:
        data = _drawn(
            figure,
            "pdf",
            dpi=dpi,
            metadata=_known(
                {
                    "Creator": "aktorkart",
                    "Producer": None,
                    "CreationDate": None,
                    "Title": title,
                    "Subject": description,
                }
            ),
        )
    write_bytes(path, data)


def svg_text(fig_or_ax: Figure | Axes, *, prefix: str = "", alt: str | None = None) -> str:
    """Return a figure as SVG to be put into a page.

    Parameters
    ----------
    fig_or_ax : matplotlib.figure.Figure or matplotlib.axes.Axes
        The figure, or axes of it.
    prefix : str
        Put before every id, so that several figures can share a page.
    alt : str, optional
        What the figure shows, in words; what its maker said if left out.

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
    figure = _figure(fig_or_ax)
    title, description = _words(figure)
    return _svg(
        figure,
        title=title,
        alt=alt if alt is not None else description,
        prefix=prefix,
        standalone=False,
    )


def _figure(fig_or_ax: Figure | Axes) -> Figure:
    found = getattr(fig_or_ax, "figure", None)
    if found is None:
        raise ValueError("these axes belong to no figure any more")
    # The canvas knows the whole figure, also from inside a subfigure.
    whole: Figure = found.canvas.figure
    return whole


def _words(figure: Figure) -> tuple[str, str]:
    """Return the title and the alternative text of what is drawn."""
    stages = [
        stage for axes in figure.get_axes() for stage in axes.artists if isinstance(stage, Stage)
    ]
    titles = [stage.title for stage in stages if stage.title]
    return " · ".join(dict.fromkeys(titles)), " ".join(stage.alt for stage in stages if stage.alt)


def _known(metadata: dict[str, str | None]) -> dict[str, str | None]:
    # None tells matplotlib to leave out what it would write by itself.
    own = {"Software", "Producer", "CreationDate"}
    return {key: value for key, value in metadata.items() if value or key in own}


def _drawn(figure: Figure, ending: str, *, dpi: float, metadata: dict[str, Any]) -> bytes:
    import matplotlib as mpl

    stream = io.BytesIO()
    # rcParams belong to the whole process: two threads would put back each other's.
    with _SETTINGS_LOCK, mpl.rc_context(_SETTINGS):  # type: ignore[arg-type] # rc names are checked when set
        figure.savefig(stream, format=ending, dpi=dpi, metadata=metadata)
    return stream.getvalue()


_PROLOGUE = re.compile(r"\A.*?(?=<svg)", re.DOTALL)
_METADATA = re.compile(r"\s*<metadata>.*?</metadata>", re.DOTALL)
_OPENING = re.compile(r"<svg[^>]*>")
_ID = re.compile(r'\b(id="|xlink:href="#|href="#|url\(#)')
_COORDINATES = re.compile(r'(?<= )(d|x|y|transform)="([^"]*)"')
_DECIMALS = re.compile(r"(\.\d\d)\d+")
_TRANSLATION = re.compile(r"translate\([^)]*\)")


def _svg(figure: Figure, *, title: str, alt: str, prefix: str, standalone: bool) -> str:
    nothing = dict.fromkeys(("Creator", "Date", "Format", "Type"))
    drawn = _drawn(figure, "svg", dpi=72, metadata=nothing).decode("utf-8")
    drawn = _METADATA.sub("", _PROLOGUE.sub("", drawn))
    drawn = _COORDINATES.sub(_shortened, drawn)
    # The words stand inside the prefixed ids, so that a page can hold several figures.
    named = [name for name, words in (("title", title), ("desc", alt)) if words]
    words = "".join(
        f'\n <{name} id="{name}">{escape(content, quote=False)}</{name}>'
        for name, content in (("title", title), ("desc", alt))
        if content
    )
    labelled = f' aria-labelledby="{" ".join(prefix + name for name in named)}"' if named else ""

    def opening(match: re.Match[str]) -> str:
        return f'{match.group()[:-1]} role="img"{labelled}>{words}'

    drawn = _OPENING.sub(opening, drawn, count=1)
    if prefix:
        safe = escape(prefix)
        drawn = _ID.sub(lambda match: match.group() + safe, drawn)
    if standalone:
        return '<?xml version="1.0" encoding="utf-8"?>\n' + drawn
    return drawn.strip()


def _shortened(match: re.Match[str]) -> str:
    """Leave a hundredth of a point: finer than any printer."""
    name, value = match.groups()
    if name == "transform":
        # Scales and matrices need their decimals.
        value = _TRANSLATION.sub(lambda moved: _DECIMALS.sub(r"\1", moved.group()), value)
    else:
        value = _DECIMALS.sub(r"\1", value)
    return f'{name}="{value}"'
