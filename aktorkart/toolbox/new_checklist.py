"""Lines of the checklist for collaboration, until a team has its own.

The items were not published with the toolbox: all of these are written by us.
"""

from __future__ import annotations

from aktorkart.errors import one_of
from aktorkart.i18n import LANGUAGES, text
from aktorkart.model import ChecklistItem

ITEMS: tuple[tuple[str, str], ...] = (
    ("asked_what_matters", "prepare"),
    ("chosen_who_takes_part", "prepare"),
    ("same_plan", "plan"),
    ("one_responsible", "plan"),
    ("whom_to_call", "do"),
    ("told_once", "do"),
    ("no_gap", "do"),
    ("asked_if_it_helps", "evaluate"),
    ("told_each_other", "evaluate"),
    ("next_look", "follow_up"),
    ("lasts", "follow_up"),
)
"""Ids of our own default checklist, each with its phase of improvement."""


def new_checklist(lang: str) -> tuple[ChecklistItem, ...]:
    """Return our default checklist for collaboration, without points.

    The items are written by us, and each says so in its note. A team puts them in its map,
    and changes, removes and adds as it likes.

    Parameters
    ----------
    lang : {"nb", "nn", "en", "sv"}
        Language of the items.

    Returns
    -------
    tuple of ChecklistItem
        About two for each of the five phases.

    Raises
    ------
    UnknownName
        If there is no such language.

    Examples
    --------
    >>> from aktorkart.model import ActorMap
    >>> kart = ActorMap(checklist=new_checklist("en"))
    >>> kart.checklist[2].phase, kart.checklist[2].title
    ('plan', 'Everyone works from the same plan, and the user has a copy.')
    """
    one_of(lang, LANGUAGES, option="lang")
    note = text("toolbox.ours", lang)
    return tuple(
        ChecklistItem(id=id_, title=text(f"toolbox.item.{id_}", lang), phase=phase, note=note)
        for id_, phase in ITEMS
    )
