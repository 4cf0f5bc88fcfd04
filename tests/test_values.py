"""Results behave as values: they go to another process and back, and can be copied."""

from __future__ import annotations

import copy
import pickle
from concurrent.futures import ProcessPoolExecutor
from typing import Any

import pytest

import aktorkart as ak


def numbers(m: ak.Measures) -> Any:
    return m.table().to_records(), m.density, dict(m.centralization), m.ranking("degree")


@pytest.mark.parametrize("used", [True, False])
def test_measures_go_there_and_back(*, used: bool) -> None:
    m = ak.measures(ak.examples.user_network())
    expected = numbers(ak.measures(ak.examples.user_network()))
    if used:
        assert numbers(m) == expected
        assert m.communities
        assert m.cohesion
    for again in (pickle.loads(pickle.dumps(m)), copy.deepcopy(m), copy.copy(m)):  # noqa: S301 - our own bytes
        assert numbers(again) == expected


def test_a_layout_is_a_value() -> None:
    places = ak.layout(ak.examples.kite())
    for again in (pickle.loads(pickle.dumps(places)), copy.deepcopy(places)):  # noqa: S301
        assert again == places
        assert hash(again) == hash(places)
    assert len({places, ak.layout(ak.examples.kite())}) == 1


def test_a_pool_of_processes_returns_them() -> None:
    kart = ak.examples.kite()
    with ProcessPoolExecutor(1) as pool:
        assert pool.submit(ak.measures, kart).result()["7"].betweenness == pytest.approx(7 / 18)
        assert pool.submit(ak.layout, kart).result() == ak.layout(kart)


@pytest.mark.parametrize("wrong", ["kart.yaml", [], None, {}])
def test_measures_and_layouts_are_of_maps(wrong: Any) -> None:
    for made in (ak.measures, ak.layout):
        with pytest.raises(ak.WrongArgument, match="ActorMap"):
            made(wrong)
    if wrong is not None:
        with pytest.raises(ak.WrongArgument, match="ActorMap"):
            ak.layout(ak.examples.kite(), like=wrong)


def test_options_that_cannot_be_are_said() -> None:
    kart = ak.examples.kite()
    m = ak.measures(kart)
    with pytest.raises(ak.WrongArgument, match="at least 0"):
        m.ranking("degree", draws=-1)
    with pytest.raises(ak.UnknownName):
        m.ei_index(by="lines")
    with pytest.raises(ak.UnknownName):
        ak.measures(kart, group=3)  # type: ignore[arg-type]
    with pytest.raises(ak.InvalidMap, match="Alpha"):
        ak.measures(kart, alpha="1")  # type: ignore[arg-type]
