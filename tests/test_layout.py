from __future__ import annotations

import math
import os
import pickle
import subprocess
import sys
import textwrap
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aktorkart.model import Actor, ActorMap, Tie
from aktorkart.network.compiling import compiled
from aktorkart.network.graph import all_distances, components, linked
from aktorkart.scene import following, spacing, sparse, stress
from aktorkart.scene.layout import (
    LABEL_CHARACTERS,
    MARGIN,
    NODE_RADIUS,
    PAGE,
    Layout,
    _parts,
    layout,
    nominal_label,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    import numpy.typing as npt

NAMES = (
    "Fastlegen",
    "NAV",
    "Distriktspsykiatrisk senter",
    "Psykisk helse- og rusteam",
    "Koordinerende enhet",
    "Avdeling for rus- og avhengighetsbehandling",
    "Statsforvalteren i Vestland",
    "Mor",
    "Kriminalomsorgen",
    "Flyktningtjenesten",
)


def built(
    count: int,
    pairs: Iterable[tuple[int, int, int]],
    *,
    positions: Mapping[str, tuple[float, float]] | None = None,
) -> ActorMap:
    return ActorMap(
        actors=tuple(
            Actor(id=f"a{place:04d}", name=NAMES[place % len(NAMES)]) for place in range(count)
        ),
        ties=tuple(
            Tie(source=f"a{first:04d}", target=f"a{second:04d}", strength=float(strength))
            for first, second, strength in pairs
        ),
        positions=positions or {},
    )


def town(count: int, seed: int) -> list[tuple[int, int, int]]:
    """Ties of a municipality: services that hold together, a few hubs known to all."""
    random = np.random.default_rng(seed)
    service = random.integers(0, 4, count)
    found: dict[tuple[int, int], int] = {}
    for actor in range(1, count):
        same = [other for other in range(actor) if service[other] == service[actor]]
        found[int(random.choice(same or [0])), actor] = int(random.integers(1, 6))
    for hub in random.choice(count, max(2, count // 12), replace=False).tolist():
        for other in random.choice(count, max(2, count // 5), replace=False).tolist():
            if hub != other:
                found[min(hub, other), max(hub, other)] = int(random.integers(1, 6))
    return [(first, second, strength) for (first, second), strength in sorted(found.items())]


def star(leaves: int) -> list[tuple[int, int, int]]:
    return [(0, leaf, 1 + leaf % 5) for leaf in range(1, leaves + 1)]


def covered(kart: ActorMap, placed: Layout) -> list[tuple[str, str]]:
    """Pairs whose nominal boxes (node, and label beneath) cover each other, counted plainly."""
    boxes = []
    for actor in kart.actors:
        x, y = placed.positions[actor.id]
        width, height = nominal_label(actor.label)
        half = max(width / 2, NODE_RADIUS)
        boxes.append(
            (actor.id, x - half, x + half, y - NODE_RADIUS - 0.8 - height, y + NODE_RADIUS)
        )
    return [
        (one[0], other[0])
        for place, one in enumerate(boxes)
        for other in boxes[:place]
        if min(one[2], other[2]) - max(one[1], other[1]) > 1e-6
        and min(one[4], other[4]) - max(one[3], other[3]) > 1e-6
    ]


def off_page(kart: ActorMap, placed: Layout) -> list[str]:
    out = []
    for actor in kart.actors:
        x, y = placed.positions[actor.id]
        width, height = nominal_label(actor.label)
        half = max(width / 2, NODE_RADIUS)
        if not (
            x - half >= MARGIN - 1e-6
            and x + half <= PAGE[0] - MARGIN + 1e-6
            and y - NODE_RADIUS - 0.8 - height >= MARGIN - 1e-6
            and y + NODE_RADIUS <= PAGE[1] - MARGIN + 1e-6
        ):
            out.append(actor.id)
    return out


def nearest(placed: Layout) -> float:
    places = list(placed.positions.values())
    return min(
        math.dist(one, other) for place, one in enumerate(places) for other in places[:place]
    )


KARTS = {
    "one": built(1, []),
    "two": built(2, [(0, 1, 3)]),
    "star of 12": built(13, star(12)),
    "star of 40": built(41, star(40)),
    "path": built(9, [(place, place + 1, 3) for place in range(8)]),
    "complete": built(12, [(one, two, 4) for one in range(12) for two in range(one)]),
    "two equal parts": built(8, [(0, 1, 3), (1, 2, 3), (2, 3, 3), (4, 5, 3), (5, 6, 3), (6, 7, 3)]),
    "twins": built(6, [(hub, twin, 3) for hub in (0, 1) for twin in (2, 3, 4, 5)]),
    "parts and isolates": built(30, [*town(16, 7), (16, 17, 3), (18, 19, 2), (19, 20, 2)]),
    "all isolates": built(30, []),
    **{f"town of {count}": built(count, town(count, count)) for count in (20, 35, 40, 45, 60)},
}


@pytest.mark.parametrize("name", KARTS)
def test_nothing_covers_another_and_all_is_on_the_page(name: str) -> None:
    kart = KARTS[name]
    placed = layout(kart)
    assert set(placed.positions) == {actor.id for actor in kart.actors}
    assert covered(kart, placed) == []
    assert off_page(kart, placed) == []


@pytest.mark.parametrize("seed", range(8))
def test_generated_towns_have_room_for_their_names(seed: int) -> None:
    kart = built(28 + 4 * seed, town(28 + 4 * seed, 100 + seed))
    placed = layout(kart)
    assert covered(kart, placed) == []
    assert off_page(kart, placed) == []


def test_an_empty_map_has_an_empty_layout() -> None:
    """ISSUE 2: an empty map is valid."""
    assert layout(ActorMap()) == Layout(positions={})


def test_a_large_map_is_laid_out_with_everyone_apart() -> None:
    placed = layout(built(400, town(400, 3)))
    assert len(placed.positions) == 400
    assert nearest(placed) > 1.0
    assert all(0 < x < PAGE[0] and 0 < y < PAGE[1] for x, y in placed.positions.values())


def test_the_order_in_the_file_changes_nothing() -> None:
    """INTERFACES: order of actors in the file never changes a result."""
    kart = KARTS["town of 35"]
    turned = ActorMap(actors=kart.actors[::-1], ties=kart.ties[::-1])
    assert dict(layout(turned).positions) == dict(layout(kart).positions)


def test_names_that_leave_the_order_of_ids_leave_the_picture() -> None:
    kart = KARTS["parts and isolates"]
    renamed = ActorMap(
        actors=tuple(actor.model_copy(update={"id": f"z{actor.id}"}) for actor in kart.actors),
        ties=tuple(
            Tie(source=f"z{tie.source}", target=f"z{tie.target}", strength=tie.strength)
            for tie in kart.ties
        ),
    )
    old, new = layout(kart).positions, layout(renamed).positions
    assert all(new[f"z{actor}"] == place for actor, place in old.items())


def test_actors_without_ties_stand_in_the_strip_in_order() -> None:
    placed = layout(KARTS["parts and isolates"])
    assert placed.strip == tuple(f"a{place:04d}" for place in range(21, 30))
    column = [placed.positions[actor] for actor in placed.strip]
    assert len({x for x, _ in column}) == 1
    assert [y for _, y in column] == sorted((y for _, y in column), reverse=True)
    others = [place for actor, place in placed.positions.items() if actor not in placed.strip]
    assert max(x for x, _ in others) < column[0][0]


def test_strong_ties_are_shorter_within_bounds() -> None:
    """DESIGN 3: 5 is close, 1 is distant."""
    placed = layout(built(4, [(0, 1, 5), (0, 2, 1), (0, 3, 3)])).positions
    strong, weak, middle = (
        math.dist(placed["a0000"], placed[actor]) for actor in ("a0001", "a0002", "a0003")
    )
    assert strong < middle < weak < 3 * strong


def test_the_hub_of_a_star_stands_in_the_middle_with_the_others_all_around() -> None:
    placed = layout(KARTS["star of 12"]).positions
    middle = placed["a0000"]
    angles = sorted(
        math.atan2(y - middle[1], x - middle[0])
        for actor, (x, y) in placed.items()
        if actor != "a0000"
    )
    gaps = [after - before for before, after in pairwise(angles)]
    gaps.append(2 * math.pi - sum(gaps))
    assert max(gaps) < 2.2 * 2 * math.pi / 12
    assert min(gaps) > 0.3 * 2 * math.pi / 12


def test_a_missing_tie_pulls_nobody_but_says_where_a_part_stands() -> None:
    kart = built(7, [(0, 1, 3), (1, 2, 3), (2, 3, 3), (3, 4, 3), (5, 6, 3)])
    across = kart.with_tie(Tie(source="a0000", target="a0004", needed=True))
    assert layout(across).positions == layout(kart).positions
    joined = kart.with_actor(Actor(id="b")).with_tie(Tie(source="a0000", target="b", needed=True))
    assert layout(joined).strip == ()


def test_broken_ties_hold_more_loosely() -> None:
    actors = [Actor(id=name) for name in "abc"]
    whole = Tie(source="a", target="b", strength=5)
    placed = layout(
        ActorMap(
            actors=actors, ties=[whole, Tie(source="a", target="c", strength=5, quality="broken")]
        )
    ).positions
    assert math.dist(placed["a"], placed["c"]) > 1.5 * math.dist(placed["a"], placed["b"])


def test_open_ended_counts_do_not_let_one_tie_rule_the_page() -> None:
    kart = ActorMap(
        strength_scale=None,
        actors=[Actor(id=name) for name in "abcd"],
        ties=[
            Tie(source="a", target="b", strength=559),
            Tie(source="a", target="c", strength=2),
            Tie(source="a", target="d"),
        ],
    )
    placed = layout(kart).positions
    lengths = [math.dist(placed["a"], placed[other]) for other in "bdc"]
    assert lengths == sorted(lengths)
    assert lengths[2] < 3 * lengths[0]


def test_positions_of_the_map_are_kept_exactly() -> None:
    wanted = {"a0003": (40.0, 150.0), "a0007": (222.5, 33.25), "a0011": (150.0, 100.0)}
    kart = built(36, town(36, 1), positions=wanted)
    placed = layout(kart)
    assert {actor: placed.positions[actor] for actor in wanted} == wanted
    assert covered(kart, placed) == []
    assert off_page(kart, placed) == []


def test_all_positions_given_change_nothing() -> None:
    first = layout(KARTS["town of 20"]).positions
    kart = built(20, town(20, 20), positions=first)
    assert layout(kart).positions == first


@pytest.mark.parametrize("name", ["town of 40", "parts and isolates", "star of 12", "all isolates"])
def test_newcomers_leave_everyone_in_place(name: str) -> None:
    """DESIGN 7: next year's map keeps everyone in place."""
    old = KARTS[name]
    kart = old
    ids = [actor.id for actor in old.actors]
    for place, newcomer in enumerate(("ny1", "ny2", "ny3", "ny4")):
        kart = kart.with_actor(Actor(id=newcomer, name="Samhandlingskoordinator"))
        for other in ids[place : place + 2] if newcomer != "ny4" else ():
            kart = kart.with_tie(Tie(source=newcomer, target=other, strength=3))
    before, after = layout(old), layout(kart, like=old)
    settled = [actor for actor in ids if actor not in before.strip or actor in after.strip]
    assert settled
    assert {actor: after.positions[actor] for actor in settled} == {
        actor: before.positions[actor] for actor in settled
    }
    assert "ny4" in after.strip
    assert covered(kart, after) == []
    assert off_page(kart, after) == []
    assert layout(kart, like=before) == after


def test_newcomers_stand_near_their_neighbours() -> None:
    old = KARTS["town of 40"]
    kart = old.with_actor(Actor(id="ny"))
    for other in ("a0001", "a0002"):
        kart = kart.with_tie(Tie(source="ny", target=other, strength=4))
    placed = layout(kart, like=old).positions
    middle = np.array([placed["a0001"], placed["a0002"]]).mean(axis=0)
    assert math.dist(placed["ny"], middle) < PAGE[0] / 4


def test_who_left_leaves_the_others_in_place() -> None:
    old = KARTS["town of 40"]
    before = layout(old)
    after = layout(old.without_actor("a0005"), like=before)
    assert all(before.positions[actor] == place for actor, place in after.positions.items())


@given(st.text(alphabet="ab1é-—_. \t\n\u00a0", max_size=60))
def test_names_are_wrapped_as_by_the_library(name: str) -> None:
    lines = textwrap.wrap(name, LABEL_CHARACTERS, break_long_words=False) or [""]
    widest = min(26, max(map(len, lines)))
    assert nominal_label(name) == (widest * 1.5, len(lines) * 3.4)


@given(st.integers(1, 30), st.lists(st.tuples(st.integers(0, 29), st.integers(0, 29))))
def test_everybody_is_in_the_part_of_its_first_member(
    count: int, pairs: list[tuple[int, int]]
) -> None:
    within = [(one, other) for one, other in pairs if max(one, other) < count]
    ends = np.array(within, dtype=np.int64).reshape(-1, 2).T
    expected = [0] * count
    for members in components(linked(count, within)):
        for actor in members:
            expected[actor] = members[0]
    assert _parts(count, *ends).tolist() == expected


def test_a_map_with_nothing_in_common_is_laid_out_afresh() -> None:
    other = ActorMap(actors=[Actor(id="x"), Actor(id="y")], ties=[Tie(source="x", target="y")])
    assert layout(other, like=KARTS["town of 20"]) == layout(other)


SAME = """
import pickle, sys
from aktorkart.scene.layout import layout
karts = pickle.load(sys.stdin.buffer)
for kart in karts:
    for place in layout(kart).positions.values():
        print(*(value.hex() for value in place))
grown = karts[2].without_actor("a0009")
print(layout(karts[2], like=grown).positions["a0009"])
"""


def vector_features() -> str:
    """Name the vector instructions numpy would choose on this machine."""
    from numpy._core import _multiarray_umath as core  # type: ignore[attr-defined]

    on: dict[str, bool] = getattr(core, "__cpu_features__", {})
    return " ".join(name for name in getattr(core, "__cpu_dispatch__", ()) if on.get(name))


@pytest.mark.slow
def test_the_same_bits_on_every_processor() -> None:
    """DESIGN 7: same map, same coordinates, on every machine."""
    environments: list[dict[str, str]] = [
        {},
        {"OPENBLAS_CORETYPE": "Prescott", "OPENBLAS_NUM_THREADS": "1"},
        {"OPENBLAS_CORETYPE": "Haswell", "OMP_NUM_THREADS": "2"},
        {"NPY_DISABLE_CPU_FEATURES": vector_features(), "PYTHONHASHSEED": "7"},
    ]
    names = ("star of 12", "star of 40", "town of 40")
    karts = pickle.dumps([*(KARTS[name] for name in names), built(320, town(320, 1))])

    def output(environment: dict[str, str]) -> bytes:
        return subprocess.run(  # noqa: S603  our own interpreter and script
            [sys.executable, "-c", SAME],
            env={**os.environ, **environment},
            input=karts,
            capture_output=True,
            check=True,
        ).stdout

    with ThreadPoolExecutor() as threads:
        assert len(set(threads.map(output, environments))) == 1


def test_a_large_layout_is_to_the_last_bit_that_without_numba(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    kart = built(400, county(8, 50))
    monkeypatch.delitem(sys.modules, "numba", raising=False)
    plain = layout(kart).positions
    monkeypatch.setitem(sys.modules, "numba", pytest.importorskip("numba"))
    run = []

    def said(function: Callable[..., None]) -> Callable[..., None] | None:
        run.append(function)
        return compiled(function)

    monkeypatch.setattr(following, "compiled", said)
    assert layout(kart).positions == plain
    assert run == [following.following_kernel]


def restarts(table: npt.NDArray[np.float64], seed: int, *, tolerance: float = 1e-7) -> float:
    """Stress of the best of 20 random restarts, all run until none of them gets any better."""
    random = np.random.default_rng(seed)
    springs = stress._Springs(table)  # noqa: SLF001 - majorize would drop most on the way
    layouts = 2 * random.normal(size=(20, len(table), 2))
    before = np.full(20, np.inf)
    for _ in range(40):
        layouts = stress._moved(springs, layouts, None, 10).astype(float)  # noqa: SLF001
        now = np.array(stress._stresses(layouts, table))  # noqa: SLF001
        if (before - now <= tolerance * now).all():
            break
        before = now
    return float(now.min())


@pytest.mark.slow
def test_stress_is_near_the_best_of_twenty_restarts() -> None:
    """ISSUE 4: within 5 % of the best of 20 random restarts on all, within 1 % on most."""
    ratios = []
    # Among them are those where starts that are flat from the beginning miss by most.
    for count, seed in (
        *((10, 51), (16, 2), (24, 33), (28, 9), (38, 14), (40, 15), (47, 34), (47, 169), (47, 175)),
        *((60, 3), (84, 128)),
    ):
        pairs = np.array(town(count, seed))
        table = all_distances(
            count, pairs[:, 0], pairs[:, 1], 1.3 - 0.6 * (pairs[:, 2] - 1.0) / 4.0
        )
        own = stress.stress(stress.majorize(table, stress.starts(table)), table)
        ratios.append(own / restarts(table, seed, tolerance=1e-5))
    assert max(ratios) < 1.05
    assert sum(ratio < 1.01 for ratio in ratios) > 0.75 * len(ratios)


def county(
    municipalities: int, size: int, *, inside: float = 0.9, seed: int = 2
) -> list[tuple[int, int, int]]:
    """Ties of many municipalities: eleven to an actor, most of them within its own."""
    random = np.random.default_rng(seed)
    count = municipalities * size
    pairs = {
        (actor - actor % size + int(random.integers(0, actor % size)), actor)
        for actor in range(count)
        if actor % size
    }
    pairs |= {
        (int(random.integers(0, first // size)) * size, first) for first in range(size, count, size)
    }
    while len(pairs) < count * 11 // 2:
        one = int(random.integers(0, count))
        near = one // size * size + int(random.integers(0, size))
        other = near if random.random() < inside else int(random.integers(0, count))
        if one != other:
            pairs.add((min(one, other), max(one, other)))
    return [(one, other, 1 + (one + other) % 5) for one, other in sorted(pairs)]


def togetherness(places: npt.NDArray[np.float64], size: int) -> float:
    """Mean distance within municipalities as a share of that between any two actors."""
    gaps = places[:, None] - places[None]
    far = np.sqrt((gaps * gaps).sum(axis=2))
    home = np.arange(len(places)) // size
    same = home[:, None] == home[None]
    return float(far[same].sum() / (same.sum() - len(places)) / far[~same].mean())


def test_municipalities_of_a_large_map_can_be_told_apart() -> None:
    """DESIGN 7: a layout shows structure, also where there is no room for names."""
    ties = county(20, 30)
    placed = layout(built(600, ties)).positions
    places = np.array([placed[f"a{actor:04d}"] for actor in range(600)])
    tails, heads, strengths = np.array(ties).T
    lengths = 1.3 - 0.6 * (strengths - 1.0) / 4.0
    by_steps_alone = sparse.laid_out(600, tails, heads, lengths)
    assert togetherness(places, 30) < 0.25
    assert togetherness(places, 30) < 0.6 * togetherness(by_steps_alone, 30)
    # Whitespace between them: most of the page's squares of 1 cm are empty.
    squares = {(int(x) // 10, int(y) // 10) for x, y in places.tolist()}
    assert len(squares) < 0.6 * 29 * 21


def test_without_groups_lengths_stay_about_as_they_are() -> None:
    tails = np.arange(400)
    heads = (tails + 1) % 400
    again = sparse.grouped(400, tails, heads, np.ones(400))
    assert 0.95 < np.median(again) < 1.05
    assert again.min() >= 1.0 / 3.0
    assert again.max() <= 8.0
    assert ((again > 0.5) & (again < 2.0)).mean() > 0.75


def test_groups_get_short_ties_within_and_long_ones_between() -> None:
    tails, heads, _ = np.array(county(10, 40)).T
    longer = sparse.grouped(400, tails, heads, np.ones(len(tails)))
    within = tails // 40 == heads // 40
    assert np.median(longer[~within]) > 3.0 * np.median(longer[within])


GRAPHS = {
    "grid": [
        *((row * 15 + column, row * 15 + column + 1) for row in range(15) for column in range(14)),
        *((row * 15 + column, row * 15 + 15 + column) for row in range(14) for column in range(15)),
    ],
    "star": [(0, leaf) for leaf in range(1, 225)],
    "tree": [((place - 1) // 3, place) for place in range(1, 225)],
    "path": [(place, place + 1) for place in range(224)],
}


@pytest.mark.parametrize("name", GRAPHS)
def test_the_sparse_layout_comes_near_the_dense_one(name: str) -> None:
    tails, heads = np.array(GRAPHS[name]).T
    lengths = np.ones(len(tails))
    table = all_distances(225, tails, heads, lengths)
    dense = stress.majorize(table, stress.starts(table, tries=1))
    large = sparse.laid_out(225, tails, heads, lengths)
    pairs = 225 * 224 / 2
    assert stress.stress(large, table) < 1.1 * stress.stress(dense, table) + 0.001 * pairs


@settings(max_examples=25, deadline=None)
@given(
    st.integers(2, 14).flatmap(
        lambda count: st.tuples(
            st.just(count),
            st.sets(st.tuples(st.integers(0, count - 1), st.integers(0, count - 1)), max_size=30),
        )
    )
)
def test_any_small_map_is_drawn_without_covering(drawn: tuple[int, set[tuple[int, int]]]) -> None:
    count, pairs = drawn
    kart = built(count, [(one, two, 1 + (one + two) % 5) for one, two in pairs if one < two])
    placed = layout(kart)
    assert covered(kart, placed) == []
    assert off_page(kart, placed) == []
    assert nearest(placed) > 2 * NODE_RADIUS


def test_overlaps_are_those_found_pair_by_pair() -> None:
    random = np.random.default_rng(4)
    places = random.uniform(0, 60, (40, 2))
    boxes = spacing.Boxes.beneath(random.uniform(1, 12, (40, 2)).tolist(), 2.0, 0.5)
    found = {
        (min(pair), max(pair))
        for pair in zip(
            *(ends.tolist() for ends in spacing.overlaps(places, boxes)[:2]), strict=True
        )
    }
    left, right = places[:, 0] - boxes.left, places[:, 0] + boxes.right
    low, high = places[:, 1] - boxes.down, places[:, 1] + boxes.up
    assert found == {
        (one, two)
        for two in range(40)
        for one in range(two)
        if left[one] < right[two] and left[two] < right[one]
        if low[one] < high[two] and low[two] < high[one]
    }
