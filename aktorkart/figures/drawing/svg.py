"""matplotlib's SVG with words for those who cannot see it, short, and with ids of its own."""

from __future__ import annotations

import io
import re
from typing import Any, cast
from xml.sax import make_parser
from xml.sax.handler import LexicalHandler, property_lexical_handler
from xml.sax.saxutils import XMLGenerator

from aktorkart.figures.drawing.lettering import FONTS_BESIDE, line_width
from aktorkart.figures.drawing.steps import steps

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


def described(drawn: bytes, words: dict[str, str], *, prefix: str, carried: str) -> str:
    """Return what matplotlib has written with title and description, and the map it carries."""
    made = _Svg(words, prefix, carried)
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
