"""How strong ties are: which scale they are judged on, what zero is, what is no judgement."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aktorkart.errors import guesses
from aktorkart.files import cells, headings
from aktorkart.model.vocabulary import USUAL

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aktorkart.files.rows import Columns
    from aktorkart.files.rules.found import Found

Scale = tuple[float, float]

_ENDS_OF_SCALES = (5.0, 7.0, 10.0, 100.0)


def judge_strengths(found: Found) -> None:
    """Find the scale of the strengths; take zero and a weight of 1 throughout for what they are."""
    columns = found.columns["ties"]
    heading = columns.heading(["strength"])
    if heading is None:
        _ask_about_strength(found, columns)
        return
    if columns.worded:
        _settle_zeros(found, heading, counted=True, stated=None)
        found.content["strength_scale"] = USUAL
        found.note("strengths_in_words", "ties", heading=heading, words=columns.worded)
    else:
        _judge_numbers(found, heading)


def _judge_numbers(found: Found, heading: str) -> None:
    simple, stated = headings.simple(heading), headings.stated_scale(heading)
    counted = simple in {*headings.COUNTS, *headings.LAST}
    _settle_zeros(found, heading, counted=counted, stated=stated)
    numbers = [one for tie in found.ties if isinstance(one := tie.get("strength"), (int, float))]
    all_ones = len(found.ties) > 1 and len(numbers) == len(found.ties) and set(numbers) == {1}
    if all_ones and found.reading.weights == "auto":
        for tie in found.ties:
            del tie["strength"]
        found.note("weight_one", "ties", heading=heading, n=len(found.ties))
        numbers = []
    if "strength_scale" in found.draft.about:
        return
    weight = simple in {*headings.WEIGHTS, *headings.VALUES}
    scale = scale_of(numbers, stated, counted=counted, weight=weight)
    found.content["strength_scale"] = scale
    if not numbers:
        return
    bare, (low, high) = headings.bare(heading), scale or (None, None)
    in_table = found.sheet("ties").heading_row is not None  # elsewhere nobody chose the heading
    if scale is None:
        # Who says that a column is a number of something is told nothing new.
        known = simple in headings.COUNTS and not weight
        if not counted or (not known and in_table):
            found.note("scale_open", "ties", heading=heading, field=bare)
    elif stated is None and scale != USUAL:
        found.note("scale_found", "ties", heading=heading, field=bare, low=low, high=high)
    elif in_table and not _is_ours(heading):
        found.note("strength_column", "ties", heading=heading, low=low, high=high)


def _is_ours(heading: str) -> bool:
    return headings.is_exact(headings.TIES, "strength", heading)


def _settle_zeros(found: Found, heading: str, *, counted: bool, stated: Scale | None) -> None:
    """Leave out ties of strength zero where that is no tie; else ask about them."""
    zeros = [place for place, tie in enumerate(found.ties) if tie.get("strength") == 0]
    if not zeros:
        return
    rows = [found.rows["ties"][place] for place in zeros]
    if counted or found.draft.matrix or (stated is not None and stated[0] == 0):
        found.note("zero_is_no_tie", "ties", rows, heading=heading, n=len(zeros))
        found.drop_ties(zeros)
    elif found.reading.repair:
        found.note("zero_strength_left_out", "ties", rows, heading=heading, n=len(zeros))
        found.drop_ties(zeros)
    else:
        for place, row in zip(zeros, rows, strict=True):
            ends = {name: found.ties[place].get(name) for name in ("source", "target")}
            found.refuse("zero_strength", "ties", row, heading=heading, **ends)
            del found.ties[place]["strength"]
        found.drop_ties(zeros, refused=zeros)


def _ask_about_strength(found: Found, columns: Columns) -> None:
    """Ask about columns of numbers that are nearly called as a strength is."""
    known = [*headings.TIES["strength"], *headings.COUNTS]
    sheet = columns.sheet
    for heading, meant, column in zip(sheet.headings, columns.fields, sheet.columns, strict=True):
        simple = headings.simple(heading)
        if not isinstance(meant, tuple) or simple in known:
            continue
        near = guesses(simple, known)[:1]
        if near and any(isinstance(cells.as_number(cell), float) for cell in column):
            found.note("meant_strength", "ties", heading=heading, guesses=near, field=heading)


def scale_of(
    numbers: Sequence[float], stated: Scale | None, *, counted: bool, weight: bool
) -> Scale | None:
    """Tell the scale: what the heading states, or what the numbers show."""
    if stated is not None:
        # Nought on a scale is no tie: the judgements begin at one.
        return (1.0, stated[1]) if stated[0] == 0 and stated[1] > 1 else stated
    low, high = min(numbers, default=1), max(numbers, default=USUAL[1])
    whole = all(isinstance(one, int) or one.is_integer() for one in numbers)
    if counted:
        judged = weight and whole and len(set(numbers)) > 1 and low >= 1 and high <= USUAL[1]
        return USUAL if judged else None
    if low >= 1 and (whole or high <= USUAL[1]):
        return next(((1.0, end) for end in _ENDS_OF_SCALES if high <= end), None)
    return None
