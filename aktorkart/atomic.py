"""Write files so that a crash, a full disk or a lost network leaves what stood there before."""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
import stat
import time
from pathlib import Path
from typing import TYPE_CHECKING

from aktorkart.errors import Place, Problem, UnwritableFile, WrongArgument

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_CODES = {
    errno.ENOSPC: "disk_full",
    errno.EDQUOT: "disk_full",
    errno.EFBIG: "disk_full",
    errno.EACCES: "not_writable",
    errno.EPERM: "not_writable",
    errno.EROFS: "not_writable",
    errno.EISDIR: "output_is_folder",
    errno.ENAMETOOLONG: "name_too_long",
}

MARK = ".aktorkart-"
"""Our temporary files begin so: what a crash has left is known and swept."""

OLD = 3600
"""Seconds after which a temporary file is nobody's any more."""

PRIVATE = 0o600
"""Mode of files about a person: nobody else on the machine reads them."""


def expect_path(value: object) -> str:
    """Return a path as text; refuse what names no file."""
    name = os.fspath(value) if isinstance(value, os.PathLike) else value
    if not isinstance(name, str):
        raise WrongArgument(Problem(code="not_a_path", values={"value": type(value).__name__}))
    return name


def made_folder(name: str) -> Path:
    """Return a folder that is there, or make it, with those above it."""
    folder = Path(name)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except (OSError, ValueError) as error:
        code = "folder_is_file" if folder.exists() else problem_of(name, error).code
        values = {"folder": name, "reason": getattr(error, "strerror", None) or ""}
        problem = Problem(code=code, place=Place(file=name), values=values)
        raise UnwritableFile(problem) from None
    return folder


def write_bytes(path: str | os.PathLike[str], data: bytes, *, private: bool = False) -> None:
    """Write a whole file, or leave everything as it was."""
    write_files({os.fspath(path): data}, private=private)


def write_files(contents: Mapping[str, bytes], *, private: bool = False) -> None:
    """Write several files that belong together: all of them, or none.

    A new file is only its owner's where it is private, and else as the umask has it; one that
    stood there keeps its mode and, where the system allows, its owner.
    """
    staged: dict[str, tuple[Path, Path]] = {}
    problems: list[Problem] = []
    try:
        for path, data in contents.items():
            try:
                target = _target(path)
                _sweep(target.parent)
                if target.exists() and not target.is_file():
                    # A pipe or a device (/dev/stdout) has no old content to protect.
                    with target.open("wb") as stream:
                        stream.write(data)
                else:
                    staged[path] = (_stage(target, data, private=private), target)
            except (OSError, ValueError) as error:
                problems.append(problem_of(path, error))
        if not problems:
            problems += _exchanged(staged)
    finally:
        _removed(temporary for temporary, _ in staged.values())
    if problems:
        raise UnwritableFile(problems)


def _exchanged(staged: Mapping[str, tuple[Path, Path]]) -> list[Problem]:
    """Put the new files where the old ones stood; put those back if one cannot be replaced."""
    done: list[tuple[Path, Path | None]] = []  # the place, and what stood there
    waiting: tuple[str, Path | None] = "", None
    try:
        for path, (temporary, target) in staged.items():
            waiting = path, None
            waiting = path, _kept(target) if len(staged) > 1 else None
            temporary.replace(target)
            done.append((target, waiting[1]))
    except BaseException as error:
        for target, old in reversed(done):
            with contextlib.suppress(OSError):
                if old is None:
                    target.unlink()
                else:
                    old.replace(target)
        _removed([waiting[1]])
        if isinstance(error, OSError):
            return [problem_of(waiting[0], error)]
        raise
    _removed(old for _, old in done)
    return []


def _kept(target: Path) -> Path | None:
    """Give what stands at a place a second name, until all the others are there."""
    if not target.exists():
        return None
    name = _temporary_name(target)
    try:
        name.hardlink_to(target)
    except OSError:  # a file system without hard links
        _fill(name, target.read_bytes())
        name.chmod(stat.S_IMODE(target.stat().st_mode))
    return name


def _removed(temporaries: Iterable[Path | None]) -> None:
    for temporary in temporaries:
        with contextlib.suppress(OSError):
            if temporary is not None:
                temporary.unlink()


def _target(path: str) -> Path:
    target = Path(os.path.realpath(path))
    if target.is_dir():
        raise IsADirectoryError(errno.EISDIR, "is a folder")
    # Renaming needs leave to write in the folder only: a file that its owner has locked
    # would be replaced all the same.
    if target.is_file() and not os.access(target, os.W_OK):
        raise PermissionError(errno.EACCES, "is read-only")
    # Renaming would tell only after everything is written.
    longest = 255
    if len(os.fsencode(target.name)) > longest:
        raise OSError(errno.ENAMETOOLONG, os.strerror(errno.ENAMETOOLONG))
    return target


def _temporary_name(target: Path) -> Path:
    return target.with_name(f"{MARK}{secrets.token_hex(8)}.tmp")


def _fill(temporary: Path, data: bytes) -> None:
    """Make a file that only its owner can read from the first byte on, and put it on the disk."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(temporary, flags, PRIVATE), "wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())


def _stage(target: Path, data: bytes, *, private: bool) -> Path:
    """Put the content beside its target, on the disk and with the mode it is to have."""
    temporary = _temporary_name(target)
    try:
        _fill(temporary, data)
        if target.exists():
            before = target.stat()
            if hasattr(os, "chown"):
                with contextlib.suppress(OSError):
                    os.chown(temporary, before.st_uid, before.st_gid)
            temporary.chmod(stat.S_IMODE(before.st_mode))
        elif not private:
            temporary.chmod(0o666 & ~_umask())
    except BaseException:
        _removed([temporary])
        raise
    return temporary


def _umask() -> int:
    """Return what the user's new files may not have; it can only be read by setting it."""
    try:
        for line in Path("/proc/self/status").read_text("ascii", "replace").splitlines():
            if line.startswith("Umask:"):
                return int(line.split()[1], 8)
    except (OSError, ValueError):
        pass
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


def _sweep(folder: Path) -> None:
    """Take away temporary files of ours that an interrupted program has left behind."""
    with contextlib.suppress(OSError):
        for left in folder.glob(f"{MARK}*.tmp"):
            if time.time() - left.stat().st_mtime > OLD:
                left.unlink()


def problem_of(path: str, error: OSError | ValueError) -> Problem:
    """Say why a place could not be written to."""
    if not isinstance(error, OSError):  # a NUL in the name
        return Problem(code="bad_file_name", place=Place(file=path.replace("\0", r"\0")))
    code = _CODES.get(error.errno or 0, "cannot_write")
    folder = Path(os.path.realpath(path)).parent
    values = {"file": Path(path).name, "folder": str(folder), "reason": error.strerror or ""}
    if code not in {"output_is_folder", "name_too_long"} and not folder.is_dir():
        code = "folder_is_file" if folder.exists() else "folder_missing"
    return Problem(code=code, place=Place(file=path), values=values)
