"""Stages of collaboration, drawn: whose rating stands where, and what covers what."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

import aktorkart as ak
from aktorkart.figures import sheet, stages
from aktorkart.i18n import LANGUAGES, text
from aktorkart.model.scales import step_name
from aktorkart.strategies import actor_maps
from drawn import STYLES, by_gid, drawn, said, stage
from slowly import but_one_slow

if TYPE_CHECKING:
    from matplotlib.axes import Axes

LONG = "Distriktspsykiatrisk senter, allmennpsykiatrisk poliklinikk"


def rated(*pairs: dict[str, int], name: str = "Tjeneste") -> ak.ActorMap:
    """Draw pairs: who rates ("one", "other", "both" or a name) and the stage."""
    actors, ties = [], []
    for number, given_ in enumerate(pairs):
        one, other = f"a{number:02}", f"b{number:02}"
        actors += [
            ak.Actor(id=one, name=f"{name} {number}"),
            ak.Actor(id=other, name=f"Nr {number}"),
        ]
        ties += [
            ak.Tie(
                source=one,
                target=other,
                stage=step,
                informant={"one": one, "other": other, "unsaid": None}.get(who, who),
            )
            for who, step in given_.items()
        ]
    return ak.ActorMap(actors=actors, ties=ties)


MANY = rated(*({"one": n % 6, "other": (3 * n) % 6} for n in range(40)))
HARD = {
    "alike": rated({"one": 4, "other": 4}),
    "apart": rated({"one": 0, "other": 5}, {"one": 5, "other": 0}),
    "several others": rated({"one": 3, "other": 3, "Kari": 3, "Ola": 3, "Per": 2, "unsaid": 3}),
    "long names": rated(*({"one": 2, "other": 3},) * 9, name=LONG),
    "one long word": rated({"one": 1}, name="Samhandlingskoordineringsenhet" * 3),
    "many": MANY,
    "example": ak.examples.municipal_service(),
}
SIZES = {"page": (11.7, 8.3), "half": (6.3, 4.0), "narrow": (3.4, 5.0), "stamp": (2.4, 2.6)}


def on(width: float, height: float, kart: ak.ActorMap, **options: Any) -> Axes:
    figure = Figure(figsize=(width, height), dpi=100)
    FigureCanvasAgg(figure)
    axes = figure.add_axes((0.02, 0.02, 0.96, 0.86))
    stages(kart, ax=axes, **options)
    figure.canvas.draw()
    return axes


def faults(axes: Axes) -> list[tuple[str, str]]:
    """Return what covers a text or another rating, or leaves the axes."""
    figure: Any = axes.figure
    renderer = figure.canvas.get_renderer()
    page = axes.get_window_extent(renderer)
    visible: list[Any] = [one for one in [*axes.texts, *axes.lines] if one.get_visible()]
    texts, marks = {}, {}
    for artist in visible:
        gid = str(artist.get_gid())
        if gid.startswith(("rating:", "key:")):
            (x,), (y,) = artist.get_data()
            half = 0.35 * artist.get_markersize() * figure.dpi / 72
            x, y = axes.transData.transform((x, y))
            marks[gid] = (x - half, y - half, x + half, y + half)
        elif gid and hasattr(artist, "get_text") and artist.get_text():
            box = artist.get_window_extent(renderer)
            texts[gid] = (box.x0 + 0.5, box.y0 + 1, box.x1 - 0.5, box.y1 - 1)
    wrong = [
        (gid, "page")
        for gid, box in {**texts, **marks}.items()
        if box[0] < page.x0 - 1
        or box[1] < page.y0 - 1
        or box[2] > page.x1 + 1
        or box[3] > page.y1 + 1
    ]
    both = {**texts, **marks}
    return wrong + [
        (one, other)
        for one, other in itertools.combinations(both, 2)
        if min(both[one][2], both[other][2]) > max(both[one][0], both[other][0])
        and min(both[one][3], both[other][3]) > max(both[one][1], both[other][1])
    ]


def test_each_rating_stands_at_its_stage_on_the_line_of_its_name() -> None:
    """METHOD 5: unequal ratings are kept and shown."""
    found = by_gid(drawn(stages(rated({"one": 1, "other": 4}), ax=sheet(), lang="nb")))
    at = {step: found[f"stage:{step}"].get_xdata()[0] for step in range(6)}
    gaps = [at[step + 1] - at[step] for step in range(5)]
    assert max(gaps) == pytest.approx(min(gaps))
    for who, step in (("a00", 1), ("b00", 4)):
        mark, key = found[f"rating:a00–b00:{step}:{who}"], found[f"key:a00–b00:{who}"]
        assert mark.get_xdata()[0] == at[step]
        assert mark.get_ydata() == key.get_ydata()
        assert mark.get_marker() == key.get_marker()
        assert found[f"label:a00–b00:{who}"].get_position()[1] == key.get_ydata()[0]
    assert found["key:a00–b00:a00"].get_marker() != found["key:a00–b00:b00"].get_marker()
    assert list(found["apart:a00–b00"].get_xdata()) == [at[1], at[4]]
    assert found["steps:a00–b00"].get_text() == "3 trinn"


def test_alike_ratings_have_no_bar_and_both_their_marks() -> None:
    found = by_gid(drawn(stages(HARD["alike"], ax=sheet(), lang="en")))
    assert "apart:a00–b00" not in found
    assert found["steps:a00–b00"].get_text() == "none"
    ys = [found[f"rating:a00–b00:4:{who}"].get_ydata()[0] for who in ("a00", "b00")]
    assert ys[0] > ys[1]


def test_others_ratings_have_a_mark_of_their_own_that_is_explained() -> None:
    axes = drawn(stages(rated({"one": 2, "Kari": 3}), ax=sheet(), lang="nb"))
    found = by_gid(axes)
    assert found["rating:a00–b00:3:other"].get_marker() not in {
        found[f"key:a00–b00:{who}"].get_marker() for who in ("a00", "b00")
    }
    assert "◇" in found["footer"].get_text()
    assert "Kari" not in said(axes)
    assert "◇" not in by_gid(drawn(stages(HARD["alike"], ax=sheet())))["footer"].get_text()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_is_not_given_and_not_shown_is_counted(lang: str) -> None:
    kart = rated(*({"one": n % 6} for n in range(5))).with_tie(source="a00", target="a01")
    words = said(drawn(stages(kart, ax=sheet(), most=3, lang=lang)))
    assert text("figure.stages_without", lang, n=1) in words
    assert text("figure.stages_single", lang, n=5) in words
    assert text("figure.stages_left_out", lang, n=2) in words
    assert all(step_name("stage", step, lang).split()[0] in words for step in range(6))


def test_what_there_is_no_room_for_is_left_out_and_counted() -> None:
    axes = on(*SIZES["stamp"], MANY, most=40, lang="en")
    shown = [one for one in by_gid(axes, "steps:").values() if one.get_visible()]
    assert 0 < len(shown) < 40
    assert text("figure.stages_left_out", "en", n=40 - len(shown)) in said(axes)
    # A larger page has room for more, also for the same axes.
    axes.figure.set_size_inches(20, 40)  # type: ignore[union-attr]
    axes.figure.canvas.draw()
    assert sum(one.get_visible() for one in by_gid(axes, "steps:").values()) == 40


@pytest.mark.parametrize("size", but_one_slow(SIZES))
@pytest.mark.parametrize("name", HARD)
def test_nothing_covers_anything_or_is_cut_off(name: str, size: str) -> None:
    for lang in LANGUAGES:
        assert faults(on(*SIZES[size], HARD[name], lang=lang)) == [], lang


@pytest.mark.parametrize("style", STYLES)
def test_nothing_covers_anything_in_any_look(style: str) -> None:
    for name in ("apart", "long names", "example"):
        assert faults(drawn(stages(HARD[name], ax=sheet(style=style), style=style))) == []


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(kart=actor_maps(min_size=2, max_ties=10))
def test_any_map_is_drawn(kart: ak.ActorMap) -> None:
    axes = drawn(stages(kart, ax=sheet()))
    assert stage(axes).alt
    ratings = ak.toolbox.stages(kart).pairs
    visible = [one for one in by_gid(axes, "steps:").values() if one.get_visible()]
    assert len(visible) <= len(ratings)


def test_the_figure_can_be_heard() -> None:
    kart = rated({"one": 1, "other": 4}, {"one": 5, "other": 5}, {"one": 2})
    told = stage(stages(kart, ax=sheet(), lang="en")).alt
    assert told == (
        "Stages of collaboration of 3 pairs of actors. "
        "Farthest have come Tjeneste 1 – Nr 1 (collaboration). "
        "Tjeneste 0 – Nr 0 is rated unlike: from networking to coalition, 3 stages apart. "
        "1 pair has one rating only."
    )
    alike = stage(stages(HARD["alike"], ax=sheet(), lang="nn")).alt
    assert text("figure.stages_alt_alike", "nn") in alike
    assert "more." in stage(stages(MANY, ax=sheet(), lang="en")).alt


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_map_without_stages_says_so(lang: str) -> None:
    axes = drawn(stages(ak.ActorMap(), ax=sheet(), lang=lang))
    assert text("figure.stages_none", lang) in said(axes)
    assert stage(axes).alt == text("figure.stages_none", lang)


def test_around_a_person_roles_stand_instead_of_names() -> None:
    kart = rated({"one": 1, "other": 2, "Kari": 3}).with_(scope="individual")
    for told in (said(drawn(stages(kart, ax=sheet()))), stage(stages(kart, ax=sheet())).alt):
        assert "Tjeneste" not in told
        assert "Kari" not in told
    named = stages(kart, ax=sheet(), names=True, consent="ignore")
    assert "Tjeneste 0" in said(drawn(named))


@pytest.mark.parametrize("most", [0, -1, True, 2.5, "3"])
def test_at_least_one_is_shown(most: Any) -> None:
    with pytest.raises(ak.WrongArgument):
        stages(HARD["alike"], ax=sheet(), most=most)
