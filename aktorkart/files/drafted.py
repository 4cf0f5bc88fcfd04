"""A map as the two sheets and the rows about it that every table and graph can hold."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from aktorkart.errors import Place, Problem
from aktorkart.files import about
from aktorkart.files.rows import held, is_stated, tag_heading, tags, used
from aktorkart.files.sheets import Draft, Sheet
from aktorkart.model import Actor, ActorMap, Tie
from aktorkart.model.scales import SUPPORTS

if TYPE_CHECKING:
    from collections.abc import Sequence


def drafted(kart: ActorMap) -> Draft:
    """Lay a map out as sheets with the file format's names over the columns.

    Cells are what they are: numbers, true or false, text; several values in one have a bar
    between them. What the map says of itself is in ``about``, all of it text.
    """
    actors, ties = (_sheet(table, getattr(kart, table)) for table in ("actors", "ties"))
    return Draft(actors, ties, about=dict(about.written(kart)), own=True)


def own_draft(actors: Sheet, ties: Sheet, stated: Sequence[tuple[str, str]]) -> Draft:
    """Return the draft of what `drafted` laid out, its rows about the map as pairs of text."""
    rows = [(place, name, value) for place, (name, value) in enumerate(stated, start=1)]
    content, _, problems = about.read(rows)
    return Draft(actors, ties, about=content, problems=problems, own=True)


def _sheet(table: str, items: Sequence[Actor | Tie]) -> Sheet:
    fields, own = used(table, items), tags(items)
    names = [*fields, *(tag_heading(table, tag) for tag in own)]
    columns = [[_cell(held(one, name), one, name) for one in items] for name in fields]
    columns += [[_plain(one.tags.get(tag)) for one in items] for tag in own]
    return Sheet(names, columns, typed=True)


def _cell(value: Any, item: Actor | Tie, name: str) -> Any:
    if not is_stated(item, name):
        return None
    if value == ():
        return _NONE if name in SUPPORTS else None
    return _plain(value)


_NONE = "none"  # no support is something else than not knowing of any


def _plain(value: Any) -> Any:
    if isinstance(value, (tuple, list)):
        return "|".join(value)
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
        return int(value)
    return value


def not_carried(
    kart: ActorMap, back: ActorMap, path: str, *, what: str, out: Sequence[Problem] = ()
) -> tuple[Problem, ...]:
    """List what differs when a map that was written is read again; ``what`` names the format."""
    fields = differing(kart, back)
    values = {"fields": fields, "n": len(fields), "format": what}
    note = Problem(code="not_carried", place=Place(file=path), values=values)
    return (*out, *((note,) if fields else ()))


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
