"""A reader's own settings of matplotlib get into no figure, and stay as they are."""

from __future__ import annotations

from typing import Any

import matplotlib as mpl
import pytest

import aktorkart as ak
from aktorkart.cli.draw import FIGURES
from aktorkart.figures import svg_text
from aktorkart.figures.drawing import lettering
from drawn import draw

THEIRS: Any = {
    "path.sketch": (3, 100, 2),
    "text.color": "red",
    "text.hinting": "none",
    "axes.facecolor": "pink",
    "axes.grid": True,
    "axes.linewidth": 9,
    "lines.linewidth": 9,
    "lines.dash_capstyle": "round",
    "patch.linewidth": 9,
    "patch.force_edgecolor": True,
    "hatch.linewidth": 9,
    "hatch.color": "red",
    "figure.autolayout": True,
    "figure.facecolor": "pink",
    "font.size": 30,
    "font.weight": "bold",
    "mathtext.fontset": "cm",
    "svg.fonttype": "none",
    "savefig.bbox": "tight",
    "path.simplify": False,
}
KART = ak.examples.municipal_service()


@pytest.mark.parametrize("name", FIGURES)
def test_no_setting_of_the_readers_changes_a_figure(name: str) -> None:
    plain = svg_text(draw(name, KART))
    with mpl.rc_context(THEIRS):
        before = dict(mpl.rcParams)
        assert svg_text(draw(name, KART)) == plain
        assert dict(mpl.rcParams) == before


def test_nor_one_on_a_page_of_pyplots() -> None:
    import matplotlib.pyplot as plt

    with mpl.rc_context({"backend": "agg"}):
        plain = svg_text(ak.figures.network(KART))
        with mpl.rc_context(THEIRS):
            assert svg_text(ak.figures.network(KART)) == plain
        plt.close("all")


def test_a_fallback_without_bold_letters_is_not_told_of(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(lettering, "_FALLBACKS", ("DejaVu Sans Display",))
    lettering._families.cache_clear()  # noqa: SLF001 - it remembers
    try:
        families = lettering.font(ak.figures.Style(), 8.25, bold=True).get_family()
        assert "DejaVu Sans Display" in families
        style = ak.figures.Style(font_size=8.25)
        draw("network", ak.examples.two_brokers(), style=style)
    finally:
        lettering._families.cache_clear()  # noqa: SLF001 - it remembers
    assert not caplog.records
