"""What an option takes, refused in words before a function fails on something else inside."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Mapping
from numbers import Real
from typing import TYPE_CHECKING, TypeGuard

from aktorkart.errors import Problem, WrongArgument

if TYPE_CHECKING:
    from collections.abc import Callable

_MOST = 60


def _is_number(value: object) -> TypeGuard[Real]:
    real = isinstance(value, Real) and not isinstance(value, bool)
    return real and value == value  # noqa: PLR0124 - nothing is above or below NaN


def _is_count(value: object) -> bool:
    return _is_number(value) and 0 <= float(value) < math.inf and float(value).is_integer()


_FITS: Mapping[str, Callable[[object], bool]] = {
    "count": _is_count,
    "day": lambda value: isinstance(value, dt.date),
    "executor": lambda value: all(callable(getattr(value, way, None)) for way in ("submit", "map")),
    "function": callable,
    "mapping": lambda value: isinstance(value, Mapping),
    "number": _is_number,
    "several": lambda value: isinstance(value, Iterable) and not isinstance(value, (str, bytes)),
    "text": lambda value: isinstance(value, str),
    # A word as "no" would count as yes.
    "yes_or_no": lambda value: isinstance(value, bool),
}


def expect(kind: str, **options: object) -> None:
    """Refuse every option that is something else than what it takes.

    Parameters
    ----------
    kind : str
        What the options take: ``count``, ``day``, ``executor``, ``function``, ``mapping``,
        ``number``, ``several``, ``text`` or ``yes_or_no``.
    **options
        Their values, by their names.

    Raises
    ------
    WrongArgument
        With a problem for each that is anything else.

    Examples
    --------
    >>> expect("text", title="Kart", alt="Nobody")
    >>> expect("text", title=5)
    Traceback (most recent call last):
    aktorkart.errors.WrongArgument: title must be text, not 5.
    >>> expect("yes_or_no", names="no")
    Traceback (most recent call last):
    aktorkart.errors.WrongArgument: names must be True or False, not 'no'.
    """
    wrong = [
        Problem(code=f"not_expected.{kind}", values={"option": name, "value": told(value)})
        for name, value in options.items()
        if not _FITS[kind](value)
    ]
    if wrong:
        raise WrongArgument(wrong)


def expect_if_given(kind: str, **options: object) -> None:
    """Refuse likewise, but take None for an option that is left out."""
    expect(kind, **{name: value for name, value in options.items() if value is not None})


def told(value: object) -> str:
    """Write a value for a message: what is plain, else only what it is."""
    plain = value is None or isinstance(value, (str, int, float))
    written = repr(value) if plain else type(value).__name__
    return written if len(written) <= _MOST else written[: _MOST - 1] + "…"
