"""Areas of the conversation wheel, until a team has its own.

The items were not published with the toolbox: all of these are written by us.
"""

from __future__ import annotations

from dataclasses import dataclass

from aktorkart.errors import one_of
from aktorkart.i18n import LANGUAGES, text
from aktorkart.model.vocabulary import AREAS


@dataclass(frozen=True)
class Area:
    """An area of the conversation wheel that the user can point at.

    Parameters
    ----------
    id : str
        What a goal's ``area`` says.
    title : str
        What people read.
    note : str, optional
        A remark; ours say that they are ours.
    """

    id: str
    title: str
    note: str | None = None


def wheel(lang: str) -> tuple[Area, ...]:
    """Return our default areas of the conversation wheel.

    They are written by us and stand in for areas of the team's own: a goal's ``area`` may be
    any text, and :func:`goals` takes other areas.

    Parameters
    ----------
    lang : {"nb", "nn", "en", "sv"}
        Language of the titles.

    Returns
    -------
    tuple of Area
        In the order in which they stand around the wheel.

    Raises
    ------
    UnknownName
        If there is no such language.

    Examples
    --------
    >>> [area.title for area in wheel("nb")][:3]
    ['Bolig', 'Hverdagen hjemme', 'Økonomi']
    """
    one_of(lang, LANGUAGES, option="lang")
    note = text("toolbox.ours", lang)
    return tuple(Area(id_, text(f"toolbox.area.{id_}", lang), note) for id_ in AREAS)
