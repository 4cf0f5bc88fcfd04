"""Forms that people hold: what each of them says and asks, for Word and, where fit, for Excel."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aktorkart.forms.papers.agenda import agenda
from aktorkart.forms.papers.cards import cards
from aktorkart.forms.papers.checklist import checklist
from aktorkart.forms.papers.communication import communication
from aktorkart.forms.papers.interests import interests
from aktorkart.forms.papers.ks import ks
from aktorkart.forms.papers.mapping import mapping, whole
from aktorkart.forms.papers.partners import partners
from aktorkart.forms.papers.plan import plan

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from aktorkart.forms.paper import Paper
    from aktorkart.forms.papers.asking import Asking

PAPERS: Mapping[str, Callable[[Asking], Paper]] = {
    "service": whole,
    "user": whole,
    "mapping": mapping,
    "ks": ks,
    "interests": interests,
    "partners": partners,
    "plan": plan,
    "checklist": checklist,
    "communication": communication,
    "agenda": agenda,
    "cards": cards,
}
"""How each form is made that a Word file can hold."""
