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
from typing import TYPE_CHECKING, NamedTuple, Self, TypeVar

import numpy as np

from aktorkart.errors import InvalidMap, Place, Problem, UnknownActor, guesses, one_of
from aktorkart.model.vocabulary import USUAL
from aktorkart.network.arcs import arcs_of, paired
from aktorkart.network.memberships import ARENAS, arenas_of, links
from aktorkart.network.sorting import sorted_pairs
from aktorkart.paused import collector_paused

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from numpy.typing import NDArray

    from aktorkart.model import ActorMap, Tie
    from aktorkart.network.arcs import Pairs

Made = TypeVar("Made", bound="Network")

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
    @collector_paused()
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
        columns = list(zip(*channels, strict=True)) or [(), (), (), ()]
        sources, targets, strengths, mutual = columns
        strangers = {*sources, *targets} - index.keys()
        if strangers:
            raise UnknownActor(
                Problem(code="unknown_actor", values={"value": id_}, guesses=guesses(id_, names))
                for id_ in sorted(strangers)
            )
        return cls.from_columns(
            names,
            np.array([index[id_] for id_ in sources], dtype=np.int64),
            np.array([index[id_] for id_ in targets], dtype=np.int64),
            np.array(strengths, dtype=np.float64),  # None becomes NaN
            np.array(mutual, dtype=np.bool_),
            scale=scale,
        )

    @classmethod
    def from_columns(  # noqa: PLR0913 - a channel's fields, as columns
        cls,
        ids: tuple[str, ...],
        sources: NDArray[np.int64],
        targets: NDArray[np.int64],
        strengths: NDArray[np.float64],
        mutual: NDArray[np.bool_],
        *,
        scale: tuple[float, float] | None,
    ) -> Self:
        """Build a network of channels that are columns already.

        Parameters
        ----------
        ids : tuple of str
            The actors, sorted.
        sources, targets : numpy.ndarray
            The ends of each channel, as positions in ``ids``.
        strengths : numpy.ndarray
            NaN where unknown.
        mutual : numpy.ndarray
            Which channels go both ways.
        scale : pair of float or None
            The weakest and the strongest strength there can be; None if open-ended.

        Returns
        -------
        Network
            The arrays.
        """
        sources, targets = (np.asarray(one, dtype=np.int64) for one in (sources, targets))
        pairs = paired(len(ids), sources, targets, mutual)
        return of_pairs(cls, ids, pairs, np.array(strengths, dtype=np.float64), scale=scale)

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
        return _strongest(tie_strengths, self.arc_ties, self.arc_offsets)

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
            # Of strengths that were drawn, people know only those that are on their map.
            own = self.strengths if len(self.strengths) else values
            ends = {"low": float(own.min()), "high": float(own.max())}
            raise InvalidMap(
                Problem(
                    code="strengths_too_far_apart",
                    place=Place(path=("ties",)),
                    values={**ends, "alpha": alpha},
                )
            )
        spread = np.array(lengths, dtype=np.int64)[where].reshape(given.shape)
        return Lengths(spread, float(scale), tolerance)


def of_pairs(
    kind: type[Made],
    ids: tuple[str, ...],
    pairs: Pairs,
    strengths: NDArray[np.float64],
    *,
    scale: tuple[float, float] | None,
) -> Made:
    """Build a network of channels that stand together by their ends; strengths by number."""
    unknown = np.isnan(strengths)
    arcs = arcs_of(len(ids), pairs, ~unknown)
    if unknown.any():
        strengths = np.where(unknown, _middle(strengths[~unknown], scale), strengths)
    directed = not arcs.returned
    if arcs.back is not None and not directed:
        strongest = _strongest(strengths, arcs.ties, arcs.offsets)
        directed = bool((strongest[arcs.back] != strongest).any())
    return kind(
        ids=ids,
        tails=arcs.tails,
        heads=arcs.heads,
        directed=directed,
        all_mutual=arcs.all_mutual,
        scale=scale,
        tie_strengths=strengths,
        tie_unknown=unknown,
        arc_ties=arcs.ties,
        arc_offsets=arcs.offsets,
    )


def returns(n: int, tails: NDArray[np.int64], heads: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return which arc goes the other way of each arc among n actors, −1 where none does."""
    key = tails * n + heads  # ascending: arcs are sorted
    head, tail, arc = sorted_pairs(n, heads, tails)
    reverse = head * n + tail  # what is looked for in order is found sooner
    place = np.searchsorted(key, reverse)
    back = np.empty_like(place)
    back[arc] = np.where(np.append(key, -1)[place] == reverse, place, -1)
    return back


def _strongest(
    tie_strengths: NDArray[np.float64], arc_ties: NDArray[np.int64], offsets: NDArray[np.int64]
) -> NDArray[np.float64]:
    """Return the strength of the strongest channel behind each arc."""
    if not len(offsets):
        return tie_strengths[..., :0]
    if len(offsets) == len(arc_ties):
        return tie_strengths[..., arc_ties]
    return np.asarray(np.maximum.reduceat(tie_strengths[..., arc_ties], offsets, axis=-1))


def channels_of(kart: ActorMap, *, without: Collection[str | None]) -> list[Channel]:
    """Return a map's channels, in the same order, but for those of some actors."""
    return [
        Channel(tie.source, tie.target, tie.strength, tie.mutual)
        for tie in ordered_channels(kart)
        if tie.source not in without and tie.target not in without
    ]


def ordered_channels(kart: ActorMap, *, without: str | None = None) -> list[Tie]:
    """Return a map's channels in the order of `Network.tie_strengths`."""
    ties = kart.channels
    if without is not None:
        ties = tuple(tie for tie in ties if without not in tie.ends)
    return sorted(ties, key=_order)


def _order(tie: Tie) -> tuple[str | bool, ...]:
    """Return what ties are sorted by, whatever tells two of them apart."""
    # The order in the file may not decide which of them a random draw meets first.
    one, other = tie.source, tie.target
    if tie.mutual and other < one:
        one, other = other, one
    informant, since, until = tie.informant or "", tie.since or "", tie.until or ""
    return one, other, tie.mutual, tie.kind, informant, since, until


def check_alpha(alpha: float) -> None:
    """Raise InvalidMap unless alpha is between 0 and `HIGHEST_ALPHA`."""
    if not isinstance(alpha, (int, float)) or not 0 <= alpha <= HIGHEST_ALPHA:
        values = {"value": str(alpha), "high": HIGHEST_ALPHA}
        raise InvalidMap(Problem(code="bad_alpha", values=values))


def _middle(known: NDArray[np.float64], scale: tuple[float, float] | None) -> float:
    """Return the strength that unknown ties are given, without rounding its decimals."""
    if scale is None and not len(known):
        return 1.0
    ordered = known if scale else np.sort(known)
    ends = scale or (ordered[(len(known) - 1) // 2], ordered[len(known) // 2])
    return float(sum(Decimal(repr(float(end))) for end in ends) / 2)


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
