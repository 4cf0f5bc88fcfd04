"""Texts in Norwegian (nb, nn), English and Swedish, with their plurals, numbers and order.

The catalogues in ``locale/`` are the only place where words for users stand. A text is
found by its dotted code; a text with plural forms is a mapping ``one``/``other`` chosen by
the value called ``n`` (in all four languages *one* is exactly 1).
"""

from __future__ import annotations

import datetime as dt
import itertools
import locale
import math
import os
import re
import unicodedata
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from collections.abc import Iterable

LANGUAGES = ("nb", "nn", "en", "sv")
"""Languages that every text exists in; the first is the default."""

_BABEL = {"nb": "nb_NO", "nn": "nn_NO", "en": "en_GB", "sv": "sv_SE"}

# Letters after z, in the order of each alphabet. The neighbours' letters sort with ours:
# a Swedish ä in a Norwegian list stands where æ stands.
_AFTER_Z = {
    "nb": {"æ": 1, "ä": 1, "ø": 2, "ö": 2, "å": 3},
    "sv": {"å": 1, "ä": 2, "æ": 2, "ö": 3, "ø": 3},
}
_AFTER_Z["nn"] = _AFTER_Z["nb"]


@cache
def catalogue(lang: str) -> dict[str, Any]:
    """Return all texts of a language, by dotted code."""
    texts: dict[str, Any] = {}
    for name in _sections(lang):
        texts |= _section(lang, name)
    return texts


@cache
def _sections(lang: str) -> dict[str, str]:
    """Return what stands under each word of a catalogue that begins a line, as it is written."""
    source = files("aktorkart").joinpath("locale", f"{_known(lang)}.yaml").read_text("utf-8")
    parts = re.split(r"^(?=\w)", source, flags=re.MULTILINE)
    return {part.partition(":")[0]: part for part in parts if part}


def _known(lang: str) -> str:
    """Refuse a language without texts, in words of one that has them."""
    from aktorkart.errors import one_of  # it loads our texts itself

    return one_of(lang, LANGUAGES, option="lang")


@cache
def _section(lang: str, name: str) -> dict[str, Any]:
    """Return the texts under one of them: who asks for a few words does not wait for all."""
    import yaml

    flat: dict[str, Any] = {}
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    part = _sections(lang).get(name, "{}")
    _flatten(yaml.load(part, loader), "", flat)  # noqa: S506 - a safe loader, and our own file
    return flat


def _flatten(node: dict[str, Any], prefix: str, into: dict[str, Any]) -> None:
    for key, value in node.items():
        if isinstance(value, dict) and set(value) != {"one", "other"}:
            _flatten(value, f"{prefix}{key}.", into)
        else:
            into[f"{prefix}{key}"] = value


def text(code: str, lang: str, **values: Any) -> str:
    """Say something in one of the four languages.

    Parameters
    ----------
    code : str
        Dotted code of the text.
    lang : {"nb", "nn", "en", "sv"}
        The language.
    **values
        What the text has room for. Lists become "a, b og c", dates and numbers are written
        as the language writes them. ``n`` chooses between the texts ``one`` and ``other``;
        inside a text, ``{ties:tie|ties}`` writes a number with its noun, ``{ties:=has|have}``
        only the word, ``{times:once|# times}`` the number where ``#`` stands, ``{share:%}`` a
        share as per cent, and ``{p:.4}`` at most four decimals.

    Returns
    -------
    str
        The text.

    Raises
    ------
    KeyError
        If there is no such text.
    UnknownName
        If there is no such language.

    Examples
    --------
    >>> text("kind.gp", "sv")
    'husläkare'
    """
    pattern = _section(lang, code.partition(".")[0])[code]
    if isinstance(pattern, dict):
        pattern = pattern["one" if values["n"] == 1 else "other"]
    if not values:
        return str(pattern)
    return str(pattern).format(**{key: _worded(value, lang) for key, value in values.items()})


def has_text(code: str) -> bool:
    """Tell whether the catalogues have a text with this code."""
    return code in _section(LANGUAGES[0], code.partition(".")[0])


def _worded(value: Any, lang: str) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return text("common.yes" if value else "common.no", lang)
    if isinstance(value, (int, float)):
        return _Number(value, lang)
    if isinstance(value, dt.date):
        return period(value.isoformat(), lang)
    if isinstance(value, (list, tuple)):
        return listing([_worded(item, lang) for item in value], lang)
    return str(value)


class _Number(str):
    """A number as the language writes it, which also knows its noun and per cent."""

    __slots__ = ("lang", "value")
    value: float
    lang: str

    def __new__(cls, value: float, lang: str) -> Self:
        written = integer(value, lang) if isinstance(value, int) else number(value, lang)
        new = super().__new__(cls, written)
        new.value, new.lang = value, lang
        return new

    def __format__(self, spec: str) -> str:
        if spec == "%":
            return percent(self.value, self.lang)
        if spec.startswith("."):
            return number(self.value, self.lang, digits=int(spec[1:]))
        if "|" not in spec:
            return super().__format__(spec)
        one, other = spec.removeprefix("=").split("|")
        word = one if self.value == 1 else other
        if "#" in spec:
            return word.replace("#", str(self))
        return word if spec.startswith("=") else f"{self} {word}"


def capital(words: str) -> str:
    """Begin with a capital letter, whatever follows it."""
    return words[:1].upper() + words[1:]


def percent(share: float, lang: str) -> str:
    r"""Write a share as per cent: whole from 10 on, one decimal below."""
    fine = 0.0995
    written = number(100 * share, lang, digits=1 if share < fine else 0)
    return f"{written}%" if lang == "en" else f"{written}\N{NO-BREAK SPACE}%"


def number(value: float, lang: str, *, digits: int = 2) -> str:
    """Write a number with the language's decimal sign and at most so many decimals."""
    written = f"{value:.{digits}f}"
    if "." in written:
        written = written.rstrip("0").rstrip(".")
    if written == "-0":
        written = "0"
    whole, _, part = written.partition(".")
    written = _grouped(whole, lang)
    return written + ("." if lang == "en" else ",") + part if part else written


def significant(value: float, lang: str) -> str:
    """Write a number with two decimals, or with two digits that say something where it is small."""
    small, smallest = 0.095, 1e-6
    if not smallest < abs(value) < small:
        return number(value, lang)
    return number(value, lang, digits=1 - math.floor(math.log10(abs(value))))


def integer(value: int, lang: str) -> str:
    """Write a whole number, grouped in thousands from 10 000 on."""
    return _grouped(str(value), lang)


def _grouped(whole: str, lang: str) -> str:
    sign, digits = ("-", whole[1:]) if whole.startswith("-") else ("", whole)
    smallest_grouped = 5
    if len(digits) < smallest_grouped:
        return whole.replace("-", "−")
    grouped = f"{int(digits):,}"
    return (sign + (grouped if lang == "en" else grouped.replace(",", "\u202f"))).replace("-", "−")


def listing(items: Iterable[str], lang: str) -> str:
    """Join words as the language does: "a, b og c"."""
    words = list(items)
    if len(words) <= 1:
        return "".join(words)
    return f"{', '.join(words[:-1])} {text('common.and', lang)} {words[-1]}"


def period(value: str, lang: str, *, short: bool = False) -> str:
    """Write a day, a month or a year as the language does."""
    whole_day, month = 2, 1
    parts = value.count("-")
    if parts < month:
        return value
    from babel.dates import format_date

    first = dt.date.fromisoformat(value if parts == whole_day else f"{value}-01")
    style = "medium" if short else "long"
    if parts < whole_day:
        style = "MMM y" if short else "MMMM y"
    return format_date(first, style, locale=_BABEL[_known(lang)])


def sort_key(word: str, lang: str) -> tuple[tuple[int, ...], str]:
    """Return a key that sorts words as the language's dictionaries do."""
    after_z = _AFTER_Z.get(lang, {})
    folded = unicodedata.normalize("NFC", word).casefold()
    if lang in {"nb", "nn"}:
        folded = folded.replace("aa", "å")
    key: list[int] = []
    # Digits sort by value, so that team 2 stands before team 10.
    for piece in re.split(r"(\d+)", folded):
        if piece.isdecimal():
            digits = [int(digit) for digit in piece]
            value = list(itertools.dropwhile(lambda digit: not digit, digits))
            key += [ord("0"), len(value), *value]  # a number can be too long to be made one
            continue
        if piece.isascii():
            key += piece.encode()
            continue
        for letter in piece:
            if letter in after_z:
                key.append(ord("z") + after_z[letter])
            else:
                plain = {"æ": "ae", "ø": "o"}.get(letter) or unicodedata.normalize("NFKD", letter)
                key += [ord(c) for c in plain if not unicodedata.combining(c)]
    return tuple(key), word


_NAMED = {
    "bokmål": "nb",
    "norsk": "nb",
    "norwegian": "nb",
    "no": "nb",
    "nynorsk": "nn",
    "nynorska": "nn",
    "english": "en",
    "engelsk": "en",
    "engelska": "en",
    "swedish": "sv",
    "svensk": "sv",
    "svenska": "sv",
}
"""What people call the languages."""


def language_named(word: str) -> str | None:
    """Return the language that a word stands for: its code, or its name in one of the four.

    Examples
    --------
    >>> language_named("bokmål"), language_named("Svenska"), language_named("dansk")
    ('nb', 'sv', None)
    """
    said = unicodedata.normalize("NFC", word).casefold()
    said = _NAMED.get(said, said)
    return said if said in LANGUAGES else None


def preferred_language() -> str:
    """Return the reader's language: from the environment's locale, else Norwegian bokmål."""
    written = next(
        (os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)),
        None,
    )
    if written is None:  # Windows has no such variables
        written = locale.getlocale()[0] or ""
    return language_named(re.split(r"[_.@\- ]", written)[0]) or LANGUAGES[0]
