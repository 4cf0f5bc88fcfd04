"""Which lines of service nobody has stated: what is usual for a kind is an assumption of ours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aktorkart.finding import Coded, Finding, finding, some
from aktorkart.model.vocabulary import KINDS, UNSURE_LINES
from aktorkart.network.groups import basis_of

if TYPE_CHECKING:
    from aktorkart.model import ActorMap


def lines(kart: ActorMap) -> list[Finding]:
    """Say for how many actors, and of which kinds, the line only follows from the kind."""
    # That users have their personal network is what the word means, and no assumption.
    basis = {
        actor.id: basis_of(kart, actor.id, "line") for actor in kart.actors if actor.kind != "user"
    }
    usual = sorted(id_ for id_, where in basis.items() if where == "kind")
    if not usual:
        return []
    stated = sum(where in {"actor", "own_kind"} for where in basis.values())
    there = {kart[id_].kind for id_ in usual}
    unsure = [kind for kind in UNSURE_LINES if kind in there]
    kinds = [*unsure, *(kind for kind in KINDS if kind in there and kind not in unsure)]
    more = [
        finding(
            kart,
            "cohesion",
            "unsure_lines",
            "note",
            actors=tuple(id_ for id_ in usual if kart[id_].kind in unsure),
            words={"kinds": tuple(Coded(f"kind.{kind}") for kind in unsure)},
        )
    ]
    return [
        finding(
            kart,
            "cohesion",
            "usual_lines" if stated else "all_lines_usual",
            "note",
            more=tuple(more) if unsure else (),
            actors=tuple(usual),
            numbers={"stated": stated, "from_kind": len(usual), "n": len(usual)},
            words={"kinds": some([Coded(f"kind.{kind}") for kind in kinds])},
        )
    ]
