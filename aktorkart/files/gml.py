"""GML, read and written: the brackets of Graphlet, LEDA, yEd, Gephi, igraph and networkx.

Text is UTF-8 or has entities, as the program that wrote it liked. We write UTF-8, since Gephi
and igraph read no entities but those of signs; the standard has seven bits only. In a file of
our own, fields of the map stand as ``field [ name … value … ]``.
"""

from __future__ import annotations

import html
import math
import re
from bisect import bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from aktorkart.errors import InvalidMap
from aktorkart.files import words
from aktorkart.files.drafted import carried, drafted, own_draft
from aktorkart.files.faults import Faults
from aktorkart.files.formats import Dumped, Loaded
from aktorkart.files.making import made
from aktorkart.files.positions import on_page
from aktorkart.files.schema import SCHEMA
from aktorkart.files.sheets import Draft, Reading, Sheet
from aktorkart.model import Actor, ActorMap, Tie

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from aktorkart.files.decoding import File

_TOKEN = re.compile(
    r"""\s+ | \#[^\n]*
    | (?P<text>"[^"]*")
    | (?P<number>[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?(?![\w.]))
    | (?P<key>[A-Za-z_][\w.:-]*)
    | (?P<open>\[) | (?P<close>\])""",
    re.VERBOSE,
)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{0,30});")
_DEEPEST = 50
_MOST_SLIPS = 1000  # what has more of them is something else
_LOOKS = frozenset({"graphics", "LabelGraphics", "labelgraphics", "edgeAnchor", "NodeGraphics"})
"""How a program draws it, places apart."""

_OURS = ("cell", "field")
_KEY = re.compile("[A-Za-z][A-Za-z0-9]*")
_RESERVED = frozenset({"id", "label", "source", "target", *_OURS, *map(str.lower, _LOOKS)})
_SMALL = 2**31
_LIST_START = "_networkx_list_start"
_ARROWS = {"none": True, "both": True, "last": False, "first": False}

Item = dict[str, Any]


def load(file: File, reading: Reading | None = None) -> Loaded:
    """Read a graph."""
    return made(draft(file), reading)


def draft(file: File) -> Draft:
    """Lay out the nodes and edges of the first graph as sheets."""
    source = file.text(fallback="cp1252")
    faults = Faults(file.name)
    top = _parsed(source, faults)
    graphs = [one for one in _listed(top.get("graph")) if isinstance(one, dict)]
    if not graphs:
        faults.report("gml_no_graph")
    if faults.found:
        raise InvalidMap(faults.all())
    made_by = str(top.get("Creator", ""))
    return _Graph(file.name, graphs, yed="yfiles" in made_by.casefold()).draft(source)


def _parsed(source: str, faults: Faults) -> Item:
    """Read keys and values, lists in brackets; a key that is met again has a list of values."""
    top: Item = {}
    stack = [top]
    opened: list[int] = []
    key: str | None = None
    lines = _line_ends(source)
    place = 0
    while place < len(source):
        found = _TOKEN.match(source, place)
        what = found.lastgroup if found is not None else "wrong"
        begin, place = place, found.end() if found is not None else _after_noise(source, place)
        if what is None:
            continue
        word = source[begin:place]
        if what == "key" and key is None:
            key = word
        elif what == "close" and key is None and len(stack) > 1:
            stack.pop()
            opened.pop()
        elif key is not None and what in {"text", "number", "open", "key"}:
            if what == "open":
                if len(stack) > _DEEPEST:
                    faults.report("too_deep", bisect_right(lines, begin) + 1, most=_DEEPEST)
                    return top
                value: Any = {"": begin}
                stack[-1].setdefault(key, []).append(value)
                stack.append(value)
                opened.append(begin)
            else:
                stack[-1].setdefault(key, []).append(_value(word, what))
            key = None
        else:
            faults.report("gml_syntax", bisect_right(lines, begin) + 1, value=word[:40])
            key = None
            if faults.times["gml_syntax"] >= _MOST_SLIPS:
                return top
    if opened:
        faults.report("gml_open", bisect_right(lines, opened[-1]) + 1)
    return {name: _single(value) for name, value in top.items()}


def _line_ends(source: str) -> list[int]:
    return [found.start() for found in re.finditer("\n|\r(?!\n)", source)]


def _after_noise(source: str, place: int) -> int:
    """Return where reading can go on: at the next blank or bracket."""
    found = re.compile(r"[\s\[\]]").search(source, place + 1)
    return found.start() if found is not None else len(source)


def _value(word: str, what: str) -> Any:
    if what == "text":
        bare = word[1:-1]
        return _ENTITY.sub(_character, bare) if "&" in bare else bare
    if what == "key":  # a word without quotes, as some write true and false
        return word
    bare = word.lstrip("+")
    if re.fullmatch(r"-?\d{1,300}", bare):
        return int(bare)
    number = float(bare)
    return number if math.isfinite(number) else word


def _character(found: re.Match[str]) -> str:
    """Read an entity; numbers as they are, where HTML takes some of them for Windows' letters."""
    word = found.group()[1:-1]
    if not word.startswith("#"):
        return html.unescape(found.group())
    number = int(f"0{word[1:]}", base=0) if word[1] == "x" else int(word[1:])
    known = 0 < number < 0xD800 or 0xDFFF < number < 0x110000  # noqa: PLR2004 - no half letters
    return chr(number) if known else found.group()


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _single(values: list[Any]) -> Any:
    """Return the one value of a key, or all of them; networkx marks a list of one."""
    if values[0] == _LIST_START:
        return values[1:]
    return values[0] if len(values) == 1 else values


@dataclass
class _Graph:
    """A graph, and how many there are beside it."""

    file: str
    graphs: list[Item]
    yed: bool = False
    dropped: dict[str, None] = field(default_factory=dict)

    def draft(self, source: str) -> Draft:
        graph = self.graphs[0]
        faults, notes = Faults(self.file), Faults(self.file)
        lines = _line_ends(source)
        nodes, edges = (
            [one for one in graph.get(name, ()) if isinstance(one, dict)]
            for name in ("node", "edge")
        )
        numbers = [
            [bisect_right(lines, one.pop("")) + 1 for one in items] for items in (nodes, edges)
        ]
        stated = {
            name: _single(value)
            for name, value in graph.items()
            if name not in {"node", "edge", "", "field"}
        }
        self.own = stated.pop("aktorkart", None) == SCHEMA
        both_ways = None if "directed" not in stated else stated.pop("directed") in (0, "0")
        places: dict[str, tuple[float, float]] = {}
        actors = [self._node(one, places) for one in nodes]
        ties = [self._edge(one, both_ways=both_ways) for one in edges]
        for items, needed, where in ((actors, ("id",), numbers[0]), (ties, _ENDS, numbers[1])):
            for item, line in zip(items, where, strict=True):
                for name in needed:
                    if item.get(name) is None:
                        faults.report("missing", line, field=name)
        if self.own:
            numbers[1] = [
                line for tie, line in zip(ties, numbers[1], strict=True) if not _again(tie)
            ]
            ties = _own_ties(actors, [tie for tie in ties if not _again(tie)])
        else:
            self._name_kinds(ties)
        sheets = (
            self._sheet(actors, ["id"], numbers[0]),
            self._sheet(ties, ["source", "target"], numbers[1]),
        )
        draft = (
            self._own(sheets, graph, stated) if self.own else self._others(sheets, stated, places)
        )
        if len(self.graphs) > 1:
            named = draft.about.get("title") or "1"
            notes.report("first_network_read", value=named, n=len(self.graphs) - 1)
        if self.dropped:
            notes.report("looks_left_out", names=list(self.dropped)[:12])
        draft.notes += notes.all()
        draft.problems += faults.all()
        return draft

    def _sheet(self, items: Sequence[Item], always: list[str], numbers: list[int]) -> Sheet:
        headings = list(dict.fromkeys([*always, *(name for item in items for name in item)]))
        columns = [[item.get(name) for item in items] for name in headings]
        return Sheet(headings, columns, file=self.file, numbers=numbers, lines=True, typed=True)

    def _node(self, node: Item, places: dict[str, tuple[float, float]]) -> Item:
        looks = _single(node.get("graphics", [{}]))
        item = self._cells(node, Actor)
        if isinstance(item.get("id"), (int, float)):
            item["id"] = f"{item['id']}"
        if isinstance(looks, dict) and not self.own:
            x, y = (_single(looks.get(name, [None])) for name in ("x", "y"))
            if isinstance(x, (int, float)) and isinstance(y, (int, float)) and "id" in item:
                places[item["id"]] = (float(x), float(y))
        return item

    def _edge(self, edge: Item, *, both_ways: bool | None) -> Item:
        looks = _single(edge.get("graphics", [{}]))
        item = self._cells(edge, Tie)
        for end in _ENDS:
            if isinstance(item.get(end), (int, float)):
                item[end] = f"{item[end]}"
        if self.own:
            return item
        way = str(_single(looks.get("arrow", [""]))) if isinstance(looks, dict) else ""
        if way not in _ARROWS and self.yed:
            way = "none"  # yEd calls every graph directed, and draws what it means
        if way in _ARROWS:
            both_ways = _ARROWS[way]
        if way == "first":
            item["source"], item["target"] = item.get("target"), item.get("source")
        if both_ways is not None and "directed" not in item:
            item.setdefault("mutual", both_ways)
        return item

    def _cells(self, found: Item, model: type[Actor | Tie]) -> Item:
        """Return the attributes of a node or an edge, by their headings."""
        item: Item = {}
        for name, values in found.items():
            if name in _LOOKS:
                self.dropped.setdefault(name)
            elif name == "cell" and self.own:
                for cell in values:
                    item |= _own_cell(cell)
            elif self.own and name in model.model_fields:
                item[name] = _nested(_single(values))
            else:
                item |= dict(_flat(name, _single(values)))
        return item

    def _name_kinds(self, ties: list[Item]) -> None:
        """Take the labels of edges for their kinds, where they are words for kinds."""
        labels = [tie.get("label") for tie in ties]
        known = {one for one in labels if isinstance(one, str) and words.code_of("tie_kind", one)}
        if known and not any({"kind", "type", "interaction"} & tie.keys() for tie in ties):
            for tie in ties:
                if "label" in tie:
                    tie["kind"] = tie.pop("label") or None

    def _others(
        self,
        sheets: tuple[Sheet, Sheet],
        stated: Item,
        places: Mapping[str, tuple[float, float]],
    ) -> Draft:
        draft = Draft(*sheets)
        title = next(
            (
                stated[name]
                for name in ("title", "label", "name")
                if isinstance(stated.get(name), str)
            ),
            "",
        )
        if " ".join(title.split()):
            draft.about["title"] = " ".join(title.split())
        if fitted := on_page(places, up=False):
            draft.about["positions"] = fitted
        return draft

    def _own(self, sheets: tuple[Sheet, Sheet], graph: Item, stated: Item) -> Draft:
        rows = [
            (str(cell.get("name")), str(cell.get("value", "")))
            for cell in (dict(_own_pairs(one)) for one in graph.get("field", ()))
        ]
        draft = own_draft(*sheets, rows)
        # What networkx has written of to_networkx stands as it was there.
        known = {name: value for name, value in stated.items() if name in ActorMap.model_fields}
        draft.about = {name: _nested(value) for name, value in known.items()} | draft.about
        return draft


_ENDS = ("source", "target")


def _again(tie: Item) -> bool:
    """Tell whether an edge is the other way of a tie that goes both ways (of to_networkx)."""
    return tie.get("reverse") in (1, "1", "True", "true")


def _own_ties(actors: list[Item], ties: list[Item]) -> list[Item]:
    """Let labels be the ids, as they are in what we write, and drop what serves others only."""
    ids: dict[Any, Any] = {}
    for actor in actors:
        ids[actor.get("id")] = actor["id"] = actor.pop("label", actor.get("id"))
    told = []
    for tie in ties:
        item = {
            name: value for name, value in tie.items() if name not in {"weight", "key", "reverse"}
        }
        for end in _ENDS:
            stated = _nested(tie.get(end))
            item[end] = ids.get(stated, stated)
        told.append(item)
    return told


def _own_pairs(cell: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(cell, dict):
        for name, values in cell.items():
            if name:
                yield name, _single(values)


def _own_cell(cell: Any) -> Item:
    """Read ``cell [ name "tags.by" value "Oslo" ]``: what cannot be a key."""
    parts = dict(_own_pairs(cell))
    if "name" not in parts:
        return {}
    boolean = parts.get("boolean")
    return {str(parts["name"]): parts.get("value") if boolean is None else boolean in (1, "1")}


def _nested(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _nested(_single(one)) for name, one in value.items() if name}
    return [_nested(one) for one in value] if isinstance(value, list) else value


def _flat(name: str, value: Any) -> Iterator[tuple[str, Any]]:
    """Yield nested attributes one by one: ``address [ city "Oslo" ]`` is ``address.city``."""
    if isinstance(value, dict):
        for inner, values in value.items():
            if inner:
                yield from _flat(f"{name}.{inner}", _single(values))
    elif isinstance(value, list):
        plain = [str(one) for one in value if not isinstance(one, dict)]
        yield name, plain or None
    else:
        yield name, value


# --- writing


def dump(kart: ActorMap, path: str) -> Dumped:
    """Write a graph; a label is an id, since other programs tell nodes apart by it."""
    sheets = drafted(kart)
    data = ("\n".join(_lines(kart, sheets)) + "\n").encode()
    return carried(kart, Dumped({path: data}), path, load, what="GML")


def _lines(kart: ActorMap, sheets: Draft) -> Iterable[str]:
    yield "graph ["
    yield f"  aktorkart {SCHEMA}"
    yield f"  directed {int(not all(tie.mutual for tie in kart.ties))}"
    pairs = [frozenset((tie.source, tie.target)) for tie in kart.ties]
    if len(set(pairs)) < len(pairs):
        yield "  multigraph 1"  # networkx refuses a second edge otherwise
    for name, value in sheets.about.items():
        yield f"  field [ name {_text(name)} value {_text(str(value))} ]"
    numbers = {actor.id: number for number, actor in enumerate(kart.actors)}
    for what, sheet in (("node", sheets.actors), ("edge", sheets.ties)):
        rows = zip(*sheet.columns, strict=True) if sheet is not None else ()
        for place, row in enumerate(rows):
            yield f"  {what} ["
            cells = dict(zip(sheet.headings, row, strict=True))  # type: ignore[union-attr]
            if what == "node":
                yield f"    id {place}"
                yield f"    label {_text(cells.pop('id'))}"
            else:
                yield from (f"    {end} {numbers[cells.pop(end)]}" for end in _ENDS)
            yield from _attributes(cells)
            yield "  ]"
    yield "]"


def _attributes(cells: Item) -> Iterator[str]:
    if cells.get("strength") is not None:
        yield f"    weight {_scalar(cells['strength'])}"
    for name, cell in cells.items():
        if cell is not None:
            yield f"    {_cell(name, cell)}"


def _cell(name: str, cell: Any) -> str:
    plain = _KEY.fullmatch(name) and name.lower() not in {*_RESERVED, "weight", "key", "reverse"}
    if isinstance(cell, bool) and not (plain and name in {"mutual", "needed"}):
        return f"cell [ name {_text(name)} boolean {int(cell)} ]"
    value = _scalar(cell)
    return f"{name} {value}" if plain else f"cell [ name {_text(name)} value {value} ]"


def _scalar(value: Any) -> str:
    if isinstance(value, (bool, int)):
        return str(int(value))
    if isinstance(value, float):
        number, sign, power = repr(value).partition("e")
        return (number if "." in number else f"{number}.0") + sign.upper() + power
    return _text(str(value))


def _text(value: str) -> str:
    """Write text with entities for what would end it, and for signs that nobody sees."""
    return '"' + "".join(map(_letter, value)) + '"'


def _letter(letter: str) -> str:
    if letter in _SIGNS:
        return _SIGNS[letter]
    return letter if letter.isprintable() else f"&#{ord(letter)};"


_SIGNS = {"&": "&amp;", '"': "&quot;"}
