"""A file to start from, in the reader's own words: names of fields, kinds and choices."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from aktorkart.errors import one_of
from aktorkart.files import headings
from aktorkart.files.people_words import SECTIONS
from aktorkart.files.schema import SCHEMA
from aktorkart.files.yaml.reading import read_yaml
from aktorkart.files.yaml.writing import flow
from aktorkart.i18n import LANGUAGES, capital, has_text, text
from aktorkart.model import vocabulary

if TYPE_CHECKING:
    from collections.abc import Mapping

SITUATIONS = ("service", "user", "network", "ks")
"""What a map may be begun for; the first if nothing is said."""

PLAIN_LETTERS: Mapping[str, str] = {"æ": "ae", "ø": "o", "å": "a", "ä": "a", "ö": "o"}
"""How an id writes letters that not every keyboard has."""

_WORDS = {"kind": "tie_kind", "quality": "quality"}


def starter(situation: str, lang: str) -> str:
    """Return the text of a file to start from."""
    one_of(situation, SITUATIONS, option="for")
    said = _situations()[situation]
    name = SECTIONS_IN[lang]
    ids = {actor["id"]: _id(actor, lang) for actor in said["actors"]}
    lines = [f"# {line}" for line in text("starter.about", lang).splitlines()]
    lines += [f"# {line}" for line in text(f"starter.{situation}", lang).splitlines()]
    lines += ["", f"aktorkart: {SCHEMA}  # {text('starter.schema', lang)}"]
    lines.append(f"{name['title']}: {text(f'starter.title_{situation}', lang)}")
    if "focal" in said:
        lines.append(f"{name['focal']}: {ids[said['focal']]}  # {text('starter.focal', lang)}")
    lines.append(f"{name['date']}: 2026-03  # {text('starter.date', lang)}")
    lines.append(f"{name['lang']}: {lang}")
    scope = text(f"starter.scope_{said['scope']}", lang)
    lines.append(f"{name['scope']}: {scope}  # {text('starter.scope', lang)}")
    if said["scope"] == "individual":
        lines += [f"# {line}" for line in text("starter.consent", lang).splitlines()]
    if "needs" in said:
        needs = [_kind(one, lang) for one in said["needs"]]
        lines.append(f"{name['needs']}: {flow(needs)}  # {text('starter.needs', lang)}")
    lines += ["", *(f"# {line}" for line in text("starter.actors", lang).splitlines())]
    lines += [f"#   {line}" for line in _wrapped(_kinds(lang))]
    lines.append(f"{name['actors']}:")
    lines += [f"  - {flow(_actor(actor, ids, lang))}" for actor in said["actors"]]
    lines += ["", *(f"# {line}" for line in text("starter.ties", lang).splitlines())]
    kinds = [_plain(text(f"tie_kind.{kind}", lang)) for kind in vocabulary.TIE_KINDS]
    lines += [f"#   {line}" for line in _wrapped(kinds)]
    lines.append(f"{name['ties']}:")
    lines += [f"  - {flow(_tie(tie, ids, lang))}" for tie in said["ties"]]
    return "\n".join([*lines, ""])


SECTIONS_IN: Mapping[str, Mapping[str, str]] = {
    lang: {field: names[place] for field, names in SECTIONS.items()}
    for place, lang in enumerate(LANGUAGES)
}
"""What the fields of a map are called, by language."""


@cache
def _situations() -> dict[str, Any]:
    source = files("aktorkart").joinpath("templates", "starters.yaml").read_text("utf-8")
    content, _, _ = read_yaml(source, name="starters.yaml")
    return dict(content)


def _name(actor: Mapping[str, Any], lang: str) -> str:
    code = f"starter.name.{actor['id']}"
    return text(code, lang) if has_text(code) else _kind(actor["kind"], lang, begins=True)


def _id(actor: Mapping[str, Any], lang: str) -> str:
    """Make a short id of a name: its last word, in plain letters."""
    word = _name(actor, lang).split()[-1].casefold()
    return "".join(PLAIN_LETTERS.get(letter, letter) for letter in word).strip(".,()")


def _plain(label: str) -> str:
    return label.partition(" (")[0]


def _kind(kind: str, lang: str, *, begins: bool = False) -> str:
    label = _plain(text(f"kind.{kind}", lang))
    return capital(label) if begins else label


def _kinds(lang: str) -> list[str]:
    return [_kind(kind, lang) for kind in vocabulary.KINDS if kind != "unknown"]


def _actor(actor: Mapping[str, Any], ids: Mapping[str, str], lang: str) -> dict[str, Any]:
    known = {
        "id": ids[actor["id"]],
        "name": _name(actor, lang),
        "kind": _kind(actor["kind"], lang),
    }
    more = {name: value for name, value in actor.items() if name not in known}
    if "linkage" in more:
        more["linkage"] = text(f"linkage.{more['linkage']}", lang)
    return {headings.written(headings.ACTORS, k, lang): v for k, v in (known | more).items()}


def _tie(tie: Mapping[str, Any], ids: Mapping[str, str], lang: str) -> dict[str, Any]:
    said = {}
    for name, value in tie.items():
        if name in {"source", "target"}:
            word: Any = ids[value]
        elif name in _WORDS:
            word = _plain(text(f"{_WORDS[name]}.{value}", lang))
        elif isinstance(value, bool):
            word = text("common.yes" if value else "common.no", lang)
        else:
            word = value
        said[headings.written(headings.TIES, name, lang)] = word
    return said


def _wrapped(words: list[str], width: int = 84) -> list[str]:
    """Put words on lines; some have commas inside."""
    lines, line = [], ""
    for word in words:
        if line and len(line) + len(word) > width:
            lines.append(f"{line} ·")
            line = word
        else:
            line = f"{line} · {word}" if line else word
    return [*lines, line]
