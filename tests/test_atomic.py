"""Writing: whole or not at all, and what is in the way said in words."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

import pytest

from aktorkart.atomic import MARK, write_bytes, write_files
from aktorkart.errors import UnwritableFile
from aktorkart.files import write
from aktorkart.model import Actor, ActorMap

KART = ActorMap(actors=[Actor(id="nav")])


def code(path: Path, data: bytes = b"new") -> str:
    with pytest.raises(UnwritableFile) as caught:
        write_bytes(path, data)
    assert caught.value.text("nb")
    assert str(path).replace("\0", "\\0") in caught.value.text("en")
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
    assert code(tmp_path / ("x" * 300)) == "name_too_long"
    assert code(tmp_path / ("å" * 128)) == "name_too_long"
    assert code(tmp_path / "a\0b") == "bad_file_name"
    write_bytes(tmp_path / ("x" * 255), b"new")
    assert (tmp_path / ("x" * 255)).read_bytes() == b"new"


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


def test_nobody_else_can_read_a_file_while_it_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Temporary files are 0600 from the first byte, and carry our mark."""
    seen: list[tuple[str, int]] = []

    def look(_: int) -> None:
        seen.extend((path.name, stat.S_IMODE(path.stat().st_mode)) for path in tmp_path.iterdir())

    monkeypatch.setattr(os, "fsync", look)
    write_bytes(tmp_path / "kart.yaml", b"new")
    assert [mode for _, mode in seen] == [0o600]
    assert seen[0][0].startswith(MARK)


def test_a_private_file_is_its_owners_alone(tmp_path: Path) -> None:
    before = os.umask(0o000)
    try:
        write_bytes(tmp_path / "kart.yaml", b"new", private=True)
        write_bytes(tmp_path / "open.yaml", b"new")
        (tmp_path / "open.yaml").chmod(0o644)
        write_bytes(tmp_path / "open.yaml", b"newer", private=True)
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "kart.yaml").stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "open.yaml").stat().st_mode) == 0o644


def test_old_temporary_files_of_ours_are_swept_and_no_others(tmp_path: Path) -> None:
    old, young, other = (tmp_path / name for name in (f"{MARK}a.tmp", f"{MARK}b.tmp", ".x.tmp"))
    for path in (old, young, other):
        path.write_bytes(b"")
    for path in (old, other):
        os.utime(path, (0, 0))
    write_bytes(tmp_path / "kart.yaml", b"new")
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(
        [young.name, other.name, "kart.yaml"]
    )


@pytest.mark.parametrize("links", [True, False])
@pytest.mark.parametrize("old", [True, False])
def test_if_the_second_cannot_be_replaced_the_first_is_put_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, links: bool, old: bool
) -> None:
    """As on Windows, while a spreadsheet program holds the second one."""
    first, second = tmp_path / "kart_actors.csv", tmp_path / "kart_ties.csv"
    for path in (first, second) if old else ():
        path.write_bytes(b"old")
    replace = Path.replace

    def held(self: Path, target: Path) -> Path:
        if Path(target) == second:
            raise PermissionError(errno.EACCES, "held")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", held)
    if not links:

        def no_links(*_: object) -> None:
            raise OSError(errno.EOPNOTSUPP, "no links here")

        monkeypatch.setattr(Path, "hardlink_to", no_links)
    with pytest.raises(UnwritableFile):
        write_files({str(first): b"new", str(second): b"new"})
    assert sorted(tmp_path.iterdir()) == ([first, second] if old else [])
    if old:
        assert first.read_bytes() == second.read_bytes() == b"old"
    monkeypatch.setattr(Path, "replace", replace)
    write_files({str(first): b"new", str(second): b"new"})
    assert sorted(tmp_path.iterdir()) == [first, second]
    assert first.read_bytes() == second.read_bytes() == b"new"


def test_a_hard_link_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "kart.yaml").write_bytes(b"old")
    (tmp_path / "other.yaml").hardlink_to(tmp_path / "kart.yaml")
    write_bytes(tmp_path / "kart.yaml", b"new")
    assert (tmp_path / "other.yaml").read_bytes() == b"old"
