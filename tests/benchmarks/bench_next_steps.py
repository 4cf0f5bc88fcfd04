"""How long do next steps take? On maps of 100, 300 and 500 actors, around a service and a person.

Run it as ``python tests/benchmarks/bench_next_steps.py``. It fails if a map of 500 actors, the
largest for which a report looks for them, takes more than five seconds.
"""

# ruff: noqa: T201  benchmarks print
from __future__ import annotations

import random
import sys
import time

import aktorkart as ak

SIZES = (100, 300, 500)
MOST = 5.0
KINDS = ("gp", "nav", "dps", "home_care", "housing", "peer", "arena", "authority", "service")
WORK = ("information", "referral", "collaboration", "contact", "agreement")
ACTORS_PER_ORGANISATION = 15
MEMBERS = 4
HELPING = 0.6
STRAINED = 1 / 16


def around(n: int, *, kind: str, seed: int = 1) -> ak.ActorMap:
    """Make a map of n actors around one of a kind, which most of the others have contact with."""
    dice = random.Random(seed)  # noqa: S311 - a fair die, not a secret
    ids = [f"a{number:03}" for number in range(n - 1)]
    actors = [ak.Actor(id="focal", kind=kind)]
    actors += [
        ak.Actor(
            id=id_,
            kind=dice.choice(KINDS),
            organisation=f"o{dice.randrange(n // ACTORS_PER_ORGANISATION)}",
        )
        for id_ in ids
    ]
    ties = [ak.Tie(source="focal", target=id_) for id_ in ids if dice.random() < HELPING]
    for place, id_ in enumerate(ids[:-1], start=1):
        other = dice.choice(ids[place:])
        quality = "strained" if dice.random() < STRAINED else None
        one_way = dice.random() < 1 / 2
        work = dice.choice(WORK)
        ties.append(
            ak.Tie(source=id_, target=other, kind=work, mutual=not one_way, quality=quality)
        )
    for arena in (actor.id for actor in actors if actor.kind == "arena"):
        members = dice.sample([id_ for id_ in ids if id_ != arena], MEMBERS)
        ties += [
            ak.Tie(source=id_, target=arena, kind="membership", informant=arena) for id_ in members
        ]
    needs = ["nav", "dps", "housing", "gp", "authority"]
    return ak.ActorMap(actors=actors, ties=ties, focal="focal", needs=needs)


def main() -> int:
    """Time each map once; the first of a kind reads the catalogues."""
    slowest = 0.0
    for n in SIZES:
        for kind in ("user", "service"):
            kart = around(n, kind=kind)
            begin = time.perf_counter()
            found = ak.care.next_steps(kart)
            slowest = time.perf_counter() - begin
            tried = sum(one.numbers["equal"] for one in found)
            print(f"{n} actors around a {kind}: {slowest:5.2f} s, {tried} steps improve it")
            if slowest > MOST:
                print(f"more than {MOST} s")
                return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
