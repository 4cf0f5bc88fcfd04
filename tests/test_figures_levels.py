"""Levels as bands: who stands where, which ties stand out, and that nothing overlaps."""

from __future__ import annotations

import itertools
from typing import Any

import matplotlib as mpl
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aktorkart.errors import UnknownName
from aktorkart.figures import Style, levels, sheet, svg_text
from aktorkart.i18n import LANGUAGES, text
from aktorkart.model import Actor, ActorMap, Tie
from aktorkart.scene import lanes
from aktorkart.scene.lanes import band, crossing, lane
from drawn import NAMES, boxes, by_gid, covering, drawn, example, legend_words, outside, stage
from slowly import but_one_slow


@pytest.mark.parametrize(
    ("name", "lang"),
    [
        *zip(NAMES, itertools.cycle(LANGUAGES)),
        *(("municipal_service", one) for one in LANGUAGES[1:]),
    ],
)
def test_nothing_covers_anything_and_all_is_on_the_page(name: str, lang: str) -> None:
    axes = drawn(levels(example(name), ax=sheet(), lang=lang))
    assert covering(axes) == []
    assert outside(axes) == []


@pytest.mark.parametrize("name", NAMES)
def test_everyone_stands_in_the_band_and_the_lane_of_their_own(name: str) -> None:
    """METHOD 2: an actor with several levels stands at the first."""
    kart = example(name)
    axes = drawn(levels(kart, ax=sheet(), names=True, consent="ignore"))
    bands = {key: one.get_bbox() for key, one in by_gid(axes, "band:").items()}
    lefts = {key: one.get_xdata()[0] for key, one in by_gid(axes, "lane:").items()}
    placed = by_gid(axes, "actor:")
    assert set(placed) == {actor.id for actor in kart.actors}
    for id_, patch in placed.items():
        box = patch.get_path().get_extents()
        mine = bands[band(kart, id_)]
        assert mine.y0 <= box.y0 <= box.y1 <= mine.y1, id_
        assert lefts[lane(kart, id_)] <= box.x0, id_
        right = min([x for x in lefts.values() if x > lefts[lane(kart, id_)]], default=mine.x1)
        assert box.x1 <= right, id_
    several = sum(len(kart.levels(actor.id)) > 1 for actor in kart.actors)
    said = text("figure.levels_several", kart.lang or "nb", n=several)
    assert by_gid(axes, "footer")[""].get_text().startswith(said)
    assert said in stage(axes).alt


def test_governance_is_at_the_top_and_both_lines_are_always_there() -> None:
    axes = drawn(levels(ActorMap(actors=[Actor(id="a", kind="gp")]), ax=sheet(), lang="en"))
    bands = by_gid(axes, "band:")
    assert list(bands) == ["governance", "service", "individual"]
    tops = [one.get_bbox().y1 for one in bands.values()]
    assert tops == sorted(tops, reverse=True)
    assert set(by_gid(axes, "lane:")) == {"first", "second"}
    assert "nobody" in by_gid(axes, "caption:")["band:service"].get_text()


def test_actors_without_a_level_have_a_band_of_their_own_if_there_are_any() -> None:
    """METHOD 7: unknown is not a level."""
    kart = ActorMap(actors=[Actor(id="a"), Actor(id="b", kind="gp")])
    kart = kart.with_tie(source="a", target="b", strength=3)
    axes = drawn(levels(kart, ax=sheet(), lang="en"))
    assert list(by_gid(axes, "band:"))[-1] == "unknown"
    assert not crossing(kart, "a", "b")
    known = ActorMap(actors=[Actor(id="b", kind="gp")])
    assert "unknown" not in by_gid(drawn(levels(known, ax=sheet())), "band:")


def test_ties_across_levels_stand_out() -> None:
    kart = ActorMap(
        actors=[
            Actor(id="a", kind="gp"),
            Actor(id="b", kind="dps"),
            Actor(id="c", kind="authority"),
        ]
    )
    kart = kart.with_tie(source="a", target="b", strength=5)
    kart = kart.with_tie(source="a", target="c", strength=5)
    axes = drawn(levels(kart, ax=sheet(), lang="en"))
    ties = by_gid(axes, "tie:contact:")
    assert ties["a→b"].get_linewidth() < 0.6 * ties["a→c"].get_linewidth()
    assert sum(ties["a→b"].get_edgecolor()[:3]) > sum(ties["a→c"].get_edgecolor()[:3])
    assert list(ties) == ["a→b", "a→c"]
    said = legend_words(axes)
    assert "from one level to another" in said
    assert "within the same level" in said
    assert "1 tie goes between individual level and governance level." in stage(axes).alt


def test_names_of_people_are_not_shown() -> None:
    kart = ActorMap(scope="individual", actors=[Actor(id="kari", name="Kari", kind="user")])
    assert "ari" not in svg_text(levels(kart, ax=sheet())).replace("aria", "")
    assert "Kari" in svg_text(levels(kart, ax=sheet(), names=True, consent="ignore"))


def test_forty_five_long_names_and_small_axes() -> None:
    kinds = ("gp", "dps", "nav", "friend", "school", "authority", "home_care", "trust_management")
    kart = ActorMap(
        actors=[
            Actor(id=f"a{n:02}", name=f"Kommunalt oppfølgingsteam {n}", kind=kinds[n % 8])
            for n in range(45)
        ]
    )
    axes = drawn(levels(kart, ax=sheet(), lang="nb"))
    assert covering(axes) == []
    small = drawn(levels(example("skane"), ax=sheet(style=Style(size=(5, 3.6))), lang="sv"))
    assert outside(small) == []


def test_manners() -> None:
    before = dict(mpl.rcParams)
    axes = sheet()
    assert levels(example("skane"), ax=axes, title="") is axes
    assert axes.get_title(loc="left") == ""
    assert dict(mpl.rcParams) == before
    with pytest.raises(UnknownName):
        levels(ActorMap(), ax=sheet(), lang="xx")


def test_the_order_of_the_file_changes_nothing() -> None:
    kart = example("skane")
    turned = kart.model_copy(update={"actors": kart.actors[::-1], "ties": kart.ties[::-1]})
    assert svg_text(levels(kart, ax=sheet())) == svg_text(levels(turned, ax=sheet()))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_empty_map_and_one_actor(lang: str) -> None:
    for kart in (ActorMap(), ActorMap(focal="a", actors=[Actor(id="a", kind="arena")])):
        axes = drawn(levels(kart, ax=sheet(), lang=lang))
        assert outside(axes) == []
        assert covering(axes) == []


@pytest.mark.parametrize("style", [Style.report(), Style.slide()], ids=["report", "slide"])
@pytest.mark.parametrize("name", but_one_slow(NAMES))
def test_names_stand_in_the_band_of_their_own(name: str, style: Style) -> None:
    """Across a border a name would be read as somebody at another level."""
    kart = example(name)
    axes = drawn(levels(kart, ax=sheet(style=style), style=style, names=True, consent="ignore"))
    bands = by_gid(axes, "band:")
    strayed = []
    for id_, box in boxes(axes, "label:").items():
        mine = bands[band(kart, id_.removeprefix("label:"))].get_window_extent()
        if box.y0 < mine.y0 - 1 or box.y1 > mine.y1 + 1:
            strayed.append(id_)
    assert len(strayed) <= len(kart.actors) // 15, strayed


def test_the_bands_fill_a_wide_page() -> None:
    style = Style.slide()
    axes: Any = drawn(levels(example("municipal_service"), ax=sheet(style=style), style=style))
    band_ = by_gid(axes, "band:")["service"].get_window_extent()
    legend = axes.get_legend().get_window_extent(axes.figure.canvas.get_renderer())
    assert band_.width > 0.7 * (legend.x0 - axes.get_window_extent().x0)


def test_changing_places_shortens_and_clears_ties() -> None:
    """Two cells of two, each tied to the one farther off: one exchange leaves no crossing."""
    ids = {"k1": "authority", "k2": "authority", "g1": "gp", "g2": "gp"}
    kart = ActorMap(
        actors=[Actor(id=id_, kind=kind) for id_, kind in ids.items()],
        ties=[Tie(source="k1", target="g2"), Tie(source="k2", target="g1")],
    )
    axes = drawn(levels(kart, ax=sheet()))
    middle = {id_: one.get_xy().mean(axis=0)[0] for id_, one in by_gid(axes, "actor:").items()}
    assert (middle["k1"] < middle["k2"]) == (middle["g2"] < middle["g1"])


@given(
    st.integers(1, 12),
    st.integers(0, 8),
    st.integers(0, 12),
    st.sampled_from(["", "Samarbeidsutvalget mellom sykehus, fastleger og kommuner"]),
)
def test_no_mark_lies_on_another(gps: int, arenas: int, others: int, named: str) -> None:
    """Long names have no room in a narrow cell; the marks of those in it have all the same."""
    kinds = ["gp"] * gps + ["arena"] * arenas + ["probation"] * others
    kart = ActorMap(
        actors=[
            Actor(id=f"a{at}", name=f"{named} {at}", kind=kind) for at, kind in enumerate(kinds)
        ],
        ties=[Tie(source=f"a{at // 2}", target=f"a{at}") for at in range(2, len(kinds))],
    )
    places = np.array(list(lanes.places(kart, lanes.division(kart), kart.labels).values()))
    apart = np.hypot(*(places[:, None] - places[None]).T)
    np.fill_diagonal(apart, np.inf)
    assert apart.min() >= 2 * lanes.mark_radius(len(kinds))
