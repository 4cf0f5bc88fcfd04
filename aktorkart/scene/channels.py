"""Who has a channel to whom, group by group: what the matrix shows, in figures and in words."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from aktorkart.errors import one_of
from aktorkart.i18n import capital
from aktorkart.network.measures import GROUPINGS
from aktorkart.scene.groups import ATTRIBUTES, groups

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from aktorkart.model import ActorMap, Tie
    from aktorkart.network.measures import Measures
    from aktorkart.scene.words import Words

WRONG = ("conflict", "broken", "strained", "missing")
"""What may be wrong between two: of several, the first is shown."""


def check_group(kart: ActorMap, group: str) -> None:
    """Refuse what actors cannot be grouped by."""
    tags = {tag for actor in kart.actors for tag in actor.tags}
    one_of(group, [*GROUPINGS, *sorted(tags - {*GROUPINGS})], option="group")


@dataclass(frozen=True)
class Between:
    """What there is from one actor to another."""

    channel: bool = False
    strength: float | None = None
    wrong: str | None = None  # one of `WRONG`
    held: float | None = None  # how strong the strongest tie is that is wrong, but there

    def and_(self, tie: Tie) -> Between:
        """Add a tie from the one to the other."""
        if tie.is_channel:
            known = [one for one in (self.strength, tie.strength) if one is not None]
            return replace(self, channel=True, strength=max(known, default=None))
        wrong = (
            "missing" if tie.needed else "conflict" if tie.kind == "conflict" else str(tie.quality)
        )
        gravest = min((one for one in (self.wrong, wrong) if one), key=WRONG.index)
        there = [one for one in (self.held, tie.strength) if one is not None and not tie.needed]
        return replace(self, wrong=gravest, held=max(there, default=self.held))

    @property
    def seen(self) -> float | None:
        """How strong it is, whether it works or not: a channel's strength, or else the other's."""
        return self.strength if self.channel else self.held


@dataclass(frozen=True)
class Channels:
    """Who stands where, and what is between them."""

    order: Sequence[str]  # ids, row by row
    member: Mapping[str, int]  # id to place in `groups`
    groups: Sequence[str]  # their names
    title: str  # what the groups are
    between: Mapping[tuple[str, str], Between]  # from and to

    @classmethod
    def of(cls, words: Words, measures: Measures, group: str) -> Channels:
        """Find them on a map as it may be shown."""
        kart = words.kart
        tags = {tag for actor in kart.actors for tag in actor.tags}
        # Organisations and tags are not there where roles stand for names.
        by = group if group in {*ATTRIBUTES, *tags} else None
        grouped = groups(
            kart, by, lang=words.lang, measures=lambda: measures, most=len(kart.actors)
        )
        found = {id_: several[0] for id_, several in grouped.members.items() if several}
        there = [name for name in grouped.names if name in found.values()]
        if group == "community":
            there.sort(key=int)
        places = {name: at for at, name in enumerate(there)}
        member = {
            actor.id: places.get(found.get(actor.id, ""), len(there)) for actor in kart.actors
        }
        names = [capital(grouped.names[name]) for name in there]
        if len(there) in member.values():
            rest = {kart[id_].kind for id_, at in member.items() if at == len(there)}
            forums = group == "line" and rest == {"arena"}
            names.append(capital(words.say("levels_lane.arena" if forums else "no_group")))
        by_name = {actor.id: at for at, actor in enumerate(words.sorted(kart.actors))}
        order = sorted(
            member,
            key=lambda id_: (member[id_], -(measures[id_].betweenness or 0.0), by_name[id_]),
        )
        between: dict[tuple[str, str], Between] = {}
        for tie in kart.ties_in_force:
            pairs = [(tie.source, tie.target), (tie.target, tie.source)]
            for pair in pairs if tie.mutual else pairs[:1]:
                between[pair] = between.get(pair, Between()).and_(tie)
        return cls(order, member, names, grouped.title, between)

    @cached_property
    def pairs(self) -> list[tuple[str, str]]:
        """From whom to whom there is a channel."""
        return [pair for pair, what in self.between.items() if what.channel]

    @cached_property
    def used(self) -> list[int]:
        """Groups that somebody is in."""
        return sorted(set(self.member.values()))

    @cached_property
    def sums(self) -> Counter[tuple[int, int]]:
        """How many channels go from one group to another."""
        return Counter((self.member[tail], self.member[head]) for tail, head in self.pairs)

    def share(self, one: int, other: int) -> float | None:
        """Return the share of possible channels from one group to another; None if none."""
        sizes = [sum(mine == at for mine in self.member.values()) for at in (one, other)]
        possible = sizes[0] * (sizes[1] - (one == other))
        return self.sums[one, other] / possible if possible else None
