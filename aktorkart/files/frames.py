"""Maps from and to data frames: pandas, polars, or anything else that narwhals knows."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from aktorkart.errors import InvalidMap, MissingExtra, Problem, WrongArgument, one_of
from aktorkart.files.rows import Columns, tag_heading, tags, used
from aktorkart.model import ActorMap, expect_map

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aktorkart.model import Actor, Tie

BACKENDS = ("pandas", "polars", "pyarrow", "modin", "cudf")
"""Libraries that frames can be made with."""

_JUDGEMENTS = ("problem", "constraint", "involvement")


def from_frames(actors: Any, ties: Any, **map_fields: Any) -> ActorMap:
    """Make a map of a frame of actors and a frame of ties.

    Parameters
    ----------
    actors, ties : data frame
        Columns named as the fields of :class:`Actor` and :class:`Tie`, or as their Norwegian,
        Swedish or English headings; other columns become tags. ``publics.bolig.problem`` is
        how an actor sees an issue. None and NaN are left out.
    **map_fields
        Fields of the :class:`ActorMap`: title, focal, kinds …

    Returns
    -------
    ActorMap
        The map.

    Raises
    ------
    InvalidMap
        With everything that is wrong; ``ties[3]`` is the fourth row.
    WrongArgument
        If one of them is no data frame.
    MissingExtra
        If narwhals is not installed.

    Examples
    --------
    >>> import pandas
    >>> from_frames(
    ...     pandas.DataFrame({"id": ["nav", "dps"], "type": ["NAV", "DPS"]}),
    ...     pandas.DataFrame({"fra": ["nav"], "til": ["dps"], "styrke": [4]}),
    ... )
    ActorMap(2 actors, 1 tie)
    """
    nw = _narwhals()
    problems: list[Problem] = []
    content: dict[str, Any] = {}
    for table, native in (("actors", actors), ("ties", ties)):
        try:
            frame = nw.from_native(native, eager_only=True)
        except TypeError:
            values = {"table": table, "value": type(native).__name__}
            raise WrongArgument(Problem(code="not_a_frame", values=values)) from None
        except nw.exceptions.DuplicateError:
            names = Counter(map(str, getattr(native, "columns", ())))
            twice = sorted(name for name, count in names.items() if count > 1)
            where = {"table": table, "columns": twice}
            raise WrongArgument(Problem(code="equal_columns", values=where)) from None
        columns = Columns(table, [str(name) for name in frame.columns])
        problems += columns.problems
        content[table] = [_item(columns, row) for row in frame.iter_rows()]
        if table == "ties":
            content["strength_scale"] = columns.scale()
    if problems:
        raise InvalidMap(problems)
    return ActorMap(**content | map_fields)


def _item(columns: Columns, row: Sequence[Any]) -> dict[str, Any]:
    item = columns.item(row, typed=True)
    others = item.get("tags", {})
    for name in [name for name in others if name.startswith("publics.")]:
        issue, _, judgement = name.removeprefix("publics.").rpartition(".")
        if issue and judgement in _JUDGEMENTS:
            item.setdefault("publics", {}).setdefault(issue, {})[judgement] = others.pop(name)
    return item


def to_frames(kart: ActorMap, *, backend: str = "pandas") -> tuple[Any, Any]:
    """Make a frame of the actors and a frame of the ties.

    Parameters
    ----------
    kart : ActorMap
        The map.
    backend : {"pandas", "polars", "pyarrow", "modin", "cudf"}
        Whose frames.

    Returns
    -------
    tuple of two data frames
        Columns are the fields in use, then the tags. Several values in a cell are lists; a
        tag of different types on different actors becomes text, since a column has one type.

    Raises
    ------
    MissingExtra
        If narwhals or the library asked for is not installed.
    UnknownName
        If there is no such library.
    WrongArgument
        If it is no map.

    Examples
    --------
    >>> from aktorkart.model import Actor, ActorMap
    >>> actors, ties = to_frames(ActorMap(actors=[Actor(id="nav", power=4)]))
    >>> actors.columns.to_list(), len(ties)
    (['id', 'name', 'kind', 'power'], 0)
    """
    expect_map(kart)
    nw = _narwhals()
    one_of(backend, BACKENDS, option="backend")
    try:
        return (
            nw.from_dict(_columns("actors", kart.actors), backend=backend).to_native(),
            nw.from_dict(_columns("ties", kart.ties), backend=backend).to_native(),
        )
    except ImportError:
        raise _missing(backend, f"pip install {backend}") from None


def _columns(table: str, items: Sequence[Actor | Tie]) -> dict[str, list[Any]]:
    columns = {name: [_cell(getattr(item, name)) for item in items] for name in used(table, items)}
    if table == "actors":
        issues = dict.fromkeys(issue for item in items for issue in getattr(item, "publics", ()))
        for issue in issues:
            for judgement in _JUDGEMENTS:
                columns[f"publics.{issue}.{judgement}"] = [
                    getattr(getattr(item, "publics", {}).get(issue), judgement, None)
                    for item in items
                ]
    for name in tags(items):
        values = [_cell(item.tags.get(name)) for item in items]
        kinds = {type(value) for value in values if value is not None}
        if len(kinds - {int, float}) + bool(kinds & {int, float}) > 1:
            values = [None if value is None else str(value) for value in values]
        columns[tag_heading(table, name)] = values
    return columns


def _cell(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def _narwhals() -> Any:
    try:
        import narwhals
    except ImportError:
        raise _missing("narwhals", "pip install aktorkart[frames]") from None
    return narwhals


def _missing(feature: str, command: str) -> MissingExtra:
    values = {"feature": feature, "command": command}
    return MissingExtra(Problem(code="missing_extra", values=values))
