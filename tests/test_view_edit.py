"""The page that maps are built in, without a browser: what it holds, and what it asks for."""

from __future__ import annotations

import gzip
import re
from functools import cache
from importlib.resources import files
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

import aktorkart as ak
from aktorkart.i18n import LANGUAGES, catalogue
from aktorkart.strategies import actor_maps
from aktorkart.viewer import scripts, vocabulary
from aktorkart.viewer.edit import EditPage
from aktorkart.viewer.seen import seen_of
from personal import PERSONAL, renamed
from slowly import but_one_slow
from test_view import HOSTILE, data_of, hash_of

SETTINGS: Any = {"deadline": None, "suppress_health_check": list(HealthCheck)}


@cache
def made(name: str, lang: str | None = None) -> ak.View:
    return ak.view(ak.examples.read(name), edit=True, lang=lang)


def test_the_policy_lets_through_its_own_script_and_style() -> None:
    page = made("user_network")
    (style,) = re.findall(r"<style>(.*?)</style>", page.html, re.DOTALL)
    (script,) = re.findall(r"<script>(.*?)</script>", page.html, re.DOTALL)
    rules = dict(rule.split(" ", 1) for rule in page.csp.split("; "))
    assert rules["script-src"] == hash_of(script)
    assert rules["style-src"] == hash_of(style)
    assert "connect-src" not in rules
    assert page.csp in page.html


def test_only_a_page_that_is_served_may_send_the_map_and_only_there() -> None:
    kart = ak.ActorMap()
    keep = {"url": "/map", "token": "t", "tag": "1"}
    served = EditPage(seen_of(kart, None, lang="nb"), kart, keep=keep)
    assert served.csp.endswith("; connect-src 'self'")
    assert data_of(served.html())["keep"] == keep
    assert "keep" not in data_of(ak.view(kart, edit=True).html)


@pytest.mark.parametrize("lang", but_one_slow(list(LANGUAGES)))
def test_nothing_comes_from_outside_and_nothing_is_styled_in_place(lang: str) -> None:
    html = made("municipal_service", lang).html
    addresses = set(re.findall(r"(?:https?:)?//[\w.-]+\.\w[^\s\"'<]*", html))
    assert addresses <= {"http://www.w3.org/2000/svg"}
    assert not re.search(r"<[^>]+\sstyle=", html)
    assert not re.search(r"<[^>]+\son\w+=", html)
    assert f'<html lang="{lang}">' in html


def test_the_way_out_is_in_one_module() -> None:
    others = scripts.script("editor").replace(scripts.module("keep"), "")
    for word in ("fetch(", "XMLHttpRequest", "WebSocket", "sendBeacon", "eval("):
        assert word not in others
    assert "localStorage" not in others.replace(scripts.module("save"), "")


def test_the_editor_is_in_pages_to_edit_only() -> None:
    """ISSUE 14.3: script and style as they stand in the page, and as they are sent."""
    view, editor = scripts.script(), scripts.script("editor")
    assert scripts.module("deeds") not in view
    styles = "".join(map(scripts.style, ("page", "map", "edit")))
    assert len((editor + styles).encode()) < 115_000
    assert len(gzip.compress((editor + styles).encode())) < 35_000


def test_only_comments_are_left_out_of_the_script() -> None:
    for path in files("aktorkart").joinpath("viewer", "js").iterdir():
        for line in path.read_text("utf-8").splitlines():
            before, sign, after = line.partition(" // ")
            # What follows the sign is no string that has begun before it.
            assert not sign or all(before.count(quote) % 2 == 0 for quote in "\"'`"), line
            assert "// " not in after, line


def test_every_text_of_the_script_is_said_there_and_every_one_it_says_exists() -> None:
    known = {code.removeprefix("edit.said.") for code in catalogue("nb") if "edit.said." in code}
    source = scripts.script("editor") + scripts.template("edit.html")
    for word in known:
        begins = word.removesuffix("_on").removesuffix("_off")
        begins = "not_saved_" if word.startswith("not_saved_") else begins
        assert re.search(rf'["\'.`]{begins}', source), word
    asked = set(re.findall(r'say\("(\w+)"', scripts.script("editor")))
    asked |= set(re.findall(r"data\.words\.(\w+)", scripts.script("editor")))
    assert asked <= known | {"more", "quoted", "and"}


def test_pages_are_made_the_same_each_time() -> None:
    assert ak.view(ak.examples.user_network(), edit=True).html == made("user_network").html


@given(kart=actor_maps())
@settings(max_examples=6, **SETTINGS)
def test_a_page_can_be_made_of_any_map_and_holds_no_hidden_name(kart: ak.ActorMap) -> None:
    hidden = renamed(kart.with_(scope="individual", consent=ak.Consent(given="2020")))
    page = ak.view(hidden, edit=True)
    assert not PERSONAL.search(page.html)
    data = data_of(page.html)
    assert len(data["map"].get("actors", ())) == len(kart.actors)
    assert data["places"].keys() == {one["id"] for one in data["map"].get("actors", ())}


def test_a_page_with_roles_says_what_is_saved_from_it() -> None:
    remark = catalogue("en")["edit.roles_kept"]
    kart = ak.examples.user_network()
    assert remark in ak.view(kart, edit=True, lang="en").html
    assert remark not in ak.view(kart, edit=True, lang="en", names=True, consent="ignore").html
    with pytest.raises(ak.NoConsent):
        ak.view(kart.with_(consent=None), edit=True, names=True)


def test_names_are_never_taken_for_markup() -> None:
    actors = [ak.Actor(id=f"a{at}", name=name) for at, name in enumerate(HOSTILE)]
    html = ak.view(ak.ActorMap(title=HOSTILE[0], actors=actors), edit=True, embed=False).html
    assert html.count("<script") == 2
    assert "<img" not in html


def test_one_map_is_built_at_a_time() -> None:
    with pytest.raises(ak.WrongArgument):
        ak.view(ak.ActorMap(), edit=True, earlier=ak.ActorMap())


def test_all_that_points_to_somebody_is_known() -> None:
    assert vocabulary.pointers() == [
        ["focal"],
        ["needs", "*"],
        ["goals", "*", "actors", "*"],
        ["plan", "*", "responsible"],
        ["positions", "@"],
    ]


def test_everyone_stands_where_the_file_says_or_the_figures_do() -> None:
    kart = ak.examples.user_network()
    placed = kart.with_(positions={"fastlege": (12.345, 6.0)})
    places = data_of(ak.view(placed, edit=True, names=True, consent="ignore").html)["places"]
    assert places["fastlege"] == [12.345, 6.0]
    assert all(0 <= x <= 297 and 0 <= y <= 210 for x, y in places.values())
