"""The matrix of actors by actors: every example, every language, measured."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any

import matplotlib as mpl
import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure

from aktorkart import measures
from aktorkart.errors import UnknownName
from aktorkart.figures import Style, matrix, sheet, svg_text
from aktorkart.i18n import LANGUAGES, text
from aktorkart.model import Actor, ActorMap, Tie
from drawn import NAMES, by_gid, contrast, drawn, example, said, stage, table_faults
from slowly import but_one_slow
from test_engines import municipality

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def cells(axes: Axes) -> set[str]:
    return {gid for gid in by_gid(axes) if gid.startswith("cell:")}


def large(n: int) -> ActorMap:
    """Return a map of actors with real names, and ties by chance but always the same."""
    chance = random.Random(n)  # noqa: S311 - the same ties every time
    named = [one for name in NAMES[:4] for one in example(name).actors]
    actors = [
        Actor(
            id=f"a{at:03}",
            name=named[at % len(named)].label,
            kind=("gp", "dps", "nav", "peer", "next_of_kin", "unknown")[at % 6],
        )
        for at in range(n)
    ]
    pairs = {tuple(sorted(chance.sample(range(n), 2))) for _ in range(3 * n)}
    return ActorMap(
        actors=actors,
        ties=[
            Tie(
                source=actors[one].id,
                target=actors[other].id,
                strength=chance.choice([1, 2, 3, 4, 5, None]),
                mutual=chance.random() < 0.7,
            )
            for one, other in sorted(pairs)
        ],
    )


def team(**more: Any) -> ActorMap:
    return ActorMap(
        actors=[
            Actor(id="a", name="Fastlegen", kind="gp"),
            Actor(id="b", name="Rusteamet", kind="mental_health_team"),
            Actor(id="c", name="DPS", kind="dps"),
            Actor(id="d", name="Ukjent"),
        ],
        ties=[
            Tie(source="a", target="b", strength=2),
            Tie(source="a", target="b", strength=5, kind="referral", mutual=False),
            Tie(source="b", target="c", quality="strained", strength=4),
            Tie(source="c", target="d", quality="broken", mutual=False),
            Tie(source="a", target="c", needed=True, mutual=False),
            Tie(source="a", target="d", kind="conflict", mutual=False),
            Tie(source="d", target="b", mutual=False),
        ],
        **more,
    )


# --- every map, measured


@pytest.mark.parametrize(("name", "lang"), list(zip(NAMES, [*LANGUAGES, "en"], strict=True)))
def test_nothing_covers_anything_on_any_example(name: str, lang: str) -> None:
    axes = drawn(matrix(example(name), ax=sheet(), lang=lang))
    assert table_faults(axes) == []
    for gid, one in by_gid(axes).items():
        if gid.startswith(("label:", "meaning:", "blocks:", "number:")):
            assert one.get_visible(), gid
            assert one.get_fontsize() > 6


@pytest.mark.parametrize(
    "kart",
    [
        ActorMap(actors=[Actor(id="nav", kind="nav")]),
        ActorMap(actors=[Actor(id="a", name="$x_1$ <b>%s</b> {0} 🏥")], focal="a"),
        ActorMap(title="日本", actors=[Actor(id="a", name="å" * 90)]),
    ],
)
def test_maps_with_hardly_anything_are_drawn(kart: ActorMap) -> None:
    axes = drawn(matrix(kart, ax=sheet()))
    assert table_faults(axes) == []
    svg_text(axes)


def test_a_map_without_actors_says_so() -> None:
    axes = drawn(matrix(ActorMap(), ax=sheet(), lang="nn"))
    assert text("figure.no_actors", "nn") in said(axes)
    assert stage(axes).alt == text("figure.no_actors", "nn")


def test_forty_five_actors_are_all_named_and_readable() -> None:
    axes = drawn(matrix(large(45), ax=sheet()))
    assert table_faults(axes) == []
    found = by_gid(axes)
    for at in range(45):
        assert found[f"label:a{at:03}"].get_visible()
        assert found[f"label:a{at:03}"].get_fontsize() > 6.5
        # A row's number is its column's.
        assert found[f"head:a{at:03}"].get_text() == found[f"number:a{at:03}"].get_text()
    # Every other number stands above the columns where letters would be too small for all.
    heads = [found[f"head:a{at:03}"] for at in range(45)]
    assert sum(head.get_visible() for head in heads) >= 22


def test_a_hundred_and_twenty_actors_fit_and_the_missing_names_are_said() -> None:
    axes = drawn(matrix(large(120), ax=sheet(), lang="en"))
    assert table_faults(axes) == []
    labels = [one for gid, one in by_gid(axes).items() if gid.startswith("label:")]
    named = [one for one in labels if one.get_visible()]
    assert len(labels) == 120
    assert 30 < len(named) < 120
    assert min(one.get_fontsize() for one in named) >= Style().smallest
    assert text("figure.lattice_unnamed", "en", n=120) in said(axes)
    # Many cells are a few artists.
    assert not cells(axes)
    assert any(gid.startswith("cells:strength:") for gid in by_gid(axes))


@pytest.mark.parametrize("size", but_one_slow([(3, 2), (5, 7), (13.33, 7.5)]))
def test_other_sizes_hold_everything_too(size: tuple[float, float]) -> None:
    page = Figure(figsize=size, layout="constrained")
    FigureCanvasAgg(page)
    axes = page.subplots()
    before = dict(mpl.rcParams)
    assert matrix(example("municipal_service"), ax=axes) is axes
    page.canvas.draw()
    assert tuple(page.get_size_inches()) == size
    assert dict(mpl.rcParams) == before
    if size != (3, 2):
        assert table_faults(axes) == []


# --- what stands in the cells


def test_a_cell_is_the_strongest_channel_and_a_sign_is_what_does_not_work() -> None:
    """METHOD 7: the channel strength of a pair is that of its strongest channel."""
    axes = drawn(matrix(team(), ax=sheet(), lang="en"))
    assert cells(axes) == {
        *(f"cell:{one}→{one}" for one in "abcd"),
        "cell:a→b",
        "cell:b→a",
        "cell:b→c",
        "cell:c→b",
        "cell:c→d",
        "cell:a→c",
        "cell:a→d",
        "cell:d→b",
        "cell:d→b:1",  # the hatching of a strength that is not stated
        "cell:b→c:1",  # the sign upon how strong it is
        "cell:c→b:1",
    }
    found = by_gid(axes)
    darkness = {gid: sum(to_rgb(found[gid].get_facecolor()[:3])) for gid in cells(axes)}
    # From a to b the referral of 5 counts, back only the contact of 2.
    assert darkness["cell:a→b"] < darkness["cell:b→a"]
    for code in ("strained", "broken"):
        assert text(f"quality.{code}", "en") in said(axes)
    for code in ("missing", "strength_unknown"):
        assert text(f"figure.{code}", "en") in said(axes)
    # What does not work has a sign, and is not counted; how strong it is can be seen.
    assert found["cell:b→c:1"].get_facecolor()[3] == 0
    assert darkness["cell:b→c"] != darkness["cell:d→b"]
    totals = {one: found[f"total:{one}"].get_text() for one in "abcd"}
    sums = {one: found[f"sum:{one}"].get_text() for one in "abcd"}
    assert totals == {"a": "1", "b": "1", "c": "0", "d": "1"}
    assert sums == {"a": "1", "b": "2", "c": "0", "d": "0"}


def test_columns_have_names_where_there_is_room_and_numbers_of_rows_else() -> None:
    few, many = (drawn(matrix(large(n), ax=sheet())) for n in (16, 17))
    for gid, one in by_gid(few, "head:").items():
        assert one.get_text().replace("\n", " ") == by_gid(few)[f"label:{gid}"].get_text()
        assert not by_gid(few)[f"number:{gid}"].get_visible()
    for gid, one in by_gid(many, "head:").items():
        assert one.get_text() == by_gid(many)[f"number:{gid}"].get_text()


def test_on_a_small_page_numbers_stand_above_columns_and_every_row_has_its_name() -> None:
    """ISSUE 12, 2.1: names that have no room above the columns are not left out."""
    axes = drawn(matrix(municipality(12, 3), ax=sheet((110, 100))))
    names, heads = by_gid(axes, "label:"), by_gid(axes, "head:")
    assert all(one.get_visible() for one in names.values())
    numbers = by_gid(axes, "number:")
    assert [one.get_text() for one in heads.values()] == [numbers[gid].get_text() for gid in heads]
    assert all(one.get_visible() and one.get_rotation() == 0 for one in numbers.values())
    assert any(one.get_visible() for one in heads.values())


def test_rows_are_from_and_columns_are_to() -> None:
    kart = ActorMap(actors=[Actor(id="a"), Actor(id="b")]).with_tie(
        source="a", target="b", mutual=False
    )
    axes = drawn(matrix(kart, ax=sheet()))
    found = by_gid(axes)
    figure: Any = axes.figure
    renderer = figure.canvas.get_renderer()
    box = found["cell:a→b"].get_window_extent(renderer)
    row = found["label:a"].get_window_extent(renderer)
    column = found["head:b"].get_window_extent(renderer)
    assert box.y0 < (row.y0 + row.y1) / 2 < box.y1
    assert box.x0 < (column.x0 + column.x1) / 2 < box.x1


def test_shades_are_told_apart_in_grey() -> None:
    actors = [Actor(id=one) for one in "abcdef"]
    ties = [Tie(source="a", target=to, strength=at) for at, to in enumerate("bcdef", start=1)]
    axes = matrix(ActorMap(actors=actors, ties=ties), ax=sheet())
    grey = [
        sum(
            share * part
            for share, part in zip(
                (0.299, 0.587, 0.114),
                by_gid(axes)[f"cell:a→{to}"].get_facecolor()[:3],
                strict=True,
            )
        )
        for to in "bcdef"
    ]
    assert all(one - other > 0.1 for one, other in zip([1.0, *grey], grey, strict=False))


def test_numbers_are_read_on_every_page() -> None:
    for style in (Style(), Style.dark(), Style.print()):
        found = by_gid(drawn(matrix(example("helsedialog"), ax=sheet(style=style), style=style)))
        for gid, box in found.items():
            if gid.startswith("block:"):
                said = found[gid.replace("block:", "blocks:share:")]
                assert contrast(said.get_color(), box.get_facecolor()) > 4.5


def test_counts_without_an_upper_end_have_shades_too() -> None:
    actors = [Actor(id=one) for one in "abcd"]
    ties = [
        Tie(source="a", target=to, strength=count)
        for to, count in (("b", 1), ("c", 30), ("d", 900))
    ]
    kart = ActorMap(actors=actors, ties=ties, strength_scale=None)
    found = by_gid(drawn(matrix(kart, ax=sheet(), lang="en")))
    shades = [sum(found[f"cell:a→{to}"].get_facecolor()[:3]) for to in "bcd"]
    assert shades == sorted(shades, reverse=True)
    assert shades[0] - shades[1] == pytest.approx(shades[1] - shades[2], abs=0.1)


# --- groups


def test_groups_follow_one_another_and_the_most_central_come_first() -> None:
    kart = example("municipal_service")
    found = by_gid(drawn(matrix(kart, ax=sheet())))
    number = {actor.id: int(found[f"number:{actor.id}"].get_text()) for actor in kart.actors}
    measured = measures(kart)
    by_line: dict[str, list[str]] = {}
    for id_ in sorted(number, key=lambda one: number[one]):
        by_line.setdefault((kart.lines(id_) or ("",))[0], []).append(id_)
    assert list(by_line)[:2] == ["first", "second"]
    assert [one for line in by_line.values() for one in line] == sorted(number, key=number.get)  # type: ignore[arg-type]
    for line in by_line.values():
        values = [measured[id_].betweenness or 0.0 for id_ in line]
        assert values == sorted(values, reverse=True)


@pytest.mark.parametrize(
    ("name", "group"),
    [
        *(("municipal_service", one) for one in ("line", "level", "organisation", "community")),
        ("learning_network", "kind"),
    ],
)
def test_shares_are_the_densities_of_the_measures(name: str, group: str) -> None:
    """METHOD 7: density within and between groups, wherever a pair of groups has one."""
    kart = example(name)
    axes = drawn(matrix(kart, ax=sheet(), group=group))
    assert table_faults(axes) == []
    found = by_gid(axes)
    blocks = measures(kart, group=group).cohesion
    shown = sorted(found[gid].get_text() for gid in found if gid.startswith("blocks:share:"))
    for block in blocks.values():
        if block.density is not None:
            assert f"{100 * block.density:.0f}" in shown


def test_sums_of_the_groups_are_those_of_the_rows() -> None:
    axes = drawn(matrix(example("municipal_service"), ax=sheet(), group="community"))
    found = by_gid(axes)
    sums = [int(found[gid].get_text()) for gid in found if gid.startswith("blocks:sum:")]
    totals = [int(found[gid].get_text()) for gid in found if gid.startswith("total:")]
    assert sum(sums) == sum(totals) > 0


def test_communities_stand_together_and_are_counted_in_words() -> None:
    kart = example("municipal_service")
    axes = drawn(matrix(kart, ax=sheet(), group="community", lang="en"))
    found = by_gid(axes)
    number = {actor.id: int(found[f"number:{actor.id}"].get_text()) for actor in kart.actors}
    communities = measures(kart).communities
    assert communities is not None
    assert [
        sorted(number[id_] for id_ in group) == list(range(start, start + len(group)))
        for group, start in zip(
            communities.groups,
            np.cumsum([1, *map(len, communities.groups)]).tolist(),
            strict=False,
        )
    ] == [True] * len(communities.groups)
    size = len(communities.groups[0])
    assert found["blocks:name:0"].get_text() == f"Community 1: {size} actors"
    # One actor is no plural.
    assert "1 actor " in said(axes)


def test_many_groups_are_named_without_numbers_that_nobody_could_read() -> None:
    axes = drawn(matrix(example("municipal_service"), ax=sheet(), group="kind", lang="en"))
    found = by_gid(axes)
    assert not any(gid.startswith(("block:", "blocks:sum:", "blocks:share:")) for gid in found)
    assert sum(gid.startswith("blocks:name:") and found[gid].get_visible() for gid in found) == 31
    assert table_faults(axes) == []


def test_roles_hide_organisations_and_tags() -> None:
    kart = ActorMap(
        scope="individual",
        actors=[
            Actor(id="kari", name="Kari", kind="user", organisation="Hemmelig", tags={"lag": "X1"}),
            Actor(id="per", name="Per", kind="gp", organisation="Storgata", tags={"lag": "X2"}),
        ],
        ties=[Tie(source="kari", target="per")],
    )
    for group in ("organisation", "lag", "community"):
        words = said(drawn(matrix(kart, ax=sheet(), group=group)))
        for hidden in ("Kari", "Hemmelig", "Storgata", "X1"):
            assert hidden not in words
    assert "Hemmelig" in said(
        drawn(matrix(kart, ax=sheet(), group="organisation", names=True, consent="ignore"))
    )


def test_wrong_names_are_guessed() -> None:
    with pytest.raises(UnknownName, match="line"):
        matrix(team(), ax=sheet(), group="lin")
    with pytest.raises(UnknownName):
        matrix(team(), ax=sheet(), lang="no")


# --- in words


def test_alt_text_says_the_finding() -> None:
    alt = stage(matrix(team(), ax=sheet(), lang="en")).alt
    assert "3 of 12 possible channels" in alt
    assert "First line" in alt
    assert "Broken: DPS – Ukjent." in alt


@pytest.mark.parametrize("lang", LANGUAGES)
def test_title_and_notes_are_in_the_language(lang: str) -> None:
    axes = drawn(matrix(team(), ax=sheet(), lang=lang))
    assert axes.get_title(loc="left") == text("figure.matrix", lang)
    assert text("figure.matrix_note", lang) in said(axes)
    assert matrix(team(), ax=sheet(), title="").get_title(loc="left") == ""


def test_order_in_the_file_changes_nothing() -> None:
    kart = team()
    turned = ActorMap(actors=kart.actors[::-1], ties=kart.ties[::-1])
    assert svg_text(matrix(kart, ax=sheet())) == svg_text(matrix(turned, ax=sheet()))
