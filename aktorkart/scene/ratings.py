"""Who says what of each tie that several could know, the least alike first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from aktorkart.comparison.informants import informants
from aktorkart.comparison.sides import steps_apart

if TYPE_CHECKING:
    from aktorkart.comparison.informants import Informants, Told
    from aktorkart.model import ActorMap


@dataclass(frozen=True)
class Rated:
    """A tie of one kind, and what each who could know of it says."""

    told: Told
    apart: float | None
    """Steps between the lowest and the highest strength; None if fewer than two gave one."""

    @property
    def gid(self) -> str:
        """What artists of it are called."""
        return f"{self.told.pair[0]}–{self.told.pair[1]}:{self.told.kind}"


@dataclass(frozen=True)
class Ratings:
    """The ties that two or more could know of, and the informants who could."""

    found: Informants
    rows: tuple[Rated, ...]
    names: tuple[str, ...]

    @classmethod
    def of(cls, kart: ActorMap) -> Ratings:
        """Put side by side what informants say, on a map as it may be shown."""
        found = informants(kart)
        rows = []
        for told in found.rows:
            if len(told.sees) + len(told.misses) > 1:
                given = told.ratings
                apart = None
                if given[1:]:
                    apart = steps_apart(max(given), min(given), kart.strength_scale)
                rows.append(Rated(told, apart))
        # Farthest apart first, then what some do not see, then what is seen alike.
        rows.sort(key=lambda one: (-(one.apart or 0), -len(one.told.misses), one.gid))
        heard = {name for one in rows for name in (*one.told.sees, *one.told.misses)}
        return cls(found, tuple(rows), tuple(name for name in found.names if name in heard))

    def strengths(self) -> list[float]:
        """Return the strengths that are given, sorted."""
        return sorted({one for row in self.rows for one in row.told.ratings})

    def called(self, name: str) -> str:
        """Return what an informant is called: by the actor's name where it is one."""
        kart = self.found.kart
        return kart[name].label if name in kart else name

    def label(self, row: Rated, lang: str, most: int | None = None) -> str:
        """Return what a tie is called: its ends, and its kind if it is more than contact.

        Each end is cut by itself: what tells two ties apart may be the end of the line.
        """
        kart, told = self.found.kart, row.told
        ends = " – ".join(_cut(kart[end].label, most) for end in told.pair)
        return ends if told.kind == "contact" else f"{ends} ({kart.tie_kind_name(told.kind, lang)})"


def _cut(label: str, most: int | None) -> str:
    """Leave out the last words of a name that is too long, or the end of its only word."""
    if most is None or len(label) <= most:
        return label
    kept = label[: most - 1]
    if label[most - 1] != " " and " " in kept:
        kept = kept.rsplit(" ", 1)[0]
    return kept.rstrip(" ,;:–-") + "…"
