"""What may be shown: roles instead of names where a map is drawn around a person."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from aktorkart.i18n import text
from aktorkart.model import vocabulary as words

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from aktorkart.finding import Finding
    from aktorkart.model import Actor, ActorMap


@dataclass(frozen=True)
class Shown:
    """A map as it may be shown."""

    kart: ActorMap
    ids: Mapping[str, str]
    said: Callable[[str], str] = str

    def label(self, id: str) -> str:  # noqa: A002 - it is the actor's id
        """Return what an actor is called."""
        return self.kart[self.ids[id]].label

    def finding(self, found: Finding) -> Finding:
        """Return a finding as it may be shown."""
        labels = {actor.id: actor.label for actor in self.kart.actors}
        return found.renamed(self.ids, labels, self.said)


def shown(kart: ActorMap, *, names: bool | None, lang: str) -> Shown:
    """Return the map as it may be shown to others."""
    hide = kart.scope == "individual" if names is None else not names
    if not hide:
        return Shown(kart, {actor.id: actor.id for actor in kart.actors})
    ids, roles = _roles(kart, lang)
    said = _replacer(kart, roles, lang)
    return Shown(_hidden(kart, ids, roles, said), ids, said)


def _roles(kart: ActorMap, lang: str) -> tuple[dict[str, str], dict[str, str]]:
    """Give each actor an id and a name from its kind; numbers follow the ids' order."""
    by_kind: dict[str, list[str]] = {}
    for actor in sorted(kart.actors, key=lambda actor: actor.id):
        by_kind.setdefault(actor.kind, []).append(actor.id)
    ids, roles = {}, {}
    for kind, members in by_kind.items():
        name = kart.kind_name(kind, lang)
        name = name[:1].upper() + name[1:]
        for index, member in enumerate(members, start=1):
            alone = len(members) == 1
            ids[member] = kind if alone else f"{kind}_{index}"
            roles[member] = name if alone else f"{name} {index}"
    return ids, roles


def _hidden(
    kart: ActorMap,
    ids: Mapping[str, str],
    roles: Mapping[str, str],
    replaced: Callable[[str], str],
) -> ActorMap:
    # Informants from outside the map stay apart from each other, without their names.
    outside = {tie.informant for tie in kart.ties if tie.informant and tie.informant not in ids}
    informants = {**ids, **{name: f"informant_{n}" for n, name in enumerate(sorted(outside), 1)}}

    def actor(old: Actor) -> dict[str, Any]:
        return {
            **_fields(old, "organisation", "note", "source", "tags"),
            "id": ids[old.id],
            "name": roles[old.id],
            "tasks": tuple(map(replaced, old.tasks)),
        }

    def known(id_: str | None) -> str | None:
        return ids.get(id_, id_) if id_ is not None else None

    def titled(item: Any) -> dict[str, Any]:
        fields = _fields(item, "note", "source")
        return {**fields, "title": replaced(item.title) if item.title else None}

    return type(kart)(
        **{
            **_fields(kart, "note", "source", "tags", "consent"),
            "title": replaced(kart.title) if kart.title else None,
            "focal": known(kart.focal),
            "actors": [actor(old) for old in kart.actors],
            "ties": [
                {
                    **_fields(tie, "note", "basis", "tags"),
                    "source": ids[tie.source],
                    "target": ids[tie.target],
                    "informant": informants[tie.informant] if tie.informant else None,
                    "changed_practice": tuple(ids[id_] for id_ in tie.changed_practice),
                }
                for tie in kart.ties
            ],
            "needs": tuple(ids.get(need, need) for need in kart.needs),
            "issues": [titled(issue) for issue in kart.issues],
            "goals": [
                {**titled(goal), "actors": tuple(ids[id_] for id_ in goal.actors)}
                for goal in kart.goals
            ],
            "plan": [
                {**titled(action), "responsible": known(action.responsible)} for action in kart.plan
            ],
            "checklist": [titled(item) for item in kart.checklist],
            "positions": {ids[id_]: place for id_, place in kart.positions.items()},
        }
    )


def _fields(value: Any, *left_out: str) -> dict[str, Any]:
    return {name: getattr(value, name) for name in type(value).model_fields if name not in left_out}


def _replacer(kart: ActorMap, roles: Mapping[str, str], lang: str) -> Callable[[str], str]:
    """Return a function that puts roles in place of names inside a text."""
    organisations = sorted({actor.organisation for actor in kart.actors if actor.organisation})
    said = {
        name.casefold(): text("common.organisation", lang, value=str(number))
        for number, name in enumerate(organisations, start=1)
    }
    shortest_name = 3
    for actor in kart.actors:
        if actor.kind in words.PERSONAL_KINDS or actor.kind == "coordinator":
            # "Kari" is as telling as "Kari Nordmann".
            parts = [part for part in actor.label.split() if len(part) >= shortest_name]
            said |= {part.casefold(): roles[actor.id] for part in parts}
    for actor in kart.actors:
        said[actor.label.casefold()] = roles[actor.id]
    if not said:
        return str
    longest_first = sorted(map(re.escape, said), key=len, reverse=True)
    pattern = re.compile(rf"\b(?:{'|'.join(longest_first)})\b", re.IGNORECASE)
    return lambda whole: pattern.sub(lambda match: said[match.group().casefold()], whole)
