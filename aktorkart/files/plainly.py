"""A map's ties as a format sees them that knows two ends, a kind and a number.

What is only needed is no tie, and would come back as one. Two ties of one kind between the same
two, of two informants or two years, would be told apart by nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from aktorkart.errors import Place, Problem
from aktorkart.model import Actor, ActorMap, Tie

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence


@dataclass(frozen=True)
class Plain:
    """A tie with what such a format can hold."""

    source: str
    target: str
    kind: str
    mutual: bool
    strength: float | None
    quality: str | None


def plainly(kart: ActorMap, path: str) -> tuple[list[Plain], list[Problem]]:
    """Return the ties that are there, each two and kind told once, and what was left out."""
    groups: dict[tuple[frozenset[str], str], list[Tie]] = {}
    needed = [tie for tie in kart.ties_in_force if tie.needed]
    for tie in kart.ties_in_force:
        if not tie.needed:
            groups.setdefault((frozenset((tie.source, tie.target)), tie.kind), []).append(tie)
    plain: list[Plain] = []
    joined: list[Tie] = []
    for ties in groups.values():
        alone = _joined(ties)
        plain += alone
        if len(alone) < len(ties) or any(_plain(tie) not in alone for tie in ties):
            joined += ties[:1]
    notes = [
        *told(kart, "needed_left_out", needed, path),
        *told(kart, "not_in_force_left_out", out_of_force(kart), path),
        *told(kart, "parallel_joined", joined, path),
    ]
    return plain, notes


def out_of_force(kart: ActorMap) -> list[Tie]:
    """Return the ties that are not there on the map's date."""
    return [tie for tie in kart.ties if not tie.in_force(kart.date)]


def told(kart: ActorMap, code: str, ties: Sequence[Tie], path: str) -> Iterator[Problem]:
    """Yield a note that names the ties, if there are any."""
    if ties:
        named = [f"{kart[tie.source].label} – {kart[tie.target].label}" for tie in ties]
        values = {"items": named, "n": len(ties)}
        yield Problem(code=code, place=Place(file=path), values=values)


def _plain(tie: Tie) -> Plain:
    return Plain(tie.source, tie.target, tie.kind, tie.mutual, tie.strength, tie.quality)


def _joined(ties: Sequence[Tie]) -> list[Plain]:
    """Tell ties of one kind between the same two as one, or as one each way."""
    if len(ties) == 1:
        return [_plain(ties[0])]
    ways: dict[tuple[str, str], Tie] = {}
    for tie in ties:
        ends = (tie.source, tie.target)
        for way in (ends, ends[::-1]) if tie.mutual else (ends,):
            if way not in ways or _more(tie) > _more(ways[way]):
                ways[way] = tie
    told = [
        Plain(*way, tie.kind, mutual=False, strength=tie.strength, quality=tie.quality)
        for way, tie in ways.items()
    ]
    alike = {(one.strength, one.quality) for one in told}
    if len(told) == 2 and len(alike) == 1 and any(tie.mutual for tie in ties):  # noqa: PLR2004 - both ways
        one = told[0]
        return [Plain(one.source, one.target, one.kind, True, one.strength, one.quality)]  # noqa: FBT003
    return told


def _more(tie: Tie) -> tuple[bool, float]:
    """Rank ties by whether they work, and then by strength; the unjudged come last."""
    return tie.is_channel, tie.strength or 0.0


def unplaced(kart: ActorMap, path: str, *, what: str, held: Iterable[str]) -> tuple[Problem, ...]:
    """List the fields in use that a format does not show; ``what`` names the format."""
    fields = []
    for name in ActorMap.model_fields:
        if name in {"actors", "ties"}:
            model, items = (Actor if name == "actors" else Tie), getattr(kart, name)
            fields += [
                f"{name}.{part}"
                for part, spec in model.model_fields.items()
                if any(
                    getattr(one, part) != spec.get_default(call_default_factory=True)
                    for one in items
                )
            ]
        elif getattr(kart, name) != ActorMap.model_fields[name].get_default(
            call_default_factory=True
        ):
            fields.append(name)
    lost = [name for name in fields if name not in set(held)]
    values = {"fields": lost, "n": len(lost), "format": what}
    return (Problem(code="not_carried", place=Place(file=path), values=values),) if lost else ()
