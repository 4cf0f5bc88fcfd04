"""Which groups actors belong to."""

from __future__ import annotations

from typing import Any

import pytest

from aktorkart.model import Actor, ActorMap
from aktorkart.network.groups import groups_of
from aktorkart.network.measures import measures

KART = ActorMap(
    actors=[
        Actor(
            id="dps",
            kind="dps",
            organisation="Helse Vest",
            line=("second", "first"),
            tags={"areas": ("north", "south"), "size": 3, "open": True},
        ),
        Actor(id="x"),
    ]
)


@pytest.mark.parametrize(
    ("by", "expected"),
    [
        ("line", ("second", "first")),
        ("kind", ("dps",)),
        ("organisation", ("Helse Vest",)),
        ("areas", ("north", "south")),
        ("size", (3,)),
        ("open", (True,)),
    ],
)
def test_groups(by: str, expected: tuple[Any, ...]) -> None:
    assert groups_of(KART, by) == {"dps": expected, "x": ()}


def test_levels_follow_from_the_kind() -> None:
    assert groups_of(KART, "level") == {"dps": KART.levels("dps"), "x": ()}
    assert KART.levels("dps")


@pytest.mark.parametrize(
    ("by", "first"),
    [("line", "second"), ("areas", "north"), ("size", "3"), ("open", "True")],
)
def test_measures_take_the_first_as_text(by: str, first: str) -> None:
    """Of several lines or values of a tag the first counts."""
    assert list(measures(KART, group=by).cohesion) == [(first, first)]
