"""Alternative texts are functions of a map: the same words as the figure, without drawing."""

from __future__ import annotations

import subprocess
import sys
from importlib import import_module
from typing import Any

import pytest

from aktorkart import figures
from aktorkart.errors import UnknownName, WrongArgument
from aktorkart.figures import sheet
from aktorkart.i18n import LANGUAGES, text
from aktorkart.model import ActorMap
from aktorkart.privacy import shown
from drawn import example, stage

NAMES = ("ranking", "linkages", "influence", "publics", "goals", "matrix", "arenas")
MAPS = ("municipal_service", "user_network")


def words(name: str, kart: ActorMap, **options: Any) -> str:
    found: str = getattr(import_module(f"aktorkart.scene.alt_text.{name}"), name)(kart, **options)
    return found


@pytest.mark.parametrize("name", NAMES)
def test_the_words_are_those_of_the_figure(name: str) -> None:
    for lang, kart in zip(("nb", "en"), map(example, MAPS), strict=True):
        seen = shown(kart, names=None, lang=lang).kart
        axes = getattr(figures, name)(kart, ax=sheet(), lang=lang)
        assert words(name, seen, lang=lang) == stage(axes).alt


@pytest.mark.parametrize("name", NAMES)
def test_every_map_is_told_in_every_language(name: str) -> None:
    for lang in LANGUAGES:
        for kart in (*map(example, MAPS), ActorMap()):
            told = words(name, kart, lang=lang)
            assert told
            assert "{" not in told


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_words_are_about_what_was_asked_for(lang: str) -> None:
    kart = example("municipal_service")
    assert text("measure.degree.name", lang) in words("ranking", kart, lang=lang, measure="degree")
    one = words("ranking", kart, lang=lang, most=1)
    assert words("ranking", kart, lang=lang).startswith(one)
    assert words("ranking", kart, lang=lang) != one
    assert words("matrix", kart, lang=lang, group="level") != words("matrix", kart, lang=lang)
    for issue in kart.issues:
        assert str(issue.title) in words("publics", kart, lang=lang, issue=issue.id)


def test_no_matplotlib_is_needed() -> None:
    code = "; ".join(
        [
            "import sys",
            "from aktorkart import examples",
            "k = examples.user_network()",
            *(f"from aktorkart.scene.alt_text.{name} import {name}" for name in NAMES),
            *(f"{name}(k, lang='nb')" for name in NAMES),
            "sys.exit('matplotlib' in sys.modules)",
        ]
    )
    subprocess.run([sys.executable, "-c", code], check=True)  # noqa: S603 - our own code


# --- what figures are asked for


@pytest.mark.parametrize("name", NAMES)
def test_something_else_than_is_expected_is_said(name: str) -> None:
    draw = getattr(figures, name)
    for wrong in ("kart.yaml", (), None):
        with pytest.raises(WrongArgument, match="ActorMap"):
            draw(wrong, ax=sheet())
    with pytest.raises(UnknownName, match="slide"):
        draw(ActorMap(), ax=sheet(), style="slied")
    with pytest.raises(UnknownName):
        draw(ActorMap(), ax=sheet(), lang="de")


@pytest.mark.parametrize("most", [0, -1, 2.5, "all", True])
def test_a_ranking_shows_a_whole_number_of_actors(most: Any) -> None:
    with pytest.raises(WrongArgument, match="at least 1"):
        figures.ranking(example("user_network"), ax=sheet(), most=most)


def test_measures_of_another_map_are_not_used_where_names_are_hidden() -> None:
    kart = example("user_network")
    assert kart.scope == "individual"
    for name in ("ranking", "matrix"):
        draw = getattr(figures, name)
        from aktorkart import measures

        given = draw(kart, ax=sheet(), measures=measures(kart))
        assert stage(given).alt == stage(draw(kart, ax=sheet())).alt


@pytest.mark.parametrize("name", NAMES)
def test_options_stand_in_one_order(name: str) -> None:
    import inspect

    options = list(inspect.signature(getattr(figures, name)).parameters)
    assert options[:2] == ["kart", "ax"]
    common: tuple[str, ...] | list[str] = ("title", "lang", "names", "consent", "measures", "style")
    common = [one for one in common if one in options]
    assert options[-len(common) :] == common
