"""Linkages: in what ways each actor hangs together with the one that the map is about."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from aktorkart.errors import one_of
from aktorkart.finding import Coded, Finding, Who, finding, named
from aktorkart.grunig.wording import gathered, labels, stakeholders, table
from aktorkart.i18n import listing, text
from aktorkart.model import expect_map
from aktorkart.model.vocabulary import LINKAGES, PERSONAL_KINDS
from aktorkart.network.groups import basis_of
from aktorkart.tables import coded, several

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aktorkart.model import ActorMap
    from aktorkart.tables import Table

CONSTANT = tuple(linkage for linkage in LINKAGES if linkage != "diffused")
"""Linkages that an organisation has nearly always; diffused ones come and go."""


@dataclass(frozen=True, kw_only=True)
class ActorLinkages:
    """An actor's linkages to the focal actor.

    Parameters
    ----------
    actor : str
        Its id.
    linkages : tuple of str
        Of :data:`aktorkart.model.vocabulary.LINKAGES`; several are allowed.
    basis : {"actor", "own_kind", "kind"} or None
        Where they are from: stated on the actor, on a kind that the map itself describes, or
        what the built-in kind usually has. None where they are unknown.
    """

    actor: str
    linkages: tuple[str, ...]
    basis: str | None


@dataclass(frozen=True, kw_only=True)
class Linkages:
    """The linkages of a map, seen from its focal actor.

    Parameters
    ----------
    focal : str or None
        The actor they are seen from.
    rows : tuple of ActorLinkages
        An actor each, in the order of their ids; without the focal actor.
    findings : tuple of Finding
        Code ``linkages``.
    labels : mapping of str to str
        What the actors are called, by id.
    """

    focal: str | None
    rows: tuple[ActorLinkages, ...]
    findings: tuple[Finding, ...] = field(repr=False)
    labels: Mapping[str, str] = field(repr=False, compare=False)

    def of(self, linkage: str) -> tuple[str, ...]:
        """Return the actors with a linkage.

        Parameters
        ----------
        linkage : str
            One of :data:`aktorkart.model.vocabulary.LINKAGES`.

        Returns
        -------
        tuple of str
            Their ids.

        Raises
        ------
        UnknownName
            If there is no such linkage.
        """
        one_of(linkage, LINKAGES, option="linkage")
        return tuple(row.actor for row in self.rows if linkage in row.linkages)

    @property
    def unknown(self) -> tuple[str, ...]:
        """The actors whose linkage nobody has said, and whose kind does not say it."""
        return tuple(row.actor for row in self.rows if row.basis is None)

    def table(self, lang: str) -> Table:
        """Return a row for each linkage, and one for those unknown.

        Parameters
        ----------
        lang : {"nb", "nn", "en", "sv"}
            The language.

        Returns
        -------
        Table
            Linkage, how many actors and who; an actor with several stands in several rows.
        """
        groups = [(linkage, self.of(linkage)) for linkage in LINKAGES]
        if self.unknown:
            groups.append(("unknown", self.unknown))
        return table(
            lang,
            (
                (
                    coded("linkage", linkage, lang),
                    text(f"grunig.linkage_means.{linkage}", lang),
                    len(ids),
                    gathered(ids, self.labels, lang),
                )
                for linkage, ids in groups
            ),
            *("linkage@", "meaning", "count#", "actors@"),
        )

    def actors_table(self, lang: str) -> Table:
        """Return a row for each actor.

        Parameters
        ----------
        lang : {"nb", "nn", "en", "sv"}
            The language.

        Returns
        -------
        Table
            Actor, linkages and where they are from.
        """
        return table(
            lang,
            (
                (
                    self.labels[row.actor],
                    several(
                        listing([text(f"linkage.{one}", lang) for one in row.linkages], lang),
                        row.linkages,
                    ),
                    coded("grunig.basis", row.basis or "unknown", lang),
                )
                for row in self.rows
            ),
            *("actor@", "linkage@", "basis@"),
        )


def linkages(kart: ActorMap) -> Linkages:
    """Return each actor's linkages to the focal actor, and what the map lacks.

    Parameters
    ----------
    kart : ActorMap
        The map.

    Returns
    -------
    Linkages
        Arenas are left out: actors belong to them by membership.

    Notes
    -----
    After Grunig and Hunt (1984), the functional linkage split as Rawlins (2006) has it. What
    follows from a built-in kind is seen from a municipal service: where the focal actor is
    something else, a finding says so. Enabling, functional and normative linkages are fairly
    constant for an organisation; one that nobody has is a finding, a ``gap`` only when the
    linkages of all actors are known. A diffused one, which varies with the situation, is
    never missed, nor is any in a map around a person: the theory is about organisations.

    Examples
    --------
    >>> from aktorkart.model import Actor, ActorMap
    >>> kart = ActorMap(actors=[Actor(id="rio", kind="user_organisation")])
    >>> linkages(kart).rows
    (ActorLinkages(actor='rio', linkages=('normative',), basis='kind'),)
    """
    expect_map(kart)
    rows = tuple(
        ActorLinkages(
            actor=actor.id,
            linkages=kart.linkages(actor.id),
            basis=basis_of(kart, actor.id, "linkage"),
        )
        for actor in stakeholders(kart)
    )
    return Linkages(
        focal=kart.focal,
        rows=rows,
        findings=tuple(_findings(kart, rows)),
        labels=labels(kart),
    )


def _findings(kart: ActorMap, rows: tuple[ActorLinkages, ...]) -> list[Finding]:
    if not rows:
        return [finding(kart, "linkages", "nobody", "unknown")]
    unknown = [row.actor for row in rows if row.basis is None]
    known = len(rows) - len(unknown)
    usual = [row.actor for row in rows if row.basis == "kind"]
    found = _lacking(kart, rows, known, unknown) if known else []
    if known:
        case = "basis"
        if len(usual) in {0, known}:
            case = "all_usual" if usual else "all_stated"
        numbers = {"stated": known - len(usual), "from_kind": len(usual), "n": known}
        found.append(finding(kart, "linkages", case, "note", numbers=numbers))
    if usual and kart.focal is not None and not _is_municipal_service(kart, kart.focal):
        found.append(
            finding(
                kart,
                "linkages",
                "not_municipal",
                "note",
                actors=(kart.focal,),
                numbers={"n": len(usual)},
                words={"actor": Who(kart.focal)},
            )
        )
    if usual and kart.focal is None:
        numbers = {"n": len(usual)}
        found.append(finding(kart, "linkages", "no_focal", "unknown", numbers=numbers))
    if unknown:
        found.append(
            finding(
                kart,
                "linkages",
                "unknown",
                "unknown",
                actors=tuple(unknown),
                numbers={"n": len(unknown)},
                words={"actors": named(unknown)},
            )
        )
    return found


def _lacking(
    kart: ActorMap, rows: tuple[ActorLinkages, ...], known: int, unknown: list[str]
) -> list[Finding]:
    if kart.focal is None or kart.person is not None or _is_person(kart, kart.focal):
        return []
    there = {linkage for row in rows for linkage in row.linkages}
    return [
        finding(
            kart,
            "linkages",
            "may_lack" if unknown else "lacks",
            "unknown" if unknown else "gap",
            actors=(kart.focal,),
            numbers={"known": known, "n": len(unknown)},
            words={"actor": Who(kart.focal), "whom": Coded(f"grunig.lacking.{linkage}")},
        )
        for linkage in CONSTANT
        if linkage not in there
    ]


def _is_person(kart: ActorMap, id_: str) -> bool:
    kind = kart[id_].kind
    return kind in PERSONAL_KINDS or (kind == "unknown" and kart.scope == "individual")


def _is_municipal_service(kart: ActorMap, id_: str) -> bool:
    return "first" in kart.lines(id_) and not _is_person(kart, id_)
