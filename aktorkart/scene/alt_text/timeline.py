"""Who is in the user's life when, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aktorkart.care.in_and_out import in_and_out
from aktorkart.comparison.sides import other_end
from aktorkart.i18n import listing, period, text
from aktorkart.model.fields import first_day, has_begun, last_day
from aktorkart.scene.words import Words
from aktorkart.toolbox.plan import plan

if TYPE_CHECKING:
    from aktorkart.model import ActorMap, Tie

# The alternative text stays one that can be listened to.
_MOST_TOLD = 8


def around(kart: ActorMap) -> str | None:
    """Return the user whose ties are dated; None where none is."""
    user = kart.user
    dates = any(
        user in tie.pair and (tie.since or tie.until) for tie in kart.ties if not tie.needed
    )
    return user if user is not None and dates else None


def dated(kart: ActorMap) -> list[Tie]:
    """Return the ties to show: those of the user that have a date, else all that have one."""
    user = around(kart)
    return [
        tie
        for tie in kart.ties
        if (tie.since or tie.until) and not tie.needed and (user is None or user in tie.pair)
    ]


def around_user(kart: ActorMap) -> set[str]:
    """Return who has a dated tie with the user."""
    user = around(kart)
    return set() if user is None else {other_end(tie, user) for tie in dated(kart)}


def left_out(kart: ActorMap, lang: str) -> list[str]:
    """Say who is in touch with the user, and nobody has said since when."""
    user = around(kart)
    if user is None:
        return []
    shown = around_user(kart)
    others = {other_end(tie, user) for tie in kart.ties if user in tie.pair and not tie.needed}
    words = Words(kart, lang)
    without = [kart[id_] for id_ in others - shown]
    return [words.say("timeline_undated", actors=words.named(without))] if without else []


def other_dates(kart: ActorMap) -> list[str]:
    """Return the dates to show beside those of ties; nothing is done or measured in the future."""
    found = [*kart.discharge, *(action.due for action in kart.plan if action.due)]
    past = [action.done for action in kart.plan if action.done]
    past += [point.date for goal in kart.goals for point in goal.points]
    return [*found, *(when for when in past if has_begun(when, kart.date))]


def timeline(kart: ActorMap, *, lang: str) -> str:
    """Say who follows whom and with how many days between, on a map as it may be shown."""
    ties = dated(kart)
    days = [when for tie in ties for when in (tie.since, tie.until) if when]
    days += other_dates(kart)
    words = Words(kart, lang)
    if not days:
        return words.say("timeline_none")
    user = around(kart)
    whom = {other_end(tie, user) if user else tie.pair for tie in ties}
    first, last = min(days, key=first_day), max(days, key=last_day)
    sentences = [
        words.say(
            "timeline_alt" if user else "timeline_alt_ties",
            n=len(whom),
            first=period(first, lang),
            last=period(last, lang),
        )
    ]
    told = [] if user is None else in_and_out(kart)
    told = [one for one in told if one.case not in {"no_user", "no_dates"}]
    sentences += [one.text(lang) for one in told[:_MOST_TOLD]]
    if len(told) > _MOST_TOLD:
        sentences.append(f"{text('common.more', lang, n=len(told) - _MOST_TOLD)}.")
    if late := [step.title for step in plan(kart).steps if step.status == "overdue"]:
        sentences.append(words.say("timeline_alt_late", actions=listing(late, lang)))
    return " ".join([*sentences, *left_out(kart, lang)])
