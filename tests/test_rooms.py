"""The package's rooms: a module imports only from modules above it.

Imports inside functions count as much as those at the top: a cycle that loads late is still a
cycle. Imports under ``TYPE_CHECKING`` do not count, since nothing is loaded by them.
"""

from __future__ import annotations

import ast
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

import aktorkart

if TYPE_CHECKING:
    from collections.abc import Iterator

PACKAGE = Path(aktorkart.__file__).parent

ROOMS = (
    "i18n",
    "errors",
    "expected",
    "tables",
    "atomic",
    "progress",
    "paused",
    "model",
    "privacy",
    "finding",
    "network",
    "comparison",
    "grunig",
    "toolbox",
    "care",
    "content",
    "files",
    "scene",
    "figures",
    "reports",
    "forms",
    "portfolios",
    "viewer",
    "notebook",
    "strategies",
    "examples",
    "cli",
)
"""From the top down; a folder is one room."""

EXCEPTIONS = {("model", "notebook", "_repr_mimebundle_"), ("i18n", "errors", "_known")}
"""A map's notebook representation loads ``notebook`` when a cell shows it, and texts in a language
that there is not are refused with an error that has texts.
"""


class Import(NamedTuple):
    """One module that another one loads."""

    target: str
    line: int
    function: str


def room_of(path: Path) -> str:
    """Return the room that a file belongs to."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imports(path: Path) -> list[Import]:
    """Return the rooms that a file imports from."""
    parents = ("aktorkart", *path.relative_to(PACKAGE).parts[:-1])
    return list(_imports(ast.parse(path.read_text("utf-8")), parents, ""))


def _imports(node: ast.AST, parents: tuple[str, ...], function: str) -> Iterator[Import]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.If) and "TYPE_CHECKING" in ast.unparse(child.test):
            for other in child.orelse:
                yield from _imports(other, parents, function)
            continue
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef):
            yield from _imports(child, parents, child.name)
            continue
        if isinstance(child, ast.Import):
            for name in child.names:
                yield from _target(name.name, (), child.lineno, function)
        elif isinstance(child, ast.ImportFrom):
            base = parents[: len(parents) - child.level + 1] if child.level else ()
            module = ".".join((*base, *([child.module] if child.module else [])))
            yield from _target(module, [name.name for name in child.names], child.lineno, function)
        yield from _imports(child, parents, function)


def _target(
    module: str, names: list[str] | tuple[()], line: int, function: str
) -> Iterator[Import]:
    parts = module.split(".")
    if parts[0] != "aktorkart":
        return
    for name in [parts[1]] if len(parts) > 1 else names:
        if name == "__version__":
            continue
        # A public name taken from the package comes from the room that it lives in.
        home = aktorkart._HOME.get(name, name) or name  # noqa: SLF001 - the package's own table
        yield Import(home.split(".")[0] if len(parts) == 1 else name, line, function)


FILES = sorted(path for path in PACKAGE.rglob("*.py") if path != PACKAGE / "__init__.py")


def test_every_room_is_in_the_list() -> None:
    assert {room_of(path) for path in FILES} <= set(ROOMS)


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_only_from_above(path: Path) -> None:
    own = room_of(path)
    above = ROOMS[: ROOMS.index(own) + 1]
    wrong = [
        f"line {one.line}: {own} imports {one.target}, which is below it"
        for one in imports(path)
        if one.target not in above and (own, one.target, one.function) not in EXCEPTIONS
    ]
    assert not wrong


def test_what_figures_are_made_of_does_not_know_the_figures() -> None:
    seen = 0
    for path in sorted((PACKAGE / "figures" / "drawing").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            module = str(node.module) if isinstance(node, ast.ImportFrom) else ""
            if module.startswith("aktorkart.figures"):
                seen += 1
                assert module.startswith("aktorkart.figures.drawing"), path.name
    assert seen > 0


def test_imports_are_seen_wherever_they_stand() -> None:
    """The test itself must be able to fail."""
    source = (
        "from aktorkart import report\n"
        "if TYPE_CHECKING:\n    from aktorkart import cli\n"
        "def late():\n    import aktorkart.figures.network\n    from aktorkart import ActorMap\n"
    )
    found = list(_imports(ast.parse(source), ("aktorkart",), ""))
    assert [(one.target, one.function) for one in found] == [
        ("reports", ""),
        ("figures", "late"),
        ("model", "late"),
    ]
    assert list(_imports(ast.parse("from . import i18n"), ("aktorkart", "files"), "")) == [
        Import("files", 1, "")
    ]
    assert list(_imports(ast.parse("from .. import i18n"), ("aktorkart", "files"), "")) == [
        Import("i18n", 1, "")
    ]
