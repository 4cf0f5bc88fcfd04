"""QAP: METHOD 6 and 9, ACCEPTANCE A18."""

from __future__ import annotations

import itertools
import pickle
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import aktorkart as ak
from aktorkart.comparison import compare
from aktorkart.i18n import LANGUAGES
from aktorkart.network import qap as qap_module
from aktorkart.network import shuffles
from aktorkart.network.network import Channel, Network
from aktorkart.network.qap import qap
from aktorkart.network.shuffles import PERMUTATIONS, all_tried, orders
from aktorkart.strategies import actor_maps
from maps_of import MODEST, cases, first, tie

PAIRS = ["01", "02", "03", "04", "12", "13", "14", "23", "24", "34"]


def drawn(strengths: str) -> Network:
    """Draw A18's networks: a digit for each pair, 0 for no channel."""
    channels = [
        Channel(pair[0], pair[1], float(digit))
        for pair, digit in zip(PAIRS, strengths, strict=True)
        if digit != "0"
    ]
    return Network.from_channels("01234", channels)


def test_equal_bits_leave_who_comes_first_first() -> None:
    """No machine is to sort them in another way."""
    bits = np.random.default_rng(1).integers(0, 9, (40, 60)).astype(np.uint64)
    apart = np.random.PCG64(1).random_raw((40, 60))
    for drawn_ in (bits, apart):
        assert np.array_equal(shuffles._order(drawn_), np.argsort(drawn_, axis=1, kind="stable"))  # noqa: SLF001


def test_a18() -> None:
    """A18: "r = .8781; 5 of the 120 permutations are at least as high, p = 5/120 = .0417"."""
    found = qap(drawn("5310400213"), drawn("4321500102"))
    assert found.correlation == pytest.approx(0.8781, abs=5e-5)
    assert found.p == 5 / 120
    assert (found.n, found.permutations, found.exact) == (5, 120, True)
    assert not found.tested  # METHOD 6: "said from 6 actors with data on"


def square(network: Network, ids: list[str]) -> Any:
    found = np.zeros((len(ids), len(ids)))
    for tail, head, strength in zip(
        network.tails.tolist(), network.heads.tolist(), network.strengths.tolist(), strict=True
    ):
        ends = network.ids[tail], network.ids[head]
        if set(ends) <= set(ids):
            found[ids.index(ends[0]), ids.index(ends[1])] = strength
    return found


def by_hand(one: Network, other: Network) -> tuple[float, float] | None:
    """Correlate all ordered pairs under all permutations, with numpy's own correlation."""
    ids = sorted(set(one.ids) & set(other.ids))
    left, right = square(one, ids), square(other, ids)
    off = ~np.eye(len(ids), dtype=bool)
    if len(ids) < 2 or len(set(left[off])) < 2 or len(set(right[off])) < 2:
        return None
    found = [
        np.corrcoef(left[off], right[np.ix_(order, order)][off])[0, 1]
        for order in itertools.permutations(range(len(ids)))
    ]
    return float(found[0]), float(np.mean(np.array(found) >= found[0] - 1e-9))


@st.composite
def networks(draw: st.DrawFn) -> Network:
    ids = draw(st.lists(st.sampled_from("abcde"), unique=True, max_size=5))
    ends = st.permutations(ids).map(lambda order: order[:2])
    ties = st.builds(
        lambda pair, strength, mutual: Channel(pair[0], pair[1], strength, mutual),
        ends,
        st.sampled_from([None, 0.1, 1.0, 2.5, 3.0, 5.0]),
        st.booleans(),
    )
    channels = draw(st.lists(ties, max_size=7)) if len(ids) > 1 else []
    return Network.from_channels(ids, channels)


@given(one=networks(), other=networks())
@settings(max_examples=150, deadline=None)
def test_it_is_what_brute_force_gives(one: Network, other: Network) -> None:
    found, wanted = qap(one, other), by_hand(one, other)
    assert found == qap(other, one)
    if wanted is None:
        assert (found.correlation, found.p) == (None, None)
        assert found.reason == ("too_few_shared" if found.n < 2 else "all_alike")
        return
    assert found.correlation == pytest.approx(wanted[0], abs=1e-9)
    assert found.p == pytest.approx(wanted[1])
    assert found.reason is None


@given(one=actor_maps(), other=actor_maps())
@MODEST
def test_any_two_maps(one: ak.ActorMap, other: ak.ActorMap) -> None:
    found = qap(one, other)
    assert found == qap(other, one)
    assert (found.correlation is None) == (found.p is None) == (found.reason is not None)
    if found.correlation is not None and found.p is not None:
        assert -1 <= found.correlation <= 1
        assert 1 / found.permutations <= found.p <= 1
    same = qap(one, one)
    assert same.correlation is None or same.correlation == pytest.approx(1)


def ring(n: int, *more: Channel) -> Network:
    channels = [Channel(f"{i:02}", f"{(i + 1) % n:02}", 1 + i % 5) for i in range(n)]
    return Network.from_channels([f"{i:02}" for i in range(n)], [*channels, *more])


def test_many_actors_are_shuffled_with_a_seed() -> None:
    """METHOD 6: "else 5 000 seeded, the identity included"."""
    one, other = ring(12), ring(12, Channel("00", "05", 4))
    found = qap(one, other)
    assert (found.permutations, found.exact) == (PERMUTATIONS, False)
    assert found.p == 1 / PERMUTATIONS
    assert found == qap(one, other)
    assert found.correlation is not None
    turned = Network.from_channels(one.ids, [Channel("00", "06", 3)])
    rare = qap(one, turned)
    # A single tie that the ring has not: any shuffle is as high.
    assert rare.p == 1
    assert rare.correlation is not None
    assert rare.correlation < 0


def test_orders_begin_with_the_one_that_changes_nothing() -> None:
    for n in (0, 1, 3, 8, 9, 40):
        rows = np.concatenate([*orders(n, looked_up=100_000)])
        assert rows[0].tolist() == list(range(n))
        assert (np.sort(rows, axis=1) == np.arange(n)).all()
        every = len(list(itertools.permutations(range(n)))) if all_tried(n) else PERMUTATIONS
        assert len(rows) == every
        if all_tried(n):
            assert len({*map(tuple, rows.tolist())}) == every
        assert (rows == np.concatenate([*orders(n, looked_up=1)])).all()


def test_what_is_too_large_for_a_square_is_looked_up(monkeypatch: pytest.MonkeyPatch) -> None:
    one, other = ring(9, Channel("00", "04", 5, mutual=False)), ring(9, Channel("02", "06", 3))
    found = qap(one, other)
    monkeypatch.setattr(qap_module, "_LARGEST_SQUARE", 0)
    assert qap(one, other) == found


def test_strengths_of_any_size_do_not_overflow() -> None:
    def counted(*strengths: float) -> Network:
        ends = zip("abc", "bca", strict=True)
        channels = [Channel(*pair, s) for pair, s in zip(ends, strengths, strict=True)]
        return Network.from_channels("abcd", channels, scale=None)

    large, small = counted(1e300, 2e300, 3e300), counted(1e-300, 2e-300, 3e-300)
    assert qap(large, small) == qap(counted(1, 2, 3), counted(1, 2, 3))


def circle(n: int, **strengths: float) -> ak.ActorMap:
    actors = [ak.Actor(id=f"a{i}") for i in range(n)]
    ties = [
        tie(f"a{i}", f"a{(i + 1) % n}", strength=strengths.get(f"a{i}", 1 + i % 5))
        for i in range(n)
    ]
    return ak.ActorMap(actors=actors, ties=ties)


def test_a_change_says_it_from_six_actors_on() -> None:
    for n, said in ((5, False), (6, True)):
        change = compare(circle(n), circle(n, a0=2))
        assert change.qap == qap(change.before, change.after)
        assert ("alike" in cases(change.findings)) == said
    found = first(change.findings, "alike")
    assert found.numbers["correlation"] == change.qap.correlation
    assert found.numbers["p"] == change.qap.p
    assert found.numbers["n"] == 6
    assert {found.text(lang) for lang in LANGUAGES} <= {
        *"\n".join(map(change.text, LANGUAGES)).split("\n")
    }
    assert pickle.loads(pickle.dumps(change)).qap == change.qap  # noqa: S301 - our own


def test_actors_without_channels_are_no_data() -> None:
    """METHOD 6: "from 6 actors with data on"."""

    def with_idle(kart: ak.ActorMap) -> ak.ActorMap:
        for id_ in ("x", "y", "z"):
            kart = kart.with_actor(id=id_)
        return kart

    change = compare(with_idle(circle(5)), with_idle(circle(5, a0=2)))
    assert (change.qap.n, change.qap.active) == (8, 5)
    assert not {"alike", "unlike"} & {*cases(change.findings)}


def test_no_more_alike_than_chance() -> None:
    other = ak.ActorMap(actors=circle(7).actors, ties=[tie("a0", "a3", strength=5)])
    change = compare(circle(7), other)
    assert first(change.findings, "unlike").numbers["p"] == change.qap.p == 1


def test_roles_change_nothing_but_names() -> None:
    before, after = (
        ak.examples.user_network(),
        ak.examples.user_network().with_tie(
            source="nav", target="koordinator", kind="information", strength=3
        ),
    )
    change = compare(before, after)
    assert change.shown(names=False).qap == change.qap


@pytest.mark.parametrize("wrong", ["kart.yaml", None, [1]])
def test_something_else_is_refused(wrong: Any) -> None:
    with pytest.raises(ak.WrongArgument):
        qap(wrong, ak.ActorMap())
