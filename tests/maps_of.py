"""Small maps that the tests of the analyses are about, and what to look up in findings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

import aktorkart as ak
from aktorkart import toolbox
from aktorkart.care.tellings import tellings
from aktorkart.model import Point
from aktorkart.model.vocabulary import STORY

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from aktorkart.finding import Finding


def helped_by(*ids: str, ties: tuple[str, ...] = (), **kinds: str) -> ak.ActorMap:
    """Draw a map around a user: "a>b" is a referral one way, "a-b" information both ways."""
    actors = [ak.Actor(id="user", kind="user")]
    actors += [ak.Actor(id=id_, kind=kinds.get(id_, "service")) for id_ in ids]
    drawn = [ak.Tie(source="user", target=id_) for id_ in ids]
    return linked(ak.ActorMap(focal="user", actors=actors, ties=drawn), *ties)


def linked(kart: ak.ActorMap, *ties: str, **fields: Any) -> ak.ActorMap:
    for tie in ties:
        kind, mutual = ("referral", False) if ">" in tie else ("information", True)
        source, target = tie.replace(">", "-").split("-")
        about = {"kind": kind, "mutual": mutual} | fields
        kart = kart.with_tie(source=source, target=target, **about)
    return kart


def number(kart: ak.ActorMap, **options: Any) -> Any:
    return tellings(kart, **options)[0].numbers["tellings"]


def cases(found: Iterable[Finding]) -> list[str]:
    return [one.case for one in found]


def first(found: Iterable[Finding], case: str) -> Finding:
    return next(finding for finding in found if finding.case == case)


def of(found: Iterable[Finding], id_: str) -> Finding:
    return next(finding for finding in found if finding.actors[:1] == (id_,))


@st.composite
def care_maps(draw: st.DrawFn, max_size: int = 7) -> ak.ActorMap:
    """Draw maps around a user where most actors help, and much is passed on."""
    ids = [f"a{n}" for n in range(draw(st.integers(2, max_size)))]
    kinds = st.sampled_from(["gp", "nav", "arena", "dps", "peer", "coordinator"])
    actors = [ak.Actor(id="user", kind="user")] + [ak.Actor(id=i, kind=draw(kinds)) for i in ids]
    ends = st.lists(st.sampled_from(["user", *ids]), min_size=2, max_size=2, unique=True)
    kart = ak.ActorMap(focal=draw(st.sampled_from([None, "user", ids[0]])), actors=actors)
    for id_ in draw(st.lists(st.sampled_from(ids), unique=True)):
        kart = kart.with_tie(source="user", target=id_)
    for source, target in draw(st.lists(ends, max_size=9)):
        kind = draw(st.sampled_from([*STORY, "contact"]))
        kart = kart.with_tie(source=source, target=target, kind=kind, mutual=draw(st.booleans()))
    return kart


MODEST = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def actor(id_: str, kind: str = "unknown", **fields: Any) -> ak.Actor:
    return ak.Actor(id=id_, kind=kind, **fields)


def tie(source: str, target: str, kind: str = "contact", **fields: Any) -> ak.Tie:
    return ak.Tie(source=source, target=target, kind=kind, **fields)


def one(found: Iterable[Finding], case: str) -> Finding:
    (finding,) = [finding for finding in found if finding.case == case]
    return finding


SERVICES = [actor("dps", "dps"), actor("gp", "gp"), actor("nav", "nav"), actor("u", "user")]


PEOPLE = [
    ak.Actor(id="u", kind="user"),
    ak.Actor(id="ward", kind="hospital"),
    ak.Actor(id="dps", kind="dps"),
    ak.Actor(id="home", kind="home_care"),
    ak.Actor(id="team", kind="mental_health_team"),
    ak.Actor(id="mum", kind="next_of_kin"),
]


def changed(kart: ak.ActorMap, **fields: Any) -> ak.ActorMap:
    kept = {name: getattr(kart, name) for name in ak.ActorMap.model_fields}
    return ak.ActorMap(**kept | fields)


PARTNERS = [ak.Actor(id=id_) for id_ in ("dps", "gp", "nav")]


def among_partners(*ties: ak.Tie, **fields: Any) -> ak.ActorMap:
    return ak.ActorMap(**{"actors": PARTNERS, "ties": ties} | fields)


def among_people(*ties: ak.Tie, **fields: Any) -> ak.ActorMap:
    return ak.ActorMap(actors=PEOPLE, ties=ties, **fields)


def judged(problem: str | None, constraint: str | None, involvement: str | None) -> ak.Judgement:
    return ak.Judgement(problem=problem, constraint=constraint, involvement=involvement)


def with_issue(*actors: ak.Actor, issues: tuple[str, ...] = ("bolig",)) -> ak.ActorMap:
    return ak.ActorMap(actors=actors, issues=[ak.Issue(id=id_) for id_ in issues])


ACTIVE = judged("high", "low", "high")


OPEN = judged("high", "high", "high")


AWARE = judged("high", "high", "low")


NONE = judged("low", "high", "low")


TEAM = ak.Actor(id="team", kind="mental_health_team")


def points(**values: float) -> list[Point]:
    """Make points on days: ``on_2026_01_10=3``."""
    return [Point(date=day[3:].replace("_", "-"), value=value) for day, value in values.items()]


def goal(id_: str, direction: str = "higher", given: Sequence[Point] = ()) -> ak.Goal:
    """Make a goal."""
    return ak.Goal(id=id_, direction=direction, points=given)


def with_plan(plan: list[dict[str, Any]], **fields: Any) -> ak.ActorMap:
    """Make a map around Kari with NAV tied to her, a coordinator, and DPS apart from her."""
    values: dict[str, Any] = {
        "scope": "individual",
        "date": "2026-03-01",
        "actors": [
            ak.Actor(id="kari", name="Kari", kind="user"),
            ak.Actor(id="nav", name="NAV", kind="nav"),
            ak.Actor(id="dps", name="DPS", kind="dps"),
            ak.Actor(id="koordinator", name="Koordinatoren", kind="coordinator"),
        ],
        "ties": [
            ak.Tie(source="kari", target="nav"),
            ak.Tie(source="koordinator", target="kari", mutual=False),
            ak.Tie(source="kari", target="dps", quality="broken"),
            ak.Tie(source="nav", target="dps"),
        ],
        "checklist": toolbox.new_checklist("nb"),
        "plan": plan,
    }
    return ak.ActorMap(**values | fields)


def fields_of(kart: ak.ActorMap) -> dict[str, Any]:
    return {name: getattr(kart, name) for name in type(kart).model_fields}


RATED = [
    tie("u", "nav", strength=1, informant="u"),
    tie("u", "nav", strength=4, informant="nav"),
    tie("gp", "dps", "referral", strength=3, informant="gp"),
    tie("gp", "dps", "referral", strength=2, informant="dps"),
]


def hardly_between() -> ak.ActorMap:
    """Make a map on which one stands between two, who are as near directly."""
    return ak.ActorMap(
        actors=[ak.Actor(id=id_) for id_ in ("bup", "dps", "syk")],
        ties=[
            ak.Tie(source="dps", target="bup", strength=4),
            ak.Tie(source="bup", target="syk", strength=4),
            ak.Tie(source="dps", target="syk", strength=2),
        ],
    )
