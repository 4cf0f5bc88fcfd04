"""Figures: artists first, pixels last; every map, every language, measured."""

from __future__ import annotations

import io
import itertools
import os
import re
import subprocess
import sys
import warnings
import zlib
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar
from xml.etree.ElementTree import fromstring

import matplotlib as mpl
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.collections import LineCollection, PathCollection, PolyCollection
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch
from matplotlib.testing.compare import compare_images
from matplotlib.text import Text

from aktorkart import examples, figures
from aktorkart.cli.draw import FIGURES
from aktorkart.errors import UnknownName, UnsupportedFile, UnwritableFile, WrongArgument
from aktorkart.figures import Style, alt_text, network, ranking, save, sheet, svg_text
from aktorkart.figures.drawing.lettering import extent
from aktorkart.figures.drawing.stage import Stage
from aktorkart.figures.drawing.steps import steps
from aktorkart.i18n import LANGUAGES, percent, significant, text
from aktorkart.model import Actor, ActorMap, Issue, Tie
from aktorkart.network.measures import measures
from aktorkart.scene.groups import groups, usual
from aktorkart.scene.layout import layout
from aktorkart.scene.marks import glyph
from drawn import draw, stage
from slowly import but_one_slow

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.transforms import Bbox

BASELINE = Path(__file__).parent / "baseline"
LARGE = ("learning_network", "helsedialog", "skane", "municipal_service", "user_network")


@cache
def example(name: str) -> ActorMap:
    return examples.read(name)


@cache
def measured(name: str) -> Any:
    return measures(example(name))


def drawn(axes: Axes) -> Axes:
    """Draw the figure, so that names find their places."""
    figure: Any = axes.figure
    figure.canvas.draw()
    return axes


def by_gid(axes: Axes) -> dict[str, Any]:
    found = {}
    for artist in axes.get_children():
        if artist.get_gid():
            assert artist.get_gid() not in found, "a gid names one artist"
            found[str(artist.get_gid())] = artist
    return found


def gids(axes: Axes, prefix: str) -> list[str]:
    return sorted(gid for gid in by_gid(axes) if gid.startswith(prefix))


def stage_of(axes: Axes) -> Stage:
    return next(artist for artist in axes.artists if isinstance(artist, Stage))


def small() -> ActorMap:
    """Return a map with each kind of tie, line and quality."""
    return ActorMap(
        title="Rundt en tjeneste",
        focal="nav",
        date="2026-03-01",
        actors=[
            Actor(id="bruker", name="Brukeren", kind="user"),
            Actor(id="nav", name="NAV", kind="nav"),
            Actor(id="dps", name="DPS", kind="dps", tags={"by": "Oslo"}),
            Actor(id="fastlege", name="Fastlegen", kind="gp"),
            Actor(id="forum", name="Forumet", kind="arena"),
            Actor(id="kor", name="Koret", kind="community"),
            Actor(id="x", name="Ukjent"),
        ],
        ties=[
            Tie(source="bruker", target="nav", strength=5, quality="good"),
            Tie(source="fastlege", target="dps", kind="referral", mutual=False, strength=2),
            Tie(source="dps", target="fastlege", kind="information", mutual=False, strength=3),
            Tie(source="nav", target="forum", kind="membership"),
            Tie(source="nav", target="dps", strength=1, quality="strained"),
            Tie(source="nav", target="fastlege", strength=4, quality="broken"),
            Tie(source="bruker", target="dps", kind="conflict", strength=2),
            Tie(source="bruker", target="fastlege", needed=True),
            Tie(source="bruker", target="x", strength=3, until="2025"),
        ],
    )


# --- what is drawn


def test_every_actor_and_tie_is_one_artist_with_a_gid() -> None:
    axes = network(small(), ax=sheet())
    assert gids(axes, "actor:") == [
        "actor:bruker", "actor:dps", "actor:fastlege", "actor:forum", "actor:kor", "actor:nav",
        "actor:x",
    ]  # fmt: skip
    # The tie that ended in 2025 is not in force on the map's date.
    assert gids(axes, "tie:") == [
        "tie:conflict:bruker→dps",
        "tie:contact:bruker→fastlege",
        "tie:contact:bruker→nav",
        "tie:contact:nav→dps",
        "tie:contact:nav→fastlege",
        "tie:information:dps→fastlege",
        "tie:membership:nav→forum",
        "tie:referral:fastlege→dps",
    ]
    assert all(
        isinstance(artist, PathPatch)
        for gid, artist in by_gid(axes).items()
        if gid.startswith("tie:")
    )


def test_the_same_tie_told_by_two_informants_is_two_artists() -> None:
    kart = ActorMap(
        actors=[Actor(id="a"), Actor(id="b")],
        ties=[Tie(source="a", target="b", informant=who) for who in "ab"],
    )
    assert gids(network(kart, ax=sheet()), "tie:") == ["tie:contact:a→b", "tie:contact:a→b#2"]


def test_an_unknown_strength_is_thin_and_dashed_beside_known_ones() -> None:
    """METHOD 7: unknown is not absent, and not weak either."""
    kart = ActorMap(
        actors=[Actor(id=id_) for id_ in "abc"],
        ties=[Tie(source="a", target="b", strength=3), Tie(source="b", target="c")],
    )
    axes = network(kart, ax=sheet(), lang="en")
    found = by_gid(axes)
    assert found["tie:contact:b→c"].get_linewidth() < found["tie:contact:a→b"].get_linewidth()
    assert found["tie:contact:b→c"].get_linestyle() != "-"
    assert "strength not stated" in legend_texts(axes)


def test_lines_follow_the_convention_of_the_eco_map() -> None:
    """METHOD 5: strained hatched or jagged, broken interrupted, always a legend."""
    axes = network(small(), ax=sheet(), lang="en")
    found = by_gid(axes)

    def strokes(gid: str) -> int:
        return int((found[gid].get_path().codes == 1).sum())

    assert strokes("tie:contact:bruker→nav") == 1
    assert len(found["tie:contact:nav→dps"].get_path().vertices) > 20
    assert strokes("tie:contact:nav→fastlege") == 4
    assert strokes("tie:membership:nav→forum") == 2
    assert strokes("tie:conflict:bruker→dps") > 2
    assert found["tie:contact:bruker→fastlege"].get_linestyle() != "-"
    assert {"strained", "broken", "needed, but missing", "conflict", "one way"} <= legend_texts(
        axes
    )


def test_one_way_ties_have_arrowheads_in_one_collection() -> None:
    axes = network(small(), ax=sheet())
    heads = by_gid(axes)["arrowheads"]
    assert isinstance(heads, PolyCollection)
    assert len(heads.get_paths()) == 2


def test_ties_both_ways_are_lanes_that_do_not_meet() -> None:
    found = by_gid(network(small(), ax=sheet()))
    one = found["tie:referral:fastlege→dps"].get_path().vertices
    other = found["tie:information:dps→fastlege"].get_path().vertices
    middle = [points[len(points) // 2] for points in (one, other)]
    assert np.hypot(*(middle[0] - middle[1])) > 2


def test_ties_end_at_the_rim() -> None:
    axes = network(small(), ax=sheet())
    found = by_gid(axes)
    marks = {gid: found[gid].get_path() for gid in gids(axes, "actor:")}
    for gid in gids(axes, "tie:"):
        ends = found[gid].get_path().vertices
        assert not any(
            outline.contains_point(point) for outline in marks.values() for point in ends
        )


def test_shape_is_the_line_and_color_the_linkage() -> None:
    style = Style()
    axes = network(small(), ax=sheet(), style=style, color="linkage")
    found = by_gid(axes)

    def corners(gid: str) -> int:
        return len(found[gid].get_xy()) - 1

    assert corners("actor:dps") == 4
    assert corners("actor:nav") == 6
    assert corners("actor:fastlege") > 20
    assert to_hex(found["actor:kor"].get_facecolor()).upper() == style.palette[4]
    # Two linkages, two halves.
    halves = [to_hex(color).upper() for color in found["colors:dps"].get_facecolor()]
    assert halves == [style.palette[1], style.palette[2]]


@pytest.mark.parametrize(
    "color", ["linkage", "line", "level", "kind", "organisation", "community", "by", None]
)
def test_any_attribute_can_be_the_color(color: str | None) -> None:
    axes = drawn(network(small(), ax=sheet(), color=color, lang="nb"))
    titled = {line for line in legend_texts(axes) if "arge: " in line}
    assert bool(titled) is (color not in {None, "organisation"})
    assert ("Oslo" in legend_texts(axes)) is (color == "by")


def test_more_groups_than_colors_are_named_as_the_rest() -> None:
    kart = ActorMap(actors=[Actor(id=f"a{i}", organisation=f"o{i:02}") for i in range(24)])
    axes = network(kart, ax=sheet(), color="organisation", lang="en")
    assert "4 smaller groups" in legend_texts(axes)


def test_twenty_groups_have_colors_and_signs_of_their_own() -> None:
    kart = ActorMap(actors=[Actor(id=f"a{i:02}", organisation=f"o{i:02}") for i in range(20)])
    grouped = groups(kart, "organisation", lang="en", measures=lambda: measures(kart), most=20)
    places = [grouped.places[f"o{i:02}"] for i in range(20)]
    signs = [None if place < 3 else repr(glyph(place - 3)) for place in places]
    assert len(set(signs[3:])) == 17
    assert (
        len({Style().palette[place] for place, sign in zip(places, signs, strict=True) if not sign})
        == 3
    )


def test_colors_say_line_unless_linkages_are_stated() -> None:
    """METHOD 2: a kind's linkage is an editable judgement, nothing somebody has said."""
    inferred = ActorMap(actors=[Actor(id="gp", kind="gp"), Actor(id="dps", kind="dps")])
    stated = ActorMap(actors=[Actor(id="a", linkage="enabling"), Actor(id="b", kind="gp")])
    assert usual(inferred) == "line"
    assert usual(inferred.with_(scope="governance")) == "level"
    assert usual(stated) == "line"
    assert usual(stated.without_actor("b")) == "linkage"
    assert text("figure.shape_and_color", "en") in legend_texts(
        network(inferred, ax=sheet(), lang="en")
    )


def test_an_assumed_linkage_is_hollow_and_arenas_have_none() -> None:
    kart = ActorMap(
        focal="team",
        actors=[
            Actor(id="team", kind="mental_health_team"),
            Actor(id="gp", kind="gp"),
            Actor(id="ks", kind="competence_centre", linkage="enabling"),
            Actor(id="forum", kind="arena"),
        ],
    )
    axes = network(kart, ax=sheet(), color="linkage", lang="en")
    lines = legend_texts(axes)
    assert text("figure.linkages_stated", "en") in lines
    assert any("follows from the kind" in line for line in lines)
    assert text("figure.no_group", "en") not in lines
    signs = by_gid(axes)["signs"]
    white = [to_hex(color) == "#ffffff" for color in signs.get_facecolor()]
    holes = list(itertools.compress(signs.get_paths(), white))
    middles = [path.vertices[:-1].mean(axis=0) for path in holes]
    assert len(middles) == 1
    assert np.allclose(middles[0], by_gid(axes)["actor:gp"].get_xy()[:-1].mean(axis=0))


def test_numbers_of_a_tag_are_a_scale_of_color_and_of_size() -> None:
    kart = ActorMap(
        actors=[Actor(id=f"a{place}", tags={"cost": place * 10}) for place in range(8)]
        + [Actor(id="b")]
    )
    axes = network(kart, ax=sheet(), color="cost", mark_size="cost", lang="en")
    assert {"Colour: cost", "0", "35", "70", "cost (0 to 70)", "not stated"} <= legend_texts(axes)
    found = by_gid(axes)
    fills = [to_hex(found[f"actor:a{place}"].get_facecolor()) for place in (0, 7)]
    assert fills == [Style().shade(0), Style().shade(1)]
    widths = [np.ptp(found[f"actor:a{place}"].get_xy()[:, 0]) for place in range(8)]
    assert widths == sorted(set(widths))
    with pytest.raises(UnknownName):
        network(kart, ax=sheet(), mark_size="cots")


def test_sizes_of_a_very_large_map_are_contacts_and_both_legend_and_words_say_so(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(import_module("aktorkart.scene.alt_text.network"), "_MOST_BETWEEN", 9)
    kart = example("kite")
    axes = network(kart, ax=sheet(), lang="en")
    contacts = network(kart, ax=sheet(), lang="en", mark_size="degree")
    assert legend_texts(axes) == legend_texts(contacts)
    assert any(line.startswith("contacts (0 to ") for line in legend_texts(axes))
    assert "Most contacts: " in stage(axes).alt
    assert "central" not in stage(axes).alt
    asked = network(kart, ax=sheet(), lang="en", mark_size="betweenness")
    assert any(line.startswith("betweenness") for line in legend_texts(asked))


def test_differences_that_are_nothing_look_like_nothing() -> None:
    kart = ActorMap(
        actors=[
            Actor(id=f"a{place}", power=4, interest=4 - 0.01 * (place == 0)) for place in range(3)
        ]
    )
    for size, high in (("power", "4"), ("interest", "4"), ("betweenness", None)):
        axes = network(kart, ax=sheet(), mark_size=size, lang="en")
        found = by_gid(axes)
        assert (
            np.ptp([np.ptp(found[f"actor:a{place}"].get_xy()[:, 0]) for place in range(3)]) < 1e-9
        )
        lines = legend_texts(axes) if high else set()
        level = [line for line in lines if "no difference to be seen" in line]
        assert [f"(at most {high})" in line for line in level] == ([True] if high else [])


def test_small_numbers_keep_digits_that_say_something() -> None:
    found = [significant(value, "nb") for value in (0.0, 0.004, 0.0123, 0.1, 0.382, 12.5)]
    assert found == ["0", "0,004", "0,012", "0,1", "0,38", "12,5"]


def test_size_is_the_measure_by_area() -> None:
    found = by_gid(network(example("kite"), ax=sheet()))
    extents = {
        id_: np.ptp(found[f"actor:{id_}"].get_xy()[:, 0]) / 2 for id_ in ("7", "3", "0", "9")
    }
    value = {id_: measured("kite")[id_].betweenness for id_ in extents}
    least = Style().node_radius[0]
    area = {id_: extents[id_] ** 2 - least**2 for id_ in extents}
    assert area["9"] == pytest.approx(0, abs=0.05)
    assert area["3"] / area["7"] == pytest.approx(value["3"] / value["7"], rel=0.02)


def test_equal_sizes_where_size_stands_for_nothing() -> None:
    found = by_gid(network(example("kite"), ax=sheet(), mark_size=None))
    assert np.ptp([np.ptp(found[f"actor:{i}"].get_xy()[:, 0]) for i in range(10)]) < 1e-9


def test_the_focal_actor_is_ringed_and_bold() -> None:
    axes = network(small(), ax=sheet())
    assert gids(axes, "focal:") == ["focal:nav"]
    weights = {said.get_gid(): said.get_fontweight() for said in axes.texts}
    assert weights["label:nav"] == "bold"
    assert weights["label:dps"] == "normal"


def test_actors_without_ties_stand_aside_with_a_caption() -> None:
    axes = network(small(), ax=sheet(), lang="en")
    said = {str(one.get_gid()): one.get_text() for one in axes.texts}
    assert said["caption:strip"] == "Without ties"
    assert said["footer"].startswith(
        "7 actors · 4 ties · 1 strained · 1 broken · 1 conflict · 1 needed but missing"
        " · 1 not in force on the date · 1 March 2026"
    )


def legend_texts(axes: Axes) -> set[str]:
    legend = axes.get_legend()
    assert legend is not None
    there = [said.get_text() for said in legend.get_texts() if said.get_visible()]
    return {said.replace("\n", " ").strip() for said in there} - {""}


def test_the_legend_has_only_what_is_on_the_map() -> None:
    kart = ActorMap(
        actors=[Actor(id="a", kind="gp"), Actor(id="b", kind="gp")],
        ties=[Tie(source="a", target="b", strength=2)],
    )
    axes = network(kart, ax=sheet(), lang="en", mark_size=None)
    assert legend_texts(axes) == {
        "Shape and colour: line of service",
        "first line (municipality)",
        "Ties",
        "contact",
    }


def test_an_own_kind_of_tie_has_its_own_name_in_the_legend() -> None:
    kart = ActorMap(
        actors=[Actor(id="a"), Actor(id="b")],
        ties=[Tie(source="a", target="b", kind="fiske")],
        tie_kinds={"fiske": "_fisker sammen"},
    )
    assert any("fisker sammen" in line for line in legend_texts(network(kart, ax=sheet())))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_figure_speaks_the_language(lang: str) -> None:
    axes = network(small(), ax=sheet(), lang=lang)
    assert text("figure.ties", lang) in legend_texts(axes)
    assert text("figure.strip", lang) in [said.get_text() for said in axes.texts]


def test_around_a_person_roles_stand_instead_of_names() -> None:
    """DESIGN: names=None shows roles where scope is individual."""
    kart = ActorMap(
        scope="individual",
        title="Rundt Kari",
        actors=[Actor(id="kari", name="Kari", kind="user"), Actor(id="ola", name="Ola", kind="gp")],
        ties=[Tie(source="kari", target="ola", strength=3)],
    )
    for names, hidden in ((None, True), (False, True), (True, False)):
        axes = network(kart, ax=sheet(), names=names, consent="ignore", lang="nb")
        svg = svg_text(drawn(axes))
        assert ("Kari" not in svg and "kari" not in svg) is hidden
        assert ("Kari" not in alt_text(kart, names=names, consent="ignore")) is hidden
        ranked = ranking(kart, ax=sheet(), names=names, consent="ignore", measure="degree")
        assert ("Kari" not in svg_text(ranked)) is hidden


def test_like_keeps_everyone_in_place() -> None:
    """DESIGN 7: next year's map keeps everyone in place."""
    old = small().without_actor("kor")
    new = old.with_actor(id="ny", kind="gp").with_tie(source="ny", target="nav", strength=3)
    before, after = layout(old).positions, layout(new, like=old).positions
    assert before["dps"] == after["dps"]
    stood, stands = (
        {gid: by_gid(axes)[gid].get_xy()[:-1].mean(axis=0) for gid in gids(axes, "actor:")}
        for axes in (
            network(old, ax=sheet(), mark_size=None),
            network(new, ax=sheet(), mark_size=None, like=old),
        )
    )
    for gid, place in stood.items():
        assert stands[gid] == pytest.approx(place, abs=0.01)


@pytest.mark.parametrize(
    "kart",
    [
        ActorMap(),
        ActorMap(actors=[Actor(id="a")]),
        ActorMap(actors=[Actor(id="a"), Actor(id="b")]),
        ActorMap(actors=[Actor(id="a", name="$x_1$ & <b>%s</b> {0}")], focal="a"),
        ActorMap(
            title="日本", actors=[Actor(id="a", name="🏥 مرحبا"), Actor(id="b", name="日" * 40)]
        ),
        ActorMap(actors=[Actor(id="_a"), Actor(id="b")], ties=[Tie(source="_a", target="b")]),
    ],
)
def test_maps_with_hardly_anything_are_drawn(kart: ActorMap) -> None:
    drawn(network(kart, ax=sheet()))
    drawn(ranking(kart, ax=sheet()))
    svg_text(network(kart, ax=sheet()))
    assert alt_text(kart)


def test_many_ties_become_collections() -> None:
    """DESIGN: one artist per tie up to 500 ties, collections beyond."""
    ids = [f"a{i:03}" for i in range(60)]
    kart = ActorMap(
        actors=[Actor(id=id_, kind="gp") for id_ in ids],
        ties=[
            Tie(source=ids[i], target=ids[(i + step) % 60], strength=1 + i % 5)
            for i in range(60)
            for step in range(1, 10)
        ],
        positions={id_: (10 + 22 * (i % 12), 10 + 19 * (i // 12)) for i, id_ in enumerate(ids)},
    )
    axes = drawn(network(kart, ax=sheet(), mark_size=None))
    assert gids(axes, "tie:") == []
    collection = by_gid(axes)["ties:0"]
    assert isinstance(collection, PathCollection)
    assert len(collection.get_paths()) == 540


@pytest.mark.slow
def test_a_large_map_leaves_white_between_its_marks_and_names_its_hubs() -> None:
    """ISSUE 4: 2 500 unlabelled-but-readable, hubs labelled."""
    count, across = 2500, 50
    ids = [f"a{i:04}" for i in range(count)]
    ties = [Tie(source=ids[i], target=ids[(7 * i + 3) % i]) for i in range(1, count)]
    hubs = [(ids[62 * hub], ids[(62 * hub + step) % count]) for hub in range(40) for step in (1, 2)]
    ties += [Tie(source=one, target=other, kind="information") for one, other in hubs]
    kart = ActorMap(
        actors=[Actor(id=id_, name="Kommunedirektøren") for id_ in ids],
        ties=ties,
        positions={
            id_: (12 + 5.5 * (i % across), 12 + 3.7 * (i // across)) for i, id_ in enumerate(ids)
        },
    )
    axes = drawn(network(kart, ax=sheet(), mark_size="degree"))
    found = by_gid(axes)
    marked = [*found["actors"].get_paths(), *found["actors:named"].get_paths()]
    sizes = [np.ptp(path.vertices, axis=0) for path in marked]
    covered = sum(float(wide * high) for wide, high in sizes)
    assert covered < 0.15 * 297 * 210
    names = gids(axes, "label:")
    assert len(names) == 40
    boxes = [found[name].get_window_extent() for name in names]
    assert not any(one.overlaps(other) for one, other in itertools.combinations(boxes, 2))
    # Named marks lie on top, with the darkest outline.
    assert len(found["actors:named"].get_paths()) == 40
    assert axes.collections.index(found["actors:named"]) > axes.collections.index(found["actors"])
    (thick,), (thin,) = (found[gid].get_linewidths() for gid in ("actors:named", "actors"))
    assert thick > 2 * thin


def test_thousands_of_marks_have_the_colours_and_signs_of_each() -> None:
    kinds = ("peer", "gp", "next_of_kin", "employer", "arena")
    kart = ActorMap(
        actors=[Actor(id=f"a{place}", kind=kinds[place % 5]) for place in range(20)],
        ties=[Tie(source="a0", target=f"a{place}") for place in range(1, 20)],
    )
    more = [Actor(id=f"b{place}", kind=kinds[place % 5]) for place in range(500)]
    many = by_gid(network(kart.with_(actors=[*kart.actors, *more]), ax=sheet(), color="line"))
    few = by_gid(network(kart, ax=sheet(), color="line"))
    fills = Counter(to_hex(few[f"actor:a{place}"].get_facecolor()) for place in range(5))
    found = Counter(
        to_hex(color) for gid in ("actors", "actors:named") for color in many[gid].get_facecolor()
    )
    assert found == Counter({color: 104 * count for color, count in fills.items()})
    corners = [path.to_polygons() for path in many["signs"].get_paths()]
    assert sum(map(len, corners)) == 26 * len(few["signs"].get_paths())
    # All the same way round, or where two marks meet one sign would be a hole in the other.
    for ring in itertools.chain(*corners):
        (x, y), (after_x, after_y) = ring[:-1].T, ring[1:].T
        assert (x * after_y - after_x * y).sum() > 0


@pytest.mark.parametrize(
    ("option", "value"), [("color", "linkag"), ("mark_size", "betweeness"), ("lang", "no")]
)
def test_a_mistyped_option_is_named(option: str, value: str) -> None:
    options: dict[str, Any] = {option: value}
    with pytest.raises(UnknownName) as error:
        network(small(), ax=sheet(), **options)
    assert value in str(error.value)


# --- names: measured as they are drawn


def overlap(one: Bbox, other: Bbox) -> bool:
    return bool(one.x0 < other.x1 and other.x0 < one.x1 and one.y0 < other.y1 and other.y0 < one.y1)


def faults(axes: Axes) -> list[tuple[str, str]]:
    """Return what covers what, and what is cut off, by the extents of what was drawn."""
    figure: Any = axes.figure
    renderer = figure.canvas.get_renderer()
    texts = [(str(said.get_gid()), said.get_window_extent(renderer)) for said in axes.texts]
    outlines = [
        (gid, artist.get_path().transformed(artist.get_transform()))
        for gid, artist in by_gid(axes).items()
        if gid.startswith("actor:")
    ]
    legend = axes.get_legend()
    texts += [("legend", legend.get_window_extent(renderer))] if legend is not None else []
    texts += [("title", axes.title.get_window_extent(renderer))]
    page = figure.bbox
    found = [
        (gid, "page")
        for gid, box in texts
        if box.x0 < page.x0 or box.y0 < page.y0 or box.x1 > page.x1 or box.y1 > page.y1
    ]
    for place, (gid, box) in enumerate(texts):
        found += [(gid, other) for other, its in texts[:place] if overlap(box, its)]
        found += [
            (gid, other) for other, path in outlines if path.intersects_bbox(box, filled=True)
        ]
    return found


@pytest.mark.parametrize("lang", but_one_slow(LANGUAGES))
@pytest.mark.parametrize("name", LARGE)
def test_on_every_example_nothing_covers_a_name(name: str, lang: str) -> None:
    axes = drawn(network(example(name), ax=sheet(), lang=lang, measures=measured(name)))
    assert faults(axes) == []
    assert sum(gid.startswith("label:") for gid in by_gid(axes)) == len(example(name).actors)


@pytest.mark.parametrize("name", sorted(set(examples.names()) - {*LARGE}))
def test_on_tiny_maps_nothing_covers_a_name(name: str) -> None:
    assert faults(drawn(network(example(name), ax=sheet()))) == []


def test_names_are_measured_as_they_are_drawn() -> None:
    """Placement relies on extents that no renderer exceeds."""
    axes = drawn(network(example("learning_network"), ax=sheet()))
    figure: Any = axes.figure
    for dpi in (72, 100, 203):
        figure.set_dpi(dpi)
        renderer = figure.canvas.get_renderer()
        for said in axes.texts:
            if str(said.get_gid()).startswith("label:"):
                box = said.get_window_extent(renderer)
                wide, high = extent(
                    said.get_text(),
                    Style(),
                    float(said.get_fontsize()),
                    bold=said.get_fontweight() == "bold",
                )
                assert box.width * 72 / dpi <= wide + 0.75
                assert box.height * 72 / dpi <= high + 0.3


def test_letters_are_no_wider_where_dots_are_few() -> None:
    """Fitted to a coarse grid they were, and the page cut off what it had no room for."""

    class Said(Text):
        widths: ClassVar[list[float]] = []

        def draw(self, renderer: Any) -> None:
            super().draw(renderer)
            figure: Any = self.figure
            self.widths.append(self.get_window_extent(renderer).width / figure.dpi)

    figure: Any = sheet().figure
    figure.add_artist(Said(0.1, 0.5, "omsorgsdepartementet (HOD)", fontsize=7))
    for dpi in (72, 90, 203):
        figure.set_dpi(dpi)
        figure.canvas.draw()
    assert len(Said.widths) == 3
    assert max(Said.widths) < 1.005 * min(Said.widths)


def test_places_are_the_same_at_every_resolution() -> None:
    places = []
    for dpi in (72, 150):
        axes = network(example("user_network"), ax=sheet())
        figure: Any = axes.figure
        figure.set_dpi(dpi)
        drawn(axes)
        places.append([said.get_position() for said in axes.texts])
    assert np.allclose(places[0], places[1], atol=1e-3)


def test_leader_lines_are_one_collection() -> None:
    found = by_gid(network(small(), ax=sheet()))
    assert isinstance(found["leaders"], LineCollection)


def test_names_can_be_left_out() -> None:
    axes = drawn(network(small(), ax=sheet(), labels=False, legend=False, title=""))
    assert gids(axes, "label:") == []
    assert axes.get_legend() is None
    assert axes.get_title(loc="left") == ""


# --- manners


def test_nothing_is_changed_that_belongs_to_others() -> None:
    before = dict(mpl.rcParams)
    figure = Figure(figsize=(6, 4))
    FigureCanvasAgg(figure)
    axes = figure.subplots()
    assert network(small(), ax=axes) is axes
    assert ranking(small(), ax=axes) is axes
    figure.canvas.draw()
    assert tuple(figure.get_size_inches()) == (6, 4)
    svg_text(axes)
    assert dict(mpl.rcParams) == before


def test_pyplot_is_not_imported_for_given_axes() -> None:
    code = (
        "import sys\n"
        "from aktorkart import examples\n"
        "from aktorkart.figures import network, ranking, sheet, svg_text\n"
        "kart = examples.read('kite')\n"
        "svg_text(network(kart, ax=sheet())); svg_text(ranking(kart, ax=sheet()))\n"
        "sys.exit('matplotlib.pyplot' in sys.modules)\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)  # noqa: S603 - our own words


def test_without_axes_pyplot_makes_a_page() -> None:
    mpl.use("Agg")
    import matplotlib.pyplot as plt

    axes = network(small())
    try:
        assert plt.gcf() is axes.figure
        # What a notebook and its exports know of the picture, and what a file holds.
        _, about = plt.gcf()._repr_mimebundle_()  # type: ignore[attr-defined]
        assert about["image/png"]["alt"] == stage_of(axes).alt
        stream = io.BytesIO()
        plt.gcf().savefig(stream, format="png")
        assert stage_of(axes).title.encode() in stream.getvalue()
        assert tuple(plt.gcf().get_size_inches()) == pytest.approx(Style().size)
    finally:
        plt.close("all")


def test_it_works_in_constrained_layouts_subfigures_and_styles() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        figure = Figure(figsize=(11, 6), layout="constrained")
        FigureCanvasAgg(figure)
        halves: Any = figure.subfigures(1, 2)
        left, right = halves
        one = network(small(), ax=left.subplots(), lang="en")
        two = ranking(small(), ax=right.subplots(), lang="en")
        figure.canvas.draw()
        figure.canvas.draw()
    shown = by_gid(one)
    page = one.get_window_extent()
    canvas: Any = figure.canvas
    renderer = canvas.get_renderer()
    for gid in gids(one, "label:"):
        box = shown[gid].get_window_extent(renderer)
        assert page.x0 <= box.x0 <= box.x1 <= page.x1
    assert gids(two, "actor:")


def test_style_sheets_change_nothing() -> None:
    plain = svg_text(network(small(), ax=sheet()))
    with mpl.rc_context({"font.size": 30, "lines.linewidth": 9, "text.color": "red"}):
        assert svg_text(network(small(), ax=sheet())) == plain


# --- files


@pytest.mark.slow
def test_threads_draw_what_one_would_draw_alone() -> None:
    """ISSUE 4: thread-safe."""
    maps = {name: examples.read(name) for name in ("kite", "opsahl", "two_brokers", "burt")}

    def one(name: str) -> str:
        return svg_text(network(maps[name], ax=sheet()))

    before = dict(mpl.rcParams)
    alone = {name: one(name) for name in maps}
    many = [*maps] * 4
    with ThreadPoolExecutor(4) as threads:
        together = list(threads.map(one, many))
    assert together == [alone[name] for name in many]
    assert dict(mpl.rcParams) == before


@pytest.mark.slow
def test_files_are_the_same_in_two_processes(tmp_path: Path) -> None:
    """DESIGN: figures.save writes reproducible files."""
    code = (
        "import sys\n"
        "from aktorkart import examples\n"
        "from aktorkart.figures import network, save, sheet\n"
        "axes = network(examples.read('user_network'), ax=sheet())\n"
        "for ending in ('svg', 'png', 'pdf'):\n"
        "    save(axes, f'{sys.argv[1]}.{ending}', dpi=60)\n"
    )
    for number in range(2):
        subprocess.run(  # noqa: S603 - our own words
            [sys.executable, "-c", code, str(tmp_path / str(number))],
            check=True,
            # Neither the seed of hashes nor the time of day shows.
            env={**os.environ, "PYTHONHASHSEED": str(number), "SOURCE_DATE_EPOCH": str(number)},
        )
    for ending in ("svg", "png", "pdf"):
        one, two = (tmp_path / f"{number}.{ending}" for number in range(2))
        assert one.read_bytes() == two.read_bytes(), ending


def test_svg_has_title_description_role_and_gids(tmp_path: Path) -> None:
    axes = network(small(), ax=sheet(), lang="en")
    save(axes, tmp_path / "kart.svg")
    svg = (tmp_path / "kart.svg").read_text("utf-8")
    assert 'role="img"' in svg
    assert '<title id="title">Rundt en tjeneste</title>' in svg
    assert '<desc id="desc">Map: Rundt en tjeneste' in svg
    assert 'id="actor:fastlege"' in svg
    assert 'id="tie:referral:fastlege→dps"' in svg
    assert "matplotlib" not in svg.lower()
    assert "http" not in svg.replace("http://www.w3.org/", "")


def test_svg_has_real_text_that_keeps_its_room_or_outlines() -> None:
    kart = ActorMap(actors=[Actor(id="a", name="Rus & <psykisk>"), Actor(id="b", name="Å  B")])
    axes = drawn(figures.matrix(kart, ax=sheet(), lang="nb"))
    root = fromstring(svg_text(axes))  # noqa: S314 - our own figure
    texts = [one for one in root.iter() if one.tag.endswith("}text")]
    assert {"Rus & <psykisk>", "Hvem har kontakt med hvem"} <= {one.text for one in texts}
    for one in texts:
        assert "sans-serif" in one.attrib["style"]
        size = float(re.findall(r"font-size: ([\d.]+)px", one.attrib["style"])[0])
        bold = "font-weight: 700" in one.attrib["style"]
        most = extent(one.text or "", Style(), size, bold=bold)[0]
        assert 0 < float(one.attrib["textLength"]) <= most
    assert "<text" not in svg_text(axes, outlines=True)


_ENDS = {"M": 1, "L": 1, "Q": 2, "C": 3}


@st.composite
def paths(draw: st.DrawFn) -> list[tuple[str, list[tuple[float, float]]]]:
    near = st.floats(-900, 900).map(lambda value: round(value, 4))
    found = [("M", [draw(st.tuples(near, near))])]
    for command in draw(st.lists(st.sampled_from("LQCMz"), max_size=12)):
        points = [draw(st.tuples(near, near)) for _ in range(_ENDS.get(command, 0))]
        found.append((command, points))
    return found


@given(path=paths())
def test_a_path_in_steps_ends_where_it_ended(
    path: list[tuple[str, list[tuple[float, float]]]],
) -> None:
    """A step is counted from where the last one ended, so nothing adds up."""
    written = "".join(
        f"{command} " + " ".join(f"{x} {y}" for x, y in points) + " " for command, points in path
    )
    made = steps(written)
    expected = [point for _, points in path for point in points]
    found: list[tuple[float, float]] = []
    here = start = (0.0, 0.0)
    for command, rest in re.findall(r"([mlqcz])([^mlqcz]*)", made):
        if command == "z":
            here = start
            continue
        numbers = [float(one) for one in re.findall(r"-?(?:\d+\.?\d*|\.\d+)", rest)]
        each = 2 * {"m": 1, "l": 1, "q": 2, "c": 3}[command]
        for at in range(0, len(numbers), each):
            some = numbers[at : at + each]
            found += [
                (here[0] + x, here[1] + y) for x, y in zip(some[::2], some[1::2], strict=True)
            ]
            here = found[-1]
            start = here if command == "m" else start
    assert len(found) == len(expected)
    for one, other in zip(found, expected, strict=True):
        assert one == pytest.approx(other, abs=0.0051)


def test_svg_for_a_page_has_prefixed_unique_ids_and_escaped_names() -> None:
    kart = ActorMap(
        title="A & <b>", actors=[Actor(id="a", name="<script>"), Actor(id='b"c', name="x")]
    )
    one, two = (svg_text(network(kart, ax=sheet()), prefix=prefix) for prefix in ("a-", "b-"))
    assert one.startswith("<svg")
    ids = [set(re.findall(r'\bid="([^"]*)"', svg)) for svg in (one, two)]
    assert not ids[0] & ids[1]
    for svg, known in zip((one, two), ids, strict=True):
        asked = re.findall(r'(?:href="#|url\(#)([^")]*)', svg)
        assert asked
        assert set(asked) <= known
        assert "<script>" not in svg
        assert "<b>" not in svg
        fromstring(svg)  # noqa: S314 - our own figure


def test_png_has_its_words_inside_and_no_version(tmp_path: Path) -> None:
    from PIL import Image

    save(
        network(small(), ax=sheet(), lang="nb"), tmp_path / "kart.png", dpi=50, alt="Et kart → slik"
    )
    with Image.open(tmp_path / "kart.png") as image:
        assert image.size == (584, 413)
        assert image.info["Description"] == "Et kart → slik"
        assert image.info["Title"] == "Rundt en tjeneste"
        assert "Software" not in image.info


def test_pdf_has_its_words_inside_and_no_date(tmp_path: Path) -> None:
    save(network(small(), ax=sheet()), tmp_path / "kart.pdf")
    data = (tmp_path / "kart.pdf").read_bytes()
    assert b"/Title" in data
    assert b"/Subject" in data
    assert b"CreationDate" not in data
    assert b"Matplotlib" not in data


def pdf_lines(data: bytes) -> list[str]:
    """Return the lines of a PDF in the order in which they stand in it, where they are ASCII."""
    found = []
    for stream in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", data, re.DOTALL):
        try:
            plain = zlib.decompress(stream)
        except zlib.error:
            continue
        for said in re.findall(rb"\bBT\b(.*?)\bET\b", plain, re.DOTALL):
            shown = b"".join(re.findall(rb"\(((?:\\.|[^\\)])*)\)", said))
            # Newer versions of matplotlib write two bytes for a letter.
            found.append(re.sub(rb"\\(.)", rb"\1", shown).replace(b"\0", b"").decode("latin-1"))
    return found


def test_a_pdf_is_read_from_its_title_to_its_footer(tmp_path: Path) -> None:
    """ISSUE 12, 2.5: "PDF text in reading order"."""
    axes = network(small(), ax=sheet(), lang="en")
    save(axes, tmp_path / "kart.pdf")
    lines = pdf_lines((tmp_path / "kart.pdf").read_bytes())
    assert lines[0] == "Rundt en tjeneste"
    assert "actors" in lines[-1]
    legend: Any = axes.get_legend()
    words = [one for said in legend.get_texts() for one in said.get_text().split("\n")]
    # Joined letters (fi, fl) are no ASCII.
    there = [lines.index(one) for one in words if one in lines]
    assert len(there) > 5
    first = min(there)
    named = {str(one.get_gid()): one for one in axes.texts if one.get_visible()}
    labels = [one for gid, one in named.items() if gid.startswith("label:")]
    whole = [one for one in labels if one.get_text() in lines]
    assert len(whole) > 2
    in_order = sorted(whole, key=lambda one: lines.index(one.get_text()))
    boxes = [one.get_window_extent() for one in in_order]
    # What is less than a line higher is in the same one.
    assert all(next_.y0 < one.y1 for one, next_ in itertools.pairwise(boxes))
    assert boxes != sorted(boxes, key=lambda one: one.x0)
    assert max(lines.index(one.get_text()) for one in whole) < first
    # The order of drawing is left as it was.
    assert {one.get_zorder() for one in labels} < {one.get_zorder() for one in axes.get_children()}
    assert max(one.get_zorder() for one in axes.get_children()) < 100


@pytest.mark.parametrize("name", ["kart.jpeg", "kart"])
def test_other_endings_are_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises(UnsupportedFile) as error:
        save(sheet(), tmp_path / name)
    assert "svg" in str(error.value)
    assert list(tmp_path.iterdir()) == []


def test_a_missing_folder_is_said(tmp_path: Path) -> None:
    with pytest.raises(UnwritableFile) as error:
        save(sheet(), tmp_path / "ingen" / "kart.svg")
    assert error.value.problems[0].code == "folder_missing"


# --- words


def test_alt_text_says_what_the_map_shows() -> None:
    assert alt_text(small(), lang="en") == (
        "Map: Rundt en tjeneste, with 7 actors and 4 ties. The map is about NAV. "
        "Most central between others, with everyone counted: NAV. "
        "Without NAV, the group falls into 2 parts with no contact between them. "
        "No ties: Koret and Ukjent. "
        "Strained: NAV – DPS. Broken: NAV – Fastlegen. Conflict: Brukeren – DPS. "
        "Needed, but missing: Brukeren – Fastlegen."
    )
    assert stage_of(network(small(), ax=sheet(), lang="en")).alt == alt_text(small(), lang="en")


# --- ranking


def test_ranking_shows_places_and_how_firm_they_are() -> None:
    """METHOD 7: the interval runs from best to worst rank."""
    name = "municipal_service"
    rows = measured(name).ranking("betweenness")[:15]
    axes = drawn(ranking(example(name), ax=sheet(), measures=measured(name), lang="nb"))
    found = by_gid(axes)
    assert len(gids(axes, "actor:")) == 15
    for place, row in enumerate(rows):
        assert found[f"actor:{row.actor}"].get_xdata()[0] == row.value
        assert found[f"actor:{row.actor}"].get_ydata()[0] == place
        assert list(found[f"bar:{row.actor}"].get_xdata()) == [0, row.value]
        assert f"{row.rank} ({row.lowest}–{row.highest})" == found[f"rank:{row.actor}"].get_text()
    assert found[f"value:{rows[0].actor}"].get_text() == percent(rows[0].value, "nb")
    assert "25 aktører til" in found["footer"].get_text()


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", LARGE)
def test_in_a_ranking_nothing_covers_a_text(name: str, lang: str) -> None:
    axes = drawn(ranking(example(name), ax=sheet(), measures=measured(name), lang=lang))
    figure: Any = axes.figure
    renderer = figure.canvas.get_renderer()
    boxes = [said.get_window_extent(renderer) for said in axes.texts]
    assert not any(overlap(one, two) for i, one in enumerate(boxes) for two in boxes[:i])
    assert all(figure.bbox.x0 <= box.x0 and box.x1 <= figure.bbox.x1 for box in boxes)


def test_ranking_says_in_words_who_is_first() -> None:
    axes = ranking(example("kite"), ax=sheet(), lang="en")
    assert stage_of(axes).alt.startswith("Ranking by betweenness. 7 (39%) is number 1")


def test_whoever_shares_the_last_place_is_named() -> None:
    kart = ActorMap(
        actors=[Actor(id="x"), *(Actor(id=f"a{place}") for place in range(4))],
        ties=[Tie(source="x", target=f"a{place}") for place in range(4)],
    )
    axes = ranking(kart, ax=sheet(), measure="degree", most=3, lang="en")
    assert (
        "2 more actors are not shown. Also at place 2: a2 and a3."
        in by_gid(drawn(axes))["footer"].get_text()
    )
    assert "a0, a1, a2 and a3 share place 2 (1)." in stage_of(axes).alt


def test_degrees_are_whole_counts_and_values_stand_along_an_axis() -> None:
    axes = drawn(ranking(small(), ax=sheet(), measure="degree", lang="en"))
    found = by_gid(axes)
    steps = [found[gid].get_text() for gid in gids(axes, "step:")]
    assert steps == [str(step) for step in range(len(steps))]
    for gid in gids(axes, "value:"):
        assert found[gid].get_text() == str(
            int(found[gid.replace("value", "actor")].get_xdata()[0])
        )


def test_a_ranking_shows_at_least_one() -> None:
    with pytest.raises(WrongArgument, match="at least 1"):
        ranking(small(), ax=sheet(), most=0)


# --- actors of one name, and axes drawn into twice


@pytest.mark.parametrize(
    ("actors", "names"),
    [
        (
            [
                Actor(id="a", name="Leder", organisation="NAV"),
                Actor(id="b", name="Leder", organisation="DPS"),
            ],
            {"Leder (NAV)", "Leder (DPS)"},
        ),
        (
            [Actor(id="a", name="Kari", kind="gp"), Actor(id="b", name="Kari", kind="dental")],
            {"Kari (GP)", "Kari (dental service)"},
        ),
        ([Actor(id="a", name="Kari"), Actor(id="b", name="Kari")], {"Kari (a)", "Kari (b)"}),
    ],
)
def test_two_actors_of_one_name_are_told_apart(actors: list[Actor], names: set[str]) -> None:
    kart = ActorMap(actors=actors).with_tie(source="a", target="b")
    for figure in (network, figures.matrix):
        axes = drawn(figure(kart, ax=sheet(), lang="en"))
        found = by_gid(axes)
        labels = {found[gid].get_text().replace("\n", " ") for gid in gids(axes, "label:")}
        assert labels == names


def test_axes_drawn_into_twice_hold_the_second_figure_only() -> None:
    once, twice = sheet(), sheet()
    ranking(small(), ax=twice)
    assert network(small(), ax=twice) is twice
    assert svg_text(network(small(), ax=once)) == svg_text(twice)


# --- letters that a font does not have


def test_letters_are_taken_from_other_fonts_and_what_none_has_is_said() -> None:
    # cmr10 comes with matplotlib and has no Cyrillic; DejaVu Sans does. Nobody has the last one.
    kart = ActorMap(actors=[Actor(id="a", name="Мария"), Actor(id="b", name="\ue000")])
    for figure in (network, figures.matrix, figures.influence):
        style = Style(font="cmr10")
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            axes = drawn(figure(kart, ax=sheet(), style=style, lang="en"))
            svg = svg_text(axes)
        assert "Мария" in svg
        assert "1 character is in none of the fonts here, and is shown as □" in " ".join(
            said.get_text().replace("\n", " ") for said in axes.texts
        )


# --- what others change, and pages of other shapes


def test_a_width_that_somebody_changed_is_theirs() -> None:
    axes = network(small(), ax=sheet())
    found = by_gid(axes)
    found["tie:contact:bruker→nav"].set_linewidth(7.0)
    strong = {gid: one for gid, one in found.items() if gid.startswith("tie:")}
    del strong["tie:contact:bruker→nav"]
    other = max(one.get_linewidth() for one in strong.values())
    axes.set_position((0.1, 0.1, 0.3, 0.3))
    drawn(axes)
    assert found["tie:contact:bruker→nav"].get_linewidth() == 7.0
    assert max(one.get_linewidth() for one in strong.values()) < other


def test_a_long_footer_takes_two_lines_beneath_the_map() -> None:
    said = "Arbeidsmøte om samarbeidet rundt brukere med store og sammensatte behov, " * 3
    axes = drawn(network(small().with_(source=said.strip()), ax=sheet()))
    found = by_gid(axes)
    lines = found["footer"].get_text().split("\n")
    assert len(lines) == 2
    assert not any(line.endswith("·") for line in lines)
    top = found["footer"].get_window_extent().y1
    assert all(found[gid].get_window_extent().y0 > top for gid in gids(axes, "label:"))


def test_ties_that_several_tell_of_are_explained() -> None:
    told = [Tie(source="nav", target="bruker", informant=one) for one in ("nav", "bruker")]
    kart = ActorMap(actors=[Actor(id="nav"), Actor(id="bruker")], ties=told)
    said = text("figure.several_informants", "en")
    assert said in by_gid(network(kart, ax=sheet(), lang="en"))["footer"].get_text()
    alone = ActorMap(actors=kart.actors, ties=told[:1])
    assert said not in by_gid(network(alone, ax=sheet(), lang="en"))["footer"].get_text()


@pytest.mark.parametrize("style", [Style.report(), Style.slide()], ids=["report", "slide"])
def test_a_long_title_stays_on_the_page(style: Style) -> None:
    title = "Læringsnettverket Gode pasientforløp ved psykiske problemer og rus, og alle dets deler"
    axes: Any = drawn(network(small(), ax=sheet(style=style), style=style, title=title))
    title_box = axes._left_title.get_window_extent()  # noqa: SLF001 - matplotlib's left title
    assert title_box.y1 <= axes.figure.bbox.y1
    assert title_box.x1 <= axes.figure.bbox.x1


def test_on_a_wide_page_the_legend_has_columns_and_larger_letters() -> None:
    style = Style.slide()
    kart = example("municipal_service")
    axes = drawn(network(kart, ax=sheet(style=style), style=style, color="linkage"))
    renderer = axes.figure.canvas.get_renderer()  # type: ignore[attr-defined]
    legend: Any = axes.get_legend()
    lefts = {round(said.get_window_extent(renderer).x0) for said in legend.get_texts()}
    headings = [said for said in legend.get_texts() if said.get_fontweight() == "bold"]
    assert len({round(said.get_window_extent(renderer).x0) for said in headings}) in {2, 3}
    assert len(lefts) <= 7
    box = legend.get_window_extent(renderer)
    page = axes.get_window_extent()
    assert page.x0 <= box.x0
    assert box.x1 <= page.x1 + 1
    assert page.y0 <= box.y0
    assert all(not overlap(box, found.get_window_extent(renderer)) for found in axes.texts)
    # One column of so many lines would have to be this much smaller.
    assert max(said.get_fontsize() for said in legend.get_texts()) > 0.7 * style.legend_size


# --- pixels, with the font that comes with matplotlib


PICTURES = ("network", "ranking", "ego", "levels", "matrix", "influence")
TOLERANCE = 3


def pictured(name: str, path: Path, **options: Any) -> str:
    kart = small().with_actor(id="kommune", name="Kommunen", kind="authority", power=5, interest=2)
    axes: Any = getattr(figures, name)(kart, ax=sheet(), lang="nb", **options)
    save(axes, path, dpi=60)
    return str(path)


@pytest.mark.parametrize("name", PICTURES)
def test_picture_is_as_it_was(name: str, tmp_path: Path) -> None:
    """Run with the files in ``baseline``; a new one is looked at before it is put there."""
    actual = pictured(name, tmp_path / f"{name}.png")
    assert compare_images(str(BASELINE / f"{name}.png"), actual, tol=TOLERANCE) is None


def test_another_picture_is_not_as_it_was(tmp_path: Path) -> None:
    """The comparison can fail: names are left out, nothing else."""
    actual = pictured("network", tmp_path / "network.png", labels=False)
    expected = tmp_path / "expected.png"
    expected.write_bytes((BASELINE / "network.png").read_bytes())
    assert compare_images(str(expected), actual, tol=TOLERANCE) is not None


@pytest.mark.parametrize("dpi", [0, -1, float("nan"), float("inf"), "200"])
def test_dots_per_inch_are_a_number_above_zero(dpi: Any, tmp_path: Path) -> None:
    with pytest.raises(WrongArgument, match="dpi"):
        save(sheet(), tmp_path / "kart.png", dpi=dpi)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", FIGURES)
def test_signs_that_nobody_sees_and_very_long_names(name: str, tmp_path: Path) -> None:
    kart = ActorMap(
        focal="a",
        issues=[Issue(id="i")],
        actors=[
            Actor(id="a", name="\N{VARIATION SELECTOR-16}9" * 2500, kind="user"),
            Actor(id="b", name="lang " * 500, kind="arena", power=1, interest=2),
        ],
    ).with_tie(source="a", target="b", kind="membership")
    title = "a\N{ZERO WIDTH NO-BREAK SPACE}b\0c\x85d\N{ZERO WIDTH JOINER}"
    axes = draw(name, kart, title=title)
    for ending in ("svg", "png", "pdf"):
        save(axes, tmp_path / f"{name}.{ending}", alt="x\ufeff\0")
    assert "\0" not in svg_text(axes)


def test_an_arena_without_members_is_drawn() -> None:
    kart = ActorMap(actors=[Actor(id="a", kind="arena"), Actor(id="b")])
    assert svg_text(figures.arenas(kart, ax=sheet()))


@pytest.mark.parametrize("dpi", [0, -1, float("nan"), float("inf"), 1e9, "200", None])
def test_dots_per_inch_are_a_number_that_a_printer_has(dpi: Any, tmp_path: Path) -> None:
    with pytest.raises(WrongArgument):
        save(sheet(), tmp_path / "x.png", dpi=dpi)


def test_ids_of_a_page_are_its_figures_own_and_words_are_left_alone() -> None:
    """Two figures share a page: no id is there twice, and no text is taken for one."""
    quoted = "a\"b'c"
    kart = ActorMap(
        title='id="3" url(#x) href="#y"', actors=[Actor(id=quoted, name='id="7"'), Actor(id="b")]
    ).with_tie(source=quoted, target="b", strength=2)
    page = "".join(svg_text(network(kart, ax=sheet()), prefix=f"{one}-") for one in "kl")
    root = fromstring(f"<div>{page}</div>")  # noqa: S314 - our own
    ids = [element.get("id") for element in root.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    assert {f"k-actor:{quoted}", f"l-actor:{quoted}"} <= set(ids)
    titles = {element.text for element in root.iter() if element.tag.endswith("}title")}
    assert titles == {kart.title}
    pointed = set(re.findall(r"url\(#([^)]*)\)", page.replace("url(#x)", "")))
    pointed |= {
        element.get("{http://www.w3.org/1999/xlink}href", "#")[1:] for element in root.iter()
    }
    assert pointed - {""} <= set(ids)
