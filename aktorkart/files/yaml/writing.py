"""YAML that a nurse can read and git can diff: one line an actor, quotes only where needed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from aktorkart.files.plain import Date, plain
from aktorkart.files.yaml.reading import plain_value

if TYPE_CHECKING:
    from aktorkart.model import ActorMap

WIDTH = 120
"""Longest line for an actor or a tie; beyond, it takes a line for each field."""

# What some reader of YAML 1.1 or 1.2 takes for a truth value, nothing, a number, a time, a
# date or a merge; written in quotes, so that a map means the same to every program.
_ELSEWHERE = re.compile(
    r"""(?ix: y|n|yes|no|on|off|true|false|null|none|~|=|<<
    | [-+]?\.?(inf|nan)
    | [-+]?0[box]?[0-9a-f_]+
    | [-+]?[0-9._,]*[0-9][0-9._,]*(e[-+]?[0-9_]+)?
    | [-+]?[0-9][0-9_]*(:[0-9]{1,2})+(\.[0-9_]*)?
    | [0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([Tt\s].*)?
    )"""
)
_FIRST = "-?:,[]{}#&*!|>'\"%@`="
_ESCAPES = {"\n": "\\n", "\t": "\\t", "\r": "\\r", "\\": "\\\\", '"': '\\"'}
_FLOW = re.compile(r"[,?\[\]{}]")  # PyYAML's parser in Python ends words at a question mark too


def to_yaml(kart: ActorMap) -> str:
    """Write a map as YAML."""
    lines: list[str] = []
    for key, value in plain(kart).items():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            lines.append(f"{key}:")
            for item in value:
                lines += _item(item)
        else:
            lines += _field(key, value, "")
    return "\n".join(lines) + "\n"


def _item(item: dict[str, Any]) -> list[str]:
    """Write an actor, a tie, a goal … of a list."""
    line = f"  - {flow(item)}"
    if len(line) <= WIDTH and not any("\n" in str(value) for value in item.values()):
        return [line]
    lines = [line for key, value in item.items() for line in _field(key, value, "    ")]
    return [f"  - {lines[0].removeprefix('    ')}", *lines[1:]]


def _field(key: str, value: Any, indent: str) -> list[str]:
    """Write a field on a line of its own, or more where it is long."""
    head = f"{indent}{_text(key)}:"
    if isinstance(value, str) and _is_paragraphs(value):
        chomping = "|" if value.endswith("\n") else "|-"
        body = value.removesuffix("\n").split("\n")
        return [f"{head} {chomping}", *(f"{indent}  {line}" if line else "" for line in body)]
    line = f"{head} {flow(value, inside=False)}"
    if len(line) <= WIDTH or not isinstance(value, (dict, list)) or not value:
        return [line]
    if isinstance(value, dict):
        inner = [_field(name, item, indent + "  ") for name, item in value.items()]
        return [head, *(line for lines in inner for line in lines)]
    return [head, *(f"{indent}  - {flow(item)}" for item in value)]


def _is_paragraphs(value: str) -> bool:
    """Tell whether a text of several lines can stand as it is, indented."""
    body = value.removesuffix("\n")
    lines = body.split("\n")
    return (
        "\n" in body
        and bool(lines[0].strip())
        and bool(lines[-1].strip())
        and not lines[0].startswith(" ")
        and all(line.isprintable() and line == line.rstrip() for line in lines)
    )


def flow(value: Any, *, inside: bool = True) -> str:
    """Write a value on one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_text(k)}: {flow(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(flow(item) for item in value) + "]"
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return value if isinstance(value, Date) else _text(value, inside=inside)
    return repr(value)


def _text(value: str, *, inside: bool = True) -> str:
    """Write text, in quotes where a reader would otherwise take it for something else."""
    if not value.isprintable():
        return '"' + "".join(_escaped(letter) for letter in value) + '"'
    if _is_safe(value) and not (inside and _FLOW.search(value)):
        return value
    if '"' in value or "\\" in value:
        return "'" + value.replace("'", "''") + "'"
    return f'"{value}"'


def _is_safe(value: str) -> bool:
    return (
        value != ""
        and value == value.strip()
        and value[0] not in _FIRST
        and not value.startswith("...")
        and not re.search(r":(\s|$|[,\[\]{}])|\s#", value)
        and isinstance(plain_value(value), str)
        and not _ELSEWHERE.fullmatch(value)
    )


def _escaped(letter: str) -> str:
    if letter in _ESCAPES:
        return _ESCAPES[letter]
    if letter.isprintable():
        return letter
    code = f"{ord(letter):X}"
    for kind, digits in (("x", 2), ("u", 4)):
        if len(code) <= digits:
            return f"\\{kind}{code:>0{digits}}"
    return f"\\U{code:>08}"
