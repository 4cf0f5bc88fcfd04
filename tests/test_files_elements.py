"""XML of every kind, hostile and broken: a draft or our own words; and what is written, again."""

from __future__ import annotations

import contextlib
import time
from importlib import import_module
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aktorkart.errors import AktorkartError, InvalidMap
from aktorkart.files.decoding import File
from aktorkart.files.drafted import differing
from aktorkart.i18n import LANGUAGES
from aktorkart.model import Actor, ActorMap, Consent, Tie
from aktorkart.strategies import actor_maps

if TYPE_CHECKING:
    from types import ModuleType

NAMES = ("graphml", "gexf")
MODULES: dict[str, ModuleType] = {name: import_module(f"aktorkart.files.{name}") for name in NAMES}
WHOLE = {
    "graphml": '<graphml><key id="k" for="node" attr.name="name" attr.type="string"/>'
    '<graph edgedefault="directed"><node id="å"><data key="k">NAV Øst</data></node><node id="b"/>'
    '<edge source="å" target="b" directed="false"/></graph></graphml>',
    "gexf": '<gexf version="1.2"><graph defaultedgetype="directed"><attributes class="node">'
    '<attribute id="0" title="name" type="string"/></attributes><nodes><node id="å"><attvalues>'
    '<attvalue for="0" value="NAV Øst"/></attvalues></node><node id="b" pid="å"/></nodes><edges>'
    '<edge source="å" target="b" type="undirected" weight="2"/></edges></graph></gexf>',
}


def code_of(name: str, data: bytes) -> tuple[str, int | None]:
    with pytest.raises(AktorkartError) as caught:
        MODULES[name].draft(File("x", data))
    (problem,) = caught.value.problems
    for lang in LANGUAGES:
        assert problem.text(lang)
    return problem.code, problem.place.line


BOMB = (
    '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>\n'
    "<{root}>&b;</{root}>"
)
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>\n<{root}>&a;</{root}>'


@pytest.mark.parametrize("name", NAMES)
def test_hostile_and_broken_files_are_told(name: str) -> None:
    assert code_of(name, b"") == ("empty_file", None)
    assert code_of(name, b"a;b\n1;2") == ("not_xml", None)
    assert code_of(name, b"<html><p>x</p></html>") == ("xml_root", 1)
    assert code_of(name, WHOLE[name][:-9].encode()) == ("xml_end", 1)
    assert code_of(name, f"<{name}>\n<a></b>".encode()) == ("xml_syntax", 2)
    assert code_of(name, f"<{name}>\n<a x='&unknown;'/>".encode()) == ("xml_syntax", 2)
    assert code_of(name, f"<{name}><y:a/></{name}>".encode()) == ("xml_syntax", 1)
    assert code_of(name, BOMB.format(root=name).encode())[0] == "xml_entities"
    assert code_of(name, OUTSIDE.format(root=name).encode())[0] == "xml_entities"
    fetched = f'<!DOCTYPE x SYSTEM "x.dtd"><{name}>&ouml;</{name}>'
    assert code_of(name, fetched.encode()) == ("xml_entity", 1)
    assert code_of(name, b"PK\3\4\0\0") == ("is_workbook", None)
    assert code_of(name, b"\x89PNG\0\x1a\n" * 99) == ("not_text_file", None)


@pytest.mark.parametrize("name", NAMES)
def test_large_noise_is_told_at_once(name: str) -> None:
    begun = time.perf_counter()
    depth = 300_000
    deep = f"<{name}>" + "<a>" * depth + "</a>" * depth + f"</{name}>"
    assert len(MODULES[name].draft(File("x", deep.encode())).ties) == 0
    graphs = f"<{name}><graph>" + "<node><graph>" * 50_000
    assert code_of(name, graphs.encode())[0] == "xml_end"
    for noise in (b"<a" * 5_000_000, b"<" + b"x" * 10_000_000, b"&lt;" * 2_500_000):
        assert code_of(name, noise)[0] in {"xml_end", "xml_root", "xml_syntax", "not_xml"}
    assert time.perf_counter() - begun < 30


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    ("encoding", "declared"),
    [
        ("utf-8", ""),
        ("utf-8-sig", "utf-8"),
        ("utf-16", "utf-16"),
        ("iso-8859-1", "ISO-8859-1"),
        ("cp1252", "utf-8"),
        ("cp1252", "nonsense"),
        ("cp865", "cp865"),
    ],
)
def test_letters_are_right_whatever_the_file_claims(
    name: str, encoding: str, declared: str
) -> None:
    head = f'<?xml version="1.0" encoding="{declared}"?>\n' if declared else ""
    found = MODULES[name].draft(File("x", (head + WHOLE[name]).encode(encoding)))
    table = dict(zip(found.actors.headings, found.actors.columns, strict=True))
    assert (table["id"][0], table["name"][0]) == ("å", "NAV Øst")


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_any_bytes_and_any_change_of_a_file_give_a_map_or_our_words(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(NAMES))
    whole = WHOLE[name].encode()
    other = data.draw(
        st.binary(max_size=20)
        | st.text(max_size=20).map(str.encode)
        | st.sampled_from([b"<node id='b'>", b"</node>", b"<graph>", b"</graph>", b"<edge/>"])
        | st.sampled_from([b"<data key='k'>", b"</data>", b"<attvalue/>", b"<spell/>", b"<key/>"])
        | st.sampled_from([b"<default>", b"</default>", b"<Arrows/>", b"<position x='nan'/>"])
    )
    begin = data.draw(st.integers(0, len(whole)))
    end = data.draw(st.integers(begin, min(len(whole), begin + 30)))
    changed = data.draw(st.sampled_from([other, whole[:begin] + other + whole[end:]]))
    with contextlib.suppress(AktorkartError):
        MODULES[name].load(File("x", changed))


TAGS = ("<graph>", "<node id='{}'>", "<edge source='{}' target='b'>", "<data key='k'>", "<nodes>")


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(NAMES), st.lists(st.sampled_from([*TAGS, "</>", "text"]), max_size=25))
def test_elements_in_any_order_give_a_map_or_our_words(name: str, drawn: list[str]) -> None:
    """Well-formed, and nothing where it should be."""
    open_, source = [name], f"<{name}>"
    for at, one in enumerate(drawn):
        if one == "</>":
            source += f"</{open_.pop()}>" if len(open_) > 1 else ""
        else:
            source += one.format(at)
            open_ += [one[1:].split(" ")[0].rstrip(">")] if one != "text" else []
    source += "".join(f"</{one}>" for one in reversed(open_))
    with contextlib.suppress(InvalidMap):
        MODULES[name].load(File("x", source.encode()))


# --- what is written is read


@settings(max_examples=40, deadline=None)
@given(actor_maps())
def test_what_was_written_is_read_again_or_said_to_be_lost(kart: ActorMap) -> None:
    """Issue 11: nothing wrong, and everything lost is listed."""
    for name in NAMES:
        made = MODULES[name].dump(kart, "kart")
        back = MODULES[name].load(File("kart", made.files["kart"]))
        assert back.notes == ()
        told = [note for note in made.notes if note.code == "not_carried"]
        lost = dict(told[0].values)["fields"] if told else []
        assert lost == differing(kart, back.kart)
        if not lost:
            assert MODULES[name].dump(back.kart, "kart").files == made.files
        _holds_what_sheets_hold(kart, back.kart, lost)


def _holds_what_sheets_hold(kart: ActorMap, again: ActorMap, lost: list[str]) -> None:
    assert {"title", "focal", "date", "scope", "strength_scale", "positions"}.isdisjoint(lost)
    assert (again.positions, again.scope) == (kart.positions, kart.scope)
    for one, two in zip(kart.actors, again.actors, strict=True):
        for field in ("id", "name", "kind", "organisation", "power", "stance"):
            assert getattr(one, field) == getattr(two, field)
        for field in ("line", "level", "linkage"):
            # That there is none, and nothing said of it, is one empty cell.
            assert (getattr(one, field) or None) == getattr(two, field)
    for tie, same in zip(kart.ties, again.ties, strict=True):
        for field in (
            *("source", "target", "strength", "kind", "mutual", "needed", "since", "until"),
            *("quality", "trust", "value", "support", "stage", "informant", "bound_to"),
        ):
            assert getattr(tie, field) == getattr(same, field)


@pytest.mark.parametrize("name", NAMES)
def test_tags_keep_their_type_where_all_have_one(name: str) -> None:
    tags: list[dict[str, Any]] = [
        {"nr": "0301", "n": 4, "share": 0.5, "yes": True, "far": 2**40, "huge": 2**70, "name": "x"},
        {"nr": "4", "n": -1, "share": 2, "yes": False, "weight": 2, "graph": "g", "id": "other"},
    ]
    kart = ActorMap(
        actors=[Actor(id=id_, tags=one) for id_, one in zip("ab", tags, strict=True)],
        ties=[Tie(source="a", target="b", tags={"start": "2", "label": "l", "source": "s"})],
    )
    made = MODULES[name].dump(kart, "x")
    back = MODULES[name].load(File("x", made.files["x"])).kart
    assert back["b"].tags == kart["b"].tags
    assert [type(one) for one in back["a"].tags.values()] == [str, int, float, bool, int, str, str]
    assert back.ties == kart.ties


@pytest.mark.parametrize("name", NAMES)
def test_names_are_hidden_where_they_are_to_be(name: str) -> None:
    from aktorkart.files.write import dumped

    kart = ActorMap(
        scope="individual",
        consent=Consent(given="2026"),
        actors=[Actor(id="kari", name="Kari Nordmann", kind="user"), Actor(id="nav", kind="nav")],
        ties=[Tie(source="kari", target="nav", needed=True)],
    )
    ending = f"kart.{name}"
    for names in (True, False):
        made = dumped(kart, ending, names=names)
        said = made.files[ending].decode() + "".join(note.text("nb") for note in made.notes)
        assert ("Nordmann" in said) is names
