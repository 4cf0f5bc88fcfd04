"""A map as plain values: what YAML and JSON write."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from aktorkart.files.schema import SCHEMA

if TYPE_CHECKING:
    from aktorkart.model import ActorMap

_EXACT = 2**53
"""Up to here every whole float is the same number written without a decimal point."""

_DATES = {"date", "given", "until", "since", "due", "done", "discharge"}


class Date(str):
    """A date: YAML writes it without quotes, as people do."""

    __slots__ = ()


def plain(kart: ActorMap) -> dict[str, Any]:
    """Return a map as dicts, lists, text and numbers, in the order of the file."""
    data = kart.model_dump(exclude_defaults=True)
    return {"aktorkart": SCHEMA} | {key: _plain(value, key) for key, value in data.items()}


def _plain(value: Any, key: str) -> Any:
    if key == "tags":  # 4 and 4.0 may differ to those who wrote them
        return {tag: list(said) if type(said) is tuple else said for tag, said in value.items()}
    if isinstance(value, dict):
        return {name: _plain(item, name) for name, item in value.items()}
    if isinstance(value, (tuple, list)):
        return [_plain(item, key) for item in value]
    if isinstance(value, str):
        return Date(value) if key in _DATES else value
    if isinstance(value, float) and value.is_integer() and abs(value) < _EXACT:
        return int(value)
    return value
