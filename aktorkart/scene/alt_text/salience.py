"""Who has power, legitimacy and urgency, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aktorkart import grunig
from aktorkart.grunig.salience import SALIENCE_CLASSES
from aktorkart.i18n import capital, text
from aktorkart.scene.words import Words

if TYPE_CHECKING:
    from aktorkart.model import ActorMap


def salience(kart: ActorMap, *, lang: str) -> str:
    """Say who has which of the three, and what that means, on a map as it may be shown."""
    words = Words(kart, lang)
    found = grunig.salience(kart)
    sentences = []
    # What follows from it comes first, then who stands where, then who is unknown.
    gaps = [one for one in found.findings if one.level == "gap"]
    unknown = [one for one in found.findings if one.level != "gap"]
    for name in SALIENCE_CLASSES.values():
        actors = [kart[row.actor] for row in found.rows if row.salience == name]
        if actors:
            what = capital(text(f"grunig.salience.{name}", lang))
            sentences.append(words.say("salience_alt", salience=what, actors=words.named(actors)))
    return " ".join(
        [*(one.text(lang) for one in gaps), *sentences, *(one.text(lang) for one in unknown)]
    )
