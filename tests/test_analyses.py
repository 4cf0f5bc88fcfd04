"""What holds for all analyses: they expect maps, and what they return behaves as a value."""

from __future__ import annotations

import copy
import inspect
import pickle
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import aktorkart as ak
from aktorkart import care, comparison, grunig, toolbox
from aktorkart.errors import WrongArgument

if TYPE_CHECKING:
    from collections.abc import Callable

WITHOUT_MAP = {
    "care_density",
    "continuity_of_care",
    "modified_continuity",
    "new_checklist",
    "stance_and_power",
    "usual_provider",
    "wheel",
}
"""Functions of counts, languages or one actor."""

EMPTY = ak.ActorMap()

ANALYSES: dict[str, Callable[[Any], Any]] = {
    name: getattr(room, name)
    for room in (care, comparison, grunig, toolbox)
    for name in room.__all__
    if inspect.isfunction(getattr(room, name))
    and name not in WITHOUT_MAP | {"compare", "merge", "same_actors"}
}

TAKES_A_MAP = ANALYSES | {
    "before": lambda kart: comparison.compare(kart, EMPTY),
    "after": partial(comparison.compare, EMPTY),
    "later": partial(care.improvement, EMPTY),
}


@pytest.mark.parametrize("name", TAKES_A_MAP)
def test_something_else_than_a_map_is_refused(name: str) -> None:
    wrong: list[Any] = [Path("kart.yaml"), "kart.yaml", ["kart.yaml"], None, {"nav": "kart.yaml"}]
    if name == "later":
        wrong.remove(None)  # it may be left out
    function = TAKES_A_MAP[name]
    for value in wrong:
        with pytest.raises(WrongArgument, match="ActorMap"):
            function(value)


@cache
def example_map(name: str) -> ak.ActorMap:
    return ak.examples.read(name)


RESULTS = ANALYSES | {"compare": lambda kart: comparison.compare(kart.at("2025-06"), kart)}


@pytest.mark.parametrize("example", ["user_network", "municipal_service"])
@pytest.mark.parametrize("name", RESULTS)
def test_results_are_values(name: str, example: str) -> None:
    result = RESULTS[name](example_map(example))
    for again in (pickle.loads(pickle.dumps(result)), copy.deepcopy(result)):  # noqa: S301 - ours
        assert again == result
        if not isinstance(result, list):
            assert repr(again) == repr(result)
    if name == "communication_plan":
        assert hash(result) == hash(RESULTS[name](example_map(example)))
    elif not isinstance(result, list):
        # Findings are values of their own: what they are about is compared without them.
        values = {key: value for key, value in vars(result).items() if key != "findings"}
        again = RESULTS[name](example_map(example))
        assert {key: hash(value) for key, value in values.items()} == {
            key: hash(getattr(again, key)) for key in values
        }


def test_a_result_can_be_the_key_of_a_mapping() -> None:
    kart = ak.examples.user_network()
    results = (toolbox.plan(kart), toolbox.goals(kart), toolbox.checklist(kart))
    assert len({*results, toolbox.checklist(kart)}) == len(results)
