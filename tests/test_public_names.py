"""The names that other people's programs depend on."""

from __future__ import annotations

import importlib
import inspect
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import aktorkart as ak

REFERENCE = Path(__file__).parent.parent / "docs" / "reference"
DIRECTIVE = re.compile(
    r"^\.\. auto(?:function|class|exception|data):: aktorkart\.(\S+)$", re.MULTILINE
)

MODULES = {"care", "comparison", "errors", "examples", "figures", "grunig", "strategies", "toolbox"}
"""Public modules; their own public names are listed below."""


def of(module: Any) -> list[str]:
    """Return a module's public names that are not also names of the package itself."""
    return [name for name in module.__all__ if name not in ak.__all__ and not name.isupper()]


OF_MODULES = {
    "care": of(ak.care),
    "comparison": of(ak.comparison),
    "errors": ["Place", "Problem"],
    "examples": ["municipalities", "names", "read", "source"],
    "figures": [name for name in ak.figures.__all__ if name != "check_ending"],
    "grunig": of(ak.grunig),
    "strategies": ["actor_maps", "actors", "ties"],
    "toolbox": of(ak.toolbox),
}

CONSTANTS = {
    f"{module}.{name}"
    for module in MODULES
    for name in getattr(getattr(ak, module), "__all__", ())
    if name.isupper()
}

NAMES = [
    *(name for name in ak.__all__ if name not in MODULES),
    *(f"{module}.{name}" for module, names in OF_MODULES.items() for name in names),
]


def value(name: str) -> Any:
    """Return what a dotted public name stands for."""
    found: Any = ak
    for step in name.split("."):
        found = getattr(found, step)
    return found


def documented() -> dict[str, str]:
    """Return the names in the reference, each with its page."""
    return {
        name: page.name
        for page in sorted(REFERENCE.glob("*.md"))
        for name in DIRECTIVE.findall(page.read_text("utf-8"))
    }


def callables() -> list[str]:
    """Return public functions, and the methods of public classes."""
    found = []
    for name in NAMES:
        thing = value(name)
        if inspect.isfunction(thing):
            found.append(name)
        if inspect.isclass(thing):
            methods = [
                f"{name}.{key}"
                for key, method in vars(thing).items()
                if not key.startswith("_")
                and (inspect.isfunction(method) or isinstance(method, classmethod))
            ]
            found += methods
    return found


def test_all_is_sorted_and_complete() -> None:
    assert ak.__all__ == sorted(ak.__all__)
    assert set(ak.__all__) == set(ak._HOME) | {"__version__"}  # noqa: SLF001 - our own table
    assert dir(ak) == ak.__all__
    for name in ak.__all__:
        assert getattr(ak, name) is not None


def test_a_name_that_is_not_there_is_an_ordinary_mistake() -> None:
    with pytest.raises(AttributeError, match="has no attribute 'raed'"):
        ak.raed  # noqa: B018 - the look-up is what is tested


def test_types_are_told_the_same_names() -> None:
    """What type checkers read, beneath TYPE_CHECKING, must not differ from what loads."""
    source = Path(ak.__file__).read_text("utf-8")
    told = source.split("if TYPE_CHECKING:")[1].split("__version__")[0]
    names = set(re.findall(r"\b\w+\b", re.sub(r"from [\w.]+ import", "", told)))
    assert {name for name in ak.__all__ if name != "__version__"} <= names


FUNCTIONS = [name for name in ak.__all__ if inspect.isfunction(getattr(ak, name))]

ROOMS = {path.stem for path in Path(ak.__file__).parent.iterdir()}


@pytest.mark.parametrize("name", FUNCTIONS)
def test_no_room_has_the_name_of_a_function(name: str) -> None:
    """Python would bind the room to the package over the function when it loads."""
    assert name not in ROOMS


@pytest.mark.parametrize("package", ["care", "comparison", "figures", "grunig", "toolbox"])
def test_a_public_function_lives_in_a_module_of_its_name(package: str) -> None:
    room = importlib.import_module(f"aktorkart.{package}")
    shared = (
        {"alt_text", "save", "sheet", "svg_text", "to_bytes"} if package == "figures" else set()
    )
    functions = [name for name in room.__all__ if inspect.isfunction(getattr(room, name))]
    assert functions
    for name in set(functions) - shared:
        assert getattr(room, name).__module__ == f"aktorkart.{package}.{name}"


def test_functions_stay_functions_when_their_modules_load() -> None:
    code = (
        "import importlib, pathlib, types, aktorkart as ak\n"
        "for path in pathlib.Path(ak.__file__).parent.rglob('*.py'):\n"
        "    parts = path.with_suffix('').parts[len(pathlib.Path(ak.__file__).parts) - 2 :]\n"
        "    importlib.import_module('.'.join(parts).removesuffix('.__init__'))\n"
        f"for name in {FUNCTIONS}:\n"
        "    assert isinstance(getattr(ak, name), types.FunctionType), name\n"
        "for room in (ak.care, ak.comparison, ak.figures, ak.grunig, ak.toolbox):\n"
        "    for name in room.__all__:\n"
        "        assert not isinstance(getattr(room, name), types.ModuleType), name\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)  # noqa: S603 - our own program


def test_every_public_name_is_in_the_reference() -> None:
    assert set(NAMES) - set(documented()) == set()


def test_every_public_constant_is_in_the_reference() -> None:
    said = {
        name
        for page in REFERENCE.glob("*.md")
        for name in re.findall(
            r"^\.\. py:data:: aktorkart\.(\S+)$", page.read_text("utf-8"), re.MULTILINE
        )
    }
    assert said == CONSTANTS


def test_the_reference_names_nothing_else() -> None:
    """Beyond public names it explains what they return, under the module where that stands."""
    for name in set(documented()) - set(NAMES):
        module, _, last = name.rpartition(".")
        assert hasattr(importlib.import_module(f"aktorkart.{module}"), last), name


def test_the_tables_in_the_reference_list_what_stands_below() -> None:
    for page in REFERENCE.glob("*.md"):
        text = page.read_text("utf-8")
        listed = re.findall(r"^   aktorkart\.(\S+)$", text, re.MULTILINE)
        assert listed == DIRECTIVE.findall(text), page.name


@pytest.mark.parametrize("name", [name for name in NAMES if name != "__version__"])
def test_every_public_name_says_what_it_is(name: str) -> None:
    said = inspect.getdoc(value(name)) or ""
    first = said.split("\n")[0]
    assert first.endswith((".", ":")), first


@pytest.mark.parametrize("name", callables())
def test_functions_explain_their_parameters_and_what_they_return(name: str) -> None:
    """As numpydoc has it, with every parameter by name."""
    function = value(name)
    said = inspect.getdoc(function) or ""
    parameters = [key for key in inspect.signature(function).parameters if key != "self"]
    if parameters:
        assert "Parameters\n----------\n" in said
        section = said.split("Parameters\n----------\n")[1].split("\n\n")[0]
        heads = [line.partition(":")[0] for line in section.splitlines() if line[:1] != " "]
        explained = {word.strip(" *") for head in heads for word in head.split(",")}
        assert set(parameters) <= explained
    if inspect.signature(function).return_annotation not in {"None", None}:
        assert "Returns\n-------\n" in said or "Yields\n------\n" in said


@pytest.mark.parametrize("name", [name for name in NAMES if inspect.isfunction(value(name))])
def test_functions_have_an_example(name: str) -> None:
    assert ">>> " in (inspect.getdoc(value(name)) or "")


@pytest.mark.parametrize("name", [name for name in NAMES if inspect.isfunction(value(name))])
def test_options_are_named(name: str) -> None:
    """At most what is worked on and where may go by place; ``format`` and the like never."""
    by_place = [
        parameter.name
        for parameter in inspect.signature(value(name)).parameters.values()
        if parameter.kind is parameter.POSITIONAL_OR_KEYWORD
    ]
    assert len(by_place) <= 2
