"""The catalogues are complete: a key alone is not a text, and a text nobody says is a leftover."""

from __future__ import annotations

import ast
import itertools
import re
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from string import Formatter
from typing import Any

import pytest
import yaml

import aktorkart
from aktorkart.i18n import LANGUAGES, catalogue

PACKAGE = Path(aktorkart.__file__).parent
OTHERS = LANGUAGES[1:]


PAIRS = [pair for pair in itertools.combinations(LANGUAGES, 2) if pair != ("nb", "nn")]
"""Languages that say whole sentences differently; bokmål and nynorsk share some."""

WHOLE_SENTENCE = 5
"""From so many words on a text does not come out the same in two languages by itself."""

PROBLEM_MAKERS = {"Problem", "_wrong", "report", "_report", "stop", "_stop", "_problem"}
"""Functions that take the code of a problem, as ``code=`` or as the first argument."""


def forms(text: Any) -> list[str]:
    """Return a text's forms: two where it has a plural."""
    return list(text.values()) if isinstance(text, dict) else [text]


def names(form: str) -> set[str]:
    """Return what a text has room for."""
    return {name for _, name, _, _ in Formatter().parse(form) if name is not None}


# --- what the sources say


@dataclass
class Said:
    """What the sources ask the catalogues for."""

    exact: dict[str, str] = field(default_factory=dict)
    patterns: dict[str, str] = field(default_factory=dict)
    words: set[str] = field(default_factory=set)


def _strings(node: ast.AST | None) -> list[ast.Constant | ast.JoinedStr]:
    """Return the texts that an argument may be: both of ``a if b else c``."""
    if isinstance(node, ast.IfExp):
        return _strings(node.body) + _strings(node.orelse)
    if isinstance(node, ast.JoinedStr) or (
        isinstance(node, ast.Constant) and isinstance(node.value, str)
    ):
        return [node]
    return []


def _pattern(node: ast.JoinedStr) -> str:
    return "".join(
        re.escape(str(part.value)) if isinstance(part, ast.Constant) else "(.+)"
        for part in node.values
    )


def _ask(said: Said, prefix: str, node: ast.AST | None, place: str) -> None:
    for one in _strings(node):
        if isinstance(one, ast.Constant):
            said.exact[prefix + str(one.value)] = place
        else:
            said.patterns[re.escape(prefix) + _pattern(one)] = place


def _argument(call: ast.Call, position: int, keyword: str) -> ast.AST | None:
    for one in call.keywords:
        if one.arg == keyword:
            return one.value
    return call.args[position] if len(call.args) > position else None


def _read_call(said: Said, called: str, node: ast.Call, where: str) -> None:
    if called in {"text", "has_text", "Coded", "sentence"}:
        # A finding's own method called text takes a language.
        found = [
            one
            for one in _strings(_argument(node, 0, "code"))
            if not isinstance(one, ast.Constant) or one.value not in LANGUAGES
        ]
        for one in found:
            _ask(said, "", one, where)
    elif called == "columns":
        for prefix in _strings(_argument(node, len(node.args), "prefix")):
            said.patterns[re.escape(f"{ast.literal_eval(prefix)}.") + "(.+)"] = where
    elif called == "coded":
        for prefix in _strings(_argument(node, 0, "prefix")):
            begins = (
                _pattern(prefix)
                if isinstance(prefix, ast.JoinedStr)
                else re.escape(str(prefix.value))
            )
            said.patterns[begins + re.escape(".") + "(.+)"] = where
    elif called in PROBLEM_MAKERS:
        _ask(said, "problem.", _argument(node, 0, "code"), where)


def _read(said: Said, tree: ast.AST, place: str) -> None:
    docstrings = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        where = f"{place}:{getattr(node, 'lineno', 0)}"
        match node:
            case ast.Call(func=ast.Name(id=called) | ast.Attribute(attr=called)):
                _read_call(said, called, node, where)
            case ast.Constant(value=str(value)) if id(node) not in docstrings:
                said.words.update(re.findall(r"[\w.]+", value))
            case ast.Name(id=name) | ast.Attribute(attr=name) | ast.arg(arg=name):
                said.words.add(name)
            case ast.keyword(arg=str(name)) | ast.FunctionDef(name=name):
                said.words.add(name)


@pytest.fixture(scope="module")
def said() -> Said:
    found = Said()
    for path in sorted(PACKAGE.rglob("*.py")):
        _read(found, ast.parse(path.read_text("utf-8")), str(path.relative_to(PACKAGE)))
    return found


# --- the catalogues alone


@pytest.mark.parametrize("lang", OTHERS)
def test_all_languages_have_the_same_texts(lang: str) -> None:
    assert set(catalogue(lang)) == set(catalogue("nb"))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_text_is_empty_or_not_a_text(lang: str) -> None:
    wrong = [
        code
        for code, text in catalogue(lang).items()
        if not all(isinstance(form, str) and form.strip() for form in forms(text))
    ]
    assert not wrong


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_key_is_written_twice(lang: str) -> None:
    """PyYAML lets the second of two equal keys win without a word."""
    source = (PACKAGE / "locale" / f"{lang}.yaml").read_text("utf-8")

    def check(node: yaml.Node | None, path: str) -> list[str]:
        if not isinstance(node, yaml.MappingNode):
            return []
        keys = Counter(key.value for key, _ in node.value)
        twice = [f"{path}{key}" for key, count in keys.items() if count > 1]
        return twice + [
            one for key, value in node.value for one in check(value, f"{path}{key.value}.")
        ]

    assert check(yaml.compose(source, yaml.SafeLoader), "") == []


@pytest.mark.parametrize("lang", OTHERS)
def test_texts_have_room_for_the_same_values(lang: str) -> None:
    wrong = {}
    for code, text in catalogue("nb").items():
        theirs = catalogue(lang)[code]
        for one in (text, theirs):
            if isinstance(one, dict):
                assert set(one) == {"one", "other"}, code
        # The word for exactly one may do without the number.
        ours_all = set().union(*map(names, forms(text)))
        theirs_all = set().union(*map(names, forms(theirs)))
        if ours_all - {"n"} != theirs_all - {"n"}:
            wrong[code] = ours_all ^ theirs_all
    assert wrong == {}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_both_forms_of_a_plural_say_the_same(lang: str) -> None:
    wrong = [
        code
        for code, text in catalogue(lang).items()
        if isinstance(text, dict) and names(text["one"]) - {"n"} - names(text["other"])
    ]
    assert not wrong


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_whole_sentences_are_translated(one: str, other: str) -> None:
    same = [
        code
        for code, text in catalogue(one).items()
        for form in forms(text)
        # Examples of commands are lines to copy, the same in all languages.
        if not code.startswith("cli.example.")
        and form in forms(catalogue(other)[code])
        and len(re.findall(r"\w+", re.sub(r"\{[^}]*\}", "", form))) >= WHOLE_SENTENCE
    ]
    assert not same


def test_nynorsk_is_more_than_a_copy_of_bokmal() -> None:
    long = {
        code: text
        for code, text in catalogue("nb").items()
        for form in forms(text)
        if len(form.split()) >= WHOLE_SENTENCE
    }
    same = [code for code, text in long.items() if catalogue("nn")[code] == text]
    assert len(same) < len(long) / 4, same


@pytest.mark.parametrize("lang", LANGUAGES)
def test_texts_keep_the_typography_of_a_sentence(lang: str) -> None:
    wrong = [
        code
        for code, text in catalogue(lang).items()
        for form in forms(text)
        if re.search(r"  | [.,;:!?](\s|$)|\t", form)
    ]
    assert not wrong


# --- the catalogues and the sources


def test_every_text_that_is_asked_for_exists(said: Said) -> None:
    missing = {code: place for code, place in said.exact.items() if code not in catalogue("nb")}
    assert missing == {}


def test_every_pattern_of_codes_meets_some_text(said: Said) -> None:
    nowhere = {
        pattern: place
        for pattern, place in said.patterns.items()
        if not any(re.fullmatch(pattern, code) for code in catalogue("nb"))
    }
    assert nowhere == {}


def test_every_text_is_said_somewhere(said: Said) -> None:
    """A code built from parts counts if the parts that vary occur in the sources."""
    words = {word.lower() for word in said.words}
    viewer = PACKAGE / "viewer"
    others = [
        *(PACKAGE / "templates").glob("*.yaml"),
        *viewer.glob("*.html"),
        *viewer.rglob("*.js"),
    ]
    for template in sorted(others):
        words.update(re.findall(r"\w+", template.read_text("utf-8")))

    def is_said(code: str) -> bool:
        if code in said.exact or code in said.words:
            return True
        for pattern in said.patterns:
            if match := re.fullmatch(pattern, code):
                steps = [step for part in match.groups() for step in part.lower().split(".")]
                if all(step in words or words.issuperset(step.split("_")) for step in steps):
                    return True
        return False

    assert [code for code in catalogue("nb") if not is_said(code)] == []


OF_ONE = {
    "nb": r"\b(alle|ingen av) (de )?1\b",
    "nn": r"\b(alle|ingen av) (dei )?1\b",
    "en": r"\b(all|none of|the) 1\b|\b1 times?\b"
    r"|\b(?<!of )1 \w+( of \w+)? (have|are|do|were|meet|need|know|work|belong|stand|say)\b",
    "sv": r"\b(alla|inget av) (de )?1\b",
}
"""What is not said of one: each count that chooses a word is 1, and all other numbers 7."""


@pytest.mark.parametrize("lang", LANGUAGES)
def test_one_is_not_told_as_several(lang: str) -> None:
    counted = re.compile(r"\{\w+:(=?)([^|}]*)\|([^}]*)\}")

    def of_one(found: re.Match[str]) -> str:
        only, one, other = found.groups()
        if "#" in one + other:
            return one.replace("#", "1")
        return one if only else f"1 {one}"

    wrong = {
        code: match.group()
        for code, text in catalogue(lang).items()
        for form in (forms(text)[0],)
        if (match := re.search(OF_ONE[lang], counted.sub(of_one, form), re.IGNORECASE))
    }
    assert wrong == {}
