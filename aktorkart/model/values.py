"""The map itself: actors, the ties between them, and what belongs to them.

All values are frozen; the verbs on :class:`ActorMap` return new, validated maps. Anything
that is wrong is raised at once, as one :class:`~aktorkart.errors.InvalidMap` with a problem
for each thing.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from aktorkart.errors import InvalidMap
from aktorkart.model.checks import (
    field_problems,
)
from aktorkart.model.fields import (
    Binding,
    Boolean,
    Communication,
    Direction,
    FrozenDict,
    HighLow,
    Hours,
    Levels,
    Lines,
    Linkages,
    Name,
    Names,
    Number,
    Parts,
    Phase,
    Quality,
    Rating,
    Score,
    Several,
    Stance,
    Tags,
    Text,
    When,
    first_day,
    last_day,
)

if TYPE_CHECKING:
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
    given_by: Name | None = None
    covers: Parts | None = None
    seen_by: Names = ()
    stored: Text | None = None
    until: When | None = None
    withdrawn: When | None = None
    note: Text | None = None


class KindSpec(_Value):
    """A kind of the map's own, or other defaults for a built-in one."""

    line: Lines | None = None
    level: Levels | None = None
    linkage: Linkages | None = None
    name: Name | None = None
