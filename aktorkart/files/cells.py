"""What stands in one cell of a table: how it is read, and how a spreadsheet will read it again."""

from __future__ import annotations

import datetime as dt
import math
import re
from functools import cache
from typing import TYPE_CHECKING, Any

from aktorkart.files.yaml.reading import plain_value
from aktorkart.i18n import LANGUAGES, text

if TYPE_CHECKING:
    from collections.abc import Iterable

GUARDED = tuple("=+-@\t\r")
"""What a spreadsheet would run as a formula; such text is written with an apostrophe before."""

_COMMA = re.compile(r"-?[0-9]+,[0-9]+")


# --- reading


def examples(names: Iterable[Any], *, most: int = 3) -> list[Any]:
    """Return the first few names for a note, and a sign where there are more."""
    every = list(names)
    return [*every[:most], *(["…"] if len(every) > most else [])]


def is_empty(cell: Any) -> bool:
    """Tell whether a cell says nothing: None, blank text, NaN or a frame's NaT."""
    if isinstance(cell, str):
        return not cell or cell.isspace()
    if cell is None:
        return True
    if isinstance(cell, (list, tuple, dict)) or hasattr(cell, "tolist"):
        return False
    # NaN and NaT are the values that do not equal themselves; pandas' NA says neither.
    equal = cell == cell  # noqa: PLR0124
    return not isinstance(equal, bool) or not equal


def native(cell: Any) -> Any:
    """Turn a frame's own kinds of value into Python's."""
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat()
    if isinstance(cell, dt.date):
        return cell.isoformat()
    if hasattr(cell, "tolist"):
        return cell.tolist()
    return cell


def tag(cell: Any) -> Any:
    """Turn any value into one that a tag can hold, into text if nothing else will do."""
    value = native(cell)
    if isinstance(value, (str, bool, int)) or (isinstance(value, float) and math.isfinite(value)):
        return value
    if isinstance(value, (list, tuple, set, frozenset)):
        listed = sorted(map(str, value)) if isinstance(value, (set, frozenset)) else value
        return tuple(str(item) for item in listed)
    return str(value)


def read_text(cell: str) -> str:
    """Take away the apostrophe that keeps a spreadsheet from running a cell."""
    return cell[1:] if cell.startswith("'") and cell[1:2] in (*GUARDED, "'") else cell


def text_of(cell: Any) -> str | None:
    """Return what a cell says as one line; None if it says nothing."""
    if is_empty(cell):
        return None
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return " ".join(read_text(str(native(cell)).strip()).split()) or None


def alike(cell: Any) -> str:
    """Return what spellings of a name or an id share in cells; 102.0 is 102."""
    line = text_of(cell) or ""
    return (line.removesuffix(".0") if line[:-2].isdigit() else line).casefold()


def read_number(cell: str) -> float | str:
    """Read a number with a decimal comma or point, and spaces between thousands."""
    bare = re.sub(r"(?<=\d)\s(?=\d{3}(\D|$))", "", cell.replace("\N{MINUS SIGN}", "-"))
    bare = bare.removesuffix("%").rstrip()
    if re.fullmatch(r"[-+]?[0-9]+([.,][0-9]+)?(e[-+]?[0-9]+)?", bare):
        return float(bare.replace(",", "."))
    return cell


_HUGE = 10**300  # beyond it a whole number is no float


def as_number(cell: Any) -> Any:
    """Read a cell as a number, if it is one."""
    if isinstance(cell, str):
        return read_number(cell.strip())
    is_whole = isinstance(cell, int) and not isinstance(cell, bool)
    return float(cell) if is_whole and abs(cell) < _HUGE else cell


def read_boolean(cell: str) -> bool | str:
    """Read yes or no in any of the four languages, true or false, 1 or 0, or a cross."""
    return _answers().get(cell.casefold(), cell)


@cache
def _answers() -> dict[str, bool]:
    no = {"0", "n", "f", "false", "usann", *(text("common.no", lang) for lang in LANGUAGES)}
    yes = {"x", "1", "j", "y", "t", "true", "sann", "✓", "✔"}
    yes |= {text("common.yes", lang) for lang in LANGUAGES}
    return dict.fromkeys(no, False) | dict.fromkeys(yes, True)


@cache
def _nones() -> frozenset[str]:
    return frozenset(text("common.none", lang) for lang in LANGUAGES)


def is_none(cell: str) -> bool:
    """Tell whether a cell says that there is none, in any of the four languages."""
    return cell.casefold() in _nones()


_DAYS_FIRST = re.compile(r"([0-9]{1,2})([./-])([0-9]{1,2})\2([0-9]{4}|[0-9]{2})")
_NAMED = re.compile(r"(?:([0-9]{1,2})\.?\s+)?([^\W\d]+)\.?,?\s+([0-9]{4})")
_MONTHS = 12
_CENTURY = 70  # of two digits, those from 70 are of the last century


def read_date(cell: str) -> str:
    """Read a date as the Nordic countries and spreadsheets write it."""
    bare = re.sub(r"[T ]00:00(:00(\.0+)?)?$", "", cell)
    if found := _DAYS_FIRST.fullmatch(bare):
        day, sign, month, year = found.groups()
        # Between slashes the month may come first; it is told where only one can be a month.
        if sign != ".":
            months = [one for one in (day, month) if int(one) <= _MONTHS]
            if len(months) != 1 and day != month:
                return cell
            day, month = (month, day) if months[0] == day else (day, month)
        if len(year) == 2:  # noqa: PLR2004 - two digits
            year = f"{19 if int(year) >= _CENTURY else 20}{year}"
        return f"{year}-{int(month):02}-{int(day):02}"
    if found := re.fullmatch(r"([0-9]{4})[/.]([0-9]{1,2})(?:[/.]([0-9]{1,2}))?", bare):
        if found.group(2) == "0":  # a whole number of a column with gaps
            return found.group(1)
        return "-".join(f"{int(part):02}" for part in found.groups() if part)
    if (found := _NAMED.fullmatch(bare)) and found.group(2).casefold() in _month_names():
        parts = [found.group(3), f"{_month_names()[found.group(2).casefold()]:02}"]
        return "-".join([*parts, f"{int(found.group(1)):02}"] if found.group(1) else parts)
    return bare


@cache
def _month_names() -> dict[str, int]:
    """Return the months by their names and short names in the four languages."""
    from babel.dates import get_month_names

    return {
        name.casefold().rstrip("."): month
        for lang in LANGUAGES
        for width in ("wide", "abbreviated")
        for month, name in get_month_names(width, locale=lang).items()
    }


def read_tag(cell: str) -> Any:
    """Read a cell of a column that has no field of its own."""
    bare = cell.strip()
    if bare.startswith("'") and (bare[1:2] in (*GUARDED, "'") or is_ambiguous(bare[1:])):
        return bare[1:]
    if "|" in bare:
        parts = bare.split("|")
        return [part.strip() for part in (parts if parts[-1].strip() else parts[:-1])]
    if _COMMA.fullmatch(bare):
        return read_number(bare)
    value = plain_value(bare)
    return bare if value is None else value


def is_ambiguous(cell: str) -> bool:
    """Tell whether text would be read as something else than text from a tag's cell."""
    bare = cell.strip()
    return "|" in bare or bool(
        _COMMA.fullmatch(bare) or isinstance(plain_value(bare), (int, float))
    )


# --- writing


def write_text(value: str) -> str:
    """Put an apostrophe before text that a spreadsheet would run."""
    guarded = value.startswith(GUARDED)
    return f"'{value}" if guarded or (value[:1] == "'" and read_text(value) != value) else value


def write_number(value: float, lang: str) -> str:
    """Write a number as a spreadsheet in this language reads it."""
    number = str(int(value)) if value.is_integer() and abs(value) < 2**53 else repr(value)
    return number if lang == "en" else number.replace(".", ",")


def write_tag(value: Any, lang: str) -> str:
    """Write a tag so that it is read as what it is, text as text."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        return repr(value) if value.is_integer() else write_number(value, lang)
    if isinstance(value, tuple):
        # A bar at the end tells a list of one from a text.
        short = not value[1:] or not value[-1]
        return write_text("|".join(value) + ("|" if short else ""))
    quoted = is_ambiguous(value) or value.startswith("'")
    return f"'{value}" if quoted else write_text(value)
