"""The looks that are ready: readable, and each a frozen value."""

from __future__ import annotations

import logging
import re
from dataclasses import FrozenInstanceError, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from matplotlib.colors import to_rgb

from aktorkart import examples, figures
from aktorkart.figures import Style, network, sheet
from aktorkart.i18n import text
from aktorkart.scene.hatching import hatched
from aktorkart.scene.marks import SHAPES
from aktorkart.scene.style import on
from drawn import STYLES, contrast

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def drawn(axes: Axes) -> Axes:
    figure: Any = axes.figure
    figure.canvas.draw()
    return axes


@pytest.mark.parametrize("name", STYLES)
def test_texts_are_read(name: str) -> None:
    """Issue 4: contrast at least 4.5:1 for text, and 3:1 (WCAG 1.4.11) for what is drawn."""
    style = STYLES[name]
    for color in (style.ink, style.muted):
        assert contrast(color, style.background) >= 4.5
    for color in (style.carrying, style.formal, style.conflict, style.missing):
        assert contrast(color, style.background) >= 3.0


@pytest.mark.parametrize("name", STYLES)
def test_signs_are_seen_on_their_fills(name: str) -> None:
    style = STYLES[name]
    for fill in style.palette:
        assert contrast(on(fill, ink=style.ink, background=style.background), fill) >= 3.0


@pytest.mark.parametrize("name", STYLES)
def test_the_municipal_map_fits_and_no_name_is_covered(name: str) -> None:
    style = STYLES[name]
    axes = drawn(network(examples.municipal_service(), ax=sheet(style=style), style=style))
    figure: Any = axes.figure
    page = figure.bbox
    names = [said for said in axes.texts if str(said.get_gid()).startswith("label:")]
    boxes = [said.get_window_extent() for said in names if said.get_visible()]
    # On a slide letters are so large that not everybody's name has room.
    assert len(names) == 40
    assert len(boxes) >= (35 if name == "slide" else 40)
    for place, box in enumerate(boxes):
        assert page.x0 <= box.x0
        assert box.x1 <= page.x1
        assert not any(box.overlaps(other) for other in boxes[:place])


def test_report_is_the_default_and_a_style_is_frozen() -> None:
    assert Style.report() == Style()
    with pytest.raises(FrozenInstanceError):
        Style().font = "Times"  # type: ignore[misc] # that is what is tested
    assert replace(Style.slide(), font_size=16).size == Style.slide().size


def test_every_colour_comes_from_the_style() -> None:
    """A colour that stands in a figure's own file is wrong on somebody's page."""
    folder = Path(figures.__file__).parent
    colors = re.compile(r"#[0-9A-Fa-f]{6}|0x[0-9A-Fa-f]{2}\b")
    found = [
        (path.name, line)
        for path in sorted(folder.glob("*.py"))
        if path.name != "style.py"
        for line in path.read_text("utf-8").splitlines()
        if colors.search(line)
    ]
    assert found == []


def test_what_follows_from_ink_and_page_lies_between_them() -> None:
    for style in STYLES.values():
        ends = sorted(contrast(one, style.background) for one in (style.background, style.ink))
        for color in (style.neutral, style.rule, style.shade(0.0), style.shade(1.0)):
            assert ends[0] < contrast(color, style.background) < ends[1]
        assert set(style.strong) <= set(style.palette)
    # A palette that is hardly seen on its page leaves the ink.
    faint = Style(palette=("#FFFFFF",))
    assert faint.strong == (faint.ink,)


def test_a_slide_is_wide_and_its_letters_are_large() -> None:
    style = Style.slide()
    assert style.size[0] / style.size[1] == pytest.approx(16 / 9)
    for name in ("user_network", "skane", "municipal_service"):
        axes = drawn(network(examples.read(name), ax=sheet(style=style), style=style))
        said = next(said for said in axes.texts if str(said.get_gid()).startswith("label:"))
        assert float(said.get_fontsize()) >= 12


def test_print_has_no_colour() -> None:
    """Issue 4: grey, hatching instead of colour: each group has a look of its own."""
    style = Style.print()
    colors = [value for value in vars(style).values() if str(value).startswith("#")]
    for color in (*colors, *style.palette):
        assert len(set(to_rgb(color))) == 1
    assert len(set(zip(style.palette, style.hatching, strict=True))) == len(style.palette)
    axes = network(
        examples.municipal_service(), ax=sheet(style=style), style=style, lang="en", color="line"
    )
    legend: Any = axes.get_legend()
    headings = [said.get_text() for said in legend.get_texts()]
    assert text("figure.fill", "en", what="line of service") in headings


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("pattern", ["rising", "falling", "level", "upright", "crossed", "dots"])
def test_hatching_stays_inside_its_mark(shape: str, pattern: str) -> None:
    corners = SHAPES[shape]
    parts = hatched(corners, pattern)
    assert len(parts) >= 2
    way = np.roll(corners, -1, axis=0) - corners
    for point in np.concatenate(parts):
        away = point - corners
        assert (way[:, 0] * away[:, 1] - way[:, 1] * away[:, 0] >= -1e-9).all()


def test_a_font_that_is_not_installed_is_replaced_in_silence(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Issue 4: fonts fall back without warnings."""
    style = Style(font="No Such Letters")
    with caplog.at_level(logging.DEBUG, logger="matplotlib.font_manager"):
        axes = drawn(network(examples.municipal_service(), ax=sheet(), style=style))
    assert not [record for record in caplog.records if record.levelno >= logging.WARNING]
    assert {said.get_fontname() for said in axes.texts} == {"DejaVu Sans"}
