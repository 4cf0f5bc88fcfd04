"""One map in parts, or several maps: panels on which everyone stands in the same place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from aktorkart.errors import NoConsent, UnknownName, WrongArgument
from aktorkart.figures import small_multiples, svg_text
from aktorkart.i18n import LANGUAGES
from aktorkart.model import Actor, ActorMap, Tie
from aktorkart.scene.layout import layout
from aktorkart.scene.panels import MOST, WAYS, parts
from aktorkart.strategies import actor_maps
from drawn import by_gid, example, said, stage

if TYPE_CHECKING:
    from matplotlib.axes import Axes

DRAWING = settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
KART = ActorMap(
    actors=[
        Actor(id="dps", level="service"),
        Actor(id="gp", level="individual"),
        Actor(id="nav", level="service"),
    ],
    ties=[
        Tie(source="nav", target="dps", kind="referral", since="2020", informant="nav"),
        Tie(source="nav", target="gp", since="2022-05", until="2024", informant="gp"),
        Tie(source="gp", target="dps", since="2025", needed=True),
    ],
    date="2024",
)


def page(width: float = 11.7, height: float = 8.3) -> Figure:
    figure = Figure(figsize=(width, height))
    FigureCanvasAgg(figure)
    return figure


def draw(kart: Any, size: tuple[float, float] = (11.7, 8.3), **options: Any) -> Any:
    made: Any = small_multiples(kart, fig=page(*size), **{"lang": "en", **options})
    made.draw_without_rendering()
    return made


def titles(figure: Any) -> list[str]:
    return [axes.get_title(loc="left").replace("\n", " ") for axes in figure.axes[1:]]


def actors(axes: Axes) -> dict[str, Any]:
    return by_gid(axes, "actor:")


@pytest.mark.parametrize(
    ("by", "expected"),
    [
        ("kind", ["Contact (1)", "Referral (1)"]),
        ("informant", ["gp (1)", "nav (1)"]),
        ("level", ["Service level (1)", "Between levels (1)"]),
        ("period", ["2020 (1)", "2022 (2)", "2024 (2)"]),
    ],
)
def test_a_map_is_parted_by_its_ties(by: str, expected: list[str]) -> None:
    made = draw(KART, by=by)
    assert titles(made) == expected
    for axes, title in zip(made.axes[1:], expected, strict=True):
        assert f"({len(by_gid(axes, 'tie:'))})" in title


def test_kind_is_what_a_map_is_parted_by() -> None:
    assert titles(draw(KART)) == titles(draw(KART, by="kind"))


def test_everyone_stands_in_the_same_place_on_each_panel() -> None:
    made = draw(example("user_network"), by="informant")
    places = [
        {id_: one.get_xy().mean(axis=0).round(1).tolist() for id_, one in actors(axes).items()}
        for axes in made.axes[1:]
    ]
    assert len(places) > 2
    assert all(one.keys() == places[0].keys() for one in places)
    for id_, place in places[0].items():
        for other in places[1:]:
            assert other[id_] == pytest.approx(place, abs=2.5)


def test_who_has_no_tie_is_small_open_and_without_a_name() -> None:
    made = draw(KART)
    contact = made.axes[1]
    marks = actors(contact)
    wide = {id_: one.get_xy()[:, 0].max() - one.get_xy()[:, 0].min() for id_, one in marks.items()}
    assert wide["dps"] < 0.5 * wide["nav"]
    assert set(by_gid(contact, "label:")) == {"nav", "gp"}
    legend = made.axes[0].get_legend()
    assert "has no tie here" in [one.get_text() for one in legend.get_texts()]


def test_several_maps_have_a_panel_each() -> None:
    later = KART.with_(date="2025").with_actor(id="new").with_tie(source="new", target="nav")
    made = draw([KART, later])
    assert titles(made) == ["2024 (2)", "2025 (2)"]
    before = layout(KART).positions
    one, other = (
        {id_: actors(axes)[id_].get_xy().mean(axis=0) for id_ in before} for axes in made.axes[1:]
    )
    for id_ in before:
        assert one[id_] == pytest.approx(other[id_], abs=1e-6)
    # Left and right, above and below stay as they were on the first map.
    for side in (0, 1):
        order = sorted(before, key=lambda id_: round(before[id_][side], 3))
        assert order == sorted(before, key=lambda id_: round(one[id_][side], 3))
    assert "new" not in actors(made.axes[1])
    assert "new" in actors(made.axes[2])
    assert titles(draw([KART, KART])) == ["Map 1 (2)", "Map 2 (2)"]


def test_numbers_stand_for_names_where_there_is_no_room() -> None:
    kart = example("municipal_service")
    made = draw(kart)
    frame = made.axes[0]
    listed = by_gid(frame)["numbers"].get_text().replace("\n", " · ")
    named = dict(one.split(" ", 1) for one in listed.split(" · "))
    for axes in made.axes[1:]:
        for id_, one in by_gid(axes, "label:").items():
            assert named[one.get_text()] == kart[id_].label
    # Read at the size at which they are used.
    sizes = [
        one.get_fontsize() for axes in made.axes[1:] for one in by_gid(axes, "label:").values()
    ]
    assert min(sizes) >= 7


def test_what_has_no_room_is_left_out_and_said() -> None:
    small = draw(example("municipal_service"), size=(6.7, 4.7))
    shown = len(small.axes) - 1
    every = len(parts(example("municipal_service"), "kind", "en")[0])
    assert 1 <= shown < every <= MOST
    assert "more parts are not shown" in said(small.axes[0])
    # Those with most ties are kept.
    assert "Collaboration (31)" in titles(small)


@pytest.mark.parametrize("size", [(11.7, 8.3), (6.7, 4.7), (8.3, 11.7), (13.3, 7.5)])
@pytest.mark.parametrize("name", ["user_network", "municipal_service"])
def test_panels_cover_nothing(name: str, size: tuple[float, float]) -> None:
    made = draw(example(name), size=size, by="level", lang="nb")
    renderer = made.canvas.get_renderer()
    frame = made.axes[0]
    boxes = [axes.get_tightbbox(renderer, for_layout_only=True) for axes in made.axes[1:]]
    boxes += [
        one.get_window_extent(renderer)
        for gid, one in by_gid(frame).items()
        if gid in {"footer", "numbers"} and one.get_text()
    ]
    boxes.append(frame.get_legend().get_window_extent(renderer))
    for place, one in enumerate(boxes):
        assert one.x0 >= -1
        assert one.y0 >= -1
        for other in boxes[place + 1 :]:
            wide = min(one.x1, other.x1) - max(one.x0, other.x0)
            high = min(one.y1, other.y1) - max(one.y0, other.y0)
            assert min(wide, high) < 2


def test_the_words_are_those_of_the_whole_figure() -> None:
    made = draw(KART, by="kind")
    assert [stage(axes).alt for axes in made.axes[1:]] == ["", ""]
    alt = stage(made.axes[0]).alt
    assert alt.startswith("The map by kind of tie. Contact: 1 tie between 2 actors.")
    assert alt in svg_text(made)
    most = stage(draw(example("user_network"), by="kind").axes[0]).alt
    assert "Contact: 14 ties" in most
    assert "most of them with" in most


def test_nothing_to_part_is_one_line() -> None:
    for by in WAYS:
        made = draw(ActorMap(actors=[Actor(id="a")]), by=by)
        assert len(made.axes) == 1
        assert "nothing to part by this" in said(made.axes[0])


@pytest.mark.parametrize("lang", LANGUAGES)
def test_around_a_person_roles_are_shown(lang: str) -> None:
    kart = ActorMap(
        scope="individual",
        actors=[Actor(id="kari", name="Kari Vik", kind="user"), Actor(id="ola", name="Ola")],
        ties=[Tie(source="kari", target="ola", informant="ola")],
    )
    for given_ in (kart, [kart, kart]):
        made = draw(given_, lang=lang)
        everything = [stage(made.axes[0]).alt]
        for axes in made.axes:
            everything += [said(axes), *by_gid(axes), axes.get_title(loc="left")]
        assert not any(name in one for one in everything for name in ("Kari", "kari", "Ola", "ola"))
    with pytest.raises(NoConsent):
        small_multiples(kart, names=True)


def test_what_cannot_be_drawn_is_refused() -> None:
    with pytest.raises(UnknownName, match="by"):
        small_multiples(KART, by="colour", fig=page())
    for wrong in (None, [], "kart.yaml", [KART, 3]):
        with pytest.raises(WrongArgument):
            small_multiples(wrong, fig=page())  # type: ignore[arg-type]
    with pytest.raises(WrongArgument, match="one map"):
        small_multiples([KART, KART], by="kind", fig=page())


@given(kart=actor_maps())
@DRAWING
def test_any_map_can_be_parted(kart: ActorMap) -> None:
    for by in ("kind", "informant", "level"):
        panels, left_out = parts(kart, by, "en")
        if not left_out:
            # Every tie stands on one panel.
            assert sum(len(one.kart.ties_in_force) for one in panels) == len(kart.ties_in_force)
    made = draw(kart, by="period", names=False)
    assert stage(made.axes[0]).alt
