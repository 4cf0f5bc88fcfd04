"""Who stands at the ends of the ties: by id, by name, several in a cell, or nobody listed yet."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any

from aktorkart.files.cells import alike, examples
from aktorkart.files.rules.found import EXAMPLES, SIDES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from aktorkart.files.rules.found import Found, Item

SEVERAL = re.compile("[|;,\n]")


def settle_ends(found: Found) -> None:
    """Find the actors that the ties name, or take them from the ties where none are listed."""
    listed = found.draft.actors is not None
    if found.columns["ties"].one_way and not listed:
        _tell_alters_apart(found)
    if listed:
        _join_doubles(found)
    _split(found)
    if listed:
        _find_by_name(found)
    if not listed or found.draft.more_actors:
        _add_named(found, listed=listed)


def _tell_alters_apart(found: Found) -> None:
    """Give those whom each one names, from 1 on, ids of their own: nobody has named themselves."""
    named: dict[Any, list[Any]] = {}
    for tie in found.ties:
        named.setdefault(tie.get("source"), []).append(tie.get("target"))
    from_one = all(
        alters == [str(number) for number in range(1, len(alters) + 1)] for alters in named.values()
    )
    if not from_one or not any(ego in alters for ego, alters in named.items()):
        return
    for tie in found.ties:
        tie["target"] = f"{tie['source']}.{tie['target']}"
    names = [tie["target"] for tie in found.ties]
    found.note("alters_apart", "ties", names=examples(names))


def _join_doubles(found: Found) -> None:
    """Leave out a row that says the same as one before it."""
    ids = {actor.get("id") for actor in found.actors}
    if None not in ids and len(ids) == len(found.actors):
        return
    seen: dict[Any, Item] = {}
    kept, again = [], []
    for place, actor in enumerate(found.actors):
        if "id" not in actor and "name" in actor:
            actor["id"] = str(actor["name"])
        before = seen.setdefault(actor.get("id"), actor)
        same = all(before.get(name, value) == value for name, value in actor.items())
        if before is not actor and (same or found.reading.repair):
            again.append(found.rows["actors"][place])
            before |= {name: value for name, value in actor.items() if name not in before}
        elif actor:
            kept.append(place)
    found.rows["actors"] = [found.rows["actors"][place] for place in kept]
    found.actors = [found.actors[place] for place in kept]
    if again:
        found.note("actor_rows_joined", "actors", again, n=len(again))


def _split(found: Found) -> None:
    """Make a tie of each name where several stand at one end: «NAV | DPS»."""
    ends = {tie.get(side) for tie in found.ties for side in SIDES}
    if not SEVERAL.search(" ".join(end for end in ends if isinstance(end, str))):
        return
    called = {actor.get(name) for actor in found.actors for name in ("id", "name")}
    known = {alike(name) for name in called | ends if isinstance(name, str)}
    if found.draft.actors is not None:
        known = {alike(name) for name in called if isinstance(name, str)}
    ties: list[Item] = []
    rows: list[int] = []
    split = []
    for tie, row in zip(found.ties, found.rows["ties"], strict=True):
        sources, targets = (
            [end] if (end := tie.get(side)) in called else _names_in(end, known) for side in SIDES
        )
        if max(len(sources), len(targets)) > 1:
            split.append(row)
        for source in sources:
            for target in targets:
                both = {"source": source, "target": target}
                ties.append(tie | {name: end for name, end in both.items() if end is not None})
                rows.append(row)
    if split:
        found.ties, found.rows["ties"] = ties, rows
        found.note("ends_split", "ties", split, n=len(split))


def _names_in(end: Any, known: set[str]) -> list[Any]:
    """Split the end of a tie where it is no actor and several stand in it."""
    if not isinstance(end, str) or ("|" not in end and alike(end) in known):
        return [end]
    for sign in ("|", ";", "\n", ","):
        parts = [part.strip() for part in end.split(sign) if part.strip()]
        if len(parts) > 1 and (sign == "|" or all(alike(part) in known for part in parts)):
            return list(dict.fromkeys(parts))
    return [end]


def _find_by_name(found: Found) -> None:
    """Take an end that is nobody's id for the actor of that name, if there is one only."""
    ids = {actor.get("id") for actor in found.actors}
    if _ends(found.ties).keys() <= ids:
        return
    exactly, nearly = _by_name(found.actors, str), _by_name(found.actors, alike)
    by_name: Counter[str] = Counter()
    unsure: set[str] = set()
    for place, tie in enumerate(found.ties):
        for side in SIDES:
            end = tie.get(side)
            if not isinstance(end, str) or end in ids:
                continue
            meant = exactly.get(end) or nearly.get(alike(end), [])
            if not meant:
                continue
            if len(meant) == 1:
                by_name[end] += 1
            elif end not in unsure:
                unsure.add(end)
                heading = found.columns["ties"].heading([side])
                row = found.rows["ties"][place]
                found.refuse("name_of_several", "ties", row, heading=heading, value=end, ids=meant)
            # Of several any, or the map would say beside that nobody is called so.
            tie[side] = meant[0]
    if by_name:
        shown = list(by_name)[:EXAMPLES]
        found.note("ends_by_name", "ties", n=sum(by_name.values()), names=shown)


def _by_name(actors: Sequence[Item], form: Callable[[str], str]) -> dict[str, list[str]]:
    """Return the ids that a name or an id may mean, in a form of it."""
    names: dict[str, dict[str, None]] = {}
    for actor in actors:
        for called in (actor.get("name"), actor.get("id")):
            if isinstance(called, str) and isinstance(actor.get("id"), str):
                names.setdefault(form(called), {})[actor["id"]] = None
    return {name: list(ids) for name, ids in names.items()}


def _add_named(found: Found, *, listed: bool) -> None:
    """Add those whom the ties name and who have no row of their own."""
    ids = {actor.get("id") for actor in found.actors}
    more = [end for end in _ends(found.ties) if end not in ids]
    found.actors = [*found.actors, *({"id": one} for one in more)]
    found.rows["actors"] = [*found.rows["actors"], *[-1] * len(more)]
    if more and listed:
        found.note("actors_named_only", "ties", n=len(more), names=examples(more))
    elif more and not found.draft.matrix:
        found.note("actors_from_ties", "ties", n=len(more))


def _ends(ties: Iterable[Item]) -> dict[str, None]:
    """Return the ends of ties, each once, in their order."""
    ends = (tie.get(side) for tie in ties for side in SIDES)
    return dict.fromkeys(end for end in ends if isinstance(end, str))
