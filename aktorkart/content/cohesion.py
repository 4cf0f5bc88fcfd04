"""Whether contact stays within the lines of service or crosses them."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from aktorkart.finding import Coded, Finding, finding
from aktorkart.model.vocabulary import LINES
from aktorkart.network.groups import group_of
from aktorkart.network.shuffles import CLEAR

if TYPE_CHECKING:
    from aktorkart.model import ActorMap
    from aktorkart.network.measures import Measures


def cohesion(kart: ActorMap, measures: Measures) -> list[Finding]:
    """Say whether contact stays within the lines or crosses them."""
    if not kart.channels:
        return []
    sizes = Counter(line for actor in kart.actors if (line := group_of(kart, actor.id, "line")))
    if not sizes:
        return [finding(kart, "cohesion", "unknown", "unknown")]
    if len(sizes) == 1:
        words = {"group": Coded(f"line_in_text.{next(iter(sizes))}")}
        return [finding(kart, "cohesion", "one_group", "unknown", words=words)]
    found: list[Finding] = []
    index, by_chance = measures.ei_index(by="line"), measures.expected_ei_index(by="line")
    if index is not None and by_chance is not None:
        between, expected = (1 + index) / 2, (1 + by_chance) / 2
        p = measures.ei_permutation(by="line")
        case = "untested" if p is None else "as_expected"
        if p is not None and p <= CLEAR:
            case = "outward" if between > expected else "inward"
        pairs = {frozenset(tie.ends) for tie in kart.channels}
        n = sum(all(group_of(kart, id_, "line") for id_ in pair) for pair in pairs)
        numbers = {"between": between, "expected": expected, "n": n, "p": p}
        found.append(finding(kart, "cohesion", case, "note", numbers=numbers))
    linked = {
        frozenset((group_of(kart, tie.source, "line"), group_of(kart, tie.target, "line")))
        for tie in kart.channels
    }
    # A line with a single actor has few to know: silence there says nothing about the line.
    several = sorted((line for line, size in sizes.items() if size > 1), key=LINES.index)
    apart = [
        (one, other)
        for place, one in enumerate(several)
        for other in several[place + 1 :]
        # Somebody whose line nobody knows may be of either.
        if linked.isdisjoint(map(frozenset, ((one, other), (one, None), (other, None), (None,))))
    ]
    found += [
        finding(
            kart,
            "cohesion",
            "unlinked",
            "gap",
            numbers={"n": sizes[one] + sizes[other]},
            words={"pairs": (Coded(f"line_in_text.{one}"), Coded(f"line_in_text.{other}"))},
        )
        for one, other in apart
    ]
    return found
