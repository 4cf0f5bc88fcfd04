"""The way from service to service, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aktorkart.care.pathway import pathway as followed
from aktorkart.care.tellings import tellings
from aktorkart.scene.words import Words

if TYPE_CHECKING:
    from aktorkart.care.pathway import Pathway, Referral
    from aktorkart.model import ActorMap

# The alternative text stays one that can be listened to.
_MOST_TOLD = 6


def pathway(kart: ActorMap, *, lang: str) -> str:
    """Say where one waits and where the story is told again, on a map as it may be shown."""
    words = Words(kart, lang)
    found = followed(kart)
    if not found.stays and not found.referrals:
        return " ".join(not_dated(words, found)) or words.say("pathway_none")
    told = _told(words, found) if found.stays else _to_tell(kart, lang)
    return " ".join([*_waits(words, found), *told, *not_dated(words, found)])


def _to_tell(kart: ActorMap, lang: str) -> list[str]:
    """Say how many must be told, where nobody knows who came first."""
    return [one.text(lang) for one in tellings(kart) if one.case != "no_user"]


def _waits(words: Words, found: Pathway) -> list[str]:
    """Say how many referrals there are, and how long the waits were, the longest first."""
    sentences = [words.say("pathway_alt_referrals", n=len(found.referrals))]
    waits = [one for one in found.referrals if one.wait is not None]
    waits.sort(key=lambda one: -(one.wait or (0, 0))[1])
    sentences += [
        words.say(
            "pathway_alt_wait",
            source=words.kart[one.source].label,
            target=words.kart[one.target].label,
            wait=days(words, one),
        )
        for one in waits[:_MOST_TOLD]
    ]
    unknown = len(found.referrals) - len(waits) - sum(one.there for one in found.referrals)
    if found.referrals and unknown:
        sentences.append(words.say("pathway_alt_unknown", n=unknown))
    return sentences


def days(words: Words, one: Referral) -> str:
    """Say how long a wait was, as exactly as the dates do."""
    fewest, most = one.wait or (0, 0)
    if fewest == most:
        return words.say("pathway_days", n=fewest)
    return words.say("pathway_days_between", fewest=fewest, n=most)


def _told(words: Words, found: Pathway) -> list[str]:
    again = [words.kart[id_] for id_, told in found.told.items() if told]
    if again:
        return [words.say("pathway_alt_told", n=len(again), actors=words.named(again))]
    known = any(told is not None for told in found.told.values())
    return [words.say("pathway_alt_not_told")] if known else []


def not_dated(words: Words, found: Pathway) -> list[str]:
    """Say who is in contact with the user, and nobody has said since when, and who is to be."""
    left_out = {
        "timeline_undated": found.undated if found.dated else (),
        "pathway_planned": found.planned,
    }
    return [
        words.say(code, actors=words.named([words.kart[id_] for id_ in ids]))
        for code, ids in left_out.items()
        if ids
    ]
