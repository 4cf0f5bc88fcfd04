"""What stands out on a map: one actor, groups, the strongest ties."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from matplotlib.colors import to_rgb

from aktorkart import examples
from aktorkart.errors import UnknownActor
from aktorkart.figures import Style, network, sheet
from aktorkart.figures.stage import Stage
from aktorkart.i18n import LANGUAGES
from aktorkart.model import Actor, ActorMap, Tie

if TYPE_CHECKING:
    from matplotlib.axes import Axes


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
