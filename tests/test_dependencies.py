"""What is imported is declared."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

ROOT = Path(__file__).parent.parent


def test_every_package_that_is_imported_is_declared() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = project["optional-dependencies"]
    ours_too = ("excel", "fast", "frames", "pdf", "widget", "word")
    wanted = [*project["dependencies"], *(one for name in ours_too for one in extras[name])]
    declared = {_plain(re.split("[<>=]", one)[0]) for one in wanted}
    of_tests = {_plain(re.split("[<>=]", one)[0]) for one in extras["test"]}
    imported: dict[str, Path] = {}
    for file in (ROOT / "aktorkart").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            names: list[str] = []
            if isinstance(node, ast.Import):
                names = [one.name for one in node.names]
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                names = [node.module]
            imported |= {name.partition(".")[0]: file for name in names}
    homes = packages_distributions()
    for package, file in imported.items():
        # pydantic and its core are one: each version of the one asks for one of the other.
        ours = {"aktorkart", "pydantic_core"}
        if package in sys.stdlib_module_names or package in ours:
            continue
        found = {_plain(home) for home in homes.get(package, [package])}
        allowed = declared | of_tests if file.stem == "strategies" else declared
        assert found & allowed, f"{package} in {file.name}"


def _plain(name: str) -> str:
    return re.sub("[-_.]+", "-", name).lower()
