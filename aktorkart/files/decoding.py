"""From a file on the disk to text, saying what is in the way when it is not text."""

from __future__ import annotations

import codecs
import errno
from dataclasses import dataclass
from pathlib import Path

from aktorkart.errors import Place, Problem, UnreadableFile, guesses

_MARKS = (  # UTF-32 first: its mark begins with that of UTF-16
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


@dataclass(frozen=True)
class File:
    """A file to read, or the content of a pipe, and what messages call it."""

    name: str
    content: bytes | None = None

    def data(self) -> bytes:
        """Return the whole content."""
        if self.content is not None:
            return self.content
        try:
            return Path(self.name).read_bytes()
        except OSError as error:
            raise UnreadableFile(_problem(self.name, error)) from None
        except ValueError:  # a NUL in the name
            place = Place(file=repr(self.name))
            raise UnreadableFile(Problem(code="file_missing", place=place)) from None

    def text(self, *, fallback: str | None = None) -> str:
        """Return the content as text: UTF-8, or UTF-16 and UTF-32 with their byte order mark."""
        data = self.data()
        encoding = next((known for mark, known in _MARKS if data.startswith(mark)), "utf-8")
        if encoding.startswith("utf-8") and b"\0" in data:
            code = "is_workbook" if data.startswith(b"PK") else "not_text_file"
            raise UnreadableFile(Problem(code=code, place=Place(file=self.name)))
        try:
            return data.decode(encoding)
        except UnicodeDecodeError as error:
            if fallback and encoding == "utf-8":
                try:
                    return data.decode(fallback)
                except UnicodeDecodeError:
                    pass
            before = data[: error.start].decode(encoding, errors="ignore")
            place = Place(
                file=self.name,
                line=before.count("\n") + 1,
                column=len(before) - (before.rfind("\n") + 1) + 1,
            )
            raise UnreadableFile(Problem(code="not_utf8", place=place)) from None


def _problem(name: str, error: OSError) -> Problem:
    place = Place(file=name)
    if error.errno in {errno.ENOENT, errno.ENOTDIR}:
        return Problem(code="file_missing", place=place, guesses=neighbours(name))
    if Path(name).is_dir():
        return Problem(code="input_is_folder", place=place)
    if error.errno in {errno.EACCES, errno.EPERM}:
        return Problem(code="not_readable", place=place)
    return Problem(code="cannot_read", place=place, values={"reason": error.strerror or ""})


def neighbours(name: str) -> tuple[str, ...]:
    """Find files in the same folder with nearly the same name."""
    path = Path(name)
    try:
        beside = [entry.name for entry in path.parent.iterdir() if entry.is_file()]
    except OSError:
        return ()
    return tuple(str(path.with_name(guess)) for guess in guesses(path.name, beside))
