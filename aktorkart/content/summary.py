"""What a reader with one minute should know: a few thoughts, what would help, how firm it is."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Any

from aktorkart.care.tellings import tellings
from aktorkart.content.firmness import changed_map
from aktorkart.finding import Between, Who, finding, named

if TYPE_CHECKING:
    from collections.abc import Iterable

    from aktorkart.content.topics import Topics
    from aktorkart.finding import Finding

_THOUGHTS: tuple[tuple[tuple[str, str | None], ...], ...] = (
    (("content", "empty"), ("tellings", None)),
    (("coordinator", None),),
    (("coverage", "nobody"), ("one_door", "never"), ("one_door", "all")),
    (
        ("in_and_out", "gap"),
        ("content", "needed"),
        ("compared", "needed_still"),
        ("user_voice", "not_in_arena"),
        ("level_alignment", "no_agreement"),
    ),
    (
        ("centrality", "broker"),
        ("centrality", "broker_apart"),
        ("centrality", "shared_broker"),
        ("centrality", "shared_broker_apart"),
    ),
    (("reach", "isolates"), ("reach", "pieces"), ("reach", "one_piece")),
    (("bridges", "cut_points"),),
    (("cohesion", "inward"), ("cohesion", "outward")),
    (("content", "troubled"),),
    (("content", "holds"), ("content", "holds_none")),
)
"""One thought a row, the person first; the first of each row that there is. None is any case."""

_MOST_THOUGHTS = 4

_OF_WORTH = (
    ("in_and_out", "together"),
    ("coverage", "points"),
    ("level_alignment", "aligned"),
    ("user_voice", "in_arena"),
    ("content", "strong_ties"),
)
"""What works, the best told first; anything else that works comes after."""


@dataclass(frozen=True, kw_only=True)
class Summary:
    """The first page: what matters, the last of it what works; what would help; how firm."""

    matters: tuple[Finding, ...]
    helps: tuple[Finding, ...]
    sure: tuple[Finding, ...]


def summary(topics: Topics, works: Iterable[Finding]) -> Summary:
    """Choose what stands on the first page; ``works`` are the strengths that are found."""
    told = [
        one
        for one in chain(topics.held.beside(topics.about("care")), *map(topics.about, _ABOUT))
        if one.level != "unknown" or (one.code, one.case) == ("content", "empty")
    ]
    matters = [one for row in _THOUGHTS for one in _first(told, row)][:_MOST_THOUGHTS]
    place = {key: at for at, key in enumerate(_OF_WORTH)}
    good = sorted(
        (one for one in works if one not in matters),
        key=lambda one: place.get((one.code, one.case), len(place)),
    )
    return Summary(
        matters=(*matters, *good[:1]),
        helps=tuple(one for one in topics.about("next_steps") if one.case != "too_many"),
        sure=tuple(_sure(topics, matters)),
    )


def weightiest(told: Iterable[Finding], most: int) -> list[Finding]:
    """Return the few findings that weigh most: one of each thought, and then as they come."""
    every = [*told]
    first = [one for row in _THOUGHTS for one in _first(every, row)]
    return [*first, *(one for one in every if one not in first)][:most]


_ABOUT = ("centrality", "bridges", "cohesion", "reach", "contents")


def _first(told: Iterable[Finding], row: tuple[tuple[str, str | None], ...]) -> list[Finding]:
    for code, case in row:
        found = [one for one in told if one.code == code and case in {None, one.case}]
        if found:
            return found[:1]
    return []


def _sure(topics: Topics, matters: Iterable[Finding]) -> list[Finding]:
    """Say in one sentence how firm the first thought is that depends on judgements."""
    for one in matters:
        found = _tellings(topics) if one.code == "tellings" else _place(topics, one)
        if found is not None:
            return [found]
    return []


def _tellings(topics: Topics) -> Finding | None:
    """Say what one tie more or less would make of the tellings, where that was tried."""
    kart = topics.kart
    row = next((row for row in topics.held.rows if row.statement.case == "tellings"), None)
    if row is None or not row.searched:
        return None
    changes = row.statement.numbers["overturned_by"]
    if changes is None:
        return finding(kart, "sure", "tellings_held", "note")
    (change,) = changes
    after = tellings(changed_map(kart, change))[0]
    if after.case not in {"once", "count"}:
        return None
    tie = Between(change["source"], change["target"], change["mutual"])
    return finding(
        kart,
        "sure",
        "less_count" if change["new"] is None else "more_count",
        "note",
        ties=((change["source"], change["target"], change["kind"]),),
        numbers={"tellings": after.numbers["tellings"]},
        words={"tie": tie},
    )


def _place(topics: Topics, one: Finding) -> Finding | None:
    """Say how often the first place held, where it was drawn."""
    if one.code != "centrality":
        return None
    held, draws = one.numbers["held"], one.numbers["draws"]
    if held is None:
        return finding(topics.kart, "sure", "undrawn", "note")
    first = one.actors[: one.numbers["n"]]
    numbers = {"held": held, "draws": draws, "n": len(first)}
    words: dict[str, Any] = {"actors": named(first), "how": one.words["how"]}
    case = "first_held"
    if len(first) > 1 and held < draws:  # each by itself, and not always together
        case = "each_held"
    if topics.kart.middle:
        case, words = f"{case}_apart", words | {"middle": Who(topics.kart.middle)}
    return finding(topics.kart, "sure", case, "note", actors=first, numbers=numbers, words=words)
