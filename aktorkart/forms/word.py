"""A form as a Word file: lines to write on, tables to fill in, boxes to tick, cards to cut."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from aktorkart.files.word_file import (
    clean,
    dated_as,
    element,
    expect_word,
    look_like_ours,
    number_pages,
    saved,
    speak,
    style_of,
    table_style,
)
from aktorkart.forms.paper import Tick
from aktorkart.forms.word_controls import Controls

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aktorkart.forms.paper import Card, Cell, Column, Grid, Line, Paper, Part

_MARGIN = 15.0
_LINE, _LEAST = 7.5, 8.0
"""Height of a line to write on, and the least height of a row, in millimetres."""

_LABEL = 0.3
"""The questions' part of the width."""

_SHADE = "E8EEF4"
_SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")
_EDGES = tuple((side, "4", "8A96A3") for side in _SIDES)
_ROOM = {"top": "40", "left": "80", "bottom": "30", "right": "80"}
"""What the cells leave empty at their sides, in twentieths of a point."""

_MISSING = "9C2A00"
_ACTOR = "1F4E79"

_CARDS = 2
"""Cards beside each other on a page of A4; four of them above each other."""
_HIGH, _GUTTER = 54.0, 4.0
_LETTERS = {20: 18, 18: 21, 16: 24, 14: 28, 12: 33, 10: 40}
"""How large a name is on a card, by the letters of its longest word that have room then."""
_NAME_LINES = 3


def docx(paper: Paper, lang: str) -> bytes:
    """Return a form as a Word file; the same form gives the same bytes."""
    expect_word()
    from docx import Document

    document = Document()
    look_like_ours(document, large=False)
    number_pages(document)
    speak(document, lang)
    dated_as(document, title=paper.title, lang=lang, date=paper.date)
    _hyphenate(document)
    written = _Written(document, paper)
    written.all()
    return saved(document)


def _hyphenate(document: Any) -> None:
    """Let Word part long words in narrow columns, as the language does."""
    from docx.oxml.ns import qn

    tab = document.settings.element.find(qn("w:defaultTabStop"))
    if tab is not None:  # it has its place among the settings
        tab.addnext(element("w:autoHyphenation"))


class _Written:
    def __init__(self, document: Any, paper: Paper) -> None:
        from docx.enum.section import WD_ORIENT
        from docx.shared import Mm, Pt

        self.document, self.paper = document, paper
        self.controls = Controls()
        styles = ("Title", "Subtitle", "Heading 1", "Normal", "Caption", "Table Text")
        self.styles = {name: style_of(document, name) for name in styles}
        section = document.sections[0]
        if paper.landscape:
            section.orientation = WD_ORIENT.LANDSCAPE
            section.page_width, section.page_height = section.page_height, section.page_width
        section.left_margin = section.right_margin = Mm(_MARGIN)
        section.top_margin = section.bottom_margin = Mm(_MARGIN)
        self.width = float(section.page_width.mm) - 2 * _MARGIN
        self.styles["Table Text"].font.size = Pt(10)
        self.small = self.styles["Table Text"].style_id

    def all(self) -> None:
        """Write the whole form."""
        paper = self.paper
        self.said(paper.title, "Title")
        if paper.facts:
            self.said(" · ".join(paper.facts), "Subtitle")
        for remark in paper.remarks:
            self.said("").add_run(clean(remark)).bold = True
        if paper.guide:
            self.said(paper.guide)
        for note in paper.notes:
            self.said(note, "Caption")
        for part in paper.parts:
            self.part(part)

    def part(self, part: Part) -> None:
        """Write a heading, and what is to be filled in under it."""
        if part.title:
            self.said(part.title, "Heading 1")
        for words in part.words:
            self.said(words).paragraph_format.keep_with_next = True
        if part.lines:
            self.lines(part.lines)
        if part.grid is not None:
            self.grid(part.grid, part.title or self.paper.title)
        if part.cards:
            self.cards(part.cards)

    def said(self, words: str, style: str = "Normal") -> Any:
        """Add a paragraph in a style by its English name."""
        return self.document.add_paragraph(clean(words), style=self.styles[style])

    def lines(self, lines: Sequence[Line]) -> None:
        """Add questions, each with room for the answer beside it."""
        table = self._table(len(lines), (_LABEL, 1 - _LABEL))
        for row, line in zip(_rows(table), lines, strict=True):
            _height(row, max(_LEAST, line.room * _LINE))
            label, answer = row.tc_lst
            _shaded(label)
            kept = line is not lines[-1]
            self._write(table, label, line.label, line.label, label=True, kept=kept)
            self._write(table, answer, line.value, line.label)
        _headed(table, row=False)
        self._after()

    def grid(self, grid: Grid, caption: str) -> None:
        """Add a table to fill in, whose head is repeated on each page and whose rows stay whole."""
        table = self._table(1 + len(grid.all_rows), [one.share for one in grid.columns])
        table._tbl.tblPr.append(element("w:tblCaption", val=clean(caption)))  # noqa: SLF001
        head, *body = _rows(table)
        head.get_or_add_trPr().append(element("w:tblHeader"))
        for cell, column in zip(head.tc_lst, grid.columns, strict=True):
            _shaded(cell)
            self._write(table, cell, column.title, column.title, label=True)
        for row, cells in zip(body, grid.all_rows, strict=True):
            _height(row, _LEAST)
            for cell, words, column in zip(row.tc_lst, cells, grid.columns, strict=True):
                self._write(table, cell, words, column.title, column=column)
        _headed(table, row=True)
        self._after()

    def cards(self, cards: Sequence[Card]) -> None:
        """Add cards to cut out, with room between them."""
        inside = (self.width - _GUTTER) / 2
        down = -(-len(cards) // _CARDS)
        table = self._table(2 * down - 1, (inside, _GUTTER, inside), edged=False)
        for place, row in enumerate(_rows(table)):
            _height(row, (_GUTTER, _HIGH)[place % 2 == 0], exact=True)
            if place % 2:
                for cell in row.tc_lst:
                    self._small(table, cell)
                continue
            self._small(table, row.tc_lst[1])
            for beside, cell in enumerate(row.tc_lst[::2]):
                at = place + beside
                if at < len(cards):
                    self._card(table, cell, cards[at])
        self._after()

    def _card(self, table: Any, cell: Any, card: Card) -> None:
        from docx.shared import Mm, Pt, RGBColor
        from docx.text.paragraph import Paragraph

        color = _MISSING if card.missing else _ACTOR
        edges = element("w:tcBorders")
        for side in ("top", "left", "bottom", "right"):
            thick = not card.missing and side == "left"
            kind = "dashed" if card.missing else "single"
            size = "18" if card.missing else "48" if thick else "6"
            edges.append(element(f"w:{side}", val=kind, sz=size, space="0", color=color))
        about = cell.get_or_add_tcPr()
        about.append(edges)
        room = element("w:tcMar")
        room.extend([element(f"w:{side}", w="200", type="dxa") for side in ("top", "left")])
        about.append(room)
        title = Paragraph(cell.p_lst[0], table)
        title.style = self.styles["Normal"]
        title.paragraph_format.space_after = Pt(6)
        run = title.add_run(clean(_cut(card.title)))
        run.bold = True
        run.font.size = Pt(_size(card.title))
        run.font.color.rgb = RGBColor.from_string(color)
        for words in card.lines:
            said = Paragraph(cell.add_p(), table)
            said.style = self.styles["Normal"]
            said.paragraph_format.space_after = Pt(2)
            said.paragraph_format.right_indent = Mm(2)
            said.add_run(clean(words)).font.size = Pt(12)

    def _small(self, table: Any, cell: Any) -> None:
        """Make the paragraph of an empty cell too small to make its row higher."""
        from docx.shared import Pt
        from docx.text.paragraph import Paragraph

        empty = Paragraph(cell.p_lst[0], table).paragraph_format
        empty.space_before = empty.space_after = Pt(0)
        empty.line_spacing = Pt(1)

    def _table(self, rows: int, shares: Sequence[float], *, edged: bool = True) -> Any:
        from docx.shared import Mm

        name = "Aktorkart Form" if edged else "Aktorkart Cards"
        style = table_style(self.document, name, _EDGES if edged else (), room=_ROOM)
        table = self.document.add_table(rows=rows, cols=len(shares), style=style)
        table.autofit = False
        widths = [self.width * share / sum(shares) for share in shares]
        for grid, width in zip(table._tbl.tblGrid.gridCol_lst, widths, strict=True):  # noqa: SLF001
            grid.w = Mm(width)
        for row in _rows(table):
            for cell, width in zip(row.tc_lst, widths, strict=True):
                cell.width = Mm(width)
        return table

    def _write(  # noqa: PLR0913 - what a cell is
        self,
        table: Any,
        cell: Any,
        words: Cell,
        named: str,
        *,
        label: bool = False,
        column: Column | None = None,
        kept: bool = False,
    ) -> None:
        """Write a cell, line by line; of a label the first in bold; kept with the next row."""
        from docx.enum.text import WD_ALIGN_PARAGRAPH
        from docx.shared import Pt
        from docx.text.paragraph import Paragraph

        lines: list[Cell] = [words] if isinstance(words, Tick) else [*words.split("\n")]
        for place, one in enumerate(lines):
            said = Paragraph(cell.p_lst[0] if place == 0 else cell.add_p(), table)
            said._p.style = self.small  # noqa: SLF001 - looking a style up takes long
            if isinstance(one, Tick):
                self.controls.tick(said, done=one.done, named=named)
            elif column is not None and column.offered:
                self.controls.choose(said, one, column.offered, named=named)
            elif one:
                run = said.add_run(clean(one))
                run.bold = (label and place == 0) or None
                if label:
                    run.font.size = Pt(9)
            if isinstance(one, Tick) or (column is not None and column.numeric):
                said.alignment = WD_ALIGN_PARAGRAPH.CENTER
            if kept:
                said.paragraph_format.keep_with_next = True

    def _after(self) -> None:
        from docx.shared import Pt

        empty = self.said("").paragraph_format
        empty.space_before = empty.space_after = Pt(0)
        empty.line_spacing = Pt(4)


def _rows(table: Any) -> list[Any]:
    return list(table._tbl.tr_lst)  # noqa: SLF001 - asking a table for its cells takes long


def _height(row: Any, high: float, *, exact: bool = False) -> None:
    from docx.enum.table import WD_ROW_HEIGHT_RULE
    from docx.shared import Mm

    about = row.get_or_add_trPr()
    about.append(element("w:cantSplit"))
    row.trHeight_val = Mm(high)
    row.trHeight_hRule = WD_ROW_HEIGHT_RULE.EXACTLY if exact else WD_ROW_HEIGHT_RULE.AT_LEAST


def _shaded(cell: Any) -> None:
    cell.get_or_add_tcPr().append(element("w:shd", val="clear", color="auto", fill=_SHADE))


def _headed(table: Any, *, row: bool) -> None:
    """Say where the table's headings are: in the first row, or in the first column."""
    from docx.oxml.ns import qn

    for look in table._tbl.tblPr.findall(qn("w:tblLook")):  # noqa: SLF001 - python-docx has no such thing
        look.set(qn("w:firstRow"), str(int(row)))
        look.set(qn("w:firstColumn"), str(int(not row)))


def _size(title: str) -> int:
    """Return how large a name can be in whole words on three lines."""
    longest = max(map(len, title.split()), default=0)
    for size, most in _LETTERS.items():
        if longest <= most and len(title) <= _NAME_LINES * most - most // 2:
            return size
    return min(_LETTERS)


def _cut(title: str) -> str:
    """Shorten a name that would leave no room for anything else on its card."""
    most = _NAME_LINES * _LETTERS[min(_LETTERS)]
    return title if len(title) <= most else f"{title[: most - 1].rstrip()}…"
