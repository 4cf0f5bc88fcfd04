"""A map's own file while it is worked on: read, and saved unless somebody else has changed it."""

from __future__ import annotations

import errno
import os
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from aktorkart.atomic import problem_of
from aktorkart.errors import Place, Problem, UnreadableFile, UnsupportedFile, UnwritableFile
from aktorkart.files import Loaded, load_files, write
from aktorkart.files.decoding import File
from aktorkart.files.sheets import Reading
from aktorkart.files.write import dumped
from aktorkart.i18n import capital
from aktorkart.model import ActorMap

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


class ChangedMeanwhile(UnwritableFile):
    """The file is no longer what the page was made from."""


@dataclass(frozen=True)
class KeptFile:
    """The file, or the set of files, that a map is read from and saved to.

    Parameters
    ----------
    path : str
        Its name; the ending chooses the format.
    lang : str
        The language of a map that does not exist yet.
    consent : {"required", "ignore"}
        As in `aktorkart.write`.
    """

    path: str
    lang: str
    consent: str = "required"
    _lock: Lock = field(default_factory=Lock, repr=False, compare=False)

    def __post_init__(self) -> None:
        if not Path(self.path).absolute().parent.is_dir():
            missing = NotADirectoryError(errno.ENOENT, "")
            raise UnwritableFile(problem_of(self.path, missing))

    @property
    def exists(self) -> bool:
        """Whether there is anything yet."""
        return any(content is not None for content in self._contents().values())

    def read(self) -> tuple[Loaded, str]:
        """Return the map, and a tag for exactly this content; an empty map if there is no file."""
        while True:
            tag = self._tag()
            loaded = self._loaded()
            if tag == self._tag():
                return loaded, tag

    def save(self, kart: ActorMap, tag: str) -> tuple[str, Sequence[Problem]]:
        """Write the map if the file is still the one of the tag.

        Returns
        -------
        tuple of str and Problem
            The new tag, and what the format could not hold.

        Raises
        ------
        ChangedMeanwhile
            If somebody else has written, or deleted, the file; it is left alone.
        UnwritableFile
            If it cannot be written; what stood there is untouched.
        """
        with self._lock:
            if tag != self._tag():
                code = "changed_meanwhile" if self.exists else "deleted_meanwhile"
                raise ChangedMeanwhile(Problem(code=code, place=Place(file=self.path)))
            notes = write(kart, self.path, consent=self.consent)
            return self._tag(), notes

    def close(self) -> None:
        """Wait for a saving that has begun, and let no other begin."""
        self._lock.acquire()

    def written_anew(self, kart: ActorMap) -> bool:
        """Tell whether saving loses how the file looks: comments, a layout of its own."""
        contents = self._contents()
        new = dumped(kart, self.path, consent="ignore").files
        return any(old is not None and new[name] != old for name, old in contents.items())

    def _loaded(self) -> Loaded:
        try:
            loaded = load_files(self.path, reading=Reading())
        except UnreadableFile as error:
            if self.exists or {one.code for one in error.problems} != {"file_missing"}:
                raise
            title = capital(Path(self.path).stem.replace("_", " ").replace("-", " ").strip())
            return Loaded(ActorMap(title=title, lang=self.lang))
        own = {os.path.realpath(name) for name in self._names}
        if not {os.path.realpath(name) for name in loaded.files} <= own:
            values = {"files": [Path(name).name for name in self._names]}
            place = Place(file=self.path)
            raise UnsupportedFile(Problem(code="saved_elsewhere", place=place, values=values))
        return loaded

    @cached_property
    def _names(self) -> tuple[str, ...]:
        """The files that a map is saved to: one, or those of a set of tables."""
        return tuple(dumped(ActorMap(), self.path).files)

    def _contents(self) -> Mapping[str, bytes | None]:
        """Return what stands in each file; None where there is none."""
        return {name: File(name).data() if os.path.lexists(name) else None for name in self._names}

    def _tag(self) -> str:
        """Return what HTTP calls an entity tag: another one for any other content."""
        found = sha256()
        for content in self._contents().values():
            found.update(b"-" if content is None else b"+" + sha256(content).digest())
        return f'"{found.hexdigest()}"'
