"""Figures within a page: as short as they go, and the same figures."""

from __future__ import annotations

import itertools
import re
from xml.etree.ElementTree import Element, fromstring

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.patches import Circle, Polygon, Rectangle
from matplotlib.textpath import text_to_path

import aktorkart as ak
from aktorkart.figures import sheet, svg_text
from aktorkart.figures.drawing.inline import Looks, inline_svg
from aktorkart.figures.drawing.lettering import font, line_extent
from aktorkart.figures.drawing.steps import number, shortest, steps
from aktorkart.scene.marks import SHAPES
from aktorkart.scene.style import Style

SVG = "{http://www.w3.org/2000/svg}"
NUMBER = re.compile(r"-?(?:\d+\.?\d*|\.\d+)")


def inside(axes: object, looks: Looks | None = None) -> Element:
    return fromstring(inline_svg(axes, looks or Looks(alone=True), prefix="p-"))  # type: ignore[arg-type]  # noqa: S314 - our own


def drawn_on_page(artist: object) -> Element:
    axes = sheet((100, 100))
    axes.set_xlim(0, 100)
    axes.set_ylim(0, 100)
    axes.set_aspect("equal")
    axes.axis("off")
    axes.add_artist(artist)  # type: ignore[arg-type]
    return inside(axes)


def points_of(path: str) -> list[list[tuple[float, float]]]:
    """Follow the steps of straight pieces."""
    parts: list[list[tuple[float, float]]] = []
    x = y = 0.0
    for sign, values in re.findall(r"([Mmlz])([^Mmlz]*)", path):
        found = list(map(float, NUMBER.findall(values)))
        for across, down in (
            itertools.batched(found, 2)
            if hasattr(itertools, "batched")
            else zip(found[::2], found[1::2], strict=True)
        ):
            x, y = (across, down) if sign == "M" else (x + across, y + down)
            if sign in "Mm":
                parts.append([])
            parts[-1].append((x, y))
        if sign == "z":
            x, y = parts[-1][0]
    return parts


COORDINATES = st.integers(-99_999, 99_999).map(lambda value: value / 100)
LINES = st.lists(st.tuples(COORDINATES, COORDINATES), min_size=2, max_size=6)


@given(st.lists(LINES, min_size=1, max_size=4))
def test_steps_lead_to_the_same_points(lines: list[list[tuple[float, float]]]) -> None:
    whole = " ".join("M " + " L ".join(f"{x:.2f} {y:.2f}" for x, y in line) for line in lines)
    for path in (steps(whole), shortest(steps(f"M {line[0][0]} {line[0][1]}") for line in lines)):
        found = points_of(path)
        expected = lines if path == steps(whole) else [line[:1] for line in lines]
        assert [len(part) for part in found] == [len(line) for line in expected]
        for part, line in zip(found, expected, strict=True):
            assert np.allclose(part, line, atol=1e-6)


@pytest.mark.parametrize(
    ("value", "said"),
    [(0, "0"), (-0.001, "0"), (0.5, ".5"), (-0.25, "-.25"), (10, "10"), (3.14159, "3.14")],
)
def test_numbers_say_no_more_than_two_decimals(value: float, said: str) -> None:
    assert number(value) == said


@pytest.mark.parametrize(
    "line",
    [
        "Fastlegen",
        "Tannhelse og PPT",
        " fi  ffl ",
        "",
        "Åse Ågård",
        "лекарь а",
        "Α α ωχ",
        "A – B «V» … To",
    ],
)
@pytest.mark.parametrize("bold", [False, True])
def test_words_are_as_long_as_the_whole_line(line: str, bold: bool) -> None:  # noqa: FBT001
    whole = text_to_path.get_text_width_height_descent(
        line, font(Style(), 10, bold=bold), ismath=False
    )
    assert line_extent(line, Style().font, bold=bold) == pytest.approx(
        [part / 10 for part in whole], abs=1e-9
    )


def test_what_cannot_be_told_from_a_circle_is_one() -> None:
    found = []
    for artist in (Circle((50, 40), 20), Polygon(50 + 20 * SHAPES["first"])):
        circle = drawn_on_page(artist).find(f".//{SVG}circle")
        assert circle is not None
        found.append(float(circle.attrib["r"]))
    side = min(drawn_on_page(Rectangle((30, 20), 40, 40)).iter(f"{SVG}path"), key=_extent)
    assert found == pytest.approx([_extent(side) / 2] * 2, abs=0.03)
    for shape in ("second", "state", "arena", "unknown"):
        assert drawn_on_page(Polygon(50 + 20 * SHAPES[shape])).find(f".//{SVG}circle") is None


def _extent(path: Element) -> float:
    across = [x for x, _ in points_of(path.attrib["d"])[0]]
    return max(across) - min(across)


def test_only_what_reaches_beyond_is_cut_off() -> None:
    within = drawn_on_page(Rectangle((10, 10), 20, 20))
    beyond = drawn_on_page(Rectangle((90, 10), 20, 20))
    assert not within.findall(f".//{SVG}clipPath")
    clips = beyond.findall(f".//{SVG}clipPath")
    assert [f"url(#{clip.attrib['id']})" for clip in clips] == [
        path.attrib["clip-path"] for path in beyond.iter() if "clip-path" in path.attrib
    ]
    assert len(clips) == 1


def test_a_hatch_is_a_pattern_of_the_figures_own() -> None:
    page = drawn_on_page(Rectangle((10, 10), 20, 20, hatch="//", facecolor="white"))
    pattern = page.find(f".//{SVG}pattern")
    assert pattern is not None
    assert pattern.attrib["id"].startswith("p-")


@pytest.mark.parametrize("figure", ["network", "ranking"])
def test_a_page_says_what_a_file_says_in_fewer_bytes(figure: str) -> None:
    kart = ak.examples.two_brokers()
    axes = getattr(ak.figures, figure)(kart, ax=sheet(style="report"))
    looks = Looks(alone=True)
    short, long = inside(axes, looks), fromstring(svg_text(axes, prefix="p-"))  # noqa: S314
    written = [
        sorted("".join(one.itertext()) for one in page.iter(f"{SVG}text")) for page in (short, long)
    ]
    assert written[0] == written[1]
    assert written[0]
    described = [page.findtext(f"{SVG}desc") for page in (short, long)]
    assert described[0] == described[1]
    assert short.attrib["role"] == "img"
    assert short.attrib["aria-labelledby"] == "p-desc"
    used = {one.attrib["class"] for one in short.iter() if "class" in one.attrib}
    assert {f".page .{name}" for name in used} == {
        rule.partition("{")[0] for rule in looks.css(".page ").splitlines()
    }
    assert axes.figure.dpi != 72


def test_looks_of_pages_that_are_joined_have_names_of_their_own() -> None:
    one, other = Looks(alone=False), Looks(alone=False)
    one.named("fill:red")
    assert one.named("fill:blue") == other.named("fill:blue")
    assert one.named("fill:red") != other.named("fill:blue")
