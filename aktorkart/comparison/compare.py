"""Two maps of the same thing at different times: what has changed."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from aktorkart.comparison.sides import (
    JUDGEMENTS,
    existing,
    named_ties,
    order,
    reports,
    worded,
)
from aktorkart.errors import language
from aktorkart.finding import Coded, Finding, finding, named
from aktorkart.i18n import listing, number, text
from aktorkart.model import Actor, ActorMap, Tie, expect_map
from aktorkart.model.called import called
from aktorkart.model.scales import JUDGEMENTS as SCALED
from aktorkart.model.scales import judgement, judgement_name, seen_from
from aktorkart.network.qap import qap
from aktorkart.network.shuffles import CLEAR
from aktorkart.privacy.shown import shown_together
from aktorkart.tables import Labelled, coded, headed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from aktorkart.comparison.sides import TieKey
    from aktorkart.network.qap import Qap
    from aktorkart.tables import Cell, Table

MOST_TESTED = 500
"""Actors up to which the maps' correlation is among the findings; `Change.qap` always has it."""

_CASES = ("gained", "lost", "stronger", "weaker")
"""What may become of a tie."""

TIE_JUDGEMENTS = ("quality", "communication", "bound_to")
"""What may be judged differently about a tie besides its strength and the field's scales."""


def strongest(ties: Iterable[Tie]) -> Tie:
    """Return the tie of greatest known strength; the first of equals."""
    return max(ties, key=lambda tie: -1.0 if tie.strength is None else tie.strength)


@dataclass(frozen=True, kw_only=True)
class Shift:
    """A tie that both maps have.

    Parameters
    ----------
    before, after : Tie
        The tie on each of them.
    """

    before: Tie
    after: Tie

    @property
    def rated(self) -> bool:
        """Whether both maps know its strength."""
        return None not in {self.before.strength, self.after.strength}

    @property
    def rise(self) -> float:
        """How much stronger it is, of those whose strength both maps know."""
        return (self.after.strength or 0) - (self.before.strength or 0) if self.rated else 0


@dataclass(frozen=True, kw_only=True)
class Judged:
    """Something that is judged differently on the two maps.

    Parameters
    ----------
    about : tuple of str
        The actor's id, or the tie as (source, target, kind).
    field : str
        What was judged, as ``power``, ``quality`` or ``trust.openness``.
    before, after : object
        The judgements; None is unknown.
    """

    about: tuple[str, ...]
    field: str
    before: Any
    after: Any

    @property
    def case(self) -> str:
        """What is other: the judgement, or that it is ``known``, or ``unknown``, by now."""
        unknown = {None, "unknown"} if self.field == "kind" else {None}
        if self.before in unknown:
            return "known"
        return "unknown" if self.after in unknown else "judged"


@dataclass(frozen=True, kw_only=True, repr=False)
class Change:
    """What has changed from one map to the next.

    Ties are channels on each map's date (METHOD 7): a tie that is broken is lost.

    Parameters
    ----------
    before, after : ActorMap
        The maps.
    gained, lost : tuple of Tie
        Channels that only the later, or only the earlier map has.
    both : tuple of Shift
        Channels that both have; each informant's own where the same one has reported it both
        times.
    stronger, weaker : tuple of Shift
        Those of them whose strength both maps know, and is another. Empty if the maps have
        different strength scales.
    actors_gained, actors_lost : tuple of str
        Ids of the actors that only one of them has.
    changed : tuple of Judged
        Other judgements that differ, and strengths that only one of the maps knows.

    Examples
    --------
    >>> from aktorkart.model import Actor, ActorMap, Tie, expect_map
    >>> before = ActorMap(actors=[Actor(id="nav"), Actor(id="dps")])
    >>> change = compare(before, before.with_tie(source="nav", target="dps"))
    >>> len(change.gained), len(change.lost)
    (1, 0)
    >>> print(change.text("en"))
    Since the earlier map 1 working tie is new and 0 gone; 0 are stronger and 0 weaker.
    New ties that work: dps – nav.
    """

    before: ActorMap = field(repr=False)
    after: ActorMap = field(repr=False)
    gained: tuple[Tie, ...] = ()
    lost: tuple[Tie, ...] = ()
    both: tuple[Shift, ...] = ()
    stronger: tuple[Shift, ...] = ()
    weaker: tuple[Shift, ...] = ()
    actors_gained: tuple[str, ...] = ()
    actors_lost: tuple[str, ...] = ()
    changed: tuple[Judged, ...] = ()

    def __bool__(self) -> bool:
        """Whether anything has changed."""
        return any(
            (
                self.gained,
                self.lost,
                self.stronger,
                self.weaker,
                self.actors_gained,
                self.actors_lost,
                self.changed,
            )
        )

    @property
    def same_scale(self) -> bool:
        """Whether strengths on the two maps can be compared."""
        return self.before.strength_scale == self.after.strength_scale

    @property
    def unrated(self) -> tuple[Shift, ...]:
        """Channels that both have, whose strength not both of them know."""
        return tuple(one for one in self.both if not one.rated)

    @property
    def numbers(self) -> dict[str, int | None]:
        """How many ties are gained, lost, stronger and weaker, whoever reported them.

        The last two are None where nobody can tell: the maps have different strength scales, or
        of no tie that both have do both know the strength.
        """
        told = self.same_scale and (len(self.unrated) < len(self.both) or not self.both)
        return {
            name: len(reports(self._ties(name))) if told or name in {"gained", "lost"} else None
            for name in _CASES
        }

    def _ties(self, case: str) -> list[Tie]:
        """Return what is gained, lost, stronger or weaker, as the ties are now."""
        return [one.after if isinstance(one, Shift) else one for one in getattr(self, case)]

    @property
    def judgements(self) -> dict[str, list[Judged]]:
        """What is judged in another way (``judged``), ``known`` or ``unknown`` by now."""
        cases: dict[str, list[Judged]] = {"judged": [], "known": [], "unknown": []}
        for judged in self.changed:
            cases[judged.case].append(judged)
        return cases

    @cached_property
    def qap(self) -> Qap:
        """How the ties of the two maps go together, with a permutation test (Krackhardt 1988)."""
        return qap(self.before, self.after)

    @property
    def labels(self) -> dict[str, Labelled]:
        """What the actors of both maps are called; the later map decides."""
        return {**called(self.before), **called(self.after)}

    @property
    def findings(self) -> list[Finding]:
        """The change in sentences, with the code ``improvement``."""
        return [*self._about_ties(), *self._about_both(), *self._about_actors()]

    def finding(self, case: str, level: str, **fields: Any) -> Finding:
        """Make a finding about the change, which knows the actors of both maps.

        Parameters
        ----------
        case : str
            What was found; the code is ``improvement``.
        level : {"strength", "note", "gap", "unknown"}
            What it means for the reader.
        **fields
            Other fields of the finding; its numbers come beside those of the change.

        Returns
        -------
        Finding
            With the later map's names where the maps differ.
        """
        numbers = {**self.numbers, **fields.pop("numbers", {})}
        found = finding(self.after, "improvement", case, level, numbers=numbers, **fields)
        return replace(found, labels=self.labels)

    def _about_ties(self) -> Iterator[Finding]:
        if not self and self.same_scale:
            yield self.finding("nothing", "note")
            return
        told = self.numbers["stronger"] is not None
        yield self.finding("change" if told else "change_of_ties", "note")
        for case in _CASES:
            if ties := self._ties(case):
                keys = tuple(dict.fromkeys(tie.key for tie in ties))
                numbers, words = {"n": len(reports(ties))}, {"ties": named_ties(ties)}
                yield self.finding(case, "note", ties=keys, numbers=numbers, words=words)
        for case in ("known", "unknown"):
            about = {one.about for one in self.judgements[case] if one.field == "strength"}
            if shifts := [one for one in self.both if one.after.key in about]:
                keys = tuple(sorted({one.after.key for one in shifts}))
                words = {"ties": named_ties(one.after for one in shifts)}
                numbers = {"n": len(reports(one.after for one in shifts))}
                yield self.finding(
                    f"strengths_{case}", "note", ties=keys, numbers=numbers, words=words
                )
        if not self.same_scale:
            yield self.finding("scales", "unknown")
            return
        rated = reports(one.after for one in self.both if one.rated)
        if n := len(reports(one.after for one in self.unrated).keys() - rated.keys()):
            yield self.finding("unrated", "unknown", numbers={"n": n})

    def _about_both(self) -> Iterator[Finding]:
        if not self or max(len(one.actors) for one in (self.before, self.after)) > MOST_TESTED:
            return
        if self.qap.tested and self.qap.p is not None:
            case = "alike" if self.qap.p <= CLEAR else "unlike"
            numbers = {"correlation": self.qap.correlation, "p": self.qap.p, "n": self.qap.n}
            yield self.finding(case, "note", numbers=numbers)

    def _about_actors(self) -> Iterator[Finding]:
        for case in ("actors_gained", "actors_lost"):
            if ids := getattr(self, case):
                words = {"actors": named(ids)}
                yield self.finding(case, "note", actors=ids, numbers={"n": len(ids)}, words=words)
        for case, judged in self.judgements.items():
            if n := sum(one.field != "strength" for one in judged):
                yield self.finding(_JUDGED[case], "note", numbers={"n": n})

    def __repr__(self) -> str:
        # What has changed may name the person whom the maps are about.
        counts = ", ".join(f"{name}={n}" for name, n in self.numbers.items())
        return f"Change({counts})"

    def shown(
        self, *, names: bool | None = None, consent: str = "required", lang: str | None = None
    ) -> Change:
        """Return the change as it may be shown to others.

        Parameters
        ----------
        names : bool, optional
            True keeps names, False shows roles; roles around a person if left out.
        consent : {"required", "ignore"}
            Whether names of a map around a person need a consent that holds.
        lang : {"nb", "nn", "en", "sv"}, optional
            Language of the roles; the later map's own, or bokmål, if left out.

        Returns
        -------
        Change
            Who is on both maps has the same role, and the same new id, on both.

        Raises
        ------
        NoConsent
            If names are asked for, and no consent holds.
        """
        seen = shown_together(self.before, self.after, names=names, consent=consent, lang=lang)
        before, after = (one.kart for one in seen)
        return self if after is self.after else compare(before, after)

    def text(
        self, lang: str | None = None, *, names: bool | None = None, consent: str = "required"
    ) -> str:
        """Say what has changed, a line for each thing.

        Parameters
        ----------
        lang : {"nb", "nn", "en", "sv"}, optional
            The language; the later map's own, or bokmål, if left out.
        names, consent
            As in :meth:`shown`.

        Returns
        -------
        str
            Plain sentences.
        """
        lang = language(lang, self.after.lang)
        seen = self.shown(names=names, consent=consent, lang=lang)
        return "\n".join(found.text(lang) for found in seen.findings)

    def table(
        self, lang: str | None = None, *, names: bool | None = None, consent: str = "required"
    ) -> Table:
        """Return the change as a table, a row for each thing.

        Parameters
        ----------
        lang : {"nb", "nn", "en", "sv"}, optional
            The language; the later map's own, or bokmål, if left out.
        names, consent
            As in :meth:`shown`.

        Returns
        -------
        Table
            With what has happened, to what, and the values before and after.
        """
        lang = language(lang, self.after.lang)
        rows = [*self.shown(names=names, consent=consent, lang=lang)._rows(lang)]  # noqa: SLF001
        return headed(lang, rows, *(f"{key}@" for key in _COLUMNS), prefix="compare.column")

    def to_frame(self) -> Any:
        """Return the same rows as a pandas DataFrame of ids and codes.

        It stays in memory, and keeps the ids of the maps; ``table().to_frame()`` is what may be
        shown.

        Returns
        -------
        pandas.DataFrame
            With the columns ``change``, ``one``, ``other``, ``kind``, ``field``, ``before`` and
            ``after``.

        Raises
        ------
        MissingExtra
            If pandas is not installed.
        """
        rows = [
            (what, *_padded(about), name, was, now)
            for what, about, name, was, now in self._things()
        ]
        return headed("en", rows, *_COLUMNS, prefix="compare.column").to_frame()

    def _things(self) -> Iterator[tuple[str, tuple[str, ...], str | None, Any, Any]]:
        """Return what has happened to what, which of its fields differs, and its two values."""
        for tie in self.gained:
            yield "gained", tie.key, "strength", None, tie.strength
        for tie in self.lost:
            yield "lost", tie.key, "strength", tie.strength, None
        for name in ("stronger", "weaker"):
            for shift in getattr(self, name):
                yield name, shift.after.key, "strength", shift.before.strength, shift.after.strength
        for name in ("actors_gained", "actors_lost"):
            for id_ in getattr(self, name):
                yield name, (id_,), None, None, None
        for judged in self.changed:
            what = "changed" if judged.case == "judged" else judged.case
            yield what, judged.about, judged.field, judged.before, judged.after

    def _rows(self, lang: str) -> Iterator[tuple[Cell, ...]]:
        labels = self.labels
        for what, about, judged, was, now in self._things():
            one, other, kind = _padded(about)
            yield (
                coded("compare.row", what, lang),
                labels[one or ""],
                labels[other] if other else None,
                Labelled(self.after.tie_kind_name(kind, lang), kind) if kind else None,
                Labelled(_field(judged, lang), judged) if judged else None,
                _cell(judged or "", was, lang),
                _cell(judged or "", now, lang),
            )


_JUDGED = {"judged": "judged", "known": "judged_known", "unknown": "judged_unknown"}
"""What is said of judgements that differ, by how."""

_COLUMNS = ("change", "one", "other", "kind", "field", "before", "after")


def _padded(about: tuple[str, ...]) -> tuple[str | None, ...]:
    """Return an actor or a tie as the cells of a row: one, other and kind."""
    return (*about, *(None,) * (3 - len(about)))


def _field(judged: str, lang: str) -> str:
    """Say what was judged."""
    is_scaled = judged in SCALED
    return judgement_name(judged, lang) if is_scaled else text(f"compare.field.{judged}", lang)


def compare(before: ActorMap, after: ActorMap) -> Change:
    """Compare two maps of the same thing at different times.

    Parameters
    ----------
    before, after : ActorMap
        The earlier and the later map. Actors are the same if their ids are, ties if their
        ends and kind are.

    Returns
    -------
    Change
        What has changed, sorted by id; empty (and false) if nothing has.

    Notes
    -----
    Ties are channels on each map's own date (METHOD 7). Where one informant has rated a tie
    on both maps, the two ratings are compared; else the strongest is, as METHOD 7 counts
    several channels.

    Examples
    --------
    >>> from aktorkart.model import ActorMap
    >>> bool(compare(ActorMap(), ActorMap()))
    False
    """
    for kart in (before, after):
        expect_map(kart)
    gained: list[Tie] = []
    lost: list[Tie] = []
    both: list[Shift] = []
    changed: list[Judged] = []
    old_groups, new_groups = _ordered(before.channels), _ordered(after.channels)
    for group in sorted({*old_groups, *new_groups}):
        old, new = old_groups.get(group, []), new_groups.get(group, [])
        gained += _without_counterpart(new, old)
        lost += _without_counterpart(old, new)
        both += [Shift(before=one, after=other) for one, other in _matched(old, new)]
    for one in both:
        was, now = one.before.strength, one.after.strength
        if (was is None) != (now is None):
            changed.append(Judged(about=one.after.key, field="strength", before=was, after=now))
    comparable = both if before.strength_scale == after.strength_scale else []
    there_before, there_after = _ordered(existing(before)), _ordered(existing(after))
    for group in sorted({*there_before} & {*there_after}):
        changed += _judged_ties(there_before[group], there_after[group])
    for id_ in sorted(actor.id for actor in after.actors if actor.id in before):
        changed += _judged_actors(before[id_], after[id_])
    ids_before, ids_after = ({actor.id for actor in kart.actors} for kart in (before, after))
    return Change(
        before=before,
        after=after,
        gained=tuple(gained),
        lost=tuple(lost),
        both=tuple(both),
        stronger=tuple(one for one in comparable if one.rise > 0),
        weaker=tuple(one for one in comparable if one.rise < 0),
        actors_gained=tuple(sorted(ids_after - ids_before)),
        actors_lost=tuple(sorted(ids_before - ids_after)),
        changed=tuple(changed),
    )


def _ordered(ties: Iterable[Tie]) -> dict[TieKey, list[Tie]]:
    return reports(sorted(ties, key=order))


def _arcs(ties: Iterable[Tie]) -> set[tuple[str, str]]:
    return {arc for tie in ties for arc in tie.arcs}


def _direction(tie: Tie) -> str:
    return "" if tie.mutual else tie.source


def _by(ties: Iterable[Tie], *, informant: bool) -> dict[tuple[str, str], Tie]:
    """Return the strongest tie in each direction, of each informant or of all."""
    groups: dict[tuple[str, str], list[Tie]] = defaultdict(list)
    for tie in ties:
        groups[_direction(tie), (tie.informant or "") if informant else ""].append(tie)
    return {key: strongest(group) for key, group in groups.items()}


def _without_counterpart(ties: Sequence[Tie], others: Sequence[Tie]) -> list[Tie]:
    """Return the ties of a group, if none of the others goes the same way.

    Where one does, it is the same tie, and that it goes another way too is a judgement.
    """
    if _arcs(ties) & _arcs(others):
        return []
    return [tie for _, tie in sorted(_by(ties, informant=False).items())]


def _matched(old: Sequence[Tie], new: Sequence[Tie]) -> list[tuple[Tie, Tie]]:
    """Pair the ties of a group: by direction and informant, else the strongest of each."""
    if not _arcs(old) & _arcs(new):
        return []
    for informant in (True, False):
        was, now = _by(old, informant=informant), _by(new, informant=informant)
        if both := sorted(was.keys() & now.keys()):
            return [(was[key], now[key]) for key in both]
    shared = _arcs(old) & _arcs(new)
    one, other = (strongest(tie for tie in ties if shared & set(tie.arcs)) for ties in (old, new))
    return [(one, other)]


def _judged_ties(old: Sequence[Tie], new: Sequence[Tie]) -> Iterator[Judged]:
    if _arcs(old) & _arcs(new) and _arcs(old) != _arcs(new):
        was, now = (len(_arcs(ties)) > 1 for ties in (old, new))
        if was != now:
            yield Judged(about=new[0].key, field="mutual", before=was, after=now)
    for one, other in _matched(old, new):
        for name in TIE_JUDGEMENTS:
            was, now = getattr(one, name), getattr(other, name)
            if was != now:
                yield Judged(about=other.key, field=name, before=was, after=now)
        for name in SCALED:
            # What one end of a mutual tie gives, the other receives.
            same_end = one.source == other.source
            was = judgement(one, seen_from(name, source=same_end))
            now = judgement(other, name)
            if was != now:
                yield Judged(about=other.key, field=name, before=was, after=now)


def _judged_actors(old: Actor, new: Actor) -> Iterator[Judged]:
    for name in JUDGEMENTS:
        was, now = getattr(old, name), getattr(new, name)
        if was != now:
            yield Judged(about=(new.id,), field=name, before=was, after=now)


def _cell(name: str, value: Any, lang: str) -> Cell:
    """Return a judgement as a cell of a table, in the reader's language; None is unknown."""
    if value is None:
        return None
    if isinstance(value, float):
        return Labelled(number(value, lang), value)
    judged = worded(name, value)
    words = judged if isinstance(judged, tuple) else (judged,)
    said = (text(word.code, lang) if isinstance(word, Coded) else str(word) for word in words)
    return Labelled(listing(said, lang), value)
