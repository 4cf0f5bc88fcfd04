"""Whatever a caller gives, nothing but our own errors leaves a public function."""

from __future__ import annotations

import inspect
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import networkx as nx
import pytest
from matplotlib import pyplot as plt

import aktorkart as ak
from test_public_names import NAMES, value

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

pytestmark = pytest.mark.filterwarnings("ignore")

KART = ak.examples.user_network()
LATER = KART.with_(date="2027-01-01")

OF_HYPOTHESIS = "strategies."
"""What these are given goes to Hypothesis, which says itself what it cannot use."""

FUNCTIONS = [
    name for name in NAMES if inspect.isfunction(value(name)) and not name.startswith(OF_HYPOTHESIS)
]

GIVEN: dict[str, Any] = {
    "kart": KART,
    "before": KART,
    "after": LATER,
    "maps": {"nav": KART, "dps": LATER},
    "key": "a secret that is long enough for everyone",
    "who": KART.actors[0].id,
    "lang": "nb",
    "name": "kite",
    "ending": ".svg",
    "providers": {"a": "xy", "b": "x"},
    "contacts": [1, 2],
}
"""What is right for each parameter that must be given, by its name."""

OWN: dict[tuple[str, str], Any] = {
    ("form", "kart"): KART,
    ("read_survey", "respondent"): "Hvem er du?",
    ("read_survey", "partner"): "Hvem samarbeider du med?",
    ("from_networkx", "graph"): nx.path_graph(3),
    ("series", "maps"): [KART, LATER],
    ("figures.small_multiples", "kart"): [KART, LATER],
}
"""The same where a function means another thing by it, or can do without."""

TAKES: dict[str, tuple[type, ...]] = {
    "bool": (),
    "float": (int,),
    "int": (int,),
    "str": (str,),
    "PathLike": (str,),
    "Source": (str,),
}
"""Kinds among the wrong values that a word in an option's type takes after all."""

WRONG = {"number": 5, "word": "x", "object": object()}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("given")
    ak.write(KART, made / "kart.yaml")
    survey = "Hvem er du?,Hvem samarbeider du med?,Hvor tett?\nDPS,NAV,3\n"
    (made / "svar.csv").write_text(survey, "utf-8")
    return made


@pytest.fixture(autouse=True)
def _there(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.chdir(folder)
    yield
    plt.close("all")


def given(name: str) -> tuple[list[Any], dict[str, Any]]:
    """Return arguments that a public function takes."""
    own = {
        "path": "svar.csv" if name == "read_survey" else "kart.yaml",
        "source": "kart.yaml",
        "fig_or_ax": None,
        "table": None,
        "actors": None,
        "ties": None,
    }
    if name == "figures.save":
        own["path"] = "kart.svg"
    by_place, named = [], {}
    for parameter in inspect.signature(value(name)).parameters.values():
        key = parameter.name
        if (name, key) not in OWN and parameter.default is not parameter.empty:
            continue
        if parameter.kind is parameter.VAR_KEYWORD:
            continue
        chosen = OWN.get((name, key), GIVEN.get(key, own.get(key)))
        if key == "fig_or_ax":
            chosen = ak.figures.network(ak.examples.kite())
        if key == "table":
            chosen = ak.pseudonymise(KART, key=GIVEN["key"], consent="ignore")[1]
        if name == "from_frames":
            chosen = ak.to_frames(KART)[0 if key == "actors" else 1]
        if parameter.kind is parameter.KEYWORD_ONLY:
            named[key] = chosen
        else:
            by_place.append(chosen)
    return by_place, named


OPTIONS = [
    (name, parameter.name)
    for name in FUNCTIONS
    for parameter in inspect.signature(value(name)).parameters.values()
    if parameter.kind is not parameter.VAR_KEYWORD
]


def takes(asked: Callable[..., object], option: str, wrong: object) -> bool:
    """Tell whether an option's type has room for a value."""
    stated = str(inspect.signature(asked).parameters[option].annotation)
    if stated == "Any":
        return True
    return any(word in stated and isinstance(wrong, kinds) for word, kinds in TAKES.items())


@pytest.mark.parametrize("kind", WRONG)
@pytest.mark.parametrize(("name", "option"), OPTIONS)
def test_a_wrong_kind_of_value_is_told_in_our_words(name: str, option: str, kind: str) -> None:
    """And nothing is accepted that the option's type has no room for."""
    by_place, named = given(name)
    places = list(inspect.signature(value(name)).parameters)
    if (at := places.index(option)) < len(by_place):
        by_place[at] = WRONG[kind]
    else:
        named[option] = WRONG[kind]
    if takes(value(name), option, WRONG[kind]):
        with suppress(ak.AktorkartError):
            value(name)(*by_place, **named)
        return
    with pytest.raises(ak.AktorkartError) as told:
        value(name)(*by_place, **named)
    for lang in ("nb", "nn", "en", "sv"):
        assert told.value.text(lang)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_what_is_given_beside_it_is_right(name: str) -> None:
    """Or every refusal above would be of something else."""
    by_place, named = given(name)
    value(name)(*by_place, **named)


@pytest.mark.parametrize("wrong", WRONG.values(), ids=list(WRONG))
def test_only_actors_and_ties_are_put_on_a_map(wrong: Any) -> None:
    for put in (KART.with_actor, KART.with_tie):
        with pytest.raises(ak.WrongArgument, match="fields with values"):
            put(wrong)


MEASURES, REPORT = ak.measures(KART), ak.report(KART, parts=["summary"])
ANSWERING: list[Any] = [
    *(KART, KART.actors[0], KART.ties[0].model_copy(update={"since": "2025"}), MEASURES),
    *(MEASURES.table(), ak.findings(KART)[0], REPORT, ak.report_change(KART, LATER)),
    *(ak.linkages(KART), ak.publics(KART), ak.priorities(KART), ak.care.arenas(KART)),
    *(ak.form(KART), ak.compare(KART, LATER), ak.portfolio({"nav": KART, "dps": LATER})),
]
"""What functions return, and people ask for more."""

LIKELY: dict[str, Any] = GIVEN | {
    "date": "2025",
    "group": "line",
    "id": KART.actors[0].id,
    "issue": "bolig",
    "linkage": "enabling",
    "name": "degree",
    "path": "kart.html",
    "size": 1,
    "source": KART.ties[0].source,
    "target": KART.ties[0].target,
    "title": "Møtet",
}
NO_QUESTIONS = {"kind_name", "tie_kind_name", "finding"}
"""What has no name of its own is called as it is; a finding is made by whoever knows its codes."""

ASKED = {
    f"{type(one).__name__}.{name}({option})": (getattr(one, name), option)
    for one in ANSWERING
    for name, way in inspect.getmembers(type(one), inspect.isfunction)
    if name[0] != "_" and way.__module__.startswith("aktorkart") and name not in NO_QUESTIONS
    for option, parameter in inspect.signature(getattr(one, name)).parameters.items()
    if parameter.kind is not parameter.VAR_KEYWORD and option != "deep"
}


@pytest.mark.parametrize("kind", WRONG)
@pytest.mark.parametrize("asked", ASKED)
def test_what_is_returned_tells_wrong_kinds_in_our_words(asked: str, kind: str) -> None:
    """Of a value that fits the type, nothing is asked but that an error is ours."""
    way, option = ASKED[asked]
    given = {
        name: LIKELY[name]
        for name, parameter in inspect.signature(way).parameters.items()
        if parameter.default is parameter.empty and name in LIKELY
    }
    given[option] = WRONG[kind]
    if takes(way, option, WRONG[kind]):
        with suppress(ak.AktorkartError):
            way(**given)
        return
    with pytest.raises(ak.AktorkartError):
        way(**given)


SAYING = [
    ak.findings(KART)[0].text,
    ak.findings(KART)[0].brief,
    lambda lang: ak.measures(KART).table(lang=lang),
    ak.linkages(KART).actors_table,
    ak.toolbox.scales(ak.examples.helsedialog()).table,
    ak.toolbox.goals(ak.examples.municipal_service()).means_table,
    ak.WrongArgument(ak.errors.Problem(code="no_alt_text")).text,
]


@pytest.mark.parametrize("lang", ["no", 5])
@pytest.mark.parametrize("say", SAYING, ids=lambda say: say.__qualname__)
def test_whoever_says_something_knows_their_languages(say: Any, lang: Any) -> None:
    with pytest.raises(ak.UnknownName, match="lang cannot be"):
        say(lang)
