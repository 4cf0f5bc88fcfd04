"""A report as PDF that archives take (PDF/A) and that can be read aloud (PDF/UA-1)."""

from __future__ import annotations

import json
import re
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unicodedata import category

from aktorkart.errors import MissingExtra, Place, Problem, UnsupportedFile
from aktorkart.files.carried.payload import ATTACHED, MIME, plain
from aktorkart.i18n import text
from aktorkart.model.fields import first_day
from aktorkart.reports.widths import widths

if TYPE_CHECKING:
    from aktorkart.reports.pages import Report
    from aktorkart.reports.wording import Block, Drawn, Tabled

_STANDARDS: list[Any] = ["a-2a", "ua-1"]
"""What the file is: for archives, and for those who have it read aloud."""

_CARRYING: list[Any] = ["a-3a", "ua-1"]
"""The same where something is attached: only PDF/A-3 lets a map be."""

REGIONS = {"nb": "NO", "nn": "NO", "en": "GB", "sv": "SE"}

_FONT = "DejaVu Sans"
"""Comes with matplotlib, so that the file looks the same everywhere."""

_UNDATED = "1970-01-01"
"""PDF/A wants a date in the file; a map without one gets this, which nobody takes for its own."""

_ROOM = 104
"""Letters that go on a line of a table."""

_LAO_AM = 0x0EB3
"""A letter that is drawn as two."""

_BOX = "\N{WHITE SQUARE}"
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def pdf(report: Report) -> bytes:
    """Return a whole PDF; the same report gives the same bytes."""
    try:
        import typst
    except ImportError:
        values = {"feature": "PDF", "command": "pip install 'aktorkart[pdf]'"}
        raise MissingExtra(Problem(code="missing_extra", values=values)) from None
    from importlib.resources import files

    pictures: dict[str, bytes] = {}
    data = _data(report, pictures)
    template = files("aktorkart").joinpath("templates", "report.typ").read_bytes()
    sources: Any = {"main.typ": template, "data.json": json.dumps(data).encode(), **pictures}
    if report.embed:
        sources[ATTACHED] = plain(report.kart)
    try:
        made: bytes = typst.compile(
            sources,
            font_paths=[str(_fonts())],
            ignore_system_fonts=True,
            pdf_standards=_CARRYING if report.embed else _STANDARDS,
            timestamp=0,
        )
    except typst.TypstError:
        if report.logo is None:
            raise
        # All else is our own: only the logo can be something that is no picture.
        problem = Problem(code="not_a_logo", place=Place(file=report.logo.file))
        raise UnsupportedFile(problem) from None
    return made


def _fonts() -> Path:
    from matplotlib import get_data_path

    return Path(get_data_path(), "fonts", "ttf")


@cache
def _letters() -> frozenset[int]:
    """Return the letters that the font has, plain and bold."""
    from matplotlib.font_manager import get_font

    plain, bold = (
        set(get_font(_fonts() / name).get_charmap())
        for name in ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf")
    )
    # What is of private use is no text that an archive can keep.
    return frozenset(one for one in plain & bold if category(chr(one)) != "Co")


@cache
def _single_letters() -> frozenset[int]:
    """Return the letters that stand for themselves: not those that join others, or are drawn on."""
    joined = {"Mn", "Me", "Cf"}
    return frozenset(
        one for one in _letters() if category(chr(one)) not in joined and one != _LAO_AM
    )


def _writable(words: str) -> str:
    """Put a box in place of each sign that the font does not have."""
    line = _CONTROL.sub("", words)
    return "".join(one if ord(one) in _letters() or one.isspace() else _BOX for one in line)


def _clean(value: Any) -> Any:
    """Make every text in the data one that can be written."""
    if isinstance(value, dict):
        # Alternative texts are read aloud: they need no font.
        return {key: one if key == "alt" else _clean(one) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [_clean(one) for one in value]
    return _writable(value) if isinstance(value, str) else value


def _data(report: Report, pictures: dict[str, bytes]) -> dict[str, Any]:
    """Return what the template reads; the figures are put among the pictures."""
    wording, lang = report.wording, report.lang
    parts = [
        {
            "code": part,
            "heading": found[0].heading,
            "blocks": [_block(report, block, pictures) for block in found],
        }
        for part, found in (
            (part, list(blocks)) for part, blocks in groupby(wording.blocks, lambda one: one.part)
        )
    ]
    year, month, day = map(int, first_day(report.kart.date or _UNDATED).split("-"))
    data = _clean(
        {
            # Files beside the template are text; a picture goes with the data, byte by byte.
            "logo": list(report.logo.data) if report.logo is not None else None,
            "title": report.title,
            "facts": " · ".join(report.facts),
            "remarks": wording.remarks,
            "parts": parts,
            "about_map": wording.about_map,
            "contents": text("report.contents", lang),
            "key": wording.key,
            "footer": f"{wording.footer} {wording.carried}".rstrip(),
        }
    )
    boxes = json.dumps(data, ensure_ascii=False).count(_BOX)
    if boxes:
        data["footer"] += " " + text("figure.boxes", lang, n=boxes)
    return {
        **data,
        "date": {"year": year, "month": month, "day": day},
        "attached": {"file": ATTACHED, "mime": MIME, "about": wording.carried}
        if report.embed
        else None,
        "easy": report.easy,
        "font": _FONT,
        "lang": lang,
        "region": REGIONS[lang],
    }


def _block(report: Report, block: Block, pictures: dict[str, bytes]) -> dict[str, Any]:
    return {
        "title": block.title,
        "paragraphs": block.paragraphs,
        "lead": block.lead,
        "see": block.see,
        "lines": [
            {
                "text": line.text,
                "level": line.level,
                "sign": line.sign,
                "why": "; ".join(line.why) and f"{'; '.join(line.why)}.",
            }
            for line in block.lines
        ],
        "figures": [_figure(report, one, pictures) for one in block.figures],
        "tables": [_table(one) for one in block.tables],
    }


def _figure(report: Report, drawn: Drawn, pictures: dict[str, bytes]) -> dict[str, Any]:
    from aktorkart.figures import svg_text

    key = drawn.key
    svg = ""
    if key not in report.own and report.style.font == _FONT:
        svg = report.pictures.svg(report, key)
    if not svg or set(map(ord, svg)) - _single_letters() - {10}:
        # Letters of other fonts are shapes, and so are those of which typst cannot tell the text.
        svg = svg_text(report.figure(key), outlines=True)
    file = f"{key}.svg"
    looks = f"<style>{report.pictures.css()}</style></svg>"
    pictures[file] = (svg.removesuffix("</svg>") + looks).encode()
    _, _, width, height = map(float, svg.partition('viewBox="')[2].partition('"')[0].split())
    return {
        "file": file,
        "ratio": height / width,
        "alt": report.alt_text(drawn.key),
        "caption": drawn.caption,
    }


def _table(tabled: Tabled) -> dict[str, Any]:
    table = tabled.table
    rows = table.shown()
    heads = [column.title for column in table.columns]
    return {
        "caption": tabled.caption,
        "heads": heads,
        "rows": rows,
        "numeric": [column.numeric for column in table.columns],
        "widths": widths([heads, *rows], room=_ROOM) or [0] * len(heads),
    }
