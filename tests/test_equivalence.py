"""Structural equivalence against numpy, and what it must not depend on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings

from aktorkart.errors import UnknownActor, UnknownName, WrongArgument
from aktorkart.i18n import LANGUAGES
from aktorkart.network.equivalence import Equivalence
from aktorkart.network.measures import measures
from aktorkart.network.network import Channel, Network
from aktorkart.strategies import actor_maps
from test_measures import networks

if TYPE_CHECKING:
    from aktorkart.model import ActorMap


def profiles(network: Network, one: int, other: int) -> tuple[np.ndarray, np.ndarray]:
    """Take rows and columns of the whole matrix, without the pair's own cells."""
    n = len(network.ids)
    matrix = np.zeros((n, n))
    matrix[network.tails, network.heads] = network.strengths
    rest = [k for k in range(n) if k not in {one, other}]
    first, second = (np.r_[matrix[k, rest], matrix[rest, k]] for k in (one, other))
    return first, second


@settings(max_examples=60, deadline=None)
@given(network=networks)
def test_agrees_with_numpy(network: Network) -> None:
    found = Equivalence(network)
    for one, name in enumerate(network.ids):
        for other, second in enumerate(network.ids[:one]):
            mine, yours = profiles(network, one, other)
            value = found.correlation(name, second)
            if not len(mine) or np.ptp(mine) == 0 or np.ptp(yours) == 0:
                assert value is None
            else:
                assert value == pytest.approx(np.corrcoef(mine, yours)[0, 1], abs=1e-12)


@settings(max_examples=30, deadline=None)
@given(kart=actor_maps())
def test_any_map_and_either_order(kart: ActorMap) -> None:
    m = measures(kart)
    found = m.structural_equivalence()
    assert m.structural_equivalence() is found
    for one in m:
        ranked = found.most_alike(one)
        values = [other.correlation for other in ranked]
        assert values == sorted(values, reverse=True)
        for other in ranked:
            assert -1 <= other.correlation <= 1
            assert found.correlation(other.actor, one) == other.correlation
    assert len(found.table()) == m.n * (m.n - 1) // 2


def test_the_same_others_as_strong_are_one_exactly() -> None:
    ties = [
        Channel(a, b, strength)
        for a in "ab"
        for b, strength in (("x", 0.1), ("y", 0.3), ("z", 0.7))
    ]
    found = Equivalence(Network.from_channels("abxyz", [*ties, Channel("a", "b", 1)]))
    assert found.correlation("a", "b") == 1.0
    assert found.most_alike("a")[0].actor == "b"


def test_the_pairs_own_tie_makes_no_difference() -> None:
    ties = [Channel("a", "c", 2), Channel("b", "c", 2), Channel("b", "d", 1, mutual=False)]
    without = Equivalence(Network.from_channels("abcd", ties))
    tied = Equivalence(Network.from_channels("abcd", [*ties, Channel("a", "b", 5)]))
    assert without.correlation("a", "b") == tied.correlation("a", "b") == pytest.approx(3 / 11**0.5)


def test_who_stands_alike_to_all_others_has_none() -> None:
    """METHOD 4: undefined is not zero."""
    found = Equivalence(Network.from_channels("abcd", [Channel("a", "b", 1), Channel("a", "c", 1)]))
    assert found.correlation("d", "a") is None  # nobody at all
    assert found.most_alike("d") == ()
    assert found.table(lang="en").rows[-1][2] is None
    assert repr(found) == "Equivalence(4 actors)"


def test_the_table_begins_with_those_most_alike() -> None:
    network = Network.from_channels("abc", [Channel("a", "b", 1, mutual=False)])
    for lang in LANGUAGES:
        table = Equivalence(network).table(lang=lang)
        assert [column.key for column in table.columns] == ["actor", "other", "correlation"]
        assert len({column.title for column in table.columns}) == 3
    star = Network.from_channels("abcd", [Channel("a", "b", 3), Channel("c", "b", 3)])
    first = Equivalence(star).table().rows[0]
    assert first == ("a", "c", 1.0)


def test_who_is_not_there_is_said() -> None:
    found = Equivalence(Network.from_channels(["nav", "dps"], []))
    with pytest.raises(UnknownActor, match="nav"):
        found.correlation("naw", "dps")
    with pytest.raises(WrongArgument):
        found.correlation("nav", "nav")
    with pytest.raises(UnknownName):
        found.table(lang="da")
