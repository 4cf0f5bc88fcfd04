"""Next steps: METHOD 9."""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations, product
from typing import Any

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import aktorkart as ak
from aktorkart.care.level_alignment import level_alignment
from aktorkart.care.next_steps import next_steps
from aktorkart.care.serving import serving
from aktorkart.care.tellings import tellings
from aktorkart.content import Topics
from aktorkart.errors import WrongArgument
from aktorkart.model.actormap import retied
from aktorkart.model.vocabulary import PERSONAL_NETWORK, STORY
from aktorkart.strategies import actor_maps
from maps_of import MODEST, care_maps, cases, first, helped_by, linked, number

FIVE = ("fastlege", "dps", "nav", "bolig", "rus")


def five() -> ak.ActorMap:
    """Draw the map of ACCEPTANCE A17."""
    kart = helped_by(*FIVE)
    for source, target in (("fastlege", "dps"), ("dps", "nav")):
        kart = kart.with_tie(source=source, target=target, kind="information", mutual=False)
    return kart


def test_the_best_tie_and_how_many_do_the_same() -> None:
    """ACCEPTANCE A17: from 3 to 2, and seven of the eight pairs are equal."""
    (best,) = next_steps(five())
    assert number(five()) == best.numbers["tellings_before"] == 3
    assert (best.numbers["tellings_after"], best.numbers["equal"]) == (2, 7)
    assert best.text("nb") == (
        "Begynner bolig og dps å dele informasjon, må user fortelle historien sin 2 ganger, "
        "mot 3 nå. 7 slike steg gir det samme, og dette er ett av dem."
    )


def test_two_ties_are_taken_one_at_a_time_and_said_to_be() -> None:
    """ACCEPTANCE A17: the best two lead to 1."""
    (both,) = next_steps(five(), k=2)
    assert both.numbers["tellings_after"] == 1
    assert len(both.ties) == 2
    assert "one at a time" in both.text("en")
    assert next_steps(five(), k=3)[0].ties == both.ties, "nothing is left to improve"


def test_what_the_equals_share_is_said() -> None:
    kart = helped_by("a", "b", "c", "d", ties=("a-b", "c-d"))
    (best,) = next_steps(kart)
    assert best.numbers["equal"] == 4
    assert set(best.actors) == {"a", "b", "c", "d"}
    assert "any such tie between one of a and b and one of c and d" in best.text("en")
    # One alone is no group.
    (best,) = next_steps(helped_by("a", "b", "c", ties=("a-b",)))
    assert "any such tie between c and one of a and b: 2 are possible" in best.text("en")


def test_a_door_may_refer_to_who_meets_a_need() -> None:
    kart = helped_by("gp", "dps", ties=("gp>dps",)).with_actor(id="nav", kind="nav")
    best = first(next_steps(kart.with_(needs=["nav", "dps"])), "referral")
    assert (best.numbers["reached_before"], best.numbers["reached_after"]) == (1, 2)
    assert best.numbers["equal"] == 2


def test_a_strained_tie_is_mended_whoever_told_of_it_and_not_drawn_twice() -> None:
    kart = helped_by("a", "b", "c", ties=("b-c",))
    for informant in ("a", "b"):
        kart = kart.with_tie(
            source="a", target="b", kind="information", quality="strained", informant=informant
        )
    found = next_steps(kart)
    mended = first(found, "mended")
    assert mended.ties == (("a", "b", "information"),)
    assert mended.numbers["tellings_after"] == 1
    shared = first(found, "information_tellings")
    assert shared.ties == (("a", "c", "information"),)
    assert shared.numbers["equal"] == 1


def test_a_seat_where_the_others_meet() -> None:
    kart = helped_by("a", "b", "c").with_actor(id="forum", kind="arena")
    for id_ in ("a", "b"):
        kart = kart.with_tie(source=id_, target="forum", kind="membership")
    seat = first(next_steps(kart), "seat")
    assert seat.ties == (("c", "forum", "membership"),)
    assert seat.numbers["tellings_after"] == 1


def between(*, middle: bool, agreement: bool) -> ak.ActorMap:
    """Draw two organisations with practice, and perhaps one more that has agreed with the first."""
    actors = [
        ak.Actor(id=f"{home}_{level}", organisation=home, level=[level])
        for home in ("x", "y", "z")
        for level in ("individual", "service")
    ]
    kart = linked(ak.ActorMap(actors=actors), "x_individual-y_individual")
    for one, other in (("x", "z"), *([("x", "y")] if agreement else [])):
        kart = kart.with_tie(source=f"{one}_service", target=f"{other}_service", kind="agreement")
    return linked(kart, "x_service-y_service") if middle else kart


def test_an_agreement_for_practice_and_contact_in_the_middle() -> None:
    agreed = first(next_steps(between(middle=True, agreement=False)), "agreement")
    assert agreed.ties == (("x_service", "y_service", "agreement"),)
    assert agreed.numbers["unaligned_after"] == agreed.numbers["unaligned_before"] - 1
    kart = between(middle=False, agreement=True)
    met = [found for found in next_steps(kart) if found.numbers["unaligned_after"] == 1]
    assert any(("x_service", "y_service", "information") in found.ties for found in met)


def test_none_between_kin_and_none_where_nothing_improves() -> None:
    kin = ak.ActorMap(
        actors=[ak.Actor(id="mor", kind="next_of_kin"), ak.Actor(id="venn", kind="friend")]
    )
    assert next_steps(kin) == []
    assert next_steps(helped_by("a", "b", ties=("a-b",))) == []
    assert next_steps(ak.ActorMap()) == []


@pytest.mark.parametrize("k", [0, 4, True, 1.0, "1", None])
def test_steps_are_one_two_or_three(k: Any) -> None:
    with pytest.raises(WrongArgument, match="1, 2"):
        next_steps(five(), k=k)


def test_a_report_shows_three_after_the_gaps_and_says_how_to_ask_of_large_maps() -> None:
    kart = ak.examples.municipal_service()
    codes = [section.code for section in ak.report(kart).sections]
    assert codes[codes.index("gaps") + 1] == "next_steps"
    assert len(Topics(kart).about("next_steps")) == 3
    large = ak.ActorMap(actors=[ak.Actor(id=f"a{n}") for n in range(501)])
    (left_out,) = Topics(large).about("next_steps")
    assert "ak.care.next_steps(kart)" in left_out.text("en")


def test_the_network_of_the_user() -> None:
    """The issue's own sentence is true, and told once with the eleven that do the same."""
    kart = ak.examples.user_network()

    def shared_by(one: str, other: str) -> Any:
        new = ak.Tie(source=one, target=other, kind="information")
        return number(retied(kart, [*kart.ties, new]))

    assert number(kart) == 3
    assert shared_by("koordinator", "nav") == 2
    assert shared_by("koordinator", "fastlege") == 3
    (told,) = (one for one in next_steps(kart) if one.case == "information_tellings")
    assert told.numbers["tellings_after"] == shared_by(*told.ties[0][:2]) == 2
    ids = [id_ for id_ in serving(kart, "bruker") if kart[id_].kind != "arena"]
    # A strained tie is to be mended, and is no new one.
    there = {tie.pair for tie in kart.ties_in_force if tie.kind in STORY and not tie.needed}
    pairs = [pair for pair in combinations(sorted(ids), 2) if pair not in there]
    same = [pair for pair in pairs if shared_by(*pair) == 2]
    assert ("koordinator", "nav") in same
    assert told.numbers["equal"] == len(same) == 12


Way = tuple[str, str, str, str]
"""What is done, both ends and the kind of the tie."""

NUMBERS = ("tellings", "reached", "cut_off", "unaligned", "fragmentation")


@st.composite
def worked_maps(draw: st.DrawFn) -> ak.ActorMap:
    """Draw maps with all that a next step may be about, around a person or a service."""
    kart = draw(care_maps(max_size=6))
    kinds = {actor.id: actor.kind for actor in kart.actors}
    some = st.sets(st.sampled_from(sorted(kinds)))
    homes = draw(st.sampled_from([st.sampled_from(one) for one in ("xy", "xyz", [None, "x"])]))
    levels = st.sampled_from([["individual", "service"], ["service"], ["individual"], None])
    kart = kart.with_(
        actors=[
            ak.Actor(
                id=id_,
                kind=kind,
                level=draw(levels),
                organisation=None if kind == "user" else draw(homes),
            )
            for id_, kind in kinds.items()
        ],
        scope=draw(st.sampled_from(["service", "individual"])),
        needs=sorted(draw(some) - {"user"} | draw(st.sets(st.sampled_from(["nav", "dps", "gp"])))),
    )
    ends = st.lists(st.sampled_from(sorted(kinds)), min_size=2, max_size=2, unique=True)
    more = st.sampled_from(["agreement", "agreement", "membership", "information", "referral"])
    how: Any = st.sampled_from(
        [{"quality": "strained"}, {"quality": "broken"}, {"needed": True}, {}]
    )
    for (source, target), kind in draw(st.lists(st.tuples(ends, more), max_size=6)):
        tie = ak.Tie(source=source, target=target, kind=kind, mutual=draw(st.booleans()))
        # Ties that are there already, or told of by somebody else, are told of again.
        told = tie.model_copy(update={"informant": f"i{len(kart.ties)}", **draw(how)})
        kart = kart.with_tie(told)
    return kart


@st.composite
def homely_maps(draw: st.DrawFn) -> ak.ActorMap:
    """Draw maps of organisations, some of which have agreed on something."""
    levels = st.sampled_from([["individual", "service"], ["service"], ["individual"]])
    actors = [
        ak.Actor(id=f"{home}{n}", organisation=home, kind=kind, level=draw(levels))
        for home, kind in (("x", "service"), ("y", "service"), ("z", "arena"))
        for n in range(2)
    ]
    kart = ak.ActorMap(actors=[*actors, ak.Actor(id="apart", kind="service")])
    kinds = st.sampled_from(["agreement", "information", "contact", "membership"])
    kart = kart.with_tie(source="x0", target=draw(st.sampled_from(["y0", "z0"])), kind="agreement")
    for one, other in draw(st.lists(st.sampled_from([*combinations(ids_of(kart), 2)]))):
        kart = kart.with_tie(
            source=one, target=other, kind=draw(kinds), informant=f"i{len(kart.ties)}"
        )
    return kart


def ids_of(kart: ak.ActorMap) -> list[str]:
    return [actor.id for actor in kart.actors]


def brute(kart: ak.ActorMap) -> dict[str, Any]:
    """Work the numbers out from what the analyses tell, and with networkx."""
    told = tellings(kart)[0]
    aligned = level_alignment(kart)
    middle = kart.focal or (kart.user if kart.scope == "individual" else None)
    out: Any = nx.DiGraph()
    out.add_nodes_from(actor.id for actor in kart.actors)
    out.add_edges_from(arc for tie in kart.channels for arc in tie.arcs)
    rest = out.to_undirected()
    if kart.user is not None and (kart.focal == kart.user or kart.scope == "individual"):
        rest.remove_node(kart.user)
    pairs = sum(len(part) * (len(part) - 1) for part in nx.connected_components(rest))
    n = len(rest)
    return {
        "tellings": told.numbers["tellings"] if told.case in {"once", "count"} else None,
        "reached": None if (needs := met(kart)) is None else len(needs),
        "cut_off": None if middle is None else len(out) - 1 - len(nx.descendants(out, middle)),
        "unaligned": None
        if any(one.level == "unknown" for one in aligned)
        else sum(one.level == "gap" for one in aligned),
        "fragmentation": None if n <= 1 else 1 - pairs / (n * (n - 1)),
    }


def met(kart: ak.ActorMap) -> set[str] | None:
    """Return the needs that a door meets in at most two referrals; None where it is unknown."""
    there = [tie for tie in kart.ties_in_force if tie.kind == "referral" and not tie.needed]
    if kart.user is None or not kart.needs or not there:
        return None
    lead: Any = nx.DiGraph()
    lead.add_nodes_from(actor.id for actor in kart.actors)
    lead.add_edges_from(
        arc
        for tie in kart.channels
        if tie.kind == "referral" and kart.user not in tie.ends
        for arc in tie.arcs
    )
    doors = {to for tie in kart.channels for one, to in tie.arcs if one == kart.user}
    near = {to for door in doors for to in nx.single_source_shortest_path(lead, door, cutoff=2)}
    return {need for need in kart.needs if any(need in {id_, kart[id_].kind} for id_ in near)}


def referrals(kart: ak.ActorMap) -> set[tuple[str, str]]:
    """Return who could refer to whom: doors to those who meet what no door leads to."""
    if (needs := met(kart)) is None:
        return set()
    doors = {to for tie in kart.channels for one, to in tie.arcs if one == kart.user}
    return {
        (door, actor.id)
        for door, actor in product(doors, kart.actors)
        if {actor.id, actor.kind} & {*kart.needs} - needs
        and actor.id not in {door, kart.user}
        and kart[door].kind != "arena"
    }


def mended(kart: ak.ActorMap, key: tuple[str, str, str]) -> ak.ActorMap:
    return retied(
        kart,
        [
            tie.model_copy(update={"quality": "good"})
            if tie.key == key and tie.quality == "strained"
            else tie
            for tie in kart.ties
        ],
    )


def across(kart: ak.ActorMap) -> set[tuple[str, str, str]]:
    """Return agreements and contact at service level that organisations lack."""
    lacking = {"no_agreement": "agreement", "missing_middle": "information"}
    lack = {
        frozenset((one.words["one"], one.words["other"])): lacking[one.case]
        for one in level_alignment(kart)
        if one.case in lacking
    }
    at_service = [
        actor
        for actor in sorted(kart.actors, key=lambda actor: actor.id)
        if "service" in kart.levels(actor.id) and actor.kind != "arena"
    ]
    return {
        (one.id, other.id, lack[homes])
        for one, other in combinations(at_service, 2)
        if (homes := frozenset({str(one.organisation), str(other.organisation)})) in lack
    }


def tried(kart: ak.ActorMap) -> dict[Way, ak.ActorMap]:
    """Take every step that METHOD 9 names, each on a map of its own."""
    user = kart.user
    around = user is not None and (kart.focal == user or kart.scope == "individual")
    kinds = {actor.id: actor.kind for actor in kart.actors}
    those = serving(kart, user) if around and user is not None else list(kinds)
    ids = sorted(id_ for id_ in those if kinds[id_] != "arena")
    arenas = [id_ for id_, kind in kinds.items() if kind == "arena"]
    drawn = [tie for tie in kart.ties_in_force if not tie.needed and tie.quality != "broken"]
    there = {(frozenset(tie.ends), tie.kind) for tie in drawn}
    refer = {arc for tie in drawn if tie.kind == "referral" for arc in tie.arcs}
    steps: list[Way] = [("information", *pair, "information") for pair in combinations(ids, 2)]
    steps = [
        one for one in steps if not any((frozenset(one[1:3]), kind) in there for kind in STORY)
    ]
    new: list[Way] = [("seat", id_, arena, "membership") for id_, arena in product(ids, arenas)]
    new += [(kind, one, other, kind) for one, other, kind in across(kart)]
    steps += [one for one in new if (frozenset(one[1:3]), one[3]) not in there]
    steps += [("referral", *arc, "referral") for arc in referrals(kart) - refer]
    own = {id_ for id_, kind in kinds.items() if kind in PERSONAL_NETWORK}
    strained = [tie.key for tie in drawn if tie.quality == "strained"]
    found = {("mended", *key): mended(kart, key) for key in strained}
    for way, source, target, kind in steps:
        tie = ak.Tie(source=source, target=target, kind=kind, mutual=way != "referral")
        found[way, source, target, kind] = retied(kart, [*kart.ties, tie])
    return {step: taken for step, taken in found.items() if not own.issuperset(step[1:3])}


def order(numbers: dict[str, Any]) -> tuple[float, ...]:
    return tuple((-1 if key == "reached" else 1) * (numbers[key] or 0) for key in NUMBERS)


@given(kart=worked_maps() | homely_maps())
@settings(MODEST, max_examples=40)
def test_every_step_is_tried_and_told_as_if_it_were_taken(kart: ak.ActorMap) -> None:
    """Brute force: each step on a map of its own, the numbers from the analyses and networkx."""
    before = brute(kart)
    better: dict[Any, dict[Way, dict[str, Any]]] = defaultdict(dict)
    for step, taken in tried(kart).items():
        known = {
            key: value if before[key] is not None else None for key, value in brute(taken).items()
        }
        if order(known) < order(before):
            # Parts tell two steps apart only where nothing else is better.
            same = order(known)[:-1] if order(known)[:-1] != order(before)[:-1] else order(known)
            better[step[0], same][step] = known
    near = {
        actor.id: {
            other
            for tie in kart.channels
            for one, other in (tie.ends, tie.ends[::-1])
            if one == actor.id and kart.user not in tie.ends
        }
        for actor in kart.actors
    }

    def in_the_way(step: Way) -> bool:
        """Whether a tie of the pair is in trouble, other than the one that is mended."""
        wrong = {"broken", "conflict"} | (set() if step[0] == "mended" else {"strained"})
        return any(
            {*tie.ends} == {*step[1:3]} and not tie.needed and {tie.quality, tie.kind} & wrong
            for tie in kart.ties_in_force
        )

    def rank(step: Way, known: dict[str, Any]) -> tuple[Any, ...]:
        shared = len(near[step[1]] & near[step[2]])
        return order(known), in_the_way(step), -shared, step[1:], step[0]

    best = sorted(
        (min((rank(*one), one) for one in group.items()), len(group)) for group in better.values()
    )
    found = next_steps(kart)
    told = [({key: one.numbers[f"{key}_after"] for key in NUMBERS}, one) for one in found]
    assert [(one.ties[0], one.numbers["equal"], numbers) for numbers, one in told] == [
        (step[1:], equal, known) for (_, (step, known)), equal in best
    ]
    assert [one.numbers[f"{key}_before"] for one in found for key in NUMBERS] == [
        before[key] for _ in found for key in NUMBERS
    ]


@given(kart=worked_maps())
@MODEST
def test_two_steps_are_the_best_and_then_the_best_that_is_left(kart: ak.ActorMap) -> None:
    one = next_steps(kart)
    both = next_steps(kart, k=2)
    if not one or len(both[0].ties) < 2:
        assert both == one[:1]
        return
    assert both[0].ties[0] == one[0].ties[0]
    ways = {step[1:]: taken for step, taken in tried(kart).items()}
    second = next_steps(ways[one[0].ties[0]])[0]
    assert both[0].ties[1] == second.ties[0]
    for key in NUMBERS:
        before = one[0].numbers[f"{key}_before"]
        after = second.numbers[f"{key}_after"]
        assert both[0].numbers[f"{key}_after"] == (None if before is None else after)


@given(kart=actor_maps())
@MODEST
def test_any_map_gives_what_improves_and_says_it_in_every_language(kart: ak.ActorMap) -> None:
    found = next_steps(kart)
    for one in [*found, *next_steps(kart, k=3)]:
        assert all(one.text(lang) for lang in ("nb", "nn", "en", "sv"))
        assert one.numbers["tellings_after"] is None or one.numbers["tellings_after"] > 0
    assert cases(found) == cases(next_steps(kart.with_(actors=kart.actors[::-1])))


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"kind": "conflict"}, "a conflict between a and b"),
        ({"kind": "information", "quality": "broken"}, "a broken tie between a and b"),
        ({"kind": "contact", "quality": "strained"}, "a strained tie between a and b"),
    ],
)
def test_a_step_says_what_is_wrong_between_the_two(fields: dict[str, Any], words: str) -> None:
    kart = helped_by("a", "b")
    told = [one for one in next_steps(kart) if one.ties[0][:2] == ("a", "b")]
    assert "map shows" not in told[0].text("en")
    tense = kart.with_tie(source="a", target="b", **fields)
    (found,) = [one for one in next_steps(tense) if one.ties[0] == ("a", "b", "information")]
    assert f"But the map shows {words}." in found.text("en")
    assert f"But the map shows {words}." in found.brief("en")
    assert words.split()[1] in found.easy("en")[-1]
    # A pair that does the same and has no such tie is named before it.
    free = helped_by("a", "b", "c").with_tie(source="a", target="b", **fields)
    best = next(one for one in next_steps(free) if one.ties[0][2] == "information")
    assert best.ties[0][:2] == ("a", "c")
    assert best.text("en").endswith("a strained or broken tie or a conflict: a – b.")


def test_what_is_no_longer_so_is_not_said_to_be_0() -> None:
    kart = helped_by("a", "b").with_(ties=[ak.Tie(source="user", target="a")])
    kart = kart.with_(scope="individual", consent=None)
    for found in next_steps(kart):
        for lang in ("nb", "nn", "en", "sv"):
            said = [found.text(lang), found.brief(lang), *found.easy(lang)]
            assert not any(" 0 " in one for one in said)
