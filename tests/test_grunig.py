"""METHOD 3 and 4: all analyses of stakeholders together."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

import aktorkart as ak
from aktorkart.grunig import (
    communication,
    communication_plan,
    cooperation,
    influence,
    linkages,
    priorities,
    publics,
    salience,
)
from aktorkart.i18n import LANGUAGES
from aktorkart.strategies import actor_maps

ANALYSES: tuple[Any, ...] = (
    linkages,
    publics,
    communication,
    salience,
    influence,
    cooperation,
    priorities,
)


def everything(kart: ak.ActorMap) -> list[Any]:
    return [analysis(kart) for analysis in ANALYSES]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(actor_maps())
def test_every_map_gets_its_sentences_and_tables(kart: ak.ActorMap) -> None:
    """The order of the file never changes a result, and nothing raises on a valid map."""
    other = kart.with_(actors=kart.actors[::-1], ties=kart.ties[::-1])
    for found, again in zip(everything(kart), everything(other), strict=True):
        assert found.rows == again.rows
        assert found.findings == again.findings
        for lang in LANGUAGES:
            assert [one.text(lang) for one in found.findings] == [
                one.text(lang) for one in again.findings
            ]
            assert found.table(lang) == again.table(lang)
    assert len(communication_plan(kart).to_csv().splitlines()) > 0


def test_empty_maps_are_unknown_everywhere() -> None:
    for found in everything(ak.ActorMap()):
        assert [one.level for one in found.findings] == ["unknown"]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", ["user_network", "municipal_service"])
def test_the_examples_are_said_in_every_language(name: str, lang: str) -> None:
    kart = ak.examples.read(name)
    for found in everything(kart):
        for finding in found.findings:
            said = finding.text(lang)
            assert said.endswith(".")
            assert not set("{}") & set(said)
        assert found.table(lang).to_text()
