"""What the analyses share: whom they are about, and how names and tables are written."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

from aktorkart.finding import Finding, finding, named
from aktorkart.i18n import has_text, listing, sort_key, text
from aktorkart.model.called import called
from aktorkart.tables import Labelled, coded, headed, several

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from aktorkart.model import Actor, ActorMap
    from aktorkart.tables import Cell, Table


def stakeholders(kart: ActorMap) -> list[Actor]:
    """Return those a focal actor has to do with, in the order of their ids."""
    kept = (actor for actor in kart.actors if actor.id != kart.focal and actor.kind != "arena")
    return sorted(kept, key=lambda actor: actor.id)


def labels(kart: ActorMap) -> Mapping[str, str]:
    """Return what the actors are called, by id."""
    return called(kart)


def listed(ids: Iterable[str], called: Mapping[str, str], lang: str) -> str:
    """Write actors' names in the order of the language's alphabet."""
    return listing(sorted((called[id_] for id_ in ids), key=lambda w: sort_key(w, lang)), lang)


def public_name(public: str, lang: str) -> str:
    """Return what a public is called; a mapping of the caller's may have names of its own."""
    known = has_text(f"grunig.public.{public}")
    return text(f"grunig.public.{public}", lang) if known else public


def behaviour_name(behaviour: str, lang: str) -> str:
    """Return what a behaviour is called; a mapping of the caller's may have its own."""
    known = has_text(f"grunig.behaviour.{behaviour}")
    return text(f"grunig.behaviour.{behaviour}", lang) if known else behaviour


def gathered(ids: Sequence[str], called: Mapping[str, str], lang: str) -> Labelled | None:
    """Return several actors as one cell of a table; None where there are none."""
    return several(
        listed(ids, called, lang), sorted(ids, key=lambda id_: sort_key(called[id_], lang))
    )


def either(words: Sequence[str], lang: str) -> str | None:
    """Write words as alternatives, "a, b or c"; None where there are none."""
    *most, last = words or [""]
    return f"{', '.join(most)} {text('common.or', lang)} {last}" if most else last or None


def table(lang: str, rows: Iterable[tuple[Cell, ...]], *keys: str) -> Table:
    """Make a table with headings from the catalogues; keys are marked as for `headed`."""
    return headed(lang, rows, *keys, prefix="grunig.column")


class Rated(Protocol):
    """A row that says which ratings it lacks."""

    @property
    def actor(self) -> str:
        """Id of the actor."""

    @property
    def missing(self) -> tuple[str, ...]:
        """The ratings that are missing."""


R = TypeVar("R", bound=Rated)


@dataclass(frozen=True, kw_only=True)
class Weighed(Generic[R]):
    """The actors of a map by their ratings, with what puts each of them in its place."""

    threshold: float
    rows: tuple[R, ...]
    findings: tuple[Finding, ...] = field(repr=False)
    labels: Mapping[str, str] = field(repr=False, compare=False)

    def _table(self, lang: str, ratings: tuple[str, ...], code: str, found: str) -> Table:
        """Return actor, ratings and what was ``found``, headed and coded by ``code``."""

        def cells(row: R) -> tuple[Cell, ...]:
            name = getattr(row, found)
            word = coded(f"grunig.{code}", name, lang)
            return self.labels[row.actor], *(getattr(row, key) for key in ratings), word

        keys = ("actor@", *(f"{key}#" for key in ratings), f"{code}@")
        return table(lang, map(cells, self.rows), *keys)


def about(
    kart: ActorMap, what: tuple[str, str, str], ids: Sequence[str], total: int
) -> list[Finding]:
    """Return a finding, by code, case and level, about some actors out of all; none without."""
    if not ids:
        return []
    numbers = {"n": len(ids), "total": total}
    words = {"actors": named(ids)}
    return [finding(kart, *what, actors=tuple(ids), numbers=numbers, words=words)]


def unrated(kart: ActorMap, code: str, rows: Sequence[Rated]) -> list[Finding]:
    """Say whose place is unknown since a rating is missing, or that there is nobody to rate."""
    if not rows:
        return [finding(kart, code, "nobody", "unknown")]
    ids = [row.actor for row in rows if row.missing]
    return about(kart, (code, "unrated", "unknown"), ids, len(rows))
