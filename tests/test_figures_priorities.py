"""Salience and priorities, drawn: who stands in which field, on the hardest maps."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from aktorkart import grunig, report
from aktorkart.errors import UnknownName
from aktorkart.figures import priorities, salience, sheet, svg_text
from aktorkart.grunig.salience import SALIENCE_CLASSES
from aktorkart.i18n import LANGUAGES
from aktorkart.model import Actor, ActorMap, Issue, Judgement
from aktorkart.strategies import actor_maps
from drawn import NAMES, STYLES, by_gid, drawn, example, said, stage, text_faults

if TYPE_CHECKING:
    from matplotlib.axes import Axes

FIGURES: dict[str, Any] = {"salience": salience, "priorities": priorities}
ACTIVE = {"s": Judgement(problem="high", constraint="low", involvement="high")}
LONG = "Kompetansesenteret for helsetjenesteforskning og brukermedvirkningskoordinering"


def page(width: float, height: float) -> Axes:
    """Return axes of so many millimetres."""
    figure = Figure(figsize=(width / 25.4, height / 25.4))
    FigureCanvasAgg(figure)
    return figure.add_axes((0.02, 0.02, 0.96, 0.88))


def boxes(axes: Axes) -> dict[str, Any]:
    figure: Any = axes.figure
    renderer = figure.canvas.get_renderer()
    return {
        gid: one.get_window_extent(renderer)
        for gid, one in by_gid(axes).items()
        if one.get_visible() and gid != "stage"
    }


def faults(axes: Axes) -> list[tuple[str, str]]:
    """Return texts that cover each other, or leave the axes."""
    found = boxes(axes)
    where = axes.get_window_extent()
    texts = {gid: box for gid, box in found.items() if by_gid(axes)[gid] in axes.texts}
    texts = {gid: box for gid, box in texts.items() if box.width > 1}
    return text_faults(texts, where)


def everybody(**more: Any) -> ActorMap:
    """Return an actor of each class, called as its class."""
    actors = [
        Actor(id=name, power=1 + 4 * p, legitimacy=1 + 4 * g, urgency=1 + 4 * u, **more)
        for (p, g, u), name in SALIENCE_CLASSES.items()
    ]
    return ActorMap(actors=[*actors, Actor(id="nobody_asked", power=5)])


def test_everybody_stands_in_the_field_of_its_class() -> None:
    """METHOD 4: Mitchell, Agle and Wood's seven classes, none, and unknown."""
    axes = drawn(salience(everybody(), ax=sheet()))
    found = boxes(axes)
    for name in (*SALIENCE_CLASSES.values(), "nobody_asked"):
        field = "unknown" if name == "nobody_asked" else name
        panel, mark = found[f"panel:{field}"], found[f"actor:{name}"]
        assert panel.x0 < mark.x0 < mark.x1 < panel.x1
        assert panel.y0 < mark.y0 < mark.y1 < panel.y1


def test_a_field_is_inside_the_sets_that_it_belongs_to_and_in_no_other() -> None:
    found = boxes(drawn(salience(everybody(), ax=sheet())))
    for has, name in SALIENCE_CLASSES.items():
        for attribute, inside in zip(("power", "legitimacy", "urgency"), has, strict=True):
            outline, panel = found[f"set:{attribute}"], found[f"panel:{name}"]
            x, y = (panel.x0 + panel.x1) / 2, (panel.y0 + panel.y1) / 2
            assert (outline.x0 < x < outline.x1 and outline.y0 < y < outline.y1) == inside
            if inside:
                assert outline.x0 < panel.x0 < panel.x1 < outline.x1
                assert outline.y0 < panel.y0 < panel.y1 < outline.y1


def test_the_three_outlines_differ_without_colour() -> None:
    found = by_gid(drawn(salience(everybody(), ax=sheet())), "set:")
    assert len({str(one.get_linestyle()) + str(one.get_linewidth()) for one in found.values()}) == 3


def test_the_words_begin_with_the_power_gap_and_say_who_is_unknown() -> None:
    told = stage(salience(everybody(), ax=sheet(), lang="en")).alt
    assert told.startswith("1 actor has a legitimate")
    assert "Dangerous (power and urgency): dangerous." in told
    assert "1 of 9 actors" in told


def placed(count: int = 1, **more: Any) -> ActorMap:
    stances = {"for": 2, "against": -1, "neither": 0}
    publics = {
        "active": ACTIVE,
        "not": {"s": Judgement(problem="high", constraint="high", involvement="low")},
    }
    actors = [
        Actor(id=f"{seen}_{stance}{n or ''}", stance=stances[stance], publics=publics[seen], **more)
        for seen, stance in product(publics, stances)
        for n in range(count)
    ]
    return ActorMap(issues=[Issue(id="s", title="Bolig")], actors=[*actors, Actor(id="new")])


def test_everybody_stands_in_the_group_that_the_analysis_says() -> None:
    kart = placed()
    axes = drawn(priorities(kart, ax=sheet()))
    found = boxes(axes)
    for row in grunig.priorities(kart, issue="s").rows:
        assert len(row.groups) < 2
        field = row.groups[0] if row.groups else "neutral" if row.stance == 0 else "unplaced"
        panel, mark = found[f"panel:{field}"], found[f"actor:{row.actor}"]
        assert panel.x0 < mark.x0 < mark.x1 < panel.x1
        assert panel.y0 < mark.y0 < mark.y1 < panel.y1


def test_one_that_may_be_active_stands_in_two_groups_and_the_note_says_why() -> None:
    axes = drawn(priorities(example("municipal_service"), ax=sheet(), lang="en"))
    marks = [gid for gid in by_gid(axes) if gid.startswith("actor:lokalavisa")]
    assert sorted(marks) == ["actor:lokalavisa:adversarial", "actor:lokalavisa:apathetic"]
    assert "Lokalavisa (*)" in said(axes)
    assert "stands in two groups" in said(axes)


def test_a_user_without_power_stands_with_the_heaviest() -> None:
    user = Actor(id="kari", kind="user", power=1, legitimacy=5, urgency=5, stance=2, publics=ACTIVE)
    other = Actor(id="nav", power=5, legitimacy=5, urgency=1, stance=2, publics=ACTIVE)
    found = by_gid(
        drawn(priorities(ActorMap(issues=[Issue(id="s")], actors=[other, user]), ax=sheet()))
    )
    assert found["label:kari"].get_position()[1] > found["label:nav"].get_position()[1]


def test_an_unknown_issue_is_refused() -> None:
    with pytest.raises(UnknownName):
        priorities(placed(), ax=sheet(), issue="other")


@pytest.mark.parametrize("figure", FIGURES)
@pytest.mark.parametrize(
    "kart",
    [
        ActorMap(),
        ActorMap(actors=[Actor(id="a")]),
        placed().with_tie(source="new", target="not_for"),
    ],
)
def test_maps_with_hardly_anything_are_drawn(figure: str, kart: ActorMap) -> None:
    axes = drawn(FIGURES[figure](kart, ax=sheet()))
    assert faults(axes) == []
    assert stage(axes).alt
    svg_text(axes)


@pytest.mark.parametrize(
    ("figure", "name", "lang"),
    [
        (figure, name, LANGUAGES[place % 4])
        for place, (figure, name) in enumerate(product(FIGURES, NAMES))
    ],
)
def test_nothing_covers_anything_on_any_example(figure: str, name: str, lang: str) -> None:
    assert faults(drawn(FIGURES[figure](example(name), ax=sheet(), lang=lang))) == []


@pytest.mark.parametrize("size", [(170, 120), (170, 230), (297, 210)])
@pytest.mark.parametrize("figure", FIGURES)
def test_sixty_actors_with_long_names_are_readable(figure: str, size: tuple[float, float]) -> None:
    """ISSUE 12, 2.1: before letters become too small, those who stand in no field are counted."""
    kart = placed(10, power=4, legitimacy=5, urgency=5)
    named = [
        one.model_copy(update={"name": f"{LONG[:44]} {place}"})
        for place, one in enumerate(kart.actors)
    ]
    axes = drawn(FIGURES[figure](ActorMap(issues=kart.issues, actors=named), ax=page(*size)))
    assert faults(axes) == []


def test_a_page_too_small_for_the_unknown_counts_them() -> None:
    axes = drawn(salience(example("municipal_service"), ax=page(170, 145), lang="en"))
    assert "20 of 36 actors" in said(axes)
    assert not by_gid(axes)["panel:unknown"].get_visible()
    names = [one for one in by_gid(axes, "label:").values() if one.get_visible()]
    assert min(float(one.get_fontsize()) for one in names) > 6.5


@pytest.mark.parametrize("figure", FIGURES)
@pytest.mark.parametrize("style", STYLES)
def test_around_a_person_roles_are_shown(figure: str, style: str) -> None:
    kart = placed().model_copy(
        update={
            "scope": "individual",
            "actors": [
                Actor(
                    id=one.id,
                    kind="next_of_kin",
                    name="Ragnhild Storvik",
                    stance=one.stance,
                    publics=one.publics,
                    power=1,
                    legitimacy=5,
                    urgency=5,
                )
                for one in placed().actors
            ],
        }
    )
    axes = drawn(FIGURES[figure](kart, ax=sheet(style=style), style=style))
    assert "Storvik" not in said(axes) + stage(axes).alt + svg_text(axes)


@given(actor_maps())
@settings(max_examples=15, deadline=None)
def test_every_rated_actor_has_a_mark(kart: ActorMap) -> None:
    axes = salience(kart, ax=sheet(), names=True, consent="ignore")
    rated = {row.actor for row in grunig.salience(kart).rows if row.salience}
    marks = {gid.removeprefix("actor:") for gid in by_gid(axes) if gid.startswith("actor:")}
    assert rated <= marks


def test_a_report_shows_them_where_something_is_rated() -> None:
    full = report(example("municipal_service"))
    assert {"salience", "priorities"} <= {one for part in full.sections for one in part.figures}
    bare = report(placed().model_copy(update={"issues": (), "actors": [Actor(id="nav")]}))
    assert not {"salience", "priorities"} & {one for part in bare.sections for one in part.figures}
