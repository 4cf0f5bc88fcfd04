"""A generated learning network: five networks, 61 municipalities, none of them real.

What varies from one to the next is drawn by chance, the same every time: who is there, who works
with whom, and who is missing. Nothing is to be learnt of real municipalities from it.
"""

from __future__ import annotations

import random
from itertools import combinations
from typing import TYPE_CHECKING

from aktorkart.errors import one_of
from aktorkart.model import Actor, ActorMap, Tie

if TYPE_CHECKING:
    from collections.abc import Iterable

YEARS = ("2025", "2026")
"""The years that there are maps of."""

_NETWORKS = ("Nord", "Midt", "Vest", "Øst 1", "Øst 2")
_SIZES = (13, 12, 12, 12, 12)

_TREES = (
    *("Alme", "Bjørke", "Einer", "Furu", "Granne", "Hassel", "Linde"),
    *("Older", "Ospe", "Rogne", "Selje", "Vier", "Villmorell"),
)
_PLACES = ("fjord", "sund", "moen", "dalen", "øya")

_ACTORS = (
    ("fastlegene", "Fastlegene", "gp", 1.0),
    ("team", "Psykisk helse- og rusteamet", "mental_health_team", 1.0),
    ("nav", "NAV", "nav", 1.0),
    ("dps", "DPS", "dps", 1.0),
    ("koordinator", "Koordinatoren", "coordinator", 0.75),
    ("hjemmetjenesten", "Hjemmetjenesten", "home_care", 0.9),
    ("legevakten", "Legevakten", "out_of_hours", 0.85),
    ("bolig", "Boligtjenesten", "housing", 0.8),
    ("rusbehandling", "Rusbehandlingen", "addiction_treatment", 0.85),
    ("akutt", "Akuttavdelingen", "hospital", 0.7),
    ("barnevernet", "Barnevernet", "child_welfare", 0.5),
    ("politiet", "Politiet", "police", 0.5),
    ("arbeidsgivere", "Lokale arbeidsgivere", "employer", 0.6),
    ("erfaringskonsulent", "Erfaringskonsulenten", "peer", 0.55),
    ("parorende", "De pårørende", "next_of_kin", 0.8),
    ("brukerorganisasjonen", "Brukerorganisasjonen", "user_organisation", 0.75),
    ("ledelsen", "Kommuneledelsen", "authority", 0.9),
    ("ansvarsgruppen", "Ansvarsgruppen", "arena", 0.9),
    ("samarbeidsutvalget", "Samarbeidsutvalget", "arena", 0.7),
)
"""Id, name, kind, and how often it is there."""

_ORGANISATIONS = {
    "team": "Kommunen",
    "koordinator": "Kommunen",
    "hjemmetjenesten": "Kommunen",
    "bolig": "Kommunen",
    "ledelsen": "Kommunen",
    "dps": "Helseforetaket",
    "akutt": "Helseforetaket",
    "rusbehandling": "Helseforetaket",
    "nav": "NAV",
}

_MEMBERS = {
    "ansvarsgruppen": ("team", "koordinator", "fastlegene", "nav", "dps", "erfaringskonsulent"),
    "samarbeidsutvalget": ("ledelsen", "dps", "team", "brukerorganisasjonen"),
}
_REFERRALS = (
    *(("fastlegene", "dps"), ("fastlegene", "rusbehandling"), ("legevakten", "akutt")),
    *(("team", "nav"), ("nav", "bolig"), ("team", "bolig"), ("nav", "arbeidsgivere")),
)
_WISHED = (("nav", "arbeidsgivere"), ("dps", "nav"), ("team", "legevakten"), ("dps", "bolig"))
_COLLABORATING, _STRAINED = 0.6, 0.08
_HELPING = frozenset(id_ for id_, _, kind, _ in _ACTORS if kind not in {"arena", "authority"})


def municipalities(*, year: str = YEARS[-1]) -> dict[str, ActorMap]:
    """Return the maps of a learning network that is made up: 61 municipalities in five networks.

    Parameters
    ----------
    year : {"2025", "2026"}
        The year that the maps are dated in; some of the ties of 2026 were not there in 2025.

    Returns
    -------
    dict of str to ActorMap
        By network and municipality, as ``Nord/Almefjord``. Every map says that it is generated.

    Raises
    ------
    UnknownName
        If there are no maps of that year.

    Examples
    --------
    >>> maps = municipalities()
    >>> len(maps), len({name.partition("/")[0] for name in maps})
    (61, 5)
    >>> maps == municipalities()
    True
    """
    one_of(year, YEARS, option="year")
    names = [f"{tree}{place}" for place in _PLACES for tree in _TREES]
    networks = [
        network for network, size in zip(_NETWORKS, _SIZES, strict=True) for _ in range(size)
    ]
    return {
        f"{network}/{name}": _municipality(name, year)
        for network, name in zip(networks, names, strict=False)
    }


def _municipality(name: str, year: str) -> ActorMap:
    """Draw a municipality; each year draws the same, and then leaves out what is not there yet."""
    chance = random.Random(name)  # noqa: S311 - the same every time is what is wanted
    close = 0.12 + 0.3 * chance.random()
    there = {id_ for id_, *_, often in _ACTORS if chance.random() < often}
    actors = [Actor(id="brukeren", name="Brukerne", kind="user")]
    actors += [
        Actor(id=id_, name=label, kind=kind, organisation=_ORGANISATIONS.get(id_))
        for id_, label, kind, _ in _ACTORS
        if id_ in there
    ]
    new = chance.random() * 0.2
    ties = [
        tie
        for tie, kept in ((tie, chance.random() >= new) for tie in _ties(chance, there, close))
        if kept or year == YEARS[-1]
    ]
    return ActorMap(
        title=f"{name} (oppdiktet)",
        focal="team",
        date=f"{year}-03-01",
        lang="nb",
        scope="service",
        actors=actors,
        ties=ties,
        needs=("gp", "dps", "nav", "housing", "employer"),
        note="Kartet er laget av et program. Kommunen finnes ikke, og ingen har vurdert noe.",
        source="Trukket tilfeldig av aktorkart.",
    )


def _ties(chance: random.Random, there: set[str], close: float) -> Iterable[Tie]:
    """Draw who works with whom."""
    helping = sorted(there & _HELPING)
    for id_ in helping:
        if chance.random() < 0.45 + close:
            yield Tie(source="brukeren", target=id_, strength=_strength(chance))
    for one, other in combinations(helping, 2):
        if chance.random() < close * (2.0 if "team" in {one, other} else 1.0):
            yield _at_work(chance, one, other)
    for one, other in _drawn(chance, there, _REFERRALS, 0.7):
        strength = _strength(chance)
        yield Tie(source=one, target=other, kind="referral", strength=strength, mutual=False)
    seats = [(member, arena) for arena, members in _MEMBERS.items() for member in members]
    for one, other in _drawn(chance, there, seats, 0.4 + close):
        yield Tie(source=one, target=other, kind="membership", strength=_strength(chance, 2))
    for one, other in _drawn(chance, there, [("ledelsen", "dps")], 0.6):
        yield Tie(source=one, target=other, kind="agreement", strength=_strength(chance, 2))
    for one, other in _drawn(chance, there, _WISHED, 0.5):
        yield Tie(source=one, target=other, kind="coordination", needed=True)


def _drawn(
    chance: random.Random, there: set[str], pairs: Iterable[tuple[str, str]], often: float
) -> Iterable[tuple[str, str]]:
    for pair in pairs:
        if there.issuperset(pair) and chance.random() < often:
            yield pair


def _strength(chance: random.Random, least: int = 1) -> int:
    return least + int(chance.random() * (6 - least))


def _at_work(chance: random.Random, one: str, other: str) -> Tie:
    kind = "collaboration" if chance.random() < _COLLABORATING else "information"
    quality = "strained" if chance.random() < _STRAINED else None
    return Tie(source=one, target=other, kind=kind, strength=_strength(chance), quality=quality)
