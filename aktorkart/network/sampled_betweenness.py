"""Betweenness from pairs that are drawn, with bounds that hold for all actors at once.

For maps on which walking all shortest paths would take days. It is never chosen silently: an
estimate is asked for by its name, and says what was drawn.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from aktorkart.errors import InvalidMap, Problem, WrongArgument, at_least, language
from aktorkart.network.chunks import Checkpoint, Rooms, fingerprint, summed
from aktorkart.network.compiling import compiled
from aktorkart.network.pairs import FAR, pair_kernel
from aktorkart.network.paths import worth_compiling
from aktorkart.network.scores import ENOUGH_FOR_BETWEEN
from aktorkart.network.variants import ranks
from aktorkart.tables import Labelled, headed

if TYPE_CHECKING:
    import threading
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from aktorkart.network.chunks import Parts
    from aktorkart.network.network import Network
    from aktorkart.network.scores import Scores
    from aktorkart.tables import Table

FIRST, LOOKS = 2000, 8
"""Pairs before the first look at whether to stop, and how many looks, each after twice as many."""

CHUNK = 250
"""Pairs that are searched together; which they are depends on the seed and on nothing else."""

PAIR_COSTS = 1000
"""What a pair is taken to cost, in units of `aktorkart.network.paths.WORTH_COMPILING`."""


@dataclass(frozen=True)
class Sampled:
    """One row of an estimated ranking.

    Parameters
    ----------
    actor : str
        Id of the actor.
    value : float
        The estimate.
    low, high : float
        The bounds that its betweenness lies within.
    rank : int
        1 for the highest estimate; equal ones share the better rank.
    lowest, highest : int
        The best and the worst rank that the bounds of all allow.
    """

    actor: str
    value: float
    low: float
    high: float
    rank: int
    lowest: int
    highest: int


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class SampledBetweenness:
    """Who stands most between others, as far as the pairs that were drawn can tell.

    Parameters
    ----------
    ranking : tuple of Sampled
        The ``top`` by estimate, then by id; fewer where the map has fewer, and none where fewer
        than three actors leave nobody between two.
    certain : tuple of str
        Ids of those who are among the ``top`` wherever all are within their bounds, sorted.
    possible : tuple of str
        Ids of those who are among them somewhere within the bounds, the certain ones included.
    top : int
        How many were asked for.
    confidence : float
        The chance, before drawing, that the bounds of all actors of the map hold at once.
    draws : int
        How many pairs were drawn.
    connected : int
        How many of them have a path.
    seed : int
        Where drawing began.
    """

    ranking: tuple[Sampled, ...]
    certain: tuple[str, ...]
    possible: tuple[str, ...]
    top: int
    confidence: float
    draws: int
    connected: int
    seed: int
    _labels: Mapping[str, Labelled] = field(default_factory=dict)
    _lang: str | None = None

    def __repr__(self) -> str:
        """Say how much there is."""
        return (
            f"SampledBetweenness(top={self.top}, draws={self.draws}, "
            f"confidence={self.confidence}: {len(self.certain)} certain, "
            f"{len(self.possible)} possible)"
        )

    def table(self, *, lang: str | None = None) -> Table:
        """Return the ranking as a table.

        Parameters
        ----------
        lang : {"nb", "nn", "en", "sv"}, optional
            Language of the headings; by default the map's own, else bokmål.

        Returns
        -------
        Table
            A row for each of `ranking`: rank, actor, value, low, high, lowest, highest, and
            whether the actor certainly is among the ``top``.

        Raises
        ------
        UnknownName
            If there is no such language.
        """
        sure = set(self.certain)
        rows = [
            (
                row.rank,
                self._labels.get(row.actor) or Labelled(row.actor, row.actor),
                row.value,
                row.low,
                row.high,
                row.lowest,
                row.highest,
                row.actor in sure,
            )
            for row in self.ranking
        ]
        numbers = ("value#", "low#", "high#", "lowest#", "highest#")
        keys = ("rank#", "actor@", *numbers, "certain")
        return headed(language(lang, self._lang), rows, *keys, prefix="sampled")

    def to_frame(self) -> Any:
        """Return the ranking as a pandas DataFrame.

        It stays in memory, and keeps the ids and names of the map.

        Returns
        -------
        pandas.DataFrame
            The columns of `table`; ``actor`` holds the ids, ``actor_label`` what people read.

        Raises
        ------
        MissingExtra
            If pandas is not installed.
        """
        return self.table().to_frame()


class _Bounds(NamedTuple):
    """For each actor the share of all pairs' shortest paths that pass it, and what it is within."""

    mean: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]


def sampled_betweenness(  # noqa: PLR0913 - as `Measures.sampled_betweenness`
    scores: Scores,
    *,
    top: int,
    confidence: float,
    draws: int | None,
    seed: int,
    labels: Mapping[str, Labelled],
    lang: str | None,
) -> SampledBetweenness:
    """Draw pairs until it is certain who the first are, or so many as were asked for."""
    at_least(top, 1, option="top")
    at_least(seed, 0, option="seed")
    if not isinstance(confidence, float) or not 0 < confidence < 1:
        values = {"option": "confidence", "value": str(confidence)}
        raise WrongArgument(Problem(code="not_a_share", values=values))
    looks = [FIRST << look for look in range(LOOKS)]
    if draws is not None:
        looks = [at_least(draws, 2, option="draws")]
    network, n = scores.network, scores.n
    if n < ENOUGH_FOR_BETWEEN:
        looks = []
    totals = {"total": np.zeros(n), "square": np.zeros(n), "connected": np.zeros(1, np.int64)}
    bounds = _Bounds(*np.zeros((3, n)))
    lowest = highest = np.zeros(n, np.int64)
    task = _task(network, scores.alpha, seed, looks)
    saved = None
    if scores.checkpoint is not None and looks:
        # Who asks otherwise may stop at another look, of which no sums are kept.
        key = fingerprint(task.fingerprint, looks, top, confidence)
        saved = Checkpoint(scores.checkpoint, key)
        saved.read_into(totals)
    done = 0 if saved is None else saved.finished
    drawn = 0
    for look in looks:
        chunks = [(at, min(at + CHUNK, look)) for at in range(drawn, look, CHUNK)]
        drawn = look
        if done > len(chunks):
            done -= len(chunks)
            continue  # it was looked here, and gone on
        summed(
            task,
            chunks[done:],
            totals,
            "pairs",
            executor=scores.executor,
            threads=task.compile,
            checkpoint=saved,
        )
        done = 0
        if not np.isfinite(totals["total"]).all():
            raise InvalidMap(Problem(code="too_many_paths"))
        bounds = _bounds(totals, drawn, (1 - confidence) / (n * len(looks)))
        lowest, highest = _ranks_within(bounds)
        if (highest <= top).sum() >= min(top, n):
            break
    unit = 1.0
    if looks:
        # From the share of all pairs to the measure: normalised, or over (un)ordered pairs.
        pairs = n * (n - 1) if network.directed else n * (n - 1) / 2
        unit = n / (n - 2) if scores.normalized else pairs
    rank = ranks(bounds.mean)
    first = np.argsort(rank, kind="stable")[: top if looks else 0]
    own = [unit * values[first] for values in bounds]
    places = (rank[first], lowest[first], highest[first])
    return SampledBetweenness(
        ranking=tuple(
            Sampled(network.ids[at], *values, *ranked)
            for at, values, ranked in zip(
                first.tolist(),
                zip(*(column.tolist() for column in own), strict=True),
                zip(*(column.tolist() for column in places), strict=True),
                strict=True,
            )
        ),
        certain=_ids(network, (highest <= top) & bool(looks)),
        possible=_ids(network, (lowest <= top) & bool(looks)),
        top=top,
        confidence=confidence,
        draws=drawn,
        connected=int(totals["connected"][0]),
        seed=seed,
        _labels={network.ids[at]: labels[network.ids[at]] for at in first.tolist() if labels},
        _lang=lang,
    )


def _ids(network: Network, chosen: NDArray[np.bool_]) -> tuple[str, ...]:
    return tuple(network.ids[at] for at in np.flatnonzero(chosen).tolist())


def _bounds(totals: Mapping[str, NDArray[Any]], m: int, risk: float) -> _Bounds:
    """Bound the mean of m numbers from 0 to 1, for each actor, but for so much of a risk.

    Two bounds to either side, each with a quarter of the risk: the empirical Bernstein bound is
    the narrower for those who are often between, Chernoff's for those who seldom are.
    """
    n = len(totals["total"])
    mean = totals["total"] / m
    variance = np.maximum(totals["square"] - totals["total"] * mean, 0.0) / (m - 1)
    log = math.log(8.0 / risk)
    apart = np.sqrt(2.0 * variance * log / m) + 7.0 * log / (3.0 * (m - 1))
    part = math.log(4.0 / risk) / m
    least = mean - np.sqrt(2.0 * mean * part)
    most = np.where(mean > 0.0, mean + part + np.sqrt(part * part + 2.0 * mean * part), part)
    low = np.maximum(np.maximum(mean - apart, least), 0.0)
    # Nobody is between in a pair that begins or ends with it.
    high = np.minimum(np.minimum(mean + apart, most), (n - 2) / n)
    return _Bounds(mean, low, high)


def _ranks_within(bounds: _Bounds) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the best and the worst rank of each actor, wherever all are within their bounds."""
    n = len(bounds.mean)
    above = n - np.searchsorted(np.sort(bounds.low), bounds.high, side="right")
    perhaps = n - np.searchsorted(np.sort(bounds.high), bounds.low, side="right")
    return 1 + above, 1 + perhaps - (bounds.high > bounds.low)


def _task(network: Network, alpha: float, seed: int, looks: Sequence[int]) -> _Task:
    """Gather what all pairs need: who can be reached from each actor, and who reaches it."""
    lengths = network.lengths(alpha)
    n, heads = len(network.ids), network.heads.astype(np.uint32)
    ahead = behind = network.starts, heads, lengths.values
    if network.directed:
        order = np.argsort(network.heads, kind="stable")
        ends = np.concatenate([[0], np.cumsum(np.bincount(network.heads, minlength=n))])
        behind = ends, network.tails[order].astype(np.uint32), lengths.values[order]
    work = max(looks, default=0) * PAIR_COSTS + len(heads)
    return _Task(ahead, behind, lengths.tolerance, seed, worth_compiling(work))


_Arcs = tuple["NDArray[np.int64]", "NDArray[np.uint32]", "NDArray[np.int64]"]


@dataclass(frozen=True, eq=False)
class _Task:
    """All that a chunk of pairs needs, so that it can be sent to another process."""

    ahead: _Arcs
    behind: _Arcs
    tolerance: int
    seed: int
    compile: bool
    rooms: Rooms = field(default_factory=Rooms, init=False)

    @cached_property
    def fingerprint(self) -> str:
        """Tell these pairs from those of another map, or another seed."""
        return fingerprint("pairs", *self.ahead, self.tolerance, self.seed)

    @property
    def key(self) -> str:
        """Tell this from all other tasks."""
        return f"{self.fingerprint} {self.compile}"

    def _room(self, *, plain: bool) -> list[Any]:
        """Return the arcs and what `pair_kernel` works in: 82 bytes for each actor."""
        n = len(self.ahead[0]) - 1
        room: list[Any] = [
            *self.ahead,
            *self.behind,
            np.full(2 * n, FAR),
            np.zeros(2 * n),
            np.zeros(2 * n, np.bool_),
            np.zeros(2 * n, np.int64),
            np.zeros(2 * n),
            np.zeros(n),
            np.zeros(n),
        ]
        # Lists are several times quicker than arrays to plain Python.
        return [array.tolist() for array in room] if plain else room

    def __call__(self, bounds: tuple[int, int], stop: threading.Event | None = None) -> Parts:
        del stop  # a chunk is short
        first, last = bounds
        pairs: Any = drawn_pairs(len(self.ahead[0]) - 1, self.seed, first // CHUNK, last - first)
        run: Any = compiled(pair_kernel) if self.compile else None
        plain = run is None
        if plain:
            run, pairs = pair_kernel, pairs.tolist()
        room = self.rooms.take(lambda: self._room(plain=plain))
        *given, total, square = room
        connected = run(*given[:6], pairs, self.tolerance, *given[6:], total, square)
        if connected < 0:
            return {"total": (0, math.nan)}
        passed = np.flatnonzero(total)
        found = [np.asarray(values)[passed] for values in (total, square)]
        for values in (total, square):
            for at in passed.tolist():
                values[at] = 0.0
        self.rooms.give_back(room)
        return {
            "total": (passed, found[0]),
            "square": (passed, found[1]),
            "connected": (0, connected),
        }


def drawn_pairs(n: int, seed: int, chunk: int, count: int) -> NDArray[np.int64]:
    """Draw pairs of two different actors; source and target by turns."""
    # Raw bits, because numpy keeps only these the same from version to version.
    bits = np.random.PCG64([seed, chunk]).random_raw(2 * count).astype(np.uint64)
    source = (bits[::2] % np.uint64(n)).astype(np.int64)
    other = (bits[1::2] % np.uint64(n - 1)).astype(np.int64)
    return np.column_stack([source, other + (other >= source)]).ravel()
