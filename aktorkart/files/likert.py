"""What words for how close a tie is mean: «svært tett» is 5, «ingen kontakt» is no tie.

Only words whose place on a scale is plain are known, in four languages. Others are asked about:
how close «kjenner til» is, those who made the questionnaire or the table have to say.
"""

from __future__ import annotations

import re
from enum import Enum
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from aktorkart.files import cells
from aktorkart.files.cells import text_of
from aktorkart.files.words import NOT_KNOWN, plain_word
from aktorkart.model.fields import letters_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


class Unsaid(Enum):
    """What «vet ikke» means: neither that there is a tie nor that there is none."""

    UNKNOWN = "unknown"


UNKNOWN = Unsaid.UNKNOWN

Meaning = float | Unsaid
"""A strength, 0 for no tie, or unknown."""

_WORDS: Mapping[int, str] = {
    5: (
        "svært tett, veldig tett, meget tett, svært nært, veldig nært, svært nær, veldig nær, "
        "svært godt, svært mye, svært ofte, svært sterk, svært sterkt, svært, "
        "i svært stor grad, i svært høy grad, "
        "svært nære, svært mykje, i svært høg grad, "
        "very close, very closely, extremely close, extremely closely, very much, very often, "
        "very strong, very well, to a very great extent, "
        "mycket nära, väldigt nära, mycket tätt, mycket ofta, väldigt ofta, mycket stark, "
        "mycket starkt, i mycket hög grad, i mycket stor utsträckning, "
        "daglig, dagleg, hver dag, kvar dag, daily, every day, dagligen, varje dag"
    ),
    4: (
        "tett, ganske tett, nokså tett, nært, ganske nært, nær, godt, mye, ofte, sterk, sterkt, "
        "i stor grad, i høy grad, "
        "nokså nært, nære, mykje, i høg grad, "
        "close, closely, quite close, quite closely, fairly close, rather close, often, strong, "
        "to a great extent, "
        "nära, ganska nära, tätt, ganska tätt, ofta, stark, starkt, mycket, i hög grad, "
        "i stor utsträckning, "
        "ukentlig, vekentleg, hver uke, kvar veke, flere ganger i uken, flere ganger i uka, "
        "fleire gonger i veka, weekly, every week, several times a week, varje vecka, "
        "flera gånger i veckan"
    ),
    3: (
        "noe, noe tett, noe nært, middels, middels tett, verken tett eller lite tett, moderat, "
        "i noen grad, av og til, noen ganger, delvis, "
        "noko, noko tett, noko nært, i nokon grad, nokre gonger, "
        "some, somewhat, somewhat close, moderate, moderately, moderately close, sometimes, "
        "medium, to some extent, "
        "något, något nära, ganska, medel, måttligt, måttligt nära, ibland, i viss mån, "
        "i någon mån, i viss utsträckning, "
        "månedlig, månadleg, hver måned, kvar månad, monthly, every month, varje månad"
    ),
    2: (
        "lite, litt, lite tett, litt tett, lite nært, i liten grad, sjelden, svak, svakt, "
        "sjeldan, "
        "little, a little, slightly, slightly close, not very close, rarely, seldom, weak, "
        "to a small extent, "
        "lite nära, lite grann, svag, svagt, i låg grad, i liten utsträckning, sällan, "
        "kvartalsvis, hvert kvartal, kvart kvartal, noen ganger i året, nokre gonger i året, "
        "quarterly, every quarter, a few times a year, några gånger om året, varje kvartal"
    ),
    1: (
        "svært svak, svært svakt, veldig svak, svært lite, veldig lite, meget lite, "
        "svært lite tett, ikke tett, ikke nært, "
        "i svært liten grad, svært sjelden, "
        "ikkje tett, ikkje nært, svært sjeldan, "
        "very weak, very little, not close, distant, very rarely, hardly, hardly at all, "
        "to a very small extent, "
        "mycket svag, mycket svagt, mycket lite, väldigt lite, inte nära, "
        "i mycket låg grad, mycket sällan, "
        "årlig, årleg, en gang i året, ein gong i året, yearly, once a year, årligen, "
        "en gång om året"
    ),
    0: (
        "ingen, ingen kontakt, ikke kontakt, har ikke kontakt, ikke noe samarbeid, "
        "ikke samarbeid, samarbeider ikke, vi samarbeider ikke, intet samarbeid, "
        "ikke i det hele tatt, ikke, aldri, nei, "
        "inkje, ikkje kontakt, har ikkje kontakt, ikkje noko samarbeid, ikkje samarbeid, "
        "samarbeider ikkje, samarbeidar ikkje, ikkje i det heile, ikkje i det heile teke, ikkje, "
        "none, no contact, no, not at all, never, do not work together, we do not work together, "
        "no collaboration, no cooperation, "
        "ingen kontakt alls, har ingen kontakt, inget samarbete, ingen samverkan, samarbetar inte, "
        "vi samarbetar inte, inte alls, inte, aldrig, nej"
    ),
}
"""How close; frequencies too, the more often the closer. The same word in two languages once."""

_NOT_SAID = (
    "vet ikke, ikke aktuelt, ikke relevant, usikker, ikke sikker, kan ikke svare, ubesvart, "
    "ønsker ikke å svare, vil ikke svare, har ikke grunnlag for å svare, "
    "veit ikkje, ikkje aktuelt, ikkje relevant, kan ikkje svare, ønskjer ikkje å svare, usvart, "
    "don't know, dont know, do not know, not applicable, not relevant, unsure, not sure, "
    "no answer, prefer not to say, prefer not to answer, cannot say, "
    "vet inte, vet ej, ej aktuellt, inte aktuellt, inte relevant, ej relevant, osäker, "
    "kan inte svara, vill inte svara"
)

_YES = frozenset({"x", "1", "y", "yes", "ja", "true", "checked", "selected", "valgt", "vald", "✓"})
_NO = frozenset({"0", "n", "no", "nei", "nej", "false", "unchecked", "not selected", "ikke valgt"})

_NUMBERED = re.compile(
    r"\(?(\d{1,6}(?:[.,]\d+)?)\)?\s*(?:[-–—:=.)]\s*)?(?P<rest>[^\s\d–—:=.)-].*)?", re.DOTALL
)
_NUMBER_LAST = re.compile(r"(?P<rest>\D.*?)\s*[(\[](\d{1,6}(?:[.,]\d+)?)[)\]]", re.DOTALL)


def meaning_of(cell: Any, own: Mapping[str, float | None] | None = None) -> Meaning | None:
    """Tell what a cell answers; None if it is no answer that is known.

    ``own`` says what the words of a questionnaire of one's own mean, by their letters.
    """
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        return float(cell)
    word = text_of(cell)
    if word is None or isinstance(cell, bool):
        return None
    if own and (key := letters_of(word)) in own:
        said = own[key]
        return UNKNOWN if said is None else float(said)
    return _meaning_of(word)


@lru_cache(maxsize=4096)
def _meaning_of(word: str) -> Meaning | None:
    known = _meanings().get(_plain(word))
    if known is not None:
        return known
    if isinstance(number := cells.read_number(word), float):
        return number
    return _numbered(word)


def _numbered(word: str) -> Meaning | None:
    """Read «4 – tett» and «tett (4)» by the number, but «1 – ingen kontakt» as no tie."""
    found = _NUMBERED.fullmatch(word) or _NUMBER_LAST.fullmatch(word)
    if found is None:
        return None
    rest = (found["rest"] or "").strip()
    said = _meanings().get(_plain(rest))
    parted = re.match(r"\(?\d+(?:[.,]\d+)?(?:\)|\s*[-–—:=.])", word) or word.endswith((")", "]"))
    if said is None and not parted:
        return None  # «2 ganger» is no step on a scale
    digits = next(part for part in found.groups() if part and part[0].isdigit())
    return said if said in {0.0, UNKNOWN} else float(digits.replace(",", "."))


def strengths_of(column: Sequence[Any]) -> dict[str | None, float | None]:
    """Return what each word of a column says of strength; nothing if one of them is not known."""
    if not any(map(says_words, column)):
        return {}
    there = dict.fromkeys(word for cell in column if (word := text_of(cell)) is not None)
    said = {word: _meaning_of(word) for word in there}
    strengths = {word: one for word, one in said.items() if isinstance(one, float)}
    judged = any(map(says_words, strengths)) and 0 < max(strengths.values()) <= max(_WORDS)
    if not judged or None in said.values():
        return {}
    return {word: strengths.get(word) for word in said}


def mark_of(cell: Any, item: str) -> bool | None:
    """Tell whether somebody was ticked; None if the cell is no tick."""
    if isinstance(cell, bool):
        return cell
    word = (text_of(cell) or "").casefold()
    if word in _YES or (word and letters_of(word) == letters_of(item)):
        return True
    return False if word in _NO else None


def says_words(cell: Any) -> bool:
    """Tell whether an answer is in words, whatever number stands before them."""
    return isinstance(cell, str) and any(letter.isalpha() for letter in cell)


@lru_cache(maxsize=4096)
def _plain(word: str) -> str:
    return _folded(plain_word(word.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")))


def _folded(word: str) -> str:
    """Write a word as tools do that have no letters beyond z."""
    for letter, plain in {"æ": "ae", "ø": "o", "å": "a", "ä": "a", "ö": "o"}.items():
        word = word.replace(letter, plain)
    return word


@cache
def _meanings() -> dict[str, Meaning]:
    listed: dict[str, Meaning] = {
        _plain(word): float(level) for level, words in _WORDS.items() for word in words.split(", ")
    }
    unknown = [*_NOT_SAID.split(", "), *NOT_KNOWN]
    return listed | dict.fromkeys(filter(None, map(_plain, unknown)), UNKNOWN)
