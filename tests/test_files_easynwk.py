"""Network cards of easyNWK: who stands where, which lines there are, and how near."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import aktorkart as ak
from aktorkart.errors import AktorkartError, UnsupportedFile
from aktorkart.files.decoding import File
from aktorkart.files.easynwk import draft, load
from aktorkart.i18n import LANGUAGES
from refused import read_or_refused

if TYPE_CHECKING:
    from pathlib import Path

    from aktorkart.files.formats import Loaded


def alter(number: int, name: str, angle: float, distance: float, **more: Any) -> dict[str, Any]:
    return {
        "id": number,
        "name": name,
        "role": "",
        "human": True,
        "edgeType": 1,
        "angle": angle,
        "distance": distance,
        "roleDefault": True,
        **more,
    }


CARD: dict[str, Any] = {
    "ego": {"name": "Kari", "age": "45", "currentGender": "weiblich", "note": "", "emoji": ""},
    "alteri": [
        alter(1, "Mor", 30.0, 27.0, role="Mutter", supportEmotional=3, supportSocial=1),
        alter(2, "Venn", 135.0, 99.9, edgeType=2, conflict=True),
        alter(3, "Kollega", -135.0, 40.0, edgeType=0, conflict=True),
        alter(4, "Lege", -45.0, 103.0, role="Ärzt*in", supportInstrumental=2, supportLinking=2),
        alter(5, "Hund", 10.0, 5.0, human=False, edgeType=0),
        alter(6, "Far", 60.0, 50.0, deceased=True, edgeType=0),
    ],
    "connections": [{"id1": 1, "id2": 6}, {"id1": 2, "id2": 1}, {"id1": 1, "id2": 99}],
}


def loaded(content: Any) -> Loaded:
    data = content if isinstance(content, bytes) else json.dumps(content).encode()
    return load(File("Kari.json", data))


def test_a_card() -> None:
    found = loaded(CARD)
    kart = found.kart
    assert (kart.scope, kart.focal, kart.strength_scale) == ("individual", "ego", (1.0, 9.0))
    assert [(one.id, one.label, one.kind, one.tags.get("sector")) for one in kart.actors] == [
        ("ego", "Kari", "user", None),
        ("1", "Mor", "next_of_kin", "family"),
        ("2", "Venn", "friend", "friends"),
        ("3", "Kollega", "unknown", "colleagues"),
        ("4", "Lege", "unknown", "professional help"),
        ("5", "Hund", "unknown", "family"),
        ("6", "Far", "next_of_kin", "family"),
    ]
    assert kart["5"].tags["human"] is False
    assert kart["6"].tags["deceased"] is True
    assert all(tie.mutual for tie in kart.ties)
    # Nine rings as easyNWK counts them; outside the outermost nothing is known.
    assert [(tie.source, tie.target, tie.strength, tie.kind, tie.quality) for tie in kart.ties] == [
        ("ego", "1", 7.0, "contact", None),
        ("ego", "2", 1.0, "contact", "strained"),
        ("ego", "3", None, "conflict", None),
        ("ego", "4", None, "contact", None),
        ("1", "6", None, "contact", None),
        ("2", "1", None, "contact", None),
    ]
    assert dict(kart.ties[0].support) == {
        "given": ("emotional", "company"),
        "received": ("emotional",),
    }
    assert dict(kart.ties[3].support) == {"received": ("practical",)}
    assert kart.ties[3].tags == {"linking received": True}
    assert kart.ties[1].tags == {"multiplex": True}
    assert [note.code for note in found.notes] == [
        "line_to_nobody",
        "closeness_by_rings",
        "looks_left_out",
    ]


def test_places_are_as_on_the_card() -> None:
    at = loaded(CARD).kart.positions
    assert at["1"][0] > at["ego"][0] > at["2"][0]  # family to the right, friends to the left
    assert at["1"][1] > at["ego"][1] > at["4"][1]  # and both above professional help


def test_the_version_that_was_open() -> None:
    versions = [
        {"id": 1, "title": "Erstgespräch", "date": "2024-02-26", "nwk": CARD},
        {"id": 2, "title": "Heute", "date": "2025-01-02", "nwk": {**CARD, "connections": []}},
    ]
    found = loaded({"versions": versions, "currentVersion": 1, "size": "5"})
    assert (found.kart.title, found.kart.date, len(found.kart.ties)) == (
        "Erstgespräch",
        "2024-02-26",
        6,
    )
    (note,) = (one for one in found.notes if one.code == "version_read")
    assert note.values["n"] == 1
    assert loaded({"versions": versions, "currentVersion": 2}).kart.title == "Heute"


def test_a_json_file_is_known_by_what_is_in_it(tmp_path: Path) -> None:
    for name in ("Kari.json", "Kari.nwk"):
        (tmp_path / name).write_text(json.dumps(CARD), "utf-8-sig")
        assert len(ak.load(tmp_path / name).kart.actors) == 7
    with pytest.raises(UnsupportedFile) as caught:
        ak.write(ak.ActorMap(actors=[ak.Actor(id="a")]), tmp_path / "ut.nwk")
    assert caught.value.problems[0].code == "read_only"


def test_the_old_version() -> None:
    found = loaded(
        "E;Rosa;45;notat\r\nF;1;3.2.2010\r\nF;2;14.12.2011\r\nN;1;Mära;w;Mu;\r\nN;2;+Far;m;Va;x\r\n"
        "N;3;Borte;m;Va;\r\nP;1;1;0.9;0.9;0\r\nP;2;1;0.6;0.4;1\r\nP;2;2;0.9;0,1;0\r\n"
        "L;1;1;2\r\nL;2;2;1\r\nL;2;1;3\r\n".encode("cp1252")
    )
    kart = found.kart
    assert kart.date == "2011-12-14"
    assert [(one.id, one.label) for one in kart.actors] == [
        ("ego", "Rosa"),
        ("1", "Mära"),
        ("2", "Far"),
    ]
    assert kart["2"].tags["deceased"] is True
    assert [(tie.source, tie.target, tie.strength) for tie in kart.ties] == [
        ("ego", "1", 7.0),
        ("2", "1", None),
    ]


@pytest.mark.parametrize(
    "content", [b"", b"{", b"a;b;c", {"ego": {}}, {"versions": [], "currentVersion": 1}]
)
def test_no_card(content: Any) -> None:
    with pytest.raises(AktorkartError) as caught:
        loaded(content)
    assert caught.value.problems[0].code == "not_a_card"
    assert all("Kari.json" in caught.value.text(lang) for lang in LANGUAGES)


_ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=8,
)


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_whatever_stands_where_something_else_belongs(data: st.DataObject) -> None:
    content = json.loads(json.dumps(CARD))
    parts = [content, content["ego"], *content["alteri"], *content["connections"]]
    for _ in range(data.draw(st.integers(1, 3))):
        where = data.draw(st.sampled_from(parts))
        where[data.draw(st.sampled_from([*where, "x"]))] = data.draw(_ANY)
    with read_or_refused():
        load(File("k.json", json.dumps(content).encode()))


@settings(max_examples=40, deadline=None)
@given(st.text(st.sampled_from("EFNPL;0123.,+\r\n") | st.characters(), max_size=120))
def test_any_text_is_read_or_refused_in_words(text: str) -> None:
    for source in (text, f"E;Kari;;\nF;1;1.1.2011\n{text}"):
        with read_or_refused():
            draft(File("k.nwk", source.encode("utf-8", "surrogatepass")))
