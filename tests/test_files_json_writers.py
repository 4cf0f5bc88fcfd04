"""Graphs in JSON that we write: they come back, or what is lost is told."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import networkx as nx
import pytest
from hypothesis import given, settings
from networkx.readwrite import json_graph

import aktorkart as ak
from aktorkart.errors import InvalidMap
from aktorkart.files import FORMATS, load, load_bytes, write
from aktorkart.files.drafted import differing
from aktorkart.i18n import LANGUAGES
from aktorkart.model import Actor, ActorMap, Tie
from aktorkart.strategies import actor_maps

if TYPE_CHECKING:
    from aktorkart.files.formats import Dumped

WHOLE = ("nodelink", "jgf")
FLAT = ("cytoscape", "cx2", "kumu")

KART = ActorMap(
    title="Kart",
    actors=[
        Actor(id="nav", name="NAV", kind="nav", tags={"id": 4, "parent": "x", "label": "y"}),
        Actor(id="dps"),
        Actor(id="kor", name="Koret", note="Øver\ntirsdag", tags={"type": ("a", "b")}),
    ],
    ties=[
        Tie(source="nav", target="dps", strength=4, kind="referral", mutual=False),
        Tie(source="dps", target="kor", needed=True, tags={"from": "møte", "key": 3}),
    ],
    positions={"nav": (10, 20.5)},
)


def dumped(kart: ActorMap, name: str) -> tuple[Any, Dumped]:
    made = FORMATS[name].dump(kart, "kart")
    return json.loads(made.files["kart"]), made


def back(made: Dumped) -> ActorMap:
    loaded = load_bytes(made.files["kart"], name="kart", format="json")
    assert loaded.notes == ()
    return loaded.kart


@settings(max_examples=60, deadline=None)
@given(actor_maps())
def test_what_is_not_read_again_is_told(kart: ActorMap) -> None:
    for name in FLAT:
        made = FORMATS[name].dump(kart, "kart")
        again = load_bytes(made.files["kart"], name="kart", format=name).kart
        lost = [field for note in made.notes for field in note.values.get("fields", ())]
        assert differing(kart, again) == lost
        assert not {f"actors.{one}" for one in ("id", "name", "kind", "power", "line")} & {*lost}
        assert not {f"ties.{one}" for one in Tie.model_fields if one not in _TEXTS} & {*lost}
        assert not {"scope", "strength_scale", "focal", "date", "consent.given"} & {*lost}
        assert "positions" not in lost or name == "kumu"


_TEXTS = {"note", "basis", "tags"}
"""Texts may begin with blanks, and other programs' attributes have one type each."""


@pytest.mark.parametrize("name", WHOLE + FLAT)
def test_a_needed_tie_never_comes_back_as_a_real_one(name: str) -> None:
    _, made = dumped(KART, name)
    assert [tie.needed for tie in back(made).ties] == [False, True]
    (note,) = (note for note in made.notes if note.code == "needed_drawn")
    for lang in LANGUAGES:
        assert "dps – Koret" in note.text(lang)


@pytest.mark.parametrize("name", WHOLE)
def test_everything_comes_back(name: str) -> None:
    _, made = dumped(KART, name)
    assert back(made) == KART
    assert [note.code for note in made.notes] == ["needed_drawn"]


@pytest.mark.parametrize("name", FLAT)
def test_names_that_programs_have_for_themselves_are_no_tags(name: str) -> None:
    again = back(dumped(KART, name)[1])
    assert again.actors == KART.actors
    assert again.ties == KART.ties


def test_node_link_is_the_graph_of_to_networkx() -> None:
    content, _ = dumped(KART, "nodelink")
    graph = json_graph.node_link_graph(content, edges="links")
    ours = ak.to_networkx(KART)
    assert isinstance(graph, nx.MultiDiGraph)
    assert set(graph.edges(keys=True)) == set(ours.edges(keys=True))
    assert graph.edges["dps", "kor", 1]["needed"] is True
    assert graph.edges["nav", "dps", 0]["weight"] == 4


def test_what_other_programs_look_for() -> None:
    content, _ = dumped(KART, "jgf")
    graph = content["graph"]
    assert graph["nodes"]["nav"]["label"] == "NAV"
    assert [(one["relation"], one["directed"]) for one in graph["edges"]] == [
        ("referral", True),
        ("contact", False),
    ]
    content, _ = dumped(KART, "cytoscape")
    first, second, _ = content["elements"]["nodes"]
    assert (first["data"]["name"], first["position"]) == ("NAV", {"x": 10, "y": 20.5})
    assert second["data"]["name"] == "dps"
    assert content["elements"]["edges"][0]["data"]["interaction"] == "referral"
    content, _ = dumped(KART, "kumu")
    assert [one["label"] for one in content["elements"]] == ["NAV", "dps", "Koret"]
    assert content["elements"][2]["description"] == "Øver\ntirsdag"
    assert [one["direction"] for one in content["connections"]] == ["directed", "mutual"]


def test_cx2_declares_what_it_holds() -> None:
    content, _ = dumped(KART, "cx2")
    assert content[0] == {"CXVersion": "2.0", "hasFragments": False}
    aspects = {name: items for one in content[1:] for name, items in one.items()}
    counts = {one["name"]: one["elementCount"] for one in aspects["metaData"]}
    assert counts == {name: len(aspects[name]) for name in counts}
    (declared,) = aspects["attributeDeclarations"]
    kinds: dict[str, Any] = {"string": str, "long": int, "double": (int, float), "boolean": bool}
    for name in ("nodes", "edges"):
        for item in aspects[name]:
            for attribute, value in item["v"].items():
                stated = declared[name][attribute]["d"]
                assert isinstance(value, kinds.get(stated, list))
    assert content[-1]["status"] == [{"error": "", "success": True}]


def test_a_file_that_cytoscape_has_saved_again() -> None:
    """The program numbers nodes anew, keeps our ids beside, and adds columns of its own."""
    content, _ = dumped(KART, "cytoscape")
    content["data"] |= {"SUID": 52, "shared name": "Kart", "selected": True, "__Annotations": []}
    numbers = {"nav": "71", "dps": "72", "kor": "73"}
    for node in content["elements"]["nodes"]:
        data = node["data"]
        own = data["id"]
        data |= {"id_original": own, "id": numbers[own], "SUID": int(numbers[own])}
        data |= {"shared name": data["name"], "selected": False}
    for edge in content["elements"]["edges"]:
        data = edge["data"]
        data |= {end: numbers[data[end]] for end in ("source", "target")}
        data |= {"SUID": 90, "name": "x (y) z", "shared interaction": data["interaction"]}
    loaded = load_bytes(json.dumps(content).encode(), name="kart.cyjs", format="cytoscape")
    assert loaded.kart == KART


@pytest.mark.parametrize("name", WHOLE)
def test_what_is_wrong_has_its_line(name: str) -> None:
    _, made = dumped(KART, name)
    text = made.files["kart"].decode()
    wrong = text.replace('"referral"', '"referal"')
    with pytest.raises(InvalidMap) as caught:
        load_bytes(wrong.encode(), name="kart", format="json")
    problem = caught.value.problems[0]
    assert (problem.code, problem.guesses) == ("undeclared_kind", ("referral",))
    assert problem.place.line is not None
    assert "referal" in wrong.splitlines()[problem.place.line - 1]


@pytest.mark.parametrize("name", WHOLE + FLAT)
@pytest.mark.parametrize(
    ("number", "code"), [("99", "schema_newer"), ("0", "schema_number"), ('"x"', "schema_number")]
)
def test_a_newer_schema_and_none(name: str, number: str, code: str) -> None:
    _, made = dumped(KART, name)
    text = made.files["kart"].decode()
    quoted = f'"{number}"' if name in FLAT and number.isdigit() else number
    other = re.sub(r'"aktorkart": "?1"?', f'"aktorkart": {quoted}', text)
    with pytest.raises(ak.AktorkartError) as caught:
        load_bytes(other.encode(), name="kart", format="json")
    assert caught.value.problems[0].code == code


@pytest.mark.parametrize(
    ("file", "name"),
    [
        ("kart.nodelink.json", "nodelink"),
        ("kart.JGF", "jgf"),
        ("kart.jgf.json", "jgf"),
        ("kart.cyjs", "cytoscape"),
        ("kart.cytoscape.json", "cytoscape"),
        ("kart.cx2", "cx2"),
        ("kart.kumu.json", "kumu"),
        ("kart.json", "json"),
        ("jgf.json", "json"),
    ],
)
def test_endings_of_two_parts(tmp_path: Any, file: str, name: str) -> None:
    assert ak.files.format_of(file).name == name
    kart = ActorMap(actors=[Actor(id="nav")])
    write(kart, tmp_path / file)
    loaded = load(tmp_path / file)
    assert (loaded.kart, loaded.notes) == (kart, ())


@pytest.mark.parametrize("name", WHOLE + FLAT)
def test_a_map_around_a_person_needs_consent(tmp_path: Any, name: str) -> None:
    kart = ActorMap(scope="individual", actors=[Actor(id="kari", name="Kari", kind="user")])
    path = tmp_path / f"kart{FORMATS[name].endings[0]}"
    with pytest.raises(ak.NoConsent):
        write(kart, path)
    assert not path.exists()
    write(kart, path, consent="ignore", names=False)
    assert "Kari" not in path.read_text("utf-8")
