"""Names inside free text: found, and replaced by roles, where they are names and only then.

What is certain is replaced. What may be a name or a word ("Dag og natt" beside an actor Dag) is
not decided: the whole text is given up, and the caller leaves it out and says so.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from aktorkart.i18n import LANGUAGES, catalogue
from aktorkart.model.vocabulary import KINDS, PERSON_KINDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from aktorkart.model import Actor

_GENITIVE = r"(?:['’]?[sS]|['’])?"
_HYPHEN = "[-\N{HYPHEN}\N{NON-BREAKING HYPHEN}\N{EN DASH}]"
_LETTERS = r"[^\W\d_]"
_FEW = 3
"""A name of more letters, with this many more after it, may be the beginning of a compound."""


@cache
def _listed(name: str) -> frozenset[str]:
    """Return one of the lists of words beside the catalogues."""
    lines = files("aktorkart").joinpath("locale", f"{name}.txt").read_text("utf-8").splitlines()
    words = (word for line in lines if not line.startswith("#") for word in line.split())
    return frozenset(_composed(word).casefold() for word in words)


@cache
def _role_words() -> frozenset[str]:
    """Return the words of all kinds in all languages, and others that say what somebody is."""
    kinds = (
        sentence
        for lang in LANGUAGES
        for key, sentence in catalogue(lang).items()
        if key.startswith("kind.")
    )
    words = (word for sentence in kinds for word in re.findall(rf"{_LETTERS}+", str(sentence)))
    return frozenset(word.casefold() for word in words) | _listed("role_words")


def _composed(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def _is_role_word(word: str) -> bool:
    return word.casefold() in _role_words()


def _is_also_a_word(name: str) -> bool:
    return name.casefold() in _listed("names_that_are_words")


def _is_capitalised(word: str) -> bool:
    """Tell whether a word is written as names are; in scripts without capitals it always is."""
    return word[:1] == word[:1].title()


def _words(name: str) -> list[str]:
    """Return the words of a name, hyphenated ones whole."""
    return re.findall(rf"{_LETTERS}+(?:{_HYPHEN}{_LETTERS}+)*", _composed(name))


def _own_words(name: str) -> list[str]:
    """Return the words of a name that are names: capitalised, and no words for roles."""
    return [word for word in _words(name) if _is_capitalised(word) and not _is_role_word(word)]


def _is_person(actor: Actor) -> bool:
    """Tell whether each word of an actor's name may be a person's."""
    if actor.name is None:
        return False
    has_no_capitals = actor.name.lower() == actor.name == actor.name.title()
    if actor.kind in PERSON_KINDS or has_no_capitals:
        return True
    # Nobody has said who it is: "Kari Nordmann" is a person, "Storvik kommune" is none.
    return (actor.kind == "unknown" or actor.kind not in KINDS) and all(
        map(_is_capitalised, _words(actor.name))
    )


def _cut(words: list[str]) -> Iterator[str]:
    """Return a name cut to letters: K. N., K. N, Kari N., K. Nordmann."""
    first, last = words[0], words[-1]
    yield " ".join(f"{word[0]}." for word in words)
    yield f"{first[0]}. {last[0]}."
    yield f"{first[0]}. {last[0]}"
    yield f"{first} {last[0]}."
    yield f"{first[0]}. {last}"


class Names:
    """The names on a map, with what stands in their place."""

    def __init__(
        self, actors: Iterable[Actor], roles: Mapping[str, str], others: Mapping[str, str]
    ) -> None:
        """Take the roles by actor, and what stands for organisations and informants by name."""
        self._roles: dict[str, dict[str, None]] = {}  # by the name without spaces
        self._names: set[str] = set()
        self._doubtful: set[str] = set()
        for name, role in others.items():
            self._add(name, role)
        for actor in actors:
            role = roles[actor.id]
            self._add_whole(actor, role)
            if _is_person(actor):
                self._add_parts(_own_words(actor.label), role)
        self._certain = self._pattern(self._names)
        self._unsure = self._unsure_pattern()

    def _add(self, name: str, role: str) -> None:
        name = " ".join(_composed(name).split())
        for written in {name, name.upper()}:
            self._names.add(written)
            self._roles.setdefault(_key(written), {})[role] = None

    def _add_whole(self, actor: Actor, role: str) -> None:
        for name in {actor.id, actor.label}:
            words = _words(name)
            if not words and name.isascii() and name.isdigit():
                continue
            if words and all(map(_is_role_word, words)):
                continue
            if len(words) == 1 and _is_also_a_word(words[0]):
                # The small letters of an id are the word, not the name.
                self._doubtful.update(word for word in words if _is_capitalised(word))
            elif re.fullmatch(r"[a-zæøåäö]+", name) and actor.kind in KINDS.keys() - PERSON_KINDS:
                # "korps" is an ordinary word; what a person is called in the file is not.
                continue
            else:
                self._add(name, role)

    def _add_parts(self, words: list[str], role: str) -> None:
        halves = [half for word in words for half in re.split(_HYPHEN, word)]
        whole = [word for word in words if len(word) > 1]
        for parts in (words, whole, halves):
            for name in _cut(parts) if len(parts) > 1 else ():
                self._add(name, role)
        for word in words:
            for part in dict.fromkeys([word, *re.split(_HYPHEN, word)]):
                if len(part) < 2 or _is_role_word(part):  # noqa: PLR2004 - an initial
                    continue
                if _is_also_a_word(part):
                    self._doubtful.add(part)
                else:
                    self._add(part, role)

    @staticmethod
    def _pattern(names: set[str]) -> re.Pattern[str] | None:
        if not names:
            return None
        longest_first = sorted(names, key=lambda name: (-len(name), name))
        found = "|".join(map(_flexible, longest_first))
        return re.compile(rf"(?<!\w)({found})({_GENITIVE})(?!\w)")

    def _unsure_pattern(self) -> re.Pattern[str] | None:
        found = [rf"{re.escape(name)}{_GENITIVE}(?!\w)" for name in sorted(self._doubtful)]
        found += [
            rf"{re.escape(name)}{_LETTERS}{{{_FEW},}}"
            for name in sorted(self._names)
            if len(name) > _FEW and re.fullmatch(rf"{_LETTERS}+", name)
        ]
        return re.compile(rf"(?<!\w)(?:{'|'.join(found)})") if found else None

    def replaced(self, text: str) -> str | None:
        """Return a text with roles for names; None where it may still hold a name."""
        text = _composed(text)
        if self._certain is not None:
            text = self._certain.sub(
                lambda match: "/".join(self._roles[_key(match[1])]) + match[2], text
            )
        if self._unsure is not None and self._unsure.search(text):
            return None
        return text


def _key(name: str) -> str:
    return re.sub(rf"\s|{_HYPHEN}", "", name)


def _flexible(name: str) -> str:
    """Return a pattern for a name with other spaces and hyphens than it was written with."""
    pattern = re.escape(name).replace("\\ ", r"\s+")
    pattern = pattern.replace(r"\.\s+", r"\.\s*")
    return re.sub(r"\\-", lambda _: _HYPHEN, pattern)
