"""Mermaid, for pages and wikis that draw it: written for others, and not read back."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, NoReturn

from aktorkart.errors import Place, Problem, UnsupportedFile
from aktorkart.files.formats import Dumped
from aktorkart.files.sketch import left_out, strokes

if TYPE_CHECKING:
    from collections.abc import Iterable

    from aktorkart.files.decoding import File
    from aktorkart.files.sheets import Reading
    from aktorkart.model import ActorMap

_DASHES = {"strained": "6 3", "broken": "12 6", "missing": "1 4"}


def load(file: File, reading: Reading | None = None) -> NoReturn:  # noqa: ARG001 - as of others
    """Say that it is not read."""
    values = {"format": "Mermaid"}
    raise UnsupportedFile(Problem(code="written_only", place=Place(file=file.name), values=values))


def dump(kart: ActorMap, path: str) -> Dumped:
    """Write a flowchart, with the styles of its lines one by one."""
    data = ("\n".join(_lines(kart)) + "\n").encode()
    return Dumped({path: data}, left_out(kart, path, what="Mermaid"))


def _lines(kart: ActorMap) -> Iterable[str]:
    if kart.title:
        title = json.dumps(" ".join(kart.title.split()), ensure_ascii=False)
        yield from ("---", f"title: {title}", "---")
    yield "flowchart LR"
    for place, actor in enumerate(kart.actors):
        before, after = ("[[", "]]") if actor.id == kart.middle else ("[", "]")
        if actor.kind == "arena":
            before, after = "([", "])"
        yield f"  n{place}{before}{_quoted(actor.label)}{after}"
    styles = []
    for number, stroke in enumerate(strokes(kart)):
        mutual, one_way = ("-.-", "-.->") if stroke.form == "missing" else ("---", "-->")
        arrow = mutual if stroke.mutual else one_way
        words = f"|{_quoted(stroke.words)}|" if stroke.words else ""
        yield f"  n{stroke.source} {arrow}{words} n{stroke.target}"
        dashes = _DASHES.get(stroke.form)
        dashed = f",stroke-dasharray:{dashes}" if dashes else ""
        styles.append(f"  linkStyle {number} stroke-width:{stroke.width:g}px{dashed}")
    yield from styles


def _quoted(words: str) -> str:
    """Write text of which Mermaid, Markdown and HTML understand nothing as theirs."""
    return '"' + re.sub(r"[^\w ,.:()/+–-]", _entity, " ".join(words.split())) + '"'


def _entity(found: re.Match[str]) -> str:
    return f"#{ord(found.group())};"
