"""From a map to arrays: the channels between actors, and the one place where strength is length.

Strength is closeness: strong ties are short, length = strength^−α (Opsahl, Agneessens &
Skvoretz 2010). Floating sums of 1/strength would break ties between equal paths by chance, so
lengths are integers.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_EVEN, Decimal, localcontext
from fractions import Fraction
from functools import cached_property
from statistics import median
from typing import TYPE_CHECKING, NamedTuple, Self

import numpy as np

from aktorkart.errors import InvalidMap, Place, Problem, UnknownActor, guesses, one_of
from aktorkart.model.vocabulary import USUAL
from aktorkart.network.memberships import ARENAS, arenas_of, links

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from numpy.typing import NDArray

    from aktorkart.model import ActorMap, Tie

LONGEST_PATH = 1 << 62
"""No path is as long as this, so that distances fit in 64 bits with room to compare."""

DIGITS = 50
"""Decimal digits in which lengths that are not exact are computed."""

HIGHEST_ALPHA = 10
"""Beyond this only the strongest ties would matter, and numbers would overflow."""

SMALLEST_SCALE = Fraction(1, 2**900)
"""Strengths for which lengths need a smaller scale, or its inverse, overflow as floats."""


class Channel(NamedTuple):
    """One tie that something can pass through."""

    source: str
    target: str
    strength: float | None = None
    mutual: bool = True


class Lengths(NamedTuple):
    """Integer lengths of the arcs."""

    values: NDArray[np.int64]
    scale: float
    tolerance: int


@dataclass(frozen=True, eq=False, kw_only=True)
class Network:
    """The channels of a map as arrays.

    Actors are sorted by id (code point), arcs by tail and head, ties by their ends, whatever
    the order in the file. There is one arc for each ordered pair with a channel; the strongest
    judged channel counts, else the strongest judged one the other way. One that nobody has
    judged never overrides a judged one.

    Parameters
    ----------
    ids : tuple of str
        The actors.
    tails, heads : numpy.ndarray
        Where each arc begins and ends, as positions in ``ids``.
    directed : bool
        False if every arc has its return, of the same strength.
    all_mutual : bool
        Whether every arc is one of a mutual channel's.
    scale : pair of float or None
        The weakest and the strongest strength there can be; None if open-ended.
    tie_strengths : numpy.ndarray
        Strength of each channel; unknown ones have the middle of the scale, or the median of
        the known ones if it is open-ended (1 if none is known).
    tie_unknown : numpy.ndarray
        Which of them are unknown.
    arc_ties, arc_offsets : numpy.ndarray
        The channels that give arc i its strength are ``arc_ties[arc_offsets[i] :
        arc_offsets[i + 1]]``, the last up to the end. Both arcs of a mutual tie have the same.
    arenas : {"actors", "links", "out"}
        What an arena of the map is in it.

    Examples
    --------
    >>> network = Network.from_channels(
    ...     ["dps", "bruker", "nav"],
    ...     [Channel("bruker", "nav", 4), Channel("nav", "dps", 2, mutual=False)],
    ... )
    >>> network.ids
    ('bruker', 'dps', 'nav')
    >>> [(int(t), int(h), float(s)) for t, h, s in zip(network.tails, network.heads,
    ...     network.strengths)]
    [(0, 2, 4.0), (2, 0, 4.0), (2, 1, 2.0)]
    """

    ids: tuple[str, ...]
    tails: NDArray[np.int64]
    heads: NDArray[np.int64]
    directed: bool
    all_mutual: bool
    scale: tuple[float, float] | None
    tie_strengths: NDArray[np.float64]
    tie_unknown: NDArray[np.bool_]
    arc_ties: NDArray[np.int64]
    arc_offsets: NDArray[np.int64]
    arenas: str = "actors"

    @classmethod
    def from_map(
        cls, kart: ActorMap, *, without: str | None = None, arenas: str = "actors"
    ) -> Self:
        """Take the channels of a map: ties in force that work and are no conflicts (METHOD 7).

        Parameters
        ----------
        kart : ActorMap
            The map.
        without : str, optional
            An actor that is taken out, with its ties.
        arenas : {"actors", "links", "out"}
            What an arena is (METHOD 9): an actor like the others; a link, as a mutual channel,
            between each two of its members, as strong as the weaker of their memberships; or
            left out. Other ties of an arena that is no actor are left out with it.

        Returns
        -------
        Network
            All its actors, also those without channels; the channels of
            `ordered_channels`, and after them those that arenas make.

        Raises
        ------
        UnknownName
            If ``arenas`` is another word.
        """
        one_of(arenas, ARENAS, option="arenas")
        apart = {without} if arenas == "actors" else {without, *arenas_of(kart)}
        channels = channels_of(kart, without=apart)
        if arenas == "links":
            channels += [
                Channel(one, other, strength)
                for one, other, strength in links(kart)
                if without not in {one, other}
            ]
        made = cls.from_channels(
            (actor.id for actor in kart.actors if actor.id not in apart),
            channels,
            scale=kart.strength_scale,
        )
        return replace(made, arenas=arenas)

    @classmethod
    def from_channels(
        cls,
        ids: Iterable[str],
        channels: Iterable[Channel],
        *,
        scale: tuple[float, float] | None = USUAL,
    ) -> Self:
        """Build a network without a map.

        Parameters
        ----------
        ids : iterable of str
            The actors, in any order, each once.
        channels : iterable of Channel
            The ties; their order matters only to the random draws of `Measures.ranking`.
        scale : pair of float or None
            The weakest and the strongest strength there can be; None if open-ended.

        Returns
        -------
        Network
            The arrays.

        Raises
        ------
        UnknownActor
            If a channel has an end that is not among the ids.
        """
        names = tuple(sorted(ids))
        index = {name: i for i, name in enumerate(names)}
        ties = list(channels)
        strangers = {end for tie in ties for end in (tie.source, tie.target)} - index.keys()
        if strangers:
            raise UnknownActor(
                Problem(code="unknown_actor", values={"value": id_}, guesses=guesses(id_, names))
                for id_ in sorted(strangers)
            )
        unknown = np.array([tie.strength is None for tie in ties], dtype=np.bool_)
        middle = _middle([tie.strength for tie in ties if tie.strength is not None], scale)
        strengths = np.array(
            [middle if tie.strength is None else tie.strength for tie in ties], dtype=np.float64
        )
        behind: dict[tuple[int, int], list[int]] = {}
        two_way = set()
        for number, tie in enumerate(ties):
            arc = index[tie.source], index[tie.target]
            behind.setdefault(arc, []).append(number)
            if tie.mutual:
                behind.setdefault(arc[::-1], []).append(number)
                two_way |= {arc, arc[::-1]}
        judged = {
            arc: [number for number in numbers if ties[number].strength is not None]
            for arc, numbers in behind.items()
        }
        arcs = sorted(behind)
        chosen = [judged[arc] or judged.get(arc[::-1]) or behind[arc][:1] for arc in arcs]
        ends = np.array(arcs, dtype=np.int64).reshape(-1, 2)
        offsets = np.cumsum([0, *map(len, chosen)])[:-1].astype(np.int64)
        strongest = {
            arc: max(float(strengths[number]) for number in numbers)
            for arc, numbers in zip(arcs, chosen, strict=True)
        }
        return cls(
            ids=names,
            tails=ends[:, 0].copy(),
            heads=ends[:, 1].copy(),
            directed=any(strongest.get(arc[::-1]) != one for arc, one in strongest.items()),
            all_mutual=two_way == behind.keys(),
            scale=scale,
            tie_strengths=strengths,
            tie_unknown=unknown,
            arc_ties=np.array([one for numbers in chosen for one in numbers], dtype=np.int64),
            arc_offsets=offsets,
        )

    def __repr__(self) -> str:
        """Say how much there is."""
        kind = "directed" if self.directed else "undirected"
        return f"Network({len(self.ids)} actors, {len(self.tails)} arcs, {kind})"

    @cached_property
    def index(self) -> dict[str, int]:
        """Position of each actor in ``ids``."""
        return {name: i for i, name in enumerate(self.ids)}

    @cached_property
    def starts(self) -> NDArray[np.int64]:
        """The arcs out of actor i are those from ``starts[i]`` up to ``starts[i + 1]``."""
        return np.searchsorted(self.tails, np.arange(len(self.ids) + 1)).astype(np.int64)

    @cached_property
    def strengths(self) -> NDArray[np.float64]:
        """Strength of each arc: that of the strongest channel behind it."""
        return self.arc_strengths(self.tie_strengths)

    @cached_property
    def unknown(self) -> NDArray[np.bool_]:
        """Which arcs have a strength that nobody has given."""
        known = np.where(self.tie_unknown, 0.0, self.tie_strengths)
        return self.arc_strengths(known) < self.strengths

    def arc_strengths(self, tie_strengths: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the strength of each arc if the channels had these strengths.

        Parameters
        ----------
        tie_strengths : numpy.ndarray
            One for each channel, in the last dimension.

        Returns
        -------
        numpy.ndarray
            One for each arc, in the last dimension.
        """
        if not len(self.arc_offsets):
            return tie_strengths[..., :0]
        return np.asarray(
            np.maximum.reduceat(tie_strengths[..., self.arc_ties], self.arc_offsets, axis=-1)
        )

    def lengths(
        self, alpha: float = 1.0, *, strengths: NDArray[np.float64] | None = None
    ) -> Lengths:
        """Turn strengths into integer lengths, exact where that can be (METHOD 7).

        Parameters
        ----------
        alpha : float
            How much strength matters; 0 ignores it.
        strengths : numpy.ndarray, optional
            Other strengths than the network's own, in any shape.

        Returns
        -------
        Lengths
            Of the same shape as the strengths.

        Raises
        ------
        InvalidMap
            If strengths are so far apart that lengths cannot be told from rounding, or if
            alpha is not between 0 and `HIGHEST_ALPHA`.

        Notes
        -----
        Where α is an integer and the common denominator of all s^−α is small enough, lengths
        are exact. Otherwise they are round(S·s^−α) with S the largest power of two up to
        2^62/(n·max s^−α), computed to 50 digits, and n is the tolerance: a path has fewer
        than n ties, each rounded by at most a half.

        Examples
        --------
        >>> network = Network.from_channels("abc", [Channel("a", "b", 4), Channel("b", "c", 3)])
        >>> exact = network.lengths()
        >>> exact.values.tolist(), exact.scale, exact.tolerance
        ([3, 3, 4, 4], 12.0, 0)
        """
        check_alpha(alpha)
        given = self.strengths if strengths is None else strengths
        values, where = np.unique(given, return_inverse=True)
        if not len(values):
            return Lengths(np.zeros(given.shape, dtype=np.int64), 1.0, 0)
        n = len(self.ids)
        decimals = [Decimal(repr(value)) for value in values.tolist()]
        lengths, scale, tolerance = _exact(decimals, alpha, n) or _scaled(decimals, alpha, n)
        told_apart = min(lengths) > 4 * tolerance
        if not told_apart or not SMALLEST_SCALE < scale < 1 / SMALLEST_SCALE:
            raise InvalidMap(
                Problem(
                    code="strengths_too_far_apart",
                    place=Place(path=("ties",)),
                    values={"low": float(values[0]), "high": float(values[-1]), "alpha": alpha},
                )
            )
        spread = np.array(lengths, dtype=np.int64)[where].reshape(given.shape)
        return Lengths(spread, float(scale), tolerance)


def channels_of(kart: ActorMap, *, without: Collection[str | None]) -> list[Channel]:
    """Return a map's channels, in the same order, but for those of some actors."""
    return [
        Channel(tie.source, tie.target, tie.strength, tie.mutual)
        for tie in ordered_channels(kart)
        if not {*without}.intersection(tie.ends)
    ]


def ordered_channels(kart: ActorMap, *, without: str | None = None) -> list[Tie]:
    """Return a map's channels in the order of `Network.tie_strengths`."""
    # The sorting goes on to whatever tells two ties apart, so that the order in the file
    # cannot decide which of them a random draw meets first.
    return sorted(
        (tie for tie in kart.channels if without is None or without not in tie.ends),
        key=lambda tie: (
            sorted((tie.source, tie.target)) if tie.mutual else [tie.source, tie.target],
            tie.mutual,
            tie.kind,
            tie.informant or "",
            tie.since or "",
            tie.until or "",
        ),
    )


def check_alpha(alpha: float) -> None:
    """Raise InvalidMap unless alpha is between 0 and `HIGHEST_ALPHA`."""
    if not isinstance(alpha, (int, float)) or not 0 <= alpha <= HIGHEST_ALPHA:
        values = {"value": str(alpha), "high": HIGHEST_ALPHA}
        raise InvalidMap(Problem(code="bad_alpha", values=values))


def _middle(known: Sequence[float], scale: tuple[float, float] | None) -> float:
    """Return the strength that unknown ties are given, without rounding its decimals."""
    if scale is not None:
        return float((Decimal(repr(scale[0])) + Decimal(repr(scale[1]))) / 2)
    return float(median(Decimal(repr(float(value))) for value in known)) if known else 1.0


def _exact(
    strengths: list[Decimal], alpha: float, n: int
) -> tuple[list[int], Fraction, int] | None:
    """Return the least integers in the ratios of the lengths, if no path gets too long."""
    if alpha != int(alpha):
        return None
    lengths = [1 / Fraction(strength) ** int(alpha) for strength in strengths]
    common = math.lcm(*(length.denominator for length in lengths))
    whole = [int(length * common) for length in lengths]
    shared = math.gcd(*whole)
    if max(whole) // shared * (n - 1) >= LONGEST_PATH:
        return None
    return [length // shared for length in whole], Fraction(common, shared), 0


def _scaled(strengths: list[Decimal], alpha: float, n: int) -> tuple[list[int], Fraction, int]:
    """Return rounded lengths, the longest path just below the limit, with their tolerance."""
    with localcontext(prec=DIGITS, rounding=ROUND_HALF_EVEN):
        lengths = [strength ** -Decimal(repr(float(alpha))) for strength in strengths]
        most = LONGEST_PATH / (n * Fraction(max(lengths)))
        exponent = most.numerator.bit_length() - most.denominator.bit_length()
        if Fraction(2) ** exponent > most:
            exponent -= 1
        factor = Decimal(2) ** exponent
        whole = [int((length * factor).to_integral_value()) for length in lengths]
    return whole, Fraction(2) ** exponent, n
