"""From the sheets of actors and ties to a map: one set of rules for every table of others.

What we wrote ourselves is read as it stands. In other people's tables the rules of this room
find out what was meant, and say so: which way a tie goes, on which scale it is judged, whose
name stands at its ends, which kinds are their own.
"""

from __future__ import annotations

import dataclasses
import re
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aktorkart.errors import InvalidMap, Place, Problem, UnknownName, guesses, one_per_cause
from aktorkart.files import headings
from aktorkart.files.about import individual
from aktorkart.files.between import Between, settle_pairs
from aktorkart.files.formats import Loaded
from aktorkart.files.rows import FIELDS, Columns
from aktorkart.files.sheets import Reading
from aktorkart.files.words import NOT_KNOWN, direction_of
from aktorkart.model import ActorMap, KindSpec, vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from aktorkart.files.sheets import Draft

_EXAMPLES = 3
"""How many of several are named in a note."""


def made(draft: Draft, reading: Reading | None = None) -> Loaded:
    """Make the map of what a reader found."""
    return _Making(draft, reading or Reading()).made()


class _Making:
    def __init__(self, draft: Draft, reading: Reading) -> None:
        self.draft = draft
        self.reading = reading
        self.own = draft.own
        self.notes = list(draft.notes)
        self.problems = list(draft.problems)
        self.content: dict[str, Any] = {}
        named = _named(draft, reading, self.problems)
        self.sheets = {"ties": draft.ties}
        if draft.actors is not None:
            self.sheets["actors"] = draft.actors
        self.sheets = dict(sorted(self.sheets.items()))
        self.columns = {
            table: Columns(table, sheet, named[table], own=self.own)
            for table, sheet in self.sheets.items()
        }
        for columns in self.columns.values():
            self.problems += columns.problems

    def made(self) -> Loaded:
        if any(problem.code == "csv_no_column" for problem in self.problems):
            raise self._invalid()
        # Which row of the sheet an item came from.
        self.items = {table: columns.items() for table, columns in self.columns.items()}
        self.rows: dict[str, Sequence[int]] = {
            table: range(len(items)) for table, items in self.items.items()
        }
        for columns in self.columns.values():
            self.notes += columns.notes
        self.content = {"strength_scale": (1.0, 5.0), **self.draft.about}
        if not self.own:
            self._judge_strengths()
            self._settle_actors()
            self._settle_directions()
            self._settle_pairs()
        if "strength_scale" not in self.draft.about and self.own:
            heading = self.columns["ties"].heading(["strength"])
            self.content["strength_scale"] = headings.scale_of(heading) if heading else (1.0, 5.0)
        self._declare_kinds()
        self.content |= {table: self.items.get(table, []) for table in ("actors", "ties")}
        if individual(self.content, self.content["actors"]):
            self.content["scope"] = "individual"
            self.notes.append(self._individual())
        return self._map()

    def _map(self) -> Loaded:
        try:
            kart = ActorMap(**self.content)
        except InvalidMap as error:
            self.problems += one_per_cause(map(self._placed, error.problems))
            raise self._invalid() from None
        if self.problems:
            raise self._invalid()
        if not self.own:
            self._note_names(kart)
        return Loaded(kart, tuple(self.notes))

    def _invalid(self) -> InvalidMap:
        """Return everything that is wrong, in the order of the files and their rows."""
        order = [(sheet.file, sheet.sheet) for sheet in self.sheets.values()]

        def key(problem: Problem) -> tuple[int, int]:
            place = problem.place
            there = (
                order.index((place.file, place.sheet)) if (place.file, place.sheet) in order else -1
            )
            return there, place.row or place.line or 0

        return InvalidMap(sorted(self.problems, key=key))

    # --- strength

    def _judge_strengths(self) -> None:
        columns, ties = self.columns["ties"], self.items["ties"]
        heading = columns.heading(["strength"])
        if heading is None:
            self._ask_about_strength(columns)
            return
        simple = headings.simple(heading)
        stated = headings.stated_scale(heading)
        counted = simple in {*headings.COUNTS, *headings.LAST}
        zeros = [place for place, tie in enumerate(ties) if tie.get("strength") == 0]
        if zeros:
            if counted or self.draft.matrix or (stated is not None and stated[0] == 0):
                self._drop(zeros)
                self._note("zero_is_no_tie", "ties", heading=heading, n=len(zeros))
            else:
                self._refuse_zero(zeros, heading=heading)
            ties = self.items["ties"]
        found = [tie["strength"] for tie in ties if "strength" in tie]
        numbers = [one for one in found if isinstance(one, (int, float))]
        all_ones = len(ties) > 1 and len(numbers) == len(ties) and set(numbers) == {1}
        if all_ones and self.reading.weights == "auto":
            for tie in ties:
                del tie["strength"]
            self._note("weight_one", "ties", heading=heading, n=len(ties))
            numbers = []
        if "strength_scale" not in self.draft.about:
            scale = _scale(numbers, stated, counted=counted, weight=simple in headings.WEIGHTS)
            self._tell_scale(scale, heading, told=not numbers or scale in {stated, (1.0, 5.0)})

    def _tell_scale(self, scale: tuple[float, float] | None, heading: str, *, told: bool) -> None:
        self.content["strength_scale"] = scale
        if not told:
            low, high = scale or (None, None)
            code = "scale_open" if scale is None else "scale_found"
            bare = headings.bare(heading)
            self._note(code, "ties", heading=heading, field=bare, low=low, high=high)

    def _ask_about_strength(self, columns: Columns) -> None:
        known = [*headings.TIES["strength"], *headings.COUNTS]
        for heading, meant in zip(columns.sheet.headings, columns.fields, strict=True):
            near = guesses(headings.simple(heading), known) if isinstance(meant, tuple) else ()
            if near:
                place = columns.sheet.place(None, heading)
                values = {"field": heading}
                self.notes.append(
                    Problem(code="meant_strength", place=place, values=values, guesses=near[:1])
                )

    # --- actors

    def _settle_actors(self) -> None:
        ties = self.items["ties"]
        ends = [end for tie in ties for end in (tie.get("source"), tie.get("target"))]
        if self.draft.actors is None:
            ids = dict.fromkeys(end for end in ends if isinstance(end, str))
            self.items["actors"] = [{"id": one} for one in ids]
            self.rows["actors"] = [-1] * len(ids)
            if ids and not self.draft.matrix:
                self._note("actors_from_ties", "ties", n=len(ids))
            return
        actors = self.items["actors"]
        for actor in actors:
            if "id" not in actor and "name" in actor:
                actor["id"] = str(actor["name"])
        self._join_doubles(actors)
        self._split_ends()
        self._find_by_name()
        if self.draft.more_actors:
            self._add_named()

    def _join_doubles(self, actors: list[dict[str, Any]]) -> None:
        """Leave out a row that says the same as one before it."""
        seen: dict[Any, dict[str, Any]] = {}
        kept, rows, again = [], [], []
        for place, actor in enumerate(actors):
            before = seen.setdefault(actor.get("id"), actor)
            same = all(before.get(name) == value for name, value in actor.items())
            if before is not actor and (same or self.reading.repair):
                again.append(place)
                before |= {name: value for name, value in actor.items() if name not in before}
            elif actor:
                kept.append(actor)
                rows.append(place)
        self.items["actors"], self.rows["actors"] = kept, rows
        if again:
            self._note("actor_rows_joined", "actors", again, n=len(again))

    def _split_ends(self) -> None:
        """Make a tie of each name where several stand at one end: «NAV | DPS»."""
        ends_ = {tie.get(side) for tie in self.items["ties"] for side in ("source", "target")}
        if not any(isinstance(end, str) and _SEVERAL.search(end) for end in ends_):
            return
        known = {_alike(str(actor.get(name))) for actor in self.items["actors"] for name in _CALLED}
        ties: list[dict[str, Any]] = []
        rows: list[int] = []
        split = []
        for tie, row in zip(self.items["ties"], self.rows["ties"], strict=True):
            ends = [_several(tie.get(side), known) for side in ("source", "target")]
            if max(map(len, ends)) > 1:
                split.append(row)
            for source in ends[0]:
                for target in ends[1]:
                    both = {"source": source, "target": target}
                    ties.append(tie | {name: end for name, end in both.items() if end is not None})
                    rows.append(row)
        if split:
            self.items["ties"], self.rows["ties"] = ties, rows
            self._note("ends_split", "ties", split, n=len(split))

    def _add_named(self) -> None:
        """Add those whom somebody names and who have no row of their own."""
        ids = {actor.get("id") for actor in self.items["actors"]}
        ends = [tie.get(side) for tie in self.items["ties"] for side in ("source", "target")]
        more = [end for end in dict.fromkeys(ends) if isinstance(end, str) and end not in ids]
        self.items["actors"] = [*self.items["actors"], *({"id": one} for one in more)]
        self.rows["actors"] = [*self.rows["actors"], *[-1] * len(more)]
        if more:
            self._note("actors_named_only", "ties", n=len(more), names=more[:_EXAMPLES])

    def _find_by_name(self) -> None:
        """Take an end that is nobody's id for the actor of that name, if there is one only."""
        actors, ties = self.items["actors"], self.items["ties"]
        ids = {actor.get("id") for actor in actors}
        names: dict[str, set[str]] = {}
        for actor in actors:
            for called in (actor.get("name"), actor.get("id")):
                if isinstance(called, str) and isinstance(actor.get("id"), str):
                    for form in (called, _alike(called)):
                        names.setdefault(form, set()).add(actor["id"])
        found: Counter[str] = Counter()
        for tie, side in ((tie, side) for tie in ties for side in ("source", "target")):
            end = tie.get(side)
            if isinstance(end, str) and end not in ids:
                whom = [names[form] for form in (end, _alike(end)) if len(names.get(form, ())) == 1]
                if whom:
                    (tie[side],) = whom[0]
                    found[end] += 1
        if found:
            shown = list(found)[:_EXAMPLES]
            self._note("ends_by_name", "ties", n=sum(found.values()), names=shown)

    def _note_names(self, kart: ActorMap) -> None:
        called: dict[str, list[str]] = {}
        for actor in kart.actors:
            if actor.name is not None:
                called.setdefault(actor.name, []).append(actor.id)
        for name, ids in called.items():
            if len(ids) > 1:
                values = {"value": name, "ids": ids[:_EXAMPLES], "n": len(ids)}
                self.notes.append(
                    Problem(code="same_name", place=self._whole("actors"), values=values)
                )
        for label in [one.label for one in kart.actors if one.label.casefold() in NOT_KNOWN]:
            place = self._whole("actors")
            self.notes.append(Problem(code="name_kept", place=place, values={"value": label}))

    # --- direction

    def _settle_directions(self) -> None:
        """Read which way each tie goes, where the sheet says so."""
        columns, ties = self.columns["ties"], self.items["ties"]
        said = 0
        for tie in ties:
            both = tie.pop("direction", None)
            one_way = tie.pop("directed", None)
            if both is None and isinstance(one_way, bool):
                both = not one_way
            word = direction_of(tie.get("kind"))
            if word is not None and tie["kind"] not in (self.draft.about.get("tie_kinds") or ()):
                del tie["kind"]
                both = word if both is None else both
                said += 1
            if isinstance(both, bool):
                tie.setdefault("mutual", both)
        if said:
            heading = columns.heading(["kind"])
            self._note("kind_is_direction", "ties", heading=heading, field=heading, n=said)
        self.said = [isinstance(tie.get("mutual"), bool) for tie in ties]
        directed = self.reading.directed
        if directed is None and (columns.one_way or self.draft.one_way):
            directed = True
            silent = len(self.said) - sum(self.said)
            if silent:
                self._note("read_one_way", "ties", n=silent)
        if directed is not None:
            for tie in ties:
                tie.setdefault("mutual", not directed)
            self.said = [True] * len(ties)

    def _settle_pairs(self) -> None:
        """Join what stands twice, leave out what is none, or refuse it with its rows."""
        between = Between(
            ties=self.items["ties"],
            rows=list(self.rows["ties"]),
            said=self.said,
            bare=set(self.columns["ties"].fields) <= {"source", "target", None},
            reading=self.reading,
        )
        settle_pairs(between)
        self.items["ties"], self.rows["ties"] = between.ties, between.rows
        if between.counted:
            self.content["strength_scale"] = None
        for code, found in between.notes.items():
            self._note(code, "ties", found, n=len(found))
        for code, values, row, first in between.refused:
            where = self.sheets["ties"]
            said = {**values, "first": _number(where.place(first))} if first is not None else values
            self.problems.append(Problem(code=code, place=where.place(row), values=said))

    # --- kinds

    def _declare_kinds(self) -> None:
        """Declare the kinds that are the map's own."""
        for table, section, known in (
            ("actors", "kinds", tuple(vocabulary.KINDS)),
            ("ties", "tie_kinds", vocabulary.TIE_KINDS),
        ):
            there = self.content.get(section) or {}
            if not isinstance(there, Mapping):
                continue  # the map itself says what is wrong
            found: Counter[str] = Counter(
                str(item["kind"])
                for item in self.items.get(table, ())
                if "kind" in item and not isinstance(item["kind"], (dict, list))
            )
            new = [kind for kind in found if kind not in known and kind not in there]
            spec = KindSpec() if section == "kinds" else None
            if there or new:
                self.content[section] = {**there, **dict.fromkeys(new, spec)}
            if new and not self.own:
                heading = self.columns[table].heading(["kind"]) if table in self.columns else None
                place = self._whole(table, heading)
                values = {"kinds": new, "n": len(new)}
                self.notes.append(Problem(code="kinds_declared", place=place, values=values))

    # --- places, notes

    def _individual(self) -> Problem:
        file = self._whole("actors").file
        if self.draft.about_file is None or file is None:
            return Problem(code="taken_as_individual_here", place=Place(file=file))
        values = {"file": Path(self.draft.about_file).name}
        return Problem(code="taken_as_individual", place=Place(file=file), values=values)

    def _whole(self, table: str, heading: str | None = None) -> Place:
        sheet = self.sheets.get(table) or self.sheets["ties"]
        return Place(file=sheet.file, sheet=sheet.sheet, field=heading)

    def _note(
        self,
        code: str,
        table: str,
        items: Iterable[int] = (),
        *,
        heading: str | None = None,
        **values: Any,
    ) -> None:
        place = self._whole(table, heading)
        found = list(items)
        where = tuple(
            dataclasses.replace(self.sheets[table].place(row), file=None, sheet=None)
            for row in found[:_EXAMPLES]
        )
        more = len(found) - len(where)
        self.notes.append(Problem(code=code, place=place, values=values, places=where, more=more))

    def _drop(self, places: Iterable[int]) -> None:
        out = set(places)
        for one in (self.items, self.rows):
            one["ties"] = [item for place, item in enumerate(one["ties"]) if place not in out]  # type: ignore[index]

    def _refuse_zero(self, places: Sequence[int], *, heading: str | None) -> None:
        rows = [self.rows["ties"][place] for place in places]
        if self.reading.repair:
            self._drop(places)
            self._note("zero_strength_left_out", "ties", rows, heading=heading, n=len(rows))
            return
        ties, sheet = self.items["ties"], self.sheets["ties"]
        for place, row in zip(places, rows, strict=True):
            values = {name: ties[place].get(name) for name in ("source", "target")}
            self.problems.append(
                Problem(code="zero_strength", place=sheet.place(row, heading), values=values)
            )
        self._drop(places)

    def _placed(self, problem: Problem) -> Problem:
        """Turn the way inside the map into the row and column of a file."""
        path = problem.place.path
        table = str(path[0]) if path else ""
        if table not in self.sheets:
            stated = self.draft.place_of(problem) if self.draft.place_of is not None else None
            if stated is not None:
                return stated
            table = "ties" if table in {"strength_scale", "tie_kinds"} else "actors"
            return dataclasses.replace(
                problem, place=dataclasses.replace(self._whole(table), path=path)
            )
        place = self._whole(table)
        if len(path) > 1 and isinstance(path[1], int):
            row = self.rows[table][path[1]]
            place = self.sheets[table].place(row, self.columns[table].heading(path[2:]))
        return dataclasses.replace(problem, place=dataclasses.replace(place, path=path))


def _named(draft: Draft, reading: Reading, problems: list[Problem]) -> dict[str, dict[str, str]]:
    """Sort the columns that somebody named by the sheet that has them."""
    named: dict[str, dict[str, str]] = {"actors": {}, "ties": {}}
    known = {*FIELDS["actors"], *FIELDS["ties"]}
    for field, heading in reading.columns.items():
        if field not in known:
            values = {"option": "columns", "value": field, "known": sorted(known)}
            near = guesses(field, known)
            raise UnknownName(Problem(code="unknown_name", values=values, guesses=near))
        found = False
        for table, sheet in (("actors", draft.actors), ("ties", draft.ties)):
            if sheet is None or field not in FIELDS[table]:
                continue
            simple = {headings.simple(one): one for one in reversed(sheet.headings)}
            there = heading if heading in sheet.headings else simple.get(headings.simple(heading))
            if there is not None:
                named[table][field] = there
                found = True
        if not found:
            there = [*(draft.actors.headings if draft.actors else ()), *draft.ties.headings]
            problems.append(
                Problem(
                    code="column_not_found",
                    place=Place(file=draft.ties.file),
                    values={"value": heading, "known": [one for one in there if one][:12]},
                    guesses=guesses(heading, there),
                )
            )
    return named


_CALLED = ("id", "name")
_SEVERAL = re.compile("[|;,\n]")


def _several(end: Any, known: set[str]) -> list[Any]:
    """Split the end of a tie where it is no actor and several stand in it."""
    if not isinstance(end, str) or _alike(end) in known:
        return [end]
    for sign in ("|", ";", "\n", ","):
        parts = [part.strip() for part in end.split(sign) if part.strip()]
        if len(parts) > 1 and (sign == "|" or all(_alike(part) in known for part in parts)):
            return parts
    return [end]


def _alike(name: str) -> str:
    """Return what two spellings of a name or an id share; 102.0 is 102."""
    bare = name.removesuffix(".0") if name[:-2].isdigit() else name
    return " ".join(bare.casefold().split())


def _number(place: Place) -> str:
    return str(place.row or place.line or place.item or "")


_ENDS_OF_SCALES = (5.0, 7.0, 10.0, 100.0)


def _scale(
    numbers: Sequence[float],
    stated: tuple[float, float] | None,
    *,
    counted: bool,
    weight: bool,
) -> tuple[float, float] | None:
    """Tell the scale: what the heading states, or what the numbers show."""
    if stated is not None:
        # Nought on a scale is no tie: the judgements begin at one.
        return (1.0, stated[1]) if stated[0] == 0 and stated[1] > 1 else stated
    whole = all(isinstance(one, int) or one.is_integer() for one in numbers)
    if counted:
        judged = weight and whole and len(set(numbers)) > 1 and max(numbers, default=9) <= 5  # noqa: PLR2004 - the usual scale
        return (1.0, 5.0) if judged else None
    if not numbers or (min(numbers) >= 1 and max(numbers) <= _ENDS_OF_SCALES[0]):
        return (1.0, 5.0)
    if whole and min(numbers) >= 1:
        for high in _ENDS_OF_SCALES:
            if max(numbers) <= high:
                return (1.0, high)
    return None
