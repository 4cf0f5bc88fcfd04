"""Realistic maps of any size: municipalities tied to each other, to DPS, trusts and the state.

A municipality has 40–70 actors around a few well-connected services (health team, NAV, GPs);
every six or so share a district psychiatric centre, every three of those a hospital trust, and
a handful of national bodies is tied to trusts and municipal leaders. Average degree is about
11, strengths 1–5 with the middle most common.
"""

from __future__ import annotations

import random

from aktorkart.model import Actor, ActorMap, Tie
from aktorkart.network.network import Channel, Network

CENTRES_PER_MUNICIPALITY = 1 / 6
TRUSTS_PER_CENTRE = 1 / 3
NATIONAL = 5
STRENGTHS = (1.0, 2.0, 2.0, 3.0, 3.0, 3.0, 4.0, 4.0, 5.0)
SMALLEST_LEFT_OVER = 20  # fewer actors than this join the municipality before
TIES_PER_ACTOR = 6
_HALF = 0.5


def realistic(n: int, *, seed: int = 1) -> Network:
    """Make a map of n actors, all ties mutual.

    Parameters
    ----------
    n : int
        Number of actors, at least 40.
    seed : int
        Another seed is another map.

    Returns
    -------
    Network
        The same for the same arguments.
    """
    ids, ties = _drawn(n, seed)
    return Network.from_channels(ids, (Channel(*tie) for tie in ties))


_SERVICES = (
    *("mental_health_team", "nav", "gp", "coordinator", "home_care", "housing", "user"),
    *("next_of_kin", "peer", "user_organisation", "arena", "employer", "police", "community"),
)
_REGIONAL = {"dps": "dps", "trust": "hospital", "national": "authority"}
_KINDS = (
    *("collaboration", "information", "collaboration", "referral", "contact", "coordination"),
    *("agreement", "funding", "conflict"),
)
_STRAINED, _MISSING, _UNJUDGED = 0.05, 0.03, 0.1


def judged(n: int, *, seed: int = 1) -> ActorMap:
    """Make a realistic map of n actors as people fill it in: kinds, judgements, what is lacking.

    Parameters
    ----------
    n : int
        Number of actors, at least 40.
    seed : int
        Another seed is another map.

    Returns
    -------
    ActorMap
        The same for the same arguments.
    """
    (ids, drawn), dice = _drawn(n, seed), random.Random(seed)  # noqa: S311
    actors = [_actor(id_, dice) for id_ in ids]
    arenas = {actor.id for actor in actors if actor.kind == "arena"}
    return ActorMap(
        title="Et kart til å måle med",
        date="2026-03-01",
        focal=ids[0],
        actors=actors,
        ties=[_tie(*tie, arenas, dice) for tie in drawn],
        needs=("gp", "nav", "housing"),
    )


def _actor(id_: str, dice: random.Random) -> Actor:
    place, _, number = id_.partition("-")
    kind = _REGIONAL.get(place) or _SERVICES[int(number) % len(_SERVICES)]
    rated = dice.random() < _HALF
    return Actor(
        id=id_,
        name=f"{kind.replace('_', ' ').capitalize()} {place} {number}",
        kind=kind,
        organisation=None if dice.random() < _HALF else place,
        power=dice.randint(1, 5) if rated else None,
        interest=dice.randint(1, 5) if rated else None,
    )


def _tie(one: str, other: str, strength: float, arenas: set[str], dice: random.Random) -> Tie:
    chance = dice.random()
    kind = "membership" if {one, other} & arenas else dice.choice(_KINDS)
    return Tie(
        source=one,
        target=other,
        kind=kind,
        strength=None if chance < _UNJUDGED else strength,
        mutual=kind not in {"referral", "funding"},
        quality="strained" if dice.random() < _STRAINED else None,
        needed=dice.random() < _MISSING,
    )


def _drawn(n: int, seed: int) -> tuple[list[str], list[tuple[str, str, float]]]:
    """Draw who there is, and who is tied to whom how strongly."""
    dice = random.Random(seed)  # noqa: S311 - a fair die, not a secret
    municipalities = _municipalities(n, dice)
    centres = _appoint("dps", len(municipalities) * CENTRES_PER_MUNICIPALITY)
    trusts = _appoint("trust", len(centres) * TRUSTS_PER_CENTRE)
    national = _appoint("national", NATIONAL)
    regional = [*centres, *trusts, *national]
    # They take the place of the last members of municipalities.
    for number in range(len(regional)):
        municipalities[number % len(municipalities)].pop()

    pairs: list[tuple[str, str]] = [(trust, body) for trust in trusts for body in national]
    pairs += [
        (centre, trusts[int(number * TRUSTS_PER_CENTRE) % len(trusts)])
        for number, centre in enumerate(centres)
    ]
    for number, members in enumerate(municipalities):
        # A few services know nearly everyone; the rest know some.
        weights = [12.0 / (1 + place) + 1 for place in range(len(members))]
        for actor in members:
            pairs += [(actor, other) for other in dice.choices(members, weights, k=TIES_PER_ACTOR)]
        own_centre = centres[int(number * CENTRES_PER_MUNICIPALITY) % len(centres)]
        pairs += [(actor, own_centre) for actor in members[: len(members) // 4]]
        pairs += [(members[0], dice.choice(trusts)), (members[0], dice.choice(national))]
        pairs.append((members[1], dice.choice(municipalities)[1]))
    linked = sorted({(min(pair), max(pair)) for pair in pairs if pair[0] != pair[1]})
    ids = [actor for members in municipalities for actor in members] + regional
    return ids, [(one, other, dice.choice(STRENGTHS)) for one, other in linked]


def _municipalities(n: int, dice: random.Random) -> list[list[str]]:
    found: list[list[str]] = []
    while n > 0:
        size = dice.randint(40, 70)
        size = n if n - size < SMALLEST_LEFT_OVER else size
        found.append([f"m{len(found):04}-{actor:02}" for actor in range(size)])
        n -= size
    return found


def _appoint(name: str, count: float) -> list[str]:
    return [f"{name}-{number}" for number in range(max(1, round(count)))]
