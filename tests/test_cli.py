from __future__ import annotations

import inspect
import io
import json
import os
import re
import signal
import struct
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path
from types import SimpleNamespace

import click
import pytest

import aktorkart as ak
from aktorkart import cli
from aktorkart.cli import at_work, draw, program
from aktorkart.cli.check import in_words
from aktorkart.files.starter import SITUATIONS
from aktorkart.finding import FIELDS
from aktorkart.i18n import LANGUAGES, text
from aktorkart.network import compiling
from aktorkart.progress import PHASES, told

COMMANDS = list(cli.COMMANDS)


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in an empty folder, with a reader of bokmål."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LC_ALL", "nb_NO.UTF-8")
    return tmp_path


@pytest.fixture
def kart(here: Path) -> Path:
    path = here / "kart.yaml"
    ak.write(ak.examples.two_brokers().with_(lang="nb"), path)
    return path


def run(*arguments: str) -> int:
    return cli.main(list(arguments))


def feed(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(data)))


# --- help


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_examples(
    command: str, lang: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(command, "--help", "--lang", lang) == 0
    said = capsys.readouterr().out
    assert text("cli.heading.examples", lang) in said
    assert f"aktorkart {command}" in said.split(text("cli.heading.examples", lang))[1]
    if lang != "en":
        assert "Usage" not in said
        assert "default" not in said
        assert "required" not in said
        assert "Show this" not in said


def test_a_bare_name_gives_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert run() == 0
    said = capsys.readouterr().out
    assert [name for name in COMMANDS if f"\n  {name} " in said] == COMMANDS


def test_help_follows_the_locale(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "sv_SE.UTF-8")
    run("--help")
    assert capsys.readouterr().out.startswith("Användning")
    run("--help", "--lang=en")
    assert capsys.readouterr().out.startswith("Usage")


def test_the_version_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--version") == 0
    assert capsys.readouterr().out == f"aktorkart {ak.__version__}\n"


@pytest.mark.parametrize("name", ["bokmål", "Nynorsk", "English", "svenska", "bokma\u030al"])
def test_a_language_may_be_asked_for_by_its_own_name(
    name: str, kart: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code = {"b": "nb", "N": "nn", "E": "en", "s": "sv"}[name[0]]
    run("check", str(kart), "--lang", code)
    said = capsys.readouterr().out
    run("check", str(kart), "--lang", name)
    assert capsys.readouterr().out == said
    run("--help", f"--lang={name}")
    assert capsys.readouterr().out.startswith(text("cli.heading.usage", code))


def test_check_names_the_field_to_fill_in_and_the_report_does_not(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("kart.yaml").write_text("aktorkart: 1\nactors: [{id: a}, {id: b}]\n", "utf-8")
    run("check", "kart.yaml", "--lang", "nb")
    said = capsys.readouterr().out
    assert "Kartet har ingen dato." in said
    assert "Felt i filen: dato (date)." in said
    run("report", "kart.yaml", "-o", "-", "--lang", "nb")
    assert "Felt i filen" not in capsys.readouterr().out


@pytest.mark.parametrize(
    ("field", "lang", "said"),
    [
        ("focal", "nb", "rundt (focal)"),
        ("kind: coordinator", "nb", "type: koordinator (kind: coordinator)"),
        ("kind: agreement", "nn", "type: avtale (kind: agreement)"),
        ("needed: true", "sv", "behövs: ja (needed: true)"),
        ("checklist", "en", "checklist"),
        ("since", "en", "since"),
    ],
)
def test_a_field_is_called_what_people_write(field: str, lang: str, said: str) -> None:
    assert in_words(field, lang) == said


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_field_to_fill_in_can_be_said(lang: str) -> None:
    for named in {*FIELDS.values(), "consent"}:
        for field in named.split(", "):
            assert field in in_words(field, lang)


# --- what is typed wrong


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["rapport"], "Kommandoen «rapport» finnes ikke"),
        (["repotr"], "Mente du «report»"),
        (["check"], "KART mangler"),
        (["check", "kart.yaml", "--lng", "nb"], "Mente du «--lang»"),
        (["check", "kart.yaml", "--lang", "de"], "--lang må være en av nb, nn, en og sv"),
        (["draw", "kart.yaml", "--dpi", "mye"], "--dpi må være et helt tall fra 30 til 1200"),
        (["draw", "kart.yaml", "--dpi", "1201"], "--dpi må være et helt tall fra 30 til 1200"),
        (["draw", "kart.yaml", "--backbone", "0"], "--backbone må være et tall over 0, høyst 1"),
        (["draw", "kart.yaml", "--title"], "--title trenger en verdi"),
        (["draw", "kart.yaml", "--color", "linje"], "--color kan ikke være «linje»"),
        (["draw", "kart.yaml", "--mark-size", "x"], "--mark-size kan ikke være «x»"),
        (["check", "kart.yaml", "--names=ja"], "--names tar ingen verdi"),
        (["check", "kart.yaml", "--today", "i dag"], "en dag, skrevet som ÅÅÅÅ-MM-DD"),
        (["check", "kart.yaml", "x"], "x: Filen finnes ikke"),
        (["convert", "kart.yaml"], "-o mangler"),
        (["draw", "kart.yaml", "--color", "linkag"], "Mente du «linkage»"),
        (["draw", "kart.yaml", "-o", "kart.jpg"], "png"),
        (["draw", "kart.yaml", "-o", "-"], "kan ikke skrives til skjermen"),
        (["report", "kart.yaml", "-o", "rapport.docxx"], "html"),
        (
            ["draw", "kart.yaml", "--figure", "levels", "--hulls", "line", "--issue", "x"],
            "--hulls gjelder ikke for figuren levels",
        ),
        (
            ["draw", "kart.yaml", "--figure", "ranking", "--mark-size", "degree"],
            "--mark-size gjelder ikke for figuren ranking",
        ),
    ],
)
def test_words_typed_wrong_are_said_in_one_line_or_two(
    arguments: list[str], said: str, kart: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(*arguments) == 2
    captured = capsys.readouterr()
    assert said in captured.err
    assert captured.out == ""
    assert "Traceback" not in captured.err
    assert {path.name for path in kart.parent.iterdir()} == {"kart.yaml"}


# --- check


WHOLE = (
    "aktorkart: 1\ntitle: K\nfocal: a\ndate: 2026\n"
    "actors: [{id: a, kind: gp}, {id: b, kind: gp}, {id: c, kind: dps}]\n"
    "ties: [{source: a, target: b, strength: 3}, {source: b, target: c, strength: 3},"
    " {source: c, target: a, strength: 3}]\n"
)


def test_check_has_nothing_to_say_about_a_whole_map(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (here / "k.yaml").write_text(WHOLE, "utf-8")
    assert run("check", "k.yaml") == 0
    assert capsys.readouterr().out == (
        "Kartet har ingen feil, og ingenting mangler: 3 aktører og 3 relasjoner.\n"
    )


def test_a_map_that_lacks_nothing_but_consent_is_not_called_whole(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (here / "k.yaml").write_text(f"{WHOLE}scope: individual\n", "utf-8")
    assert run("check", "k.yaml") == 1
    (said,) = capsys.readouterr().out.splitlines()
    assert said.endswith("Felt i filen: samtykke (consent).")


def test_check_gives_findings_on_a_valid_map(
    kart: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("check", str(kart), "--format", "json") == 1
    data = json.loads(capsys.readouterr().out)
    assert (data["schema"], data["valid"]) == (1, True)
    assert list(data["findings"][0]) == [
        "code",
        "case",
        "level",
        "actors",
        "ties",
        "numbers",
        "field",
        "text",
    ]
    assert {found["level"] for found in data["findings"]} <= {"gap", "unknown"}


def test_check_names_all_that_is_wrong_with_line_and_fix(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (here / "k.yaml").write_text(
        "aktorkart: 1\nactors:\n  - {id: nav, kind: navv}\n  - {id: dps, power: 9}\n"
        "ties:\n  - {source: nav, target: dpss}\n",
        "utf-8",
    )
    assert run("check", "k.yaml") == 2
    said = capsys.readouterr().err
    assert said.startswith("3 ting må rettes:")
    assert "k.yaml, linje 3, tegn 21: Typen «navv»" in said
    assert "linje 4, tegn 22: 9 er utenfor 1–5" in said
    assert "linje 6, tegn 27" in said
    assert "Mente du «dps»" in said
    assert run("check", "k.yaml", "--format", "json") == 2
    data = json.loads(capsys.readouterr().out)
    assert (data["schema"], data["valid"]) == (1, False)
    assert [problem["line"] for problem in data["problems"]] == [3, 4, 6]


def test_a_map_can_come_through_a_pipe(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    feed(monkeypatch, b'{"actors": [{"id": "a"}]}')
    assert run("check", "-") == 1
    feed(monkeypatch, b"actors: [{id: a, x: 1}]")
    assert run("check", "-") == 2
    assert "«x» er ikke et kjent felt" in capsys.readouterr().err


# --- the other commands


def test_report_writes_beside_where_one_stands(
    kart: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("report", str(kart)) == 0
    assert (kart.parent / "kart-report.html").read_text("utf-8").startswith("<!DOCTYPE html>")
    assert "Skrev kart-report.html" in capsys.readouterr().err


def test_report_goes_to_stdout_in_the_format_asked_for(
    kart: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("report", str(kart), "-o", "-", "--lang", "en") == 0
    assert "## Who is central" in capsys.readouterr().out
    assert run("report", str(kart), "-o", "-", "--format", "json") == 0
    assert json.loads(capsys.readouterr().out)["schema"] == 2


@pytest.mark.parametrize("page", ["--summary", "--easy"])
def test_one_page_and_other_parts_are_refused_together(
    kart: Path, capsys: pytest.CaptureFixture[str], page: str
) -> None:
    assert run("report", str(kart), page, "--parts", "user,gaps", "--lang", "en") == 2
    assert f"{page} gives one page, the summary, so --parts" in capsys.readouterr().err
    assert not list(kart.parent.glob("*.html"))


def test_draw_writes_every_format_asked_for(kart: Path) -> None:
    assert run("draw", str(kart), "-o", "k.svg", "-o", "k.png", "-o", "k.pdf", "--dpi", "60") == 0
    heads = {path.suffix: path.read_bytes()[:5] for path in kart.parent.glob("k.*")}
    assert heads[".svg"].startswith(b"<?xml")
    assert heads[".png"].startswith(b"\x89PNG")
    assert heads[".pdf"].startswith(b"%PDF")


def test_draw_takes_an_earlier_map_and_the_ranking(kart: Path) -> None:
    assert run("draw", str(kart), "--like", str(kart), "--dpi", "40", "--color", "none") == 0
    assert (kart.parent / "kart-network.png").exists()
    assert (
        run("draw", str(kart), "--figure", "ranking", "--measure", "closeness", "-o", "r.svg") == 0
    )
    assert (kart.parent / "r.svg").exists()


@pytest.mark.parametrize(
    ("options", "wide"),
    [
        ((), False),
        (("--style", "slide"), True),
        (("--style", "dark", "--size", "slide"), True),
        (("--style", "slide", "--size", "a4"), False),
        (("--size", "square"), False),
        (("--size", "180x90"), True),
        (("--style", "print", "--highlight", "a", "--hulls", "community"), False),
        (("--figure", "ranking", "--style", "slide"), True),
    ],
)
def test_draw_takes_looks_pages_and_what_stands_out(
    kart: Path, options: tuple[str, ...], *, wide: bool
) -> None:
    highlighted = min(actor.id for actor in ak.read(kart).actors)
    asked = [highlighted if option == "a" else option for option in options]
    assert run("draw", str(kart), *asked, "-o", "k.png", "--dpi", "30") == 0
    # Width and height stand in the header of every PNG.
    width, height = struct.unpack(">II", (kart.parent / "k.png").read_bytes()[16:24])
    assert (width / height > 1.7) == wide


@pytest.mark.parametrize("figure", draw.FIGURES)
def test_draw_draws_every_figure_with_a_title_of_ones_own(figure: str, kart: Path) -> None:
    asked = ["--figure", figure, "--title", "Vårt kart <1>", "-o", "k.svg", "--lang", "en"]
    if figure == "change":
        asked += ["--before", str(kart)]
    assert run("draw", str(kart), *asked) == 0
    assert "Vårt kart &lt;1&gt;" in (kart.parent / "k.svg").read_text("utf-8")


def test_draw_draws_a_panel_for_each_of_several_maps(
    kart: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    later = ak.read(kart)
    ak.write(later.with_(ties=later.ties[1:], title="Året etter"), kart.parent / "etter.yaml")
    asked = ["--figure", "small_multiples", "-o", "k.svg", "--lang", "nb"]
    assert run("draw", str(kart), str(kart.parent / "etter.yaml"), *asked) == 0
    drawn = (kart.parent / "k.svg").read_text("utf-8")
    held = sum(not tie.needed for tie in later.ties_in_force)
    assert f"Året etter ({held - 1})" in drawn
    # Ways to part a map are of one map.
    both = (str(kart), str(kart.parent / "etter.yaml"))
    assert run("draw", *both, *asked, "--by", "kind") == 2
    # What is wrong in all of them is said at once.
    for name in ("a.yaml", "b.yaml"):
        (kart.parent / name).write_text("actors: [{id: a}, {id: a}]", encoding="utf-8")
    assert run("draw", *(str(kart.parent / name) for name in ("a.yaml", "b.yaml")), *asked) == 2
    said = capsys.readouterr().err
    assert "a.yaml" in said
    assert "b.yaml" in said


def test_draw_draws_every_public_figure() -> None:
    drawn = {
        name
        for name in ak.figures.__all__
        if {*draw.OF_THE_PAGE} <= inspect.signature(getattr(ak.figures, name)).parameters.keys()
    }
    assert set(draw.FIGURES) == drawn


def test_draws_options_are_the_figures_own() -> None:
    """Both ways: every parameter of a figure is an option or named, and the other way round."""
    of_figures = {
        name
        for figure in draw.FIGURES
        for name in inspect.signature(getattr(ak.figures, figure)).parameters
    }
    options = {str(param.name) for param in cli.command("draw", "en").params}
    of_the_program = {"map", "output", "figure", "dpi", "input_format", "reader", "at"}
    of_the_program |= {"outlines", "embed"}
    of_the_program |= {"directed", "columns", "weights", "repair", "count"}
    assert options - of_the_program == of_figures - draw.NOT_TYPED
    assert of_figures >= draw.NOT_TYPED
    assert of_figures >= draw.OF_THE_PAGE
    assert list(draw.parameters()["measure"]) == ["ranking"]
    assert list(draw.parameters()["mark_size"]) == ["network"]


@pytest.mark.parametrize("command", COMMANDS)
def test_nothing_said_twice_is_dropped(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Of an option that is there twice, click takes the last and says nothing."""
    tried = 0
    for param in cli.command(command, "en").params:
        if not isinstance(param, click.Option) or param.multiple:
            continue
        if param.secondary_opts:
            words, said = [param.opts[0], param.secondary_opts[0]], "cannot be used together"
        elif not param.is_flag:
            words, said = [param.opts[0], "1", param.opts[0], "2"], "is there twice"
        else:
            continue
        assert run(command, "kart.yaml", *words, "--lang", "en") == 2
        assert said in capsys.readouterr().err, words
        tried += 1
    assert tried


def test_options_have_the_defaults_of_the_figures() -> None:
    defaults = {param.name: param.default for param in cli.command("draw", "en").params}
    for name, having in draw.parameters().items():
        for parameter in having.values():
            expected = parameter.default
            nothing = expected is None or expected is inspect.Parameter.empty
            assert defaults[name] == expected or nothing, name


def test_check_names_nobody_around_a_person_unless_asked(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (here / "k.yaml").write_text(
        "scope: individual\nactors: [{id: kari, name: Kari, kind: user}, {id: b, kind: gp}]",
        "utf-8",
    )
    assert run("check", "k.yaml", "--format", "json") == 1
    assert "ari" not in capsys.readouterr().out
    assert run("check", "k.yaml", "--names") == 2
    assert "--without-consent" in capsys.readouterr().err
    assert run("check", "k.yaml", "--names", "--without-consent") == 1
    assert "Kari" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--figure", "ego", "--actor", "{id}"], "{name}"),
        (["--figure", "matrix", "--group", "level"], "(level)"),
        (["--backbone", "0.2"], "not shown"),
    ],
)
def test_draw_hands_on_what_a_figure_can_do(options: list[str], said: str, kart: Path) -> None:
    kart.write_text(ak.examples.source("municipal_service"), "utf-8")
    one = max(ak.read(kart).actors, key=lambda actor: actor.id)
    asked = [option.format(id=one.id) for option in options]
    assert run("draw", str(kart), *asked, "-o", "k.svg", "--lang", "en", "--names") == 0
    assert said.format(name=one.label) in (kart.parent / "k.svg").read_text("utf-8")


def test_a_share_of_ties_is_a_number(kart: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("draw", str(kart), "--backbone", "1.5") == 2
    assert "--backbone" in capsys.readouterr().err


def test_draw_knows_whom_to_highlight(kart: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("draw", str(kart), "--highlight", "ingen", "-o", "k.png") == 2
    assert "ingen" in capsys.readouterr().err


def test_convert_goes_round(kart: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("convert", str(kart), "-o", "k.json") == 0
    assert run("convert", "k.json", "-o", "k.csv") == 0
    assert run("convert", "k.csv", "-o", "-") == 0
    said = capsys.readouterr().out
    back = ak.files.read_bytes(said.encode(), name="-", format="yaml")
    assert back.ties == ak.read(kart).ties


def test_convert_to_roles_hides_names(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "k.yaml").write_text("actors: [{id: kari, name: Kari, kind: user}]", "utf-8")
    assert run("convert", "k.yaml", "-o", "-", "--roles") == 0
    said = capsys.readouterr().out
    assert "ari" not in said
    assert "name: Bruker" in said


def test_what_csv_cannot_hold_is_said(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "k.yaml").write_text(ak.examples.source("user_network"), "utf-8")
    assert run("convert", "k.yaml", "-o", "k.csv") == 0
    assert "goals" in capsys.readouterr().err


@pytest.mark.parametrize("situation", SITUATIONS)
def test_starters_are_the_same_map_in_every_language(situation: str, tmp_path: Path) -> None:
    """Issue 11: starters by situation, with kinds in the reader's language."""
    karts = []
    for lang in LANGUAGES:
        path = tmp_path / f"{lang}.yaml"
        assert run("new", str(path), "--for", situation, "--lang", lang) == 0
        loaded = ak.load(path)
        assert loaded.notes == ()
        assert loaded.kart.lang == lang
        karts.append(loaded.kart)
    for kart in karts[1:]:
        assert [one.kind for one in kart.actors] == [one.kind for one in karts[0].actors]
        place = {one.id: number for number, one in enumerate(kart.actors)}
        first = {one.id: number for number, one in enumerate(karts[0].actors)}
        for tie, other in zip(kart.ties, karts[0].ties, strict=True):
            assert (place[tie.source], place[tie.target]) == (
                first[other.source],
                first[other.target],
            )
            same = ("strength", "kind", "mutual", "needed", "quality")
            assert [getattr(tie, name) for name in same] == [getattr(other, name) for name in same]
        assert (kart.scope, kart.needs) == (karts[0].scope, karts[0].needs)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_new_makes_a_file_that_is_valid_and_never_overwrites(
    lang: str, here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("new", "k.yaml", "--lang", lang) == 0
    kart = ak.read(here / "k.yaml")
    assert kart.lang == lang
    assert len(kart.actors) == 6
    before = (here / "k.yaml").read_bytes()
    assert b"#" in before
    assert run("new", "k.yaml", "--lang", lang) == 2
    assert (here / "k.yaml").read_bytes() == before
    assert text("problem.file_exists", lang) in capsys.readouterr().err


def test_schema_is_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("schema", "--lang", "en") == 0
    assert json.loads(capsys.readouterr().out)["title"]


def test_demo_makes_a_folder_and_says_what_to_open(
    here: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ak.examples, "DEMO", ("two_brokers", "kite"))
    assert run("demo", "-o", "d") == 0
    captured = capsys.readouterr()
    assert str(Path("d", "two_brokers.html")) in captured.out
    assert "1 av 2" in captured.err
    made = {path.name for path in (here / "d").iterdir()}
    assert made == {f"{n}.{e}" for n in ("two_brokers", "kite") for e in ("yaml", "html", "png")}
    assert ak.read(here / "d" / "kite.yaml") == ak.examples.kite()


def test_demo_says_where_it_cannot_write(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "d").write_text("", "utf-8")
    assert run("demo", "-o", "d") == 2
    assert "d" in capsys.readouterr().err


# --- leaving


def test_ctrl_c_is_a_word_and_a_code(
    kart: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("aktorkart.content.topics.Topics.about", interrupted)
    assert run("report", str(kart)) == 130
    assert "Avbrutt." in capsys.readouterr().err
    assert not list(kart.parent.glob("*.html"))


def test_who_looks_sees_what_it_is_at_and_how_far(
    kart: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """ISSUE 15: "nothing over a second without progress (phase and share done)"."""
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    told_of = at_work._Line.told  # noqa: SLF001 - what it would show, were it looked at just then

    def seen(line: at_work._Line, phase: str, done: int, of: int) -> None:
        told_of(line, phase, done, of)
        line._write(line._words)  # noqa: SLF001

    monkeypatch.setattr(at_work._Line, "told", seen)  # noqa: SLF001
    assert run("report", str(kart), "-o", "rapport.html") == 0
    lines = capsys.readouterr().err.split("\r")
    assert any(re.match(r"Det kartet sier: \d+\s%", line) for line in lines)
    assert any(re.match(r"Figurer: \d+\s%", line) for line in lines)
    # Nothing of it is left before what stays.
    assert not lines[-2].strip()
    assert lines[-1].startswith("Skrev rapport.html")


@pytest.mark.parametrize("phase", PHASES)
def test_every_phase_is_said_in_words(
    phase: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(at_work, "PATIENCE", 0.0)
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    monkeypatch.setattr(at_work, "EVERY", 0.001)
    expected = f"\r{text(f'cli.phase.{phase}', 'en')}: 25%"
    said, end = "", time.monotonic() + 10
    with at_work.at_work("en"):
        told(phase, 1, 4)
        while expected not in said and time.monotonic() < end:
            time.sleep(0.01)
            said += capsys.readouterr().err
    assert expected in said


def test_a_pipe_is_spared_what_only_people_want(
    kart: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(at_work, "PATIENCE", 0.0)
    assert run("report", str(kart), "-o", "rapport.html") == 0
    assert capsys.readouterr().err == "Skrev rapport.html\n"


def test_the_first_compilation_is_said_once(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    compiling._say_compiling.cache_clear()  # noqa: SLF001 - another test may have been first
    with at_work.at_work("en"):
        compiling._say_compiling()  # noqa: SLF001
        compiling._say_compiling()  # noqa: SLF001
    assert capsys.readouterr().err.count("The first time on this machine") == 1


def test_what_a_compiler_would_give_is_said_once_where_there_is_none(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    monkeypatch.setitem(sys.modules, "numba", None)
    compiling._say_missing.cache_clear()  # noqa: SLF001 - another test may have been first
    with at_work.at_work("en"):
        assert compiling.compiled.__wrapped__(len) is None
        assert compiling.compiled.__wrapped__(max) is None
    said = capsys.readouterr().err
    assert said.count("pip install 'aktorkart[fast]'") == 1


@pytest.mark.parametrize("made_of_it", [None, ValueError("in the middle of being loaded")])
def test_ctrl_c_is_heard_whatever_a_library_makes_of_it(
    made_of_it: Exception | None,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def swallowing(lang: str) -> dict[str, str]:
        with suppress(KeyboardInterrupt):
            program._heard(signal.SIGINT, None)  # noqa: SLF001 - as if it came now
        if made_of_it is not None:
            raise made_of_it
        return {"lang": lang}

    monkeypatch.setattr(program, "_CTRL_C", threading.Event())
    monkeypatch.setattr(ak.files, "json_schema", swallowing)
    assert cli.main(["schema", "--lang", "en"]) == 130
    assert capsys.readouterr().err.splitlines()[-1] == text("cli.stopped", "en")


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks at Linux' processes")
def test_ctrl_c_leaves_no_file_and_no_process(tmp_path: Path) -> None:
    maps = tmp_path / "kart"
    maps.mkdir()
    for number, one in enumerate(ak.examples.municipalities().values()):
        ak.write(one, maps / f"{number}.yaml")
    command = [sys.executable, "-m", "aktorkart.cli", "portfolio", str(maps), "-o", "alle.html"]
    begun = subprocess.Popen(  # noqa: S603 - our own program
        command, cwd=tmp_path, stderr=subprocess.PIPE, start_new_session=True
    )
    end = time.monotonic() + 60
    while len(_session(begun.pid)) < min(3, 1 + (os.cpu_count() or 1)) and time.monotonic() < end:
        time.sleep(0.05)
    assert begun.poll() is None
    os.killpg(begun.pid, signal.SIGINT)
    _, said = begun.communicate(timeout=60)
    assert (begun.returncode, said.decode()) == (130, "Avbrutt.\n")
    assert [path.name for path in tmp_path.iterdir()] == ["kart"]
    assert not _session(begun.pid)


def _session(number: int) -> list[str]:
    """Return the processes of a session."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):  # it has ended meanwhile
            about = path.read_text().rpartition(")")[2].split()
            if int(about[3]) == number and about[0] != "Z":
                found.append(path.parent.name)
    return found


@pytest.mark.skipif(sys.platform == "win32", reason="there is no such pipe on Windows")
def test_a_reader_who_has_had_enough_is_no_mistake(kart: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    command = [sys.executable, "-m", "aktorkart.cli", "report", str(kart), "-o", "-"]
    done = subprocess.run(command, stdout=writing, stderr=subprocess.PIPE, check=False)  # noqa: S603 - our own program
    os.close(writing)
    assert done.returncode == 0
    assert b"Traceback" not in done.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a disk that is full")
def test_a_full_disk_behind_stdout_is_said(kart: Path) -> None:
    command = [sys.executable, "-m", "aktorkart.cli", "report", str(kart), "-o", "-"]
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, check=False)  # noqa: S603 - our own program
    assert done.returncode == 2
    assert "Disken er full" in done.stderr.decode("utf-8")
    assert b"Traceback" not in done.stderr


def test_text_is_utf8_whatever_the_terminal_is(kart: Path) -> None:
    command = [sys.executable, "-m", "aktorkart.cli", "report", str(kart), "-o", "-"]
    environment = {**os.environ, "PYTHONIOENCODING": "ascii", "LC_ALL": "nb_NO"}
    done = subprocess.run(command, capture_output=True, env=environment, check=False)  # noqa: S603 - our own program
    assert done.returncode == 0
    assert "Aktør" in done.stdout.decode("utf-8")


def test_report_and_check_measure_arenas_as_asked(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """An actor who is only a member of an arena stands alone when arenas are left out."""
    kart = ak.ActorMap(
        actors=[ak.Actor(id="a"), ak.Actor(id="b"), ak.Actor(id="forum", kind="arena")],
        ties=[ak.Tie(source=id_, target="forum", kind="membership") for id_ in "ab"],
    )
    path = str(here / "forum.yaml")
    ak.write(kart, path)
    assert run("report", path, "-o", "-", "--lang", "en", "--arenas", "out") == 0
    assert "1 collaboration arena is left out of the numbers." in capsys.readouterr().out
    for arenas, alone in (("actors", False), ("links", False), ("out", True)):
        assert run("check", path, "--arenas", arenas, "--format", "json") == 1
        found = json.loads(capsys.readouterr().out)["findings"]
        assert any(one["case"] == "isolates" for one in found) is alone
    assert run("report", path, "--arenas", "rooms") == 2


def test_a_thousand_problems_are_counted_and_written_to_a_file(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = here / "alle.txt"
    rows = [f"a{number},b{number},9" for number in range(1000)]
    Path("lenker.csv").write_text("\n".join(["source,target,strength (1-5)", *rows]), "utf-8")
    assert run("check", "lenker.csv", "--lang", "nb", "--problems", "alle.txt") == 2
    wrote, count, *said, rest = capsys.readouterr().err.splitlines()
    assert "alle.txt" in wrote
    assert "1000" in count.replace("\xa0", "")
    assert rest == "Og 900 problemer til."
    written = path.read_text("utf-8").splitlines()
    assert len(written) == 1000
    assert written[:100] == said
    assert "rad 1001" in written[-1]


@pytest.mark.parametrize("broken", [False, True])
@pytest.mark.parametrize("name", ["kart.yaml", "kart.csv"])
def test_problems_are_not_written_over_what_is_read(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    name: str,
    broken: bool,  # noqa: FBT001
) -> None:
    monkeypatch.chdir(tmp_path)
    ak.write(ak.examples.kite(), name)
    files = sorted(Path().iterdir())
    if broken:
        files[-1].write_text(files[-1].read_text("utf-8") + "\x07;;\n", "utf-8")
    held = {file: file.read_bytes() for file in files}
    for file in files:
        assert run("check", name, "--lang", "en", "--problems", str(file)) == 2
        assert "It would be destroyed" in capsys.readouterr().err
    assert held == {file: file.read_bytes() for file in Path().iterdir()}


def test_a_schema_takes_the_place_of_a_schema_only(kart: Path, tmp_path: Path) -> None:
    held, made = kart.read_bytes(), tmp_path / "skjema.json"
    assert run("schema", "-o", str(kart)) == 2
    assert [run("schema", "-o", str(made)) for _ in range(2)] == [0, 0]
    assert run("schema", "--report", "-o", str(made)) == 0
    assert kart.read_bytes() == held


def test_where_nothing_is_wrong_the_file_of_problems_is_empty(kart: Path) -> None:
    assert run("check", str(kart), "--problems", "alle.txt") in {0, 1}
    assert Path("alle.txt").read_bytes() == b""
