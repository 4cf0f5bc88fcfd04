"""The legend in a page: each line with its sample."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

import numpy as np

from aktorkart.figures.drawing.legends import HOLE
from aktorkart.scene import lines, marks
from aktorkart.scene.hatching import hatched
from aktorkart.scene.legend import MarkSample, SizeSample, TieSample
from aktorkart.scene.letters import NOMINAL_SCALE
from aktorkart.viewer.shapes import number, outline, path, ring

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aktorkart.scene.legend import Key
    from aktorkart.viewer.paints import Paints

_WIDE, _HIGH = 34.0, 18.0
"""Of a sample, in points."""

_MARK = 5.6


def legend(light: Sequence[Key], dark: Sequence[Key], paints: Paints) -> str:
    """Return lines of a legend as HTML: a list beneath each heading."""
    parts: list[str] = []
    is_open = False
    for one, other in zip(light, dark, strict=True):
        if one.sample is None:
            parts.append("</ul></section>" if is_open else "")
            parts.append(f"<section><h2>{escape(one.label)}</h2><ul>")
            is_open = True
            continue
        sample = _sample(one, other, paints)
        parts.append(f"<li>{sample}{escape(one.label)}</li>")
    return "".join([*parts, "</ul></section>" if is_open else ""])


def _sample(one: Key, other: Key, paints: Paints) -> str:
    light, dark = one.sample, other.sample
    inside = ""
    if isinstance(light, MarkSample) and isinstance(dark, MarkSample):
        inside = _mark(light, dark, paints)
    elif isinstance(light, SizeSample) and isinstance(dark, SizeSample):
        look = f"{paints.fill(light.fill, dark.fill)} {paints.stroke(light.edge, dark.edge)}"
        inside = "".join(
            f'<circle cx="{across}" r="{radius}" class="{look}"/>'
            for across, radius in ((-12, 2.6), (-3.5, 4), (8, 6.2))
        )
    elif isinstance(light, TieSample) and isinstance(dark, TieSample):
        inside = _tie(light, dark, paints)
    box = f"{-_WIDE / 2:g} {-_HIGH / 2:g} {_WIDE:g} {_HIGH:g}"
    return f'<svg viewBox="{box}" aria-hidden="true" stroke-width=".8">{inside}</svg>'


def _mark(light: MarkSample, dark: MarkSample, paints: Paints) -> str:
    radius = _MARK / max(marks.half_extent(light.shape))
    edge = paints.stroke(light.edge, dark.edge)
    look = f"{paints.fill(light.fill, dark.fill)} {edge}"
    parts = [outline(light.shape, look, radius)]
    if light.dashed:
        parts = [f'<g stroke-dasharray="2.4 1.5">{parts[0]}</g>']
    whole = marks.SHAPES[light.shape]
    if light.hole is not None and dark.hole is not None:
        parts.append(outline(light.shape, paints.fill(light.hole, dark.hole), HOLE * radius))
    if light.sign is not None:
        sign = light.sign
        pieces = hatched(whole, sign) if isinstance(sign, str) else marks.glyph(sign)
        seen = paints.fill(light.sign_color, dark.sign_color)
        parts += [f'<path d="{ring(piece * radius)}" class="{seen}"/>' for piece in pieces]
    if light.ringed:
        ringed = outline(light.shape, f"no {edge}", 1.4 * radius)
        parts.append(f'<g stroke-width="1.3">{ringed}</g>')
    return "".join(parts)


def _tie(light: TieSample, dark: TieSample, paints: Paints) -> str:
    half = _WIDE / 2 / NOMINAL_SCALE - 0.5
    body = middle = np.array([[-half, 0.0], [half, 0.0]])
    head = ""
    if light.arrow:
        tip = lines.arrowhead(middle, length=2.8, width=2.5) * NOMINAL_SCALE
        head = f'<path d="{ring(tip, 1)}" class="{paints.fill(light.color, dark.color)}"/>'
        body = lines.trimmed(middle, 0, 2.0)
    strokes = lines.strokes(body, light.line, width=light.width / NOMINAL_SCALE)
    drawn = path([stroke * NOMINAL_SCALE for stroke in strokes], light.line)
    look = f"no {paints.stroke(light.color, dark.color)}"
    return f'<path d="{drawn}" class="{look}"{stroked(light.width, light.dashes)}/>{head}'


def stroked(width: float, dashes: tuple[float, ...]) -> str:
    """Return the attributes of a line: its width, and dashes in widths of the line."""
    found = f' stroke-width="{number(width, 2)}"'
    if dashes:
        lengths = " ".join(number(one * width, 1) or "0" for one in dashes)
        found += f' stroke-dasharray="{lengths}"'
        found += ' stroke-linecap="round"' if dashes[0] < 1 else ""
    return found
