"""Everything that is measured on a map: who is central, who bridges, what hangs together.

Definitions are METHOD 7's, with their sources in the docstrings of `ActorMeasures` and
`Measures`; other tools define some of them differently. What is undefined is None with a
reason, never NaN and never 0.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from aktorkart.errors import Problem, UnknownActor, WrongArgument, guesses, one_of
from aktorkart.i18n import LANGUAGES, text
from aktorkart.model import expect_map
from aktorkart.model.fields import FrozenDict
from aktorkart.network import graph, structure, whole_map
from aktorkart.network.groups import group_of
from aktorkart.network.key_players import KeyPlayers, key_players
from aktorkart.network.memberships import ARENAS
from aktorkart.network.network import Network, check_alpha
from aktorkart.network.scores import ENOUGH_FOR_BETWEEN, RANKABLE, Scores
from aktorkart.tables import Column, Table

if TYPE_CHECKING:
    from collections.abc import Iterator
    from concurrent.futures import Executor

    from aktorkart.model import ActorMap
    from aktorkart.network.variants import Rank
    from aktorkart.network.whole_map import Cohesion, Communities

GROUPINGS = ("line", "level", "organisation", "kind", "community")
"""What actors can be grouped by, besides their tags."""


def measures(  # noqa: PLR0913 - keyword-only, and each has a default
    kart: ActorMap | Network,
    *,
    alpha: float = 1.0,
    normalized: bool = True,
    group: str | Mapping[str, str] = "line",
    arenas: str = "actors",
    executor: Executor | None = None,
) -> Measures:
    """Measure a map.

    Parameters
    ----------
    kart : ActorMap or Network
        The map. A network has no lines, levels or tags to group actors by.
    alpha : float
        How much strength matters, from 0 (not at all) to 10: a tie's length is strength^−α.
    normalized : bool
        Whether degree, in_degree, out_degree, betweenness, closeness and harmonic are divided
        by what they could be at the most in a map of this size.
    group : str or mapping
        What ``roles`` and ``cohesion`` group actors by: "line", "level", "organisation" or
        "kind" (the first of several), "community" (as found in the map), the name of a tag,
        or a mapping of id to group.
    arenas : {"actors", "links", "out"}
        What an arena is in the network: an actor like the others; a link, as a mutual channel,
        between each two of its members, as strong as the weaker of their memberships; or left
        out. A network has its arenas as it was made.
    executor : concurrent.futures.Executor, optional
        Where shortest paths are computed, for very large maps.

    Returns
    -------
    Measures
        Nothing is computed before it is asked for.

    Raises
    ------
    InvalidMap
        If alpha is outside its range; at first use of paths also if strengths are too far
        apart to be compared.
    UnknownName
        If there is nothing on the map to group by under that name, or arenas can be no such
        thing.
    WrongArgument
        If it is given something else, or a network and what its arenas should be.

    Examples
    --------
    >>> from aktorkart.model import ActorMap
    >>> m = measures(ActorMap(
    ...     actors=[{"id": "bruker"}, {"id": "fastlege"}, {"id": "dps"}],
    ...     ties=[{"source": "bruker", "target": "fastlege", "strength": 4},
    ...           {"source": "fastlege", "target": "dps", "strength": 2}],
    ... ))
    >>> m["fastlege"].betweenness, m["dps"].betweenness
    (1.0, 0.0)
    >>> m["dps"].farness  # 1/2 to fastlege, 1/4 more to bruker
    1.25
    """
    return Measures(
        kart, alpha=alpha, normalized=normalized, group=group, arenas=arenas, executor=executor
    )


@dataclass(frozen=True, eq=False)
class ActorMeasures:
    """The measures of one actor; each is computed when it is first asked for.

    Parameters
    ----------
    id : str
        The actor.
    """

    id: str
    _all: Measures

    def __repr__(self) -> str:
        """Say whose measures these are, without computing any."""
        return f"ActorMeasures({self.id!r})"

    @property
    def degree(self) -> float | None:
        """Number of distinct neighbours either way; a share of the others if normalised."""
        return self._all.value("degree", self.id)

    @property
    def in_degree(self) -> float | None:
        """Number of actors with a channel to this one; a share if normalised."""
        return self._all.value("in_degree", self.id)

    @property
    def out_degree(self) -> float | None:
        """Number of actors that this one has a channel to; a share if normalised."""
        return self._all.value("out_degree", self.id)

    @property
    def strength(self) -> float | None:
        """Sum over neighbours of the strength of the stronger direction."""
        return self._all.value("strength", self.id)

    @property
    def degree_alpha(self) -> float | None:
        """k^(1−α)·s^α of degree k and strength s (Opsahl, Agneessens & Skvoretz 2010)."""
        return self._all.value("degree_alpha", self.id)

    @property
    def closeness(self) -> float | None:
        """(r/(n−1))·(r/Σd) over the r actors reached along outgoing arcs; raw 1/farness.

        None if nobody is reached; may exceed 1 where strengths do (Wasserman & Faust 1994).
        """
        return self._all.value("closeness", self.id)

    @property
    def harmonic(self) -> float | None:
        """Sum of 1/distance to those reached, divided by n−1 if normalised; 0 for an isolate."""
        return self._all.value("harmonic", self.id)

    @property
    def farness(self) -> float | None:
        """Sum of the distances to all others; None unless all are reached."""
        return self._all.value("farness", self.id)

    @property
    def betweenness(self) -> float | None:
        """Share of the others' shortest paths that pass here (Freeman 1977); raw: their number.

        Over ordered pairs in a directed map, unordered ones otherwise.
        """
        return self._all.value("betweenness", self.id)

    @property
    def eigenvector(self) -> float | None:
        """Tied to those who are well tied (Bonacich 1972): maximum 1, in the largest component."""
        return self._all.value("eigenvector", self.id)

    @property
    def pagerank(self) -> float | None:
        """How often a wanderer along the ties comes by (Brin & Page 1998): sum 1, damping .85."""
        return self._all.value("pagerank", self.id)

    @property
    def core(self) -> int:
        """Largest k such that the actor is in a group where all have k neighbours (Seidman)."""
        return int(self._all.value("core", self.id) or 0)

    @property
    def constraint(self) -> float | None:
        """How far the actor's ties lead back to the same people (Burt 1992), weighted."""
        return self._all.value("constraint", self.id)

    @property
    def effective_size(self) -> float | None:
        """Neighbours less the overlap between them (Burt 1992), weighted."""
        return self._all.value("effective_size", self.id)

    @property
    def roles(self) -> Mapping[str, int] | None:
        """How often the actor goes between two who are not tied, by Gould and Fernandez' role."""
        return self._all.roles[self.id]

    @property
    def cut_point(self) -> bool:
        """Whether the others fall apart without the actor."""
        return self._all.cut_points[self.id]

    @property
    def reasons(self) -> Mapping[str, str]:
        """Why a measure is None: measure to code; the sentence is ``reason.<code>``."""
        return self._all.actor_reasons(self.id)


class Measures(Mapping[str, ActorMeasures]):
    """The measures of a map: ``m["nav"].betweenness``, ``m.density``, ``m.ranking(…)``.

    Made by `measures`. A family of measures is computed when the first of it is asked for;
    threads may share the object.

    Parameters
    ----------
    kart, alpha, normalized, group, arenas, executor
        As for `measures`.
    """

    def __init__(  # noqa: PLR0913 - as measures
        self,
        kart: ActorMap | Network,
        *,
        alpha: float,
        normalized: bool,
        group: str | Mapping[str, str],
        arenas: str,
        executor: Executor | None,
    ) -> None:
        check_alpha(alpha)
        if isinstance(kart, Network):
            if one_of(arenas, ARENAS, option="arenas") != "actors":
                raise WrongArgument(Problem(code="arenas_of_a_network"))
            self.network = kart
        else:
            expect_map(kart)
            self.network = Network.from_map(kart, arenas=arenas)
        self._kart = None if isinstance(kart, Network) else kart
        self.arenas = arenas
        self.alpha = alpha
        self.normalized = normalized
        self.group = group
        self._scores = Scores(self.network, alpha=alpha, normalized=normalized, executor=executor)
        if group != "community":
            self._groups(group)  # an unknown name is an error here, not at first use

    # --- the actors

    def __getitem__(self, id: str) -> ActorMeasures:  # noqa: A002 - it is the actor's id
        """Return the measures of an actor; UnknownActor if it is not on the map."""
        self._place(id)
        return ActorMeasures(id, self)

    def __iter__(self) -> Iterator[str]:
        """Go through the ids, sorted."""
        return iter(self.network.ids)

    def __len__(self) -> int:
        """Return the number of actors."""
        return len(self.network.ids)

    def __contains__(self, id: object) -> bool:  # noqa: A002 - it is the actor's id
        """Tell whether an actor is on the map."""
        return id in self.network.index

    def __eq__(self, other: object) -> bool:
        """Compare by identity: comparing values would compute all of them."""
        return self is other

    __hash__ = object.__hash__

    def __repr__(self) -> str:
        """Say how much there is, without computing anything."""
        return f"Measures({self.n} actors, {self.ties} ties, alpha={self.alpha})"

    def _place(self, id: str) -> int:  # noqa: A002 - it is the actor's id
        try:
            return self.network.index[id]
        except KeyError:
            if self._kart is not None:
                self._kart[id]  # raises, with guesses from names too
            near = guesses(id, self.network.ids)
            raise UnknownActor(
                Problem(code="unknown_actor", values={"value": id}, guesses=near)
            ) from None

    def value(self, name: str, id: str) -> float | None:  # noqa: A002 - it is the actor's id
        """Return one measure of one actor, by the measure's name.

        Parameters
        ----------
        name : str
            One of `RANKABLE`.
        id : str
            The actor.

        Returns
        -------
        float or None
            None where it is undefined.

        Raises
        ------
        UnknownActor, UnknownName
            If there is no such actor or measure.
        """
        place = self._place(id)
        found = float(self._scores.values(one_of(name, RANKABLE, option="measure"))[place])
        return None if np.isnan(found) else found

    def paths_through(self, id: str) -> float | None:  # noqa: A002 - it is the actor's id
        """Return the share of the others' shortest paths that pass an actor.

        Betweenness divides by all pairs of others there could be; this divides by those that
        have a path, which is what a sentence about a share of paths means (METHOD 7).

        Parameters
        ----------
        id : str
            The actor.

        Returns
        -------
        float or None
            From 0 to 1; None where no two others have a path.

        Raises
        ------
        UnknownActor
            If it is not on the map.
        """
        place = self._place(id)
        paths, _ = self._scores.paths
        coming = int(paths.reached[place])
        if self.network.directed:
            back = self._scores.once("arcs turned", self._turned)
            coming = len(graph.distances(back, [place])) - 1
        pairs = int(paths.reached.sum()) - int(paths.reached[place]) - coming
        passing = float(paths.betweenness[place])
        return passing / pairs if pairs and np.isfinite(passing) else None

    def _turned(self) -> list[list[int]]:
        """Return who has an arc to each actor."""
        back: list[list[int]] = [[] for _ in self.network.ids]
        ends = self.network.tails.tolist(), self.network.heads.tolist()
        for tail, head in zip(*ends, strict=True):
            back[head].append(tail)
        return back

    def actor_reasons(self, id: str) -> Mapping[str, str]:  # noqa: A002 - it is the actor's id
        """Say why measures of an actor are None.

        Parameters
        ----------
        id : str
            The actor.

        Returns
        -------
        mapping
            Measure to code; the sentence is ``reason.<code>`` in the catalogues.

        Raises
        ------
        UnknownActor
            If it is not on the map.
        """
        place = self._place(id)
        found = {
            name: self._scores.why(name, place) for name in RANKABLE if self.value(name, id) is None
        }
        if self.roles[id] is None:
            found["roles"] = "no_group"
        return FrozenDict(found)

    def ranking(self, name: str, *, draws: int | None = None) -> tuple[Rank, ...]:
        """Rank the actors, and say how firm each rank is.

        Parameters
        ----------
        name : str
            One of `RANKABLE`.
        draws : int, optional
            How many times strengths are drawn anew; 0 gives ranks without intervals. If left
            out 200, but 0 for measures of paths on a map of more than 150 actors (1000 with
            ``aktorkart[fast]``), which would take minutes.

        Returns
        -------
        tuple of Rank
            Best first, then by id. The highest value has rank 1, except that ``farness`` and
            ``constraint`` have the lowest first. Actors without value are left out.

        Raises
        ------
        UnknownName
            If the measure cannot be ranked.

        Notes
        -----
        In each draw every tie is moved a step down, not at all, or a step up, within the
        scale (a step is a quarter of its span; open-ended: ×.8, 1, 1.25), the two directions of
        a mutual tie together; an unknown strength may be anywhere on the scale. Values within
        1e-9 share a rank. The interval runs from the best to the worst rank met, the map as it
        stands included. What 200 draws have not met is not thereby impossible.
        """
        one_of(name, RANKABLE, option="measure")
        if draws is not None and (not isinstance(draws, int) or draws < 0):
            raise WrongArgument(
                Problem(
                    code="at_least", values={"option": "draws", "least": 0, "value": str(draws)}
                )
            )
        scores = self._scores
        count = scores.usual_draws(name) if draws is None else draws
        return scores.once(("ranking", name, count), lambda: scores.ranking(name, count))

    def table(self, *, lang: str | None = None) -> Table:
        """Return all measures of all actors.

        Parameters
        ----------
        lang : {"nb", "nn", "en", "sv"}, optional
            Language of the headings; by default the map's own, else bokmål.

        Returns
        -------
        Table
            A row for each actor, by id; the keys of the columns are the measures' names.
        """
        own = self._kart.lang if self._kart is not None else None
        lang = lang or own or LANGUAGES[0]
        names = (*RANKABLE, "cut_point", *structure.ROLES)
        rows = []
        for id_ in self:
            roles = self.roles[id_] or dict.fromkeys(structure.ROLES)
            values = [self.value(name, id_) for name in RANKABLE]
            rows.append((id_, *values, self.cut_points[id_], *(roles[r] for r in structure.ROLES)))
        columns = [Column(key="actor", title=text("measure.actor.name", lang))] + [
            Column(
                key=name,
                title=text(f"measure.{name}.name", lang),
                digits=3,
                numeric=name != "cut_point",
            )
            for name in names
        ]
        return Table(columns=tuple(columns), rows=tuple(rows), lang=lang)

    # --- the map

    @property
    def n(self) -> int:
        """Number of actors."""
        return len(self.network.ids)

    @property
    def ties(self) -> int:
        """Number of channels: a mutual one counts once, parallel ones each."""
        return len(self.network.tie_strengths)

    @property
    def density(self) -> float | None:
        """Channel arcs divided by n(n−1); None for fewer than two actors."""
        possible = self.n * (self.n - 1)
        return len(self.network.tails) / possible if possible else None

    @property
    def components(self) -> tuple[tuple[str, ...], ...]:
        """Ids of those who hang together when directions are ignored, the largest first."""
        ids = self.network.ids
        return tuple(tuple(ids[place] for place in part) for part in self._scores.parts)

    @property
    def cut_points(self) -> Mapping[str, bool]:
        """Whether the others fall apart without each actor, on the undirected map."""
        return self._scores.once(
            "cut points",
            lambda: FrozenDict(
                dict(zip(self, graph.cut_points(self._scores.neighbours), strict=True))
            ),
        )

    @property
    def roles(self) -> Mapping[str, Mapping[str, int] | None]:
        """Gould and Fernandez' roles of every actor, by ``group``; None for those without group.

        a→v→b without a→b, over ordered pairs also in undirected maps: coordinator (all of one
        group), consultant (only v is of another), gatekeeper (only a is), representative
        (only b is), liaison (three groups).
        """

        def count() -> Mapping[str, Mapping[str, int] | None]:
            groups = self._groups(self.group)
            counts = structure.roles(self.network, groups)
            return FrozenDict(
                {
                    id_: None if group is None else FrozenDict(found)
                    for id_, group, found in zip(self, groups, counts, strict=True)
                }
            )

        return self._scores.once("roles", count)

    @property
    def cohesion(self) -> Mapping[tuple[str, str], Cohesion]:
        """Density and mean strength within and between the groups of ``group``.

        By pair of groups: from the first to the second in a directed map, each pair once in an
        undirected one. Actors without group are left out; empty if nobody has one.
        """
        return self._scores.once(
            "cohesion",
            lambda: FrozenDict(whole_map.cohesion(self.network, self._groups(self.group))),
        )

    @property
    def centralization(self) -> Mapping[str, float | None]:
        """Freeman's centralisation of degree, closeness and betweenness: 0 alike, 1 a star.

        Closeness takes the map's shortest tie as the unit, so that a star of equally strong
        ties has 1 whatever their strength; it is None unless everyone reaches everyone. It is
        divided by what a mutual star attains, also in a directed map.
        """
        return self._scores.once("centralization", self._centralization)

    def _centralization(self) -> Mapping[str, float | None]:
        names = ("degree", "closeness", "betweenness")
        n, network, scores = self.n, self.network, self._scores
        if n < ENOUGH_FOR_BETWEEN:
            return FrozenDict(dict.fromkeys(names))
        star = (n - 1) * (n - 2)
        paths, _ = scores.paths
        found: dict[str, float | None] = dict.fromkeys(names)
        found["degree"] = whole_map.centralization(np.diff(scores.around.starts), star)
        if (paths.reached == n - 1).all():
            unit = int(network.lengths(self.alpha).values.min())
            near = (n - 1) * unit / paths.farness
            found["closeness"] = whole_map.centralization(near, star / (2 * n - 3))
        if np.isfinite(paths.betweenness).all():
            found["betweenness"] = whole_map.centralization(paths.betweenness, star * (n - 1))
        return FrozenDict(found)

    @property
    def reciprocity(self) -> float | None:
        """Σ min(w_ij, w_ji)/Σ w_ij over arcs; None if every arc is a mutual channel's.

        One-way channels that all answer each other alike give 1.
        """
        if self.network.all_mutual and not self.network.directed:
            return None
        return whole_map.reciprocity(self.network, self.network.strengths)

    @property
    def binary_reciprocity(self) -> float | None:
        """Share of arcs that are returned; None where `reciprocity` is."""
        if self.reciprocity is None:
            return None
        return whole_map.reciprocity(self.network, np.ones(len(self.network.tails)))

    def ei_index(self, by: str | Mapping[str, str] = "line") -> float | None:
        """Return (between − within)/all linked pairs (Krackhardt & Stern 1988), unweighted.

        Parameters
        ----------
        by : str or mapping
            What to group actors by, as ``group`` in `measures`. Those without group are left
            out.

        Returns
        -------
        float or None
            From −1 (all links stay within groups) to 1; None if no two with a group are linked.

        Raises
        ------
        UnknownName
            If there is nothing on the map to group by under that name.
        """
        return whole_map.ei_index(self._scores.around, self._groups(by))

    def expected_ei_index(self, by: str | Mapping[str, str] = "line") -> float | None:
        """Return the E–I index if everyone were linked to everyone: what group sizes alone give.

        Parameters
        ----------
        by : str or mapping
            As in `ei_index`.

        Returns
        -------
        float or None
            None if fewer than two actors have a group.

        Raises
        ------
        UnknownName
            If there is nothing on the map to group by under that name.
        """
        return whole_map.expected_ei_index(self._groups(by))

    def ei_permutation(self, by: str | Mapping[str, str] = "line") -> float | None:
        """Return how often chance alone gives an E–I index at least as far from its mean.

        Parameters
        ----------
        by : str or mapping
            As in `ei_index`.

        Returns
        -------
        float or None
            The two-sided p of a permutation test (METHOD 6): groups are shuffled among the
            actors who have one, all ways where there are at most 40 320, else 5 000 times with
            a fixed seed, the map itself included. None for fewer than six actors with a group,
            where nobody with a group is linked, or where all are of one group.

        Raises
        ------
        UnknownName
            If there is nothing on the map to group by under that name.
        """
        return whole_map.ei_permutation(self._scores.around, self._groups(by))

    def key_players(self, size: int, *, by: str = "holding") -> KeyPlayers:
        """Find the set of actors that together matter most (Borgatti 2006).

        The best set is not the best actors put together. Channels are taken without direction
        and strength, and the focal actor, with those who then have no channel, is left out: it
        is in the middle because of how the map was made.

        Parameters
        ----------
        size : int
            How many are in the set, at least 1.
        by : {"holding", "reaching"}
            What they are key to. Holding: the set whose absence leaves the highest
            fragmentation F = 1 − Σs(s − 1)/(n(n − 1)) among those who remain, s the sizes of
            their components. Reaching: the set with the highest mean of 1/distance to those
            outside it, in steps, 0 where there is no path.

        Returns
        -------
        KeyPlayers
            ``sets`` are all that are equally good, ``value`` is theirs. Exact up to 2 million
            sets; beyond that a greedy search with exchanges, and ``exact`` is False.

        Raises
        ------
        UnknownName
            If ``by`` is another word.
        WrongArgument
            If the size is no number from 1.

        Examples
        --------
        >>> import aktorkart as ak
        >>> found = ak.measures(ak.examples.kite()).key_players(2)
        >>> found.sets, round(found.value * 28)
        ((('5', '6'),), 15)
        """
        near = self._scores.neighbours
        focal = self._kart.focal if self._kart is not None else None
        if focal in self.network.index:
            out = self.network.index[focal]
            near = [
                [] if at == out else [other for other in others if other != out]
                for at, others in enumerate(near)
            ]
        return key_players(self.network.ids, near, size, by=by)

    @property
    def communities(self) -> Communities | None:
        """Groups by Louvain's method, the best of 20 seeds, with their stability.

        None if nobody is linked.
        """
        if not self.ties:
            return None
        return self._scores.once(
            "communities", lambda: whole_map.communities(self.network, self._scores.around)
        )

    @property
    def reasons(self) -> Mapping[str, str]:
        """Why measures of the map are None: measure to code, as ``reason.<code>``."""
        found = {}
        too_small = "empty" if self.n == 0 else "alone"
        if self.density is None:
            found["density"] = too_small
        if self.reciprocity is None:
            found["reciprocity"] = found["binary_reciprocity"] = (
                "all_mutual" if self.ties else "no_channels"
            )
        if not self.ties:
            found["communities"] = "no_channels"
        if not self.cohesion:
            found["cohesion"] = "no_groups"
        if self.ei_index(self.group) is None:
            found["ei_index"] = "no_channels" if self.cohesion else "no_groups"
        for name, value in self.centralization.items():
            if value is None:
                why = "too_many_paths" if name == "betweenness" else "not_connected"
                if self.n < ENOUGH_FOR_BETWEEN:
                    why = "too_few" if self.density is not None else too_small
                found[f"centralization.{name}"] = why
        return FrozenDict(found)

    def _groups(self, by: str | Mapping[str, str]) -> list[str | None]:
        """Return the group of each actor, None where it has none."""
        if not isinstance(by, str):
            if not isinstance(by, Mapping):
                one_of(str(by), GROUPINGS, option="group")
            for id_ in by:
                if self._kart is None or id_ not in self._kart:
                    self._place(id_)  # raises: those left out may have a group
            return [None if by.get(id_) is None else str(by[id_]) for id_ in self]
        if by == "community":
            found = self.communities
            number = {
                id_: str(place)
                for place, group in enumerate(found.groups if found else (), start=1)
                for id_ in group
            }
            return [number.get(id_) for id_ in self]
        kart = self._kart
        if kart is None:
            one_of(by, GROUPINGS, option="group")
            return [None] * self.n
        if by not in GROUPINGS:
            tags = {tag for actor in kart.actors for tag in actor.tags}
            one_of(by, [*GROUPINGS, *sorted(tags)], option="group")
        return [group_of(kart, id_, by) for id_ in self]
