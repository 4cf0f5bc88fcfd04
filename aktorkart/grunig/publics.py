"""Publics: how the actors meet each issue, after the situational theory of publics."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

from aktorkart.errors import Place, Problem, UnknownName, guesses, one_of
from aktorkart.expected import expect, expect_if_given
from aktorkart.finding import Finding, finding, named
from aktorkart.grunig.wording import behaviour_name, either, labels, public_name, table
from aktorkart.i18n import listing, text
from aktorkart.model import Judgement, expect_map
from aktorkart.model.called import titled
from aktorkart.model.vocabulary import HIGH_LOW
from aktorkart.tables import Labelled, several

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from aktorkart.model import ActorMap
    from aktorkart.tables import Table


@dataclass(frozen=True)
class Cell:
    """What three judgements of an issue come to.

    Parameters
    ----------
    behaviour : str
        ``problem_facing``, ``constrained``, ``routine`` or ``fatalistic``.
    publics : tuple of str
        ``active``, ``active_reinforcing``, ``aware``, ``latent`` or ``none``; two where the
        theory leaves it open.
    """

    behaviour: str
    publics: tuple[str, ...]


PUBLICS: Mapping[tuple[str, str, str], Cell] = MappingProxyType(
    {
        ("high", "low", "high"): Cell("problem_facing", ("active",)),
        ("high", "low", "low"): Cell("problem_facing", ("aware", "active")),
        ("high", "high", "high"): Cell("constrained", ("aware", "active")),
        ("high", "high", "low"): Cell("constrained", ("latent", "aware")),
        ("low", "low", "high"): Cell("routine", ("active_reinforcing",)),
        ("low", "low", "low"): Cell("routine", ("none", "latent")),
        ("low", "high", "high"): Cell("fatalistic", ("latent",)),
        ("low", "high", "low"): Cell("fatalistic", ("none",)),
    }
)
"""From problem recognition, constraint recognition and involvement, as METHOD 3 has it."""

ACTIVE = frozenset({"active", "active_reinforcing"})
"""Publics that seek information themselves and act."""

ISSUE_TYPES = ("all_issue", "several_issues", "single_issue", "hot_issue", "apathetic")
"""Types across issues; ``several_issues`` is ours, for those that the four do not cover."""


@dataclass(frozen=True, kw_only=True)
class Public:
    """How an actor meets one issue.

    Parameters
    ----------
    actor, issue : str
        Their ids.
    problem, constraint, involvement : {"high", "low"} or None
        The judgements; None where nobody has made them.
    behaviour : str or None
        None where the judgements it needs are missing.
    publics : tuple of str
        One, or two in an ambiguous cell; empty where unknown.
    information : tuple of {"seeks", "processes"}
        Whether it seeks information or at most processes what reaches it, for its publics.
    missing : tuple of str
        The judgements that are missing.
    """

    actor: str
    issue: str
    problem: str | None = None
    constraint: str | None = None
    involvement: str | None = None
    behaviour: str | None = None
    publics: tuple[str, ...] = ()
    information: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()

    @property
    def judged(self) -> bool:
        """Whether anyone has judged anything about it."""
        return len(self.missing) < len(_FIELDS)

    @property
    def active(self) -> tuple[bool, ...]:
        """Whether it is active: one answer, two where that is open, none where unknown."""
        return tuple(dict.fromkeys(one in ACTIVE for one in self.publics))


@dataclass(frozen=True, kw_only=True)
class ActorType:
    """What an actor is like across all issues of the map.

    Parameters
    ----------
    actor : str
        Its id.
    types : tuple of str
        Of :data:`ISSUE_TYPES`; several where it is open, none where unknown.
    missing : tuple of str
        Issues that it is not fully judged on.
    """

    actor: str
    types: tuple[str, ...]
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Publics:
    """The publics of a map, issue by issue.

    Parameters
    ----------
    issues : tuple of str
        The issues asked for.
    rows : tuple of Public
        For each issue every actor, in the order of their ids; arenas only where judged.
    types : tuple of ActorType
        Across all issues of the map, for actors judged on any; empty with fewer than two
        issues.
    findings : tuple of Finding
        Code ``publics``.
    labels, titles : mapping of str to str
        What the actors and the issues are called, by id.
    """

    issues: tuple[str, ...]
    rows: tuple[Public, ...]
    types: tuple[ActorType, ...]
    findings: tuple[Finding, ...] = field(repr=False)
    labels: Mapping[str, str] = field(repr=False, compare=False)
    titles: Mapping[str, str] = field(repr=False, compare=False)

    def of(self, issue: str) -> tuple[Public, ...]:
        """Return the rows of one issue.

        Parameters
        ----------
        issue : str
            Its id.

        Returns
        -------
        tuple of Public
            In the order of the actors' ids.

        Raises
        ------
        UnknownName
            If it is not among :attr:`issues`.
        """
        one_of(issue, self.issues, option="issue")
        return tuple(row for row in self.rows if row.issue == issue)

    def table(self, lang: str) -> Table:
        """Return a row for each actor and issue that anyone has judged.

        Parameters
        ----------
        lang : {"nb", "nn", "en", "sv"}
            The language.

        Returns
        -------
        Table
            Issue, actor, behaviour, publics, information, and what is missing.
        """
        keys = ("issue@", "actor@", "behaviour@", "public@", "information@", "missing@")
        return table(
            lang,
            (
                (
                    self.titles[row.issue],
                    self.labels[row.actor],
                    Labelled(behaviour_name(row.behaviour, lang), row.behaviour)
                    if row.behaviour
                    else None,
                    several(
                        either([public_name(one, lang) for one in row.publics], lang), row.publics
                    ),
                    several(
                        either(
                            [text(f"grunig.information.{one}", lang) for one in row.information],
                            lang,
                        ),
                        row.information,
                    ),
                    several(
                        listing([text(f"grunig.field.{one}", lang) for one in row.missing], lang),
                        row.missing,
                    ),
                )
                for row in self.rows
                if row.judged
            ),
            *keys,
        )

    def types_table(self, lang: str) -> Table:
        """Return a row for each actor with its type across the issues.

        Parameters
        ----------
        lang : {"nb", "nn", "en", "sv"}
            The language.

        Returns
        -------
        Table
            Actor, type, and the issues it is not fully judged on.
        """
        return table(
            lang,
            (
                (
                    self.labels[row.actor],
                    several(
                        either([text(f"grunig.issue_type.{one}", lang) for one in row.types], lang),
                        row.types,
                    ),
                    several(
                        listing([self.titles[issue] for issue in row.missing], lang), row.missing
                    ),
                )
                for row in self.types
            ),
            *("actor@", "issue_type@", "not_judged_on@"),
        )


_FIELDS = tuple(Judgement.model_fields)


def publics(
    kart: ActorMap,
    *,
    issue: str | None = None,
    mapping: Mapping[tuple[str, str, str], Cell] = PUBLICS,
    hot: Iterable[str] | None = None,
) -> Publics:
    """Return how the actors meet one issue, or all issues of the map.

    Parameters
    ----------
    kart : ActorMap
        The map.
    issue : str, optional
        Id of the issue; all of them if left out.
    mapping : mapping
        From problem recognition, constraint recognition and involvement, each ``high`` or
        ``low``, to a :class:`Cell`.
    hot : iterable of str, optional
        Issues that nearly everyone is involved in and that the media follow. The map does not
        say which they are; if left out, an actor active on one issue only may be of the
        single-issue or the hot-issue type, and both are kept.

    Returns
    -------
    Publics
        An ambiguous cell keeps both publics, in the mapping's order. A missing judgement
        leaves the public unknown: it is never taken as low.

    Raises
    ------
    UnknownName
        If the map has no such issue.

    Notes
    -----
    The situational theory of publics of Grunig and Hunt (1984). Active publics seek
    information; the others at most process what reaches them. The type across issues needs
    two issues or more, and every one of them judged: ``all_issue`` is active on all,
    ``apathetic`` on none, ``single_issue`` and ``hot_issue`` on one, and ``several_issues``,
    which is our word, on more than one but not all. Where an ambiguous cell leaves it open,
    all types that are possible are kept.

    Examples
    --------
    >>> from aktorkart.model import Actor, ActorMap, Issue
    >>> seen = {"bolig": {"problem": "high", "constraint": "high", "involvement": "high"}}
    >>> kart = ActorMap(issues=[Issue(id="bolig")], actors=[Actor(id="dps", publics=seen)])
    >>> publics(kart, issue="bolig").rows[0].publics
    ('aware', 'active')
    """
    expect_map(kart)
    expect("mapping", mapping=mapping)
    expect_if_given("several", hot=hot)
    known = tuple(one.id for one in kart.issues)
    for asked in ([] if issue is None else [issue]) + list(hot or ()):
        _check(asked, known)
    chosen = known if issue is None else (issue,)
    everyone = sorted(
        (actor for actor in kart.actors if actor.kind != "arena" or actor.publics),
        key=lambda actor: actor.id,
    )
    everywhere = {
        one: tuple(
            _public(actor.id, one, actor.publics.get(one, Judgement()), mapping)
            for actor in everyone
        )
        for one in known
    }
    rows = tuple(row for one in chosen for row in everywhere[one])
    types = _types(known, everywhere, None if hot is None else frozenset(hot))
    return Publics(
        issues=chosen,
        rows=rows,
        types=types,
        findings=tuple(_findings(kart, chosen, rows)),
        labels=labels(kart),
        titles=titled(kart.issues),
    )


def _check(issue: str, known: tuple[str, ...]) -> None:
    if issue not in known:
        raise UnknownName(
            Problem(
                code="unknown_reference",
                place=Place(path=("issues",)),
                values={"value": issue, "list": "issues"},
                guesses=guesses(issue, known),
            )
        )


def _public(
    actor: str, issue: str, judged: Judgement, mapping: Mapping[tuple[str, str, str], Cell]
) -> Public:
    values = {name: getattr(judged, name) for name in _FIELDS}
    missing = tuple(name for name in _FIELDS if values[name] is None)
    # The behaviour may be known although the involvement, and so the public, is not.
    cells = [
        cell
        for involvement in ([judged.involvement] if judged.involvement else HIGH_LOW)
        if (cell := mapping.get((judged.problem or "", judged.constraint or "", involvement)))
    ]
    behaviours = {cell.behaviour for cell in cells}
    found = cells[0].publics if cells and not missing else ()
    return Public(
        actor=actor,
        issue=issue,
        **values,
        behaviour=behaviours.pop() if len(behaviours) == 1 else None,
        publics=found,
        information=tuple(
            dict.fromkeys("seeks" if one in ACTIVE else "processes" for one in found)
        ),
        missing=missing,
    )


def _types(
    issues: tuple[str, ...], rows: Mapping[str, tuple[Public, ...]], hot: frozenset[str] | None
) -> tuple[ActorType, ...]:
    smallest_to_compare = 2
    if len(issues) < smallest_to_compare:
        return ()
    return tuple(
        _type(judged, hot)
        for judged in zip(*(rows[issue] for issue in issues), strict=True)
        if any(row.judged for row in judged)
    )


def _type(judged: tuple[Public, ...], hot: frozenset[str] | None) -> ActorType:
    actor = judged[0].actor
    if missing := tuple(row.issue for row in judged if not row.publics):
        return ActorType(actor=actor, types=(), missing=missing)
    surely = [row.issue for row in judged if row.active == (True,)]
    perhaps = [row.issue for row in judged if len(row.active) > 1]
    fewest, most = len(surely), len(surely) + len(perhaps)
    # The issues that may be the only one it is active on.
    only = {0: perhaps, 1: surely}.get(fewest, [])
    possible = {
        "all_issue": most == len(judged),
        "several_issues": most > 1 and max(fewest, 2) < len(judged),
        "single_issue": any(hot is None or issue not in hot for issue in only),
        "hot_issue": any(hot is None or issue in hot for issue in only),
        "apathetic": fewest == 0,
    }
    return ActorType(actor=actor, types=tuple(one for one in ISSUE_TYPES if possible[one]))


def _findings(kart: ActorMap, chosen: tuple[str, ...], rows: tuple[Public, ...]) -> list[Finding]:
    if not kart.issues or not rows:
        return [finding(kart, "publics", "nothing", "unknown")]
    return [
        found
        for issue in chosen
        for found in _of_issue(kart, issue, [row for row in rows if row.issue == issue])
    ]


def _of_issue(kart: ActorMap, issue: str, rows: list[Public]) -> list[Finding]:
    title = titled(kart.issues)[issue]
    if not any(row.judged for row in rows):
        return [
            finding(
                kart,
                "publics",
                "unjudged_issue",
                "unknown",
                numbers={"n": len(rows)},
                words={"issue": title},
            )
        ]
    groups = (
        ("constrained", "gap", [row.actor for row in rows if row.behaviour == "constrained"]),
        (
            "unseen",
            "note",
            [row.actor for row in rows if (row.problem, row.involvement) == ("low", "high")],
        ),
        ("active", "note", [row.actor for row in rows if row.active == (True,)]),
        ("unknown", "unknown", [row.actor for row in rows if row.missing]),
    )
    return [
        finding(
            kart,
            "publics",
            case,
            level,
            actors=tuple(ids),
            numbers={"n": len(ids), "total": len(rows)},
            words={"issue": title, "actors": named(ids)},
        )
        for case, level, ids in groups
        if ids
    ]
