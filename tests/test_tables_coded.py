"""What programs get of a table: ids, codes and dates, with what people read beside."""

from __future__ import annotations

import copy
import csv
import datetime as dt
import io
import json
import pickle
from typing import TYPE_CHECKING

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings

import aktorkart as ak
from aktorkart import toolbox
from aktorkart.i18n import LANGUAGES
from aktorkart.strategies import actor_maps
from aktorkart.tables import Column, Labelled, Table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ABOUT_ACTORS = {"actor", "one", "other", "actors", "responsible", "informant", "changed", "nearest"}
"""Columns of the analyses' tables that hold ids of actors."""


@pytest.fixture
def table() -> Table:
    nav, both = Labelled("NAV", "nav"), Labelled("DPS og NAV", ("dps", "nav"))
    return Table(
        columns=(
            Column(key="actor", title="Aktør", coded=True),
            Column(key="actors", title="Aktører", coded=True),
            Column(key="due", title="Frist", dated=True),
            Column(key="rank", title="Plass", numeric=True),
            Column(key="share", title="Andel", numeric=True),
            Column(key="cut", title="Brudd"),
            Column(key="note", title="Merknad"),
        ),
        rows=(
            (nav, both, Labelled("mars 2026", "2026-03"), 1, 0.5, True, "x"),
            ("Søster Anne", None, Labelled("1. mars 2026", "2026-03-01"), None, None, None, None),
        ),
        lang="nb",
    )


def test_people_read_the_label_only(table: Table) -> None:
    for written in (table.to_html(), table.to_markdown(), table.to_text(), table.to_latex()):
        assert "DPS og NAV" in written
        assert "mars 2026" in written
        assert "dps" not in written
        assert "2026-03" not in written


def test_records_have_the_code_and_the_label(table: Table) -> None:
    first, second = table.to_records()
    assert (first["actor"], first["actor_label"]) == ("nav", "NAV")
    assert (first["actors"], first["actors_label"]) == (["dps", "nav"], "DPS og NAV")
    assert (first["due"], first["due_label"]) == ("2026-03", "mars 2026")
    # Who is not on the map has no id.
    assert (second["actor"], second["actor_label"]) == (None, "Søster Anne")
    assert {type(value) for value in first.values()} == {str, list, int, float, bool}
    assert json.loads(json.dumps(table.to_records())) == table.to_records()


def test_csv_has_both_under_headings_of_their_own(table: Table) -> None:
    head, first, second = csv.reader(io.StringIO(table.to_csv()), delimiter=";")
    assert head[:6] == [
        *("Aktør (kode)", "Aktør", "Aktører (kode)", "Aktører"),
        *("Frist (åååå-mm-dd)", "Frist"),
    ]
    assert first[:6] == ["nav", "NAV", "dps|nav", "DPS og NAV", "2026-03", "mars 2026"]
    assert second[:4] == ["", "Søster Anne", "", ""]


def test_a_frame_has_a_type_for_each_column(table: Table) -> None:
    frame = table.to_frame()
    assert frame["due"].tolist() == [pd.Timestamp(2026, 3, 1)] * 2
    assert frame["due"].dt.date[1] == dt.date(2026, 3, 1)
    assert frame["due_label"].tolist() == ["mars 2026", "1. mars 2026"]
    assert frame["actors"].tolist() == [["dps", "nav"], None]
    assert frame["actor"].isna().tolist() == [False, True]
    assert frame["share"].dtype == "float64"
    assert frame["rank"][1] is frame["cut"][1] is frame["note"][1] is pd.NA
    assert bool(frame["share"].isna()[1])
    # The columns are there, and of the same kind, where there are no rows.
    empty = Table(columns=table.columns, rows=(), lang="nb").to_frame()
    assert empty.columns.tolist() == frame.columns.tolist()
    for key in ("actor", "due", "share"):
        assert empty[key].dtype == frame[key].dtype


def test_a_label_is_the_text_and_keeps_its_code() -> None:
    label = Labelled("NAV", "nav")
    for again in (pickle.loads(pickle.dumps(label)), copy.deepcopy(label)):  # noqa: S301 - ours
        assert (again, again.code) == ("NAV", "nav")


def makers(kart: ak.ActorMap) -> list[Callable[[str], Table]]:
    """Return what makes a table of each analysis that has one, by language."""
    measures, informants = ak.measures(kart), ak.comparison.informants(kart)
    equivalence = measures.structural_equivalence()
    analyses = (ak.linkages, ak.influence, ak.salience, ak.priorities, ak.publics)
    return [
        lambda lang: measures.table(lang=lang),
        lambda lang: equivalence.table(lang=lang),
        *(analysis(kart).table for analysis in analyses),
        ak.linkages(kart).actors_table,
        ak.grunig.communication(kart).table,
        lambda lang: ak.grunig.communication_plan(kart, lang=lang),
        ak.grunig.cooperation(kart).table,
        toolbox.plan(kart).table,
        toolbox.goals(kart).table,
        toolbox.checklist(kart).table,
        toolbox.scales(kart).table,
        ak.care.arenas(kart).table,
        lambda lang: informants.table(lang, names=True, consent="ignore"),
    ]


def as_set(value: object) -> object:
    """Return several as a set, and one as it is."""
    return set(value) if isinstance(value, list) else value


def codes(table: Table) -> Iterator[str]:
    """Yield the ids of actors that a table gives to programs."""
    for record in table.to_records():
        for key in ABOUT_ACTORS & record.keys():
            found = record[key]
            yield from found if isinstance(found, list) else [] if found is None else [found]


@given(kart=actor_maps())
@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
def test_every_id_is_one_of_the_map_and_codes_do_not_speak_a_language(kart: ak.ActorMap) -> None:
    ids = {actor.id for actor in kart.actors}
    labels = {actor.label for actor in kart.actors}
    for made in makers(kart):
        nb, en = made("nb"), made("en")
        found = set(codes(nb))
        assert found <= ids
        assert found == set(codes(en))
        coded = [column.key for column in nb.columns if column.coded or column.dated]
        for one, other in zip(nb.to_records(), en.to_records(), strict=True):
            # Several in a cell stand in the order of the language's alphabet.
            assert [as_set(one[key]) for key in coded] == [as_set(other[key]) for key in coded]
            # A label without a code is somebody from outside the map.
            assert all(
                one[key] is not None or one[f"{key}_label"] in (None, "") or key == "informant"
                for key in coded
            )
        called = {record.get("actor_label") for record in nb.to_records()} - {None}
        assert called <= (labels | ids)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_reports_frames_hold_ids_of_its_own_map(lang: str) -> None:
    report = ak.report(ak.examples.user_network(), lang=lang)
    ids = {actor.id for actor in report.kart.actors}
    frame = report["actors"].to_frame()
    assert set(frame["actor"]) == ids
    assert set(frame["actor_label"]) == {actor.label for actor in report.kart.actors}
    assert not {actor.name for actor in ak.examples.user_network().actors} & set(
        frame["actor_label"]
    )


def test_measures_have_a_frame_with_both() -> None:
    kart = ak.examples.municipal_service()
    frame = ak.measures(kart).to_frame()
    assert sorted(frame["actor"]) == sorted(actor.id for actor in kart.actors)
    assert frame.set_index("actor")["actor_label"]["nav"] == kart["nav"].label
    assert frame["betweenness"].dtype == "float64"
