"""Colours, measured: text on its background, and groups for readers who see fewer colours.

Two fills are told apart if they are at least 15 units of CIELAB (ΔE*ab, CIE 1976) from each
other; the just noticeable difference is about 2.3. Colour blindness is simulated as in Machado,
Oliveira and Fernandes (2009), complete (severity 1). In grey two fills are told apart if their
lightness L* differs by at least 10. Where fills are too near, the signs in them must differ.
"""

from __future__ import annotations

from functools import cache
from itertools import combinations
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from matplotlib.colors import to_hex
from matplotlib.path import Path

from aktorkart import examples, figures
from aktorkart.figures import influence, linkages, network, sheet
from aktorkart.model import Actor, ActorMap, Tie
from aktorkart.model.vocabulary import KINDS, LINES, LINKAGES
from aktorkart.scene.marks import SHAPES
from aktorkart.scene.scene import shape_of
from drawn import LUMINANCE, STYLES, by_gid, contrast, drawn, linear
from slowly import but_one_slow

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

FIGURES = (
    "network",
    "ranking",
    "ego",
    "levels",
    "linkages",
    "publics",
    "priorities",
    "influence",
    "salience",
    "goals",
    "timeline",
    "pathway",
    "matrix",
    "arenas",
    "stages",
)
# Few actors where names must be placed among ties; and one map has goals.
SMALL = {"network", "ego", "levels", "goals"}
APART = 15.0
LIGHTER = 10.0
READABLE = 4.5
SEEN_AS = {
    "full colour": np.eye(3),
    "deuteranopia": np.array(
        [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.011820, 0.042940, 0.968881],
        ]
    ),
    "protanopia": np.array(
        [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ]
    ),
    "grey": np.tile(LUMINANCE, (3, 1)),
}
TO_XYZ = np.array(
    [
        [0.4124564, 0.3575761, 0.1804375],
        [0.2126729, 0.7151522, 0.0721750],
        [0.0193339, 0.1191920, 0.9503041],
    ]
)
DAYLIGHT = np.array([0.95047, 1.0, 1.08883])


def lab(light: Floats) -> Floats:
    """Turn light into L*, a* and b*."""
    share = TO_XYZ @ np.clip(light, 0, 1) / DAYLIGHT
    x, y, z = np.where(share > 216 / 24389, np.cbrt(share), share * 841 / 108 + 4 / 29)
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


def apart(one: Any, other: Any, seen_as: str) -> bool:
    first, second = (lab(SEEN_AS[seen_as] @ linear(color)) for color in (one, other))
    return bool(np.hypot.reduce(first - second) >= (LIGHTER if seen_as == "grey" else APART))


@cache
def grouped(preset: str) -> dict[str, tuple[str, tuple[Any, ...]]]:
    """Draw a group for every colour, and return each one's fill and what is drawn over it."""
    style = STYLES[preset]
    count = len(style.palette)
    kart = ActorMap(
        actors=[Actor(id=f"g{place}", tags={"gruppe": f"{place}"}) for place in range(count)],
        ties=[Tie(source="g0", target=f"g{place}") for place in range(1, count)],
    )
    axes = network(kart, ax=sheet(), color="gruppe", mark_size=None, legend=False, style=style)
    found: dict[str, Any] = {str(child.get_gid()): child for child in axes.get_children()}
    outlines = [path.vertices for path in found["signs"].get_paths()]
    looks = {}
    for actor in kart.actors:
        patch = found[f"actor:{actor.id}"]
        corners = patch.get_path().vertices[:-1]
        middle = corners.mean(axis=0)
        near = [
            tuple(np.round(outline - middle, 6).ravel().tolist())
            for outline in outlines
            if patch.get_path().contains_point(outline.mean(axis=0))
        ]
        looks[actor.id] = to_hex(patch.get_facecolor()), tuple(sorted(near))
    return looks


# --- text


@pytest.mark.parametrize("preset", STYLES)
def test_texts_stand_out_from_the_page(preset: str) -> None:
    """ISSUE 4: contrast at least 4.5:1 for text."""
    style = STYLES[preset]
    for color in (style.ink, style.muted):
        assert contrast(color, style.background) >= READABLE


@pytest.mark.parametrize("preset", but_one_slow(STYLES))
@pytest.mark.parametrize("name", FIGURES)
def test_every_text_stands_out_from_what_is_behind_it(name: str, preset: str) -> None:
    """ISSUE 4, on what is drawn: the page without its texts is what each text stands on."""
    style = STYLES[preset]
    kart = examples.user_network() if name in SMALL else examples.municipal_service()
    axes: Axes = getattr(figures, name)(kart, ax=sheet(style=style), style=style)
    figure: Any = axes.figure
    figure.set_dpi(60)
    figure.canvas.draw()
    legend = axes.get_legend()
    titles = [axes.title, axes._left_title]  # type: ignore[attr-defined]  # noqa: SLF001
    texts = [*axes.texts, *titles, *(legend.get_texts() if legend is not None else [])]
    texts = [said for said in texts if said.get_text().strip() and said.get_visible()]
    assert len(texts) > 5
    boxes = [said.get_window_extent() for said in texts]
    for said in texts:
        said.set_alpha(0)
    figure.canvas.draw()
    picture = np.asarray(figure.canvas.buffer_rgba())[::-1, :, :3] / 255
    for said, box in zip(texts, boxes, strict=True):
        left, bottom, right, top = (round(edge) for edge in box.extents)
        behind = picture[max(bottom, 0) : top, max(left, 0) : right].reshape(-1, 3)
        found = contrast(said.get_color(), behind)
        # A tie may run behind a name; its ground is what most of the name stands on.
        assert np.quantile(found, 0.25) >= READABLE, said.get_text()
    if preset == "print":
        assert np.ptp(picture, axis=2).max() < 0.01, "colours on a printer without colours"


# --- groups


@pytest.mark.parametrize("seen_as", ["full colour", "deuteranopia", "protanopia"])
@pytest.mark.parametrize("preset", ["report", "slide", "dark"])
def test_fills_are_told_apart_without_signs(preset: str, seen_as: str) -> None:
    """ISSUE 4: under simulated deuteranopia and protanopia; here even without the signs."""
    for one, other in combinations(STYLES[preset].palette, 2):
        assert apart(one, other, seen_as), (one, other)


@pytest.mark.parametrize("seen_as", SEEN_AS)
@pytest.mark.parametrize("preset", STYLES)
def test_groups_are_told_apart_by_fill_or_sign(preset: str, seen_as: str) -> None:
    """ISSUE 4: eight fills are too many for grey; those that are alike carry different signs."""
    style = STYLES[preset]
    looks = [*grouped(preset).values(), (style.rest, ())]
    assert len(looks) == len(style.palette) + 1
    alike = 0
    for (fill, sign), (other_fill, other_sign) in combinations(looks, 2):
        if not apart(fill, other_fill, seen_as):
            alike += 1
            assert sign != other_sign, (fill, other_fill)
    # Otherwise this test would say nothing about the signs.
    assert alike > 0 or seen_as != "grey"


@pytest.mark.parametrize("preset", STYLES)
def test_what_is_stated_is_told_from_what_follows_from_the_kind(preset: str) -> None:
    style = STYLES[preset]
    kart = ActorMap(
        focal="nav",
        actors=[
            Actor(id="nav", kind="nav"),
            *(Actor(id=linkage, linkage=linkage) for linkage in LINKAGES),
        ],
    )
    axes = linkages(kart, ax=sheet(style=style), style=style)
    fills = {str(one.get_gid()): one.get_facecolor() for one in axes.patches}
    for linkage in LINKAGES:
        for seen_as in SEEN_AS:
            assert apart(fills[f"actor:{linkage}"][:3], style.background, seen_as)


@pytest.mark.parametrize("seen_as", SEEN_AS)
@pytest.mark.parametrize("preset", STYLES)
def test_stances_are_told_apart_by_shape_or_fill(preset: str, seen_as: str) -> None:
    style = STYLES[preset]
    stances = {"a": 2, "b": 1, "c": 0, "d": -1, "e": -2, "f": None}
    kart = ActorMap(
        actors=[Actor(id=id_, power=3, interest=3, stance=at) for id_, at in stances.items()]
    )
    axes = drawn(influence(kart, ax=sheet(style=style), style=style))
    looks = []
    for patch in by_gid(axes, "actor:").values():
        corners = patch.get_xy()
        form = np.round((corners - corners.mean(axis=0)) / np.ptp(corners), 2).tolist()
        looks.append(((form, patch.get_linestyle()), patch.get_facecolor()[:3]))
    assert len(looks) == len(stances)
    for (form, fill), (other_form, other_fill) in combinations(looks, 2):
        assert form != other_form or apart(fill, other_fill, seen_as)


# --- ties


@pytest.mark.parametrize("preset", STYLES)
def test_kinds_of_ties_are_told_apart_by_colour_or_form(preset: str) -> None:
    """METHOD 5 and DESIGN, never by colour alone: formal ties are double, conflicts crossed."""
    style = STYLES[preset]
    ties = ("information", "membership", "contact", "conflict", "referral")
    kart = ActorMap(
        actors=[Actor(id=id_) for id_ in ("middle", *ties)],
        ties=[
            Tie(source="middle", target=kind, kind=kind, strength=3, needed=kind == "referral")
            for kind in ties
        ],
    )
    axes = drawn(network(kart, ax=sheet(style=style), legend=False, style=style))
    looks = []
    for line in by_gid(axes, "tie:").values():
        form = int((line.get_path().codes == Path.MOVETO).sum()), line.get_linestyle()
        looks.append((form, line.get_edgecolor()[:3]))
    assert len(looks) == len(ties)
    for (form, color), (other_form, other) in combinations(looks, 2):
        for seen_as in SEEN_AS:
            assert form != other_form or apart(color, other, seen_as), (form, color, other)


def test_signs_are_seen_on_their_fills() -> None:
    """WCAG 2.2, 1.4.11: graphics that carry a message, at least 3:1."""
    kart = examples.municipal_service()
    axes = network(kart, ax=sheet(), color="line", mark_size=None)
    found: dict[str, Any] = {str(child.get_gid()): child for child in axes.get_children()}
    outlines, inks = found["signs"].get_paths(), found["signs"].get_facecolor()
    fills = [patch for gid, patch in found.items() if gid.startswith("actor:")]
    seen = 0
    for outline, ink in zip(outlines, inks, strict=True):
        middle = outline.vertices.mean(axis=0)
        for patch in fills:
            if patch.get_facecolor()[3] == 1 and patch.get_path().contains_point(middle):
                seen += 1
                assert contrast(ink[:3], patch.get_facecolor()[:3]) >= 3
    assert seen > 0


def test_lines_of_service_differ_in_shape_not_only_in_colour() -> None:
    """What colour="line" says in colour is said by shapes too."""
    shapes = {
        shape_of(ActorMap(actors=[Actor(id="a", kind=kind)]), "a")
        for kind, what in KINDS.items()
        if len(what.lines) == 1
    }
    assert set(LINES) <= set(SHAPES)
    assert len(shapes) >= 5
    outlines = {np.round(SHAPES[line], 3).tobytes() for line in LINES}
    assert len(outlines) == len(LINES)


@pytest.mark.parametrize("quality", [None, "strained", "broken"])
def test_a_tie_says_how_it_works_by_its_form(quality: Any) -> None:
    """METHOD 5: strained jagged, broken interrupted: no colour is needed."""
    kart = ActorMap(
        actors=[Actor(id="a"), Actor(id="b")],
        ties=[Tie(source="a", target="b", quality=quality, strength=3)],
    )
    axes = network(kart, ax=sheet(), legend=False)
    line: Any = next(
        child for child in axes.get_children() if str(child.get_gid()).startswith("tie:")
    )
    path = line.get_path()
    pieces = int((path.codes == path.MOVETO).sum())
    bends = np.abs(np.diff(np.sign(np.diff(path.vertices[:, 1])))).sum()
    assert (pieces > 1) == (quality == "broken")
    assert (pieces == 1 and bends > 4) == (quality == "strained")
