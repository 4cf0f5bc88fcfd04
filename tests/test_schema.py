"""The schema number, the way from older ones, and JSON Schema for editors."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

import aktorkart
from aktorkart.errors import Problem, UnsupportedFile
from aktorkart.files import json_schema, load_bytes, schema, to_text
from aktorkart.files.yaml.reading import read_yaml
from aktorkart.i18n import LANGUAGES
from aktorkart.model import ActorMap
from aktorkart.strategies import actor_maps

EXAMPLES = sorted(Path(aktorkart.__file__).parent.glob("examples/*.yaml"))


def test_an_older_file_is_migrated_with_notes(monkeypatch: pytest.MonkeyPatch) -> None:
    """DESIGN: older files are migrated, with a note; what could not be carried over is returned."""

    def people_to_actors(data: dict[str, Any]) -> tuple[dict[str, Any], list[Problem]]:
        rest = {name: value for name, value in data.items() if name != "people"}
        return rest | {"actors": data["people"]}, []

    def drop_colour(data: dict[str, Any]) -> tuple[dict[str, Any], list[Problem]]:
        kept = [
            {name: actor[name] for name in actor if name != "colour"} for actor in data["actors"]
        ]
        lost = Problem(code="csv_not_carried", values={"fields": ["actors.colour"], "n": 1})
        return data | {"actors": kept}, [lost]

    monkeypatch.setattr(schema, "SCHEMA", 3)
    monkeypatch.setattr(schema, "MIGRATIONS", {1: people_to_actors, 2: drop_colour})
    old = b"aktorkart: 1\npeople:\n  - {id: nav, colour: red}\n"
    loaded = load_bytes(old, name="kart.yaml")
    assert loaded.kart["nav"].id == "nav"
    assert [note.code for note in loaded.notes] == ["schema_older", "csv_not_carried"]
    newer = load_bytes(b"aktorkart: 2\nactors: [{id: nav, colour: red}]\n", name="kart.yaml")
    assert newer.kart == loaded.kart
    with pytest.raises(UnsupportedFile, match="pip install --upgrade aktorkart"):
        load_bytes(b"aktorkart: 4\nvenues: []\n", name="kart.yaml")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_json_schema_is_valid_and_describes_every_field(lang: str) -> None:
    made = json_schema(lang)
    validator = pytest.importorskip("jsonschema").Draft202012Validator
    validator.check_schema(made)
    json.dumps(made)
    for definition in (made, *made["$defs"].values()):
        assert all(field["description"] for field in definition["properties"].values())
    assert set(made["properties"]) == {"aktorkart", *ActorMap.model_fields}


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_json_schema_accepts_every_example(path: Path) -> None:
    validator = pytest.importorskip("jsonschema").Draft202012Validator
    content = read_yaml(path.read_text("utf-8"), name=path.name)[0]
    assert list(validator(json_schema()).iter_errors(content)) == []


@settings(max_examples=50, deadline=None)
@given(actor_maps(max_size=3, max_ties=3))
def test_json_schema_accepts_what_is_written(kart: ActorMap) -> None:
    validator = pytest.importorskip("jsonschema").Draft202012Validator
    found = validator(json_schema()).iter_errors(json.loads(to_text(kart, format="json")))
    assert [error.message for error in found] == []


@pytest.mark.parametrize(
    "content",
    [
        {"actors": [{"name": "NAV"}]},
        {"actors": [{"id": "nav", "powr": 3}]},
        {"actors": [{"id": "nav", "power": 9}]},
        {"actors": [{"id": "nav", "line": "frst"}]},
        {"ties": [{"source": "a"}]},
        {"scope": "all"},
        {"aktorkart": 99},
        [],
    ],
)
def test_json_schema_refuses_what_is_wrong(content: Any) -> None:
    validator = pytest.importorskip("jsonschema").Draft202012Validator
    assert not validator(json_schema()).is_valid(content)
