"""Answers of a questionnaire, as its tool exports them, read as a map of each who answered."""

from __future__ import annotations

import warnings
from dataclasses import dataclass, replace
from importlib import import_module
from typing import TYPE_CHECKING, Any

from aktorkart.atomic import expect_path
from aktorkart.errors import InvalidMap, MapNote, Place, Problem, UnsupportedFile, grouped
from aktorkart.files import headings
from aktorkart.files.cells import examples
from aktorkart.files.decoding import File
from aktorkart.files.formats import format_of
from aktorkart.files.likert import UNKNOWN
from aktorkart.files.rules.strengths import scale_of
from aktorkart.files.survey.answers import Answers, Asked, Told
from aktorkart.files.survey.questions import Table
from aktorkart.files.survey.roster import Roster
from aktorkart.model import Actor, ActorMap, Tie
from aktorkart.model.vocabulary import USUAL

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable, Mapping, Sequence

    from aktorkart.files.sheets import Grid

_MOST_NAMED = 12
"""How many columns are named in a note."""


def read_survey(  # noqa: PLR0913 - what stands where has to be said where it cannot be seen
    path: str | os.PathLike[str] | Sequence[str | os.PathLike[str]],
    *,
    respondent: str | None = None,
    partner: str | None = None,
    strength: str | None = None,
    actors: ActorMap | Iterable[str] | None = None,
    answers: Mapping[str, float | None] | None = None,
    keep: Iterable[str] = (),
    shape: str | None = None,
    format: str | None = None,  # noqa: A002
) -> dict[str, ActorMap]:
    r"""Read the answers of a questionnaire: a map for each who has answered.

    As exported by Microsoft Forms, Nettskjema, LimeSurvey, Google Forms, Kobo and the like.
    Each tie goes one way, from the one who answers to the partner, and has the one who answers
    as its ``informant``: `merge` joins the maps.

    Parameters
    ----------
    path : str or path-like, or several of them
        The file; several where a tool has written what belongs together to several.
    respondent, partner, strength : str, optional
        The headings, or questions, of who answers, about whom, and how close they are. Left
        out, they are found by headings and answers.
    actors : ActorMap or iterable of str, optional
        Who there is. A map gives its actors and what it says of itself, but not its ties. Left
        out, it is those who are named.
    answers : mapping of str to float or None, optional
        What words of your own mean: ``{"kjenner til": 2}``. 0 is no tie, None is unknown.
    keep : iterable of str
        Headings of columns to keep as tags of the actor who answers, or questions about
        partners to keep as tags of the ties. All else is left out: free text, names,
        addresses, times.
    shape : {"wide", "long"}, optional
        A row for each who has answered, or one for each partner.
    format : str, optional
        What the file is, where its ending does not say so.

    Returns
    -------
    dict of str to ActorMap
        By who has answered: the id of an actor. All maps have the same actors and scale.

    Warns
    -----
    MapNote
        One for each thing that was understood, decided or left out.

    Raises
    ------
    InvalidMap
        With all that is wrong: answers that are not known, names that are nearly the same as
        an actor's, each with its row and column; or if no question about partners is found.
    UnreadableFile
        If it is missing, closed to us or not text.
    UnsupportedFile
        If it is no table.
    UnknownName
        If ``shape`` is none of the two.
    WrongArgument
        If it is no path, or an option is none.

    Notes
    -----
    Names are the same if they are so without case, spaces and signs; others that are nearly so
    are asked about, never joined. Of two answers by the same the later holds. Words are read
    on a scale from 1 to 5 (*svært tett* 5, *tett* 4, *noe* 3, *lite* 2, *svært lite* 1), and
    numbers on the scale that the question or they themselves show. *Ingen kontakt* and *ikke*
    are no tie; *vet ikke* and *ikke aktuelt* are unknown and give none either.

    Examples
    --------
    >>> import tempfile, warnings
    >>> from pathlib import Path
    >>> answers = "Hvem er du?,Hvor tett [NAV],Hvor tett [DPS]\nNAV,,Tett\nDPS,Lite,\n"
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder, "svar.csv")
    ...     path.write_text(answers, "utf-8")
    ...     with warnings.catch_warnings(action="ignore", category=MapNote):
    ...         maps = read_survey(path)
    64
    >>> {who: kart.ties[0].strength for who, kart in maps.items()}
    {'NAV': 4.0, 'DPS': 2.0}
    """
    asked = Asked(respondent, partner, strength, actors, answers, keep, shape)
    found = load_survey(path, asked, format=format)
    for line in grouped(found.notes, "en"):
        warnings.warn(MapNote(line), stacklevel=2)
    return found.maps


@dataclass(frozen=True)
class Surveyed:
    """The map of each who has answered, and what is to be said about the reading."""

    maps: dict[str, ActorMap]
    notes: tuple[Problem, ...]
    files: tuple[str, ...]


def load_survey(
    path: str | os.PathLike[str] | Sequence[str | os.PathLike[str]],
    asked: Asked,
    *,
    format: str | None = None,  # noqa: A002
) -> Surveyed:
    """Read answers, and what is to be said about the reading."""
    several = path if isinstance(path, (list, tuple)) else [path]
    names = [expect_path(one) for one in several]
    grids = [grid for name in names for grid in _grids(name, format)]
    roster = Roster(asked.actors)
    tables = [Table(grid, asked.own, roster.by_letters) for grid in grids]
    tables = [table for table in tables if table.numbers]
    if not tables:
        code = "survey_no_answers" if grids else "empty_file"
        raise InvalidMap(Problem(code=code, place=Place(file=names[0] if names else None)))
    answers = Answers(tables, asked, roster)
    for grid in grids:
        answers.notes += getattr(grid, "notes", ())  # of a workbook: what is hidden in it
    scale = _checked_scale(answers)
    answers.refuse()
    maps = _maps(answers, scale)
    _tell(answers)
    return Surveyed(maps, tuple(answers.notes), tuple(names))


def _grids(name: str, format: str | None) -> list[Grid]:  # noqa: A002
    """Read the cells of a file of tables."""
    known = format_of(name, format=format)
    module = import_module(f"aktorkart.files.{known.name}")
    if not hasattr(module, "grids"):
        raise UnsupportedFile(Problem(code="survey_no_table", place=Place(file=name)))
    found: list[Grid] = module.grids(File(name))
    return found


# --- the maps


def _checked_scale(answers: Answers) -> tuple[float, float] | None:
    """Tell the scale of the answers, and refuse what is outside it."""
    judged = [
        (one, one.meaning)
        for one in answers.told
        if isinstance(one.meaning, float) and one.meaning > 0
    ]
    numbers = [number for _, number in judged]
    questions = [one for source in answers.sources for one in source.questions]
    columns = [one.how_close.heading for one in answers.sources if one.how_close is not None]
    labels = [*columns, *(one.label for one in questions)]
    stated = next(filter(None, map(headings.stated_scale, labels)), None)
    worded = any(meaning not in {0.0, UNKNOWN} for meaning in answers.meant.values())
    if stated is None and worded and max(numbers, default=0.0) <= USUAL[1]:
        return USUAL
    scale = scale_of(numbers, stated, counted=False, weight=False)
    for one, number in judged:
        if scale is not None and not scale[0] <= number <= scale[1]:
            outside = {"value": number, "low": scale[0], "high": scale[1]}
            problem = Problem(code="outside_scale", place=one.place(), values=outside)
            answers.problems.append(problem)
    if scale not in {USUAL, stated}:
        low, high = scale or (None, None)
        code = "scale_open" if scale is None else "scale_found"
        label = headings.bare(labels[0]) or labels[0]
        place = Place(file=answers.sources[0].table.grid.file)
        values = {"low": low, "high": high, "field": label}
        answers.notes.append(Problem(code=code, place=place, values=values))
    return scale


def _maps(answers: Answers, scale: tuple[float, float] | None) -> dict[str, ActorMap]:
    """Make the map of each who has answered."""
    ties: dict[str, list[Tie]] = {who: [] for who in answers.answered}
    apart: dict[str, list[Told]] = {"survey_unknown": [], "survey_self": []}
    for told in answers.told:
        if told.who == told.whom:
            apart["survey_self"] += [told] if told.meaning not in {0.0, UNKNOWN} else []
        elif told.meaning == UNKNOWN:
            apart["survey_unknown"].append(told)
        elif told.meaning != 0:
            ties[told.who].append(_tie(told))
    for code, several in apart.items():
        if several:
            answers.note_places(code, several[0].source, [told.place() for told in several])
    given = answers.asked.actors
    base = given.with_(ties=()) if isinstance(given, ActorMap) else ActorMap()
    everyone = [*answers.roster.actors.values()]
    try:
        return {
            who: base.with_(
                strength_scale=scale,
                actors=_tagged(everyone, who, answers.tags.get(who, {})),
                ties=told_by,
            )
            for who, told_by in ties.items()
        }
    except InvalidMap as error:
        file = answers.tables[0].grid.file
        raise InvalidMap(
            replace(one, place=replace(one.place, file=file)) for one in error.problems
        ) from None


def _tagged(actors: Sequence[Actor], who: str, tags: Mapping[str, Any]) -> list[Actor]:
    """Return the actors, with what was kept of the one who answers."""
    return [
        one.model_copy(update={"tags": {**one.tags, **tags}}) if tags and one.id == who else one
        for one in actors
    ]


def _tie(told: Told) -> Tie:
    return Tie(
        source=told.who,
        target=told.whom,
        strength=told.meaning if isinstance(told.meaning, float) else None,
        kind=told.kind or "contact",
        mutual=False,
        informant=told.who,
        tags=told.tags,
    )


# --- what is said about the reading


def _tell(answers: Answers) -> None:
    """Say what was understood, and what was left out."""
    first = answers.sources[0]
    place = Place(file=first.table.grid.file, sheet=first.table.grid.sheet)

    def note(code: str, at: int | None = None, **values: Any) -> None:
        where = len(answers.notes) if at is None else at
        answers.notes.insert(where, Problem(code=code, place=place, values=values))

    _tell_words(answers, note)
    questions = [one.label for source in answers.sources for one in source.questions]
    note(
        "survey_read",
        0,
        respondent=first.who.heading,
        questions=questions,
        n=len(answers.answered),
        actors=len(answers.roster.actors),
    )
    if answers.roster.given and answers.new:
        note("survey_new_actors", n=len(answers.new), names=examples(answers.new))
    used = {id(column) for source in answers.sources for column in source.used()}
    left = [
        column
        for table in answers.tables
        for column in table.columns
        if id(column) not in used and column.filled and not answers.keeps(column)
    ]
    personal = [one.heading for one in left if one.is_personal()]
    others = [one.heading for one in left if not one.is_own()]
    for code, names in (("survey_personal", personal), ("survey_left_out", others)):
        columns = list(dict.fromkeys(names))
        if columns:
            note(code, n=len(columns), columns=columns[:_MOST_NAMED])


def _tell_words(answers: Answers, note: Any) -> None:
    """Say what each word was read as, the strongest first."""
    meant = answers.meant.items()
    judged = [(word, number) for word, number in meant if isinstance(number, float) and number]
    if judged:
        ordered = sorted(judged, key=lambda one: (-one[1], one[0]))
        note("survey_words", answers=[f"{word} = {number:g}" for word, number in ordered])
    none = [word for word, number in meant if number == 0]
    if none:
        note("survey_no_tie", answers=none)
