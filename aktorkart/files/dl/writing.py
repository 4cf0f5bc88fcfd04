"""A map written as a list of edges of UCINET, a matrix for each kind of tie."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from aktorkart.files.cells import write_number
from aktorkart.files.dl.reading import NEXT_MATRIX

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from aktorkart.files.plainly import Plain

_LONGEST_LABEL = 18


def written(codes: Mapping[str, str], ties: Sequence[Plain]) -> Iterable[str]:
    """Yield the lines of a file."""
    kinds = list(dict.fromkeys(tie.kind for tie in ties))
    several = kinds not in ([], ["contact"])
    yield f"dl n={len(codes)}" + (f" nm={len(kinds)}" if several else "") + " format=edgelist1"
    if codes:
        yield "labels:"
        yield from codes.values()
    if several:
        yield "matrix labels:"
        yield from codes_of(kinds).values()
    yield "data:"
    numbers = {id_: number for number, id_ in enumerate(codes, start=1)}
    for place, kind in enumerate(kinds):
        if place:
            yield NEXT_MATRIX
        for tie in ties:
            if tie.kind == kind:
                value = "" if tie.strength is None else f" {write_number(tie.strength, 'en')}"
                yield f"{numbers[tie.source]} {numbers[tie.target]}{value}"
                if tie.mutual:
                    yield f"{numbers[tie.target]} {numbers[tie.source]}{value}"


def codes_of(ids: Sequence[str]) -> dict[str, str]:
    """Return short labels, none of which are the same in capitals."""
    codes: dict[str, str] = {}
    taken: set[str] = set()
    for id_ in ids:
        bare = re.sub(r"[^\w.+-]", "_", id_)
        code, number = bare[:_LONGEST_LABEL], 1
        while code.upper() in taken or not code.strip("_"):
            number += 1
            end = f"_{number}"
            code = bare[: _LONGEST_LABEL - len(end)].rstrip("_") + end
        taken.add(code.upper())
        codes[id_] = code
    return codes
