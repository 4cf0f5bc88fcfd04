"""What a Word file is made of: styles, lists, notes, tables and what is said of the file."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from functools import cached_property
from typing import TYPE_CHECKING, Any

from aktorkart.errors import Place, Problem, UnreadableFile
from aktorkart.files.decoding import File
from aktorkart.model.fields import first_day
from aktorkart.reports.widths import widths

if TYPE_CHECKING:
    from aktorkart.reports.pages import Report
    from aktorkart.tables import Table

LANGUAGES = {"nb": "nb-NO", "nn": "nn-NO", "en": "en-GB", "sv": "sv-SE"}

_INK, _SOFT = "1C1C1C", "555555"
_FONT = "Calibri"
_SIZES = {
    "Title": 22.0,
    "Subtitle": 10.0,
    "Heading 1": 15.0,
    "Heading 2": 12.0,
    "Caption": 9.0,
    "Table Text": 8.5,
    "footnote text": 8.5,
}
_BEFORE_AFTER = {
    "Title": (0, 4),
    "Subtitle": (0, 8),
    "Heading 1": (16, 5),
    "Heading 2": (11, 3),
    "Caption": (3, 8),
    "List Paragraph": (0, 3),
    "Table Text": (1, 1),
    "footnote text": (0, 0),
}
_LETTERS = 92
"""Letters of the tables that go on a line, in whatever font there is: Word may have another."""

_TABLE = "Aktorkart Table"


_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def clean(words: str) -> str:
    """Leave out signs that XML does not take."""
    return _XML.sub("", words)


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


def style_of(document: Any, name: str) -> Any:
    """Return a paragraph style by its English name; it is made where the template lacks it."""
    from docx.enum.style import WD_STYLE_TYPE

    for style in document.styles:
        if style.name.casefold() == name.casefold() and style.type == WD_STYLE_TYPE.PARAGRAPH:
            return style
    kind = WD_STYLE_TYPE.PARAGRAPH
    style = document.styles.add_style(name, kind, builtin=name != "Table Text")
    _look(style)
    return style


def _look(style: Any, *, color: str | None = None) -> None:
    """Give a style its size, its room and, for a heading, its place in the outline."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    if style.name in _SIZES:
        style.font.size = Pt(_SIZES[style.name])
    before, after = _BEFORE_AFTER.get(style.name, (0, 6))
    layout = style.paragraph_format
    layout.space_before, layout.space_after = Pt(before), Pt(after)
    layout.line_spacing = 1.0 if style.name in {"Table Text", "footnote text"} else 1.1
    if color is not None:
        style.font.color.rgb = RGBColor.from_string(color)
    if style.name.startswith("Heading"):
        style.font.bold = layout.keep_with_next = True
        properties = style.element.get_or_add_pPr()
        if properties.find(qn("w:outlineLvl")) is None:
            level = OxmlElement("w:outlineLvl")
            level.set(qn("w:val"), str(int(style.name[-1]) - 1))
            properties.append(level)


def look_like_ours(document: Any, *, large: bool) -> None:
    """Make a page of A4 with our letters, where there is no template."""
    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt

    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(25)
    section.top_margin, section.bottom_margin = Mm(20), Mm(20)
    for name in ("Normal", *_BEFORE_AFTER):
        style = style_of(document, name)
        _look(style, color=_SOFT if name in {"Subtitle", "Caption"} else _INK)
        style.font.name = _FONT
        style.font.italic = False
        style.font.bold = name in {"Title", "Heading 1", "Heading 2"}
        fonts = style.element.rPr.rFonts
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
        for spaced in style.element.rPr.findall(qn("w:spacing")):
            style.element.rPr.remove(spaced)
        for line in style.element.pPr.findall(qn("w:pBdr")):
            style.element.pPr.remove(line)
    document.styles["Normal"].font.size = Pt(14 if large else 10.5)


def number_pages(document: Any) -> None:
    """Put the number of the page at its foot."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    foot = document.sections[0].footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    field = _element("w:fldSimple", instr="PAGE")
    run = _element("w:r")
    run.append(_element("w:t"))
    run[0].text = "1"
    field.append(run)
    foot._p.append(field)  # noqa: SLF001 - python-docx has no fields


def speak(document: Any, lang: str) -> None:
    """Say which language the text is in, in place of the one that was said."""
    from docx.oxml.ns import qn

    code = LANGUAGES[lang]
    styles = document.styles.element
    said = list(styles.iter(qn("w:lang")))
    for one in said:
        one.set(qn("w:val"), code)
    defaults = styles.find(qn("w:docDefaults"))
    if defaults is None:
        defaults = _element("w:docDefaults")
        styles.insert(0, defaults)
    if not list(defaults.iter(qn("w:lang"))):
        outer = defaults.find(qn("w:rPrDefault"))
        if outer is None:
            outer = _element("w:rPrDefault")
            defaults.insert(0, outer)
        inner = outer.find(qn("w:rPr"))
        if inner is None:
            inner = _element("w:rPr")
            outer.append(inner)
        inner.append(_element("w:lang", val=code))
    for one in document.settings.element.iter(qn("w:themeFontLang")):
        one.set(qn("w:val"), code)


def dated_as(document: Any, report: Report) -> None:
    """Say of the file what it is called, its language, and the date of the map if it has one."""
    about = document.core_properties
    about.title, about.language = report.title, LANGUAGES[report.lang]
    about.author = about.last_modified_by = about.comments = ""
    about.revision = 1
    element = about._element  # noqa: SLF001 - a date cannot be taken away in another way
    for name in ("created", "modified", "lastPrinted"):
        for one in [child for child in element if child.tag.endswith(f"}}{name}")]:
            element.remove(one)
    if report.kart.date is not None:
        day = dt.datetime.fromisoformat(first_day(report.kart.date))
        about.created = about.modified = day


def _element(name: str, **attributes: str) -> Any:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    made = OxmlElement(name)
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), value)
    return made


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
            one = _element("w:num", numId=id_)
            one.append(_element("w:abstractNumId", val=id_))
            numbering.append(one)

    def mark(self, paragraph: Any, sign: str) -> None:
        """Make a paragraph one of the list with a sign."""
        numbered = paragraph._p.get_or_add_pPr().get_or_add_numPr()  # noqa: SLF001 - no other way
        numbered.get_or_add_ilvl().val = 0
        numbered.get_or_add_numId().val = int(self._ids[sign])


def _bullet(sign: str, id_: str) -> Any:
    kind = _element("w:abstractNum", abstractNumId=id_)
    kind.append(_element("w:multiLevelType", val="singleLevel"))
    level = _element("w:lvl", ilvl="0")
    level.append(_element("w:start", val="1"))
    level.append(_element("w:numFmt", val="bullet"))
    level.append(_element("w:lvlText", val=sign))
    level.append(_element("w:lvlJc", val="left"))
    layout = _element("w:pPr")
    layout.append(_element("w:ind", left="340", hanging="340"))
    look = _element("w:rPr")
    font = "Segoe UI Symbol" if sign == "✓" else _FONT
    look.append(_element("w:rFonts", ascii=font, hAnsi=font, cs=font))
    look.append(_element("w:b"))
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
            note = _element("w:footnote", type=kind, id=id_)
            paragraph, run = _element("w:p"), _element("w:r")
            run.append(_element(f"w:{kind}"))
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
        note, said = _element("w:footnote", id=id_), _element("w:p")
        layout = _element("w:pPr")
        layout.append(_element("w:pStyle", val=style_of(self._document, "footnote text").style_id))
        run, text = _element("w:r"), _element("w:t")
        text.text = f" {words}"
        text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        run.append(text)
        said.extend([layout, _mark("w:footnoteRef"), run])
        note.append(said)
        root.append(note)


def _mark(name: str, **attributes: str) -> Any:
    run, look = _element("w:r"), _element("w:rPr")
    look.append(_element("w:vertAlign", val="superscript"))
    run.extend([look, _element(name, **attributes)])
    return run


def table_of(document: Any, table: Table, caption: str, column: float) -> None:
    """Add a table whose head is repeated on each page and whose rows stay whole."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Mm
    from docx.text.paragraph import Paragraph

    heads, rows = [one.title for one in table.columns], table.shown()
    made = document.add_table(rows=1 + len(rows), cols=len(heads), style=_table_style(document))
    made.autofit = False
    text = style_of(document, "Table Text").style_id
    room = round(_LETTERS * column / 160)
    shares = widths([heads, *rows], room=room)
    natural = [max(map(len, cells)) + 3 for cells in zip(heads, *rows, strict=True)]
    wide = [column * one / (sum(shares) or room) for one in shares or natural]
    about = made._tbl.tblPr  # noqa: SLF001 - python-docx has neither
    about.append(_element("w:tblCaption", val=clean(caption)))
    for place, (tr, cells) in enumerate(zip(made._tbl.tr_lst, [heads, *rows], strict=True)):  # noqa: SLF001
        kept = tr.get_or_add_trPr()
        kept.append(_element("w:cantSplit"))
        if place == 0:
            kept.append(_element("w:tblHeader"))
        for tc, words, one, width in zip(tr.tc_lst, cells, table.columns, wide, strict=True):
            tc.width = Mm(width)
            said = Paragraph(tc.p_lst[0], made)
            tc.p_lst[0].style = text  # by its id: python-docx looks through all styles for others
            said.add_run(clean(words)).bold = place == 0 or None
            if one.numeric:
                said.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    for grid, width in zip(made._tbl.tblGrid.gridCol_lst, wide, strict=True):  # noqa: SLF001
        grid.w = Mm(width)


def _table_style(document: Any) -> Any:
    """Return our style of tables, which can be changed for all of them at once."""
    from docx.enum.style import WD_STYLE_TYPE

    for style in document.styles:
        if style.name == _TABLE:
            return style
    style = document.styles.add_style(_TABLE, WD_STYLE_TYPE.TABLE)
    about, borders = _element("w:tblPr"), _element("w:tblBorders")
    lines = (("top", "6", _INK), ("bottom", "6", _INK), ("insideH", "4", "CCCCCC"))
    for side, size, color in lines:
        borders.append(_element(f"w:{side}", val="single", sz=size, space="0", color=color))
    margins = _element("w:tblCellMar")
    for side, room in (("left", "40"), ("right", "90")):
        margins.append(_element(f"w:{side}", w=room, type="dxa"))
    about.extend([borders, margins])
    style.element.append(about)
    return style
