"""YAML: what is read, what is written, and that nothing is lost between."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from aktorkart.errors import InvalidMap
from aktorkart.files import load_bytes, read_bytes, to_text
from aktorkart.files.yaml.reading import _read_by_lines, _Reader, plain_value, read_yaml
from aktorkart.model import Actor, ActorMap, Consent, Tie
from aktorkart.strategies import actor_maps


def problems(source: str) -> list[tuple[str, int | None, int | None]]:
    with pytest.raises(InvalidMap) as caught:
        read_bytes(source.encode(), name="kart.yaml")
    return [(one.code, one.place.line, one.place.column) for one in caught.value.problems]


@settings(max_examples=100, deadline=None)
@given(actor_maps(max_size=3, max_ties=3))
def test_other_readers_of_yaml_take_text_for_text(kart: ActorMap) -> None:
    """What we write means the same to a YAML 1.1 reader, but for dates and long numbers."""
    ours: Any = read_yaml(to_text(kart), name="kart.yaml")[0]
    theirs = yaml.safe_load(to_text(kart))
    for mine, other in zip(ours.get("actors", ()), theirs.get("actors", ()), strict=True):
        assert list(mine) == list(other)
        for key, value in mine.items():
            if isinstance(value, str):
                assert other[key] == value


def test_written_as_people_would_write_it() -> None:
    kart = ActorMap(
        title="Samarbeid rundt en bruker",
        focal="bruker",
        date="2026-03-01",
        lang="nb",
        consent=Consent(given="2026-02-20", seen_by=("bruker",), stored="Mappe"),
        actors=[
            Actor(id="bruker", name="Brukeren", kind="user"),
            Actor(id="0301", name="Oslo, sentrum", note="Første avsnitt.\n\nAndre avsnitt."),
        ],
        ties=[Tie(source="bruker", target="0301", strength=4, since="2025", mutual=False)],
        tags={"date": "2026", "no": "yes"},
    )
    assert to_text(kart) == (
        "aktorkart: 1\n"
        "title: Samarbeid rundt en bruker\n"
        "focal: bruker\n"
        "date: 2026-03-01\n"
        "lang: nb\n"
        "consent: {given: 2026-02-20, seen_by: [bruker], stored: Mappe}\n"
        "actors:\n"
        "  - {id: bruker, name: Brukeren, kind: user}\n"
        '  - id: "0301"\n'
        "    name: Oslo, sentrum\n"
        "    note: |-\n"
        "      Første avsnitt.\n"
        "\n"
        "      Andre avsnitt.\n"
        "ties:\n"
        '  - {source: bruker, target: "0301", strength: 4, mutual: false, since: 2025}\n'
        'tags: {date: "2026", "no": "yes"}\n'
    )


def test_an_actor_that_does_not_fit_a_line_gets_several() -> None:
    kart = ActorMap(actors=[Actor(id="nav", tasks=["en lang oppgave" + "." * 60, "b" * 60])])
    lines = to_text(kart).splitlines()
    assert lines[2:5] == ["  - id: nav", "    tasks:", "      - en lang oppgave" + "." * 60]


@pytest.mark.parametrize(
    ("word", "value"),
    [
        *((word, word) for word in ("no", "on", "yes", "off", "y", "True", "FALSE", "NULL")),
        *((word, word) for word in ("1.10", "0301", "1e3", "1_000", "12:30", "+4", "4.", ".5")),
        *((word, word) for word in ("0x1F", "0o17", ".nan", ".inf", "nan", "inf", "2026-03-01")),
        *(("true", True), ("false", False), ("null", None), ("~", None), ("", None)),
        *(("4", 4), ("-1", -1), ("0", 0), ("2.5", 2.5), ("4.0", 4.0), ("1e+16", 1e16)),
        ("9" * 5000, "9" * 5000),
    ],
)
def test_a_word_is_a_number_only_if_nothing_is_lost(word: str, value: object) -> None:
    """DESIGN: only true/false are booleans; `0301` (Oslo's number): keep it text."""
    assert plain_value(word) == value
    assert type(plain_value(word)) is type(value)


@given(st.integers() | st.floats(allow_nan=False, allow_infinity=False))
def test_every_number_that_python_writes_is_read(number: float) -> None:
    assert plain_value(repr(number)) == number


def test_words_stay_words_in_the_map() -> None:
    """Issue 2: `no`, `on`, `1.10` are strings."""
    kart = read_bytes(b"actors: [{id: no, name: on}, {id: 1.10}, {id: 0301}, {id: 4}]", name="k")
    assert [actor.id for actor in kart.actors] == ["no", "1.10", "0301", "4"]
    assert kart["no"].name == "on"


def test_several_errors_at_once_each_with_line_and_fix() -> None:
    """DESIGN: All problems at once, located, with the likeliest fix."""
    source = (
        "aktorkart: 1\n"
        "title: Kart\n"
        "titel: Kart\n"
        "actors:\n"
        "  - {id: fastlege, kind: gp}\n"
        "  - id: nav\n"
        "    power: 2,5\n"
        "ties:\n"
        "  - {source: fastlegen, target: nav, strength: 7}\n"
    )
    with pytest.raises(InvalidMap) as caught:
        read_bytes(source.encode(), name="kart.yaml")
    said = caught.value.text("nb").splitlines()
    assert [line.split(": ")[0] for line in said] == [
        "kart.yaml, linje 3, tegn 1",
        "kart.yaml, linje 7, tegn 12",
        "kart.yaml, linje 9, tegn 14",
        "kart.yaml, linje 9, tegn 48",
    ]
    assert "title" in said[0]
    assert "2.5" in said[1]
    assert "«fastlege»?" in said[2]
    assert "7" in said[3]


def test_equal_keys_are_refused_with_both_lines() -> None:
    source = "title: A\nactors:\n  - id: nav\n    name: NAV\n    name: Nav\ntitle: B\n"
    with pytest.raises(InvalidMap) as caught:
        read_bytes(source.encode(), name="kart.yaml")
    said = [(one.place.line, one.values["first"]) for one in caught.value.problems]
    assert said == [(5, 4), (6, 1)]


@pytest.mark.parametrize(
    ("source", "code", "line"),
    [
        ("title: A\n\tfocal: b\n", "yaml_tab", 2),
        ("actors:\n  - id: a\n\t- id: b\n", "yaml_tab", 3),
        ("title:A\nfocal: b\n", "yaml_space", 1),
        ("title: A\nfocal:b\n", "yaml_space", 2),
        ("title\nfocal: b\n", "yaml_colon", 1),
        ("title: A\nfocal\n", "yaml_colon", 2),
        ("title: A: B\n", "yaml_two_colons", 1),
        ("title: 'A\nfocal: b\n", "yaml_quote", 1),
        ('title: "A\nfocal: b\n', "yaml_quote", 1),
        ("actors: [{id: a}\nties: []\n", "yaml_bracket", 1),
        ("actors:\n  - {id: a, name: b\n  - {id: c}\n", "yaml_bracket", 2),
        ("title: A\n   focal: b\n", "yaml_indent", 2),
        ("actors:\n  - id: a\n   - id: b\n", "yaml_indent", 3),
        ("title: @A\n", "yaml_character", 1),
        ('title: "A\\B"\n', "yaml_escape", 1),
        ('title: "A" B\n', "yaml_after", 1),
        ("title: *a\n", "yaml_alias", 1),
        ("title: A\n[a]: b\n", "yaml_key", 2),
        ("title: |A\n  b\n", "yaml_syntax", 1),
        ("%A\ntitle: A\n", "yaml_syntax", 1),
        ("title: A\n---\ntitle: B\n", "several_documents", 2),
        ("title: a\x01b\n", "yaml_control", 1),
    ],
)
@pytest.mark.parametrize("parser", ["C", "Python"])
def test_mistakes_in_yaml_are_said_with_their_cause(
    source: str, code: str, line: int, parser: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both of PyYAML's parsers are understood: some machines lack the one in C."""
    if parser == "Python":
        monkeypatch.delattr(yaml, "CSafeLoader", raising=False)
        if code == "yaml_syntax":
            line = 1 + source.startswith("%")
    found = problems(source)
    assert [(one, at) for one, at, _ in found] == [(code, line)]


def test_a_missing_space_in_braces_is_one_problem() -> None:
    assert problems("actors: [{id:nav, kind: nav}, {id: b, power: 2,5}]") == [
        ("yaml_space", 1, 11),
        ("yaml_comma", 1, 48),
    ]


def test_aliases_are_followed_but_bounded() -> None:
    kart = read_bytes(b"actors: [{id: a, open: &o [weekdays]}, {id: b, open: *o}]", name="k")
    assert kart["b"].open == ("weekdays",)
    lines = ["a: &a [x, x, x, x, x, x, x, x, x, x]"]
    lines += [
        f"{b}: &{b} [{', '.join([f'*{a}'] * 10)}]" for a, b in zip("abcdef", "bcdefg", strict=True)
    ]
    assert [one for one, *_ in problems("\n".join(lines))] == ["alias_bomb"]
    assert problems("a: &a [*a]")[0][0] == "yaml_alias"


def test_foreign_tags_are_refused_and_nothing_is_run() -> None:
    source = "title: !!python/object/apply:os.system [echo]\nfocal: !!str 4\nnote: !x y\n"
    assert ("yaml_tag", 1, 8) in problems(source)
    assert ("yaml_tag", 3, 7) in problems(source)
    assert not any(line == 2 and code == "yaml_tag" for code, line, _ in problems(source))


def test_a_file_without_schema_number_is_read_with_a_note() -> None:
    loaded = load_bytes(b"title: A", name="kart.yaml")
    assert [note.code for note in loaded.notes] == ["schema_missing"]
    assert load_bytes(b"aktorkart: 1\ntitle: A", name="kart.yaml").notes == ()


_PIECES = st.sampled_from(
    [
        "  - {id: nav, name: Nav Østbyen, kind: nav}",
        "  - {id: dps, power: 4, note: 1.50}",
        "  - {id: dps, id: nav}",
        "  - {id: a/b (c). d, kind: true}",
        "  - {id: , kind: gp}",
        "  - {id:nav}",
        "  - {a: b - c, d: 0301}  # remark",
        "  - {a: &x b}",
        "  - *x",
        "    - {a: b}",
        "      more",
        "  - id: gp",
        "    note: |",
        "    note: first",
        "    note: 'first",
        "    last'",
        "  - [a, {b: c}]",
        "other:",
        "other: [",
        "]",
        "  - ? {a: b}",
        "",
    ]
)


@settings(max_examples=400, deadline=None)
@given(st.lists(_PIECES, max_size=14), st.sampled_from(["\n", "\r\n"]))
def test_lines_that_are_read_apart_mean_what_they_mean_together(
    pieces: list[str], end: str
) -> None:
    plain = ["  - {id: nav, kind: nav, mutual: false, strength: 2.5}"] * 9
    source = end.join(["list:", *plain[:5], *pieces, *plain[5:], ""])
    found = _read_by_lines(source, "kart.yaml")
    try:
        content, spot, faults = _Reader(source, "kart.yaml").read()
    except InvalidMap:
        assert found is None
        return
    assert found is None or (not faults and repr(found) == repr(content))
    if found is not None:
        assert read_yaml(source, name="kart.yaml")[1]() == spot


def test_files_of_ours_are_read_by_their_lines(large: ActorMap) -> None:
    assert repr(_read_by_lines(to_text(large), "")) == repr(_Reader(to_text(large), "").read()[0])


@pytest.fixture(scope="module")
def large() -> ActorMap:
    ids = [f"a{number}" for number in range(30)]
    ties = [Tie(source=one, target=other) for one, other in itertools.pairwise(ids)]
    return ActorMap(actors=[Actor(id=id_, name=f"Østbyen {id_}") for id_ in ids], ties=ties)
