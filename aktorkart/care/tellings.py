"""How the user's story travels: whom it must be told. METHOD 6.1.

An arena that the user has no channel to carries what its members know, and nobody has to tell
it anything. An arena that the user has a channel to (is a member of, say) is one to tell.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from aktorkart.care.serving import serving
from aktorkart.comparison.sides import other_end
from aktorkart.expected import expect
from aktorkart.finding import Finding, Who, finding, named
from aktorkart.model import expect_map
from aktorkart.model.vocabulary import PERSONAL_NETWORK, STORY
from aktorkart.network.graph import (
    arcs_among,
    as_graph,
    distances,
    sources,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from aktorkart.model import ActorMap
    from aktorkart.network.graph import Graph


@dataclass(frozen=True)
class Story:
    """What is needed to follow the user's story from one who serves the user to the next."""

    user: str
    serving: tuple[str, ...]
    arenas: frozenset[str]
    arcs: dict[str, set[str]]

    @cached_property
    def mapped(self) -> bool:
        """Whether the map says anything about what is passed on among those who help."""
        return any(self.arcs.get(id_, set()) & self.carriers for id_ in self.carriers)

    @property
    def goes_on(self) -> bool:
        """Whether it can be followed past the first who helps."""
        return self.mapped and len(self.serving) > 1

    @cached_property
    def carriers(self) -> frozenset[str]:
        """All that the number depends on."""
        return self.arenas.union(self.serving)

    def known(self) -> tuple[list[str], Graph]:
        """Return those who know the story when all who serve the user do, and its ways there."""
        ids = [*self.serving, *sorted(self.arenas.difference(self.serving))]
        out = as_graph(ids, self.arcs)
        # What an arena is told by nobody who serves the user cannot count as known.
        known = sorted(distances(out, range(len(self.serving))))
        place = {actor: number for number, actor in enumerate(known)}
        among = [[place[other] for other in out[actor]] for actor in known]
        return [ids[actor] for actor in known], among

    def to_tell(self) -> list[list[str]]:
        """Return who must be told: one from each group, and that is enough."""
        ids, out = self.known()
        told = {*self.serving}
        # A group nobody tells holds at least one who serves the user: the rest were reached.
        return [[ids[one] for one in group if ids[one] in told] for group in sources(out)]

    def times(self, *, without: str | None = None) -> int:
        """Count the groups of `to_tell`, in a fraction of its time.

        Each who has it from nobody before is told. The other way round, those who have it from
        nobody told later are left: one of each group.
        """
        found = [id_ for id_ in self.serving if id_ != without]
        for _ in range(2):
            heard, told = {without}, []
            for id_ in found:
                if id_ not in heard:
                    told.append(id_)
                    self._pass_on(id_, heard)
            found = told[::-1]
        return len(found)

    @cached_property
    def _passes(self) -> dict[str, set[str]]:
        return {id_: self.arcs.get(id_, set()) & self.carriers for id_ in self.carriers}

    def _pass_on(self, id_: str, heard: set[str | None]) -> None:
        """Add all who hear it from one, but for those who have heard it."""
        heard.add(id_)
        telling = [id_]
        for one in telling:
            more = self._passes[one] - heard
            heard |= more
            telling += more

    def steps(self, whom: Collection[str]) -> dict[str, int]:
        """Return how many times the story is passed on before each has it; an arena is on the way.

        What is said in an arena has been passed on once when its members know it.
        """
        found = dict.fromkeys(whom, 0)
        now = list(found)
        for step in range(len(self.carriers) + 1):
            heard = list(now)
            for id_ in heard:  # those who are told in the same step, by way of arenas
                for other in self.arcs.get(id_, set()) & self.arenas - found.keys():
                    found[other] = step
                    heard.append(other)
            out = {other for id_ in heard for other in self.arcs.get(id_, ())}
            now = sorted(out & self.carriers - found.keys())
            found |= dict.fromkeys(now, step + 1)
        return found

    @cached_property
    def one_step(self) -> tuple[int, bool]:
        """How many must be told if only one step is trusted, and whether that is exact."""
        told = [self.steps([id_]) for id_ in self.serving]
        near = [{i for i, id_ in enumerate(self.serving) if one.get(id_, 2) <= 1} for one in told]
        return fewest_covering(near)


MOST_LOOKED = 20_000
"""So many choices are looked at before the fewest found so far are told as a bound."""


def fewest_covering(sets: Sequence[set[int]]) -> tuple[int, bool]:
    """Return how few of the sets hold all that any holds, and whether fewer are ruled out."""
    everything = set().union(*sets)
    by = {one: [held for held in sets if one in held] for one in everything}
    best, looked = len(everything), 0

    def choose(left: set[int], chosen: int) -> None:
        nonlocal best, looked
        if not left:
            best = min(best, chosen)
            return
        looked += 1
        most = max(len(held & left) for held in sets)
        if looked > MOST_LOOKED or chosen - (-len(left) // most) >= best:
            return
        hardest = min(left, key=lambda one: (len(by[one]), one))
        for held in sorted(by[hardest], key=lambda held: -len(held & left)):
            choose(left - held, chosen + 1)

    choose(everything, 0)
    return best, looked <= MOST_LOOKED


def story_of(
    kart: ActorMap, user: str, *, carrying: Collection[str], left_out: Collection[str]
) -> Story:
    """Return what the story of a user needs to be followed through the map."""
    ties = (tie for tie in kart.channels if tie.kind in carrying and user not in tie.ends)
    return Story(
        user=user,
        serving=tuple(serving(kart, user, left_out=left_out)),
        arenas=frozenset(actor.id for actor in kart.actors if actor.kind == "arena"),
        # Whichever way a membership is drawn, the member hears and is heard.
        arcs=arcs_among(ties, both_ways=("membership",)),
    )


def story(kart: ActorMap) -> Story | None:
    """Return the story of the user, where it can be followed past the first who helps."""
    if kart.user is None:
        return None
    found = story_of(kart, kart.user, carrying=STORY, left_out=PERSONAL_NETWORK)
    return found if found.goes_on else None


def times_told(kart: ActorMap) -> int | None:
    """Return how many times the story must be told; None where the map does not tell it."""
    told = story(kart)
    return None if told is None else told.times()


def _closest(kart: ActorMap, user: str) -> dict[str, float]:
    """Return how strong each actor's strongest channel with the user is; unknown is 0."""
    found: dict[str, float] = {}
    for tie in kart.channels:
        if user in tie.ends:
            other = other_end(tie, user)
            found[other] = max(found.get(other, 0.0), tie.strength or 0.0)
    return found


def tellings(
    kart: ActorMap,
    *,
    carrying: Collection[str] = STORY,
    left_out: Collection[str] = PERSONAL_NETWORK,
) -> list[Finding]:
    """Count how many times the user must tell the story, and say to whom (METHOD 6.1).

    Parameters
    ----------
    kart : ActorMap
        The map.
    carrying : collection of str
        Kinds of ties that carry the story. A membership carries both ways.
    left_out : collection of str
        Kinds of actors that do not count as serving the user.

    Returns
    -------
    list of Finding
        Code ``tellings``, with ``tellings`` in its numbers, and where the map says what is
        passed on ``steps``, how many times the story is passed on before the last one has it,
        and ``one_step``, how many must be told if only one step is trusted (the fewest that
        were found, where that takes too many choices). ``actors`` are those to tell, one
        for each group that passes the story round: a coordinator, else the one closest to the
        user. Level ``unknown`` if no tie carries anything; the number is then the most it can
        be.

    Notes
    -----
    The number of source strongly connected components among the actors who serve the user,
    the user removed. Only they and the arenas pass the story on.

    Examples
    --------
    >>> import aktorkart as ak
    >>> ids = ["bruker", "dps", "fastlege", "nav"]
    >>> kart = ak.ActorMap(
    ...     actors=[{"id": id_, "kind": "user" if id_ == "bruker" else "service"} for id_ in ids],
    ...     ties=[{"source": "bruker", "target": id_} for id_ in ids[1:]]
    ...         + [{"source": "fastlege", "target": "dps", "kind": "referral", "mutual": False}])
    >>> print(tellings(kart)[0].text("en"))
    bruker must tell the story 2 times, to fastlege and nav, before the 3 who help can know it.
    """
    expect_map(kart)
    expect("several", carrying=carrying, left_out=left_out)
    user = kart.user
    if user is None:
        return [finding(kart, "tellings", "no_user", "unknown", numbers={"tellings": None})]
    story = story_of(kart, user, carrying=carrying, left_out=left_out)
    groups = story.to_tell()
    if story.arenas.issuperset(story.serving):
        return [_told(kart, story, "nobody", "unknown", groups)]
    if len(story.serving) == 1:
        return [_told(kart, story, "only_one", "note", groups)]
    if not story.mapped:
        return [_told(kart, story, "at_most", "unknown", groups)]
    once = len(groups) == 1
    found = _told(kart, story, "once" if once else "count", "strength" if once else "gap", groups)
    shared = [
        finding(
            kart,
            "tellings",
            "shared",
            found.level,
            actors=tuple(group),
            numbers={"n": len(group), "tellings": len(groups)},
            words={"actors": named(group)},
        )
        for group in groups
        if len(group) > 1
    ]
    far = found.numbers["steps"]
    if far > 1:
        exact = "far" if story.one_step[1] else "far_at_most"
        shared.append(finding(kart, "tellings", exact, found.level, numbers=found.numbers))
    return [replace(found, more=tuple(shared))]


def _told(kart: ActorMap, story: Story, case: str, level: str, groups: list[list[str]]) -> Finding:
    closest = _closest(kart, story.user)

    def order(id_: str) -> tuple[bool, float, str]:
        return kart[id_].kind != "coordinator", -closest[id_], id_

    whom = sorted(min(group, key=order) for group in groups)
    known = story.goes_on
    steps = story.steps(whom) if known else {}
    return finding(
        kart,
        "tellings",
        case,
        level,
        actors=tuple(whom),
        numbers={
            "tellings": len(groups),
            "n": len(groups),
            # An arena is somewhere to tell it, and nobody who helps.
            "serving": len(story.serving) - len(story.arenas.intersection(story.serving)),
            "steps": max(steps[id_] for id_ in story.serving) if known else None,
            "one_step": story.one_step[0] if known else None,
        },
        words={"user": Who(story.user), "whom": named(whom)},
    )
