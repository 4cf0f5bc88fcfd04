"""What protects a person survives tables, frames and graphs."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any

import networkx as nx
import pandas as pd
import pytest
from hypothesis import given

import aktorkart as ak
from aktorkart.files import load
from aktorkart.files.about import read, written
from aktorkart.strategies import actor_maps

if TYPE_CHECKING:
    from pathlib import Path

AROUND = ak.ActorMap(
    title="Rundt Kari",
    scope="individual",
    focal="kari",
    date="2026-03-01",
    lang="nn",
    strength_scale=None,
    consent=ak.Consent(given="2026-02", seen_by=["nav"], covers=[], until="2027-02-28"),
    needs=["nav", "housing"],
    actors=[ak.Actor(id="kari", kind="user"), ak.Actor(id="nav", kind="nav")],
    ties=[ak.Tie(source="kari", target="nav", strength=12)],
    tags={"saksnummer": "0301", "antall": 4},
)


def test_a_third_file_says_what_the_map_is(tmp_path: Path) -> None:
    assert ak.write(AROUND, tmp_path / "kart.csv", consent="ignore") == ()
    assert ak.read(tmp_path / "kart.csv") == AROUND
    for name in ("kart_actors.csv", "kart_ties.csv", "kart_map.csv"):
        assert ak.read(tmp_path / name) == AROUND
    assert load(tmp_path / "kart.csv").files == tuple(
        str(tmp_path / name) for name in ("kart_actors.csv", "kart_ties.csv", "kart_map.csv")
    )
    rows = (tmp_path / "kart_map.csv").read_text("utf-8-sig").splitlines()
    assert rows[0] == "field;value"
    assert "consent.covers;none" in rows
    assert "strength_scale;none" in rows


def test_as_excel_saves_it_again(tmp_path: Path) -> None:
    ak.write(AROUND, tmp_path / "kart.csv", consent="ignore")
    about = tmp_path / "kart_map.csv"
    mangled = about.read_text("utf-8-sig").replace("2026-03-01", "01.03.2026")
    about.write_bytes(mangled.replace("\n", ";\n").encode("cp1252"))
    assert ak.read(tmp_path / "kart.csv") == AROUND


def test_mistakes_are_told_with_their_row(tmp_path: Path) -> None:
    (tmp_path / "kart_actors.csv").write_text("id\nnav\n", "utf-8")
    (tmp_path / "kart_ties.csv").write_text("source,target\n", "utf-8")
    (tmp_path / "kart_map.csv").write_text(
        "field,value\nscop,individual\nscope,personal\nfocal,kari\nfocal,nav\n"
        "consent.given,yesterday\nstrength_scale,1\n",
        "utf-8",
    )
    with pytest.raises(ak.InvalidMap) as caught:
        ak.read(tmp_path / "kart.csv")
    found = {problem.place.row: problem for problem in caught.value.problems}
    assert sorted(found, key=str) == [2, 3, 4, 5, 6, 7]
    assert found[2].guesses == ("scope",)
    assert found[5].code == "field_twice"
    assert {problem.place.file for problem in found.values()} == {str(tmp_path / "kart_map.csv")}


@given(actor_maps())
def test_what_protects_is_read_again(kart: ak.ActorMap) -> None:
    content, _, problems = read(
        [(number, name, value) for number, (name, value) in enumerate(written(kart)) if value]
    )
    assert not problems
    again = ak.ActorMap(
        **content | {"actors": kart.actors, "kinds": kart.kinds, "issues": kart.issues}
    )
    for name in ("scope", "focal", "date", "lang", "strength_scale", "needs", "discharge"):
        assert getattr(again, name) == getattr(kart, name)


ONE_USER = [ak.Actor(id="kari", kind="user"), ak.Actor(id="nav", kind="nav")]
TWO_USERS = [*ONE_USER, ak.Actor(id="per", kind="user")]


@pytest.mark.parametrize(
    ("rows", "scope"),
    [
        ("kari;bruker\nnav;NAV", "individual"),
        ("kari;user\nper;bruker", "service"),
        ("dps;dps\nnav;NAV", "service"),
    ],
)
def test_a_sheet_with_one_user_is_taken_as_one_persons(
    rows: str, scope: str, tmp_path: Path
) -> None:
    (tmp_path / "kart_actors.csv").write_text(f"id;type\n{rows}\n", "utf-8")
    (tmp_path / "kart_ties.csv").write_text("fra;til\n", "utf-8")
    loaded = load(tmp_path / "kart.csv")
    assert loaded.kart.scope == scope
    told = [note.code for note in loaded.notes]
    assert told == (["taken_as_individual"] if scope == "individual" else [])
    (tmp_path / "kart_map.csv").write_text("field;value\nscope;service\n", "utf-8")
    assert load(tmp_path / "kart.csv").kart.scope == "service"


def test_frames_carry_it() -> None:
    for backend in ("pandas", "pyarrow"):
        assert ak.from_frames(*ak.to_frames(AROUND, backend=backend)) == AROUND
    actors, ties = ak.to_frames(AROUND)
    assert ak.from_frames(actors[actors["id"] != "x"].copy(), ties) == AROUND
    assert ak.from_frames(actors, ties, scope="service").scope == "service"
    for backend in ("polars", "modin", "cudf"):
        with pytest.raises(ak.UnsupportedFile):
            ak.to_frames(AROUND, backend=backend)


@pytest.mark.parametrize("name", ak.examples.names())
def test_frames_and_graphs_go_there_and_back(name: str) -> None:
    kart = ak.examples.read(name)
    assert ak.from_networkx(ak.to_networkx(kart)) == kart
    again = ak.from_frames(*ak.to_frames(kart))
    for field in ("scope", "consent", "title", "issues", "kinds", "goals", "positions", "tags"):
        assert getattr(again, field) == getattr(kart, field)


def test_frames_and_graphs_with_one_user_and_no_word_of_scope_warn() -> None:
    def of_frame(actors: list[ak.Actor], **fields: Any) -> ak.ActorMap:
        told = [{"id": one.id, "kind": one.kind} for one in actors]
        return ak.from_frames(
            pd.DataFrame(told), pd.DataFrame({"source": [], "target": []}), **fields
        )

    def of_graph(actors: list[ak.Actor], **fields: Any) -> ak.ActorMap:
        graph: nx.Graph[str] = nx.Graph(**fields)
        graph.add_nodes_from((one.id, {"kind": one.kind}) for one in actors)
        return ak.from_networkx(graph)

    for make in (of_frame, of_graph):
        with pytest.warns(ak.MapNote, match="one user"):
            assert make(ONE_USER).scope == "individual"
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            assert make(ONE_USER, scope="service").scope == "service"
            assert make(TWO_USERS).scope == "service"


def test_a_cell_that_no_spreadsheet_holds_is_refused_before_anything_is_written(
    tmp_path: Path,
) -> None:
    kart = ak.ActorMap(actors=[ak.Actor(id="nav", note="x" * 40_000)], note="y" * 40_000)
    ak.write(ak.ActorMap(actors=[ak.Actor(id="nav")]), tmp_path / "kart.csv")
    before = {file: file.read_bytes() for file in tmp_path.iterdir()}
    with pytest.raises(ak.UnwritableFile) as caught:
        ak.write(kart, tmp_path / "kart.csv")
    assert {problem.code for problem in caught.value.problems} == {"cell_too_long"}
    assert {file: file.read_bytes() for file in tmp_path.iterdir()} == before
