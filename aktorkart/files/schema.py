"""The number of the file's schema, and the way from older ones."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from aktorkart.errors import InvalidMap, Place, Problem, UnsupportedFile
from aktorkart.i18n import has_text, text

if TYPE_CHECKING:
    from collections.abc import Callable

SCHEMA = 1
"""The schema that is written. It rises when a field is renamed, moved or given a new meaning."""

_BOUNDS = {
    "power": (1, 5),
    "interest": (1, 5),
    "legitimacy": (1, 5),
    "urgency": (1, 5),
    "threat": (1, 5),
    "cooperation": (1, 5),
    "stance": (-2, 2),
    "wanted_stance": (-2, 2),
    "value": (0, 10),
}
_TEXT = {"type": ["string", "number"]}

MIGRATIONS: dict[int, Callable[[dict[str, Any]], tuple[dict[str, Any], list[Problem]]]] = {}
"""From schema n to n + 1: plain data → plain data, and notes on what could not be carried over."""


def migrate(data: dict[str, Any], *, place: Place) -> tuple[dict[str, Any], list[Problem]]:
    """Bring the content of a file up to today's schema."""
    rest = {key: value for key, value in data.items() if key != "aktorkart"}
    number = data.get("aktorkart")
    notes: list[Problem] = []
    if number is None:
        return rest, [Problem(code="schema_missing", place=place, values={"known": SCHEMA})]
    if type(number) is not int or number < 1:
        values = {"value": str(number), "known": SCHEMA}
        place = Place(file=place.file, path=("aktorkart",))
        raise InvalidMap(Problem(code="schema_number", place=place, values=values))
    if number > SCHEMA:
        values = {"value": str(number), "known": SCHEMA}
        raise UnsupportedFile(Problem(code="schema_newer", place=place, values=values))
    if number < SCHEMA:
        values = {"value": str(number), "known": SCHEMA}
        notes.append(Problem(code="schema_older", place=place, values=values))
    for step in range(number, SCHEMA):
        rest, lost = MIGRATIONS[step](rest)
        notes += lost
    return rest, notes


def json_schema(lang: str = "en") -> dict[str, Any]:
    """Return the JSON Schema of a map file, for editors and other programs.

    What one field cannot show (ids that exist, strengths on the scale) is checked when the
    map is read.

    Parameters
    ----------
    lang : {"nb", "nn", "en", "sv"}
        Language of the descriptions.

    Returns
    -------
    dict
        JSON Schema, draft 2020-12.

    Examples
    --------
    >>> schema = json_schema("nb")
    >>> schema["properties"]["focal"]["description"]
    'Id-en til den kartet handler om.'
    >>> schema["$defs"]["Actor"]["required"]
    ['id']
    """
    from pydantic.json_schema import GenerateJsonSchema

    from aktorkart.model import ActorMap

    class Quiet(GenerateJsonSchema):
        # That there is no tag or trust need not be said of each.
        def emit_warning(self, kind: Any, detail: str) -> None:
            if kind != "non-serializable-default":
                super().emit_warning(kind, detail)

    made = ActorMap.model_json_schema(schema_generator=Quiet)
    definitions = {name: _described(one, name, lang) for name, one in made["$defs"].items()}
    fields = _described(made, "ActorMap", lang)["properties"]
    number = {
        "type": "integer",
        "minimum": 1,
        "maximum": SCHEMA,
        "description": text("schema.aktorkart", lang),
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "aktorkart",
        "description": text("schema.about", lang),
        "type": "object",
        "additionalProperties": False,
        "properties": {"aktorkart": number, **fields},
        "$defs": definitions,
    }


def _described(definition: dict[str, Any], model: str, lang: str) -> dict[str, Any]:
    """Say what the fields are in the reader's words, and what the reader may write in them."""
    from aktorkart.model import vocabulary
    from aktorkart.model.scales import judgement_name

    fields = {}
    for name, field in definition["properties"].items():
        made = _lenient(field)
        if name in _BOUNDS:
            low, high = _BOUNDS[name]
            for choice in made.get("anyOf", [made]):
                if choice.get("type") == "number":
                    choice |= {"minimum": low, "maximum": high}
        if name == "kind":
            known = vocabulary.KINDS if model == "Actor" else vocabulary.TIE_KINDS
            # An editor offers the known words; others are for the map to declare.
            made = {"default": made["default"], "anyOf": [{"enum": list(known)}, _TEXT]}
        for item, inside in made.get("properties", {}).items():
            inside["description"] = judgement_name(f"{name}.{item}", lang)
        own = f"schema.{model.lower()}_{name}"
        code = own if has_text(own) else f"schema.{name}"
        fields[name] = {"description": text(code, lang), **made}
    made = {"type": "object", "additionalProperties": False, "properties": fields}
    return made | ({"required": definition["required"]} if "required" in definition else {})


def _lenient(field: Any) -> Any:
    """Allow what reading allows: numbers for text, and one word for a list of words."""
    if not isinstance(field, dict):
        return field
    made = {key: value for key, value in field.items() if key not in {"title", "description"}}
    if made.get("type") == "string":
        return made | _TEXT
    for key in ("items", "additionalProperties"):
        if key in made:
            made[key] = _lenient(made[key])
    if "properties" in made:
        made["properties"] = {key: _lenient(one) for key, one in made["properties"].items()}
    if "anyOf" in made:
        made["anyOf"] = [_lenient(choice) for choice in made["anyOf"]]
    words = made.get("items", {})
    if made.get("type") == "array" and ("enum" in words or "string" in words.get("type", ())):
        default = {"default": made.pop("default")} if "default" in made else {}
        return {"anyOf": [made, words], **default}
    return made
