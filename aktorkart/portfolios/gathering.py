"""Which maps there are, what each is called, and which of them is an earlier one of another."""

from __future__ import annotations

import os
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aktorkart.errors import AktorkartError, Place, Problem, UnreadableFile, WrongArgument
from aktorkart.files import load_files
from aktorkart.files.formats import FORMATS
from aktorkart.files.sheets import Reading
from aktorkart.model import ActorMap
from aktorkart.privacy.consent import lacking

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Sequence

Source = Any
"""A folder, a file, a mapping of name to map, or several maps or files."""

_DATED = re.compile(r"^(.*?)[ ._-]*((?:19|20)\d\d(?:-\d\d(?:-\d\d)?)?)$")
_ENDINGS = tuple(
    # A picture or a report beside its map is not another map.
    ending
    for one in FORMATS.values()
    if not one.carrier
    for ending in one.endings
)


@dataclass(frozen=True, kw_only=True)
class Failure:
    """A map that is not among the others, and why.

    Parameters
    ----------
    name : str
        What its file, or the map, is called.
    problems : tuple of Problem
        What is wrong.

    Examples
    --------
    >>> failed = Failure(name="fjordvik", problems=(Problem(code="consent_missing"),))
    >>> failed.text("en").startswith("fjordvik: ")
    True
    """

    name: str
    problems: tuple[Problem, ...]

    def text(self, lang: str = "en") -> str:
        """Say what is wrong.

        Parameters
        ----------
        lang : {"nb", "nn", "en", "sv"}
            The language.

        Returns
        -------
        str
            A line for each problem, the first beginning with the name.
        """
        return "\n".join(f"{self.name}: {one.text(lang)}" for one in self.problems)


@dataclass(frozen=True)
class Entry:
    """A map with what it is called, and the one before it."""

    name: str
    kart: ActorMap
    before: ActorMap | None = None
    label: str | None = None
    """What it is called in sentences, where whoever gave the map has said so."""

    @property
    def group(self) -> str | None:
        """The folder it lies in."""
        return self.name.rpartition("/")[0] or None


@dataclass(frozen=True)
class Gathered:
    """The maps there are, in the order of their names, and those that could not be had."""

    entries: tuple[Entry, ...]
    failures: tuple[Failure, ...]
    notes: tuple[Problem, ...] = ()
    files: tuple[str, ...] = ()
    alone: tuple[str, ...] = ()
    """What the earlier maps are called that no later one goes with."""


def gathered(
    maps: Source, earlier: Source | None, *, consent: str, today: dt.date | None
) -> Gathered:
    """Find the maps, each with the one before it, and leave out those that may not be used."""
    found = _Finder()
    entries = _in_order(found.entries(maps))
    before = [] if earlier is None else found.entries(earlier)
    latest, alone = _matched(entries, before)
    allowed = []
    for entry in latest:
        stopped = lacking(entry.kart, today=today) if consent == "required" else None
        if stopped is None:
            allowed.append(entry)
        else:
            found.failures.append(Failure(name=entry.name, problems=(stopped,)))
    return Gathered(
        tuple(allowed),
        tuple(sorted(found.failures, key=lambda one: one.name)),
        tuple(found.notes),
        tuple(found.files),
        tuple(sorted(alone)),
    )


class _Finder:
    """Reads what there is, and keeps what cannot be read."""

    def __init__(self) -> None:
        self.failures: list[Failure] = []
        self.notes: list[Problem] = []
        self.files: list[str] = []

    def entries(self, maps: Source) -> list[Entry]:
        """Return every map that a source holds."""
        if isinstance(maps, str | os.PathLike):
            return self._of_path(Path(maps))
        if isinstance(maps, Mapping):
            pairs = [(str(name), kart) for name, kart in maps.items()]
            return [Entry(name, _expected(kart), label=name) for name, kart in pairs]
        if isinstance(maps, ActorMap) or not isinstance(maps, Iterable):
            raise _no_maps(maps)
        found: list[Entry] = []
        for one in maps:
            if isinstance(one, str | os.PathLike):
                found += self._read(Path(one), Path(one).parent)
            else:
                found.append(Entry(_expected(one).title or "", one))
        return found

    def _of_path(self, path: Path) -> list[Entry]:
        if not path.exists():
            raise UnreadableFile(Problem(code="file_missing", place=Place(file=os.fspath(path))))
        if path.is_file():
            return list(self._read(path, path.parent))
        found: list[Entry] = []
        for file in sorted(path.rglob("*")):
            hidden = any(part.startswith((".", "~")) for part in file.relative_to(path).parts)
            if file.is_file() and not hidden and file.name.lower().endswith(_ENDINGS):
                found += self._read(file, path)
        return found

    def _read(self, file: Path, root: Path) -> Iterator[Entry]:
        if os.fspath(file) in self.files:
            return  # the other of two tables of one map
        name = file.relative_to(root).with_suffix("").as_posix()
        try:
            loaded = load_files(file, reading=Reading())
        except AktorkartError as error:
            problems = tuple(error.problems)
            self.failures.append(Failure(name=file.relative_to(root).as_posix(), problems=problems))
            return
        self.files += loaded.files
        self.notes += loaded.notes
        if len(loaded.files) > 1:
            stems = [Path(one).stem for one in loaded.files]
            alike = os.path.commonprefix(stems).rstrip(" _-")  # noqa: RUF071 - names, not paths
            name = (Path(name).parent / alike).as_posix() if alike else name
        yield Entry(name, loaded.kart)


def _no_maps(value: object) -> WrongArgument:
    return WrongArgument(Problem(code="no_portfolio", values={"value": type(value).__name__}))


def _expected(value: object) -> ActorMap:
    if not isinstance(value, ActorMap):
        raise _no_maps(value)
    return value


def _in_order(entries: Iterable[Entry]) -> list[Entry]:
    """Sort by name and, where names are alike, by what the map holds: never by its place."""
    return sorted(entries, key=lambda one: (one.name, one.kart.model_dump_json()))


def _base(entry: Entry) -> tuple[str, str | None]:
    """Return what a map is called without its date, and the date: its own, or its name's."""
    dated = _DATED.match(entry.name)
    if dated is None or not dated[1].rpartition("/")[2]:
        return entry.name, entry.kart.date
    return dated[1], entry.kart.date or dated[2]


def _matched(
    entries: Sequence[Entry], before: Sequence[Entry]
) -> tuple[list[Entry], tuple[str, ...]]:
    """Find the latest map of each, with the one before it."""
    of_name: dict[str, list[tuple[str | None, Entry]]] = defaultdict(list)
    for entry in entries:
        name, date = _base(entry)
        of_name[name].append((date, entry))
    latest: list[Entry] = []
    for name, dated in of_name.items():
        dates = [date for date, _ in dated if date is not None]
        if name and len(dated) > 1 and len({*dates}) == len(dated):
            *_, (_, last), (_, now) = sorted(dated, key=lambda one: one[0] or "")
            latest.append(replace(now, name=name, before=last.kart))
        else:
            latest += [replace(one, name=name if len(dated) == 1 else one.name) for _, one in dated]
    latest = _distinct(latest)
    earlier = {_base(one)[0]: one.kart for one in before}
    titles = {one.kart.title: one.kart for one in before if one.kart.title}
    matched = []
    for entry in latest:
        was = earlier.get(entry.name) or titles.get(entry.kart.title or "")
        matched.append(entry if was is None else replace(entry, before=was))
    used = {id(one.before) for one in matched}
    # What a map around a person is called may be that person's name.
    return matched, tuple(
        name
        for name, kart in earlier.items()
        if id(kart) not in used and kart.scope != "individual"
    )


def _distinct(entries: Sequence[Entry]) -> list[Entry]:
    """Give a number to those that have no name, or one that another has."""
    counts = Counter(one.name for one in entries)
    seen: Counter[str] = Counter()
    found = []
    for entry in entries:
        seen[entry.name] += 1
        alike = counts[entry.name] > 1 or not entry.name
        number = f"{entry.name} {seen[entry.name]}".strip()
        name = number if alike else entry.name
        found.append(replace(entry, name=name))
    own = Counter(one.name.rpartition("/")[2] for one in found)
    return sorted((replace(one, label=_called(one, own)) for one in found), key=lambda o: o.name)


def _called(entry: Entry, own: Counter[str]) -> str | None:
    """Return what a map is called without its folder, where whoever gave it has named it."""
    last = entry.name.rpartition("/")[2]
    return None if entry.label is None else last if own[last] == 1 else entry.name
