"""Which way each tie goes, where a sheet says so or somebody has said it of the whole."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from aktorkart.files.words import BACK, direction_of

if TYPE_CHECKING:
    from aktorkart.files.rules.found import Found


def settle_directions(found: Found) -> None:
    """Read the direction from columns of its own, from the kind, and from how it is to be read."""
    columns, own = found.columns["ties"], found.draft.about.get("tie_kinds")
    own = own if isinstance(own, Mapping) else {}
    in_kinds = []
    for place, tie in enumerate(found.ties):
        said = tie.pop("direction", None)
        one_way = tie.pop("directed", None)
        if said is None and isinstance(one_way, bool):
            said = not one_way
        kind = tie.get("kind")
        in_kind = direction_of(kind) if isinstance(kind, str) and kind not in own else None
        if in_kind is not None:
            del tie["kind"]
            said = in_kind if said is None else said
            in_kinds.append(found.rows["ties"][place])
        if said == BACK:
            tie["source"], tie["target"] = tie.get("target"), tie.get("source")
            said = False
        if isinstance(said, bool):
            tie.setdefault("mutual", said)
        elif said is not None:
            row, heading = found.rows["ties"][place], columns.heading(["direction"])
            found.refuse("not_direction", "ties", row, heading=heading, value=said)
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
