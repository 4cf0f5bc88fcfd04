"""The legend as data: a line for what is on the map, and for nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from aktorkart.i18n import has_text, listing, number, significant, text
from aktorkart.model.vocabulary import CARRYING, FORMAL
from aktorkart.scene import lines, marks
from aktorkart.scene.counts import written
from aktorkart.scene.drawn_ties import DrawnTies
from aktorkart.scene.style import on

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aktorkart.model import Tie
    from aktorkart.scene.drawn_ties import DrawnTie
    from aktorkart.scene.scene import Scene
    from aktorkart.scene.style import Style


@dataclass(frozen=True)
class MarkSample:
    """An actor's mark."""

    shape: str
    fill: str
    edge: str
    sign: int | str | None = None
    sign_color: str = ""
    dashed: bool = False
    ringed: bool = False
    hole: str | None = None


@dataclass(frozen=True)
class SizeSample:
    """Marks of growing size."""

    fill: str
    edge: str


@dataclass(frozen=True)
class TieSample:
    """A tie."""

    color: str
    width: float  # points
    line: lines.Line
    dashes: tuple[float, ...] = ()
    arrow: bool = False
    badge: str = ""  # the sign that stands on it, and the colour of its disc
    page: str = ""


@dataclass(frozen=True)
class AreaSample:
    """A ring, a band or an outline."""

    fill: str
    edge: str
    dashes: tuple[float, ...] = ()
    opacity: float = 1.0  # of the fill


@dataclass(frozen=True)
class Key:
    """One line of a legend; a heading if it has no sample."""

    label: str
    sample: MarkSample | SizeSample | TieSample | AreaSample | None = None


def mark_key(  # noqa: PLR0913 - a mark has that many sides
    label: str,
    *,
    shape: str,
    fill: str,
    style: Style,
    sign: int | str | None = None,
    dashed: bool = False,
    ringed: bool = False,
    hollow: bool = False,
) -> Key:
    """Make a line of the legend that shows an actor's mark."""
    seen = on(fill, ink=style.ink, background=style.background)
    hole = style.background if hollow else None
    return Key(label, MarkSample(shape, fill, style.ink, sign, seen, dashed, ringed, hole))


def tie_key(  # noqa: PLR0913 - a tie has that many sides
    label: str,
    *,
    color: str,
    width: float,
    line: lines.Line | None = None,
    dashes: tuple[float, ...] = (),
    arrow: bool = False,
    badge: str = "",
    page: str = "",
) -> Key:
    """Make a line of the legend that shows a tie, perhaps with a sign in a disc on it."""
    sample = TieSample(color, width, line or lines.Line(), dashes, arrow, badge, page)
    return Key(label, sample)


LEADER_WIDTH, LEADER_DASHES = 0.8, (0.1, 2.0)
"""The line from a name to its actor, in points: dots, thinner and closer than a missing tie's."""


def leader_key(scene: Scene) -> Key:
    """Return the line that says what leads from a name to its actor."""
    label = text("figure.leader", scene.lang)
    return tie_key(label, color=scene.style.muted, width=LEADER_WIDTH, dashes=LEADER_DASHES)


def keys(scene: Scene, ties: Sequence[DrawnTie]) -> list[Key]:
    """Return the lines of a map's legend."""
    return [*actor_keys(scene), *tie_keys(scene, ties)]


def actor_keys(scene: Scene) -> list[Key]:
    """Return the lines of a map's legend that are about its actors."""
    style, lang = scene.style, scene.lang
    keys = _number_keys(scene)
    found = {scene.shape(id_) for id_ in scene.ids}
    shapes = [shape for shape in marks.SHAPES if shape in found]
    # Without colours shape and fill are told one by one.
    together = scene.grouped.by == "line" and not (
        scene.shapeless or scene.grouped.rest or style.hatching
    )
    if together:
        keys += _line_keys(scene, shapes)
    elif scene.grouped.names:
        heading = "figure.fill" if style.hatching else "figure.color"
        keys.append(Key(text(heading, lang, what=scene.grouped.title)))
        keys.extend(
            mark_key(name, shape="first", fill=fill, sign=sign, style=style)
            for name, (fill, sign) in (
                (name, scene.fill(scene.grouped.places[group]))
                for group, name in scene.grouped.names.items()
            )
        )
        if scene.grouped.rest:
            keys.append(mark_key(scene.grouped.rest, shape="first", fill=style.rest, style=style))
        if any(not scene.grouped.members.get(id_) for id_ in _grouped(scene)):
            keys.append(
                mark_key(
                    text("figure.no_group", lang),
                    shape="first",
                    fill=style.background,
                    style=style,
                )
            )
        keys += _basis_keys(scene)
    if not scene.shapeless and not together:
        keys.append(Key(text("figure.shape", lang)))
        keys.extend(
            mark_key(
                text("figure.arena" if shape == "arena" else f"line.{shape}", lang),
                shape=shape,
                fill=style.neutral,
                style=style,
                dashed=shape == "unknown",
            )
            for shape in shapes
        )
    if scene.kart.focal:
        if not keys:
            keys.append(Key(text("figure.actors", lang)))
        keys.append(
            mark_key(
                text(scene.middle, lang),
                shape=scene.shape(scene.kart.focal),
                fill=style.neutral,
                style=style,
                ringed=True,
            )
        )
    return [*keys, *size_keys(scene)]


def size_keys(scene: Scene) -> list[Key]:
    """Say what sizes stand for, from what to what; nothing where nobody has any of it."""
    style, lang = scene.style, scene.lang
    top = max((value for value in scene.values.values() if value), default=0.0)
    if scene.size is None or top <= 0:
        return []
    head, name = Key(text("figure.size", lang)), _size_name(scene.size, lang)
    highest = written(scene.size, top, lang, normalized=scene.normalized)
    if scene.level:
        return [head, Key(text("figure.size_level", lang, what=name, high=highest))]
    span = text("figure.size_span", lang, low="0", high=highest)
    return [head, Key(f"{name} ({span})", SizeSample(style.neutral, style.ink))]


def _line_keys(scene: Scene, shapes: Sequence[str]) -> list[Key]:
    """Show shape and colour in one where both stand for the line of service."""
    style, lang = scene.style, scene.lang
    found = [shape for shape in marks.SHAPES if shape in scene.grouped.names or shape in shapes]
    keys = [Key(text("figure.shape_and_color", lang))]
    for shape in found:
        place = scene.grouped.places.get(shape)
        fill, sign = (style.background, None) if place is None else scene.fill(place)
        keys.append(
            mark_key(
                text("figure.arena" if shape == "arena" else f"line.{shape}", lang),
                shape=shape,
                fill=style.neutral if shape == "arena" else fill,
                sign=sign,
                style=style,
                dashed=shape == "unknown",
            )
        )
    return keys


def _grouped(scene: Scene) -> list[str]:
    """Return those of whom somebody could have said which group they belong to."""
    return [id_ for id_ in scene.ids if id_ not in scene.grouped.without]


def _basis_keys(scene: Scene) -> list[Key]:
    """Say which groups are stated and which follow from the kind of actor."""
    style, hollow = scene.style, scene.grouped.hollow
    if not hollow:
        return []
    stated = any(scene.grouped.members.get(id_) and id_ not in hollow for id_ in _grouped(scene))
    return [
        mark_key(
            text(f"figure.{code}", scene.lang),
            shape="first",
            fill=style.muted,
            style=style,
            hollow=open_,
        )
        for code, open_, there in (
            ("linkages_stated", False, stated),
            ("linkages_from_kind", True, True),
        )
        if there
    ]


def _number_keys(scene: Scene) -> list[Key]:
    """Show the colours of a scale: of each number if they are few, else from least to most."""
    style, lang = scene.style, scene.lang
    found = sorted(set(scene.grouped.numbers.values()))
    if not found:
        return []
    few = 5
    values = found if len(found) <= few else [found[0], (found[0] + found[-1]) / 2, found[-1]]
    keys = [Key(text("figure.color", lang, what=scene.grouped.title))]
    keys += [
        mark_key(significant(value, lang), shape="first", fill=scene.shade(value), style=style)
        for value in values
    ]
    if any(id_ not in scene.grouped.numbers for id_ in scene.ids):
        label = text("figure.no_group", lang)
        keys.append(mark_key(label, shape="first", fill=style.background, style=style))
    return keys


def tie_keys(scene: Scene, ties: Sequence[DrawnTie]) -> list[Key]:
    """Return the lines of a map's legend that are about its ties."""
    if not ties:
        return []
    style, lang = scene.style, scene.lang
    keys = [Key(text("figure.ties", lang))]
    # One of each sort says as much as all.
    sorts = {
        (tie.kind, tie.quality, tie.needed, tie.mutual, tie.strength): tie
        for tie in DrawnTies.ties_of(ties)
    }
    there = [tie for tie in sorts.values() if not tie.needed]
    for kinds, color, double in (
        (CARRYING, style.carrying, False),
        (FORMAL, style.formal, True),
    ):
        found = [kind for kind in kinds if any(tie.kind == kind for tie in there)]
        if found:
            keys.append(
                tie_key(
                    _kind_names(scene, found),
                    color=color,
                    width=1.0 if double else 1.6,
                    line=lines.Line(double=double),
                )
            )
    others = sorted(
        {tie.kind for tie in there} - {*CARRYING, *FORMAL, "conflict"},
        key=lambda kind: (kind != "contact", kind),
    )
    if others:
        keys.append(tie_key(_kind_names(scene, others), color=style.other, width=1.6))
    if any(tie.kind == "conflict" for tie in there):
        keys.append(
            tie_key(
                scene.kart.tie_kind_name("conflict", lang),
                color=style.conflict,
                width=1.2,
                line=lines.Line(crossed=True),
            )
        )
    keys.extend(
        tie_key(
            text(f"quality.{quality}", lang),
            color=style.ink,
            width=1.2,
            line=lines.Line(form=quality),
        )
        for quality in ("strained", "broken")
        if any(tie.quality == quality for tie in there)
    )
    if len(there) < len(sorts):
        keys.append(
            tie_key(text("figure.missing", lang), color=style.missing, width=1.5, dashes=(0.1, 2.6))
        )
    if any(not tie.mutual for tie in there):
        keys.append(tie_key(text("figure.one_way", lang), color=style.ink, width=1.2, arrow=True))
    return [*keys, *_strength_keys(scene, there)]


def _strength_keys(scene: Scene, ties: Sequence[Tie]) -> list[Key]:
    style, lang = scene.style, scene.lang
    known = sorted({tie.strength for tie in ties if tie.strength is not None})
    unknown = any(tie.strength is None and scene.look(tie).dashes for tie in ties)
    if len(known) + unknown <= 1:
        # One width for all says nothing.
        return []
    keys = [Key(text("figure.strength", lang))]
    most = 5
    if len(known) > most:
        known = [known[0], known[len(known) // 2], known[-1]]
    for strength in reversed(known):
        label = number(strength, lang)
        if strength in {known[0], known[-1]}:
            code = "figure.strongest" if strength == known[-1] else "figure.weakest"
            label = text(code, lang, strength=label)
        keys.append(tie_key(label, color=style.ink, width=scene.drawn_width(strength)))
    if unknown:
        keys.append(
            tie_key(
                text("figure.strength_unknown", lang),
                color=style.ink,
                width=scene.drawn_width(None),
                dashes=(7.0, 2.5),
            )
        )
    return keys


def _kind_names(scene: Scene, kinds: Sequence[str]) -> str:
    return listing([scene.kart.tie_kind_name(kind, scene.lang) for kind in kinds], scene.lang)


def _size_name(size: str, lang: str) -> str:
    own = f"figure.sizes.{size}"
    if has_text(own):
        return text(own, lang)
    measure = f"measure.{size}.name"
    return text(measure, lang) if has_text(measure) else size
