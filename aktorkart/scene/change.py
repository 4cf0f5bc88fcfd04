"""Two maps as one: everyone who is on either, and every tie that was or is there, by its change."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from aktorkart.comparison.compare import compare
from aktorkart.comparison.sides import existing
from aktorkart.model import Actor, Tie
from aktorkart.model.actormap import retied
from aktorkart.scene.overlay import DASHES, ActorLook, Mark

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from aktorkart.comparison.compare import Change
    from aktorkart.model import ActorMap
    from aktorkart.scene.style import Style

BETTER = {"gained": "+", "stronger": "▲", "mended": "✓", "settled": "✓"}
"""What is more than it was, and its sign."""

WORSE = {"lost": "−", "weaker": "▼", "broken": "!", "conflict": "!"}
"""What is less than it was, and its sign."""

CASES = ("gained", "stronger", "mended", "settled", "lost", "weaker", "broken", "conflict")
"""In the order in which they are told."""

# Signs of `marks.glyph`.
_PLUS, _MINUS = 4, 2


@dataclass(frozen=True)
class Changed:
    """What two maps are as one, and what has become of each tie."""

    change: Change
    kart: ActorMap
    cases: Mapping[Tie, str]
    """Ties in force on the joint map that have changed, each with its case."""

    @classmethod
    def of(cls, before: ActorMap, after: ActorMap) -> Changed:
        """Join two maps that may be shown, who is the same being called the same."""
        change = compare(before, after)
        was, now = _by_key(existing(before)), _by_key(existing(after))
        cases: dict[Tie, str] = {}
        gone: list[Tie] = []
        for shift in change.weaker:
            cases[shift.after] = "weaker"
        for shift in change.stronger:
            cases[shift.after] = "stronger"
        for tie in change.gained:
            cases[tie] = "mended" if _key(tie) in was else "gained"
        for tie in change.lost:
            if there := now.get(_key(tie)):
                cases |= dict.fromkeys(there, "broken")
            else:
                gone.append(tie)
        lost = [_undated(tie) for tie in gone]
        cases |= dict.fromkeys(lost, "lost")
        fights, settled = _conflicts(before), _conflicts(after)
        cases |= {tie: "conflict" for key, tie in settled.items() if key not in fights}
        over = [_undated(tie) for key, tie in fights.items() if key not in settled]
        cases |= dict.fromkeys(over, "settled")
        return cls(change, joined(before, after, [*lost, *over]), cases)

    def numbers(self) -> dict[str, int]:
        """Return how many ties there are of each case."""
        found = list(self.cases.values())
        return {case: found.count(case) for case in CASES if case in found}

    def ties(self, case: str) -> list[Tie]:
        """Return the ties of a case, in the order of the map."""
        return [tie for tie in self.kart.ties_in_force if self.cases.get(tie) == case]


def joined(before: ActorMap, after: ActorMap, gone: Iterable[Tie] = ()) -> ActorMap:
    """Return the later map with those who are only on the earlier one, and with ties of it.

    It is to be drawn and thrown away: nobody checks it, and places are not those of a file.
    """
    only = [
        Actor(id=actor.id, name=actor.name, kind=actor.kind, line=actor.line, level=actor.level)
        for actor in before.actors
        if actor.id not in after
    ]
    own = {
        "kinds": {**before.kinds, **after.kinds},
        "tie_kinds": {**before.tie_kinds, **after.tie_kinds},
    }
    whole = after.with_(actors=(*after.actors, *only), positions={}, **own)
    return retied(whole, (*after.ties_in_force, *gone))


def tie_marks(style: Style) -> dict[str, Mark]:
    """Return how ties of each case are drawn: what is better in one colour, worse in another."""
    strong = style.strong
    up, down = strong[0], style.conflict
    looks = {case: Mark(up, sign) for case, sign in BETTER.items()}
    looks |= {case: Mark(down, sign) for case, sign in WORSE.items()}
    gone = {"lost": DASHES, "settled": DASHES}
    return {
        case: Mark(look.color, look.sign, dashes=gone.get(case, ())) for case, look in looks.items()
    }


def actor_looks(changed: Changed, style: Style) -> dict[str, ActorLook]:
    """Return how those who have come, and those who are gone, are drawn."""
    came = ActorLook(style.plain, _PLUS)
    left = ActorLook(style.background, _MINUS)
    found = dict.fromkeys(changed.change.actors_gained, came)
    return found | dict.fromkeys(changed.change.actors_lost, left)


def _key(tie: Tie) -> tuple[str, str, str]:
    return (*tie.pair, tie.kind)


def _by_key(ties: Iterable[Tie]) -> dict[tuple[str, str, str], list[Tie]]:
    found: dict[tuple[str, str, str], list[Tie]] = {}
    for tie in ties:
        found.setdefault(_key(tie), []).append(tie)
    return found


def _conflicts(kart: ActorMap) -> dict[tuple[str, str], Tie]:
    """Return a conflict of each pair on a map's date."""
    there = (tie for tie in kart.ties_in_force if tie.kind == "conflict" and not tie.needed)
    return {tie.pair: tie for tie in there}


def _undated(tie: Tie) -> Tie:
    """Return a tie of the earlier map as it is drawn on the later one: whenever it held."""
    # What strength it had may not fit the later map's scale, and is not drawn.
    return tie.model_copy(update={"since": None, "until": None, "strength": None})
