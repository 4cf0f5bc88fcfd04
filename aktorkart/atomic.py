"""Write files so that a crash, a full disk or a lost network leaves what stood there before."""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
import stat
from pathlib import Path
from typing import TYPE_CHECKING

from aktorkart.errors import Place, Problem, UnwritableFile, WrongArgument

if TYPE_CHECKING:
    from collections.abc import Mapping

_CODES = {
    errno.ENOSPC: "disk_full",
    errno.EDQUOT: "disk_full",
    errno.EFBIG: "disk_full",
    errno.EACCES: "not_writable",
    errno.EPERM: "not_writable",
    errno.EROFS: "not_writable",
    errno.EISDIR: "output_is_folder",
}


def expect_path(value: object) -> str:
    """Return a path as text; refuse what names no file."""
    name = os.fspath(value) if isinstance(value, os.PathLike) else value
    if not isinstance(name, str):
        raise WrongArgument(Problem(code="not_a_path", values={"value": type(value).__name__}))
    return name


def write_bytes(path: str | os.PathLike[str], data: bytes) -> None:
    """Write a whole file, or leave everything as it was."""
    write_files({os.fspath(path): data})


def write_files(contents: Mapping[str, bytes]) -> None:
    """Write several files that belong together: none is replaced before all are on the disk."""
    staged: dict[str, tuple[Path, Path]] = {}
    problems: list[Problem] = []
    try:
        for path, data in contents.items():
            try:
                target = _target(path)
                if target.exists() and not target.is_file():
                    # A pipe or a device (/dev/stdout) has no old content to protect.
                    with target.open("wb") as stream:
                        stream.write(data)
                else:
                    staged[path] = (_stage(target, data), target)
            except OSError as error:
                problems.append(problem_of(path, error))
        if not problems:
            for path, (temporary, target) in list(staged.items()):
                try:
                    temporary.replace(target)
                    del staged[path]
                except OSError as error:
                    problems.append(problem_of(path, error))
    finally:
        for temporary, _ in staged.values():
            with contextlib.suppress(OSError):
                temporary.unlink()
    if problems:
        raise UnwritableFile(problems)


def _target(path: str) -> Path:
    target = Path(os.path.realpath(path))
    if target.is_dir():
        raise IsADirectoryError(errno.EISDIR, "is a folder")
    # Renaming needs leave to write in the folder only: a file that its owner has locked
    # would be replaced all the same.
    if target.is_file() and not os.access(target, os.W_OK):
        raise PermissionError(errno.EACCES, "is read-only")
    return target


def _stage(target: Path, data: bytes) -> Path:
    """Put the content beside its target, on the disk and with the target's permissions."""
    stem = target.name.encode()[:100].decode(errors="ignore")
    temporary = target.with_name(f".{stem}.{secrets.token_hex(6)}.tmp")
    # The mode is cut by the reader's umask, as for any new file.
    handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0))
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        mode = stat.S_IMODE(target.stat().st_mode) if target.exists() else _new_file_mode(temporary)
        temporary.chmod(mode)
    except BaseException:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise
    return temporary


def _new_file_mode(temporary: Path) -> int:
    # os.open's default asks for everything: a document is not a program.
    return stat.S_IMODE(temporary.stat().st_mode) & 0o666


def problem_of(path: str, error: OSError) -> Problem:
    """Say why a place could not be written to."""
    code = _CODES.get(error.errno or 0, "cannot_write")
    folder = Path(os.path.realpath(path)).parent
    values = {"file": Path(path).name, "folder": str(folder), "reason": error.strerror or ""}
    if code != "output_is_folder" and not folder.is_dir():
        code = "folder_is_file" if folder.exists() else "folder_missing"
    return Problem(code=code, place=Place(file=path), values=values)
