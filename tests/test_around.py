"""Around the person: one rule, wherever an analysis asks who is there (METHOD 6)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hypothesis import given
from hypothesis import strategies as st

import aktorkart as ak
from aktorkart.care.arenas import arenas
from aktorkart.care.coordinator import coordinator
from aktorkart.care.coverage import coverage
from aktorkart.care.drop_out import drop_out
from aktorkart.care.next_steps import next_steps
from aktorkart.care.one_door import one_door
from aktorkart.care.serving import serving
from aktorkart.care.tellings import tellings
from aktorkart.care.user_voice import user_voice
from aktorkart.content import Topics
from aktorkart.grunig.linkages import linkages
from aktorkart.toolbox.cross_checks import cross_checks
from maps_of import MODEST, actor, care_maps, cases, tie

if TYPE_CHECKING:
    from aktorkart.finding import Finding

NO_CHANNEL: tuple[dict[str, Any], ...] = (
    {"quality": "broken"},
    {"quality": "strained"},
    {"needed": True},
    {"kind": "conflict"},
    {"until": "2025-12-31"},
    {"since": "2026-03-02"},
)
"""What keeps a tie from being a channel on the map's date."""


def said(kart: ak.ActorMap) -> list[tuple[Finding, ...]]:
    """Ask every analysis of who is there."""
    analyses = (tellings, one_door, coordinator, coverage, drop_out, user_voice, cross_checks)
    found = [tuple(analysis(kart)) for analysis in analyses]
    return [*found, tuple(arenas(kart).findings), tuple(linkages(kart).findings)]


def with_work(kart: ak.ActorMap) -> ak.ActorMap:
    """Give everybody something to do for the user, so that it matters who is there."""
    ids = [one.id for one in kart.actors]
    return kart.with_(
        date="2026-03-01",
        goals=[ak.Goal(id="g", direction="higher", actors=ids[:1])],
        plan=[ak.Action(id=id_, title=id_, responsible=id_) for id_ in ids],
        needs=ids[-2:],
    )


@given(kart=care_maps(), how=st.sampled_from(NO_CHANNEL), ends=st.integers(0, 19))
@MODEST
def test_only_channels_on_the_day_put_somebody_around_the_person(
    kart: ak.ActorMap, how: dict[str, Any], ends: int
) -> None:
    """A tie with the user that is no channel changes nothing of what any analysis says."""
    kart = with_work(kart)
    other = kart.actors[1 + ends // 2 % (len(kart.actors) - 1)].id
    source, target = ("user", other)[:: -1 if ends % 2 else 1]
    new = tie(source, target, **{"kind": "contact", "informant": "x", **how})
    assert said(kart.with_tie(new)) == said(kart)


@given(kart=care_maps())
@MODEST
def test_everybody_counts_the_same_ones(kart: ak.ActorMap) -> None:
    kart = with_work(kart)
    there = serving(kart, "user")
    arena = [one.id for one in kart.actors if one.kind == "arena"]
    appointed = [one.id for one in kart.actors if one.kind == "coordinator"]
    told = tellings(kart)[0].numbers
    assert told.get("serving", 0) == len({*there} - {*arena})
    active = {one.numbers["active"] for one in coordinator(kart)}
    assert active <= {len({*there} - {*appointed} - {*arena})}
    helpers = len({*there} - {*arena})
    met = [one for one in arenas(kart).findings if "total" in one.numbers]
    assert all(one.numbers["total"] == helpers * (helpers - 1) // 2 for one in met)
    touched = {
        end for one in kart.channels if "user" in one.ends for end in one.ends if end != "user"
    }
    out = {one.actors[0] for one in cross_checks(kart) if one.case == "responsible_without_channel"}
    assert out == {one.id for one in kart.actors} - touched - {"user"}
    assert {*there} <= touched


def test_what_a_map_is_drawn_around_is_asked_in_one_place() -> None:
    """A user in the focal place is a person, whatever the scope; so is the user of a person's."""
    ids = [actor("u", "user"), actor("a", "service"), actor("b", "service")]
    ties = [tie("u", "a"), tie("u", "b")]
    service = ak.ActorMap(actors=ids, ties=ties)
    focal, personal = service.with_(focal="u"), service.with_(scope="individual")
    assert (service.person, focal.person, personal.person) == (None, "u", "u")
    for kart in (focal, personal):
        # That a person's network falls apart without the person says nothing about it.
        assert "cut_points" not in cases(Topics(kart).about("bridges"))
        assert all(found.actors[0] != "u" for found in drop_out(kart))
        assert next_steps(kart)
    assert "cut_points" in cases(Topics(service).about("bridges"))
    # The theory of linkages is about organisations, not about who is around a person.
    assert "lacks" in cases(linkages(service.with_(focal="a")).findings)
    assert "lacks" not in cases(linkages(personal.with_(focal="a")).findings)
