"""Which way each tie goes, where a sheet says so or somebody has said it of the whole."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from aktorkart.files.words import BACK, direction_of

if TYPE_CHECKING:
    from aktorkart.files.rules.found import Found, Item


def settle_directions(found: Found) -> None:
    """Read the direction from columns of its own, from the kind, and from how it is to be read."""
    columns = found.columns["ties"]
    in_kinds = []
    if _says(found):
        rows = found.rows["ties"]
        in_kinds = [
            row for tie, row in zip(found.ties, rows, strict=True) if _read(found, tie, row)
        ]
    if in_kinds:
        heading = columns.heading(["kind"])
        found.note("kind_is_direction", "ties", heading=heading, n=len(in_kinds))
    found.said = [isinstance(tie.get("mutual"), bool) for tie in found.ties]
    directed = found.reading.directed
    if directed is None and (columns.one_way or found.draft.one_way):
        directed = True
        if silent := found.said.count(False):
            found.note("read_one_way", "ties", n=silent)
    if directed is not None:
        for tie in found.ties:
            tie.setdefault("mutual", not directed)
        found.said = [True] * len(found.ties)


def _says(found: Found) -> bool:
    """Tell whether a column may say which way ties go."""
    fields = found.columns["ties"].fields
    kinds = {kind for tie in found.ties if isinstance(kind := tie.get("kind"), str)}
    own = "direction" in fields or "directed" in fields
    return own or any(direction_of(kind) is not None for kind in kinds)


def _read(found: Found, tie: Item, row: int) -> bool:
    """Let a tie say which way it goes; tell whether its kind did."""
    said, one_way = tie.pop("direction", None), tie.pop("directed", None)
    if said is None and isinstance(one_way, bool):
        said = not one_way
    in_kind = _in_kind(found, tie.get("kind"))
    if in_kind is not None:
        del tie["kind"]
        said = in_kind if said is None else said
    if said == BACK:
        tie["source"], tie["target"] = tie.get("target"), tie.get("source")
        said = False
    if isinstance(said, bool):
        tie.setdefault("mutual", said)
    elif said is not None:
        heading = found.columns["ties"].heading(["direction"])
        found.refuse("not_direction", "ties", row, heading=heading, value=said)
    return in_kind is not None


def _in_kind(found: Found, kind: object) -> bool | str | None:
    """Return the direction that stands where a kind should; a kind that is declared is one."""
    declared = found.draft.about.get("tie_kinds")
    own = isinstance(kind, str) and isinstance(declared, Mapping) and kind in declared
    return None if own or not isinstance(kind, str) else direction_of(kind)
