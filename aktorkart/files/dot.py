"""DOT, for Graphviz: written for others to draw, and not read back."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

from aktorkart.errors import Place, Problem, UnsupportedFile
from aktorkart.files.formats import Dumped
from aktorkart.files.sketch import left_out, strokes

if TYPE_CHECKING:
    from collections.abc import Iterable

    from aktorkart.files.decoding import File
    from aktorkart.files.sheets import Reading
    from aktorkart.model import ActorMap

_STYLES = {
    "solid": "solid",
    "unknown": "solid",
    "strained": "dashed",
    "broken": "dashed",
    "missing": "dotted",
}


def load(file: File, reading: Reading | None = None) -> NoReturn:  # noqa: ARG001 - as of others
    """Say that it is not read."""
    values = {"format": "DOT"}
    raise UnsupportedFile(Problem(code="written_only", place=Place(file=file.name), values=values))


def dump(kart: ActorMap, path: str) -> Dumped:
    """Write a graph that Graphviz draws: ``dot -Tsvg``, or better ``neato``."""
    data = ("\n".join(_lines(kart)) + "\n").encode()
    return Dumped({path: data}, left_out(kart, path, what="DOT"))


def _lines(kart: ActorMap) -> Iterable[str]:
    yield "digraph {"
    if kart.title:
        yield f"  label={_quoted(kart.title)} labelloc=t"
    yield "  overlap=false splines=true"
    yield '  node [shape=box style=rounded fontname="sans-serif"]'
    yield '  edge [fontname="sans-serif" fontsize=10 arrowsize=0.7]'
    for place, actor in enumerate(kart.actors):
        shape = " peripheries=2" if actor.id == kart.middle else ""
        shape += ' shape=ellipse style=""' if actor.kind == "arena" else ""
        yield f"  n{place} [label={_quoted(actor.label)}{shape}]"
    for stroke in strokes(kart):
        marks = [f"penwidth={stroke.width:g}", f"style={_STYLES[stroke.form]}"]
        if stroke.mutual:
            marks.append("dir=none")
        if stroke.form == "missing":
            marks += ["color=gray50", "constraint=false"]
        if stroke.words:
            marks.append(f"label={_quoted(stroke.words)}")
        yield f"  n{stroke.source} -> n{stroke.target} [{' '.join(marks)}]"
    yield "}"


def _quoted(words: str) -> str:
    r"""Write text for Graphviz, to which ``\N`` is a name and ``&amp;`` a letter."""
    bare = " ".join(words.split()).replace("&", "&amp;")
    return '"' + bare.replace("\\", "\\\\").replace('"', '\\"') + '"'
