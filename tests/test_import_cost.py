"""What a program that only reads a map does not have to wait for."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = ("babel", "jinja2", "matplotlib", "networkx", "numba", "numpy", "pandas", "scipy", "yaml")


def loaded_by(program: str) -> set[str]:
    """Return which of the heavy libraries a program has loaded at its end."""
    code = f"import sys\n{program}\nprint(*[name for name in {HEAVY} if name in sys.modules])"
    done = subprocess.run(  # noqa: S603 - our own interpreter and our own program
        [sys.executable, "-c", code], check=True, capture_output=True, text=True
    )
    return set(done.stdout.split())


def test_a_program_that_only_imports_waits_for_nothing() -> None:
    """Everything heavy loads on first use (DESIGN, "Import costs")."""
    assert loaded_by("import aktorkart; aktorkart.ActorMap") == set()


@pytest.mark.parametrize(
    "program",
    [
        'ak.ActorMap(actors=[{"id": "nav"}, {"id": "dps"}]).with_tie(source="nav", target="dps")',
        'ak.ActorMap(actors=[{"id": "nav"}]).with_actor(id="dps").at("2026")',
    ],
)
def test_a_valid_map_is_built_without_heavy_libraries(program: str) -> None:
    assert loaded_by(f"import aktorkart as ak\n{program}") == set()


def test_measuring_loads_no_figures() -> None:
    program = 'import aktorkart as ak\nak.measures(ak.examples.kite())["7"].betweenness'
    assert not loaded_by(program) & {"matplotlib", "networkx", "numba", "scipy", "pandas"}


def test_a_report_loads_nothing_that_could_leave_the_machine() -> None:
    """Nothing is sent, and what could send takes its time to load."""
    code = (
        "import sys, aktorkart as ak\n"
        "ak.report(ak.examples.kite()).to_bytes('.html')\n"
        "print(*[one for one in ('ssl', 'http.client', 'urllib.request') if one in sys.modules])"
    )
    done = subprocess.run(  # noqa: S603 - our own interpreter and our own program
        [sys.executable, "-c", code], check=True, capture_output=True, text=True
    )
    assert not done.stdout.split()
