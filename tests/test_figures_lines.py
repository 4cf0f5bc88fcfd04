"""Lines: as wide as a tie is strong, seen on their ground, and round third actors."""

from __future__ import annotations

import itertools
from dataclasses import replace

import numpy as np
import pytest
from matplotlib.colors import to_rgb

from aktorkart.figures import Style, network, sheet
from aktorkart.i18n import LANGUAGES, text
from aktorkart.model import Actor, ActorMap, Tie
from drawn import STYLES, by_gid, contrast, drawn, example, legend_words, stage
from slowly import but_one_slow
from test_engines import municipality
from whose import read


def test_five_strengths_have_five_widths_that_can_be_told_apart_and_are_in_the_legend() -> None:
    """ISSUE 12, 2.4: from 0.4 to 2.4 points, in even steps."""
    kart = ActorMap(
        actors=[Actor(id=id_) for id_ in "abcdef"],
        ties=[
            Tie(source="a", target=other, strength=strength)
            for strength, other in enumerate("bcdef", start=1)
        ],
    )
    axes = network(kart, ax=sheet(), lang="en")
    widths = [by_gid(axes)[f"tie:contact:a→{other}"].get_linewidth() for other in "bcdef"]
    assert widths == pytest.approx([0.4, 0.9, 1.4, 1.9, 2.4])
    words = legend_words(axes)
    assert [word for word in ("strongest (5)", "4", "3", "2", "weakest (1)") if word in words] == [
        "strongest (5)",
        "4",
        "3",
        "2",
        "weakest (1)",
    ]


@pytest.mark.parametrize("many", [6, 120])
def test_no_line_is_too_thin_on_a_small_page_and_the_legend_shows_the_same_widths(
    many: int,
) -> None:
    """ISSUE 12, 2.4: at least 0.4 points as large as it is used, in steps that are told apart."""
    ids = [f"a{place}" for place in range(many)]
    kart = ActorMap(
        actors=[Actor(id=id_) for id_ in ids],
        ties=[
            Tie(source=ids[0], target=ids[strength], strength=strength) for strength in range(1, 6)
        ],
    )
    axes = drawn(network(kart, ax=sheet("column"), lang="en", labels=False))
    lines = by_gid(axes, "tie:contact:a0→")
    widths = [lines[f"a{strength}"].get_linewidth() for strength in range(1, 6)]
    assert widths[0] >= 0.4 - 1e-9
    assert min(np.diff(widths)) > 0.15
    legend = axes.get_legend()
    assert legend is not None
    samples = {
        label.get_text(): handle.get_linewidth()
        for label, handle in zip(legend.get_texts(), legend.legend_handles, strict=True)
        if handle is not None and hasattr(handle, "get_linewidth")
    }
    words = ("weakest (1)", "2", "3", "4", "strongest (5)")
    assert [samples[word] for word in words] == pytest.approx(widths)


def test_what_warns_is_not_the_faintest_and_lies_on_top() -> None:
    """ISSUE 12, 2.4: a weak conflict is seen among strong ties."""
    kart = ActorMap(
        actors=[Actor(id=id_) for id_ in "abcd"],
        ties=[
            Tie(source="a", target="b", strength=5),
            Tie(source="b", target="c", strength=1),
            Tie(source="a", target="c", kind="conflict", strength=1),
            Tie(source="a", target="d", needed=True),
        ],
    )
    found = by_gid(network(kart, ax=sheet()), "tie:")
    weak = found["contact:b→c"].get_linewidth()
    assert found["conflict:a→c"].get_linewidth() > weak
    assert found["contact:a→d"].get_linewidth() > weak
    assert list(found)[-2:] == ["conflict:a→c", "contact:a→d"]


def test_many_lines_let_others_through_but_what_warns_does_not() -> None:
    """ISSUE 12, 2.4: transparency where lines pile up, and 4.5 to the page all the same."""
    ids = [f"a{place:02d}" for place in range(24)]
    pairs = list(itertools.combinations(ids, 2))
    style = Style()
    kart = ActorMap(
        actors=[Actor(id=id_) for id_ in ids],
        ties=[
            Tie(source=one, target=other, kind="conflict" if place == 0 else "collaboration")
            for place, (one, other) in enumerate(pairs)
        ],
    )
    found = by_gid(network(kart, ax=sheet(), labels=False), "tie:")
    one, other = pairs[0]
    assert found.pop(f"conflict:{one}→{other}").get_alpha() in {None, 1}
    for line in found.values():
        assert line.get_alpha() < 1
        seen = np.array(to_rgb(style.carrying)) * line.get_alpha() + 1 - line.get_alpha()
        assert contrast(tuple(seen), style.background) >= 4.5


def test_among_thousands_of_lines_each_can_be_seen() -> None:
    """ISSUE 12, 2.4: beyond 500 ties, where lines are collections, contrast is the same."""
    ids = [f"a{place:02d}" for place in range(33)]
    kinds = ("collaboration", "agreement", "contact")
    kart = ActorMap(
        actors=[Actor(id=id_) for id_ in ids],
        ties=[
            Tie(source=one, target=other, kind=kinds[place % 3])
            for place, (one, other) in enumerate(itertools.combinations(ids, 2))
        ],
    )
    found = by_gid(network(kart, ax=sheet(), labels=False), "ties:")
    assert len(found) == len(kinds)
    for lines in found.values():
        # Matplotlib writes the transparency into the colours.
        red, green, blue, alpha = lines.get_edgecolors()[0]
        seen = np.array([red, green, blue]) * alpha + 1 - alpha
        assert contrast(tuple(seen), Style().background) >= 4.5


def test_lines_from_names_are_in_the_legend_only_where_there_are_any() -> None:
    """ISSUE 12, 2.3: leaders are dotted, and the legend says what they are."""
    few = drawn(network(example("user_network"), ax=sheet(), lang="en", names=False))
    crowd = drawn(network(municipality(60, 3), ax=sheet(), lang="en"))
    for axes, led in ((few, False), (crowd, True)):
        leaders = by_gid(axes)["leaders"]
        assert bool(len(leaders.get_segments())) is led
        legend = axes.get_legend()
        assert legend is not None
        shown = [one.get_text() for one in legend.get_texts() if one.get_visible()]
        assert ("from a name to its actor" in shown) is led


@pytest.mark.parametrize("lang", but_one_slow(LANGUAGES))
def test_a_large_map_says_that_not_everybody_is_named(lang: str) -> None:
    """ISSUE 12, 1.7: in footer and alternative text."""
    axes = network(municipality(160, 1), ax=sheet(), lang=lang)
    words = text("figure.not_all_named", lang, n=40, of=160)
    assert f"{words}." in stage(axes).alt
    assert words in by_gid(axes)["footer"].get_text()
    every = network(municipality(160, 1), ax=sheet(), lang=lang, labels=False)
    assert words not in stage(every).alt
    assert words not in by_gid(every)["footer"].get_text()


@pytest.mark.parametrize("style", STYLES.values(), ids=STYLES)
def test_what_carries_meaning_is_seen_on_its_ground(style: Style) -> None:
    """ISSUE 12, 2.4: 4.5 to 1 for lines, letters and outlines."""
    for color in (
        style.carrying,
        style.formal,
        style.other,
        style.conflict,
        style.missing,
        style.ink,
        style.muted,
    ):
        assert contrast(color, style.background) >= 4.5, color


@pytest.mark.parametrize("share", [0.0, 0.3, 0.6, 1.0])
def test_lines_that_let_others_through_are_still_seen(share: float) -> None:
    for style in STYLES.values():
        for color in (style.carrying, style.formal, style.other):
            opaque = style.opacity(color, share)
            assert share <= opaque <= 1
            one, ground = np.array(to_rgb(color)), np.array(to_rgb(style.background))
            assert contrast(tuple(opaque * one + (1 - opaque) * ground), style.background) >= 4.45
    pale = replace(Style(), other="#DDDDDD")
    assert pale.opacity(pale.other, share) == 1.0, "what is faint is not made fainter"


@pytest.mark.slow
def test_ties_go_round_third_actors_on_large_maps_too() -> None:
    """ISSUE 12, 1.7: above 250 pairs 179 of 366 ties ran under third actors."""
    kart = municipality(150, 3)
    assert len(kart.ties) > 250
    found = read(drawn(network(kart, ax=sheet())))
    assert found.ties_under_marks <= 0.1 * len(kart.ties)
    assert found.name_name == found.name_mark == 0


@pytest.mark.slow
@pytest.mark.parametrize(("actors", "share"), [(40, 0.97), (60, 0.97), (80, 0.9), (150, 0.9)])
def test_names_stand_nearest_to_their_own_mark(actors: int, share: float) -> None:
    """Nearest to it, and beside it; of 150, letters of 7 points leave room for some only."""
    found = read(drawn(network(municipality(actors, 1), ax=sheet())))
    assert found.names == actors if actors < 100 else found.names > actors / 2
    assert found.share >= share
    assert found.name_name == found.name_mark == 0
    assert found.farthest <= 40


@pytest.mark.parametrize("size", ["a4", "column", "slide"])
@pytest.mark.parametrize("n", [151, 200, 300])
def test_names_of_those_in_the_middle_lie_on_nobody(n: int, size: str) -> None:
    """Beyond 150 actors only some are named: right at their marks, or told by a number."""
    axes = network(municipality(n, 1), ax=sheet(size), labels=True, legend=False)
    drawn = axes.figure.canvas.get_renderer()  # type: ignore[attr-defined]
    axes.figure.draw(drawn)
    boxes = [
        found.get_window_extent(drawn)
        for found in axes.texts
        if found.get_visible() and str(found.get_gid()).startswith("label:")
    ]
    assert boxes
    marks = [
        middle
        for artist in axes.get_children()
        if str(artist.get_gid()).startswith("actor:")
        for middle in [artist.get_window_extent(drawn)]
    ]
    assert len(marks) == n
    for mark in marks:
        x, y = (mark.x0 + mark.x1) / 2, (mark.y0 + mark.y1) / 2
        assert not any(box.x0 < x < box.x1 and box.y0 < y < box.y1 for box in boxes)
