"""One more actor or tie: checked alone, it has the problems that the whole map would have."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hypothesis import given, settings
from hypothesis import strategies as st

from aktorkart.errors import InvalidMap
from aktorkart.model import Actor, ActorMap, Issue, KindSpec, Tie
from aktorkart.model.checks import same_tie

if TYPE_CHECKING:
    from collections.abc import Callable

START = ActorMap(
    date="2026-03-01",
    issues=[Issue(id="bolig")],
    kinds={"fiskemottak": KindSpec(line="private")},
    tie_kinds={"dugnad": None},
    actors=[Actor(id=letter, name=f"Etaten {letter}") for letter in "abcd"],
    ties=[
        Tie(source="a", target="b", strength=4),
        Tie(source="b", target="c", mutual=False, informant="b"),
        Tie(source="c", target="b", mutual=False, informant="b"),
        Tie(source="c", target="d", since="2025", until="2025-06"),
        Tie(source="c", target="d", since="2025-08"),
    ],
    focal="a",
    needs=["b", "nav"],
)

ids = st.sampled_from("abcdæ")
dates = st.sampled_from([None, "2024", "2025-03", "2025-07", "2026"])
ties = st.fixed_dictionaries(
    {"source": ids, "target": ids},
    optional={
        "strength": st.sampled_from([1, 3, 9]),
        "kind": st.sampled_from(["contact", "dugnad", "dugnader"]),
        "mutual": st.booleans(),
        "since": dates,
        "until": dates,
        "informant": st.sampled_from(["b", None, "Kari"]),
        "changed_practice": st.lists(ids, max_size=2, unique=True),
    },
)
actors = st.fixed_dictionaries(
    {"id": ids},
    optional={
        "name": st.sampled_from(["Etaten a", "Ny"]),
        "kind": st.sampled_from(["nav", "fiskemottak", "fiskemottaket"]),
        "publics": st.sampled_from(["bolig", "bil"]).map(
            lambda issue: {issue: {"problem": "high"}}
        ),
    },
)


def outcome(make: Callable[[], ActorMap]) -> Any:
    """Return the map with what it has looked up, or its problems."""
    try:
        made = make()
    except InvalidMap as error:
        return [(one.code, one.place, one.values, one.guesses) for one in error.problems]
    looked_up = made.labels, made.ids_by_label, [made[one.id] for one in made.actors]
    return made, looked_up, made.channels, made.model_dump()


def with_tie_checked_whole(kart: ActorMap, new: Tie) -> ActorMap:
    """Put a tie where the first of those that are the same stood, and check everything."""
    kept = [old for old in kart.ties if not same_tie(new, old)]
    place = next((i for i, old in enumerate(kart.ties) if same_tie(new, old)), len(kept))
    return kart.with_(ties=(*kept[:place], new, *kept[place:]))


@settings(max_examples=200, deadline=None)
@given(fields=ties, used=st.booleans())
def test_a_tie_is_checked_as_with_the_whole_map(fields: dict[str, Any], *, used: bool) -> None:
    kart = START.with_(title="Brukt")
    if used:
        outcome(lambda: kart)
    expected = outcome(lambda: with_tie_checked_whole(kart, Tie(**fields)))
    assert outcome(lambda: kart.with_tie(Tie(**fields))) == expected
    assert outcome(lambda: kart.with_tie(**fields)) == expected


@settings(max_examples=200, deadline=None)
@given(fields=actors, used=st.booleans())
def test_an_actor_is_checked_as_with_the_whole_map(fields: dict[str, Any], *, used: bool) -> None:
    kart = START.with_(title="Brukt")
    if used:
        outcome(lambda: kart)

    def whole() -> ActorMap:
        new = Actor(**fields)
        if new.id not in kart:
            return kart.with_(actors=(*kart.actors, new))
        return kart.with_(actors=[new if old.id == new.id else old for old in kart.actors])

    assert outcome(lambda: kart.with_actor(**fields)) == outcome(whole)
    assert kart == START.with_(title="Brukt")


def test_the_rest_of_a_large_map_is_shared() -> None:
    old = START.ties[0]
    new = START.with_tie(source="a", target="d")
    assert new.ties[0] is old
    assert new.actors is START.actors
