"""Maps of several dates as a series, and one map at the dates at which something changes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import aktorkart as ak
from aktorkart.cli.program import main
from aktorkart.content.key_numbers import KEY_NUMBERS
from aktorkart.errors import InvalidMap, WrongArgument
from aktorkart.i18n import LANGUAGES
from aktorkart.model.fields import last_day
from aktorkart.strategies import actor_maps
from maps_of import among_people, changed, helped_by, linked, tie

if TYPE_CHECKING:
    from pathlib import Path


def at(*dates: str | None) -> list[ak.ActorMap]:
    """Draw a map for each date, each with one tie more."""
    ends = ("team", "home", "dps", "mum", "ward")
    return [
        among_people(*(tie("u", end) for end in ends[:n]), date=date)
        for n, date in enumerate(dates, start=1)
    ]


def case_of(*kept: int) -> str:
    """Return what is said of so many working ties, year by year."""
    (whole,) = at("2020")[:1]
    ends = ("team", "home", "dps", "mum", "ward")
    maps = [
        changed(whole, date=f"{2020 + year}", ties=[tie("u", end) for end in ends[:n]])
        for year, n in enumerate(kept)
    ]
    return ak.series(maps).findings[0].case


@given(maps=st.lists(actor_maps(max_size=3), max_size=3))
@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
def test_by_date_with_all_numbers_and_whatever_the_order(maps: list[ak.ActorMap]) -> None:
    found = ak.series(maps)
    assert len(found) + found.undated == len(maps)
    days = [last_day(date) for date in found.dates]
    assert days == sorted(days)
    assert [*map(tuple, found.numbers)] == [KEY_NUMBERS] * len(found)
    assert len(found.table("nb")) == len(found)
    assert len(found.actors_table("sv")) == sum(len(kart.actors) for kart in found.maps)
    for lang in LANGUAGES:
        assert found.text(lang)
    if len(set(found.dates)) == len(found):
        assert ak.series(maps[::-1]).numbers == found.numbers


@pytest.mark.parametrize(
    ("kept", "case"),
    [
        ((1, 2, 3), "rising"),
        ((3, 1), "falling"),
        ((1, 1, 2), "never_falling"),
        ((2, 2, 1), "never_rising"),
        ((1, 3, 2), "mixed"),
        ((2, 2), "same"),
    ],
)
def test_the_course_says_what_was_counted(kept: tuple[int, ...], case: str) -> None:
    assert case_of(*kept) == case


def test_numbers_are_told_where_they_are_few_and_summed_up_where_they_are_many() -> None:
    few = ak.series(at("2024", "2025", "2026")).findings[0].text("en")
    assert "It is 1, 2 and 3 on the 3 maps that show it, from 2024 to 2026." in few
    (one,) = at("2000")
    many = [changed(one, date=f"{year}") for year in range(2001, 2011)]
    told = ak.series(many).findings[0].text("en")
    assert "1 on the first and 1 on the last of the 10 maps" in told


def test_what_is_not_known_is_none_and_not_counted() -> None:
    known = changed(linked(helped_by("gp", "nav"), "gp-nav"), date="2025")
    found = ak.series([known, among_people(date="2026")])
    assert [one["tellings"] for one in found.numbers] == [1, None]
    assert not [one for one in found.findings if "tell" in one.text("en")]


def test_maps_without_date_are_told() -> None:
    found = ak.series(at("2025", None, "2024"))
    assert (found.dates, found.undated) == (("2024", "2025"), 1)
    assert "1 map without a date is left out" in found.text("en")
    assert "only one map with a date" in ak.series(at("2025", None)).text("en")
    assert ak.series([]).text("nn")
    assert len(ak.series([]).actors_table()) == 0


def test_one_map_at_its_periods() -> None:
    kart = among_people(
        tie("u", "team", since="2025-02"), tie("u", "home", until="2025-06-30"), date="2026"
    )
    found = ak.series(kart)
    assert found.dates == kart.periods() == ("2025-02-01", "2025-07-01")
    assert [one["channels"] for one in found.numbers] == [2, 1]
    assert [len(change.lost) for change in found.changes] == [1]
    asked = ak.series(kart, dates=["2025-01", "2025-03"])
    assert [one["channels"] for one in asked.numbers] == [1, 2]


def test_names_are_roles_around_a_person() -> None:
    kart = ak.examples.user_network()
    found = ak.series(kart, dates=["2025-06", "2026-03"])
    table = found.actors_table("nb").to_text()
    assert "Sunniva" not in table + found.text("nb") + found.table("nb").to_text() + repr(found)
    assert "Sunniva Lianes" in found.actors_table("nb", names=True).to_text()


def test_frames_are_tidy() -> None:
    pytest.importorskip("pandas")
    found = ak.series(at("2025", "2026"))
    frame = found.to_frame()
    assert list(frame.columns) == ["date", *KEY_NUMBERS]
    assert list(frame["channels"]) == [1, 2]
    actors = found.actors_frame()
    assert set(actors["date"]) == {"2025", "2026"}
    assert "team" in set(actors["actor"])


@pytest.mark.parametrize(
    ("maps", "options"),
    [
        ("kart.yaml", {}),
        (7, {}),
        (["kart.yaml"], {}),
        ([], {"dates": ["2025"]}),
        (ak.ActorMap(), {"dates": "2025"}),
        (ak.ActorMap(), {"dates": 2025}),
    ],
)
def test_what_is_no_series(maps: Any, options: dict[str, Any]) -> None:
    with pytest.raises(WrongArgument):
        ak.series(maps, **options)


def test_dates_that_are_none() -> None:
    with pytest.raises(InvalidMap):
        ak.series(ak.ActorMap(), dates=["2025-13"])


def test_a_date_on_the_command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    kart = among_people(
        tie("u", "team", since="2025-02", strength=3), tie("u", "home", strength=3), date="2026"
    )
    path = str(tmp_path / "kart.yaml")
    ak.write(kart, path)

    def run(*arguments: str) -> str:
        main([*arguments, "--lang", "en"])
        return capsys.readouterr().out

    assert "2 ties" in run("check", path)
    assert "1 tie" in run("check", path, "--at", "2025-01")
    assert "31 January 2025" in run("report", path, "-o", "-", "--at", "2025-01-31")
    assert main(["check", path, "--at", "2025-13", "--lang", "en"]) == 2
    assert "2025-13" in capsys.readouterr().err
