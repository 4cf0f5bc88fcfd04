"""What may be shown: roles instead of names where a map is drawn around a person.

This is the one door. What is drawn, written or counted is the map that comes out of it, so that
nothing after it has to know what is hidden.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from aktorkart.errors import language
from aktorkart.i18n import text
from aktorkart.model import ActorMap, expect_map
from aktorkart.model import vocabulary as words
from aktorkart.model.checks import same_tie
from aktorkart.model.fields import FrozenDict
from aktorkart.model.walk import GONE, Shape, changed, own_ids, shapes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from aktorkart.model import Tie
    from aktorkart.model.fields import Held
    from aktorkart.model.walk import Spot


@dataclass(frozen=True)
class Shown:
    """A map as it may be shown, and what each actor's id has become."""

    kart: ActorMap
    ids: Mapping[str, str]


def shown(kart: ActorMap, *, names: bool | None = None, lang: str | None = None) -> Shown:
    """Return the map as it may be shown to others."""
    expect_map(kart)
    lang = language(lang, kart.lang)
    if kart.scope != "individual" if names is None else names:
        return Shown(kart, FrozenDict({actor.id: actor.id for actor in kart.actors}))
    hiding = _Hiding(kart, lang)
    return Shown(hiding.hidden(), FrozenDict(hiding.ids["actor"]))


_SHORT = {"actor": "a", "issue": "i", "goal": "g", "action": "p", "item": "c"}
_LEFT_OUT: tuple[Held, ...] = ("remark", "organisation", "tags", "consent")


class _Hiding:
    """How everything that a map holds is hidden, by what it is."""

    def __init__(self, kart: ActorMap, lang: str) -> None:
        self.kart, self.lang = kart, lang
        self.ids = {
            what: _numbered(_SHORT[what], (item.id for item in getattr(kart, section)))
            for what, section in own_ids(ActorMap).items()
        }
        own = (key for key in kart.kinds if key not in words.KINDS)
        own_tie_kinds = (key for key in kart.tie_kinds if key not in words.TIE_KINDS)
        self.kinds = _numbered("kind_", own)
        self.tie_kinds = _numbered("tie_kind_", own_tie_kinds)
        self.roles = self._roles()
        self.informants = self._informants()
        replaced = self._replacer()
        self.instead: dict[Held, Callable[[Any], Any]] = {
            **{what: ids.__getitem__ for what, ids in self.ids.items()},
            "end": self.ids["actor"].__getitem__,
            "who": self.informants.__getitem__,
            "need": self._need,
            "kind": lambda kind: self.kinds.get(kind, kind),
            "tie_kind": lambda kind: self.tie_kinds.get(kind, kind),
            "kind_name": lambda _: None,
            "title": replaced,
            "words": replaced,
            **dict.fromkeys(_LEFT_OUT, lambda _: GONE),
        }

    def hidden(self) -> ActorMap:
        """Return the whole map as it may be shown."""
        fields = changed(self.kart, self._change, frozenset({*self.instead, "name"}))
        for section, codes, what in (
            ("kinds", self.kinds, "kind"),
            ("tie_kinds", self.tie_kinds, "tie_kind"),
        ):
            own = fields.get(section, {})
            for number, code in enumerate(codes.values(), start=1):
                name = self._number(what, number)
                own[code] = own[code].model_copy(update={"name": name}) if own[code] else name
        return self.kart.with_(**fields)

    def _change(self, spot: Spot) -> Any:
        """Return what may be shown of one value."""
        what, value = spot.holds.what, spot.value
        if what == "name":
            return self.roles[spot.owner.id]  # type: ignore[attr-defined]
        if what == "title" and value is None:
            return self._untitled(spot.owner)
        return value if value is None else self.instead[what](value)

    def _need(self, need: str) -> str:
        # A word that is both an id and a kind means both: the kind, if that has the actor too.
        is_kind = need in words.KINDS or need in self.kinds
        if need in self.kart and not (is_kind and self.kart[need].kind == need):
            return self.ids["actor"][need]
        return self.kinds.get(need, need)

    def _untitled(self, item: Any) -> str | None:
        """Name by a number what has no title, or its id would be said; the map has no id."""
        own = shapes(item.__class__).get("id", Shape()).holds
        if own is None:
            return None
        return self._number(own.what, list(self.ids[own.what]).index(item.id) + 1)

    def _number(self, what: str, number: int, *, digits: int = 1) -> str:
        line = text(f"numbered.{what}", self.lang, value=f"{number:0{digits}d}")
        return line[:1].upper() + line[1:]

    def _roles(self) -> dict[str, str]:
        """Name each actor after its kind; numbers follow the ids' order."""
        by_kind: dict[str, list[str]] = {}
        for actor in sorted(self.kart.actors, key=lambda actor: actor.id):
            by_kind.setdefault(actor.kind, []).append(actor.id)
        roles = {}
        for kind, members in by_kind.items():
            if kind in self.kinds:
                name = self._number("kind", list(self.kinds).index(kind) + 1)
            else:
                name = text(f"kind.{kind}", self.lang)
                name = name[:1].upper() + name[1:]
            for index, member in enumerate(members, start=1):
                roles[member] = name if len(members) == 1 else f"{name} {index}"
        return roles

    def _informants(self) -> dict[str, str]:
        """Say which actor each informant is; those from outside stay apart, without names."""
        told: dict[str, list[Tie]] = {}
        for tie in self.kart.ties:
            if tie.informant is not None:
                told.setdefault(tie.informant, []).append(tie)
        by_label: dict[str, list[str]] = {}
        for actor in self.kart.actors:
            by_label.setdefault(actor.label.casefold(), []).append(actor.id)
        found = {name: self.ids["actor"][name] for name in told if name in self.kart}
        outside = []
        for name in sorted(told.keys() - found.keys()):
            called = by_label.get(name.casefold(), [])
            told_as_id = told.setdefault(called[0], []) if len(called) == 1 else []
            same = any(_alike(one, other) for one in told[name] for other in told_as_id)
            if len(called) != 1 or same:
                # What somebody has reported under two names stays two reports.
                outside.append(name)
                continue
            found[name] = self.ids["actor"][called[0]]
            told_as_id += told[name]
        digits = len(str(len(outside)))
        return found | {
            name: self._number("informant", number, digits=digits)
            for number, name in enumerate(outside, start=1)
        }

    def _replacer(self) -> Callable[[str], str]:
        """Return a function that puts roles in place of names inside a text."""
        actors = self.kart.actors
        organisations = sorted({actor.organisation for actor in actors if actor.organisation})
        instead = {
            name.casefold(): text("common.organisation", self.lang, value=str(number))
            for number, name in enumerate(organisations, start=1)
        }
        shortest_name = 3
        # A word that a role is called by gives nobody away.
        plain = {word for role in self.roles.values() for word in role.casefold().split()}
        for actor in actors:
            if actor.kind in words.PERSONAL_KINDS or actor.kind == "coordinator":
                # "Kari" is as telling as "Kari Nordmann".
                parts = [part for part in actor.label.split() if len(part) >= shortest_name]
                instead |= {part.casefold(): self.roles[actor.id] for part in parts}
        instead = {name: role for name, role in instead.items() if name not in plain}
        for actor in actors:
            if actor.label != self.roles[actor.id]:
                instead[actor.label.casefold()] = self.roles[actor.id]
        if not instead:
            return str
        longest_first = sorted(map(re.escape, instead), key=len, reverse=True)
        pattern = re.compile(rf"\b(?:{'|'.join(longest_first)})\b", re.IGNORECASE)
        return lambda whole: pattern.sub(
            lambda match: instead.get(match.group().casefold(), match.group()), whole
        )


def _alike(one: Tie, other: Tie) -> bool:
    return same_tie(one.model_copy(update={"informant": other.informant}), other)


def _numbered(letters: str, ids: Iterable[str]) -> dict[str, str]:
    """Give ids numbers in their order, with as many digits as that takes."""
    found = sorted(ids)
    digits = max(len(str(len(found))), 2)
    return {id_: f"{letters}{number:0{digits}d}" for number, id_ in enumerate(found, start=1)}
