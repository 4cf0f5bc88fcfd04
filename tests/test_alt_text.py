"""What figures say to those who cannot see them: the finding, inside every file."""

from __future__ import annotations

import re
from collections import Counter
from importlib import import_module
from itertools import product
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import fromstring

import networkx as nx
import pytest

from aktorkart import care, grunig
from aktorkart.comparison import informants
from aktorkart.figures import alt_text, arenas, sheet, svg_text
from aktorkart.i18n import LANGUAGES
from aktorkart.model import Actor, ActorMap, Tie
from aktorkart.privacy import shown
from drawn import NAMES, draw, drawn, example, said, stage

if TYPE_CHECKING:
    from collections.abc import Callable

    from aktorkart.finding import Finding

FIGURES = (
    "arenas",
    "disagreement",
    "drop_out",
    "ego",
    "goals",
    "influence",
    "levels",
    "linkages",
    "matrix",
    "missing",
    "network",
    "pathway",
    "priorities",
    "publics",
    "ranking",
    "salience",
    "stages",
    "timeline",
)
SVG = "{http://www.w3.org/2000/svg}"


@pytest.mark.parametrize("prefix", ["", "kart-"])
@pytest.mark.parametrize("name", FIGURES)
def test_every_svg_carries_its_title_and_its_words(name: str, prefix: str) -> None:
    """ISSUE 4: role, title and desc, and the element says that they are its name."""
    axes = draw(name, example("user_network"))
    found = fromstring(svg_text(axes, prefix=prefix))  # noqa: S314 - our own figure
    assert found.get("role") == "img"
    ids = {str(one.get("id")): one for one in found.iter() if one.get("id")}
    named = [ids[id_] for id_ in str(found.get("aria-labelledby")).split()]
    assert [one.tag for one in named] == [f"{SVG}title", f"{SVG}desc"]
    assert named == [one for one in found if one.tag in {f"{SVG}title", f"{SVG}desc"}]
    assert [one.text for one in named] == [stage(axes).title, stage(axes).alt]


@pytest.mark.parametrize(
    "name", ["arenas", "influence", "linkages", "matrix", "publics", "salience"]
)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_words_are_about_the_map_and_not_about_the_drawing(lang: str, name: str) -> None:
    for example_name in NAMES:
        said = stage(draw(name, example(example_name), lang=lang)).alt.lower()
        assert said.endswith(".")
        for word in ("figure", "figur", "circle", "sirkel", "cirkel", "{", "square", "diagram"):
            assert word not in said


def bridge(**fields: Any) -> ActorMap:
    """Return two circles that only nav joins."""
    ends = [("a", "b"), ("b", "c"), ("c", "a"), ("d", "e")]
    bridged = "abde"
    return ActorMap(
        actors=[*(Actor(id=id_) for id_ in "abcde"), Actor(id="nav", **fields)],
        ties=[
            *(Tie(source=one, target=other) for one, other in ends),
            *(Tie(source="nav", target=other) for other in bridged),
            Tie(source="b", target="d", quality="strained"),
            Tie(source="c", target="e", needed=True),
        ],
    )


def test_the_map_says_who_is_cut_off_and_which_ties_do_not_work() -> None:
    said = alt_text(bridge(), lang="en")
    assert "Without nav, 2 actors lose touch with the rest." in said
    assert "Strained: b – d." in said
    assert "Needed, but missing: c – e." in said


def test_a_user_does_not_leave_its_own_map() -> None:
    """METHOD 6.4: around a person the user is not one who may leave."""
    said = alt_text(bridge(kind="user"), lang="en")
    assert "Most central between others: nav" in said
    assert "Without nav" not in said


def test_many_ties_that_do_not_work_are_counted() -> None:
    kart = bridge()
    for one, other in product("ab", "de"):
        kart = kart.with_tie(source=one, target=other, kind="referral", needed=True)
    kart = kart.with_tie(source="c", target="d", needed=True)
    assert "6 ties are needed but missing." in alt_text(kart, lang="en")


def test_arenas_name_all_who_sit_in_most_and_where_no_user_is_heard() -> None:
    members = {"gp": "gp", "dps": "dps", "peer": "peer"}
    kart = ActorMap(
        actors=[
            *(Actor(id=id_, kind=kind) for id_, kind in members.items()),
            *(Actor(id=id_, kind="arena") for id_ in ("one", "two")),
        ],
        ties=[
            Tie(source=id_, target=arena, kind="membership")
            for arena, seated in (("one", ["gp", "dps", "peer"]), ("two", ["gp", "dps"]))
            for id_ in seated
        ],
    )
    said = stage(arenas(kart, ax=sheet(), lang="en")).alt
    assert "In most arenas: dps and gp, 2 each." in said
    assert "Neither user, next of kin, peer nor user organisation: two." in said
    everywhere = kart.with_tie(source="peer", target="two", kind="membership")
    said = stage(arenas(everywhere, ax=sheet(), lang="en")).alt
    assert "A peer or a user organisation takes part wherever the members are known." in said


@pytest.mark.parametrize("example_name", ["municipal_service", "user_network"])
@pytest.mark.parametrize("name", FIGURES)
def test_every_figure_says_how_many_when_and_where_from(name: str, example_name: str) -> None:
    kart = example(example_name).model_copy(update={"source": "Verksted"})
    words = said(drawn(draw(name, kart, lang="en", names=True)))
    # Where a line ends there is no dot.
    dot = "( ·)? "
    about = ("strained", "broken", "conflicts?", "needed but missing", "not in force on the date")
    beside = "".join(rf"(\d+ {one}{dot})?" for one in about)
    held = rf"\d+ actors{dot}\d+ ties{dot}"
    assert re.search(rf"{held}{beside}1 March 2026{dot}Source: Verksted", words)


def cut_off(kart: ActorMap) -> str:
    """Return who leaves most behind of the most central, and how many, by networkx."""
    graph = nx.Graph([tie.pair for tie in kart.channels])
    label = re.escape(kart["psykisk_helse_rus"].label)
    whole = nx.number_of_nodes(graph) - 1
    graph.remove_node("psykisk_helse_rus")
    lost = whole - max(map(len, nx.connected_components(graph)))
    return rf"Without {label}, {lost} actors? los" if lost else label


def possible(kart: ActorMap) -> str:
    arcs = {arc for tie in kart.channels for arc in tie.arcs}
    return f"{len(arcs)} of {len(kart.actors) * (len(kart.actors) - 1)} possible"


def not_stated(kart: ActorMap) -> str:
    around = [one for one in kart.actors if one.kind != "arena" and one.id != kart.focal]
    return f"For {sum(one.linkage is None for one in around)} of {len(around)} actors"


def seated(kart: ActorMap) -> str:
    arenas = {one.id for one in kart.actors if one.kind == "arena"}
    seats = {
        (tie.source, tie.target) if tie.target in arenas else (tie.target, tie.source)
        for tie in kart.channels
        if tie.kind == "membership" and arenas & {*tie.ends}
    }
    return f", {max(Counter(who for who, _ in seats).values())} each."


def of(analysis: Callable[[ActorMap], Any], case: str | None = None) -> Callable[[ActorMap], str]:
    """Return the first sentence of an analysis, or that of a case."""

    def sentence(kart: ActorMap) -> str:
        made = analysis(kart)
        findings = made if isinstance(made, list) else made.findings
        found: Finding = next(one for one in findings if case in {None, one.case})
        return re.escape(found.text("en"))

    return sentence


def always(words: str) -> Callable[[ActorMap], str]:
    return lambda _: words


REFERENCES: dict[str, tuple[str, Callable[[ActorMap], str]]] = {
    "arenas": ("municipal_service", seated),
    "disagreement": ("municipal_service", of(informants, "dispersion")),
    "drop_out": ("user_network", of(care.drop_out)),
    "ego": ("user_network", of(care.tellings)),
    "goals": ("user_network", of(care.coverage, "points")),
    "influence": ("municipal_service", always("Key player: .*DPS poliklinikk")),
    "levels": ("municipal_service", of(care.level_alignment)),
    "linkages": ("municipal_service", not_stated),
    "matrix": ("municipal_service", possible),
    "missing": ("user_network", of(care.next_steps)),
    "network": ("municipal_service", cut_off),
    "pathway": ("municipal_service", of(care.tellings)),
    "priorities": ("municipal_service", of(grunig.priorities)),
    "publics": ("municipal_service", of(grunig.publics)),
    "ranking": ("municipal_service", always("Psykisk helse- og rusteamet .* is number 1")),
    "salience": ("municipal_service", of(grunig.salience, "power_gap")),
    "stages": ("municipal_service", always("is rated unlike: .*, 2 stages apart")),
    "timeline": ("user_network", of(care.in_and_out)),
}
"""For each figure a sentence, or a number, from somewhere else than the figure."""


@pytest.mark.parametrize("name", FIGURES)
def test_the_words_say_what_was_found(name: str) -> None:
    """ISSUE 12: "Alternative text says the finding for every figure", not what it holds."""
    example_name, found = REFERENCES[name]
    kart = shown(example(example_name), names=None, lang="en").kart
    assert re.search(found(kart), words(name, kart, lang="en"))


def words(name: str, kart: ActorMap, **options: Any) -> str:
    if name == "network":
        return alt_text(kart, **options)
    told: str = getattr(import_module(f"aktorkart.scene.alt_text.{name}"), name)(kart, **options)
    return told


@pytest.mark.parametrize("name", ["ego", "levels", "matrix", "network"])
def test_a_map_whose_only_tie_is_a_conflict_says_so(name: str) -> None:
    tie = Tie(source="nav", target="dps", kind="conflict")
    kart = ActorMap(focal="nav", actors=[Actor(id="nav"), Actor(id="dps")], ties=[tie])
    assert "Conflict: nav – dps." in words(name, kart, lang="en")


def test_of_many_findings_the_first_are_told() -> None:
    told = words("levels", example("municipal_service"), lang="en")
    fits = [one.text("en") for one in care.level_alignment(example("municipal_service"))]
    assert [text in told for text in fits] == [True, True] + [False] * (len(fits) - 2)
    assert f"{len(fits) - 2} more." in told
