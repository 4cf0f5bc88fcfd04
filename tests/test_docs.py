"""The documentation says what is true: its examples run, and nothing is left out."""

from __future__ import annotations

import doctest
import json
import re
import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import pytest

from aktorkart import ActorMap, care, cli
from aktorkart.files import read_bytes
from aktorkart.i18n import catalogue
from aktorkart.model import actormap as model
from aktorkart.model import vocabulary
from aktorkart.network.scores import RANKABLE

if TYPE_CHECKING:
    from pydantic import BaseModel

ROOT = Path(__file__).parent.parent
PAGES = [
    page
    for folder in ("", "guide", "method")
    for page in sorted((ROOT / "docs" / folder).glob("*.md"))
]
FILE = (ROOT / "docs" / "guide" / "file.md").read_text("utf-8")
COMMANDS = (ROOT / "docs" / "guide" / "command-line.md").read_text("utf-8")
METHOD = (ROOT / "docs" / "method.md").read_text("utf-8")
METHODS = {page.stem: page.read_text("utf-8") for page in (ROOT / "docs" / "method").glob("*.md")}


def blocks(text: str, language: str) -> list[str]:
    """Return the code blocks in a language."""
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


def code_words(text: str) -> set[str]:
    """Return what stands in single backticks, with its words."""
    said = re.findall(r"`([^`\n]+)`", text)
    return set(said) | {word for one in said for word in re.findall(r"[\w-]+", one)}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_examples_in_the_guide_run(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    examples = "\n".join(blocks(page.read_text("utf-8"), "python"))
    test = doctest.DocTestParser().get_doctest(examples, {}, page.name, str(page), 0)
    said: list[str] = []
    runner = doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE | doctest.ELLIPSIS)
    runner.run(test, out=said.append)
    assert not said, "".join(said)


@pytest.mark.parametrize(
    "part",
    ["ActorMap", "Actor", "Tie", "Consent", "Goal", "Action", "ChecklistItem", "Issue", "KindSpec"],
)
def test_every_field_is_in_the_guide(part: str) -> None:
    fields: type[BaseModel] = getattr(model, part)
    assert set(fields.model_fields) - code_words(FILE) == set()


def test_every_word_of_the_vocabulary_is_in_the_guide() -> None:
    words = {
        *vocabulary.KINDS,
        *vocabulary.LINES,
        *vocabulary.LEVELS,
        *vocabulary.LINKAGES,
        *vocabulary.TIE_KINDS,
        *vocabulary.QUALITIES,
        *vocabulary.COMMUNICATION,
        *vocabulary.SCOPES,
        *vocabulary.OPENING_HOURS,
        *vocabulary.PHASES,
        *vocabulary.BINDINGS,
        *vocabulary.DIRECTIONS,
    }
    assert words - code_words(FILE) == set()


def test_the_map_in_the_guide_is_a_map() -> None:
    first, *_, kinds = blocks(FILE, "yaml")
    kart = read_bytes(first.encode(), name="file.md")
    assert len(kart.ties) == 3
    assert "fiskemottak" in read_bytes(kinds.encode(), name="file.md").kinds
    (start, *_) = blocks((ROOT / "docs" / "start.md").read_text("utf-8"), "yaml")
    assert isinstance(read_bytes(start.encode(), name="start.md"), ActorMap)


def test_every_command_and_option_is_in_the_guide() -> None:
    parts = re.split(r"^## (.+)$", COMMANDS, flags=re.MULTILINE)
    sections = dict(zip(parts[1::2], parts[2::2], strict=True))
    assert list(sections) == list(cli.COMMANDS)
    for name in cli.COMMANDS:
        options: set[str] = set()
        for param in cli.command(name, "en").params:
            if isinstance(param, click.Option):
                options |= {one for one in (*param.opts, *param.secondary_opts) if one[:2] == "--"}
        assert options - {"--help"} - code_words(sections[name]) == set(), name
        said = set(re.findall(r"--[a-z]+(?:-[a-z]+)*", sections[name]))
        assert said <= options, name


@pytest.mark.parametrize("line", re.findall(r"^aktorkart .+$", COMMANDS, re.MULTILINE))
def test_commands_in_the_guide_are_understood(line: str) -> None:
    words = shlex.split(line)[1:]
    command = cli.command(words[0], "en")
    with click.Context(command) as context:
        command.parse_args(context, words[1:])


def test_every_measure_is_in_the_method() -> None:
    assert set(RANKABLE) - code_words(METHOD) == set()


def test_every_finding_of_an_analysis_is_in_its_section_of_the_method() -> None:
    """Codes and cases are what other programs read; the catalogues have a sentence for each."""
    parts = re.split(r"^\((.+)\)=$", METHODS["analyses"], flags=re.MULTILINE)
    sections = dict(zip(parts[1::2], parts[2::2], strict=True))
    said: dict[str, set[str]] = {}
    for code in catalogue("en"):
        head, analysis, case, *rest = (*code.split("."), "", "")
        if head == "finding" and not any(rest):
            said.setdefault(analysis, set()).add(case)
    analyses = [name for name in care.__all__ if name in said]
    assert {analysis.replace("_", "-") for analysis in analyses} == set(sections)
    for analysis in analyses:
        section = sections[analysis.replace("_", "-")]
        assert f"ak.care.{analysis}" in section
        assert said[analysis] - code_words(section) == set(), analysis


def test_every_check_of_the_toolbox_is_in_the_method() -> None:
    cases = {code.split(".")[2] for code in catalogue("en") if code.startswith("finding.toolbox.")}
    assert cases - code_words(METHODS["toolbox"]) == set()


def test_the_method_names_the_literature_it_cites() -> None:
    text, literature = METHOD.split("## Literature")
    text = "\n".join([text, *METHODS.values()])
    cited = set(
        re.findall(r"([A-Z][a-z]+)(?: et al\.| (?:&|and) [A-Z][a-z]+|)[, (]*((?:19|20)\d\d)", text)
    )
    missing = {
        (name, year)
        for name, year in cited
        if not re.search(rf"^- .*{name}.*\({year}\)", literature, re.MULTILINE)
    }
    assert missing == set()


@pytest.mark.parametrize("path", sorted((ROOT / "notebooks").glob("*.ipynb")), ids=lambda p: p.stem)
def test_notebooks_are_stored_without_outputs(path: Path) -> None:
    """Outputs are made when the documentation is built; stored ones would blur every change."""
    cells: list[dict[str, Any]] = json.loads(path.read_text("utf-8"))["cells"]
    assert cells
    for cell in cells:
        assert not cell.get("outputs")
        assert cell.get("execution_count") is None
        assert not cell["metadata"]
