"""The rules for tables are the same for frames and graphs."""

from __future__ import annotations

from typing import Any

import networkx as nx
import numpy as np
import pandas as pd
import pytest

from aktorkart.files import load


@pytest.mark.parametrize("missing", [None, np.nan, pd.NA, pd.NaT, "", " "])
def test_missing_in_frames_and_graphs(missing: Any) -> None:
    people = pd.DataFrame(
        {"id": ["a", "b"], "name": ["A", missing], "power": [2, missing], "by": [missing, "Oslo"]},
        dtype=object,
    )
    pairs = pd.DataFrame(
        {"fra": ["a"], "til": ["b"], "siden": [missing], "styrke": [missing]}, dtype=object
    )
    graph: nx.Graph[str] = nx.Graph()
    graph.add_node("a", name="A", power=2, by=missing)
    graph.add_node("b", name=missing, power=missing, by="Oslo")
    graph.add_edge("a", "b", since=missing, strength=missing)
    for source in ((people, pairs), graph):
        kart = load(source).kart
        assert [one.model_dump(exclude_defaults=True) for one in kart.actors] == [
            {"id": "a", "name": "A", "power": 2},
            {"id": "b", "tags": {"by": "Oslo"}},
        ]
        assert kart.ties[0].model_dump(exclude_defaults=True) == {"source": "a", "target": "b"}


def test_whole_numbers_that_a_gap_has_made_floats() -> None:
    frames = (
        pd.DataFrame({"id": [102.0, 103.0], "kommune": [301.0, np.nan]}),
        pd.DataFrame({"source": [102], "target": [103], "since": [2019.0]}),
    )
    kart = load(frames).kart
    assert [one.id for one in kart.actors] == ["102", "103"]
    assert repr(kart["102"].tags["kommune"]) == "301"
    assert kart.ties[0].since == "2019"


def test_own_kinds_are_declared() -> None:
    pairs = pd.DataFrame({"fra": ["a"], "til": ["b"], "type": ["E-post"]})
    graph = nx.Graph([("a", "b", {"kind": "E-post"})])
    for source in ((None, pairs), graph):
        again = load(source)
        assert (again.kart.ties[0].kind, set(again.kart.tie_kinds)) == ("E-post", {"E-post"})
        assert "kinds_declared" in {note.code for note in again.notes}
