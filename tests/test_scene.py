"""The scene: data that follows from the map alone, without whoever draws it."""

from __future__ import annotations

import ast
import inspect
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import aktorkart.scene
from aktorkart import figures
from aktorkart.errors import UnknownName, WrongArgument
from aktorkart.figures import Style, alt_text, sheet
from aktorkart.figures.drawing.lettering import Lettering
from aktorkart.i18n import LANGUAGES
from aktorkart.model import ActorMap
from aktorkart.privacy.shown import shown
from aktorkart.scene.fit import fit
from aktorkart.scene.style import STYLES, style_of
from drawn import by_gid, drawn, example

if TYPE_CHECKING:
    from matplotlib.axes import Axes

FOLDER = Path(aktorkart.scene.__file__).parent


def test_no_module_of_the_scene_imports_matplotlib() -> None:
    for path in sorted(FOLDER.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            names = (
                [node.module or ""]
                if isinstance(node, ast.ImportFrom)
                else [one.name for one in node.names]
                if isinstance(node, ast.Import)
                else []
            )
            assert not any(name.startswith("matplotlib") for name in names), path.name


BUILD = """
import sys
from aktorkart import examples, measures
from aktorkart.scene.alt_text import ego, levels, network
from aktorkart.scene.ego import ego_scene
from aktorkart.scene.groups import groups
from aktorkart.scene.hulls import outlines
from aktorkart.scene.layout import layout
from aktorkart.scene.legend import keys
from aktorkart.scene.levels import levels_scene
from aktorkart.scene.scene import Scene
from aktorkart.scene.style import style_of
kart = examples.municipal_service()
style, labels = style_of("print"), {actor.id: actor.label for actor in kart.actors}
def measured():
    return measures(kart)
def grouped(by):
    return groups(kart, by, lang="nb", measures=measured, most=8)
placed = layout(kart)
scene = Scene(kart=kart, style=style, lang="nb", places=placed.positions, strip=placed.strip,
              grouped=grouped("linkage"), values={}, size=None)
outlines(scene, grouped("line"), scene.radii())
around = ego_scene(kart, kart.focal, lang="nb", style=style, labels=labels)
for one in (scene, around, levels_scene(kart, lang="nb", style=style, labels=labels)):
    assert keys(one, one.ties(one.radii()))
assert network.network(kart, lang="nb", measures=measured())
assert ego.ego(kart, lang="nb") and levels.levels(kart, lang="nb")
assert not any(name.split(".")[0] == "matplotlib" for name in sys.modules)
"""


def test_a_scene_and_its_words_are_made_without_matplotlib() -> None:
    subprocess.run([sys.executable, "-c", BUILD], check=True)  # noqa: S603 - our own code


def placed(axes: Axes) -> dict[str, list[list[float]]]:
    """Return the corners of every mark, in millimetres on the page."""
    return {id_: one.get_xy().tolist() for id_, one in by_gid(axes, "actor:").items()}


@pytest.mark.parametrize("names", [True, False])
@pytest.mark.parametrize("figure", ["ego", "levels"])
def test_neither_language_nor_style_moves_anybody(figure: str, names: bool) -> None:  # noqa: FBT001 - a parameter of the test
    kart = example("user_network")
    draw = getattr(figures, figure)
    for styles in ([style for style in STYLES if style != "slide"], ["slide"]):
        # On a slide letters are larger, and what is written at the edges takes more room.
        found = []
        for lang in LANGUAGES:
            for style in styles:
                axes = draw(kart, ax=sheet(style=style), lang=lang, names=names, style=style)
                found.append(placed(axes))
        assert all(one == found[0] for one in found)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_neither_language_nor_what_is_hidden_moves_the_network(lang: str) -> None:
    kart = example("user_network")
    own = placed(figures.network(kart, ax=sheet(), mark_size=None))
    assert placed(figures.network(kart, ax=sheet(), mark_size=None, lang=lang)) == own


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("figure", ["ego", "levels"])
def test_letters_keep_to_the_room_of_a_caption(figure: str, lang: str, style: str) -> None:
    kart = example("municipal_service")
    axes = drawn(getattr(figures, figure)(kart, ax=sheet(style=style), lang=lang, style=style))
    for key, head in by_gid(axes, "caption:").items():
        box = head.get_window_extent()
        for gid, other in by_gid(axes, "caption:").items():
            assert gid <= key or not box.overlaps(other.get_window_extent()), (key, gid)
        assert head.get_fontsize() >= 6


def test_letters_fit_a_room_or_there_is_none() -> None:
    letters = Lettering(Style())
    found = fit("Naboer, frivillige og organisasjoner", letters, (60.0, 40.0), 10.0, least=4.0)
    assert found is not None
    lines, size = found
    wide, high = letters.extent(lines, size)
    assert wide <= 60.0
    assert high <= 40.0
    assert 4.0 <= size < 10.0
    assert fit("nav", letters, (100.0, 40.0), 10.0, least=7.0) == ("nav", 10.0)
    assert fit("Samarbeidsavtale", letters, (2.0, 2.0), 10.0, least=7.0) is None


@pytest.mark.parametrize("style", STYLES)
def test_a_style_is_named_by_its_word(style: str) -> None:
    assert style_of(style) == getattr(Style, style)()
    axes = figures.network(ActorMap(), ax=sheet(), style=style)
    assert by_gid(axes, "footer")[""].get_color() == style_of(style).muted


def test_what_is_no_style_is_refused() -> None:
    with pytest.raises(UnknownName):
        figures.ego(ActorMap(), ax=sheet(), style="slid")
    for wrong in (
        {"ink": "blu"},
        {"palette": ()},
        {"palette": ("#12345",)},
        {"size": (0, 0)},
        {"size": (1, 2, 3)},
        {"font_size": -1},
        {"wrap": 0},
        {"hatching": ("rising",)},
        # Of another type.
        {"ink": ["#000000"]},
        {"ink": 3},
        {"background": None},
        {"palette": "#123456"},
        {"palette": ["#123456"]},
        {"palette": ("#123456", ("#654321",))},
        {"hatching": "rising"},
        {"hatching": (["rising"], *(None,) * 7)},
        {"hatching": 3},
        {"font": 3},
        {"font": ""},
        {"font_size": "8"},
        {"font_size": True},
        {"line_width": float("nan")},
        {"smallest": None},
        {"wrap": 2.5},
        {"size": "a4"},
        {"size": [3, 4]},
        {"node_radius": (3, "4")},
    ):
        with pytest.raises(WrongArgument) as caught:
            Style(**wrong)
        (problem,) = caught.value.problems
        (field,) = wrong
        for lang in LANGUAGES:
            assert re.match(rf"{field}(\[\d\])?\b", problem.text(lang))
    with pytest.raises(WrongArgument):
        style_of(3)  # type: ignore[arg-type] # that is what is tested
    assert Style(ink="black", muted="#345").ink == "black"


def test_all_that_is_wrong_with_a_style_is_said_at_once() -> None:
    """DESIGN 5: "Not the first error but every one"."""
    with pytest.raises(WrongArgument) as caught:
        Style(
            ink="blck",
            palette=("#12345", "red", 3),  # type: ignore[arg-type] # that is what is tested
            font_size="8",  # type: ignore[arg-type]
            wrap=0,
            size=(0, 0),
        )
    told = caught.value.text("en").splitlines()
    assert [line.split(" ")[0].strip(":") for line in told] == [
        *("ink", "palette[0]", "palette[2]", "font_size", "wrap", "size")
    ]
    assert "black" in told[0]


def test_something_else_than_a_map_is_refused() -> None:
    for figure in (figures.network, figures.ego, figures.levels, alt_text):
        with pytest.raises(WrongArgument):
            figure("kart.yaml")  # type: ignore[arg-type] # that is what is tested


def test_options_stand_in_one_order() -> None:
    order = [
        "kart",
        "ax",
        "size",
        "like",
        "actor",
        "highlight",
        "color",
        "mark_size",
        "hulls",
        "backbone",
    ]
    order += ["labels", "legend", "title", "lang", "names", "consent", "measures", "style"]
    for figure in (figures.network, figures.ego, figures.levels):
        options = list(inspect.signature(figure).parameters)
        assert options == [one for one in order if one in options]


def test_highlight_and_like_speak_of_the_map_as_it_was_given() -> None:
    """What is shown has other ids; the caller knows only the map's own."""
    kart = example("user_network")
    before = kart.without_actor("dps")
    assert placed(figures.network(before, ax=sheet(), mark_size=None))
    axes = figures.network(kart, ax=sheet(), mark_size=None, like=before, names=True)
    own = placed(figures.network(before, ax=sheet(), mark_size=None, names=True))
    assert {id_: xy for id_, xy in placed(axes).items() if id_ in own} == own


def test_like_keeps_everyone_in_place_where_names_are_hidden() -> None:
    kart = example("user_network")
    before = kart.without_actor("mor")
    now = shown(kart, names=None, lang="nb").ids
    then = shown(before, names=None, lang="nb").ids
    old = placed(figures.network(before, ax=sheet(), mark_size=None))
    new = placed(figures.network(kart, ax=sheet(), mark_size=None, like=before))
    assert any(now[id_] != then[id_] for id_ in then)
    tied = {end for tie in before.ties_in_force for end in tie.ends}
    assert all(new[now[id_]] == old[then[id_]] for id_ in tied)
