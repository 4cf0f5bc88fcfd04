"""Tables as they stand in somebody's file, before the rules for rows make a map of them.

Readers of tables, frames, graphs and other tools' files all end here: with one sheet of actors
and one of ties, whose headings and cells are as they were found. Column by column, since most
columns repeat a few words.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from aktorkart.errors import Place, Problem, WrongArgument, one_of
from aktorkart.expected import expect
from aktorkart.files import headings

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Sequence

WEIGHTS = ("auto", "given")
"""Whether a weight that is 1 on every tie is taken as no judgement."""


@dataclass(frozen=True)
class Reading:
    """How somebody wants a file of others read: the options that all such readers share.

    Parameters
    ----------
    directed : bool, optional
        True reads each row that says nothing of its direction as one way, False as mutual.
        None lets the file speak.
    columns : mapping
        The column for a field, where its heading is none that is known.
    weights : {"auto", "given"}
        Whether a weight of 1 on every tie is a judgement.
    repair : bool
        Leave out ties to oneself and of strength zero, and join doubles, instead of refusing.
    count : bool
        Read rows that repeat a tie as how often it was met.
    """

    directed: bool | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    weights: str = "auto"
    repair: bool = False
    count: bool = False

    def __post_init__(self) -> None:
        named = isinstance(self.columns, Mapping)
        if not named or not all(isinstance(one, str) for one in self.columns.values()):
            values = {"example": "{'strength': 'collab'}", "value": repr(self.columns)[:40]}
            raise WrongArgument(Problem(code="not_columns", values=values))
        for name in self.columns:
            one_of(name, sorted({*headings.ACTORS, *headings.TIES}), option="columns")
        one_of(self.weights, WEIGHTS, option="weights")
        for option in ("directed", "repair", "count"):
            value = getattr(self, option)
            if option != "directed" or value is not None:
                expect("yes_or_no", **{option: value})


@dataclass
class Grid:
    """The cells of a file or of a sheet in a workbook, before anybody knows what they are.

    Parameters
    ----------
    file : str
        Where it stands.
    sheet : str, optional
        The sheet in a workbook.
    rows : list of (int, list)
        The number of each row that is not empty, and its cells.
    typed : bool
        Whether cells are numbers and dates where the file says so.
    table : {"actors", "ties"}, optional
        What the name of the file or the sheet says that it is.
    notes : list of Problem
        What was left out or filled in before anybody looked at the cells.
    empty : dict of str to str
        The cells that are read as empty although something stands in them: code of the note.
    """

    file: str
    sheet: str | None
    rows: list[tuple[int, list[Any]]]
    typed: bool = False
    table: str | None = None
    notes: list[Problem] = field(default_factory=list)
    empty: dict[str, str] = field(default_factory=dict)


@dataclass
class Sheet:
    """A table of actors or of ties, with its headings and cells as they were found.

    Parameters
    ----------
    headings : list of str
        What stands over the columns; attributes' names where it comes from a graph.
    columns : list of list
        The cells of each column, all equally many; None where there is none.
    file, sheet : str, optional
        Where it stands.
    numbers : sequence of int, optional
        The number of each row in the file.
    lines : bool
        Whether these are lines of a text instead of rows of a table.
    item : callable, optional
        What to call a row, by its place, where it has no number: ``edge NAV – DPS``.
    heading_row : int, optional
        The row of the headings.
    typed : bool
        Whether cells are numbers and dates where the file says so, and not text to be read.
    sheets : sequence of str, optional
        The sheet of each row, where they come from several.
    letters : sequence of str, optional
        The letter of each column, where a workbook has them.
    """

    headings: list[str]
    columns: list[list[Any]]
    file: str | None = None
    sheet: str | None = None
    numbers: Sequence[int] | None = None
    lines: bool = False
    item: Callable[[int], str] | None = None
    heading_row: int | None = None
    typed: bool = False
    sheets: Sequence[str | None] | None = None
    letters: Sequence[str] | None = None

    @classmethod
    def of(cls, records: Sequence[Mapping[str, Any]], **where: Any) -> Sheet:
        """Make a sheet of records, each a mapping from heading to cell."""
        headings = list(dict.fromkeys(name for record in records for name in record))
        columns = [[record.get(name) for record in records] for name in headings]
        return cls(headings, columns, **where)

    @classmethod
    def of_columns(
        cls, columns: Mapping[str, list[Any]], always: Container[str], **where: Any
    ) -> Sheet:
        """Make a sheet of the columns that say something, and of some that are always there."""
        said = {
            name: column
            for name, column in columns.items()
            if name in always or any(cell is not None for cell in column)
        }
        return cls(list(said), list(said.values()), **where)

    def __len__(self) -> int:
        return len(self.columns[0]) if self.columns else 0

    def place(self, row: int | None = None, heading: str | None = None) -> Place:
        """Say where a row, a column or a cell stands."""
        place = Place(file=self.file, sheet=self.sheet, field=heading)
        if row is None:
            return replace(place, row=self.heading_row)
        if self.sheets is not None:
            place = replace(place, sheet=self.sheets[row])
        if self.numbers is not None:
            number = self.numbers[row]
            if self.lines:
                return replace(place, line=number)
            return replace(place, row=number, cell=self._cell(number, heading))
        return replace(place, item=self.item(row)) if self.item is not None else place

    def _cell(self, number: int, heading: str | None) -> str | None:
        if self.letters is None or heading not in self.headings:
            return None
        return f"{self.letters[self.headings.index(heading)]}{number}"


@dataclass
class Draft:
    """What a reader found, and the rules for rows make a map of.

    Parameters
    ----------
    actors : Sheet, optional
        Of actors; None where only ties were found, and they name the actors.
    ties : Sheet
        Of ties. ``source`` and ``target`` are ids or names; a column ``mutual`` with true and
        false says the direction of each where the format does.
    about : mapping
        Fields of the map itself.
    notes : list of Problem
        What was understood, dropped or left out so far.
    problems : list of Problem
        What is wrong already.
    own : bool
        Whether we wrote it ourselves, so that it is read as it stands.
    matrix : bool
        Whether zero in it is no tie, and whoever is in it is an actor without ties.
    one_way : bool
        Whether ties that say nothing of their direction go one way: somebody named somebody.
    more_actors : bool
        Whether ties may name actors beside those that are listed.
    about_file : str, optional
        The file that says what the map is about, where there could be one.
    place_of : callable, optional
        Where the problem of a field of the map itself stands; None if it is of another field.
    asked : bool
        Whether a form asked for what the columns are to hold, so that what does not fit is wrong.
    """

    actors: Sheet | None
    ties: Sheet
    about: dict[str, Any] = field(default_factory=dict)
    notes: list[Problem] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    own: bool = False
    matrix: bool = False
    one_way: bool = False
    more_actors: bool = False
    about_file: str | None = None
    place_of: Callable[[Problem], Problem | None] | None = None
    asked: bool = False


def letters(place: int) -> str:
    """Return the letters over a column of a workbook: A for the first, 0."""
    name = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        name = chr(ord("A") + rest) + name
    return name
