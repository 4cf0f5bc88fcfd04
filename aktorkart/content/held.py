"""How firm a report's statements are, by what there is time to ask of them (METHOD 8)."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from aktorkart.content.centrality import MOST_SEARCHED
from aktorkart.content.firmness import one_tie, strength_steps, told
from aktorkart.content.statements import ALPHAS, FirstPlace, Places, present_of, ranked_of
from aktorkart.network.overturned_by import MOST_VARIANTS
from aktorkart.network.scores import DRAWS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from aktorkart.content.firmness import Change
    from aktorkart.content.statements import Ranked
    from aktorkart.finding import Finding
    from aktorkart.model import ActorMap
    from aktorkart.network.measures import Measures
    from aktorkart.network.overturned_by import Step

ASKED = ("steps", "informants", "alpha")
"""The kinds of variants that a report draws, and only to see who stands first."""

SELDOM = 1 / 20
"""A statement that falls in no more of the draws than this is told without a word about it."""


@dataclass(frozen=True)
class Firm:
    """A statement, how often it held, and what was found to overturn it."""

    statement: Finding
    searched: bool

    def held(self, family: str) -> tuple[int, int] | None:
        """Return in how many variants of a kind it held, and of how many; None where none."""
        numbers = self.statement.numbers
        variants = numbers["variants"].get(family)
        return None if variants is None else (numbers["held"][family], variants)

    @property
    def changed(self) -> Finding | None:
        """The change that was found, in a few words."""
        if self.statement.numbers["overturned_by"] is None:
            return None
        said = self.statement.more[-1]
        return replace(said, case=f"changes.{said.case}")

    def phrase(self, *, always: bool = False) -> Finding | None:
        """Return what is said of it in passing: how often it held, or the tie that decides."""
        by_case = {one.case: one for one in self.statement.more}
        if steps := self.held("steps"):
            held, variants = steps
            return by_case["steps"] if always or variants - held > SELDOM * variants else None
        return by_case.get("one_less") or by_case.get("one_more")


@dataclass(frozen=True)
class Held:
    """The statements of a report that depend on judgements, and how firm each is."""

    rows: Sequence[Firm] = ()
    phrases: Mapping[tuple[str, str], Finding] = field(default_factory=dict)
    """What is said in passing, by code and case of the finding that it belongs to."""

    def beside(self, findings: Iterable[Finding]) -> list[Finding]:
        """Return findings, with what is to be said of how firm they are right after each."""
        found = []
        for one in findings:
            phrase = self.phrases.get((one.code, one.case))
            found.append(one if phrase is None else replace(one, more=(phrase, *one.more)))
        return found


def held(kart: ActorMap, apart: Measures, steps: Sequence[Step] | None) -> Held:
    """Ask how firm the statements are, as far as a report has time (METHOD 8).

    ``apart`` are the measures without the one whom the map was gathered around, and ``steps``
    what was found to overturn its first place. Nothing is drawn where a ranking draws nothing.
    """
    small = len(kart.actors) <= MOST_SEARCHED
    rows: list[Firm] = []
    phrases: dict[tuple[str, str], Finding | None] = {}
    if len(apart.drawn("betweenness")):
        first = Places(kart, kart.middle, apart)
        user = kart.user
        beside = None if user is None else first if user == kart.middle else Places(kart, user)
        for ranked in ranked_of(kart, first, beside):
            is_first = isinstance(ranked, FirstPlace) and ranked.places is first
            change = strength_steps(first, steps) if is_first and steps else None
            firm = _placed(kart, ranked, change, small=small, searched=is_first and small)
            rows.append(firm)
            if not is_first:
                always = isinstance(ranked, FirstPlace)
                case = "broker" if always else firm.statement.case
                phrases["coordinator", case] = firm.phrase(always=always)
    left = MOST_VARIANTS
    for analysis in present_of(kart) if small else ():
        changes, tried = one_tie(kart, analysis, most=left)
        for one in analysis.statements:
            change = changes.get(one.key)
            rows.append(Firm(told(kart, one, {}, change), searched=left > 0))
        left -= tried
    for firm in rows:
        if firm.statement.case == "tellings":
            phrases |= dict.fromkeys((("tellings", "once"), ("tellings", "count")), firm.phrase())
    said = {key: phrase for key, phrase in phrases.items() if phrase is not None}
    return Held(rows=tuple(rows), phrases=said)


def _placed(
    kart: ActorMap, ranked: Ranked, change: Change | None, *, small: bool, searched: bool
) -> Firm:
    """Draw who stands first, at most so many variants in all."""
    informants = {tie.informant for tie in kart.channels} - {None}
    few = DRAWS + len(ALPHAS) + 2 * len(informants) <= MOST_VARIANTS
    families = ASKED if small and few else ASKED[:1]
    counts = {}
    for family, drawn in ranked.places.strengths(families=families):
        holds = ranked.hold(drawn)
        counts[family] = int(holds.sum()), len(holds)
    (one,) = ranked.statements
    return Firm(told(kart, one, counts, change), searched=searched)
