"""Figures on every page they are used on: sizes, and what is refused."""

from __future__ import annotations

import inspect
from typing import Any

import pytest

from aktorkart import cli, figures
from aktorkart.errors import UnknownName, WrongArgument
from aktorkart.figures import Style, sheet
from aktorkart.model import ActorMap
from aktorkart.scene.style import PAGES, style_of

FIGURES = [
    name
    for name in figures.__all__
    if {"kart", "ax"} <= inspect.signature(getattr(figures, name)).parameters.keys()
]


@pytest.mark.parametrize("figure", FIGURES)
def test_every_figure_takes_a_page(figure: str) -> None:
    import matplotlib.pyplot as plt

    draw = getattr(figures, figure)
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
