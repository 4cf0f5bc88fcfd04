"""Names that are too long for their room."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from aktorkart.figures.drawing.paragraphs import cut

BEGUN = "Samarbeidsutvalget mellom sykehus, fastleger og kommuner"


@given(st.lists(st.sampled_from(["i Askim", "i Moss", "2", "3", "for barn", ""]), unique=True))
def test_names_that_begin_alike_are_cut_so_that_they_can_be_told_apart(ends: list[str]) -> None:
    names = [f"{BEGUN} {end}".strip() for end in ends]
    shown = [cut(name, lambda one: len(one) <= 40, others=names) for name in names]
    assert len(set(shown)) == len(names)
    assert all(len(one) <= 40 for one in shown)


@given(st.text("ab ", min_size=1).map(str.strip), st.integers(0, 12))
def test_a_name_is_cut_at_the_end_of_a_word_or_within_the_first(name: str, room: int) -> None:
    shown = cut(name, lambda one: len(one) <= room, others=["ab", name])
    assert len(shown) <= room or not shown
    assert name.startswith(shown.partition(" …")[0])
    assert shown == name or not shown or "…" in shown
