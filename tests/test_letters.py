"""Letters that look the same are the same; those that nobody sees, or that steer, do not get in."""

from __future__ import annotations

import time
import unicodedata
from typing import Any, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

import aktorkart as ak
from aktorkart.files import load_bytes, to_text
from aktorkart.model.checks import alike
from aktorkart.model.fields import likenesses


def made(**fields: Any) -> ak.Actor:
    return ak.Actor(**fields)


@pytest.mark.parametrize("sign", "\u200b\u2060\ufeff\u00ad\u180e\u200e\u200f\u061c")
@pytest.mark.parametrize("field", ["id", "name", "organisation", "note"])
def test_signs_that_nobody_sees_are_left_out(sign: str, field: str) -> None:
    actor = made(**{"id": "nav", field: f"N{sign}AV{sign}"})
    assert getattr(actor, field) == "NAV"


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_either_form_of_a_letter_is_kept_in_one(form: Literal["NFC", "NFD"]) -> None:
    actor = ak.Actor(
        id=unicodedata.normalize(form, "Åse"), name=unicodedata.normalize(form, "Åse é")
    )
    assert (actor.id, actor.name) == ("Åse", "Åse é")
    kart = ak.ActorMap(actors=[actor, ak.Actor(id="nav")])
    assert kart.with_tie(source=unicodedata.normalize("NFD", "Åse"), target="nav").ties


@pytest.mark.parametrize("end", "\x85\u2028\u2029")
def test_other_line_ends_become_a_space(end: str) -> None:
    assert ak.Actor(id=f"a{end}b", note=f"c{end}d").model_dump()["note"] == "c d"
    assert ak.Actor(id=f"a{end}b").id == "a b"


@pytest.mark.parametrize(
    "sign", "\x00\x07\x1b\x7f\x80\x9b\u202a\u202e\u2066\u2069\ud800\udfff\ufffe"
)
@pytest.mark.parametrize("field", ["id", "name", "note"])
def test_what_steers_is_refused_with_its_place(sign: str, field: str) -> None:
    with pytest.raises(ak.InvalidMap) as caught:
        made(**{"id": "nav", field: f"a{sign}b"})
    assert caught.value.problems[0].place.path == (field,)
    assert sign not in str(caught.value)


@pytest.mark.parametrize("text", ["👩\u200d⚕\ufe0f", "می\u200cخواهم", "a\u0301\u0323"])
def test_joiners_stay_where_scripts_need_them(text: str) -> None:
    assert ak.Actor(id=text).id == unicodedata.normalize("NFC", text)


def test_what_people_take_for_the_same() -> None:
    nav, capitals, doctor, joined, dps, team, decimal = likenesses(
        ["nav", "N.A.V. ", "👩⚕", "👩\u200d⚕\ufe0f", "dps", "team 12", "team 1.2"]
    )
    assert nav == capitals != dps
    assert doctor == joined
    assert team != decimal


@given(st.lists(st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]))))
def test_what_people_take_for_the_same_is_so_whoever_stands_beside(names: list[str]) -> None:
    assert likenesses(names) == [one for name in names for one in likenesses([name])]


@pytest.mark.parametrize("sign", [1, -1])
def test_numbers_with_thousands_of_digits_are_refused(sign: int) -> None:
    value = sign * 10**5000
    for fields in ({"id": value}, {"id": "a", "power": value}, {"id": "a", "tags": {"x": value}}):
        with pytest.raises(ak.InvalidMap):
            made(**fields)


def test_a_message_and_a_list_of_them_have_an_end() -> None:
    long = "x" * 10_000
    with pytest.raises(ak.InvalidMap) as caught:
        ak.ActorMap(actors=[ak.Actor(id="a")], ties=[ak.Tie(source="a", target=long)])
    assert max(map(len, str(caught.value).splitlines())) <= 2000
    ties = [ak.Tie(source="a", target=f"b{n}", kind="contact") for n in range(250)]
    with pytest.raises(ak.InvalidMap) as caught:
        ak.ActorMap(actors=[ak.Actor(id="a")], ties=ties)
    lines = str(caught.value).splitlines()
    assert len(caught.value.problems) == 250
    assert len(lines) == 101
    assert lines[-1] == "And 150 more problems."


def test_no_message_steers_a_terminal() -> None:
    with pytest.raises(ak.InvalidMap) as caught:
        made(id="a", power="\x1b[31m\x9b1m\u202e", kind="\x1b]0;x\x07")
    assert not set("\x1b\x9b\u202e\x07") & set(str(caught.value))
    with pytest.raises(ak.UnreadableFile) as unread:
        ak.read("\x1b[31m.yaml")
    assert "\x1b" not in str(unread.value)


def test_thousands_of_wrong_ends_take_seconds_and_not_minutes() -> None:
    ids = [f"{(n * 7919) % 99991:05d}navn{n}" for n in range(3000)]
    ties = [ak.Tie(source=f"{id_}x", target=f"{id_}y") for id_ in ids]
    begun = time.process_time()
    with pytest.raises(ak.InvalidMap) as caught:
        ak.ActorMap(actors=[ak.Actor(id=id_) for id_ in ids], ties=ties)
    assert len(caught.value.problems) == 6000
    assert caught.value.problems[0].guesses[0] == ids[0]
    assert time.process_time() - begun < 60  # 245 s before


def test_what_was_left_out_and_who_look_alike_is_told() -> None:
    content = b'aktorkart: 1\nactors:\n  - {id: nav, name: "N\\u200bAV"}\n  - {id: NAV}\n'
    loaded = load_bytes(content, name="kart.yaml")
    assert loaded.kart["nav"].name == "NAV"
    assert [(note.code, note.place.line) for note in loaded.notes] == [
        ("unseen_signs", 3),
        ("alike", None),
    ]
    assert (
        loaded.notes[1].text("en") == "NAV (nav) and NAV are nearly the same. Are they one actor?"
    )


def test_who_look_alike_around_a_person_are_told_without_names() -> None:
    """A note is said before anything is hidden."""
    actors = [ak.Actor(id="p", name="Kari Nordmann"), ak.Actor(id="q", name="Kari-Nordmann")]
    by_name = [ak.Actor(id="Kari Nordmann"), ak.Actor(id="Kari-Nordmann")]
    for some, said in ((actors, "p og q"), (by_name, "Ukjent type 1")):
        kart = ak.ActorMap(scope="individual", actors=some)
        (note,) = load_bytes(to_text(kart).encode(), name="k.yaml").notes
        assert note.text("nb").startswith(said)
        assert "Nordmann" not in note.text("nb")
    (note,) = alike(ak.ActorMap(scope="service", actors=actors))
    assert "Nordmann" in note.text("nb")
