"""Lines of many ties at once are those of each alone, and a crowd of them can be read."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

import numpy as np
import pytest

from aktorkart.figures import network, sheet
from aktorkart.figures.drawing.ties import segments_of
from aktorkart.model import Actor, ActorMap, Tie
from aktorkart.scene import lines, strokes
from aktorkart.scene.drawn_ties import DrawnTies, TieLook
from aktorkart.scene.scene import MOST_LINES
from drawn import by_gid

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aktorkart.scene.drawn_ties import Floats

FORMS = [
    lines.Line(double=double, form=form, crossed=crossed)
    for double, form, crossed in product(
        (False, True), ("solid", "strained", "broken"), (False, True)
    )
]
DICE = np.random.default_rng(7)
PATHS = [*DICE.uniform(0, 90, (40, 2, 2)), *DICE.uniform(0, 90, (4, 17, 2)), np.full((2, 2), 3.0)]


def by_row(paths: Sequence[Floats]) -> strokes.Paths:
    """Return lines as the straight and the bent ones."""
    straight = np.array([path[[0, -1]] for path in paths])
    return strokes.Paths(straight, {row: path for row, path in enumerate(paths) if len(path) > 2})


def test_many_straight_lines_are_cut_as_each_is() -> None:
    straight = np.array([path for path in PATHS if len(path) == 2])
    near, far = DICE.uniform(0, 60, (2, len(straight)))
    near[0] = 0.0
    for path, cut, start, end in zip(
        straight, lines.cut(straight, near, far), near, far, strict=True
    ):
        assert np.array_equal(cut, lines.trimmed(path, float(start), float(end)))


def test_many_arrowheads_are_those_of_each() -> None:
    lengths = DICE.uniform(0.5, 4, len(PATHS))
    rows = range(0, len(PATHS), 2)
    paths = by_row(PATHS)
    bodies, heads = strokes.pointed(paths, rows, lengths)
    assert sorted(heads) == list(rows)
    for row, path in enumerate(PATHS):
        body = bodies.bent.get(row, bodies.straight[row])
        length = float(lengths[row])
        if row not in heads:
            assert np.array_equal(body, path)
            continue
        own = lines.arrowhead(path, length=length, width=0.85 * length)
        assert heads[row] == pytest.approx(own, abs=1e-12)
        assert np.array_equal(body, lines.trimmed(path, 0, 0.72 * length))


@pytest.mark.parametrize("scale", [1.0, 0.25])
def test_many_lines_are_formed_as_each_is(scale: float) -> None:
    bodies = [path for path in PATHS for _ in FORMS]
    forms = FORMS * len(PATHS)
    thick = DICE.uniform(0.1, 0.9, len(bodies))
    formed = strokes.formed(by_row(bodies), forms, thick, scale)
    assert sorted(np.concatenate([rows for rows, _ in formed])) == list(range(len(bodies)))
    found = {
        row: list(drawn)
        for rows, every in formed
        for row, drawn in zip(rows.tolist(), zip(*every, strict=True), strict=True)
    }
    for row, (body, form, wide) in enumerate(zip(bodies, forms, thick, strict=True)):
        drawn = found[row]
        own = lines.strokes(body, form, width=float(wide), scale=scale)
        assert len(drawn) == len(own)
        for one, other in zip(drawn, own, strict=True):
            assert one == pytest.approx(other, abs=1e-12)


def test_ties_as_columns_are_those_drawn_one_by_one() -> None:
    forms = [FORMS[row % len(FORMS)] for row in range(len(PATHS))]
    paths, thick = by_row(PATHS), np.full(len(PATHS), 0.4)
    formed = strokes.formed(paths, forms, thick, 1.0)
    looks = [TieLook("#000000", form) for form in forms]
    ties = [Tie(source="a", target="b", note=f"{row}") for row in range(len(PATHS))]
    gids = [f"tie:{row}" for row in range(len(PATHS))]
    columns = DrawnTies(ties, gids, looks, thick, *paths, formed, {3: PATHS[3]})
    assert len(columns) == len(PATHS)
    for row, one in enumerate(columns):
        assert (one.tie, one.gid, one.look) == (ties[row], gids[row], looks[row])
        assert np.array_equal(one.path, PATHS[row])
        assert (one.head is not None) == (row == 3)
        own = lines.strokes(PATHS[row], forms[row], width=0.4)
        assert np.concatenate(one.strokes) == pytest.approx(np.concatenate(own), abs=1e-12)
    assert [one.gid for one in columns[-2:]] == gids[-2:]
    with pytest.raises(IndexError):
        columns[len(PATHS)]
    for mine, other in zip(segments_of(columns), segments_of(list(columns)), strict=True):
        assert np.array_equal(mine, other)
    order = DICE.permutation(len(PATHS))
    for some in (columns, DrawnTies.of(list(columns))):
        points, begins, ends = some.flat(order)
        drawn = [stroke for row in order.tolist() for stroke in columns[row].strokes]
        assert np.array_equal(points, np.concatenate(drawn))
        assert np.flatnonzero(begins).tolist() == np.cumsum([0, *map(len, drawn[:-1])]).tolist()
        each = [sum(map(len, columns[row].strokes)) for row in order.tolist()]
        assert ends == np.cumsum(each).tolist()


def crowd(actors: int) -> ActorMap:
    """Make a map with more lines than a page holds."""
    return ActorMap(
        actors=[Actor(id=f"a{place:03}") for place in range(actors)],
        ties=[
            Tie(
                source=f"a{one:03}",
                target=f"a{other:03}",
                strength=1 + (one + other) % 5,
                kind=("contact", "conflict", "agreement")[(one + other) % 3],
            )
            for one in range(actors)
            for other in range(one)
        ],
    )


def test_of_more_lines_than_a_page_holds_many_share_a_path_and_none_is_lost() -> None:
    kart = crowd(105)
    assert len(kart.ties) > MOST_LINES
    axes = network(kart, ax=sheet(), mark_size=None)
    found = [artist for gid, artist in by_gid(axes).items() if gid.startswith("ties:")]
    paths = [path for collection in found for path in collection.get_paths()]
    assert len(paths) < len(kart.ties) / 20
    # One line for a contact, two for an agreement; a conflict has crosses beside.
    begun = sum(int((path.codes == path.MOVETO).sum()) for path in paths)
    kinds = [tie.kind for tie in kart.ties]
    least = len(kinds) + kinds.count("agreement") + 2 * kinds.count("conflict")
    assert begun >= least
    assert all(
        len(collection.get_linewidths()) == len(collection.get_paths()) for collection in found
    )
    assert all(collection.get_alpha() < 1 for collection in found)


def test_crosses_are_whole_up_to_150_actors_and_shrink_with_more() -> None:
    def arm(actors: int) -> float:
        kart = ActorMap(
            actors=[Actor(id=f"a{place:03}") for place in range(actors)],
            ties=[Tie(source="a000", target="a001", kind="conflict", strength=3)],
        )
        line = by_gid(network(kart, ax=sheet(), labels=False, mark_size=None), "tie:")
        (path,) = (patch.get_path() for patch in line.values())
        return float(np.ptp(path.vertices[2:4, 0]))

    whole, smaller, smallest = arm(150), arm(300), arm(600)
    assert whole > 2.0
    assert whole > smaller > smallest
    assert smallest < 0.6 * whole
