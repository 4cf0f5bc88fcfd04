"""Figures on every page they are used on: sizes, and what is refused."""

from __future__ import annotations

import inspect
import itertools
from typing import TYPE_CHECKING, Any
from unittest import mock

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.text import Text
from matplotlib.transforms import Bbox

import aktorkart as ak
from aktorkart import cli, figures
from aktorkart.errors import UnknownName, WrongArgument
from aktorkart.figures import Style, sheet, to_bytes
from aktorkart.figures.drawing.sheet import room_on
from aktorkart.model import Actor, ActorMap
from aktorkart.model.fields import FrozenDict
from aktorkart.scene.layout import Layout
from aktorkart.scene.pages import drawn_out, laid_on, map_room, often_room
from aktorkart.scene.style import PAGES, style_of
from aktorkart.strategies import actor_maps
from drawn import by_gid, example, stage
from slowly import but_one_slow
from test_engines import municipality
from whose import read

if TYPE_CHECKING:
    from matplotlib.axes import Axes

FIGURES = [
    name
    for name in figures.__all__
    if {"kart", "ax"} <= inspect.signature(getattr(figures, name)).parameters.keys()
]


@pytest.mark.parametrize("figure", FIGURES)
def test_every_figure_takes_a_page(figure: str) -> None:
    import matplotlib.pyplot as plt

    draw: Any = getattr(figures, figure)
    size = draw(ActorMap(), size=(120, 90)).figure.get_size_inches() * 25.4
    plt.close("all")
    assert size.round(1).tolist()[0] == 120
    for wrong in ((1, 2, 3), (0, 1), 3, ("a", "b"), [120, 90]):
        with pytest.raises(WrongArgument):
            draw(ActorMap(), size=wrong)
    with pytest.raises(UnknownName):
        draw(ActorMap(), size="a5")
    with pytest.raises(WrongArgument, match="ax"):
        draw(ActorMap(), ax=sheet(), size="column")


def test_an_empty_figure_is_a_line_and_no_page() -> None:
    """ISSUE 12, 2.6: also where a page has bands, rings or fields that nobody stands in."""
    import matplotlib.pyplot as plt

    lonely = ActorMap(focal="u", actors=[Actor(id="u", kind="user")])
    for name, kart in (
        *((name, ActorMap()) for name in (*FIGURES, "small_multiples")),
        *((name, lonely) for name in ("ego", "influence", "linkages", "matrix")),
        ("small_multiples", lonely),
    ):
        made = getattr(figures, name)(kart, lang="en")
        high = (made.figure or made).get_figheight()
        axes = (made.figure or made).axes[0]
        assert high < 2, name
        assert stage(axes).alt
        assert not [one for one in axes.patches if one.get_gid() != "background"], name
        plt.close("all")


@pytest.mark.parametrize("word", PAGES)
def test_a_sheet_is_as_large_as_its_word(word: str) -> None:
    assert sheet(word).figure.get_size_inches().tolist() == list(PAGES[word])  # type: ignore[union-attr]


def test_a_slide_has_larger_letters_whatever_its_look() -> None:
    dark, slide = style_of("dark", "slide"), Style.slide()
    assert (dark.font_size, dark.smallest) == (slide.font_size, slide.smallest) == (13, 12)
    assert dark.background == Style.dark().background
    assert style_of("slide", "column").smallest == 12
    assert style_of(None, "column").smallest == 7
    assert style_of(Style(font_size=20), "slide").font_size == 20


def test_the_command_line_takes_words_and_millimetres() -> None:
    size: Any = next(one for one in cli.command("draw", "en").params if one.name == "size")
    assert size.type.convert("column", size, None) == "column"
    assert size.type.convert("120x90", size, None) == (120, 90)
    assert size.type.convert("120,5×90", size, None) == (120.5, 90)
    assert size.type.convert("1.2.3x90", size, None) == "1.2.3x90"


MAPS = ("municipal_service", "user_network")
# Its marks and names stand in a grid with a module of its own.
IN_A_GRID = {"influence"}


@pytest.mark.slow
@pytest.mark.parametrize("name", MAPS)
@pytest.mark.parametrize("size", [*PAGES, (120, 90)], ids=str)
@pytest.mark.parametrize("figure", FIGURES)
def test_letters_are_read_and_cover_nothing_on_any_page(figure: str, size: Any, name: str) -> None:
    style = style_of(None, size)
    axes = getattr(figures, figure)(example(name), ax=sheet(style=style), style=style)
    settled(axes)
    found = written(axes)
    for text, _ in found:
        assert size_of(text) >= style.smallest - 0.01, text.get_text()
    page = page_of(axes)
    for text, box in found:
        inside = box.x0 > -1 and box.y0 > -1 and box.x1 < page.bbox.x1 + 1
        assert inside and box.y1 < page.bbox.y1 + 1, text.get_text()  # noqa: PT018 - one page
    if figure in IN_A_GRID:
        return
    for (one, box), (other, second) in itertools.combinations(found, 2):
        wide = min(box.x1, second.x1) - max(box.x0, second.x0)
        high = min(box.y1, second.y1) - max(box.y0, second.y0)
        assert min(wide, high) < 1.5, (one.get_text(), other.get_text())


@pytest.mark.parametrize("style", ["report", "slide"])
def test_a_small_page_writes_fewer_names_and_says_so(style: str) -> None:
    kart = example("municipal_service")
    look = style_of(style, (90, 80))
    axes = figures.network(kart, ax=sheet(style=look), style=look, lang="en")
    settled(axes)
    names = by_gid(axes, "label:")
    hidden = [gid for gid, name in names.items() if not name.get_visible()]
    assert hidden
    said = f"{len(hidden)} names are left out"
    assert said in by_gid(axes, "footer")[""].get_text().replace("\n", " ")
    assert said in stage(axes).alt
    assert {name.get_fontsize() for name in names.values() if name.get_visible()} == {look.smallest}
    assert not covering_names(axes)


def test_a_number_stands_for_a_name_without_room_and_the_foot_says_whose_it_is() -> None:
    """ISSUE 12, 2.1: no name is lost, no letter smaller, and no name read as another's."""
    kart = municipality(80, 2)
    axes = figures.network(kart, ax=sheet())
    settled(axes)
    names = by_gid(axes, "label:")
    assert all(name.get_visible() for name in names.values())
    short = {id_: one.get_text() for id_, one in names.items() if one.get_text().isdigit()}
    assert 0 < len(short) < 8
    foot = by_gid(axes, "footer")[""].get_text()
    for id_, number in short.items():
        assert f"{number}: {kart[id_].label}" in foot
    found = read(axes)
    assert found.share == 1
    assert found.name_name == found.name_mark == 0
    assert found.letters >= Style().smallest
    # Drawn at another size, a number that is not needed any more is a name again.
    page_of(axes).set_size_inches(30, 21)
    settled(axes)
    assert not any(one.get_text().isdigit() for one in names.values())
    assert "1: " not in by_gid(axes, "footer")[""].get_text()


def test_everybody_is_named_where_there_is_room() -> None:
    kart = example("user_network")
    axes = figures.network(kart, ax=sheet("a4"), lang="en")
    settled(axes)
    assert all(name.get_visible() for name in by_gid(axes, "label:").values())
    assert "left out" not in stage(axes).alt


@pytest.mark.parametrize("size", ["column", "a4-portrait", "square"])
@pytest.mark.parametrize("figure", ["network", "ego", "levels"])
def test_the_legend_stands_beneath_on_narrow_and_high_pages(figure: str, size: str) -> None:
    axes = getattr(figures, figure)(example("user_network"), ax=sheet(size))
    settled(axes)
    legend = axes.get_legend().get_window_extent()
    marks = [one.get_window_extent() for one in by_gid(axes, "actor:").values()]
    foot = by_gid(axes, "footer")[""].get_window_extent()
    assert all(mark.y0 > legend.y1 for mark in marks)
    assert foot.y1 < legend.y0 + 3
    beside = getattr(figures, figure)(example("user_network"), ax=sheet("a4"))
    settled(beside)
    legend = beside.get_legend().get_window_extent()
    assert all(one.get_window_extent().x1 < legend.x0 for one in by_gid(beside, "actor:").values())


@pytest.mark.parametrize("size", ["column", "a4", "a4-portrait", "square"])
def test_the_map_fills_its_page(size: str) -> None:
    """Marks, names, legend and lines at the foot: the smallest box that holds them all."""
    axes = figures.network(example("municipal_service"), ax=sheet(size))
    settled(axes)
    boxes = [box for text, box in written(axes) if text.axes is axes]
    boxes += [one.get_window_extent() for one in by_gid(axes, "actor:").values()]
    whole = Bbox.union(boxes)
    page = page_of(axes)
    assert whole.width * whole.height > 0.75 * page.bbox.width * page.bbox.height


@pytest.mark.parametrize("width", [300, 600, 900])
@pytest.mark.parametrize("height", [200, 500, 900])
def test_a_map_is_drawn_out_and_never_pressed_together(width: float, height: float) -> None:
    across, up = drawn_out(*often_room(width, height, 7.0))
    assert min(across, up) == 1
    assert max(across, up) <= 1.7
    wide, high = map_room(width, height, 7.0)
    assert 0 < wide <= width
    assert 0 < high < height


@settings(max_examples=25)
@given(kart=actor_maps(), size=st.sampled_from([*PAGES]))
def test_whoever_is_left_or_above_still_is_on_every_page(kart: ActorMap, size: str) -> None:
    """ISSUE 12, 2.2: a map is spread over its page, in the order that its layout has."""
    placed, look = ak.layout(kart), style_of(None, size)
    places, page = laid_on(placed, room_on(look), look.smallest)
    for axis in (0, 1):
        # The strip is a list of its own beside the network.
        apart = placed.strip if axis and len(placed.strip) < len(places) else ()
        order = sorted(
            (place[axis], places[id_][axis])
            for id_, place in placed.positions.items()
            if id_ not in apart
        )
        moved = [to for _, to in order]
        assert moved == sorted(moved)
        assert all(0 <= place[axis] <= page[axis] for place in places.values())


def test_one_far_off_does_not_push_the_others_together() -> None:
    """ISSUE 12, 2.2: where nobody stands the page is narrowed, and everybody else gains."""
    row = {f"a{place}": (20.0 + 6 * place, 40.0 + 9 * (place % 5)) for place in range(10)}
    near = Layout(FrozenDict({**row, "far": (280.0, 190.0)}))
    places, page = laid_on(near, (806.0, 537.0), 7.0)
    assert places["a9"][0] - places["a0"][0] > 2 * (row["a9"][0] - row["a0"][0])
    assert places["a9"][0] < places["far"][0] <= page[0]


@pytest.mark.parametrize("size", PAGES)
@pytest.mark.parametrize("name", but_one_slow(["user_network", "municipal_service", "kite"]))
def test_marks_and_names_fill_the_room_beside_the_legend(name: str, size: str) -> None:
    """ISSUE 12, 2.2: three quarters of what legend and foot leave, and every line is seen."""
    style = style_of(None, size)
    axes = figures.network(example(name), ax=sheet(style=style), style=style)
    settled(axes)
    found = read(axes)
    assert found.filled > 0.75
    assert found.share >= 0.97
    assert found.letters >= style.smallest
    assert found.name_name == found.name_mark == 0
    assert min(one.get_linewidth() for one in by_gid(axes, "tie:").values()) > 0.39


@pytest.mark.parametrize("figure", FIGURES)
def test_a_figure_with_nothing_in_it_is_a_line(figure: str) -> None:
    import matplotlib.pyplot as plt

    axes = getattr(figures, figure)(ActorMap())
    given = getattr(figures, figure)(ActorMap(), ax=sheet())
    height = page_of(axes).get_size_inches()[1]
    assert height < 2
    assert page_of(given).get_size_inches().tolist() == list(PAGES["a4"])
    settled(axes)
    for text, box in written(axes):
        assert box.y0 > -1, text.get_text()
        assert size_of(text) >= 7
    plt.close("all")


@pytest.mark.slow
def test_the_report_draws_for_its_column() -> None:
    report = ak.report(example("municipal_service"), lang="en")
    for section in report.sections:
        for key in section.figures:
            axes = report.figure(key)
            width = page_of(axes).get_size_inches()[0] * 25.4
            assert round(width) == 170
            settled(axes)
            assert min(size_of(text) for text, _ in written(axes)) >= 7
    assert 'width="481.8' in report.to_html()


def page_of(axes: Axes) -> Any:
    return axes.figure


def settled(axes: Axes) -> None:
    page_of(axes).draw_without_rendering()


def size_of(text: Text) -> float:
    return float(text.get_fontsize())


def written(axes: Axes) -> list[tuple[Text, Any]]:
    """Return the texts that are seen, and where they stand."""
    figure = page_of(axes)
    renderer = figure.canvas.get_renderer()
    own = {*axes.xaxis.findobj(Text), *axes.yaxis.findobj(Text)}
    return [
        (text, text.get_window_extent(renderer))
        for text in figure.findobj(Text)
        if text.get_visible() and text.get_text().strip() and text not in own
    ]


def covering_names(axes: Axes) -> list[tuple[str, str]]:
    seen = {
        gid: name.get_window_extent()
        for gid, name in by_gid(axes, "label:").items()
        if name.get_visible()
    }
    return [
        (one, other)
        for one, other in itertools.combinations(seen, 2)
        if min(seen[one].x1, seen[other].x1) - max(seen[one].x0, seen[other].x0) > 1
        and min(seen[one].y1, seen[other].y1) - max(seen[one].y0, seen[other].y0) > 1
    ]


@pytest.mark.parametrize("size", [(5001, 100), (100, 1e9)])
def test_pages_are_no_larger_than_pdf_has_them(size: tuple[float, float]) -> None:
    with pytest.raises(WrongArgument, match="at most 5000"):
        sheet(size)


def test_a_png_that_no_memory_holds_is_refused_before_it_is_drawn() -> None:
    with pytest.raises(WrongArgument, match="23623 × 23623 dots"):
        to_bytes(sheet((1000, 1000)), ".png", dpi=600)


def test_memory_that_is_not_enough_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    axes = sheet()
    monkeypatch.setattr(axes.figure, "savefig", mock.Mock(side_effect=MemoryError))
    with pytest.raises(WrongArgument, match="dots per inch"):
        to_bytes(axes, ".pdf")


@given(st.integers(1, 240), st.sampled_from([*PAGES, (85.0, 80.0)]))
@settings(max_examples=30, deadline=None)
def test_a_title_is_within_its_page(letters: int, size: str | tuple[float, float]) -> None:
    words = " ".join(["Bolig", "for", "alle", "tverrfaglighetsutvikling"] * 12)[:letters].strip()
    axes = figures.network(example("kite"), ax=sheet(size), title=words, legend=False)
    figure: Any = axes.figure
    drawn = figure.canvas.get_renderer()
    figure.draw(drawn)
    box, page = axes.title.get_window_extent(drawn), figure.bbox
    left = axes.get_title(loc="left")
    found = next(one for one in axes.get_children() if getattr(one, "get_text", str)() == left)
    box = found.get_window_extent(drawn)
    assert box.y1 <= page.y1
    assert box.x1 <= page.x1
    assert left.split(" …")[0].split() == words.split()[: len(left.split(" …")[0].split())]
