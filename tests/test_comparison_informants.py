"""Several informants: METHOD 9."""

from __future__ import annotations

import pickle
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import aktorkart as ak
from aktorkart.comparison import Informants, informants
from aktorkart.i18n import LANGUAGES, catalogue
from aktorkart.model.checks import same_tie
from aktorkart.strategies import actor_maps
from maps_of import MODEST, among_people, cases, first, tie


def told(name: str, *ties: ak.Tie) -> list[ak.Tie]:
    return [one.model_copy(update={"informant": name}) for one in ties]


KART = among_people(
    *told("u", tie("u", "dps", strength=5), tie("u", "home", strength=2)),
    *told(
        "dps",
        tie("dps", "u", strength=3, mutual=False),
        tie("dps", "team", "referral", strength=4),
    ),
    *told("workshop", tie("u", "dps"), tie("u", "home", strength=4), tie("team", "home")),
    tie("dps", "ward", informant=None),
)


def test_who_says_what() -> None:
    """METHOD 9: "Per tie and kind: who says it is there, strengths, directions"."""
    found = informants(KART)
    assert found.names == ("dps", "u", "workshop")
    assert [(row.pair, row.kind, row.sees, row.misses) for row in found.rows] == [
        # The workshop has told of both, as one who knows them.
        (("dps", "team"), "referral", ("dps",), ("workshop",)),
        (("dps", "u"), "contact", ("dps", "u", "workshop"), ()),
        (("home", "team"), "contact", ("workshop",), ()),
        (("home", "u"), "contact", ("u", "workshop"), ()),
    ]
    row = found.rows[1]
    assert row.strengths == {"dps": 3, "u": 5, "workshop": None}
    assert row.directions == {"dps": "forth", "u": "both", "workshop": "both"}


def test_both_ends_and_one_end_with_an_outsider_are_apart() -> None:
    """METHOD 9: "both ends, or one end and one outsider, apart"."""
    found = informants(KART).agreement
    ends, outsider = found["ends"], found["outsider"]
    assert (ends.n, ends.alike, ends.same_way, ends.rated, ends.steps) == (1, 1, 0, 1, 2)
    # The workshop with dps on the team; with dps and u on their tie; with u on the home.
    assert (outsider.n, outsider.alike, outsider.same_way) == (4, 3, 2)
    assert (outsider.share, outsider.rated, outsider.steps) == (0.75, 1, 2)


def test_how_far_apart_each_actors_ties_are_judged() -> None:
    found = informants(KART)
    assert found.dispersion == {
        "dps": 2,
        "home": 2,
        "mum": None,
        "team": None,
        "u": 2,
        "ward": None,
    }


def test_whose_ties_are_rated_least_alike_is_said_where_they_differ() -> None:
    assert [one.case for one in informants(KART).findings if one.case == "dispersion"] == []
    kart = among_people(
        *told("u", tie("u", "dps", strength=5), tie("u", "home", strength=2)),
        *told("dps", tie("dps", "u", strength=2)),
        *told("home", tie("home", "u", strength=2)),
    )
    (said,) = (one for one in informants(kart).findings if one.case == "dispersion")
    # Three steps and none: the user's are 1.5 on average.
    assert (said.actors, said.numbers) == (("dps",), {"steps": 3})


def test_another_kind_is_another_tie() -> None:
    kart = among_people(
        *told("u", tie("u", "dps", strength=5)),
        *told("dps", tie("u", "dps", "information", strength=1)),
    )
    found = informants(kart)
    assert found.agreement["ends"].share == 0
    assert found.agreement["ends"].steps is None
    assert found.dispersion["u"] is None


def test_nobody_denies_what_stands_without_an_informant() -> None:
    kart = among_people(*told("u", tie("u", "dps")), *told("dps", tie("dps", "team")))
    assert informants(kart).rows[1].misses == ("dps",)
    agreed = informants(kart.with_tie(tie("u", "dps")))
    assert agreed.rows[1].misses == ()
    assert agreed.agreement["ends"].share is None


def test_reliability_is_krippendorffs() -> None:
    """His own example, 2011: interval α .849 over four observers with gaps."""
    data = ["1 1 - 1", "2 2 3 2", "3 3 3 3", "3 3 3 3", "2 2 2 2", "1 2 3 4", "4 4 4 4"]
    data += ["1 1 2 1", "2 2 2 2", "- 5 5 5", "- - 1 1", "- - 3 -"]
    ids = [f"a{number:02}" for number in range(len(data) + 1)]
    ties = [
        tie("a00", ids[unit], strength=float(given), informant=f"observer {observer}")
        for unit, line in enumerate(data, start=1)
        for observer, given in enumerate(line.split())
        if given != "-"
    ]
    found = informants(ak.ActorMap(actors=[ak.Actor(id=id_) for id_ in ids], ties=ties))
    assert found.reliability == pytest.approx(0.849, abs=5e-4)


def test_what_is_not_rated_by_several_has_no_reliability() -> None:
    one = [*told("u", tie("u", "dps", strength=3)), *told("dps", tie("u", "dps", strength=1))]
    found = informants(among_people(*one))
    assert (found.reliability, found.reasons) == (None, {"reliability": "not_rated_by_two"})
    same = [tie("u", other, strength=3, informant=who) for other in ("dps", "home") for who in "ab"]
    found = informants(among_people(*same))
    assert (found.reliability, found.reasons) == (None, {"reliability": "ratings_alike"})
    for code in ("not_rated_by_two", "ratings_alike"):
        assert all(f"reason.{code}" in catalogue(lang) for lang in LANGUAGES)


@st.composite
def told_by_several(draw: st.DrawFn, scale: tuple[float, float] | None = (1, 5)) -> ak.ActorMap:
    ties: list[ak.Tie] = []
    for _ in range(draw(st.integers(0, 12))):
        source, target, _ = draw(st.permutations(["u", "dps", "mum"]))
        drawn = tie(
            source,
            target,
            draw(st.sampled_from(["contact", "referral"])),
            informant=draw(st.sampled_from([None, "u", "dps", "A", "B"])),
            strength=draw(st.sampled_from([None, 1, 2, 5])),
            mutual=draw(st.booleans()),
            quality=draw(st.sampled_from([None, None, "broken"])),
            needed=draw(st.sampled_from([False, False, False, True])),
        )
        if not any(same_tie(drawn, other) for other in ties):
            ties.append(drawn)
    return among_people(*ties, strength_scale=scale)


def by_hand(kart: ak.ActorMap) -> dict[str, Any]:
    """Go through all ties, kinds and informants, the plainest way."""
    there = [one for one in kart.ties if not one.needed]
    voices = sorted({one.informant for one in kart.ties} - {None}, key=str)
    counted: dict[str, list[int]] = {"ends": [0, 0], "outsider": [0, 0]}
    units: list[list[float]] = []
    for pair in combinations(sorted(["u", "dps", "mum"]), 2):
        for kind in ("contact", "referral"):
            of_it = [one for one in there if one.pair == pair and one.kind == kind]
            says = {who for who in voices if any(one.informant == who for one in of_it)}
            could = set()
            for who in voices:
                of_who = [one for one in kart.ties if one.informant == who]
                known = {end for one in of_who for end in one.pair}
                others = any(who not in one.pair for one in of_who)
                if who in pair or (others and set(pair) <= known):
                    could.add(who)
            if any(one.informant is None for one in of_it):
                could &= says
            for two in combinations(voices, 2):
                ends = sum(who in pair for who in two)
                if says & set(two) and set(two) <= could and ends:
                    name = "ends" if ends == 2 else "outsider"
                    counted[name][0] += 1
                    counted[name][1] += set(two) <= says
            best = [
                max(
                    (one.strength for one in of_it if one.informant == who and one.strength),
                    default=None,
                )
                for who in voices
            ]
            given = [one for one in best if one is not None]
            if len(given) > 1:
                units.append(given)
    n = sum(map(len, units))
    every = [value for unit in units for value in unit]
    observed = sum(
        (one - other) ** 2 / (len(unit) - 1) for unit in units for one in unit for other in unit
    )
    expected = sum((one - other) ** 2 for one in every for other in every)
    alpha = 1 - observed / n / (expected / n / (n - 1)) if len(units) > 1 and expected else None
    return {**counted, "alpha": alpha}


@given(kart=told_by_several())
def test_it_is_what_counting_by_hand_gives(kart: ak.ActorMap) -> None:
    found, wanted = informants(kart), by_hand(kart)
    for couple, agreement in found.agreement.items():
        assert [agreement.n, agreement.alike] == wanted[couple]
    assert found.reliability == pytest.approx(wanted["alpha"])
    assert (found.reliability is None) == ("reliability" in found.reasons)


@given(kart=actor_maps())
@MODEST
def test_any_map(kart: ak.ActorMap) -> None:
    found = informants(kart)
    assert set(found.dispersion) == {actor.id for actor in kart.actors}
    assert pickle.loads(pickle.dumps(found)) == found  # noqa: S301 - our own
    hash(found)
    for agreement in found.agreement.values():
        assert agreement.n >= agreement.alike >= max(agreement.rated, agreement.same_way)
    for lang in LANGUAGES:
        assert found.text(lang, consent="ignore")
        assert found.table(lang, consent="ignore").lang == lang
    assert len(found.to_frame()) == len(found.table())


def test_several_maps_are_merged_first() -> None:
    maps = {
        "u": among_people(tie("u", "dps", strength=5)),
        "dps": among_people(tie("u", "dps", strength=1)),
    }
    found = informants(maps)
    assert found == informants(ak.merge(maps).kart)
    assert found.agreement["ends"].steps == 4
    with pytest.raises(ak.InvalidMap):
        informants({**maps, "x": among_people(strength_scale=(1, 10))})


def test_names_go_through_the_door() -> None:
    actors = [ak.Actor(id="kari", name="Kari Nordmann", kind="user"), ak.Actor(id="nav")]
    kart = ak.ActorMap(
        scope="individual",
        actors=actors,
        ties=[
            tie("kari", "nav", strength=4, informant="Kari Nordmann"),
            tie("kari", "nav", strength=2, informant="nav"),
            tie("kari", "nav", strength=3, informant="Søster Anne"),
        ],
    )
    found = informants(kart)
    assert "kari" not in repr(found).casefold()
    said = found.table("nb").to_text() + found.text("nb")
    assert not {"kari", "anne"} & set(said.casefold().split())
    assert found.shown().agreement == found.agreement
    with pytest.raises(ak.NoConsent):
        found.table("nb", names=True)
    assert "Kari Nordmann" in found.table("nb", names=True, consent="ignore").to_text()
    # A frame stays in memory, with the map's own ids.
    assert set(found.to_frame()["informant"].dropna()) == {"kari", "nav"}
    assert "Søster Anne" in set(found.to_frame()["informant_label"])


def test_in_words() -> None:
    found = informants(KART)
    assert found.text("en") == (
        "Of 1 tie that one end or the other has told of, both have told of 1 (100%).\n"
        "In 4 comparisons of one end with an informant from outside, both have told of the tie"
        " 3 times (75%).\n"
        "2 ties have been given a strength by more than one. On average they are 2 steps apart."
    )
    assert cases(informants(among_people()).findings) == ["one_view"]
    apart = among_people(*told("u", tie("u", "dps")), *told("ward", tie("ward", "home")))
    assert cases(informants(apart).findings) == ["no_ends", "no_outsider", "no_strengths"]
    assert first(found.findings, "strengths").numbers["steps"] == 2
    assert isinstance(found, Informants)


@pytest.mark.parametrize("wrong", ["kart.yaml", None, [1], {"a": "kart.yaml"}])
def test_something_else_is_refused(wrong: Any) -> None:
    with pytest.raises(ak.WrongArgument):
        informants(wrong)
