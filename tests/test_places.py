"""Places for names: what they cost is the same however it is looked for."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aktorkart.scene.pieces import Pieces
from aktorkart.scene.places import FAR_GAPS, GAPS, NEAR_GAPS, Ground
from aktorkart.scene.standing import crossings

SEEDS = st.integers(0, 2**32 - 1)


@given(seed=SEEDS, lines=st.integers(1, 40), boxes=st.integers(1, 30), far=st.booleans())
def test_lines_under_boxes_are_those_that_cross_them(
    seed: int,
    lines: int,
    boxes: int,
    far: bool,  # noqa: FBT001
) -> None:
    draw = np.random.default_rng(seed)
    paths = [
        draw.uniform(-50, 300, (draw.integers(2, 6), 2)).round(draw.integers(0, 3))
        for _ in range(lines)
    ]
    segments = np.array([(*one, *other) for path in paths for one, other in pairwise(path)])
    owners = np.repeat(np.arange(lines), [len(path) - 1 for path in paths])
    corners = draw.uniform(-100, 2000 if far else 300, (boxes, 2)).round(1)
    those = np.hstack([corners, corners + draw.uniform(0, 90, (boxes, 2)).round(1)])
    met = crossings(those, segments)
    expected = [len(set(owners[row].tolist())) for row in met]
    assert Pieces(segments, owners).under(those).tolist() == expected


def test_where_there_are_no_lines_none_runs_under_anything() -> None:
    none = Pieces(np.empty((0, 4)), np.empty(0, dtype=np.intp))
    assert none.under(np.array([[0.0, 0.0, 9.0, 9.0]])).tolist() == [0]


def ground(seed: int, n: int, *, over_marks: bool = False) -> tuple[Ground, np.ndarray]:
    draw = np.random.default_rng(seed)
    centres = draw.uniform(0, 400, (n, 2))
    ends = draw.integers(0, n, (2 * n, 2))
    made = Ground(
        centres,
        draw.uniform(2, 9, (n, 2)),
        bounds=(0, 0, 400, 400),
        segments=np.hstack([centres[ends[:, 0]], centres[ends[:, 1]]]),
        owners=np.arange(2 * n),
        obstacles=np.array([[0.0, 0.0, 60.0, 20.0]]),
        over_marks=over_marks,
    )
    return made, draw.uniform(5, 80, (n, 2))


@pytest.mark.parametrize("crowded", [False, True])
@pytest.mark.parametrize("gaps", [GAPS, GAPS + FAR_GAPS, NEAR_GAPS])
def test_places_cost_the_same_asked_together_alone_and_again(
    gaps: tuple[float, ...], *, crowded: bool
) -> None:
    whole, sizes = ground(1, 12)
    together = whole.candidates(np.arange(12), sizes, gaps, crowded=crowded)
    alone, _ = ground(1, 12)
    for actor in (7, 3, 7):
        found = alone.candidates(np.array([actor]), sizes[[actor]], gaps, crowded=crowded)
        for part, one in zip(together, found, strict=True):
            assert np.array_equal(part[actor], one[0])
    again = alone.candidates(np.arange(12), sizes, gaps, crowded=crowded)
    assert all(np.array_equal(one, other) for one, other in zip(together, again, strict=True))


@given(seed=SEEDS, n=st.integers(2, 30))
def test_a_name_is_doubtful_where_the_rim_of_another_mark_is_nearer(seed: int, n: int) -> None:
    made, sizes = ground(seed, n)
    own = np.arange(n)
    middle = made.centres + np.random.default_rng(seed).uniform(-40, 40, (n, 2))
    boxes = np.hstack([middle - sizes / 2, middle + sizes / 2])
    spare = 0.035 * sizes[:, 0]
    inner = boxes + np.stack([spare, 0 * spare, -spare, 0 * spare], axis=1)

    def away(box: np.ndarray, actor: int) -> float:
        rim = made.rims[actor]
        return float(np.hypot(*(np.clip(rim, box[:2], box[2:]) - rim).T).min())

    for label, doubtful in enumerate(made.doubtful(boxes, own).tolist()):
        mine = away(inner[label], label)
        others = min(away(inner[label], other) for other in own.tolist() if other != label)
        if abs(mine - others) > 1e-9:
            assert doubtful == (others < mine)
