"""What one of those around a person may see of the map: ``ak.seen_for``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from aktorkart.errors import NoConsent, Problem
from aktorkart.expected import expect, expect_if_given
from aktorkart.model import expect_map
from aktorkart.model.vocabulary import PARTS
from aktorkart.privacy.consent import require

if TYPE_CHECKING:
    import datetime as dt

    from aktorkart.model import ActorMap


def seen_for(
    kart: ActorMap,
    who: str,
    *,
    today: dt.date | None = None,
    consent: str = "required",
) -> ActorMap:
    """Return what a service may see of a map around a person, with names.

    Parameters
    ----------
    kart : ActorMap
        The map. One that is not around a person is returned as it is.
    who : str
        Id of an actor, or an organisation: those that the consent's ``seen_by`` names, and
        actors of an organisation that it names.
    today : datetime.date, optional
        The day to judge by; the clock's if left out.
    consent : {"required", "ignore"}
        Whether a consent that is missing, over or withdrawn stops it. Who may see is asked
        either way.

    Returns
    -------
    ActorMap
        Without the parts that the consent does not cover; without ``network`` it holds only
        the user and those whom other parts name, and no ties.

    Raises
    ------
    NoConsent
        If the consent does not hold, or not for this one; the text says who may.
    UnknownName
        If ``consent`` is another word.

    Examples
    --------
    >>> from aktorkart.model import Actor, ActorMap
    >>> kart = ActorMap(
    ...     scope="individual",
    ...     consent={"given": "2026-02-20", "seen_by": ["nav"], "covers": ["goals"]},
    ...     actors=[Actor(id="kari", kind="user"), Actor(id="nav"), Actor(id="mor")],
    ...     ties=[{"source": "kari", "target": "nav"}],
    ...     goals=[{"id": "bo", "direction": "higher", "actors": ["nav"]}],
    ... )
    >>> seen = seen_for(kart, "nav")
    >>> [actor.id for actor in seen.actors], seen.ties
    (['kari', 'nav'], ())
    """
    expect_map(kart)
    expect("text", who=who)
    expect_if_given("day", today=today)
    if kart.scope != "individual":
        return kart
    require(kart, consent, today=today)
    allowed = kart.consent.seen_by if kart.consent is not None else ()
    if not _names(kart, who) & {name for one in allowed for name in _names(kart, one)}:
        raise NoConsent(
            Problem(
                code="may_not_see" if allowed else "nobody_may_see",
                values={"value": who, "known": list(allowed)},
            )
        )
    covers = kart.consent.covers if kart.consent is not None else None
    return _covered(kart, PARTS if covers is None else covers)


def _names(kart: ActorMap, who: str) -> set[str]:
    """Return what one is called in a consent: the id, and the organisation with a mark."""
    found = {who, f"organisation:{who}"} if who not in kart else {who}
    if who in kart and kart[who].organisation is not None:
        found.add(f"organisation:{kart[who].organisation}")
    return found


def _covered(kart: ActorMap, parts: tuple[str, ...] | Any) -> ActorMap:
    """Return a map with some of its parts."""
    fields: dict[str, Any] = {
        name: getattr(kart, name) if name in parts else () for name in PARTS if name != "network"
    }
    if "goals" not in parts:
        fields["plan"] = tuple(
            action.model_copy(update={"goal": None}) for action in fields["plan"]
        )
    actors = kart.actors
    if "issues" not in parts:
        actors = tuple(actor.model_copy(update={"publics": {}}) for actor in actors)
    if "network" not in parts:
        named = {kart.user, kart.focal}
        named |= {id_ for goal in fields["goals"] for id_ in goal.actors}
        named |= {action.responsible for action in fields["plan"]}
        actors = tuple(actor for actor in actors if actor.id in named)
        kept = {actor.id for actor in actors}
        fields |= {
            "ties": (),
            "needs": (),
            "positions": {id_: at for id_, at in kart.positions.items() if id_ in kept},
        }
    rest = {name: getattr(kart, name) for name in type(kart).model_fields}
    return type(kart)(**{**rest, **fields, "actors": actors})
