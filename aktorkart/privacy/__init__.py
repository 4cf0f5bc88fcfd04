"""The one door: what may be shown of a map, decided before anything else is done with it."""

from __future__ import annotations

from aktorkart.privacy.pseudonymise import KeyTable, pseudonymise
from aktorkart.privacy.reidentify import reidentify
from aktorkart.privacy.seen_for import seen_for
from aktorkart.privacy.shown import Shown, shown

__all__ = ["KeyTable", "Shown", "pseudonymise", "reidentify", "seen_for", "shown"]
