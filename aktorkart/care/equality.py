"""Whether services and user meet as equals: both ways, rated alike, talking alike. METHOD 6.5."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from aktorkart.comparison.sides import (
    FAR_APART,
    existing,
    goes_one_way,
    order,
    reports,
    sorted_findings,
)
from aktorkart.comparison.views import Rating, informant_of, rating
from aktorkart.finding import Between, Finding, Who, finding, some
from aktorkart.model import expect_map
from aktorkart.network.network import Network
from aktorkart.network.whole_map import reciprocity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aktorkart.model import ActorMap, Tie


@dataclass(frozen=True, kw_only=True)
class Rated:
    """A pair of actors that have both rated the tie between them."""

    one: str
    other: str
    ratings: Rating


def rated_pairs(kart: ActorMap) -> list[Rated]:
    """Return the pairs where both sides have rated the same kind of tie, with both ratings."""
    told: dict[tuple[str, str], dict[str, list[Tie]]] = defaultdict(lambda: defaultdict(list))
    for tie in existing(kart):
        informant = informant_of(kart, tie)
        if informant is not None and informant in tie.pair:
            told[tie.pair][informant].append(tie)
    found = [
        Rated(one=one, other=other, ratings=ratings)
        for (one, other), by in told.items()
        if (ratings := rating(by.get(one, ()), by.get(other, ()), kart.strength_scale)) is not None
    ]
    return sorted(found, key=lambda pair: (-pair.ratings.steps, pair.one, pair.other))


def equality(kart: ActorMap) -> list[Finding]:
    """Say how equal the sides are: what goes both ways, who rates whom how, who talks how.

    Parameters
    ----------
    kart : ActorMap
        The map.

    Returns
    -------
    list of Finding
        Code ``equality``, each with the numbers ``reciprocity`` (0 to 1) and ``rating_gap``
        (mean difference in steps), None where unknown.

    Notes
    -----
    METHOD 6.5. Reciprocity is METHOD 7's, Σ min(w_ij, w_ji)/Σ w_ij, over the channels between
    actors that have different first lines, or no level in common; None if none of those
    channels is directed. Ratings are those of :func:`rated_pairs`, of one kind of tie.
    Different roles are not inequality: only ratings far apart are called a gap.

    Examples
    --------
    >>> from aktorkart.model import ActorMap
    >>> [found.case for found in equality(ActorMap())]
    ['unknown']
    """
    expect_map(kart)
    if not kart.ties_in_force:
        return [_equality(kart, "unknown", "unknown", {"reciprocity": None, "rating_gap": None})]
    pairs = rated_pairs(kart)
    across, share = _across(kart)
    gap = sum(pair.ratings.steps for pair in pairs) / len(pairs) if pairs else None
    values = {"reciprocity": share, "rating_gap": gap}
    if share is not None:
        told = reports(across).values()
        numbers = {**values, "n": len(told), "one_way": sum(map(goes_one_way, told))}
        case = "reciprocity" if numbers["one_way"] else "none_one_way"
        found = [_equality(kart, case, "note", numbers)]
    else:
        case = "undirected" if across else "nothing_across"
        found = [_equality(kart, case, "unknown", {**values, "n": len(reports(across))})]
    found += _ratings(kart, pairs, values)
    working = (tie for tie in existing(kart) if tie.is_channel)
    judged = [tie for tie in working if tie.communication is not None]
    if judged:
        symmetric = [tie for tie in judged if tie.communication == "two_way_symmetric"]
        n, equal = len(reports(judged)), len(reports(symmetric))
        numbers = {**values, "share": equal / n, "symmetric": equal, "n": n}
        ties = tuple(dict.fromkeys(tie.key for tie in sorted(symmetric, key=order)))
        found.append(_equality(kart, "symmetric", "note", numbers, ties=ties))
    else:
        found.append(_equality(kart, "no_communication", "unknown", values))
    return sorted_findings(found, by="steps")


def _equality(kart: ActorMap, case: str, level: str, numbers: Any, **fields: Any) -> Finding:
    return finding(kart, "equality", case, level, numbers=numbers, **fields)


def _across(kart: ActorMap) -> tuple[list[Tie], float | None]:
    """Return the channels across lines and levels, and how much of them goes both ways."""
    line = {actor.id: kart.lines(actor.id)[:1] for actor in kart.actors}
    levels = {actor.id: frozenset(kart.levels(actor.id)) for actor in kart.actors}

    def crosses(one: str, other: str) -> bool:
        if line[one] and line[other] and line[one] != line[other]:
            return True
        return bool(levels[one] and levels[other] and levels[one].isdisjoint(levels[other]))

    across = [tie for tie in kart.channels if crosses(tie.source, tie.target)]
    if all(tie.mutual for tie in across):
        return across, None
    network = Network.from_map(kart)
    strengths = network.strengths.copy()
    for arc, (tail, head) in enumerate(zip(network.tails, network.heads, strict=True)):
        if not crosses(network.ids[tail], network.ids[head]):
            strengths[arc] = 0
    return across, reciprocity(network, strengths)


def _ratings(
    kart: ActorMap, pairs: list[Rated], values: dict[str, float | None]
) -> Iterator[Finding]:
    if not pairs:
        yield _equality(kart, "no_ratings", "unknown", values)
        return
    apart = [pair for pair in pairs if pair.ratings.steps >= FAR_APART]
    for pair in apart:
        low, high = sorted(((pair.ratings.one, pair.one), (pair.ratings.other, pair.other)))
        numbers = {**values, "steps": pair.ratings.steps, "low": low[0], "high": high[0]}
        yield _equality(
            kart,
            "apart",
            "gap",
            numbers,
            actors=(pair.one, pair.other),
            ties=((pair.one, pair.other, pair.ratings.kind),),
            words={"lower": Who(low[1]), "higher": Who(high[1])},
        )
    numbers = {**values, "n": len(pairs), "apart": len(apart)}
    ties = tuple((pair.one, pair.other, pair.ratings.kind) for pair in pairs)
    case, level = ("ratings", "note") if apart else ("close", "strength")
    words = {"ties": some([Between(pair.one, pair.other, mutual=True) for pair in pairs])}
    yield _equality(kart, case, level, numbers, ties=ties, words=words)
