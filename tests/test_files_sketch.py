"""DOT and Mermaid: others draw them, and nobody reads them back."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings

import aktorkart as ak
from aktorkart.errors import UnsupportedFile
from aktorkart.files import dot, mermaid
from aktorkart.files.sketch import SHOWN, strokes
from aktorkart.i18n import LANGUAGES
from aktorkart.strategies import actor_maps

if TYPE_CHECKING:
    from pathlib import Path
    from types import ModuleType

KART = ak.ActorMap(
    title='A "b" \\N & <c>',
    lang="nb",
    focal="kari",
    actors=[
        ak.Actor(id="kari", name='Kari "K" \\', kind="user"),
        ak.Actor(id="nav", name="<b>NAV</b> & #35; `x` ]"),
        ak.Actor(id="møte", kind="arena"),
    ],
    ties=[
        ak.Tie(source="kari", target="nav", strength=5),
        ak.Tie(source="kari", target="nav", strength=1, kind="referral", mutual=False),
        ak.Tie(source="nav", target="møte", kind="membership", quality="strained", strength=2),
        ak.Tie(source="kari", target="møte", quality="broken", strength=3),
        ak.Tie(source="nav", target="kari", kind="information", needed=True, mutual=False),
        ak.Tie(source="møte", target="kari", kind="information"),
    ],
)


def text_of(module: ModuleType, kart: ak.ActorMap) -> str:
    return str(module.dump(kart, "k").files["k"].decode())


def test_dot_line_by_line() -> None:
    assert text_of(dot, KART).splitlines() == [
        "digraph {",
        r'  label="A \"b\" \\N &amp; <c>" labelloc=t',
        "  overlap=false splines=true",
        '  node [shape=box style=rounded fontname="sans-serif"]',
        '  edge [fontname="sans-serif" fontsize=10 arrowsize=0.7]',
        r'  n0 [label="Kari \"K\" \\" peripheries=2]',
        '  n1 [label="<b>NAV</b> &amp; #35; `x` ]"]',
        '  n2 [label="møte" shape=ellipse style=""]',
        "  n0 -> n1 [penwidth=4 style=solid dir=none]",
        '  n0 -> n1 [penwidth=1 style=solid label="henvisning"]',
        '  n1 -> n2 [penwidth=2.18 style=dashed dir=none label="medlemskap i arena, anstrengt"]',
        '  n0 -> n2 [penwidth=2.92 style=dashed dir=none label="brutt"]',
        (
            "  n1 -> n0 [penwidth=1 style=dotted color=gray50 constraint=false"
            ' label="informasjon, trengs, men mangler"]'
        ),
        '  n2 -> n0 [penwidth=1 style=solid dir=none label="informasjon, styrke ikke oppgitt"]',
        "}",
    ]


def test_mermaid_line_by_line() -> None:
    assert text_of(mermaid, KART).splitlines() == [
        "---",
        'title: "A \\"b\\" \\\\N & <c>"',
        "---",
        "flowchart LR",
        '  n0[["Kari #34;K#34; #92;"]]',
        '  n1["#60;b#62;NAV#60;/b#62; #38; #35;35#59; #96;x#96; #93;"]',
        '  n2(["møte"])',
        "  n0 --- n1",
        '  n0 -->|"henvisning"| n1',
        '  n1 ---|"medlemskap i arena, anstrengt"| n2',
        '  n0 ---|"brutt"| n2',
        '  n1 -.->|"informasjon, trengs, men mangler"| n0',
        '  n2 ---|"informasjon, styrke ikke oppgitt"| n0',
        "  linkStyle 0 stroke-width:4px",
        "  linkStyle 1 stroke-width:1px",
        "  linkStyle 2 stroke-width:2.18px,stroke-dasharray:6 3",
        "  linkStyle 3 stroke-width:2.92px,stroke-dasharray:12 6",
        "  linkStyle 4 stroke-width:1px,stroke-dasharray:1 4",
        "  linkStyle 5 stroke-width:1px",
    ]


_DOT_LINE = re.compile(
    r'(digraph \{|\}|  (?:node|edge) \[.*\]|  overlap=.*|  label="(?:[^"\\]|\\.)*" labelloc=t'
    r'|  n\d+(?: -> n\d+)? \[(?:\w+=(?:"(?:[^"\\]|\\.)*"|[\w.+-]+) ?)+\])'
)
_MERMAID_LINE = re.compile(
    r'(---|title: ".*"|flowchart LR|  n\d+(?:\[\[|\(\[|\[)"[^"`<>&\n]*"(?:\]\]|\]\)|\])'
    r'|  n\d+ (?:---|-->|-\.-|-\.->)(?:\|"[^"`<>&\n]*"\|)? n\d+|  linkStyle \d+ [\w:.,\- ]+)'
)


@settings(max_examples=40, deadline=None)
@given(actor_maps())
def test_no_name_gets_out_of_its_quotes(kart: ak.ActorMap) -> None:
    """Every line is one that we mean to write, whatever stands in names, kinds and titles."""
    for module, line in ((dot, _DOT_LINE), (mermaid, _MERMAID_LINE)):
        text = text_of(module, kart)
        assert all(line.fullmatch(one) for one in text.removesuffix("\n").split("\n"))
    titles = re.findall("^title: (.*)$", text, re.MULTILINE)
    assert [json.loads(one) for one in titles] == (
        [" ".join(kart.title.split())] if kart.title else []
    )
    drawn = strokes(kart)
    assert len(drawn) == len(kart.ties_in_force)
    assert all(bool(one.words) for one in drawn if one.form in {"missing", "strained", "broken"})
    for one, tie in zip(drawn, kart.ties_in_force, strict=True):
        assert (one.form == "missing") is tie.needed
        assert one.mutual is tie.mutual


def test_stronger_is_wider() -> None:
    for scale, strengths in (((1.0, 5.0), [1, 2, 5]), (None, [1, 20, 400])):
        kart = ak.ActorMap(
            strength_scale=scale,
            actors=[ak.Actor(id=one) for one in "abcd"],
            ties=[
                ak.Tie(source="a", target=other, strength=strength)
                for other, strength in zip("bcd", strengths, strict=True)
            ],
        )
        widths = [one.width for one in strokes(kart)]
        assert widths == sorted(set(widths))


@pytest.mark.parametrize("module", [dot, mermaid])
def test_what_is_not_shown_is_told(module: ModuleType) -> None:
    kart = KART.with_(date="2026", note="x").with_tie(
        source="kari", target="møte", kind="agreement", until="2020", note="y"
    )
    notes = {note.code: note.values for note in module.dump(kart, "k").notes}
    assert notes["not_in_force_left_out"]["n"] == 1
    assert set(notes["not_carried"]["fields"]) == {"note", "ties.note"}
    assert not set(notes["not_carried"]["fields"]) & set(SHOWN)
    assert module.dump(ak.ActorMap(actors=[ak.Actor(id="a")]), "k").notes == ()


@pytest.mark.parametrize("ending", [".dot", ".gv", ".mmd", ".mermaid"])
def test_roles_instead_of_names_and_no_reading_back(tmp_path: Path, ending: str) -> None:
    """DESIGN: roles where scope is individual, in formats that nobody reads back."""
    kart = ak.ActorMap(
        scope="individual",
        consent=ak.Consent(given="2026", until="2999"),
        actors=[ak.Actor(id="kari", name="Kari Nordmann", kind="user")],
    )
    path = tmp_path / f"kart{ending}"
    ak.write(kart, path)
    assert "Kari" not in path.read_text("utf-8")
    ak.write(kart, path, names=True)
    assert "Kari Nordmann" in path.read_text("utf-8")
    with pytest.raises(UnsupportedFile) as caught:
        ak.read(path)
    assert caught.value.problems[0].code == "written_only"
    assert all(str(path) in caught.value.text(lang) for lang in LANGUAGES)
