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


_MOST_TRIED = 30
"""How many faulty lines are looked past for further ones."""


def explain(error: Any, source: str, name: str) -> list[Problem]:
    """Turn a parser's error into problems with their lines and likely causes.

    A parser stops at the first. Without the lines of that one, what follows may be read, and
    its faults be told too; a fault that would not be there but for the missing lines is not.
    """
    found = [_cause(error, source, name)]
    lines = source.split("\n")
    tried = error
    for _ in range(_MOST_TRIED):
        if not hasattr(tried, "problem_mark"):
            break
        start = (tried.context_mark or tried.problem_mark).line
        start, end = min(start, int(found[-1].place.line or 1) - 1), tried.problem_mark.line
        item = _item_lines(lines, start, end)
        if item is None:
            break
        for line in item:
            lines[line] = ""
        tried = _next_error("\n".join(lines))
        if tried is None or not hasattr(tried, "problem_mark"):
            break
        nearest = (tried.context_mark or tried.problem_mark).line
        if nearest <= item[-1]:
            break
        cause = _cause(tried, source, name)
        if cause.place.line in {one.place.line for one in found}:
            break
        found.append(cause)
    return found


def _item_lines(lines: list[str], start: int, end: int) -> range | None:
    """Return the lines of the list item that holds a fault; None where it is in no item."""
    start = min(start, len(lines) - 1)  # what is missing at the end is missed after the last line
    while start > 0 and not lines[start].lstrip().startswith("- "):
        if lines[start].strip() and not lines[start].startswith((" ", "\t")):
            return None
        start -= 1
    if not lines[start].lstrip().startswith("- "):
        return None
    margin = len(lines[start]) - len(lines[start].lstrip())
    stop = start + 1
    while stop < len(lines):
        line = lines[stop]
        if line.strip() and len(line) - len(line.lstrip()) <= margin:
            break
        stop += 1
    return range(start, stop) if end >= start else None


def _next_error(source: str) -> Any:
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        for _ in iter(loader(source).get_event, None):
            pass
    except yaml.YAMLError as error:
        return error
    return None


def _cause(error: Any, source: str, name: str) -> Problem:
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


_UNQUOTED = re.compile(r"""("(?:[^"\\]|\\.)*"|'[^']*')""")


def _bare(line: str) -> str:
    """Return a line with as many blanks for what stands in quotes."""
    return _UNQUOTED.sub(lambda found: "_" * len(found.group()), line)


def _inside(lines: list[str], at: _At, opened: _At) -> _Cause | None:
    """Find what breaks a bracket from inside: a comment, or a second colon in one field."""
    for number in range(opened[0], min(at[0], len(lines) - 1) + 1):
        start = opened[1] if number == opened[0] else 0
        line = _bare(lines[number])
        if found := re.search(r"\s#", line[start:]):
            rest = lines[number][start + found.start() :].strip()[:20]
            return "yaml_hash", (number, start + found.start() + 1), {"value": rest}
        for field in re.finditer(r"[^,{}\[\]]+", line[start:]):
            colons = [one.start() for one in re.finditer(r":\s", field.group())]
            if len(colons) > 1:
                return "yaml_two_colons", (number, start + field.start() + colons[1]), {}
    return None


def _bracket(lines: list[str], at: _At, opened: _At) -> _Cause:
    if inside := _inside(lines, at, opened):
        return inside
    bracket = _line(lines, opened)[opened[1] : opened[1] + 1]
    if bracket not in {"[", "{"}:  # where the text ends inside it, the parser knows only the end
        opened, bracket = _last_bracket(lines, at)
    return "yaml_bracket", opened, {"value": bracket, "stopped": at[0] + 1}


def _last_bracket(lines: list[str], at: _At) -> tuple[_At, str]:
    """Return where the last bracket that is open at a place was opened, and the bracket."""
    closed = 0
    for number in range(min(at[0], len(lines) - 1), -1, -1):
        line = _bare(lines[number])
        for place in range(min(len(line), at[1] if number == at[0] else len(line)) - 1, -1, -1):
            if line[place] in "]}":
                closed += 1
            elif line[place] in "[{":
                if not closed:
                    return (number, place), line[place]
                closed -= 1
    return at, ""


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
