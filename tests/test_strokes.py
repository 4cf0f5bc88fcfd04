"""Lines of many ties at once are those of each alone, and a crowd of them can be read."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from aktorkart.figures import network, sheet
from aktorkart.model import Actor, ActorMap, Tie
from aktorkart.scene import lines, strokes
from aktorkart.scene.scene import MOST_LINES
from drawn import by_gid

FORMS = [
    lines.Line(double=double, form=form, crossed=crossed)
    for double, form, crossed in product(
        (False, True), ("solid", "strained", "broken"), (False, True)
    )
]
DICE = np.random.default_rng(7)
PATHS = [*DICE.uniform(0, 90, (40, 2, 2)), *DICE.uniform(0, 90, (4, 17, 2)), np.full((2, 2), 3.0)]


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
    bodies, heads = strokes.pointed(PATHS, rows, lengths)
    assert sorted(heads) == list(rows)
    for row, (path, body) in enumerate(zip(PATHS, bodies, strict=True)):
        length = float(lengths[row])
        if row not in heads:
            assert body is path
            continue
        own = lines.arrowhead(path, length=length, width=0.85 * length)
        assert heads[row] == pytest.approx(own, abs=1e-12)
        assert np.array_equal(body, lines.trimmed(path, 0, 0.72 * length))


@pytest.mark.parametrize("scale", [1.0, 0.25])
def test_many_lines_are_formed_as_each_is(scale: float) -> None:
    bodies = [path for path in PATHS for _ in FORMS]
    forms = FORMS * len(PATHS)
    thick = DICE.uniform(0.1, 0.9, len(bodies))
    found = strokes.formed(bodies, forms, thick, scale)
    for body, form, wide, drawn in zip(bodies, forms, thick, found, strict=True):
        own = lines.strokes(body, form, width=float(wide), scale=scale)
        assert len(drawn) == len(own)
        assert all(np.array_equal(*pair) for pair in zip(drawn, own, strict=True))


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
