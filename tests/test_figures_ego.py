"""The network map around somebody: who stands where, what is said, and that nothing overlaps."""

from __future__ import annotations

import itertools
import math
from typing import Any

import matplotlib as mpl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aktorkart.errors import UnknownActor, UnknownName
from aktorkart.figures import Style, ego, sheet, svg_text
from aktorkart.i18n import LANGUAGES, text
from aktorkart.model import Action, Actor, ActorMap, Goal, Tie
from aktorkart.scene.rings import SPHERES, rings, sphere
from drawn import NAMES, by_gid, covering, drawn, example, legend_words, outside, said, stage


def middle_of(patch: Any) -> tuple[float, float]:
    corners = patch.get_xy()
    return (
        float(corners[:, 0].min() + corners[:, 0].max()) / 2,
        float(corners[:, 1].min() + corners[:, 1].max()) / 2,
    )


def around(strengths: dict[str, float | None], **fields: Any) -> ActorMap:
    kart = ActorMap(
        focal="me", actors=[Actor(id="me"), *(Actor(id=id_) for id_ in strengths)], **fields
    )
    for id_, strength in strengths.items():
        kart = kart.with_tie(source="me", target=id_, strength=strength)
    return kart


@pytest.mark.parametrize(
    ("name", "lang"),
    [
        *zip(NAMES, itertools.cycle(LANGUAGES)),
        *(("municipal_service", one) for one in LANGUAGES[1:]),
    ],
)
def test_nothing_covers_anything_and_all_is_on_the_page(name: str, lang: str) -> None:
    axes = drawn(ego(example(name), ax=sheet(), lang=lang))
    assert covering(axes) == []
    assert outside(axes) == []


@pytest.mark.parametrize("name", NAMES)
def test_those_tied_to_the_middle_stand_in_their_ring_and_the_others_are_counted(
    name: str,
) -> None:
    """METHOD 5: rings for closeness."""
    kart = example(name)
    assert kart.focal is not None
    axes = drawn(ego(kart, ax=sheet(), names=True, consent="ignore"))
    found = rings(kart, kart.focal, lang="nb")
    placed = by_gid(axes, "actor:")
    assert set(placed) == {kart.focal, *(id_ for ring in found for id_ in ring.members)}
    limits = [0.0, *(ring.r for ring in by_gid(axes, "ring:").values())]
    assert limits == sorted(limits)
    for place, ring in enumerate(found):
        for id_ in ring.members:
            away = math.hypot(*middle_of(placed[id_]))
            assert limits[place] <= away <= limits[place + 1], id_
    left_out = len(kart.actors) - len(placed)
    assert left_out
    said = text("figure.ego_left_out", kart.lang or "nb", n=left_out)
    assert by_gid(axes, "footer")[""].get_text().startswith(said)


def test_actors_stand_in_the_sector_of_their_sphere() -> None:
    kart = example("municipal_service")
    axes = drawn(ego(kart, ax=sheet(), lang="nb"))
    starts = {
        name: math.atan2(line.get_xdata()[1], line.get_ydata()[1]) % math.tau
        for name, line in by_gid(axes, "sector:").items()
    }
    for id_, patch in by_gid(axes, "actor:").items():
        if id_ != kart.focal:
            x, y = middle_of(patch)
            angle = math.atan2(x, y) % math.tau
            assert max((s, n) for n, s in starts.items() if s <= angle)[1] == sphere(kart, id_)


def test_empty_rings_and_sectors_are_kept_and_named() -> None:
    """Parts of a life without anybody say something too."""
    axes = drawn(ego(around({"a": 5}), ax=sheet(), lang="en"))
    assert len(by_gid(axes, "ring:")) == len(by_gid(axes, "caption:ring:")) == 5
    there = by_gid(axes, "caption:sector:")
    assert set(there) == set(SPHERES)
    assert "nobody" in there["work"].get_text()
    assert "nobody" not in there["other"].get_text()
    assert "Work and school" in stage(axes).alt
    assert "other" not in by_gid(drawn(ego(ActorMap(), ax=sheet())), "sector:")


def test_unknown_strength_and_missing_ties_have_rings_of_their_own_in_the_legend() -> None:
    """METHOD 7: unknown is not absent; what is needed is not there."""
    kart = around({"a": 5, "b": None}).with_actor(id="c")
    kart = kart.with_tie(source="me", target="c", needed=True)
    axes = drawn(ego(kart, ax=sheet(), lang="en"))
    assert [(ring.members, ring.kind) for ring in rings(kart, "me", lang="en")[5:]] == [
        (("b",), "unknown"),
        (("c",), "missing"),
    ]
    said = legend_words(axes)
    assert "strength not stated" in said
    assert "tie that is needed but missing" in said
    assert "Strength not stated: b." in stage(axes).alt


def test_the_strongest_tie_counts_and_a_known_one_before_an_unknown_one() -> None:
    kart = around({"a": 2}).with_tie(source="a", target="me", strength=4, kind="referral")
    kart = kart.with_tie(source="a", target="me", kind="information")
    assert [ring.members for ring in rings(kart, "me", lang="nb")][1] == ("a",)


def test_open_ended_strengths_stand_in_rings_of_equal_numbers() -> None:
    kart = around({f"a{n}": 10.0 * n for n in range(1, 9)}, strength_scale=None)
    found = rings(kart, "me", lang="en")
    assert [ring.members for ring in found] == [
        ("a7", "a8"),
        ("a5", "a6"),
        ("a3", "a4"),
        ("a1", "a2"),
    ]
    assert found[0].name == "70–80"


@given(
    scale=st.sampled_from([(1.0, 5.0), (1.0, 10.0), (0.5, 3.0), (1.0, 3.0), None]),
    shares=st.lists(st.none() | st.floats(0, 1), min_size=1, max_size=9),
)
@settings(max_examples=40, deadline=None)
def test_everyone_tied_to_the_middle_is_in_one_ring_and_the_closer_inside(
    scale: tuple[float, float] | None, shares: list[float | None]
) -> None:
    low, high = scale or (1.0, 40.0)
    kart = around(
        {
            f"a{n}": None if share is None else max(low + share * (high - low), 0.01)
            for n, share in enumerate(shares)
        },
        strength_scale=scale,
    )
    found = rings(kart, "me", lang="en")
    members = [id_ for ring in found for id_ in ring.members]
    assert sorted(members) == sorted(f"a{n}" for n in range(len(shares)))
    strength = {tie.target: tie.strength for tie in kart.ties}
    known = [[strength[id_] or 0 for id_ in ring.members] for ring in found if ring.kind == "known"]
    filled = [one for one in known if one]
    assert all(min(one) >= max(other) for one, other in itertools.pairwise(filled))


def test_ties_of_the_others_are_thin_and_beneath() -> None:
    kart = around({"a": 5, "b": 5}).with_tie(source="a", target="b", strength=5, quality="strained")
    ties = by_gid(drawn(ego(kart, ax=sheet(), lang="en")), "tie:")
    assert ties["contact:a→b"].get_linewidth() < 0.5 * ties["contact:me→a"].get_linewidth()
    assert next(iter(ties)) == "contact:a→b"


def test_another_one_can_stand_in_the_middle() -> None:
    kart = example("municipal_service")
    axes = drawn(ego(kart, ax=sheet(), actor="fastlegene", lang="nb"))
    assert set(by_gid(axes, "focal:")) == {"fastlegene"}
    assert kart["fastlegene"].label in axes.get_title(loc="left")
    with pytest.raises(UnknownActor):
        ego(kart, ax=sheet(), actor="fastlegen")


def test_names_of_people_are_not_shown() -> None:
    kart = ActorMap(
        scope="individual",
        focal="kari",
        actors=[Actor(id="kari", name="Kari", kind="user"), Actor(id="per", name="Per", kind="gp")],
    ).with_tie(source="kari", target="per", strength=3)
    for asked in (None, "per"):
        axes = ego(kart, ax=sheet(), actor=asked)
        said = svg_text(axes)
        assert "Kari" not in said + stage(axes).alt
        assert "kari" not in said
    assert "Kari" in svg_text(ego(kart, ax=sheet(), names=True, consent="ignore"))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_maps_without_a_middle_and_with_nobody_around_it(lang: str) -> None:
    axes = drawn(ego(ActorMap(actors=[Actor(id="a")]), ax=sheet(), lang=lang))
    assert not by_gid(axes, "actor:")
    no_focal = text("figure.linkages_no_focal", lang)
    assert no_focal in stage(axes).alt
    assert said(axes).startswith(no_focal)
    for kart in (ActorMap(), ActorMap(focal="a", actors=[Actor(id="a")])):
        assert outside(drawn(ego(kart, ax=sheet(), lang=lang))) == []
    assert stage(ego(kart, ax=sheet(), lang=lang)).alt == text("figure.ego_alone", lang, actor="a")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_where_nobody_is_said_to_be_the_middle_the_best_connected_is_and_it_is_said(
    lang: str,
) -> None:
    axes = drawn(ego(example("florentine"), ax=sheet(), lang=lang))
    assert set(by_gid(axes, "focal:")) == {"medici"}
    said = text("figure.ego_best_connected", lang)
    assert by_gid(axes, "footer")[""].get_text().startswith(said)
    assert said in stage(axes).alt
    chosen = ego(example("florentine"), ax=sheet(), lang=lang, actor="pazzi")
    assert said not in stage(chosen).alt


def test_sixty_around_one_and_small_axes() -> None:
    kinds = ("gp", "dps", "nav", "friend", "school", "community", "arena")
    kart = ActorMap(
        focal="me",
        actors=[
            Actor(id="me"),
            *(
                Actor(id=f"a{n:02}", name=f"Kommunalt oppfølgingsteam {n}", kind=kinds[n % 7])
                for n in range(60)
            ),
        ],
    )
    for n in range(60):
        kart = kart.with_tie(source="me", target=f"a{n:02}", strength=1 + n % 5)
    axes = drawn(ego(kart, ax=sheet(), lang="nb"))
    assert covering(axes) == []
    centres = [middle_of(one) for one in by_gid(axes, "actor:").values()]
    assert min(math.dist(a, b) for a, b in itertools.combinations(centres, 2)) > 4.0
    small = drawn(ego(example("skane"), ax=sheet(style=Style(size=(5, 3.6))), lang="sv"))
    assert outside(small) == []


def test_manners() -> None:
    before = dict(mpl.rcParams)
    axes = sheet()
    figure: Any = axes.figure
    size = tuple(figure.get_size_inches())
    assert ego(example("skane"), ax=axes, title="") is axes
    assert axes.get_title(loc="left") == ""
    assert tuple(figure.get_size_inches()) == size
    assert dict(mpl.rcParams) == before
    assert svg_text(axes) == svg_text(ego(example("skane"), ax=sheet(), title=""))
    with pytest.raises(UnknownName):
        ego(ActorMap(), ax=sheet(), lang="xx")


def test_the_order_of_the_file_changes_nothing() -> None:
    kart = example("user_network")
    turned = kart.model_copy(update={"actors": kart.actors[::-1], "ties": kart.ties[::-1]})
    assert svg_text(ego(kart, ax=sheet(), names=True, consent="ignore")) == svg_text(
        ego(turned, ax=sheet(), names=True, consent="ignore")
    )


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("user", "personal"),
        ("employer", "work"),
        ("school", "work"),
        ("gp", "first"),
        ("dps", "second"),
        ("nav", "public"),
        ("dental", "public"),
        ("media", "civil"),
        ("provider", "other"),
        ("arena", "other"),
    ],
)
def test_spheres(kind: str, expected: str) -> None:
    assert sphere(ActorMap(actors=[Actor(id="a", kind=kind)]), "a") == expected


def test_what_points_to_those_left_out_is_left_out() -> None:
    kart = ActorMap(
        focal="bruker",
        actors=[Actor(id="bruker", kind="user"), Actor(id="lege", kind="gp"), Actor(id="nav")],
        ties=[Tie(source="bruker", target="lege", strength=2)],
        needs=["nav"],
        goals=[Goal(id="jobb", direction="higher", actors=["nav"])],
        plan=[Action(id="ring", responsible="nav")],
        positions={"nav": (1, 2)},
    )
    assert set(by_gid(ego(kart, ax=sheet()), "actor:")) == {"bruker", "lege"}
