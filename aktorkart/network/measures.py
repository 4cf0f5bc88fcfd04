"""Everything that is measured on a map: who is central, who bridges, what hangs together.

Definitions are METHOD 7's, with their sources in the docstrings of `ActorMeasures` and
`MapMeasures`; other tools define some of them differently. What is undefined is None with a
reason, never NaN and never 0.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from aktorkart.errors import Problem, WrongArgument, at_least, one_of
from aktorkart.expected import expect, told
from aktorkart.i18n import LANGUAGES, text
from aktorkart.model.called import called
from aktorkart.model.fields import FrozenDict
from aktorkart.network import graph, structure
from aktorkart.network.actor_measures import ActorMeasures
from aktorkart.network.map_measures import GROUPINGS, MapMeasures
from aktorkart.network.scores import PATH_MEASURES, RANKABLE
from aktorkart.paused import collector_paused
from aktorkart.tables import Column, Labelled, Table

if TYPE_CHECKING:
    import os
    from collections.abc import Iterator
    from concurrent.futures import Executor

    from numpy.typing import NDArray

    from aktorkart.model import ActorMap
    from aktorkart.network.network import Network
    from aktorkart.network.sampled_betweenness import SampledBetweenness
    from aktorkart.network.variants import Rank
    from aktorkart.progress import Told

__all__ = ["GROUPINGS", "ActorMeasures", "Measures", "measures"]


def measures(  # noqa: PLR0913 - keyword-only, and each has a default
    kart: ActorMap | Network,
    *,
    alpha: float = 1.0,
    normalized: bool = True,
    group: str | Mapping[str, str] = "line",
    arenas: str = "actors",
    executor: Executor | None = None,
    progress: Told | None = None,
    checkpoint: str | os.PathLike[str] | None = None,
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
        Where shortest paths are computed, for very large maps: other processes, or other
        machines. The numbers are the same. The map goes to each process once.
    progress : callable, optional
        Called with what is being computed ("paths", "draws" or "pairs"), how many parts of it
        are done, and of how many, each time one is.
    checkpoint : path-like, optional
        A file (``.npz``) where the shortest paths that are done, or the pairs of
        `Measures.sampled_betweenness`, are saved every ten seconds, and when they are stopped;
        they go on from there another time. It takes up to 32 bytes for each actor, and holds
        one of the two. Draws of `Measures.ranking` begin anew.

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
    UnreadableFile
        At first use of paths, if the checkpoint is damaged, or of another map, another alpha
        or another computation; it is left as it is.
    UnwritableFile
        If the checkpoint cannot be written.

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
        kart,
        alpha=alpha,
        normalized=normalized,
        group=group,
        arenas=arenas,
        executor=executor,
        progress=progress,
        checkpoint=checkpoint,
    )


class Measures(MapMeasures, Mapping[str, ActorMeasures]):
    """The measures of a map: ``m["nav"].betweenness``, ``m.density``, ``m.ranking(…)``.

    Made by `measures`. A family of measures is computed when the first of it is asked for;
    threads may share the object.

    Parameters
    ----------
    kart, alpha, normalized, group, arenas, executor, progress, checkpoint
        As for `measures`.
    """

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
        pairs = self.pairs_of_others(id)
        passing = float(self._scores.paths[0].betweenness[self._place(id)])
        if not self.network.directed:
            passing /= 2
        return passing / pairs if pairs and np.isfinite(passing) else None

    def pairs_of_others(self, id: str) -> int:  # noqa: A002 - it is the actor's id
        """Return how many pairs of others have a path: what `paths_through` is a share of.

        Parameters
        ----------
        id : str
            The actor.

        Returns
        -------
        int
            Ordered pairs if the network is directed.

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
        return pairs if self.network.directed else pairs // 2

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
        stands included; in a draw in which all have 0 nobody is first, unless all have it on the
        map. What 200 draws have not met is not thereby impossible.
        """
        scores, count = self._scores, self._draws(name, draws)
        return scores.once(("ranking", name, count), lambda: scores.ranking(name, count))

    def sampled_betweenness(
        self,
        *,
        top: int = 100,
        confidence: float = 0.95,
        draws: int | None = None,
        seed: int = 0,
    ) -> SampledBetweenness:
        """Estimate who stands most between others, for maps too large to walk all paths of.

        Parameters
        ----------
        top : int
            How many are wanted.
        confidence : float
            How often, over all there is to draw, all bounds are to hold at once: above 0 and
            below 1.
        draws : int, optional
            How many pairs are drawn. If left out 2 000, and twice as many again until it is
            certain who the ``top`` are, at most 256 000.
        seed : int
            Where drawing begins; the same seed gives the same result, on all machines.

        Returns
        -------
        SampledBetweenness
            The first by estimate, each with its bounds and the ranks they allow; who certainly
            belongs, and who may. ``normalized`` and ``alpha`` are those of these measures, and
            with their ``checkpoint`` the same call goes on where it was stopped, to the same bits.

        Raises
        ------
        WrongArgument
            If ``top``, ``draws`` or ``seed`` is too small, or no whole number, or
            ``confidence`` is out of its range.
        InvalidMap
            If strengths are too far apart to be compared, or there are more paths between two
            than can be counted.
        UnreadableFile, UnwritableFile
            If the checkpoint is of another computation, or damaged, or cannot be written.

        Notes
        -----
        Pairs are drawn uniformly, with replacement, and all shortest paths between them found
        from both ends (Borassi & Natale 2016). What an actor is given of a pair is the share of
        them that passes it, from 0 to 1 (Riondato & Kornaropoulos 2014 draw one of them). Let x
        be its mean over m pairs, V its sample variance, n the actors, k the times that it may be
        looked whether to stop, δ = 1 − ``confidence``, l = ln(4nk/δ) and L = ln(8nk/δ). The
        truth is less than √(2V·L/m) + 7L/(3(m − 1)) from x (Maurer & Pontil 2009, theorem 4),
        not below x − √(2x·l/m) and not above x + l/m + √(l²/m² + 2x·l/m), or l/m where x is 0
        (Hoeffding 1963, theorem 1): for all actors, both sides and all looks together, but for a
        chance of δ.

        Examples
        --------
        >>> import aktorkart as ak
        >>> found = ak.measures(ak.examples.kite()).sampled_betweenness(top=1)
        >>> found.certain, found.draws
        (('7',), 2000)
        """
        from aktorkart.network.sampled_betweenness import sampled_betweenness

        return self._scores.once(
            ("sampled", top, confidence, draws, seed),
            lambda: sampled_betweenness(
                self._scores,
                top=top,
                confidence=confidence,
                draws=draws,
                seed=seed,
                labels=called(self._kart) if self._kart is not None else {},
                lang=self._kart.lang if self._kart is not None else None,
            ),
        )

    def drawn(self, name: str, *, draws: int | None = None) -> NDArray[np.float64]:
        """Return a measure in each draw of the strengths, as `ranking` draws them.

        Parameters
        ----------
        name : str
            One of `RANKABLE`.
        draws : int, optional
            How many draws; as for `ranking` if left out.

        Returns
        -------
        array of float
            A row for each draw and a column for each actor, by id, not normalised; NaN where it
            is undefined. No rows for degrees, which no strength moves.

        Raises
        ------
        UnknownName
            If the measure cannot be ranked.
        WrongArgument
            If there cannot be so many draws.

        Notes
        -----
        METHOD 7, firmness of ranks.

        Examples
        --------
        >>> import aktorkart as ak
        >>> ak.measures(ak.examples.kite()).drawn("betweenness").shape
        (200, 10)
        """
        return self._scores.drawn(name, self._draws(name, draws))

    def _draws(self, name: str, draws: int | None) -> int:
        """Return how many draws of a measure are asked for."""
        one_of(name, RANKABLE, option="measure")
        if draws is None:
            return self._scores.usual_draws(name)
        return at_least(draws, 0, option="draws")

    @collector_paused()
    def table(self, *, lang: str | None = None, paths: bool = True) -> Table:
        """Return all measures of all actors.

        Parameters
        ----------
        lang : {"nb", "nn", "en", "sv"}, optional
            Language of the headings; by default the map's own, else bokmål.
        paths : bool
            Whether measures of paths are among them: closeness, harmonic, farness and
            betweenness, which alone take long on maps of many thousand actors.

        Returns
        -------
        Table
            A row for each actor, by id; the keys of the columns are the measures' names.

        Raises
        ------
        UnknownName
            If there is no such language.
        WrongArgument
            If ``paths`` is neither True nor False.
        """
        expect("yes_or_no", paths=paths)
        own = self._kart.lang if self._kart is not None else None
        labels = called(self._kart) if self._kart is not None else {}
        lang = lang or own or LANGUAGES[0]
        measured = [name for name in RANKABLE if paths or name not in PATH_MEASURES]
        names = (*measured, "cut_point", *structure.ROLES)
        values = [_column(self._scores.values(name)) for name in measured]
        nothing = [None] * len(structure.ROLES)
        counts = zip(*(row or nothing for row in self._role_counts), strict=True)
        actors = [labels.get(id_) or Labelled(id_, id_) for id_ in self]
        # Without actors there are no counts to turn into columns.
        rows = zip(actors, *values, self._cut_points, *counts, strict=True) if actors else ()
        columns = [Column(key="actor", title=text("measure.actor.name", lang), coded=True)] + [
            Column(
                key=name,
                title=text(f"measure.{name}.name", lang),
                digits=3,
                numeric=name != "cut_point",
            )
            for name in names
        ]
        return Table(columns=tuple(columns), rows=tuple(rows), lang=lang)

    def to_frame(self) -> Any:
        """Return all measures of all actors as a pandas DataFrame.

        It stays in memory, and keeps the ids and names of the map.

        Returns
        -------
        pandas.DataFrame
            ``actor`` holds the ids, ``actor_label`` what people read; then a column for each
            measure, NaN where it is undefined.

        Raises
        ------
        MissingExtra
            If pandas is not installed.

        Examples
        --------
        >>> import aktorkart as ak
        >>> frame = ak.measures(ak.examples.kite()).to_frame()
        >>> frame.loc[frame["degree"].idxmax(), "actor"]
        '3'
        """
        return self.table().to_frame()


def _column(values: NDArray[np.float64]) -> list[float | None]:
    """Return values as cells: None where they are undefined."""
    return [None if value != value else value for value in values.tolist()]  # noqa: PLR0124 - NaN


def expect_measures(value: object) -> None:
    """Refuse what is given as the measures of a map and is something else; None is left out."""
    if value is not None and not isinstance(value, Measures):
        values = {"option": "measures", "value": told(value)}
        raise WrongArgument(Problem(code="not_expected.measures", values=values))
