"""The map itself: actors, the ties between them, and what belongs to them.

All values are frozen; the verbs on :class:`ActorMap` return new, validated maps. Anything
that is wrong is raised at once, as one :class:`~aktorkart.errors.InvalidMap` with a problem
for each thing.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Annotated, Any, Self, TypeVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, Field, ValidationError

from aktorkart.errors import (
    InvalidMap,
    Problem,
    UnknownActor,
    UnknownTie,
    WrongArgument,
    guesses,
)
from aktorkart.expected import told
from aktorkart.i18n import has_text, text
from aktorkart.model import vocabulary as words
from aktorkart.model.checks import (
    all_problems,
    called,
    in_order,
    is_kind,
    item_problems,
    same_tie,
    unknown_actor,
    whole_map_problems,
)
from aktorkart.model.fields import (
    NOTHING,
    ActorId,
    FrozenDict,
    Holds,
    KindName,
    Language,
    Needs,
    OwnKind,
    OwnTieKind,
    Pair,
    Remark,
    Scope,
    Several,
    Tags,
    Title,
    When,
    as_tuple,
    dated,
    first_day,
    last_day,
    short,
)
from aktorkart.model.values import (
    Action,
    Actor,
    ChecklistItem,
    Consent,
    Goal,
    Issue,
    KindSpec,
    Tie,
    _Value,
)
from aktorkart.model.walk import GONE, changed

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from aktorkart.model.fields import Held
    from aktorkart.model.walk import Spot

MapT = TypeVar("MapT", bound="ActorMap")

_POINTING: frozenset[Held] = frozenset({"actor", "need"})

_OF_ACTORS = frozenset({"_by_id", "labels", "ids_by_label"})
"""What a map has looked up about its actors; another map of the same actors may have it too."""


class ActorMap(_Value):
    """Who works with whom around a user or a service.

    Parameters
    ----------
    title : str, optional
        What the map shows.
    focal : str, optional
        Id of the actor that the map is drawn around.
    date : str, optional
        The day, month or year it is true for; ties outside it are left out of measures.
    lang : {"nb", "nn", "en", "sv"}, optional
        Language of the map and, unless another is asked for, of its reports.
    scope : {"individual", "service", "governance"}
        A map around one person is ``individual`` and shows roles instead of names.
    strength_scale : pair of float or None
        Weakest and strongest; None for open-ended counts, any positive number.
    consent : Consent, optional
        For maps around a person.
    issues : sequence of Issue
        Cases that actors are judged on.
    actors : sequence of Actor
        The actors, in any order.
    ties : sequence of Tie
        The ties, in any order.
    needs : sequence of str
        What the user needs: ids or kinds of actors.
    kinds : mapping of str to KindSpec
        Kinds of the map's own.
    tie_kinds : mapping of str to str or None
        Tie kinds of the map's own, with the name to show.
    goals : sequence of Goal
        What matters to the user.
    plan : sequence of Action
        The plan.
    checklist : sequence of ChecklistItem
        The checklist for collaboration.
    discharge : sequence of str
        Days of discharge.
    positions : mapping of str to pair of float
        Where actors stand, in millimetres on a page of 297 × 210 with y upwards.
    note, source : str, optional
        A remark, and where the content comes from.
    tags : mapping
        Own attributes.

    Raises
    ------
    InvalidMap
        With everything that is wrong, each with its path.

    Examples
    --------
    >>> kart = ActorMap(
    ...     actors=[Actor(id="bruker", kind="user"), Actor(id="nav", kind="nav")],
    ...     ties=[Tie(source="bruker", target="nav", strength=3)],
    ... )
    >>> kart
    ActorMap(2 actors, 1 tie)
    >>> "nav" in kart, kart.lines("nav")
    (True, ('state', 'first'))
    """

    title: Title | None = None
    focal: ActorId | None = None
    date: When | None = None
    lang: Language | None = None
    scope: Scope = "service"
    strength_scale: Pair | None = words.USUAL
    consent: Annotated[Consent, Holds("consent")] | None = None
    issues: Several[Issue] = ()
    actors: Several[Actor] = ()
    ties: Several[Tie] = ()
    needs: Needs = ()
    kinds: Annotated[Mapping[OwnKind, KindSpec], AfterValidator(FrozenDict)] = Field(
        default=NOTHING
    )
    tie_kinds: Annotated[Mapping[OwnTieKind, KindName | None], AfterValidator(FrozenDict)] = Field(
        default=NOTHING
    )
    goals: Several[Goal] = ()
    plan: Several[Action] = ()
    checklist: Several[ChecklistItem] = ()
    discharge: Annotated[Several[When], BeforeValidator(as_tuple)] = ()
    positions: Annotated[Mapping[ActorId, Pair], AfterValidator(FrozenDict)] = Field(
        default=NOTHING
    )
    note: Remark | None = None
    source: Remark | None = None
    tags: Tags = Field(default=NOTHING)

    if not TYPE_CHECKING:  # type checkers are to see the fields

        def __init__(self, /, **data: Any) -> None:
            try:
                BaseModel.__init__(self, **data)
            except ValidationError as error:
                # Say what the whole map lacks as well, as far as it could be read.
                raise InvalidMap(all_problems(type(self), data, error)) from None
            if problems := whole_map_problems(self):
                raise InvalidMap(in_order(type(self), problems))

    # --- looking things up

    @cached_property
    def _by_id(self) -> dict[str, Actor]:
        return {actor.id: actor for actor in self.actors}

    @cached_property
    def labels(self) -> Mapping[str, str]:
        """What people read for each actor, by id."""
        return FrozenDict({actor.id: actor.label for actor in self.actors})

    @cached_property
    def ids_by_label(self) -> Mapping[str, tuple[str, ...]]:
        """Who is called so, by label without capitals."""
        found: dict[str, list[str]] = {}
        for id_, label in self.labels.items():
            found.setdefault(label.casefold(), []).append(id_)
        return FrozenDict({label: tuple(ids) for label, ids in found.items()})

    @cached_property
    def user(self) -> str | None:
        """The person the map is about: the focal actor if it is a user, else the only user."""
        users = [actor.id for actor in self.actors if actor.kind == "user"]
        if self.focal in users:
            return self.focal
        return users[0] if len(users) == 1 else None

    @property
    def person(self) -> str | None:
        """The user whom the map is drawn around; None where it is drawn around something else."""
        user = self.user
        return user if self.focal == user or self.scope == "individual" else None

    @property
    def middle(self) -> str | None:
        """Whom the map was gathered around: the focal actor, or the person of a person's map."""
        return self.focal or (self.user if self.scope == "individual" else None)

    def __getitem__(self, id: str) -> Actor:  # noqa: A002 - it is the actor's id
        """Return the actor with this id; UnknownActor if there is none."""
        try:
            return self._by_id[id]
        except KeyError:
            raise UnknownActor(unknown_actor(id, called(self.actors))) from None

    def __contains__(self, id: object) -> bool:  # noqa: A002 - it is the actor's id
        return id in self._by_id

    def __repr__(self) -> str:
        # A title may name the person whom the map is about.
        title = f"{self.title!r}, " if self.title and self.scope != "individual" else ""
        counts = text("model.actors", "en", n=len(self.actors))
        return f"ActorMap({title}{counts}, {text('model.ties', 'en', n=len(self.ties))})"

    __str__ = __repr__

    def _repr_mimebundle_(self, **_: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        # The one module that is loaded from below: only when a cell shows the map.
        from aktorkart.notebook import map_bundle

        return map_bundle(self)

    def _follows(self, id: str, stated: str, default: str) -> tuple[str, ...]:  # noqa: A002
        actor = self[id]
        own = self.kinds.get(actor.kind)
        for own_words in (getattr(actor, stated), getattr(own, stated, None)):
            if own_words is not None:
                return tuple(own_words)
        built_in = words.KINDS.get(actor.kind)
        return tuple(getattr(built_in, default)) if built_in else ()

    def lines(self, id: str) -> tuple[str, ...]:  # noqa: A002 - it is the actor's id
        """Return an actor's lines of service: stated, or else from its kind.

        Parameters
        ----------
        id : str
            The actor.

        Returns
        -------
        tuple of str
            Empty if unknown.

        Raises
        ------
        UnknownActor
            If it is not on the map.
        """
        return self._follows(id, "line", "lines")

    def levels(self, id: str) -> tuple[str, ...]:  # noqa: A002 - it is the actor's id
        """Return an actor's levels: stated, or else from its kind.

        Parameters
        ----------
        id : str
            The actor.

        Returns
        -------
        tuple of str
            Empty if unknown.

        Raises
        ------
        UnknownActor
            If it is not on the map.
        """
        return self._follows(id, "level", "levels")

    def linkages(self, id: str) -> tuple[str, ...]:  # noqa: A002 - it is the actor's id
        """Return an actor's linkages: stated, or else from its kind.

        Parameters
        ----------
        id : str
            The actor.

        Returns
        -------
        tuple of str
            Empty if unknown.

        Raises
        ------
        UnknownActor
            If it is not on the map.
        """
        return self._follows(id, "linkage", "linkages")

    def kind_name(self, kind: str, lang: str) -> str:
        """Return what a kind of actor is called.

        Parameters
        ----------
        kind : str
            The kind, built in or the map's own.
        lang : {"nb", "nn", "en", "sv"}
            The language.

        Returns
        -------
        str
            The map's own name for it, else the catalogue's, else the kind itself.
        """
        own = self.kinds.get(kind)
        if own is not None and own.name:
            return own.name
        return text(f"kind.{kind}", lang) if has_text(f"kind.{kind}") else kind

    def tie_kind_name(self, kind: str, lang: str) -> str:
        """Return what a kind of tie is called.

        Parameters
        ----------
        kind : str
            The kind, built in or the map's own.
        lang : {"nb", "nn", "en", "sv"}
            The language.

        Returns
        -------
        str
            The map's own name for it, else the catalogue's, else the kind itself.
        """
        own = self.tie_kinds.get(kind)
        return own or (text(f"tie_kind.{kind}", lang) if has_text(f"tie_kind.{kind}") else kind)

    @cached_property
    def ties_in_force(self) -> tuple[Tie, ...]:
        """The ties that exist on the map's date; all of them where it has none."""
        return tuple(tie for tie in self.ties if tie.in_force(self.date))

    @cached_property
    def channels(self) -> tuple[Tie, ...]:
        """The ties in force that something can pass through (METHOD 7)."""
        return tuple(tie for tie in self.ties_in_force if tie.is_channel)

    # --- new maps from this one

    def with_(self, **fields: Any) -> Self:
        """Return a map with other fields of its own: title, date, scope and the like.

        Parameters
        ----------
        **fields
            The map's fields.

        Returns
        -------
        ActorMap
            A new map.

        Raises
        ------
        InvalidMap
            If there is no such field, or the map does not hold together with it.

        Examples
        --------
        >>> ActorMap(title="Last year").with_(title="This year", date="2026").title
        'This year'
        """
        return self.model_copy(update=fields)

    def with_actor(self, actor: Actor | None = None, /, **fields: Any) -> Self:
        """Return a map with one more actor, or with another in place of the one of that id.

        Parameters
        ----------
        actor : Actor, optional
            The actor, or else its fields.
        **fields
            The fields of an :class:`Actor`.

        Returns
        -------
        ActorMap
            A new map.

        Raises
        ------
        InvalidMap
            If the actor does not fit.
        WrongArgument
            If it is given something else than an actor.

        Examples
        --------
        >>> ActorMap().with_actor(id="nav").with_actor(id="nav", kind="nav").actors[0].kind
        'nav'
        """
        new = actor if actor is not None else Actor(**fields)
        if not isinstance(new, Actor):
            raise WrongArgument(Problem(code="not_expected.actor", values={"value": told(new)}))
        place = len(self.actors)
        if new.id in self:
            place = next(at for at, old in enumerate(self.actors) if old.id == new.id)
        made = self._with_one("actors", place, new, self.actors[place + 1 :])
        made.__dict__["_by_id"] = {**self._by_id, new.id: new}
        return made

    def with_tie(self, tie: Tie | None = None, /, **fields: Any) -> Self:
        """Return a map with one more tie, or with another in place of the same tie.

        Two ties are the same with equal ordered pair, kind, informant and overlapping
        period; a mutual tie occupies both orders.

        Parameters
        ----------
        tie : Tie, optional
            The tie, or else its fields.
        **fields
            The fields of a :class:`Tie`.

        Returns
        -------
        ActorMap
            A new map.

        Raises
        ------
        InvalidMap
            If the tie does not fit.
        WrongArgument
            If it is given something else than a tie.

        Examples
        --------
        >>> kart = ActorMap(actors=[Actor(id="nav"), Actor(id="dps")])
        >>> kart.with_tie(source="nav", target="dps", strength=2).ties[0].strength
        2.0
        """
        new = tie if tie is not None else Tie(**fields)
        if not isinstance(new, Tie):
            raise WrongArgument(Problem(code="not_expected.tie", values={"value": told(new)}))
        ends = {*new.ends}
        same = [
            at
            for at, old in enumerate(self.ties)
            if old.source in ends and old.target in ends and same_tie(new, old)
        ]
        place = same[0] if same else len(self.ties)
        rest = self.ties[place + 1 :]
        if len(same) > 1:
            rest = tuple(old for at, old in enumerate(rest, start=place + 1) if at not in same)
        made = self._with_one("ties", place, new, rest)
        for name in _OF_ACTORS & self.__dict__.keys():
            made.__dict__[name] = self.__dict__[name]
        return made

    def _with_one(self, section: str, place: int, new: Actor | Tie, rest: Sequence[Any]) -> Self:
        """Return a map with one other item and the rest after it; nothing else need be checked."""
        fields = {name: getattr(self, name) for name in type(self).model_fields}
        made = self._unchecked(**fields | {section: (*fields[section][:place], new, *rest)})
        if problems := item_problems(made, section, place):
            raise InvalidMap(in_order(type(self), problems))
        return made

    def without_actor(self, id: str) -> Self:  # noqa: A002 - it is the actor's id
        """Return a map without an actor, its ties, and what points to it.

        Parameters
        ----------
        id : str
            The actor.

        Returns
        -------
        ActorMap
            A new map.

        Raises
        ------
        UnknownActor
            If it is not on the map.

        Examples
        --------
        >>> kart = ActorMap(actors=[Actor(id="nav"), Actor(id="dps")], focal="nav")
        >>> kart.without_actor("nav").focal is None
        True
        """
        self[id]
        return part(self, self._by_id.keys() - {id}, focal=self.focal)

    def without_tie(self, source: str, target: str, *, kind: str | None = None) -> Self:
        """Return a map without the ties from one actor to another.

        Parameters
        ----------
        source, target : str
            The two actors; a mutual tie is found in either order.
        kind : str, optional
            Only ties of this kind.

        Returns
        -------
        ActorMap
            A new map.

        Raises
        ------
        UnknownActor
            If one of them is not on the map.
        UnknownTie
            If there is no such tie.

        Examples
        --------
        >>> kart = ActorMap(actors=[Actor(id="nav"), Actor(id="dps")])
        >>> kart.with_tie(source="nav", target="dps").without_tie("dps", "nav").ties
        ()
        """
        self[source], self[target]
        kept = tuple(
            tie
            for tie in self.ties
            if (source, target) not in tie.arcs or kind not in {None, tie.kind}
        )
        if len(kept) == len(self.ties):
            raise UnknownTie(Problem(code="no_tie", values={"source": source, "target": target}))
        return self.with_(ties=kept)

    def at(self, date: str | dt.date) -> Self:
        """Return the map as it was, or will be, on a day.

        Parameters
        ----------
        date : str or datetime.date
            A day; a month or a year means its last day.

        Returns
        -------
        ActorMap
            A new map of that date, without the ties that are not in force then.

        Raises
        ------
        InvalidMap
            If it is not a date.

        Examples
        --------
        >>> kart = ActorMap(
        ...     actors=[Actor(id="nav"), Actor(id="dps")],
        ...     ties=[Tie(source="nav", target="dps", until="2025-06")],
        ... )
        >>> len(kart.at("2025-06-30").ties), len(kart.at("2025-07-01").ties)
        (1, 0)
        """
        when = dated(date)
        return self.with_(date=when, ties=tuple(tie for tie in self.ties if tie.in_force(when)))

    def periods(self) -> tuple[str, ...]:
        """Return the first days of the periods between which no tie begins or ends.

        Returns
        -------
        tuple of str
            Days as ``2025-01-31``, in order. A month or a year begins on its first day and ends
            on its last.

        Examples
        --------
        >>> kart = ActorMap(
        ...     actors=[Actor(id="nav"), Actor(id="dps"), Actor(id="gp")],
        ...     ties=[Tie(source="nav", target="dps", since="2025-02", until="2025-06"),
        ...           Tie(source="nav", target="gp", since="2025-03-15")],
        ... )
        >>> kart.periods()
        ('2025-02-01', '2025-03-15', '2025-07-01')
        """
        begins = {first_day(tie.since) for tie in self.ties if tie.since}
        for tie in self.ties:
            if tie.until and (last := last_day(tie.until)) < str(dt.date.max):
                begins.add(str(dt.date.fromisoformat(last) + dt.timedelta(days=1)))
        return tuple(sorted(begins))

    def reported_by(self, informant: str) -> Self:
        """Return the map that one informant reported.

        Parameters
        ----------
        informant : str
            As in the ties' ``informant``.

        Returns
        -------
        ActorMap
            A new map with all actors and that informant's ties.

        Raises
        ------
        UnknownActor
            If no tie has that informant.

        Examples
        --------
        >>> kart = ActorMap(
        ...     actors=[Actor(id="nav"), Actor(id="dps")],
        ...     ties=[Tie(source="nav", target="dps", informant="nav")],
        ... )
        >>> len(kart.reported_by("nav").ties)
        1
        """
        known = {tie.informant for tie in self.ties if tie.informant is not None}
        if informant not in known:
            raise UnknownActor(
                Problem(
                    code="unknown_informant",
                    values={"value": informant},
                    guesses=guesses(informant, known),
                )
            )
        return self.with_(ties=tuple(tie for tie in self.ties if tie.informant == informant))


def part(kart: MapT, ids: Collection[str], *, focal: str | None) -> MapT:
    """Return the map of some actors and the ties among them, with another focal actor.

    What points to others is left out; who reported a tie may be among them.
    """

    def kept(spot: Spot) -> Any:
        match spot.holds.what:
            case "need" if is_kind(kart, spot.value):
                # An id may also be the name of a kind, and then the need stands.
                return spot.value
            case "actor" | "need" if spot.value not in ids:
                return GONE
        return spot.value

    # A need or a focal place that is a person's id goes with the person.
    return kart.with_(**changed(kart, kept, _POINTING) | {"focal": focal if focal in ids else None})


def retied(kart: MapT, ties: Iterable[Tie], *, without: Collection[str] = ()) -> MapT:
    """Return a map with other ties, perhaps without some actors, that nobody checks.

    For variants of a valid map that are thrown away again: what points to actors that are left
    out stays as it is.
    """
    variant = BaseModel.model_copy(kart)
    for name in (*_OF_ACTORS, "ties_in_force", "channels"):
        variant.__dict__.pop(name, None)
    kept = (tie for tie in ties if not (without and {*tie.ends} & {*without}))
    variant.__dict__["ties"] = tuple(kept)
    if without:
        variant.__dict__["actors"] = tuple(one for one in kart.actors if one.id not in without)
    return variant


def expect_map(value: object) -> None:
    """Refuse what is no map, before a function fails on it somewhere inside."""
    if not isinstance(value, ActorMap):
        given = repr(value) if isinstance(value, str) else type(value).__name__
        raise WrongArgument(Problem(code="not_a_map", values={"value": short(given)}))
