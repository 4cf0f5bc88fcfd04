from __future__ import annotations

import pytest

import aktorkart as ak
from aktorkart.i18n import LANGUAGES
from aktorkart.privacy.shown import shown

NAMES = ("Kari", "Nordmann", "Torvald", "Storgata", "hemmelig")


@pytest.fixture
def kart() -> ak.ActorMap:
    return ak.ActorMap(
        title="Rundt Kari Nordmann",
        scope="individual",
        focal="kari",
        note="hemmelig",
        source="hemmelig",
        actors=[
            ak.Actor(id="kari", name="Kari Nordmann", kind="user", note="hemmelig"),
            ak.Actor(id="torvald", name="Torvald Nordmann", kind="next_of_kin"),
            ak.Actor(id="mor_torvald", name="Mor til Torvald", kind="next_of_kin"),
            ak.Actor(id="lege", kind="gp", organisation="Storgata legekontor"),
        ],
        ties=[
            ak.Tie(source="kari", target="torvald", informant="kari", note="hemmelig"),
            ak.Tie(source="kari", target="lege", basis="hemmelig", changed_practice=["lege"]),
        ],
        needs=["lege", "nav"],
        goals=[ak.Goal(id="g1", title="Kari vil bo alene", direction="higher", actors=["torvald"])],
        plan=[ak.Action(id="p1", title="Ring Torvald", responsible="torvald")],
        positions={"kari": (1, 2)},
    )


def test_a_map_around_a_person_shows_roles(kart: ak.ActorMap) -> None:
    seen = shown(kart, names=None, lang="nb")
    written = seen.kart.model_dump_json()
    assert not [name for name in NAMES if name.casefold() in written.casefold()]
    assert seen.kart.title == "Rundt Bruker"
    assert [actor.label for actor in seen.kart.actors] == [
        "Bruker",
        "Pårørende 2",
        "Pårørende 1",
        "Fastlege",
    ]
    assert seen.kart[seen.ids["torvald"]].label == "Pårørende 2"
    assert seen.kart.focal == "a01"
    assert seen.kart.needs == ("a02", "nav")
    assert seen.kart.plan[0].responsible == seen.ids["torvald"]
    assert dict(seen.kart.positions) == {"a01": (1.0, 2.0)}


def test_names_are_shown_when_asked_for_or_when_the_map_is_of_a_service(kart: ak.ActorMap) -> None:
    assert shown(kart, names=True, consent="ignore", lang="nb").kart is kart
    service = ak.examples.kite()
    assert shown(service, names=None, lang="nb").kart is service
    assert shown(service, names=False, lang="nb").kart != service


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_report_in_any_form_tells_a_name(kart: ak.ActorMap, lang: str) -> None:
    report = ak.report(kart, lang=lang)
    for said in (report.to_html(), report.to_markdown(), report.to_json()):
        found = [name for name in NAMES if name.casefold() in said.casefold()]
        assert not found


def test_the_numbers_are_the_same_with_names_and_with_roles(kart: ak.ActorMap) -> None:
    hidden, named = ak.report(kart), ak.report(kart, names=True, consent="ignore")
    assert [f.numbers for f in hidden.findings] == [f.numbers for f in named.findings]
