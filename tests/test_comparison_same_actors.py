"""Actors under other spellings: proposed for somebody to go through, and joined when told."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aktorkart.comparison import merge, same_actors
from aktorkart.errors import WrongArgument
from aktorkart.model import Actor, ActorMap, Tie
from aktorkart.strategies import actor_maps


def of(*actors: Actor) -> ActorMap:
    return ActorMap(actors=actors)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (Actor(id="NAV"), Actor(id="nav")),
        (Actor(id="D.P.S."), Actor(id="DPS")),
        (Actor(id="a", name="Psykisk helseteam"), Actor(id="b", name="Psykisk-helse-team")),
        (Actor(id="Fastlegen"), Actor(id="fastlege")),
        (Actor(id="x", name="NAV", kind="nav"), Actor(id="y", name="NAV Storgata", kind="nav")),
    ],
)
def test_other_spellings_are_proposed(one: Actor, other: Actor) -> None:
    (found,) = same_actors({"one": of(one), "two": of(other)}).items()
    assert {found[0], *found[1]} == {one.id, other.id}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (Actor(id="NAV"), Actor(id="NOV")),
        (Actor(id="skole"), Actor(id="sykehus")),
        (Actor(id="x", name="NAV", kind="nav"), Actor(id="y", name="NAV Storgata", kind="gp")),
    ],
)
def test_different_names_are_not(one: Actor, other: Actor) -> None:
    assert same_actors({"one": of(one), "two": of(other)}) == {}


def test_who_are_told_apart_on_one_map_are_not_proposed() -> None:
    both = of(Actor(id="NAV"), Actor(id="nav"))
    assert same_actors({"one": both, "two": of(Actor(id="NAV"))}) == {}
    proposed = same_actors({"one": both, "two": of(Actor(id="N.A.V."))})
    assert proposed in ({"N.A.V.": ("NAV",)}, {"N.A.V.": ("nav",)})


def test_the_id_of_most_maps_stays() -> None:
    maps = {"a": of(Actor(id="nav")), "b": of(Actor(id="nav")), "c": of(Actor(id="NAV"))}
    assert same_actors(maps) == {"nav": ("NAV",)}


def test_joined_only_when_told() -> None:
    def told(one: str, other: str, strength: float) -> ActorMap:
        ties = [Tie(source=one, target=other, strength=strength)]
        return ActorMap(
            focal=one, needs=[other], actors=[Actor(id=one), Actor(id=other)], ties=ties
        )

    maps = {"a": told("NAV", "DPS", 5), "b": told("nav", "DPS", 1)}
    assert len(merge(maps).kart.actors) == 3
    joined = merge(maps, same=same_actors(maps))
    assert [actor.id for actor in joined.kart.actors] == ["DPS", "NAV"]
    assert {(tie.source, tie.target) for tie in joined.kart.ties} == {("NAV", "DPS")}
    assert joined.kart.focal == "NAV"
    assert "4 steps apart" in joined.text("en")


def test_what_cannot_be_the_same_is_told() -> None:
    maps = {"a": of(Actor(id="NAV"), Actor(id="nav"), Actor(id="dps"))}
    for same, code in (
        ({"NAV": ["nav"]}, "same_on_one_map"),
        ({"NAVV": ["dps"]}, "unknown_actor"),
        ({"NAV": ["dps"], "nav": ["dps"]}, "same_twice"),
    ):
        with pytest.raises(WrongArgument) as caught:
            merge(maps, same=same)
        assert code in {one.code for one in caught.value.problems}


@settings(max_examples=25, deadline=None)
@given(actor_maps(), st.permutations(["a", "b", "c"]))
def test_a_map_in_other_spelling_joins_to_the_map_itself(kart: ActorMap, names: list[str]) -> None:
    """Renaming all actors of one map, and joining them again, is joining the map with itself."""
    other = {actor.id: f"{actor.id}·{place}" for place, actor in enumerate(kart.actors)}

    def called(ids: dict[str, str]) -> ActorMap:
        return ActorMap(
            kinds=kart.kinds,
            actors=[Actor(id=ids[one.id], kind=one.kind) for one in kart.actors],
        )

    bare, renamed = called({id_: id_ for id_ in other}), called(other)
    same = {id_: [new] for id_, new in other.items()}
    joined = merge({names[0]: bare, names[1]: renamed}, same=same)
    assert joined.kart == merge({names[0]: bare, names[1]: bare}).kart
