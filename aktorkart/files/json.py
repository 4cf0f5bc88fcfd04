"""JSON: the same fields as YAML, for other programs."""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING, Any, NoReturn

from pydantic_core import from_json

from aktorkart.errors import InvalidMap, Place, Problem
from aktorkart.files import easynwk
from aktorkart.files.decoding import File
from aktorkart.files.formats import Dumped, Loaded
from aktorkart.files.graph_json import LOOKED_FOR, own_content, own_spot, recognised, stated
from aktorkart.files.making import made
from aktorkart.files.people_words import SECTIONS
from aktorkart.files.places import Spot
from aktorkart.files.plain import DEEPEST, from_plain, levels, plain
from aktorkart.files.schema import SCHEMA, migrate
from aktorkart.model import ActorMap

if TYPE_CHECKING:
    from collections.abc import Callable

    from aktorkart.files.places import Mark
    from aktorkart.files.sheets import Reading

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[\[\]{}]|[^\s,:\[\]{}"]+', re.DOTALL)
_HALF = re.compile("[\ud800-\udfff]")
_ESCAPED_HALF = re.compile(r"\\u[dD]")
_SPACED = re.compile(r'"[ \t\r\n]+:')


def load(file: File, *, reading: Reading | None = None) -> Loaded:
    """Read a map, or the network of another program."""
    source = file.text()
    content, walk, problems = read_json(source, name=file.name)
    spot = cache(walk)
    if easynwk.is_card(content):
        return made(easynwk.draft_of(content, file=file.name), reading)
    directed = reading.directed if reading is not None else None
    parts = None if is_map(content) else recognised(content, file.name)
    if parts is None:
        if not is_map(content) and not _may_be_map(content):
            values = {"known": list(LOOKED_FOR)}
            problem = Problem(code="json_no_network", place=Place(file=file.name), values=values)
            raise InvalidMap([*problems, problem])
        return from_plain(content, spot, problems, name=file.name, directed=directed, source=source)
    number = parts.about.get("aktorkart")
    if number is None:
        draft = parts.draft(spot)
    elif isinstance(number, str):
        schema = int(number) if number.isdecimal() else number
        migrate({"aktorkart": schema}, place=Place(file=file.name))
        draft = parts.own_draft(spot, stated(parts.about))
    else:
        own = own_content(parts)
        return from_plain(own, own_spot(parts, spot), problems, name=file.name)
    draft.problems += problems
    return made(draft, reading)


def is_map(content: Any) -> bool:
    """Tell whether it is a map as we write it, by the number of the schema or its lists."""
    return isinstance(content, dict) and (
        isinstance(content.get("aktorkart"), int) or not content.keys().isdisjoint(_SECTIONS)
    )


_SECTIONS = {"actors", "ties", *SECTIONS["actors"], *SECTIONS["ties"]}


def _may_be_map(content: Any) -> bool:
    """Tell whether it is a map in which little is right, so that its faults are told."""
    if isinstance(content, dict):
        return not content or not content.keys().isdisjoint({*ActorMap.model_fields, "aktorkart"})
    return not isinstance(content, list) or not content


def dump(kart: ActorMap, path: str) -> Dumped:
    """Write a map."""
    return Dumped({path: as_json(plain(kart))})


def as_json(content: Any) -> bytes:
    """Write plain values."""
    return f"{json.dumps(content, ensure_ascii=False, indent=2, allow_nan=False)}\n".encode()


def read_json(source: str, *, name: str) -> tuple[Any, Callable[[], Spot], list[Problem]]:
    """Read JSON into plain values."""
    if not source.strip():
        _stop("empty_file", name)
    try:  # in half the time, where nothing is wrong
        data = from_json(source, allow_inf_nan=False)
    except ValueError:
        data = _parsed(source, name)
    doubles = not _each_key_once(source, data, name)
    if doubles:
        doubles = False

        def first_of(items: list[tuple[str, Any]]) -> dict[str, Any]:
            nonlocal doubles
            made = dict(items)
            if len(made) == len(items):
                return made
            doubles = True
            first: dict[str, Any] = {}
            for key, value in items:
                first.setdefault(key, value)
            return first

        data = _parsed(source, name, first_of)
    escaped = "\\" in source and _ESCAPED_HALF.search(source)
    if escaped and _HALF.search(json.dumps(data, ensure_ascii=False)):
        _stop("json_half_character", name)
    problems = _walk(source, name)[1] if doubles else []
    return data, lambda: _walk(source, name)[0], problems


def read_own(file: File) -> dict[str, Any] | None:
    """Return the fields of a map as we write it; None of anything else, or if a key is doubled.

    Actors and ties are not looked into: that they are plain is seen where their columns are read.
    """
    data = file.data()
    try:
        content = from_json(data, allow_inf_nan=False)
    except ValueError:  # it is said why, or it is another encoding
        content = None
    if content is not None and not _is_own(content):
        return None
    if content is None or not _is_sure(data, content, file.name):
        content, _, problems = read_json(File(file.name, data).text(), name=file.name)
        if problems or not _is_own(content):
            return None
    return dict(content)


def _is_own(content: Any) -> bool:
    return isinstance(content, dict) and content.get("aktorkart") == SCHEMA


def _is_sure(data: bytes, content: dict[str, Any], name: str) -> bool:
    """Tell whether no key of a map stands there twice, and no half of a character."""
    tables = [content.get(table, []) for table in ("actors", "ties")]
    if {*map(type, tables)} != {list} or not {*map(type, chain(*tables))} <= {dict}:
        return False
    if b"\\" in data and _ESCAPED_HALF.search(data.decode()):
        return False
    rest = {key: content[key] for key in content if key not in {"actors", "ties"}}
    keys = _keys_within_depth(rest, name, opened=len(data)) + len(content) - len(rest)
    keys += sum(map(len, chain(*tables)))
    # There is a colon for each key, if not more; and if there are, the ends of keys are counted.
    return data.count(b":") == keys or _each_key_once(data.decode(), content, name)


def _each_key_once(source: str, data: Any, name: str) -> bool:
    """Tell whether no key of a mapping stands there twice; stop if brackets nest too deep."""
    keys = _keys_within_depth(data, name, opened=source.count("{") + source.count("["))
    # Where as many keys were read as there are ends of keys, none stood twice.
    return source.count('":') == keys and _SPACED.search(source) is None


def _parsed(source: str, name: str, pairs: Callable[[Any], Any] | None = None) -> Any:
    def constant(word: str) -> NoReturn:
        # Python's parser reads NaN and Infinity; JSON has no such numbers.
        raise json.JSONDecodeError(word, source, source.find(word))

    try:
        return json.loads(source, object_pairs_hook=pairs, parse_constant=constant)
    except json.JSONDecodeError as error:
        rest = source[error.pos : error.pos + 20].partition("\n")[0].strip()
        code = "json_syntax" if rest else "json_end"
        _stop(code, name, (error.lineno, error.colno), value=rest)
    except RecursionError:
        _stop("too_deep", name, most=DEEPEST)
    except ValueError:  # Python does not read whole numbers of more than 4300 digits
        _stop("json_number", name)


def _keys_within_depth(data: Any, name: str, *, opened: int) -> int:
    """Count the keys; it stops where brackets nest too deep. No more were opened than that."""
    keys = 0
    for depth, level in enumerate(levels(data), start=1):
        if depth >= DEEPEST and any(level):  # what stands in it is deeper
            _stop("too_deep", name, most=DEEPEST)
        keys += sum(map(len, [one for one in level if type(one) is dict]))
        opened -= len(level)
        if not opened:
            break
    return keys


def _walk(source: str, name: str) -> tuple[Spot, list[Problem]]:
    """Find where everything stands in a text that is known to be JSON."""
    starts = [0, *(found.end() for found in re.finditer("\n", source))]
    problems: list[Problem] = []
    top = Spot((1, 1), [])
    stack = [top]
    key: str | None = None
    for token in _TOKEN.finditer(source):
        word = token.group()
        if word in "]}":
            stack.pop()
            continue
        line = bisect_right(starts, token.start())
        mark: Mark = (line, token.start() - starts[line - 1] + 1)
        around = stack[-1]
        if isinstance(around.children, dict) and key is None:
            key = word[1:-1] if "\\" not in word else str(json.loads(word))
            if key in around.keys:
                values = {"field": key, "first": around.keys[key][0]}
                place = Place(file=name, line=mark[0], column=mark[1])
                problems.append(Problem(code="duplicate_key", place=place, values=values))
            around.keys.setdefault(str(key), mark)
            continue
        spot = Spot(mark, {} if word == "{" else []) if word in "{[" else None
        if isinstance(around.children, dict):
            around.children.setdefault(str(key), spot or mark)
        else:
            around.children.append(spot or mark)
        key = None
        if spot is not None:
            stack.append(spot)
    first = top.children[0]  # type: ignore[index]
    return first if isinstance(first, Spot) else top, problems


def _stop(code: str, name: str, mark: Mark | None = None, **values: Any) -> NoReturn:
    line, column = mark or (None, None)
    place = Place(file=name, line=line, column=column)
    raise InvalidMap(Problem(code=code, place=place, values=values))
