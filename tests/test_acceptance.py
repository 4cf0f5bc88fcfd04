"""The worked examples of ACCEPTANCE: published networks and the numbers that belong to them."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import networkx as nx
import pytest

from aktorkart import examples
from aktorkart.errors import WrongArgument
from aktorkart.files.graphs import from_networkx
from aktorkart.model import Actor, ActorMap, Tie
from aktorkart.network.measures import Measures, measures
from aktorkart.network.network import Channel, Network
from aktorkart.network.overturned_by import overturned_by

if TYPE_CHECKING:
    from collections.abc import Iterable


def ties(text: str) -> list[Channel]:
    """Read ties as ACCEPTANCE writes them: ``AB4`` is mutual, ``0→1:2`` goes one way."""
    found = []
    for word in text.split():
        if "→" in word:
            ends, _, strength = word.partition(":")
            source, target = ends.split("→")
            found.append(Channel(source, target, float(strength or 1), mutual=False))
        else:
            found.append(Channel(word[0], word[1], float(word[2:] or 1)))
    return found


def network(text: str) -> Network:
    channels = ties(text)
    ids = {end for tie in channels for end in (tie.source, tie.target)}
    return Network.from_channels(ids, channels, scale=None)


def values(m: Measures, name: str, ids: Iterable[str]) -> list[float | None]:
    return [m.value(name, id_) for id_ in ids]


OPSAHL = network("AB4 AC2 BC4 BD1 BE2 EF1")
KITE = network("01 02 03 05 13 14 16 23 25 34 35 36 46 56 57 67 78 89")
BURT = network("AB2 AF3 AG5 AE2 EG8 FG3 BG4 BD1 DG3 GC10")
DIRECTED = network("0→1:2 0→2:2 1→0:1 2→1:1")


@pytest.mark.parametrize(
    ("name", "alpha", "expected"),
    [
        ("degree", 1, [2, 4, 2, 1, 2, 1]),
        ("strength", 1, [6, 11, 6, 1, 3, 1]),
        ("degree_alpha", 0.5, [3.464, 6.633, 3.464, 1, 2.449, 1]),
        ("degree_alpha", 1.5, [10.392, 18.241, 10.392, 1, 3.674, 1]),
        ("farness", 1, [4.5, 3.5, 4.5, 7.5, 4.5, 8.5]),
        ("farness", 0.5, [6.121, 4.414, 6.121, 8.414, 5.828, 9.828]),
        ("betweenness", 0, [0, 8, 0, 0, 4, 0]),
        ("betweenness", 0.5, [0, 8, 0, 0, 4, 0]),
        ("betweenness", 1, [0, 8.5, 0, 0, 4, 0]),
        ("betweenness", 1.5, [0, 9, 0, 0, 4, 0]),
    ],
)
def test_a1_opsahl(name: str, alpha: float, expected: list[float]) -> None:
    """A1: "The 8.5 catches float-tie mistakes"."""
    m = measures(OPSAHL, alpha=alpha, normalized=False)
    assert values(m, name, "ABCDEF") == pytest.approx(expected, abs=5e-4)


def test_a1_equal_paths_are_equal() -> None:
    """A1: A–C ties with A–B–C, 1/2 = 1/4 + 1/4; the number is exact, not nearly."""
    assert measures(OPSAHL, normalized=False)["B"].betweenness == 8.5
    assert measures(OPSAHL)["A"].farness == 4.5


def test_a2_kite() -> None:
    """A2: Krackhardt's kite."""
    raw = values(measures(KITE, normalized=False), "betweenness", "0123456789")
    expected = [0.8333, 0.8333, 0, 3.6667, 0, 8.3333, 8.3333, 14, 8, 0]
    assert raw == pytest.approx(expected, abs=5e-5)
    m = measures(KITE)
    near = [0.529, 0.529, 0.5, 0.6, 0.5, 0.643, 0.643, 0.6, 0.429, 0.310]
    assert values(m, "closeness", "0123456789") == pytest.approx(near, abs=5e-4)
    assert m.centralization["degree"] == pytest.approx(24 / 72)
    assert m.centralization["betweenness"] == pytest.approx(0.2963, abs=5e-5)


def test_a3_burt() -> None:
    """A3: Burt and Borgatti's example, weighted and unweighted."""
    plain = Network.from_channels(
        BURT.ids,
        [tie._replace(strength=1.0) for tie in ties("AB2 AF3 AG5 AE2 EG8 FG3 BG4 BD1 DG3 GC10")],
        scale=None,
    )
    m, unweighted = measures(BURT), measures(plain)
    assert values(unweighted, "constraint", "GAC") == pytest.approx([0.400, 0.595, 1], abs=5e-4)
    assert values(m, "constraint", "GAC") == pytest.approx([0.299, 0.795, 1], abs=5e-4)
    assert values(unweighted, "effective_size", "GAC") == pytest.approx([4.667, 2.5, 1], abs=5e-4)
    assert values(m, "effective_size", "GAC") == pytest.approx([5.47, 2.47, 1], abs=5e-3)


def test_a3_directed() -> None:
    """A3: the directed graph, and an isolate that has neither."""
    m = measures(DIRECTED)
    assert values(m, "constraint", "012") == pytest.approx([0.840, 1.143, 1.378], abs=5e-4)
    assert values(m, "effective_size", "012") == pytest.approx([1.567, 1.083, 1], abs=5e-4)
    alone = measures(Network.from_channels("ab", []))["a"]
    assert alone.constraint is None
    assert alone.effective_size is None
    assert alone.reasons["constraint"] == "isolate"


def test_a4_reciprocity() -> None:
    """A4: 2/6, and .5 without weights."""
    m = measures(DIRECTED)
    assert m.reciprocity == pytest.approx(2 / 6)
    assert m.binary_reciprocity == pytest.approx(0.5)


def test_a5_florentine_families() -> None:
    """A5: marriages among the families of Florence."""
    m = measures(from_networkx(nx.florentine_families_graph()))
    expected = {
        "Medici": 0.522,
        "Guadagni": 0.255,
        "Albizzi": 0.212,
        "Salviati": 0.143,
        "Ridolfi": 0.114,
    }
    assert {k: m[k].betweenness for k in expected} == pytest.approx(expected, abs=5e-4)
    assert m.density == pytest.approx(20 / 105)
    assert m.ties == 20
    assert m.centralization["degree"] == pytest.approx(50 / 182)


def test_a6_a11_karate_club() -> None:
    """A6 and A11: observed and expected E–I of Zachary's club, by the tag of the actors."""
    m = measures(from_networkx(nx.karate_club_graph()))
    assert m.ei_index("club") == pytest.approx((11 - 67) / 78)
    assert m.expected_ei_index("club") == pytest.approx(0.030, abs=5e-4)


def test_a7_brokerage_roles() -> None:
    """A7: five two-step paths, each counted once and for its middle actor only."""
    channels: list[Channel] = []
    groups: dict[str, str] = {}
    paths = {
        "coordinator": "AAA",
        "consultant": "ABA",
        "gatekeeper": "ABB",
        "representative": "AAB",
        "liaison": "ABC",
    }
    for role, letters in paths.items():
        trio = [f"{role}{place}" for place in (1, 2, 3)]
        groups |= dict(zip(trio, letters, strict=True))
        channels += [
            Channel(trio[0], trio[1], mutual=False),
            Channel(trio[1], trio[2], mutual=False),
        ]
    m = measures(Network.from_channels(groups, channels), group=groups)
    for role in paths:
        assert m[f"{role}2"].roles == {other: int(other == role) for other in paths}
        for end in (1, 3):
            assert m[f"{role}{end}"].roles == dict.fromkeys(paths, 0)


def test_a9_strength_is_not_distance() -> None:
    """A9: "the strong one has all the betweenness"."""
    m = measures(network("sp5 pt5 sq1 qt1"), normalized=False)
    assert m["p"].betweenness == 1
    assert m["q"].betweenness == 0


def test_a10_neighbours_either_way() -> None:
    """A10: "a has only incoming ties; constraint of a is .5 and effective size 2"."""
    m = measures(network("u→a u→b v→a"))
    assert m["a"].constraint == pytest.approx(0.5)
    assert m["a"].effective_size == pytest.approx(2)


def test_a11_edges_of_the_ei_index() -> None:
    """A11: "−1 without channels between groups, undefined when nobody is linked"."""
    groups = {"a": "x", "b": "x", "c": "y"}
    assert measures(Network.from_channels("abc", [Channel("a", "b")])).ei_index(groups) == -1
    assert measures(Network.from_channels("abc", [])).ei_index(groups) is None


def test_a12_shares_of_paths() -> None:
    m = measures(Network.from_channels("abcdefghi", [Channel("a", "b", 1), Channel("b", "c", 1)]))
    assert m["b"].betweenness == pytest.approx(1 / 28)
    assert m.paths_through("b") == 1
    assert m.paths_through("a") == 0
    m = measures(examples.read("user_network"))
    assert m["bruker"].betweenness == pytest.approx(0.3824, abs=5e-5)
    assert m.paths_through("bruker") == pytest.approx(117 / 144)


def test_a15_a_star_with_one_more_tie() -> None:
    star = [Channel("c", leaf, 1) for leaf in "abdef"]
    plain = measures(Network.from_channels("abcdef", star), normalized=False)
    more = [*star, Channel("a", "c", 1, mutual=False)]
    m = measures(Network.from_channels("abcdef", more), normalized=False)
    assert plain.centralization["closeness"] == m.centralization["closeness"] == pytest.approx(1)
    assert not m.network.directed
    assert m.reciprocity is None
    assert m["c"].betweenness == plain["c"].betweenness == 10
    answered = [Channel("a", "b", 2, mutual=False), Channel("b", "a", 2, mutual=False)]
    m = measures(Network.from_channels("ab", answered))
    assert not m.network.directed
    assert m.reciprocity == m.binary_reciprocity == 1


def test_a19_an_unjudged_tie_never_overrides_a_judged_one() -> None:
    kart = ActorMap(
        actors=[Actor(id=id_) for id_ in "abc"],
        ties=[
            Tie(source="a", target="b", strength=1),
            Tie(source="a", target="b", kind="information"),
            Tie(source="b", target="c", mutual=False, strength=5),
            Tie(source="c", target="b", mutual=False),
        ],
    )
    m = measures(kart)
    assert m["a"].strength == 1
    # What nobody has judged one way has the strength of the other way.
    assert m.network.strengths.tolist() == [1, 1, 5, 5]
    assert not m.network.directed
    assert not m.network.unknown.any()
    assert {row.lowest for row in m.ranking("strength") if row.actor == "a"} == {3}


def test_measures_that_are_undefined_are_not_ranked() -> None:
    assert measures(Network.from_channels("ab", [Channel("a", "b")])).ranking("betweenness") == ()
    assert measures(Network.from_channels("a", [])).ranking("degree") == ()


def test_a13_a_place_that_held_in_all_draws_and_is_overturned() -> None:
    channels = [
        Channel(word[0], word[2], float(word[3]))
        for word in ["c-b4", "d-b2", "f-d2", "g-b4", "g-c4", "g-e3", "g-f4", "h-d3", "h-e3"]
    ]
    found = Network.from_channels("bcdefgh", channels)
    first, *_ = measures(found).ranking("betweenness")
    assert (first.actor, first.held, first.draws) == ("g", 200, 200)
    steps = overturned_by(found, "g")
    assert steps is not None
    moved = {f"{channels[s.tie].source}-{channels[s.tie].target}{s.new:g}" for s in steps}
    assert moved == {"d-b3", "f-d3", "g-b3", "g-e2", "g-f3", "h-d4", "h-e4"}
    changed = list(channels)
    for step in steps:
        changed[step.tie] = changed[step.tie]._replace(strength=step.new)
    rows = measures(Network.from_channels("bcdefgh", changed)).ranking("betweenness")
    assert [row.actor for row in rows[:2]] == ["d", "g"]


@pytest.mark.parametrize(
    ("name", "size", "by", "sets", "value"),
    [
        ("kite", 1, "holding", [("7",)], Fraction(7, 18)),
        ("kite", 2, "holding", [("5", "6")], Fraction(15, 28)),
        ("kite", 1, "reaching", [("3",)], Fraction(85, 108)),
        ("kite", 2, "reaching", [("3", "8")], Fraction(1)),
        ("karate", 1, "holding", [("0",)], Fraction(167, 528)),
        ("karate", 1, "reaching", [("33",)], Fraction(31, 44)),
        ("karate", 2, "holding", [("0", "1")], Fraction(105, 248)),
        ("karate", 2, "reaching", [("0", "33")], Fraction(61, 64)),
        ("karate", 3, "holding", [("0", "32", "33")], Fraction(53, 93)),
    ],
)
def test_a16_key_players(
    name: str, size: int, by: str, sets: list[tuple[str, ...]], value: Fraction
) -> None:
    found = measures(examples.read(name)).key_players(size, by=by)
    assert found.exact
    assert list(found.sets) == sets
    assert found.value == pytest.approx(float(value))


def test_a16_a_set_is_not_the_best_singles() -> None:
    m = measures(examples.read("municipal_service"))
    pair, one = m.key_players(2), m.key_players(1)
    assert pair.sets == (("brukere", "helsefellesskapet"),)
    assert pair.value == pytest.approx(0.3008, abs=5e-5)
    assert one.value == pytest.approx(0.0556, abs=5e-5)
    assert len(one.sets) == 5  # ACCEPTANCE says four; taking each out by hand gives five


def test_key_players_of_large_sets_are_searched_and_said_so() -> None:
    ring = [Channel(f"{i:02}", f"{(i + 1) % 40:02}") for i in range(40)]
    m = measures(Network.from_channels([f"{i:02}" for i in range(40)], ring))
    found = m.key_players(8)
    assert not found.exact
    assert len(found.sets) == 1
    assert m.key_players(40).value is None
    for wrong in (0, True, 1.5):
        with pytest.raises(WrongArgument):
            m.key_players(wrong)  # type: ignore[arg-type] # that is what is tested
