"""Maps from and to data frames: pandas, polars, or anything else that narwhals knows."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from aktorkart.errors import (
    MissingExtra,
    Problem,
    UnsupportedFile,
    WrongArgument,
    one_of,
)
from aktorkart.files.cells import is_empty
from aktorkart.files.making import made
from aktorkart.files.plain import plain
from aktorkart.files.read import noted
from aktorkart.files.rows import held, tag_heading, tags, used
from aktorkart.files.sheets import Draft, Reading, Sheet
from aktorkart.model import ActorMap, expect_map

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aktorkart.files.decoding import File
    from aktorkart.model import Actor, Tie

BACKENDS = ("pandas", "polars", "pyarrow", "modin", "cudf")
"""Libraries that frames can be made with."""

_JUDGEMENTS = ("problem", "constraint", "involvement")


def from_frames(  # noqa: PLR0913 - one set of options for every table of others
    actors: Any,
    ties: Any,
    *,
    directed: bool | None = None,
    columns: Mapping[str, str] | None = None,
    weights: str = "auto",
    repair: bool = False,
    count: bool = False,
    **map_fields: Any,
) -> ActorMap:
    """Make a map of a frame of actors and a frame of ties.

    Parameters
    ----------
    actors, ties : data frame
        Columns named as the fields of :class:`Actor` and :class:`Tie`, or as their Norwegian,
        Swedish or English headings; other columns become tags. A named index is a column.
        ``publics.bolig.problem`` is how an actor sees an issue. None and NaN are unknown. With
        None for ``actors``, the ties name them.
    directed, columns, weights, repair, count
        How frames that are not of :func:`to_frames` are read: as in :func:`read`.
    **map_fields
        Fields of the :class:`ActorMap`: title, focal, kinds … They go before those that
        :func:`to_frames` has put into the frames' attributes.

    Returns
    -------
    ActorMap
        The map. With one user, and no word of its scope, it is taken as one around a person.

    Warns
    -----
    MapNote
        One for each thing that was decided in reading, with its first places.

    Raises
    ------
    InvalidMap
        With everything that is wrong; row 3 is ``frame.iloc[3]``.
    WrongArgument
        If one of them is no data frame, or an option is none.
    UnknownName
        If ``columns`` names no field of an actor or a tie.
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
    reading = Reading(directed, columns or {}, weights, repair=repair, count=count)
    return noted(made(draft_of_frames(actors, ties, **map_fields), reading))


def draft_of_frames(
    actors: Any,
    ties: Any,
    *,
    files: Sequence[File] = (),
    headings_only: bool = False,
    **map_fields: Any,
) -> Draft:
    """Lay out a frame of actors and one of ties as sheets; of files, where they come from such."""
    sheets = {
        table: replace(
            _frame_sheet(table, native, headings_only=headings_only), **_where(table, files)
        )
        for table, native in (("actors", actors), ("ties", ties))
        if native is not None or table == "ties"
    }
    stated = _stated(actors) or _stated(ties)
    about = {name: stated[name] for name in stated if name in ActorMap.model_fields} | map_fields
    return Draft(sheets.get("actors"), sheets["ties"], about=about, own="aktorkart" in stated)


def _where(table: str, files: Sequence[File]) -> dict[str, Any]:
    if not files:
        return {"sheet": table}
    return {"file": files[0 if table == "actors" else -1].name, "sheet": None}


def frame_of(table: str, native: Any) -> Any:
    """Return a frame as narwhals has it."""
    nw = _narwhals()
    if isinstance(getattr(getattr(native, "index", None), "name", None), str):
        native = native.reset_index()  # in pandas, a named index is a column of its own
    try:
        return nw.from_native(native, eager_only=True)
    except TypeError:
        values = {"table": table, "value": type(native).__name__}
        raise WrongArgument(Problem(code="not_a_frame", values=values)) from None
    except nw.exceptions.DuplicateError:
        count = Counter(map(str, getattr(native, "columns", ())))
        twice = sorted(name for name in count if count[name] > 1)
        where = {"table": table, "columns": twice}
        raise WrongArgument(Problem(code="equal_columns", values=where)) from None


def _frame_sheet(table: str, native: Any, *, headings_only: bool) -> Sheet:
    frame = frame_of(table, native)
    names = [str(name) for name in frame.columns]
    if headings_only:
        return Sheet(names, [[] for _ in names], typed=True)
    columns = [frame.get_column(name).to_list() for name in frame.columns]
    return _with_publics(Sheet(names, columns, numbers=range(len(frame)), typed=True))


def _with_publics(sheet: Sheet) -> Sheet:
    """Put the columns of how actors see issues together to one of mappings."""
    parts = {}
    for place, name in enumerate(sheet.headings):
        issue, _, judgement = name.removeprefix("publics.").rpartition(".")
        if name.startswith("publics.") and issue and judgement in _JUDGEMENTS:
            parts[place] = (issue, judgement)
    if not parts:
        return sheet
    seen: list[dict[str, dict[str, Any]] | None] = []
    for row in range(len(sheet)):
        found: dict[str, dict[str, Any]] = {}
        for place, (issue, judgement) in parts.items():
            cell = sheet.columns[place][row]
            if not is_empty(cell):
                found.setdefault(issue, {})[judgement] = cell
        seen.append(found or None)
    rest = [place for place in range(len(sheet.headings)) if place not in parts]
    headings = [*(sheet.headings[place] for place in rest), "publics"]
    columns = [*(sheet.columns[place] for place in rest), seen]
    return replace(sheet, headings=headings, columns=columns)


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
        tag of different types on different actors becomes text, since a column has one type,
        and so do whole numbers too large for a column of pyarrow.
        What the map says beside them stands in the attributes of both (``frame.attrs`` in
        pandas, the schema's metadata in pyarrow); frames of the others do not have any.

    Raises
    ------
    MissingExtra
        If narwhals or the library asked for is not installed.
    UnsupportedFile
        If the map is around a person, and frames of this library cannot hold that.
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
    if kart.scope == "individual" and backend not in _WITH_ATTRIBUTES:
        raise UnsupportedFile(Problem(code="frames_lose_scope", values={"value": backend}))
    try:
        actors, ties = (
            nw.from_dict(
                _columns(table, getattr(kart, table), backend), backend=backend
            ).to_native()
            for table in ("actors", "ties")
        )
    except ImportError:
        raise _missing(backend, f"pip install {backend}") from None
    return _stating(kart, actors), _stating(kart, ties)


_KEY = "aktorkart"
_WITH_ATTRIBUTES = ("pandas", "pyarrow")


def _stating(kart: ActorMap, frame: Any) -> Any:
    """Return a frame that holds what the map says beside its actors and ties, if it can."""
    fields = plain(kart) | {"scope": kart.scope}
    stated = {name: fields[name] for name in fields if name not in {"actors", "ties"}}
    if hasattr(frame, "replace_schema_metadata"):
        return frame.replace_schema_metadata({_KEY: json.dumps(stated, ensure_ascii=False)})
    if isinstance(getattr(frame, "attrs", None), dict):
        frame.attrs[_KEY] = stated
    return frame


def _stated(frame: Any) -> dict[str, Any]:
    """Return what a frame holds of the map itself."""
    metadata = getattr(getattr(frame, "schema", None), "metadata", None) or {}
    attributes = getattr(frame, "attrs", None) or {}
    if isinstance(metadata, Mapping) and _KEY.encode() in metadata:
        found = json.loads(metadata[_KEY.encode()])
    else:
        found = attributes.get(_KEY) if isinstance(attributes, Mapping) else None
    if not isinstance(found, Mapping):
        return {}
    return dict(found)


def _columns(table: str, items: Sequence[Actor | Tie], backend: str) -> dict[str, list[Any]]:
    columns = {name: [_cell(held(item, name)) for item in items] for name in used(table, items)}
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
        mixed = len(kinds - {int, float}) + bool(kinds & {int, float}) > 1
        if mixed or (backend == "pyarrow" and _too_large(values, kinds)):
            values = [None if value is None else str(value) for value in values]
        columns[tag_heading(table, name)] = values
    return columns


def _too_large(values: Sequence[Any], kinds: set[type]) -> bool:
    """Tell whether there are whole numbers that no column of Arrow's numbers holds."""
    most = 1 << (53 if float in kinds else 63)
    return int in kinds and any(type(one) is int and abs(one) >= most for one in values)


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
