"""What informants see differently: marks on a line, shades in a table, and the words for it."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings

from aktorkart.comparison import merge
from aktorkart.errors import NoConsent, UnknownName, WrongArgument
from aktorkart.figures import disagreement, sheet
from aktorkart.i18n import LANGUAGES
from aktorkart.model import Actor, ActorMap, Tie
from aktorkart.scene.ratings import Ratings
from aktorkart.strategies import actor_maps
from drawn import by_gid, drawn, example, said, stage, table_faults

if TYPE_CHECKING:
    from matplotlib.axes import Axes

DRAWING = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
ACTORS = [Actor(id=id_) for id_ in ("dps", "gp", "nav")]


def told(who: str, source: str, target: str, **fields: Any) -> Tie:
    return Tie(source=source, target=target, informant=who, **fields)


KART = ActorMap(
    actors=ACTORS,
    ties=[
        told("nav", "nav", "dps", strength=4),
        told("dps", "nav", "dps", strength=1),
        told("gp", "gp", "nav", strength=3),
        told("nav", "gp", "nav", strength=3),
        told("gp", "gp", "dps"),
        told("nav", "nav", "dps", kind="referral", strength=2, mutual=False),
    ],
)


def ratings(axes: Axes) -> dict[str, float]:
    """Return where each mark stands along the line."""
    return {gid: one.get_xdata()[0] for gid, one in by_gid(axes, "rating:").items()}


def test_the_least_alike_come_first() -> None:
    found = Ratings.of(KART)
    assert [(row.gid, row.apart) for row in found.rows] == [
        ("dps–nav:contact", 3.0),
        ("dps–gp:contact", None),  # somebody does not see it
        ("dps–nav:referral", None),
        ("gp–nav:contact", 0.0),
    ]


def test_each_informant_has_a_mark_where_the_rating_is() -> None:
    axes = drawn(disagreement(KART, ax=sheet(), lang="en"))
    at = ratings(axes)
    assert at["dps–nav:contact:dps"] < at["gp–nav:contact:gp"] < at["dps–nav:contact:nav"]
    assert at["gp–nav:contact:gp"] == at["gp–nav:contact:nav"]
    # Equal steps, whoever rates.
    lines = [one.get_xdata()[0] for gid, one in by_gid(axes, "column:").items() if gid[0].isdigit()]
    gaps = {round(b - a, 6) for a, b in itertools.pairwise(lines)}
    assert len(lines) == 5
    assert len(gaps) == 1
    heads = {gid: one.get_position()[0] for gid, one in by_gid(axes, "head:").items()}
    assert at["dps–nav:referral:dps"] == heads["silent"]
    assert at["dps–gp:contact:gp"] == heads["unsaid"]
    assert heads["silent"] < heads["unsaid"] < min(lines)


def test_a_bar_goes_from_the_lowest_to_the_highest() -> None:
    axes = drawn(disagreement(KART, ax=sheet(), lang="en"))
    at, bar = ratings(axes), by_gid(axes, "apart:")["dps–nav:contact"]
    assert list(bar.get_xdata()) == [at["dps–nav:contact:dps"], at["dps–nav:contact:nav"]]
    assert len(by_gid(axes, "apart:")["dps–nav:referral"].get_xdata()) == 0


def test_marks_tell_informants_apart_without_colors() -> None:
    actors = [Actor(id=f"a{number:02}") for number in range(14)]
    ties = [
        told(actor.id, "a00", "a01", strength=1 + place % 5) for place, actor in enumerate(actors)
    ]
    axes = drawn(disagreement(ActorMap(actors=actors, ties=ties), ax=sheet()))
    looks = [
        (
            one.get_marker(),
            one.get_markerfacecolor() == axes.get_facecolor()[:3]
            or one.get_markerfacecolor() == "#FFFFFF",
        )
        for one in by_gid(axes, "key:").values()
    ]
    assert len(looks) == len(set(looks)) == 14


def test_the_words_say_where_they_differ() -> None:
    alt = stage(disagreement(KART, ax=sheet(), lang="en")).alt
    assert "dps rates the tie dps – nav at 1, nav at 4: 3 steps apart." in alt
    assert "Of 4 ties that one end or the other has told of" in alt


def test_merged_maps_and_maps_by_name_are_the_same_figure() -> None:
    maps = {
        who: ActorMap(actors=ACTORS, ties=[tie for tie in KART.ties if tie.informant == who])
        for who in ("dps", "gp", "nav")
    }
    want = ratings(drawn(disagreement(KART, ax=sheet())))
    assert ratings(drawn(disagreement(merge(maps), ax=sheet()))) == want
    assert ratings(drawn(disagreement(maps, ax=sheet()))) == want


def test_the_heat_map_has_a_cell_for_each_who_could_know() -> None:
    axes = drawn(disagreement(KART, view="heat", ax=sheet(), lang="en"))
    words = said(axes)
    for word in ("does not report it", "strength not stated", "dps – nav (referral)", "reported"):
        assert word in words
    assert not table_faults(axes)


def test_what_there_is_no_room_for_is_said() -> None:
    actors = [Actor(id=f"a{number:02}") for number in range(20)]
    ties = [
        told(who, "a00", other.id, strength=1 + place % 5)
        for place, other in enumerate(actors[1:])
        for who in ("a00", other.id)
    ]
    kart = ActorMap(actors=actors, ties=ties)
    assert "16 more ties are not shown" in said(
        drawn(disagreement(kart, most=3, ax=sheet(), lang="en"))
    )
    heat = disagreement(kart, view="heat", most=3, ax=sheet(), lang="en")
    assert "16 more ties are not shown" in said(drawn(heat))


@pytest.mark.parametrize("view", ["dumbbells", "heat"])
@pytest.mark.parametrize("name", ["user_network", "municipal_service"])
def test_nothing_covers_a_text(name: str, view: str) -> None:
    for lang in LANGUAGES:
        axes = drawn(disagreement(example(name), view=view, ax=sheet(), lang=lang))
        texts = [fault for fault in table_faults(axes) if not fault[0].startswith("rating")]
        assert not texts


def test_one_informant_is_told_in_a_line() -> None:
    axes = drawn(disagreement(ActorMap(), ax=sheet(), lang="en"))
    assert stage(axes).alt == (
        "There is no tie that two informants should know of, so there is nothing to compare."
    )


def test_around_a_person_roles_are_shown() -> None:
    kart = ActorMap(
        scope="individual",
        actors=[Actor(id="kari", name="Kari Vik", kind="user"), Actor(id="ola", name="Ola")],
        ties=[told("kari", "kari", "ola", strength=1), told("ola", "kari", "ola", strength=5)],
    )
    for view in ("dumbbells", "heat"):
        axes = drawn(disagreement(kart, view=view, ax=sheet()))
        everything = [said(axes), stage(axes).alt, *by_gid(axes)]
        assert not any(name in one for one in everything for name in ("Kari", "kari", "Ola", "ola"))
    with pytest.raises(NoConsent):
        disagreement(kart, names=True)


def test_what_cannot_be_drawn_is_refused() -> None:
    with pytest.raises(UnknownName, match="view"):
        disagreement(KART, view="pie", ax=sheet())
    with pytest.raises(WrongArgument):
        disagreement(KART, most=0, ax=sheet())
    with pytest.raises(WrongArgument):
        disagreement("kart.yaml", ax=sheet())  # type: ignore[arg-type]


@given(kart=actor_maps())
@DRAWING
def test_any_map_can_be_drawn(kart: ActorMap) -> None:
    for view in ("dumbbells", "heat"):
        assert stage(drawn(disagreement(kart, view=view, ax=sheet(), names=False))).alt
