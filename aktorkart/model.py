"""The map itself: actors, the ties between them, and what belongs to them.

All values are frozen; the verbs on :class:`ActorMap` return new, validated maps. Anything
that is wrong is raised at once, as one :class:`~aktorkart.errors.InvalidMap` with a problem
for each thing.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Annotated, Any, Self

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from pydantic_core import PydanticCustomError

from aktorkart import vocabulary as words
from aktorkart.checks import (
    all_problems,
    field_problems,
    in_order,
    is_kind,
    orders,
    same_tie,
    unknown_actor,
    whole_map_problems,
)
from aktorkart.errors import InvalidMap, Problem, UnknownActor, UnknownTie, guesses
from aktorkart.fields import (
    Binding,
    Boolean,
    Communication,
    Direction,
    FrozenDict,
    HighLow,
    Hours,
    Language,
    Levels,
    Lines,
    Linkages,
    Name,
    Names,
    Number,
    Pair,
    Phase,
    Quality,
    Rating,
    Scope,
    Score,
    Several,
    Stance,
    Tags,
    Text,
    When,
    as_tuple,
    as_when,
    first_day,
    last_day,
)
from aktorkart.i18n import has_text, text

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator


class _Value(BaseModel):
    """What all parts of a map share: frozen, no unknown fields, our own errors."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    def __init__(self, /, **data: Any) -> None:
        try:
            super().__init__(**data)
        except ValidationError as error:
            raise InvalidMap(field_problems(type(self), error)) from None

    # pydantic builds nested values without calling __init__ when it is marked so. That is
    # what keeps one actor's error inside the whole map's list, with its path.
    __init__.__pydantic_base_init__ = True  # type: ignore[attr-defined]

    def __iter__(self) -> Iterator[Any]:  # type: ignore[override]
        raise TypeError(f"{type(self).__name__} cannot be looped over; use its fields")


class Judgement(_Value):
    """How an actor sees one issue, in the situational theory of publics.

    Parameters
    ----------
    problem : {"high", "low"}, optional
        Problem recognition.
    constraint : {"high", "low"}, optional
        Constraint recognition.
    involvement : {"high", "low"}, optional
        Level of involvement.
    """

    problem: HighLow | None = None
    constraint: HighLow | None = None
    involvement: HighLow | None = None


class Actor(_Value):
    """Someone who takes part: a user, a service, an organisation, a forum.

    Everything but ``id`` may be left out: unknown is not absent.

    Parameters
    ----------
    id : str
        Short name used in the file, unique on the map.
    name : str, optional
        What people call the actor; the id if left out.
    kind : str
        One of :data:`aktorkart.vocabulary.KINDS` or a kind of the map's own.
    line, level, linkage : str or sequence of str, optional
        Stated here, or else what follows from the kind.
    organisation : str, optional
        Who the actor belongs to.
    power, interest, legitimacy, urgency : float, optional
        Judgements from 1 (low) to 5 (high).
    stance : float, optional
        From −2 (against) to 2 (for).
    publics : mapping of str to Judgement
        How the actor sees each issue, by the issue's id.
    open : sequence of str, optional
        When it can be reached: weekdays, evening, night, weekend.
    tasks : sequence of str
        What it is responsible for.
    note, source : str, optional
        A remark, and where the judgements come from.
    tags : mapping
        Own attributes and groups.

    Raises
    ------
    InvalidMap
        With every field that is wrong.

    Examples
    --------
    >>> Actor(id="fastlege", name="Fastlegen", kind="gp").label
    'Fastlegen'
    """

    id: Name
    name: Name | None = None
    kind: Name = "unknown"
    line: Lines | None = None
    level: Levels | None = None
    linkage: Linkages | None = None
    organisation: Name | None = None
    power: Rating | None = None
    interest: Rating | None = None
    legitimacy: Rating | None = None
    urgency: Rating | None = None
    stance: Stance | None = None
    publics: Annotated[Mapping[Name, Judgement], AfterValidator(FrozenDict)] = Field(
        default_factory=FrozenDict
    )
    open: Hours | None = None
    tasks: Names = ()
    note: Text | None = None
    source: Text | None = None
    tags: Tags = Field(default_factory=FrozenDict)

    @property
    def label(self) -> str:
        """The name, or the id where no name is given."""
        return self.name or self.id


class Tie(_Value):
    """What goes on between two actors.

    Parameters
    ----------
    source, target : str
        Ids of the two actors; from source to target unless the tie is mutual.
    strength : float, optional
        Closeness: the higher the stronger, on the map's scale.
    kind : str
        One of :data:`aktorkart.vocabulary.TIE_KINDS` or a kind of the map's own.
    mutual : bool
        Whether it goes both ways.
    quality : {"good", "strained", "broken"}, optional
        How it works.
    communication : str, optional
        One of Grunig and Hunt's four models.
    needed : bool
        It should exist and does not.
    since, until : str, optional
        First and last day, month or year, both inclusive.
    informant : str, optional
        Who reported the tie.
    bound_to : {"person", "role"}, optional
        Whether it hangs on a person or on a role.
    changed_practice : sequence of str
        Ids of the sides that have changed practice because of the tie.
    note, basis : str, optional
        A remark, and where the judgement comes from.
    tags : mapping
        Own attributes.

    Raises
    ------
    InvalidMap
        With every field that is wrong.

    Examples
    --------
    >>> Tie(source="bruker", target="nav", quality="strained").is_channel
    False
    """

    source: Name
    target: Name
    strength: Number | None = None
    kind: Name = "contact"
    mutual: Boolean = True
    quality: Quality | None = None
    communication: Communication | None = None
    needed: Boolean = False
    since: When | None = None
    until: When | None = None
    informant: Name | None = None
    bound_to: Binding | None = None
    changed_practice: Names = ()
    note: Text | None = None
    basis: Text | None = None
    tags: Tags = Field(default_factory=FrozenDict)

    @property
    def is_channel(self) -> bool:
        """Whether something can pass: it exists, works, and is not a conflict (METHOD 7)."""
        return (
            not self.needed
            and self.kind != "conflict"
            and self.quality not in {"strained", "broken"}
        )

    def in_force(self, when: str | None) -> bool:
        """Tell whether the tie exists in a period.

        Parameters
        ----------
        when : str or None
            A day, month or year; None for any time.

        Returns
        -------
        bool
            True if the tie's period, ends included, meets it.
        """
        if when is None:
            return True
        begun = self.since is None or first_day(self.since) <= last_day(when)
        return begun and (self.until is None or last_day(self.until) >= first_day(when))


class Issue(_Value):
    """A case in Grunig's sense: something that divides the actors into publics."""

    id: Name
    title: Name | None = None
    note: Text | None = None
    source: Text | None = None


class Point(_Value):
    """Points given on a day: 0 to 10."""

    date: When
    value: Score


class Goal(_Value):
    """What matters to the user, with points over time.

    ``direction`` is mandatory: the forms in use run in opposite directions.
    """

    id: Name
    title: Name | None = None
    area: Name | None = None
    direction: Direction
    points: Several[Point] = ()
    actors: Names = ()
    health: Boolean | None = None
    note: Text | None = None


class Action(_Value):
    """A measure in the plan: who is responsible, for what, by when."""

    id: Name
    title: Name | None = None
    goal: Name | None = None
    responsible: Name | None = None
    due: When | None = None
    done: When | None = None
    phase: Phase | None = None
    note: Text | None = None


class ChecklistItem(_Value):
    """One line of the checklist for collaboration, with points over time."""

    id: Name
    title: Name | None = None
    phase: Phase | None = None
    points: Several[Point] = ()
    note: Text | None = None


class Consent(_Value):
    """The person's consent to the map: when, who may see it, where it is kept."""

    given: When | None = None
    seen_by: Names = ()
    stored: Text | None = None
    until: When | None = None
    note: Text | None = None


class KindSpec(_Value):
    """A kind of the map's own, or other defaults for a built-in one."""

    line: Lines | None = None
    level: Levels | None = None
    linkage: Linkages | None = None
    name: Name | None = None


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

    title: Name | None = None
    focal: Name | None = None
    date: When | None = None
    lang: Language | None = None
    scope: Scope = "service"
    strength_scale: Pair | None = (1.0, 5.0)
    consent: Consent | None = None
    issues: Several[Issue] = ()
    actors: Several[Actor] = ()
    ties: Several[Tie] = ()
    needs: Names = ()
    kinds: Annotated[Mapping[Name, KindSpec], AfterValidator(FrozenDict)] = Field(
        default_factory=FrozenDict
    )
    tie_kinds: Annotated[Mapping[Name, Name | None], AfterValidator(FrozenDict)] = Field(
        default_factory=FrozenDict
    )
    goals: Several[Goal] = ()
    plan: Several[Action] = ()
    checklist: Several[ChecklistItem] = ()
    discharge: Annotated[Several[When], BeforeValidator(as_tuple)] = ()
    positions: Annotated[Mapping[Name, Pair], AfterValidator(FrozenDict)] = Field(
        default_factory=FrozenDict
    )
    note: Text | None = None
    source: Text | None = None
    tags: Tags = Field(default_factory=FrozenDict)

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

    def __getitem__(self, id: str) -> Actor:  # noqa: A002 - it is the actor's id
        """Return the actor with this id; UnknownActor if there is none."""
        try:
            return self._by_id[id]
        except KeyError:
            raise UnknownActor(unknown_actor(id, self.actors)) from None

    def __contains__(self, id: object) -> bool:  # noqa: A002 - it is the actor's id
        return id in self._by_id

    def __repr__(self) -> str:
        title = f"{self.title!r}, " if self.title else ""
        counts = text("model.actors", "en", n=len(self.actors))
        return f"ActorMap({title}{counts}, {text('model.ties', 'en', n=len(self.ties))})"

    __str__ = __repr__

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        # The one module that is loaded from below: only when a cell shows the map.
        from aktorkart.notebook import map_bundle

        return map_bundle(self)

    def _follows(self, id: str, stated: str, default: str) -> tuple[str, ...]:  # noqa: A002
        actor = self[id]
        own = self.kinds.get(actor.kind)
        for said in (getattr(actor, stated), getattr(own, stated, None)):
            if said is not None:
                return tuple(said)
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

    def _with(self, **changes: Any) -> Self:
        # model_copy would neither validate nor forget what is cached.
        fields = {name: getattr(self, name) for name in type(self).model_fields}
        return type(self)(**fields | changes)

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

        Examples
        --------
        >>> ActorMap().with_actor(id="nav").with_actor(id="nav", kind="nav").actors[0].kind
        'nav'
        """
        new = actor if actor is not None else Actor(**fields)
        if new.id not in self:
            return self._with(actors=(*self.actors, new))
        return self._with(actors=tuple(new if old.id == new.id else old for old in self.actors))

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

        Examples
        --------
        >>> kart = ActorMap(actors=[Actor(id="nav"), Actor(id="dps")])
        >>> kart.with_tie(source="nav", target="dps", strength=2).ties[0].strength
        2.0
        """
        new = tie if tie is not None else Tie(**fields)
        kept = [old for old in self.ties if not same_tie(new, old)]
        place = next((i for i, old in enumerate(self.ties) if same_tie(new, old)), len(kept))
        return self._with(ties=(*kept[:place], new, *kept[place:]))

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

        def rest(ids: Iterable[str]) -> tuple[str, ...]:
            return tuple(other for other in ids if other != id)

        return self._with(
            focal=None if self.focal == id else self.focal,
            actors=tuple(actor for actor in self.actors if actor.id != id),
            ties=tuple(tie for tie in self.ties if id not in {tie.source, tie.target}),
            # An id may also be the name of a kind, and then the need stands.
            needs=self.needs if is_kind(self, id) else rest(self.needs),
            positions={key: at for key, at in self.positions.items() if key != id},
            goals=tuple(
                goal.model_copy(update={"actors": rest(goal.actors)}) for goal in self.goals
            ),
            plan=tuple(
                action.model_copy(update={"responsible": None})
                if action.responsible == id
                else action
                for action in self.plan
            ),
        )

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
            if (source, target) not in orders(tie) or kind not in {None, tie.kind}
        )
        if len(kept) == len(self.ties):
            raise UnknownTie(Problem(code="no_tie", values={"source": source, "target": target}))
        return self._with(ties=kept)

    def at(self, date: str | dt.date) -> Self:
        """Return the map as it was, or will be, in a period.

        Parameters
        ----------
        date : str or datetime.date
            A day, month or year.

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
        try:
            when = as_when(date)
        except PydanticCustomError:
            raise InvalidMap(Problem(code="not_date", values={"value": str(date)})) from None
        return self._with(date=when, ties=tuple(tie for tie in self.ties if tie.in_force(when)))

    def seen_by(self, informant: str) -> Self:
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
        >>> len(kart.seen_by("nav").ties)
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
        return self._with(ties=tuple(tie for tie in self.ties if tie.informant == informant))
