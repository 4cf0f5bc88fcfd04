"""Which columns of exported answers ask what: who answers, about whom, how close.

The tools export a row for each who has answered and a column for each question. A question about
several partners is a column for each: «Hvor tett samarbeider du [NAV]» (Google Forms, LimeSurvey),
«tett.NAV» (Nettskjema's code book), «gruppe/NAV» (Kobo), or «NAV» alone (Microsoft Forms).
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from aktorkart.errors import Place, Problem, guesses
from aktorkart.files import cells, headings, words
from aktorkart.files.cells import text_of
from aktorkart.files.likert import mark_of, meaning_of, says_words
from aktorkart.model.fields import letters_of

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from aktorkart.files.sheets import Grid

_PERSONAL = (
    "email, e-mail, email address, e-post, epost, e-postadresse, e-postadress, epostadresse, "
    "name, full name, navn, namn, fullt navn, fullt namn, username, user name, brukernavn, "
    "brukarnamn, användarnamn, phone, phonenumber, phone number, telefon, telefonnummer, mobil, "
    "fødselsnummer, personnummer, ip address, ip-adresse, ip-adress, ipaddr, ip, refurl, token, "
    "deviceid, subscriberid, simserial, submitted by, submitter name, firstname, lastname, "
    "fornavn, etternavn, førenamn, etternamn, förnamn, efternamn, person id, "
    "start time, starttidspunkt, starttid, startdate, date started, dato startet, start, "
    "completion time, fullføringstidspunkt, slutförandetid, sluttid, end, submitdate, "
    "date submitted, dato innsendt, dato sendt inn, datestamp, date last action, "
    "dato siste handling, timestamp, tidsmerke, tidsstempel, tidsstämpel, tidspunkt, created, "
    "$created, submitted, levert, leveringstidspunkt, submission time, submissiondate, "
    "last modified time, tidspunkt for siste endring, "
    "tid för senaste ändring, senast ändrad, today"
)
"""Headings, without underscores, of who and when: left out unless they are asked for."""

_BOOKKEEPING = (
    "id, response id, respons-id, svar-id, submission id, form id, formid, lastpage, last page, "
    "siste side, sista sidan, startlanguage, start language, startspråk, language, språk, seed, "
    "instanceid, meta/instanceid, formhub/uuid, rootuuid, key, parent key, interviewtime, "
    "total time, totaltid, total points, totalt antall poeng, quiz feedback"
)
"""Headings of the tools' own columns."""


def _listed(words: str) -> frozenset[str]:
    return frozenset(" ".join(word.split()) for word in words.split(", "))


PERSONAL, BOOKKEEPING = _listed(_PERSONAL), _listed(_BOOKKEEPING)
FINISHED = frozenset({"submitdate", "date submitted", "dato innsendt", "dato sendt inn"})
"""LimeSurvey's column of when an answer was handed in: empty where it never was."""

WHEN = (
    *("last modified time", "tidspunkt for siste endring", "completion time"),
    *("fullføringstidspunkt", "slutförandetid", "submitdate", "date submitted", "dato innsendt"),
    *("submission time", "timestamp", "tidsmerke", "tidsstempel", "tidsstämpel", "$created"),
)
"""Columns that say when, the one that says most first."""

_WHO = re.compile(
    r"(hvem|kven|vem) (er|är) du|(hvem|kven|vem) svar|who are you|who is answering|respondent"
    r"|informant|svar\w* (du |dere |de )?(for|på vegne|på vegner|åt)|på vegne|on behalf"
    r"|represent|hører du til|høyrer du til|tillhör du|belong"
    r"|(hvor|hvilke\w|kor|kva|var|vilke\w|where|which)\b[^?]*(r du|you work)\b"
    r"|arbeidssted|arbeidsstad|arbetsplats|your (organi[sz]ation|service|unit|team|name)"
    r"|(din|ditt|eigen|egen|deres|dykkar|er|vår) "
    r"(organisasjon|organisation|tjeneste|teneste|eining|enhet|virksomhet|verksemd|verksamhet"
    r"|namn|navn|avdeling|instans)|(fyller|fyll|fylt) (ut|i)\b|are you from|er det som svar"
    r"|(tjenesten|tenesta|tjänsten|organisasjonen|organisationen|virksomheten|verksemda"
    r"|verksamheten|enheten|eininga|avdelingen|avdelinga|avdelningen) (din|di|du|deres|dykkar|er)\b"
    r"|^((navn|namn|name) (på|of) )?(ego|organisasjon|organisation|organization|tjeneste|teneste"
    r"|enhet|eining|avdeling|avdelning|virksomhet|verksemd|verksamhet|avsender|fra|frå|från|from)"
    r"(\s*[/,(].*)?$",
    re.IGNORECASE,
)
_WHOM = re.compile(
    r"partner|alter\b|(med|om|til|till) (hvem|kven|vem)|with whom|about whom|nomin"
    r"|(hvem|kven|vem|vilka|hvilke\w*|kva for\w*) "
    r".*(samarbe|samverk|samhandl|kontakt|henvis|tilvis|remitt|inform|avtal|råd|støtt|stöd|hjelp|hjälp)"
    r"|(samarbe|samverk|samhandl|kontakt|henvis|tilvis|remitt)\w* .*(med|til|till)\b|samarbeidspart"
    r"|who\w* .*(work|collaborat|contact|refer)|works? with|collaborates? with"
    r"|(gjelder|gjeld|gäller|svar\w* (du )?om)\b|^(aktør|aktör|actor|til|till|to|target)$",
    re.IGNORECASE,
)
_HOW_CLOSE = re.compile(
    r"\b((hvor|kor) (tett|nært?|ofte|mye|mykje|godt)|hur (nära|tätt|ofta|mycket|bra)"
    r"|how (close|closely|often|much|well)|tetthet|tettleik|täthet|closeness|styrke|styrka|strength"
    r"|hyppighet|hyppigheit|frequency|rating|grad av|degree of|to what extent"
    r"|(hvilken|hvor stor|kva|kor stor|vilken|hur stor|hög|høy) (grad|utsträckning))\b",
    re.IGNORECASE,
)
_WISHED = re.compile(
    r"\b(burde|skulle|ønske\w*|ynskje\w*|savne\w*|sakne\w*|mangle\w*|should|wish\w*|would like"
    r"|miss|need|borde|önska\w*|sakna\w*|behöv\w*)\b",
    re.IGNORECASE,
)
"""A question about what is not there: its answers are no ties that are."""

_OPEN = re.compile(
    r"kommentar|comment|merknad|anteckning|beskriv|describ|utdyp|forklar|explain|förklar"
    r"|\b(annet|anna|annat|other|noe mer|noko meir|något mer|anything)\b",
    re.IGNORECASE,
)
"""A question that is answered in one's own words."""

_SEVERAL = re.compile(r"\s*[;|\n]\s*")
_CODE = re.compile(r"(?P<code>\w*\d\w*|\w+\[\w+\]|id|[a-z]{4,})\.\s+(?P<text>\S.*)", re.DOTALL)
_BRACKET = re.compile(r"(?P<stem>.+?)\s*\[(?P<item>[^\[\]]+|[^\[\]]*\[[^\[\]]*\][^\[\]]*)\]")
_LONGEST_NAME = 60
_FEW = 8
"""So many different answers at the most has a question with choices."""
_MOST = 0.6
"""So large a share of what is written must be answers for a column to be a question of choices."""


@dataclass
class Column:
    """A column of a table of answers."""

    place: int
    heading: str  # as it stands, in one line
    cells: list[Any]

    @cached_property
    def text(self) -> str:
        """What is asked, without a code before it."""
        found = _CODE.fullmatch(self.heading)
        return found["text"] if found else self.heading

    @cached_property
    def names(self) -> set[str]:
        """What the heading may be known by: its code, and its text."""
        found = _CODE.fullmatch(self.heading)
        both = (found["code"], found["text"]) if found else (self.heading,)
        last = self.heading.rpartition("/")[2]  # Kobo writes the group before
        return {_name(one) for one in (*both, last)}

    @cached_property
    def filled(self) -> list[Any]:
        """The cells that say something."""
        return [cell for cell in self.cells if not cells.is_empty(cell)]

    def is_own(self) -> bool:
        """Tell whether a tool has made it, and nobody was asked."""
        if self.names & (PERSONAL | BOOKKEEPING):
            return True
        return self.heading.startswith(("$", "_", "Points - ", "Feedback - "))

    def is_personal(self) -> bool:
        """Tell whether it says who somebody is, or when they answered."""
        return bool(self.names & PERSONAL)


def _name(heading: str) -> str:
    return " ".join(heading.replace("_", " ").casefold().split()).strip(" :*?")


@dataclass
class Question:
    """One question, in one column or in a column for each partner."""

    asked: str
    columns: list[Column]
    items: list[str] = field(default_factory=list)  # whom each column is about
    how: str = "names"  # names, scale or marks

    @property
    def label(self) -> str:
        """What it is called in messages; of a bare matrix the first and the last partner."""
        return self.asked or " … ".join((self.items[0], self.items[-1]))

    def called(self, said: str) -> bool:
        """Tell whether somebody means this question."""
        known = {_name(self.asked), *(_name(one.heading) for one in self.columns)}
        return _name(said) in known - {""}

    def is_about_what_is(self) -> bool:
        """Tell whether it asks for ties that there are, and not for those that are wished for."""
        return _WISHED.search(self.asked) is None

    def is_about_partners(self) -> bool:
        """Tell by its words whether it asks whom one works with, or how closely."""
        return _asks_how_close(self.asked) or _WHOM.search(self.asked) is not None

    @property
    def kind(self) -> str | None:
        """The kind of tie that it asks for, by its words."""
        found = (words.code_of("tie_kind", word) for word in re.findall(r"\w+", self.asked))
        return next((code for code in found if code is not None), None)

    def named(self) -> set[str]:
        """Return whom it is about: the partners of its columns, or those in its cells."""
        if self.how != "names":
            return {letters_of(item) for item in self.items}
        found = (named_in(cell, {}) for column in self.columns for cell in column.filled)
        return {letters_of(name) for names in found for name in names}


class Table:
    """A grid of answers: its headings, its rows, and the questions that stand in it."""

    def __init__(
        self, grid: Grid, own: Mapping[str, float | None], known: Collection[str] = ()
    ) -> None:
        self.grid, self.own, self.known = grid, own, {*known}  # names that are given, as letters
        self.is_child = False
        rows = [(n, row) for n, row in grid.rows if any(not cells.is_empty(cell) for cell in row)]
        self.head = max(
            range(min(len(rows), 5)),
            key=lambda place: (sum(map(_says, rows[place][1])), -place),
            default=0,
        )
        over = rows[self.head][1] if rows else []
        self.row = rows[self.head][0] if rows else None
        rows = rows[self.head + 1 :]
        self.numbers = [number for number, _ in rows]
        self.columns = [
            Column(
                place,
                text_of(over[place]) or "",
                [row[place] if place < len(row) else None for _, row in rows],
            )
            for place in range(len(over))
            if _says(over[place])
        ]

    def place(self, row: int | None = None, column: Column | None = None) -> Place:
        """Say where a row or a cell stands."""
        number = self.row if row is None else self.numbers[row]
        heading = column.heading if column is not None else None
        return Place(file=self.grid.file, sheet=self.grid.sheet, row=number, field=heading)

    def find(self, said: str) -> Column | None:
        """Find the column that somebody has named."""
        for one in self.columns:
            if one.heading == said:
                return one
        simple = _name(said)
        return next((one for one in self.columns if simple in one.names), None)

    def take_from(self, parent: Table, number: Column) -> None:
        """Take the columns of the answer that each row of a repeated group belongs to."""
        index = parent.find("_index")
        rows = {text_of(cell): row for row, cell in enumerate(index.cells if index else [])}
        whose = [rows.get(text_of(cell)) for cell in number.cells]
        mine = {column.heading for column in self.columns}
        for column in parent.columns:
            if column.heading not in mine and column is not index:
                cells_ = [None if row is None else column.cells[row] for row in whose]
                self.columns.append(Column(len(self.columns), column.heading, cells_))
        self.is_child = True

    def not_found(self, said: str) -> Problem:
        """Say that there is no such column or question."""
        known = [*(one.label for one in self.questions), *(one.heading for one in self.columns)]
        return Problem(
            code="column_not_found",
            place=Place(file=self.grid.file, sheet=self.grid.sheet),
            values={"value": said, "known": list(dict.fromkeys(known))[:12]},
            guesses=guesses(said, known),
        )

    # --- questions

    @cached_property
    def asked(self) -> list[Column]:
        """The columns that are no tool's own."""
        return [one for one in self.columns if not one.is_own()]

    @cached_property
    def matrices(self) -> list[Question]:
        """The questions with a column for each partner, whatever their answers are."""
        split = {one.place: _splits(one.text) for one in self.asked}
        stems: dict[str, set[str]] = defaultdict(set)
        for found in split.values():
            for stem, item in found:
                stems[stem].add(item)
        chosen: dict[str, Question] = {}
        for column in self.asked:
            found = [one for one in split[column.place] if len(stems[one[0]]) > 1]
            if not found:
                continue
            stem, item = max(found, key=lambda one: (len(stems[one[0]]), len(one[0])))
            question = chosen.setdefault(stem, Question(stem, []))
            question.columns.append(column)
            question.items.append(item)
        return [*chosen.values()]

    def told(self, question: Question) -> str:
        """Tell how a question was answered: on a scale, with ticks, or in words of one's own."""
        pairs = [
            (cell, item)
            for column, item in zip(question.columns, question.items, strict=True)
            for cell in column.filled
        ]
        if not pairs:
            return ""
        if all(mark_of(cell, item) is not None for cell, item in pairs):
            return "marks"
        known = sum(meaning_of(cell, self.own) is not None for cell, _ in pairs)
        return "scale" if known >= _MOST * len(pairs) else ""

    @cached_property
    def questions(self) -> list[Question]:
        """The questions about several partners that are answered by choosing."""
        found = []
        for question in self.matrices:
            question.how = self.told(question)
            if question.how:
                found.append(question)
        return found

    @cached_property
    def bare(self) -> list[Question]:
        """The matrices of which only the partners' names are exported, as Microsoft Forms does."""
        likely = [one for one in self.single if self._is_answered(one)]
        if not likely:
            return []
        said = {letters_of(cell) for one in self.asked for cell in map(text_of, one.filled) if cell}
        said |= self.known
        likely = [one for one in likely if _worded(one) or letters_of(one.text) in said]
        if len(likely) > 1:  # one with a few words that are not known, among those that are
            places = range(likely[0].place, likely[-1].place + 2)
            likely = [
                one
                for one in self.single
                if one in likely
                or (one.place in places and self._is_answered(one, half=True) and _worded(one))
            ]
        found: list[Question] = []
        first: set[str] = set()
        for column in likely:
            # A second matrix with the same partners has a figure after each.
            again = re.fullmatch(r"(.+?)[2-9]", column.text)
            item = column.text
            if again and again[1] in first:
                item = again[1]
            if not found or item in found[-1].items:
                found.append(Question("", [], how="scale"))
            found[-1].columns.append(column)
            found[-1].items.append(item)
            first.add(item)
        return [one for one in found if len(one.items) > 1 or letters_of(one.items[0]) in said]

    def _is_answered(self, column: Column, *, half: bool = False) -> bool:
        """Tell whether a column may be a partner, with how close under it."""
        text = column.text
        if len(text) > _LONGEST_NAME or text.endswith("?") or _OPEN.search(text):
            return False
        if not column.filled or _asks_how_close(text):
            return False
        known = (meaning_of(cell, self.own) is not None for cell in column.filled)
        return 2 * sum(known) >= len(column.filled) if half else all(known)

    def unread(self) -> Question | None:
        """Find a matrix whose answers are words that nobody has said the meaning of."""
        for question in self.matrices:
            filled = [cell for column in question.columns for cell in column.filled]
            different = {letters_of(text_of(cell) or "") for cell in filled}
            if len(different) <= _FEW and len(filled) > len(different):
                return Question(question.asked, question.columns, question.items, "scale")
        return None

    # --- which of them are about partners

    def about_partners(self, who: Column | None) -> list[Question]:
        """Choose the questions whose answers are ties; several where it cannot be seen which."""
        there = [one for one in self.questions if one.is_about_what_is()]
        asking = [one for one in there if one.is_about_partners()]
        whom = [one for one in self.whom(who) if one.is_about_what_is()]
        scales = [one for one in asking if one.how == "scale"]
        if scales:
            return closest(scales)
        if self.is_long(who, whom):
            return whom
        ticked = [one for one in asking if one.how == "marks"]
        if ticked:
            return ticked
        names = {name for one in whom for name in one.named()}
        bare = [one for one in self.bare if not whom or one.named() & names]
        unread = self.unread() if not whom and not bare and not there else None
        return bare or whom or there or ([unread] if unread is not None else [])

    def is_long(self, who: Column | None, whom: Sequence[Question]) -> bool:
        """Tell whether there is a row for each partner, with how close they are."""
        if len(whom) != 1:
            return False
        (column,) = whom[0].columns
        return _is_of_names(column) and self.how_close(who, column) is not None

    # --- single columns

    @cached_property
    def single(self) -> list[Column]:
        """The columns that are in no matrix and no tool's own."""
        taken = {column.place for question in self.questions for column in question.columns}
        return [one for one in self.asked if one.place not in taken]

    def who(self, roster: set[str]) -> Column | None:
        """Find the column that says who answers."""
        likely = [one for one in self.single if one.filled and _asks_who(one.text)]
        if likely:
            return max(likely, key=lambda one: (_known(one, roster), -one.place))
        own = [one for one in self.columns if one.names & {"name", "navn", "namn"}]
        others = [one for one in (*self.single, *own) if _is_of_names(one)]
        best = max(others, key=lambda one: (_known(one, roster), -one.place), default=None)
        return best if best is not None and _known(best, roster) >= _MOST else None

    def whom(self, who: Column | None) -> list[Question]:
        """Find the questions that are answered with the names of partners."""
        return [
            Question(one.text, [one])
            for one in self.single
            if one is not who and one.filled and _WHOM.search(one.text) and not self._rates(one)
        ]

    def how_close(self, *others: Column | None) -> Column | None:
        """Find the one column that says how close, in a table with a row for each partner."""
        likely = [one for one in self.single if one not in others and self._rates(one)]
        named = [one for one in likely if _asks_how_close(one.text)]
        return next(iter(named or (likely if len(likely) == 1 else [])), None)

    def _rates(self, column: Column) -> bool:
        known = sum(meaning_of(cell, self.own) is not None for cell in column.filled)
        return bool(column.filled) and known >= _MOST * len(column.filled)


def _worded(column: Column) -> bool:
    return any(map(says_words, column.filled))


def _asks_who(text: str) -> bool:
    return _WHO.search(text) is not None and _WHOM.search(text) is None


def _asks_how_close(text: str) -> bool:
    known = headings.field_of(headings.TIES, text) == "strength"
    return known or _HOW_CLOSE.search(text) is not None


def closest(questions: Sequence[Question]) -> list[Question]:
    """Return the questions that ask how close, where some do; else all."""
    return [one for one in questions if _asks_how_close(one.asked)] or list(questions)


def _says(cell: Any) -> bool:
    return not cells.is_empty(cell)


def _splits(text: str) -> list[tuple[str, str]]:
    """Return the ways in which a heading may be a question and whom it is about."""
    if found := _BRACKET.fullmatch(text):
        return [(found["stem"].strip(" :"), " ".join(found["item"].split()))]
    ways = []
    for sign in re.finditer(r"[./]|\?\s*|:\s+|\s[-–—]\s", text):
        before = text[: sign.end() if "?" in sign[0] else sign.start()].strip()
        item = text[sign.end() :].strip(" .")
        if before and item and len(item) <= _LONGEST_NAME:
            ways.append((before, item))
    return ways


def _is_of_names(column: Column) -> bool:
    return all(
        isinstance(cell, str) and len(cell) <= _LONGEST_NAME and not _SEVERAL.search(cell.strip())
        for cell in column.filled
    )


def _known(column: Column, roster: set[str]) -> float:
    """Return how many of the names in a column are among the partners."""
    names = [letters_of(text_of(cell) or "") for cell in column.filled]
    return sum(name in roster for name in names) / len(names) if names else 0.0


def named_in(cell: Any, known: Mapping[str, Any]) -> list[str]:
    """Split the names in a cell; one with a comma that is known stays whole."""
    word = cell.strip() if isinstance(cell, str) else text_of(cell)
    if not word:
        return []
    parts = [part for part in _SEVERAL.split(word) if part.strip()]
    if len(parts) == 1 and letters_of(word) not in known:
        by_comma = [part for part in re.split(r"\s*,\s+|,", parts[0]) if part.strip()]
        by_space = parts[0].split()
        if len(by_comma) > 1:
            parts = by_comma
        elif len(by_space) > 1 and all(letters_of(part) in known for part in by_space):
            parts = by_space  # Kobo's codes of several choices
    return list(dict.fromkeys(name for name in map(text_of, parts) if name))
