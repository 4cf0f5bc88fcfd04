"""Linkages, publics and influence, drawn: every map, every language, measured."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any

import matplotlib as mpl
import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_hex
from matplotlib.figure import Figure

from aktorkart.errors import UnknownName
from aktorkart.figures import Style, influence, linkages, priorities, publics, sheet, svg_text
from aktorkart.i18n import LANGUAGES, text
from aktorkart.model import Actor, ActorMap, Issue, Judgement
from aktorkart.model.vocabulary import LINKAGES
from aktorkart.reports import report
from drawn import NAMES, by_gid, drawn, example, said, stage
from slowly import but_one_slow

if TYPE_CHECKING:
    from matplotlib.axes import Axes

FIGURES: dict[str, Any] = {"linkages": linkages, "publics": publics, "influence": influence}


def actors(axes: Axes) -> list[str]:
    """Return the gids of the actors' marks."""
    return sorted(gid for gid in by_gid(axes) if gid.startswith("actor:"))


def alt(axes: Axes) -> str:
    return stage(axes).alt


def extents(axes: Axes) -> dict[str, list[float]]:
    """Return the extents of what is seen, by gid."""
    figure: Any = axes.figure
    renderer = figure.canvas.get_renderer()
    found = {}
    for gid, artist in by_gid(axes).items():
        if artist.get_visible() and not gid.startswith(("stage", "leaders", "arrow", "focal")):
            box = artist.get_window_extent(renderer)
            found[gid] = [box.x0, box.y0, box.x1, box.y1]
    return found


def faults(axes: Axes) -> list[tuple[str, str]]:
    """Return which texts and marks cover each other, and which leave the axes or their area."""
    # A line's width: the outline of a mark is not its text.
    slack = 1.5
    everything = extents(axes)
    gids = list(everything)
    boxes = np.array([everything[gid] for gid in gids]).reshape(-1, 4)
    areas = np.array([gid.startswith("panel:") for gid in gids])
    figure: Any = axes.figure
    page = axes.get_window_extent(figure.canvas.get_renderer())
    low, high = boxes[:, :2], boxes[:, 2:]
    off = (low < np.array(page.min) - slack).any(axis=1) | (high > np.array(page.max) + slack).any(
        axis=1
    )
    common = np.minimum(high[:, None], high[None]) - np.maximum(low[:, None], low[None])
    meet = (common > slack).all(axis=2)
    inside = ((low[:, None] >= low[None] - slack) & (high[:, None] <= high[None] + slack)).all(
        axis=2
    )
    wrong = meet & ((areas[:, None] == areas[None]) | (~inside & ~inside.T))
    pairs = [(gids[i], gids[j]) for i, j in zip(*np.nonzero(np.triu(wrong, 1)), strict=True)]
    return [(gids[i], "page") for i in np.flatnonzero(off)] + pairs


def smallest(axes: Axes) -> float:
    return min(
        float(one.get_fontsize())
        for one in axes.texts
        if str(one.get_gid()).startswith("label:") and one.get_visible()
    )


def like(count: int, **fields: Any) -> ActorMap:
    """Return a map of actors with real names, all with the same judgements."""
    named = [one.label for one in (*example("municipal_service").actors, *example("skane").actors)]
    return ActorMap(
        actors=[
            Actor(id=f"a{place:02}", name=named[place], kind="gp", **fields)
            for place in range(count)
        ]
    )


# --- every map, measured


@pytest.mark.parametrize(
    ("figure", "name", "lang"),
    [
        # Every figure of every map, and every figure in all four languages.
        (figure, name, LANGUAGES[place % 4])
        for place, (figure, name) in enumerate(itertools.product(FIGURES, NAMES))
    ],
)
def test_nothing_covers_anything_on_any_example(figure: str, name: str, lang: str) -> None:
    axes = drawn(FIGURES[figure](example(name), ax=sheet(), lang=lang))
    assert faults(axes) == []
    assert " …" not in said(axes).replace(example(name).source or "", "").split(" · ")[0]
    for one in axes.texts:
        if str(one.get_gid()).startswith("label:"):
            assert one.get_visible()


@pytest.mark.parametrize("figure", FIGURES)
@pytest.mark.parametrize(
    "kart",
    [
        ActorMap(),
        ActorMap(actors=[Actor(id="nav", kind="nav", power=3, interest=4)]),
        ActorMap(actors=[Actor(id="a", name="$x_1$ <b>%s</b> {0} 🏥")], focal="a"),
        ActorMap(
            title="日本",
            issues=[Issue(id="s")],
            actors=[Actor(id="a", name="å" * 90, power=5, interest=5)],
        ),
    ],
)
def test_maps_with_hardly_anything_are_drawn(figure: str, kart: ActorMap) -> None:
    axes = drawn(FIGURES[figure](kart, ax=sheet()))
    assert faults(axes) == []
    assert alt(axes)
    svg_text(axes)


def test_forty_equal_ratings_are_spread_and_readable() -> None:
    axes = drawn(influence(like(40, power=5, interest=5), ax=sheet()))
    assert faults(axes) == []
    assert len(actors(axes)) == 40
    assert smallest(axes) > 6
    field = by_gid(axes)["panel:high_high"].get_bbox()
    found = by_gid(axes)
    for gid in actors(axes):
        assert field.contains(*found[gid].get_xy()[:-1].mean(axis=0))


def test_thirty_actors_on_few_points_are_apart() -> None:
    kart = like(30, stance=1)
    kart = ActorMap(
        actors=[
            actor.model_copy(
                update={"power": float(2 + place % 3), "interest": float(3 + place % 2)}
            )
            for place, actor in enumerate(kart.actors)
        ]
    )
    axes = drawn(influence(kart, ax=sheet()))
    assert faults(axes) == []
    assert smallest(axes) > 6


def test_forty_five_actors_with_two_linkages_are_readable() -> None:
    kart = like(45, linkage=("functional_input", "functional_output"))
    axes = drawn(linkages(kart, ax=sheet()))
    assert faults(axes) == []
    assert smallest(axes) > 6
    assert sum(one.startswith("actor:") for one in actors(axes)) == 90


def test_what_has_no_room_is_counted_within_its_area_and_the_legend_stays_whole() -> None:
    kinds = ("gp", "nav", "dps", "authority", "user_organisation", "community")
    kart = like(60).with_(focal="a00")
    kart = kart.with_(
        actors=[
            actor.model_copy(update={"kind": kinds[place % len(kinds)]})
            for place, actor in enumerate(kart.actors)
        ]
    )
    page = Figure(figsize=(6, 6), layout="constrained")
    FigureCanvasAgg(page)
    axes = drawn(linkages(kart, ax=page.subplots()))
    assert faults(axes) == []
    seen = {gid for gid, artist in by_gid(axes).items() if artist.get_visible()}
    assert "more:functional_input" in seen
    assert "more:key" not in seen
    keys = {gid for gid in by_gid(axes) if gid.startswith("meaning:")}
    assert keys
    assert keys <= seen


def test_forty_publics_are_readable() -> None:
    seen = {"s": Judgement(problem="high", constraint="high", involvement="high")}
    kart = ActorMap(
        issues=[Issue(id="s")],
        actors=[actor.model_copy(update={"publics": seen}) for actor in like(40).actors],
    )
    axes = drawn(publics(kart, ax=sheet()))
    assert faults(axes) == []
    assert smallest(axes) > 6


@pytest.mark.parametrize("figure", FIGURES)
@pytest.mark.parametrize("size", but_one_slow([(3, 2), (5, 7), (13.33, 7.5)]))
def test_other_sizes_hold_everything_too(figure: str, size: tuple[float, float]) -> None:
    page = Figure(figsize=size, layout="constrained")
    FigureCanvasAgg(page)
    axes = page.subplots()
    assert FIGURES[figure](example("municipal_service"), ax=axes) is axes
    page.canvas.draw()
    assert tuple(page.get_size_inches()) == size
    if size != (3, 2):
        assert faults(axes) == []
    # What has no room is counted.
    hidden = [
        one
        for one in axes.texts
        if str(one.get_gid()).startswith("label:") and not one.get_visible()
    ]
    assert (
        not hidden or text("figure.and_more", "nb", n=1).split()[0] in said(axes) or min(size) < 3
    )


# --- linkages


def linked() -> ActorMap:
    return ActorMap(
        focal="team",
        actors=[
            Actor(id="team", name="Teamet", kind="mental_health_team"),
            Actor(id="dps", name="DPS", kind="dps"),
            Actor(id="ks", name="KS", kind="competence_centre", linkage="enabling"),
            Actor(id="kor", name="Koret", kind="community"),
            Actor(id="x", name="Noen"),
            Actor(id="forum", name="Forumet", kind="arena"),
        ],
    )


def test_an_actor_with_several_linkages_stands_in_each_area() -> None:
    """METHOD 2: linkages are multiple, and seen from the focal actor."""
    axes = drawn(linkages(linked(), ax=sheet(), lang="en"))
    assert actors(axes) == [
        "actor:dps:functional_input",
        "actor:dps:functional_output",
        "actor:kor",
        "actor:ks",
        "actor:team",
        "actor:x",
    ]
    assert text("figure.linkages_several", "en") in said(axes)
    found = by_gid(axes)
    for gid, panel in (
        ("label:dps:functional_input", "functional_input"),
        ("label:dps:functional_output", "functional_output"),
        ("label:ks", "enabling"),
        ("label:kor", "diffused"),
        ("label:team", "focal"),
        ("label:x", "unknown"),
    ):
        assert found[f"panel:{panel}"].get_bbox().contains(*found[gid].get_position())


def test_the_arrangement_is_the_classical_one() -> None:
    """METHOD 3: input comes in, output goes out, enabling above, normative below."""
    found = by_gid(drawn(linkages(linked(), ax=sheet())))
    middle = {
        name: np.array(found[f"panel:{name}"].get_path().vertices).mean(axis=0)
        for name in (*LINKAGES, "focal")
    }
    assert middle["functional_input"][0] < middle["focal"][0] < middle["functional_output"][0]
    assert middle["normative"][1] < middle["focal"][1] < middle["enabling"][1]
    assert middle["diffused"][0] > middle["focal"][0] > 0
    assert found["panel:diffused"].get_linestyle() != "-"


def test_stated_is_filled_and_from_the_kind_is_open() -> None:
    axes = linkages(linked(), ax=sheet(), lang="en")
    found = by_gid(axes)
    assert to_hex(found["actor:dps:functional_input"].get_facecolor()) == "#ffffff"
    assert to_hex(found["actor:ks"].get_facecolor()) != "#ffffff"
    assert text("figure.linkages_stated", "en") in said(drawn(axes))


def test_an_empty_linkage_is_kept_and_said() -> None:
    axes = drawn(linkages(linked(), ax=sheet(), lang="nb"))
    found = by_gid(axes)
    assert found["empty:normative:0"].get_text() == "Ingen på kartet"
    assert "Ingen på kartet: normativ." in alt(axes)
    assert "1 samarbeidsarena er ikke med" in said(axes)


def test_around_a_person_there_are_no_linkages() -> None:
    """METHOD 2: linkages are seen from a municipal service as the focal actor."""
    axes = drawn(linkages(example("user_network"), ax=sheet(), lang="en"))
    assert actors(axes) == []
    assert alt(axes) == text("figure.linkages_person", "en")


# --- publics


def judged() -> ActorMap:
    def judgement(problem: str, constraint: str, involvement: str | None) -> Any:
        return {"bolig": {"problem": problem, "constraint": constraint, "involvement": involvement}}

    return ActorMap(
        issues=[Issue(id="bolig", title="Bolig"), Issue(id="kveld", title="Kveld")],
        actors=[
            Actor(id="a", name="Aktiv", publics=judgement("high", "low", "high")),
            Actor(id="b", name="Bundet", publics=judgement("high", "high", "low")),
            Actor(id="c", name="Rutine", publics=judgement("low", "low", "high")),
            Actor(id="d", name="Oppgitt", publics=judgement("low", "high", "low")),
            Actor(id="e", name="Uviss", publics=judgement("low", "high", None)),
            Actor(id="f", name="Ingen har sagt noe"),
        ],
    )


def test_publics_stand_in_their_fields() -> None:
    """METHOD 3: problem and constraint recognition give four kinds of behaviour."""
    axes = drawn(publics(judged(), ax=sheet(), lang="nb"))
    found = by_gid(axes)
    figure: Any = axes.figure
    renderer = figure.canvas.get_renderer()
    for id_, panel in (
        ("a", "problem_facing"),
        ("b", "constrained"),
        ("c", "routine"),
        ("d", "fatalistic"),
        ("e", "unknown"),
    ):
        box = found[f"panel:{panel}"].get_window_extent(renderer)
        name = found[f"label:{id_}"].get_window_extent(renderer)
        assert box.x0 < name.x0
        assert name.x1 < box.x1
        assert box.y0 < name.y0
        assert name.y1 < box.y1
    assert axes.get_title(loc="left").endswith("Bolig")


def test_high_involvement_is_filled_low_is_open() -> None:
    found = by_gid(publics(judged(), ax=sheet()))
    assert to_hex(found["actor:b"].get_facecolor()) == "#ffffff"
    assert to_hex(found["actor:a"].get_facecolor()) != "#ffffff"


def test_a_missing_judgement_is_unknown_never_low() -> None:
    """METHOD 3: missing judgement → unknown, never “low”."""
    axes = drawn(publics(judged(), ax=sheet(), lang="nb"))
    assert "Ikke vurdert: hvor berørt" in said(axes)
    assert "Ikke vurdert i denne saken: Ingen har sagt noe." in said(axes)
    assert "actor:f" not in by_gid(axes)


def test_the_caller_names_an_issue() -> None:
    axes = drawn(publics(judged(), issue="kveld", ax=sheet(), lang="en"))
    assert axes.get_title(loc="left").endswith("Kveld")
    assert actors(axes) == []
    with pytest.raises(UnknownName):
        publics(judged(), issue="bolg", ax=sheet())


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_map_without_issues_says_so(lang: str) -> None:
    axes = drawn(publics(like(3), ax=sheet(), lang=lang))
    assert text("figure.publics_no_issue", lang) in said(axes)
    assert alt(axes) == text("figure.publics_no_issue", lang)


# --- influence


def rated() -> ActorMap:
    return ActorMap(
        actors=[
            Actor(id="a", name="Sterk", power=5, interest=5, stance=2),
            Actor(id="b", name="Fjern", power=4, interest=2, stance=-1),
            Actor(id="c", name="Ivrig", power=1, interest=5, stance=0),
            Actor(id="d", name="Midt", power=3, interest=3),
            Actor(id="e", name="Uviss", power=3),
        ],
    )


def test_actors_stand_in_the_field_of_their_ratings() -> None:
    """METHOD 4, Mendelow: the middle of the scale is not high."""
    axes = drawn(influence(rated(), ax=sheet(), lang="nb"))
    found = by_gid(axes)
    for id_, field in (("a", "high_high"), ("b", "high_low"), ("c", "low_high"), ("d", "low_low")):
        spot = middle(found[f"actor:{id_}"])
        assert found[f"panel:{field}"].get_bbox().contains(*spot)
    assert "actor:e" not in found
    assert "Uviss" in said(axes)


def middle(shape: Any) -> Any:
    corners = shape.get_xy()
    return (corners.min(axis=0) + corners.max(axis=0)) / 2


def test_an_actor_alone_stands_at_its_rating() -> None:
    found = by_gid(drawn(influence(rated(), ax=sheet())))
    spot = middle(found["actor:c"])
    assert abs(spot[0] - found["tick:0:5"].get_position()[0]) < 0.5
    assert abs(spot[1] - found["tick:1:1"].get_position()[1]) < 0.5


def ticks(axes: Axes) -> list[Any]:
    """Return where the steps of both axes are."""
    found = by_gid(axes, "tick:")
    return [
        np.array([found[f"{axis}:{step}"].get_position()[axis] for step in range(1, 6)])
        for axis in (0, 1)
    ]


@pytest.mark.parametrize("kart", [example("municipal_service"), like(40, power=5, interest=5)])
def test_everybody_stands_nearest_to_their_own_ratings(kart: ActorMap) -> None:
    """Steps are equally long, and whoever shares ratings shares a cell, name and all."""
    axes = drawn(influence(kart, ax=sheet()))
    across, up = ticks(axes)
    for steps in (across, up):
        assert np.ptp(np.diff(steps)) < 0.1
    renderer = axes.figure.canvas.get_renderer()  # type: ignore[attr-defined]
    to_data = axes.transData.inverted()
    for id_, shape in by_gid(axes, "actor:").items():
        actor, spot = kart[id_], middle(shape)
        assert actor.interest is not None
        assert actor.power is not None
        assert 1 + np.abs(across - spot[0]).argmin() == actor.interest
        assert 1 + np.abs(up - spot[1]).argmin() == actor.power
        name = by_gid(axes, "label:")[id_]
        if name.get_visible():
            box = name.get_window_extent(renderer).transformed(to_data)
            half = np.diff(across)[0] / 2, np.diff(up)[0] / 2
            assert across[int(actor.interest) - 1] - half[0] <= box.x0
            assert box.x1 <= across[int(actor.interest) - 1] + half[0]
            assert up[int(actor.power) - 1] - half[1] <= box.y0
            assert box.y1 <= up[int(actor.power) - 1] + half[1]


def test_names_without_room_in_their_cell_have_numbers() -> None:
    axes = drawn(influence(like(40, power=5, interest=5), ax=sheet()))
    assert by_gid(axes)["label:a00"].get_text() in {"1", "1\N{EN DASH}40"}
    for place, actor in enumerate(like(40).actors, start=1):
        assert f"{place} {actor.label.split()[0]}" in said(axes)


@pytest.mark.parametrize(
    ("rating", "field"), [(3.7, "low_low"), (3.2, "low_low"), (4.4, "high_high")]
)
def test_a_rating_between_two_steps_stays_in_its_field(rating: float, field: str) -> None:
    """METHOD 6: high is 4 or more."""
    kart = ActorMap(actors=[Actor(id="a", power=rating, interest=rating)])
    axes = drawn(influence(kart, ax=sheet()))
    found = by_gid(axes)
    assert found[f"panel:{field}"].get_bbox().contains(*middle(found["actor:a"]))
    assert text("figure.influence_between", "nb") in said(axes)


def test_stances_differ_in_shape() -> None:
    """DESIGN 8: never by colour alone."""
    found = by_gid(drawn(influence(rated(), ax=sheet())))
    corners = {id_: found[f"actor:{id_}"].get_xy()[:-1] for id_ in "abcd"}
    assert len(corners["a"]) == len(corners["b"]) == 3
    assert len(corners["c"]) > 20
    assert found["actor:d"].get_linestyle() != "-"


def test_an_arrow_leads_from_stance_to_wanted_stance() -> None:
    kart = rated().with_actor(id="f", power=4, interest=4, stance=-2, wanted_stance=1)
    kart = kart.with_actor(id="g", power=4, interest=4, stance=1, wanted_stance=1)
    axes = drawn(influence(kart, ax=sheet(), lang="nb"))
    found = by_gid(axes)
    assert {gid for gid in found if gid.startswith(("arrow:", "wanted:"))} == {
        "arrow:f",
        "wanted:f",
    }
    now, arrow, wanted = (found[f"{part}:f"].get_xy() for part in ("actor", "arrow", "wanted"))
    assert now[:, 0].max() < arrow[:, 0].min() < arrow[:, 0].max() < wanted[:, 0].min()
    # Downwards against, upwards for.
    assert np.ptp(now[now[:, 1] > now[:, 1].min() + 1, 0]) > np.ptp(now[:, 0]) / 2
    assert np.ptp(wanted[wanted[:, 1] < wanted[:, 1].max() - 1, 0]) > np.ptp(wanted[:, 0]) / 2
    meaning = found["meaning:wanted"].get_text().replace("\n", " ")
    assert meaning == "holdning i dag → ønsket holdning"
    assert "fra «er sterkt imot» til «støtter»: f." in alt(axes)
    assert faults(axes) == []


def test_an_arrow_without_room_is_words_in_the_key() -> None:
    kart = ActorMap(
        actors=[
            Actor(id=f"a{n}", power=5, interest=5, stance=-1, wanted_stance=2 if n else None)
            for n in range(30)
        ]
    )
    axes = drawn(influence(kart, size="slide", lang="nb"))
    found = by_gid(axes)
    assert not found["arrow:a1"].get_visible()
    key = "".join(one.get_text() for gid, one in found.items() if gid.startswith("numbers:"))
    assert key.count("→ støtter sterkt") == len(kart.actors) - 1


def test_whose_ties_are_rated_least_alike_is_said() -> None:
    ties = [
        {"source": "a", "target": other, "strength": strength, "informant": who}
        for other, who, strength in (("b", "a", 5), ("b", "b", 1), ("c", "a", 3), ("c", "c", 2))
    ]
    axes = drawn(influence(rated().with_(ties=ties), ax=sheet(), lang="nb"))
    said = "Mest uenige er informantene om styrken i relasjonene til Fjern: i snitt 4 trinn"
    assert said in alt(axes)
    assert any(said in one.get_text().replace("\n", " ") for one in axes.texts)


def test_where_no_stance_is_known_marks_are_alike() -> None:
    axes = influence(like(3, power=2, interest=2), ax=sheet(), lang="nb")
    assert not [gid for gid in by_gid(axes) if gid.startswith("key:")]
    assert "Ingen aktører har både makt og interesse vurdert." in alt(
        influence(ActorMap(), ax=sheet(), lang="nb")
    )


def test_order_in_the_file_changes_nothing() -> None:
    kart = like(12, power=5, interest=5)
    turned = ActorMap(actors=kart.actors[::-1])
    assert svg_text(influence(kart, ax=sheet())) == svg_text(influence(turned, ax=sheet()))
    one, two = linked(), ActorMap(focal="team", actors=linked().actors[::-1])
    assert svg_text(linkages(one, ax=sheet())) == svg_text(linkages(two, ax=sheet()))


# --- manners


@pytest.mark.parametrize("figure", FIGURES)
def test_around_a_person_roles_stand_instead_of_names(figure: str) -> None:
    kart = ActorMap(
        scope="individual",
        focal="kari",
        issues=[Issue(id="s", title="Bolig for Kari")],
        actors=[
            Actor(id="kari", name="Kari", kind="user", power=1, interest=5),
            Actor(id="ola", name="Ola", kind="gp", power=4, interest=4),
        ],
    )
    for names, hidden in ((None, True), (True, False)):
        axes = drawn(FIGURES[figure](kart, ax=sheet(), names=names, consent="ignore"))
        found = said(axes) + axes.get_title(loc="left") + alt(axes) + " ".join(by_gid(axes))
        # Linkages are seen from a service: around a person nobody is shown.
        nobody = hidden or figure == "linkages"
        assert ("Ola" not in found and "ola" not in found) is nobody
        assert "Kari" not in found or not hidden


@pytest.mark.parametrize("figure", FIGURES)
def test_nothing_is_changed_that_belongs_to_others(figure: str) -> None:
    before = dict(mpl.rcParams)
    one = svg_text(FIGURES[figure](linked(), ax=sheet(), title="Vår"))
    with mpl.rc_context({"font.size": 30, "lines.linewidth": 9, "text.color": "red"}):
        assert svg_text(FIGURES[figure](linked(), ax=sheet(), title="Vår")) == one
    assert dict(mpl.rcParams) == before


@pytest.mark.parametrize("figure", FIGURES)
def test_a_mistyped_language_is_named(figure: str) -> None:
    with pytest.raises(UnknownName):
        FIGURES[figure](linked(), ax=sheet(), lang="no")


def test_letters_never_become_too_small_to_be_letters() -> None:
    """A list that has no room is cut off and says how many are left out."""
    page = Figure(figsize=(4, 2.5))
    FigureCanvasAgg(page)
    axes = page.subplots()
    linkages(like(45, linkage="enabling"), ax=axes, lang="en")
    page.canvas.draw()
    assert smallest(axes) >= Style().smallest
    assert "more" in said(axes)


@pytest.mark.parametrize("figure", [publics, priorities])
def test_an_issue_is_called_as_on_the_map_where_its_id_is_hidden(figure: Any) -> None:
    seen = {"bolig": Judgement(problem="high", constraint="low", involvement="high")}
    kart = ActorMap(
        scope="individual",
        issues=[Issue(id="arbeid"), Issue(id="bolig")],
        actors=[Actor(id="kari", kind="user"), Actor(id="nav", kind="nav", publics=seen)],
    )
    own, hidden = (stage(figure(kart, issue=name, ax=sheet())).alt for name in ("bolig", "i02"))
    assert own == hidden != stage(figure(kart, issue="arbeid", ax=sheet())).alt
    assert "bolig" not in own
    with pytest.raises(UnknownName):
        figure(kart, issue="jobb", ax=sheet())


CROWDED = ActorMap(
    focal="a0",
    actors=[
        Actor(id=f"a{at}", name=f"Samarbeidspartneren for rus og psykisk helse {at}", kind=kind)
        for at, kind in enumerate(["mental_health_team", *["dps", "gp", "nav", "peer"] * 10])
    ],
)


@pytest.mark.parametrize("size", ["slide", "column", "a4"])
def test_every_field_has_its_heading_however_full_the_others_are(size: Any) -> None:
    axes = drawn(linkages(CROWDED, size=size))
    heads = by_gid(axes, "head:")
    assert {"enabling", "normative", "diffused"} <= heads.keys()
    assert all(head.get_visible() for head in heads.values())


def test_a_report_has_room_for_all_of_a_dozen() -> None:
    few = CROWDED.with_(actors=CROWDED.actors[:13])
    axes = drawn(report(few).figure("linkages"))
    assert not any(more.get_visible() for more in by_gid(axes, "more:").values())
    assert all(label.get_visible() for label in by_gid(axes, "label:").values())
