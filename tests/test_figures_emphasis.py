"""What stands out on a map: one actor, groups, the strongest ties."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from matplotlib.colors import to_rgb

from aktorkart import examples
from aktorkart.errors import InvalidMap, UnknownActor, UnknownName
from aktorkart.figures import Style, network, sheet
from aktorkart.figures.drawing.stage import Stage
from aktorkart.i18n import LANGUAGES, text
from aktorkart.model import Actor, ActorMap, Tie

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.path import Path as MplPath


def by_gid(axes: Axes) -> dict[str, Any]:
    return {str(artist.get_gid()): artist for artist in axes.get_children() if artist.get_gid()}


def alt_of(axes: Axes) -> str:
    return next(artist for artist in axes.artists if isinstance(artist, Stage)).alt


def footer_of(axes: Axes) -> str:
    said: str = by_gid(axes)["footer"].get_text()
    return said


def drawn(axes: Axes) -> Axes:
    figure: Any = axes.figure
    figure.canvas.draw()
    return axes


def star() -> ActorMap:
    return ActorMap(
        focal="b",
        actors=[Actor(id=id_, name=id_.upper(), kind="gp") for id_ in "abcde"],
        ties=[
            Tie(source="a", target="b", strength=5),
            Tie(source="b", target="c", strength=1),
            Tie(source="c", target="d", strength=3),
        ],
    )


# --- one actor and its ties


def test_the_highlighted_actor_and_its_ties_keep_their_colours() -> None:
    plain = by_gid(drawn(network(star(), ax=sheet(), color=None)))
    found = by_gid(drawn(network(star(), ax=sheet(), color=None, highlight="a")))
    for gid in ("actor:a", "actor:b", "tie:contact:a→b"):
        assert found[gid].get_edgecolor() == plain[gid].get_edgecolor()
        assert found[gid].get_facecolor() == plain[gid].get_facecolor()
    for gid in ("actor:c", "actor:d", "tie:contact:b→c", "tie:contact:c→d"):
        assert min(found[gid].get_edgecolor()[:3]) > max(plain[gid].get_edgecolor()[:3])


def test_faded_names_can_still_be_read() -> None:
    """Issue 4: the rest faded; contrast at least 4.5:1 for text."""
    found = by_gid(network(star(), ax=sheet(), highlight="a"))
    assert found["label:a"].get_color() == found["label:b"].get_color() == Style().ink
    assert found["label:c"].get_color() == Style().muted
    assert found["label:a"].get_fontweight() == "bold"
    assert found["label:b"].get_fontweight() == "normal"


def test_ties_of_the_highlighted_actor_lie_over_the_others() -> None:
    axes = network(star(), ax=sheet(), highlight="b")
    gids = [patch.get_gid() for patch in axes.patches]
    faded = gids.index("tie:contact:c→d")
    assert faded < min(gids.index("tie:contact:a→b"), gids.index("tie:contact:b→c"))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_highlighted_actor_is_said(lang: str) -> None:
    axes = network(star(), ax=sheet(), highlight="b", lang=lang)
    assert "B" in footer_of(axes).split(" · ")[0]
    assert " A " in alt_of(axes).replace(".", " ").replace(",", " ")
    alone = network(star(), ax=sheet(), highlight="e", lang=lang)
    assert alt_of(alone) != alt_of(network(star(), ax=sheet(), lang=lang))


def test_an_unknown_actor_is_not_highlighted() -> None:
    with pytest.raises(UnknownActor):
        network(star(), ax=sheet(), highlight="x")


def test_highlighting_does_not_give_away_a_name() -> None:
    """METHOD: roles instead of names around a person."""
    kart = ActorMap(
        scope="individual",
        actors=[Actor(id="kari", name="Kari Nordmann", kind="gp"), Actor(id="b", kind="user")],
        ties=[Tie(source="kari", target="b")],
    )
    axes = network(kart, ax=sheet(), highlight="kari")
    assert "Kari" not in alt_of(axes) + footer_of(axes)
    assert not any("kari" in gid for gid in by_gid(axes))


def test_on_a_large_map_the_highlighted_is_named() -> None:
    ids = [f"a{number:03}" for number in range(200)]
    kart = ActorMap(
        actors=[Actor(id=id_) for id_ in ids],
        ties=[Tie(source=one, target=other) for one, other in pairwise(ids[:180])],
    )
    found = by_gid(network(kart, ax=sheet(), highlight="a199"))
    assert "label:a199" in found


def test_fading_mixes_towards_the_page() -> None:
    style = Style.dark()
    axes = network(star(), ax=sheet(style=style), style=style, color=None, highlight="a")
    found = by_gid(axes)
    ground = np.array(to_rgb(style.background))
    faded, lit = (np.array(found[f"actor:{id_}"].get_facecolor()[:3]) for id_ in "da")
    assert 0 < np.abs(faded - ground).sum() < np.abs(lit - ground).sum()


def test_a_highlighted_example_has_no_covered_names() -> None:
    axes = drawn(network(examples.municipal_service(), ax=sheet(), highlight="nav"))
    boxes = [
        said.get_window_extent() for said in axes.texts if str(said.get_gid()).startswith("label:")
    ]
    assert not any(
        box.overlaps(other) for place, box in enumerate(boxes) for other in boxes[:place]
    )


# --- outlines


def apart() -> ActorMap:
    """Return four organisations; one stands among another, and one at both ends of the page."""
    places = {
        "a1": (40, 60), "a2": (70, 60), "a3": (55, 90),
        "b1": (200, 60), "b2": (240, 90),
        "c1": (55, 70), "c2": (60, 150),
        "d1": (20, 190), "d2": (280, 180), "e1": (150, 185),
    }  # fmt: skip
    return ActorMap(
        actors=[Actor(id=id_, organisation=id_[0].upper()) for id_ in places],
        ties=[Tie(source="a1", target=id_, strength=2) for id_ in places if id_ != "a1"],
        positions=places,
    )


def area_of(axes: Axes, group: str) -> MplPath:
    found: Any = by_gid(axes)[f"hull:{group}"]
    outline: MplPath = found.get_path()
    return outline


@pytest.mark.parametrize("lang", LANGUAGES)
def test_groups_far_apart_among_others_are_not_outlined(lang: str) -> None:
    """Issue 4: hulls around groups, skipped where they interleave; the footer says so."""
    axes = network(apart(), ax=sheet(), hulls="organisation", lang=lang)
    assert {gid for gid in by_gid(axes) if gid.startswith("hull:")} == {
        "hull:A",
        "hull:B",
        "hull:C",
    }
    first = footer_of(axes).split(" · ")[0]
    assert "D" in first.split(":")[1]
    assert "B" not in first.split(":")[1]
    assert first in alt_of(axes)


def test_an_outline_goes_round_those_who_stand_among_a_group() -> None:
    kart = apart()
    axes = drawn(network(kart, ax=sheet(), hulls="organisation"))
    stand = {id_: by_gid(axes)[f"actor:{id_}"].get_xy()[:-1].mean(axis=0) for id_ in kart.positions}
    for group in "AB":
        inside = {id_ for id_, place in stand.items() if area_of(axes, group).contains_point(place)}
        assert inside == {id_ for id_ in kart.positions if id_.startswith(group.lower())}


def test_each_outline_has_a_look_of_its_own_also_without_colours() -> None:
    """DESIGN 8: never by colour alone."""
    axes = network(apart(), ax=sheet(), hulls="organisation", style=Style.print())
    looks = {str(by_gid(axes)[f"hull:{group}"].get_linestyle()) for group in "ABC"}
    assert len(looks) == 3


def test_the_name_of_an_outline_is_written_beside_it() -> None:
    axes = drawn(network(apart(), ax=sheet(), hulls="organisation"))
    found = by_gid(axes)
    assert found["caption:B"].get_text() == "B"
    box = found["caption:B"].get_window_extent()
    figure: Any = axes.figure
    assert figure.bbox.contains(box.x0, box.y0)
    assert figure.bbox.contains(box.x1, box.y1)
    for gid, artist in found.items():
        if gid.startswith(("label:", "actor:")):
            assert not box.overlaps(artist.get_window_extent())


def test_an_outline_encloses_its_marks_and_no_others() -> None:
    kart = apart()
    axes = drawn(network(kart, ax=sheet(), hulls="organisation"))
    for group in "ABC":
        area = area_of(axes, group)
        for id_ in kart.positions:
            mark: Any = by_gid(axes)[f"actor:{id_}"]
            found = area.contains_points(mark.get_xy())
            assert found.all() if id_.startswith(group.lower()) else not found.any()


@pytest.mark.parametrize("hulls", ["line", "organisation", "community"])
@pytest.mark.parametrize("name", ["learning_network", "user_network", "skane"])
def test_outlined_examples_stay_on_the_page(name: str, hulls: str) -> None:
    axes = drawn(network(examples.read(name), ax=sheet(), hulls=hulls))
    room = axes.get_window_extent()
    for gid, artist in by_gid(axes).items():
        if gid.startswith(("hull:", "caption:")):
            box = artist.get_window_extent()
            assert room.x0 - 1 <= box.x0 <= box.x1 <= room.x1 + 1
            assert room.y0 - 1 <= box.y0 <= box.y1 <= room.y1 + 1


@pytest.mark.parametrize("kart", [ActorMap(), ActorMap(actors=[Actor(id="a")])])
def test_nothing_to_outline_is_said(kart: ActorMap) -> None:
    axes = drawn(network(kart, ax=sheet(), hulls="community", lang="en"))
    assert footer_of(axes).startswith("No groups to outline")


def test_unknown_groups_are_not_outlined() -> None:
    with pytest.raises(UnknownName):
        network(star(), ax=sheet(), hulls="colour")


# --- the strongest ties


@pytest.mark.parametrize("lang", LANGUAGES)
def test_only_the_strongest_ties_are_drawn_and_the_footer_says_so(lang: str) -> None:
    axes = network(star(), ax=sheet(), backbone=0.3, lang=lang)
    assert [gid for gid in by_gid(axes) if gid.startswith("tie:")] == ["tie:contact:a→b"]
    first = footer_of(axes).split(" · ")[0]
    assert "2" in first
    assert first in alt_of(axes)


def test_ties_of_equal_strength_are_drawn_together_and_missing_ones_always() -> None:
    kart = ActorMap(
        actors=[Actor(id=id_) for id_ in "abcd"],
        ties=[
            Tie(source="a", target="b", strength=4),
            Tie(source="b", target="c", strength=4),
            Tie(source="c", target="d", strength=2),
            Tie(source="a", target="d", needed=True),
        ],
    )
    found = by_gid(network(kart, ax=sheet(), backbone=0.1))
    ties = sorted(gid for gid in found if gid.startswith("tie:"))
    assert ties == ["tie:contact:a→b", "tie:contact:a→d", "tie:contact:b→c"]


def test_ties_of_the_highlighted_actor_are_always_drawn() -> None:
    found = by_gid(network(star(), ax=sheet(), backbone=0.1, highlight="c"))
    ties = sorted(gid for gid in found if gid.startswith("tie:"))
    assert ties == ["tie:contact:a→b", "tie:contact:b→c", "tie:contact:c→d"]


def test_the_backbone_moves_and_resizes_no_one() -> None:
    whole = by_gid(drawn(network(star(), ax=sheet())))
    some = by_gid(drawn(network(star(), ax=sheet(), backbone=0.5)))
    for id_ in "abcde":
        one, other = (found[f"actor:{id_}"].get_path().vertices for found in (whole, some))
        assert np.array_equal(one, other)


def test_who_has_only_weaker_ties_is_counted() -> None:
    axes = network(star(), ax=sheet(), backbone=0.3, lang="en")
    hidden = text("figure.hidden_ties", "en", n=2)
    assert f"{hidden}; {text('figure.bare_actors', 'en', n=2)}" in footer_of(axes)


def test_all_ties_are_no_backbone() -> None:
    plain, all_of_them = (network(star(), ax=sheet(), backbone=share) for share in (None, 1.0))
    assert footer_of(plain) == footer_of(all_of_them)


@pytest.mark.parametrize("share", [0, -0.1, 1.1, float("nan")])
def test_a_share_is_between_nothing_and_all(share: float) -> None:
    with pytest.raises(InvalidMap):
        network(star(), ax=sheet(), backbone=share)
