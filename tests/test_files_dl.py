"""DL files of UCINET: every form of data, both directions, and what is lost is told."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import aktorkart as ak
from aktorkart.errors import InvalidMap
from aktorkart.files.decoding import File
from aktorkart.files.dl import dump, load
from aktorkart.files.dl.reading import draft
from aktorkart.files.sheets import Reading
from aktorkart.i18n import LANGUAGES
from aktorkart.strategies import actor_maps
from refused import read_or_refused

if TYPE_CHECKING:
    from aktorkart.files.formats import Loaded
    from aktorkart.model import ActorMap


def loaded(text: str, **options: Any) -> Loaded:
    return load(File("kart.dl", text.encode()), Reading(**options))


def ties(kart: ActorMap) -> list[tuple[str, str, bool, float | None]]:
    return [(tie.source, tie.target, tie.mutual, tie.strength) for tie in kart.ties]


THREE = [("a", "b", True, 2.0), ("b", "c", False, 3.0)]
"""The same three actors in every form: a – b 2, b → c 3."""


@pytest.mark.parametrize(
    "text",
    [
        "dl n=3\nformat = fullmatrix\nlabels:\na,b,c\ndata:\n0 2 0\n2 0 3\n0 0 0\n",
        "DL N = 3\nLABELS:\na b\nc\nDATA:\n9 2 0 2 9 3\n0 0 9\n",
        "dl n=3 labels embedded data:\n a b c\na 0 2 0\nb 2 0 3\nc 0 0 0\n",
        "DL n=3, format=fullmatrix, diagonal absent\nlabels:\na,b,c\ndata:\n2 0\n2 3\n0 0\n",
        "dl nr=3 nc=3\nrow labels:\na b c\ncol labels:\nA B C\ndata:\n0 2 0\n2 0 3\n0 0 0\n",
        "dl n=3 row labels embedded\ncolumn labels:\na b c\ndata:\na 0 2 0\nb 2 0 3\nc 0 0 0\n",
        "dl\nn=3\nformat=edgelist1\nlabels:\na,b,c\ndata:\n1 2 2\n2 1 2\n2 3 3\n",
        "dl n=3 format=edgelist1\nlabels embedded:\ndata:\na b 2\nb a 2\nb c 3\n",
        "dl n=3 format=edgelist1\nlabels:\na,b,c\ndata:\nA,b,2\nb,A,2\nb,c,3\n",
        "dl format=el1 n=3 labels embedded data:\na b 2\r\nb a 2\r\nb c 3",
    ],
)
def test_the_same_in_every_form(text: str) -> None:
    """Row and column are a tie from the one to the other; equal cells are one mutual tie."""
    kart = loaded(text).kart
    assert [one.id for one in kart.actors] == ["a", "b", "c"]
    assert ties(kart) == THREE


@pytest.mark.parametrize(
    "text",
    [
        "dl n=3 format=lowerhalf diagonal absent\nlabels:\na,b,c\ndata:\n2\n0 3\n",
        "dl n=3 format=lowerhalf\nlabels:\na,b,c\ndata:\n2\n0 3\n",
        "dl n=3 format=lowerhalf diagonal present\nlabels:\na,b,c\ndata:\n0\n2 0\n0 3 0\n",
        "dl n=3 format=lowerhalf\nlabels:\na,b,c\ndata:\n0\n2 0\n0 3 0\n",
        "dl n=3 format=upperhalf diagonal = absent\nlabels:\na,b,c\ndata:\n2 0\n3\n",
        "dl n=3 format=upperhalf\nlabels:\na,b,c\ndata:\n0 2 0\n0 3\n0\n",
        "dl n=3 format=lowerhalf diagonal absent row labels embedded data:\na\nb 2\nc 0 3\n",
    ],
)
def test_halves_are_mutual(text: str) -> None:
    kart = loaded(text).kart
    assert [one.id for one in kart.actors] == ["a", "b", "c"]
    assert sorted(sorted(one[:2]) for one in ties(kart)) == [["a", "b"], ["b", "c"]]
    assert all(tie.mutual for tie in kart.ties)
    assert {tie.strength for tie in kart.ties} == {2.0, 3.0}


@pytest.mark.parametrize(
    "text",
    [
        "dl n=4 format=nodelist1\nlabels:\na,b,c,d\ndata:\n1 2 3\n2 1\n",
        "dl n=4 format=nodelist1\nlabels:\na,b,c,d\ndata:\na b c\nb a\n",
        "dl n=4 format=nodelist1b\nlabels:\na,b,c,d\ndata:\n2 2 3\n1 1\n0\n0\n",
    ],
)
def test_lists_of_nodes(text: str) -> None:
    found = loaded(text)
    assert [one.id for one in found.kart.actors] == ["a", "b", "c", "d"]
    assert ties(found.kart) == [("a", "b", True, None), ("a", "c", False, None)]


def test_a_pair_without_its_return_goes_one_way_unless_we_are_told() -> None:
    text = "dl n=3 format=edgelist1\ndata:\n1 2 4\n3 2 2\n"
    found = loaded(text)
    assert [tie.mutual for tie in found.kart.ties] == [False, False]
    assert [note.code for note in found.notes] == ["read_one_way"]
    assert [tie.mutual for tie in loaded(text, directed=False).kart.ties] == [True, True]


@pytest.mark.parametrize(
    "text",
    [
        (
            "dl nr=2, nc=3 format=edgelist2\nrow labels:\nkari,ola\ncol labels:\nkor,møte,nav\n"
            "data:\n1 1\n1 2\n2 2\n"
        ),
        (
            "dl nr=2, nc=3 format=nodelist2\nrow labels:\nkari,ola\ncolumn labels:\nkor,møte,nav\n"
            "data:\n1 1 2\n2 2\n"
        ),
        (
            "dl nr=2 nc=3 format=nodelist2 row labels embedded column labels:\nkor,møte,nav\n"
            "data:\nkari kor møte\nola møte\n"
        ),
        "dl nr=2 nc=3\nrow labels:\nkari,ola\ncol labels:\nkor møte nav\ndata:\n1 1 0\n0 1 0\n",
        "dl nr=2 nc=3 labels embedded\ndata:\nkor møte nav\nkari 1 1 0\nola 0 1 0\n",
    ],
)
def test_two_modes_are_people_and_arenas(text: str) -> None:
    found = loaded(text)
    assert [(one.id, one.kind) for one in found.kart.actors] == [
        ("kari", "unknown"),
        ("ola", "unknown"),
        ("kor", "arena"),
        ("møte", "arena"),
        ("nav", "arena"),
    ]
    assert [(tie.source, tie.target, tie.kind, tie.mutual) for tie in found.kart.ties] == [
        ("kari", "kor", "membership", True),
        ("kari", "møte", "membership", True),
        ("ola", "møte", "membership", True),
    ]
    assert "two_modes_read" in [note.code for note in found.notes]


def test_the_same_label_in_both_modes_is_two() -> None:
    kart = loaded("dl nr=2 nc=2\nrow labels: a,b\ncol labels: b,c\ndata:\n1 0\n1 1\n").kart
    assert [(one.id, one.name) for one in kart.actors] == [
        ("a", "a"),
        ("b", "b"),
        ("b (2)", "b"),
        ("c", "c"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        (
            "dl n=3 nm=2\nlabels:\na,b,c\nmatrix labels:\ntrust,referral\ndata:\n"
            "0 2 0\n2 0 3\n0 0 0\n\n0 0 0\n0 0 0\n4 0 0\n"
        ),
        (
            "dl n=3 nm=2 labels embedded\nmatrix labels:\ntrust,referral\ndata:\na b c\n"
            "a 0 2 0\nb 2 0 3\nc 0 0 0\na b c\na 0 0 0\nb 0 0 0\nc 4 0 0\n"
        ),
        (
            "dl n=3 nm=2 labels embedded\nlevel labels:\ntrust,referral\ndata:\na b c\n"
            "a 0 2 0\nb 2 0 3\nc 0 0 0\n0 0 0\n0 0 0\n4 0 0\n"
        ),
        (
            "dl n=3 nm=2 format=edgelist1\nlabels:\na,b,c\nmatrix labels:\ntrust,referral\ndata:\n"
            "1 2 2\n2 1 2\n2 3 3\n!\n3 1 4\n"
        ),
    ],
)
def test_several_matrices_are_kinds_of_ties(text: str) -> None:
    kart = loaded(text).kart
    assert ties(kart) == [*THREE, ("c", "a", False, 4.0)]
    assert [tie.kind for tie in kart.ties] == ["trust", "trust", "referral"]


def test_equal_labels_stay_apart_and_quotes_hold_blanks() -> None:
    kart = loaded(
        'dl n=3\nlabels:\n"Fast lege" "Fast lege" "NAV, Ås"\ndata:\n0 2 0 2 0 0 0 0 0'
    ).kart
    assert [(one.id, one.name) for one in kart.actors] == [
        ("1", "Fast lege"),
        ("2", "Fast lege"),
        ("3", "NAV, Ås"),
    ]


def test_words_of_the_head_may_be_labels() -> None:
    kart = loaded("dl n=4\nlabels:\nn\nformat\ndata\nlabels\ndata:\n" + "0 " * 16).kart
    assert [one.id for one in kart.actors] == ["n", "format", "data", "labels"]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("", {"dl_no_head"}),
        ("*Vertices 3\n", {"dl_no_head"}),
        ("dl n=3\n0 1 0\n", {"dl_word", "dl_no_data"}),
        ("dl n=2 format=edgelist\nlabels:\na,b,c\ndata:\n1 2\n", {"dl_word"}),
        ("dl n=2 format=edgelits1\ndata:\n1 2\n", {"dl_format"}),
        ("dl\ndata:\n0 1 1 0\n", {"dl_no_size"}),
        ("dl n=3\ndata:\n0 1 1\n1 0\n", {"matrix_cells"}),
        ("dl n=999999999\ndata:\n0\n", {"too_many_actors"}),
        ("dl n=3 nm=999999999 data: 0\n", {"too_many_actors"}),
        ("dl n=199999 diagonal absent data: 0\n", {"matrix_cells"}),
        ("dl n=2\ndata:\n0 x 1 0\n", {"not_number"}),
        ("dl n=2 format=edgelist1\nlabels: nav,dps\ndata:\n1\n1 3\nnva dps 2\n1 2 x\n",
         {"needs_two_ends", "unknown_vertex", "not_number"}),
        ("dl n=2 format=edgelist1 labels embedded data:\na b\nb c\n", {"unknown_vertex"}),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_with_its_line(text: str, codes: set[str]) -> None:
    with pytest.raises(InvalidMap) as caught:
        loaded(text)
    assert {one.code for one in caught.value.problems} == codes
    for lang in LANGUAGES:
        assert "kart.dl" in caught.value.text(lang)


def test_a_misspelt_label_is_guessed() -> None:
    with pytest.raises(InvalidMap) as caught:
        loaded("dl n=2 format=edgelist1\nlabels: fastlege,dps\ndata:\nfastlegen dps 2\n")
    (problem,) = caught.value.problems
    assert problem.guesses == ("fastlege",)
    assert problem.place.line == 4


# --- a reference: the matrix itself


@st.composite
def matrices(draw: st.DrawFn) -> list[list[int]]:
    n = draw(st.integers(2, 5))
    cells = st.integers(0, 3)
    return [[0 if row == column else draw(cells) for column in range(n)] for row in range(n)]


@settings(max_examples=40, deadline=None)
@given(matrices())
def test_matrix_and_list_say_the_same(matrix: list[list[int]]) -> None:
    """Each cell is found again as a tie that goes its way, from both forms."""
    n = len(matrix)
    rows = "\n".join(" ".join(map(str, row)) for row in matrix)
    pairs = "\n".join(
        f"{row + 1} {column + 1} {matrix[row][column]}"
        for row in range(n)
        for column in range(n)
        if row != column
    )
    for text in (f"dl n={n}\ndata:\n{rows}\n", f"dl n={n} format=edgelist1\ndata:\n{pairs}\n"):
        found = loaded(text, weights="given").kart
        again = [[0.0] * n for _ in range(n)]
        for tie in found.ties:
            one, two = int(tie.source) - 1, int(tie.target) - 1
            again[one][two] = tie.strength or 0
            if tie.mutual:
                again[two][one] = tie.strength or 0
        assert again == matrix


@settings(max_examples=40, deadline=None)
@given(actor_maps())
def test_what_we_write_comes_back_or_is_told(kart: ActorMap) -> None:
    """Issue 11: nothing wrong, everything lost is listed; what is needed is never there."""
    made = dump(kart, "kart.dl")
    data = made.files["kart.dl"]
    back = load(File("kart.dl", data), Reading(weights="given")).kart
    told = {note.code: note.values for note in made.notes}
    labels = [one.id for one in back.actors]
    assert len({one.upper() for one in labels}) == len(labels) == len(kart.actors)
    assert all(len(one) <= 18 for one in labels)
    changed = [
        actor.id for actor, label in zip(kart.actors, labels, strict=True) if actor.id != label
    ]
    assert len(changed) == told.get("labels_shortened", {}).get("n", 0)
    code = dict(zip((one.id for one in kart.actors), labels, strict=True))
    there = [tie for tie in kart.ties_in_force if not tie.needed]
    assert {frozenset((code[one.source], code[one.target])) for one in there} == {
        frozenset((one.source, one.target)) for one in back.ties
    }
    if "parallel_joined" not in told:
        arcs = [
            {(*ends, tie.strength, tie.kind) for tie in ties_ for ends in _ways(tie, names)}
            for ties_, names in ((there, code), (back.ties, {one: one for one in labels}))
        ]
        kinds = {tie.kind for tie in there}
        if all(_plain_word(kind) for kind in kinds):
            assert arcs[0] == arcs[1]


def _ways(tie: Any, names: dict[str, str]) -> list[tuple[str, str]]:
    ends = (names[tie.source], names[tie.target])
    return [ends, ends[::-1]] if tie.mutual else [ends]


def _plain_word(kind: str) -> bool:
    return kind.isascii() and kind.replace("_", "").isalnum() and len(kind) <= 18


# --- whatever else


@settings(max_examples=40, deadline=None)
@given(
    st.text(
        st.sampled_from('dlnm=: 0123formatedgeslabelsembeddata\n,"!') | st.characters(),
        max_size=120,
    )
)
def test_any_text_is_read_or_refused_in_words(text: str) -> None:
    for source in (text, f"dl {text}", f"dl n=3 format=edgelist1\nlabels:\na,b,c\ndata:\n{text}"):
        with read_or_refused():
            draft(File("kart.dl", source.encode("utf-8", "surrogatepass")))


@pytest.mark.parametrize(
    "noise",
    ["x" * 3_000_000, "labels " * 300_000, '" ' * 1_000_000, "n=3 " * 300_000, "1 2\n" * 200_000],
)
@pytest.mark.parametrize("head", ["dl ", "dl labels: ", "dl n=9 format=edgelist1 data: "])
def test_noise_does_not_hang(head: str, noise: str) -> None:
    begun = time.perf_counter()
    with read_or_refused():
        draft(File("kart.dl", (head + noise).encode()))
    assert time.perf_counter() - begun < 20


def test_a_map_around_a_person_needs_consent(tmp_path: Any) -> None:
    kart = ak.ActorMap(scope="individual", actors=[ak.Actor(id="kari", kind="user")])
    with pytest.raises(ak.errors.NoConsent):
        ak.write(kart, tmp_path / "kart.dl")
