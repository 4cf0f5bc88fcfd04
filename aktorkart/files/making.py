"""From the sheets of actors and ties to a map: one set of rules for every table of others.

What we wrote ourselves is read as it stands. In other people's tables the rules of this room
find out what was meant, and say so: which way a tie goes, on which scale it is judged, whose
name stands at its ends, which kinds are their own.
"""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path
from typing import TYPE_CHECKING

from aktorkart.errors import InvalidMap, Place, Problem, guesses, one_per_cause
from aktorkart.files import headings, sieve
from aktorkart.files.about import individual
from aktorkart.files.formats import Loaded
from aktorkart.files.matrices import SUMS
from aktorkart.files.rows import FIELDS, Columns
from aktorkart.files.rules.directions import settle_directions
from aktorkart.files.rules.ends import settle_ends
from aktorkart.files.rules.found import Found
from aktorkart.files.rules.kinds import declare_kinds
from aktorkart.files.rules.pairs import settle_pairs
from aktorkart.files.rules.strengths import judge_strengths
from aktorkart.files.sheets import Reading
from aktorkart.files.words import NOT_KNOWN
from aktorkart.model import ActorMap
from aktorkart.model.checks import alike
from aktorkart.model.vocabulary import USUAL
from aktorkart.paused import collector_paused
from aktorkart.privacy.shown import told_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np
    from numpy.typing import NDArray

    from aktorkart.files.sheets import Draft

RULES = (settle_ends, judge_strengths, settle_directions, settle_pairs)
"""What is settled in other people's tables, in this order."""


@collector_paused()
def made(draft: Draft, reading: Reading | None = None) -> Loaded:
    """Make the map of what a reader found."""
    found = _found(draft, reading or Reading())
    if draft.own:
        _read_scale(found)
    else:
        for settle in RULES:
            settle(found)
    kept = len(found.ties)
    if found.aside:
        found.ties += [tie for tie, _ in found.aside]
        found.rows["ties"] = [*found.rows["ties"], *(row for _, row in found.aside)]
    declare_kinds(found)
    found.content |= {"actors": found.actors, "ties": found.ties}
    if individual(found.content, found.actors):
        found.content["scope"] = "individual"
        found.notes.append(_individual(found))
    try:
        kart = _kart(found)
    except InvalidMap as error:
        told = [one for one in error.problems if not _is_told(one, kept)]
        found.problems += one_per_cause(_placed(found, problem) for problem in told)
        raise _invalid(draft, found.problems) from None
    if found.problems:
        raise _invalid(draft, found.problems)
    if draft.own:
        return Loaded(kart, told_of(kart, found.notes))
    place = found.whole("actors")
    notes = [*found.notes, *(dataclasses.replace(one, place=place) for one in alike(kart))]
    return Loaded(kart, told_of(kart, [*notes, *_unnamed(found, kart)]))


def _is_told(problem: Problem, kept: int) -> bool:
    """Tell whether a tie is refused for this already, as one that stands after those kept."""
    section, *rest = problem.place.path or ("",)
    aside = section == "ties" and bool(rest) and int(rest[0]) >= kept
    return aside and problem.code in {"duplicate_tie", "self_tie"}


def _kart(found: Found) -> ActorMap:
    """Make the map; of a large table with mistakes, only what may be wrong is made first."""
    large = len(found.actors) + len(found.ties) >= sieve.LARGE
    for all_actors in (False, True) if large else ():
        part = sieve.sieved(found.content, all_actors=all_actors)
        if part is None:
            break
        content, kept = part
        try:
            kart = ActorMap(**content)
        except InvalidMap as error:
            # What was meant is guessed among all.
            guessing = any(one.code.startswith(("unknown", "undeclared")) for one in error.problems)
            if all_actors or not guessing:
                raise InvalidMap(_moved(one, kept) for one in error.problems) from None
        else:
            if found.problems:
                return kart  # which nobody will see
            break
    return ActorMap(**found.content)


def _moved(problem: Problem, kept: Mapping[str, NDArray[np.int64]]) -> Problem:
    """Point to an item's place among all, and not among those that were kept."""
    table, *rest = problem.place.path or ("",)
    if table not in kept or not rest:
        return problem
    path = (table, int(kept[str(table)][int(rest[0])]), *rest[1:])
    return dataclasses.replace(problem, place=dataclasses.replace(problem.place, path=path))


def _found(draft: Draft, reading: Reading) -> Found:
    """Read the cells of the sheets by what their columns mean."""
    problems = list(draft.problems)
    asked = named(draft, reading, problems)
    columns = {
        table: Columns(table, sheet, asked[table], own=draft.own, asked=draft.asked)
        for table, sheet in (("actors", draft.actors), ("ties", draft.ties))
        if sheet is not None
    }
    for one in columns.values():
        problems += one.problems
    if any(problem.code == "csv_no_column" for problem in problems):
        raise _invalid(draft, problems)
    items = {table: one.items() for table, one in columns.items()}
    notes = [*draft.notes, *(note for one in columns.values() for note in one.notes)]
    return Found(
        draft=draft,
        reading=reading,
        columns=columns,
        actors=items.get("actors", []),
        ties=items["ties"],
        rows={"actors": range(len(items.get("actors", ()))), "ties": range(len(items["ties"]))},
        content={"strength_scale": USUAL, **draft.about},
        notes=notes,
        problems=problems,
    )


def named(draft: Draft, reading: Reading, problems: list[Problem]) -> dict[str, dict[str, str]]:
    """Sort the columns that somebody named by the sheet that has them."""
    found: dict[str, dict[str, str]] = {"actors": {}, "ties": {}}
    there = [*(draft.actors.headings if draft.actors else ()), *draft.ties.headings]
    for field, heading in reading.columns.items():
        met = False
        for table, sheet in (("actors", draft.actors), ("ties", draft.ties)):
            if sheet is None or field not in FIELDS[table]:
                continue
            simple = {headings.simple(one): one for one in reversed(sheet.headings)}
            meant = heading if heading in sheet.headings else simple.get(headings.simple(heading))
            if meant is not None:
                found[table][field] = meant
                met = True
        if not met:
            place = Place(file=draft.ties.file)
            values = {"value": heading, "known": [one for one in there if one][:12]}
            near = guesses(heading, there)
            problems.append(
                Problem(code="column_not_found", place=place, values=values, guesses=near)
            )
    return found


def _read_scale(found: Found) -> None:
    """Take the scale of a table of our own from the heading of its strengths."""
    heading = found.columns["ties"].heading(["strength"])
    if heading is not None and "strength_scale" not in found.draft.about:
        found.content["strength_scale"] = headings.scale_of(heading)


def _individual(found: Found) -> Problem:
    file = found.whole("actors").file
    if found.draft.about_file is None or file is None:
        return Problem(code="taken_as_individual_here", place=Place(file=file))
    values = {"file": Path(found.draft.about_file).name}
    return Problem(code="taken_as_individual", place=Place(file=file), values=values)


_REMARK = re.compile(
    r"[*†]|(merk|nb|obs|note|nota|merknad|kommentar|comment|remark|husk|hugs|remember|märk|"
    r"anm|anmerkning|anmärkning|ps|todo|kilde|kjelde|källa)\b\.?\s*[:!]",
    re.IGNORECASE,
)
"""How what people write below a table begins, where it is no name."""


def _unnamed(found: Found, kart: ActorMap) -> list[Problem]:
    """Point out names that may stand for none, or for no actor."""
    told = []
    for actor, row in zip(kart.actors, found.rows["actors"], strict=True):
        label = actor.label
        if label.casefold() in NOT_KNOWN:
            code, place = "name_kept", found.whole("actors")
        elif _REMARK.match(label) or headings.simple(label) in SUMS:
            sheet = found.sheet("actors")
            listed = found.draft.actors is not None and row >= 0
            heading = found.columns["actors"].heading(["id"]) if listed else None
            code, place = "name_may_be_none", sheet.place(row, heading) if listed else sheet.place()
        else:
            continue
        told.append(Problem(code=code, place=place, values={"value": label}))
    return told


def _placed(found: Found, problem: Problem) -> Problem:
    """Turn the way inside the map into the row and column of a file."""
    path = problem.place.path
    table = str(path[0]) if path else ""
    if table not in found.columns:
        place_of = found.draft.place_of
        stated = place_of(problem) if place_of is not None else None
        if stated is not None:
            return stated
        table = "ties" if table in {"strength_scale", "tie_kinds"} else "actors"
        place = found.whole(table)
    elif len(path) > 1 and isinstance(path[1], int) and found.rows[table][path[1]] >= 0:
        heading = found.columns[table].heading(path[2:])
        place = found.sheet(table).place(found.rows[table][path[1]], heading)
    else:
        place = found.whole(table)
    return dataclasses.replace(problem, place=dataclasses.replace(place, path=path))


def _invalid(draft: Draft, problems: list[Problem]) -> InvalidMap:
    """Return everything that is wrong, in the order of the files and their rows."""
    sheets = [sheet for sheet in (draft.actors, draft.ties) if sheet is not None]
    order = {(sheet.file, sheet.sheet): place for place, sheet in enumerate(sheets)}

    def key(problem: Problem) -> tuple[int, int]:
        place = problem.place
        return order.get((place.file, place.sheet), -1), place.row or place.line or 0

    return InvalidMap(sorted(problems, key=key))
