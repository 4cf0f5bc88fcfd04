"""One door in: how far each door leads towards what the user needs. METHOD 6.2."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from aktorkart.errors import at_least
from aktorkart.finding import Coded, Finding, Who, finding, named, some
from aktorkart.i18n import has_text
from aktorkart.model import expect_map
from aktorkart.model.vocabulary import PERSONAL_NETWORK
from aktorkart.network.graph import arcs_among, as_graph, distances

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from aktorkart.finding import Word
    from aktorkart.model import ActorMap


STEPS = 2
"""The most referrals to follow (METHOD 6.2)."""

CURVE = (1, 2, 3)
"""Numbers of referrals for which the needs met are counted, whatever is asked for."""

LATE = ("evening", "night", "weekend")
"""When most services are closed."""


@dataclass(frozen=True)
class Door:
    """What an actor that the user can turn to leads to."""

    id: str
    met: dict[str, str]  # need → the nearest actor that meets it
    leads_on: bool
    dead_ends: tuple[str, ...]
    curve: tuple[int, ...]  # needs met within each of `CURVE`

    @property
    def helpers(self) -> list[str]:
        """Those who meet a need, each once."""
        return sorted(set(self.met.values()))


def doors_of(kart: ActorMap, user: str, steps: int) -> list[Door]:
    """Follow the referrals from each actor that the user has a channel to."""
    ids = sorted(actor.id for actor in kart.actors)
    entries = sorted(arcs_among(kart.channels).get(user, ()))
    arcs = arcs_among(
        tie for tie in kart.channels if tie.kind == "referral" and user not in tie.ends
    )
    out = as_graph(ids, arcs)
    place = {id_: number for number, id_ in enumerate(ids)}
    wanted = {need: [id_ for id_ in ids if need in {id_, kart[id_].kind}] for need in kart.needs}
    found = []
    for entry in entries:
        reached = distances(out, [place[entry]], steps=max(steps, *CURVE))
        away = {ids[i]: far for i, far in reached.items()}
        met, nearest = {}, []
        for need, by in wanted.items():
            near = [(away[id_], id_) for id_ in by if id_ in away and id_ != user]
            if near:
                nearest.append(min(near)[0])
                if nearest[-1] <= steps:
                    met[need] = min(near)[1]
        stops = [id_ for id_ in away if 0 < away[id_] <= steps and not arcs.get(id_)]
        complete = len(met) == len(wanted)
        dead_ends = () if complete else tuple(sorted(stops))
        curve = tuple(sum(far <= k for far in nearest) for k in CURVE)
        found.append(Door(entry, met, bool(arcs.get(entry)), dead_ends, curve))
    return found


def one_door(kart: ActorMap, *, steps: int = STEPS) -> list[Finding]:
    """Say how far each door leads towards what the user needs, and when it is open.

    Parameters
    ----------
    kart : ActorMap
        The map, with what the user ``needs``.
    steps : int
        The most referrals to follow.

    Returns
    -------
    list of Finding
        Code ``one_door``, with ``reachable``, ``needed`` and ``steps`` in its numbers. A door
        (the first of ``actors``) that refers on, or that itself meets every need, has a
        finding of its own; doors that do not refer on share one for each number of needs they
        meet themselves. A door's own finding also has ``curve``, the needs met in at most one,
        two and three referrals. ``unknown`` without needs, and where the map has no referrals
        at all.

    Notes
    -----
    METHOD 6.2. A door is an actor with a channel from the user. A need is met by the actor of
    that id or any of that kind, the door itself included. Referrals by way of the user do not
    count. Next of kin, friends and the like, and arenas, are not blamed for leading nowhere
    or for when they are open.

    Examples
    --------
    >>> import aktorkart as ak
    >>> kart = ak.ActorMap(
    ...     actors=[{"id": "bruker", "kind": "user"}, {"id": "lege", "kind": "gp"},
    ...             {"id": "dps", "kind": "dps"}],
    ...     ties=[{"source": "bruker", "target": "lege"},
    ...           {"source": "lege", "target": "dps", "kind": "referral", "mutual": False}],
    ...     needs=["dps"])
    >>> dict(one_door(kart)[0].numbers)
    {'reachable': 1, 'needed': 1, 'steps': 2, 'curve': (1, 1, 1), 'evening': None, 'night': None,
    'weekend': None}
    """
    expect_map(kart)
    at_least(steps, 0, option="steps")
    user = kart.user
    numbers: dict[str, Any] = {"reachable": None, "needed": len(kart.needs), "steps": steps}
    if user is None or not kart.needs:
        case = "no_user" if user is None else "no_needs"
        return [finding(kart, "one_door", case, "unknown", numbers=numbers)]
    words = {"user": Who(user)}
    doors = doors_of(kart, user, steps)
    if not doors:
        return [finding(kart, "one_door", "no_doors", "unknown", numbers=numbers, words=words)]
    hours = _hours(kart, doors, numbers)
    if not any(tie.kind == "referral" and not tie.needed for tie in kart.ties_in_force):
        numbers["reachable"] = max(len(door.met) for door in doors)
        unmapped = finding(
            kart, "one_door", "no_referrals", "unknown", numbers=numbers, words=words
        )
        return [unmapped, *hours]
    found = [
        *_never(kart, doors, numbers),
        *(
            _leading(kart, door, numbers)
            for door in sorted(doors, key=lambda door: (-len(door.met), door.id))
            if door.leads_on or len(door.met) == len(kart.needs)
        ),
        *_ending(kart, doors, numbers),
    ]
    # Gaps first; where the doors lead comes before when they are open.
    return [*sorted(found, key=lambda one: one.level != "gap"), *hours]


def _never(kart: ActorMap, doors: list[Door], numbers: dict[str, Any]) -> list[Finding]:
    """Say which needs no door leads to."""
    never = [need for need in kart.needs if not any(need in door.met for door in doors)]
    if not never:
        return []
    counted = numbers | {"reachable": len(kart.needs) - len(never), "n": len(never)}
    wanted = some([_need(kart, need) for need in sorted(never)])
    actors = tuple(sorted(need for need in never if need in kart))
    return [
        finding(
            kart,
            "one_door",
            "never",
            "gap",
            actors=actors,
            numbers=counted,
            words={"needs": wanted},
        )
    ]


def _need(kart: ActorMap, need: str) -> Word:
    """Return a need as it is said: the actor's name, or what the kind is called."""
    if need in kart:
        return Who(need)
    own = kart.kinds.get(need)
    if own is not None and own.name:
        return own.name
    return Coded(f"kind.{need}") if has_text(f"kind.{need}") else need


def _leading(kart: ActorMap, door: Door, numbers: dict[str, Any]) -> Finding:
    """Say what a door that refers on leads to, where it stops, and what of it is open late."""
    reachable = len(door.met)
    counted = numbers | {"reachable": reachable, "curve": door.curve} | _open_late(kart, door)
    if not reachable:
        case, level = "leads_past", "gap"
    elif reachable == len(kart.needs):
        case, level = "all", "strength"
    else:
        case, level = "some", "note"
    found = finding(
        kart,
        "one_door",
        case,
        level,
        actors=(door.id, *(id_ for id_ in door.helpers if id_ != door.id)),
        numbers=counted,
        words={"door": Who(door.id), "helpers": named(door.helpers)},
    )
    more = []
    if door.dead_ends:
        more.append(
            finding(
                kart,
                "one_door",
                "stops",
                "gap",
                actors=door.dead_ends,
                numbers=counted | {"n": len(door.dead_ends)},
                words={"dead_ends": named(door.dead_ends)},
            )
        )
    if reachable:
        more += _open_then(kart, sorted({door.id, *door.helpers}), counted, "closed")
    return replace(found, more=tuple(more))


def _open_late(kart: ActorMap, door: Door) -> dict[str, int | None]:
    """Count the needs met by someone open late; None where it is not stated."""
    hours = [kart[id_].open for id_ in door.met.values()]
    return {
        time: None if None in hours else sum(time in (known or ()) for known in hours)
        for time in LATE
    }


def _open_then(
    kart: ActorMap, ids: Sequence[str], numbers: dict[str, Any], closed: str
) -> list[Finding]:
    """Say who of some actors is open in the evening, at night and in the weekend."""
    found = []
    for time in LATE:
        then = [id_ for id_ in ids if time in (kart[id_].open or ())]
        if then:
            found.append(
                finding(
                    kart,
                    "one_door",
                    f"open_{time}",
                    "note",
                    actors=tuple(then),
                    numbers=numbers | {"n": len(then)},
                    words={"actors": named(then)},
                )
            )
    if not found and all(kart[id_].open is not None for id_ in ids):
        found.append(finding(kart, "one_door", closed, "gap", numbers=numbers))
    return found


def _is_service(kart: ActorMap, id_: str) -> bool:
    return kart[id_].kind not in {*PERSONAL_NETWORK, "arena"}


def _ending(kart: ActorMap, doors: Iterable[Door], numbers: dict[str, Any]) -> Iterable[Finding]:
    """Say which doors refer nobody on, by how many needs they meet themselves."""
    by_reach: dict[int, list[str]] = {}
    for door in doors:
        reachable = len(door.met)
        complete = door.leads_on or reachable == len(kart.needs)
        if not complete and (reachable or _is_service(kart, door.id)):
            by_reach.setdefault(reachable, []).append(door.id)
    for reachable, ids in sorted(by_reach.items(), reverse=True):
        yield finding(
            kart,
            "one_door",
            "only_itself" if reachable else "nowhere",
            "note" if reachable else "gap",
            actors=tuple(ids),
            numbers=numbers | {"reachable": reachable, "n": len(ids)},
            words={"doors": named(ids)},
        )


def _hours(kart: ActorMap, doors: list[Door], numbers: dict[str, Any]) -> list[Finding]:
    """Say which doors are open in the evening, at night and in the weekend."""
    ids = [door.id for door in doors if _is_service(kart, door.id)]
    if not ids:
        return []
    reached = {need for door in doors for need in door.met}
    silent = [id_ for id_ in ids if kart[id_].open is None]
    counted = numbers | {"reachable": len(reached), "doors": len(ids)}
    unstated = finding(
        kart,
        "one_door",
        "hours_unknown",
        "unknown",
        actors=tuple(silent),
        numbers=counted | {"n": len(silent)},
        words={"actors": named(silent)},
    )
    stated = [id_ for id_ in ids if kart[id_].open is not None]
    if not stated:
        return [unstated]
    shut = [time for time in LATE if not any(time in (kart[id_].open or ()) for id_ in stated)]
    found = []
    if shut:
        found.append(
            finding(
                kart,
                "one_door",
                # Someone who has not said may be open then.
                "shut_so_far" if silent else "shut",
                "unknown" if silent else "gap",
                actors=tuple(stated),
                numbers=counted | {"n": len(stated)},
                words={"times": tuple(Coded(f"finding.one_door.when.{time}") for time in shut)},
            )
        )
    if len(shut) < len(LATE):
        late = [id_ for id_ in stated if {*LATE} & {*(kart[id_].open or ())}]
        found.append(
            finding(
                kart,
                "one_door",
                "late_doors",
                "note",
                actors=tuple(late),
                numbers=counted | {"n": len(late), "doors": len(stated)},
                more=tuple(_open_then(kart, ids, counted, "closed")),
            )
        )
    return [*found, unstated] if silent else found
