"""The names and words that people write in a file of ours, in their own language.

``aktører:`` is ``actors:``, ``navn`` is ``name``, and a «fastlege» is a ``gp``. What is not
certain stays as it is, for the map to ask about.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING, Any

from aktorkart.files import cells, headings, words
from aktorkart.model import Actor, ActorMap, Tie

if TYPE_CHECKING:
    from pydantic import BaseModel

    from aktorkart.errors import Problem

SECTIONS: Mapping[str, tuple[str, ...]] = {
    "title": ("tittel", "tittel", "title", "titel"),
    "focal": ("rundt", "rundt", "focal", "kring", "around", "runt", "midtpunkt"),
    "date": ("dato", "dato", "date", "datum"),
    "lang": ("språk", "språk", "lang", "språk", "language"),
    "scope": ("gjelder", "gjeld", "scope", "gäller"),
    "consent": ("samtykke", "samtykke", "consent", "samtycke"),
    "needs": ("behov", "behov", "needs", "behov"),
    "actors": ("aktører", "aktørar", "actors", "aktörer"),
    "ties": ("relasjoner", "relasjonar", "ties", "relationer", "bånd", "band", "relations"),
    "goals": ("mål", "mål", "goals", "mål"),
    "kinds": ("typer", "typar", "kinds", "typer"),
    "note": ("merknad", "merknad", "note", "anteckning"),
    "mutual": ("gjensidig", "gjensidig", "mutual", "ömsesidig"),
}
"""Names of a map's own fields in nb, nn, en and sv, and what else is understood."""

_LISTS: Mapping[str, tuple[Mapping[str, tuple[str, ...]], type[Actor | Tie]]] = {
    "actors": (headings.ACTORS, Actor),
    "ties": (headings.TIES, Tie),
}
_BOOLEANS = ("mutual", "needed")


class Renamed:
    """Plain values with the file format's names and words, and where they stood in the file."""

    def __init__(self) -> None:
        self._was: dict[tuple[str | int, ...], str] = {}

    def placed(self, problem: Problem) -> Problem:
        """Give a problem the way to its value as it stands in the file."""
        path = problem.place.path
        steps = tuple(self._was.get(path[: end + 1], step) for end, step in enumerate(path))
        return dataclasses.replace(problem, place=dataclasses.replace(problem.place, path=steps))

    def read(self, content: dict[str, Any]) -> dict[str, Any]:
        """Return the content with the names and words of the file format."""
        found = self._keys(content, _fields(), _fields_of(ActorMap) | {"mutual", "aktorkart"}, ())
        if isinstance(found.get("mutual"), str):
            found["mutual"] = cells.read_boolean(found["mutual"])
        if isinstance(found.get("scope"), str):
            found["scope"] = words.code_of("scope", found["scope"]) or found["scope"]
        if isinstance(found.get("needs"), list):
            found["needs"] = _needs(found["needs"], found.get("actors"))
        for section in _LISTS:
            if isinstance(found.get(section), list):
                own = found.get("kinds" if section == "actors" else "tie_kinds")
                own = own if isinstance(own, Mapping) else {}
                if _is_as_written(section, found[section], own):
                    continue
                found[section] = [
                    self._item(section, item, own, (section, place))
                    for place, item in enumerate(found[section])
                ]
        return found

    def _keys(
        self,
        content: dict[str, Any],
        known: Mapping[str, str],
        fields: frozenset[str],
        path: tuple[str | int, ...],
    ) -> dict[str, Any]:
        if content.keys() <= fields:
            return dict(content)
        found: dict[str, Any] = {}
        for key, value in content.items():
            name = key if key in fields else known.get(str(key).casefold(), key)
            if name != key and (name in content or name in found):
                name = key  # both stand there: the map says that one is not known
            if name != key:
                self._was[(*path, name)] = key
            found[name] = value
        return found

    def _item(
        self, section: str, item: Any, own: Mapping[str, Any], path: tuple[str | int, ...]
    ) -> Any:
        """Read one actor or tie."""
        if not isinstance(item, dict):
            return item
        table, model = _LISTS[section]
        fields = _fields_of(model)
        unknown = [key for key in item if key not in fields]
        meant = {
            str(key).casefold(): name
            for key in unknown
            if (name := headings.field_of(table, str(key))) is not None and name in fields
        }
        found = self._keys(item, meant, fields, path)
        for name in _BOOLEANS if section == "ties" else ():
            if isinstance(found.get(name), str):
                found[name] = cells.read_boolean(found[name])
        for name, value in found.items():
            if headings.group_of(section, name) and not (name == "kind" and _is_own(value, own)):
                found[name] = _codes(section, name, value)
        return found


def _needs(needs: list[Any], actors: Any) -> list[Any]:
    """Read what the user needs: ids of actors stay, other words may be kinds."""
    listed = actors if isinstance(actors, list) else []
    ids = {one.get("id") for one in listed if isinstance(one, dict)}
    return [
        need if not isinstance(need, str) or need in ids else words.code_of("kind", need) or need
        for need in needs
    ]


@cache
def _fields_of(model: type[BaseModel]) -> frozenset[str]:
    return frozenset(model.model_fields)


@cache
def _fields() -> Mapping[str, str]:
    return {name: field for field, names in SECTIONS.items() for name in names}


def _is_as_written(section: str, items: list[Any], own: Mapping[str, Any]) -> bool:
    """Tell at a glance whether a list has the file format's names and words throughout."""
    if {*map(type, items)} != {dict}:
        return False
    names: set[Any] = set().union(*items)
    if not names <= _fields_of(_LISTS[section][1]):
        return False
    booleans = names.intersection(_BOOLEANS if section == "ties" else ())
    if any(str in {*map(type, [item.get(name) for item in items])} for name in booleans):
        return False
    chosen = [name for name in names if headings.group_of(section, name) is not None]
    return all(_are_codes(section, name, items, own if name == "kind" else {}) for name in chosen)


def _are_codes(section: str, name: str, items: list[Any], own: Mapping[str, Any]) -> bool:
    found = [item.get(name) for item in items]
    lists = [one for one in found if type(one) is list] if list in {*map(type, found)} else []
    try:
        values = {*found} if not lists else {one for one in found if type(one) is not list}
        words_ = {*values.difference(own), *chain.from_iterable(lists)}
    except TypeError:  # what no list of words can have in it
        return False
    return all(
        headings.code_of(section, name, word) == word for word in words_ if isinstance(word, str)
    )


def _is_own(value: Any, own: Mapping[str, Any]) -> bool:
    return isinstance(value, str) and value in own


def _codes(section: str, name: str, value: Any) -> Any:
    if isinstance(value, str):
        return headings.code_of(section, name, value)
    if isinstance(value, list):
        return [
            headings.code_of(section, name, one) if isinstance(one, str) else one for one in value
        ]
    return value
