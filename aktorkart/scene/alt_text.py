"""What a figure says in words: alternative texts, footers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aktorkart.errors import language
from aktorkart.i18n import text
from aktorkart.privacy.shown import shown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aktorkart.model import ActorMap
    from aktorkart.network.measures import Measures

_MOST_NAMED = 5


def alt_text(
    kart: ActorMap,
    *,
    lang: str | None = None,
    names: bool | None = None,
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
    measures : Measures, optional
        The measures of this map, if they are computed already.

    Returns
    -------
    str
        Counts, who is most central and how many are cut off without them, who stands alone,
        and which ties do not work.

    Examples
    --------
    >>> from aktorkart.model import Actor, ActorMap
    >>> alt_text(ActorMap(actors=[Actor(id="nav"), Actor(id="dps")]), lang="en")
    'Map with 2 actors and no ties. No ties: dps and nav.'
    """
    said = language(lang, kart.lang)
    seen = shown(kart, names=names, lang=said)
    label = {old: seen.kart[new].label for old, new in seen.ids.items()}
    ties = [tie for tie in kart.ties_in_force if not tie.needed]
    counts = {
        "actors": text("model.actors", said, n=len(kart.actors)),
        "ties": text("model.ties", said, n=len(ties)) if ties else text("figure.no_ties", said),
    }
    title = seen.kart.title
    parts = [
        text("figure.alt_titled", said, title=title, **counts)
        if title
        else text("figure.alt", said, **counts)
    ]
    if kart.focal:
        parts.append(text("figure.alt_focal", said, actor=label[kart.focal]))
    if ties:
        if measures is None:
            from aktorkart.network.measures import measures as compute

            measures = compute(kart)
        best = [row.actor for row in measures.ranking("betweenness", draws=0) if row.value][:3]
        if best:
            parts.append(text("figure.alt_central", said, actors=[label[id_] for id_ in best]))
        leaving = next((id_ for id_ in best if kart[id_].kind != "user"), None)
        if leaving is not None and (lost := _cut_off(kart, leaving)):
            parts.append(text("figure.alt_cut_off", said, actor=label[leaving], n=lost))
    tied = {end for tie in kart.ties_in_force for end in (tie.source, tie.target)}
    alone = sorted(label[actor.id] for actor in kart.actors if actor.id not in tied)
    if alone:
        parts.append(
            text("figure.alt_alone", said, actors=alone)
            if len(alone) <= _MOST_NAMED
            else text("figure.alt_many_alone", said, n=len(alone))
        )
    for code, found in (
        ("strained", [tie for tie in ties if tie.quality == "strained"]),
        ("broken", [tie for tie in ties if tie.quality == "broken"]),
        ("missing", [tie for tie in kart.ties_in_force if tie.needed]),
    ):
        pairs = sorted({f"{label[tie.source]} – {label[tie.target]}" for tie in found})
        if len(found) > _MOST_NAMED:
            parts.append(text(f"figure.alt_{code}", said, n=len(found)))
        elif found:
            parts.append(text(f"figure.alt_ties.{code}", said, ties=pairs))
    return " ".join(parts)


def _cut_off(kart: ActorMap, leaving: str) -> int:
    """Count those who lose the larger part of the actors around somebody who leaves."""
    beside: dict[str, set[str]] = {actor.id: set() for actor in kart.actors}
    for tie in kart.channels:
        beside[tie.source].add(tie.target)
        beside[tie.target].add(tie.source)
    parts = []
    seen = {leaving}
    for start in sorted(beside[leaving]):
        if start in seen:
            continue
        found, waiting = {start}, [start]
        while waiting:
            further = beside[waiting.pop()] - found - {leaving}
            found |= further
            waiting += further
        seen |= found
        parts.append(len(found))
    return sum(parts) - max(parts, default=0)


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
        said = text("figure.hidden_ties", lang, n=hidden)
        if bare:
            said = f"{said}; {text('figure.bare_actors', lang, n=bare)}"
        notes.append(said)
        told.append(f"{said}.")
    if highlight is not None:
        actor = kart[highlight].label
        notes.append(text("figure.highlighted", lang, actor=actor))
        told.append(_partners(kart, highlight, lang))
    if outlined:
        told.append(text("figure.alt_outlined", lang, groups=list(outlined)))
    if skipped:
        most_listed = 4
        said = (
            text("figure.not_outlined", lang, groups=list(skipped))
            if len(skipped) <= most_listed
            else text("figure.many_not_outlined", lang, n=len(skipped))
        )
        notes.append(said)
        told.append(f"{said}.")
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


def footer(kart: ActorMap, *, lang: str) -> str:
    """Say under the map what it holds, when it is true and where it comes from."""
    needed = sum(tie.needed for tie in kart.ties_in_force)
    parts = [
        text("model.actors", lang, n=len(kart.actors)),
        text("model.ties", lang, n=len(kart.ties_in_force) - needed),
    ]
    if needed:
        parts.append(text("figure.needed", lang, n=needed))
    if kart.date:
        parts.append(when(kart.date, lang))
    if kart.source:
        parts.append(text("figure.source", lang, source=_short(kart.source)))
    return " · ".join(parts)


def when(date: str, lang: str) -> str:
    """Write a day as the language does; a month or a year as it stands."""
    from aktorkart.i18n import period

    whole = len("2026-03-01")
    return period(date, lang) if len(date) == whole else date


def _short(source: str) -> str:
    """Cut a long source at the end of a sentence, or else of a word."""
    most = 220
    line = " ".join(source.split())
    if len(line) <= most:
        return line
    sentence = line[:most].rfind(". ")
    enough = 40
    if sentence > enough:
        return line[: sentence + 1]
    return line[:most].rsplit(" ", 1)[0].rstrip(" ,;:.") + " …"
