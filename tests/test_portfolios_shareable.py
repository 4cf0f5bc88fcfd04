"""What may be shared of many maps: counts that no sum gives back."""

from __future__ import annotations

import itertools
from collections import defaultdict

import pytest

import aktorkart as ak
from aktorkart.i18n import LANGUAGES
from aktorkart.portfolios.suppression import FEW, suppressed


@pytest.mark.parametrize("columns", [2, 3, 4, 5])
@pytest.mark.parametrize("total", range(1, 12))
def test_nobody_who_knows_the_sum_and_the_rule_can_tell_a_small_count(
    columns: int, total: int
) -> None:
    """By brute force over every row that could have been."""
    behind = defaultdict(list)
    for some in itertools.product(range(total + 1), repeat=columns - 1):
        if sum(some) <= total:
            row = (*some, total - sum(some))
            behind[suppressed(row, sum_known=True)].append(row)
    assert behind
    for shown, rows in behind.items():
        for place, count in enumerate(shown):
            possible = {row[place] for row in rows}
            assert count is None or count == 0 or count > FEW
            assert count is not None or len(possible) > 1 or not possible <= set(range(1, FEW + 1))


def test_without_a_sum_only_the_few_are_hidden() -> None:
    assert suppressed([0, 1, 4, 5, 60], sum_known=False) == (0, None, None, 5, 60)
    assert suppressed([0, 7, 5], sum_known=True) == (0, 7, 5)


@pytest.fixture(scope="module")
def maps() -> list[ak.ActorMap]:
    several = [ak.examples.municipal_service()] * 5 + [ak.examples.skane()] * 2
    own = ak.ActorMap(
        kinds={"fiskemottak_kari": ak.KindSpec(line="private")},
        actors=[
            ak.Actor(id="kari", name="Kari", kind="fiskemottak_kari"),
            ak.Actor(id="nav", kind="nav"),
        ],
        ties=[ak.Tie(source="kari", target="nav", needed=True)],
    )
    return [*several, own, own, own, own, own]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_tables_say_nothing_about_a_few(maps: list[ak.ActorMap], lang: str) -> None:
    tables = ak.shareable(maps, lang=lang)
    assert set(tables) == {"kinds", "findings", "needed"}
    said = "".join(table.to_csv() for table in tables.values())
    assert "kari" not in said.lower()
    for table in tables.values():
        for row in table.rows:
            for cell, column in zip(row, table.columns, strict=True):
                if column.numeric:
                    assert not isinstance(cell, int) or cell == 0 or cell > FEW


def test_cells_count_maps(maps: list[ak.ActorMap]) -> None:
    tables = ak.shareable(maps, lang="en")
    kinds = {row["kind"]: row["maps"] for row in tables["kinds"].to_records()}
    assert kinds["own"] == 5
    assert kinds["nav"] == sum(any(a.kind == "nav" for a in kart.actors) for kart in maps)
    needed = {
        (row["one"], row["other_label"], row["maps"]) for row in tables["needed"].to_records()
    }
    assert ("nav", "own kind", 5) in needed
    for row in tables["findings"].to_records():
        cells = [row[key] for key in ("gap", "unknown", "note", "strength", "none")]
        known = [cell for cell in cells if isinstance(cell, int)]
        assert sum(known) == len(maps) or "hidden" in cells


def test_a_consent_that_does_not_hold_stops_it() -> None:
    around = ak.ActorMap(scope="individual", actors=[ak.Actor(id="kari", kind="user")])
    with pytest.raises(ak.NoConsent):
        ak.shareable([around])
    assert len(ak.shareable([around], consent="ignore")) == 3
    with pytest.raises(ak.WrongArgument):
        ak.shareable(["kart.yaml"])  # type: ignore[list-item]
    assert [len(table) for table in ak.shareable([]).values()] == [0, 0, 0]
