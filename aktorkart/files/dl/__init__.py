"""DL files of UCINET, read and written: matrices, halves of them, lists of edges and of nodes.

UCINET knows a matrix: what stands in row and column is a tie from the one to the other, and a
pair of equal cells is mutual. Labels are cut at 18 characters and written in capitals there, so
what we write is short, and unlike in capitals too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from aktorkart.errors import Place, Problem
from aktorkart.files.dl.reading import draft
from aktorkart.files.dl.writing import codes_of, written
from aktorkart.files.drafted import carried
from aktorkart.files.formats import Dumped, Loaded
from aktorkart.files.making import made
from aktorkart.files.plainly import plainly
from aktorkart.model.vocabulary import QUALITIES

if TYPE_CHECKING:
    from aktorkart.files.decoding import File
    from aktorkart.files.sheets import Reading
    from aktorkart.model import ActorMap


def load(file: File, reading: Reading | None = None) -> Loaded:
    """Read the matrices of a file as one map."""
    return made(draft(file), reading)


def dump(kart: ActorMap, path: str) -> Dumped:
    """Write a list of edges, a matrix for each kind of tie."""
    ties, notes = plainly(kart, path)
    codes = codes_of([actor.id for actor in kart.actors])
    shortened = [f"{code} = {id_}" for id_, code in codes.items() if code != id_]
    marked = [
        f"{codes[tie.source]} – {codes[tie.target]}: {tie.quality}"
        for tie in ties
        if tie.quality not in (None, QUALITIES[0])
    ]
    unjudged = [
        f"{codes[tie.source]} – {codes[tie.target]}" for tie in ties if tie.strength is None
    ]
    place = Place(file=path)
    for code, told in (
        ("labels_shortened", shortened),
        ("quality_not_told", marked),
        ("unjudged_are_one", unjudged),
    ):
        if told:
            notes.append(Problem(code=code, place=place, values={"items": told, "n": len(told)}))
    data = ("\n".join(written(codes, ties)) + "\n").encode()
    return carried(kart, Dumped({path: data}, tuple(notes)), path, load, what="UCINET DL")
