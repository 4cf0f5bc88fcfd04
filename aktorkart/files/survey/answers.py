"""From the answers of a questionnaire to what each has said about whom."""

from __future__ import annotations

import contextlib
import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from aktorkart.errors import InvalidMap, Place, Problem, WrongArgument, one_of
from aktorkart.files import cells
from aktorkart.files.cells import text_of
from aktorkart.files.likert import Meaning, mark_of, meaning_of, says_words
from aktorkart.files.survey.questions import FINISHED, WHEN, Column, Question, Table, named_in
from aktorkart.model import ActorMap
from aktorkart.model.fields import letters_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aktorkart.files.survey.roster import Roster

SHAPES = ("wide", "long")
"""A row for each who has answered, or for each partner that somebody has answered about."""

EXAMPLES = 3
"""How many places of several are named in a note."""


@dataclass
class Asked:
    """How somebody wants answers read: the options of `read_survey`."""

    respondent: str | None = None
    partner: str | None = None
    strength: str | None = None
    actors: ActorMap | Iterable[str] | None = None
    answers: Mapping[str, float | None] | None = None
    keep: Iterable[str] = ()
    shape: str | None = None
    own: dict[str, float | None] = field(init=False)

    def __post_init__(self) -> None:
        for said in (self.respondent, self.partner, self.strength):
            _expect(said is None or isinstance(said, str), said)
        if self.shape is not None:
            one_of(self.shape, SHAPES, option="shape")
        self.keep = _texts(self.keep)
        if self.actors is not None and not isinstance(self.actors, ActorMap):
            self.actors = _texts(self.actors)
        _expect(self.answers is None or isinstance(self.answers, Mapping), self.answers)
        self.own = {}
        for word, number in (self.answers or {}).items():
            _expect(isinstance(word, str), word)
            if number is not None and not _is_strength(number):
                raise WrongArgument(Problem(code="survey_number", values={"value": repr(number)}))
            self.own[letters_of(word)] = number


def _is_strength(number: object) -> bool:
    real = isinstance(number, (int, float)) and not isinstance(number, bool)
    return real and 0 <= number < float("inf")  # type: ignore[operator]


def _texts(value: Any) -> tuple[str, ...]:
    _expect(isinstance(value, Iterable) and not isinstance(value, (str, bytes)), value)
    found = tuple(value)
    for one in found:
        _expect(isinstance(one, str), one)
    return found


def _expect(fits: bool, value: object) -> None:  # noqa: FBT001 - what is checked
    if not fits:
        values = {"value": type(value).__name__}
        raise WrongArgument(Problem(code="survey_argument", values=values))


@dataclass
class Told:
    """One answer about one partner."""

    source: Source
    row: int
    column: Column
    who: str
    whom: str
    meaning: Meaning | None  # None: a tie, and not said how close it is
    kind: str | None = None
    tags: dict[str, Any] = field(default_factory=dict)

    def place(self) -> Place:
        """Say where it stands."""
        return self.source.table.place(self.row, self.column)


@dataclass
class Source:
    """Where in a table somebody answers about somebody."""

    table: Table
    who: Column
    questions: list[Question]
    how_close: Column | None = None
    is_long: bool = False  # a row for each partner

    def used(self) -> list[Column]:
        """Return the columns that are read."""
        extra = [self.how_close] if self.how_close is not None else []
        return [self.who, *extra, *(column for one in self.questions for column in one.columns)]

    @cached_property
    def is_roster(self) -> bool:
        """Tell whether the partners were given, and not chosen: some have no tie."""
        rated = self.how_close.filled if self.how_close is not None else ()
        return any(meaning_of(cell, self.table.own) == 0 for cell in rated)

    def says(self, row: int) -> bool:
        """Tell whether anything is answered in a row."""
        columns = [column for one in self.questions for column in one.columns]
        return any(not cells.is_empty(column.cells[row]) for column in columns)


class Answers:
    """What those who have answered have said, with all that is wrong and all that is to be said."""

    def __init__(self, tables: Sequence[Table], asked: Asked, roster: Roster) -> None:
        self.tables, self.asked, self.roster = tables, asked, roster
        self.notes: list[Problem] = []
        self.problems: list[Problem] = []
        self.new: list[str] = []
        self.told: list[Told] = []
        self.answered: dict[str, None] = {}
        self.tags: dict[str, dict[str, Any]] = {}
        self.meant: dict[str, Meaning] = {}
        self.sources = self._sources()
        for source in self.sources:
            self._take_partners(source)
        for source in self.sources:
            self._take(source)
        self.problems = _once(self.problems)

    def refuse(self) -> None:
        """Raise what is wrong, if anything is."""
        if self.problems:
            raise InvalidMap(self.problems)

    # --- which columns

    def _sources(self) -> list[Source]:
        _join_parents(self.tables)
        found = [self._source(table) for table in self.tables]
        there = [one for one in found if isinstance(one, Source)]
        if not there:
            wrong = [one for one in found if isinstance(one, Problem)]
            raise InvalidMap(wrong or [self._nothing()])
        table = there[0].table
        missing = [
            said for said in self.asked.keep if not any(_question(one.table, said) for one in there)
        ]
        self.problems += [table.not_found(said) for said in missing]
        return there

    def _source(self, table: Table) -> Source | Problem | None:
        """Find who answers about whom in a table, if anybody does."""
        asked = self.asked
        who = None if asked.respondent is None else table.find(asked.respondent)
        questions, how_close = self._about(table, who)
        if not questions:
            return None
        if asked.partner is None and _cannot_choose(questions):
            labels = [one.label for one in questions]
            values = {"questions": labels, "value": labels[0]}
            return Problem(code="survey_several_questions", place=table.place(), values=values)
        if who is None and asked.respondent is not None:
            return table.not_found(asked.respondent)
        if who is None:
            named = {name for question in questions for name in question.named()}
            who = table.who(named | {*self.roster.by_letters})
        if who is None:
            values = {"known": [one.heading for one in table.columns][:12]}
            return Problem(code="survey_no_respondent", place=table.place(), values=values)
        long = asked.shape == "long" or table.is_child or how_close is not None
        long = long or (asked.shape is None and _is_repeated(who, questions))
        return Source(table, who, questions, how_close, long)

    def _about(self, table: Table, who: Column | None) -> tuple[list[Question], Column | None]:
        """Find the questions about partners, and the column of how close where it is one."""
        partner = _question(table, self.asked.partner)
        strength = _question(table, self.asked.strength)
        if (self.asked.partner and not partner) or (self.asked.strength and not strength):
            return [], None
        one = strength.columns[0] if strength and not strength.items else None
        matrix = [strength] if strength and strength.items else []
        found = [*matrix, *([partner] if partner and partner not in matrix else [])]
        if not found:
            found = table.about_partners(who) if one is None else table.whom(who)
        names = [question for question in found if question.how == "names"]
        if one is None and not matrix and len(found) == 1 and names and self.asked.shape != "wide":
            one = table.how_close(who, names[0].columns[0])
        return found, one if names else None

    def _nothing(self) -> Problem:
        table = max(self.tables, key=lambda one: len(one.columns))
        for said in (self.asked.partner, self.asked.strength):
            if said is not None and not any(_question(one, said) for one in self.tables):
                return table.not_found(said)
        values = {"known": [one.heading for one in table.asked][:12]}
        return Problem(code="survey_no_question", place=table.place(), values=values)

    # --- what was answered

    def _take_partners(self, source: Source) -> None:
        """Take the partners that questions name; whoever asked about them told them apart."""
        sure = not self.roster.given
        for question in source.questions:
            if sure and question.items:
                with contextlib.suppress(InvalidMap):  # said below, with its column
                    self.roster.told_apart(question.items)
            for item, column in zip(question.items, question.columns, strict=False):
                self._name_of(item, source.table.place(None, column), sure=sure)

    def _take(self, source: Source) -> None:
        """Read the answers of a table, those of each who answers once."""
        several = len({question.kind for question in source.questions}) > 1
        found: dict[tuple[str, str, str | None], Told] = {}
        again: list[int] = []
        for row, who in self._rows(source):
            self.answered.setdefault(who)
            for question in source.questions:
                for told in self._partners(source, question, row, who):
                    told.kind = question.kind if several else None
                    key = (who, told.whom, told.kind)
                    before = found.get(key)
                    if before is not None and before.row == row and told.meaning is None:
                        continue  # named, and judged in a matrix
                    if before is not None and before.row != row:
                        again.append(before.row)
                    found[key] = told
            if self.asked.keep:
                mine = [told for told in found.values() if told.who == who and told.row == row]
                self._keep(source, row, who, mine)
        if again:
            self.note("survey_again", source, again)
        self.told += found.values()

    def _rows(self, source: Source) -> list[tuple[int, str]]:
        """Return the rows to be read, each with who answers: the later of two by the same."""
        table = source.table
        finished = next((one for one in table.columns if one.names & FINISHED), None)
        ended = finished.cells if finished is not None and finished.filled else None
        rows, open_ = [], []
        for row, cell in enumerate(source.who.cells):
            name = text_of(cell)
            place = table.place(row, source.who)
            if ended is not None and cells.is_empty(ended[row]):
                open_.append(row)
            elif name is None and source.says(row):
                self.problems.append(Problem(code="survey_nobody", place=place))
            elif name is not None and (who := self._name_of(name, place)) is not None:
                rows.append((row, who))
        if open_:
            self.note("survey_unfinished", source, open_)
        rows = _in_time(table, rows)
        if source.is_long:
            return rows
        last = {who: row for row, who in rows}
        again = [row for row, who in rows if last[who] != row]
        if again:
            self.note("survey_again", source, again)
        return [(row, who) for row, who in rows if last[who] == row]

    def _partners(self, source: Source, question: Question, row: int, who: str) -> Iterator[Told]:
        """Yield what somebody says to a question, partner by partner."""
        if question.how == "names":
            yield from self._by_name(source, question, row, who)
            return
        for column, item in zip(question.columns, question.items, strict=True):
            cell, whom = column.cells[row], self.roster.find(item)
            if cells.is_empty(cell) or whom is None:
                continue
            if question.how == "marks":
                if mark_of(cell, item):
                    yield Told(source, row, column, who, whom, None)
                continue
            meaning = self._meaning(cell, source.table.place(row, column))
            if meaning is not None:
                yield Told(source, row, column, who, whom, meaning)

    def _by_name(self, source: Source, question: Question, row: int, who: str) -> Iterator[Told]:
        table, close = source.table, source.how_close
        for column in question.columns:
            named = named_in(column.cells[row], self.roster.by_letters)
            meaning: Meaning | None = None
            if close is not None and cells.is_empty(close.cells[row]) and source.is_roster:
                continue  # not answered
            if named and close is not None and not cells.is_empty(close.cells[row]):
                meaning = self._meaning(close.cells[row], table.place(row, close))
                if meaning is None:
                    continue
            for name in named:
                whom = self._name_of(name, table.place(row, column))
                if whom is not None:
                    yield Told(source, row, close or column, who, whom, meaning)

    def _meaning(self, cell: Any, place: Place) -> Meaning | None:
        """Tell what an answer means, and ask about one that is not known."""
        found = meaning_of(cell, self.asked.own)
        if found is None or (isinstance(found, float) and not _is_strength(found)):
            values = {"value": text_of(cell)}
            self.problems.append(Problem(code="survey_answer", place=place, values=values))
            return None
        if says_words(cell):
            self.meant.setdefault(str(text_of(cell)), found)
        return found

    def _name_of(self, name: str, place: Place, *, sure: bool = False) -> str | None:
        """Return the actor of a name, a new one's too; ask where it is nearly another's."""
        found = self.roster.find(name)
        if found is not None:
            return found
        near = () if sure else self.roster.near(name)
        if near:
            values = {"value": name}
            problem = Problem(code="survey_near", place=place, values=values, guesses=near)
            self.problems.append(problem)
            return None
        try:
            found = self.roster.named(name)
        except InvalidMap as error:
            self.problems += [replace(one, place=place) for one in error.problems]
            return None
        self.new.append(found)
        return found

    def _keep(self, source: Source, row: int, who: str, mine: Sequence[Told]) -> None:
        """Keep the columns that somebody has asked for, as tags."""
        for said in self.asked.keep:
            question = _question(source.table, said)
            if question is None:
                continue
            if not question.items:
                (column,) = question.columns
                if not cells.is_empty(column.cells[row]):
                    self.tags.setdefault(who, {})[column.heading] = cells.tag(column.cells[row])
            for column, item in zip(question.columns, question.items, strict=False):
                cell, whom = column.cells[row], self.roster.find(item)
                for told in mine if not cells.is_empty(cell) else ():
                    if told.whom == whom:
                        told.tags[question.label] = cells.tag(cell)

    def keeps(self, column: Column) -> bool:
        """Tell whether somebody has asked for a column."""
        found = (_question(table, said) for said in self.asked.keep for table in self.tables)
        return any(one is not None and column in one.columns for one in found)

    # --- notes

    def note(self, code: str, source: Source, rows: Iterable[int], **values: Any) -> None:
        """Note something that rows have in common."""
        self.note_places(code, source, [source.table.place(row) for row in rows], **values)

    def note_places(
        self, code: str, source: Source, places: Sequence[Place], **values: Any
    ) -> None:
        """Note something with the first places where it stands."""
        grid = source.table.grid
        shown = tuple(replace(one, file=None, sheet=None) for one in places[:EXAMPLES])
        note = Problem(
            code=code,
            place=Place(file=grid.file, sheet=grid.sheet),
            values={"n": len(places), **values},
            places=shown,
            more=len(places) - len(shown),
        )
        self.notes.append(note)


def _question(table: Table, said: str | None) -> Question | None:
    """Find the question that somebody has named."""
    if said is None:
        return None
    for question in (*table.questions, *table.matrices, *table.bare):
        if question.called(said):
            how = question.how if question in (*table.questions, *table.bare) else "scale"
            return replace(question, how=how)
    column = table.find(said)
    return None if column is None else Question(column.text, [column])


def _cannot_choose(questions: Sequence[Question]) -> bool:
    """Tell whether several questions ask for the same kind of tie, or for none that is known."""
    kinds = [question.kind for question in questions]
    return len(kinds) > 1 and (None in kinds or len({*kinds}) < len(kinds))


def _is_repeated(who: Column, questions: Sequence[Question]) -> bool:
    """Tell whether the same answer in several rows, each time about one other."""
    if len(questions) > 1 or questions[0].how != "names":
        return False
    names = [letters_of(text_of(cell) or "") for cell in who.filled]
    alone = all(
        len(named_in(cell, {})) == 1 for column in questions[0].columns for cell in column.filled
    )
    return alone and len({*names}) < len(names)


def _join_parents(tables: Sequence[Table]) -> None:
    """Give the rows of a repeated group what their answer says, which Kobo keeps apart."""
    for table in tables:
        number = table.find("_parent_index")
        if number is None:
            continue
        parents = [one for one in tables if one is not table and one.find("_index")]
        name = table.find("_parent_table_name")
        called = text_of(name.filled[0]) if name is not None and name.filled else None
        named = [one for one in parents if one.grid.sheet == called]
        if parents:
            table.take_from((named or parents)[0], number)


def _once(problems: Sequence[Problem]) -> list[Problem]:
    """Say what is wrong with a word once, with the first places where it stands."""
    found: dict[object, list[Problem]] = {}
    for place, problem in enumerate(problems):
        word = letters_of(str(problem.values.get("value")))
        same = word if problem.code in {"survey_answer", "survey_near"} else ""
        found.setdefault((problem.code, same) if same else place, []).append(problem)
    return [
        replace(
            first,
            places=tuple(replace(one.place, file=None, sheet=None) for one in rest[:2]),
            more=max(len(rest) - 2, 0),
        )
        for first, *rest in found.values()
    ]


def _in_time(table: Table, rows: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """Return rows from the first to the last, by when they were answered if that can be read."""
    said = (one for name in WHEN for one in table.columns if name in one.names and one.filled)
    column = next(said, None)
    if column is None:
        return rows
    times = {row: _when(column.cells[row]) for row, _ in rows}
    if None in times.values():
        return rows
    return sorted(rows, key=lambda one: (times[one[0]] or "", one[0]))


def _when(cell: Any) -> str | None:
    """Return a time as text that sorts; None where days and months could be mixed up."""
    if isinstance(cell, (dt.datetime, dt.date)):
        return cell.isoformat(" ") if isinstance(cell, dt.datetime) else cell.isoformat()
    word = text_of(cell) or ""
    if re.match(r"\d{4}[-/]\d\d[-/]\d\d", word):
        return word.replace("/", "-").replace("T", " ")
    if found := re.fullmatch(r"(\d{1,2})\.(\d{1,2})\.(\d{4})(.*)", word):
        day, month, year, rest = found.groups()
        return f"{year}-{int(month):02}-{int(day):02}{rest}"
    return None
