"""GML: what others write is read right, and what we write comes back."""

from __future__ import annotations

import time
import warnings
from typing import TYPE_CHECKING, Any

import igraph
import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import aktorkart as ak
from aktorkart.errors import AktorkartError, InvalidMap
from aktorkart.files.csv import dump as dump_csv
from aktorkart.files.decoding import File
from aktorkart.files.gml import draft, dump, load
from aktorkart.files.sheets import Reading
from aktorkart.i18n import LANGUAGES
from aktorkart.strategies import actor_maps
from refused import read_or_refused

if TYPE_CHECKING:
    from pathlib import Path

    from aktorkart.files.formats import Loaded

CASE = """# Et nettverk
Creator "hand"
graph [
  directed 1
  label "Fjordvik &amp; co"
  node [ id 7 label "Pårørende" graphics [ x 10 y 20 w 5 fill "#FF0000" ] address [ city "Ås" ] ]
  node [ id 3 label "&#197;s &quot;kor&quot;" graphics [ x 50.5 y 80 ] ]
  node [ id 12 ]
  edge [ source 7 target 3 weight 4 ]
  edge [ source 3 target 12 weight 2 label "referral" ]
]
"""


def loaded(text: str | bytes, **options: Any) -> Loaded:
    data = text.encode() if isinstance(text, str) else text
    return load(File("kart.gml", data), Reading(**options))


def codes(found: Loaded) -> list[str]:
    return [note.code for note in found.notes]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_letters_entities_missing_labels_nested_attributes(encoding: str) -> None:
    found = loaded(CASE.encode(encoding))
    kart = found.kart
    assert kart.title == "Fjordvik & co"
    assert [(one.id, one.label) for one in kart.actors] == [
        ("7", "Pårørende"),
        ("3", 'Ås "kor"'),
        ("12", "12"),
    ]
    assert kart["7"].tags == {"address.city": "Ås"}
    assert [(tie.source, tie.target, tie.strength, tie.mutual, tie.kind) for tie in kart.ties] == [
        ("7", "3", 4.0, False, "contact"),
        ("3", "12", 2.0, False, "referral"),
    ]
    assert kart.positions["7"][1] > kart.positions["3"][1]
    assert codes(found) == ["looks_left_out"]


@pytest.mark.parametrize(
    ("stated", "options", "mutual"),
    [
        ("directed 0", {}, True),
        ("directed 1", {}, False),
        ("", {}, True),
        ("", {"directed": True}, False),
        ("directed 1", {"directed": False}, False),
    ],
)
def test_direction(stated: str, options: dict[str, Any], *, mutual: bool) -> None:
    text = f"graph [ {stated} node [ id 1 ] node [ id 2 ] edge [ source 1 target 2 ] ]"
    assert [tie.mutual for tie in loaded(text, **options).kart.ties] == [mutual]


def test_arrows_of_yed() -> None:
    """The arrows are what yEd means: it calls every graph directed."""
    edges = "\n".join(
        f'edge [ source 1 target 2 label "{kind}" graphics [ fill "#000000" {arrow} ] ]'
        for kind, arrow in (
            ("contact", ""),
            ("information", 'targetArrow "standard" arrow "last"'),
            ("referral", 'arrow "first"'),
            ("membership", 'arrow "both"'),
        )
    )
    kart = loaded(
        f'Creator "yFiles"\ngraph [ directed 1 node [ id 1 ] node [ id 2 ] {edges} ]'
    ).kart
    assert [(tie.source, tie.kind, tie.mutual) for tie in kart.ties] == [
        ("1", "contact", True),
        ("1", "information", False),
        ("2", "referral", False),
        ("1", "membership", True),
    ]


def test_the_first_of_several_graphs() -> None:
    found = loaded('graph [ label "en" node [ id 1 ] ] graph [ node [ id 2 ] ] graph [ ]')
    assert [one.id for one in found.kart.actors] == ["1"]
    (note,) = found.notes
    assert (note.code, note.values["n"], note.values["value"]) == ("first_network_read", 2, "en")


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("", "gml_no_graph", None),
        ("node [ id 1 ]", "gml_no_graph", None),
        ("graph [\nnode [\n id 1\n", "gml_open", 2),
        ("graph [\nnode [ id 1 ]\n]\n]\n", "gml_syntax", 4),
        ('graph [\nnode [ id 1 label "a ]\n]', "gml_syntax", 2),
        ("graph [\n{ } ]", "gml_syntax", 2),
        ("graph " + "[ a " * 60, "too_deep", 1),
        ('graph [\nnode [ id 1 ]\nnode [ label "x" ] ]', "missing", 3),
        ("graph [ node [ id 1 ]\nedge [ source 1 ] ]", "missing", 2),
        ("graph [ node [ id 1 ]\nedge [ source 1 target 4 ] ]", "unknown_actor", 2),
    ],
)
def test_what_is_wrong_is_said_with_its_line(text: str, code: str, line: int | None) -> None:
    with pytest.raises(InvalidMap) as caught:
        loaded(text)
    found = {one.code: one for one in caught.value.problems}
    assert code in found
    assert found[code].place.line == line
    for lang in LANGUAGES:
        assert "kart.gml" in caught.value.text(lang)


# --- other programs


_WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Z")), min_size=1)


@settings(max_examples=80, deadline=None)
@given(st.lists(_WORDS, min_size=1, max_size=5, unique=True), st.data())
def test_what_networkx_writes(names: list[str], data: st.DataObject) -> None:
    directed = data.draw(st.booleans())
    graph: Any = nx.DiGraph() if directed else nx.Graph()
    graph.add_nodes_from(names)
    pairs = [(one, two) for one in names for two in names if one != two]
    for one, two in data.draw(st.lists(st.sampled_from(pairs), unique=True)) if pairs else ():
        graph.add_edge(one, two, weight=data.draw(st.integers(2, 5) | st.floats(2, 5)), about="no")
    text = "\n".join(nx.generate_gml(graph))
    found = draft(File("kart.gml", text.encode()))
    actors, ties = (
        dict(zip(sheet.headings, sheet.columns, strict=True))
        for sheet in (found.actors, found.ties)
        if sheet is not None
    )
    assert actors["label"] == names
    called = dict(zip(actors["id"], names, strict=True))
    rows = zip(ties["source"], ties["target"], ties.get("weight", ()), strict=bool(ties["source"]))
    read = [(called[one], called[two], weight) for one, two, weight in rows]
    assert read == list(graph.edges(data="weight"))
    assert set(ties.get("mutual", [])) <= {not directed}


@settings(max_examples=60, deadline=None)
@given(actor_maps())
def test_our_graph_through_networkx(kart: ak.ActorMap) -> None:
    """Our own graph, written as GML by networkx, is the same map in all that GML can hold."""
    graph = ak.to_networkx(kart)
    try:
        text = "\n".join(nx.generate_gml(graph, stringizer=None))
    except nx.NetworkXError:
        return  # networkx writes no None, and no key with a blank
    try:
        back = load(File("kart.gml", text.encode())).kart
    except InvalidMap:
        assert _odd(kart)  # whatever networkx has made of a tag's name or an empty list
        return
    assert [one.id for one in back.actors] == [one.id for one in kart.actors]
    read, was = (
        [(_ends(one), one.mutual, one.needed, one.strength) for one in each.ties]
        for each in (back, kart)
    )
    assert sorted(read, key=repr) == sorted(was, key=repr)


def _ends(tie: ak.Tie) -> list[str]:
    """Return the ends, in the order that means something; networkx keeps no other."""
    ends = [tie.source, tie.target]
    return sorted(ends) if tie.mutual else ends


def _odd(kart: ak.ActorMap) -> bool:
    parts: list[Any] = [kart, *kart.actors, *kart.ties]
    return any(one.tags for one in parts) or any(
        value == () for one in parts for value in vars(one).values()
    )


def test_our_graph_through_networkx_by_hand() -> None:
    kart = ak.ActorMap(
        actors=[ak.Actor(id="a", kind="gp"), ak.Actor(id="b"), ak.Actor(id="c")],
        ties=[
            ak.Tie(source="a", target="b", strength=3),
            ak.Tie(source="b", target="c", mutual=False, needed=True),
        ],
    )
    text = "\n".join(nx.generate_gml(ak.to_networkx(kart)))
    assert load(File("k.gml", text.encode())).kart == kart


def test_what_igraph_writes_and_reads(tmp_path: Path) -> None:
    graph = igraph.Graph(edges=[(0, 1), (1, 2)], directed=True)
    graph.vs["label"] = ["Fast & lege", "Ås", 'c "d"']
    graph.es["weight"] = [2.0, 4.0]
    graph.write_gml(str(tmp_path / "kart.gml"))
    kart = ak.read(tmp_path / "kart.gml")
    assert [one.label for one in kart.actors] == graph.vs["label"]
    assert [tie.strength for tie in kart.ties] == [2.0, 4.0]
    assert not any(tie.mutual for tie in kart.ties)
    ak.write(ak.examples.municipal_service(), tmp_path / "igjen.gml")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # igraph says that it does not read our own fields
        again = igraph.Graph.Read_GML(str(tmp_path / "igjen.gml"))
    kart = ak.examples.municipal_service()
    assert again.vs["label"] == [one.id for one in kart.actors]
    assert again.vs["name"] == [one.name for one in kart.actors]


# --- there and back


def test_signs_that_nobody_sees_and_entities_that_are_none() -> None:
    """HTML takes number 133 for three dots; GML takes it for what it is."""
    kart = ak.ActorMap(note='a\x85b\N{LINE SEPARATOR}"&amp;&#65; \r\n&#55296;c')
    assert load(File("k.gml", dump(kart, "k.gml").files["k.gml"])).kart == kart
    assert loaded('graph [ node [ id 1 label "a&#0;&#xD800;&nix;&#x41;" ] ]').kart["1"].name == (
        "a&#0;&#xD800;&nix;A"
    )


@settings(max_examples=40, deadline=None)
@given(actor_maps())
def test_what_we_write_comes_back_or_is_told(kart: ak.ActorMap) -> None:
    """What CSV can hold is read again; the rest is listed; others can read the file."""
    made = dump(kart, "kart.gml")
    data = made.files["kart.gml"]
    back = load(File("kart.gml", data)).kart
    lost = [field for note in made.notes for field in note.values["fields"]]
    by_csv = [field for note in dump_csv(kart, "k.csv").notes for field in note.values["fields"]]
    # Lists among tags, and blanks at the ends of texts.
    apart = {f"{table}.{name}" for table in ("actors", "ties") for name in ("tags", "note")}
    assert set(lost) <= {*by_csv, *apart, "actors.source"}
    if not lost:
        assert dump(back, "kart.gml").files == made.files
        if not (kart.kinds or kart.tie_kinds):
            assert back == kart
    assert nx.parse_gml(data.decode()).number_of_nodes() == len(kart.actors)


# --- whatever else


@settings(max_examples=40, deadline=None)
@given(
    st.text(st.sampled_from('graph[]node ide"sourctg 0123.\n#&;') | st.characters(), max_size=120)
)
def test_any_text_is_read_or_refused_in_words(text: str) -> None:
    for source in (text, f"graph [ node [ id 1 ] {text} ]", CASE + text):
        with read_or_refused():
            draft(File("kart.gml", source.encode("utf-8", "surrogatepass")))


@settings(max_examples=40, deadline=None)
@given(st.integers(0, len(CASE)), st.integers(0, 15), st.binary(max_size=4))
def test_a_file_that_was_damaged(place: int, gone: int, put: bytes) -> None:
    data = CASE.encode()
    with read_or_refused():
        load(File("kart.gml", data[:place] + put + data[place + gone :]))


@pytest.mark.parametrize(
    "noise",
    [
        "x" * 3_000_000,
        "[" * 3_000_000,
        '" ' * 1_000_001,
        "a [ " * 500_000,
        "] " * 500_000,
        "9" * 3_000_000,
    ],
)
def test_noise_does_not_hang(noise: str) -> None:
    begun = time.perf_counter()
    for head in ("", "graph [ node [ id "):
        with pytest.raises(AktorkartError):
            loaded(head + noise)
    assert time.perf_counter() - begun < 20
