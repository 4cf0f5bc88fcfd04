"""The field's own scales of ties: each judgement, and the means of what is given."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aktorkart.comparison.sides import existing, order
from aktorkart.comparison.views import informant_of
from aktorkart.i18n import listing, text
from aktorkart.model import expect_map
from aktorkart.model.called import called
from aktorkart.model.scales import (
    STEPPED,
    SUPPORTS,
    item_name,
    judgements,
    scale_name,
    step_name,
)
from aktorkart.model.vocabulary import SUPPORT
from aktorkart.tables import Labelled, coded, headed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from aktorkart.model import ActorMap, Tie
    from aktorkart.tables import Cell, Table


@dataclass(frozen=True, kw_only=True)
class Rating:
    """One judgement of a tie.

    Parameters
    ----------
    source, target, kind : str
        The tie: ids of its two ends, and its kind.
    informant : str, optional
        Who judged it: an actor's id, or a name from outside the map.
    name : str
        The scale, with a dot and the item where it has several: ``stage``, ``trust.openness``.
    step : int, optional
        The step; None for support.
    words : tuple of str
        What the support is; empty if there is none, and for all but support.
    """

    source: str
    target: str
    kind: str
    informant: str | None
    name: str
    step: int | None = None
    words: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Mean:
    """What the judgements on one item are together.

    Parameters
    ----------
    name : str
        The scale, with a dot and the item where it has several.
    mean : float, optional
        Over the ratings, each as it is; None if nobody has given any.
    lowest, highest : int, optional
        The ends of what was given.
    n : int
        How many ratings there are.
    missing : int
        How many ties that exist have none.
    """

    name: str
    mean: float | None
    lowest: int | None
    highest: int | None
    n: int
    missing: int


@dataclass(frozen=True, kw_only=True)
class Scales:
    """What the field's own scales say of the ties on a map.

    Parameters
    ----------
    ratings : tuple of Rating
        What is given, tie by tie; unequal ratings of one tie stand beside each other.
    means : tuple of Mean
        For each item with steps, also those that nobody has given.
    kart : ActorMap
        The map, for names.

    Examples
    --------
    >>> from aktorkart.model import ActorMap
    >>> ends = {"source": "nav", "target": "dps"}
    >>> kart = ActorMap(
    ...     actors=[{"id": "nav"}, {"id": "dps"}],
    ...     ties=[{**ends, "stage": 3, "informant": "nav"},
    ...           {**ends, "stage": 1, "informant": "dps"}],
    ... )
    >>> print(scales(kart).table("en").to_text())
    Actor  Other actor  Tie      Told by  Scale                   Item  Step  In words
    dps    nav          contact  dps      stage of collaboration  –        1  networking
    dps    nav          contact  nav      stage of collaboration  –        3  coordination
    """

    ratings: tuple[Rating, ...]
    means: tuple[Mean, ...]
    kart: ActorMap

    def table(self, lang: str) -> Table:
        """Return what is given, a row for each judgement.

        Parameters
        ----------
        lang : {"nb", "nn", "en", "sv"}
            The language.

        Returns
        -------
        Table
            Columns one, other, kind, informant, scale, item, step and words.
        """
        labels = called(self.kart)
        rows = (
            (
                labels[rating.source],
                labels[rating.target],
                Labelled(self.kart.tie_kind_name(rating.kind, lang), rating.kind),
                labels.get(rating.informant or "", rating.informant),
                *_said(rating.name, lang),
                rating.step,
                _words(rating, lang),
            )
            for rating in self.ratings
        )
        keys = ("one@", "other@", "kind@", "informant@", "scale@", "item@", "step#", "words")
        return headed(lang, rows, *keys, prefix="scale.column")

    def means_table(self, lang: str) -> Table:
        """Return the mean of each item, with how many have given it.

        Parameters
        ----------
        lang : {"nb", "nn", "en", "sv"}
            The language.

        Returns
        -------
        Table
            Columns scale, item, mean, lowest, highest, n and missing.
        """
        rows = (
            (*_said(one.name, lang), one.mean, one.lowest, one.highest, one.n, one.missing)
            for one in self.means
        )
        keys = ("scale@", "item@", "mean#", "lowest#", "highest#", "n#", "missing#")
        return headed(lang, rows, *keys, prefix="scale.column")

    def support_table(self, lang: str) -> Table:
        """Return how many ties have each kind of support.

        Parameters
        ----------
        lang : {"nb", "nn", "en", "sv"}
            The language.

        Returns
        -------
        Table
            Columns support, given and received: the number of ties that say so.
        """

        def count(way: str, word: str) -> int:
            return sum(one.name == way and word in one.words for one in self.ratings)

        rows: Iterable[tuple[Cell, ...]] = (
            (coded("scale.support", word, lang), *(count(way, word) for way in SUPPORTS))
            for word in SUPPORT
        )
        keys = ("support@", "given#", "received#")
        return headed(lang, rows, *keys, prefix="scale.column")


def _said(name: str, lang: str) -> tuple[Cell, Cell]:
    """Return what a scale and its item are called; a scale may have no items."""
    field, _, item = name.partition(".")
    said = Labelled(scale_name(field, lang), field)
    return said, Labelled(item_name(name, lang), item) if item else None


def _words(rating: Rating, lang: str) -> str:
    if rating.step is not None:
        return step_name(rating.name, rating.step, lang)
    if not rating.words:
        return text("common.none", lang)
    return listing((text(f"scale.support.{word}", lang) for word in rating.words), lang)


def scales(kart: ActorMap) -> Scales:
    """Return what the field's own scales say of the ties: trust, value, stage, support, D'Amour.

    Parameters
    ----------
    kart : ActorMap
        The map.

    Returns
    -------
    Scales
        Every judgement on the ties in force on the map's date, also on those that are needed
        and do not exist; and the mean of each item with its n.

    Notes
    -----
    Trust and value are PARTNER's (Varda et al. 2008), 1–4; the stages Frey et al.'s (2006),
    0–5; the ten indicators D'Amour et al.'s (2008), 1–5. The words for the steps are ours. More
    is not by itself better, and a mean hides that two partners differ: `stages` shows them.

    Examples
    --------
    >>> from aktorkart.model import ActorMap
    >>> kart = ActorMap(
    ...     actors=[{"id": "nav"}, {"id": "dps"}],
    ...     ties=[{"source": "nav", "target": "dps", "trust": {"openness": 4}}],
    ... )
    >>> [(one.name, one.mean, one.n) for one in scales(kart).means if one.n]
    [('trust.openness', 4.0, 1)]
    """
    expect_map(kart)
    there = sorted(kart.ties_in_force, key=order)
    ratings = tuple(
        _rating(kart, tie, name, value) for tie in there for name, value in judgements(tie)
    )
    found = existing(kart)
    given = Counter(name for tie in found for name, _ in judgements(tie))
    means = tuple(_mean(name, ratings, len(found) - given[name]) for name in STEPPED)
    return Scales(ratings=ratings, means=means, kart=kart)


def _rating(kart: ActorMap, tie: Tie, name: str, value: int | tuple[str, ...]) -> Rating:
    one, other = tie.pair if tie.mutual and name not in SUPPORTS else tie.ends
    return Rating(
        source=one,
        target=other,
        kind=tie.kind,
        informant=informant_of(kart, tie),
        name=name,
        step=value if isinstance(value, int) else None,
        words=() if isinstance(value, int) else value,
    )


def _mean(name: str, ratings: Iterable[Rating], missing: int) -> Mean:
    steps = [one.step for one in ratings if one.name == name and one.step is not None]
    return Mean(
        name=name,
        mean=sum(steps) / len(steps) if steps else None,
        lowest=min(steps, default=None),
        highest=max(steps, default=None),
        n=len(steps),
        missing=missing,
    )
