"""Who sits together where: every example, every language, measured."""

from __future__ import annotations

from typing import Any

import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_hex
from matplotlib.figure import Figure

from aktorkart import care
from aktorkart.errors import UnknownName
from aktorkart.figures import Style, arenas, sheet, svg_text
from aktorkart.i18n import LANGUAGES, text
from aktorkart.model import Actor, ActorMap, Tie
from aktorkart.reports import report
from aktorkart.scene.seats import VOICE
from drawn import NAMES, by_gid, drawn, example, said, stage, table_faults
from slowly import but_one_slow


def forums() -> ActorMap:
    def seat(actor: str, arena: str, **fields: Any) -> Tie:
        return Tie(source=actor, target=arena, kind="membership", **fields)

    return ActorMap(
        date="2026-03-01",
        actors=[
            Actor(id="gp", name="Fastlegen", kind="gp"),
            Actor(id="dps", name="DPS", kind="dps"),
            Actor(id="peer", name="Likepersonen", kind="peer"),
            Actor(id="nav", name="NAV", kind="nav"),
            Actor(id="ensom", name="Ensom", kind="school"),
            Actor(id="rad", name="Rådet", kind="arena"),
            Actor(id="gruppe", name="Gruppen", kind="arena"),
            Actor(id="tom", name="Det tomme forumet", kind="arena"),
        ],
        ties=[
            seat("gp", "rad"),
            seat("gp", "gruppe"),
            seat("dps", "gruppe"),
            seat("peer", "rad"),
            seat("peer", "gruppe", needed=True),
            seat("dps", "rad", until="2025"),
            seat("nav", "gruppe", quality="broken"),
            # Contact is no seat.
            Tie(source="ensom", target="rad"),
        ],
    )


# --- every map, measured


@pytest.mark.parametrize(("name", "lang"), list(zip(NAMES, [*LANGUAGES, "sv"], strict=True)))
def test_nothing_covers_anything_on_any_example(name: str, lang: str) -> None:
    axes = drawn(arenas(example(name), ax=sheet(), lang=lang))
    assert table_faults(axes) == []
    for gid, one in by_gid(axes).items():
        if gid.startswith(("label:", "head:", "meaning:")):
            assert one.get_visible(), gid
            assert one.get_fontsize() > 6.5


def test_long_and_many_names_are_drawn() -> None:
    people = [Actor(id=f"p{at:03}", name=f"Deltaker nummer {at}", kind="gp") for at in range(110)]
    rooms = [
        Actor(id=f"r{at:02}", name="Samarbeidsutvalget for utskrivningsklare " + "å" * at)
        for at in range(14)
    ]
    rooms = [one.model_copy(update={"kind": "arena"}) for one in rooms]
    ties = [
        Tie(source=one.id, target=rooms[at % 14].id, kind="membership")
        for at, one in enumerate(people)
    ]
    axes = drawn(arenas(ActorMap(actors=[*people, *rooms], ties=ties), ax=sheet(), lang="en"))
    assert table_faults(axes) == []
    assert text("figure.lattice_unnamed", "en", n=110) in said(axes)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_map_without_arenas_says_so(lang: str) -> None:
    for kart in (ActorMap(), ActorMap(actors=[Actor(id="nav", kind="nav")])):
        axes = drawn(arenas(kart, ax=sheet(), lang=lang))
        assert text("figure.arenas_none", lang) in said(axes)
        assert stage(axes).alt == text("figure.arenas_none", lang)
        assert table_faults(axes) == []


@pytest.mark.parametrize("size", but_one_slow([(3, 2), (5, 7), (13.33, 7.5)]))
def test_other_sizes_hold_everything_too(size: tuple[float, float]) -> None:
    page = Figure(figsize=size, layout="constrained")
    FigureCanvasAgg(page)
    axes = page.subplots()
    assert arenas(example("helsedialog"), ax=axes) is axes
    page.canvas.draw()
    assert tuple(page.get_size_inches()) == size
    if size != (3, 2):
        assert table_faults(axes) == []


# --- who sits where


def test_a_mark_is_a_membership_in_force() -> None:
    axes = drawn(arenas(forums(), ax=sheet(), lang="en"))
    found = by_gid(axes)
    assert {gid for gid in found if gid.startswith("cell:")} == {
        "cell:gp→rad",
        "cell:gp→gruppe",
        "cell:dps→gruppe",
        "cell:peer→rad",
        "cell:peer→gruppe",
        "cell:nav→gruppe",
    }
    # The needed and the broken one are signs, and no seats.
    assert {one: found[f"total:{one}"].get_text() for one in ("gp", "dps", "peer", "nav")} == {
        "gp": "2",
        "dps": "1",
        "peer": "1",
        "nav": "0",
    }
    assert {one: found[f"sum:{one}"].get_text() for one in ("rad", "gruppe", "tom")} == {
        "rad": "2",
        "gruppe": "2",
        "tom": "0",
    }
    for code, n in (("arenas_nowhere", 2), ("arenas_empty", 1)):
        assert text(f"figure.{code}", "en", n=n) in said(axes)
    assert text("quality.broken", "en") in said(axes)
    assert text("figure.missing", "en") in said(axes)


def test_shapes_are_lines_of_service() -> None:
    found = by_gid(drawn(arenas(forums(), ax=sheet())))
    corners = {id_: len(found[f"cell:{id_}→gruppe"].get_path().vertices) for id_ in ("gp", "dps")}
    assert corners["dps"] < 10 < corners["gp"]


def test_a_forum_in_a_forum_is_its_member_and_not_the_other_way() -> None:
    kart = ActorMap(
        actors=[Actor(id="small", kind="arena"), Actor(id="large", kind="arena")],
        ties=[Tie(source="small", target="large", kind="membership")],
    )
    found = by_gid(drawn(arenas(kart, ax=sheet())))
    assert found["sum:large"].get_text() == "1"
    assert found["sum:small"].get_text() == "0"


@pytest.mark.parametrize("name", [*NAMES, "forums"])
def test_arenas_without_a_voice_are_those_that_user_voice_names(name: str) -> None:
    """METHOD 6.10: whether a peer or a user organisation is a member of each arena."""
    kart = forums() if name == "forums" else example(name)
    axes = drawn(arenas(kart, ax=sheet(), names=True, consent="ignore"))
    found = by_gid(axes)
    lacking = 0
    for finding in care.user_voice(kart):
        if finding.case in {"in_arena", "not_in_arena", "no_members"}:
            arena = finding.actors[0]
            foot = found.get(f"foot:{arena}:0")
            assert found[f"sum:{arena}"].get_text() == str(finding.numbers["n"])
            if finding.case == "no_members":
                assert foot is None
                continue
            assert foot is not None
            filled = to_hex(foot.get_facecolor()) == Style().ink.lower()
            assert filled == (finding.case == "in_arena")
            lacking += foot.get_facecolor()[3] == 0
    said_lacking = text("figure.arenas_voices.none", kart.lang or "nb") in said(axes)
    assert said_lacking == (lacking > 0)


@pytest.mark.parametrize(
    ("kinds", "voice"),
    [
        (["user", "gp"], "user"),
        (["next_of_kin", "unknown"], "user"),
        (["user", "peer"], "representative"),
        (["user_organisation"], "representative"),
        (["gp"], "none"),
        (["gp", "unknown"], "unknown"),
        ([], "no_members"),
    ],
)
def test_users_in_an_arena_are_seen_though_nobody_represents_them(
    kinds: list[str], voice: str
) -> None:
    members = [Actor(id=f"m{place}", kind=kind) for place, kind in enumerate(kinds)]
    kart = ActorMap(
        actors=[Actor(id="x", kind="arena"), *members],
        ties=[Tie(source=one.id, target="x", kind="membership") for one in members],
    )
    axes = drawn(arenas(kart, ax=sheet(), lang="en"))
    feet = by_gid(axes, "foot:")
    assert len(feet) == (voice not in {"unknown", "no_members"})
    for case in VOICE:
        assert (text(f"figure.arenas_voices.{case}", "en") in said(axes)) == (case == voice)


def test_arenas_with_most_members_come_first() -> None:
    axes = drawn(arenas(example("municipal_service"), ax=sheet()))
    heads = sorted(
        (one.get_position()[0], gid.removeprefix("head:"))
        for gid, one in by_gid(axes).items()
        if gid.startswith("head:")
    )
    sums = [int(by_gid(axes)[f"sum:{id_}"].get_text()) for _, id_ in heads]
    assert sums == sorted(sums, reverse=True)


def test_roles_stand_for_names_around_a_person() -> None:
    kart = forums().model_copy(update={"scope": "individual"})
    kart = ActorMap(scope="individual", actors=kart.actors, ties=kart.ties)
    words = said(drawn(arenas(kart, ax=sheet())))
    assert "Likepersonen" not in words
    assert "Likepersonen" in said(drawn(arenas(kart, ax=sheet(), names=True, consent="ignore")))


# --- in words


def test_alt_text_says_the_finding() -> None:
    alt = stage(arenas(forums(), ax=sheet(), lang="en")).alt
    assert "Neither user, next of kin, peer nor user organisation: Gruppen." in alt
    assert "Fastlegen, 2" in alt
    assert text("figure.arenas_nowhere", "en", n=2) in alt


def test_wrong_language_is_said() -> None:
    with pytest.raises(UnknownName):
        arenas(forums(), ax=sheet(), lang="no")


def test_title_can_be_chosen() -> None:
    assert arenas(forums(), ax=sheet(), title="Møter").get_title(loc="left") == "Møter"
    assert arenas(forums(), ax=sheet(), title="").get_title(loc="left") == ""


def test_order_in_the_file_changes_nothing() -> None:
    kart = forums()
    turned = ActorMap(date=kart.date, actors=kart.actors[::-1], ties=kart.ties[::-1])
    assert svg_text(arenas(kart, ax=sheet())) == svg_text(arenas(turned, ax=sheet()))


def test_an_arena_without_members_is_said_and_not_drawn() -> None:
    empty = forums().with_(ties=())
    axes = drawn(arenas(empty, ax=sheet(), lang="en"))
    assert stage(axes).alt in " ".join(said(axes).split())
    assert "no members" in stage(axes).alt
    assert "arenas" not in figures_of(empty)
    assert "arenas" in figures_of(forums())


def figures_of(kart: ActorMap) -> set[str]:
    return {key for section in report(kart).sections for key in section.figures}
