"""A map as the two sheets and the rows about it that every table and graph can hold."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from aktorkart.errors import Place, Problem
from aktorkart.files import about
from aktorkart.files.decoding import File
from aktorkart.files.plainly import told
from aktorkart.files.rows import held, is_stated, tag_heading, tags, used
from aktorkart.files.sheets import Draft, Sheet
from aktorkart.model import Actor, ActorMap, Tie
from aktorkart.model.scales import SUPPORTS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from aktorkart.files.formats import Dumped, Loaded

_MODELS: dict[str, type[Actor | Tie]] = {"actors": Actor, "ties": Tie}

Record = dict[str, Any]


def drafted(kart: ActorMap, *, lists: bool = False) -> Draft:
    """Lay a map out as sheets with the file format's names over the columns.

    Cells are what they are: numbers, true or false, text; several values in one have a bar
    between them, or are lists where the format has these. What the map says of itself is in
    ``about``, all of it text.
    """
    actors, ties = (_sheet(table, getattr(kart, table), lists) for table in ("actors", "ties"))
    return Draft(actors, ties, about=dict(about.written(kart)), own=True)


def own_draft(actors: Sheet, ties: Sheet, stated: Sequence[tuple[str, str]]) -> Draft:
    """Return the draft of what `drafted` laid out, its rows about the map as pairs of text."""
    rows = [(place, name, value) for place, (name, value) in enumerate(stated, start=1)]
    content, _, problems = about.read(rows)
    return Draft(actors, ties, about=content, problems=problems, own=True)


def _sheet(table: str, items: Sequence[Actor | Tie], lists: bool) -> Sheet:  # noqa: FBT001
    fields, own = used(table, items), tags(items)
    names = [*fields, *(tag_heading(table, tag) for tag in own)]
    columns = [[_cell(held(one, name), one, name, lists) for one in items] for name in fields]
    columns += [[_plain(one.tags.get(tag), lists) for one in items] for tag in own]
    return Sheet(names, columns, typed=True)


def _cell(value: Any, item: Actor | Tie, name: str, lists: bool) -> Any:  # noqa: FBT001
    if not is_stated(item, name):
        return None
    if name == "changed_practice" and not lists:
        # An id with a bar would be read as two that are nobody's.
        value = tuple(id_ for id_ in value if "|" not in id_)
    if value == () and not lists:
        return _NONE if name in SUPPORTS else None
    return _plain(value, lists)


_NONE = "none"  # no support is something else than not knowing of any


def _plain(value: Any, lists: bool) -> Any:  # noqa: FBT001
    if isinstance(value, (tuple, list)):
        return list(value) if lists else "|".join(value)
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
        return int(value)
    return value


def records(draft: Draft, taken: frozenset[str]) -> tuple[list[Record], list[Record]]:
    """Return actors and ties as attributes and values; ``taken`` are no names for tags."""
    actors, ties = (
        [] if sheet is None else _records(sheet, _MODELS[table], taken)
        for table, sheet in (("actors", draft.actors), ("ties", draft.ties))
    )
    return actors, ties


def _records(sheet: Sheet, model: type[Actor | Tie], taken: frozenset[str]) -> list[Record]:
    names = [
        f"tags.{name}" if name in taken and name not in model.model_fields else name
        for name in sheet.headings
    ]
    return [
        {name: cell for name, cell in zip(names, row, strict=True) if cell is not None}
        for row in zip(*sheet.columns, strict=True)
    ]


def needed_drawn(kart: ActorMap, path: str) -> tuple[Problem, ...]:
    """Say which ties other programs draw as if they were there, since they do not know better."""
    return tuple(told(kart, "needed_drawn", [tie for tie in kart.ties if tie.needed], path))


def carried(
    kart: ActorMap, made: Dumped, path: str, load: Callable[..., Loaded], *, what: str
) -> Dumped:
    """Add what the files of a map do not hold: what differs when ``load`` reads them again."""
    back = load(*(File(name, data) for name, data in made.files.items())).kart
    return replace(made, notes=(*made.notes, *not_carried(kart, back, path, what=what)))


def not_carried(kart: ActorMap, back: ActorMap, path: str, *, what: str) -> tuple[Problem, ...]:
    """List what differs when a map that was written is read again; ``what`` names the format."""
    fields = differing(kart, back)
    values = {"fields": fields, "n": len(fields), "format": what}
    note = Problem(code="not_carried", place=Place(file=path), values=values)
    return (note,) if fields else ()


def differing(kart: ActorMap, back: ActorMap) -> list[str]:
    """Name the fields in which two maps of the same actors and ties differ."""
    lost: list[str] = []
    for name in ActorMap.model_fields:
        was, now = getattr(kart, name), getattr(back, name)
        if name in {"kinds", "tie_kinds"}:
            # Reading declares the kinds that are met; what is lost is what they say of themselves.
            if any(kind not in now or now[kind] != was[kind] for kind in was):
                lost.append(name)
        elif name in {"actors", "ties"}:
            model = Actor if name == "actors" else Tie
            if len(was) != len(now):
                lost.append(name)
                continue
            lost += [
                f"{name}.{part}"
                for part in model.model_fields
                if any(
                    getattr(one, part) != getattr(two, part)
                    for one, two in zip(was, now, strict=True)
                )
            ]
        elif was != now:
            lost.append(name)
    return lost
