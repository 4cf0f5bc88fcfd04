"""Realistic maps of any size: municipalities tied to each other, to DPS, trusts and the state.

A municipality has 40–70 actors around a few well-connected services (health team, NAV, GPs);
every six or so share a district psychiatric centre, every three of those a hospital trust, and
a handful of national bodies is tied to trusts and municipal leaders. Average degree is about
11, strengths 1–5 with the middle most common.
"""

from __future__ import annotations

import random

from aktorkart.network.network import Channel, Network

CENTRES_PER_MUNICIPALITY = 1 / 6
TRUSTS_PER_CENTRE = 1 / 3
NATIONAL = 5
STRENGTHS = (1.0, 2.0, 2.0, 3.0, 3.0, 3.0, 4.0, 4.0, 5.0)
SMALLEST_LEFT_OVER = 20  # fewer actors than this join the municipality before
TIES_PER_ACTOR = 6


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
    return Network.from_channels(
        [actor for members in municipalities for actor in members] + regional,
        (Channel(one, other, dice.choice(STRENGTHS)) for one, other in linked),
    )


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
