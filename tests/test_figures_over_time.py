"""Timeline and pathway: what stands when, how long one waits, and where the story is told again."""

from __future__ import annotations

import subprocess
import sys
from itertools import product
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from aktorkart import report
from aktorkart.care.pathway import pathway as followed
from aktorkart.errors import UnknownName
from aktorkart.figures import pathway, sheet, svg_text, timeline
from aktorkart.i18n import LANGUAGES
from aktorkart.model import Action, Actor, ActorMap, Goal, Point, Tie
from aktorkart.scene.course import begins, drawn_part, ends, span, ticks
from aktorkart.strategies import actor_maps
from drawn import NAMES, STYLES, by_gid, drawn, example, said, stage, text_faults

if TYPE_CHECKING:
    from matplotlib.axes import Axes

FIGURES: dict[str, Any] = {"timeline": timeline, "pathway": pathway}
NAMED: dict[str, Any] = {"names": True, "consent": "ignore"}
LONG = "Kompetansesenteret for helsetjenesteforskning og brukermedvirkningskoordinering"


def around(*ties: dict[str, Any], **fields: Any) -> ActorMap:
    """Return a map around a user with ties as they are given; ends that are new are services."""
    ids = dict.fromkeys(end for tie in ties for end in (tie["source"], tie["target"]))
    actors = [Actor(id="u", kind="user")]
    actors += [Actor(id=id_, kind="service", line="first") for id_ in ids if id_ != "u"]
    return ActorMap(actors=actors, ties=[Tie(**tie) for tie in ties], **fields)


def stay(target: str, since: str | None = None, until: str | None = None, **more: Any) -> Any:
    return {"source": "u", "target": target, "since": since, "until": until, **more}


def refers(source: str, target: str, since: str | None = None, **more: Any) -> dict[str, Any]:
    way = {"kind": "referral", "mutual": False}
    return {"source": source, "target": target, "since": since, **way, **more}


def faults(axes: Axes) -> list[tuple[str, str]]:
    """Return texts that cover each other, or leave the axes."""
    figure: Any = axes.figure
    renderer = figure.canvas.get_renderer()
    where = axes.get_window_extent(renderer)
    texts = {
        str(one.get_gid()): one.get_window_extent(renderer)
        for one in axes.texts
        if one.get_visible() and one.get_text()
    }
    return text_faults(texts, where)


def reach(axes: Axes, gid: str) -> tuple[float, float]:
    """Return from where to where a bar goes."""
    xs = by_gid(axes)[gid].get_xy()[:, 0]
    return float(xs.min()), float(xs.max())


def smallest(axes: Axes) -> float:
    return min(
        float(one.get_fontsize()) for one in axes.texts if one.get_visible() and one.get_text()
    )


# --- dates as exact as they are stated


def test_a_day_is_sure_and_a_month_or_a_year_is_not() -> None:
    day = span("x", "2025-03-01", "2025-03-31", 0.0, look="works")
    assert (day.start, day.sure, day.end) == (begins("2025-03-01"), day.sure, ends("2025-03-31"))
    assert day.sure == (begins("2025-03-01"), ends("2025-03-31"))
    month = span("x", "2025-03", "2026", 0.0, look="works")
    assert month.start == begins("2025-03-01")
    assert month.sure == (begins("2025-03-31"), begins("2026-01-02"))
    assert month.end == ends("2026-12-31")


def test_what_is_not_sure_is_drawn_apart() -> None:
    kart = around(stay("gp", "2025-03", "2025-08-31"), stay("dps", "2025-01-01", "2025-12-31"))
    axes = drawn(timeline(kart, ax=sheet()))
    found = by_gid(axes)
    assert found["time:gp:0:before"].get_visible()
    assert not found["time:gp:0:after"].get_visible()
    assert not found["time:dps:0:before"].get_visible()
    assert reach(axes, "time:gp:0:before")[1] == pytest.approx(reach(axes, "time:gp:0")[0])


def test_bars_stand_at_their_days() -> None:
    kart = around(stay("a", "2025-01-01", "2025-01-10"), stay("b", "2025-01-11", "2025-01-30"))
    axes = drawn(timeline(kart, ax=sheet()))
    a, b = reach(axes, "time:a:0"), reach(axes, "time:b:0")
    assert a[1] == pytest.approx(b[0])
    assert (b[1] - b[0]) == pytest.approx(2 * (a[1] - a[0]))


def test_an_unknown_beginning_is_open_and_an_end_that_is_not_stated_goes_on() -> None:
    kart = around(stay("a", None, "2025-06-01"), stay("b", "2025-01-01"), date="2025-12-31")
    axes = drawn(timeline(kart, ax=sheet()))
    found = by_gid(axes)
    assert found["time:a:0:open"].get_visible()
    assert not found["time:b:0:open"].get_visible()
    # A point has five corners, and the last is given twice.
    assert len(found["time:b:0"].get_xy()) == 6
    assert len(found["time:a:0"].get_xy()) == 5
    assert reach(axes, "time:b:0")[1] == pytest.approx(found["today"].get_xdata()[0])
    assert {"key:open", "key:works"} <= {gid for gid, one in found.items() if one.get_visible()}


def test_handovers_say_how_many_days_lay_between() -> None:
    kart = around(
        stay("a", "2025-01-01", "2025-01-31"),
        stay("b", "2025-02-10", "2025-03-31"),
        stay("c", "2025-04-01", "2025-05-31"),
        stay("d", "2025-05-22"),
        lang="en",
    )
    axes = drawn(timeline(kart, ax=sheet()))
    remarks = {gid: one.get_text() for gid, one in by_gid(axes, "remark:").items()}
    assert remarks["b"].replace("\n", " ") == "9 days with neither"
    assert remarks["c"].replace("\n", " ") == "from the day after"
    assert remarks["d"].replace("\n", " ") == "10 days together"
    links = [gid for gid in by_gid(axes) if gid.startswith("handover:")]
    assert links == ["handover:a→b:0", "handover:b→c:1", "handover:c→d:2"]
    dashes = [by_gid(axes)[gid].get_linestyle() for gid in links]
    assert dashes == ["--", "-", "-"]


def test_what_does_not_work_is_told_from_what_does() -> None:
    kart = around(stay("a", "2025-01-01", quality="strained"), stay("b", "2025-01-01"))
    found = by_gid(drawn(timeline(kart, ax=sheet())))
    assert found["time:a:0"].get_hatch()
    assert not found["time:b:0"].get_hatch()
    assert found["key:troubled"].get_visible()


def test_plan_and_points_stand_over_the_same_time() -> None:
    kart = around(
        stay("a", "2025-01-01"),
        date="2025-12-31",
        discharge=["2025-02-01"],
        plan=[
            Action(id="late", due="2025-02-01"),
            Action(id="kept", due="2025-03-01", done="2025-02-01"),
            Action(id="never"),
        ],
        goals=[Goal(id="g", direction="higher", points=[Point(date="2025-02-01", value=4)])],
        lang="en",
    )
    axes = drawn(timeline(kart, ax=sheet()))
    found = by_gid(axes)
    x = found["discharge:2025-02-01"].get_xdata()[0]
    for gid in ("action:late:due", "action:kept:done", "point:g:2025-02-01"):
        assert found[gid].get_xdata()[0] == pytest.approx(x)
    assert found["remark:action:late"].get_text() == "overdue: 333 days"
    assert "action:never" not in " ".join(found)
    assert "Overdue and not done: late." in stage(axes).alt


def test_without_a_user_each_pair_has_a_row() -> None:
    kart = ActorMap(
        actors=[Actor(id="a"), Actor(id="b"), Actor(id="c")],
        ties=[Tie(source="a", target="b", since="2024"), Tie(source="b", target="c")],
    )
    axes = drawn(timeline(kart, ax=sheet(), lang="en"))
    assert [gid for gid in by_gid(axes, "label:") if "–" in gid] == ["a – b"]
    assert stage(axes).alt.startswith("1 pair has a dated tie.")


def test_one_early_date_does_not_push_all_others_together() -> None:
    early = [begins("1987")]
    late = [begins(f"2025-{month:02}-01") for month in range(1, 13)]
    start, stop = drawn_part([*early, *late])
    assert begins("2024-11-01") < start < begins("2025-01-01")
    assert stop > begins("2025-12-01")
    # A few dates with equal room between are all shown.
    even = [begins(f"{year}") for year in range(2000, 2010)]
    assert drawn_part(even)[0] < begins("2000-01-01")


def test_what_began_before_the_page_says_so_behind_its_name() -> None:
    rest = [stay(f"s{month}", f"2025-{month:02}-01") for month in range(1, 13)]
    kart = around(stay("gp", "1987"), stay("old", "1985", "1986"), *rest, lang="en")
    said_ = said(drawn(timeline(kart, ax=sheet())))
    assert "gp (since 1987)" in said_
    assert "old (1985 to 1986)" in said_


@pytest.mark.parametrize("until", ["2025-01-02", "2025-03", "2031", "9999"])
@pytest.mark.parametrize("since", ["0001", "1800", "2025-01-01"])
def test_ticks_have_room_whatever_the_length(since: str, until: str) -> None:
    start, stop = begins(since), ends(until)
    found = ticks(start, stop, "nb", lambda one: len(one) <= 8)
    assert len(found) <= 8
    assert all(start <= at <= stop for at, _ in found)
    assert [at for at, _ in found] == sorted(at for at, _ in found)


# --- the pathway


def wait(*ties: dict[str, Any]) -> Any:
    (found,) = followed(around(*ties)).referrals
    return found.wait


def test_a_wait_runs_from_the_referral_to_the_contact_that_follows() -> None:
    """ISSUE 12, 3.3: days between a referral's since and the receiving tie's."""
    gp = stay("gp", "2024-01-01")
    assert wait(gp, stay("dps", "2025-11-17"), refers("gp", "dps", "2025-10-20")) == (28, 28)
    assert wait(gp, stay("dps", "2025-11"), refers("gp", "dps", "2025-10-20")) == (12, 41)
    assert wait(gp, stay("dps", "2025-11-17"), refers("gp", "dps", "2025-10")) == (17, 47)
    assert wait(gp, stay("dps", "2025-10-20"), refers("gp", "dps", "2025-10-20")) == (0, 0)


def test_a_wait_that_the_map_does_not_date_is_unknown() -> None:
    gp = stay("gp", "2024-01-01")
    assert wait(gp, stay("dps"), refers("gp", "dps", "2025-10-20")) is None
    assert wait(gp, stay("dps", "2025-11-17"), refers("gp", "dps")) is None
    # Who was there already is not waited for, nor one that came and went before.
    assert wait(gp, stay("dps", "2025-01-01"), refers("gp", "dps", "2025-10-20")) is None
    before = stay("dps", "2024-01-01", "2024-02-01")
    assert wait(gp, before, refers("gp", "dps", "2025-10-20")) is None


def test_the_example_waits_as_its_dates_say() -> None:
    found = {
        (one.source, one.target): one.wait for one in followed(example("user_network")).referrals
    }
    assert found == {
        ("akutt", "dps_dogn"): (2, 2),
        ("dps_dogn", "dps"): (28, 28),
        ("fastlege", "dps"): (20, 20),
        ("fastlege", "tannlege"): None,
    }


def told(*ties: dict[str, Any]) -> dict[str, bool | None]:
    return dict(followed(around(*ties)).told)


def test_the_story_is_told_anew_where_nobody_brings_it() -> None:
    a, b = stay("a", "2025-01-01"), stay("b", "2025-02-01")
    assert told(a, b) == {"a": False, "b": True}
    assert told(a, b, refers("a", "b", "2025-01-15"))["b"] is False
    # A tie that begins later, or works badly, or carries nothing, brings nothing.
    assert told(a, b, refers("a", "b", "2025-03-01"))["b"] is True
    assert told(a, b, refers("a", "b", quality="broken"))["b"] is True
    assert told(a, b, {"source": "a", "target": "b", "kind": "agreement"})["b"] is True
    assert told(a, b, refers("b", "a"))["b"] is True


def test_an_arena_brings_the_story_and_an_unknown_beginning_says_nothing() -> None:
    kart = around(stay("a", "2025-01-01"), stay("b", "2025-02-01"))
    kart = kart.with_actor(id="team", kind="arena")
    for member in "ab":
        kart = kart.with_tie(source=member, target="team", kind="membership")
    assert followed(kart).told["b"] is False
    assert told(stay("a", None, "2025-01-01"), stay("b", "2025-02-01"))["a"] is None


def test_waits_and_bubbles_are_drawn_and_said() -> None:
    axes = drawn(pathway(example("user_network"), ax=sheet(), lang="en", **NAMED))
    found = by_gid(axes)
    bar = reach(axes, "wait:dps_dogn→dps:1")
    assert bar[1] == pytest.approx(reach(axes, "time:dps:0")[0], abs=0.5)
    arrow = found["referral:dps_dogn→dps:1"].get_xdata()[-1]
    assert bar[0] == pytest.approx(arrow, abs=2)
    assert {"told:akutt", "told:sykkelverksted"} == {g for g in found if g.startswith("told:")}
    assert "it took 28 days" in stage(axes).alt
    assert "told anew in 5 places" in stage(axes).alt


def test_steps_follow_the_referrals_and_a_circle_ends() -> None:
    chain = [refers("a", "b"), refers("b", "c"), refers("a", "c"), refers("c", "a")]
    steps = followed(around(*chain)).steps
    assert steps == {"a": 0, "b": 1, "c": 2}
    axes = drawn(pathway(around(*chain), ax=sheet()))
    lefts = [reach(axes, f"time:{id_}:0")[0] for id_ in "abc"]
    assert lefts == sorted(set(lefts))


def test_a_chain_of_a_thousand_referrals_has_as_many_steps() -> None:
    chain = [refers(f"s{n:04}", f"s{n + 1:04}") for n in range(1000)]
    assert followed(around(*chain)).steps["s1000"] == 1000


def test_lanes_can_stand_by_line() -> None:
    found = by_gid(
        drawn(pathway(example("user_network"), ax=sheet(), lanes="line", **NAMED)),
        "label:",
    )
    y = {gid: one.get_position()[1] for gid, one in found.items()}
    assert y["head:first"] > y["fastlege"] > y["head:second"] > y["akutt"] > y["head:state"]


@pytest.mark.parametrize("option", [{"along": "days"}, {"lanes": "level"}, {"lanes": 3}])
def test_unknown_ways_are_refused(option: dict[str, Any]) -> None:
    with pytest.raises(UnknownName):
        pathway(example("user_network"), ax=sheet(), **option)


# --- every map


@pytest.mark.parametrize(
    ("figure", "name", "lang"),
    [
        (figure, name, LANGUAGES[place % 4])
        for place, (figure, name) in enumerate(product(FIGURES, NAMES))
    ],
)
def test_nothing_covers_anything_on_any_example(figure: str, name: str, lang: str) -> None:
    axes = drawn(FIGURES[figure](example(name), ax=sheet(), lang=lang))
    assert faults(axes) == []
    assert stage(axes).alt


@pytest.mark.parametrize("figure", FIGURES)
@pytest.mark.parametrize(
    "kart",
    [
        ActorMap(),
        ActorMap(actors=[Actor(id="a")]),
        around(stay("a", "2025-01-01")),
        around(stay("a", None, "2025")),
        around(stay("a", "9999-12-31")),
        around(stay("a", "0001")),
        around(refers("a", "b"), refers("b", "a")),
        ActorMap(discharge=["2025-01"]),
        around(stay("$x_1$ <b>%s</b> {0} 🏥", "2025-01-01", "2025-01-01")),
    ],
)
def test_maps_with_hardly_anything_are_drawn(figure: str, kart: ActorMap) -> None:
    axes = drawn(FIGURES[figure](kart, ax=sheet()))
    assert faults(axes) == []
    assert stage(axes).alt
    svg_text(axes)


@pytest.mark.parametrize("size", [(170, 120), (170, 240), (297, 210)])
@pytest.mark.parametrize("figure", FIGURES)
def test_sixty_actors_with_long_names_are_readable(figure: str, size: tuple[float, float]) -> None:
    """ISSUE 12, 2.1: rather fewer rows, and said, than letters that cannot be read."""
    ties = [
        stay(f"s{n}", f"2025-{n % 12 + 1:02}-{n % 27 + 1:02}", f"2026-{n % 12 + 1:02}")
        for n in range(60)
    ]
    ties += [refers(f"s{n}", f"s{n + 1}", "2025-01-01") for n in range(0, 59, 3)]
    kart = around(*ties, lang="nb")
    named = [one.model_copy(update={"name": f"{LONG[:60]} {one.id}"}) for one in kart.actors]
    paper = Figure(figsize=(size[0] / 25.4, size[1] / 25.4))
    FigureCanvasAgg(paper)
    axes = drawn(
        FIGURES[figure](
            kart.model_copy(update={"actors": named}), ax=paper.add_axes((0.03, 0.03, 0.94, 0.87))
        )
    )
    assert faults(axes) == []
    assert smallest(axes) >= 7
    assert "ikke vist" in said(axes)


@pytest.mark.parametrize("figure", FIGURES)
@pytest.mark.parametrize("style", STYLES)
def test_around_a_person_roles_are_shown(figure: str, style: str) -> None:
    axes = drawn(FIGURES[figure](example("user_network"), ax=sheet(style=style), style=style))
    everything = said(axes) + stage(axes).alt + svg_text(axes)
    for name in ("Storvik", "Lianes", "Warsame", "Eikenes"):
        assert name not in everything


@given(actor_maps())
@settings(max_examples=20, deadline=None)
def test_any_map_is_drawn_and_says_something(kart: ActorMap) -> None:
    for figure in FIGURES.values():
        assert stage(drawn(figure(kart, ax=sheet()))).alt


@given(actor_maps())
@settings(max_examples=25, deadline=None)
def test_waits_are_never_negative_and_bounds_are_in_order(kart: ActorMap) -> None:
    for one in followed(kart).referrals:
        assert one.wait is None or 0 <= one.wait[0] <= one.wait[1]


def test_an_order_of_the_file_changes_nothing() -> None:
    kart = example("user_network")
    turned = kart.model_copy(update={"ties": kart.ties[::-1], "actors": kart.actors[::-1]})
    for figure in FIGURES.values():
        one, other = (drawn(figure(each, ax=sheet())) for each in (kart, turned))
        places = [
            {gid: text.get_position() for gid, text in by_gid(axes, "label:").items()}
            for axes in (one, other)
        ]
        assert places[0] == places[1]


def test_pyplot_is_not_imported() -> None:
    code = (
        "import sys, aktorkart as ak\n"
        "k = ak.examples.user_network()\n"
        "for name in ('timeline', 'pathway', 'salience', 'priorities'):\n"
        "    getattr(ak.figures, name)(k, ax=ak.figures.sheet())\n"
        "assert 'matplotlib.pyplot' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)  # noqa: S603 - our own interpreter


# --- in the report


def figures_of(kart: ActorMap) -> dict[str, tuple[str, ...]]:
    return {part.code: part.figures for part in report(kart).sections if part.figures}


def test_around_a_person_the_network_map_comes_first_and_time_has_a_section() -> None:
    """ISSUE 12, 3.7."""
    found = figures_of(example("user_network"))
    assert next(iter(found.values())) == ("ego",)
    assert found["centrality"][0] == "network"
    assert found["time"] == ("timeline", "pathway")
    assert next(iter(figures_of(example("municipal_service")).values())) == ("network",)


def test_around_a_person_the_one_in_the_middle_is_the_person() -> None:
    kart = around(stay("a"), stay("b"), {"source": "a", "target": "b"}, refers("b", "a"))
    kart = kart.model_copy(update={"scope": "individual"})
    page = report(kart, lang="en")
    assert page.kart.focal is None
    assert page.alt_text("ego").startswith("Network map around User.")


def test_a_report_draws_levels_and_matrix_where_there_is_something_to_compare() -> None:
    alike = [Actor(id=id_, line="first", level="service") for id_ in "abcd"]
    apart = [Actor(id=id_, line="second", level="governance") for id_ in "ef"]
    ties = [Tie(source="a", target="b"), Tie(source="c", target="d")]
    one = figures_of(ActorMap(actors=alike, ties=ties))
    two = figures_of(ActorMap(actors=[*alike, *apart], ties=[*ties, Tie(source="a", target="e")]))
    assert "levels" not in one.get("cohesion", ())
    assert "matrix" not in one.get("cohesion", ())
    assert two["cohesion"] == ("levels", "matrix")


def test_without_dates_no_time_is_shown() -> None:
    assert "over_time" not in figures_of(around(stay("a"), stay("b"), refers("a", "b")))
