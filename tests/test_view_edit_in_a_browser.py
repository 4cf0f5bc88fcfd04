"""The page that maps are built in, in a browser: by keyboard, mouse and touch, and what it saves."""

from __future__ import annotations

import json
import random
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings

import aktorkart as ak
from aktorkart.files.plain import plain
from aktorkart.files.yaml.writing import to_yaml
from aktorkart.i18n import LANGUAGES
from aktorkart.strategies import actor_maps
from aktorkart.viewer import scripts, vocabulary
from aktorkart.viewer.edit import EditPage, exact
from aktorkart.viewer.seen import seen_of
from slowly import but_one_slow

if TYPE_CHECKING:
    from collections.abc import Iterator

SETTINGS: Any = {
    "deadline": None,
    "suppress_health_check": list(HealthCheck),
    "derandomize": True,
    "phases": [Phase.explicit, Phase.generate],  # each example waits for the browser
}


@cache
def data_of_nothing(lang: str) -> dict[str, Any]:
    kart = ak.ActorMap()
    return EditPage(seen_of(kart, None, lang=lang), kart)._data()  # noqa: SLF001 - the script's


def data_of(kart: ak.ActorMap, lang: str = "nb") -> dict[str, Any]:
    """Return what the script is given, without looks and places."""
    kinds = vocabulary.kinds(kart, lang)
    return data_of_nothing(lang) | {"map": exact(plain(kart)), "kinds": kinds}


# --- the script's own functions, beside Python's


@pytest.fixture(scope="module")
def code(browser: Any) -> Iterator[Any]:
    """Call a function of the page's modules with a map."""
    page = browser.new_page()
    page.set_content('<script type="application/json" id="data"></script>')
    modules = "\n".join(map(scripts.module, ("dom", "model", "chosen", "yaml", "rules", "said")))
    page.evaluate(f"window.run = (data, call) => {{ byData(data);\n{modules}\nreturn call({{"
                  "model: $model, yaml: $yaml, rules: $rules, said: $said, data}); };"
                  "window.byData = (data) => {"
                  "document.getElementById('data').textContent = JSON.stringify(data); }")

    def calling(kart: ak.ActorMap, call: str, lang: str = "nb") -> Any:
        return page.evaluate(f"(data) => run(data, ({call}))", data_of(kart, lang))

    yield calling
    page.close()


def findings_of(kart: ak.ActorMap) -> list[dict[str, Any]]:
    found = [*ak.care.coordinator(kart), *ak.care.tellings(kart), *ak.care.grey_zones(kart)]
    # Who stands between the others is left to the report.
    kept = [one for one in found if not one.case.endswith("broker")]
    return sorted(
        (
            {
                "code": one.code,
                "case": one.case,
                "level": one.level,
                "actors": list(one.actors),
                "ties": [list(tie) for tie in one.ties],
                "numbers": {key: value for key, value in one.numbers.items() if key != "one_step"},
            }
            for one in kept
        ),
        key=lambda one: json.dumps(one, sort_keys=True),
    )


KINDS = ("service", "coordinator", "friend", "arena", "unknown", "gp", "user_organisation")


def drawn(at: int) -> ak.ActorMap:
    """Return a map of the sort that is built in a room, chosen by a number."""
    chance = random.Random(at)  # noqa: S311 - the same each time
    n = chance.randint(2, 12)
    kinds = ["user", *(chance.choice(KINDS) for _ in range(n - 1))]
    if chance.random() < 0.1:
        kinds[1] = "user"
    actors = [{"id": f"a{place}", "kind": kind} for place, kind in enumerate(kinds)]
    for actor in actors:
        if chance.random() < 0.3:
            actor["tasks"] = chance.sample(["bolig", "Bolig", "penger", "medisin"], 2)
    ties: dict[tuple[str, str, str], dict[str, Any]] = {}
    for _ in range(chance.randint(0, 4 * n)):
        # The user has ties with many, as on the maps that people make.
        first = 0 if chance.random() < 0.3 else chance.randrange(n)
        one, other = sorted((first, chance.randrange(n)))
        kind = chance.choice(("contact", "information", "referral", "membership", "conflict"))
        tie: dict[str, Any] = {"source": f"a{one}", "target": f"a{other}", "kind": kind}
        if chance.random() < 0.3:
            tie |= {"mutual": False}
        if chance.random() < 0.2:
            tie |= {"needed": True}
        elif chance.random() < 0.2:
            tie |= {"quality": chance.choice(("good", "strained", "broken"))}
        if chance.random() < 0.6:
            tie |= {"strength": chance.randint(1, 5)}
        if chance.random() < 0.1:
            tie |= {"since": "2026-02", "until": chance.choice(("2026", "2026-03", "2026-03-05"))}
        if one != other:
            ties[f"a{one}", f"a{other}", kind] = tie
    plan = [{"id": f"p{place}", "done": "2026" if place else None} for place in range(at % 3)]
    date = chance.choice((None, "2026", "2026-03", "2026-03-04"))
    focal = chance.choice((None, "a0", "a1"))
    return ak.ActorMap(
        actors=actors, ties=[*ties.values()], date=date, focal=focal, plan=plan
    )


def same_findings(code: Any, kart: ak.ActorMap) -> None:
    said = code(kart, "({rules, data}) => rules.rules(data.map).map(({words, ...one}) => one)")
    assert sorted(said, key=lambda one: json.dumps(one, sort_keys=True)) == findings_of(kart)


def test_the_page_says_what_python_says(code: Any) -> None:
    """ISSUE 14.3: the same rules on 500 generated maps."""
    for at in range(500):
        same_findings(code, drawn(at))


@given(kart=actor_maps())
@settings(max_examples=60, **SETTINGS)
def test_of_any_map(code: Any, kart: ak.ActorMap) -> None:
    same_findings(code, kart)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", ak.examples.DEMO)
def test_in_the_same_words(code: Any, name: str, lang: str) -> None:
    kart = ak.examples.read(name)
    said = code(kart, "({rules, said, data}) => rules.rules(data.map).map(said.sentence)", lang)
    found = [*ak.care.coordinator(kart), *ak.care.tellings(kart), *ak.care.grey_zones(kart)]
    ours = [one.brief(lang) for one in found if not one.case.endswith("broker")]
    assert sorted(said) == sorted(ours)


@given(kart=actor_maps())
@settings(max_examples=100, **SETTINGS)
def test_what_it_writes_is_read_as_the_same_map(code: Any, kart: ak.ActorMap, tmp_path: Path) -> None:
    written = code(kart, "({yaml, data}) => [yaml.toYaml(data.map), yaml.toJson(data.map)]")
    for ending, content in zip((".yaml", ".json"), written, strict=True):
        path = tmp_path / f"kart{ending}"
        path.write_bytes(content.encode())
        assert ak.load(path).kart == kart
    assert json.dumps(json.loads(written[1])) == json.dumps(plain(kart))


@pytest.mark.parametrize("name", ak.examples.DEMO)
def test_a_file_is_written_as_python_writes_it(code: Any, name: str) -> None:
    kart = ak.examples.read(name)
    assert code(kart, "({yaml, data}) => yaml.toYaml(data.map)") == to_yaml(kart)


@given(kart=actor_maps(min_size=2))
@settings(max_examples=100, **SETTINGS)
def test_who_is_removed_goes_with_all_that_points_to_them(code: Any, kart: ak.ActorMap) -> None:
    gone = kart.actors[0].id
    left = code(
        kart, f"({{model, data}}) => model.withoutActors(data.map, new Set([{json.dumps(gone)}]))"
    )
    assert left == json.loads(json.dumps(data_of(kart.without_actor(gone))["map"]))


# --- by hand


@cache
def html_of(name: str | None, lang: str = "nb") -> str:
    kart = ak.ActorMap(title="Verksted") if name is None else ak.examples.read(name)
    return ak.view(kart, edit=True, lang=lang, names=True, consent="ignore").html


def saved(page: Any, tmp_path: Path) -> ak.ActorMap:
    """Save as the page does where a browser can only download, and read what it wrote."""
    page.evaluate("delete window.showSaveFilePicker")
    with page.expect_download() as download:
        page.keyboard.press("Control+s")
    path = tmp_path / download.value.suggested_filename
    download.value.save_as(path)
    return ak.load(path).kart


def marked(page: Any, name: str) -> Any:
    return page.locator(f'.a[aria-label^="{name}."]')


TEAM = {
    "Brukeren": "",
    "Fastlegen": "",
    "Koordinator Kari": "",
    "DPS": "",
    "NAV Fjordvik": "",
    "Psykisk helse- og rusteam": "",
    "Mor": "pårør",
    "Legevakta": "",
    "Ansvarsgruppen": "samarbeidsar",
    "Arbeidsgiver": "",
    "Mental Helse": "brukerorg",
    "Boligkontoret": "",
    "Rusbehandling": "",
    "Tannlegen": "tann",
    "Naboen": "venn",
}
TIES = [
    ("Fastlegen", "bruk", "4"),
    ("Koordinator Kari", "bruk", "5"),
    ("DPS", "bruk", "3"),
    ("NAV Fjordvik", "bruk", "2"),
    ("Mor", "bruk", "5"),
    ("Naboen", "bruk", "?"),
    ("Psykisk helse- og rusteam", "bruk", "4"),
    ("Koordinator Kari", "fast", "2"),
    ("Koordinator Kari", "psyk", "4"),
    ("Fastlegen", "dps", "1"),
]


def by_keyboard(page: Any) -> None:
    """Build a map of 15 actors from nothing, without touching the mouse."""
    press, write = page.keyboard.press, page.keyboard.type
    for name, kind in TEAM.items():
        press("n")
        write(name)
        if kind:
            press("Tab")
            write(kind)
        press("Enter")
    for source, target, strength in TIES:
        # The way by arrows is tried elsewhere; here the focus goes where it is needed.
        marked(page, source).focus()
        press("Escape")
        press("r")
        write(target)
        press("Enter")
        press(strength)
    press("t")  # from contact to information
    press("d")
    press("q")
    press("q")


def test_a_map_of_15_is_built_saved_and_reported_by_keyboard(opened: Any, tmp_path: Path) -> None:
    """ISSUE 14.3: done when … keyboard only."""
    page = opened(html_of(None))
    by_keyboard(page)
    kart = saved(page, tmp_path)
    assert kart.title == "Verksted"
    assert [actor.label for actor in kart.actors] == list(TEAM)
    assert {actor.id: actor.kind for actor in kart.actors} == {
        "brukeren": "user",
        "fastlegen": "gp",
        "koordinator-kari": "coordinator",
        "dps": "dps",
        "nav-fjordvik": "nav",
        "psykisk-helse-og-rusteam": "mental_health_team",
        "mor": "next_of_kin",
        "legevakta": "out_of_hours",
        "ansvarsgruppen": "arena",
        "arbeidsgiver": "employer",
        "mental-helse": "user_organisation",
        "boligkontoret": "housing",
        "rusbehandling": "addiction_treatment",
        "tannlegen": "dental",
        "naboen": "friend",
    }
    assert [tie.strength for tie in kart.ties] == [4, 5, 3, 2, 5, None, 4, 2, 4, 1]
    last = kart.ties[-1]
    assert (last.ends, last.kind, last.mutual, last.quality) == (
        ("fastlegen", "dps"),
        "information",
        False,
        "strained",
    )
    assert kart.positions.keys() == {actor.id for actor in kart.actors}
    assert "Koordinator Kari" in ak.report(kart, lang="nb").to_html()
    assert page.inner_text("#state") == ""
