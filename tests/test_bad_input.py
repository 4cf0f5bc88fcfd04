"""Issue 2, "Bad input": a located message each, never a traceback, nothing lost."""

from __future__ import annotations

import errno
import json
import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import aktorkart as ak
from aktorkart.errors import AktorkartError, InvalidMap, UnreadableFile, UnsupportedFile
from aktorkart.files import format_of, load_bytes, read, read_bytes
from aktorkart.files.json import read_json
from aktorkart.i18n import LANGUAGES

BOMB = "a: &a [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{name}: &{name} [{', '.join([f'*{before}'] * 10)}]\n"
    for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)

BAD = {
    "kart.yaml": {
        "not YAML": (b"actors: [{id: a]\n", "yaml_bracket", 1),
        "an open bracket at the end": (b"title: A\nactors: [", "yaml_bracket", 2),
        "an open brace in a list at the end": (b"actors:\n  - {id: a,\n", "yaml_bracket", 2),
        "an open bracket around others": (b"tags: [a]\nactors: [\n {id: a},\n", "yaml_bracket", 2),
        "prose": (b"Hei!\nDette er et kart.\n", "top_is_text", 1),
        "a list at the top": (b"- id: nav\n- id: dps\n", "top_is_list", 1),
        "tabs": (b"actors:\n\t- id: nav\n", "yaml_tab", 2),
        "wrong encoding": ("title: Kart\nnote: Bjørn\n".encode("cp1252"), "not_utf8", 2),
        "half a character": ("title: Bjø".encode()[:-1], "not_utf8", 1),
        "10 000 nested brackets": (b"a: " + b"[" * 10_000, "too_deep", 1),
        "10 000 nested lists": (b"- " * 10_000, "too_deep", 1),
        "10 000 nested braces": (b"{a: " * 10_000, "too_deep", 1),
        "closed brackets": (b"[" * 10_000 + b"]" * 10_000, "too_deep", 1),
        "alias bomb": (BOMB.encode(), "alias_bomb", 5),
        "itself inside": (b"actors: &a [*a]\n", "yaml_alias", 1),
        "!!python/object": (b"title: !!python/object:os.system {}\n", "yaml_tag", 1),
        "0 bytes": (b"", "empty_file", None),
        "only a comment": (b"# kart\n", "empty_file", None),
        "a workbook": (b"PK\x03\x04\x00\x00", "is_workbook", None),
        "an image": (b"\x89PNG\r\n\x1a\n\x00\x00", "not_text_file", None),
        "a control character": (b"title: a\x07b\n", "yaml_control", 1),
        "a list of numbers as actors": (b"actors: 4\n", "not_list", 1),
        "text for an actor": (b"actors:\n  - nav\n", "not_mapping", 2),
        "a huge number": (b"strength_scale: [1, " + b"9" * 5000 + b"]\n", "not_number", 1),
        "not a number": (b"actors: [{id: a, power: .nan}]\n", "not_number", 1),
        "a later version": (b"aktorkart: 99\n", "schema_newer", None),
        "a version that is none": (b"title: A\naktorkart: one\n", "schema_number", 2),
    },
    "kart.json": {
        "not JSON": (b'{"title": Kart}', "json_syntax", 1),
        "cut off": (b'{\n"title": "Kart",\n', "json_end", 3),
        "a list at the top": (b"[]", "top_is_list", 1),
        "NaN": (b'{"strength_scale": [1, NaN]}', "json_syntax", 1),
        "100 000 nested brackets": (b"[" * 100_000, "too_deep", None),
        "100 nested brackets": (b"[" * 100 + b"]" * 100, "too_deep", None),
        "equal keys": (b'{"title": "A",\n "title": "B"}', "duplicate_key", 2),
        "equal keys, spaced": (b'{"title" : "A",\n "title": "B"}', "duplicate_key", 2),
        "equal keys, on lines": (b'{"title": "A", "title"\n: "B"}', "duplicate_key", 1),
        "half a character": (b'{"title": "\\ud800"}', "json_half_character", None),
        "a huge number": (b'{"title": ' + b"9" * 5000 + b"}", "json_number", None),
        "0 bytes": (b"", "empty_file", None),
        "a typo": (b'{"actors": [\n {"id": "a",\n  "powr": 3}]}', "unknown_field", 3),
    },
}


@pytest.mark.parametrize(
    ("name", "data", "code", "line"),
    [
        pytest.param(name, *bad, id=f"{name}: {what}")
        for name, cases in BAD.items()
        for what, bad in cases.items()
    ],
)
def test_is_said_with_its_place(
    tmp_path: Path, name: str, data: bytes, code: str, line: int | None
) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(AktorkartError) as caught:
        read(path)
    problem = next(one for one in caught.value.problems if one.code == code)
    assert (problem.place.file, problem.place.line) == (str(path), line)
    # The message is for a person: short, and whole in every language.
    for lang in LANGUAGES:
        assert len(problem.text(lang)) < len(str(path)) + 330
    assert path.read_bytes() == data


def test_utf_16_and_byte_order_marks_are_read() -> None:
    for encoding in ("utf-8-sig", "utf-16", "utf-32"):
        assert read_bytes("title: Bjørn".encode(encoding), name="k").title == "Bjørn"
    assert (
        load_bytes('{"title": "Ås"}'.encode("utf-16"), name="k", format="json").kart.title == "Ås"
    )


def test_a_missing_file_is_said_with_the_nearest_name(tmp_path: Path) -> None:
    (tmp_path / "kart.yaml").write_bytes(b"title: A")
    with pytest.raises(UnreadableFile) as caught:
        read(tmp_path / "kart.yml")
    assert caught.value.problems[0].code == "file_missing"
    assert caught.value.problems[0].guesses == (str(tmp_path / "kart.yaml"),)
    for name in ("nowhere/kart.yaml", "kart.yaml/kart.yaml", "kart\0.yaml", "nowhere/kart.csv"):
        with pytest.raises(UnreadableFile) as caught:
            read(tmp_path / name)
        assert caught.value.problems[0].code == "file_missing"


def test_a_folder(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile) as caught:
        read(tmp_path)
    assert caught.value.problems[0].code == "folder_without_tables"


@pytest.mark.parametrize(
    ("number", "code"), [(errno.EACCES, "not_readable"), (errno.EIO, "cannot_read")]
)
def test_unreadable(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, code: str
) -> None:
    # Whoever runs the tests may be root, whom no permission stops.
    def closed(_: Path) -> bytes:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(Path, "read_bytes", closed)
    with pytest.raises(UnreadableFile) as caught:
        read(tmp_path / "kart.yaml")
    assert caught.value.problems[0].code == code


@pytest.mark.parametrize("name", ["kart.odt", "kart", "kart.ymal"])
def test_an_unknown_ending(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"x")
    with pytest.raises(UnsupportedFile) as caught:
        read(tmp_path / name)
    assert ".yaml" in caught.value.text("sv")
    with pytest.raises(UnsupportedFile) as caught:
        format_of("kart", format="yalm")
    assert caught.value.problems[0].guesses == ("yaml",)


@pytest.mark.parametrize("field", ["consent", "kinds", "tie_kinds", "positions", "tags"])
@pytest.mark.parametrize("value", ["[]", "[{line: first}]", "[a, b]", "text", "3"])
def test_a_list_or_a_word_where_fields_belong_is_told_with_its_line(field: str, value: str) -> None:
    content = f"aktorkart: 1\n{field}: {value}\nactors: [{{id: a, power: 9}}]\n".encode()
    with pytest.raises(InvalidMap) as caught:
        load_bytes(content, name="kart.yaml")
    assert [problem.place.line for problem in caught.value.problems] == [2, 3]


def test_numbers_in_messages_are_as_somebody_typed_them() -> None:
    """A Norwegian report writes −1,5; whoever looks for the mistake in the file has -1.5."""
    ties: list[Any] = [{"source": "a", "target": "b", "strength": 5.5}]
    actors: list[Any] = [{"id": "a", "stance": -2.5}, {"id": "b", "power": 6.0}]
    with pytest.raises(ak.InvalidMap) as caught:
        ak.ActorMap(actors=actors, ties=ties)
    said = caught.value.text("nb")
    assert "-2.5 er utenfor -2–2" in said
    assert "6 er utenfor 1–5" in said
    with pytest.raises(ak.InvalidMap) as caught:
        ak.ActorMap(actors=[ak.Actor(id="a"), ak.Actor(id="b")], ties=ties)
    assert "Styrken 5.5 er utenfor skalaen 1–5" in caught.value.text("nb")


_SIGNS = st.sampled_from([*'{}[]",: \n\t\\0123456789.-+eE', "true", "null", "NaN", "\\u00e5", "é"])
_VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=4)),
    lambda inside: st.one_of(
        st.lists(inside, max_size=3), st.dictionaries(st.text(max_size=2), inside, max_size=3)
    ),
    max_leaves=6,
)


def _refuse(word: str) -> object:
    raise ValueError(word)


def _read_by_python(source: str) -> str | None:
    try:
        return repr(json.loads(source, parse_constant=_refuse))
    except ValueError:
        return None


def _read_by_us(source: str) -> str | None:
    try:
        content, _, problems = read_json(source, name="kart.json")
    except InvalidMap as error:
        if error.problems[0].code == "json_half_character":
            return _read_by_python(source)
        return None
    return _read_by_python(source) if problems else repr(content)  # of equal keys the first


@settings(max_examples=500)
@given(_VALUES, st.lists(st.tuples(st.integers(0, 60), _SIGNS), max_size=2))
def test_json_is_read_as_python_reads_it(value: object, more: list[tuple[int, str]]) -> None:
    source = json.dumps(value)
    for place, sign in more:
        source = source[:place] + sign + source[place:]
    assert _read_by_us(source) == (_read_by_python(source) if source.strip() else None)
