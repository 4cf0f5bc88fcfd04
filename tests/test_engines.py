"""Layout and names together, measured on what is drawn: overlaps and drift.

The examples are measured in all four languages in ``test_figures``; here are generated maps with
names of real length, and names that are hard to place. ``tests/benchmarks/bench_labels.py``
measures the full sample of 200 maps, and time.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from aktorkart.figures import network, sheet
from aktorkart.model import Actor, ActorMap, Tie
from slowly import but_one_slow
from test_figures import by_gid, drawn, faults
from test_layout import town

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes

# As they stand on maps of municipalities and health trusts: 3 to 60 characters.
NAMES = (
    "Fastlegen",
    "NAV",
    "Distriktspsykiatrisk senter",
    "Psykisk helse- og rusteam",
    "Koordinerende enhet",
    "Avdeling for rus- og avhengighetsbehandling",
    "Statsforvalteren i Vestland",
    "Mor",
    "Kriminalomsorgen",
    "Flyktningtjenesten",
    "Brukerrepresentant",
    "Ambulant akutteam",
    "Barne- og ungdomspsykiatrisk poliklinikk",
    "Kommunedirektøren",
    "Kommuneoverlegen",
    "Legevakten",
    "Helsestasjon og skolehelsetjeneste",
    "Pedagogisk-psykologisk tjeneste",
    "Barnevernstjenesten",
    "Hjemmetjenesten",
    "Ergo- og fysioterapitjenesten",
    "Boligkontoret",
    "Arbeidsgiver",
    "Politiet",
    "Pårørendesenteret",
    "Mental Helse",
    "Kirkens Bymisjon",
    "Frelsesarmeen",
    "Fontenehuset",
    "FACT-teamet",
    "Regionalt kompetansesenter for rusmiddelforskning",
    "Helsedirektoratet",
    "KS",
    "Fylkeskommunen",
    "Videregående skole",
    "Voksenopplæringen",
    "Universitetet",
    "Tannhelsetjenesten",
    "Apoteket",
    "Ideell rusinstitusjon",
    "Rask psykisk helsehjelp",
    "Lavterskeltilbud for unge",
    "Tildelingskontoret",
    "Sykehuset i fylket, klinikk for psykisk helsevern",
    "Samhandlingsavdelingen",
    "Helsefellesskapet",
    "Nabo",
    "Treningssenteret",
    "Menigheten",
    "Kulturskolen",
    "Frisklivssentralen",
    "Krisesenteret",
    "Oppfølgingstjenesten",
    "Namsmannen",
    "Gjeldsrådgiveren",
    "Utlendingsdirektoratet",
    "Integreringsmottaket for enslige mindreårige",
    "Hørselshemmedes landsforbund",
    "Erfaringskonsulent",
    "Regionalt senter for barn og unges psykiske helse",
)
PARTS = ("", " nord", " sør", " i nabokommunen")


def municipality(count: int, seed: int, *, names: Sequence[str] = NAMES) -> ActorMap:
    """Make a map of a town's services, with a few hubs and names as they are there.

    Parameters
    ----------
    count : int
        How many actors, up to 240.
    seed : int
        Another seed is another map.
    names : sequence of str
        What they are called; a second round adds a part of the town.

    Returns
    -------
    ActorMap
        The same for the same arguments.
    """
    order = np.random.default_rng(seed).permutation(len(names)).tolist()
    kinds = ("gp", "nav", "dps", "hospital", "user_organisation", "employer", "unknown", "school")
    return ActorMap(
        title="Aktørkart",
        actors=tuple(
            Actor(
                id=f"a{place:03d}",
                name=names[order[place % len(names)]] + PARTS[place // len(names) % len(PARTS)],
                kind=kinds[place % len(kinds)],
            )
            for place in range(count)
        ),
        ties=tuple(
            Tie(source=f"a{first:03d}", target=f"a{second:03d}", strength=float(strength))
            for first, second, strength in town(count, seed)
        ),
    )


def centres(axes: Axes) -> dict[str, Any]:
    """Return where actors were drawn, as shares of the figure's width."""
    figure: Any = axes.figure
    found = {}
    for gid, artist in by_gid(axes).items():
        if gid.startswith("actor:"):
            box = artist.get_path().get_extents(artist.get_transform())
            found[gid] = np.array([box.x0 + box.x1, box.y0 + box.y1]) / 2 / figure.bbox.width
    return found


def lined_up(count: int, way: tuple[float, float]) -> ActorMap:
    """Make a chain of actors on one straight line, with names of real length."""
    ids = [f"a{place:03d}" for place in range(count)]
    return ActorMap(
        actors=tuple(Actor(id=id_, name=NAMES[place]) for place, id_ in enumerate(ids)),
        ties=tuple(Tie(source=one, target=other) for one, other in pairwise(ids)),
        positions={
            id_: (20 + way[0] * place, 15 + way[1] * place) for place, id_ in enumerate(ids)
        },
    )


# --- overlaps


@pytest.mark.parametrize(
    ("count", "seed"), but_one_slow([(38, 3), (10, 1), (24, 2), (59, 9), (80, 23)], spread=True)
)
def test_up_to_eighty_names_cover_nothing(count: int, seed: int) -> None:
    """ISSUE 4: no label-label and no label-node overlap up to 80 actors at A4 landscape."""
    axes = drawn(network(municipality(count, seed), ax=sheet()))
    assert faults(axes) == []
    names = [text for text in axes.texts if str(text.get_gid()).startswith("label:")]
    assert len(names) == count
    assert all(float(text.get_fontsize()) >= 5 for text in names)


@pytest.mark.parametrize(
    "way",
    [(9.0, 0.0), (0.0, 6.2), (8.5, 5.5), (8.5, 0.1)],
    ids=["level", "upright", "aslant", "nearly"],
)
def test_names_on_one_line_find_places_beside_it(way: tuple[float, float]) -> None:
    assert faults(drawn(network(lined_up(30, way), ax=sheet()))) == []


HARD = {
    "identical": ["Fastlegen"] * 40,
    "identical and long": ["Regionalt kompetansesenter for rusmiddelforskning"] * 30,
    "long words": [
        "Menneskerettighetsorganisasjonssekretariatet",
        "Spesialisthelsetjenestesamhandlingskoordinator",
        "Rehabiliteringsinstitusjonsavdelingsledelsen",
        "Opptrappingsplanoppfølgingsarbeidsgruppemedlem",
    ]
    * 8,
    "one character": list("ABCDEFGHIJKLMNOPQRSTUVWXYZÆØÅ1"),
    "right to left": ["מרכז בריאות הנפש", "طبيب الأسرة", "خدمات الصحة النفسية", "משפחה"] * 8,
    "emoji": ["Kafé \N{HOT BEVERAGE} for alle", "\N{GRINNING FACE}", "\N{HEAVY BLACK HEART} Mor"]
    * 10,
    "signs": ["50 % $stilling$ \\alpha", "a_b^c", "{x}", "<b>NAV</b>", "#7 & co", "–"] * 5,
    "white space": ["to\nlinjer", "  NAV  ", "mye\N{NO-BREAK SPACE}luft", "a\tb"] * 5,
}


@pytest.mark.parametrize("names", but_one_slow(HARD.values()), ids=HARD)
def test_hard_names_cover_nothing(names: list[str]) -> None:
    """ISSUE 4: identical and long-word names, emoji, right-to-left, one-character labels."""
    kart = municipality(len(names), 7, names=names)
    axes = drawn(network(kart, ax=sheet()))
    assert faults(axes) == []
    assert len([gid for gid in by_gid(axes) if gid.startswith("label:")]) == len(names)


def test_fewer_ties_run_under_names_than_where_names_stand_beneath_their_actors() -> None:
    under, beneath = 0, 0
    for seed in range(3):
        axes = drawn(network(municipality(30, seed), ax=sheet()))
        found = by_gid(axes)
        renderer = axes.figure.canvas.get_renderer()  # type: ignore[attr-defined]
        lines = [
            artist.get_path().transformed(artist.get_transform())
            for gid, artist in found.items()
            if gid.startswith("tie:")
        ]
        for gid, text in found.items():
            if not gid.startswith("label:"):
                continue
            box = text.get_window_extent(renderer)
            under += sum(line.intersects_bbox(box, filled=False) for line in lines)
            node = found[gid.replace("label:", "actor:", 1)]
            rim = node.get_path().get_extents(node.get_transform())
            plain = box.translated((rim.x0 + rim.x1 - box.x0 - box.x1) / 2, rim.y0 - 2 - box.y1)
            beneath += sum(line.intersects_bbox(plain, filled=False) for line in lines)
    assert under < beneath / 2


# --- stability


@pytest.mark.parametrize("seed", but_one_slow(range(3)))
def test_three_newcomers_move_nobody(seed: int) -> None:
    """ISSUE 4: mean drift below 1 % of the width after adding 3 of 40 actors."""
    old = municipality(40, seed)
    new = old
    for newcomer, other in (("x", "a000"), ("y", "a013"), ("z", "a020")):
        new = new.with_actor(Actor(id=newcomer, name="Nytt lavterskeltilbud"))
        new = new.with_tie(Tie(source=newcomer, target=other, strength=3))
    before = centres(drawn(network(old, ax=sheet())))
    axes = drawn(network(new, ax=sheet(), like=old))
    after = centres(axes)
    assert len(after) == 43
    drift = [float(np.hypot(*(after[gid] - place))) for gid, place in before.items()]
    assert sum(drift) / len(drift) < 0.01
    assert faults(axes) == []
