"""What can be wrong with a map, said as problems: single fields, and the map as a whole.

The map calls these checks when it is made. They read what they are given and return
problems; a map that could not be made is read as far as it goes, so that all is said at once.
"""

from __future__ import annotations

import operator
from collections import Counter
from copy import copy
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any, cast, get_args

from pydantic import BaseModel, ValidationError, create_model
from pydantic_core import PydanticCustomError

from aktorkart.errors import Place, Problem, guesses
from aktorkart.i18n import LANGUAGES, has_text, text
from aktorkart.model import vocabulary as words
from aktorkart.model.fields import (
    PLAIN,
    READ,
    as_name,
    first_day,
    last_day,
    likenesses,
    meet,
    short,
)
from aktorkart.model.walk import different, held, own_ids, shapes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from aktorkart.model.actormap import ActorMap
    from aktorkart.model.fields import Held
    from aktorkart.model.values import Actor, Tie
    from aktorkart.model.walk import Spot


def called(actors: Iterable[Actor]) -> dict[str, str]:
    """Return whom each id and name means."""
    found: dict[str, str] = {}
    for actor in actors:
        found.setdefault(actor.label, actor.id)
        found[actor.id] = actor.id
    return found


def unknown_actor(id: str, names: Mapping[str, str], place: Place | None = None) -> Problem:  # noqa: A002
    """Say that an id is not on the map, and what was probably meant."""
    near = dict.fromkeys(names[name] for name in guesses(id, names))
    return Problem(
        code="unknown_actor", values={"value": id}, guesses=tuple(near), place=place or Place()
    )


def alike(kart: ActorMap) -> list[Problem]:
    """Point out actors whose ids or names people would take for each other; nothing is wrong."""
    found: dict[str, dict[str, None]] = {}
    # Around a person the id is enough, for which a role will be put.
    private = kart.scope == "individual"
    ids = [actor.id for actor in kart.actors]
    for forms in (likenesses(ids), likenesses([actor.label for actor in kart.actors])):
        for id_, form in zip(ids, forms, strict=True):
            found.setdefault(form, {})[id_] = None
    # Those who share both their ids and their names are told once.
    groups = dict.fromkeys(tuple(same) for form, same in found.items() if form and len(same) > 1)
    return [
        Problem(
            code="alike",
            values={"actors": [one if private else _called(kart[one]) for one in same]},
        )
        for same in groups
    ]


def _called(actor: Actor) -> str:
    return actor.id if actor.label == actor.id else f"{actor.label} ({actor.id})"


# --- what the whole map must hold


def whole_map_problems(
    kart: ActorMap, *, known: Mapping[str, Sequence[Any]] | None = None
) -> list[Problem]:
    """Find what no single field shows: references, doubles, kinds, strengths.

    ``known`` has the ids in a section of items that are not on the map, since they are broken.
    """
    there = _there(kart, known)
    return [
        *_double_ids(kart),
        *_references(kart, there),
        *_tie_problems(kart, there["actor"]),
        *_about_the_whole(kart),
    ]


def item_problems(kart: ActorMap, section: str, index: int) -> list[Problem]:
    """Find what is wrong with an actor or a tie, on a map that holds together but for it.

    It is the only one of its id, or the only one of those that are the same tie.
    """
    item = getattr(kart, section)[index]
    return [*_problems_of(kart, item, _there(kart), (section, index))]


def _problems_of(
    kart: ActorMap, item: BaseModel, there: Mapping[Held, set[Any]], at: tuple[str | int, ...]
) -> Iterator[Problem]:
    """Find what is wrong with an item, whatever others there are."""
    yield from _pointing_to_nothing(kart, held(item, _POINTERS, at=at), there)
    if at[0] == "ties":
        yield from _one_tie(kart, cast("Tie", item), there["actor"], at)


def is_kind(kart: ActorMap, word: str) -> bool:
    """Tell whether a word is a kind of actor: built in, or the map's own."""
    return word in words.KINDS or word in kart.kinds


def _double_ids(kart: ActorMap) -> Iterator[Problem]:
    for what, section in own_ids(type(kart)).items():
        items = getattr(kart, section)
        if len({item.id for item in items}) == len(items):
            continue
        seen: set[str] = set()
        for index, item in enumerate(items):
            if item.id in seen:
                place = Place(path=(section, index, "id"))
                if what == "actor":
                    yield Problem(code="duplicate_actor", place=place, values={"value": item.id})
                else:
                    values = {"value": item.id, "list": section}
                    yield Problem(code="duplicate_id", place=place, values=values)
            seen.add(item.id)


_POINTERS: frozenset[Held] = frozenset({"actor", "issue", "goal", "need", "kind", "tie_kind"})


def _references(kart: ActorMap, known: Mapping[Held, set[Any]]) -> Iterator[Problem]:
    """Find what points to nothing on the map."""
    for section, shape in shapes(type(kart)).items():
        # A map with nothing wrong is not to wait until all places are found.
        model = shape.item.model if shape.item is not None and shape.key is None else None
        if model is not None:
            values = different(getattr(kart, section), model, _POINTERS)
            if all(values[what] <= known[what] for what in values):
                continue
        spots = held(kart, _POINTERS, only=section)
        yield from _pointing_to_nothing(kart, spots, known)


def _there(kart: ActorMap, more: Mapping[str, Sequence[Any]] | None = None) -> dict[Held, set[Any]]:
    """Return what can be pointed to; more ids in a section may be known."""
    known: dict[Held, set[Any]] = {
        what: {*(item.id for item in getattr(kart, section)), *(more or {}).get(section, ())}
        for what, section in own_ids(type(kart)).items()
    }
    kinds, tie_kinds = {*words.KINDS, *kart.kinds}, {*words.TIE_KINDS, *kart.tie_kinds}
    return known | {"kind": kinds, "tie_kind": tie_kinds, "need": known["actor"] | kinds}


def _pointing_to_nothing(
    kart: ActorMap, spots: Iterable[Spot], known: Mapping[Held, set[Any]]
) -> Iterator[Problem]:
    names: dict[str, str] = {}
    said: dict[tuple[Any, ...], Problem] = {}
    for spot in spots:
        what, value = spot.holds.what, spot.value
        if spot.holds.own or value in known[what]:
            continue
        key = (what, value, spot.path == ("focal",))
        if key not in said:
            # Among many names a guess takes long, and nobody reads a thousand.
            names = names or called(kart.actors)
            guessed = len(said) < min(_MOST_GUESSED, _MOST_COMPARED // max(len(names), 1))
            around = (names, known[what]) if guessed else ({}, set())
            said[key] = _points_to_nothing(kart, *around, spot)
        yield replace(said[key], place=Place(path=spot.path))


_MOST_GUESSED = 100
"""Of so many words that nothing is called, it is told what was probably meant."""
_MOST_COMPARED = 5_000_000
"""So many names are looked through for that, all in all."""


def _points_to_nothing(
    kart: ActorMap, names: Mapping[str, str], known: set[Any], spot: Spot
) -> Problem:
    what, value, place = spot.holds.what, spot.value, Place(path=spot.path)
    match what:
        case "actor":
            problem = unknown_actor(value, names, place)
            focal = place.path == ("focal",)
            return replace(problem, code="unknown_focal") if focal else problem
        case "need":
            near = guesses(value, map(str, known))
            return Problem(code="unknown_need", place=place, values={"value": value}, guesses=near)
        case "kind" | "tie_kind":
            return _undeclared(value, place, what, sorted(map(str, known)))
    return Problem(
        code="unknown_reference",
        place=place,
        values={"value": value, "list": own_ids(type(kart))[what]},
        guesses=guesses(value, known),
    )


def _undeclared(kind: str, place: Place, section: str, known: list[str]) -> Problem:
    """Say that a kind is not declared; the kind's name in any language is a good guess."""
    called = {word: word for word in known}
    for word in known:
        if has_text(f"{section}.{word}"):
            called |= {text(f"{section}.{word}", lang): word for lang in LANGUAGES}
    near = dict.fromkeys(called[name] for name in guesses(kind, called))
    nothing = "{}" if section == "kind" else "null"
    return Problem(
        code="undeclared_kind",
        place=place,
        values={"value": kind, "line": f"{section}s: {{{kind}: {nothing}}}"},
        guesses=tuple(near),
    )


def same_tie(one: Tie, other: Tie) -> bool:
    """Tell whether two ties are the same by DESIGN's rule."""
    if (one.kind, one.informant) != (other.kind, other.informant):
        return False
    if not set(one.arcs) & set(other.arcs):
        return False
    return meet((one.since, one.until), (other.since, other.until))


_LOOKED_AT = operator.attrgetter("source", "target", "strength", "until", "changed_practice")


def _tie_problems(kart: ActorMap, known: set[Any]) -> Iterator[Problem]:
    rows = [*map(_LOOKED_AT, kart.ties)]
    strengths = {row[2] for row in rows}
    fitting = {one for one in strengths if one is None or not any(_strength_problems(kart, one))}
    # Most ties have nothing that can be wrong; a million of them are not to wait for nothing.
    for index, (source, target, strength, until, changed) in enumerate(rows):
        if until or changed or source == target or strength not in fitting:
            yield from _one_tie(kart, kart.ties[index], known, ("ties", index))
    yield from _doubles(
        kart, [(row[0], row[1]) if row[0] < row[1] else (row[1], row[0]) for row in rows]
    )


def _doubles(kart: ActorMap, pairs: Sequence[tuple[str, str]]) -> Iterator[Problem]:
    """Find the ties that are the same as one before."""
    if len({*pairs}) == len(pairs):
        return
    several = Counter(pairs)
    seen: dict[tuple[Any, ...], list[Tie]] = {}
    for index, (tie, pair) in enumerate(zip(kart.ties, pairs, strict=True)):
        if several[pair] == 1:
            continue
        others = seen.setdefault((pair, tie.kind, tie.informant), [])
        if any(same_tie(tie, other) for other in others):
            yield Problem(
                code="duplicate_tie",
                place=Place(path=("ties", index)),
                values={"source": tie.source, "target": tie.target, "kind": tie.kind},
            )
        others.append(tie)


def _one_tie(
    kart: ActorMap, tie: Tie, known: set[Any], at: tuple[str | int, ...]
) -> Iterator[Problem]:
    """Find what is wrong with a tie itself; one without its ends has other mistakes too."""
    if tie.source is not None and tie.source == tie.target:
        yield Problem(
            code="self_tie", place=Place(path=(*at, "target")), values={"value": tie.source}
        )
    if tie.until:
        yield from _ends_before(tie.since, tie.until, at)
    if tie.strength is not None:
        yield from _strength_problems(kart, tie.strength, (*at, "strength"))
    if tie.changed_practice:
        yield from _not_ends(kart, tie, known, Place(path=(*at, "changed_practice")))


def _not_ends(kart: ActorMap, tie: Tie, known: set[Any], place: Place) -> Iterator[Problem]:
    for changed in tie.changed_practice:
        if changed not in known:
            yield unknown_actor(changed, called(kart.actors), place)
        elif changed not in tie.ends:
            values = {"value": changed, "source": tie.source, "target": tie.target}
            yield Problem(code="not_an_end", place=place, values=values)


def _ends_before(
    since: str | None, until: str | None, at: tuple[str | int, ...]
) -> Iterator[Problem]:
    if since and until and last_day(until) < first_day(since):
        yield Problem(
            code="ends_before",
            place=Place(path=(*at, "until")),
            values={"since": since, "until": until},
        )


def _strength_problems(
    kart: ActorMap, strength: float, path: tuple[str | int, ...] = ()
) -> Iterator[Problem]:
    scale = kart.strength_scale
    if scale is not None and not scale[0] <= strength <= scale[1]:
        yield Problem(
            code="outside_scale",
            place=Place(path=path),
            values={"value": strength, "low": scale[0], "high": scale[1]},
        )
    elif strength <= 0:
        yield Problem(code="not_positive", place=Place(path=path), values={"value": strength})


def _about_the_whole(kart: ActorMap) -> Iterator[Problem]:
    scale = kart.strength_scale
    if scale is not None and not 0 < scale[0] < scale[1]:
        yield Problem(
            code="scale_order",
            place=Place(path=("strength_scale",)),
            values={"low": scale[0], "high": scale[1]},
        )
    if kart.consent is not None:
        yield from _ends_before(kart.consent.given, kart.consent.until, ("consent",))


# --- from pydantic's errors to our problems


def all_problems(
    model: type[ActorMap], data: Mapping[str, Any], error: ValidationError
) -> list[Problem]:
    """Say everything that is wrong with a map that could not be made."""
    partial_map, where, incomplete = _readable(model, data)
    actors = data.get("actors")
    known = {
        section: [id_ for item in data[section] if (id_ := _id_of(item)) is not None]
        for section in own_ids(model).values()
        if isinstance(data.get(section), (list, tuple))
    }
    found = [_moved(one, where) for one in whole_map_problems(partial_map, known=known)]
    there = _there(partial_map, known)
    for at, item in incomplete.items():
        found += _problems_of(partial_map, item, there, at)
    if actors and not known.get("actors"):
        # Where the list of actors itself cannot be read, nobody on it is to blame.
        found = [problem for problem in found if not problem.code.startswith("unknown_")]
    return in_order(model, [*field_problems(model, error), *found])


_CODES = {
    "missing": "missing",
    "extra_forbidden": "unknown_field",
    "tuple_type": "not_list",
    "list_type": "not_list",
    "mapping_type": "not_mapping",
    "dict_type": "not_mapping",
    "model_type": "not_mapping",
    "model_attributes_type": "not_mapping",
}


def field_problems(model: type[BaseModel], error: ValidationError) -> list[Problem]:
    """Translate pydantic's list into ours."""
    found = error.errors(include_url=False)
    return [_problem(model, item) for item in found if PLAIN not in item["loc"]]


def _problem(model: type[BaseModel], item: Any) -> Problem:
    path = tuple(step for step in item["loc"] if step not in {"[key]", READ})
    place = Place(path=path)
    values = dict(item.get("ctx") or {})
    if item["type"] in {"not_text", "not_number"} and item.get("input") is None:
        return Problem(code="missing", place=place, values={"field": str(path[-1])})
    if values.pop("problem", None) is not None:
        near = guesses(values["value"], values["known"]) if "known" in values else ()
        return Problem(code=item["type"], place=place, values=values, guesses=near)
    code = _CODES.get(item["type"], "invalid_value")
    if code in {"missing", "unknown_field"}:
        fields = _fields_at(model, path[:-1])
        near = guesses(path[-1], fields) if code == "unknown_field" else ()
        return Problem(code=code, place=place, values={"field": str(path[-1])}, guesses=near)
    return Problem(code=code, place=place, values={"value": short(item.get("input"))})


def _fields_at(model: type[BaseModel], path: tuple[str | int, ...]) -> list[str]:
    """Return the fields of the model that a path leads to."""
    for step in path:
        if isinstance(step, str) and step in model.model_fields:
            model = _model_in(model.model_fields[step].annotation) or model
    return list(model.model_fields)


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for arg in get_args(annotation) if (found := _model_in(arg))), None)


def _id_of(item: Any) -> Any:
    id_ = item.get("id") if isinstance(item, dict) else getattr(item, "id", None)
    try:
        return as_name(id_)
    except PydanticCustomError:
        return None


_Incomplete = dict[tuple[str, int], BaseModel]
"""Items that lack what each has to have, by where they stand."""


def _readable(
    model: type[ActorMap], data: Mapping[str, Any]
) -> tuple[ActorMap, dict[str, list[int]], _Incomplete]:
    """Build what can be read of a broken map, and tell which item came from which place.

    What lacks an end or an id is on no map, and may be wrong in other ways too.
    """
    fields: dict[str, Any] = {}
    where: dict[str, list[int]] = {}
    incomplete: _Incomplete = {}
    for name, shape in shapes(model).items():
        if name not in data:
            continue
        # A list where one value or a mapping belongs has no items to read.
        item_model = shape.item.model if shape.item is not None and shape.key is None else None
        if isinstance(data[name], (list, tuple)) and item_model is not None:
            kept = []
            for index, item in enumerate(data[name]):
                if (value := _read_one(item_model, item)) is not None:
                    kept.append((index, value))
                elif (value := _read_one(_lenient(item_model), item)) is not None:
                    incomplete[name, index] = value
            where[name] = [index for index, _ in kept]
            fields[name] = tuple(value for _, value in kept)
        else:
            fields |= _read_field(model, name, data[name])
    return model._unchecked(**fields), where, incomplete  # noqa: SLF001 - our own class


def _read_one(model: type[BaseModel], item: Any) -> BaseModel | None:
    """Read an item, without its broken fields if it has any: the others may be wrong too."""
    try:
        return model.model_validate(item)
    except ValidationError as error:
        broken = {problem["loc"][0] for problem in error.errors() if problem["loc"]}
    if not isinstance(item, dict) or not broken & item.keys():
        return None
    return _read_one(model, {key: value for key, value in item.items() if key not in broken})


@cache
def _lenient(model: type[BaseModel]) -> type[BaseModel]:
    """Return a model of the same in which every field may be left out."""
    fields: dict[str, Any] = {}
    for name, field in model.model_fields.items():
        if field.is_required():
            optional = copy(field)
            optional.default = None
            fields[name] = (field.annotation, optional)
    return create_model(model.__name__, __base__=model, **fields)


def _read_field(model: type[ActorMap], name: str, value: Any) -> dict[str, Any]:
    """Read one field alone, through the only validator there is."""
    try:
        model.__pydantic_validator__.validate_python(
            {name: value},
            self_instance=(alone := model._unchecked()),  # noqa: SLF001
        )
    except ValidationError:
        # A broken list of kinds is no reason to call every kind undeclared.
        return {name: value} if name in {"kinds", "tie_kinds"} and isinstance(value, dict) else {}
    return {name: getattr(alone, name)}


def _moved(problem: Problem, where: dict[str, list[int]]) -> Problem:
    """Point to the item's place in the file, not among those that could be read."""
    section, *rest = problem.place.path
    if section not in where or not rest or not isinstance(rest[0], int):
        return problem
    there = (section, where[str(section)][rest[0]], *rest[1:])
    return replace(problem, place=Place(path=there))


def in_order(model: type[BaseModel], problems: list[Problem]) -> list[Problem]:
    """Sort as the file goes, so that a reader can work from the top."""
    sections = list(model.model_fields)

    def key(problem: Problem) -> tuple[int, list[tuple[int, str]]]:
        path = problem.place.path
        section = sections.index(str(path[0])) if path and path[0] in sections else -1
        steps = [(step, "") if isinstance(step, int) else (-1, str(step)) for step in path[1:]]
        return section, steps

    return sorted(problems, key=key)
