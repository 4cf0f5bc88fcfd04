"""What is probably wrong where YAML cannot be parsed.

PyYAML says what its grammar expected; people need to hear what they mistyped. Both its
parsers are understood, the one in C and the one in Python.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from aktorkart.errors import Place, Problem
from aktorkart.files.plain import DEEPEST

if TYPE_CHECKING:
    from collections.abc import Callable

_At = tuple[int, int]
_Cause = tuple[str, _At, dict[str, Any]]

_NO_SPACE = re.compile(r"^[\s-]*(?P<field>\w+):(?P<value>[^\s/:][^:]*)$")


def explain(error: Any, source: str, name: str) -> Problem:
    """Turn a parser's error into a problem with the line and the likely cause."""
    if not hasattr(error, "problem_mark"):  # the reader met a character that no text has
        return _control_character(source, name)
    message = f"{error.context or ''}: {error.problem or ''}"
    lines = source.split("\n")
    at, opened = _mark(error.problem_mark), _mark(error.context_mark or error.problem_mark)
    here = _line(lines, at)
    margin = here[: len(here) - len(here.lstrip())]
    if "\t" in margin:
        cause: _Cause = ("yaml_tab", (at[0], margin.index("\t")), {})
    else:
        rule = next(rule for pattern, rule in _RULES if re.search(pattern, message))
        cause = rule(lines, at, opened)
    code, (line, column), values = cause
    place = Place(file=name, line=line + 1, column=column + 1)
    return Problem(code=code, place=place, values=values)


def _mark(mark: Any) -> _At:
    return mark.line, mark.column


def _line(lines: list[str], at: _At) -> str:
    return lines[at[0]] if at[0] < len(lines) else ""


def _character(lines: list[str], at: _At, _: _At) -> _Cause:
    return "yaml_character", at, {"value": _line(lines, at)[at[1] : at[1] + 1]}


def _colon(lines: list[str], at: _At, _: _At) -> _Cause:
    """Explain a colon where none can be: text needs quotes, or the line above is unfinished."""
    line, column = at
    if re.search(r":\s", lines[line][:column]):
        return "yaml_two_colons", at, {}
    above = line - 1
    while above >= 0 and not lines[above].strip():
        above -= 1
    if above >= 0:
        code, values = _unfinished(lines[above])
        if code == "yaml_space" or ":" not in lines[above]:
            margin = re.match(r"[\s-]*", lines[above])
            return code, (above, margin.end() if margin else 0), values
    return "yaml_indent", (line, len(lines[line]) - len(lines[line].lstrip())), {}


def _missing_colon(lines: list[str], _: _At, opened: _At) -> _Cause:
    code, values = _unfinished(_line(lines, opened))
    return code, opened, values


def _unfinished(line: str) -> tuple[str, dict[str, Any]]:
    before = line.partition(" #")[0].rstrip()
    if found := _NO_SPACE.match(before):
        return "yaml_space", dict(found.groupdict())
    return "yaml_colon", {"value": before.strip()[:40]}


def _quote(lines: list[str], _: _At, opened: _At) -> _Cause:
    return "yaml_quote", opened, {"value": _line(lines, opened)[opened[1] : opened[1] + 1]}


def _escape(_: list[str], at: _At, __: _At) -> _Cause:
    return "yaml_escape", at, {}


def _bracket(lines: list[str], at: _At, opened: _At) -> _Cause:
    bracket = _line(lines, opened)[opened[1] : opened[1] + 1]
    return "yaml_bracket", opened, {"value": bracket, "stopped": at[0] + 1}


def _indent(lines: list[str], at: _At, _: _At) -> _Cause:
    here = _line(lines, at)
    if here[: at[1]].strip():
        return "yaml_after", at, {"value": here[at[1] : at[1] + 20].strip()}
    return "yaml_indent", at, {}


def _deep(_: list[str], at: _At, __: _At) -> _Cause:
    return "too_deep", at, {"most": DEEPEST}


def _other(lines: list[str], at: _At, _: _At) -> _Cause:
    return "yaml_syntax", at, {"value": _line(lines, at).strip()[:40]}


# What the parsers say, and what it comes from; the first that fits.
_RULES: tuple[tuple[str, Callable[[list[str], _At, _At], _Cause]], ...] = (
    # Newer parsers give up before we count.
    ("nesting depth", _deep),
    ("cannot start any token", _character),
    ("mapping values are not allowed", _colon),
    ("could not find expected ':'", _missing_colon),
    ("quoted scalar.*end of stream", _quote),
    ("escape", _escape),
    ("flow (mapping|sequence|node)", _bracket),
    ("block (mapping|collection)", _indent),
    ("", _other),
)


def _control_character(source: str, name: str) -> Problem:
    found = re.search(
        r"[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", source
    )
    start = found.start() if found else 0
    line = source.count("\n", 0, start)
    column = start - (source.rfind("\n", 0, start) + 1)
    value = f"U+{ord(source[start]):04X}"
    place = Place(file=name, line=line + 1, column=column + 1)
    return Problem(code="yaml_control", place=place, values={"value": value})
