"""The field's own scales on a tie, item by item: what is given, and what it is called.

A judgement goes by its field, or by field and item with a dot between: ``stage``,
``trust.openness``. Tables, files and comparisons use the same names.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from aktorkart.i18n import text
from aktorkart.model.vocabulary import SCALES, SUPPORT_WAYS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aktorkart.model.values import Tie

STEPPED = tuple(
    f"{field}.{item}" if item else field
    for field, scale in SCALES.items()
    for item in scale.items or ("",)
)
"""Judgements in whole steps."""

SUPPORTS = tuple(f"support.{way}" for way in SUPPORT_WAYS)
"""Judgements that are lists of words."""

JUDGEMENTS = (*STEPPED, *SUPPORTS)
"""All of them."""


def judgement(tie: Tie, name: str) -> Any:
    """Return a step, or a tuple of words for support; None where nobody has given it."""
    field, _, item = name.partition(".")
    value = getattr(tie, field)
    return value.get(item) if item else value


def judgements(tie: Tie) -> Iterator[tuple[str, Any]]:
    """Give what is judged of a tie, in the order of `JUDGEMENTS`: of most ties little is."""
    for field, names in _BY_FIELD.items():
        value = getattr(tie, field)
        if value is None or value == {}:
            continue
        for name in names:
            if (found := judgement(tie, name)) is not None:
                yield name, found


_BY_FIELD = {
    field: tuple(names) for field, names in groupby(JUDGEMENTS, lambda name: name.partition(".")[0])
}


def seen_from(name: str, *, source: bool) -> str:
    """Return a judgement's name on a tie whose source is the other end, unless it is the same."""
    return name if source else _OTHER_WAY.get(name, name)


_OTHER_WAY = dict(zip(SUPPORTS, reversed(SUPPORTS), strict=True))


def scale_name(field: str, lang: str) -> str:
    """Return what a whole scale is called."""
    return text(f"scale.name.{field}", lang)


def item_name(name: str, lang: str) -> str:
    """Return what an item of a scale is called, without its scale."""
    return text(f"scale.item.{name}", lang)


def judgement_name(name: str, lang: str) -> str:
    """Return what a judgement is called among others: the scale, and the item of it."""
    field, _, item = name.partition(".")
    said = scale_name(field, lang)
    return f"{said}: {item_name(name, lang)}" if item else said


def step_code(name: str, step: int) -> str:
    """Return the code of the words for a step."""
    return f"scale.step.{SCALES[name.partition('.')[0]].steps}.{step}"


def step_name(name: str, step: int, lang: str) -> str:
    """Return the words for a step."""
    return text(step_code(name, step), lang)
