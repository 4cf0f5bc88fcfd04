"""Figures of ours as part of a page: SVG as short as it goes, in looks that the page shares.

What a figure is drawn with is matplotlib's business; here stands only what is written down of it.
Nothing in a page points at the parts of a figure, so that they need no ids.
"""

from __future__ import annotations

import html
import zlib
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.backend_bases import RendererBase
from matplotlib.colors import to_hex
from matplotlib.path import Path
from matplotlib.transforms import Affine2D

from aktorkart.figures.drawing.described import in_words
from aktorkart.figures.drawing.lettering import FONTS_BESIDE, line_extent
from aktorkart.figures.drawing.settings import standard_settings
from aktorkart.figures.drawing.steps import number, shortest, stepped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Codes = NDArray[np.uint8]

_POINTS_PER_INCH = 72.0
# So many corners, all as far from their middle in points, are a circle.
_CORNERS, _ROUND = 16, 0.02
_CAPS = {"projecting": "square"}
_PATTERN = 72
_HATCHES = 6.0


class Looks:
    """What the elements of a page look like: a class for each.

    Those of a page that is not alone, as the cell of a notebook, are named after what they say:
    another one's of the same name look the same.
    """

    def __init__(self, *, alone: bool) -> None:
        self._alone = alone
        self._named: dict[str, str] = {}

    def named(self, look: str) -> str:
        """Return the class for a look."""
        if look not in self._named:
            own = len(self._named) if self._alone else zlib.crc32(look.encode())
            self._named[look] = f"l{own:x}"
        return self._named[look]

    def css(self, within: str = "") -> str:
        """Return a rule for each look that was asked for, within what a selector chooses."""
        rules = (f"{within}.{name}{{{look}}}" for look, name in list(self._named.items()))
        return "\n".join(rules)


def inline_svg(fig_or_ax: Figure | Axes, looks: Looks, *, prefix: str) -> str:
    """Return a figure of ours as an ``<svg>`` element, whose looks stand elsewhere on the page.

    Its few ids begin with a prefix: those of its words, and of what it is cut by.
    """
    figure: Any = fig_or_ax.figure
    with standard_settings(), _in_points(figure):
        wide, high = figure.get_size_inches() * _POINTS_PER_INCH
        renderer = _Page(wide, high, looks, prefix)
        figure.draw(renderer)
        _, alt = in_words(figure)
    across, down = number(wide), number(high)
    said = f'<desc id="{prefix}desc">{html.escape(alt, quote=False)}</desc>' if alt else ""
    labelled = f' aria-labelledby="{prefix}desc"' if alt else ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{across}pt" height="{down}pt" '
        f'viewBox="0 0 {across} {down}" role="img"{labelled}>{said}{renderer.written()}</svg>'
    )


@contextmanager
def _in_points(figure: Any) -> Iterator[None]:
    """Let a pixel be a point, and put back what it was."""
    dpi = figure.dpi
    figure.dpi = _POINTS_PER_INCH
    try:
        yield
    finally:
        figure.dpi = dpi


class _Page(RendererBase):
    """Writes what matplotlib draws; one pixel is one point."""

    def __init__(self, width: float, height: float, looks: Looks, prefix: str) -> None:
        super().__init__()
        self.width, self.height = float(width), float(height)
        self._flip = Affine2D().scale(1, -1).translate(0, self.height)
        self._looks, self._prefix = looks, prefix
        self._parts: list[str | tuple[str, list[int]]] = []  # some of them are paths of a kind
        self._paths: list[tuple[Floats, Codes]] = []  # written together at the end
        self._made: dict[str, str] = {}  # what is pointed at, and its id

    def written(self) -> str:
        """Return all elements, what they point at first."""
        made = "".join(one.format(id=name) for one, name in self._made.items())
        paths = stepped(self._paths)
        parts = (
            part
            if isinstance(part, str)
            else f'<path d="{shortest(paths[number] for number in part[1])}" {part[0]}/>'
            for part in self._parts
        )
        return (f"<defs>{made}</defs>" if made else "") + "".join(parts)

    def get_canvas_width_height(self) -> tuple[float, float]:
        """Return the size of the page in pixels."""
        return self.width, self.height

    def points_to_pixels(self, points: Any) -> Any:
        """Return what so many points are in pixels."""
        return points

    def get_text_width_height_descent(
        self, s: str, prop: Any, ismath: Any
    ) -> tuple[float, float, float]:
        """Measure a text as everywhere else in a figure."""
        if ismath:
            return super().get_text_width_height_descent(s, prop, ismath)
        size = prop.get_size_in_points()
        wide, high, deep = line_extent(s, prop.get_family()[0], bold=_is_bold(prop))
        return size * wide, size * high, size * deep

    def draw_path(self, gc: Any, path: Any, transform: Any, rgbFace: Any = None) -> None:  # noqa: N803 - matplotlib's name
        """Write a path, joined to the one before where both are lines of one look."""
        corners, codes = _points(path, transform + self._flip)
        if not len(corners):
            return
        look = self._look(gc, rgbFace)
        is_line = rgbFace is None and gc.get_hatch() is None and "opacity" not in look
        clip = self._clip(gc, corners[codes != Path.CLOSEPOLY])
        kind = f'class="{self._looks.named(look)}"{clip}'
        round_ = None if is_line else _circle(corners, codes)
        if round_ is not None:
            x, y, radius = map(number, round_)
            self._parts.append(f'<circle cx="{x}" cy="{y}" r="{radius}" {kind}/>')
            return
        last = self._parts[-1] if self._parts else ""
        if is_line and not isinstance(last, str) and last[0] == kind:
            last[1].append(len(self._paths))
        else:
            self._parts.append((kind, [len(self._paths)]))
        self._paths.append((corners, codes))

    def draw_text(  # noqa: PLR0913, PLR0917 - matplotlib's signature
        self,
        gc: Any,
        x: float,
        y: float,
        s: str,
        prop: Any,
        angle: float,
        ismath: Any = False,  # noqa: FBT002, ARG002 - ours holds none
        mtext: Any = None,  # noqa: ARG002
    ) -> None:
        """Write a line of text, as long in another font as in its own."""
        size, family, bold = prop.get_size_in_points(), prop.get_family()[0], _is_bold(prop)
        wide = size * line_extent(s, family, bold=bold)[0]
        fonts = ",".join((f"'{family}'", *FONTS_BESIDE))
        look = f"font:{'700 ' if bold else ''}{number(size)}px {fonts};fill:{to_hex(gc.get_rgb())}"
        if gc.get_rgb()[3] < 1:
            look += f";fill-opacity:{number(gc.get_rgb()[3])}"
        turned = f' transform="rotate({number(-angle)} {number(x)} {number(y)})"' if angle else ""
        self._parts.append(
            f'<text x="{number(x)}" y="{number(y)}" textLength="{number(wide)}" '
            f'lengthAdjust="spacingAndGlyphs" class="{self._looks.named(look)}"{turned}>'
            f"{html.escape(s, quote=False)}</text>"
        )

    def _look(self, gc: Any, face: Any) -> str:
        """Return how something is filled and drawn."""
        forced = gc.get_forced_alpha()
        said = [f"fill:{self._filled(gc, face)}"]
        if face is not None and len(face) > 3 and face[3] != 1 and not forced:  # noqa: PLR2004
            said.append(f"fill-opacity:{number(face[3])}")
        if forced and gc.get_alpha() != 1:
            said.append(f"opacity:{number(gc.get_alpha())}")
        if not (width := gc.get_linewidth()):
            return ";".join(said)
        rgb = gc.get_rgb()
        said.append(f"stroke:{to_hex(rgb)}")
        if rgb[3] != 1 and not forced:
            said.append(f"stroke-opacity:{number(rgb[3])}")
        said.append(f"stroke-width:{number(width)}")
        offset, dashes = gc.get_dashes()
        if dashes is not None:
            said.append(f"stroke-dasharray:{','.join(map(number, dashes))}")
            said += [f"stroke-dashoffset:{number(offset)}"] if offset else []
        if gc.get_joinstyle() != "miter":
            said.append(f"stroke-linejoin:{gc.get_joinstyle()}")
        if (cap := gc.get_capstyle()) != "butt":
            said.append(f"stroke-linecap:{_CAPS.get(cap, cap)}")
        return ";".join(said)

    def _filled(self, gc: Any, face: Any) -> str:
        if gc.get_hatch() is None:
            return "none" if face is None else to_hex(face)
        color = to_hex(gc.get_hatch_color())
        square = Affine2D().scale(_PATTERN, -_PATTERN).translate(0, _PATTERN)
        (lines,) = stepped([_points(gc.get_hatch_path(_HATCHES), square)])
        ground = "none" if face is None else to_hex(face)
        pattern = (
            f'<pattern id="{{id}}" patternUnits="userSpaceOnUse" width="{_PATTERN}" '
            f'height="{_PATTERN}"><path d="M0 0H73V73H0z" fill="{ground}"/><path d="{lines}" '
            f'fill="{color}" stroke="{color}" stroke-width="{number(gc.get_hatch_linewidth())}"/>'
            "</pattern>"
        )
        return f"url(#{self._pointed_at(pattern)})"

    def _clip(self, gc: Any, corners: Floats) -> str:
        """Return what cuts a path off, where anything of it is beyond."""
        path, transform = gc.get_clip_path()
        if path is not None:
            (data,) = stepped([_points(path, transform + self._flip)])
        elif (box := gc.get_clip_rectangle()) is not None:
            air = gc.get_linewidth() / 2
            left, bottom, right, top = box.extents
            bottom, top = self.height - bottom, self.height - top
            low, high = corners.min(axis=0) - air, corners.max(axis=0) + air
            if low[0] >= left and high[0] <= right and low[1] >= top and high[1] <= bottom:
                return ""
            ends = tuple(map(number, (left, top, right, bottom)))
            data = f"M{ends[0]} {ends[1]}H{ends[2]}V{ends[3]}H{ends[0]}z"
        else:
            return ""
        made = self._pointed_at(f'<clipPath id="{{id}}"><path d="{data}"/></clipPath>')
        return f' clip-path="url(#{made})"'

    def _pointed_at(self, element: str) -> str:
        return self._made.setdefault(element, f"{self._prefix}{len(self._made)}")


def _is_bold(prop: Any) -> bool:
    return prop.get_weight() in {"bold", 700}


def _points(path: Any, transform: Any) -> tuple[Floats, Codes]:
    """Return the points of a path on the page, and what leads to each."""
    made = path.cleaned(transform=transform, remove_nans=True, curves=True)
    there = made.codes != Path.STOP
    return made.vertices[there], made.codes[there]


def _circle(corners: Floats, codes: Codes) -> tuple[float, float, float] | None:
    """Return the middle and radius of a closed path that cannot be told from a circle."""
    if len(codes) < _CORNERS or len(set(codes[1:-1].tolist())) > 1:
        return None
    if codes[-1] != Path.CLOSEPOLY and not np.array_equal(corners[0], corners[-1]):
        return None
    # Of curves, every third point is on the rim, and those between lead from one to the next.
    parts = [corners[:-1]]
    if codes[1] == Path.CURVE4:
        parts = [corners[:-1:3], corners[1:-1:3], corners[2:-1:3]]
    elif codes[1] != Path.LINETO:
        return None
    x, y = (parts[0].min(axis=0) + parts[0].max(axis=0)) / 2
    away = [np.hypot(part[:, 0] - x, part[:, 1] - y) for part in parts]
    if max(float(np.ptp(one)) for one in away) > _ROUND:
        return None
    return float(x), float(y), float(away[0].max())
