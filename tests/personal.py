"""Maps whose personal strings stand in no text of ours, and how to find them in what is written."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import aktorkart as ak
from aktorkart.model import vocabulary

if TYPE_CHECKING:
    from collections.abc import Mapping

PERSONAL = re.compile("[\u10a0-\u10ff]")
"""A letter of somebody's name, id, organisation, remark, tag …: all are written in Georgian."""


def token(number: int) -> str:
    """Return a name of two words and an initial, in the order of the numbers."""
    digits = [chr(0x10D0 + number // 30**place % 30) for place in (2, 1, 0)]
    word = "".join(digits)
    return f"ქ{word} ზ{word} ხ."


def renamed(kart: ak.ActorMap) -> ak.ActorMap:
    """Give a map personal strings that occur nowhere else, and names inside its free texts."""
    tokens: dict[str, str] = {}

    def unique(value: str) -> str:
        # In the order of the originals, so that nothing else about the map differs.
        return tokens.setdefault(value, token(len(tokens)))

    def maybe(value: str | None) -> str | None:
        return None if value is None else unique(value)

    for id_ in sorted(actor.id for actor in kart.actors):
        unique(id_)
    kinds = {key: unique(key) for key in kart.kinds if key not in vocabulary.KINDS}
    tie_kinds = {key: unique(key) for key in kart.tie_kinds if key not in vocabulary.TIE_KINDS}
    ids = {actor.id: tokens[actor.id] for actor in kart.actors}

    def words(value: str | None) -> str | None:
        if value is None or not kart.actors:
            return None
        first = kart.actors[0]
        name = unique(first.name or first.id)
        if first.name is None or first.kind not in vocabulary.PERSON_KINDS:
            return f"om {name}s plan ({name})"
        whole, last, initial = name.split()
        return f"om {name}s plan: {whole}, {last}-{whole} og {whole[0]}. {initial}"

    def titled(item: Any, **more: Any) -> dict[str, Any]:
        fields = {name: getattr(item, name) for name in type(item).model_fields}
        made = {**fields, "id": unique(item.id), "title": words(item.title), **more}
        return {**made, "note": maybe(item.note)}

    def tags(mapping: Mapping[str, Any]) -> dict[str, str]:
        return {unique(key): unique(f"tag {value}") for key, value in mapping.items()}

    def read(value: Any) -> dict[str, Any]:
        return {name: getattr(value, name) for name in type(value).model_fields}

    return ak.ActorMap(
        **read(kart)
        | {
            "title": words(kart.title),
            "note": maybe(kart.note),
            "source": maybe(kart.source),
            "tags": tags(kart.tags),
            "consent": None
            if kart.consent is None
            else read(kart.consent)
            | {
                "seen_by": tuple(map(unique, kart.consent.seen_by)),
                "stored": maybe(kart.consent.stored),
                "note": maybe(kart.consent.note),
            },
            "focal": ids.get(kart.focal or ""),
            "actors": [
                read(actor)
                | {
                    "id": ids[actor.id],
                    "name": maybe(actor.name),
                    "kind": kinds.get(actor.kind, actor.kind),
                    "organisation": maybe(actor.organisation),
                    "publics": {unique(key): seen for key, seen in actor.publics.items()},
                    "tasks": tuple(filter(None, map(words, actor.tasks))),
                    "note": maybe(actor.note),
                    "source": maybe(actor.source),
                    "tags": tags(actor.tags),
                }
                for actor in kart.actors
            ],
            "ties": [
                read(tie)
                | {
                    "source": ids[tie.source],
                    "target": ids[tie.target],
                    "kind": tie_kinds.get(tie.kind, tie.kind),
                    "informant": maybe(tie.informant),
                    "changed_practice": tuple(ids[id_] for id_ in tie.changed_practice),
                    "note": maybe(tie.note),
                    "basis": maybe(tie.basis),
                    "tags": tags(tie.tags),
                }
                for tie in kart.ties
            ],
            "needs": tuple(ids.get(need, need) for need in kart.needs),
            "kinds": {
                kinds.get(key, key): read(spec) | {"name": maybe(spec.name)}
                for key, spec in kart.kinds.items()
            },
            "tie_kinds": {tie_kinds.get(key, key): maybe(n) for key, n in kart.tie_kinds.items()},
            "issues": [titled(issue, source=maybe(issue.source)) for issue in kart.issues],
            "goals": [
                titled(goal, area=words(goal.area), actors=tuple(ids[id_] for id_ in goal.actors))
                for goal in kart.goals
            ],
            "plan": [
                titled(action, responsible=ids.get(action.responsible or ""))
                for action in kart.plan
            ],
            "checklist": [titled(item) for item in kart.checklist],
            "positions": {ids[id_]: at for id_, at in kart.positions.items()},
        }
    )
