"""What leaves through the one door: nothing that names, and everything that counts."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings

import aktorkart as ak
from aktorkart.errors import UnknownName, WrongArgument
from aktorkart.i18n import LANGUAGES
from aktorkart.privacy.shown import shown
from aktorkart.strategies import actor_maps
from personal import PERSONAL, renamed

if TYPE_CHECKING:
    from collections.abc import Callable

SETTINGS: Any = {"deadline": None, "suppress_health_check": list(HealthCheck)}
MAP_FIELDS = tuple(ak.ActorMap.model_fields)


@given(kart=actor_maps())
@settings(max_examples=60, **SETTINGS)
def test_a_hidden_map_holds_nothing_that_names(kart: ak.ActorMap) -> None:
    hidden = shown(renamed(kart), names=False).kart
    for written in (hidden.model_dump_json(), repr(hidden)):
        assert not PERSONAL.search(written)


@given(kart=actor_maps())
@settings(max_examples=60, **SETTINGS)
def test_a_hidden_map_is_the_same_map_in_all_that_counts(kart: ak.ActorMap) -> None:
    seen = shown(kart, names=False)
    hidden = seen.kart
    for section in ("actors", "ties", "issues", "goals", "plan", "checklist", "kinds", "tie_kinds"):
        assert len(getattr(hidden, section)) == len(getattr(kart, section)), section
    assert [seen.ids[actor.id] for actor in kart.actors] == [actor.id for actor in hidden.actors]
    assert sorted(seen.ids, key=seen.ids.__getitem__) == sorted(seen.ids)
    assert {seen.ids[id_]: at for id_, at in kart.positions.items()} == dict(hidden.positions)
    assert [tie.strength for tie in kart.ties] == [tie.strength for tie in hidden.ties]
    assert [hidden.lines(seen.ids[actor.id]) for actor in kart.actors] == [
        kart.lines(actor.id) for actor in kart.actors
    ]


@given(kart=actor_maps(min_size=2))
@settings(max_examples=30, **SETTINGS)
def test_measures_are_equal_value_by_value(kart: ak.ActorMap) -> None:
    seen = shown(kart, names=False)
    named, hidden = ak.measures(kart), ak.measures(seen.kart)
    for actor in kart.actors:
        one, other = named[actor.id], hidden[seen.ids[actor.id]]
        for name in ("degree", "strength", "betweenness", "closeness", "eigenvector", "core"):
            assert getattr(one, name) == getattr(other, name), name
    assert named.density == hidden.density


@given(kart=actor_maps())
@settings(max_examples=60, **SETTINGS)
def test_hiding_twice_is_hiding_once(kart: ak.ActorMap) -> None:
    once = shown(kart, names=False).kart
    assert shown(once, names=False).kart == once


def example(**fields: Any) -> ak.ActorMap:
    return ak.ActorMap(
        **{
            "actors": [
                ak.Actor(id="kari", name="Kari Nordmann", kind="user"),
                ak.Actor(id="lege", name="Legen", kind="gp"),
            ]
        }
        | fields
    )


def test_an_actor_who_is_named_as_informant_is_the_actor() -> None:
    ends: Any = {"source": "kari", "target": "lege"}
    ties = [
        ak.Tie(**ends, informant="kari"),
        ak.Tie(**ends, kind="referral", informant="kari nordmann"),
        ak.Tie(**ends, kind="information", informant="Tante Olga"),
        ak.Tie(**ends, kind="funding", informant="Naboen"),
        ak.Tie(**ends, kind="authority", informant="Tante Olga"),
    ]
    hidden = shown(example(ties=ties), names=False, lang="nb").kart
    told = [tie.informant for tie in hidden.ties]
    assert told == ["a01", "a01", "Informant 2", "Informant 1", "Informant 2"]


def test_what_one_has_reported_under_two_names_stays_two_reports() -> None:
    ends: Any = {"source": "kari", "target": "lege"}
    ties = [ak.Tie(**ends, informant="kari"), ak.Tie(**ends, informant="Kari Nordmann")]
    hidden = shown(example(ties=ties), names=False, lang="en").kart
    assert [tie.informant for tie in hidden.ties] == ["a01", "Informant 1"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_has_no_title_is_numbered(lang: str) -> None:
    kart = example(
        issues=[ak.Issue(id="olga")],
        goals=[ak.Goal(id="olga", direction="higher"), ak.Goal(id="kari", direction="lower")],
        plan=[ak.Action(id="olga", goal="kari")],
        checklist=[ak.ChecklistItem(id="olga")],
        kinds={"olgas": ak.KindSpec(name="Olgas venner", line="civil"), "gp": {"name": "Legen"}},
        tie_kinds={"olgabytte": None, "referral": "Olga sender"},
        needs=["olgas", "gp"],
    ).with_actor(id="v", kind="olgas")
    hidden = shown(kart, names=False, lang=lang).kart
    assert "olga" not in hidden.model_dump_json().casefold()
    assert [goal.id for goal in hidden.goals] == ["g02", "g01"]
    assert hidden.plan[0].goal == "g01"
    assert all(
        item.title
        for section in ("issues", "goals", "plan", "checklist")
        for item in getattr(hidden, section)
    )
    assert (hidden.lines("a03"), hidden.needs) == (("civil",), ("kind_01", "gp"))
    assert hidden["a03"].name == hidden.kind_name("kind_01", lang)
    assert hidden.tie_kind_name("tie_kind_01", lang)


def test_tags_of_actors_ties_and_the_map_are_left_out() -> None:
    tags = {"hemmelig": "hemmelig"}
    tie = ak.Tie(source="kari", target="lege", tags=tags)
    kart = example(ties=[tie], tags=tags).with_actor(id="x", tags=tags)
    hidden = shown(kart, names=False).kart
    assert not any(actor.tags for actor in hidden.actors)
    assert not any(tie.tags for tie in hidden.ties)
    assert not hidden.tags


def test_ids_have_as_many_digits_as_their_order_needs() -> None:
    kart = ak.ActorMap(actors=[ak.Actor(id=f"{n:03d}") for n in range(120)])
    ids = shown(kart, names=False).ids
    assert (ids["000"], ids["119"]) == ("a001", "a120")
    assert list(ids.values()) == sorted(ids.values())


@pytest.mark.parametrize("names", [None, True])
def test_where_nothing_is_hidden_it_is_the_same_map(names: bool | None) -> None:  # noqa: FBT001
    kart = example()
    seen = shown(kart, names=names)
    assert seen.kart is kart
    assert seen.ids == {"kari": "kari", "lege": "lege"}
    assert hash(seen) == hash(shown(kart, names=names))


@pytest.mark.parametrize(
    ("call", "error"),
    [
        (lambda: shown("kart.yaml"), WrongArgument),  # type: ignore[arg-type]
        (lambda: shown(example(), lang="de"), UnknownName),
    ],
)
def test_what_is_no_map_or_language_is_refused(
    call: Callable[[], object], error: type[Exception]
) -> None:
    with pytest.raises(error):
        call()


def test_a_hidden_map_can_be_written_and_read() -> None:
    hidden = shown(example(focal="kari"), names=False).kart
    assert ak.ActorMap(**json.loads(hidden.model_dump_json())) == hidden
