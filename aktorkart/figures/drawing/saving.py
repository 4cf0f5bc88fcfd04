"""Figures as files: the same bytes for the same figure, with its words inside."""

from __future__ import annotations

import io
import re
from contextlib import nullcontext
from typing import TYPE_CHECKING, Any, cast
from xml.sax import make_parser
from xml.sax.handler import LexicalHandler, property_lexical_handler
from xml.sax.saxutils import XMLGenerator

from aktorkart.atomic import write_bytes
from aktorkart.errors import Problem, WrongArgument, one_of
from aktorkart.figures.drawing.carrying import Carried, carrying
from aktorkart.figures.drawing.described import in_words, stages
from aktorkart.figures.drawing.lettering import FONTS_BESIDE, line_width
from aktorkart.figures.drawing.reading_order import in_reading_order
from aktorkart.figures.drawing.settings import UNFITTED, standard_settings
from aktorkart.figures.drawing.steps import steps
from aktorkart.files import ending_of
from aktorkart.files.carried.payload import MARK, packed
from aktorkart.files.carried.putting import attached, element
from aktorkart.model.fields import short, writable

if TYPE_CHECKING:
    import os

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

MOST_DPI = 2400
"""No printer has more, and no memory holds them."""

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
        If it is no figure, or ``dpi`` is no number above 0, up to 2400, or a map is asked for
        that the figure does not have.

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
        If it is no figure, or ``dpi`` is no number above 0, up to 2400, or a map is asked for
        that the figure does not have.

    Examples
    --------
    >>> from aktorkart.figures import sheet
    >>> to_bytes(sheet(), ".png")[1:4]
    b'PNG'
    """
    one_of(ending, ENDINGS, option="ending")
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
    with standard_settings(**_SETTINGS, **settings):
        figure.savefig(
            stream,
            format=ending,
            dpi=dpi,
            metadata=metadata,
            bbox_inches=carried.seen if carried is not None else None,
            **saved,
        )
    return stream.getvalue()


_NUMBERED = re.compile(r"[A-Za-z]\w*_\d+")
"""How matplotlib names what has no name of its own."""


def _is_numbered(attrs: Any) -> bool:
    return [*attrs.keys()] == ["id"] and _NUMBERED.fullmatch(attrs["id"]) is not None


_POINTING = ("href", "xlink:href")
_DRAWN_WITH = ("clip-path", "fill", "filter", "marker-end", "mask", "stroke", "style")
_COORDINATES = frozenset({"d", "transform", "x", "y"})
_POINTER = re.compile(r"url\(#")
_DECIMALS = re.compile(r"(\.\d\d)\d+")
_TRANSLATION = re.compile(r"translate\([^)]*\)")


_TEXT_STYLE = re.compile(r"font-size: ([\d.]+)px; font-family: '([^']+)'")


def _svg(
    figure: Figure,
    words: dict[str, str],
    *,
    prefix: str,
    outlines: bool,
    carried: Carried | None = None,
) -> str:
    nothing = dict.fromkeys(("Creator", "Date", "Format", "Type"))
    letters = {"svg.fonttype": "path" if outlines else "none"}
    drawn = _drawn(figure, "svg", dpi=72, metadata=nothing, carried=carried, **letters)
    made = _Svg(words, prefix, element(carried.kart) if carried is not None else "")
    reader = make_parser()  # noqa: S317 - what matplotlib has just written
    reader.setContentHandler(made)
    reader.setProperty(property_lexical_handler, made)
    reader.parse(io.BytesIO(drawn))
    return made.text()


class _Svg(XMLGenerator, LexicalHandler):
    """Writes matplotlib's SVG with words for those who cannot see it, and ids of its own."""

    def __init__(self, words: dict[str, str], prefix: str, carried: str) -> None:
        self._stream = io.StringIO()
        super().__init__(self._stream, encoding="utf-8", short_empty_elements=True)
        self._words = {name: content for name, content in words.items() if content}
        self._prefix = prefix
        self._carried = carried
        self._skipped = 0
        self._text: tuple[dict[str, str], list[str]] | None = None
        self._looks: dict[str, str] = {}
        self._opened: list[bool] = []

    def text(self) -> str:
        return self._stream.getvalue().strip()

    def startDocument(self) -> None:  # noqa: N802 - SAX names it
        """Leave out the XML declaration: a page has one of its own."""

    def startElement(self, name: str, attrs: Any) -> None:  # noqa: N802 - SAX names it
        if name == "metadata" or self._skipped:
            self._skipped += 1
            return
        found: Any = {key: self._changed(key, value) for key, value in attrs.items()}
        if name == "text":
            self._text = found, []
            return
        # Groups that nobody has named are of no use in a page.
        self._opened.append(not (self._prefix and name == "g" and _is_numbered(attrs)))
        if not self._opened[-1]:
            return
        if name != "svg":
            super().startElement(name, self._classed(found))
            return
        if self._words:
            found["aria-labelledby"] = " ".join(self._prefix + word for word in self._words)
        super().startElement(name, found | {"role": "img"})
        for word, content in self._words.items():
            super().startElement(word, cast("Any", {"id": self._prefix + word}))
            super().characters(content)
            super().endElement(word)
        if self._carried:
            super().ignorableWhitespace(f"<metadata>{self._carried}</metadata>")

    def endElement(self, name: str) -> None:  # noqa: N802 - SAX names it
        if self._skipped:
            self._skipped -= 1
            return
        if self._text is not None:
            (look, parts), self._text = self._text, None
            super().startElement(name, cast("Any", self._classed(_set(look, "".join(parts)))))
            super().characters("".join(parts))
            super().endElement(name)
            return
        if not self._opened.pop():
            return
        if name == "svg" and self._looks:
            super().startElement("style", cast("Any", {}))
            rules = (f".{named}{{{look}}}" for look, named in self._looks.items())
            super().characters("".join(rules))
            super().endElement("style")
        super().endElement(name)

    def characters(self, content: str) -> None:
        if self._text is not None:
            self._text[1].append(content)
        elif not self._skipped and not (self._prefix and content.isspace()):
            super().characters(content)

    def comment(self, content: str) -> None:
        # Letters are shapes: the comment before them is the text.
        super().ignorableWhitespace(f"<!--{content}-->")

    def _classed(self, attrs: dict[str, str]) -> Any:
        """Return attributes with a class instead of a look, where the figure is part of a page.

        The looks of a figure are few, and its elements many. A file of its own keeps them where
        programs that edit SVG look for them.
        """
        if not self._prefix:
            return attrs
        said = [attrs.pop("style", "").replace(": ", ":").replace("; ", ";").rstrip(";")]
        said += [f"clip-path:{attrs.pop('clip-path')}"] if "clip-path" in attrs else []
        if look := ";".join(filter(None, said)):
            known = f"{self._prefix}{len(self._looks)}"
            attrs["class"] = self._looks.setdefault(look, known)
        return attrs

    def _changed(self, key: str, value: str) -> str:
        """Return an attribute with what is this figure's own, and no more decimals than needed."""
        if key in _COORDINATES:
            return _shortened(key, value)
        if key == "id":
            return self._prefix + value
        if key in _POINTING and value.startswith("#"):
            return f"#{self._prefix}{value[1:]}"
        return _POINTER.sub(f"url(#{self._prefix}", value) if key in _DRAWN_WITH else value


def _set(look: dict[str, str], line: str) -> dict[str, str]:
    """Return how a line of text looks, as long in another font as in its own."""
    found = _TEXT_STYLE.search(look.get("style", ""))
    if found is None:
        return look
    size, family = float(found[1]), found[2]
    fonts = ", ".join([f"'{family}'", *FONTS_BESIDE])
    style = look["style"].replace(f"font-family: '{family}'", f"font-family: {fonts}")
    wide = line_width(line, family, size, bold="font-weight: 700" in style)
    return look | {
        "style": style,
        "textLength": f"{wide:.2f}",
        "lengthAdjust": "spacingAndGlyphs",
    }


def _shortened(name: str, value: str) -> str:
    """Leave a hundredth of a point: finer than any printer."""
    if name == "d":
        return steps(value)
    if name == "transform":
        # Scales and matrices need their decimals.
        return _TRANSLATION.sub(lambda moved: _DECIMALS.sub(r"\1", moved.group()), value)
    return _DECIMALS.sub(r"\1", value)
