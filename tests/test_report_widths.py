"""Columns of printed tables: as wide as their words need, and none starved for a heading."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aktorkart.figures.drawing.lettering import line_width, writable
from aktorkart.reports.widths import widths
from aktorkart.scene.style import Style

WORDS = st.text("abcdefg ", max_size=60)


def table(columns: int) -> st.SearchStrategy[list[list[str]]]:
    row = st.lists(WORDS, min_size=columns, max_size=columns)
    return st.lists(row, min_size=1, max_size=5)


@given(lines=st.lists(st.lists(st.text(max_size=80), min_size=3, max_size=3), min_size=1))
def test_columns_hold_their_longest_words(lines: list[list[str]]) -> None:
    shares = widths(lines, room=60)
    assert len(shares) in {0, 3}
    for at, share in enumerate(shares):
        for line in lines:
            for word in filter(str.isprintable, line[at].split()):
                wide = line_width(writable(word, Style()), Style().font, 1 / 0.6)
                assert share >= wide - 0.1


def test_a_table_with_room_for_all_is_left_alone() -> None:
    assert widths([["Navn", "Tall"], ["NAV", "3"]], room=50) == []


def test_what_is_left_goes_to_the_long_texts_not_to_a_heading() -> None:
    long = "Trives hjemme og sover der hver natt"
    heads = ["Mål", "Styrken teller ikke, noe eller helt", "Frist"]
    goal, heading, date = widths([heads, *[[long, "–", "15. mars 2026"]] * 6], room=60)
    assert goal > 1.5 * heading
    assert date == pytest.approx(15, abs=2)  # on one line


@given(lines=st.integers(1, 6).flatmap(table), room=st.integers(10, 120))
def test_shares_fill_the_room_that_is_wanted_and_no_more(lines: list[list[str]], room: int) -> None:
    found = widths(lines, room=room)
    assert not found or len(found) == len(lines[0])
    assert all(one >= 2 for one in found)
    least = widths(lines, room=1) or found
    assert sum(found) <= max(room, sum(least)) + len(found) / 10
    # With more room no column is narrower.
    wider = widths(lines, room=room + 20)
    assert not wider or all(one <= other + 0.1 for one, other in zip(found, wider, strict=True))
