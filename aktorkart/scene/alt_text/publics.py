"""The situational theory of publics, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aktorkart import grunig
from aktorkart.finding import MOST_NAMED
from aktorkart.i18n import capital, text
from aktorkart.scene.words import Words, told_first

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aktorkart.model import ActorMap

BEHAVIOURS: Mapping[tuple[str, str], str] = {
    (problem, constraint): cell.behaviour
    for (problem, constraint, _), cell in grunig.PUBLICS.items()
}
"""What follows from problem and constraint recognition."""


def publics(kart: ActorMap, *, lang: str, issue: str | None = None) -> str:
    """Say what was found of an issue and who stands where; about the first if none is named."""
    words = Words(kart, lang)
    if issue is None and not kart.issues:
        return words.say("publics_no_issue")
    chosen = kart.issues[0].id if issue is None else issue
    found = grunig.publics(kart, issue=chosen)
    rows = found.of(chosen)
    sentences = [f"{words.say('publics_title', issue=found.titles[chosen])}."]
    told = [one for one in found.findings if one.level != "unknown"]
    sentences += told_first(told, lang)
    # Whom a sentence has named need not be named again.
    said = {id_ for one in told if len(one.actors) <= MOST_NAMED for id_ in one.actors}
    for pair, behaviour in BEHAVIOURS.items():
        actors = [
            kart[row.actor]
            for row in rows
            if not row.missing and (row.problem, row.constraint) == pair
        ]
        if actors and not {actor.id for actor in actors} <= said:
            name = capital(text(f"grunig.behaviour.{behaviour}", lang))
            sentences.append(words.say("publics_alt", behaviour=name, actors=words.named(actors)))
    if partly := sum(bool(row.missing and row.judged) for row in rows):
        sentences.append(words.say("publics_alt_unknown", n=partly))
    if unjudged := sum(not row.judged for row in rows):
        sentences.append(words.say("publics_alt_not_judged", n=unjudged))
    return " ".join(sentences)
