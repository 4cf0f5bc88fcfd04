from __future__ import annotations

import random
from itertools import pairwise
from statistics import median
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aktorkart.errors import InvalidMap, UnknownActor
from aktorkart.model import Actor, ActorMap, Tie
from aktorkart.network.network import Channel, Network


def small(**fields: Any) -> ActorMap:
    tie = Tie(source="b", target="a", strength=4)
    base: dict[str, Any] = {"actors": [Actor(id=letter) for letter in "bac"], "ties": [tie]}
    return ActorMap(**base | fields)


def arcs(network: Network) -> list[tuple[str, str, float]]:
    return [
        (network.ids[tail], network.ids[head], strength)
        for tail, head, strength in zip(
            network.tails.tolist(), network.heads.tolist(), network.strengths.tolist(), strict=True
        )
    ]


# --- from a map


def test_a_mutual_tie_is_an_arc_each_way() -> None:
    """METHOD 7: "A mutual tie is an arc each way"; if every channel is mutual: undirected."""
    network = Network.from_map(small())
    assert arcs(network) == [("a", "b", 4), ("b", "a", 4)]
    assert not network.directed
    one_way = {"source": "b", "target": "c", "mutual": False, "strength": 1}
    network = Network.from_map(small().with_tie(**one_way))
    assert arcs(network) == [("a", "b", 4), ("b", "a", 4), ("b", "c", 1)]
    assert network.directed


@pytest.mark.parametrize(
    "left_out",
    [
        {"quality": "strained"},
        {"quality": "broken"},
        {"needed": True},
        {"kind": "conflict"},
        {"until": "2025-12-31"},
        {"since": "2026-03-02"},
    ],
)
def test_only_channels_count(left_out: dict[str, Any]) -> None:
    """METHOD 7: ties in force "that are not strained, broken, needed or of kind conflict"."""
    kart = small(date="2026-03-01", ties=[{"source": "a", "target": "b", **left_out}])
    assert arcs(Network.from_map(kart)) == []


def test_the_strongest_channel_counts() -> None:
    """METHOD 7: "Several channels from u to v: the strongest counts"."""
    kart = small().with_tie(source="a", target="b", kind="referral", strength=5, mutual=False)
    assert arcs(Network.from_map(kart)) == [("a", "b", 5), ("b", "a", 4)]


@pytest.mark.parametrize(
    ("scale", "known", "expected"),
    [
        ((1, 5), [1, 1], 3),
        ((1, 4), [], 2.5),
        ((0.1, 0.2), [], 0.15),
        (None, [2, 7, 100], 7),
        (None, [0.1, 0.2], 0.15),
        (None, [], 1),
    ],
)
def test_unknown_strengths(scale: Any, known: list[float], expected: float) -> None:
    """METHOD 7: "the middle of the scale (open-ended scale: the median)"."""
    channels = [Channel("a", f"x{place}", value) for place, value in enumerate(known)]
    ids = {"a", "b"} | {tie.target for tie in channels}
    network = Network.from_channels(ids, [*channels, Channel("a", "b")], scale=scale)
    assert network.tie_strengths[-1] == expected
    assert network.tie_unknown.tolist() == [False] * len(known) + [True]
    assert network.unknown.sum() == 2


def test_order_in_the_file_changes_nothing() -> None:
    """INTERFACES of the arrays: sorted by id, arcs by tail and head."""
    dice = random.Random(1)  # noqa: S311 - a fair die, not a secret
    actors = [Actor(id=letter) for letter in "abcdefgh"]
    ties = [
        Tie(source=one, target=other, strength=dice.randint(1, 5), kind=kind, mutual=one < "d")
        for one in "abcdef"
        for other in "gh"
        for kind in ("contact", "referral")
    ]
    expected = Network.from_map(ActorMap(actors=actors, ties=ties))
    for _ in range(5):
        dice.shuffle(actors)
        dice.shuffle(ties)
        turned = [
            tie.model_copy(update={"source": tie.target, "target": tie.source})
            if tie.mutual and dice.random() < 0.5
            else tie
            for tie in ties
        ]
        found = Network.from_map(ActorMap(actors=actors, ties=turned))
        for name in ("tails", "heads", "strengths", "tie_strengths", "arc_ties", "arc_offsets"):
            assert np.array_equal(getattr(found, name), getattr(expected, name)), name


def told_one_by_one(
    channels: list[Channel], scale: tuple[float, float] | None
) -> tuple[dict[tuple[str, str], set[int]], dict[tuple[str, str], float]]:
    """Return which channels are behind each arc, and how strong it is, as METHOD 7 says it."""
    every: dict[tuple[str, str], list[int]] = {}
    for number, one in enumerate(channels):
        for arc in [(one.source, one.target), (one.target, one.source)][: 1 + one.mutual]:
            every.setdefault(arc, []).append(number)
    behind, strengths = {}, {}
    known = [one.strength for one in channels if one.strength is not None]
    middle = sum(scale) / 2 if scale else median(known or [1])
    for arc, numbers in every.items():
        back = every.get(arc[::-1], [])
        judged = [n for n in numbers if channels[n].strength is not None]
        judged = judged or [n for n in back if channels[n].strength is not None]
        behind[arc] = set(judged or numbers[:1])
        strengths[arc] = max((channels[n].strength or middle for n in judged), default=middle)
    return behind, strengths


@settings(max_examples=100, deadline=None)
@given(
    channels=st.lists(
        st.builds(
            lambda ends, strength, mutual: Channel(ends[0], ends[1], strength, mutual),
            st.permutations("abcde").map(lambda ids: ids[:2]),
            st.sampled_from([None, None, 1, 2.5, 4]),
            st.booleans(),
        ),
        max_size=12,
    ),
    scale=st.sampled_from([(1, 5), (1.5, 2.5), None]),
)
def test_columns_say_what_channels_say_one_by_one(
    channels: list[Channel], scale: tuple[float, float] | None
) -> None:
    network = Network.from_channels("cedab", channels, scale=scale)
    behind, strengths = told_one_by_one(channels, scale)
    ends = [
        (network.ids[t], network.ids[h]) for t, h in zip(network.tails, network.heads, strict=True)
    ]
    assert ends == sorted(behind)
    assert dict(zip(ends, network.strengths.tolist(), strict=True)) == strengths
    offsets = [*network.arc_offsets.tolist(), len(network.arc_ties)]
    for arc, (begin, end) in zip(ends, pairwise(offsets), strict=True):
        assert network.arc_ties[begin:end].tolist() == sorted(behind[arc])
    assert network.directed == any(
        strengths.get((other, one)) != strengths[one, other] for one, other in ends
    )
    both_ways = {arc for c in channels if c.mutual for arc in [c[:2], c[1::-1]]}
    assert network.all_mutual == (both_ways == set(ends))


def test_a_channel_to_a_stranger() -> None:
    with pytest.raises(UnknownActor, match="fastlege"):
        Network.from_channels(["fastlege"], [Channel("fastlege", "fastlegen")])


def test_empty() -> None:
    network = Network.from_map(ActorMap())
    assert network.ids == ()
    assert network.starts.tolist() == [0]
    assert network.lengths().values.tolist() == []
    assert repr(network) == "Network(0 actors, 0 arcs, undirected)"


# --- lengths


def lengths(strengths: list[float], alpha: float) -> tuple[list[int], float, int]:
    ids = [f"{place:03}" for place in range(len(strengths) + 1)]
    chain = Network.from_channels(
        ids,
        (Channel(*ends, mutual=False) for ends in zip(ids, ids[1:], strengths, strict=False)),
        scale=None,
    )
    found = chain.lengths(alpha)
    return found.values.tolist(), found.scale, found.tolerance


def test_whole_lengths_are_as_small_as_can_be() -> None:
    """METHOD 7: "Take strengths as exact decimals. Where α is an integer … use them: exact"."""
    assert lengths([1, 2, 3, 4, 5], 1) == ([60, 30, 20, 15, 12], 60, 0)
    assert lengths([1, 2], 2) == ([4, 1], 4, 0)
    assert lengths([3, 559, 0.1], 0) == ([1, 1, 1], 1, 0)
    assert lengths([0.1, 0.2, 0.3], 1) == ([6, 3, 2], 0.6, 0)
    assert lengths([5, 5], 1) == ([1, 1], 5, 0)


@pytest.mark.parametrize("alpha", [0.5, 1.5])
def test_other_lengths_are_scaled(alpha: float) -> None:
    """METHOD 7: "round(S·s^−α) with S the largest power of two ≤ 2^62/(n·max s^−α)"."""
    values, scale, tolerance = lengths([2, 8, 559], alpha)
    n = 4
    assert tolerance == n
    assert scale * n * 2**-alpha <= 2**62 < 2 * scale * n * 2**-alpha
    for value, strength in zip(values, [2, 8, 559], strict=True):
        assert value / scale == pytest.approx(strength**-alpha, rel=1e-12)


def test_lengths_too_large_to_be_exact_are_scaled() -> None:
    primes = [101.0, 103, 107, 109, 113, 127, 131, 137, 139, 149, 151]
    values, scale, tolerance = lengths(primes, 1)
    assert tolerance == len(primes) + 1
    assert [value / scale * prime for value, prime in zip(values, primes, strict=True)] == (
        pytest.approx([1] * len(primes))
    )


def test_strengths_too_far_apart_are_refused() -> None:
    """METHOD 7: "refuse if the smallest length ≤ 4n"."""
    with pytest.raises(InvalidMap, match="too far apart") as caught:
        lengths([1e-9, 1e10], 1.5)
    assert caught.value.problems[0].place.path == ("ties",)
    assert "langt fra hverandre" in caught.value.text("nb")


@pytest.mark.parametrize("strengths", [[1e-300, 1], [1e300, 1e299], [5e-324]])
def test_strengths_that_would_overflow_are_refused(strengths: list[float]) -> None:
    with pytest.raises(InvalidMap):
        lengths(strengths, 3)


@pytest.mark.parametrize("alpha", [-1, 11, float("nan"), float("inf")])
def test_alpha_has_a_range(alpha: float) -> None:
    with pytest.raises(InvalidMap, match="Alpha cannot be"):
        lengths([1, 2], alpha)


@settings(max_examples=60, deadline=None)
@given(
    strengths=st.lists(st.integers(1, 2000).map(lambda cents: cents / 100), min_size=1, max_size=8),
    alpha=st.sampled_from([0, 0.5, 1, 1.5, 2, 3]),
)
def test_lengths_keep_the_ratios(strengths: list[float], alpha: float) -> None:
    values, scale, tolerance = lengths(strengths, alpha)
    assert min(values) > 4 * tolerance
    assert sum(values) <= 2**62
    for value, strength in zip(values, strengths, strict=True):
        # A length is rounded to the nearest whole number, so it is half of one off at most.
        assert value / scale == pytest.approx(strength**-alpha, rel=1e-12, abs=0.5 / scale)
