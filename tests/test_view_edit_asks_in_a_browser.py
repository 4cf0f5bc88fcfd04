"""What the page that maps are built in asks, offers and tells, in a browser."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

import aktorkart as ak
from aktorkart.viewer.edit import EditPage
from aktorkart.viewer.seen import seen_of
from test_view_edit_in_a_browser import SMALL, html_of, marked, middle, saved, small_html

if TYPE_CHECKING:
    from pathlib import Path

PHONE: dict[str, Any] = {"width": 375, "height": 667, "has_touch": True, "is_mobile": True}


# --- what kind somebody is


def write_new(page: Any, name: str) -> None:
    page.keyboard.press("n")
    page.keyboard.type(name)


@pytest.mark.parametrize(
    ("name", "kind", "code"),
    [
        ("Ansvarsgruppe(n)", "samarbeidsarena", "arena"),
        ("Psykisk helseteam", "psykisk helse- og rusteam", "mental_health_team"),
        ("Mor (pårørende)", "pårørende", "next_of_kin"),
        ("Kari Nordmann", "", "unknown"),
    ],
)
def test_the_kind_that_a_name_says_is_offered(
    opened: Any, tmp_path: Path, name: str, kind: str, code: str
) -> None:
    page = opened(html_of(None))
    write_new(page, name)
    assert page.input_value("#new-kind") == kind
    assert ("Foreslått" in page.inner_text("#kind-why")) == bool(kind)
    page.keyboard.press("Enter")
    (one,) = saved(page, tmp_path).actors
    assert (one.label, one.kind) == (name, code)


def test_what_is_offered_is_changed_or_left_out(opened: Any, tmp_path: Path) -> None:
    page = opened(html_of(None))
    for name, keys in (
        ("NAV Østby", ("Tab", "k", "o", "o", "Enter", "Enter")),
        ("DPS Nordre", ("Tab", "Delete", "Enter")),
        ("Legevakta", ("Tab", "Delete", "Shift+Tab", "End", "s", "Enter")),  # it stays left out
    ):
        write_new(page, name)
        for key in keys[: len(keys) - page.locator("#adding[hidden]").count()]:
            if page.locator("#adding:not([hidden])").count():
                page.keyboard.press(key)
    assert [one.kind for one in saved(page, tmp_path).actors] == [
        "coordinator",
        "unknown",
        "unknown",
    ]


def test_where_two_kinds_fit_it_is_asked_which(opened: Any, tmp_path: Path) -> None:
    page = opened(html_of(None))
    write_new(page, "NAV Østby kommune")
    assert page.input_value("#new-kind") == ""
    assert "NAV eller kommune" in page.inner_text("#kind-why")
    page.keyboard.press("Enter")
    assert page.locator("#new-kinds li").all_inner_texts()[:2] == ["NAV", "kommune"]
    assert page.locator("#new-kinds [aria-selected=true]").count() == 0
    for key in ("ArrowDown", "ArrowDown", "Enter"):
        page.keyboard.press(key)
    # Whoever does not answer puts somebody of no known kind on the map.
    write_new(page, "Koordinator i NAV")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    assert [one.kind for one in saved(page, tmp_path).actors] == ["municipality", "unknown"]


@pytest.mark.parametrize(
    ("lang", "kinds"),
    [
        ("nb", ("fastlege", "NAV eller kommune?", "ukjent type")),
        ("nn", ("fastlege", "NAV eller kommune?", "ukjend type")),
        ("sv", ("husläkare", "NAV (arbets- och välfärdsmyndighet) eller kommun?", "okänd typ")),
        ("en", ("GP", "NAV (labour and welfare) or municipality?", "unknown kind")),
    ],
)
def test_in_a_list_that_is_pasted_it_is_shown_and_not_decided(
    opened: Any, tmp_path: Path, lang: str, kinds: tuple[str, ...]
) -> None:
    page = opened(html_of(None, lang))
    page.locator("#save summary").click()
    page.locator("#paste-open").click()
    names = ("Fastlege Hansen", "NAV Østby kommune", "Kari")
    page.fill("#pasted", "\n".join(names))
    rows = page.locator("#paste-rows li").all_inner_texts()
    assert rows == [f"{name} {kind}" for name, kind in zip(names, kinds, strict=True)]
    page.locator("#paste-add").click()
    assert [one.kind for one in saved(page, tmp_path).actors] == ["gp", "unknown", "unknown"]


# --- a tie


def test_with_nobody_chosen_both_ends_are_asked_for(opened: Any, tmp_path: Path) -> None:
    page = opened(small_html())
    page.keyboard.press("r")
    assert page.locator("#first").is_visible()
    for words, error in (("Legevakten", True), ("nav", False)):
        page.fill("#first-end", words)
        page.keyboard.press("Enter")
        assert bool(page.locator(".wrong").count()) == error
    page.keyboard.type("n")
    assert page.locator("#other-ends li").all_inner_texts() == ["Brukeren"]  # not NAV itself
    page.fill("#other-end", "dps")
    page.keyboard.press("Enter")
    page.keyboard.press("3")
    tie = saved(page, tmp_path).ties[-1]
    assert (tie.ends, tie.strength) == (("nav", "dps"), 3)
    # Somebody in hand, or a tie, is asked from without a word.
    page.keyboard.press("r")
    assert page.locator("#first").is_hidden()
    page.keyboard.press("Escape")
    marked(page, "Brukeren").click()
    page.locator("#tie").click()
    assert page.locator("#first").is_hidden()
    assert "Brukeren" in page.inner_text("#tying-from")


def test_the_handle_of_a_tie_shows_and_takes(opened: Any, tmp_path: Path) -> None:
    page = opened(small_html())
    knob = marked(page, "DPS").locator(".knob")
    page.mouse.move(5, 700)
    assert not knob.is_visible()
    page.mouse.move(*middle(page, "DPS"))
    assert knob.is_visible()
    page.mouse.move(5, 700)
    marked(page, "DPS").focus()
    assert knob.is_visible()
    box = knob.bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(*middle(page, "NAV"), steps=4)
    page.mouse.up()
    kart = saved(page, tmp_path)
    assert [tie.ends for tie in kart.ties[1:]] == [("dps", "nav")]
    assert not kart.positions  # nobody was moved


def test_while_somebody_is_dragged_nothing_but_theirs_is_drawn(opened: Any) -> None:
    page = opened(html_of("user_network"))
    kart = ak.examples.user_network()
    id_ = "fastlege"
    theirs = [at for at, tie in enumerate(kart.ties) if id_ in tie.ends]
    assert 0 < len(theirs) < len(kart.ties) / 2
    named = page.locator(f'.n[data-a="{id_}"]')
    place = page.locator(f'.a[data-a="{id_}"] use').first.bounding_box()
    before = named.bounding_box()
    page.evaluate(
        """() => { window.seen = [];
          const watched = {subtree: true, childList: true, attributeFilter: ["transform"]};
          const told = (one) => (one.type === "childList"
            ? [...one.addedNodes].map((node) => node.dataset?.t) : [one.target.dataset.a]);
          new MutationObserver((all) => seen.push(...all.flatMap(told)))
            .observe(document.getElementById("map"), watched); }"""
    )
    lines = page.evaluate("document.getElementById('ties').innerHTML")
    x, y = place["x"] + place["width"] / 2, place["y"] + place["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 40, y + 30, steps=2)
    touched = set(page.evaluate("seen"))
    assert touched == {id_, *map(str, theirs)}
    moved = named.bounding_box()
    assert moved["x"] - before["x"] == pytest.approx(40, abs=1)
    assert moved["y"] - before["y"] == pytest.approx(30, abs=1)
    # What is called off leaves all as it was.
    page.evaluate("document.getElementById('map').dispatchEvent(new PointerEvent('pointercancel'))")
    assert named.bounding_box() == before
    assert page.evaluate("document.getElementById('ties').innerHTML") == lines


def test_who_is_chosen_leaves_ties_and_names_as_they_are(opened: Any) -> None:
    page = opened(html_of("user_network"))
    page.evaluate(
        """() => { window.seen = 0;
          const count = new MutationObserver((all) => { seen += all.length; });
          for (const id of ["ties", "names"])
            count.observe(document.getElementById(id), {subtree: true, childList: true}); }"""
    )
    for id_ in ("fastlege", "bruker"):
        page.locator(f'.a[data-a="{id_}"]').click()
        assert page.locator(".a[aria-pressed=true]").get_attribute("data-a") == id_
    assert page.evaluate("seen") == 0
    # A tie in hand is seen, and roles and letters of another size are names of another sort.
    for deed in ("#card .ties button >> nth=0", "#save summary", "#large-on"):
        page.locator(deed).click()
        if deed != "#save summary":
            assert page.evaluate("seen") > 0
        page.evaluate("seen = 0")
    assert page.locator(".held").count() == 1


# --- words


def test_an_empty_map_says_once_that_nobody_is_the_user(opened: Any) -> None:
    page = opened(html_of(None))
    said = page.locator("#findings li").all_inner_texts()
    assert len([one for one in said if "hvem som er brukeren" in one]) == 1


def test_the_circles_say_what_they_are(opened: Any) -> None:
    page = opened(small_html())
    hint = page.locator("#circles-how")
    assert hint.is_hidden()
    page.keyboard.press("c")
    assert hint.is_visible()
    assert "styrke" in hint.inner_text()
    page.keyboard.press("c")
    assert hint.is_hidden()


def test_on_a_phone_the_help_speaks_of_hands(opened: Any) -> None:
    page = opened(html_of(None), **PHONE)
    assert "to ganger" in page.inner_text("#empty")
    page.locator("#ask").tap()
    said = page.inner_text("#help")
    assert "prikken" in said
    assert "Ctrl" not in said
    assert "Enter" not in said
    page.locator("#help-close").tap()
    page.locator("#add").tap()
    page.fill("#new-name", "NAV")
    page.locator("#adding .main").tap()
    assert page.locator("kbd:visible").count() == 0
    other = opened(html_of(None))
    other.keyboard.press("h")
    assert "prikken" not in other.inner_text("#help")


def test_by_touch_a_tie_is_drawn_and_a_kind_is_chosen(opened: Any, tmp_path: Path) -> None:
    page = opened(html_of(None), **PHONE)
    for name, at in (("NAV Østby kommune", 1), ("DPS", None)):
        page.locator("#add").tap()
        page.fill("#new-name", name)
        page.locator("#adding .main").tap()
        if at is not None:
            # The list lies over the map, which does not take it for a touch of its own.
            page.locator("#new-kinds li").nth(at).tap()
            page.locator("#adding .main").tap()
        page.locator("#close").tap()
    page.evaluate("scrollTo(0, 0)")
    marked(page, "DPS").tap()
    page.locator("#close").tap()
    page.evaluate("scrollTo(0, 0)")
    box = marked(page, "DPS").locator(".knob").bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    end_x, end_y = middle(page, "NAV Østby kommune")
    session = page.context.new_cdp_session(page)
    for kind, share in (("touchStart", 0), ("touchMove", 0.5), ("touchMove", 1), ("touchEnd", 1)):
        spot = {"x": x + share * (end_x - x), "y": y + share * (end_y - y), "id": 1}
        points = [] if kind == "touchEnd" else [spot]
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
    kart = saved(page, tmp_path)
    assert [one.kind for one in kart.actors] == ["municipality", "dps"]
    assert [tie.ends for tie in kart.ties] == [("dps", "nav-ostby-kommune")]


def test_on_a_phone_who_is_chosen_is_not_beneath_the_card(opened: Any) -> None:
    page = opened(html_of("user_network"), **PHONE)
    page.locator("#fit").tap()
    frame = page.locator("#frame").bounding_box()
    for at in range(0, page.locator(".a").count(), 3):
        page.locator("#fit").tap()
        page.locator(".a").nth(at).tap(force=True)
        mark, card = (
            page.locator(one).bounding_box() for one in (".a[aria-pressed=true]", "#card")
        )
        assert frame["y"] <= mark["y"]
        assert mark["y"] + mark["height"] <= card["y"]
        page.locator("#close").tap()


def test_what_has_happened_is_seen(opened: Any) -> None:
    page = opened(html_of(None))
    write_new(page, "NAV")
    page.keyboard.press("Enter")
    page.wait_for_selector("#status:visible:has-text('NAV står på kartet')")


# --- fields


def test_dates_and_notes_are_written_and_what_cannot_be_is_told(
    opened: Any, tmp_path: Path
) -> None:
    page = opened(small_html())
    marked(page, "NAV").click()
    assert page.input_value("#card-note") == "a\nb"
    page.fill("#card-note", " Ring først. \n\nTirsdager\u200b ")
    page.keyboard.press("Tab")
    page.locator("#card .ties button").click()
    page.fill("#card-since", "2025-02")
    page.fill("#card-until", "2025-01-31")  # before it begins
    page.keyboard.press("Tab")
    assert page.get_attribute("#card-until", "aria-invalid") == "true"
    page.wait_for_selector("#status:has-text('før starten')")
    page.fill("#card-until", "31.1.2026")
    page.keyboard.press("Tab")
    page.wait_for_selector("#status:has-text('2026-03-01')")
    page.fill("#card-until", "2025")
    page.fill("#card-note", "Følges opp")
    page.keyboard.press("Tab")
    kart = saved(page, tmp_path)
    assert kart["nav"].note == "Ring først.\n\nTirsdager"
    (tie,) = kart.ties
    assert (tie.since, tie.until, tie.note) == ("2025-02", "2025", "Følges opp")
    assert dict(tie.trust) == {"openness": 2}
    page.fill("#card-until", "")
    page.fill("#card-note", "")
    page.keyboard.press("Tab")
    (tie,) = saved(page, tmp_path).ties
    assert (tie.until, tie.note) == (None, None)


def test_whoever_leaves_a_field_gets_where_they_went(opened: Any, tmp_path: Path) -> None:
    page = opened(small_html())
    marked(page, "NAV").click()
    page.locator("#card .ties button").click()
    page.locator("#card-since").click()
    page.keyboard.type("2025")
    page.keyboard.press("Tab")
    page.keyboard.type("2026")
    page.locator("#card-note").click()
    page.keyboard.type("Ja")
    page.locator("#strength-2").click()
    (tie,) = saved(page, tmp_path).ties
    assert (tie.since, tie.until, tie.note, tie.strength) == ("2025", "2026", "Ja", 2)


def test_goals_are_called_something_else_and_keep_all_else(opened: Any, tmp_path: Path) -> None:
    page = opened(small_html())
    page.locator("#tab-map").click()
    for title in ("Sove bedre", ""):
        page.fill("#goal-0", title)
        page.keyboard.press("Tab")
        (goal,) = saved(page, tmp_path).goals
        assert goal == ak.ActorMap(**SMALL).goals[0].model_copy(update={"title": title or None})
    assert saved(page, tmp_path) == ak.ActorMap(**SMALL)


def test_by_touch_somebody_is_picked_and_then_placed(opened: Any, tmp_path: Path) -> None:
    page = opened(small_html(), **PHONE)
    page.locator("#save summary").tap()
    page.locator("#grid-open").tap()
    cell = page.locator('[data-power="2"][data-interest="4"]')
    cell.tap()  # nobody is picked yet
    for name in ("DPS", "NAV", "NAV", "DPS", "DPS"):
        chip = page.locator(".chip", has_text=name)
        chip.tap()
    assert chip.get_attribute("aria-pressed") == "false"
    chip.tap()
    assert chip.get_attribute("aria-pressed") == "true"
    cell.tap()
    assert cell.locator(".chip").all_inner_texts() == ["DPS"]
    page.locator("#grid-close").tap()
    kart = saved(page, tmp_path)
    assert (kart["dps"].power, kart["dps"].interest) == (2, 4)
    assert kart["nav"].power is None


# --- the file


@pytest.mark.parametrize(
    ("fields", "own", "file"),
    [
        ({"title": "Tirsdag 3. mars"}, None, "tirsdag-3-mars.yaml"),
        ({"title": "../Åse: «Ødegård»"}, None, "ase-odegard.yaml"),
        ({"title": "CON"}, None, "con-2.yaml"),
        ({"title": "Rundt Kari", "scope": "individual"}, None, "kart.yaml"),
        ({}, None, "kart.yaml"),
        ({"title": "Tirsdag"}, "nordre.2026.xlsx", "nordre.2026.yaml"),
    ],
)
def test_the_file_is_called_as_what_it_is_of(
    opened: Any, tmp_path: Path, fields: dict[str, Any], own: str | None, file: str
) -> None:
    kart = ak.ActorMap(**fields)
    page = opened(EditPage(seen_of(kart, None, lang="nb"), kart, file=own).html())
    saved(page, tmp_path)
    assert (tmp_path / file).exists()
    assert page.inner_text("#state") == f"Lagret: {file}"
