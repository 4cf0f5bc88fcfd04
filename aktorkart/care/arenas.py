"""Arenas as two-mode data: who meets where, which could go, and who meets nowhere. METHOD 9."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from itertools import combinations
from typing import TYPE_CHECKING, Any

from aktorkart.care.serving import helping
from aktorkart.errors import one_of
from aktorkart.finding import Between, Finding, Who, finding, named, some
from aktorkart.i18n import listing
from aktorkart.model import ActorMap, expect_map
from aktorkart.model.called import called
from aktorkart.model.fields import FrozenDict
from aktorkart.network.memberships import seats
from aktorkart.tables import headed, several

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from aktorkart.tables import Table

Pair = tuple[str, str]
"""Two actors or two arenas, sorted."""

MUCH = 0.5
"""From this Jaccard index on two arenas are said to overlap; it is our choice."""


@dataclass(frozen=True, kw_only=True)
class Arena:
    """One arena and who meets there.

    Parameters
    ----------
    id : str
        The arena.
    members : tuple of str
        Those with a membership in force that works, sorted.
    only_here : tuple of tuple of str
        The pairs of members who sit together in no other arena.
    """

    id: str
    members: tuple[str, ...]
    only_here: tuple[Pair, ...]

    @property
    def pairs(self) -> int:
        """How many pairs of members there are."""
        return len(self.members) * (len(self.members) - 1) // 2

    @property
    def redundant(self) -> bool | None:
        """Whether every pair of members also meets elsewhere; None if there is no pair."""
        return not self.only_here if self.pairs else None


@dataclass(frozen=True, kw_only=True)
class Arenas:
    """Actors by arenas: who meets where.

    Parameters
    ----------
    kart : ActorMap
        The map.
    rows : tuple of Arena
        The arenas, sorted by id.
    overlap : mapping of tuple of str to float or None
        For each two arenas the Jaccard index of their members: those in both divided by those
        in one of them, from 0 to 1; None if neither has members.
    nowhere : tuple of tuple of str, or None
        The pairs of those who serve the user that sit together in no arena; None if the map
        shows no user. Where an arena has no known members, the pairs are the most it can be.
    findings : tuple of Finding
        Code ``arenas``.
    """

    kart: ActorMap = field(repr=False, compare=False)
    rows: tuple[Arena, ...]
    overlap: Mapping[Pair, float | None]
    nowhere: tuple[Pair, ...] | None
    findings: tuple[Finding, ...] = field(repr=False)

    @property
    def could_go(self) -> tuple[str, ...]:
        """The redundant arenas; each could go alone, not always all of them together."""
        return tuple(row.id for row in self.rows if row.redundant)

    @cached_property
    def _shares(self) -> dict[str, dict[str, float]]:
        """How much each arena overlaps with those that it shares a member with."""
        found: dict[str, dict[str, float]] = defaultdict(dict)
        for (one, other), share in self.overlap.items():
            if share:
                found[one][other] = found[other][one] = share
        return found

    def nearest(self, id: str) -> tuple[tuple[str, ...], float] | None:  # noqa: A002 - an arena's id
        """Return the arenas that overlap most with one, and how much.

        Parameters
        ----------
        id : str
            The arena.

        Returns
        -------
        tuple of ids and Jaccard index, or None
            None if it shares no member with another arena.

        Raises
        ------
        UnknownName
            If there is no such arena.
        """
        one_of(id, [row.id for row in self.rows], option="id")
        shares = self._shares.get(id, {})
        most = max(shares.values(), default=None)
        if most is None:
            return None
        return tuple(other for other, share in shares.items() if share == most), most

    def table(self, lang: str) -> Table:
        """Return a row for each arena.

        Parameters
        ----------
        lang : {"nb", "nn", "en", "sv"}
            The language.

        Returns
        -------
        Table
            Members, their pairs, the pairs that meet only there, whether the arena is
            redundant, and the arena that it overlaps most with, and how much.
        """
        names = called(self.kart)
        rows = []
        for row in self.rows:
            others, share = self.nearest(row.id) or ((), None)
            near = several(listing((names[other] for other in others), lang), others)
            only = len(row.only_here) if row.pairs else None
            counts = (len(row.members), row.pairs, only)
            rows.append((names[row.id], *counts, row.redundant, near, share))
        keys = ("members#", "pairs#", "only_here#", "redundant", "nearest@", "overlap%")
        return headed(lang, rows, "arena@", *keys, prefix="arenas.column")


def arenas(kart: ActorMap) -> Arenas:
    """Say who meets where, which arena could go, and who serves the user and meets nowhere.

    Parameters
    ----------
    kart : ActorMap
        The map.

    Returns
    -------
    Arenas
        Overlaps, redundant arenas and pairs who meet nowhere, with ``findings`` and a table.

    Notes
    -----
    METHOD 9. Members are as in :func:`aktorkart.care.user_voice`. Two meet where both are
    members; a direct channel is no meeting, but it is told whether they have one. An arena is
    redundant if every pair of its members also meets in another. That says nothing of what is
    done there. Who serves the user is as in :func:`aktorkart.care.tellings`, without arenas.

    Examples
    --------
    >>> import aktorkart as ak
    >>> found = arenas(ak.examples.skane())
    >>> found.could_go, found.overlap["intressentdialogen", "samverkansforum"]
    (('samverkansforum',), 0.5)
    """
    expect_map(kart)
    members = {arena: tuple(inside) for arena, inside in seats(kart).items()}
    where: dict[Pair, list[str]] = defaultdict(list)
    for arena, inside in members.items():
        for pair in combinations(inside, 2):
            where[pair].append(arena)
    rows = tuple(
        Arena(
            id=arena,
            members=inside,
            only_here=tuple(pair for pair in combinations(inside, 2) if where[pair] == [arena]),
        )
        for arena, inside in members.items()
    )
    sets = {arena: set(inside) for arena, inside in members.items()}
    overlap = {
        (one, other): len(sets[one] & sets[other]) / len(union) if union else None
        for one, other in combinations(sets, 2)
        for union in [sets[one] | sets[other]]
    }
    helpers = None
    if kart.user is not None:
        helpers = helping(kart, kart.user)
    pairs = None if helpers is None else list(combinations(helpers, 2))
    nowhere = None if pairs is None else tuple(pair for pair in pairs if pair not in where)
    found = [finding(kart, "arenas", "no_arenas", "unknown")]
    if rows:
        found = [
            *_not_meeting(kart, rows),
            *_redundant(kart, rows, where),
            *_overlapping(kart, rows, overlap),
            *_nowhere(kart, rows, nowhere, len(pairs or ())),
        ]
    return Arenas(
        kart=kart,
        rows=rows,
        overlap=FrozenDict(overlap),
        nowhere=nowhere,
        findings=tuple(found),
    )


def _say(kart: ActorMap, case: str, level: str, **fields: Any) -> Finding:
    return finding(kart, "arenas", case, level, **fields)


def _not_meeting(kart: ActorMap, rows: tuple[Arena, ...]) -> Iterator[Finding]:
    """Say in which arenas nobody meets, as far as the map says who sits there."""
    for case, level, most in (("no_members", "unknown", 0), ("one_member", "note", 1)):
        if ids := [row.id for row in rows if len(row.members) == most]:
            fields = {"numbers": {"n": len(ids)}, "words": {"arenas": named(ids)}}
            yield _say(kart, case, level, actors=tuple(ids), **fields)


def _redundant(
    kart: ActorMap, rows: tuple[Arena, ...], where: Mapping[Pair, list[str]]
) -> Iterator[Finding]:
    could_go = [row for row in rows if row.redundant]
    for row in could_go:
        other = {arena for pair in combinations(row.members, 2) for arena in where[pair]}
        elsewhere = sorted(other - {row.id})
        yield _say(
            kart,
            "redundant",
            "note",
            actors=(row.id, *elsewhere),
            numbers={"n": len(row.members), "pairs": row.pairs},
            words={"arena": Who(row.id), "elsewhere": named(elsewhere)},
        )
    ids = tuple(row.id for row in could_go)
    lost = [pair for pair, places in where.items() if set(places) <= set(ids)]
    if lost:
        numbers = {"n": len(lost)}
        yield _say(
            kart, "not_all", "note", actors=ids, numbers=numbers, words={"arenas": named(ids)}
        )
    if not could_go and (kept := [row.id for row in rows if row.pairs]):
        numbers, words = {"n": len(kept)}, {"arenas": named(kept)}
        yield _say(
            kart, "none_redundant", "strength", actors=tuple(kept), numbers=numbers, words=words
        )


def _overlapping(
    kart: ActorMap, rows: tuple[Arena, ...], overlap: Mapping[Pair, float | None]
) -> Iterator[Finding]:
    members = {row.id: set(row.members) for row in rows}
    much = [(-share, two) for two, share in overlap.items() if share is not None and share >= MUCH]
    for minus, (one, other) in sorted(much):
        yield _say(
            kart,
            "overlap",
            "note",
            actors=(one, other),
            numbers={
                "shared": len(members[one] & members[other]),
                "n": len(members[one] | members[other]),
                "share": -minus,
            },
            words={"one": Who(one), "other": Who(other)},
        )


def _nowhere(
    kart: ActorMap, rows: tuple[Arena, ...], nowhere: tuple[Pair, ...] | None, total: int
) -> Iterator[Finding]:
    if nowhere is None:
        yield _say(kart, "no_user", "unknown")
        return
    if not total:
        yield _say(kart, "no_pairs", "unknown")
        return
    linked = {tie.pair for tie in kart.channels}
    apart = [pair for pair in nowhere if pair not in linked]
    empty = sum(not row.members for row in rows)
    numbers = {"n": len(nowhere), "total": total, "apart": len(apart), "empty": empty}
    if not nowhere:
        yield _say(kart, "all_meet", "strength", numbers=numbers)
        return
    # Those who are not even in touch are named first, and alone where there are any.
    told = apart or nowhere
    if empty:
        case, level = "at_most", "unknown"
    else:
        case, level = ("meet_nowhere", "gap") if apart else ("only_in_touch", "note")
    yield _say(
        kart,
        case,
        level,
        actors=tuple(sorted({id_ for pair in told for id_ in pair})),
        numbers=numbers,
        words={"ties": some([Between(*pair, mutual=True) for pair in told])},
    )
