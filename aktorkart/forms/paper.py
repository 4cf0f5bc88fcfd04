"""What a form on paper holds: lines to write on, tables to fill in, cards to cut."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Tick:
    """A box to tick."""

    done: bool = False


Cell = str | Tick
"""What a cell holds; an empty text is something to write."""


@dataclass(frozen=True, kw_only=True)
class Column:
    """A column of a table to fill in.

    ``share`` is its part of the width; ``offered`` are the words to choose among.
    """

    title: str
    share: float = 1.0
    offered: tuple[str, ...] = ()
    numeric: bool = False


@dataclass(frozen=True, kw_only=True)
class Grid:
    """A table to fill in: what is known, and so many empty rows."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...] = ()
    blank: int = 0
    empty: tuple[Cell, ...] = ()
    """What a blank row holds, if not nothing."""

    @property
    def all_rows(self) -> tuple[tuple[Cell, ...], ...]:
        """What is known, and the empty rows after it."""
        return (*self.rows, *[self.empty or ("",) * len(self.columns)] * self.blank)


@dataclass(frozen=True)
class Line:
    """A question with what is known, or room for so many lines of an answer."""

    label: str
    value: Cell = ""
    room: int = 1


@dataclass(frozen=True, kw_only=True)
class Card:
    """A card to cut out: who or what, and lines under it; a missing tie looks another way."""

    title: str
    lines: tuple[str, ...] = ()
    missing: bool = False


@dataclass(frozen=True, kw_only=True)
class Part:
    """A piece of a form: a heading, words, and something to fill in."""

    title: str = ""
    words: tuple[str, ...] = ()
    lines: tuple[Line, ...] = ()
    grid: Grid | None = None
    cards: tuple[Card, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Paper:
    """A form on paper: what stands at the top, and its parts.

    ``sheets`` are its parts in a workbook, if it is no map; ``remarks`` stand in bold at the top,
    ``notes`` small under the guide.
    """

    title: str
    facts: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    guide: str = ""
    parts: tuple[Part, ...]
    sheets: tuple[Part, ...] = ()
    notes: tuple[str, ...] = ()
    landscape: bool = False
    date: str | None = None
