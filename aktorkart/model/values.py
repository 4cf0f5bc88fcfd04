"""The map itself: actors, the ties between them, and what belongs to them.

All values are frozen; the verbs on :class:`ActorMap` return new, validated maps. Anything
that is wrong is raised at once, as one :class:`~aktorkart.errors.InvalidMap` with a problem
for each thing.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from aktorkart.errors import InvalidMap
from aktorkart.expected import expect_if_given
from aktorkart.model.checks import field_problems
from aktorkart.model.fields import (
    NOTHING,
    ActorId,
    ActorIds,
    Area,
    Binding,
    Boolean,
    Communication,
    Damour,
    Direction,
    EndIds,
    FrozenDict,
    GoalId,
    HighLow,
    Hours,
    Informant,
    Informants,
    IssueId,
    Kind,
    KindName,
    Levels,
    Lines,
    Linkages,
    Number,
    Organisation,
    OwnActionId,
    OwnActorId,
    OwnGoalId,
    OwnIssueId,
    OwnItemId,
    PartnerValue,
    Parts,
    PersonalName,
    Phase,
    Quality,
    Rating,
    Remark,
    Score,
    Several,
    SeveralWords,
    Stage,
    Stance,
    Support,
    Tags,
    TieKind,
    Title,
    Trust,
    When,
    dated,
    first_day,
    last_day,
)

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator


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

    # pydantic's own ways to another value check nothing and keep what is cached.

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:  # noqa: ARG002 - nothing can be changed in place, so a copy is deep enough
        """Return an equal value, or one with other fields, checked as any other.

        Parameters
        ----------
        update : mapping, optional
            The fields to change.
        deep : bool
            Makes no difference: values cannot be changed in place.

        Returns
        -------
        the same type
            A new value.

        Raises
        ------
        InvalidMap
            If the fields do not fit.
        WrongArgument
            If ``update`` is no mapping.
        """
        expect_if_given("mapping", update=update)
        fields = {name: getattr(self, name) for name in type(self).model_fields}
        return type(self)(**fields | dict(update or {}))

    copy = model_copy  # type: ignore[assignment]

    def __replace__(self, **changes: Any) -> Self:
        return self.model_copy(update=changes)

    @classmethod
    def model_construct(cls, _fields_set: set[str] | None = None, **values: Any) -> Self:
        """Return a value of these fields, checked as by the constructor.

        Parameters
        ----------
        _fields_set : set of str, optional
            Makes no difference.
        **values
            The fields.

        Returns
        -------
        the same type
            A new value.

        Raises
        ------
        InvalidMap
            If the fields do not fit.
        """
        return cls(**values)

    @classmethod
    def _unchecked(cls, **fields: Any) -> Self:
        """Make a value of what could be read, to find all that is wrong with it."""
        return super().model_construct(None, **fields)

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
        One of :data:`aktorkart.model.vocabulary.KINDS` or a kind of the map's own.
    line, level, linkage : str or sequence of str, optional
        Stated here, or else what follows from the kind.
    organisation : str, optional
        Who the actor belongs to.
    power, interest, legitimacy, urgency, threat, cooperation : float, optional
        Judgements from 1 (low) to 5 (high); the last two are the potential for each.
    stance, wanted_stance : float, optional
        From −2 (against) to 2 (for): as it is, and as one would have it.
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

    id: OwnActorId
    name: PersonalName | None = None
    kind: Kind = "unknown"
    line: Lines | None = None
    level: Levels | None = None
    linkage: Linkages | None = None
    organisation: Organisation | None = None
    power: Rating | None = None
    interest: Rating | None = None
    legitimacy: Rating | None = None
    urgency: Rating | None = None
    threat: Rating | None = None
    cooperation: Rating | None = None
    stance: Stance | None = None
    wanted_stance: Stance | None = None
    publics: Annotated[Mapping[IssueId, Judgement], AfterValidator(FrozenDict)] = Field(
        default=NOTHING
    )
    open: Hours | None = None
    tasks: SeveralWords = ()
    note: Remark | None = None
    source: Remark | None = None
    tags: Tags = Field(default=NOTHING)

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
        One of :data:`aktorkart.model.vocabulary.TIE_KINDS` or a kind of the map's own.
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
        Ids of the ends that have changed practice because of the tie: one, both or neither.
    stage : int, optional
        How far collaboration has come, from 0 (none) to 5 (Frey et al. 2006).
    trust : mapping of str to int
        How far the informant trusts the partner, each 1–4 (PARTNER): reliability,
        shared_mission, openness.
    value : mapping of str to int
        What the partner brings, each 1–4 (PARTNER): power, involvement, resources.
    support : mapping of str to sequence of str
        What is ``given`` by the source to the target and ``received`` from it: practical,
        emotional, information, company, economic. An empty list is none.
    damour : mapping of str to int
        D'Amour et al.'s (2008) indicators, each 1–5: goals, client_centred,
        acquaintanceship, trust, centrality, leadership, innovation, connectivity,
        formalisation, information_exchange.
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

    source: ActorId
    target: ActorId
    strength: Number | None = None
    kind: TieKind = "contact"
    mutual: Boolean = True
    quality: Quality | None = None
    communication: Communication | None = None
    needed: Boolean = False
    since: When | None = None
    until: When | None = None
    informant: Informant | None = None
    bound_to: Binding | None = None
    changed_practice: EndIds = ()
    stage: Stage | None = None
    trust: Trust = Field(default=NOTHING)
    value: PartnerValue = Field(default=NOTHING)
    support: Support = Field(default=NOTHING)
    damour: Damour = Field(default=NOTHING)
    note: Remark | None = None
    basis: Remark | None = None
    tags: Tags = Field(default=NOTHING)

    @property
    def ends(self) -> tuple[str, str]:
        """The two actors, from source to target."""
        return self.source, self.target

    @property
    def pair(self) -> tuple[str, str]:
        """The two actors whichever way the tie goes, sorted by id."""
        return min(self.ends), max(self.ends)

    @property
    def arcs(self) -> tuple[tuple[str, str], ...]:
        """The ordered pairs that it occupies: both ways if it is mutual."""
        return (self.ends, self.ends[::-1]) if self.mutual else (self.ends,)

    @property
    def key(self) -> tuple[str, str, str]:
        """What a finding calls it: its ends and its kind."""
        return *self.ends, self.kind

    @property
    def is_channel(self) -> bool:
        """Whether something can pass: it exists, works, and is not a conflict (METHOD 7)."""
        return (
            not self.needed
            and self.kind != "conflict"
            and self.quality not in {"strained", "broken"}
        )

    def in_force(self, when: str | dt.date | None) -> bool:
        """Tell whether the tie exists on a day.

        Parameters
        ----------
        when : str or datetime.date or None
            A day; a month or a year means its last day (METHOD 7). None for any time.

        Returns
        -------
        bool
            True if the day is in the tie's period, ends included.

        Raises
        ------
        InvalidMap
            If it is not a date and the tie has a period.
        """
        if when is None or (self.since is None and self.until is None):
            return True
        day = last_day(dated(when))
        begun = self.since is None or first_day(self.since) <= day
        return begun and (self.until is None or last_day(self.until) >= day)


class Issue(_Value):
    """A case in Grunig's sense: something that divides the actors into publics."""

    id: OwnIssueId
    title: Title | None = None
    note: Remark | None = None
    source: Remark | None = None


class Point(_Value):
    """Points given on a day: 0 to 10."""

    date: When
    value: Score


class Goal(_Value):
    """What matters to the user, with points over time.

    ``direction`` is mandatory: the forms in use run in opposite directions.
    """

    id: OwnGoalId
    title: Title | None = None
    area: Area | None = None
    direction: Direction
    points: Several[Point] = ()
    actors: ActorIds = ()
    health: Boolean | None = None
    note: Remark | None = None


class Action(_Value):
    """A measure in the plan: who is responsible, for what, by when."""

    id: OwnActionId
    title: Title | None = None
    goal: GoalId | None = None
    responsible: ActorId | None = None
    due: When | None = None
    done: When | None = None
    phase: Phase | None = None
    note: Remark | None = None


class ChecklistItem(_Value):
    """One line of the checklist for collaboration, with points over time."""

    id: OwnItemId
    title: Title | None = None
    phase: Phase | None = None
    points: Several[Point] = ()
    note: Remark | None = None


class Consent(_Value):
    """The person's consent to the map: when, to what, who may see it, where it is kept.

    Parameters
    ----------
    given : str, optional
        The day, month or year it was given; without it there is no consent yet.
    given_by : str, optional
        Who gave it, where it was not the person.
    covers : sequence of str, optional
        The parts it covers, of network, goals, plan, checklist and issues; all if left out.
    seen_by : sequence of str
        Who may see the map with names: ids of actors, or organisations.
    stored : str, optional
        Where the map is kept.
    until : str, optional
        The last day, month or year it holds.
    withdrawn : str, optional
        When it was withdrawn.
    note : str, optional
        A remark.
    """

    given: When | None = None
    given_by: Informant | None = None
    covers: Parts | None = None
    seen_by: Informants = ()
    stored: Remark | None = None
    until: When | None = None
    withdrawn: When | None = None
    note: Remark | None = None


class KindSpec(_Value):
    """A kind of the map's own, or other defaults for a built-in one."""

    line: Lines | None = None
    level: Levels | None = None
    linkage: Linkages | None = None
    name: KindName | None = None
