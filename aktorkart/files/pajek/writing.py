"""A map written as a network of Pajek."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from aktorkart.files import about
from aktorkart.files.cells import write_number
from aktorkart.files.pajek.reading import UNKNOWN
from aktorkart.files.positions import PAGE

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from aktorkart.files.plainly import Plain
    from aktorkart.model import ActorMap


def written(kart: ActorMap, ties: Sequence[Plain]) -> Iterable[str]:
    """Yield the lines of a file; those of comment hold what Pajek has no place for."""
    for name, value in about.written(kart):
        if name != "needs":  # it may hold kinds, which have no place here
            yield f"%aktorkart {json.dumps([name, value], ensure_ascii=False)}"
    for number, actor in enumerate(kart.actors, start=1):
        yield f"%id {json.dumps([number, actor.id], ensure_ascii=False)}"
    if kart.title:
        yield f"*Network {' '.join(kart.title.split())}"
    yield f"*Vertices {len(kart.actors)}"
    numbers: dict[str, int] = {}
    for number, actor in enumerate(kart.actors, start=1):
        numbers[actor.id] = number
        x, y = kart.positions.get(actor.id, (None, None))
        place = "" if x is None or y is None else f" {x / PAGE[0]!r} {1 - y / PAGE[1]!r} 0.5"
        yield f"{number} {_quoted(actor.label)}{place}"
    kinds = list(dict.fromkeys(tie.kind for tie in ties))
    for index, kind in enumerate(kinds, start=1):
        relation = "" if kinds == ["contact"] else f" :{index} {_quoted(kind)}"
        for both, header in ((False, "*Arcs"), (True, "*Edges")):
            told = [tie for tie in ties if tie.kind == kind and tie.mutual is both]
            if told:
                yield header + relation
                for tie in told:
                    yield f"{numbers[tie.source]} {numbers[tie.target]}{_value_of(tie)}"


def _value_of(tie: Plain) -> str:
    """Write the value of a line, and in its label what Pajek has no value for."""
    if tie.quality is None:
        return "" if tie.strength is None else f" {write_number(tie.strength, 'en')}"
    if tie.strength is None:
        return f' 1 l "{tie.quality} {UNKNOWN}"'
    return f' {write_number(tie.strength, "en")} l "{tie.quality}"'


def _quoted(label: str) -> str:
    return '"' + label.replace("&#", "&#38;#").replace('"', "&#34;").replace("\\", "&#92;") + '"'
