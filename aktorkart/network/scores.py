"""One number for each actor: every measure of METHOD 7 as a column over a network.

This is the engine room of `aktorkart.measures`. Inside it NaN marks what is undefined, so that
columns are plain arrays; `Scores.why` says why, and nothing outside ever sees a NaN.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np

from aktorkart.network import graph, structure
from aktorkart.network.compiling import compiled
from aktorkart.network.paths import Paths, kernel, shortest_paths
from aktorkart.network.variants import Rank, drawn_paths, drawn_strengths, ranks
from aktorkart.progress import listening

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Executor

    from numpy.typing import NDArray

    from aktorkart.network.network import Network
    from aktorkart.progress import Told

T = TypeVar("T")

PATH_MEASURES = ("closeness", "harmonic", "farness", "betweenness")
"""Measures that walk the shortest paths."""

RANKABLE = (
    "degree",
    "in_degree",
    "out_degree",
    "strength",
    "degree_alpha",
    *PATH_MEASURES,
    "eigenvector",
    "pagerank",
    "core",
    "constraint",
    "effective_size",
    "clustering",
)
"""Measures that `Measures.ranking` ranks."""

LOW_FIRST = frozenset({"farness", "constraint"})
"""Measures whose lowest value takes rank 1: the nearest, the freest."""

DRAWN_PLAIN, DRAWN_COMPILED = 150, 1000
"""Actors up to which paths are drawn unless asked otherwise: some seconds on two cores."""

# They ignore strength, so that their ranks are as firm without any draws.
_DEGREES = frozenset({"degree", "in_degree", "out_degree", "core"})

_HOLES = frozenset({"constraint", "effective_size", "clustering"})

DRAWS = 200
"""How many times strengths are drawn to see how firm a rank is."""

ENOUGH_FOR_BETWEEN = 3
"""So many actors before there is someone between two others."""


class Scores:
    """The columns of a network, each computed once, by whichever thread asks first."""

    def __init__(  # noqa: PLR0913 - as measures
        self,
        network: Network,
        *,
        alpha: float,
        normalized: bool,
        executor: Executor | None = None,
        progress: Told | None = None,
        checkpoint: str | None = None,
    ) -> None:
        self.network = network
        self.alpha = alpha
        self.normalized = normalized
        self.n = len(network.ids)
        self.executor = executor
        self._progress = progress
        self.checkpoint = checkpoint
        self._lock = threading.RLock()
        self._done: dict[Any, Any] = {}

    def __getstate__(self) -> dict[str, Any]:
        # Neither a lock, a pool of workers nor who listens goes to another process; what is
        # computed does.
        stays = dict.fromkeys(("_lock", "executor", "_progress", "checkpoint"))
        with self._lock:
            return {**vars(self), **stays, "_done": dict(self._done)}

    def __setstate__(self, state: dict[str, Any]) -> None:
        vars(self).update(state, _lock=threading.RLock())

    def once(self, key: Any, compute: Callable[[], T]) -> T:
        """Return what ``compute`` gives, computing it the first time only."""
        with self._lock, listening(self._progress):
            if key not in self._done:
                self._done[key] = compute()
            found: T = self._done[key]
            return found

    @property
    def around(self) -> structure.Neighbours:
        """Who is linked to whom, either way."""
        return self.once(
            "around", lambda: structure.neighbours(self.network, self.network.strengths)
        )

    @property
    def neighbours(self) -> list[list[int]]:
        """The neighbours of each actor, either way."""
        return self.once("neighbours", self.around.lists)

    @property
    def parts(self) -> list[list[int]]:
        """The components, the largest first."""
        return self.once("parts", lambda: graph.components(self.neighbours))

    @property
    def _largest(self) -> list[int] | None:
        """The largest component, if there is one with channels and none as large."""
        parts = self.parts
        if not parts or len(parts[0]) == 1:
            return None
        return parts[0] if len(parts) == 1 or len(parts[1]) < len(parts[0]) else None

    @property
    def paths(self) -> tuple[Paths, float]:
        """The shortest paths, and how many units of their lengths make one of strength^−α."""

        def walk() -> tuple[Paths, float]:
            network = self.network
            lengths = network.lengths(self.alpha)
            found = shortest_paths(
                network.starts,
                network.heads,
                lengths.values,
                tolerance=lengths.tolerance,
                executor=self.executor,
                checkpoint=self.checkpoint,
            )
            return found, lengths.scale

        return self.once("paths", walk)

    def values(self, name: str) -> NDArray[np.float64]:
        """Return a measure as it is shown: normalised if so asked."""
        return self.once(name, lambda: self._shown(name))

    def _shown(self, name: str) -> NDArray[np.float64]:
        values = self._scores(name, self.network.strengths)
        most = self.n - 1
        if name == "betweenness":
            if not self.normalized:
                return values if self.network.directed else values / 2
            pairs = most * (self.n - 2)
            isolated = np.diff(self.around.starts) == 0
            return np.where(isolated, 0.0, values / pairs if pairs > 0 else np.nan)
        if not self.normalized:
            return values
        if name == "harmonic":
            return values / max(most, 1)
        if name in {"degree", "in_degree", "out_degree"}:
            return values / most if most > 0 else np.full(self.n, np.nan)
        return values

    def _scores(self, name: str, strengths: NDArray[np.float64]) -> NDArray[np.float64]:
        """Compute a measure, before it is normalised, if the arcs had these strengths."""
        if name in PATH_MEASURES:
            return self._from_paths(name, *self.paths)
        network, n = self.network, self.n
        if name in {"in_degree", "out_degree"}:
            ends = network.heads if name == "in_degree" else network.tails
            return np.bincount(ends, minlength=n).astype(np.float64)
        if name == "core":
            return structure.core_numbers(self.around)
        if name == "pagerank":
            return structure.pagerank(network, strengths)
        own = strengths is network.strengths
        around = self.around if own else structure.neighbours(network, strengths)
        if name == "eigenvector":
            if self._largest is None:
                return np.full(n, np.nan)
            return structure.eigenvector(around, self._largest)
        degree = np.diff(around.starts).astype(np.float64)
        if name in _HOLES:
            found = self.once("holes", lambda: structure.holes(around)) if own else None
            values = getattr(found or structure.holes(around), name)
            return np.where(degree > 0, values, np.nan)
        if name == "degree":
            return degree
        total = around.total(around.strongest)
        if name == "strength":
            return total
        tied = np.where(degree > 0, degree, 1.0)  # 0 to a negative power is no number
        return np.where(degree > 0, tied ** (1 - self.alpha) * total**self.alpha, 0.0)

    def _from_paths(self, name: str, paths: Paths, scale: float) -> NDArray[np.float64]:
        if name == "betweenness":
            # More shortest paths than a float can count give no number.
            return np.where(np.isfinite(paths.betweenness), paths.betweenness, np.nan)
        if name == "harmonic":
            return paths.harmonic * scale
        far = paths.farness / scale
        most = self.n - 1
        defined = (paths.reached == most) & (most > 0)
        if name == "farness":
            return np.where(defined, far, np.nan)
        if self.normalized:
            defined = paths.reached > 0
        near = 1.0 / np.where(defined, far, 1.0)
        if self.normalized:
            near *= paths.reached * (paths.reached / max(most, 1))
        return np.where(defined, near, np.nan)

    def why(self, name: str, place: int) -> str:
        """Say why a measure of an actor is undefined."""
        tied = bool(np.diff(self.around.starts)[place])
        if self.n == 1:
            return "alone"
        if name == "betweenness":
            return "too_few" if self.n < ENOUGH_FOR_BETWEEN else "too_many_paths"
        if not tied and name not in {"farness", "eigenvector"}:
            return "isolate"
        if name == "clustering":
            return "one_neighbour"
        if name == "eigenvector":
            if not len(self.network.tails):
                return "no_channels"
            return "components_tie" if self._largest is None else "outside_largest"
        if name == "closeness" and not self.paths[0].reached[place]:
            return "reaches_nobody"
        return "not_all_reached"

    def usual_draws(self, name: str) -> int:
        """Return how many draws a ranking takes unless asked otherwise."""
        if name not in PATH_MEASURES or self.n <= DRAWN_PLAIN:
            return DRAWS
        return DRAWS if self.n <= DRAWN_COMPILED and compiled(kernel) is not None else 0

    def ranking(self, name: str, draws: int) -> tuple[Rank, ...]:
        """Rank the actors; `aktorkart.measures.Measures.ranking` says how."""
        drawn = self.drawn(name, draws)  # first: it may load a compiler, which then serves all
        known = draws > 0 or name in _DEGREES
        rows = np.vstack([self._scores(name, self.network.strengths), drawn])
        shown = self.values(name)
        places = np.flatnonzero(~np.isnan(rows).any(axis=0) & ~np.isnan(shown))
        rows = rows[:, places]
        found = ranks(-rows if name in LOW_FIRST else rows)
        if name not in LOW_FIRST and rows[0].any():
            # Where all have 0 in a draw the first place is empty.
            found[1:] += (found[1:] == 1) & (rows[1:] == 0)
        table = [
            Rank(
                actor=self.network.ids[place],
                value=float(shown[place]),
                rank=int(rank),
                lowest=int(best) if known else None,
                highest=int(worst) if known else None,
                held=int(held) if known else None,
                draws=len(found) - 1,
            )
            for place, rank, best, worst, held in zip(
                places,
                found[0],
                found.min(axis=0),
                found.max(axis=0),
                (found[1:] <= found[0]).sum(axis=0),
                strict=True,
            )
        ]
        return tuple(sorted(table, key=lambda row: (row.rank, row.actor)))

    def drawn(self, name: str, draws: int) -> NDArray[np.float64]:
        """Compute a measure in every draw; those that ignore strength need none."""
        if not draws or name in _DEGREES:
            return np.zeros((0, self.n))
        network = self.network
        strengths = self.once(
            ("drawn", draws), lambda: network.arc_strengths(drawn_strengths(network, draws))
        )
        if name in PATH_MEASURES:
            paths, scale = self.once(
                ("drawn paths", draws),
                lambda: drawn_paths(network, strengths, self.alpha, self.executor),
            )
            return self._from_paths(name, paths, scale)
        return np.array([self._scores(name, row) for row in strengths])
