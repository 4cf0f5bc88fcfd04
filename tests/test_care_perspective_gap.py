"""Perspective gap: METHOD 6.9."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from aktorkart.care.equality import equality
from aktorkart.care.perspective_gap import perspective_gap
from aktorkart.model.checks import same_tie
from maps_of import among_people, cases, changed, tie

if TYPE_CHECKING:
    import aktorkart as ak


def told(name: str, *ties: ak.Tie) -> list[ak.Tie]:
    return [one.model_copy(update={"informant": name}) for one in ties]


def test_ratings_two_or_more_steps_apart_are_on_the_agenda() -> None:
    """METHOD 6.9: "the disagreements, by name, as an agenda"."""
    kart = among_people(
        *told("u", tie("u", "dps", strength=1), tie("u", "team", strength=3)),
        *told("dps", tie("u", "dps", strength=4)),
        *told("team", tie("team", "u", strength=4)),
    )
    (found,) = perspective_gap(kart)
    assert (found.case, found.level, found.actors) == ("strength", "gap", ("dps", "u"))
    assert found.numbers["steps"] == 3
    assert found.text("nb") == (
        "u setter styrken på relasjonen dps – u til 1, dps til 4: 3 trinn fra hverandre."
    )


def test_only_who_would_have_to_know_disagrees_by_silence() -> None:
    kart = among_people(
        *told("u", tie("u", "dps"), tie("u", "home")),
        # The team draws only its own ties: it has not been asked about u – dps.
        *told("team", tie("team", "u")),
        *told("dps", tie("dps", "team")),
        tie("dps", "ward"),
    )
    found = {finding.actors: finding for finding in perspective_gap(kart)}
    assert set(found) == {("dps", "u"), ("team", "u"), ("dps", "team")}
    assert found["dps", "u"].text("en") == "The tie dps – u is reported by u, but not by dps."
    agreed = kart.with_tie(tie("dps", "u"))
    assert ("dps", "u") not in {finding.actors for finding in perspective_gap(agreed)}


def test_someone_from_outside_draws_others_ties() -> None:
    kart = among_people(
        *told("workshop", tie("dps", "team"), tie("team", "home")),
        *told("office", tie("team", "home"), tie("dps", "home")),
    )
    assert [(finding.case, finding.actors) for finding in perspective_gap(kart)] == [
        ("unseen", ("dps", "home")),
        ("unseen", ("dps", "team")),
    ]


def test_only_within_one_kind_of_tie() -> None:
    """METHOD 9: "Per tie and kind": contact 5 and information 1 are two ties."""
    apart = [
        *told("u", tie("u", "dps", strength=5), tie("u", "dps", "referral", quality="strained")),
        *told("dps", tie("u", "dps", "information", strength=1), tie("u", "dps", "agreement")),
    ]
    assert cases(perspective_gap(among_people(*apart))) == ["nothing_shared"]
    kart = among_people(*apart, *told("dps", tie("u", "dps", "referral")))
    (found,) = perspective_gap(kart)
    assert (found.case, found.ties) == ("quality", (("dps", "u", "referral"),))


DYADIC = {"strength", "quality", "apart"}


VOICES = {"mum": "contact", "dps": "information", "u": "referral", "outsider": "agreement"}


@st.composite
def told_by_several(draw: st.DrawFn, *, own_kinds: bool) -> ak.ActorMap:
    """Draw what several have told of the same pairs, each in kinds of its own or in all."""
    pairs = st.sampled_from([("u", "dps"), ("u", "mum"), ("dps", "mum")])
    ties: list[ak.Tie] = []
    for _ in range(draw(st.integers(2, 8))):
        name = draw(st.sampled_from(sorted(VOICES)))
        kind = VOICES[name] if own_kinds else draw(st.sampled_from(sorted({*VOICES.values()})))
        drawn = tie(
            *draw(pairs),
            kind,
            informant=name,
            strength=draw(st.sampled_from([None, 1, 3, 5])),
            quality=draw(st.sampled_from([None, "strained"])),
        )
        if not any(same_tie(drawn, other) for other in ties):
            ties.append(drawn)
    return among_people(*ties)


@given(kart=told_by_several(own_kinds=True))
def test_across_kinds_nobody_disagrees_on_strength_or_quality(kart: ak.ActorMap) -> None:
    assert not DYADIC & {*cases(perspective_gap(kart)), *cases(equality(kart))}


@given(kart=told_by_several(own_kinds=False))
def test_what_disagrees_is_one_kind_that_several_have_told_of(kart: ak.ActorMap) -> None:
    for found in [*perspective_gap(kart), *equality(kart)]:
        if found.case in DYADIC:
            ((*pair, kind),) = found.ties
            of_it = [one for one in kart.ties if one.pair == tuple(pair) and one.kind == kind]
            assert len({one.informant for one in of_it}) > 1
            if found.case == "quality":
                assert len({one.quality for one in of_it}) > 1
            else:
                assert {found.numbers["low"], found.numbers["high"]} <= {
                    one.strength for one in of_it
                }


def test_maps_side_by_side() -> None:
    """METHOD 6.9: "The user's, the services' and the partners' maps side by side"."""
    user = among_people(tie("u", "dps"), tie("u", "team", quality="strained"))
    service = among_people(tie("u", "team"))
    found = perspective_gap({"u": user, "team": service})
    assert {finding.case: finding.actors for finding in found} == {
        "unseen": ("dps", "u"),
        "quality": ("team", "u"),
    }
    titled = [changed(user, title="A"), changed(service, title="B")]
    assert "A" in perspective_gap(titled)[-1].text("nb")
    assert cases(perspective_gap([user, service])) == cases(found)


def test_one_view_is_unknown_and_agreement_is_said() -> None:
    """METHOD 6: "Perspective gap and improvement need several maps"."""
    assert cases(perspective_gap(among_people(*told("u", tie("u", "dps"))))) == ["one_view"]
    assert cases(perspective_gap([])) == ["one_view"]
    assert cases(perspective_gap({"u": among_people(tie("u", "dps"))})) == ["one_view"]
    both = [*told("u", tie("u", "dps", strength=3)), *told("dps", tie("u", "dps", strength=4))]
    (found,) = perspective_gap(among_people(*both))
    assert (found.case, found.level) == ("agreed", "strength")
    apart = [*told("ward", tie("ward", "dps")), *told("home", tie("home", "team"))]
    assert [found.level for found in perspective_gap(among_people(*apart))] == ["unknown"]


def test_maps_with_different_scales_are_compared_without_strengths() -> None:
    maps = [
        among_people(tie("u", "dps", strength=1)),
        among_people(tie("u", "dps", strength=9), strength_scale=(1, 10)),
    ]
    assert cases(perspective_gap(maps)) == ["scales"]
