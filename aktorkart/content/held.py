"""How firm a report's statements are, by what there is time to ask of them (METHOD 8)."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from aktorkart.content.centrality import MOST_SEARCHED, is_searched
from aktorkart.content.firmness import one_tie, strength_steps, told
from aktorkart.content.statements import ALPHAS, FirstPlace, Places, Ranked, present_of, ranked_of
from aktorkart.network.overturned_by import MOST_VARIANTS
from aktorkart.network.scores import DRAWS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from aktorkart.content.firmness import Change
    from aktorkart.content.statements import Analysis, Statement
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
        held, variants = self.held("steps") or (0, 0)
        if variants and (always or variants - held > SELDOM * variants):
            return by_case["steps"]
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
    what was found to overturn its first place. Nothing is drawn where a ranking draws nothing,
    nor where an arena is no actor: variants of a map are drawn tie by tie.
    """
    if apart.arenas != "actors":
        return Held()
    small = len(kart.actors) <= MOST_SEARCHED
    first = Places(kart, kart.middle, apart)
    ranked = _ranked(kart, first) if len(apart.drawn("betweenness")) else []
    present = present_of(kart) if small else []
    changes = _tried(
        kart, [*present, *(one for one in ranked if small and not isinstance(one, FirstPlace))]
    )
    rows: list[Firm] = []
    phrases: dict[tuple[str, str], Finding] = {}
    for analysis in [*ranked, *present]:
        found = changes.get(id(analysis))
        if isinstance(analysis, FirstPlace) and analysis.places is first:
            # Several who share the place are not searched for one above them.
            found = {None: strength_steps(first, steps)} if steps else {}
            found = found if is_searched(kart, apart) else None
        counts = _counts(kart, analysis, small=small) if isinstance(analysis, Ranked) else {}
        for one in analysis.statements:
            change = None if found is None else found.get(one.key)
            firm = Firm(told(kart, one, counts, change), searched=found is not None)
            rows.append(firm)
            phrase = firm.phrase(always=isinstance(analysis, FirstPlace))
            if phrase is not None:
                phrases |= dict.fromkeys(_sentences(analysis, one, first), phrase)
    return Held(rows=tuple(rows), phrases=phrases)


def _ranked(kart: ActorMap, first: Places) -> list[Ranked]:
    """Return what is said of who stands first, on the map and without its user."""
    user = kart.user
    beside = None if user is None else first if user == kart.middle else Places(kart, user)
    return ranked_of(kart, first, beside)


def _tried(kart: ActorMap, analyses: Iterable[Analysis]) -> dict[int, dict[Any, Change]]:
    """Search for one tie more or less, in so many maps in all, and tell who was searched."""
    left = MOST_VARIANTS
    found: dict[int, dict[Any, Change]] = {}
    for analysis in analyses:
        if left:
            found[id(analysis)], tried = one_tie(kart, analysis, most=left)
            left -= tried
    return found


def _counts(kart: ActorMap, ranked: Ranked, *, small: bool) -> dict[str, tuple[int, int]]:
    """Draw who stands first, at most so many variants in all, and count where it held."""
    informants = {tie.informant for tie in kart.channels} - {None}
    few = DRAWS + len(ALPHAS) + 2 * len(informants) <= MOST_VARIANTS
    families = ASKED if small and few else ASKED[:1]
    counts = {}
    for family, drawn in ranked.places.strengths(families=families):
        holds = ranked.hold(drawn)
        counts[family] = int(holds.sum()), len(holds)
    return counts


def _sentences(analysis: Analysis, one: Statement, first: Places) -> tuple[tuple[str, str], ...]:
    """Return code and case of the findings that a phrase on a statement belongs to.

    The first place itself says how often it held. What a door leads to, whom the coordinator
    has no contact with and what is lost with somebody name the few ties that they rest on, so
    that one tie always changes them: they stand in the table only.
    """
    if isinstance(analysis, FirstPlace):
        return () if analysis.places is first else (("coordinator", "broker"),)
    if isinstance(analysis, Ranked):
        return (("coordinator", one.case),)
    return (("tellings", "once"), ("tellings", "count")) if one.case == "tellings" else ()
