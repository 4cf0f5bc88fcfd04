"""Priorities in four steps, with the reason for each actor's place, after Rawlins."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from aktorkart.errors import one_of
from aktorkart.finding import Coded, Finding, finding, named
from aktorkart.grunig.publics import PUBLICS, publics
from aktorkart.grunig.salience import ATTRIBUTES, salience
from aktorkart.grunig.wording import either, labels, public_name, stakeholders, table
from aktorkart.i18n import text
from aktorkart.model.called import titled
from aktorkart.model.vocabulary import HIGH, PERSONAL_KINDS
from aktorkart.network.groups import basis_of
from aktorkart.tables import several

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aktorkart.grunig.publics import Cell, Public
    from aktorkart.grunig.salience import ActorSalience
    from aktorkart.model import Actor, ActorMap
    from aktorkart.tables import Table

PRIORITY_GROUPS = ("advocate", "adversarial", "dormant", "apathetic")
"""Rawlins' groups, each with its own strategy, in the order of the plan."""

_GROUP = {
    (True, True): "advocate",
    (True, False): "adversarial",
    (False, True): "dormant",
    (False, False): "apathetic",
}


@dataclass(frozen=True, kw_only=True)
class Priority:
    """An actor's place in one issue, with what it rests on.

    Parameters
    ----------
    actor : str
        Its id.
    issue : str or None
        Id of the issue; None on a map without issues.
    linkages : tuple of str
        The first step.
    linkage_basis : {"actor", "own_kind", "kind"} or None
        Where they are from.
    salience : str or None
        The second step: the class by power, legitimacy and urgency.
    power_gap : bool
        Whether it has legitimacy and urgency without power.
    missing_ratings : tuple of str
        Of power, legitimacy and urgency.
    publics : tuple of str
        The third step; two where the theory leaves it open.
    active : tuple of bool
        Whether it is active: one answer, two where that is open, none where unknown.
    stance : float or None
        From −2 to 2.
    groups : tuple of str
        The fourth step, of :data:`PRIORITY_GROUPS`; two where it is open whether the actor is
        active, none where it cannot be placed.
    missing : tuple of str
        The judgements without which it cannot be placed.
    title : str or None
        What the issue is called.
    """

    actor: str
    issue: str | None
    linkages: tuple[str, ...]
    linkage_basis: str | None
    salience: str | None
    power_gap: bool
    missing_ratings: tuple[str, ...]
    publics: tuple[str, ...]
    active: tuple[bool, ...]
    stance: float | None
    groups: tuple[str, ...]
    missing: tuple[str, ...]
    title: str | None = field(repr=False)

    def reason(self, lang: str) -> str:
        """Say step by step why the actor stands where it does.

        Parameters
        ----------
        lang : {"nb", "nn", "en", "sv"}
            The language.

        Returns
        -------
        str
            A short sentence for each of the four steps.
        """
        return " ".join(
            (self._linkage(lang), self._weight(lang), self._situation(lang), self._place(lang))
        )

    def _linkage(self, lang: str) -> str:
        if not self.linkages:
            return text("grunig.why.no_linkage", lang)
        names = [text(f"linkage.{one}", lang) for one in self.linkages]
        basis = text(f"grunig.basis.{self.linkage_basis}", lang)
        return text("grunig.why.linkage", lang, linkages=names, basis=basis)

    def _weight(self, lang: str) -> str:
        if self.salience is None:
            return text("grunig.why.no_salience", lang, missing=_fields(self.missing_ratings, lang))
        if self.power_gap:
            return text("grunig.why.power_gap", lang)
        weight = text(f"grunig.salience.{self.salience}", lang)
        return text("grunig.why.salience", lang, salience=weight)

    def _situation(self, lang: str) -> str:
        if self.issue is None:
            return text("grunig.why.no_issue", lang)
        if not self.publics:
            missing = [one for one in self.missing if one != "stance"]
            if not missing:  # a mapping of the caller's that does not have this case
                return text("grunig.why.not_mapped", lang)
            return text("grunig.why.no_public", lang, missing=_fields(missing, lang))
        public = either([public_name(one, lang) for one in self.publics], lang)
        case = "open" if len(self.active) > 1 else "active" if self.active[0] else "inactive"
        return text(f"grunig.why.{case}", lang, public=public)

    def _place(self, lang: str) -> str:
        if self.stance is None:
            return text("grunig.why.no_stance", lang)
        if not self.stance:
            return text("grunig.why.neutral", lang)
        case = "supports" if self.stance > 0 else "opposes"
        stance = text(f"grunig.why.{case}", lang, stance=self.stance)
        if not self.groups:
            return f"{stance} {text('grunig.why.not_placed', lang)}"
        group = either([text(f"grunig.group.{one}", lang) for one in self.groups], lang)
        return f"{stance} {text('grunig.why.placed', lang, group=group)}"


def _strategies(groups: tuple[str, ...], lang: str) -> str | None:
    """Write the strategies, which are sentences, as alternatives."""
    sentences = [text(f"grunig.strategy.{one}", lang) for one in groups]
    return (
        f"; {text('common.or', lang)} ".join(
            one if index == 0 else one[:1].lower() + one[1:] for index, one in enumerate(sentences)
        )
        or None
    )


def _fields(names: tuple[str, ...] | list[str], lang: str) -> list[str]:
    return [text(f"grunig.field.{name}", lang) for name in names]


@dataclass(frozen=True, kw_only=True)
class Priorities:
    """The actors of a map in order of priority, issue by issue.

    Parameters
    ----------
    issues : tuple of str
        The issues asked for.
    rows : tuple of Priority
        By issue; within it those with the most attributes first, and among equals by id.
    findings : tuple of Finding
        Code ``priorities``.
    labels, titles : mapping of str to str
        What the actors and the issues are called, by id.
    """

    issues: tuple[str, ...]
    rows: tuple[Priority, ...]
    findings: tuple[Finding, ...] = field(repr=False)
    labels: Mapping[str, str] = field(repr=False, compare=False)
    titles: Mapping[str, str] = field(repr=False, compare=False)

    def of(self, issue: str) -> tuple[Priority, ...]:
        """Return the rows of one issue.

        Parameters
        ----------
        issue : str
            Its id.

        Returns
        -------
        tuple of Priority
            In order of priority.

        Raises
        ------
        UnknownName
            If it is not among :attr:`issues`.
        """
        one_of(issue, self.issues, option="issue")
        return tuple(row for row in self.rows if row.issue == issue)

    def table(self, lang: str) -> Table:
        """Return a row for each actor and issue.

        Parameters
        ----------
        lang : {"nb", "nn", "en", "sv"}
            The language.

        Returns
        -------
        Table
            Issue, actor, group, strategy and the reason.
        """
        return table(
            lang,
            (
                (
                    self.titles[row.issue] if row.issue is not None else None,
                    self.labels[row.actor],
                    several(
                        either([text(f"grunig.group.{one}", lang) for one in row.groups], lang),
                        row.groups,
                    ),
                    _strategies(row.groups, lang),
                    row.reason(lang),
                )
                for row in self.rows
            ),
            *("issue@", "actor@", "priority@", "strategy", "reason"),
        )


def priorities(
    kart: ActorMap,
    *,
    issue: str | None = None,
    mapping: Mapping[tuple[str, str, str], Cell] = PUBLICS,
    threshold: float = HIGH,
) -> Priorities:
    """Place the actors in four steps, with the reason for each one's place.

    Parameters
    ----------
    kart : ActorMap
        The map.
    issue : str, optional
        Id of the issue; all of them if left out.
    mapping : mapping
        As in :func:`~aktorkart.grunig.publics`.
    threshold : float
        As in :func:`~aktorkart.grunig.salience`.

    Returns
    -------
    Priorities
        Without arenas and the focal actor.

    Raises
    ------
    UnknownName
        If the map has no such issue.

    Notes
    -----
    Rawlins' (2006) four steps: identify by linkage, weigh by attributes, relate to the
    situation, choose a strategy. Active and supportive actors are *advocates*, active and
    not supportive ones *adversarial*, inactive and supportive ones *dormant*, inactive and
    not supportive ones *apathetic*. That aware and latent publics count as inactive is our
    choice. A stance above 0 is supportive and one below is not; a neutral stance places
    nobody, and neither does a missing judgement. Users and those close to them who have
    legitimacy and urgency but no power stand with those who have all three: what they lack
    is power, not importance. That too is our choice.

    Examples
    --------
    >>> from aktorkart.model import Actor, ActorMap, Issue
    >>> seen = {"bolig": {"problem": "high", "constraint": "low", "involvement": "high"}}
    >>> kart = ActorMap(issues=[Issue(id="bolig")],
    ...                 actors=[Actor(id="rio", stance=2, publics=seen)])
    >>> priorities(kart).rows[0].groups
    ('advocate',)
    """
    found = publics(kart, issue=issue, mapping=mapping)
    weighed = {row.actor: row for row in salience(kart, threshold=threshold).rows}
    everyone = stakeholders(kart)
    seen = {(row.issue, row.actor): row for row in found.rows}
    rows: list[Priority] = []
    for one in found.issues or (None,):
        placed = [
            _priority(kart, actor, weighed[actor.id], seen.get((one or "", actor.id)))
            for actor in everyone
        ]
        rows += sorted(placed, key=lambda row: (-_importance(kart, row, weighed), row.actor))
    return Priorities(
        issues=found.issues,
        rows=tuple(rows),
        findings=tuple(_findings(kart, rows)),
        labels=labels(kart),
        titles=found.titles,
    )


def counts_as_all(kart: ActorMap, row: Priority) -> bool:
    """Tell whether one without power stands with those who have all three attributes."""
    return row.power_gap and kart[row.actor].kind in PERSONAL_KINDS


def _importance(kart: ActorMap, row: Priority, weighed: Mapping[str, ActorSalience]) -> int:
    """Return how many attributes count for the order; −1 where that is unknown."""
    if counts_as_all(kart, row):
        return len(ATTRIBUTES)
    attributes = weighed[row.actor].attributes
    return -1 if attributes is None else attributes


def _priority(
    kart: ActorMap, actor: Actor, weight: ActorSalience, public: Public | None
) -> Priority:
    active = public.active if public else ()
    groups: tuple[str, ...] = ()
    if actor.stance:
        supportive = actor.stance > 0
        groups = tuple(_GROUP[one, supportive] for one in active)
    missing = list(public.missing) if public else []
    if actor.stance is None:
        missing.append("stance")
    return Priority(
        actor=actor.id,
        issue=public.issue if public else None,
        linkages=kart.linkages(actor.id),
        linkage_basis=basis_of(kart, actor.id, "linkage"),
        salience=weight.salience,
        power_gap=weight.salience == "dependent",
        missing_ratings=weight.missing,
        publics=public.publics if public else (),
        active=active,
        stance=actor.stance,
        groups=groups,
        missing=tuple(missing),
        title=titled(kart.issues)[public.issue] if public else None,
    )


def _findings(kart: ActorMap, rows: list[Priority]) -> list[Finding]:
    if not kart.issues or not rows:
        return [finding(kart, "priorities", "nothing", "unknown")]
    found: list[Finding] = []
    for issue in dict.fromkeys(row.issue for row in rows):
        here = [row for row in rows if row.issue == issue]
        cases = (
            *(
                (group, "note", [row for row in here if row.groups == (group,)])
                for group in PRIORITY_GROUPS
            ),
            ("open", "note", [row for row in here if len(row.groups) > 1]),
            ("neutral", "note", [row for row in here if row.active and row.stance == 0]),
            ("unplaced", "unknown", [row for row in here if row.missing]),
        )
        found += [_about(kart, case, level, placed) for case, level, placed in cases if placed]
    if any(False in row.active for row in rows if row.groups):
        found.append(finding(kart, "priorities", "folded", "note"))
    return found


def _about(kart: ActorMap, case: str, level: str, rows: list[Priority]) -> Finding:
    ids = [row.actor for row in rows]
    lacking = dict.fromkeys(name for row in rows for name in row.missing)
    return finding(
        kart,
        "priorities",
        case,
        level,
        actors=tuple(ids),
        numbers={"n": len(ids)},
        words={
            "issue": rows[0].title or "",
            "actors": named(ids),
            "missing": tuple(Coded(f"grunig.field.{name}") for name in lacking),
        },
    )
