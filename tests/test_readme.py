"""What the README shows works."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from aktorkart import cli, read

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")


def blocks(language: str) -> list[str]:
    """Return the README's code blocks in a language."""
    return re.findall(rf"^```{language}\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)


def commands() -> list[list[str]]:
    """Return the README's command lines that call aktorkart, as words."""
    lines = [line for block in blocks("sh") for line in block.splitlines()]
    found = [shlex.split(line, comments=True) for line in lines]
    return [words for words in found if words[:1] == ["aktorkart"]]


def test_two_commands_do_all_the_set_up() -> None:
    lines = [line for block in blocks("sh") for line in block.splitlines()]
    assert [line for line in lines if line.startswith("python3 -m venv")] == [
        "python3 -m venv .venv && .venv/bin/pip install . && .venv/bin/aktorkart demo",
        "python3 -m venv .venv && .venv/bin/pip install -e '.[dev]' && .venv/bin/pytest",
    ]


def test_the_python_block_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    import matplotlib as mpl

    monkeypatch.chdir(tmp_path)
    mpl.use("agg")
    (block,) = blocks("python")
    assert len([line for line in block.splitlines() if line.strip()]) <= 12
    exec(compile(block, "README.md", "exec"), {})  # noqa: S102 - our own README
    assert capsys.readouterr().out.count("\n") == 4
    assert {path.name for path in tmp_path.iterdir()} == {
        "kart.svg",
        "map.html",
        "neste.yaml",
        "report.html",
    }


def test_the_map_is_a_map_and_the_commands_work_on_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (source,) = blocks("yaml")
    used = {words[1] for words in commands()}
    assert used == {"new", "check", "report", "draw", "view", "workshop", "convert", "merge"}
    for name, strength in {"lenker": 3, "nav": 4, "dps": 2}.items():
        Path(f"{name}.csv").write_text(f"fra;til;styrke\nNAV;DPS;{strength}\n", "utf-8")
    for words in commands():
        if "--serve" in words:
            # It would go on until somebody stops it: the page alone is made, and not opened.
            words[words.index("--serve")] = "--no-open"
        code = cli.main(words[1:])
        assert code == (1 if words[1] == "check" else 0), words
        if words[1] == "new":
            Path(words[-1]).write_text(source, "utf-8")
    assert {"rapport.html", "kart.svg", "kart.html", "kart_actors.csv", "samlet-report.html"} <= {
        path.name for path in tmp_path.iterdir()
    }
    assert len(read("kart.yaml").actors) == 4
    assert [tie.strength for tie in read("samlet.yaml").ties] == [2, 4]


@pytest.mark.parametrize(("language", "folder"), [("sh", ".venv/bin/"), ("powershell", "Scripts")])
def test_how_the_program_is_called_is_said_before_it_is_called(language: str, folder: str) -> None:
    """Whoever pastes one block after the other never meets "not found"."""
    first, second = blocks(language)[:2]
    assert folder in first
    assert first.rstrip().endswith("aktorkart demo")
    assert folder in second
    assert second.rstrip().endswith("activate")
    assert README.index(second) < README.index("\naktorkart ")


def test_links_lead_somewhere() -> None:
    targets = re.findall(r"\]\(([^)#]+)", README)
    inside = [target for target in targets if not target.startswith("https://")]
    assert inside
    assert [target for target in inside if not (ROOT / target).exists()] == []
