"""The gallery shows every figure; what stands below a picture is what makes it."""

from __future__ import annotations

import ast
import inspect
import re
import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

import aktorkart as ak
from aktorkart import cli
from slowly import but_one_slow

if TYPE_CHECKING:
    from collections.abc import Iterator

PAGE = Path(__file__).parent.parent / "docs" / "guide" / "gallery.md"
DRAWN = re.compile(
    r"^```\{drawn\}\n(?::command: (?P<command>[^\n]+)\n)?(?P<code>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)


class Picture(NamedTuple):
    """What the page's directive gets."""

    command: str | None
    code: str

    def call(self) -> ast.Call:
        """Return the call that draws: the last one of a figure."""
        return [
            node
            for node in ast.walk(ast.parse(self.code))
            if isinstance(node, ast.Call) and ast.unparse(node.func).startswith("ak.figures.")
            if node.args
        ][-1]


PICTURES = [Picture(**found.groupdict()) for found in DRAWN.finditer(PAGE.read_text("utf-8"))]


def figures() -> set[str]:
    """Return the names of the functions that draw."""
    found = set()
    for name in ak.figures.__all__:
        signature = inspect.signature(getattr(ak.figures, name))
        if name != "sheet" and signature.return_annotation in {"Axes", "Figure"}:
            found.add(name)
    return found


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Work where ``aktorkart demo`` has left its maps, without windows."""
    import matplotlib as mpl

    mpl.use("agg")
    import matplotlib.pyplot as plt

    for name in ak.examples.DEMO:
        (tmp_path / f"{name}.yaml").write_text(ak.examples.source(name), "utf-8")
    monkeypatch.chdir(tmp_path)
    yield tmp_path
    plt.close("all")


def test_every_directive_is_understood_here() -> None:
    assert len(PICTURES) == PAGE.read_text("utf-8").count("{drawn}")


def test_every_figure_is_in_the_gallery_with_its_command() -> None:
    assert {"network", "arenas"} <= figures()  # not empty
    shown = {ast.unparse(one.call().func).split(".")[-1] for one in PICTURES if one.command}
    assert figures() - shown == set()


def test_every_look_is_in_the_gallery() -> None:
    looks = {name for name, found in vars(ak.figures.Style).items() if type(found) is classmethod}
    assert {name for name in looks if f"Style.{name}()" in PAGE.read_text("utf-8")} == looks


@pytest.mark.parametrize(
    "picture", but_one_slow(PICTURES), ids=lambda one: one.code.split("\n")[-2][:60]
)
def test_the_command_makes_the_picture_of_the_lines(picture: Picture, folder: Path) -> None:
    names: dict[str, Any] = {"ak": ak}
    exec(picture.code, names)  # noqa: S102 - our own page
    ak.figures.save(names["fig"] if "fig" in names else names["ax"], "lines.svg")
    assert "<desc " in Path("lines.svg").read_text("utf-8")
    if picture.command is None:
        # Only what the command line has no option for may stand without a command.
        options = {param.name for param in cli.command("draw", "en").params}
        assert {word.arg for word in picture.call().keywords} - options
        return
    for name, kart in names.items():
        if isinstance(kart, ak.ActorMap) and name != "kart":
            ak.write(kart, f"{name}.yaml")
    program, *words = shlex.split(picture.command)
    assert program == "aktorkart"
    assert cli.main([*words, "-o", "command.svg"]) == 0
    if "fig" not in names:  # a command draws one figure on a page
        assert (folder / "command.svg").read_bytes() == (folder / "lines.svg").read_bytes()
