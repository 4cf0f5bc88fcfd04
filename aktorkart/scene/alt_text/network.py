"""A map in words: how many, who is central, what does not work, and what stands out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aktorkart.content.counted import working
from aktorkart.i18n import text
from aktorkart.network.graph import neighbours, parted, parts_around
from aktorkart.scene.words import troubles

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aktorkart.model import ActorMap
    from aktorkart.network.measures import Measures

_MOST_NAMED = 5
# Who is central is told by the shortest ways up to so many actors: those of more take long to find.
_MOST_BETWEEN = 5_000


def central_measure(kart: ActorMap) -> str:
    """Return the measure that says who is central, where nobody chooses one."""
    return "betweenness" if len(kart.actors) <= _MOST_BETWEEN else "degree"


def network(kart: ActorMap, *, lang: str, measures: Measures) -> str:
    """Say what a map holds, who is central, who stands alone, and which ties do not work."""
    label = {actor.id: actor.label for actor in kart.actors}
    ties = [tie for tie in kart.ties_in_force if not tie.needed]
    held = text("model.ties", lang, n=working(kart))
    counts = {
        "actors": text("model.actors", lang, n=len(kart.actors)),
        "ties": held if ties else text("figure.no_ties", lang),
    }
    parts = [
        text("figure.alt_titled", lang, title=kart.title, **counts)
        if kart.title
        else text("figure.alt", lang, **counts)
    ]
    if kart.focal:
        parts.append(text("figure.alt_focal", lang, actor=label[kart.focal]))
    if ties:
        measure = central_measure(kart)
        best = [row.actor for row in measures.ranking(measure, draws=0) if row.value][:3]
        if best:
            central = {"betweenness": "alt_central", "degree": "alt_most_contacts"}[measure]
            # Sentences leave out the one whom the map was gathered around; the picture does not.
            if measure == "betweenness" and kart.middle is not None:
                central = "alt_central_all"
            parts.append(text(f"figure.{central}", lang, actors=[label[id_] for id_ in best]))
        leaving = next((id_ for id_ in best if kart[id_].kind != "user"), None)
        if leaving is not None:
            parts += _left_apart(kart, leaving, lang)
    tied = {end for tie in kart.ties_in_force for end in (tie.source, tie.target)}
    alone = sorted(label[actor.id] for actor in kart.actors if actor.id not in tied)
    if alone:
        parts.append(
            text("figure.alt_alone", lang, actors=alone)
            if len(alone) <= _MOST_NAMED
            else text("figure.alt_many_alone", lang, n=len(alone))
        )
    parts += troubles(kart, kart.ties_in_force, lang)
    return " ".join(parts)


def _left_apart(kart: ActorMap, leaving: str, lang: str) -> list[str]:
    """Count those who lose the rest when somebody leaves, or the parts where no part is that."""
    around = parts_around(neighbours(kart.channels), leaving)
    apart = parted(around)
    if not apart:
        return []
    who = kart[leaving].label
    if apart == around:
        return [text("figure.alt_splits", lang, actor=who, pieces=len(around))]
    return [text("figure.alt_cut_off", lang, actor=who, n=sum(map(len, apart)))]


def emphasis(  # noqa: PLR0913 - keyword-only
    kart: ActorMap,
    *,
    highlight: str | None = None,
    outlined: Sequence[str] | None = None,
    skipped: Sequence[str] = (),
    hidden: int = 0,
    bare: int = 0,
    lang: str,
) -> tuple[list[str], list[str]]:
    """Say what stands out on a map."""
    notes: list[str] = []
    told: list[str] = []
    if hidden:
        sentence = text("figure.hidden_ties", lang, n=hidden)
        if bare:
            sentence = f"{sentence}; {text('figure.bare_actors', lang, n=bare)}"
        notes.append(sentence)
        told.append(f"{sentence}.")
    if highlight is not None:
        actor = kart[highlight].label
        notes.append(text("figure.highlighted", lang, actor=actor))
        told.append(_partners(kart, highlight, lang))
    if outlined:
        told.append(text("figure.alt_outlined", lang, groups=list(outlined)))
    if skipped:
        most_listed = 4
        sentence = (
            text("figure.not_outlined", lang, groups=list(skipped))
            if len(skipped) <= most_listed
            else text("figure.many_not_outlined", lang, n=len(skipped))
        )
        notes.append(sentence)
        told.append(f"{sentence}.")
    elif outlined is not None and not outlined:
        notes.append(text("figure.none_to_outline", lang))
    return notes, told


def _partners(kart: ActorMap, highlight: str, lang: str) -> str:
    actor = kart[highlight].label
    partners = sorted(
        {
            end
            for tie in kart.ties_in_force
            if not tie.needed and highlight in {tie.source, tie.target}
            for end in (tie.source, tie.target)
        }
        - {highlight}
    )
    most_named = 12
    if not partners:
        return text("figure.alt_highlight_alone", lang, actor=actor)
    if len(partners) > most_named:
        return text("figure.alt_highlight_many", lang, actor=actor, n=len(partners))
    labels = [kart[id_].label for id_ in partners]
    return text("figure.alt_highlight", lang, actor=actor, actors=labels)
