"""The script of the page that maps are built in, beside Python: the same rules, the same files."""

from __future__ import annotations

import json
import random
import re
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings

import aktorkart as ak
from aktorkart.files.plain import plain
from aktorkart.files.words import INFLECTIONS, code_of, words_of
from aktorkart.files.yaml.writing import to_yaml
from aktorkart.i18n import LANGUAGES
from aktorkart.model.vocabulary import KINDS as ALL_KINDS
from aktorkart.strategies import actor_maps
from aktorkart.viewer import scripts, vocabulary
from aktorkart.viewer.edit import EditPage, exact
from aktorkart.viewer.seen import seen_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

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
    """Call the page's modules with a map, and perhaps more."""
    page = browser.new_page()
    page.set_content('<script type="application/json" id="data"></script>')
    names = ("yaml", "model", "rules", "said", "typeahead")
    modules = "\n".join(map(scripts.module, ("dom", "yaml", "model", "chosen", *names[2:])))
    exported = ", ".join(f"{name}: ${name}" for name in names)
    page.evaluate(
        "() => { window.run = (data, call, more) => {"
        "document.getElementById('data').textContent = JSON.stringify(data);"
        f"{modules}\nreturn call({{data, {exported}}}, more); }}; }}"
    )

    def calling(kart: ak.ActorMap, call: str, *, lang: str = "nb", more: Any = None) -> Any:
        given = [data_of(kart, lang), more]
        return page.evaluate(f"([data, more]) => run(data, ({call}), more)", given)

    yield calling
    page.close()


def findings_of(kart: ak.ActorMap) -> list[dict[str, Any]]:
    found = [*ak.care.coordinator(kart), *ak.care.tellings(kart), *ak.care.grey_zones(kart)]
    # Who stands between the others is left to the report.
    kept = [one for one in found if not one.case.endswith("broker")]
    return by_text(
        [
            {
                "code": one.code,
                "case": one.case,
                "level": one.level,
                "actors": list(one.actors),
                "ties": [list(tie) for tie in one.ties],
                "numbers": {key: value for key, value in one.numbers.items() if key != "one_step"},
            }
            for one in kept
        ]
    )


KINDS = ("service", "coordinator", "friend", "arena", "unknown", "gp", "user_organisation")


def drawn(at: int) -> ak.ActorMap:
    """Return a map of the sort that is built in a room, chosen by a number."""
    chance = random.Random(at)  # noqa: S311 - the same each time
    n = chance.randint(2, 12)
    kinds = ["user", *(chance.choice(KINDS) for _ in range(n - 1))]
    if chance.random() < 0.1:
        kinds[1] = "user"
    actors: list[Any] = [{"id": f"a{place}", "kind": kind} for place, kind in enumerate(kinds)]
    for actor in actors:
        if chance.random() < 0.3:
            actor["tasks"] = chance.sample(["bolig", "Bolig", "penger", "medisin"], 2)
    ties = {tie["source"] + tie["target"] + tie["kind"]: tie for tie in drawn_ties(chance, n)}
    plan: list[Any] = [
        {"id": f"p{place}", "done": "2026" if place else None} for place in range(at % 3)
    ]
    return ak.ActorMap(
        actors=actors,
        ties=[*ties.values()],
        date=chance.choice((None, "2026", "2026-03", "2026-03-04")),
        focal=chance.choice((None, "a0", "a1")),
        plan=plan,
    )


def drawn_ties(chance: random.Random, n: int) -> Iterator[Any]:
    for _ in range(chance.randint(0, 4 * n)):
        # The user has ties with many, as on the maps that people make.
        first = 0 if chance.random() < 0.3 else chance.randrange(n)
        one, other = sorted((first, chance.randrange(n)))
        kind = chance.choice(("contact", "information", "referral", "membership", "conflict"))
        tie: dict[str, Any] = {"source": f"a{one}", "target": f"a{other}", "kind": kind}
        for more, share in (
            ({"mutual": False}, 0.3),
            ({"needed": True}, 0.2),
            ({"quality": chance.choice(("good", "strained", "broken"))}, 0.15),
            ({"strength": chance.randint(1, 5)}, 0.6),
            ({"since": "2026-02", "until": chance.choice(("2026", "2026-03-05"))}, 0.1),
        ):
            tie |= more if chance.random() < share else {}
        if one != other:
            yield tie


def by_text(found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(found, key=lambda one: json.dumps(one, sort_keys=True))


SAID = "({rules}, maps) => maps.map((map) => rules.rules(map).map(({words, ...one}) => one))"


def test_the_page_says_what_python_says(code: Any) -> None:
    """ISSUE 14.3: the same rules on 500 generated maps."""
    maps = [drawn(at) for at in range(500)]
    said = code(ak.ActorMap(), SAID, more=[plain(kart) for kart in maps])
    for kart, found in zip(maps, said, strict=True):
        assert by_text(found) == findings_of(kart)


@given(kart=actor_maps())
@settings(max_examples=40, **SETTINGS)
def test_of_any_map(code: Any, kart: ak.ActorMap) -> None:
    assert by_text(code(ak.ActorMap(), SAID, more=[plain(kart)])[0]) == findings_of(kart)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", ak.examples.DEMO)
def test_in_the_same_words(code: Any, name: str, lang: str) -> None:
    kart = ak.examples.read(name)
    said = code(
        kart, "({rules, said, data}) => rules.rules(data.map).map(said.sentence)", lang=lang
    )
    found = [*ak.care.coordinator(kart), *ak.care.tellings(kart), *ak.care.grey_zones(kart)]
    ours = [one.brief(lang) for one in found if not one.case.endswith("broker")]
    assert sorted(said) == sorted(ours)


NAMED = {
    # Bokmål and Nynorsk
    "Ansvarsgruppe": "arena",
    "Ansvarsgruppe(n)": "arena",
    "Ansvarsgruppa rundt Kari": "arena",
    "Psykisk helseteam": "mental_health_team",
    "Østby psykisk helse- og rusteam": "mental_health_team",
    "Mor (pårørende)": "next_of_kin",
    "Mora til Kari": "next_of_kin",
    "Fastlege Hansen": "gp",
    "Fastlegane": "gp",
    "Storgata legekontor": "gp",
    "NAV Østby": "nav",
    "NAV-kontoret": "nav",
    "DPS Nordre": "dps",
    "Tannlegen": "dental",
    "BUP/PPT": "bup",
    "FACT-teamet": "outreach_team",
    "Heimetenesta i nord": "home_care",
    "Mental Helse Østby": "user_organisation",
    "Frivilligsentralen": "community",
    # Swedish
    "Mamman": "next_of_kin",
    "Vårdcentralen Eken": "gp",
    "Tandläkaren": "dental",
    "Grannen": "friend",
    "SIP-mötet": "arena",
    # English
    "Mental health team, north": "mental_health_team",
    "Dr Jones (GP)": "gp",
    "The housing associations": "housing community",
    "Her sister": "next_of_kin",
    "Out-of-hours clinic": "out_of_hours",
    # Two kinds, a service among others, and none
    "Boligkontoret i Østby kommune": "housing municipality",
    "Koordinator i NAV": "coordinator nav",
    "NAV, en annen tjeneste": "nav",
    "Annen tjeneste": "service",
    "Kari Nordmann": "",
    "Skolelaget Korp": "",
    "Ukjent": "",
    "": "",
    "constructor": "",
}


def kinds_in(name: str) -> set[str]:
    """Say what kinds the words of a name are: runs of words that are one, without their parts."""
    words = [found.span() for found in re.finditer(r"[^\W_]+", name)]
    runs = [(i, j) for i in range(len(words)) for j in range(i, len(words))]
    kinds = {(i, j): code_of("kind", name[words[i][0] : words[j][1]]) for i, j in runs}
    said = {run for run, kind in kinds.items() if kind not in {None, "unknown"}}
    whole = [
        kinds[i, j]
        for i, j in said
        if not any(a <= i and j <= b and (a, b) != (i, j) for a, b in said)
    ]
    found = {kind for kind in whole if kind}
    return found - {"service"} if len(found) > 1 else found


@pytest.mark.parametrize("lang", LANGUAGES)
def test_kinds_are_told_by_names_as_python_reads_them(code: Any, lang: str) -> None:
    call = "({typeahead}, names) => names.map((name) => typeahead.kindsIn(name))"
    said = code(ak.ActorMap(), call, lang=lang, more=list(NAMED))
    for (name, meant), found in zip(NAMED.items(), said, strict=True):
        assert set(found) == set(meant.split()) == kinds_in(name), name


def test_every_form_of_every_word_for_a_kind_is_read_as_python_reads_it(code: Any) -> None:
    endings = ["", *{ending for all_ in INFLECTIONS.values() for ending in all_}]
    words = [word for kind in ALL_KINDS for word in words_of("kind", kind)]
    forms = [word + ending for word in words for ending in endings]
    forms += [word[:-1] + ending for word in words for ending in endings]
    forms += [f" {word.upper()}. " for word in words]
    call = "({typeahead}, words) => words.map((word) => typeahead.kindNamed(word) ?? null)"
    said = code(ak.ActorMap(), call, more=forms)
    known = [code_of("kind", form) for form in forms]
    assert said == known
    assert len([one for one in known if one]) > 5000


@given(kart=actor_maps())
@settings(max_examples=60, **SETTINGS)
def test_what_it_writes_is_read_as_the_same_map(
    code: Any, kart: ak.ActorMap, tmp_path: Path
) -> None:
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
@settings(max_examples=60, **SETTINGS)
def test_who_is_removed_goes_with_all_that_points_to_them(code: Any, kart: ak.ActorMap) -> None:
    gone = kart.actors[0].id
    call = "({model, data}, gone) => model.withoutActors(data.map, new Set([gone]))"
    left = code(kart, call, more=gone)
    assert left == json.loads(json.dumps(data_of(kart.without_actor(gone))["map"]))
