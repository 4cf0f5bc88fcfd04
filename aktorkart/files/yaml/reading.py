"""YAML as this project reads it: events in, plain values and their lines out.

PyYAML's own constructors are not used. They read ``no`` as False, ``0301`` as 193 and
``1.10`` as 1.1, let the second of two equal keys win and follow aliases without end. Here

- only ``true`` and ``false`` are booleans; ``null``, ``~`` and nothing at all are None;
- a word is a number only if writing that number gives the same word back;
- keys are always text;
- duplicate keys, foreign tags and keys that are not words are problems with a line.
"""

from __future__ import annotations

import re
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any, NoReturn

from aktorkart.errors import InvalidMap, Place, Problem
from aktorkart.files.places import Spot
from aktorkart.files.plain import DEEPEST

if TYPE_CHECKING:
    from collections.abc import Callable

    from aktorkart.files.places import Mark

MOST_REPEATED = 100_000
"""How many values aliases may repeat, all in all."""

_WORDS: dict[str, bool | None] = {"true": True, "false": False, "null": None, "~": None, "": None}
_INTEGER = re.compile(r"0|-?[1-9][0-9]{0,3999}")
_DECIMAL = re.compile(r"-?[0-9]+(\.[0-9]+)?(e[+-][0-9]+)?")
_OWN_TAGS = {
    "!": None,
    "tag:yaml.org,2002:str": str,
    "tag:yaml.org,2002:map": dict,
    "tag:yaml.org,2002:seq": list,
}


def plain_value(word: str) -> str | int | float | bool | None:
    """Read a word without quotes."""
    if word in _WORDS:
        return _WORDS[word]
    if word[0] in "-0123456789":
        if _INTEGER.fullmatch(word):
            return int(word)
        if _DECIMAL.fullmatch(word) and repr(float(word)) == word:
            return float(word)
    return word


def read_yaml(source: str, *, name: str) -> tuple[Any, Callable[[], Spot], list[Problem]]:
    """Read YAML into plain values; where they stand is found when somebody asks."""
    content = _read_by_lines(source, name)
    if content is not None:
        return content, cache(lambda: _Reader(source, name).read()[1]), []
    content, spot, problems = _Reader(source, name).read()
    return content, lambda: spot, problems


_WORD = r"[^\W_](?:[\w ./()-]*[\w./)-])?"
_LINE = re.compile(
    rf"^( *- )\{{([^\W\d]\w{{0,60}}: {_WORD}(?:, [^\W\d]\w{{0,60}}: {_WORD})*)\}}(?=\r?$)",
    re.MULTILINE,
)
_STAND_IN = "\ue000"
_FEWEST_LINES = 8


class _Parts(dict[str, tuple[str, Any]]):
    """The parts of lines, as ``kind: gp``, each read once: most are met again and again."""

    def __missing__(self, part: str) -> tuple[str, Any]:
        key, _, word = part.partition(": ")
        self[part] = found = (key, plain_value(word))
        return found


def _read_by_lines(source: str, name: str) -> Any:
    """Read a file with most of its actors and ties on a line each; None if it takes a closer look.

    A line ``- {id: nav, kind: nav}`` of nothing but plain words can only mean one thing, wherever
    YAML takes it for a value and not for a part of a text. So a sign stands in for it while the
    rest is read, which takes a third of the time; if all of them are met again as values, in
    a file without mistakes, that was right.
    """
    if _STAND_IN in source:
        return None
    parts, items = _Parts(), []

    def stood_in(line: re.Match[str]) -> str:
        written = line[2].split(", ")
        item = dict(map(parts.__getitem__, written))
        if len(item) < len(written):
            return line[0]  # a key that stands there twice
        items.append(item)
        return f'{line[1]}"{_STAND_IN}"'

    rest = _LINE.sub(stood_in, source)
    if len(items) < _FEWEST_LINES:
        return None
    reader = _LineReader(rest, name, items)
    try:
        content, _, problems = reader.read()
    except InvalidMap:
        return None
    met = reader.met == len(items) and not reader.anchors
    return content if met and not problems else None


class _Open:
    """A mapping or list that has begun and not ended."""

    __slots__ = ("anchor", "began", "key", "spot", "value")

    def __init__(self, value: Any, spot: Spot, anchor: str | None, began: int) -> None:
        self.value = value
        self.spot = spot
        self.anchor = anchor
        self.began = began
        self.key: str | None = None


class _Reader:
    def __init__(self, source: str, name: str) -> None:
        self.source = source
        self.name = name
        self.problems: list[Problem] = []
        self.stack: list[_Open] = []
        self.anchors: dict[str, tuple[Any, Spot | Mark, int]] = {}
        self.count = 0
        self.repeated = 0
        self.result: tuple[Any, Spot | Mark] | None = None

    def read(self) -> tuple[Any, Spot, list[Problem]]:
        import yaml

        # PyYAML without libyaml has no C parser: the events are the same, only slower.
        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        try:
            for event in iter(loader(self.source).get_event, None):
                kind = type(event)
                if kind is yaml.ScalarEvent:
                    self.scalar(event)
                elif kind is yaml.MappingStartEvent:
                    self.open(event, {})
                elif kind is yaml.SequenceStartEvent:
                    self.open(event, [])
                elif kind in (yaml.MappingEndEvent, yaml.SequenceEndEvent):
                    self.close()
                elif kind is yaml.AliasEvent:
                    self.alias(event)
                elif kind is yaml.DocumentStartEvent and self.result is not None:
                    self.stop("several_documents", _mark(event))
        except yaml.YAMLError as error:
            from aktorkart.files.yaml.mistakes import explain

            raise InvalidMap([*self.problems, *explain(error, self.source, self.name)]) from None
        if self.result is None or (self.result[0] is None and not self.problems):
            self.stop("empty_file", None)
        value, spot = self.result
        return value, spot if isinstance(spot, Spot) else Spot(spot, {}), self.problems

    def scalar(self, event: Any) -> None:
        self.count += 1
        mark = _mark(event)
        top = self.stack[-1] if self.stack else None
        if event.tag is not None:
            self.check_tag(event, str)
        if top is not None and top.key is None and type(top.value) is dict:
            if event.anchor is not None:
                self.anchors[event.anchor] = (event.value, mark, 1)
            self.key(top, event.value, mark)
            return
        word = event.value
        value = plain_value(word) if event.implicit[0] else word
        if word == "" and value is None and top is not None and self.mend(top, mark):
            return
        self.add(value, mark, event.anchor, 1)

    def mend(self, top: _Open, mark: Mark) -> bool:
        """Tell ``{id:nav}`` from ``{id: nav}``: YAML takes the former for a key of its own."""
        key = top.key
        if key is None:
            return False
        line, column = top.spot.keys[key]
        head, colon, rest = key.partition(":")
        written = self.lines[line - 1][column - 1 :]
        if not written.startswith(key) or written[len(key) :].lstrip().startswith(":"):
            return False
        if colon and head and rest:
            self.report("yaml_space", (line, column), field=head, value=rest)
            del top.spot.keys[key]
            top.key = None
            self.key(top, head, (line, column))
            self.add(plain_value(rest), mark, None, 1)
        else:
            self.report("yaml_comma", (line, column), value=key)
            top.key = None
        return True

    def key(self, top: _Open, word: str, mark: Mark) -> None:
        if word in top.value:
            first = top.spot.keys[word][0]
            self.report("duplicate_key", mark, field=word, first=first)
        else:
            top.spot.keys[word] = mark
        top.key = word

    def open(self, event: Any, value: Any) -> None:
        mark = _mark(event)
        if event.tag is not None:
            self.check_tag(event, type(value))
        if len(self.stack) >= DEEPEST:
            self.stop("too_deep", mark, most=DEEPEST)
        children: Any = {} if type(value) is dict else []
        self.stack.append(_Open(value, Spot(mark, children), event.anchor, self.count))

    def close(self) -> None:
        done = self.stack.pop()
        self.count += 1
        self.add(done.value, done.spot, done.anchor, self.count - done.began)

    def alias(self, event: Any) -> None:
        mark = _mark(event)
        if event.anchor not in self.anchors:
            self.stop("yaml_alias", mark, value=event.anchor)
        value, spot, size = self.anchors[event.anchor]
        self.count += size
        self.repeated += size
        if self.repeated > MOST_REPEATED:
            self.stop("alias_bomb", mark, value=event.anchor, most=MOST_REPEATED)
        top = self.stack[-1] if self.stack else None
        if top is not None and top.key is None and type(top.value) is dict:
            if isinstance(value, str):
                self.key(top, value, mark)
                return
            self.stop("yaml_key", mark)
        # Inside the repeated value its own lines are the ones to correct.
        again = Spot(mark, spot.children, spot.keys) if isinstance(spot, Spot) else mark
        self.add(value, again, None, size)

    def add(self, value: Any, spot: Spot | Mark, anchor: str | None, size: int) -> None:
        """Put a finished value where it belongs."""
        if anchor is not None:
            self.anchors[anchor] = (value, spot, size)
        if not self.stack:
            self.result = (value, spot)
            return
        top = self.stack[-1]
        if type(top.value) is list:
            top.value.append(value)
            top.spot.children.append(spot)  # type: ignore[union-attr]
        elif top.key is None:
            self.stop("yaml_key", spot.mark if isinstance(spot, Spot) else spot)
        else:
            # The first of two equal keys stands; the second has been reported.
            top.value.setdefault(top.key, value)
            top.spot.children.setdefault(top.key, spot)  # type: ignore[union-attr]
            top.key = None

    def check_tag(self, event: Any, own: type) -> None:
        if _OWN_TAGS.get(event.tag, NoReturn) not in (None, own):
            tag = event.tag.replace("tag:yaml.org,2002:", "!!")
            self.report("yaml_tag", _mark(event), value=tag)

    @cached_property
    def lines(self) -> list[str]:
        return re.split(r"\r\n|[\n\r\x85\u2028\u2029]", self.source)  # as YAML counts them

    def report(self, code: str, mark: Mark, **values: Any) -> None:
        place = Place(file=self.name, line=mark[0], column=mark[1])
        self.problems.append(Problem(code=code, place=place, values=values))

    def stop(self, code: str, mark: Mark | None, **values: Any) -> NoReturn:
        line, column = mark or (None, None)
        place = Place(file=self.name, line=line, column=column)
        raise InvalidMap([*self.problems, Problem(code=code, place=place, values=values)])


class _LineReader(_Reader):
    """Reads a text in which a sign stands in for each line that has been read already."""

    def __init__(self, source: str, name: str, items: list[dict[str, Any]]) -> None:
        super().__init__(source, name)
        self.items = items
        self.met = 0

    def scalar(self, event: Any) -> None:
        top = self.stack[-1] if self.stack else None
        fits = top is not None and type(top.value) is list and len(self.stack) < DEEPEST
        if event.value == _STAND_IN and fits:
            self.add(self.items[self.met], _mark(event), None, 1)
            self.met += 1
        else:
            super().scalar(event)


def _mark(event: Any) -> Mark:
    mark = event.start_mark
    return mark.line + 1, mark.column + 1
