"""The coordinator: who is appointed, reaches the others and stands between them. METHOD 6.3."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from aktorkart.care.serving import helping
from aktorkart.errors import InvalidMap
from aktorkart.finding import Finding, Who, finding, named
from aktorkart.model import expect_map
from aktorkart.network.graph import neighbours
from aktorkart.network.measures import measures
from aktorkart.network.network import Network

if TYPE_CHECKING:
    from collections.abc import Collection

    from aktorkart.model import ActorMap


def coordinator(kart: ActorMap) -> list[Finding]:
    """Say who coordinates, whom the coordinator reaches, and who in fact stands between.

    Parameters
    ----------
    kart : ActorMap
        The map.

    Returns
    -------
    list of Finding
        Code ``coordinator``, with ``appointed``, ``reached`` and ``active`` in its numbers:
        actors of kind ``coordinator``; those who help the user and have a channel to or from
        one of them; and all who help the user, coordinators apart. An arena helps nobody: it
        is where those who do may meet.

    Notes
    -----
    METHOD 6.3. The structural broker has the highest betweenness (METHOD 7, with strengths) in
    the map without the user.

    Examples
    --------
    >>> import aktorkart as ak
    >>> dict(coordinator(ak.examples.user_network())[0].numbers)["appointed"]
    1
    """
    expect_map(kart)
    appointed = sorted(actor.id for actor in kart.actors if actor.kind == "coordinator")
    user = kart.user
    if user is None:
        numbers = {"appointed": len(appointed), "reached": None, "active": None}
        return [finding(kart, "coordinator", "no_user", "unknown", numbers=numbers)]
    active, missing = unreached(kart, user, appointed)
    numbers = {
        "appointed": len(appointed),
        "reached": len(active) - len(missing),
        "active": len(active),
    }
    found = [
        *_appointed(kart, user, appointed, active, numbers),
        *_reaching(kart, user, appointed, (active, missing), numbers),
        *_broker(kart, user, appointed, numbers),
    ]
    return sorted(found, key=lambda one: one.level == "unknown")


def unreached(kart: ActorMap, user: str, appointed: Collection[str]) -> tuple[list[str], list[str]]:
    """Return who helps the user, coordinators apart, and whom of them none has a channel to."""
    near = neighbours(kart.channels, without=user)
    active = [id_ for id_ in helping(kart, user) if id_ not in appointed]
    return active, [id_ for id_ in active if not near.get(id_, set()).intersection(appointed)]


def _appointed(
    kart: ActorMap, user: str, appointed: list[str], active: list[str], numbers: dict[str, Any]
) -> list[Finding]:
    """Say whether there is exactly one, and whether the user has a channel to it."""
    about: dict[str, Any] = {
        "actors": tuple(appointed),
        "words": {"user": Who(user), "actors": named(appointed)},
        "numbers": numbers | {"n": len(appointed)},
    }
    if not appointed:
        unsure = [id_ for id_ in active if kart[id_].kind == "unknown"]
        if not unsure:
            return [finding(kart, "coordinator", "none", "gap", **about)]
        about["words"] = {"user": Who(user), "actors": named(unsure)}
        about["actors"] = tuple(unsure)
        about["numbers"] = numbers | {"n": len(unsure)}
        return [finding(kart, "coordinator", "none_known", "unknown", **about)]
    several = len(appointed) > 1
    found = [finding(kart, "coordinator", "several", "gap", **about)] if several else []
    if not set(appointed) & set(helping(kart, user)):
        found.append(finding(kart, "coordinator", "no_channel", "gap", **about))
    return found


def _reaching(
    kart: ActorMap,
    user: str,
    appointed: list[str],
    who: tuple[list[str], list[str]],
    numbers: dict[str, Any],
) -> list[Finding]:
    """Say whom the coordinator has no channel to among those who serve the user."""
    active, missing = who
    if not appointed or not active:
        return []
    about: dict[str, Any] = {"numbers": numbers | {"n": len(appointed)}}
    words = {"user": Who(user), "actors": named(appointed), "missing": named(missing)}
    if not missing:
        return [
            finding(
                kart,
                "coordinator",
                "reaches_all",
                "strength",
                actors=tuple(appointed),
                words=words,
                **about,
            )
        ]
    near = neighbours(kart.channels, without=user)
    theirs = set().union(*(near.get(id_, set()) for id_ in appointed))
    arenas = {id_ for id_ in theirs if kart[id_].kind == "arena"}
    met = [id_ for id_ in missing if near.get(id_, set()) & arenas]
    case = "reaches_some" if len(missing) < len(active) else "reaches_nobody"
    return [
        finding(
            kart,
            "coordinator",
            case,
            "gap",
            actors=(*appointed, *missing),
            words=words,
            more=(
                finding(
                    kart,
                    "coordinator",
                    "meets",
                    "note",
                    actors=tuple(met),
                    numbers=numbers | {"n": len(met)},
                    words={"met": named(met), "arenas": named(sorted(_shared(near, met, arenas)))},
                ),
            )
            if met
            else (),
            **about,
        )
    ]


def _shared(near: dict[str, set[str]], met: list[str], arenas: set[str]) -> set[str]:
    """Return the arenas where they meet."""
    return set().union(*(near[id_] & arenas for id_ in met))


def _broker(
    kart: ActorMap, user: str, appointed: list[str], numbers: dict[str, Any]
) -> list[Finding]:
    """Say who stands between most others when the user is not counted."""
    values = measures(Network.from_map(kart, without=user))
    try:
        rows = values.ranking("betweenness", draws=0)
    except InvalidMap:  # strengths so far apart that the shortest paths cannot be told
        return []
    first = [row.actor for row in rows if row.is_first]
    if not first:
        return []
    if set(first) & set(appointed):
        case, level = "same_broker", "strength"
    else:
        case, level = ("other_broker" if appointed else "broker"), "note"
    return [
        finding(
            kart,
            "coordinator",
            case,
            level,
            actors=tuple(first),
            numbers=numbers | {"n": len(first), "share": values.paths_through(first[0])},
            words={"user": Who(user), "first": named(first), "actors": named(appointed)},
        )
    ]
