"""A map without one of its actors: who leaves, which ties go too, and who falls away."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from aktorkart.care.drop_out import drop_out
from aktorkart.network.graph import neighbours, parted, parts_around
from aktorkart.scene.missing import effects

if TYPE_CHECKING:
    from aktorkart.finding import Finding
    from aktorkart.model import ActorMap, Tie


@dataclass(frozen=True)
class Leaving:
    """Who leaves, and what that does to the others."""

    actor: str | None
    finding: Finding | None
    reason: str = ""
    """Why there is no finding: ``nobody``, ``same`` or ``middle``."""
    ties: tuple[Tie, ...] = ()
    cut_off: tuple[str, ...] = ()
    apart: tuple[str, ...] = ()
    """Those whom the rest of the group is lost to, without those cut off."""

    def effects(self, lang: str) -> list[str]:
        """Say in a few words which numbers are others afterwards."""
        if self.finding is None:
            return []
        # Of the pairs of those who are left, also before: leaving out one is no loss.
        numbers = {
            **self.finding.numbers,
            "fragmentation_after": self.finding.numbers["fragmentation"],
        }
        return effects(replace(self.finding, numbers=numbers), ("tellings", "fragmentation"), lang)

    @classmethod
    def of(cls, kart: ActorMap, actor: str | None) -> Leaving:
        """Look at one who leaves a map that may be shown; at the dearest loss if nobody is said."""
        findings = drop_out(kart)
        if not kart.channels:
            return cls(actor, findings[0])
        # Ties that hang on a person are told of last, of nobody who leaves.
        losses = [one for one in findings if one.numbers["fragmentation"] is not None]
        if actor is None:
            if not losses:
                return cls(None, None, "nobody")
            actor = losses[0].actors[0]
        if actor in {kart.middle, kart.person}:
            return cls(actor, None, "middle")
        ties = tuple(tie for tie in kart.ties_in_force if actor in tie.ends and not tie.needed)
        found = next((one for one in losses if one.actors[0] == actor), None)
        if found is None:
            return cls(actor, None, "same", ties)
        cut_off = found.actors[1:]
        near = neighbours(kart.channels, without=kart.person)
        parts = parted(parts_around(near, actor)) if actor in near else []
        apart = tuple(sorted({one for part in parts for one in part}.difference(cut_off)))
        return cls(actor, found, "", ties, cut_off, apart)
