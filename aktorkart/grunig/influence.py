"""Influence: who weighs how much by power and interest, after Mendelow."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from aktorkart.expected import expect
from aktorkart.finding import Coded, finding, named
from aktorkart.grunig.wording import Weighed, labels, stakeholders, unrated
from aktorkart.model import expect_map
from aktorkart.model.vocabulary import HIGH

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from aktorkart.finding import Finding
    from aktorkart.model import Actor, ActorMap
    from aktorkart.tables import Table

RATINGS = ("power", "interest")
"""The two ratings of the matrix."""

INFLUENCE_CELLS: Mapping[tuple[bool, bool], str] = MappingProxyType(
    {
        (True, True): "key_player",
        (True, False): "keep_satisfied",
        (False, True): "keep_informed",
        (False, False): "minimal_effort",
    }
)
"""Mendelow's cells, from whether power and interest are high."""


@dataclass(frozen=True, kw_only=True)
class ActorInfluence:
    """An actor's place by power and interest.

    Parameters
    ----------
    actor : str
        Its id.
    power, interest : float or None
        The ratings, 1 to 5.
    cell : str or None
        One of :data:`INFLUENCE_CELLS`; None where a rating is missing.
    stance : str
        How it stands towards the matter, in words of the catalogues: ``strongly_for``, ``for``,
        ``neutral``, ``against``, ``strongly_against`` or ``unknown``.
    wanted : str or None
        How one would have it stand; None if that is not stated, or is how it stands.
    missing : tuple of str
        The ratings that are missing.
    """

    actor: str
    power: float | None
    interest: float | None
    cell: str | None
    stance: str
    wanted: str | None
    missing: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Influence(Weighed[ActorInfluence]):
    """The actors of a map by power and interest.

    Parameters
    ----------
    threshold : float
        From here on a rating is high.
    rows : tuple of ActorInfluence
        In the order of the actors' ids; without arenas and the focal actor.
    findings : tuple of Finding
        Code ``influence``.
    labels : mapping of str to str
        What the actors are called, by id.
    """

    def table(self, lang: str) -> Table:
        """Return a row for each actor.

        Parameters
        ----------
        lang : {"nb", "nn", "en", "sv"}
            The language.

        Returns
        -------
        Table
            Actor, power, interest, and what Mendelow's cell asks for.
        """
        return self._table(lang, RATINGS, "influence", "cell")


def influence(kart: ActorMap, *, threshold: float = HIGH) -> Influence:
    """Return the actors by power and interest.

    Parameters
    ----------
    kart : ActorMap
        The map.
    threshold : float
        From here on a rating is high; 4 of 5 by default, as for all ratings.

    Returns
    -------
    Influence
        A missing rating leaves the cell unknown.

    Notes
    -----
    Mendelow's matrix of power and interest (1991). A stance of 1.5 or more, for or against, is
    called strong.

    Examples
    --------
    >>> from aktorkart.model import Actor, ActorMap
    >>> kart = ActorMap(actors=[Actor(id="gp", power=4, interest=3)])
    >>> influence(kart).rows[0].cell
    'keep_satisfied'
    """
    expect_map(kart)
    expect("number", threshold=threshold)
    rows = tuple(_influence(actor, threshold) for actor in stakeholders(kart))
    found = [*unrated(kart, "influence", rows), *_to_move(kart, rows)]
    return Influence(threshold=threshold, rows=rows, findings=tuple(found), labels=labels(kart))


def _influence(actor: Actor, threshold: float) -> ActorInfluence:
    power, interest = actor.power, actor.interest
    cell = None
    if power is not None and interest is not None:
        cell = INFLUENCE_CELLS[power >= threshold, interest >= threshold]
    now, wanted = (_stance(value) for value in (actor.stance, actor.wanted_stance))
    return ActorInfluence(
        actor=actor.id,
        power=power,
        interest=interest,
        cell=cell,
        stance=now,
        wanted=None if wanted in {now, "unknown"} else wanted,
        missing=tuple(name for name in RATINGS if getattr(actor, name) is None),
    )


def _stance(value: float | None) -> str:
    if not value:
        return "unknown" if value is None else "neutral"
    side = "for" if value > 0 else "against"
    return f"strongly_{side}" if abs(value) >= _STRONG else side


def _to_move(kart: ActorMap, rows: Sequence[ActorInfluence]) -> Iterator[Finding]:
    """Say whose stance should be another: those who go the same way together."""
    ways: dict[tuple[str, str], list[str]] = {}
    for row in rows:
        if row.wanted is not None:
            ways.setdefault((row.stance, row.wanted), []).append(row.actor)
    for (now, wanted), ids in sorted(ways.items()):
        words = {
            "actors": named(ids),
            "now": Coded(f"figure.influence_stances.{now}"),
            "wanted": Coded(f"figure.influence_stances.{wanted}"),
        }
        what = ("wanted", "unknown") if now == "unknown" else ("to_move", "note")
        numbers = {"n": len(ids)}
        yield finding(kart, "influence", *what, actors=tuple(ids), numbers=numbers, words=words)


_STRONG = 1.5
