"""Whom and what the names in a form mean: as they are written first, then in other letters."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from aktorkart.files import cells

if TYPE_CHECKING:
    from collections.abc import Collection


def said(cell: Any) -> str | None:
    """Return what a cell says as text; None if it says nothing."""
    value = cells.native(cell)
    if cells.is_empty(value):
        return None
    whole = isinstance(value, float) and value.is_integer()
    return str(int(value) if whole else value).strip()


def line(name: str) -> str:
    """Return a name as one line, as it is compared with others."""
    return " ".join(name.split())


def alike(name: str) -> str:
    """Return what spellings of a name share in a form, where an apostrophe is a letter."""
    return line(name).casefold()


class Called:
    """The ids of what has a name."""

    def __init__(self) -> None:
        self.names: dict[str, str] = {}
        self._nearly: dict[str, dict[str, str]] = {}

    def add(self, name: str, id_: str) -> None:
        """Say that somebody is called so; the first of a name has it."""
        self.names.setdefault(line(name), id_)
        self._nearly.setdefault(alike(name), {}).setdefault(self.names[line(name)], line(name))

    def find(self, name: str) -> dict[str, str]:
        """Return the ids that a name may mean, each with the name that it has."""
        if (id_ := self.names.get(line(name))) is not None:
            return {id_: line(name)}
        return self._nearly.get(alike(name), {})

    def known(self, name: str, there: Collection[str]) -> str | None:
        """Return whose row one is: of that name, or the only one there that is nearly of it."""
        found = self.find(name)
        if len(found) != 1:
            return None
        ((id_, own),) = found.items()
        if own == line(name):
            return id_
        same = {own, *(one for one in there if alike(one) == alike(name))}
        return id_ if same == {own, line(name)} and own not in there else None
