"""Networks of Pajek: what others write is read right, and what we write comes back or is told."""

from __future__ import annotations

import io
import time
from typing import TYPE_CHECKING, Any

import igraph
import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import aktorkart as ak
from aktorkart.errors import AktorkartError, InvalidMap
from aktorkart.files.decoding import File
from aktorkart.files.pajek import dump, load
from aktorkart.files.pajek.reading import MOST_ACTORS, draft
from aktorkart.i18n import LANGUAGES
from aktorkart.strategies import actor_maps
from refused import read_or_refused

if TYPE_CHECKING:
    from pathlib import Path

    from aktorkart.files.formats import Loaded
    from aktorkart.model import ActorMap

CASE = """*Vertices 5
1 "Fast legen" 0.1 0.5 0.5 ic Red
2 "NAV, Fjordvik & co" 0.2 0.2 0.5
3 "" 0.3 0.1 0.5
4 "Fastlege"
5 "Fastlege"
*Arcs
1 2 3
*Edges
1 4 2
3 5 1
"""


def loaded(text: str | bytes, **options: Any) -> Loaded:
    data = text.encode() if isinstance(text, str) else text
    return load(File("kart.net", data), ak.files.sheets.Reading(**options))


def ties(kart: ActorMap) -> list[tuple[str, str, bool, float | None, str]]:
    return [(tie.source, tie.target, tie.mutual, tie.strength, tie.kind) for tie in kart.ties]


def codes(found: Loaded) -> list[str]:
    return [note.code for note in found.notes]


def problems_of(text: str) -> list[Any]:
    with pytest.raises(InvalidMap) as caught:
        loaded(text)
    for lang in LANGUAGES:
        assert "kart.net" in caught.value.text(lang)
    return list(caught.value.problems)


def test_labels_empty_equal_and_with_commas_arcs_beside_edges() -> None:
    """Equal labels stay apart, an empty one is the number, and each line keeps its direction."""
    found = loaded(CASE)
    kart = found.kart
    assert [(one.id, one.label) for one in kart.actors] == [
        ("1", "Fast legen"),
        ("2", "NAV, Fjordvik & co"),
        ("3", "3"),
        ("4", "Fastlege"),
        ("5", "Fastlege"),
    ]
    assert ties(kart) == [
        ("1", "2", False, 3.0, "contact"),
        ("1", "4", True, 2.0, "contact"),
        ("3", "5", True, 1.0, "contact"),
    ]
    assert codes(found) == ["looks_left_out", "alike"]
    # Higher up on the page in Pajek is a smaller y.
    assert kart.positions["3"][1] > kart.positions["2"][1] > kart.positions["1"][1]
    assert kart.positions["1"][0] < kart.positions["2"][0] < kart.positions["3"][0]


def test_vertices_without_lines() -> None:
    kart = loaded("*Vertices 4\n*Arcs\n1 2\n2 1\n3 1\n").kart
    assert [one.id for one in kart.actors] == ["1", "2", "3", "4"]
    assert ties(kart) == [
        (source, target, False, None, "contact")
        for source, target in (("1", "2"), ("2", "1"), ("3", "1"))
    ]


def test_relations_are_kinds_of_ties() -> None:
    kart = loaded(
        '*Vertices 3\n*Arcs :1 "trust"\n1 2 3\n2 1 2\n'
        '*Edges :2 "referral"\n1 3 4\n*Arcs :1\n3 2 5\n'
    ).kart
    assert ties(kart) == [
        ("1", "2", False, 3.0, "trust"),
        ("2", "1", False, 2.0, "trust"),
        ("1", "3", True, 4.0, "referral"),
        ("3", "2", False, 5.0, "trust"),
    ]
    assert len(kart.actors) == 3
    inline = loaded("*Vertices 3\n*Arcs\n1: 1 2 3\n2: 2 3 1\n").kart
    assert [tie.kind for tie in inline.ties] == ["1", "2"]
    unnamed = loaded("*Vertices 3\n*Arcs :1\n1 2 3\n2 3 2\n").kart
    assert [tie.kind for tie in unnamed.ties] == ["contact", "contact"]


def test_lists_and_matrices() -> None:
    listed = loaded("*Vertices 4\n*Arcslist\n1 2 3\n*Edgeslist\n3 4\n").kart
    assert [one[:3] for one in ties(listed)] == [
        ("1", "2", False),
        ("1", "3", False),
        ("3", "4", True),
    ]
    square = loaded("*Vertices 3\n*Matrix\n9 2 0\n2 9 3\n1 0 9\n").kart
    assert ties(square) == [
        ("1", "2", True, 2.0, "contact"),
        ("2", "3", False, 3.0, "contact"),
        ("3", "1", False, 1.0, "contact"),
    ]


def test_two_modes_are_people_and_arenas() -> None:
    found = loaded('*Vertices 4 2\n1 "Kari"\n2 "Ola"\n3 "Møte"\n4 "Kor"\n*Edges\n1 3\n2 3\n2 4\n')
    assert [one.kind for one in found.kart.actors] == ["unknown", "unknown", "arena", "arena"]
    assert {tie.kind for tie in found.kart.ties} == {"membership"}
    assert "two_modes_read" in codes(found)
    matrix = loaded("*Vertices 4 2\n*Matrix\n1 0\n1 1\n").kart
    assert [(tie.source, tie.target) for tie in matrix.ties] == [("1", "3"), ("2", "3"), ("2", "4")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_letters_and_ends_of_lines(encoding: str, newline: str) -> None:
    text = '% en merknad\n*Vertices 2\n1 "Pårørende"\n2 Ålesund\n*Edges\n1 2 4\n'
    kart = loaded(text.replace("\n", newline).encode(encoding)).kart
    assert [one.label for one in kart.actors] == ["Pårørende", "Ålesund"]
    assert ties(kart) == [("1", "2", True, 4.0, "contact")]


def test_a_project_has_more_than_its_first_network() -> None:
    found = loaded(
        '*Network Fjordvik\n*Vertices 2\n1 "NAV"\n2 "DPS"\n*Edges\n1 2 3\n'
        "*Partition Sektor\n*Vertices 2\n1\n2\n*Vector bud\n*Vertices 3\n1\n2\n3\n"
        "*Hierarchy x\n1 2\n*Network B\n*Vertices 3\n1 a\n*Arcs\n1 3\n*Network C\n*Vertices 1\n"
    )
    assert found.kart.title == "Fjordvik"
    assert [one.tags.get("Sektor") for one in found.kart.actors] == [1, 2]
    assert len(found.kart.actors) == 2
    notes = {note.code: note for note in found.notes}
    assert notes["first_network_read"].values["n"] == 2
    assert notes["part_left_out"].values["value"] in {"*hierarchy", "bud"}


def test_labels_of_lines_and_what_is_drawn() -> None:
    found = loaded(
        '*Vertices 2\n1 "a" box ic Red\n2 "b &#381;"\n*Arcs\n1 2 3 w 2 l "om bolig" [1-4]\n'
    )
    assert found.kart.ties[0].tags == {"label": "om bolig"}
    assert found.kart["2"].label == "b Ž"
    (note,) = (one for one in found.notes if one.code == "looks_left_out")
    assert note.values["names"] == ["box", "ic", "Red", "w", "[]"]


def test_all_that_is_wrong_is_said_at_once_with_its_lines() -> None:
    found = problems_of(
        '*Vertices 3\n1 "NAV"\n1 "igjen"\n7 "x"\n*Arcs\n1\n1 9 2\nNAVV 2 1\n1 2 4x\n2 1 -x\n'
    )
    told = {one.code: one for one in found}
    assert told.keys() == {"duplicate_actor", "unknown_vertex", "needs_two_ends", "not_number"}
    assert told["needs_two_ends"].place.line == 6
    assert [one.line for one in told["unknown_vertex"].places] == [7, 8]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "pajek_no_vertices"),
        ("Source,Target\na,b\n", "line_outside"),
        ("*Arcs\n1 2\n", "pajek_no_vertices"),
        ("*Vertices mange\n", "not_how_many"),
        (f"*Vertices {MOST_ACTORS + 1}\n", "too_many_actors"),
        ("*Vertices 99999999999999999999\n", "too_many_actors"),
        ("*Vertices 3\n*Matrix\n0 1\n1 0\n", "matrix_cells"),
    ],
)
def test_no_network(text: str, code: str) -> None:
    assert code in [one.code for one in problems_of(text)]


def test_ends_by_label_where_only_one_has_it() -> None:
    kart = loaded('*Vertices 2\n1 "NAV"\n2 "DPS"\n*Edges\n"NAV" DPS 2\n').kart
    assert ties(kart) == [("1", "2", True, 2.0, "contact")]


# --- other programs


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 7), st.data())
def test_what_networkx_writes(n: int, data: st.DataObject) -> None:
    directed = data.draw(st.booleans())
    graph: Any = nx.DiGraph() if directed else nx.Graph()
    graph.add_nodes_from(f"nr {one}" for one in range(n))
    pairs = [(one, two) for one in range(n) for two in range(n) if one != two]
    for one, two in data.draw(st.lists(st.sampled_from(pairs), unique=True)) if pairs else ():
        graph.add_edge(f"nr {one}", f"nr {two}", weight=data.draw(st.integers(2, 5)))
    stream = io.BytesIO()
    nx.write_pajek(graph, stream)
    found = draft(File("kart.net", stream.getvalue()))
    names = dict(zip(*found.actors.columns[:2], strict=True)) if found.actors else {}
    assert list(names.values()) == list(graph)
    columns = dict(zip(found.ties.headings, found.ties.columns, strict=True))
    weights = columns.get("weight", [])
    read = {
        (names[one], names[two]): weight
        for one, two, weight in zip(columns["source"], columns["target"], weights, strict=True)
    }
    assert set(columns["mutual"]) <= {not directed}
    expected = {(one, two): float(weight) for one, two, weight in graph.edges(data="weight")}
    if directed:
        assert read == expected
    else:
        assert {frozenset(ends): weight for ends, weight in read.items()} == {
            frozenset(ends): weight for ends, weight in expected.items()
        }


def test_what_igraph_writes_and_reads(tmp_path: Path) -> None:
    graph = igraph.Graph(edges=[(0, 1), (1, 2)], directed=True)
    graph.vs["name"] = ['Et "navn"', "Ås", "c d"]
    graph.es["weight"] = [2.0, 4.0]
    graph.write_pajek(str(tmp_path / "kart.net"))
    kart = ak.read(tmp_path / "kart.net")
    assert [one.label for one in kart.actors] == graph.vs["name"]
    assert [one[:4] for one in ties(kart)] == [("1", "2", False, 2.0), ("2", "3", False, 4.0)]
    ak.write(kart, tmp_path / "igjen.net")
    again = igraph.Graph.Read_Pajek(str(tmp_path / "igjen.net"))
    assert again.get_edgelist() == graph.get_edgelist()
    assert again.vs["name"][1:] == graph.vs["name"][1:]
    assert again.es["weight"] == [2.0, 4.0]


# --- there and back


HELD = ("source", "target", "strength", "kind", "mutual", "quality")


@settings(max_examples=40, deadline=None)
@given(actor_maps())
def test_what_we_write_comes_back_or_is_told(kart: ActorMap) -> None:
    """Issue 11: nothing wrong, everything lost is listed; what is needed is never there."""
    made = dump(kart, "kart.net")
    back = load(File("kart.net", made.files["kart.net"])).kart
    told = {note.code: note.values for note in made.notes}
    lost = told.get("not_carried", {}).get("fields", ())
    assert [one.id for one in back.actors] == [one.id for one in kart.actors]
    assert (back.scope, back.focal, back.date) == (kart.scope, kart.focal, kart.date)
    assert back.strength_scale == kart.strength_scale
    assert back.consent == kart.consent or "consent" in lost
    there = [tie for tie in kart.ties_in_force if not tie.needed]
    needed = [tie for tie in kart.ties_in_force if tie.needed]
    assert told.get("needed_left_out", {}).get("n", 0) == len(needed)
    if "parallel_joined" not in told:
        key = lambda tie: tuple(getattr(tie, name) for name in HELD)  # noqa: E731
        assert sorted(map(key, back.ties), key=repr) == sorted(map(key, there), key=repr)
    assert {frozenset((one.source, one.target)) for one in back.ties} == {
        frozenset((one.source, one.target)) for one in there
    }
    assert bool(made.notes) or back == kart
    assert dump(kart, "kart.net").files == made.files


def test_a_map_around_a_person_stays_one() -> None:
    """What protects a person is in the file, so that who reads it hides what was hidden."""
    kart = ak.examples.user_network()
    back = load(File("k.net", dump(kart, "k.net").files["k.net"])).kart
    assert back.scope == "individual"
    assert back.consent == kart.consent


def test_edited_elsewhere_the_comments_are_not_believed() -> None:
    kart = ak.ActorMap(actors=[ak.Actor(id="nav"), ak.Actor(id="dps")])
    text = dump(kart, "k.net").files["k.net"].decode()
    more = loaded(text.replace("*Vertices 2", "*Vertices 3")).kart
    assert [one.id for one in more.actors] == ["1", "2", "3"]


# --- whatever else


@settings(max_examples=40, deadline=None)
@given(
    st.text(st.sampled_from('*VerticsAdgMx 0123:-.,"%\\\n[]l&#;') | st.characters(), max_size=120)
)
def test_any_text_is_read_or_refused_in_words(text: str) -> None:
    for source in (text, f"*Vertices 3\n{text}", f"{CASE}{text}"):
        with read_or_refused():
            draft(File("kart.net", source.encode("utf-8", "surrogatepass")))


@settings(max_examples=40, deadline=None)
@given(st.integers(0, len(CASE)), st.integers(0, 12), st.binary(max_size=4))
def test_a_file_that_was_damaged(place: int, gone: int, put: bytes) -> None:
    data = CASE.encode()
    with read_or_refused():
        load(File("kart.net", data[:place] + put + data[place + gone :]))


@pytest.mark.parametrize(
    "noise",
    [
        "x" * 3_000_000,
        "[ " * 1_000_000,
        '" ' * 1_000_000,
        '"\\' * 1_000_000,
        "1 2 [\n" * 300_000,
        "nav dps\n" * 300_000,
    ],
)
def test_noise_does_not_hang(noise: str) -> None:
    begun = time.perf_counter()
    with pytest.raises(AktorkartError):
        loaded(noise)
    draft(File("kart.net", f'*Vertices 3\n1 "nav"\n*Arcs\n{noise}'.encode()))
    assert time.perf_counter() - begun < 20
