"""Next steps: which new or mended ties would change most. METHOD 9."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import combinations, product
from typing import TYPE_CHECKING, Any, NamedTuple

from aktorkart.care.level_alignment import level_alignment
from aktorkart.care.one_door import STEPS, doors_of
from aktorkart.care.outcome import Ground, Outcome, unmet
from aktorkart.care.serving import serving
from aktorkart.errors import Problem, WrongArgument
from aktorkart.finding import Between, Finding, Who, finding, named, some
from aktorkart.model import Tie, expect_map
from aktorkart.model.actormap import retied
from aktorkart.model.vocabulary import PERSONAL_NETWORK, STORY
from aktorkart.network.graph import neighbours
from aktorkart.network.memberships import arenas_of, seat

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from aktorkart.finding import Word
    from aktorkart.model import ActorMap


MOST = 3
"""The most ties to look for together (METHOD 9); the problem text says it too."""


_GRAVEST = ("conflict", "broken", "strained")
"""What may be wrong between two, the worst first."""


class _Step(NamedTuple):
    """A tie to make, or one to mend."""

    way: str
    source: str
    target: str
    kind: str
    mutual: bool = True

    @property
    def key(self) -> tuple[str, str, str]:
        """What a finding calls the tie."""
        return self.source, self.target, self.kind

    @property
    def pair(self) -> frozenset[str]:
        """Whom it joins."""
        return frozenset((self.source, self.target))

    def is_unlike_new(self, user: str | None) -> bool:
        """Tell whether it mends a tie that leads from whom, or to whom, no new one would."""
        one_way = not self.mutual and user in {self.source, self.target}
        return self.way == "mended" and (one_way or self.kind in {"referral", "membership"})

    def taken(self, kart: ActorMap) -> ActorMap:
        """Return the map as it is when the step is taken."""
        if self.way == "mended":
            return retied(
                kart,
                (
                    tie.model_copy(update={"quality": None}) if _strained(kart, tie, self) else tie
                    for tie in kart.ties
                ),
            )
        new = Tie(source=self.source, target=self.target, kind=self.kind, mutual=self.mutual)
        return retied(kart, (*kart.ties, new))


@dataclass(frozen=True)
class _Choice:
    """Steps of one sort that do the same, the best first.

    Fragmentation only orders them, unless it is all that improves.
    """

    steps: tuple[_Step, ...]
    after: Outcome


def next_steps(kart: ActorMap, *, k: int = 1) -> list[Finding]:
    """Say which new or mended ties would change most, each with its effect.

    Parameters
    ----------
    kart : ActorMap
        The map.
    k : int
        How many steps to take together, 1 to 3. Two and three are found greedily: the best
        first, then the best that is left. Others may do more together, and the sentence says
        so.

    Returns
    -------
    list of Finding
        Code ``next_steps``, the best first; one for all steps of a sort that do the same,
        ``equal`` of them. Empty where nothing improves. With more than one step together,
        one finding. ``ties`` are the ties to make or mend, and the numbers are ``tellings``,
        ``reached`` (needs some door meets), ``cut_off`` (actors the focal one does not reach),
        ``unaligned`` (pairs of organisations whose agreements and practice do not fit) and
        ``fragmentation`` (0 to 1), each ``_before`` and ``_after``; None where the map does
        not say.

    Raises
    ------
    WrongArgument
        If it is given something else than a map, or ``k`` is not 1, 2 or 3.

    Notes
    -----
    METHOD 9. Tried are information between two who serve the user (in a map that is not around
    a person: any two) and share nothing that carries the story, seats in arenas, referrals from
    a door to somebody who meets a need that no door leads to, strained ties that are mended, and,
    between organisations, agreements for practice without one and contact at service level.
    None between two users, kin or friends. The order is fewest tellings, most needs reached,
    fewest cut off, fewest unaligned, lowest fragmentation, and then most neighbours shared. Of
    pairs that do the same, those with a strained or broken tie or a conflict come last, and the
    sentence says what stands between them.

    Examples
    --------
    >>> import aktorkart as ak
    >>> kart = ak.ActorMap(
    ...     focal="bruker",
    ...     actors=[{"id": "bruker", "kind": "user"}, {"id": "dps"}, {"id": "lege"}, {"id": "nav"}],
    ...     ties=[*({"source": "bruker", "target": id_} for id_ in ("dps", "lege", "nav")),
    ...           {"source": "dps", "target": "lege", "kind": "information"}])
    >>> best = next_steps(kart)[0]
    >>> best.ties, best.numbers["tellings_after"], best.numbers["equal"]
    ((('dps', 'nav', 'information'),), 1, 2)
    """
    expect_map(kart)
    if type(k) is not int or not 1 <= k <= MOST:
        raise WrongArgument(Problem(code="steps_together", values={"value": repr(k)}))
    before, choices = _improving(kart)
    if k == 1 or not choices:
        troubles = _troubles(kart) if choices else {}
        return [_told(kart, before, choice, troubles) for choice in choices]
    taken = [choices[0].steps[0]]
    ground = Ground(taken[0].taken(kart))
    while len(taken) < k and (more := _choices(ground)):
        taken.append(more[0].steps[0])
        ground = Ground(taken[-1].taken(ground.kart))
    if len(taken) == 1:
        return [_told(kart, before, choices[0], _troubles(kart))]
    after = ground.before.known_in(before)
    return [_together(kart, before, taken, after)]


@lru_cache(maxsize=4)
def _improving(kart: ActorMap) -> tuple[Outcome, list[_Choice]]:
    """Return how a map stands, and what improves it: its report, figure and words ask the same."""
    ground = Ground(kart)
    return ground.before, _choices(ground)


def _choices(ground: Ground) -> list[_Choice]:
    """Return what improves the map, the best first."""
    kart, before = ground.kart, ground.before
    found: dict[Any, list[tuple[_Step, Outcome]]] = defaultdict(list)
    for step in dict.fromkeys(_candidates(ground)):
        if step.is_unlike_new(kart.user):
            after = ground.mended(
                step.taken(kart), step.source, step.target, step.kind, mutual=step.mutual
            )
        else:
            after = ground.after(step.source, step.target, step.kind, mutual=step.mutual)
        if after.order < before.order:
            same = after if after.same_but_for_parts(before) else after.order[:-1]
            found[step.way, same].append((step, after))
    near = neighbours(kart.channels, without=kart.user)
    troubled = _troubles(kart)

    def order(one: tuple[_Step, Outcome]) -> tuple[Any, ...]:
        step, after = one
        shared = near.get(step.source, set()) & near.get(step.target, set())
        # Of those that do the same, one that nothing stands in the way of.
        return after.order, bool(_in_the_way(step, troubled)), -len(shared), step.key, step.way

    ranked = sorted((sorted(same, key=order) for same in found.values()), key=lambda o: order(o[0]))
    return [_Choice(tuple(step for step, _ in same), same[0][1]) for same in ranked]


def _candidates(ground: Ground) -> Iterator[_Step]:
    """Give the steps to try (METHOD 9)."""
    kart = ground.kart
    own = {actor.id for actor in kart.actors if actor.kind in PERSONAL_NETWORK}
    # A strained tie is to be mended, not drawn once more beside itself.
    drawn = [tie for tie in kart.ties_in_force if not tie.needed and tie.quality != "broken"]
    for step in (
        *_sharing(ground, drawn),
        *_referring(kart, drawn),
        *_mending(kart),
        *_across(kart, drawn),
    ):
        if not own.issuperset((step.source, step.target)):
            yield step


def _sharing(ground: Ground, drawn: list[Tie]) -> Iterator[_Step]:
    """Give pairs who could share information, and seats that could be taken.

    There are so many that those that improve nothing are left out here.
    """
    kart = ground.kart
    around = kart.person
    arenas = arenas_of(kart)
    everyone = [actor.id for actor in kart.actors] if around is None else serving(kart, around)
    ids = sorted(set(everyone).difference(arenas))
    sharing = {tie.pair for tie in drawn if tie.kind in STORY}
    for pair in combinations(ids, 2):
        if ground.improves(*pair, "information") and pair not in sharing:
            yield _Step("information", *pair, "information")
    taken = {seat(kart, tie) for tie in drawn}
    for id_, arena in product(ids, arenas):
        if ground.improves(id_, arena, "membership") and (id_, arena) not in taken:
            yield _Step("seat", id_, arena, "membership")


def _referring(kart: ActorMap, drawn: list[Tie]) -> Iterator[_Step]:
    """Give referrals from a door to who meets a need that no door leads to."""
    needs = unmet(kart)
    if kart.user is None or not needs:
        return
    referring = {arc for tie in drawn if tie.kind == "referral" for arc in tie.arcs}
    meeting = [a.id for a in kart.actors if {a.id, a.kind} & {*needs} and a.id != kart.user]
    for door, target in product(doors_of(kart, kart.user, STEPS), meeting):
        arc = door.id, target
        if door.id != target and kart[door.id].kind != "arena" and arc not in referring:
            yield _Step("referral", door.id, target, "referral", mutual=False)


def _mending(kart: ActorMap) -> Iterator[_Step]:
    strained: dict[_Step, bool] = {}
    for tie in kart.ties_in_force:
        step = _Step("mended", *tie.key)
        if _strained(kart, tie, step):
            strained[step] = strained.get(step, False) or tie.mutual
    # Told by several, it goes both ways if anybody says so.
    for step, mutual in strained.items():
        yield step._replace(mutual=mutual)


def _strained(kart: ActorMap, tie: Tie, step: _Step) -> bool:
    """Tell whether a tie is the one to mend: whoever told of it, it is one tie."""
    strained = tie.quality == "strained" and not tie.needed and tie.kind != "conflict"
    return strained and tie.key == step.key and tie.in_force(kart.date)


def _across(kart: ActorMap, drawn: list[Tie]) -> Iterator[_Step]:
    """Give agreements and contact at service level between organisations that lack them."""
    ways = {"no_agreement": "agreement", "missing_middle": "information"}
    at_service: dict[str, list[str]] = defaultdict(list)
    for actor in kart.actors:
        if actor.organisation and actor.kind != "arena" and "service" in kart.levels(actor.id):
            at_service[actor.organisation].append(actor.id)
    there = {(tie.pair, tie.kind) for tie in drawn}
    for found in level_alignment(kart):
        if (way := ways.get(found.case)) is not None:
            one, other = (at_service[str(found.words[key])] for key in ("one", "other"))
            for ends in product(one, other):
                pair = min(ends), max(ends)
                if (pair, way) not in there:
                    yield _Step(way, *pair, way)


def _troubles(kart: ActorMap) -> dict[frozenset[str], str]:
    """Tell which pairs have a tie in trouble, and of what sort the gravest is."""
    found: dict[frozenset[str], str] = {}
    for tie in kart.ties_in_force:
        if not tie.is_channel and not tie.needed:
            trouble = "conflict" if tie.kind == "conflict" else str(tie.quality)
            pair = frozenset(tie.ends)
            found[pair] = min(found.get(pair, trouble), trouble, key=_GRAVEST.index)
    return found


def _in_the_way(step: _Step, troubles: Mapping[frozenset[str], str]) -> str | None:
    """Return what is wrong between those whom a step joins, but for what it mends."""
    trouble = troubles.get(step.pair)
    return None if step.way == "mended" and trouble == "strained" else trouble


def _told(
    kart: ActorMap, before: Outcome, choice: _Choice, troubles: Mapping[frozenset[str], str]
) -> Finding:
    """Say a step, what it changes, and which others do the same."""
    step = choice.steps[0]
    effects = _effects(before, choice.after)
    case = step.way
    if case == "information" and effects[0] == "tellings":
        case = "information_tellings"
        effects = effects[1:]
    more = [_changed(kart, effect, choice.after) for effect in effects]
    if (trouble := _in_the_way(step, troubles)) is not None:
        more.insert(1, (trouble, _ends(step)))
    sides = _sides(choice.steps)
    ids = [step.source, step.target]
    if sides:
        fewer, others = sorted(sides, key=len)
        if len(fewer) == 1:
            more.append(("any_one", {"whom": Who(fewer[0]), "those": named(others)}))
        else:
            more.append(("any", {"these": named(sides[0]), "those": named(sides[1])}))
        ids += sorted({*sides[0], *sides[1]}.difference(ids))
    elif len(choice.steps) > 1:
        more.append(("equal", {}))
    if others_ := [one for one in choice.steps[1:] if _in_the_way(one, troubles)]:
        ties = [Between(one.source, one.target, mutual=True) for one in others_]
        more.append(("some_troubled", {"ties": some(ties)}))
    numbers = _numbers(kart, before, choice.after) | {
        "equal": len(choice.steps),
        "n": len(choice.steps),
    }
    return _said(kart, [(case, _ends(step)), *more], ids, [step], numbers)


def _together(kart: ActorMap, before: Outcome, steps: list[_Step], after: Outcome) -> Finding:
    """Say several steps, what they change together, and that there may be better."""
    cases: list[tuple[str, dict[str, Any]]] = [("together", {})]
    troubles = _troubles(kart)
    for step in steps:
        cases.append((step.way, _ends(step)))
        if (trouble := _in_the_way(step, troubles)) is not None:
            cases.append((trouble, _ends(step)))
    cases += [_changed(kart, effect, after) for effect in _effects(before, after)]
    cases.append(("greedy", {}))
    ids = list(dict.fromkeys(end for step in steps for end in (step.source, step.target)))
    numbers = _numbers(kart, before, after) | {"n": len(steps)}
    return _said(kart, cases, ids, steps, numbers)


def _said(
    kart: ActorMap,
    cases: list[tuple[str, dict[str, Any]]],
    ids: list[str],
    steps: list[_Step],
    numbers: dict[str, Any],
) -> Finding:
    about = {"user": kart.user, "focal": kart.middle}
    words: dict[str, Word] = {key: Who(id_) for key, id_ in about.items() if id_ is not None}
    first, *more = [
        finding(
            kart,
            "next_steps",
            case,
            "note",
            actors=tuple(ids),
            ties=tuple(step.key for step in steps),
            numbers=numbers,
            words=words | own,
        )
        for case, own in cases
    ]
    # What is said briefly is the step and what stands first after it; trouble goes with that.
    for at, one in enumerate(more[1:], start=1):
        if one.case in _GRAVEST and first.case != "together":
            more[at - 1 : at + 1] = [replace(more[at - 1], more=(one,))]
            break
    return replace(first, more=tuple(more))


def _ends(step: _Step) -> dict[str, Any]:
    return {"one": Who(step.source), "other": Who(step.target)}


def _effects(before: Outcome, after: Outcome) -> list[str]:
    """Return what is another number, for better or worse; parts only where nothing else is."""
    changed = [key for key, value in vars(before).items() if value != getattr(after, key)]
    return changed if len(changed) == 1 else [key for key in changed if key != "fragmentation"]


def _changed(kart: ActorMap, effect: str, after: Outcome) -> tuple[str, dict[str, Any]]:
    """Return the case that says an effect: what is nothing any more, and whom it leaves out."""
    case = effect
    if effect == "fragmentation" and kart.person is not None:
        case += "_apart"
    return case if getattr(after, effect) else f"{case}_none", {}


def _numbers(kart: ActorMap, before: Outcome, after: Outcome) -> dict[str, Any]:
    told = {"before": vars(before), "after": vars(after)}
    both = {f"{key}_{when}": told[when][key] for key in vars(before) for when in told}
    return both | {"needed": len(kart.needs)}


def _sides(steps: tuple[_Step, ...]) -> tuple[list[str], list[str]] | None:
    """Return the two groups between which any tie is one of the steps; None if it is not so."""
    pairs = {frozenset((step.source, step.target)) for step in steps}
    if len(pairs) < 2 or len(pairs) < len(steps):  # noqa: PLR2004 - more than one
        return None
    start = steps[0].source
    those = {end for pair in pairs if start in pair for end in pair - {start}}
    these = {end for pair in pairs if (meet := pair & those) for end in pair - meet}
    whole = {frozenset(pair) for pair in product(these, those)}
    return (sorted(these), sorted(those)) if not these & those and whole == pairs else None
