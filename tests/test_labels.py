"""Names beside their actors: measured, not looked at."""

from __future__ import annotations

import math
import time
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aktorkart.scene import labels, lines, marks, standing
from aktorkart.scene.crowd import LEFT_OUT, Crowd
from aktorkart.scene.joints import parted
from aktorkart.scene.places import LEADER_FROM, Ground
from drawn import example

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

WORDS = "Psykisk helse- og rusteam Fastlegen NAV Distriktspsykiatrisk senter Kommunedirektøren i"


def named(centres: Floats, halves: Floats, sizes: Floats, **given: Any) -> labels.Placement:
    """Place names on a ground, given what is on it and who has names."""
    names = {"importance", "labelled", "number"}
    ground = {key: value for key, value in given.items() if key not in names}
    asked = {key: value for key, value in given.items() if key in names}
    return labels.place(Ground(centres, halves, **ground), sizes, **asked)


def boxes(found: labels.Placement, sizes: Floats) -> Floats:
    return np.concatenate([found.centres - sizes / 2, found.centres + sizes / 2], axis=1)


def crowd(count: int, *, seed: int = 1) -> tuple[Floats, Floats, Floats]:
    """Return centres at least 30 points apart, marks and label sizes as of real names."""
    draw = np.random.default_rng(seed)
    centres: list[tuple[float, float]] = []
    while len(centres) < count:
        x, y = draw.uniform(30, 770), draw.uniform(30, 500)
        if all(math.hypot(x - a, y - b) > 30 for a, b in centres):
            centres.append((x, y))
    sizes = np.stack([draw.uniform(20, 95, count), draw.choice([9.0, 18.0, 27.0], count)], axis=1)
    return np.array(centres), np.full((count, 2), 7.0), sizes


def test_names_cover_neither_each_other_nor_actors() -> None:
    centres, halves, sizes = crowd(60)
    draw = np.random.default_rng(2)
    ends = draw.integers(0, 60, (110, 2))
    found = named(
        centres,
        halves,
        sizes,
        bounds=(0, 0, 800, 530),
        segments=np.hstack([centres[ends[:, 0]], centres[ends[:, 1]]]),
        owners=np.arange(110),
        importance=np.bincount(ends.ravel(), minlength=60).astype(float),
    )
    placed = boxes(found, sizes)
    for i, one in enumerate(placed):
        assert one[0] >= 0
        assert one[1] >= 0
        assert one[2] <= 800
        assert one[3] <= 530
        for other in placed[:i]:
            assert (
                one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
            )
        near = np.clip(centres, one[:2], one[2:])
        assert (np.hypot(*(near - centres).T) >= 7.0).all()
    assert found.covering == 0


def test_forty_names_take_less_than_three_tenths_of_a_second() -> None:
    centres, halves, sizes = crowd(40)
    ends = np.random.default_rng(2).integers(0, 40, (88, 2))
    segments = np.hstack([centres[ends[:, 0]], centres[ends[:, 1]]])

    def run() -> float:
        start = time.process_time()
        named(
            centres, halves, sizes, bounds=(0, 0, 800, 530), segments=segments, owners=np.arange(88)
        )
        return time.process_time() - start

    assert min(run() for _ in range(3)) < 0.3


def test_among_thousands_names_stand_by_their_own_marks_and_clear_of_each_other() -> None:
    """ISSUE 4: up to 2 500 actors, hubs labelled: every place covers some mark."""
    grid = np.array([(8.0 * i, 8.0 * j) for i in range(60) for j in range(40)])
    hubs = np.arange(310, 2300, 190)
    sizes = np.full((len(hubs), 2), (60.0, 18.0))
    found = named(
        grid,
        np.full((len(grid), 2), 2.0),
        sizes,
        bounds=(0, 0, 480, 320),
        labelled=hubs,
        over_marks=True,
    )
    placed = boxes(found, sizes)
    assert found.covering == 0
    assert (found.gaps < LEADER_FROM).all()
    assert not any(
        standing.crossings(placed[:place], np.array([[*one[:2], *one[2:]]])).any()
        for place, one in enumerate(placed)
    )


def test_a_piece_runs_through_a_box_if_a_point_of_it_is_inside() -> None:
    draw = np.random.default_rng(3)
    corners = draw.uniform(0, 100, (40, 2))
    placed = np.hstack([corners, corners + draw.uniform(1, 30, (40, 2))])
    pieces = draw.uniform(0, 120, (60, 4))
    share = np.linspace(0, 1, 4001)[:, None]
    for piece, met in zip(pieces, standing.crossings(placed, pieces).T, strict=True):
        points = piece[:2] + share * (piece[2:] - piece[:2])
        inside = ((points[:, None] > placed[:, :2]) & (points[:, None] < placed[:, 2:])).all(axis=2)
        # A corner cut between two points is met all the same.
        assert not (inside.any(axis=0) & ~met).any()
        grown = (points[:, None] > placed[:, :2] - 0.05) & (points[:, None] < placed[:, 2:] + 0.05)
        assert not (met & ~grown.all(axis=2).any(axis=0)).any()


def test_a_name_avoids_a_tie_if_it_can() -> None:
    centre, half, size = np.array([[50.0, 50.0]]), np.array([[5.0, 5.0]]), np.array([[30.0, 10.0]])
    below = np.array([[50.0, 45.0, 50.0, 0.0]])
    found = named(centre, half, size, bounds=(0, 0, 100, 100), segments=below, owners=np.array([0]))
    assert not standing.crossings(boxes(found, size), below).any()


def test_a_name_far_off_has_a_leader_line_that_crosses_no_other_name() -> None:
    # Nine actors so close that most names cannot stand beside their own.
    grid = np.array([(200.0 + 22 * i, 200.0 + 22 * j) for i in range(3) for j in range(3)])
    sizes = np.full((9, 2), (60.0, 9.0))
    found = named(grid, np.full((9, 2), 6.0), sizes, bounds=(0, 0, 400, 400))
    assert found.covering == 0
    assert found.leaders
    placed = boxes(found, sizes)
    for number, start, end in found.leaders:
        others = np.delete(placed, number, axis=0)
        assert not standing.crossings(others, np.array([[*start, *end]])).any()


def test_a_name_stands_nearest_to_its_own_mark_where_there_is_room() -> None:
    """ISSUE 12, 2.3: nearer to a neighbour, a name is read as the neighbour's."""
    centres = np.array([(200.0 + 60 * i, 200.0 + 40 * j) for i in range(4) for j in range(4)])
    sizes = np.full((16, 2), (44.0, 9.0))
    found = named(centres, np.full((16, 2), 6.0), sizes, bounds=(0, 0, 600, 600))
    assert found.covering == 0
    assert not found.doubtful.any()
    near = [
        int(np.argmin(np.hypot(*(np.clip(centres, box[:2], box[2:]) - centres).T)))
        for box in boxes(found, sizes)
    ]
    assert near == list(range(16))


def in_a_crowd(count: int, *, seed: int = 1) -> tuple[labels.Placement, Any, Floats, Any]:
    """Place names, and numbers of 11 by 9 points, on a page that cannot hold all names."""
    centres, halves, sizes = crowd(count, seed=seed)
    found = named(
        centres, halves, sizes, bounds=(0, 0, 800, 530), number=(11.0, 9.0), importance=-sizes[:, 0]
    )
    seen = np.where((found.shapes == 0)[:, None], sizes, (11.0, 9.0))
    there = found.shapes != LEFT_OUT
    return found, boxes(found, seen)[there], centres, np.flatnonzero(there)


@pytest.mark.parametrize("seed", [1, 2])
def test_in_a_crowd_names_and_numbers_stand_at_their_own_marks(seed: int) -> None:
    """ISSUE 12, 2.3: nearest to their own, over nothing, and so near that no line has to lead."""
    found, placed, centres, actors = in_a_crowd(150, seed=seed)
    assert (found.shapes == 0).sum() > 100
    assert (found.shapes == 1).any()
    assert len(actors) >= 148
    assert not found.leaders
    for wide, actor in zip(placed, actors.tolist(), strict=True):
        # Letters are drawn a little narrower than the room that is kept for them.
        spare = 0.035 * (wide[2] - wide[0])
        box = wide + np.array([spare, 0.0, -spare, 0.0])
        away = np.hypot(*(np.clip(centres, box[:2], box[2:]) - centres).T) - 7
        assert away[actor] <= away.min() + 0.1
        assert away.min() >= 0
        assert away[actor] < LEADER_FROM
    met = standing.overlap(placed, placed)
    assert met.sum() == len(placed)


def test_in_a_crowd_all_names_are_written_where_there_is_room() -> None:
    found, *_ = in_a_crowd(20)
    assert (found.shapes == 0).all()


def test_whoever_stands_in_the_way_in_a_crowd_moves_on() -> None:
    # The first takes what it likes best, which is all that the second can have.
    places = np.array([[(0.0, 0.0, 9.0, 9.0), (50.0, 0.0, 59.0, 9.0)], [(2.0, 0.0, 9.0, 9.0)] * 2])
    both = Crowd(places, np.array([[0.0, 5.0], [0.0, 0.0]]), np.ones((2, 2), dtype=bool))
    both.seat(np.array([0, 1]))
    assert both.chosen().tolist() == [1, 0]
    alone = Crowd(places, np.zeros((2, 2)), np.array([[True, False], [True, False]]))
    alone.seat(np.array([0, 1]))
    assert alone.chosen().tolist() == [0, LEFT_OUT]


def test_a_name_at_the_edge_slides_back_onto_the_page() -> None:
    found = named(
        np.array([[95.0, 50.0]]),
        np.full((1, 2), 4.0),
        np.array([[60.0, 9.0]]),
        bounds=(0, 46, 100, 100),
        number=(11.0, 9.0),
    )
    box = boxes(found, np.array([[60.0, 9.0]]))[0]
    assert found.shapes.tolist() == [0]
    assert box[2] <= 100 < 95 + 30


def test_a_name_nearer_to_another_mark_is_said_to_be_doubtful() -> None:
    # On a page as high as its marks the only room is beyond the other one.
    found = named(
        np.array([(50.0, 10.0), (80.0, 10.0)]),
        np.full((2, 2), 10.0),
        np.array([(38.0, 8.0)]),
        bounds=(0, 0, 200, 20),
        labelled=np.array([0]),
        obstacles=np.array([(0.0, 0.0, 39.0, 20.0)]),
    )
    assert found.covering == 0
    assert found.doubtful.sum() == 1


def test_neighbours_give_way_for_a_name_that_has_one_place_only() -> None:
    centres = np.array([(50.0, 50.0), (104.0, 50.0)])
    sizes = np.full((2, 2), (34.0, 9.0))
    # All around the first but for the way to the second is taken.
    walls = np.array([(0.0, 0.0, 43.0, 100.0), (0.0, 57.0, 70.0, 100.0), (0.0, 0.0, 70.0, 43.0)])
    found = named(
        centres,
        np.full((2, 2), 6.0),
        sizes,
        bounds=(0, 0, 200, 100),
        obstacles=walls,
        importance=np.array([0.0, 1.0]),
    )
    assert found.covering == 0
    assert not found.doubtful.any()
    assert 56 <= boxes(found, sizes)[0, 0] < 62


def test_obstacles_stay_free() -> None:
    centre, half, size = np.array([[50.0, 50.0]]), np.array([[5.0, 5.0]]), np.array([[30.0, 10.0]])
    below = np.array([[20.0, 20.0, 80.0, 44.0]])
    found = named(centre, half, size, bounds=(0, 0, 100, 100), obstacles=below)
    assert boxes(found, size)[0, 1] >= 44


def test_no_names_is_no_problem() -> None:
    empty = np.empty((0, 2))
    assert named(empty, empty, empty, bounds=(0, 0, 1, 1)).covering == 0


def test_a_page_without_room_says_how_many_names_cover_something() -> None:
    centres = np.array([[5.0, 5.0], [6.0, 5.0]])
    found = named(centres, np.ones((2, 2)), np.full((2, 2), 9.0), bounds=(0.0, 0.0, 10.0, 10.0))
    assert found.covering == 2


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("NAV", ["NAV"]),
        ("  Fastlegen \n", ["Fastlegen"]),
        ("BrukerSpørBruker-evalueringen", ["BrukerSpørBruker-", "evalueringen"]),
        (
            "Brukerrepresentantene i forbedringsteamene",
            ["Brukerrepresentantene", "i forbedringsteamene"],
        ),
        ("Folkehelsekoordinatoren", ["Folkehelse-", "koordinatoren"]),
        # Some letters too long, which reads better than a word in two.
        ("Den kommunale samhandlingsavdelingen", ["Den kommunale", "samhandlingsavdelingen"]),
        ("Kommunene i sør/vest", ["Kommunene", "i sør/vest"]),
        ("x" * 40, ["x" * 20 + "-", "x" * 20]),
        ("", []),
    ],
)
def test_names_break_where_words_do(name: str, lines: list[str]) -> None:
    assert labels.wrap(name).splitlines() == lines


@given(st.lists(st.sampled_from(WORDS.split()), min_size=1, max_size=12).map(" ".join))
@settings(max_examples=60, deadline=None)
def test_wrapping_loses_no_word(name: str) -> None:
    wrapped = labels.wrap(name)
    assert wrapped.count("\n") < 5

    def plain(said: str) -> str:
        return said.replace("\n", " ").replace("- ", "").replace("-", "")

    assert plain(wrapped) == plain(name)


@pytest.mark.parametrize(
    "compound",
    [
        *("Akutt·psykiatrisk", "Aktivitets·huset", "rusbehandlings·institusjonen"),
        *("spesialist·helse·tjenesten", "spesialist·helse·tenesta", "kommune·overlegen"),
        *("vård·centralen", "social·förvaltningen", "uppgiftslämnarna", "livs·erfarenhet"),
        *("rusmiddelmisbruker", "koordinatoren", "rehabilitation", "Hjemmet", "enhet", ""),
    ],
)
def test_long_compounds_are_parted_at_their_joints(compound: str) -> None:
    """ISSUE 12, 2.5: hyphenation of long compounds; rather none than a wrong one."""
    assert "·".join(parted(compound.replace("·", ""))) == compound


def test_every_name_that_a_word_is_parted_in_is_whole_again() -> None:
    for name in example("municipal_service").actors:
        for word in name.label.split():
            assert "".join(parted(word)) == word
            assert all(len(part) >= 4 for part in parted(word)) or len(parted(word)) == 1


@given(st.text(max_size=60))
@settings(max_examples=80, deadline=None)
def test_any_text_can_be_wrapped(name: str) -> None:
    shown = labels.wrap(name).replace("-", "").replace("\n", "")
    bare = name.replace("\u2060", "").replace("\u00ad", "").replace("-", "")
    assert "".join(shown.split()) == "".join(bare.split())


# --- marks


@pytest.mark.parametrize("shape", marks.SHAPES)
@pytest.mark.parametrize("angle", [0.0, 0.3, 1.2, 2.5, 3.9, 5.5])
def test_the_rim_is_where_the_shape_ends(shape: str, angle: float) -> None:
    from matplotlib.path import Path

    way = np.array([math.cos(angle), math.sin(angle)])
    distance = float(marks.to_rim(shape, way[None])[0])
    corners = marks.SHAPES[shape]
    outline = Path(np.concatenate([corners, corners[:1]]))
    assert outline.contains_points([way * distance * 0.99])[0]
    assert not outline.contains_points([way * distance * 1.01])[0]


@pytest.mark.parametrize("shape", marks.SHAPES)
@pytest.mark.parametrize("count", [1, 2, 3])
def test_stripes_make_up_the_shape(shape: str, count: int) -> None:
    def area(corners: Floats) -> float:
        x, y = corners.T
        return abs(float((x * np.roll(y, -1) - y * np.roll(x, -1)).sum())) / 2

    whole = area(marks.SHAPES[shape])
    assert sum(map(area, marks.stripes(shape, count))) == pytest.approx(whole)


def test_all_shapes_have_about_the_same_area() -> None:
    """Size is a measure; a square must not look more central than a circle."""
    areas = []
    for corners in marks.SHAPES.values():
        x, y = corners.T
        areas.append(abs(float((x * np.roll(y, -1) - y * np.roll(x, -1)).sum())) / 2)
    assert max(areas) / min(areas) < 1.15


def test_lanes_of_parallel_ties_keep_apart_and_order() -> None:
    middle = [
        lines.lane((0, 0), (40, 0), bulge)[-1 if bulge == 0 else 8, 1] for bulge in (-4.0, 4.0)
    ]
    assert middle == [-4.0, 4.0]


def test_a_broken_tie_is_interrupted_and_a_strained_one_jagged() -> None:
    """METHOD 5: strained hatched or jagged, broken interrupted."""
    straight = np.array([[0.0, 0.0], [30.0, 0.0]])
    solid = lines.strokes(straight, lines.Line(), width=0.4)
    jagged = lines.strokes(straight, lines.Line(form="strained"), width=0.4)
    broken = lines.strokes(straight, lines.Line(form="broken"), width=0.4)
    assert len(solid) == 1
    assert np.ptp(jagged[0][:, 1]) > 1
    left, right = broken[0], broken[1]
    assert left[-1, 0] < 15 < right[0, 0]


def test_a_tie_shorter_than_its_rims_does_not_turn_round() -> None:
    left = lines.trimmed(np.array([[0.0, 0.0], [4.0, 0.0]]), 3, 3)
    assert left[0, 0] == pytest.approx(left[-1, 0])
