"""A consent that does not hold stops names and sharing, and is said first where it does not."""

from __future__ import annotations

import datetime as dt
import json
import stat
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest

import aktorkart as ak
from aktorkart import cli
from aktorkart.cli.draw import FIGURES
from aktorkart.i18n import text
from drawn import draw as drawn_by_name

if TYPE_CHECKING:
    from pathlib import Path

TODAY = dt.date(2026, 6, 1)
BAD: dict[str, dict[str, Any] | None] = {
    "consent_missing": None,
    "consent_over": {"given": "2025", "until": "2026-05-31"},
    "consent_withdrawn": {"given": "2025", "withdrawn": "2026-01"},
}


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(
        "SOURCE_DATE_EPOCH", str(int(dt.datetime(2026, 6, 1, 12, tzinfo=dt.UTC).timestamp()))
    )


def around(consent: dict[str, Any] | None) -> ak.ActorMap:
    return ak.ActorMap(
        scope="individual",
        focal="kari",
        consent=ak.Consent(**consent) if consent is not None else None,
        issues=[ak.Issue(id="bolig")],
        actors=[
            ak.Actor(id="kari", name="Kari", kind="user", power=2, interest=5),
            ak.Actor(id="nav", name="Perslokka", kind="nav", power=4, interest=3),
        ],
        ties=[ak.Tie(source="kari", target="nav", strength=2)],
        goals=[ak.Goal(id="jobb", title="En jobb", direction="higher", actors=["nav"])],
    )


@pytest.mark.parametrize("code", BAD)
@pytest.mark.parametrize("figure", [*FIGURES, "alt_text"])
def test_no_figure_shows_names(figure: str, code: str) -> None:
    kart = around(BAD[code])
    draw = ak.figures.alt_text if figure == "alt_text" else partial(drawn_by_name, figure)
    with pytest.raises(ak.NoConsent) as caught:
        draw(kart, names=True)
    assert [problem.code for problem in caught.value.problems] == [code]
    assert caught.value.overridable
    with pytest.raises(ak.UnknownName):
        draw(kart, names=True, consent="please")
    draw(kart)
    draw(kart, names=True, consent="ignore")


@pytest.mark.parametrize("code", BAD)
def test_a_report_says_it_first_and_shows_no_names(code: str, tmp_path: Path) -> None:
    kart = around(BAD[code])
    with pytest.raises(ak.NoConsent):
        ak.report(kart, names=True)
    hidden = ak.report(kart, lang="nb")
    assert hidden.consent is not None
    assert hidden.consent.code == code == json.loads(hidden.to_json())["consent"]
    said = hidden.consent.text("nb")
    for written in (hidden.to_html(), hidden.to_markdown()):
        assert written.index(said) < written.index(text("report.part.summary", "nb"))
    named = ak.report(kart, names=True, consent="ignore", lang="nb")
    assert named.consent == hidden.consent
    for report in (hidden, named):
        for ending in ("html", "md", "json"):
            report.save(tmp_path / f"{report.roles}.{ending}")
    assert {stat.S_IMODE(file.stat().st_mode) for file in tmp_path.iterdir()} == {0o600}


def test_today_is_as_good_as_the_clock() -> None:
    kart = around(BAD["consent_over"])
    assert ak.report(kart, names=True, today=dt.date(2026, 5, 31)).consent is None
    assert ak.report(around({"given": "2026"}), names=True).consent is None


@pytest.mark.parametrize("code", BAD)
def test_ones_own_files_are_written_and_others_not(code: str, tmp_path: Path) -> None:
    kart = around(BAD[code])
    for name in ("kart.yaml", "kart.json"):
        ak.write(kart, tmp_path / name)
        ak.write(kart, tmp_path / f"roller-{name}", names=False)
        assert ak.read(tmp_path / name) == kart
    for names in (None, True, False):
        with pytest.raises(ak.NoConsent):
            ak.write(kart, tmp_path / "kart.csv", names=names)
    assert not list(tmp_path.glob("*.csv"))
    ak.write(kart, tmp_path / "kart.csv", consent="ignore")
    assert ak.read(tmp_path / "kart.csv").scope == "individual"
    assert {stat.S_IMODE(file.stat().st_mode) for file in tmp_path.iterdir()} == {0o600}


def test_a_service_needs_no_consent(tmp_path: Path) -> None:
    kart = ak.ActorMap(actors=[ak.Actor(id="nav", name="NAV")])
    ak.write(kart, tmp_path / "kart.csv")
    ak.report(kart, names=True).save(tmp_path / "kart.html")
    ak.figures.save(ak.figures.network(kart, ax=ak.figures.sheet()), tmp_path / "kart.png")
    assert stat.S_IMODE((tmp_path / "kart.csv").with_stem("kart_map").stat().st_mode) != 0o600
    assert stat.S_IMODE((tmp_path / "kart.html").stat().st_mode) != 0o600
    assert stat.S_IMODE((tmp_path / "kart.png").stat().st_mode) != 0o600


def test_a_figure_of_a_persons_map_is_its_owners(tmp_path: Path) -> None:
    kart = around({"given": "2026"})
    for name in ("network", "matrix"):
        axes = getattr(ak.figures, name)(kart, ax=ak.figures.sheet())
        for ending in ("svg", "png", "pdf"):
            ak.figures.save(axes, tmp_path / f"{name}.{ending}")
    assert {stat.S_IMODE(file.stat().st_mode) for file in tmp_path.iterdir()} == {0o600}


def run(*arguments: str) -> int:
    return cli.main([*arguments, "--lang", "en"])


def test_check_says_it_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    ak.write(around(BAD["consent_withdrawn"]), "kart.yaml")
    assert run("check", "kart.yaml") == 1
    assert capsys.readouterr().out.startswith("The consent was withdrawn (2026-01).")
    assert run("check", "kart.yaml", "--format", "json") == 1
    told = json.loads(capsys.readouterr().out)
    assert told["valid"]
    assert [problem["code"] for problem in told["problems"]] == ["consent_withdrawn"]


@pytest.mark.parametrize(
    "command",
    [
        ("report", "kart.yaml", "-o", "ut.html"),
        ("draw", "kart.yaml", "-o", "ut.svg"),
        ("convert", "kart.yaml", "-o", "ut.csv"),
        ("check", "kart.yaml"),
    ],
)
def test_commands_stop_and_say_how_to_go_on(
    command: tuple[str, ...],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    ak.write(around(None), "kart.yaml")
    assert run(*command, "--names") == 2
    assert "--without-consent" in capsys.readouterr().err
    assert [file.name for file in tmp_path.iterdir()] == ["kart.yaml"]
    assert run(*command, "--names", "--without-consent") in {0, 1}


@pytest.mark.parametrize(
    ("command", "made"),
    [
        (("report", "kart.yaml", "-o", "ut.html"), "ut.html"),
        (("draw", "kart.yaml", "-o", "ut.svg"), "ut.svg"),
        (("convert", "kart.yaml", "-o", "ut.yaml"), "ut.yaml"),
        (("convert", "kart.yaml", "-o", "ut.csv"), "ut_actors.csv"),
    ],
)
def test_for_someone_shows_what_they_may_see(
    command: tuple[str, ...],
    made: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    ak.write(around({"given": "2026", "seen_by": ["nav"], "covers": ["network"]}), "kart.yaml")
    assert run(*command, "--for", "nav") == 0
    written = (tmp_path / made).read_text("utf-8")
    assert "Perslokka" in written
    assert "En jobb" not in written
    for reader in ("mor", "kari"):
        capsys.readouterr()
        assert run(*command, "--for", reader) == 2
        assert "may" in (said := capsys.readouterr().err)
        assert "--without-consent" not in said
    assert run(*command, "--for", "nav", "--roles") == 0
    assert "Perslokka" not in (tmp_path / made).read_text("utf-8")


def test_texts_that_are_left_out_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    kart = around({"given": "2026"}).with_actor(id="dag", name="Dag", kind="peer")
    kart = kart.with_(title="Dag og natt")
    assert [note.place.path for note in ak.report(kart).notes] == [("title",)]
    assert [note.code for note in ak.write(kart, "ut.yaml", names=False)] == ["name_unsure"]
    ak.write(kart, "kart.yaml")
    for command in (
        ("report", "kart.yaml"),
        ("draw", "kart.yaml"),
        ("check", "kart.yaml"),
        ("convert", "kart.yaml", "-o", "-", "--roles"),
    ):
        capsys.readouterr()
        run(*command)
        shown = capsys.readouterr()
        assert "title: This may contain a name that is also a word." in shown.err
        assert "Dag og natt" not in shown.out


def test_a_report_may_say_that_it_is_exempt_from_disclosure(tmp_path: Path) -> None:
    line = "Unntatt offentlighet, jf. offl. § 13, fvl. § 13"
    kart = around({"given": "2026"})
    assert line in ak.report(kart, lang="nb", exempt=True).to_html()
    assert line not in ak.report(kart, lang="nb").to_html()
    ak.write(kart, tmp_path / "kart.yaml")
    made = str(tmp_path / "kart.md")
    assert (
        cli.main(["report", str(tmp_path / "kart.yaml"), "--exempt", "-o", made, "--lang", "nb"])
        == 0
    )
    assert line in (tmp_path / "kart.md").read_text("utf-8")


def test_no_consent_of_an_example_can_run_out() -> None:
    for name in ak.examples.names():
        consent = ak.examples.read(name).consent
        assert consent is None or consent.until is None


def test_commands_judge_by_the_day_they_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    ak.write(around(BAD["consent_over"]), "kart.yaml")
    run("check", "kart.yaml", "--today", "2026-05-31")
    assert "valid until" not in capsys.readouterr().out
    assert run("report", "kart.yaml", "--names", "--today", "2026-05-31") == 0
    assert run("report", "kart.yaml", "--names") == 2
    assert run("check", "kart.yaml", "--today", "yesterday") == 2
