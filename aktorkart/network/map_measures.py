"""The measures of a map as a whole: what ``m`` has besides its actors.

`Measures` is made of these and of its actors' measures. How they are computed stands in
`aktorkart.network.whole_map`, which knows no map.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from aktorkart.atomic import expect_path
from aktorkart.errors import Problem, UnknownActor, WrongArgument, guesses, one_of
from aktorkart.expected import expect, expect_if_given
from aktorkart.model import expect_map
from aktorkart.model.fields import FrozenDict
from aktorkart.network import graph, structure, whole_map
from aktorkart.network.communities import communities
from aktorkart.network.equivalence import Equivalence
from aktorkart.network.groups import group_of
from aktorkart.network.key_players import KeyPlayers, key_players
from aktorkart.network.memberships import ARENAS
from aktorkart.network.network import Network, check_alpha
from aktorkart.network.scores import ENOUGH_FOR_BETWEEN, Scores

if TYPE_CHECKING:
    import os
    from concurrent.futures import Executor

    from aktorkart.model import ActorMap
    from aktorkart.network.communities import Communities
    from aktorkart.network.whole_map import Cohesion
    from aktorkart.progress import Told

GROUPINGS = ("line", "level", "organisation", "kind", "community")
"""What actors can be grouped by, besides their tags."""


class MapMeasures:
    """The measures of a map as a whole, computed when the first of a family is asked for.

    Parameters
    ----------
    kart, alpha, normalized, group, arenas, executor, progress, checkpoint
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
        progress: Told | None,
        checkpoint: str | os.PathLike[str] | None,
    ) -> None:
        check_alpha(alpha)
        expect("yes_or_no", normalized=normalized)
        expect_if_given("executor", executor=executor)
        expect_if_given("function", progress=progress)
        if isinstance(kart, Network):
            if one_of(arenas, ARENAS, option="arenas") != "actors":
                raise WrongArgument(Problem(code="arenas_of_a_network"))
            self.network = kart
        else:
            expect_map(kart)
            self.network = Network.from_map(kart, arenas=arenas)
        self._kart = None if isinstance(kart, Network) else kart
        self.arenas = self.network.arenas
        self.alpha = alpha
        self.normalized = normalized
        self.group = group
        self._scores = Scores(
            self.network,
            alpha=alpha,
            normalized=normalized,
            executor=executor,
            progress=progress,
            checkpoint=None if checkpoint is None else expect_path(checkpoint),
        )
        if group != "community":
            self._groups(group)  # an unknown name is an error here, not at first use

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

    @property
    def n(self) -> int:
        """Number of actors."""
        return len(self.network.ids)

    @property
    def ties(self) -> int:
        """Number of channels: a mutual one counts once, parallel ones and several reports each."""
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
            "cut points by id",
            lambda: FrozenDict(zip(self.network.ids, self._cut_points, strict=True)),
        )

    @property
    def _cut_points(self) -> list[bool]:
        def find() -> list[bool]:
            around = self._scores.around
            found: list[bool] = graph.cut_points(around.starts, around.heads).tolist()
            return found

        return self._scores.once("cut points", find)

    @property
    def roles(self) -> Mapping[str, Mapping[str, int] | None]:
        """Gould and Fernandez' roles of every actor, by ``group``; None for those without group.

        a→v→b without a→b, over ordered pairs also in undirected maps: coordinator (all of one
        group), consultant (only v is of another), gatekeeper (only a is), representative
        (only b is), liaison (three groups).
        """

        def count() -> Mapping[str, Mapping[str, int] | None]:
            return FrozenDict(
                {
                    id_: None if row is None else FrozenDict(zip(structure.ROLES, row, strict=True))
                    for id_, row in zip(self.network.ids, self._role_counts, strict=True)
                }
            )

        return self._scores.once("roles", count)

    @property
    def _role_counts(self) -> list[list[int] | None]:
        """The roles of each actor in the order of ``ROLES``; None for those without group."""

        def count() -> list[list[int] | None]:
            groups = self._groups(self.group)
            counts = structure.roles(self.network, groups).tolist()
            return [
                None if group is None else row for group, row in zip(groups, counts, strict=True)
            ]

        return self._scores.once("role counts", count)

    @property
    def cohesion(self) -> Mapping[tuple[str, str], Cohesion]:
        """Density and mean strength within and between the groups of ``group``.

        By pair of groups: from the first to the second in a directed map, each pair once in an
        undirected one. Actors without group are left out; empty if nobody has one.
        """
        return self._scores.once(
            "cohesion",
            lambda: whole_map.Cohesions(self.network, self._groups(self.group)),
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
        groups = self._groups(by)
        return self._scores.once(
            ("ei_permutation", *groups),
            lambda: whole_map.ei_permutation(self._scores.around, groups),
        )

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
        focal = self._kart.middle if self._kart is not None else None
        if focal in self.network.index:
            out = self.network.index[focal]
            near = [
                [] if at == out else [other for other in others if other != out]
                for at, others in enumerate(near)
            ]
        return key_players(self.network.ids, near, size, by=by)

    def structural_equivalence(self) -> Equivalence:
        """Compare every two actors by whom they have channels with, and how strong.

        Returns
        -------
        Equivalence
            ``found.correlation("nav", "dps")`` is that of their strengths from and to
            everybody else: 1 if they stand alike towards the others, None where one of them has
            the same strength with all of them. ``found.most_alike("nav")`` ranks the others.

        Examples
        --------
        >>> import aktorkart as ak
        >>> found = ak.measures(ak.examples.kite()).structural_equivalence()
        >>> found.most_alike("8")[0].actor
        '5'
        """
        return self._scores.once("equivalence", lambda: Equivalence(self.network))

    @property
    def communities(self) -> Communities | None:
        """Groups by Louvain's method, the best of 20 seeds, with their stability.

        None if nobody is linked.
        """
        if not self.ties:
            return None
        return self._scores.once(
            "communities", lambda: communities(self.network, self._scores.around)
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
            return [None if by.get(id_) is None else str(by[id_]) for id_ in self.network.ids]
        return self._scores.once(("groups", by), lambda: self._named_groups(by))

    def _named_groups(self, by: str) -> list[str | None]:
        if by == "community":
            found = self.communities
            number = {
                id_: str(place)
                for place, group in enumerate(found.groups if found else (), start=1)
                for id_ in group
            }
            return [number.get(id_) for id_ in self.network.ids]
        kart = self._kart
        if kart is None:
            one_of(by, GROUPINGS, option="group")
            return [None] * self.n
        if by not in GROUPINGS:
            tags = {tag for actor in kart.actors for tag in actor.tags}
            one_of(by, [*GROUPINGS, *sorted(tags)], option="group")
        return [group_of(kart, id_, by) for id_ in self.network.ids]
