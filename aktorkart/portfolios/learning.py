"""What many maps lack, and from which of the others they could learn it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from aktorkart.portfolios.matters import MATTERS
from aktorkart.portfolios.profile import kinds_of
from aktorkart.portfolios.suppression import suppressed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from aktorkart.portfolios.profile import Profile


@dataclass(frozen=True, kw_only=True)
class Shared:
    """Something that maps lack or have.

    Parameters
    ----------
    matter : str
        What it is, as ``tellings``; ``tie`` for a tie between two kinds of actors.
    kinds : tuple of str
        The two kinds, where it is a tie.
    n_lacking, n_having, n_unknown : int or None
        How many maps lack it, have it, and do not tell; None where that is hidden.
    lacking, having : tuple of str
        Names of those that lack it and of those that have it.
    """

    matter: str
    kinds: tuple[str, ...] = ()
    n_lacking: int | None
    n_having: int | None
    n_unknown: int | None
    lacking: tuple[str, ...] = ()
    having: tuple[str, ...] = ()

    @property
    def known(self) -> int | None:
        """Of how many maps it is known; None where that is hidden."""
        if self.n_lacking is None or self.n_having is None:
            return None
        return self.n_lacking + self.n_having

    @property
    def common(self) -> bool:
        """Whether most of those of which it is known lack it, and more than one does."""
        lacking, known = self.n_lacking, self.known
        return lacking is not None and known is not None and lacking > 1 and 2 * lacking > known

    def hidden(self) -> Shared:
        """Return it without names, and without what few maps have."""
        counts = (self.n_lacking or 0, self.n_having or 0, self.n_unknown or 0)
        lacking, having, unknown = suppressed(counts, sum_known=True)
        return replace(
            self,
            n_lacking=lacking,
            n_having=having,
            n_unknown=unknown,
            lacking=(),
            having=(),
        )


@dataclass(frozen=True, kw_only=True)
class Lesson:
    """Something that a map lacks, and who has it.

    Parameters
    ----------
    name : str
        The map that could learn.
    matter : str
        What it lacks, as in `Shared`.
    kinds : tuple of str
        The two kinds, where it is a tie between them.
    teachers : tuple of str
        The maps that have it and do not lack it.
    """

    name: str
    matter: str
    kinds: tuple[str, ...] = ()
    teachers: tuple[str, ...] = ()


def shared(profiles: Mapping[str, Profile]) -> tuple[Shared, ...]:
    """Return what some map lacks, by matter, and by tie between two kinds of actors."""
    return tuple(one for one in (*_by_matter(profiles), *_by_tie(profiles)) if one.lacking)


def _by_matter(profiles: Mapping[str, Profile]) -> Iterator[Shared]:
    for matter in MATTERS:
        level = {name: one.matters.get(matter.key) for name, one in profiles.items()}
        lacking = [name for name, one in level.items() if one == "gap"]
        having = [name for name, one in level.items() if one == "strength"]
        yield _shared(matter.key, (), lacking, having, len(profiles))


def _by_tie(profiles: Mapping[str, Profile]) -> Iterator[Shared]:
    for kinds in kinds_of(profiles.values()):
        lacking = [name for name, one in profiles.items() if kinds in one.needed]
        having = [name for name, one in profiles.items() if kinds in one.linked]
        yield _shared("tie", kinds, lacking, having, len(profiles))


def _shared(
    matter: str, kinds: tuple[str, ...], lacking: Sequence[str], having: Sequence[str], n: int
) -> Shared:
    return Shared(
        matter=matter,
        kinds=kinds,
        n_lacking=len(lacking),
        n_having=len(having),
        n_unknown=n - len(lacking) - len(having),
        lacking=tuple(lacking),
        having=tuple(having),
    )


def lessons(found: tuple[Shared, ...]) -> tuple[Lesson, ...]:
    """Return for each map what it lacks and another has, map by map."""
    told = [
        Lesson(name=name, matter=one.matter, kinds=one.kinds, teachers=one.having)
        for one in found
        if one.having
        for name in one.lacking
    ]
    return tuple(sorted(told, key=lambda one: one.name))
