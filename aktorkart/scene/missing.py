"""What is needed and not there, and the steps that would help most: what to mark on a map."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from aktorkart.content import Topics
from aktorkart.i18n import text
from aktorkart.model import Tie
from aktorkart.model.actormap import retied
from aktorkart.scene.overlay import DASHES, Mark

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from aktorkart.finding import Finding
    from aktorkart.model import ActorMap
    from aktorkart.scene.style import Style

NEEDED_DASHES = (0.1, 2.6)
"""Dots, as on every map."""

# What a step may change, the most important first (METHOD 9).
_EFFECTS = ("tellings", "reached", "cut_off", "unaligned", "fragmentation")


@dataclass(frozen=True)
class Missing:
    """A map with the steps drawn in, and what is marked on it."""

    kart: ActorMap
    needed: tuple[Tie, ...]
    steps: Mapping[Tie, tuple[int, Finding]]
    """Ties to make or mend, each with its number from 1 and what it would change."""
    findings: tuple[Finding, ...]
    """What is told of next steps, also that the map is too large to look for them."""

    @classmethod
    def of(cls, kart: ActorMap) -> Missing:
        """Find what is missing on a map that may be shown."""
        findings = tuple(Topics(kart).about("next_steps"))
        ties = list(kart.ties_in_force)
        steps: dict[Tie, tuple[int, Finding]] = {}
        for place, found in enumerate((one for one in findings if one.ties), start=1):
            source, target, kind = found.ties[0]
            mended = found.case == "mended"
            there = [tie for tie in ties if tie.key == found.ties[0] and (tie.needed or mended)]
            if not there:
                mutual = kind != "referral"
                there = [Tie(source=source, target=target, kind=kind, mutual=mutual)]
                ties += there
            steps[there[0]] = place, found
        whole = retied(kart, ties)
        needed = tuple(tie for tie in ties if tie.needed and tie not in steps)
        return cls(whole, needed, steps, findings)

    def marks(self, style: Style) -> dict[Tie, Mark]:
        """Return how everything marked is drawn."""
        found = dict.fromkeys(self.needed, needed_mark(style))
        for tie, (place, _) in self.steps.items():
            found[tie] = step_mark(style, place, needed=tie.needed)
        return found

    def step(self, tie: Tie, lang: str) -> str:
        """Say a step and what it changes, in a few words."""
        _, found = self.steps[tie]
        way = text("figure.missing_mended", lang)
        if found.case != "mended":
            way = self.kart.tie_kind_name(tie.kind, lang)
        between = " – " if tie.mutual else " → "
        ends = between.join(self.kart[end].label for end in tie.ends)
        return text("figure.missing_step", lang, way=way, ends=ends, effect=_effect(found, lang))


def needed_mark(style: Style) -> Mark:
    """Return how a tie that is needed and missing stands out."""
    return Mark(style.conflict, dashes=NEEDED_DASHES, width=2.6)


def step_mark(style: Style, place: int, *, needed: bool = False) -> Mark:
    """Return how a next step is drawn, with its number."""
    dashes = NEEDED_DASHES if needed else DASHES
    return Mark(style.strong[0], str(place), dashes=dashes)


def _effect(found: Finding, lang: str) -> str:
    """Say the most important number that a step changes."""
    return next(iter(effects(found, _EFFECTS, lang)), "")


def effects(found: Finding, keys: Iterable[str], lang: str) -> list[str]:
    """Say those of some numbers that are others after than before, in their order."""
    told = []
    for key in keys:
        before, after = found.numbers.get(f"{key}_before"), found.numbers.get(f"{key}_after")
        if before != after and before is not None and after is not None:
            values = [_number(key, one) for one in (before, after)]
            told.append(
                text(f"figure.missing_effect.{key}", lang, before=values[0], after=values[1])
            )
    return told


def _number(key: str, value: float) -> str | float:
    return f"{100 * value:.0f} %" if key == "fragmentation" else value
