"""A report as a Word file: styles, captions, notes and tables that a secretary can edit."""

from __future__ import annotations

import io
import re
from itertools import groupby
from typing import TYPE_CHECKING, Any

from aktorkart.errors import Place, Problem, UnsupportedFile
from aktorkart.figures.drawing.saving import to_bytes
from aktorkart.files.carried.putting import put_into_word
from aktorkart.files.word_file import (
    add_field,
    dated_as,
    expect_word,
    look_like_ours,
    number_pages,
    saved,
    speak,
    style_of,
)
from aktorkart.files.word_file import clean as _clean
from aktorkart.reports.figures import tell
from aktorkart.reports.word_parts import BROKEN, Bullets, Notes, opened, table_of
from aktorkart.reports.word_template import fill
from aktorkart.reports.wording import SIGNS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from aktorkart.reports.logo import Logo
    from aktorkart.reports.pages import Report
    from aktorkart.reports.wording import Block, Drawn, Tabled

COLUMN = 160.0
"""Width of the text on a page, in millimetres."""

_DPI = 220
_HIGHEST = 220.0
"""A figure so high, in millimetres, leaves room on a page to its caption."""


def docx(report: Report) -> bytes:
    """Return a Word file; the same report, from the same template, gives the same bytes."""
    expect_word()
    document = opened(report.template)
    own = report.template is None
    if own:
        look_like_ours(document, large=report.easy)
        number_pages(document)
    speak(document, report.lang)
    dated_as(document, title=report.title, lang=report.lang, date=report.kart.date)
    written = _Written(document, report)
    if own:
        written.begin()
        written.blocks()
        written.end()
    else:
        fill(document, written)
    put_into_word(document, report.kart if report.embed else None)
    return saved(document)


class _Written:
    """The report's paragraphs, figures and tables, put at the end of a document."""

    def __init__(self, document: Any, report: Report) -> None:
        self.document = document
        self.report = report
        self.wording = report.wording
        self.bullets = Bullets(document, ("•", *filter(None, SIGNS.values())))
        self.notes = Notes(document)
        self.counted: dict[str, str] = {}

    @property
    def column(self) -> float:
        """Width of the text in millimetres, at the most ours."""
        section = self.document.sections[-1]
        inside = section.page_width.mm - section.left_margin.mm - section.right_margin.mm
        return float(min(COLUMN, max(inside, COLUMN / 2)))

    def paragraph(self, words: str, style: str = "Normal") -> Any:
        """Add a paragraph in a style by its English name."""
        return self.document.add_paragraph(_clean(words), style=style_of(self.document, style))

    def caption(self, words: str) -> Any:
        """Add a caption whose number is a field, so that Word can count and list what there is."""
        numbered = re.match(r"(\D+)(\d+)(.*)", words, re.DOTALL)
        if numbered is None:
            return self.paragraph(words, "Caption")
        kind, number, rest = numbered.groups()
        # A table in several pieces has one number.
        again = " \\c" if self.counted.get(kind) == number else ""
        self.counted[kind] = number
        made = self.paragraph(kind, "Caption")
        add_field(made, f" SEQ {kind.strip()}{again} \\* ARABIC ", shown=number)
        made.add_run(_clean(rest))
        return made

    def begin(self, *, title: bool = True) -> None:
        """Write the title, unless the template has it, and what stands under it."""
        if self.report.logo is not None:
            self._logo(self.report.logo)
        if title:
            self.paragraph(self.report.title, "Title")
        if self.report.facts:
            self.paragraph(" · ".join(self.report.facts), "Subtitle")
        for remark in self.wording.remarks:
            self.paragraph("").add_run(_clean(remark)).bold = True

    def _logo(self, logo: Logo) -> None:
        from docx.enum.text import WD_ALIGN_PARAGRAPH
        from docx.image import exceptions
        from docx.shared import Mm

        place = self.paragraph("")
        place.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        try:
            picture = place.add_run().add_picture(io.BytesIO(logo.data), height=Mm(14))
        except (
            exceptions.InvalidImageStreamError,
            exceptions.UnexpectedEndOfFileError,
            exceptions.UnrecognizedImageError,
            *BROKEN,
        ):
            problem = Problem(code="not_a_logo", place=Place(file=logo.file))
            raise UnsupportedFile(problem) from None
        # It says nothing that the title does not.
        picture._inline.docPr.set("descr", "")  # noqa: SLF001 - python-docx has no other way

    def end(self) -> None:
        """Write what ends the report."""
        for words in self.wording.about_map:
            self.paragraph(words)
        wording = self.wording
        last = f"{wording.key} {wording.footer} {wording.carried}"
        self.paragraph(last.rstrip(), "Caption")

    def blocks(self, *, summary: bool = True, rest: bool = True) -> None:
        """Write the summary, the other parts, or both; the summary has a page of its own."""
        wanted = (one for one in self.wording.blocks if (summary, rest)[one.part != "summary"])
        for place, (_, blocks) in enumerate(groupby(wanted, key=lambda one: one.part)):
            for at, block in enumerate(blocks):
                self._block(block, page=place == 1 and at == 0 and summary)

    def _block(self, block: Block, *, page: bool) -> None:
        if block.heading:
            heading = self.paragraph(block.heading, "Heading 1")
            heading.paragraph_format.page_break_before = page or None
        if block.title:
            self.paragraph(block.title, "Heading 2")
        for words in block.paragraphs:
            self.paragraph(words)
        for line in block.lines:
            said = self.paragraph(line.text, "List Paragraph")
            self.bullets.mark(said, line.sign or "•")
            if line.why:
                self.notes.add(said, _clean("; ".join(line.why)))
        for words in (block.lead, block.see):
            if words:
                said = self.paragraph(words)
                said.paragraph_format.keep_with_next = bool(block.tables) or None
        for drawn in block.figures:
            self._figure(drawn)
        for tabled in block.tables:
            self._table(tabled)

    def _figure(self, drawn: Drawn) -> None:
        from docx.shared import Mm

        axes = self.report.figure(drawn.key, width=self.column)
        alt = self.report.alt_text(drawn.key)
        place = self.paragraph("")
        place.paragraph_format.keep_with_next = True
        wide, high = axes.figure.bbox.size
        width = min(self.column, _HIGHEST * wide / high)
        picture = place.add_run().add_picture(
            io.BytesIO(to_bytes(axes, ".png", dpi=_DPI, alt=alt)), width=Mm(width)
        )
        tell(self.report, drawn.key, drawn=1)
        about = picture._inline.docPr  # noqa: SLF001 - python-docx has no other way
        about.set("descr", _clean(alt))
        about.set("name", drawn.caption.partition(".")[0])
        self.caption(drawn.caption)

    def _table(self, tabled: Tabled) -> None:
        caption = self.caption(tabled.caption)
        caption.paragraph_format.keep_with_next = True
        table_of(self.document, tabled.table, tabled.caption, self.column)
        self.paragraph("").paragraph_format.space_after = 0

    def lines(self) -> Iterable[str]:
        """Return the sentences of the summary."""
        return (
            line.text
            for block in self.wording.blocks
            if block.part == "summary"
            for line in block.lines
        )
