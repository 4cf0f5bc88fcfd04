"""What is probably wrong where YAML cannot be parsed.

PyYAML says what its grammar expected; people need to hear what they mistyped. Both its
parsers are understood, the one in C and the one in Python.
"""

from __future__ import annotations

import re
from typing import Any

from aktorkart.errors import Place, Problem

_NO_SPACE = re.compile(r"^[\s-]*(?P<field>\w+):(?P<value>[^\s/:][^:]*)$")


def explain(error: Any, source: str, name: str) -> Problem:
    """Turn a parser's error into a problem with the line and the likely cause.

    Parameters
    ----------
    error : yaml.YAMLError
        As the parser raised it.
    source : str
        The text.
    name : str
        Name of the file.

    Returns
    -------
    Problem
        Its line is where the mistake probably is, which may be above where the parser gave up.

    Examples
    --------
    >>> import yaml
    >>> try:
    ...     list(yaml.parse("ties: [1, 2"))
    ... except yaml.YAMLError as error:
    ...     explain(error, "ties: [1, 2", "kart.yaml").code
    'yaml_bracket'
    """
    lines = source.split("\n")
    if not hasattr(error, "problem_mark"):  # the reader met a character that no text has
        return _control_character(source, name)
    said = f"{error.context or ''}: {error.problem or ''}"
    at = error.problem_mark
    line, column = at.line, at.column
    values: dict[str, Any] = {}
    here = lines[line] if line < len(lines) else ""
    opened = error.context_mark
    margin = here[: len(here) - len(here.lstrip())]
    if "\t" in margin:
        code, column = "yaml_tab", margin.index("\t")
    elif "cannot start any token" in said:
        code, values = "yaml_character", {"value": here[column : column + 1]}
    elif "mapping values are not allowed" in said:
        code, line, column, values = _colon(lines, line, column)
    elif "could not find expected ':'" in said and opened is not None:
        line, column = opened.line, opened.column
        code, values = _missing_colon(lines[line])
    elif "quoted scalar" in said and "end of stream" in said:
        code, line, column = "yaml_quote", opened.line, opened.column
        values = {"value": lines[line][column : column + 1]}
    elif "escape" in said:
        code = "yaml_escape"
    elif "flow mapping" in said or "flow sequence" in said or "flow node" in said:
        bracket = "{" if "mapping" in said else "["
        code, values = "yaml_bracket", {"value": bracket, "stopped": line + 1}
        if opened is not None:
            line, column = opened.line, opened.column
            values["value"] = lines[line][column : column + 1] or bracket
    elif "block mapping" in said or "block collection" in said:
        code = "yaml_indent"
        if here[:column].strip():
            code, values = "yaml_after", {"value": here[column : column + 20].strip()}
    else:
        code, values = "yaml_syntax", {"value": here.strip()[:40]}
    return Problem(
        code=code, place=Place(file=name, line=line + 1, column=column + 1), values=values
    )


def _colon(lines: list[str], line: int, column: int) -> tuple[str, int, int, dict[str, Any]]:
    """A colon where none can be: a text that needs quotes, or the line above is unfinished."""
    if re.search(r":\s", lines[line][:column]):
        return "yaml_two_colons", line, column, {}
    above = line - 1
    while above >= 0 and not lines[above].strip():
        above -= 1
    if above >= 0:
        before = lines[above].split(" #")[0].rstrip()
        if found := _NO_SPACE.match(before):
            place = found.start("field")
            return "yaml_space", above, place, found.groupdict()
        if ":" not in before:
            return "yaml_colon", above, len(before) - len(before.lstrip()), {"value": before.strip()}
    return "yaml_indent", line, len(lines[line]) - len(lines[line].lstrip()), {}


def _missing_colon(line: str) -> tuple[str, dict[str, Any]]:
    before = line.split(" #")[0].rstrip()
    if found := _NO_SPACE.match(before):
        return "yaml_space", dict(found.groupdict())
    return "yaml_colon", {"value": before.strip()[:40]}


def _control_character(source: str, name: str) -> Problem:
    found = re.search(r"[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", source)
    start = found.start() if found else 0
    line = source.count("\n", 0, start)
    column = start - (source.rfind("\n", 0, start) + 1)
    value = f"U+{ord(source[start]):04X}"
    place = Place(file=name, line=line + 1, column=column + 1)
    return Problem(code="yaml_control", place=place, values={"value": value})
