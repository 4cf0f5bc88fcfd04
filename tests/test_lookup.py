"""Names are found among others as a dictionary finds them, however long they are."""

from __future__ import annotations

import numpy as np
import pyarrow as pa  # type: ignore[import-untyped]
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aktorkart.files import lookup
from aktorkart.files.coded import in_one_order
from aktorkart.files.lookup import order_of_names, places_among

NAMES = st.one_of(
    st.text("ab\0", max_size=3),
    st.text("øst 1", max_size=20),
    st.text(max_size=9),
    st.text("x", max_size=70),
)


@settings(max_examples=200, deadline=None)
@given(
    st.lists(NAMES, unique=True),
    st.lists(NAMES),
    st.sampled_from([pa.string(), pa.large_string()]),
    st.booleans(),
)
def test_places(names: list[str], asked: list[str], kind: pa.DataType, crowded: bool) -> None:  # noqa: FBT001
    column = pa.array([*asked, *names[::2]], kind)
    known = pa.array(["before", *names], kind).slice(1)  # not all arrays begin at their buffers
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lookup, "_BLOCK", 3)
        if crowded:  # hardly a name has a slot of its own
            patch.setattr(lookup, "_ROOM", 1)
            patch.setattr(lookup, "_MOST_TABLES", 2)
        found = places_among(known, [column, column.slice(len(asked))])
    places = {name: place for place, name in enumerate(names)}
    expected = [places.get(name, -1) for name in column.to_pylist()]
    assert [one.tolist() for one in found] == [expected, expected[len(asked) :]]
    assert [names[place] for place in order_of_names(known)] == sorted(names)


def test_short_names_are_not_left_to_arrow(monkeypatch: pytest.MonkeyPatch) -> None:
    """Otherwise it would be slow and nobody would see it."""
    monkeypatch.setattr(lookup, "_by_arrow", pytest.fail)
    names = [f"aktør {number:07}" for number in range(20_000)]
    (found,) = places_among(pa.array(names), [pa.array(names[::-1])])
    assert (found == np.arange(20_000)[::-1]).all()


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(*[st.sampled_from(["nav", "dps", "Å", "10", "9"])] * 2), min_size=1))
def test_names_in_one_order(pairs: list[tuple[str, str]]) -> None:
    ends = [pa.array(side) for side in zip(*pairs, strict=True)]
    names = sorted({*ends[0].to_pylist(), *ends[1].to_pylist()})
    for listed in (None, pa.array(names[::-1])):
        *own, one, other = in_one_order(listed, ends)
        assert own == [] or [names[place] for place in own[0].codes] == names[::-1]
        for end, coded in zip(ends, (one, other), strict=True):
            assert coded.values == names
            assert [names[place] for place in coded.codes] == end.to_pylist()
