"""The four models of communication on the ties, and whether symmetry holds.

Grunig and Hunt describe programmes of communication; reading them off a tie is our adaptation.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from aktorkart.comparison.sides import reports
from aktorkart.finding import Between, Coded, Finding, Who, finding, some
from aktorkart.grunig.wording import gathered, labels, table
from aktorkart.model import expect_map
from aktorkart.model.vocabulary import COMMUNICATION
from aktorkart.tables import Labelled, coded

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from aktorkart.model import ActorMap
    from aktorkart.tables import Table

SYMMETRIC = "two_way_symmetric"
"""The model that rests on both sides: it needs both directions and changed practice."""


@dataclass(frozen=True, kw_only=True)
class TieCommunication:
    """How two actors communicate, as one tie says it.

    Parameters
    ----------
    source, target, kind : str
        The tie.
    mutual : bool
        Whether the tie itself goes both ways.
    informant : str or None
        Who reported it.
    model : str
        One of :data:`aktorkart.model.vocabulary.COMMUNICATION`.
    both_directions : bool
        Whether the two have ties in both directions on the map's date, this one included.
    changed : tuple of str
        The sides that have changed practice, by this tie or another between the two.
    """

    source: str
    target: str
    kind: str
    mutual: bool
    informant: str | None
    model: str
    both_directions: bool
    changed: tuple[str, ...]

    @property
    def pair(self) -> tuple[str, str]:
        """The two actors, sorted."""
        return min(self.source, self.target), max(self.source, self.target)

    @property
    def key(self) -> tuple[str, str, str]:
        """The tie's source, target and kind."""
        return self.source, self.target, self.kind

    @property
    def symmetric(self) -> bool | None:
        """Whether it is symmetric; None where nobody has said who has changed practice."""
        if self.model != SYMMETRIC or not self.both_directions:
            return False
        return len(self.changed) > 1 if self.changed else None


@dataclass(frozen=True, kw_only=True)
class Communication:
    """How the actors of a map communicate.

    Parameters
    ----------
    rows : tuple of TieCommunication
        The ties in force for which a model is stated, sorted by their ends.
    ties : int
        How many ties there are in force, with or without a model.
    findings : tuple of Finding
        Code ``communication``.
    kart : ActorMap
        The map.
    """

    rows: tuple[TieCommunication, ...]
    ties: int
    findings: tuple[Finding, ...] = field(repr=False)
    kart: ActorMap = field(repr=False, compare=False)

    def counts(self) -> Mapping[str, int]:
        """Return how many ties each of the four models has.

        Returns
        -------
        mapping of str to int
            In the order of :data:`aktorkart.model.vocabulary.COMMUNICATION`.

        Examples
        --------
        >>> import aktorkart as ak
        >>> communication(ak.examples.municipal_service()).counts()["two_way_symmetric"]
        5
        """
        return _counts(self.rows)

    def table(self, lang: str) -> Table:
        """Return a row for each tie with a model.

        Parameters
        ----------
        lang : {"nb", "nn", "en", "sv"}
            The language.

        Returns
        -------
        Table
            The two actors, the tie, who says so, the model, whether there are both directions
            and who has changed practice.
        """
        keys = ("one@", "other@", "tie@", "informant@", "model@", "both_directions", "changed@")
        called = labels(self.kart)
        return table(
            lang,
            (
                (
                    called[row.source],
                    called[row.target],
                    Labelled(self.kart.tie_kind_name(row.kind, lang), row.kind),
                    called.get(row.informant, row.informant) if row.informant else None,
                    coded("communication", row.model, lang),
                    row.both_directions,
                    gathered(row.changed, called, lang),
                )
                for row in self.rows
            ),
            *keys,
        )


def communication(kart: ActorMap) -> Communication:
    """Return the models of communication, and where symmetry is claimed without its grounds.

    Parameters
    ----------
    kart : ActorMap
        The map.

    Returns
    -------
    Communication
        Ties in force on the map's date; those that are only needed are left out.

    Notes
    -----
    Grunig and Hunt's (1984) four models describe programmes of communication; reading them off
    a tie is our adaptation. A model is what somebody has judged and is never inferred from a
    tie's strength. Symmetry needs both directions and that both sides have
    changed practice. A tie without ``changed_practice`` does not say that nobody has: the
    claim is then unconfirmed, and ``unknown``. Directions and changed practice are put
    together over all ties between the two; models differ only within one kind of tie.

    Examples
    --------
    >>> from aktorkart.model import Actor, ActorMap, Tie
    >>> tie = Tie(source="team", target="dps", communication="two_way_symmetric", mutual=False)
    >>> kart = ActorMap(actors=[Actor(id="team"), Actor(id="dps")], ties=[tie])
    >>> print(communication(kart).findings[0].text("en"))
    1 tie is called two-way and equal, but goes one way only: team → dps.
    """
    expect_map(kart)
    ties = sorted(
        (tie for tie in kart.ties_in_force if not tie.needed),
        key=lambda tie: (tie.source, tie.target, tie.kind, tie.informant or "", tie.since or ""),
    )
    arcs = {arc for tie in ties for arc in tie.arcs}
    changed: dict[tuple[str, str], set[str]] = {}
    for tie in ties:
        changed.setdefault(tie.pair, set()).update({*tie.changed_practice} & {*tie.pair})
    rows = tuple(
        TieCommunication(
            source=tie.source,
            target=tie.target,
            kind=tie.kind,
            mutual=tie.mutual,
            informant=tie.informant,
            model=tie.communication,
            both_directions={(tie.source, tie.target), (tie.target, tie.source)} <= arcs,
            changed=tuple(sorted(changed[tie.pair])),
        )
        for tie in ties
        if tie.communication is not None
    )
    return Communication(
        rows=rows,
        ties=len(reports(ties)),
        findings=tuple(_findings(kart, rows, len(reports(ties)))),
        kart=kart,
    )


def _findings(kart: ActorMap, rows: tuple[TieCommunication, ...], ties: int) -> list[Finding]:
    if not rows:
        return [finding(kart, "communication", "unknown", "unknown", numbers={"n": ties})]
    by_kind: dict[tuple[tuple[str, str], str], list[TieCommunication]] = {}
    for row in rows:
        by_kind.setdefault((row.pair, row.kind), []).append(row)
    # Letters and meetings may well be held in different ways: only one kind can be disputed.
    disputed = [told for told in by_kind.values() if len({row.model for row in told}) > 1]
    unsure = {row for told in disputed for row in told}
    # One tie speaks for a pair, an undisputed one if there is: with several informants the
    # claim is still about the two.
    claim: dict[tuple[str, str], TieCommunication] = {}
    for row in rows:
        if row.model == SYMMETRIC and (claim.get(row.pair, row) in unsure or row.pair not in claim):
            claim[row.pair] = row
    claims = list(claim.values())
    agreed = [row for row in claims if row not in unsure]
    found = [
        *_claims(kart, "one_way", "gap", [row for row in claims if not row.both_directions]),
        *(_one_side(kart, row) for row in claims if row.both_directions and len(row.changed) == 1),
        *(_disputed(kart, told) for told in disputed),
        *_claims(kart, "symmetric", "strength", [row for row in agreed if row.symmetric]),
    ]
    counts = _counts(rows)
    ways = tuple(Coded(f"grunig.ways.{model}", n) for model, n in counts.items() if n)
    found.append(
        finding(
            kart,
            "communication",
            "models",
            "note",
            numbers={"n": len(by_kind), "total": ties, **counts},
            words={"models": ways},
        )
    )
    unconfirmed = [row for row in claims if row.symmetric is None]
    return found + _claims(kart, "unconfirmed", "unknown", unconfirmed)


def _counts(rows: Iterable[TieCommunication]) -> dict[str, int]:
    """Count the ties with each model, whoever says so; one of which two differ has both."""
    told = {(row.pair, row.kind, row.model) for row in rows}
    return {model: sum(found == model for *_, found in told) for model in COMMUNICATION}


def _between(row: TieCommunication) -> Between:
    return Between(row.source, row.target, row.both_directions)


def _claims(kart: ActorMap, case: str, level: str, rows: list[TieCommunication]) -> list[Finding]:
    if not rows:
        return []
    return [
        finding(
            kart,
            "communication",
            case,
            level,
            ties=tuple(row.key for row in rows),
            numbers={"n": len(rows)},
            words={"ties": some([_between(row) for row in rows])},
        )
    ]


def _one_side(kart: ActorMap, row: TieCommunication) -> Finding:
    (changed,) = row.changed
    other = row.target if changed == row.source else row.source
    return finding(
        kart,
        "communication",
        "one_side",
        "gap",
        actors=(changed, other),
        ties=(row.key,),
        words={"tie": _between(row), "changed": Who(changed), "other": Who(other)},
    )


def _disputed(kart: ActorMap, rows: list[TieCommunication]) -> Finding:
    models = [model for model in COMMUNICATION if any(row.model == model for row in rows)]
    return finding(
        kart,
        "communication",
        "several_models",
        "note",
        ties=tuple(row.key for row in rows),
        numbers={"n": len(models)},
        words={
            "tie": _between(rows[0]),
            "models": tuple(Coded(f"communication.{model}") for model in models),
        },
    )
