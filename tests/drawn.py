"""What was drawn, read: artists by their gid, words, boxes, what covers what, and contrast."""

from __future__ import annotations

import itertools
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.colors import to_rgb

from aktorkart import examples, figures
from aktorkart.figures import Style
from aktorkart.figures.drawing.stage import Stage

if TYPE_CHECKING:
    from collections.abc import Mapping

    from matplotlib.axes import Axes
    from numpy.typing import NDArray

    from aktorkart.model import ActorMap

NAMES = ("municipal_service", "learning_network", "helsedialog", "skane", "user_network")
STYLES = {
    "report": Style.report(),
    "slide": Style.slide(),
    "print": Style.print(),
    "dark": Style.dark(),
}
LUMINANCE = np.array([0.2126, 0.7152, 0.0722])


@cache
def example(name: str) -> ActorMap:
    return examples.read(name)


def draw(name: str, kart: ActorMap, **options: Any) -> Any:
    """Draw a figure of one map on a page of its own: what it is compared with has no ties."""
    figure, page = getattr(figures, name), figures.sheet()
    if name == "change":
        return figure(kart.with_(ties=()), kart, ax=page, **options)
    if name == "small_multiples":
        page.remove()
        return figure(kart, fig=page.figure, **options)
    return figure(kart, ax=page, **options)


def stage(axes: Axes) -> Stage:
    return next(artist for artist in axes.artists if isinstance(artist, Stage))


def drawn(axes: Axes) -> Axes:
    """Let everything find its place, as drawing does; pixels are not needed to measure."""
    stage(axes).draw(_renderer(axes))
    return axes


def _renderer(axes: Axes) -> Any:
    figure: Any = axes.figure
    return figure.canvas.get_renderer()


def by_gid(axes: Axes, prefix: str = "") -> dict[str, Any]:
    """Return the artists with a gid, or those that begin alike, by the rest of it."""
    found: dict[str, Any] = {}
    for artist in axes.get_children():
        gid = artist.get_gid()
        if gid and gid.startswith(prefix):
            assert gid.removeprefix(prefix) not in found, "a gid names one artist"
            found[gid.removeprefix(prefix)] = artist
    return found


def said(axes: Axes) -> str:
    return " ".join(one.get_text().replace("\n", " ") for one in axes.texts if one.get_visible())


def legend_words(axes: Axes) -> list[str]:
    legend = axes.get_legend()
    assert legend is not None
    return [one.get_text().replace("\n", " ") for one in legend.get_texts() if one.get_visible()]


def boxes(axes: Axes, *prefixes: str) -> dict[str, Any]:
    renderer = _renderer(axes)
    return {
        prefix + gid: one.get_window_extent(renderer)
        for prefix in prefixes
        for gid, one in by_gid(axes, prefix).items()
        if one.get_visible()
    }


def covering(axes: Axes) -> list[tuple[str, str]]:
    """Return pairs of names and marks that cover each other; corners of a mark's box are empty."""
    found = {
        gid: (box.x0, box.y0, box.x1, box.y1)
        if not gid.startswith("actor:")
        else (
            box.x0 + 0.2 * box.width,
            box.y0 + 0.2 * box.height,
            box.x1 - 0.2 * box.width,
            box.y1 - 0.2 * box.height,
        )
        for gid, box in boxes(axes, "label:", "caption:", "actor:").items()
    }
    return [
        (one, other)
        for one, other in itertools.combinations(found, 2)
        if min(found[one][2], found[other][2]) - max(found[one][0], found[other][0]) > 0.5
        and min(found[one][3], found[other][3]) - max(found[one][1], found[other][1]) > 0.5
    ]


def outside(axes: Axes) -> list[str]:
    """Return the names and marks that leave the page."""
    figure: Any = axes.figure
    page = figure.bbox
    return [
        gid
        for gid, box in boxes(axes, "label:", "caption:", "actor:", "footer", "legend").items()
        if box.x0 < page.x0 or box.x1 > page.x1 or box.y0 < page.y0 or box.y1 > page.y1
    ]


def text_faults(texts: Mapping[str, Any], where: Any, slack: float = 1.5) -> list[tuple[str, str]]:
    """Return which boxes of texts, by their gid, leave a page or cover each other."""
    wrong = [
        (gid, "page")
        for gid, box in texts.items()
        if box.x0 < where.x0 - slack
        or box.x1 > where.x1 + slack
        or box.y0 < where.y0 - slack
        or box.y1 > where.y1 + slack
    ]
    return wrong + [
        (one, other)
        for one, other in itertools.product(texts, texts)
        if one < other
        and min(texts[one].x1, texts[other].x1) - max(texts[one].x0, texts[other].x0) > slack
        and min(texts[one].y1, texts[other].y1) - max(texts[one].y0, texts[other].y0) > slack
    ]


def table_faults(axes: Axes) -> list[tuple[str, str]]:
    """Return which texts cover each other or a cell of a table, and what leaves the axes."""
    slack = 1.5
    renderer = _renderer(axes)
    page = axes.get_window_extent(renderer)
    texts, wrong = {}, []
    found = by_gid(axes)
    blocks = found["blocks"].get_window_extent(renderer) if "blocks" in found else None
    for gid, artist in found.items():
        if gid in {"stage", "grid"} or not artist.get_visible():
            continue
        box = artist.get_window_extent(renderer)
        off = box.x0 < page.x0 - slack or box.x1 > page.x1 + slack
        if off or box.y0 < page.y0 - slack or box.y1 > page.y1 + slack:
            wrong.append((gid, "page"))
        if artist in axes.texts:
            texts[gid] = box
    for gid, box in texts.items():
        others = [(other, texts[other]) for other in texts if other > gid]
        for other, second in [*others, *([("blocks", blocks)] if blocks else [])]:
            wide = min(box.x1, second.x1) - max(box.x0, second.x0)
            high = min(box.y1, second.y1) - max(box.y0, second.y0)
            if wide > slack and high > slack:
                wrong.append((gid, other))
    return wrong


def linear(color: Any) -> NDArray[np.float64]:
    """Turn colours into light: one by its name or its shares of sRGB, or a picture of them."""
    shares = np.asarray(color if np.ndim(color) > 1 else to_rgb(color), dtype=float)
    found: NDArray[np.float64] = np.where(
        shares <= 0.04045, shares / 12.92, ((shares + 0.055) / 1.055) ** 2.4
    )
    return found


def contrast(one: Any, other: Any) -> Any:
    """Return the contrast of WCAG 2.2 between colours, 1 to 21."""
    first, second = linear(one) @ LUMINANCE + 0.05, linear(other) @ LUMINANCE + 0.05
    return np.maximum(first, second) / np.minimum(first, second)
