"""What a Word file of ours is made of: styles, tables, and what is said of the file."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from aktorkart.errors import MissingExtra, Problem
from aktorkart.model.fields import first_day

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

LANGUAGES = {"nb": "nb-NO", "nn": "nn-NO", "en": "en-GB", "sv": "sv-SE"}

INK, _SOFT = "1C1C1C", "555555"
FONT = "Calibri"
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

_ROOM = MappingProxyType({"left": "40", "right": "90"})

_MOST_LETTERS = 255
"""What a file says of itself is not longer."""

_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def clean(words: str) -> str:
    """Leave out signs that XML does not take."""
    return _XML.sub("", words)


def expect_word() -> None:
    """Say how to install what writes Word files, where it is missing."""
    try:
        import docx as _  # noqa: F401 - only to say what is missing
    except ImportError:
        values = {"feature": "Word", "command": "pip install 'aktorkart[word]'"}
        raise MissingExtra(Problem(code="missing_extra", values=values)) from None


_ZIPPED = (1980, 1, 1, 0, 0, 0)
"""When the parts of a file were written: always then, so that the same content is the same."""


def saved(document: Any) -> bytes:
    """Return a document as a file, without the times at which its parts were written."""
    stream, out = io.BytesIO(), io.BytesIO()
    document.save(stream)
    with zipfile.ZipFile(stream) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as to:
        for name in source.namelist():
            info = zipfile.ZipInfo(name, _ZIPPED)
            info.compress_type = zipfile.ZIP_DEFLATED
            to.writestr(info, source.read(name))
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
        _look(style, color=_SOFT if name in {"Subtitle", "Caption"} else INK)
        style.font.name = FONT
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


def add_field(paragraph: Any, code: str, *, shown: str) -> None:
    """Add something that Word works out, as it is until Word has done so."""
    parts = [element("w:fldChar", fldCharType="begin"), element("w:instrText")]
    parts += [element("w:fldChar", fldCharType="separate"), element("w:t")]
    parts += [element("w:fldChar", fldCharType="end")]
    parts[1].text, parts[3].text = code, shown
    parts[1].set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    for part in parts:
        paragraph.add_run()._r.append(part)  # noqa: SLF001 - python-docx has no fields


def number_pages(document: Any) -> None:
    """Put the number of the page at its foot."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    foot = document.sections[0].footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    add_field(foot, " PAGE ", shown="1")


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
        defaults = element("w:docDefaults")
        styles.insert(0, defaults)
    if not list(defaults.iter(qn("w:lang"))):
        outer = defaults.find(qn("w:rPrDefault"))
        if outer is None:
            outer = element("w:rPrDefault")
            defaults.insert(0, outer)
        inner = outer.find(qn("w:rPr"))
        if inner is None:
            inner = element("w:rPr")
            outer.append(inner)
        inner.append(element("w:lang", val=code))
    for one in document.settings.element.iter(qn("w:themeFontLang")):
        one.set(qn("w:val"), code)


def dated_as(document: Any, *, title: str, lang: str, date: str | None) -> None:
    """Say of the file what it is called, its language, and the date of the map if it has one."""
    about = document.core_properties
    about.title, about.language = clean(title)[:_MOST_LETTERS], LANGUAGES[lang]
    about.author = about.last_modified_by = about.comments = ""
    about.revision = 1
    held = about._element  # noqa: SLF001 - a date cannot be taken away in another way
    for name in ("created", "modified", "lastPrinted"):
        for one in [child for child in held if child.tag.endswith(f"}}{name}")]:
            held.remove(one)
    if date is not None:
        day = dt.datetime.fromisoformat(first_day(date))
        about.created = about.modified = day


def element(name: str, **attributes: str) -> Any:
    """Make a piece of XML; its name and attributes are Word's own."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    made = OxmlElement(name)
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), value)
    return made


def table_style(
    document: Any,
    name: str,
    lines: Sequence[tuple[str, str, str]],
    *,
    room: Mapping[str, str] = _ROOM,
) -> Any:
    """Return a style of tables, which can be changed for all of them at once.

    ``lines`` are its sides with the size and the colour of each, ``room`` is what cells leave
    empty at theirs, in twentieths of a point.
    """
    from docx.enum.style import WD_STYLE_TYPE

    for style in document.styles:
        if style.name == name:
            return style
    style = document.styles.add_style(name, WD_STYLE_TYPE.TABLE)
    about, borders = element("w:tblPr"), element("w:tblBorders")
    for side, size, color in lines:
        borders.append(element(f"w:{side}", val="single", sz=size, space="0", color=color))
    margins = element("w:tblCellMar")
    for side, wide in room.items():
        margins.append(element(f"w:{side}", w=wide, type="dxa"))
    about.extend([borders, margins])
    style.element.append(about)
    return style
