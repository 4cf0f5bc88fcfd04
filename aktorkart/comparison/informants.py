"""Who says what about each tie, and how well those who could know it agree. METHOD 9."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import combinations
from typing import TYPE_CHECKING, Any

from aktorkart.comparison.merge import merge
from aktorkart.comparison.sides import existing, steps_apart
from aktorkart.comparison.views import View, informant_of, views_in
from aktorkart.errors import language
from aktorkart.finding import Finding, finding, named
from aktorkart.model import ActorMap, expect_map
from aktorkart.model.called import called
from aktorkart.model.fields import FrozenDict
from aktorkart.model.vocabulary import STEP_FACTOR, STEPS
from aktorkart.privacy.shown import shown
from aktorkart.tables import Labelled, coded, headed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from aktorkart.model import Tie
    from aktorkart.tables import Cell, Table

COUPLES = ("ends", "outsider")
"""Two who could know a tie: both its ends, or one end and somebody from outside."""

_TWO = 2
_KEYS = ("one@", "other@", "kind@", "informant@", "there", "strength#", "direction@")


@dataclass(frozen=True, kw_only=True)
class Told:
    """What informants say of one kind of tie between two actors.

    Parameters
    ----------
    pair : tuple of str
        The two actors, sorted.
    kind : str
        The kind of tie.
    sees : tuple of str
        The informants who report it.
    misses : tuple of str
        Those who would have to know of it and do not report it.
    strengths : mapping of str to float or None
        The strongest that each of ``sees`` has given it; None if none.
    directions : mapping of str to str
        How it goes for each of ``sees``: ``both``, ``forth`` (from the first of the pair to the
        second) or ``back``.
    """

    pair: tuple[str, str]
    kind: str
    sees: tuple[str, ...]
    misses: tuple[str, ...]
    strengths: Mapping[str, float | None]
    directions: Mapping[str, str]

    @property
    def ratings(self) -> tuple[float, ...]:
        """The strengths that have been given."""
        return tuple(one for one in self.strengths.values() if one is not None)


@dataclass(frozen=True, kw_only=True)
class Agreement:
    """How well couples of informants who could know a tie agree about it.

    Parameters
    ----------
    n : int
        Ties of one kind that at least one of the two reports, counted once for each couple.
    alike : int
        Those that both report.
    same_way : int
        Those that both report as going the same way.
    rated : int
        Those that both have given a strength.
    steps : float or None
        The mean difference of these strengths in steps; None if there are none.
    """

    n: int
    alike: int
    same_way: int
    rated: int
    steps: float | None

    @property
    def share(self) -> float | None:
        """The share of ties that both report, from 0 to 1; None if there are none."""
        return self.alike / self.n if self.n else None


@dataclass(frozen=True, kw_only=True, repr=False)
class Informants:
    """What several informants say of the same network, tie by tie.

    Parameters
    ----------
    kart : ActorMap
        The map, with the informants of its ties.
    names : tuple of str
        The informants: ids where they are on the map.
    rows : tuple of Told
        A row for each pair of actors and kind of tie, sorted.
    agreement : mapping of str to Agreement
        Of ``ends``, the two ends of a tie, and of ``outsider``, one end and one informant who
        is neither.
    dispersion : mapping of str to float or None
        For each actor, over its ties of one kind that several have rated, the mean of the
        mean difference between two of them, in steps; None if there is no such tie.
    reliability : float or None
        Krippendorff's α of the strengths, in steps: 1 if all who rate a tie rate it alike, 0 if
        they differ as much as ratings of any ties do, below 0 if more.
    reasons : mapping of str to str
        Why ``reliability`` is None: ``not_rated_by_two`` (fewer than two ties that several have
        rated) or ``ratings_alike`` (all ratings are the same, so that there is nothing to tell
        apart). The sentence is ``reason.<code>`` in the catalogues.
    """

    kart: ActorMap = field(repr=False)
    names: tuple[str, ...]
    rows: tuple[Told, ...]
    agreement: Mapping[str, Agreement]
    dispersion: Mapping[str, float | None]
    reliability: float | None
    reasons: Mapping[str, str]

    def __repr__(self) -> str:
        # Informants may be the person whom the map is about.
        return f"Informants({len(self.names)} informants, {len(self.rows)} ties)"

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """How well they agree, in sentences with the code ``informants``."""
        if len(self.names) < _TWO:
            return (finding(self.kart, "informants", "one_view", "unknown"),)
        return tuple(self._findings())

    def _findings(self) -> Iterator[Finding]:
        for couple, found in self.agreement.items():
            if found.n:
                numbers = {"n": found.n, "alike": found.alike, "share": found.share}
                yield finding(self.kart, "informants", couple, "note", numbers=numbers)
            else:
                yield finding(self.kart, "informants", f"no_{couple}", "unknown")
        several = [row for row in self.rows if len(row.ratings) > 1]
        if several:
            apart = [_spread(row.ratings, self.kart.strength_scale) for row in several]
            numbers = {"n": len(several), "steps": sum(apart) / len(apart)}
            yield finding(self.kart, "informants", "strengths", "note", numbers=numbers)
            yield from self._dispersed()
        else:
            yield finding(self.kart, "informants", "no_strengths", "unknown")

    def _dispersed(self) -> Iterator[Finding]:
        """Say whose ties are rated least alike, unless all ties are rated as much alike."""
        rated = {id_: steps for id_, steps in self.dispersion.items() if steps is not None}
        most = max(rated.values())
        if most > min(rated.values()):
            ids = [id_ for id_, steps in rated.items() if steps == most]
            yield finding(
                self.kart,
                "informants",
                "dispersion",
                "note",
                actors=tuple(ids),
                numbers={"steps": most},
                words={"actors": named(ids)},
            )

    def text(
        self, lang: str | None = None, *, names: bool | None = None, consent: str = "required"
    ) -> str:
        """Say how well they agree, a line for each thing.

        Parameters
        ----------
        lang : {"nb", "nn", "en", "sv"}, optional
            The language; the map's own, or bokmål, if left out.
        names : bool, optional
            True keeps names, False shows roles; roles around a person if left out.
        consent : {"required", "ignore"}
            Whether names of a map around a person need a consent that holds.

        Returns
        -------
        str
            Plain sentences.

        Raises
        ------
        NoConsent
            If names are asked for, and no consent holds.
        """
        lang = language(lang, self.kart.lang)
        seen = self.shown(names=names, consent=consent, lang=lang)
        return "\n".join(found.text(lang) for found in seen.findings)

    def shown(
        self, *, names: bool | None = None, consent: str = "required", lang: str | None = None
    ) -> Informants:
        """Return it as it may be shown to others.

        Parameters
        ----------
        names, consent
            As in :meth:`text`.
        lang : {"nb", "nn", "en", "sv"}, optional
            Language of the roles; the map's own, or bokmål, if left out.

        Returns
        -------
        Informants
            With roles for names, and new ids, where names are not shown.

        Raises
        ------
        NoConsent
            If names are asked for, and no consent holds.
        """
        seen = shown(self.kart, names=names, consent=consent, lang=lang).kart
        return self if seen is self.kart else informants(seen)

    def table(
        self, lang: str | None = None, *, names: bool | None = None, consent: str = "required"
    ) -> Table:
        """Return a row for each tie and each informant who could know it.

        Parameters
        ----------
        lang : {"nb", "nn", "en", "sv"}, optional
            The language; the map's own, or bokmål, if left out.
        names, consent
            As in :meth:`text`.

        Returns
        -------
        Table
            The two actors, the kind of tie, the informant, whether the informant says that it
            is there, how strong and which way.

        Raises
        ------
        NoConsent
            If names are asked for, and no consent holds.
        """
        lang = language(lang, self.kart.lang)
        seen = self.shown(names=names, consent=consent, lang=lang)
        return seen._table(lang)  # noqa: SLF001 - its own

    def _table(self, lang: str) -> Table:
        names = called(self.kart)
        rows = (
            (
                names[one],
                names[other],
                Labelled(self.kart.tie_kind_name(kind, lang), kind),
                names.get(name, name),
                there,
                strength,
                coded("compare.direction", way, lang),
            )
            for one, other, kind, name, there, strength, way in self._rows()
        )
        return headed(lang, rows, *_KEYS, prefix="compare.column")

    def to_frame(self) -> Any:
        """Return the same rows as a pandas DataFrame of ids and codes, with labels beside.

        It stays in memory, and keeps the ids and the names of the map; ``table().to_frame()``
        is what may be shown.

        Returns
        -------
        pandas.DataFrame
            With the columns ``one``, ``other``, ``kind``, ``informant``, ``there``,
            ``strength`` and ``direction``; ``one_label`` and so on are what people read. An
            informant who is not on the map has a label only.

        Raises
        ------
        MissingExtra
            If pandas is not installed.
        """
        return self._table(language(None, self.kart.lang)).to_frame()

    def _rows(self) -> Iterator[tuple[Any, ...]]:
        for row in self.rows:
            for name in sorted((*row.sees, *row.misses)):
                there = name in row.sees
                said: tuple[Cell, ...] = (row.strengths.get(name), row.directions.get(name))
                yield (*row.pair, row.kind, name, there, *said)


def informants(kart: ActorMap | Mapping[str, ActorMap]) -> Informants:
    """Put side by side what informants say of each tie, and tell how well they agree.

    Parameters
    ----------
    kart : ActorMap or mapping of str to ActorMap
        A map whose ties say who reported them, or each informant's map, which are then
        merged.

    Returns
    -------
    Informants
        Ties of one kind, agreement, dispersion and reliability.

    Raises
    ------
    InvalidMap
        If several maps have different strength scales.
    WrongArgument
        If it is given something else.

    Notes
    -----
    METHOD 9. Ties count that are there on the map's date, also strained and broken ones; each
    kind of tie between two actors is by itself. Who could know a tie is as in
    :func:`aktorkart.care.perspective_gap`: its ends, if they have told of anything, and those
    from outside who have told of both actors. A tie that neither of two reports is no
    agreement, since nobody has said that it is not there; nobody denies one that stands on the
    map without an informant. Reliability is Krippendorff's (2004) α for interval data.

    Examples
    --------
    >>> from aktorkart.model import Actor, ActorMap, Tie
    >>> actors = [Actor(id="dps"), Actor(id="nav")]
    >>> ties = [Tie(source="nav", target="dps", strength=4, informant="nav"),
    ...         Tie(source="nav", target="dps", strength=1, informant="dps"),
    ...         Tie(source="nav", target="dps", kind="referral", informant="nav")]
    >>> found = informants(ActorMap(actors=actors, ties=ties))
    >>> found.agreement["ends"].share, found.agreement["ends"].steps
    (0.5, 3.0)
    >>> found.rows[1].kind, found.rows[1].misses
    ('referral', ('dps',))
    """
    if isinstance(kart, Mapping):
        kart = merge(kart).kart
    expect_map(kart)
    views = views_in(kart)
    rows = tuple(_told(kart, views))
    reliability, reason = _reliability(rows, kart.strength_scale)
    return Informants(
        kart=kart,
        names=tuple(view.name for view in views),
        rows=rows,
        agreement=FrozenDict({couple: _agreement(kart, rows, couple) for couple in COUPLES}),
        dispersion=FrozenDict(_dispersion(kart, rows)),
        reliability=reliability,
        reasons=FrozenDict({} if reason is None else {"reliability": reason}),
    )


def _told(kart: ActorMap, views: Sequence[View]) -> Iterator[Told]:
    """Give what is told of each kind of tie between each pair, sorted."""
    by: dict[tuple[tuple[str, str], str], dict[str, list[Tie]]] = defaultdict(
        lambda: defaultdict(list)
    )
    for view in views:
        for tie in view.ties:
            by[tie.pair, tie.kind][view.name].append(tie)
    shared = {(tie.pair, tie.kind) for tie in existing(kart) if informant_of(kart, tie) is None}
    for (pair, kind), told in sorted(by.items()):
        silent = [view.name for view in views if view.name not in told and view.answers_for(pair)]
        given = {
            name: [tie.strength for tie in ties if tie.strength is not None]
            for name, ties in told.items()
        }
        yield Told(
            pair=pair,
            kind=kind,
            sees=tuple(sorted(told)),
            misses=() if (pair, kind) in shared else tuple(silent),
            strengths=FrozenDict({name: max(given[name], default=None) for name in sorted(told)}),
            directions=FrozenDict({name: _direction(pair, told[name]) for name in sorted(told)}),
        )


def _direction(pair: tuple[str, str], ties: Sequence[Tie]) -> str:
    arcs = {arc for tie in ties for arc in tie.arcs}
    if len(arcs) > 1:
        return "both"
    return "forth" if pair in arcs else "back"


def _agreement(kart: ActorMap, rows: Sequence[Told], couple: str) -> Agreement:
    n = alike = same_way = 0
    steps: list[float] = []
    for row in rows:
        for two in combinations(sorted((*row.sees, *row.misses)), 2):
            ends = len(set(two) & set(row.pair))
            if ends != (_TWO if couple == "ends" else 1) or not set(two) & set(row.sees):
                continue
            n += 1
            if not set(two) <= set(row.sees):
                continue
            alike += 1
            same_way += row.directions[two[0]] == row.directions[two[1]]
            one, other = (row.strengths[name] for name in two)
            if one is not None and other is not None:
                steps.append(steps_apart(one, other, kart.strength_scale))
    mean = sum(steps) / len(steps) if steps else None
    return Agreement(n=n, alike=alike, same_way=same_way, rated=len(steps), steps=mean)


def _spread(ratings: Sequence[float], scale: tuple[float, float] | None) -> float:
    """Return the mean difference in steps between two of several ratings."""
    apart = [steps_apart(one, other, scale) for one, other in combinations(ratings, 2)]
    return sum(apart) / len(apart)


def _dispersion(kart: ActorMap, rows: Sequence[Told]) -> dict[str, float | None]:
    apart: dict[str, list[float]] = {actor.id: [] for actor in kart.actors}
    for row in rows:
        if len(row.ratings) > 1:
            for id_ in row.pair:
                apart[id_].append(_spread(row.ratings, kart.strength_scale))
    return {id_: sum(all_) / len(all_) if all_ else None for id_, all_ in sorted(apart.items())}


def _reliability(
    rows: Sequence[Told], scale: tuple[float, float] | None
) -> tuple[float | None, str | None]:
    """Return Krippendorff's α of the strengths in steps, or why there is none."""
    units = [[_in_steps(one, scale) for one in row.ratings] for row in rows if row.ratings[1:]]
    if len(units) < _TWO:
        return None, "not_rated_by_two"
    values = [value for unit in units for value in unit]
    observed = sum(_squares(unit) / (len(unit) - 1) for unit in units) / len(values)
    expected = _squares(values) / (len(values) * (len(values) - 1))
    if len(set(values)) < _TWO or not expected:
        return None, "ratings_alike"
    return 1 - observed / expected, None


def _squares(values: Sequence[float]) -> float:
    """Return the sum of squared differences over ordered pairs: 2·n times that to the mean."""
    mean = sum(values) / len(values)
    return 2 * len(values) * sum((value - mean) ** 2 for value in values)


def _in_steps(strength: float, scale: tuple[float, float] | None) -> float:
    """Return how many steps a strength is from where the scale begins, or from 1."""
    if scale is not None:
        return (strength - scale[0]) / ((scale[1] - scale[0]) / STEPS)
    return math.log(strength) / math.log(STEP_FACTOR)
