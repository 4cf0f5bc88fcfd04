from __future__ import annotations

import copy
import datetime as dt
import pickle
from typing import TYPE_CHECKING, Annotated, Any, get_args, get_origin

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError
from pydantic_core import PydanticCustomError

from aktorkart.errors import InvalidMap, UnknownActor, UnknownTie
from aktorkart.model import (
    Action,
    Actor,
    ActorMap,
    ChecklistItem,
    Consent,
    Goal,
    Issue,
    Judgement,
    KindSpec,
    Tie,
)
from aktorkart.model.actormap import part
from aktorkart.model.checks import whole_map_problems
from aktorkart.model.fields import (
    Holds,
    Name,
    Number,
    OneOf,
    Text,
    _as_number,
    as_name,
    as_text,
    first_day,
    last_day,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from pydantic import BaseModel


def written(**data: Any) -> ActorMap:
    """Make a map of plain data, as a reader of files does."""
    return ActorMap(**data)


def codes(error: InvalidMap) -> set[tuple[str, str]]:
    """Return the code of every problem with the path to it."""
    return {(problem.code, problem.place.text("en")) for problem in error.problems}


@pytest.fixture
def kart() -> ActorMap:
    return ActorMap(
        title="Prøve",
        focal="bruker",
        actors=[
            Actor(id="bruker", kind="user"),
            Actor(id="fastlege", name="Fastlegen", kind="gp"),
            Actor(id="nav", kind="nav"),
        ],
        ties=[
            Tie(source="bruker", target="fastlege", strength=4),
            Tie(source="fastlege", target="nav", kind="referral", mutual=False, since="2025-01"),
        ],
    )


def test_everything_but_ids_and_ends_may_be_left_out() -> None:
    kart = ActorMap(actors=[Actor(id="a"), Actor(id="b")], ties=[Tie(source="a", target="b")])
    actor, tie = kart["a"], kart.ties[0]
    assert (actor.label, actor.kind, kart.lines("a")) == ("a", "unknown", ())
    assert (tie.kind, tie.mutual, tie.strength) == ("contact", True, None)
    assert (kart.scope, kart.focal, kart.strength_scale) == ("service", None, (1.0, 5.0))


def test_an_empty_map_is_valid() -> None:
    assert ActorMap() == ActorMap(actors=[], ties=[])


def test_every_problem_is_said_at_once_with_its_path() -> None:
    with pytest.raises(InvalidMap) as caught:
        written(
            focal="x",
            scope="indvidual",
            actors=[
                {"id": "a", "kindd": "gp"},
                {"id": "b", "kind": "fastlege", "power": 9},
                {"id": "a"},
                {"id": "c", "publics": {"bolig": {"problem": "high"}}},
            ],
            ties=[
                {"source": "a", "target": "b", "strength": 7},
                {"source": "a"},
                {"source": "b", "target": "cc", "mutual": "no"},
                {"source": "a", "target": "a"},
                {"source": "a", "target": "c", "since": "2025", "until": "2024-12"},
                {"source": "a", "target": "c", "kind": "samarbeid", "strength": float("nan")},
            ],
            positions={"a": [1]},
        )
    assert codes(caught.value) == {
        ("unknown_focal", "focal"),
        ("not_choice", "scope"),
        ("unknown_field", "actors[0].kindd"),
        ("undeclared_kind", "actors[1].kind"),
        ("out_of_range", "actors[1].power"),
        ("duplicate_actor", "actors[2].id"),
        ("unknown_reference", "actors[3].publics.bolig"),
        ("outside_scale", "ties[0].strength"),
        ("missing", "ties[1].target"),
        ("not_boolean", "ties[2].mutual"),
        ("unknown_actor", "ties[2].target"),
        ("self_tie", "ties[3].target"),
        ("ends_before", "ties[4].until"),
        ("undeclared_kind", "ties[5].kind"),
        ("not_number", "ties[5].strength"),
        ("not_pair", "positions.a"),
    }


def test_problems_come_as_the_file_goes() -> None:
    with pytest.raises(InvalidMap) as caught:
        written(
            actors=[{"id": "a", "kind": "gpp"}, {"id": "b", "power": 0}],
            ties=[{"source": "x", "target": "y"}],
        )
    said = [problem.place.text("en") for problem in caught.value.problems]
    assert said == ["actors[0].kind", "actors[1].power", "ties[0].source", "ties[0].target"]


def test_guesses_come_from_ids_names_and_the_names_of_kinds(kart: ActorMap) -> None:
    with pytest.raises(UnknownActor, match="Did you mean 'fastlege'"):
        kart["fastlegen"]
    with pytest.raises(InvalidMap, match="Did you mean 'gp'"):
        kart.with_actor(id="ny", kind="fastlege")
    with pytest.raises(InvalidMap, match="Did you mean 'kind'"):
        Actor(id="a", kinnd="gp")  # type: ignore[call-arg]


def test_constructors_raise_invalid_map_and_never_pydantics_error() -> None:
    for make in (
        lambda: Actor(id=""),
        lambda: Tie(source="a", target="b", strength=float("inf")),
        lambda: Goal(id="g", title="Bolig"),  # type: ignore[call-arg]
        lambda: ActorMap(titel="x"),  # type: ignore[call-arg]
    ):
        with pytest.raises(InvalidMap):
            make()


def test_a_goal_without_direction_and_a_point_without_date_are_located() -> None:
    with pytest.raises(InvalidMap) as caught:
        written(goals=[{"id": "g", "points": [{"value": 3}]}])
    assert codes(caught.value) == {
        ("missing", "goals[0].direction"),
        ("missing", "goals[0].points[0].date"),
    }


def test_nobody_is_blamed_for_a_list_that_cannot_be_read() -> None:
    with pytest.raises(InvalidMap) as caught:
        written(actors="nav", ties=[{"source": "a", "target": "b"}])
    assert codes(caught.value) == {("not_list", "actors")}


def test_a_broken_actor_does_not_make_its_ties_wrong() -> None:
    with pytest.raises(InvalidMap) as caught:
        written(
            actors=[{"id": "a", "power": 9}, {"id": "b"}], ties=[{"source": "a", "target": "b"}]
        )
    assert codes(caught.value) == {("out_of_range", "actors[0].power")}


SLIPS: dict[str, dict[str, Any]] = {
    "ties": {
        "source": ["nobody", None],
        "target": ["no one", None],
        "strength": [9, "mye"],
        "kind": ["kaffe"],
        "quality": ["dårlig"],
        "mutual": ["kanskje"],
        "since": ["våren"],
    },
    "goals": {"id": [None], "direction": ["opp", None], "actors": [["nobody"]], "note": [{}]},
    "plan": {"id": [None], "goal": ["none"], "responsible": ["nobody"], "due": ["snart"]},
}
"""What may be wrong in an item, field by field; None leaves it out."""

FITTING: dict[str, dict[str, Any]] = {
    "ties": {"source": "a", "target": "b"},
    "goals": {"id": "g", "direction": "higher"},
    "plan": {"id": "p", "goal": "g"},
}


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_no_mistake_hides_another(data: st.DataObject) -> None:
    """What is told of one mistake alone is told of it among others, in the same item too."""

    def told(slips: dict[tuple[str, str], Any]) -> set[tuple[str, str]]:
        items = {name: dict(item) for name, item in FITTING.items()}
        for (section, field), value in slips.items():
            items[section][field] = value
            if value is None:
                del items[section][field]
        actors = [{"id": "a"}, {"id": "b"}]
        with pytest.raises(InvalidMap) as caught:
            written(actors=actors, **{name: [item] for name, item in items.items()})
        return codes(caught.value)

    places = [(section, field) for section, fields in SLIPS.items() for field in fields]
    chosen = data.draw(st.lists(st.sampled_from(places), min_size=1, unique=True))
    slips = {
        (section, field): data.draw(st.sampled_from(SLIPS[section][field]))
        for section, field in chosen
    }
    alone = [told({at: value}) for at, value in slips.items()]
    assert told(slips) == set.union(*alone)


def test_the_same_tie_is_an_error_only_by_the_rule() -> None:
    """Equal ordered pair, kind, informant and overlapping period; mutual occupies both orders."""
    actors = [Actor(id="a"), Actor(id="b")]

    def twice(first: dict[str, Any], second: dict[str, Any]) -> bool:
        ties = [Tie(source="a", target="b", **first), Tie(target="a", **second)]
        kart = ActorMap._unchecked(actors=actors, ties=ties)  # noqa: SLF001 - as checks see it
        found = [problem.code for problem in whole_map_problems(kart)]
        assert found in ([], ["duplicate_tie"])
        return bool(found)

    back = {"source": "b"}
    assert twice({}, back)
    assert twice({"mutual": False}, back)
    assert not twice({"mutual": False}, {**back, "mutual": False})
    assert not twice({}, {**back, "kind": "referral"})
    assert not twice({"informant": "a"}, {**back, "informant": "b"})
    assert twice({"until": "2025-06"}, {**back, "since": "2025-06-30"})
    assert not twice({"until": "2025-06"}, {**back, "since": "2025-07"})


def test_values_cannot_be_changed_in_place(kart: ActorMap) -> None:
    with pytest.raises(ValueError, match="frozen"):
        kart["nav"].power = 3.0
    with pytest.raises(TypeError):
        Actor(id="a", tags={"by": "Bodø"}).tags["by"] = "Oslo"  # type: ignore[index]
    with pytest.raises(TypeError, match="fields"):
        list(kart)


def test_maps_compare_hash_pickle_and_copy(kart: ActorMap) -> None:
    kart.channels  # noqa: B018 - what is cached must not make maps unequal
    again = ActorMap(**{name: getattr(kart, name) for name in ActorMap.model_fields})
    assert kart == again
    assert hash(kart) == hash(again)
    assert pickle.loads(pickle.dumps(kart)) == kart  # noqa: S301 - our own bytes
    assert copy.deepcopy(kart) == kart


def test_verbs_leave_the_old_map_as_it_was(kart: ActorMap) -> None:
    before = copy.deepcopy(kart)
    kart.with_actor(id="dps", kind="dps").with_tie(source="dps", target="nav")
    kart.without_actor("nav")
    kart.without_tie("bruker", "fastlege")
    kart.at("2024")
    assert kart == before


def test_an_actor_takes_the_place_of_the_one_with_its_id(kart: ActorMap) -> None:
    new = kart.with_actor(Actor(id="nav", power=5))
    assert [actor.id for actor in new.actors] == ["bruker", "fastlege", "nav"]
    assert new["nav"].power == 5


def test_a_tie_takes_the_place_of_the_same_tie(kart: ActorMap) -> None:
    new = kart.with_tie(source="fastlege", target="bruker", strength=1)
    assert len(new.ties) == 2
    assert new.ties[0].strength == 1
    assert len(kart.with_tie(source="bruker", target="fastlege", kind="information").ties) == 3


def test_without_actor_forgets_all_that_points_to_it(kart: ActorMap) -> None:
    full = kart.with_(
        needs=("fastlege", "gp"),
        positions={"fastlege": (1, 2)},
        goals=[Goal(id="g", direction="higher", actors=("fastlege", "nav"))],
        plan=[Action(id="p", responsible="fastlege")],
    )
    less = full.without_actor("fastlege")
    assert less.ties == ()
    assert (less.needs, dict(less.positions)) == (("gp",), {})
    assert less.goals[0].actors == ("nav",)
    assert less.plan[0].responsible is None
    assert full.without_actor("bruker").focal is None


def test_without_actor_keeps_a_need_that_is_also_a_kind() -> None:
    kart = ActorMap(actors=[Actor(id="nav", kind="nav"), Actor(id="x")], needs=["nav", "x"])
    assert kart.without_actor("nav").needs == ("nav", "x")
    assert kart.without_actor("x").needs == ("nav",)


def test_part_keeps_what_is_among_the_chosen(kart: ActorMap) -> None:
    whole = kart.with_tie(source="bruker", target="fastlege", kind="referral", informant="nav")
    some = part(whole, {"bruker", "fastlege"}, focal="fastlege")
    assert [actor.id for actor in some.actors] == ["bruker", "fastlege"]
    assert [tie.informant for tie in some.ties] == [None, "nav"]
    assert some.focal == "fastlege"


def test_only_the_ends_of_a_tie_have_changed_practice() -> None:
    ends: Any = {"source": "a", "target": "b"}
    actors = [Actor(id="a"), Actor(id="b"), Actor(id="c")]
    both = Tie(**ends, changed_practice=["b", "a"])
    assert ActorMap(actors=actors, ties=[both]).without_actor("c").ties == (both,)
    with pytest.raises(InvalidMap) as caught:
        ActorMap(
            actors=actors,
            ties=[Tie(**ends), Tie(**ends, kind="funding", changed_practice=["c", "x"])],
        )
    assert codes(caught.value) == {
        ("not_an_end", "ties[1].changed_practice"),
        ("unknown_actor", "ties[1].changed_practice"),
    }
    assert "Only the two ends" in caught.value.text("en")


def test_a_tie_is_compared_with_all_before_it() -> None:
    """The last tie of the same key need not be the one that it repeats."""
    ends: Any = {"source": "a", "target": "b"}
    ties = [
        Tie(**ends, until="2020"),
        Tie(**ends, since="2022"),
        Tie(**ends, since="2020", until="2020"),
    ]
    with pytest.raises(InvalidMap) as caught:
        ActorMap(actors=[Actor(id="a"), Actor(id="b")], ties=ties)
    assert codes(caught.value) == {("duplicate_tie", "ties[2]")}


VALUES = (Action, Actor, ActorMap, ChecklistItem, Consent, Goal, Issue, Judgement, KindSpec, Tie)


def _texts(annotation: Any) -> bool:
    """Tell whether free words can stand in a field: a text that no list of words limits."""
    if get_origin(annotation) is Annotated:
        inside, *marks = get_args(annotation)
        if any(isinstance(mark, Holds | OneOf) for mark in marks):
            return False
        return _texts(inside)
    return annotation is str or any(map(_texts, get_args(annotation)))


@pytest.mark.parametrize("model", VALUES)
def test_every_text_says_what_it_holds(model: type[BaseModel]) -> None:
    for name, field in model.model_fields.items():
        marked = any(isinstance(mark, Holds | OneOf) for mark in field.metadata)
        assert marked or not _texts(field.annotation), name


@pytest.mark.parametrize(
    "make",
    [
        lambda kart: kart.model_copy(update={"focal": "x"}),
        lambda kart: kart.model_copy(update={"ties": ({"source": "nav", "target": "x"},)}),
        lambda kart: kart.model_copy(update={"titel": "x"}),
        lambda kart: kart.copy(update={"focal": "x"}),
        lambda kart: kart.__replace__(focal="x"),
        lambda kart: kart.with_(focal="x"),
        lambda _: ActorMap.model_construct(focal="x"),
        lambda kart: kart["nav"].model_copy(update={"power": 9}),
        lambda _: Tie.model_construct(source="a", target="b", strength="much"),
    ],
)
def test_no_way_makes_an_unchecked_value(kart: ActorMap, make: Callable[[Any], Any]) -> None:
    with pytest.raises(InvalidMap):
        make(kart)


@pytest.mark.parametrize(
    "change",
    [
        lambda kart, **fields: kart.model_copy(update=fields),
        lambda kart, **fields: kart.model_copy(update=fields, deep=True),
        lambda kart, **fields: kart.__replace__(**fields),
        lambda kart, **fields: kart.with_(**fields),
    ],
)
def test_a_changed_map_has_nothing_old_cached(kart: ActorMap, change: Callable[..., Any]) -> None:
    assert len(kart.channels) == len(kart.ties_in_force) == 2
    less = change(kart, ties=(), actors=(Actor(id="bruker"),))
    assert less.channels == less.ties_in_force == ()
    assert "nav" not in less
    assert change(kart) == kart
    assert hash(change(kart)) == hash(kart)


def test_the_maps_own_fields_are_changed_with_a_guess_at_misspelt_ones(kart: ActorMap) -> None:
    new = kart.with_(title="Ny", date="2026", lang="en", scope="governance", focal=None)
    assert (new.title, new.date, new.lang, new.scope, new.focal) == (
        "Ny",
        "2026",
        "en",
        "governance",
        None,
    )
    with pytest.raises(InvalidMap, match="Did you mean 'title'"):
        kart.with_(titel="Ny")


def test_without_tie_finds_mutual_ties_in_either_order(kart: ActorMap) -> None:
    assert len(kart.without_tie("fastlege", "bruker").ties) == 1
    with pytest.raises(UnknownTie):
        kart.without_tie("nav", "fastlege")
    with pytest.raises(UnknownTie):
        kart.without_tie("bruker", "fastlege", kind="referral")
    with pytest.raises(UnknownActor):
        kart.without_tie("nav", "x")


@pytest.mark.parametrize(
    ("when", "there"),
    [("2024", 1), ("2025", 2), ("2024-12-31", 1), ("2025-01-01", 2), (dt.date(2025, 1, 1), 2)],
)
def test_at_keeps_the_ties_in_force(kart: ActorMap, when: str | dt.date, there: int) -> None:
    seen = kart.at(when)
    assert len(seen.ties) == there
    assert seen.date == str(when)


def test_since_and_until_are_inclusive() -> None:
    """METHOD 7: `since` and `until` inclusive; a month or a year means its last day."""
    tie = Tie(source="a", target="b", since="2025-02", until="2025-03")
    days = ["2025-01-31", "2025-02-01", "2025-03-31", "2025-04-01", "2025", None]
    assert [tie.in_force(day) for day in days] == [False, True, True, False, False, True]


def test_at_refuses_what_is_no_date(kart: ActorMap) -> None:
    with pytest.raises(InvalidMap, match="not a date"):
        kart.at("mars")


def test_channels_leave_out_what_nothing_passes_through() -> None:
    """METHOD 7: not strained, broken, `needed` or of kind `conflict`; only those in force."""
    actors = [Actor(id="a"), Actor(id="b")]
    ends: Any = {"source": "a", "target": "b"}
    ties = [
        Tie(**ends),
        Tie(**ends, kind="referral", quality="good"),
        Tie(**ends, kind="information", quality="strained"),
        Tie(**ends, kind="agreement", quality="broken"),
        Tie(**ends, kind="funding", needed=True),
        Tie(**ends, kind="conflict"),
        Tie(**ends, kind="authority", until="2020"),
    ]
    kart = ActorMap(date="2026", actors=actors, ties=ties)
    assert [tie.kind for tie in kart.channels] == ["contact", "referral"]
    assert len(kart.ties_in_force) == 6


def test_reported_by_keeps_one_informants_ties(kart: ActorMap) -> None:
    told = kart.with_tie(source="bruker", target="nav", informant="nav")
    assert [tie.informant for tie in told.reported_by("nav").ties] == ["nav"]
    with pytest.raises(UnknownActor, match="Did you mean 'nav'"):
        told.reported_by("navn")


def test_defaults_come_from_the_kind_and_can_be_overridden() -> None:
    kart = ActorMap(
        actors=[
            Actor(id="nav", kind="nav"),
            Actor(id="a", kind="gp", line="private"),
            Actor(id="f", kind="fiskemottak"),
        ],
        kinds={"fiskemottak": KindSpec(line="private", level="individual", name="Fiskemottak")},
    )
    assert kart.lines("nav") == ("state", "first")
    assert kart.lines("a") == ("private",)
    assert (kart.lines("f"), kart.levels("f"), kart.linkages("f")) == (
        ("private",),
        ("individual",),
        (),
    )
    assert kart.kind_name("fiskemottak", "en") == "Fiskemottak"


def test_what_people_and_programs_write_is_taken() -> None:
    actor = Actor(id=301, name="  Kari \n Nordmann ", power=np.float64(3), open="Weekdays")  # type: ignore[arg-type]
    assert (actor.id, actor.name, actor.power, actor.open) == (
        "301",
        "Kari Nordmann",
        3.0,
        ("weekdays",),
    )
    assert Judgement(problem="High").problem == "high"
    with pytest.raises(InvalidMap, match="control characters"):
        Actor(id="a\x00b")


@pytest.mark.parametrize("value", ["1_000", "٣", "1,5", "tre", "", "nan", "1e999", None, True, [3]])
def test_what_is_no_number_is_said(value: Any) -> None:
    if value is None:
        assert Tie(source="a", target="b", strength=value).strength is None
        return
    with pytest.raises(InvalidMap, match="not a number"):
        Tie(source="a", target="b", strength=value)


@pytest.mark.parametrize(("value", "number"), [("3", 3.0), (" 2.5 ", 2.5), ("1e2", 100.0)])
def test_text_that_is_a_number_becomes_one(value: Any, number: float) -> None:
    assert Tie(source="a", target="b", strength=value).strength == number


@pytest.mark.parametrize(
    ("when", "first", "last"),
    [
        ("2026", "2026-01-01", "2026-12-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2026-12", "2026-12-01", "2026-12-31"),
        ("9999-12", "9999-12-01", "9999-12-31"),
        ("2026-03-05", "2026-03-05", "2026-03-05"),
    ],
)
def test_first_and_last_day(when: str, first: str, last: str) -> None:
    assert (first_day(when), last_day(when)) == (first, last)


@pytest.mark.parametrize("when", ["2026-13", "2026-02-30", "26", "2026-3-1", "0000", "i dag"])
def test_what_is_no_date_is_said(when: str) -> None:
    with pytest.raises(InvalidMap, match="not a date"):
        Tie(source="a", target="b", since=when)


class _Word(str):
    __slots__ = ()


_GIVEN = st.one_of(
    *(st.text(), st.text(st.characters(max_codepoint=130)), st.text().map(_Word)),
    *(st.integers(), st.just(10**400), st.floats(), st.floats().map(np.float64)),
    *(st.booleans(), st.none(), st.dates(), st.just([])),
)


@settings(max_examples=500)
@given(_GIVEN)
def test_what_pydantic_reads_itself_is_read_as_our_functions_do(value: object) -> None:
    for kind, read in ((Name, as_name), (Text, as_text), (Number, _as_number)):
        adapter: TypeAdapter[Any] = TypeAdapter(kind)
        outcomes: list[Any] = []
        for way in (read, adapter.validate_python):
            try:
                outcomes.append((type(found := way(value)), found))
            except PydanticCustomError as wrong:
                outcomes.append(wrong.type)
            except ValidationError as wrong:
                outcomes.append(wrong.errors()[-1]["type"])
        assert outcomes[0] == outcomes[1]
