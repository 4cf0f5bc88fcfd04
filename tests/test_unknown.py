"""Unknown is told as unknown, by every analysis: nothing firm rests on what nobody has said."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import aktorkart as ak
from aktorkart.care.perspective_gap import perspective_gap
from aktorkart.care.user_voice import user_voice
from aktorkart.content import TOPICS, Topics
from aktorkart.content.bridges import bridge_counts
from aktorkart.model import Actor, Judgement
from aktorkart.model.vocabulary import (
    COMMUNICATION,
    HIGH_LOW,
    LEVELS,
    LINES,
    LINKAGES,
    OPENING_HOURS,
)
from aktorkart.strategies import actor_maps
from maps_of import MODEST, actor, care_maps, first, one, tie

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from aktorkart.finding import Finding

OF_A_KIND = {"line", "level", "linkage"}
"""Fields that follow from an actor's kind where nobody has stated them."""

WHAT_THEY_ARE = {"user", "arena", "user_organisation", "peer", "coordinator"}
"""Kinds that analyses ask for by name, and that a map may have while all else is unknown."""

RATINGS = ("power", "interest", "legitimacy", "urgency", "threat", "cooperation")

OF_ACTORS: dict[str, Callable[[Random, ak.ActorMap], Any]] = {
    "line": lambda dice, _: tuple(dice.sample(LINES, dice.choice([1, 2]))),
    "level": lambda dice, _: tuple(dice.sample(LEVELS, dice.choice([1, 2]))),
    "linkage": lambda dice, _: tuple(dice.sample(LINKAGES, dice.choice([1, 2]))),
    **dict.fromkeys(RATINGS, lambda dice, _: float(dice.randint(1, 5))),
    "stance": lambda dice, _: float(dice.randint(-2, 2)),
    "organisation": lambda dice, _: dice.choice("xyz"),
    "open": lambda dice, _: tuple(dice.sample(OPENING_HOURS, 2)),
    "tasks": lambda dice, _: tuple(dice.sample("pqr", dice.choice([1, 2]))),
    "publics": lambda dice, kart: {
        issue.id: Judgement(
            problem=dice.choice(HIGH_LOW),
            constraint=dice.choice(HIGH_LOW),
            involvement=dice.choice(HIGH_LOW),
        )
        for issue in kart.issues
    },
}
"""What somebody may turn out to be."""

OF_TIES: dict[str, Callable[[Random, ak.ActorMap], Any]] = {
    "communication": lambda dice, _: dice.choice(COMMUNICATION),
    "strength": lambda dice, kart: dice.choice(kart.strength_scale or (1.0, 9.0)),
}

SAID_TO_BE_SO = {
    # Counts of what is stated and what only follows from the kind.
    ("line", "cohesion", "all_lines_usual"),
    ("linkage", "linkages", "all_usual"),
    ("line", "linkages", "not_municipal"),
    # "Of the pairs whose lines are known".
    ("line", "cohesion", "untested"),
    # "Judged to be held back", where others are not judged.
    ("publics", "publics", "constrained"),
    # That nobody misses a tie stays true, and is not said where strengths turn out to differ.
    ("strength", "perspective_gap", "agreed"),
}
"""Firm statements that are about what is known, and say so."""

BY_THE_MIDDLE = {"centrality", "bridges", "tellings", "coordinator"}
"""Where a strength that nobody has judged is taken from the middle of the scale (METHOD 7)."""


def blank(kart: ak.ActorMap, field: str) -> ak.ActorMap:
    """Leave a field out for everybody."""
    if field in OF_TIES:
        return kart.with_(ties=[one.model_copy(update={field: None}) for one in kart.ties])
    empty = Actor.model_fields[field].get_default(call_default_factory=True)
    actors = []
    for one_ in kart.actors:
        unsaid: dict[str, Any] = {field: empty}
        if field in OF_A_KIND and one_.kind not in WHAT_THEY_ARE:
            unsaid["kind"] = "other"
        actors.append(one_.model_copy(update=unsaid))
    return kart.with_(actors=actors, kinds={**kart.kinds, "other": {}})


def filled(kart: ak.ActorMap, field: str, dice: Random) -> ak.ActorMap:
    """Say something for everybody for whom it is not known."""
    if field in OF_TIES:
        ties = [
            one.model_copy(update={field: OF_TIES[field](dice, kart)})
            if getattr(one, field) is None
            else one
            for one in kart.ties
        ]
        return kart.with_(ties=ties)
    known: Any = {"line": kart.lines, "level": kart.levels, "linkage": kart.linkages}.get(
        field, lambda id_: getattr(kart[id_], field)
    )
    actors = [
        one
        if known(one.id) or (field == "line" and one.kind == "arena")  # which has none
        else one.model_copy(update={field: OF_ACTORS[field](dice, kart)})
        for one in kart.actors
    ]
    return kart.with_(actors=actors)


def told(kart: ak.ActorMap) -> Iterator[Finding]:
    """Give everything that is said of a map, but for what would help."""
    for found in Topics(kart).about(*(topic for topic in TOPICS if topic != "next_steps")):
        yield found
        yield from found.more


def named(found: Finding) -> tuple[str, str, frozenset[str]]:
    return found.code, found.case, frozenset(found.actors)


@pytest.mark.parametrize("field", [*OF_ACTORS, *OF_TIES])
@given(kart=actor_maps(min_size=2) | care_maps(), seed=st.integers(0, 2**16))
@settings(MODEST, max_examples=25)
def test_what_is_firm_holds_whatever_the_unknown_turns_out_to_be(
    field: str, kart: ak.ActorMap, seed: int
) -> None:
    """No "nobody" of what nobody has been asked: else somebody's answer would overturn it."""
    dice = Random(seed)  # noqa: S311 - a fair die, not a secret
    unsaid = blank(kart, field)
    known = filled(unsaid, field, dice)
    after = {named(found) for found in told(known)}
    # Of all who stand between two lines three are told; whoever did still does.
    after |= {("bridges", "between", frozenset(one[:1])) for one in bridge_counts(known)}
    for found in told(unsaid):
        if found.level == "unknown" or (field, found.code, found.case) in SAID_TO_BE_SO:
            continue
        if field != "strength" or found.code not in BY_THE_MIDDLE:
            assert named(found) in after, found.text("en")


def heard(*more: ak.Tie, **kinds: Any) -> list[Finding]:
    """Ask who hears a user organisation that is tied to a service."""
    actors = [actor("rio", "user_organisation"), actor("x", **kinds), actor("styret", "authority")]
    kart = ak.ActorMap(actors=actors, ties=[tie("rio", "x"), *more])
    return user_voice(kart)


def test_that_a_level_is_unknown_is_no_lack_of_steering() -> None:
    kart = ak.ActorMap(actors=[actor("rio", "user_organisation"), actor("x")])
    found = one(user_voice(kart), "governance_unknown")
    assert (found.level, found.actors) == ("unknown", ("x",))
    assert "nobody" not in found.text("en")
    nobody = ak.ActorMap(actors=[actor("rio", "user_organisation"), actor("x", level=["service"])])
    assert one(user_voice(nobody), "no_governance").level == "unknown"


def test_a_way_to_somebody_whose_level_is_unknown_may_be_one() -> None:
    may = first(heard(), "no_path_known")
    assert (may.level, may.actors) == ("unknown", ("rio", "x"))
    assert first(heard(level=["service"]), "no_path").level == "gap"
    assert first(heard(tie("x", "styret")), "path").level == "strength"


def test_an_arena_whose_members_have_no_kind_may_have_a_peer() -> None:
    actors = [actor("forum", "arena"), actor("x"), actor("nav", "nav")]
    ties = [tie(id_, "forum", "membership") for id_ in ("x", "nav")]
    found = user_voice(ak.ActorMap(actors=actors, ties=ties))
    assert one(found, "in_arena_unknown").actors == ("forum", "x")
    assert one(found, "organisation_unknown").actors == ("x",)
    known = ak.ActorMap(actors=[actor("forum", "arena"), actor("nav", "nav")], ties=ties[1:])
    assert one(user_voice(known), "not_in_arena").level == "gap"


def test_nobody_links_lines_only_where_all_lines_are_known() -> None:
    kart = ak.ActorMap(
        actors=[actor("dps", "dps"), actor("gp", "gp"), actor("x")], ties=[tie("gp", "x")]
    )
    found = one(Topics(kart).about("bridges"), "none_known")
    assert (found.level, found.actors) == ("unknown", ("x",))
    stated = kart.with_(actors=[*kart.actors[:2], actor("x", line=["first"])])
    assert one(Topics(stated).about("bridges"), "none").level == "note"


def test_strengths_nobody_has_given_are_not_close() -> None:
    ends = [actor("dps", "dps"), actor("nav", "nav")]
    ties = [tie("dps", "nav", informant=id_) for id_ in ("dps", "nav")]
    (agreed,) = perspective_gap(ak.ActorMap(actors=ends, ties=ties))
    assert agreed.more == ()
    rated = [one.model_copy(update={"strength": 3.0}) for one in ties]
    (agreed,) = perspective_gap(ak.ActorMap(actors=ends, ties=rated))
    assert [more.case for more in agreed.more] == ["close"]


def test_a_plan_may_have_a_coordinator_among_those_without_a_kind() -> None:
    kart = ak.ActorMap(
        scope="individual",
        actors=[actor("u", "user"), actor("x")],
        plan=[ak.Action(id="p", responsible="x")],
    )
    assert one(Topics(kart).about("toolbox"), "coordinator_unknown").level == "unknown"
