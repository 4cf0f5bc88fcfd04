"""What a report in Word is made of beside its text: templates, lists, notes and tables."""

from __future__ import annotations

import io
import zipfile
from functools import cached_property
from typing import TYPE_CHECKING, Any

from aktorkart.errors import Place, Problem, UnreadableFile
from aktorkart.files.decoding import File
from aktorkart.files.word_file import FONT, INK, clean, element, style_of, table_style
from aktorkart.reports.widths import widths

if TYPE_CHECKING:
    from aktorkart.tables import Table

_LETTERS = 92
"""Letters of the tables that go on a line, in whatever font there is: Word may have another."""

_TABLE = "Aktorkart Table"
_LINES = (("top", "6", INK), ("bottom", "6", INK), ("insideH", "4", "CCCCCC"))

BROKEN = (KeyError, ValueError, AttributeError, NotImplementedError, RuntimeError, SyntaxError)
"""What readers of zip and XML raise of a file that is none, or is locked."""


def opened(template: str | None) -> Any:
    """Open a template, without what a .dotx is called inside; ours if there is none."""
    from docx import Document
    from docx.opc.exceptions import PackageNotFoundError

    if template is None:
        return Document()
    data = File(template).data()
    try:
        return Document(io.BytesIO(_as_document(data)))
    except (PackageNotFoundError, zipfile.BadZipFile, *BROKEN):
        problem = Problem(code="broken_template", place=Place(file=template))
        raise UnreadableFile(problem) from None


def _as_document(data: bytes) -> bytes:
    """Make a template (.dotx) a document, as Word does when it begins one from it."""
    with zipfile.ZipFile(io.BytesIO(data)) as source:
        types = source.read("[Content_Types].xml")
        if b"wordprocessingml.template.main+xml" not in types:
            return data
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
            for name in source.namelist():
                target.writestr(
                    name,
                    source.read(name)
                    if name != "[Content_Types].xml"
                    else types.replace(b"template.main+xml", b"document.main+xml"),
                )
        return out.getvalue()


class Bullets:
    """Lists with a sign of their own before each sentence."""

    def __init__(self, document: Any, signs: tuple[str, ...]) -> None:
        from docx.oxml.ns import qn

        numbering = _numbering(document)
        taken = [
            int(one.get(qn(f"w:{key}")))
            for key, tag in (("abstractNumId", "abstractNum"), ("numId", "num"))
            for one in numbering.findall(qn(f"w:{tag}"))
        ]
        first = max(taken, default=0) + 1
        self._ids = {sign: str(first + at) for at, sign in enumerate(signs)}
        before = numbering.find(qn("w:num"))
        for sign, id_ in self._ids.items():
            kind = _bullet(sign, id_)
            if before is None:
                numbering.append(kind)
            else:
                before.addprevious(kind)
        for id_ in self._ids.values():
            one = element("w:num", numId=id_)
            one.append(element("w:abstractNumId", val=id_))
            numbering.append(one)

    def mark(self, paragraph: Any, sign: str) -> None:
        """Make a paragraph one of the list with a sign."""
        numbered = paragraph._p.get_or_add_pPr().get_or_add_numPr()  # noqa: SLF001 - no other way
        numbered.get_or_add_ilvl().val = 0
        numbered.get_or_add_numId().val = int(self._ids[sign])


def _bullet(sign: str, id_: str) -> Any:
    kind = element("w:abstractNum", abstractNumId=id_)
    kind.append(element("w:multiLevelType", val="singleLevel"))
    level = element("w:lvl", ilvl="0")
    level.append(element("w:start", val="1"))
    level.append(element("w:numFmt", val="bullet"))
    level.append(element("w:lvlText", val=sign))
    level.append(element("w:lvlJc", val="left"))
    layout = element("w:pPr")
    layout.append(element("w:ind", left="340", hanging="340"))
    look = element("w:rPr")
    font = "Segoe UI Symbol" if sign == "✓" else FONT
    look.append(element("w:rFonts", ascii=font, hAnsi=font, cs=font))
    look.append(element("w:b"))
    level.extend([layout, look])
    kind.append(level)
    return kind


def _numbering(document: Any) -> Any:
    """Return what holds the lists; a template without any gets it."""
    from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
    from docx.opc.packuri import PackURI
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls
    from docx.parts.numbering import NumberingPart

    part = document.part
    for one in part.rels.values():
        if one.reltype == RELATIONSHIP_TYPE.NUMBERING:
            return one.target_part.element
    made = NumberingPart(
        PackURI("/word/numbering.xml"),
        CONTENT_TYPE.WML_NUMBERING,
        parse_xml(f"<w:numbering {nsdecls('w')}/>"),
        part.package,
    )
    part.relate_to(made, RELATIONSHIP_TYPE.NUMBERING)
    return made.element


class Notes:
    """Footnotes, which python-docx does not know."""

    def __init__(self, document: Any) -> None:
        self._document = document

    @cached_property
    def _root(self) -> Any:
        from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
        from docx.opc.packuri import PackURI
        from docx.opc.part import XmlPart
        from docx.oxml import parse_xml
        from docx.oxml.ns import nsdecls

        part = self._document.part
        for one in part.rels.values():
            if one.reltype == RELATIONSHIP_TYPE.FOOTNOTES:
                old = one.target_part
                root = parse_xml(old.blob)
                one._target = XmlPart(old.partname, old.content_type, root, part.package)  # noqa: SLF001
                return root
        root = parse_xml(f"<w:footnotes {nsdecls('w')}/>")
        for id_, kind in (("-1", "separator"), ("0", "continuationSeparator")):
            note = element("w:footnote", type=kind, id=id_)
            paragraph, run = element("w:p"), element("w:r")
            run.append(element(f"w:{kind}"))
            paragraph.append(run)
            note.append(paragraph)
            root.append(note)
        made = XmlPart(
            PackURI("/word/footnotes.xml"), CONTENT_TYPE.WML_FOOTNOTES, root, part.package
        )
        part.relate_to(made, RELATIONSHIP_TYPE.FOOTNOTES)
        return root

    def add(self, paragraph: Any, words: str) -> None:
        """Put a mark at the end of a paragraph, and the words at the foot of the page."""
        from docx.oxml.ns import qn

        root = self._root
        id_ = str(max(int(one.get(qn("w:id"))) for one in root) + 1)
        paragraph._p.append(_mark("w:footnoteReference", id=id_))  # noqa: SLF001
        note, said = element("w:footnote", id=id_), element("w:p")
        layout = element("w:pPr")
        layout.append(element("w:pStyle", val=style_of(self._document, "footnote text").style_id))
        run, text = element("w:r"), element("w:t")
        text.text = f" {words}"
        text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        run.append(text)
        said.extend([layout, _mark("w:footnoteRef"), run])
        note.append(said)
        root.append(note)


def _mark(name: str, **attributes: str) -> Any:
    run, look = element("w:r"), element("w:rPr")
    look.append(element("w:vertAlign", val="superscript"))
    run.extend([look, element(name, **attributes)])
    return run


def table_of(document: Any, table: Table, caption: str, column: float) -> None:
    """Add a table whose head is repeated on each page and whose rows stay whole."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Mm
    from docx.text.paragraph import Paragraph

    heads, rows = [one.title for one in table.columns], table.shown()
    style = table_style(document, _TABLE, _LINES)
    made = document.add_table(rows=1 + len(rows), cols=len(heads), style=style)
    made.autofit = False
    text = style_of(document, "Table Text").style_id
    room = round(_LETTERS * column / 160)
    shares = widths([heads, *rows], room=room)
    natural = [max(map(len, cells)) + 3 for cells in zip(heads, *rows, strict=True)]
    wide = [column * one / (sum(shares) or room) for one in shares or natural]
    about = made._tbl.tblPr  # noqa: SLF001 - python-docx has neither
    about.append(element("w:tblCaption", val=clean(caption)))
    for place, (tr, cells) in enumerate(zip(made._tbl.tr_lst, [heads, *rows], strict=True)):  # noqa: SLF001
        kept = tr.get_or_add_trPr()
        kept.append(element("w:cantSplit"))
        if place == 0:
            kept.append(element("w:tblHeader"))
        for tc, words, one, width in zip(tr.tc_lst, cells, table.columns, wide, strict=True):
            tc.width = Mm(width)
            said = Paragraph(tc.p_lst[0], made)
            tc.p_lst[0].style = text  # by its id: python-docx looks through all styles for others
            said.add_run(clean(words)).bold = place == 0 or None
            if one.numeric:
                said.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    for grid, width in zip(made._tbl.tblGrid.gridCol_lst, wide, strict=True):  # noqa: SLF001
        grid.w = Mm(width)
