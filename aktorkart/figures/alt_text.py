"""A map in words, for those who cannot see it drawn: ``figures.alt_text``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aktorkart.errors import language
from aktorkart.model import expect_map
from aktorkart.network.measures import expect_measures
from aktorkart.network.measures import measures as measured
from aktorkart.privacy.shown import shown
from aktorkart.scene.alt_text.network import network

if TYPE_CHECKING:
    from aktorkart.model import ActorMap
    from aktorkart.network.measures import Measures


def alt_text(
    kart: ActorMap,
    *,
    lang: str | None = None,
    names: bool | None = None,
    consent: str = "required",
    measures: Measures | None = None,
) -> str:
    """Say what the drawn map shows, for those who cannot see it.

    Parameters
    ----------
    kart : ActorMap
        The map.
    lang : {"nb", "nn", "en", "sv"}, optional
        The language; the map's if left out.
    names : bool, optional
        True says names, False roles; roles around a person if left out.
    consent : {"required", "ignore"}
        Whether names of a map around a person need a consent that holds.
    measures : Measures, optional
        The measures of this map, if they are computed already.

    Returns
    -------
    str
        Counts, who is most central (beyond 5000 actors: who has most contacts) and how many are
        cut off without them, who stands alone, and which ties do not work.

    Raises
    ------
    NoConsent
        If names of a map around a person are asked for, and no consent holds.

    Examples
    --------
    >>> from aktorkart.model import Actor, ActorMap
    >>> alt_text(ActorMap(actors=[Actor(id="nav"), Actor(id="dps")]), lang="en")
    'Map with 2 actors and no ties. No ties: dps and nav.'
    """
    expect_map(kart)
    expect_measures(measures)
    lang = language(lang, kart.lang)
    seen = shown(kart, names=names, lang=lang, consent=consent).kart
    if measures is None or seen is not kart:
        measures = measured(seen)
    return network(seen, lang=lang, measures=measures)
