"""Goals over time: artists first, then what covers what, on the hardest goals."""

from __future__ import annotations

import itertools
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from aktorkart import examples
from aktorkart.errors import UnknownName
from aktorkart.figures import Style, goals, save, sheet, svg_text
from aktorkart.figures.drawing.stage import Stage
from aktorkart.i18n import LANGUAGES
from aktorkart.model import Actor, ActorMap, Goal, Point
from aktorkart.scene.labels import apart

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from matplotlib.axes import Axes

DATES = ("2025-09-01", "2025-11-10", "2026-01-12", "2026-02-23")
LONG = (
    "Å kunne ta bussen alene til og fra aktivitetshuset to ganger i uken uten å måtte ringe "
    "noen, og komme hjem igjen før middag"
)


def goal(
    id_: str, values: Sequence[float], *, direction: str = "higher", title: str | None = None
) -> Goal:
    points = [Point(date=date, value=value) for date, value in zip(DATES, values, strict=False)]
    return Goal(id=id_, title=title, direction=direction, points=points)


def several(*rows: Sequence[float], title: str | None = None) -> ActorMap:
    ways = itertools.cycle(("higher", "lower"))
    return ActorMap(
        goals=[
            goal(f"g{place}", row, direction=way, title=title)
            for place, (row, way) in enumerate(zip(rows, ways, strict=False))
        ]
    )


HARD = {
    "one": several([3, 4, 5, 8]),
    "eight": several(*[[place, 10 - place, place, place] for place in range(8)]),
    "equal": several(*[[4, 5, 5, 5]] * 8),
    "long titles": several(*[[4, 5, 5, 5]] * 6, title=LONG),
    "one long word": several([1, 2], [1, 3], title="Aktivitetstilbudskoordinering" * 4),
    "a single date": several([0], [5], [10], [10]),
    "some without points": several([1, 2], [], [], [3, 10], title=LONG),
    "top and bottom": several([0, 10], [10, 0], [10, 10], [0, 0]),
    "thirty": several(*[[place % 11, (3 * place) % 11] for place in range(30)], title="Mål"),
    "no points": several([], []),
    "no goals": ActorMap(),
}


def drawn(axes: Axes) -> dict[str, Any]:
    """Draw the figure and return its artists by gid."""
    figure: Any = axes.figure
    figure.canvas.draw()
    found: dict[str, Any] = {}
    for artist in axes.get_children():
        if artist.get_gid():
            assert artist.get_gid() not in found, "a gid names one artist"
            found[str(artist.get_gid())] = artist
    return found


def faults(axes: Axes) -> list[tuple[str, str]]:
    """Return which texts cover each other, or markers, or stand outside the page."""
    figure: Any = axes.figure
    renderer = figure.canvas.get_renderer()
    boxes = [
        (str(said.get_gid()), said.get_window_extent(renderer))
        for said in axes.texts
        if said.get_visible() and said.get_text()
    ]
    page = figure.bbox
    found = [
        (gid, "page")
        for gid, box in boxes
        if box.x0 < page.x0 or box.y0 < page.y0 or box.x1 > page.x1 or box.y1 > page.y1
    ]
    for (one, box), (other, its) in itertools.combinations(boxes, 2):
        # Letters fitted to pixels may touch by less than one of them.
        if box.x0 < its.x1 and its.x0 < box.x1 and box.y0 + 1 < its.y1 and its.y0 + 1 < box.y1:
            found.append((one, other))
    for line in axes.lines:
        if str(line.get_gid()).startswith("goal:"):
            points = line.get_transform().transform(line.get_xydata())
            found += [
                (gid, str(line.get_gid()))
                for gid, box in boxes
                if any(box.contains(x, y) for x, y in points)
            ]
    return found


def stage_of(axes: Axes) -> Stage:
    return next(artist for artist in axes.artists if isinstance(artist, Stage))


def test_a_goal_is_a_line_with_its_name_at_the_end() -> None:
    """Issue 3: points over time; METHOD 5: 0 to 10."""
    axes = goals(several([0, 10], [10, 5, 5]), ax=sheet(), lang="nb")
    found = drawn(axes)
    rules = {points: found[f"rule:{points}"].get_ydata()[0] for points in range(11)}
    assert list(found["goal:g0"].get_ydata()) == [rules[0], rules[10]]
    assert list(found["goal:g1"].get_ydata()) == [rules[10], rules[5], rules[5]]
    steps = [rules[points + 1] - rules[points] for points in range(10)]
    assert max(steps) == pytest.approx(min(steps))
    # Days are as far apart as they are in time.
    first, second, third = found["goal:g1"].get_xdata()
    assert (third - second) / (second - first) == pytest.approx(63 / 70)
    end, *_, name = found["leader:g1"].get_xdata()
    assert third < end < name < found["label:g1"].get_position()[0]


def test_the_direction_is_clear_without_colour() -> None:
    """DESIGN: never by colour alone; METHOD 5: direction is mandatory."""
    found = drawn(goals(several([1, 5], [5, 1], [3, 4]), ax=sheet(), lang="nb"))
    assert [found[f"goal:g{n}"].get_marker() for n in range(3)] == ["^", "v", "^"]
    assert found["change:g0"].get_text() == "høyere er bedre · 4 poeng bedre"
    assert found["change:g1"].get_text() == "lavere er bedre · 4 poeng bedre"
    assert "▲ høyere er bedre. ▼ lavere er bedre." in found["footer"].get_text()


def _lines(found: dict[str, Any]) -> list[Any]:
    return [artist for gid, artist in found.items() if gid.startswith("goal:")]


def test_dashes_differ_between_neighbours_in_grey() -> None:
    found = drawn(goals(HARD["eight"], ax=sheet()))
    dashes = [str(line._dash_pattern) for line in _lines(found)]  # noqa: SLF001
    assert len(set(dashes[:5])) == 5
    assert all(one != other for one, other in itertools.pairwise(dashes))
    assert (
        len({(line.get_color(), dash) for line, dash in zip(_lines(found), dashes, strict=True)})
        == 8
    )


def test_a_clear_change_is_bold_and_said_so() -> None:
    """METHOD 5: a change of 2 points is the usual threshold."""
    found = drawn(goals(several([1, 3], [1, 2.5]), ax=sheet(), lang="en"))
    assert found["change:g0"].get_fontweight() == "bold"
    assert found["change:g1"].get_fontweight() == "normal"
    assert found["change:g1"].get_text() == "lower is better · 1.5 points worse"
    assert "2 points or more are in bold" in found["footer"].get_text()
    unclear = drawn(goals(several([1, 2]), ax=sheet(), lang="en"))
    assert "bold" not in unclear["footer"].get_text()


def test_equal_points_stand_side_by_side() -> None:
    found = drawn(goals(HARD["equal"], ax=sheet()))
    heights = [line.get_ydata()[-1] for line in _lines(found)]
    assert len(set(heights)) == 8
    unit = found["rule:1"].get_ydata()[0] - found["rule:0"].get_ydata()[0]
    assert max(heights) - min(heights) < 0.7 * unit
    assert sum(heights) / 8 == pytest.approx(found["rule:5"].get_ydata()[0])


@pytest.mark.parametrize(
    ("lang", "date"),
    [
        ("nb", "10. nov. 2025"),
        ("nn", "10. nov. 2025"),
        ("en", "10 Nov 2025"),
        ("sv", "10 nov. 2025"),
    ],
)
def test_dates_are_in_the_language(lang: str, date: str) -> None:
    found = drawn(goals(HARD["one"], ax=sheet(), lang=lang))
    assert found["date:2025-11-10"].get_text() == date
    assert found["date:2025-11-10"].get_visible()


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", HARD)
def test_nothing_covers_a_text(name: str, lang: str) -> None:
    axes = goals(HARD[name], ax=sheet(), lang=lang)
    drawn(axes)
    assert faults(axes) == []


@pytest.mark.parametrize("size", [(4.2, 2.8), (3.2, 4.5), (12, 3)])
@pytest.mark.parametrize("name", ["one", "eight", "long titles", "a single date"])
def test_nothing_covers_a_text_in_other_axes(name: str, size: tuple[float, float]) -> None:
    figure = Figure(figsize=size)
    FigureCanvasAgg(figure)
    axes = goals(HARD[name], ax=figure.add_axes((0.04, 0.04, 0.92, 0.78)))
    drawn(axes)
    assert faults(axes) == []


def test_what_is_cut_off_a_long_title_is_said_in_words() -> None:
    axes = goals(HARD["long titles"], ax=sheet(), lang="nb")
    assert LONG in stage_of(axes).alt


def test_without_points_it_says_so() -> None:
    axes = goals(HARD["no points"], ax=sheet(), lang="nb")
    assert drawn(axes)["empty"].get_text() == "Ingen av målene har fått poeng ennå"
    assert stage_of(axes).alt == "Ingen av målene har fått poeng ennå."
    nothing = goals(HARD["no goals"], ax=sheet(), lang="en")
    assert drawn(nothing)["empty"].get_text() == "The map has no goals"
    some = drawn(goals(several([1], [], []), ax=sheet(), lang="nb"))
    assert "Uten poeng: g1 og g2." in some["footer"].get_text()


def test_alt_text_says_how_each_goal_goes() -> None:
    axes = goals(several([1, 3], [4], []), ax=sheet(), lang="en")
    assert stage_of(axes).alt == (
        "Points over time for 2 goals. "
        "Of 1 goal with points from several dates, 1 has become clearly better, 0 clearly worse, "
        "and 0 have not changed clearly (a clear change is at least 2 points). "
        "g0: 1 (1 September 2025), 3 (10 November 2025); higher is better, 2 points better. "
        "g1: 4 (1 September 2025); lower is better. Without points: g2."
    )
    many = stage_of(goals(HARD["thirty"], ax=sheet(), lang="en")).alt
    assert many.count("is better") == 10
    assert many.endswith("20 more.")


def test_names_in_titles_are_hidden_around_a_person() -> None:
    """DESIGN: maps around a person show roles instead of names."""
    kart = ActorMap(
        scope="individual",
        actors=[Actor(id="kari", name="Kari", kind="user")],
        goals=[goal("tur", [1, 2], title="Kari går på tur")],
    )
    assert drawn(goals(kart, ax=sheet(), lang="nb"))["label:g01"].get_text() == "Bruker går på tur"
    axes = goals(kart, ax=sheet(), lang="nb", names=True, consent="ignore")
    assert drawn(axes)["label:tur"].get_text() == "Kari går på tur"


def test_title_language_and_style() -> None:
    kart = several([1, 2])
    assert (
        goals(kart, ax=sheet(), lang="sv").get_title(loc="left") == "Vad är viktigt: poäng över tid"
    )
    assert goals(kart, ax=sheet(), title="").get_title(loc="left") == ""
    dark = Style(background="#000000", palette=("#101010",), ink="#FFFFFF")
    assert drawn(goals(kart, ax=sheet(style=dark), style=dark))["goal:g0"].get_color() == "#FFFFFF"
    with pytest.raises(UnknownName, match="da"):
        goals(kart, ax=sheet(), lang="da")


def test_signs_of_other_scripts_and_formulas_are_drawn_as_they_are() -> None:
    # Of a plane that is nobody's, and signs that no font has.
    kart = several([1, 2], title="\U0003fffd\U0003fffd $x^2$ <b>")
    axes = goals(kart, ax=sheet())
    assert drawn(axes)["label:g0"].get_text() == "□□ $x^2$ <b>"
    assert "&lt;b&gt;" in svg_text(axes)


def test_rough_dates_stand_in_the_middle_of_their_period() -> None:
    points = [Point(date=date, value=1) for date in ("2025", "2026-01", "2026-03-01")]
    kart = ActorMap(goals=[Goal(id="g", direction="higher", points=points)])
    found = drawn(goals(kart, ax=sheet()))
    year, month, day = found["goal:g"].get_xdata()
    # 2 July, 16 January and 1 March.
    assert (day - month) / (month - year) == pytest.approx(44 / 198)


def test_files_are_the_same_twice_and_say_what_they_show(tmp_path: Path) -> None:
    kart = examples.read("user_network")
    contents = []
    for name in ("a.svg", "b.svg"):
        save(goals(kart, ax=sheet(), lang="nb", names=True, consent="ignore"), tmp_path / name)
        contents.append((tmp_path / name).read_text("utf-8"))
    assert contents[0] == contents[1]
    assert 'id="goal:hjem"' in contents[0]
    assert "<desc" in contents[0]
    assert "Trives hjemme og sover der hver natt: 3 (10. november 2025)" in contents[0]


def test_pyplot_is_not_imported_for_given_axes() -> None:
    code = (
        "import sys; from aktorkart.figures import goals, sheet; from aktorkart import ActorMap; "
        "goals(ActorMap(), ax=sheet()); sys.exit('matplotlib.pyplot' in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)  # noqa: S603 - our own code


@given(
    things=st.lists(st.tuples(st.floats(0, 100), st.floats(0.1, 30)), max_size=8),
    room=st.floats(240, 400),
)
@settings(max_examples=40, deadline=None)
def test_names_are_moved_apart_and_stay_inside(
    things: list[tuple[float, float]], room: float
) -> None:
    things.sort()
    wanted, sizes = [thing[0] for thing in things], [thing[1] for thing in things]
    found = apart(wanted, sizes, low=0, high=room)
    edges = [(at - size / 2, at + size / 2) for at, size in zip(found, sizes, strict=True)]
    for (_, top), (bottom, _) in itertools.pairwise(edges):
        assert bottom >= top - 1e-6
    assert all(bottom >= -1e-6 and top <= room + 1e-6 for bottom, top in edges)


def test_names_with_room_are_not_moved() -> None:
    assert apart([10, 20, 30], [4, 4, 4], low=0, high=40) == [10, 20, 30]
    assert apart([], [], low=0, high=1) == []
