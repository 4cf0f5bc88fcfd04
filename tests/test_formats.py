"""What holds for every format, and what reading and writing say of wrong arguments."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any

import networkx as nx
import pandas as pd
import pytest
from hypothesis import given, settings

import aktorkart as ak
from aktorkart.errors import UnsupportedFile, WrongArgument
from aktorkart.files import FORMATS, Format, load, read, read_bytes, to_text, write
from aktorkart.files.cells import read_number
from aktorkart.files.csv import dump
from aktorkart.files.csv import load as load_csv
from aktorkart.files.decoding import File
from aktorkart.files.formats import Dumped
from aktorkart.i18n import LANGUAGES
from aktorkart.model import Actor, ActorMap, Consent
from aktorkart.strategies import actor_maps

if TYPE_CHECKING:
    from pathlib import Path

KART = ActorMap(actors=[Actor(id="nav")])
LOSSLESS = [one.name for one in FORMATS.values() if one.lossless]


@settings(max_examples=150, deadline=None)
@given(actor_maps())
def test_what_was_written_is_read_again_or_said_to_be_lost(kart: ActorMap) -> None:
    """DESIGN: Reading what was written gives the same map; writing is stable.

    One test for all formats: drawing the maps takes more time than writing and reading them.
    """
    for name in LOSSLESS:
        written = to_text(kart, format=name)
        again = read_bytes(written.encode(), name="kart", format=name)
        assert again == kart
        assert to_text(again, format=name) == written
    csv_holds_or_says_to_be_lost(kart)


def csv_holds_or_says_to_be_lost(kart: ActorMap) -> None:
    """Issue 2: nothing lost in silence; formulas never leave the library unguarded."""
    made = dump(kart, "kart.csv")
    lost = [field for note in made.notes for field in dict(note.values)["fields"]]
    held = load_csv(*(File(name, data) for name, data in made.files.items()))
    texts = {name: data.decode("utf-8-sig") for name, data in made.files.items()}
    for actor, again in zip(kart.actors, held.kart.actors, strict=True):
        assert actor.id == again.id
        for name in ("name", "kind", "organisation", "power", "stance"):
            assert getattr(actor, name) == getattr(again, name)
            assert f"actors.{name}" not in lost
    for tie, same in zip(kart.ties, held.kart.ties, strict=True):
        for name in ("source", "target", "strength", "kind", "mutual", "needed", "since", "until"):
            assert getattr(tie, name) == getattr(same, name)
    assert held.kart.scope == kart.scope
    assert held.kart.consent == kart.consent or "consent" in lost
    read_again, consent = held.kart.consent or Consent(), kart.consent or Consent()
    for name in ("given", "until", "withdrawn", "covers", "seen_by"):
        assert getattr(read_again, name) == getattr(consent, name)
    delimiter = "," if kart.lang == "en" else ";"
    for written in texts.values():
        for row in csv.reader(io.StringIO(written, newline=""), delimiter=delimiter):
            formulas = [cell for cell in row if cell[:1] in set("=+-@")]
            # What begins like a formula is a number.
            assert all(isinstance(read_number(cell), float) for cell in formulas)


ONE_WAY = ("dot", "mermaid", "easynwk", "carried")
"""Formats that are only written, or only read; they have tests of their own."""


@pytest.mark.parametrize("name", [name for name in FORMATS if name not in ONE_WAY])
def test_every_ending_and_every_name_leads_to_the_format(tmp_path: Path, name: str) -> None:
    known = FORMATS[name]
    for ending in known.read_only:
        with pytest.raises(UnsupportedFile, match=r"Choose from \.xlsx"):
            write(KART, tmp_path / f"kart{ending}")
    for ending in sorted({*known.endings} - {*known.read_only}):
        assert write(KART, tmp_path / f"kart{ending}") == ()
        assert read(tmp_path / f"kart{ending}") == KART
        for asked in (name, name.upper(), ending):
            assert write(KART, tmp_path / "other", format=asked) == ()
            assert read(tmp_path / "other", format=asked) == KART
    if known.single:
        assert load(tmp_path / f"kart{known.endings[0]}").notes == ()
    else:
        with pytest.raises(UnsupportedFile):
            to_text(KART, format=name)


def test_roles_instead_of_names_only_when_asked(tmp_path: Path) -> None:
    """DESIGN: names=None shows roles where scope is individual, but not in one's own YAML."""
    kart = ActorMap(
        scope="individual", actors=[Actor(id="kari", name="Kari Nordmann", kind="user")]
    )
    path = tmp_path / "kart.yaml"
    assert write(kart, path) == ()
    assert read(path) == kart
    write(kart, path, names=False)
    assert "ari" not in path.read_text("utf-8").replace("Bruker", "")


def test_what_nobody_reads_back_shows_roles(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """DESIGN: roles where scope is individual, in formats that nobody reads back."""

    class Names(Format):
        def dump(self, kart: ActorMap, path: str) -> Dumped:
            return Dumped({path: " ".join(actor.label for actor in kart.actors).encode()})

    monkeypatch.setitem(FORMATS, "names", Names("names", (".names",), own=False))
    person = ActorMap(scope="individual", actors=[Actor(id="kari", name="Kari", kind="user")])
    path = tmp_path / "kart.names"
    for names, shown in ((None, False), (False, False), (True, True)):
        write(person, path, names=names)
        assert (path.read_text("utf-8") == "Kari") is shown


@pytest.mark.parametrize(
    ("call", "code"),
    [
        (lambda: ak.read(None), "not_a_path"),  # type: ignore[arg-type]
        (lambda: ak.read(42), "not_a_path"),  # type: ignore[arg-type]
        (lambda: ak.read(b"kart.yaml"), "not_a_path"),  # type: ignore[arg-type]
        (lambda: ak.read(KART), "not_a_path"),  # type: ignore[arg-type]
        (lambda: load(None), "not_a_source"),
        (lambda: read_bytes("actors: []", name="-"), "not_bytes"),  # type: ignore[arg-type]
        (lambda: ak.write("x", KART), "not_a_map"),  # type: ignore[arg-type]
        (lambda: ak.write(KART, None), "not_a_path"),  # type: ignore[arg-type]
        (lambda: ak.write(KART, 1), "not_a_path"),  # type: ignore[arg-type]
        (lambda: to_text("kart.yaml"), "not_a_map"),  # type: ignore[arg-type]
        (lambda: ak.from_frames([{"id": "nav"}], pd.DataFrame()), "not_a_frame"),
        (lambda: ak.from_frames(pd.DataFrame({"id": ["nav"]}), None), "not_a_frame"),
        (lambda: ak.to_frames("kart.yaml"), "not_a_map"),  # type: ignore[arg-type]
        (lambda: ak.from_networkx(None), "not_a_graph"),  # type: ignore[arg-type]
        (lambda: ak.from_networkx({"a": ["b"]}), "not_a_graph"),  # type: ignore[arg-type]
        (lambda: ak.to_networkx(nx.Graph()), "not_a_map"),  # type: ignore[arg-type]
    ],
)
def test_something_else_than_what_is_worked_on(call: Any, code: str) -> None:
    with pytest.raises(WrongArgument) as caught:
        call()
    (problem,) = caught.value.problems
    assert problem.code == code
    for lang in LANGUAGES:
        assert str(dict(problem.values)["value"]) in problem.text(lang)


@pytest.mark.parametrize("asked", ["odt", "", 42])
def test_a_format_that_there_is_not(tmp_path: Path, asked: Any) -> None:
    for call in (
        lambda: write(KART, tmp_path / "kart.yaml", format=asked),
        lambda: to_text(KART, format=asked),
        lambda: read_bytes(b"", name="-", format=asked),
    ):
        with pytest.raises(UnsupportedFile, match="yaml, json"):
            call()
    assert list(tmp_path.iterdir()) == []


def test_only_what_can_be_done_is_offered(tmp_path: Path) -> None:
    """Every ending and format that is offered for writing writes, and for reading is read."""
    kart = ActorMap(actors=[Actor(id="a"), Actor(id="b")])
    with pytest.raises(UnsupportedFile) as caught:
        write(kart, tmp_path / "kart")
    for ending in caught.value.problems[0].values["known"]:  # noqa: PD011 - a problem is no frame
        write(kart, tmp_path / f"kart{ending}")
    with pytest.raises(UnsupportedFile) as caught:
        write(kart, tmp_path / "kart", format="yml2")
    for known in caught.value.problems[0].values["known"]:  # noqa: PD011
        write(kart, tmp_path / "kart", format=known)
    (tmp_path / "uten").write_text("Her er ingen fil av noe slag", "utf-8")
    with pytest.raises(UnsupportedFile) as caught:
        read(tmp_path / "uten")
    known = caught.value.problems[0].values["known"]  # noqa: PD011
    assert not {".dot", ".mmd"} & {*known}
    assert {".nwk", ".svg", ".yaml"} <= {*known}
