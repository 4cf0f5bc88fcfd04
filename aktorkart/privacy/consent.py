"""A person's consent to the map around them: whether it holds, and what is to be done if not."""

from __future__ import annotations

import datetime as dt
import os
from typing import TYPE_CHECKING

from aktorkart.errors import NoConsent, Problem, one_of
from aktorkart.expected import expect_if_given
from aktorkart.model.fields import last_day

if TYPE_CHECKING:
    from aktorkart.model import ActorMap

CHOICES = ("required", "ignore")
"""What ``consent=`` takes."""


def this_day(stated: dt.date | None = None) -> dt.date:
    """Return the day to judge by: the one stated, SOURCE_DATE_EPOCH's, or the clock's."""
    if stated is not None:
        return stated
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch.isdecimal():
        return dt.datetime.fromtimestamp(int(epoch), dt.UTC).date()
    return dt.datetime.now().astimezone().date()


def lacking(kart: ActorMap, *, today: dt.date | None = None) -> Problem | None:
    """Say what is wrong with the consent to a map around a person; None if nothing is."""
    if kart.scope != "individual":
        return None
    consent = kart.consent
    if consent is None or consent.given is None:
        return Problem(code="consent_missing")
    if consent.withdrawn is not None:
        return Problem(code="consent_withdrawn", values={"date": _told(consent.withdrawn)})
    if consent.until is not None and last_day(consent.until) < this_day(today).isoformat():
        return Problem(code="consent_over", values={"date": _told(consent.until)})
    return None


def _told(when: str) -> dt.date | str:
    """Return a day so that each language writes it its own way."""
    return dt.date.fromisoformat(when) if when.count("-") > 1 else when


def require(kart: ActorMap, consent: str, *, today: dt.date | None = None) -> None:
    """Stop where a consent is needed and does not hold, unless it is to be ignored."""
    one_of(consent, CHOICES, option="consent")
    expect_if_given("day", today=today)
    if consent == "required" and (problem := lacking(kart, today=today)) is not None:
        raise NoConsent(problem)
