"""What rows between the same two actors are: one tie, a tie each way, a count, or a mistake."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from aktorkart.model.fields import meet

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from aktorkart.files.rules.found import Found, Item
    from aktorkart.files.sheets import Reading


@dataclass
class _Between:
    """The ties of a sheet, and what is found among those that join the same two."""

    ties: list[Item]
    rows: Sequence[int]  # the row of each in its sheet
    said: list[bool]  # whether the sheet says which way each goes
    bare: bool  # whether it has nothing but the two ends: then rows that repeat are counts
    reading: Reading
    counted: bool = False
    times: dict[int, int] = field(default_factory=dict)  # how many rows a tie stands in
    notes: dict[str, list[int]] = field(default_factory=dict)  # code → rows
    refused: dict[int, tuple[str, Mapping[str, Any], int | None]] = field(default_factory=dict)

    def note(self, code: str, *places: int) -> None:
        """Keep the rows that something was done with."""
        self.notes.setdefault(code, []).extend(self.rows[place] for place in places)


def settle_pairs(found: Found) -> None:
    """Join, count, tell apart or refuse the rows between the same two."""
    if _are_all_others(found.ties):
        return
    between = _Between(
        ties=found.ties,
        rows=found.rows["ties"],
        said=found.said,
        bare=set(found.columns["ties"].fields) <= {"source", "target", None},
        reading=found.reading,
    )
    out: set[int] = set()
    for places in _groups(between, out).values():
        if len(places) > 1:
            left = _repeated(between, places, out)
            _both_ways(between, left, out)
    if between.counted:
        found.content["strength_scale"] = None
        for place, tie in enumerate(between.ties):
            tie.setdefault("strength", between.times.get(place, 1))
    rows_of = [(between.rows[place], *one) for place, one in between.refused.items()]
    found.drop_ties(out, refused=between.refused)
    for code, rows in between.notes.items():
        found.note(code, "ties", rows, n=len(rows))
    for row, code, values, first in rows_of:
        there = found.sheet("ties").place(first) if first is not None else None
        also = {} if there is None else {"first": str(there.row or there.line or there.item or "")}
        found.refuse(code, "ties", row, **values, **also)


def _are_all_others(ties: Sequence[Item]) -> bool:
    """Tell whether no two ties join the same two, and none somebody with themselves."""
    pairs = {_pair(str(tie.get("source")), str(tie.get("target"))) for tie in ties}
    return len(pairs) == len(ties) and all(one != other for one, other in pairs)


def _pair(one: str, other: str) -> tuple[str, str]:
    return (one, other) if one < other else (other, one)


def _groups(between: _Between, out: set[int]) -> dict[Any, list[int]]:
    """Group ties of the same two by kind and informant; those to oneself are settled at once."""
    groups: dict[Any, list[int]] = {}
    several = _several(between.ties)
    for place, tie in enumerate(between.ties):
        source, target = tie.get("source"), tie.get("target")
        if not (isinstance(source, str) and isinstance(target, str)):
            continue
        if source == target:
            out.add(place)
            if between.reading.repair:
                between.note("self_ties_left_out", place)
            else:
                between.refused[place] = ("row_to_itself", {"value": source}, None)
            continue
        pair = _pair(source, target)
        if pair not in several:
            continue
        kind, informant = tie.get("kind", "contact"), tie.get("informant")
        groups.setdefault((pair, _key(kind), _key(informant)), []).append(place)
    return groups


def _several(ties: Sequence[Item]) -> set[tuple[str, str]]:
    """Return the pairs that have several ties, which are few of a million."""
    met: set[tuple[str, str]] = set()
    several: set[tuple[str, str]] = set()
    for tie in ties:
        source, target = tie.get("source"), tie.get("target")
        if isinstance(source, str) and isinstance(target, str):
            pair = _pair(source, target)
            (several if pair in met else met).add(pair)
    return several


def _key(value: Any) -> Any:
    return value if isinstance(value, (str, int, float, type(None))) else repr(value)


def _repeated(between: _Between, places: list[int], out: set[int]) -> list[int]:
    """Settle the rows that repeat a tie in the same direction; return those that are left."""
    left: list[int] = []
    counts: dict[int, int] = {}
    for place in places:
        tie = between.ties[place]
        first = next(
            (
                one
                for one in left
                if _same_way(between, one, place) and _meet(between.ties[one], tie)
            ),
            None,
        )
        if first is None:
            left.append(place)
            continue
        out.add(place)
        if between.bare or between.reading.count:
            counts[first] = counts.get(first, 1) + 1
            _add_up(between.ties[first], tie)
        elif between.reading.repair:
            between.note("doubles_joined", place)
            _join(between.ties[first], tie)
        else:
            values = {name: tie[name] for name in ("source", "target")}
            kind = tie.get("kind", "contact")
            between.refused[place] = ("row_twice", {**values, "kind": kind}, between.rows[first])
    if counts:
        between.counted = True
        between.note("rows_counted", *counts)
        for place, n in counts.items():
            between.times[place] = n
    return left


def _same_way(between: _Between, one: int, other: int) -> bool:
    """Tell whether two ties go the same way; two that go both ways do in any order."""
    first, second = between.ties[one], between.ties[other]
    if (first["source"], first["target"]) == (second["source"], second["target"]):
        return True
    both = first.get("mutual") is True and second.get("mutual") is True
    if not (both and between.said[one] and between.said[other]):
        return False
    # The answer to a tie is no second meeting.
    return not between.bare or between.reading.count


def _meet(one: Item, other: Item) -> bool:
    """Tell whether two ties are there at the same time."""
    try:
        return meet(*((tie.get("since"), tie.get("until")) for tie in (one, other)))
    except (TypeError, ValueError):
        return False  # a date that is none is a problem of its own


def _both_ways(between: _Between, places: list[int], out: set[int]) -> None:
    """Read a→b and b→a, where nothing is said of direction, as one tie or as one each way."""
    ties, said = between.ties, between.said
    for index, place in enumerate(places):
        for other in places[index + 1 :]:
            if place in out or other in out:
                continue
            if ties[place]["source"] != ties[other]["target"] or not _meet(
                ties[place], ties[other]
            ):
                continue
            silent = not said[place] and not said[other]
            equal = between.times.get(place, 1) == between.times.get(other, 1)
            if silent and equal and _agree(ties[place], ties[other]):
                out.add(other)
                between.note("returns_joined", other)
                _join(ties[place], ties[other])
            elif silent:
                ties[place]["mutual"] = ties[other]["mutual"] = False
                between.note("returns_one_way", place, other)
            elif any(ties[one].get("mutual") is not False for one in (place, other)):
                _answered(between, place, other, out)


def _answered(between: _Between, place: int, other: int, out: set[int]) -> None:
    """Settle a tie that goes both ways and stands again the other way."""
    if between.reading.repair or (
        between.ties[place].get("mutual") is True
        and _agree(between.ties[place], between.ties[other])
    ):
        out.add(other)
        between.note("doubles_joined", other)
        _join(between.ties[place], between.ties[other])
        between.ties[place]["mutual"] = True
        return
    if not between.said[place]:
        between.ties[place]["mutual"] = False
    if not between.said[other]:
        between.ties[other]["mutual"] = False
    if any(between.ties[one].get("mutual") is not False for one in (place, other)):
        tie = between.ties[other]
        values = {name: tie[name] for name in ("source", "target")}
        kind = tie.get("kind", "contact")
        between.refused[other] = ("row_twice", {**values, "kind": kind}, between.rows[place])
        out.add(other)


def _agree(one: Item, other: Item) -> bool:
    """Tell whether two rows say nothing different of the tie, but where it begins."""
    skipped = {"source", "target", "mutual"}
    return all(
        one[name] == other[name] for name in one.keys() & other.keys() if name not in skipped
    )


def _join(one: Item, other: Item) -> None:
    """Put what another row says into one; of two strengths the stronger."""
    strengths = [tie["strength"] for tie in (one, other) if tie.get("strength") is not None]
    for name, value in other.items():
        one.setdefault(name, value)
    numbers = [strength for strength in strengths if isinstance(strength, (int, float))]
    if numbers:
        one["strength"] = max(numbers)


def _add_up(one: Item, other: Item) -> None:
    """Add how often a tie was met: the strengths where there are any."""
    first, second = one.get("strength"), other.get("strength")
    if isinstance(first, (int, float)) and isinstance(second, (int, float)):
        one["strength"] = first + second
