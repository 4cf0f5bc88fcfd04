"""The page of a map, without a browser: what it holds, and what it asks for."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from functools import cache
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings

import aktorkart as ak
from aktorkart.care.outcome import outcome_of
from aktorkart.i18n import LANGUAGES, catalogue
from aktorkart.strategies import actor_maps
from aktorkart.viewer import scripts
from aktorkart.viewer.shapes import number
from aktorkart.viewer.what_if import KIND, what_if
from personal import PERSONAL, renamed
from slowly import but_one_slow

if TYPE_CHECKING:
    from pathlib import Path

SETTINGS: Any = {"deadline": None, "suppress_health_check": list(HealthCheck)}


@cache
def view_of(name: str, lang: str | None = None) -> ak.View:
    return ak.view(ak.examples.read(name), lang=lang)


def page_of(name: str, lang: str | None = None) -> str:
    return view_of(name, lang).html


def data_of(html: str) -> dict[str, Any]:
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', html, re.DOTALL)
    assert found is not None
    known: dict[str, Any] = json.loads(found[1])
    return known


def hash_of(content: str) -> str:
    return f"'sha256-{b64encode(sha256(content.encode()).digest()).decode()}'"


# --- what it asks for


@pytest.mark.parametrize("name", but_one_slow(list(ak.examples.DEMO)))
def test_the_policy_lets_through_its_own_script_and_style(name: str) -> None:
    """ISSUE 14.1: hashes only; the policy stands in the page and beside it."""
    made = view_of(name)
    style = re.findall(r"<style>(.*?)</style>", made.html, re.DOTALL)
    script = re.findall(r"<script>(.*?)</script>", made.html, re.DOTALL)
    assert len(style) == len(script) == 1
    rules = dict(rule.split(" ", 1) for rule in made.csp.split("; "))
    assert rules["default-src"] == "'none'"
    assert rules["script-src"] == hash_of(script[0])
    assert rules["style-src"] == hash_of(style[0])
    assert made.csp in made.html


@pytest.mark.parametrize("name", but_one_slow(list(ak.examples.DEMO)))
def test_nothing_comes_from_outside_and_nothing_is_styled_in_place(name: str) -> None:
    html = page_of(name)
    addresses = set(re.findall(r"(?:https?:)?//[\w.-]+\.\w[^\s\"'<]*", html))
    assert addresses <= {"http://www.w3.org/2000/svg"}
    assert not re.search(r"<[^>]+\sstyle=", html)
    assert not re.search(r"<[^>]+\son\w+=", html)
    assert not re.search(r"<(?:link|script|img|iframe)[^>]+(?:href|src)=\"(?!data:)", html)


def test_each_module_of_the_script_names_its_imports_and_has_no_address() -> None:
    assert "import " not in scripts.script()
    assert "export " not in scripts.script()
    for word in ("fetch(", "XMLHttpRequest", "WebSocket", "sendBeacon", "localStorage", "eval("):
        assert word not in scripts.script()


# --- what it holds


def test_every_actor_is_named_and_every_tie_is_drawn() -> None:
    kart = ak.examples.learning_network()
    html = page_of("learning_network")
    labels = re.findall(r'class="a" role="button" aria-label="([^"]+)"', html)
    assert labels == [actor.label for actor in kart.actors]
    data = data_of(html)
    assert len(data["t"]) == html.count('<g class="t">') == len(kart.ties) > 0
    ends = {(kart.actors[one["a"]].id, kart.actors[one["b"]].id) for one in data["t"]}
    assert ends == {tie.ends for tie in kart.ties}


def test_places_are_those_of_the_figure() -> None:
    """DESIGN, principle 7: figure and view share coordinates, up to a scale."""
    kart = ak.examples.user_network()
    axes = ak.figures.network(kart, ax=ak.figures.sheet(), names=False)
    drawn = {}
    for patch in axes.patches:
        what, _, id_ = str(patch.get_gid()).partition(":")
        if what == "actor":
            box = patch.get_path().get_extents()
            drawn[id_] = (box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2
    seen = {one["i"]: (one["x"], -one["y"]) for one in data_of(page_of("user_network"))["a"]}
    assert drawn.keys() == seen.keys()
    one, other = min(seen), max(seen)
    scale = (seen[other][0] - seen[one][0]) / (drawn[other][0] - drawn[one][0])
    assert all(
        abs((seen[id_][0] - seen[one][0]) - scale * (drawn[id_][0] - drawn[one][0])) < 2
        for id_ in seen
    )


@pytest.mark.parametrize("lang", but_one_slow(list(LANGUAGES)))
def test_the_page_is_in_the_language_of_the_reader(lang: str) -> None:
    html = page_of("user_network", lang)
    data = data_of(html)
    assert f'<html lang="{lang}">' in html
    assert data["words"]["close"] == catalogue(lang)["view.said.close"]


def test_every_text_of_the_script_is_said_there_and_every_one_it_says_exists() -> None:
    known = {code[len("view.said.") :] for code in catalogue("nb") if code.startswith("view.said.")}
    source = scripts.script() + scripts.template("page.html")
    for word in known:
        assert re.search(rf'["\'.]{word}["\'`]|`when_', source), word
    asked = set(re.findall(r'say\("(\w+)"', scripts.script()))
    assert asked <= known


@pytest.mark.parametrize("name", but_one_slow(list(ak.examples.DEMO)))
def test_pages_are_small_and_made_the_same_each_time(name: str) -> None:
    """ISSUE 14.1: under 150 KB + 0.5 KB per actor + 0.2 KB per tie."""
    kart = ak.examples.read(name)
    html = page_of(name)
    assert len(html.encode()) < 150_000 + 500 * len(kart.actors) + 200 * len(kart.ties)
    assert ak.view(kart).html == html


def many(n: int) -> ak.ActorMap:
    actors = [ak.Actor(id=f"a{at}", name=f"Tjeneste nummer {at}") for at in range(n)]
    pairs = {
        (at, other)
        for at in range(n)
        for other in ((7 * at + 1) % n, (at * at + 3) % n, (at + 1) % n)
        if other > at
    }
    ties = [
        ak.Tie(source=f"a{one}", target=f"a{other}", strength=1 + (one + other) % 5)
        for one, other in sorted(pairs)
    ]
    return ak.ActorMap(actors=actors, ties=ties)


@pytest.mark.slow
def test_300_actors_fit_in_a_page_that_is_sent() -> None:
    kart = many(300)
    size = len(ak.view(kart).html.encode())
    assert size < 150_000 + 500 * len(kart.actors) + 200 * len(kart.ties)


# --- maps of every kind


@given(kart=actor_maps())
@settings(max_examples=6, **SETTINGS)
def test_a_page_can_be_made_of_any_map_and_holds_no_hidden_name(kart: ak.ActorMap) -> None:
    hidden = renamed(kart.with_(scope="individual", consent=ak.Consent(given="2020")))
    made = ak.view(hidden)
    assert not PERSONAL.search(made.html)
    assert not PERSONAL.search(repr(made) + made.title)
    data = data_of(made.html)
    assert len(data["a"]) == len(kart.actors)
    assert len(data["t"]) == len(kart.ties)


@given(before=actor_maps(max_size=5), after=actor_maps(max_size=5))
@settings(max_examples=4, **SETTINGS)
def test_before_and_now_hold_no_hidden_name_and_all_that_has_changed(
    before: ak.ActorMap, after: ak.ActorMap
) -> None:
    maps = [
        renamed(one.with_(scope="individual", consent=ak.Consent(given="2020")))
        for one in (before, after)
    ]
    made = ak.view(maps[1], earlier=maps[0])
    assert not PERSONAL.search(made.html)
    data = data_of(made.html)
    change = ak.compare(*maps)
    assert sum(one.get("c") == "gained" for one in data["a"]) == len(change.actors_gained)
    assert sum(one.get("c") == "lost" for one in data["a"]) == len(change.actors_lost)


HOSTILE = ("</script><script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "]]>&<b>'")


def test_names_are_never_taken_for_markup() -> None:
    kart = ak.ActorMap(
        title=HOSTILE[0],
        actors=[ak.Actor(id=f"a{at}", name=name) for at, name in enumerate(HOSTILE)],
        ties=[ak.Tie(source="a0", target="a1", informant=HOSTILE[1])],
    )
    html = ak.view(kart).html
    assert html.count("<script") == 3  # ours, what it knows, and the map
    assert "<img" not in html
    assert "<b>" not in html
    assert [one["n"] for one in data_of(html)["a"]] == list(HOSTILE)


def test_an_empty_map_and_one_actor_have_a_page() -> None:
    assert data_of(ak.view(ak.ActorMap()).html)["a"] == []
    alone = data_of(ak.view(ak.ActorMap(actors=[ak.Actor(id="nav")])).html)
    assert [one["n"] for one in alone["a"]] == ["nav"]
    assert alone["t"] == []


def test_names_are_asked_for_with_consent() -> None:
    kart = ak.examples.user_network()
    with pytest.raises(ak.NoConsent):
        ak.view(kart.with_(consent=None), names=True)
    small = ak.ActorMap(scope="individual", actors=[ak.Actor(id="kari", name="Kari Nordmann")])
    assert "Nordmann" in ak.view(small, names=True, consent="ignore").html
    assert "Nordmann" not in ak.view(small).html


def test_what_is_no_map_style_or_language_is_refused() -> None:
    kart = ak.ActorMap()
    wrong: Any = 3
    unread: list[dict[str, Any]] = [{"earlier": wrong}, {"style": wrong}]
    for options in unread:
        with pytest.raises(ak.WrongArgument):
            ak.view(kart, **options)
    with pytest.raises(ak.WrongArgument):
        ak.view(wrong)
    unknown: list[dict[str, Any]] = [{"lang": "fi"}, {"style": "neon"}, {"consent": "maybe"}]
    for options in unknown:
        with pytest.raises(ak.UnknownName):
            ak.view(kart, **options)


def test_it_is_saved_whole_and_for_its_owner_alone(tmp_path: Path) -> None:
    made = view_of("user_network")
    made.save(tmp_path / "kart.html")
    assert (tmp_path / "kart.html").read_text("utf-8") == made.html
    assert (tmp_path / "kart.html").stat().st_mode & 0o077 == 0
    with pytest.raises(ak.UnsupportedFile):
        made.save(tmp_path / "kart.svg")


def test_a_cell_has_a_picture_and_the_page_in_a_frame_of_its_own() -> None:
    made = view_of("two_brokers")
    cell = made._repr_html_()
    assert cell.index("<img") < cell.index("<iframe")
    assert re.search(r'alt="[^"]{20,}"', cell)
    assert 'sandbox="allow-scripts' in cell
    assert "allow-same-origin" not in cell
    # Outside of its frame the page has no id and no style that another one could meet.
    outside = re.sub(r'srcdoc="[^"]*"', "", cell)
    assert " id=" not in outside
    assert "<style" not in outside


# --- what if


@given(kart=actor_maps(max_size=7))
@settings(max_examples=12, **SETTINGS)
def test_what_if_says_what_the_analyses_say(kart: ak.ActorMap) -> None:
    """The numbers are those of drop_out, of the outcome that next steps have, of coordinator."""
    found = what_if(kart)
    ids = [actor.id for actor in kart.actors]
    before = outcome_of(kart)
    assert found["now"][:2] == [before.tellings, before.cut_off]
    for one in ak.care.drop_out(kart):
        if "pieces" not in one.numbers or one.actors[0] == kart.user:
            continue
        tellings, cut_off, *_ = found["drops"][ids.index(one.actors[0])]
        assert tellings == one.numbers["tellings_after"]
        assert (None if cut_off is None else len(cut_off)) == one.numbers["cut_off"]
        assert {ids[at] for at in cut_off or ()} == set(one.actors[1:])
    tried = {frozenset(one[:2]): one[2:] for one in found["ties"]}
    there = {tie.pair for tie in kart.channels if tie.kind == KIND}
    for at, source in enumerate(ids):
        for target in ids[:at]:
            if (min(source, target), max(source, target)) in there:
                continue
            if any({source, target} == {*tie.ends} and tie.kind == KIND for tie in kart.ties):
                continue  # needed or broken: a second one is no tie of the file
            with_it = kart.with_tie(source=source, target=target, kind=KIND)
            after = outcome_of(with_it).known_in(before)
            said = tried.get(frozenset((at, ids.index(target))), found["now"])
            assert said[:2] == [after.tellings, after.cut_off]
            assert said[2:] == coordinated(with_it)
    for at, id_ in enumerate(ids):
        if found["drops"][at] is not None and kart.user not in {None, id_}:
            without = kart.without_actor(id_)
            if any(actor.kind == "coordinator" for actor in without.actors):
                assert found["drops"][at][2:] == coordinated(without)


def coordinated(kart: ak.ActorMap) -> list[int | None]:
    told = ak.care.coordinator(kart)
    if kart.user is None or all(actor.kind != "coordinator" for actor in kart.actors):
        return [None, None]
    numbers = told[0].numbers if told else {"reached": 0, "active": 0}
    return [numbers["reached"], numbers["active"]]


# --- details


def test_numbers_are_short() -> None:
    said = [number(value) for value in (0, -0.04, 0.5, -0.5, 10, 100.04, -12.36)]
    assert said == ["0", "0", ".5", "-.5", "10", "100", "-12.4"]
    assert [number(value, 0) for value in (0.2, 30.4)] == ["0", "30"]
