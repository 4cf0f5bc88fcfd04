"""Several informants' maps joined into one, with what they disagree about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

from aktorkart.comparison.same_actors import as_same
from aktorkart.comparison.sides import JUDGEMENTS, order, reports, sorted_findings, worded
from aktorkart.comparison.views import disagreements, informants, views_of
from aktorkart.errors import InvalidMap, Place, Problem, WrongArgument, language
from aktorkart.expected import expect_if_given
from aktorkart.finding import Coded, Finding, Period, Quoted, Who, finding, named
from aktorkart.i18n import text
from aktorkart.model import Actor, ActorMap, Tie, expect_map
from aktorkart.model.called import called, titled
from aktorkart.model.checks import same_tie
from aktorkart.model.walk import shapes
from aktorkart.tables import Table, coded, columns, several

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Sequence

    from pydantic import BaseModel

V = TypeVar("V")


@dataclass(frozen=True, kw_only=True)
class Merged:
    """Several informants' maps as one.

    Parameters
    ----------
    kart : ActorMap
        All actors, and all ties with the informant that reported them: nothing is averaged.
    disagreements : tuple of Finding
        What the informants see differently, by name: the largest first.
    """

    kart: ActorMap
    disagreements: tuple[Finding, ...] = field(default=(), repr=False)

    def text(self, lang: str | None = None) -> str:
        """Say the disagreements, a line each.

        Parameters
        ----------
        lang : {"nb", "nn", "en", "sv"}, optional
            The language; the map's own, or bokmål, if left out.

        Returns
        -------
        str
            Plain sentences.
        """
        lang = language(lang, self.kart.lang)
        if not self.disagreements:
            return text("compare.no_disagreement", lang)
        return "\n".join(found.text(lang) for found in self.disagreements)

    def table(self, lang: str | None = None) -> Table:
        """Return the disagreements as a table, a row each.

        Parameters
        ----------
        lang : {"nb", "nn", "en", "sv"}, optional
            The language; the map's own, or bokmål, if left out.

        Returns
        -------
        Table
            With what it is about, the actors, and the sentence.
        """
        lang = language(lang, self.kart.lang)
        labels = called(self.kart)
        return Table(
            columns=columns(lang, "about@", "actors@", "said", prefix="compare.column"),
            rows=tuple(
                (
                    coded("compare.disagreement", found.case, lang),
                    several(", ".join(labels[id_] for id_ in found.actors), found.actors),
                    found.text(lang),
                )
                for found in self.disagreements
            ),
            lang=lang,
        )


def merge(
    maps: Mapping[str, ActorMap], *, same: Mapping[str, Sequence[str]] | None = None
) -> Merged:
    """Join several informants' maps of the same network into one.

    Parameters
    ----------
    maps : mapping of str to ActorMap
        Each informant's map. An informant who is on the maps is best called by its id there.
    same : mapping of str to sequence of str, optional
        Ids that mean the same actor, by the one that stays: what `comparison.same_actors`
        proposes, as somebody has gone through it. Nothing is joined by itself.

    Returns
    -------
    Merged
        The joint map, and the disagreements.

    Raises
    ------
    InvalidMap
        If the maps have different strength scales: 3 of 5 is not 3 of 10.
    WrongArgument
        If one of them is no map, or ``same`` names an actor who is on none, or two who are on
        one map.

    Notes
    -----
    Actors are the same if their ids are, or if ``same`` says so. Where maps judge an actor
    differently, the joint map has what the actor's own map says, else what the first informant
    by id says, and the difference is among the disagreements. What is said of the map as a
    whole (title, date …) is kept where all who say it agree. If one of the maps is drawn around
    a person, so is the joint map.

    Examples
    --------
    >>> from aktorkart.model import Actor, ActorMap, Tie
    >>> actors = [Actor(id="nav"), Actor(id="dps")]
    >>> def told(strength):
    ...     ties = [Tie(source="nav", target="dps", strength=strength)]
    ...     return ActorMap(actors=actors, ties=ties)
    >>> merged = merge({"nav": told(4), "dps": told(1)})
    >>> [(tie.informant, tie.strength) for tie in merged.kart.ties]
    [('dps', 1.0), ('nav', 4.0)]
    >>> print(merged.text("en"))
    dps rates the tie dps – nav at 1, nav at 4: 3 steps apart.
    """
    if not isinstance(maps, Mapping):
        raise WrongArgument(Problem(code="not_maps", values={"value": type(maps).__name__}))
    for kart in maps.values():
        expect_map(kart)
    expect_if_given("mapping", same=same)
    _refuse_different_scales(maps)
    if not maps:
        return Merged(kart=ActorMap())
    maps = as_same(maps, same or {})
    told = [maps[name] for name in sorted(maps)]
    conflicts: list[Conflict] = []
    items: list[Item] = []
    ids = sorted({actor.id for kart in told for actor in kart.actors})
    own = {
        "strength_scale": told[0].strength_scale,
        "scope": _scope(told),
        "actors": [_one_actor(id_, maps, conflicts) for id_ in ids],
        "ties": _all_ties(maps),
    }
    kart = ActorMap(
        **{
            **_joined(ActorMap, [(name, maps[name]) for name in sorted(maps)], own, items),
            **own,
        }
    )
    found = [
        *_dates(kart, maps),
        *_actors_seen_by_some(kart, maps),
        *(conflict.finding(kart) for conflict in conflicts),
        *(item.finding(kart) for item in items),
        *disagreements(kart, views_of(maps)),
    ]
    return Merged(kart=kart, disagreements=tuple(sorted_findings(found, by="steps")))


def _joined(
    model: type[BaseModel],
    told: Sequence[tuple[str, Any]],
    own: Container[str],
    items: list[Item],
) -> dict[str, Any]:
    """Join what several say of one thing, each field by what it is; some have own rules."""
    joined: dict[str, Any] = {}
    for name, shape in shapes(model).items():
        if name in own:
            continue
        values = [getattr(value, name) for _, value in told]
        if shape.holds and shape.holds.what == "remark":
            joined[name] = _all_said(values)
        elif shape.key or (shape.holds and shape.holds.what == "tags"):
            joined[name] = _joint(values)
        elif shape.item and shape.item.model:
            joined[name] = _by_id([(who, getattr(value, name)) for who, value in told], items)
        elif shape.item and shape.item.holds:
            words = _union(values)
            joined[name] = tuple(sorted(words)) if shape.item.holds.what == "date" else words
        else:
            joined[name] = _common(values)
    return joined


def _refuse_different_scales(maps: Mapping[str, ActorMap]) -> None:
    names = sorted(maps)
    different = [
        name for name in names if maps[name].strength_scale != maps[names[0]].strength_scale
    ]
    if different:
        raise InvalidMap(
            Problem(
                code="different_scales",
                place=Place(path=(name, "strength_scale")),
                values={
                    "value": _scale_said(maps[name]),
                    "first": names[0],
                    "other": _scale_said(maps[names[0]]),
                },
            )
            for name in different
        )


def _scale_said(kart: ActorMap) -> str:
    scale = kart.strength_scale
    return "null" if scale is None else f"{scale[0]:g}–{scale[1]:g}"


def _common(values: Iterable[V | None]) -> V | None:
    stated = [value for value in values if value is not None]
    return stated[0] if stated and all(value == stated[0] for value in stated) else None


def _scope(told: Sequence[ActorMap]) -> str:
    # Joining must not show names that a map around a person would have hidden.
    if any(kart.scope == "individual" for kart in told):
        return "individual"
    return _common(kart.scope for kart in told) or "service"


def _union(several: Iterable[Iterable[str]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word for words in several for word in words))


@dataclass(frozen=True, kw_only=True)
class Item:
    """A goal, an action or the like that two informants have filled in differently."""

    title: str
    one: str
    other: str

    def finding(self, kart: ActorMap) -> Finding:
        """Say it."""
        one, other = (informants(kart, [name])[0] for name in (self.one, self.other))
        words = {"title": Quoted(self.title), "one": one, "other": other}
        return finding(kart, "perspective_gap", "item", "gap", words=words)


def _by_id(told: Iterable[tuple[str, Sequence[Any]]], items: list[Item]) -> tuple[Any, ...]:
    """Join lists of goals, actions and the like, and note where they differ."""
    found: dict[str, tuple[str, Any]] = {}
    differing: list[tuple[str, str, str]] = []
    for name, section in told:
        for item in section:
            one, kept = found.setdefault(item.id, (name, item))
            if kept != item:
                differing.append((item.id, one, name))
    called = titled(kept for _, kept in found.values())
    items += [Item(title=called[id_], one=one, other=other) for id_, one, other in differing]
    return tuple(item for _, (_, item) in sorted(found.items()))


def _joint(several: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for mapping in several:
        found = {**mapping, **found}
    return dict(sorted(found.items()))


def _all_said(texts: Iterable[str | None]) -> str | None:
    return "\n".join(dict.fromkeys(line for line in texts if line)) or None


# --- actors


@dataclass(frozen=True, kw_only=True)
class Conflict:
    """An actor that two informants judge differently."""

    actor: str
    field: str
    one: tuple[Any, tuple[str, ...]]
    other: tuple[Any, tuple[str, ...]]

    def finding(self, kart: ActorMap) -> Finding:
        """Say it."""
        return finding(
            kart,
            "perspective_gap",
            "actor",
            "gap",
            actors=(self.actor,),
            words={
                "actor": Who(self.actor),
                "field": Coded(f"compare.field.{self.field}"),
                "one": worded(self.field, self.one[0]),
                "ones": informants(kart, self.one[1]),
                "other": worded(self.field, self.other[0]),
                "others": informants(kart, self.other[1]),
            },
        )


def _one_actor(id_: str, maps: Mapping[str, ActorMap], conflicts: list[Conflict]) -> Actor:
    """Join what the maps say of one actor, and note where they differ."""
    # The actor knows itself best; then the informants come in order.
    names = sorted((name for name in maps if id_ in maps[name]), key=lambda n: (n != id_, n))
    told = {name: maps[name][id_] for name in names}
    fields: dict[str, Any] = {}
    for judged in JUDGEMENTS:
        values: dict[Any, list[str]] = {}
        for name, actor in told.items():
            value = getattr(actor, judged)
            if value is not None and not (judged == "kind" and value == "unknown"):
                values.setdefault(value, []).append(name)
        if not values:
            continue
        (kept, by), *others = values.items()
        fields[judged] = kept
        conflicts += [
            Conflict(actor=id_, field=judged, one=(kept, tuple(by)), other=(value, tuple(who)))
            for value, who in others
        ]
    actors = list(told.values())
    own = {
        "id": id_,
        "name": next((actor.name for actor in actors if actor.name), None),
        "open": _union(actor.open or () for actor in actors) or None,
        **{name: fields.get(name) for name in JUDGEMENTS if name != "kind"},
        "kind": fields.get("kind", "unknown"),
    }
    return Actor(**{**_joined(Actor, list(told.items()), own, []), **own})


def _actors_seen_by_some(kart: ActorMap, maps: Mapping[str, ActorMap]) -> Iterator[Finding]:
    seen: dict[tuple[str, ...], list[str]] = {}
    for id_ in sorted(actor.id for actor in kart.actors):
        seen.setdefault(tuple(name for name in sorted(maps) if id_ in maps[name]), []).append(id_)
    for names, ids in sorted(seen.items()):
        without = [name for name in sorted(maps) if name not in names]
        if without:
            yield finding(
                kart,
                "perspective_gap",
                "unseen_actors",
                "note",
                actors=tuple(ids),
                numbers={"n": len(ids)},
                words={
                    "actors": named(ids),
                    "sees": informants(kart, names),
                    "misses": informants(kart, without),
                },
            )


# --- ties


def _all_ties(maps: Mapping[str, ActorMap]) -> list[Tie]:
    """Give each tie its informant: the one it already has, else the map's.

    Of maps with different dates the joint map has none, on which no tie has ended: those that
    are not in force on their own map's date stay out.
    """
    found: dict[tuple[Any, ...], list[Tie]] = {}
    apart = _dates_differ(maps)
    for name in sorted(maps):
        ties = maps[name].ties_in_force if apart else maps[name].ties
        for tie in sorted(ties, key=order):
            told = tie if tie.informant else _told_by(tie, name)
            same = found.setdefault((tie.pair, tie.kind, told.informant), [])
            if told in same:
                continue
            if any(same_tie(told, other) for other in same):
                # Two maps differ on what the same third person said.
                told = _told_by(tie, f"{told.informant} ({name})")
                same = found.setdefault((tie.pair, tie.kind, told.informant), [])
            same.append(told)
    return sorted((tie for ties in found.values() for tie in ties), key=order)


def _dates_differ(maps: Mapping[str, ActorMap]) -> bool:
    return len({kart.date for kart in maps.values()}) > 1


def _dates(kart: ActorMap, maps: Mapping[str, ActorMap]) -> Iterator[Finding]:
    """Say that the maps are of different dates, and how many ties stay out for that."""
    if _dates_differ(maps):
        ended = sum(
            len(reports(one.ties)) - len(reports(one.ties_in_force)) for one in maps.values()
        )
        dates = sorted({one.date or "" for one in maps.values()})
        words = {
            "dates": tuple(Period(date) if date else Coded("compare.undated") for date in dates)
        }
        yield finding(kart, "perspective_gap", "dates", "note", numbers={"n": ended}, words=words)


def _told_by(tie: Tie, name: str) -> Tie:
    return tie.model_copy(update={"informant": name})
