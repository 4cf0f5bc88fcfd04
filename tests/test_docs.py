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

from aktorkart import ActorMap, care, cli, load
from aktorkart.files import headings, people_words, read_bytes, words
from aktorkart.i18n import catalogue
from aktorkart.model import actormap as model
from aktorkart.model import vocabulary
from aktorkart.network.scores import RANKABLE
from test_glossary import REJECTED

if TYPE_CHECKING:
    from pydantic import BaseModel

ROOT = Path(__file__).parent.parent
PAGES = [
    page
    for folder in ("", "guide", "method", "nb")
    for page in sorted((ROOT / "docs" / folder).glob("*.md"))
]
FILE = (ROOT / "docs" / "guide" / "file.md").read_text("utf-8")
FIL = (ROOT / "docs" / "nb" / "fil.md").read_text("utf-8")
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


IN_BOTH = pytest.mark.parametrize("guide", [FILE, FIL], ids=["file.md", "fil.md"])


@IN_BOTH
@pytest.mark.parametrize(
    "part",
    ["ActorMap", "Actor", "Tie", "Consent", "Goal", "Action", "ChecklistItem", "Issue", "KindSpec"],
)
def test_every_field_is_in_the_guide(part: str, guide: str) -> None:
    fields: type[BaseModel] = getattr(model, part)
    assert set(fields.model_fields) - code_words(guide) == set()


@IN_BOTH
def test_every_word_of_the_vocabulary_is_in_the_guide(guide: str) -> None:
    known = {
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
        *vocabulary.SUPPORT,
    }
    assert known - code_words(guide) == set()


def test_the_map_in_the_guide_is_a_map() -> None:
    first, *_, kinds = blocks(FILE, "yaml")
    kart = read_bytes(first.encode(), name="file.md")
    assert len(kart.ties) == 3
    assert "fiskemottak" in read_bytes(kinds.encode(), name="file.md").kinds
    (start, *_) = blocks((ROOT / "docs" / "start.md").read_text("utf-8"), "yaml")
    assert isinstance(read_bytes(start.encode(), name="start.md"), ActorMap)


def test_the_map_in_the_norwegian_guide_is_the_same_map() -> None:
    first, *_, kinds = blocks(FIL, "yaml")
    english, *_ = blocks(FILE, "yaml")
    assert read_bytes(first.encode(), name="fil.md") == read_bytes(english.encode(), name="file.md")
    assert "fiskemottak" in read_bytes(kinds.encode(), name="fil.md").kinds
    (start, *_) = blocks((ROOT / "docs" / "nb" / "start.md").read_text("utf-8"), "yaml")
    assert len(read_bytes(start.encode(), name="start.md").ties) == 2


def test_norwegian_names_of_fields_and_kinds_are_those_that_are_read() -> None:
    parts = re.split(r"^## (.+)$", FIL, flags=re.MULTILINE)
    sections = dict(zip(parts[1::2], parts[2::2], strict=True))
    row = re.compile(r"^\| `([^`]+)` \| `([^`]+)` \|", re.MULTILINE)
    of_map = {name: field for field, names in people_words.SECTIONS.items() for name in names}
    assert dict(row.findall(sections["Kartet"])).items() <= of_map.items()
    assert len(row.findall(sections["Kartet"])) > 10
    for section, fields in (("En aktør", headings.ACTORS), ("En relasjon", headings.TIES)):
        named = row.findall(sections[section])
        assert len(named) > 10
        assert [
            (name, field) for name, field in named if headings.field_of(fields, name) != field
        ] == []
    kinds = re.findall(r"^\| ([^|(]+?)(?: \([^|]*)? \| `(\w+)` \|", FIL, re.MULTILINE)
    assert {field for _, field in kinds} >= set(vocabulary.KINDS)
    assert [
        (word, field)
        for word, field in kinds
        if field in vocabulary.KINDS and words.code_of("kind", word) != field
    ] == []


def tables(text: str) -> list[str]:
    """Return the tables of a page as the sheets that they show."""
    found = re.findall(r"(?:^\|.*\|\n)+", text, re.MULTILINE)
    return [
        "\n".join(
            ";".join(cell.strip() for cell in line.strip("|").split("|"))
            for number, line in enumerate(table.splitlines())
            if number != 1
        )
        for table in found
    ]


@pytest.mark.parametrize("page", ["guide/workshop.md", "nb/skjema.md"])
def test_sheets_that_are_shown_are_understood_without_a_word(page: str, tmp_path: Path) -> None:
    sheets = tables((ROOT / "docs" / page).read_text("utf-8"))
    for name in ("Navn", "Fra"):
        (sheet,) = [sheet for sheet in sheets if sheet.startswith(name)]
        (tmp_path / f"{name}.csv").write_text(sheet, "utf-8")
    loaded = load([tmp_path / "Navn.csv", tmp_path / "Fra.csv"])
    assert loaded.notes == ()
    assert {actor.kind for actor in loaded.kart.actors} >= {"mental_health_team", "gp", "dps"}
    assert [tie.quality for tie in loaded.kart.ties].count("strained") == 1
    assert [tie.needed for tie in loaded.kart.ties].count(True) == 1


def test_the_norwegian_guide_says_what_the_glossary_says() -> None:
    for page in sorted((ROOT / "docs" / "nb").glob("*.md")):
        text = re.sub(
            r"```.*?```|`[^`\n]*`|\]\([^)]*\)", "", page.read_text("utf-8"), flags=re.DOTALL
        )
        wrong = {
            instead: match.group()
            for instead, pattern in REJECTED["nb"].items()
            if (match := re.search(pattern, text, re.IGNORECASE))
        }
        assert wrong == {}, page.name


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


LINES = {
    line
    for page in PAGES
    for block in blocks(page.read_text("utf-8"), "sh")
    for line in re.findall(r"^aktorkart .+$", block, re.MULTILINE)
}


@pytest.mark.parametrize("line", sorted(LINES))
def test_commands_in_the_guide_are_understood(line: str) -> None:
    typed = shlex.split(line, comments=True)[1:]
    command = cli.command(typed[0], "en")
    with click.Context(command) as context:
        command.parse_args(context, typed[1:])


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
