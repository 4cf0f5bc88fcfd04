"""How firm each statement is: the variants of the map that it survives, and what overturns it.

METHOD 8. Nothing is proven by it: what so many variants have not met may be there all the same.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import islice
from typing import TYPE_CHECKING, Any

import numpy as np

from aktorkart.content.statements import FirstPlace, Ranked, analyses_of
from aktorkart.expected import expect_if_given
from aktorkart.finding import MOST_NAMED, Between, Finding, Moved, finding, some
from aktorkart.model import Tie, expect_map
from aktorkart.model.actormap import retied
from aktorkart.network.network import Channel, Network, ordered_channels
from aktorkart.network.overturned_by import overturned_by
from aktorkart.network.variants import thinned
from aktorkart.progress import listening
from aktorkart.progress import told as tell

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from aktorkart.content.statements import Analysis, Places, Statement
    from aktorkart.model import ActorMap
    from aktorkart.network.overturned_by import Step
    from aktorkart.progress import Told

FAMILIES = ("steps", "unknown", "informants", "ties_missing", "actors_missing", "alpha")
"""The kinds of variants, in the order in which they are told."""

TIES_MISSING, ACTORS_MISSING, EACH = (0.05, 0.1, 0.2), 0.05, 100
"""The shares that are left out, and how many times each."""

MOST_ACTORS_DRAWN = 200
"""So many times, to find 100 in which those whom a statement names are on the map."""

MOST_TRIED = 2000
"""Maps with one tie more or less that are tried at the most."""

_AT_ONCE = 25

Change = tuple[dict[str, Any], ...]
"""The ties that overturn a statement, as `firmness` has them in ``overturned_by``."""


def _missing(kart: ActorMap) -> dict[str, list[ActorMap]]:
    """Return the maps from which ties, or actors, are left out at random."""
    channels = ordered_channels(kart)
    drawn = set(map(id, channels))
    others = [tie for tie in kart.ties if id(tie) not in drawn]
    found = {}
    if channels:
        kinds = [tie.kind for tie in channels]
        found["ties_missing"] = [
            retied(kart, [*others, *(channels[at] for at in np.flatnonzero(row))])
            for share in TIES_MISSING
            for row in thinned(kinds, share, EACH)
        ]
    ids = sorted({actor.id for actor in kart.actors} - {kart.middle, kart.user})
    if ids:
        share = min(1.0, max(1, round(ACTORS_MISSING * len(kart.actors))) / len(ids))
        found["actors_missing"] = [
            retied(kart, kart.ties, without=[ids[at] for at in np.flatnonzero(~row)])
            for row in thinned([""] * len(ids), share, MOST_ACTORS_DRAWN)
        ]
    return found


def one_tie(
    kart: ActorMap, analysis: Analysis, *, most: int = MOST_TRIED
) -> tuple[dict[Any, Change], int]:
    """Search for one tie more or less that overturns each statement (METHOD 8).

    Beside what is found stands how many maps were tried.
    """
    own = analysis.values([kart])[0]
    open_ = {one.key for one in analysis.statements}
    found: dict[Any, Change] = {}
    changes = list(islice(_one_more_or_less(kart, analysis), most))
    tried = 0
    while open_ and (some_ := changes[tried : tried + _AT_ONCE]):
        variants = [changed_map(kart, change) for change in some_]
        for change, values in zip(some_, analysis.values(variants), strict=True):
            fallen = {key for key in open_ if values.get(key) != own.get(key)}
            found |= dict.fromkeys(fallen, (change,))
            open_ -= fallen
        tried += len(some_)
        # Once all have fallen there is nothing left to try.
        tell("changes", tried if open_ else len(changes), len(changes))
    return found, tried


def _one_more_or_less(kart: ActorMap, analysis: Analysis) -> Iterator[dict[str, Any]]:
    strengths = dict(
        zip(ordered_channels(kart), Network.from_map(kart).tie_strengths.tolist(), strict=True)
    )
    reports: dict[Any, list[Tie]] = defaultdict(list)
    for tie in strengths:
        reports[tie.kind, tie.mutual, tie.pair if tie.mutual else tie.ends].append(tie)
    # What only the user's own tie changes says little about how the others hang together.
    for ties in sorted(reports.values(), key=lambda ties: kart.user in ties[0].ends):
        one, old = ties[0], max(strengths[tie] for tie in ties)
        change: dict[str, Any] = {"source": one.source, "target": one.target, "kind": one.kind}
        yield change | {"mutual": one.mutual, "old": old, "new": None}
    middle = Network.from_channels("ab", [Channel("a", "b")], scale=kart.strength_scale)
    for source, target in analysis.added():
        change = {"source": source, "target": target, "kind": "information", "mutual": True}
        yield change | {"old": None, "new": float(middle.tie_strengths[0])}


def changed_map(kart: ActorMap, change: Mapping[str, Any]) -> ActorMap:
    """Return the map with one tie more or less, as a change that `one_tie` has found says."""
    if change["new"] is not None:
        new = Tie(source=change["source"], target=change["target"], kind=change["kind"])
        return retied(kart, [*kart.ties, new])
    ends = {change["source"], change["target"]}
    # By who they are: to compare all fields of all ties takes longer than to measure the map.
    gone = {
        id(tie)
        for tie in kart.channels
        if (tie.kind, tie.mutual) == (change["kind"], change["mutual"])
        and ends == set(tie.ends)
        and (tie.mutual or tie.source == change["source"])
    }
    return retied(kart, [tie for tie in kart.ties if id(tie) not in gone])


def strength_steps(places: Places, steps: Sequence[Step]) -> Change:
    """Return the change of strengths that a search has found to overturn the first place."""
    ties = ordered_channels(places.kart, without=places.without)
    return tuple(
        {
            "source": ties[step.tie].source,
            "target": ties[step.tie].target,
            "kind": ties[step.tie].kind,
            "mutual": ties[step.tie].mutual,
            "old": step.old,
            "new": step.new,
        }
        for step in steps
    )


def told(
    kart: ActorMap,
    one: Statement,
    counts: Mapping[str, tuple[int, int]],
    change: Change | None,
) -> Finding:
    """Say a statement, how often it held, and what overturns it."""
    changed = tuple((tie["source"], tie["target"], tie["kind"]) for tie in change or ())
    more = [
        finding(
            kart,
            "firmness",
            family,
            "note",
            numbers={"held": held, "variants": n, "n": n - held},
            words={key: word for key, word in one.words.items() if key == "how"},
        )
        for family in FAMILIES
        if family in counts
        for held, n in [counts[family]]
    ]
    if change:
        ties = [Between(tie["source"], tie["target"], tie["mutual"]) for tie in change]
        steps = [
            Moved(tie, each["old"], each["new"])
            for tie, each in zip(ties, change, strict=True)
            if None not in {each["old"], each["new"]}
        ]
        case = "one_less" if change[0]["new"] is None else "one_more"
        if steps:  # too many at once tell nobody anything by name
            case = "overturned" if len(steps) <= MOST_NAMED else "overturned_many"
        words = {"changes": some(steps or ties)}
        more.append(
            finding(
                kart,
                "firmness",
                case,
                "note",
                ties=changed,
                numbers={"n": len(change)},
                words=words,
            )
        )
    numbers = {
        **one.numbers,
        "held": {family: held for family, (held, _) in counts.items()},
        "variants": {family: n for family, (_, n) in counts.items()},
        "overturned_by": change,
    }
    return finding(
        kart,
        "firmness",
        one.case,
        "note",
        actors=one.actors,
        ties=changed,
        numbers=numbers,
        words=one.words,
        more=tuple(more),
    )


def firmness(kart: ActorMap, *, progress: Told | None = None) -> list[Finding]:
    """Say what each statement that depends on judgements survives, and what overturns it.

    Parameters
    ----------
    kart : ActorMap
        The map.
    progress : callable, optional
        Called with what is under way ("changes", "draws" or "paths"), how many parts of it are
        done, and of how many; dense maps of hundreds of actors take minutes.

    Returns
    -------
    list of Finding
        Code ``firmness``, one for each statement: who stands first as a go-between, with the
        user or without, and whether that is the coordinator; how many times the story is told,
        what each door leads to, the coordinator's contacts, what is lost with each actor, and
        whether contact crosses the lines. Numbers:
        ``variants`` and ``held``, mappings from family (`FAMILIES`) to the number of variants
        and to those in which the statement held; ``overturned_by``, the ties of the smallest
        change found that overturns it, each a mapping with ``source``, ``target``, ``kind``,
        ``mutual``, ``old`` and ``new`` strength (None for no tie), or None if none was found.

    Raises
    ------
    WrongArgument
        If it is given something else than a map, or a listener that cannot be called.

    Notes
    -----
    METHOD 8. *steps*: 200 draws in which every tie is a step weaker, as it was or a step
    stronger, unknown strengths anywhere on the scale; *unknown*: 200 draws of the unknown
    strengths alone; *informants*: all judged ties of one informant a step down, or up, each
    informant in turn; *ties_missing*: 5, 10 and 20 % of the channels left out, 100 times each,
    evenly from every kind; *actors_missing*: 5 % of the actors left out, 100 times, never the
    focal one, the user or those whom the statement names; *alpha*: 0, ½ and 1. A family that
    cannot move a statement is not told for it. The first place holds where all who have it are
    between others and nobody is strictly above them, a number where it is the same, a loss
    where it is of the same kinds.

    The first place is searched as `aktorkart.network.overturned_by` says. For the other
    statements, all but the one on lines, one tie is taken away (with all reports of it), or one
    mutual tie of information and unknown strength added; at most 2 000 such maps are tried.
    That a search finds nothing proves nothing.

    Examples
    --------
    >>> import aktorkart as ak
    >>> found = firmness(ak.examples.user_network())
    >>> first = found[0]
    >>> first.case, first.numbers["held"]["steps"] <= first.numbers["variants"]["steps"] == 200
    ('first_place_apart', True)
    """
    expect_map(kart)
    expect_if_given("function", progress=progress)
    with listening(progress):
        return list(_firmness(kart))


def _firmness(kart: ActorMap) -> Iterator[Finding]:
    missing = _missing(kart)
    drawn: dict[int, dict[str, Any]] = {}
    for analysis in analyses_of(kart):
        counts: dict[str, tuple[int, int]] = {}
        if isinstance(analysis, Ranked):
            at = id(analysis.places)  # two analyses may rank the same network
            rows = drawn.setdefault(at, {}) or drawn[at] | dict(analysis.places.strengths())
            drawn[at] = rows
            for family, each in rows.items():
                holds = analysis.hold(each)
                counts[family] = int(holds.sum()), len(holds)
        own = analysis.values([kart])[0]
        values = {family: analysis.values(maps) for family, maps in missing.items()}
        is_first = isinstance(analysis, FirstPlace)
        overturned = {} if is_first else one_tie(kart, analysis)[0]
        for one in analysis.statements:
            for family, maps in missing.items():
                held = [
                    each.get(one.key) == own.get(one.key)
                    for variant, each in zip(maps, values[family], strict=True)
                    if all(id_ in variant for id_ in one.actors)
                ]
                most = EACH if family == "actors_missing" else len(held)
                if held:
                    counts[family] = sum(held[:most]), len(held[:most])
            change = overturned.get(one.key)
            if isinstance(analysis, FirstPlace):
                steps = overturned_by(analysis.places.network, analysis.places.leaders[0])
                change = None if steps is None else strength_steps(analysis.places, steps)
            yield told(kart, one, counts, change)
