"""Writing: whole or not at all, and what is in the way said in words."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

import pytest

from aktorkart.atomic import write_bytes, write_files
from aktorkart.errors import UnwritableFile
from aktorkart.files import write
from aktorkart.model import Actor, ActorMap

KART = ActorMap(actors=[Actor(id="nav")])


def code(path: Path, data: bytes = b"new") -> str:
    with pytest.raises(UnwritableFile) as caught:
        write_bytes(path, data)
    assert caught.value.text("nb")
    assert str(path) in caught.value.text("en")
    return caught.value.problems[0].code


def test_replaces_and_keeps_permissions(tmp_path: Path) -> None:
    path = tmp_path / "kart.yaml"
    path.write_bytes(b"old")
    path.chmod(0o640)
    write_bytes(path, b"new")
    assert path.read_bytes() == b"new"
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert list(tmp_path.iterdir()) == [path]


def test_a_new_file_follows_the_umask(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        write_bytes(tmp_path / "kart.yaml", b"new")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "kart.yaml").stat().st_mode) == 0o640


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real.yaml").write_bytes(b"old")
    (tmp_path / "link.yaml").symlink_to("real.yaml")
    write_bytes(tmp_path / "link.yaml", b"new")
    assert (tmp_path / "link.yaml").is_symlink()
    assert (tmp_path / "real.yaml").read_bytes() == b"new"


def test_missing_folder_folder_and_file_in_the_way(tmp_path: Path) -> None:
    assert code(tmp_path / "nowhere" / "kart.yaml") == "folder_missing"
    assert code(tmp_path) == "output_is_folder"
    (tmp_path / "file").write_bytes(b"")
    assert code(tmp_path / "file" / "kart.yaml") == "folder_is_file"
    assert code(tmp_path / ("x" * 300)) == "cannot_write"


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT])
@pytest.mark.parametrize("call", ["fsync", "replace"])
def test_disk_full_leaves_the_old_file_and_no_rest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, call: str
) -> None:
    """Issue 2: disk full while writing: a located message, never a traceback, nothing lost."""

    def full(*_: object) -> None:
        raise OSError(number, os.strerror(number))

    path = tmp_path / "kart.yaml"
    path.write_bytes(b"old")
    if call == "fsync":
        monkeypatch.setattr(os, "fsync", full)
    else:
        monkeypatch.setattr(Path, "replace", full)
    assert code(path) == "disk_full"
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no such device here")
def test_a_device_is_written_to_as_it_is() -> None:
    assert code(Path("/dev/full"), b"x" * 100_000) == "disk_full"
    write_bytes("/dev/null", b"x")
    assert not Path("/dev/null").is_file()


@pytest.mark.parametrize("number", [errno.EACCES, errno.EROFS, errno.EPERM])
def test_read_only_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    # Whoever runs the tests may be root, whom no permission stops.
    def closed(*_: object, **__: object) -> int:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "open", closed)
    assert code(tmp_path / "kart.yaml") == "not_writable"


def test_read_only_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "kart.yaml"
    path.write_bytes(b"old")
    path.chmod(0o444)
    monkeypatch.setattr(os, "access", lambda *_: False)
    assert code(path) == "not_writable"
    assert path.read_bytes() == b"old"


def test_of_two_files_neither_is_written_when_one_cannot_be(tmp_path: Path) -> None:
    first, second = tmp_path / "kart_actors.csv", tmp_path / "kart_ties.csv"
    first.write_bytes(b"old")
    second.mkdir()
    with pytest.raises(UnwritableFile):
        write_files({str(first): b"new", str(second): b"new"})
    with pytest.raises(UnwritableFile):
        write(KART, tmp_path / "kart.csv")
    assert first.read_bytes() == b"old"
    assert sorted(tmp_path.iterdir()) == [first, second]


def test_an_interrupted_write_leaves_no_rest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        write_bytes(tmp_path / "kart.yaml", b"new")
    assert list(tmp_path.iterdir()) == []
