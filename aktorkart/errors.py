"""Everything that can go wrong, said in words that help.

::

    AktorkartError
    ├── InvalidMap        (ValueError)   the content of a map does not hold together
    ├── UnknownActor      (KeyError)     an id that is not on the map
    ├── UnknownTie        (KeyError)     no tie between two actors
    ├── UnknownName       (ValueError)   an option that takes one of several words got another
    ├── UnsupportedFile   (ValueError)   a format, or a layout of it, that is not read or written
    ├── UnreadableFile    (OSError)      missing, a folder, no permission, not text
    ├── UnwritableFile    (OSError)      no folder, no permission, disk full
    ├── NoConsent         (PermissionError)  a consent that is missing, over or for others
    ├── WrongArgument     (TypeError, ValueError)  a path where a map belongs, a colour that is none
    └── MissingExtra      (ImportError)  an optional library is not installed

Every error carries ``problems``: each one a code, a place and values, so that it can be
said in any of the four languages, and so that all of them are said at once.
"""

from __future__ import annotations

import difflib
import heapq
import re
from collections import Counter
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from aktorkart.i18n import LANGUAGES, text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


_LONGEST_LINE = 2000
_MOST_LINES = 100

_STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def printable(text: str) -> str:
    """Return a text in which nothing can steer a terminal."""
    return _STEERING.sub("\N{REPLACEMENT CHARACTER}", text)


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where a problem is; whatever is not known is left out.

    Parameters
    ----------
    file, sheet : str, optional
        Name of the file, and of the sheet in a workbook.
    line, column : int, optional
        Counted from 1, as text editors do.
    row : int, optional
        Row in a table, counted from 1 with the heading as row 1, as spreadsheets do.
    field : str, optional
        Heading of the column in a table.
    cell : str, optional
        The cell in a workbook, as ``C7``; said instead of the row.
    item : str, optional
        What it is called where it has no line and no row: the ends of an edge in a graph.
    path : tuple
        Way to the value inside the map, as ``("ties", 3, "strength")``.
    """

    file: str | None = None
    sheet: str | None = None
    line: int | None = None
    column: int | None = None
    row: int | None = None
    field: str | None = None
    cell: str | None = None
    item: str | None = None
    path: tuple[str | int, ...] = ()

    def text(self, lang: str) -> str:
        """Say the place in words; empty if nothing is known.

        Parameters
        ----------
        lang : {"nb", "nn", "en", "sv"}
            The language.

        Returns
        -------
        str
            For example ``kart.yaml, line 3, column 5``.
        """
        parts = [self.file] if self.file else []
        for code, value in (
            ("sheet", self.sheet),
            ("line", self.line),
            ("column", self.column),
            ("row", self.row if self.cell is None else None),
            ("cell", self.cell),
            ("item", self.item),
            ("field", self.field),
        ):
            if value is not None:
                parts.append(text(f"place.{code}", lang, value=value))
        places = (self.line, self.row, self.cell, self.item)
        if self.path and all(place is None for place in places):
            parts.append(_path_text(self.path))
        return ", ".join(parts)


def _path_text(path: tuple[str | int, ...]) -> str:
    """Write a path as people write it: ``ties[3].strength``."""
    line = ""
    for step in path:
        line += f"[{step}]" if isinstance(step, int) else f".{step}" if line else step
    return line


@dataclass(frozen=True, kw_only=True)
class Problem:
    """One thing that is wrong.

    Parameters
    ----------
    code : str
        Stable English slug; the sentence is ``problem.<code>`` in the catalogues.
    place : Place
        Where it is.
    values : mapping
        What the sentence needs: often ``value`` and ``why``.
    guesses : tuple of str
        What was probably meant, the likeliest first.
    places : tuple of Place
        The first places of something that is met in many.
    more : int
        In how many further places the same is wrong.
    """

    code: str
    place: Place = Place()
    values: Mapping[str, Any] = field(default_factory=dict)
    guesses: tuple[str, ...] = ()
    places: tuple[Place, ...] = ()
    more: int = 0

    def text(self, lang: str = "en") -> str:
        """Say the place, the problem and the likeliest fix in one line.

        Parameters
        ----------
        lang : {"nb", "nn", "en", "sv"}
            The language.

        Returns
        -------
        str
            One line.
        """
        values = {key: _as_typed(key, value) for key, value in self.values.items()}
        line = text(f"problem.{self.code}", lang, **values)
        if self.guesses:
            quoted = [text("common.quoted", lang, value=guess) for guess in self.guesses]
            meant = f" {text('common.or', lang)} ".join(quoted)
            line += " " + text("problem.did_you_mean", lang, guesses=meant)
        if also := self._also(lang):
            line += f" {also}"
        where = self.place.text(lang)
        line = printable(f"{where}: {line}" if where else line)
        return line if len(line) <= _LONGEST_LINE else line[: _LONGEST_LINE - 1] + "…"

    def _also(self, lang: str) -> str:
        """Say in which further places the same is met."""
        near = [replace(one, file=None).text(lang) for one in self.places]
        places = [place for place in near if place]
        n = self.more + len(near) - len(places)
        if not places:
            return text("problem.also", lang, n=n) if n else ""
        located = any((self.place.row, self.place.line, self.place.item))
        code = "places" if located else "rows"  # the first of several, or where all of it is
        code += "_and_more" if n else ""
        return text(f"problem.{code}", lang, places=places, n=n)


_COUNTED = frozenset({"actors", "n", "people", "arenas"})
"""Numbers that choose between one and several, and that nobody has typed."""


def _as_typed(key: str, value: Any) -> Any:
    """Write a number as it is typed, ``-1.5`` and not ``−1,5``: somebody has to find it again."""
    if key in _COUNTED or isinstance(value, bool) or not isinstance(value, (int, float)):
        return value
    # Beyond 2^53 a float is not known to the last digit: nobody has typed those.
    whole = isinstance(value, float) and value.is_integer() and abs(value) < 2**53
    return repr(int(value) if whole else value)


class AktorkartError(Exception):
    """The root of all errors that the library raises on purpose.

    Parameters
    ----------
    problems : iterable of Problem
        Everything that is wrong, not only the first.
    """

    def __init__(self, problems: Iterable[Problem] | Problem) -> None:
        self.problems = (problems,) if isinstance(problems, Problem) else tuple(problems)
        super().__init__(self.problems)

    def text(self, lang: str = "en") -> str:
        """Say every problem, a line each, in one of nb, nn, en and sv.

        Parameters
        ----------
        lang : {"nb", "nn", "en", "sv"}
            The language.

        Returns
        -------
        str
            A line for each problem, up to a hundred; a last one counts the rest.
        """
        lines = [problem.text(lang) for problem in self.problems[:_MOST_LINES]]
        if rest := len(self.problems) - len(lines):
            lines.append(text("common.more_problems", lang, n=rest))
        return "\n".join(lines)

    def __str__(self) -> str:
        return self.text("en")


class InvalidMap(AktorkartError, ValueError):  # noqa: N818 - the name is part of the contract
    """The content of a map does not hold together."""


class UnknownActor(AktorkartError, KeyError):  # noqa: N818 - the name is part of the contract
    """An id that is not on the map."""


class UnknownTie(AktorkartError, KeyError):  # noqa: N818 - named like its siblings
    """No tie between two actors."""


class UnknownName(AktorkartError, ValueError):  # noqa: N818 - named like its siblings
    """An option that takes one of several words got another."""


class UnsupportedFile(AktorkartError, ValueError):  # noqa: N818 - the name is part of the contract
    """A format, or a layout of it, that is not read or written."""


class UnreadableFile(AktorkartError, OSError):  # noqa: N818 - named like its siblings
    """A file that is missing, a folder, closed to us or not text."""


class UnwritableFile(AktorkartError, OSError):  # noqa: N818 - named like its siblings
    """A place that cannot be written to; what stood there is untouched."""


class WrongArgument(AktorkartError, TypeError, ValueError):  # noqa: N818 - named like its siblings
    """Something else than what a function works on, or a value that it cannot use."""


class NoConsent(AktorkartError, PermissionError):  # noqa: N818 - named like its siblings
    """What would be shown needs a consent that is missing, over, withdrawn or for others."""

    @property
    def overridable(self) -> bool:
        """Whether ``consent="ignore"`` goes on all the same; never for those who may not see."""
        return all(problem.code.startswith("consent_") for problem in self.problems)


class MissingExtra(AktorkartError, ImportError):  # noqa: N818 - named like its siblings
    """An optional library is not installed; the text has the command that fixes it."""


class MapNote(UserWarning):
    """Something worth knowing about a map that was read; it stops nothing."""


_ONE_CAUSE = frozenset(
    {"undeclared_kind", "unknown_actor", "unknown_reference", "unknown_need", "not_choice"}
)
"""What is wrong with a word, however many places it stands in."""


def one_per_cause(problems: Iterable[Problem]) -> list[Problem]:
    """Say what is wrong with a word once, with the first places where it stands.

    Parameters
    ----------
    problems : iterable of Problem
        In the order of the file.

    Returns
    -------
    list of Problem
        The same, those of one cause put together.
    """
    found: dict[object, list[Problem]] = {}
    for place, problem in enumerate(problems):
        # Who is not on the map is not, whichever end of a tie it is.
        key = (problem.code, str(problem.values.get("value")))
        found.setdefault(key if problem.code in _ONE_CAUSE else place, []).append(problem)
    return [
        replace(first, places=tuple(one.place for one in rest[:2]), more=max(len(rest) - 2, 0))
        for first, *rest in found.values()
    ]


def grouped(notes: Iterable[Problem], lang: str) -> list[str]:
    """Say notes a line for each thing: the first of it, and in how many more places.

    Parameters
    ----------
    notes : iterable of Problem
        What is to be said.
    lang : {"nb", "nn", "en", "sv"}
        The language.

    Returns
    -------
    list of str
        In the order in which each is first met.

    Examples
    --------
    >>> places = [Place(row=row) for row in (2, 5, 9, 12)]
    >>> notes = [Problem(code="empty_text", place=place) for place in places]
    >>> grouped(notes, "en")
    ['row 2: This must not be empty. Also: row 5 and row 9, and 1 more place.']
    """
    found: dict[tuple[str, str], list[Problem]] = {}
    for note in notes:
        about = "" if note.place.row or note.place.line else repr(note.values)
        found.setdefault((note.code, about), []).append(note)
    return [
        replace(
            first,
            places=(*first.places, *(one.place for one in rest[:2])),
            more=first.more + max(len(rest) - 2, 0),
        ).text(lang)
        for first, *rest in found.values()
    ]


def guesses(value: object, known: Iterable[str], *, most: int = 2) -> tuple[str, ...]:
    """Find the known words nearest to a mistyped one.

    Parameters
    ----------
    value : object
        What was written.
    known : iterable of str
        What could have been meant.
    most : int
        How many to return at the most.

    Returns
    -------
    tuple of str
        Likeliest first; empty if nothing is near.

    Examples
    --------
    >>> guesses("fastlegen", ["fastlege", "nav", "dps"])
    ('fastlege',)
    """
    written = str(value).casefold()[:_LONGEST_COMPARED]
    names, found = _by_pairs_of_letters(tuple(known))
    shared = Counter(name for pair in _pairs_of_letters(written) for name in found.get(pair, ()))
    # A close look costs a thousand times more than counting letters, so few are given one.
    promising = heapq.nlargest(
        _MOST_COMPARED, sorted(shared), key=lambda name: shared[name] / (len(name) + len(written))
    )
    near = difflib.get_close_matches(written, promising, n=most, cutoff=0.6)
    return tuple(names[name] for name in near)


_LONGEST_COMPARED = 60
_MOST_COMPARED = 12


def _pairs_of_letters(word: str) -> set[str]:
    """Return the neighbouring letters of a word, its ends included."""
    word = f" {word[:_LONGEST_COMPARED]} "
    return {word[place : place + 2] for place in range(len(word) - 1)}


@lru_cache(maxsize=8)
def _by_pairs_of_letters(known: tuple[str, ...]) -> tuple[dict[str, str], dict[str, list[str]]]:
    """Return words by their small letters, and those by each pair of neighbouring letters."""
    names = {name.casefold(): name for name in sorted(known)}
    found: dict[str, list[str]] = {}
    for name in names:
        for pair in _pairs_of_letters(name):
            found.setdefault(pair, []).append(name)
    return names, found


def at_least(value: object, least: int, *, option: str) -> int:
    """Return ``value`` if it is a whole number from ``least`` on, and refuse it if not.

    Parameters
    ----------
    value : object
        What the caller gave.
    least : int
        The smallest there can be.
    option : str
        Name of the option, for the message.

    Returns
    -------
    int
        ``value``.

    Raises
    ------
    WrongArgument
        If it is something else.

    Examples
    --------
    >>> at_least(3, 1, option="most")
    3
    """
    if not isinstance(value, int) or isinstance(value, bool) or value < least:
        values = {"option": option, "least": least, "value": repr(value)}
        raise WrongArgument(Problem(code="at_least", values=values))
    return value


def one_of(value: str, known: Iterable[str], *, option: str) -> str:
    """Return ``value`` if it is one of the known words, and say which there are if not.

    Parameters
    ----------
    value : str
        What the caller asked for.
    known : iterable of str
        What there is.
    option : str
        Name of the option, for the message.

    Returns
    -------
    str
        ``value``.

    Raises
    ------
    UnknownName
        If it is not among the known words.

    Examples
    --------
    >>> one_of("nb", ["nb", "nn", "en", "sv"], option="lang")
    'nb'
    """
    words = list(known)
    if value not in words:
        raise UnknownName(
            Problem(
                code="unknown_name",
                values={"option": option, "value": value, "known": words},
                guesses=guesses(value, words),
            )
        )
    return value


def language(asked: str | None, own: str | None = None) -> str:
    """Return the language to write in: what was asked for, else the map's own, else bokmål.

    Parameters
    ----------
    asked : {"nb", "nn", "en", "sv"}, optional
        What the caller asked for.
    own : {"nb", "nn", "en", "sv"}, optional
        The map's language.

    Returns
    -------
    str
        One of the four.

    Raises
    ------
    UnknownName
        If what was asked for is not one of the four.

    Examples
    --------
    >>> language(None, "sv"), language("en", "sv"), language(None)
    ('sv', 'en', 'nb')
    """
    return one_of(asked or own or LANGUAGES[0], LANGUAGES, option="lang")
