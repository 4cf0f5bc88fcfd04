"""Whatever people's tables look like: what changes nothing, and what is never lost."""

from __future__ import annotations

import contextlib
import csv
import io
import re
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from aktorkart import cli
from aktorkart.errors import AktorkartError, InvalidMap, grouped
from aktorkart.files import load
from aktorkart.files.csv import load as load_csv
from aktorkart.files.decoding import File
from aktorkart.files.sheets import Reading

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aktorkart.files.formats import Loaded
    from aktorkart.model import ActorMap

NAMES = ("NAV", "DPS", "Fastlegen", "Ås kommune", "Kor 2", "Mor", "Naboen", "BUP")

names = st.lists(st.sampled_from(NAMES), min_size=3, max_size=8, unique=True)


@st.composite
def pairs(draw: st.DrawFn) -> tuple[list[list[Any]], list[list[Any]]]:
    """Draw a list of actors and one of ties as somebody may keep them, headings first."""
    people = draw(names)
    kinds = st.sampled_from(["NAV", "Skole", "Fastlege", "Vennegruppe"])
    actors = [[str(place), name, draw(kinds)] for place, name in enumerate(people, start=7)]
    places = st.sampled_from(range(len(people)))
    ends = draw(
        st.lists(st.tuples(places, places).filter(lambda two: two[0] < two[1]), unique=True)
    )
    said = [draw(st.sampled_from(["1,5", "2", "3", "4", "5"])) for _ in ends]
    ties = [
        [actors[one][0], actors[other][0], strength]
        for (one, other), strength in zip(ends, said, strict=True)
    ]
    return [["Nr", "Navn", "Type"], *actors], [["Fra", "Til", "Styrke"], *ties]


def text(rows: Sequence[Sequence[Any]], delimiter: str = ";") -> str:
    stream = io.StringIO()
    csv.writer(stream, delimiter=delimiter).writerows(rows)
    return stream.getvalue()


def loaded(*texts: str | bytes, encoding: str = "utf-8", **options: Any) -> Loaded:
    names_ = ("noder.csv", "lenker.csv") if len(texts) > 1 else ("samarbeid.csv",)
    files = [
        File(name, one.encode(encoding) if isinstance(one, str) else one)
        for name, one in zip(names_, texts, strict=True)
    ]
    columns = {"id": "Nr"} if len(texts) > 1 else {}
    return load_csv(*files, reading=Reading(columns=columns, **options))


def content(kart: ActorMap) -> tuple[Any, ...]:
    """Return what a map says, whatever the order."""
    ties = sorted(
        (
            [tie.source, tie.target] if not tie.mutual else sorted([tie.source, tie.target]),
            tie.mutual,
            tie.strength,
            tie.kind,
        )
        for tie in kart.ties
    )
    actors = sorted(
        (one.id, one.label, str(one.kind), sorted(one.tags.items())) for one in kart.actors
    )
    return actors, ties, kart.strength_scale, kart.scope


# --- what changes nothing


@given(pairs(), st.randoms(use_true_random=False))
def test_the_order_of_rows_and_columns(pair: Any, random: Any) -> None:
    mixed = []
    for heading, *rows in pair:
        order = list(range(len(heading)))
        random.shuffle(order)
        random.shuffle(rows)
        mixed.append([[row[place] for place in order] for row in [heading, *rows]])
    assert content(loaded(*map(text, mixed)).kart) == content(loaded(*map(text, pair)).kart)


@given(
    pairs(),
    st.sampled_from([";", ",", "\t", "|"]),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"]),
)
def test_delimiter_and_encoding(pair: Any, delimiter: str, encoding: str) -> None:
    same = loaded(*(text(rows, delimiter) for rows in pair), encoding=encoding)
    assert content(same.kart) == content(loaded(*map(text, pair)).kart)


@given(pairs(), st.data())
def test_titles_blank_rows_sums_and_numbers_of_rows(pair: Any, data: st.DataObject) -> None:
    around = []
    for listed in pair:
        rows = [list(row) for row in listed]
        if data.draw(st.booleans()):
            rows = [[str(n or ""), *row] for n, row in enumerate(rows)]
        width = len(rows[0])
        blank = [""] * width
        title = ["Samarbeid i kommunen, våren", *blank[1:]]
        above = data.draw(st.sampled_from([[], [title], [title, blank], [blank, title, title]]))
        below = data.draw(st.sampled_from([[], [blank], [["Sum", *blank[1:]]]]))
        middle = data.draw(st.sampled_from([[], [blank], [rows[0]]]))
        around.append([*above, rows[0], *rows[1:3], *middle, *rows[3:], *below])
    assert content(loaded(*map(text, around)).kart) == content(loaded(*map(text, pair)).kart)


@given(pairs())
def test_a_pair_is_the_same_as_frames(pair: Any) -> None:
    frames = [pd.DataFrame(rows[1:], columns=rows[0]) for rows in pair]
    for two in (frames, [numbered(frame) for frame in frames]):
        same = load(two, columns={"id": "Nr"})
        assert content(same.kart) == content(loaded(*map(text, pair)).kart)


def numbered(frame: pd.DataFrame) -> pd.DataFrame:
    """Make numbers of what looks like them, as pandas does when it reads a file."""
    made = {}
    for name in frame.columns:
        column = frame[name].str.replace(",", ".")
        numbers = pd.to_numeric(column, errors="coerce")
        made[name] = frame[name] if numbers.isna().any() or not len(frame) else numbers
    return pd.DataFrame(made)


@given(pairs())
def test_a_pair_is_the_same_as_one_sheet_with_both(pair: Any) -> None:
    actors, ties = pair
    assume(len(ties) > 1)  # headings alone are no table
    both = text([*actors, [], *ties])
    one = load_csv(File("alt.csv", both.encode()), reading=Reading(columns={"id": "Nr"}))
    assert content(one.kart) == content(loaded(*map(text, pair)).kart)


@given(pairs())
def test_a_matrix_is_the_same_as_a_list(pair: Any) -> None:
    actors, ties = [rows[1:] for rows in pair]
    called = {id_: name for id_, name, _ in actors}
    strength = {(one, other): said for one, other, said in ties}
    people = [id_ for id_, _, _ in actors]
    assume(strength)
    both = strength | {(other, one): said for (one, other), said in strength.items()}
    rows = [[called[row], *(both.get((row, over), "") for over in people)] for row in people]
    matrix = loaded(text([["", *(called[one] for one in people)], *rows])).kart
    found = {(frozenset((tie.source, tie.target)), tie.mutual, tie.strength) for tie in matrix.ties}
    assert found == {
        (frozenset((called[one], called[other])), True, float(said.replace(",", ".")))
        for one, other, said in ties
    }
    assert [one.id for one in matrix.actors] == [called[one] for one in people]


@given(names, st.data())
def test_two_modes_are_the_same_as_a_list_of_members(
    people: list[str], data: st.DataObject
) -> None:
    some = st.lists(st.sampled_from(["Møtet", "Koret", "Rådet"]), min_size=2, unique=True)
    arenas = data.draw(some)
    cross = data.draw(st.sampled_from(["x", "1", "Ja"]))
    cells = [[data.draw(st.sampled_from(["", cross])) for _ in arenas] for _ in people]
    members = [
        (person, arena)
        for person, row in zip(people, cells, strict=True)
        for arena, cell in zip(arenas, row, strict=True)
        if cell
    ]
    assume(members)
    rows = [[person, *row] for person, row in zip(people, cells, strict=True)]
    kart = loaded(text([["Navn", *arenas], *rows])).kart
    assert [(tie.source, tie.target, tie.kind) for tie in kart.ties] == [
        (*two, "membership") for two in members
    ]
    assert {one.id for one in kart.actors if one.kind == "arena"} == {*arenas}


@given(names, st.data())
def test_nominations_are_the_same_as_a_list_that_goes_one_way(
    people: list[str], data: st.DataObject
) -> None:
    named = [
        data.draw(st.lists(st.sampled_from([one for one in people if one != who]), unique=True))
        for who in people
    ]
    assume(any(named))
    answers = list(zip(people, named, strict=True))
    asked = [
        ["Navn", "Hvem samarbeider du med?"],
        *([who, "; ".join(said)] for who, said in answers),
    ]
    listed = [["Fra", "Til"], *([who, one] for who, said in answers for one in said)]
    kart, same = loaded(text(asked, ",")).kart, loaded(text(listed), directed=True).kart
    assert content(kart)[1] == content(same)[1]
    assert [one.id for one in kart.actors] == people


@given(pairs())
def test_directed_reads_every_row_one_way(pair: Any) -> None:
    kart = loaded(*map(text, pair), directed=True).kart
    assert [(tie.source, tie.target, tie.mutual) for tie in kart.ties] == [
        (one, other, False) for one, other, _ in pair[1][1:]
    ]


# --- nothing is lost, and nothing crashes

_HEADINGS = (
    *("id", "navn", "type", "fra", "til", "styrke", "vekt", "antall", "gjensidig", "retning", ""),
    *("Type", "Source", "Target", "makt", "siden", "kvalitet", "hva", "notat", "Sum", "ego"),
    *("alter", "Hvem samarbeider du med?", "kode", "value", "trengs", "Navn"),
)
_CELLS = (
    *("NAV", "DPS", "Mor", "1", "2", "3,5", "0", "NA", "-", "x", "ja", "nei", "2020", "Directed"),
    *("", "", "", "Sum", "fra", "a|b", "NAV, DPS", "12 %", "31.12.24", "god", "->", "nan", "'=1"),
)
tables = st.lists(st.lists(st.sampled_from(_CELLS), min_size=1, max_size=6), min_size=1, max_size=7)


@st.composite
def tables_of_their_own(draw: st.DrawFn) -> list[list[str]]:
    """Draw a table in which most cells are met nowhere else, so that each can be found again."""
    heading = draw(st.lists(st.sampled_from(_HEADINGS), min_size=1, max_size=6))
    rows = []
    for row in range(draw(st.integers(1, 5))):
        kinds = [draw(st.sampled_from(["word", "number", *_CELLS])) for _ in heading]
        own = {"word": "ord{}q", "number": "7{}3"}
        rows.append(
            [own.get(kind, kind).format(10 * row + place) for place, kind in enumerate(kinds)]
        )
    title = draw(st.sampled_from([[], [["ord99q"]], [["", "", "ord98q"], ["7993"]]]))
    return [*title, heading, *rows]


_LEFT_OUT = {"zero_is_no_tie", "sum_rows_left_out", "headings_again", "rows_without_name"}
"""What leaves out rows that it names."""


@given(tables_of_their_own(), st.booleans())
def test_each_cell_is_in_the_map_or_told(table: list[list[str]], one_way: bool) -> None:  # noqa: FBT001
    try:
        found = loaded(text(table), directed=one_way or None)
    except AktorkartError:
        return
    notes = " ".join(note.text("nb") for note in found.notes).casefold()
    said = f"{found.kart.model_dump()!r} {notes}".casefold()
    gone = {place.row for note in found.notes if note.code in _LEFT_OUT for place in note.places}
    for number, row in enumerate(table, start=1):
        for cell in row:
            if re.fullmatch("ord[0-9]+q|7[0-9]+3", cell) and number not in gone:
                assert cell in said, (cell, said)


@given(st.lists(st.text(), max_size=2, min_size=1))
@example([";;\n;\n"])
@example(["fra;til\n" + "a;b\n" * 3])
@example(['"'])
@example(["\x00"])
@example(["fra;til;styrke\na;b;9e999\n"])
@example(["fra;til;antall\na;b;1e400\na;b;2\n"])
def test_any_text_is_a_map_or_our_error(texts: list[str]) -> None:
    with contextlib.suppress(AktorkartError):
        loaded(*(one.encode("utf-8", "replace") for one in texts))


@given(tables, tables)
def test_any_two_tables_are_a_map_or_our_error(one: Any, other: Any) -> None:
    with contextlib.suppress(AktorkartError):
        loaded(text(one), text(other), repair=True, count=True)


@given(st.binary(max_size=60) | st.text(max_size=60).map(str.encode))
@example(b"fra;til\na;b\n")
@settings(deadline=None)
def test_check_says_what_it_is_whatever_it_is(data: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "samarbeid.csv")
        path.write_bytes(data)
        assert cli.main(["check", str(path), "--lang", "sv"]) in {0, 1, 2}


@given(tables, tables, st.booleans())
def test_refusals_name_rows_and_columns_that_there_are(one: Any, other: Any, paired: bool) -> None:  # noqa: FBT001
    known = [
        ["id", "navn", "makt", "type"],
        ["fra", "til", "styrke", "siden", "gjensidig", "retning"],
    ]
    sheets = [[known[place], *rows] for place, rows in enumerate((one, other))]
    sheets = sheets if paired else sheets[1:]
    try:
        loaded(*map(text, sheets))
    except InvalidMap as error:
        called = ("noder.csv", "lenker.csv") if paired else ("samarbeid.csv",)
        there = dict(zip(called, sheets, strict=True))
        for problem in error.problems:
            place = problem.place
            assert place.file in there, problem
            assert place.row is None or 1 <= place.row <= len(there[place.file])
            assert place.field is None or place.field in there[place.file][0]
            assert all(problem.text(lang) for lang in ("nb", "nn", "en", "sv"))


@given(tables_of_their_own())
def test_notes_are_told_in_four_languages_and_each_once(table: list[list[str]]) -> None:
    with contextlib.suppress(AktorkartError):
        for lang in ("nb", "nn", "en", "sv"):
            lines = grouped(loaded(text(table)).notes, lang)
            assert len(lines) == len({*lines})
