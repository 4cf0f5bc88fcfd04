"""What may be shown: roles instead of names where a map is drawn around a person.

This is the one door. What is drawn, written or counted is the map that comes out of it, so that
nothing after it has to know what is hidden.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from aktorkart.errors import Place, Problem, language, one_of
from aktorkart.expected import expect, expect_if_given
from aktorkart.i18n import LANGUAGES, capital, text
from aktorkart.model import ActorMap, expect_map
from aktorkart.model import vocabulary as words
from aktorkart.model.checks import same_tie
from aktorkart.model.fields import FrozenDict
from aktorkart.model.walk import GONE, Shape, changed, held, own_ids, shapes
from aktorkart.privacy.consent import CHOICES, require
from aktorkart.privacy.names import Names

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable, Mapping

    from aktorkart.model import Tie
    from aktorkart.model.fields import Held
    from aktorkart.model.walk import Spot


@dataclass(frozen=True)
class Shown:
    """A map as it may be shown, and what each actor's id has become."""

    kart: ActorMap
    ids: Mapping[str, str]
    notes: tuple[Problem, ...] = ()
    """Fields that are left out because a name may stand in them, each with its path."""


def shown(
    kart: ActorMap,
    *,
    names: bool | None = None,
    lang: str | None = None,
    consent: str = "required",
    today: dt.date | None = None,
) -> Shown:
    """Return the map as it may be shown to others; with names only where consent holds."""
    (one,) = shown_together(kart, names=names, lang=lang, consent=consent, today=today)
    return one


def shown_together(
    *maps: ActorMap,
    names: bool | None = None,
    lang: str | None = None,
    consent: str = "required",
    today: dt.date | None = None,
) -> tuple[Shown, ...]:
    """Return maps of the same thing as they may be shown: who is the same is called the same."""
    for kart in maps:
        expect_map(kart)
    lang = language(lang, maps[-1].lang)
    one_of(consent, CHOICES, option="consent")
    if names is None:
        names = all(kart.scope != "individual" for kart in maps)
    expect("yes_or_no", names=names)
    expect_if_given("day", today=today)
    if names:
        for kart in maps:
            require(kart, consent, today=today)
        return tuple(
            Shown(kart, FrozenDict({actor.id: actor.id for actor in kart.actors})) for kart in maps
        )
    hiding = _Hiding(maps, lang)
    ids = FrozenDict(hiding.ids["actor"])
    return tuple(Shown(hiding.hidden(kart), ids, hiding.notes(kart)) for kart in maps)


def told_of(kart: ActorMap, notes: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return what is said of how a map was read, with roles for names around a person."""
    notes = tuple(notes)
    if kart.scope != "individual" or not notes:
        return notes
    hiding = _Hiding((kart,), language(None, kart.lang))

    def hidden(value: Any) -> Any:
        if isinstance(value, str):
            return hiding.names.replaced(value) or "…"
        return [hidden(one) for one in value] if isinstance(value, list | tuple) else value

    def told(note: Problem) -> Problem:
        values = {name: hidden(value) for name, value in note.values.items()}
        return replace(note, values=values, guesses=tuple(map(hidden, note.guesses)))

    return tuple(map(told, notes))


_SHORT = {"actor": "a", "issue": "i", "goal": "g", "action": "p", "item": "c"}
_LEFT_OUT: tuple[Held, ...] = ("remark", "organisation", "tags", "consent")


class _Hiding:
    """How everything that a map holds is hidden, by what it is."""

    def __init__(self, maps: tuple[ActorMap, ...], lang: str) -> None:
        self.maps, self.lang = maps, lang
        # The later map says what somebody is who is on several.
        self.everyone = {actor.id: actor for kart in maps for actor in kart.actors}
        self.ids = {
            what: _numbered(
                _SHORT[what], {item.id for kart in maps for item in getattr(kart, section)}
            )
            for what, section in own_ids(ActorMap).items()
        }
        own = {key for kart in maps for key in kart.kinds if key not in words.KINDS}
        own_tie_kinds = {key for kart in maps for key in kart.tie_kinds} - {*words.TIE_KINDS}
        self.kinds = _numbered("kind_", own)
        self.tie_kinds = _numbered("tie_kind_", own_tie_kinds)
        self.roles = self._roles()
        self.informants = self._informants()
        self.areas = self._areas()
        self.names = self._names()
        self.instead: dict[Held, Callable[[Any], Any]] = {
            **{what: ids.__getitem__ for what, ids in self.ids.items()},
            "end": self.ids["actor"].__getitem__,
            "who": self.informants.__getitem__,
            "need": self._need,
            "kind": lambda kind: self.kinds.get(kind, kind),
            "tie_kind": lambda kind: self.tie_kinds.get(kind, kind),
            "kind_name": lambda _: None,
            "title": self.names.replaced,
            "words": lambda words: self.names.replaced(words) or GONE,
            "area": lambda area: self.areas.get(area, area),
            **dict.fromkeys(_LEFT_OUT, lambda _: GONE),
        }

    def hidden(self, kart: ActorMap) -> ActorMap:
        """Return the whole map as it may be shown."""
        fields = changed(kart, self._change, frozenset({*self.instead, "name"}))
        for section, codes, what in (
            ("kinds", self.kinds, "kind"),
            ("tie_kinds", self.tie_kinds, "tie_kind"),
        ):
            own = fields.get(section, {})
            for number, code in enumerate(codes.values(), start=1):
                name = self._number(what, number)
                if code in own:
                    own[code] = own[code].model_copy(update={"name": name}) if own[code] else name
        return kart.with_(**fields)

    def _change(self, spot: Spot) -> Any:
        """Return what may be shown of one value."""
        what, value = spot.holds.what, spot.value
        if what == "name":
            return self.roles[spot.owner.id]  # type: ignore[attr-defined]
        new = value if value is None else self.instead[what](value)
        return self._untitled(spot.owner) if new is None and what == "title" else new

    def _need(self, need: str) -> str:
        # A word that is both an id and a kind means both: the kind, if that has the actor too.
        is_kind = need in words.KINDS or need in self.kinds
        actor = self.everyone.get(need)
        if actor is not None and not (is_kind and actor.kind == need):
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
        return capital(line)

    def _roles(self) -> dict[str, str]:
        """Name each actor after its kind; numbers follow the ids' order."""
        by_kind: dict[str, list[str]] = {}
        for id_, actor in sorted(self.everyone.items()):
            by_kind.setdefault(actor.kind, []).append(id_)
        roles = {}
        for kind, members in by_kind.items():
            if kind in self.kinds:
                name = self._number("kind", list(self.kinds).index(kind) + 1)
            else:
                name = text(f"kind.{kind}", self.lang)
                name = capital(name)
            for index, member in enumerate(members, start=1):
                roles[member] = name if len(members) == 1 else f"{name} {index}"
        return roles

    def _informants(self) -> dict[str, str]:
        """Say which actor each informant is; those from outside stay apart, without names."""
        told: dict[str, list[tuple[int, Tie]]] = {}
        for number, kart in enumerate(self.maps):
            for tie in kart.ties:
                if tie.informant is not None:
                    told.setdefault(tie.informant, []).append((number, tie))
        by_label: dict[str, list[str]] = {}
        for actor in self.everyone.values():
            by_label.setdefault(actor.label.casefold(), []).append(actor.id)
        found = {name: self.ids["actor"][name] for name in told if name in self.everyone}
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

    def _areas(self) -> dict[str, str]:
        """Give numbers to the areas of life that are not ours, in the order of the goals."""
        ours = set(words.AREAS)
        ours |= {text(f"toolbox.area.{area}", lang) for area in words.AREAS for lang in LANGUAGES}
        goals = [goal for kart in self.maps for goal in kart.goals]
        own = dict.fromkeys(goal.area for goal in goals if goal.area)
        return {
            area: self._number("area", number)
            for number, area in enumerate((one for one in own if one not in ours), start=1)
        }

    def _names(self) -> Names:
        """Return what is replaced inside texts: names of actors, organisations and informants."""
        actors = [actor for kart in self.maps for actor in kart.actors]
        organisations = {actor.organisation for actor in actors if actor.organisation}
        others = {
            name: text("common.organisation", self.lang, value=str(number))
            for number, name in enumerate(sorted(organisations), start=1)
        }
        outside = {who: said for who, said in self.informants.items() if who not in self.everyone}
        numbered = set(self.ids["actor"].values())
        others |= {name: role for name, role in outside.items() if role not in numbered}
        return Names(actors, self.roles, others)

    def notes(self, kart: ActorMap) -> tuple[Problem, ...]:
        """Tell which texts are left out because a name may stand in them."""
        found = held(kart, frozenset({"title", "words"}))
        return tuple(
            Problem(code="name_unsure", place=Place(path=spot.path))
            for spot in found
            if spot.value is not None and self.names.replaced(spot.value) is None
        )


def _alike(one: tuple[int, Tie], other: tuple[int, Tie]) -> bool:
    tie = one[1].model_copy(update={"informant": other[1].informant})
    return one[0] == other[0] and same_tie(tie, other[1])


def _numbered(letters: str, ids: Iterable[str]) -> dict[str, str]:
    """Give ids numbers in their order, with as many digits as that takes."""
    found = sorted(ids)
    digits = max(len(str(len(found))), 2)
    return {id_: f"{letters}{number:0{digits}d}" for number, id_ in enumerate(found, start=1)}
