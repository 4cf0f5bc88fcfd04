"""What a file is by its content, for when the ending says something else, or nothing."""

from __future__ import annotations

import re

_HEAD = 20_000
_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")

_CARRYING = (
    (b"\x89PNG\r\n\x1a\n", b"aktorkart-map"),
    (b"%PDF-", b"/EmbeddedFile"),
    (b"PK\x03\x04", b"word/document.xml"),
)
"""How binary files begin that may carry a map, and what is then in them."""

_PATTERNS: tuple[tuple[str, str], ...] = (
    ("json", r"\A\s*[\[{]\s*[\"\[{}\]]"),
    ("carried", r"\A\s*(<!doctype html|<html)\b"),
    ("graphml", r"<(\w+:)?graphml\b"),
    ("gexf", r"<(\w+:)?gexf\b"),
    (
        "carried",
        r"\A\s*(<\?xml[^>]*>\s*)?(<!--.{0,1000}?-->\s*)?(<!doctype[^>]*>\s*)?<(\w+:)?svg\b",
    ),
    ("pajek", r"\A(\s|%[^\n]*\n)*\*(network|vertices|arcs|edges|matrix)\b"),
    ("dl", r"\A\s*dl\b[\s,]*(n|nr|nc|nm|format|data|labels?|row|col)\b"),
    ("gml", r"\A(\s|#[^\n]*\n|(creator|version|comment)\b[^\n]*\n)*graph\s*\["),
    ("yaml", r"^(aktorkart|actors|ties|aktører|aktørar|aktörer|relasjoner):"),
)
"""How each format begins; the first that fits."""


def sniffed(data: bytes) -> str | None:
    """Return the name of the format that a content looks like; None if it is none of them."""
    for start, inside in _CARRYING:
        if data.startswith(start) and inside in data:
            return "carried"
    if data.startswith(b"PK\x03\x04"):
        sheets = b"xl/" in data or b"opendocument.spreadsheet" in data[:_HEAD]
        return "xlsx" if sheets else None
    if data.startswith(b"\xd0\xcf\x11\xe0"):  # an old workbook, or one with a password
        return "xlsx"
    head = data[:_HEAD]
    if head.startswith(_MARKS[1:]):
        text = head.decode("utf-16", errors="ignore")
    else:
        text = head.removeprefix(_MARKS[0]).decode("utf-8", errors="replace")
    for name, pattern in _PATTERNS:
        if re.search(pattern, text, re.IGNORECASE | re.MULTILINE):
            return name
    return None
