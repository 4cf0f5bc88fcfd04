"""Maps from and to data frames."""

from __future__ import annotations

import datetime as dt
import sys
from typing import Any

import pandas as pd
import polars as pl
import pytest
from hypothesis import given, settings

from aktorkart.errors import InvalidMap, MissingExtra, UnknownName, WrongArgument
from aktorkart.files.frames import from_frames, to_frames
from aktorkart.model import Actor, ActorMap, Issue, Judgement, Tie
from aktorkart.strategies import actor_maps

LIBRARIES = {"pandas": pd.DataFrame, "polars": pl.DataFrame}


@pytest.mark.parametrize("library", LIBRARIES)
def test_headings_in_norwegian_empty_cells_and_tags(library: str) -> None:
    frame: Any = LIBRARIES[library]
    kart = from_frames(
        frame(
            {"Id": ["nav", "dps"], "Navn": ["NAV", None], "Makt": [4.0, None], "nr": ["0301", None]}
        ),
        frame(
            {
                "Fra": ["nav"],
                "Til": ["dps"],
                "Fra dato": [dt.date(2026, 3, 1)],
                "Gjensidig": [False],
            }
        ),
        title="Kart",
        focal="nav",
    )
    assert kart == ActorMap(
        title="Kart",
        focal="nav",
        actors=[Actor(id="nav", name="NAV", power=4, tags={"nr": "0301"}), Actor(id="dps")],
        ties=[Tie(source="nav", target="dps", since="2026-03-01", mutual=False)],
    )


def test_pandas_own_kinds_of_nothing_and_number() -> None:
    actors = pd.DataFrame({"id": [1201, 1103], "power": pd.array([3, None], dtype="Int64")})
    ties = pd.DataFrame({"source": [1201], "target": [1103], "since": [pd.Timestamp(2026, 3, 1)]})
    ties["until"] = pd.NaT
    kart = from_frames(actors, ties)
    assert kart["1201"].power == 3
    assert kart["1103"].power is None
    assert (kart.ties[0].since, kart.ties[0].until) == ("2026-03-01", None)


def test_errors_tell_the_row(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(InvalidMap) as caught:
        from_frames(pd.DataFrame({"id": ["nav"]}), pd.DataFrame({"fra": ["nav"], "til": ["navv"]}))
    assert caught.value.problems[0].place.path == ("ties", 0, "target")
    assert caught.value.problems[0].guesses == ("nav",)
    with pytest.raises(InvalidMap) as caught:
        from_frames(pd.DataFrame({"x": [1]}), pd.DataFrame({"fra": ["nav"]}))
    said = [(one.code, one.values["field"]) for one in caught.value.problems]  # noqa: PD011 - a problem is no frame
    assert said == [("csv_no_column", "id"), ("csv_no_column", "target")]
    assert {"id", "navn", "name"} <= {*caught.value.problems[0].values["known"]}  # noqa: PD011
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("library", LIBRARIES)
def test_there_and_back(library: str) -> None:
    kart = ActorMap(
        issues=[Issue(id="bolig")],
        actors=[
            Actor(
                id="nav",
                kind="nav",
                tasks=["én", "to"],
                line="first",
                publics={"bolig": Judgement(problem="high")},
                tags={"nr": "0301", "name": 4, "ja": True},
            ),
            Actor(id="dps", power=2.5),
        ],
        ties=[Tie(source="nav", target="dps", strength=2.5, needed=True, since="2026")],
    )
    actors, ties = to_frames(kart, backend=library)
    assert isinstance(actors, LIBRARIES[library])
    assert from_frames(actors, ties, issues=kart.issues) == kart


@settings(max_examples=60, deadline=None)
@given(actor_maps(max_size=4, max_ties=4))
def test_frames_hold_all_of_actors_and_ties(kart: ActorMap) -> None:
    untagged = ActorMap(
        **{
            name: getattr(kart, name) for name in ("issues", "kinds", "tie_kinds", "strength_scale")
        },
        actors=[actor.model_copy(update={"tags": {}}) for actor in kart.actors],
        ties=[tie.model_copy(update={"tags": {}}) for tie in kart.ties],
    )
    again = from_frames(
        *to_frames(untagged),
        **{
            name: getattr(kart, name) for name in ("issues", "kinds", "tie_kinds", "strength_scale")
        },
    )
    # Two ways of saying nothing are one in a table: blank text, and a judgement without content.
    for actor, other in zip(untagged.actors, again.actors, strict=True):
        for field in ("id", "name", "kind", "line", "power", "tasks", "open"):
            assert getattr(actor, field) == getattr(other, field)
    for tie, same in zip(untagged.ties, again.ties, strict=True):
        for field in (
            "source",
            "target",
            "strength",
            "kind",
            "mutual",
            "since",
            "changed_practice",
        ):
            assert getattr(tie, field) == getattr(same, field)


def test_a_missing_library_is_said_with_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as without:
        without.setitem(sys.modules, "narwhals", None)
        with pytest.raises(MissingExtra, match=r"pip install aktorkart\[frames\]"):
            to_frames(ActorMap())
    monkeypatch.setitem(sys.modules, "modin", None)
    monkeypatch.setitem(sys.modules, "modin.pandas", None)
    with pytest.raises(MissingExtra, match="pip install modin"):
        to_frames(ActorMap(), backend="modin")
    with pytest.raises(UnknownName):
        to_frames(ActorMap(), backend="panda")


def test_two_columns_of_one_name_are_told() -> None:
    actors = pd.DataFrame([["a", "b"]], columns=["id", "id"])
    with pytest.raises(WrongArgument, match="several columns called id"):
        from_frames(actors, pd.DataFrame({"source": [], "target": []}))
