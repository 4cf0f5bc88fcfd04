"""What sizes and colours can stand for, each with its part of the legend."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from aktorkart.figures.network import JUDGEMENTS, MEASURES, numeric_tags, values_of
from aktorkart.i18n import has_text, text
from aktorkart.scene.groups import ATTRIBUTES, groups, usual
from aktorkart.scene.legend import actor_keys, size_keys
from aktorkart.scene.marks import MOST_COLORED
from aktorkart.viewer.samples import legend

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aktorkart.scene.scene import Scene
    from aktorkart.viewer.paints import Paints
    from aktorkart.viewer.seen import Seen

_SIZES = ("betweenness", "degree", "strength", "closeness", "eigenvector", *JUDGEMENTS)
"""The measures that a page offers, the usual first; figures have more of them."""


@dataclass(frozen=True)
class Choice:
    """A size or a colour: what it stands for, the scenes that it makes, and its legend."""

    key: str
    title: str
    light: Scene
    dark: Scene
    legend: str


def colors(seen: Seen, paints: Paints) -> list[Choice]:
    """Return what colours can stand for, the usual first."""
    first = usual(seen.kart)
    tags = sorted({tag for actor in seen.kart.actors for tag in actor.tags} - {*ATTRIBUTES})
    others = [one for one in (*ATTRIBUTES, *tags) if one != first]
    most = len(seen.scene.style.palette) if seen.scene.style.hatching else MOST_COLORED
    found = []
    for by in (first, *others):
        grouped = groups(
            seen.scene.kart,
            by,
            lang=seen.scene.lang,
            measures=lambda: seen.topics.measures,
            most=most,
            scaled=True,
        )
        if by != first and not grouped.numbers and len(grouped.names) <= 1:
            continue
        light, dark = (replace(one, grouped=grouped) for one in (seen.scene, seen.dark))
        html = legend(actor_keys(light), actor_keys(dark), paints)
        found.append(Choice(by, grouped.title or by, light, dark, html))
    return found


def sizes(seen: Seen, paints: Paints) -> list[Choice]:
    """Return what sizes can stand for, the usual first; the last is nothing."""
    return [*_sizes(seen, paints)]


def _sizes(seen: Seen, paints: Paints) -> Iterator[Choice]:
    kart, lang = seen.kart, seen.scene.lang
    for size in (*_SIZES, *numeric_tags(kart)):
        if size in MEASURES and not kart.channels:
            continue
        values = values_of(kart, size, lambda: seen.topics.measures)
        normalized = size not in MEASURES or seen.topics.measures.normalized
        light, dark = (
            replace(one, values=values, size=size, normalized=normalized)
            for one in (seen.scene, seen.dark)
        )
        if size != _SIZES[0] and (light.level or not any(values.values())):
            continue
        html = legend(size_keys(light), size_keys(dark), paints)
        code = f"measure.{size}.name"
        own = f"figure.sizes.{size}"
        title = next((text(one, lang) for one in (code, own) if has_text(one)), size)
        yield Choice(size, title, light, dark, html)
    yield Choice("", text("view.equal_sizes", lang), seen.scene, seen.dark, "")
