"""A municipality's own template: its styles, and its places filled."""

from __future__ import annotations

import re
from itertools import chain
from typing import TYPE_CHECKING, Any, Protocol

from aktorkart.files.word_file import clean
from aktorkart.i18n import period

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from aktorkart.reports.pages import Report

_PLACE = re.compile(r"\{\{\s*(title|date|summary|report)\s*\}\}")


class Writer(Protocol):
    """What writes the pieces of a report at the end of a document."""

    report: Report

    def begin(self, *, title: bool = True) -> None:
        """Write what stands on top."""

    def blocks(self, *, summary: bool = True, rest: bool = True) -> None:
        """Write the summary, the other parts, or both."""

    def end(self) -> None:
        """Write what ends the report."""

    def lines(self) -> Iterable[str]:
        """Return the sentences of the summary."""


def fill(document: Any, writer: Writer) -> None:
    """Fill title, date, summary and report where they stand; the report last where it does not.

    The summary is part of the report, unless it has a place of its own. In a line with other
    words, and in heads and feet, its sentences stand one after the other.
    """
    texts = {id(one): _text(one) for root in _roots(document) for one in _paragraphs(root)}
    titled = any("title" in _PLACE.findall(text) for text in texts.values())
    summary, report = (_place(document, name) for name in ("summary", "report"))
    kart, lang = writer.report.kart, writer.report.lang
    words = {
        "title": writer.report.title,
        "date": period(kart.date, lang) if kart.date else "",
        "summary": " ".join(writer.lines()),
        "report": "",
    }
    # First the template's own lines: what comes from the map is never looked into for places.
    for paragraph in [one for root in _roots(document) for one in _paragraphs(root)]:
        alone = {"summary": ""} if paragraph is summary else {}
        _replace(paragraph, {**words, **alone})
    with _moved(document, summary):
        if summary is not None:
            writer.begin(title=not titled)
            writer.blocks(rest=False)
    with _moved(document, report):
        if summary is None:
            writer.begin(title=not titled)
        writer.blocks(summary=summary is None)
        writer.end()


class _moved:  # noqa: N801 - used as a verb
    """Move what is written at the end of a document to a place, and take the place away."""

    def __init__(self, document: Any, place: Any) -> None:
        self._body, self._place = document.element.body, place

    def __enter__(self) -> None:
        self._before = set(self._body)

    def __exit__(self, *_: object) -> None:
        place = self._place
        if place is None:
            return
        for one in [one for one in self._body if one not in self._before]:
            place.addprevious(one)
        # A cell of a table ends with a paragraph, which then is this one.
        if not _text(place).strip() and place.getnext() is not None:
            place.getparent().remove(place)


def _place(document: Any, name: str) -> Any:
    """Return the first paragraph of the body where a piece of the report is to stand."""
    for paragraph in _paragraphs(document.element.body):
        found = _PLACE.findall(_text(paragraph))
        alone = not _PLACE.sub("", _text(paragraph)).strip()
        if name in found and (alone or name == "report") and not _inside_text_box(paragraph):
            return paragraph
    return None


def _inside_text_box(paragraph: Any) -> bool:
    return any(one.tag.endswith("}txbxContent") for one in paragraph.iterancestors())


def _roots(document: Any) -> Iterator[Any]:
    """Yield the body, and every head and foot."""
    from docx.opc.constants import RELATIONSHIP_TYPE

    yield document.element.body
    ends = (RELATIONSHIP_TYPE.HEADER, RELATIONSHIP_TYPE.FOOTER)
    for one in document.part.rels.values():
        if one.reltype in ends:
            yield one.target_part.element


def _paragraphs(root: Any) -> list[Any]:
    from docx.oxml.ns import qn

    return list(root.iter(qn("w:p")))


def _texts(paragraph: Any) -> list[Any]:
    """Return the pieces of text of a paragraph, not those of text boxes inside it."""
    from docx.oxml.ns import qn

    own = (
        one for one in paragraph.iter(qn("w:t")) if next(one.iterancestors(qn("w:p"))) is paragraph
    )
    return list(own)


def _text(paragraph: Any) -> str:
    return "".join(one.text or "" for one in _texts(paragraph))


def _replace(paragraph: Any, words: dict[str, str]) -> None:
    """Put words for the places in a paragraph, also where these are split between runs."""
    pieces = _texts(paragraph)
    whole = "".join(one.text or "" for one in pieces)
    # Whose piece each letter is; a place's words go to the one that it begins in.
    owner = list(chain.from_iterable([at] * len(one.text or "") for at, one in enumerate(pieces)))
    if not _PLACE.search(whole):
        return
    new = [""] * len(pieces)
    end = 0
    for found in _PLACE.finditer(whole):
        for at in range(end, found.start()):
            new[owner[at]] += whole[at]
        new[owner[found.start()]] += clean(words[found.group(1)])
        end = found.end()
    for at in range(end, len(whole)):
        new[owner[at]] += whole[at]
    for piece, text in zip(pieces, new, strict=True):
        piece.text = text
        piece.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
