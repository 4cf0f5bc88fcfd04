"""The page of a map in a browser: by mouse, by keyboard, by touch, and read by a checker."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import aktorkart as ak
from aktorkart.i18n import LANGUAGES
from slowly import but_one_slow


def map_of(**fields: Any) -> ak.ActorMap:
    return ak.ActorMap(**fields)


@cache
def html_of(name: str, lang: str) -> str:
    return ak.view(ak.examples.read(name), lang=lang).html


def data_of(page: Any) -> dict[str, Any]:
    known: dict[str, Any] = json.loads(page.inner_text("#data") or page.text_content("#data"))
    return known


def number_of(page: Any, name: str) -> int:
    return [one["n"] for one in data_of(page)["a"]].index(name)


def mark(page: Any, name: str) -> Any:
    return page.locator(".a").nth(number_of(page, name))


def label_of(page: Any) -> str:
    """Return what is read aloud of who has the focus."""
    label: str = page.evaluate("document.activeElement.getAttribute('aria-label') ?? ''")
    return label


# --- read by a checker


@pytest.mark.parametrize(
    ("width", "scheme"),
    but_one_slow([(1000, "light"), (375, "light"), (1000, "dark"), (375, "dark")], spread=True),
)
@pytest.mark.parametrize(
    ("name", "lang"),
    but_one_slow([("user_network", "nb"), ("municipal_service", "en")], spread=True),
)
def test_pages_can_be_used_by_everybody(
    opened: Any, name: str, lang: str, width: int, scheme: str
) -> None:
    """ISSUE 14.1: axe-core without violations, with a finding lit, and with somebody open."""
    from axe_playwright_python.sync_playwright import Axe

    page = opened(html_of(name, lang), width=width, color_scheme=scheme)
    for step in ("finding", "actor"):
        if step == "finding":
            page.locator("#as-table summary").click()
            page.locator("#findings button").first.click()
        else:
            page.locator("#tab-show").click()
            page.locator(".a").first.focus()
            page.keyboard.press("Enter")
        violations = Axe().run(page).response["violations"]
        found = [(one["id"], one["nodes"][0]["target"]) for one in violations]
        assert found == [], step
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("lang", but_one_slow(list(LANGUAGES)))
def test_an_actor_is_read_aloud_with_its_ties(opened: Any, lang: str) -> None:
    page = opened(html_of("user_network", lang))
    for label in page.eval_on_selector_all(".a", "all => all.map(one => one.ariaLabel)"):
        assert ". " in label
        assert label.endswith(".")
    if lang == "nb":
        assert (
            mark(page, "Fastlege").get_attribute("aria-label").startswith("Fastlege. Relasjoner: ")
        )


# --- by mouse


def test_whoever_has_a_tie_is_opened_from_the_card(opened: Any) -> None:
    page = opened(html_of("user_network", "nb"))
    mark(page, "Fastlege").click()
    other = page.locator("#card .ties button").first
    name = other.inner_text().removeprefix("→ ").removeprefix("← ")
    other.click()
    assert page.inner_text("#called") == name


def test_who_is_clicked_shows_facts_ties_and_neighbours(opened: Any) -> None:
    page = opened(html_of("user_network", "nb"))
    mark(page, "Fastlege").click()
    assert page.inner_text("#called") == "Fastlege"
    data = data_of(page)
    me = number_of(page, "Fastlege")
    near = {one["a"] + one["b"] - me for one in data["t"] if me in {one["a"], one["b"]}}
    lit = page.eval_on_selector_all(".a.lit", "all => all.map(one => Number(one.dataset.a))")
    assert set(lit) == near | {me}
    other = page.locator("#card .ties button").first
    name = other.inner_text().strip("→← ")
    other.click()
    assert page.inner_text("#called") == name
    page.locator("#close").click()
    assert page.locator("#card").is_hidden()
    assert page.locator(".a.lit").count() == 0


@pytest.mark.slow
def test_who_is_pointed_at_is_shown_for_as_long(opened: Any) -> None:
    page = opened(html_of("user_network", "nb"))
    mark(page, "Fastlege").hover()
    page.wait_for_selector("#called")
    assert page.inner_text("#called") == "Fastlege"
    assert page.locator("#close").count() == 0
    page.mouse.move(5, 5)
    page.wait_for_selector("#tabs", state="visible")
    assert page.locator("#card").is_hidden()


def test_a_finding_lights_up_what_it_is_about(opened: Any) -> None:
    page = opened(html_of("user_network", "nb"))
    data = data_of(page)
    at = next(place for place, one in enumerate(data["f"]) if one["a"] and one["t"])
    page.get_by_role("button", name=data["f"][at]["x"]).click()
    lit = page.eval_on_selector_all(
        ".t", "all => all.flatMap((one, at) => one.classList.contains('lit') ? [at] : [])"
    )
    assert lit == data["f"][at]["t"]
    assert page.locator("#front .t").count() == len(lit)
    assert data["f"][at]["x"] in page.inner_text("#told")
    page.locator("#undo").click()
    assert page.locator(".t.lit").count() == 0


def test_dropping_out_shows_the_numbers_of_the_analysis(opened: Any) -> None:
    page = opened(html_of("municipal_service", "nb"))
    data = data_of(page)
    at = max(
        (place for place, one in enumerate(data["w"]["drops"]) if one and one[1]),
        key=lambda place: len(data["w"]["drops"][place][1]),
    )
    page.locator(".a").nth(at).click()
    page.locator("#drop").click()
    assert page.locator(".a").nth(at).is_hidden()
    drop, now = data["w"]["drops"][at], data["w"]["now"]
    cells = page.locator("#dropped td").all_inner_texts()
    expected = [now[0], drop[0], now[1], now[1] + len(drop[1])]
    assert cells[:4] == ["ukjent" if one is None else str(one) for one in expected]
    assert data["a"][at]["n"] in page.inner_text("#told")
    assert page.locator(".cut").count() == len(drop[1])
    page.keyboard.press("Control+z")
    assert page.locator(".a").nth(at).is_visible()


def test_what_is_undone_can_be_done_again_until_something_else_is(opened: Any) -> None:
    page = opened(html_of("two_brokers", "nb"))
    is_open = page.locator("#close")  # whoever is pointed at has a card without it
    redo = page.locator("#redo")
    assert redo.is_disabled()
    page.locator(".a").nth(1).click()
    for again in ("Control+y", "Control+Shift+z"):
        page.keyboard.press("Control+z")
        assert is_open.is_hidden()
        page.keyboard.press(again)
        assert is_open.is_visible()
        assert redo.is_disabled()
    page.keyboard.press("Control+z")
    redo.click()
    assert is_open.is_visible()
    page.keyboard.press("Control+z")
    page.locator(".a").nth(2).click()
    assert redo.is_disabled()


def test_a_tie_that_is_not_there_shows_what_it_would_change(opened: Any) -> None:
    page = opened(html_of("user_network", "nb"))
    data = data_of(page)
    one, other, *after = data["w"]["ties"][0]
    page.locator(".a").nth(one).click()
    page.locator("#with").select_option(str(other))
    cells = page.locator("#joined td").all_inner_texts()
    assert cells[:2] == [str(data["w"]["now"][0]), str(after[0])]
    assert page.locator(".come").count() == 1


def test_filters_hide_and_count(opened: Any) -> None:
    page = opened(html_of("user_network", "nb"))
    page.locator("#tab-show").click()
    page.locator("#filters summary").first.click()
    before = page.locator(".a:not(.off)").count()
    page.locator("#filters input").first.uncheck()
    after = page.locator(".a:not(.off)").count()
    assert after < before
    assert str(after) in page.inner_text("#seen")
    strongest = page.get_attribute("#least", "max")
    page.locator("#least").fill(strongest)
    kept = page.eval_on_selector_all(
        ".t", "all => all.flatMap((one, at) => one.classList.contains('off') ? [] : [at])"
    )
    ties = data_of(page)["t"]
    assert kept
    assert all(ties[at]["s"] == float(strongest) for at in kept)
    page.locator("#reset").click()
    assert page.locator(".a:not(.off)").count() == before


@pytest.mark.slow
def test_sizes_and_colors_are_those_that_are_chosen(opened: Any) -> None:
    page = opened(html_of("user_network", "nb"))
    data = data_of(page)
    page.locator("#tab-show").click()
    usual = page.locator(".t").first.get_attribute("transform")
    page.locator("#size").select_option(str(len(data["sizes"]) - 1))
    scales = page.eval_on_selector_all(
        ".a use:first-child", "all => all.map(one => one.getAttribute('transform'))"
    )
    assert len(set(scales)) == 1
    assert page.locator(".t").first.get_attribute("transform") != usual
    page.locator("#color").select_option("1")
    hrefs = page.eval_on_selector_all(
        ".a use:first-child", "all => all.map(one => one.getAttribute('href'))"
    )
    assert hrefs == [f"#m{one['m'][1]}" for one in data["a"]]


def test_search_finds_and_opens(opened: Any) -> None:
    page = opened(html_of("municipal_service", "nb"))
    page.locator("#search").fill("nav fj")
    lit = page.eval_on_selector_all(".a.lit", "all => all.map(one => Number(one.dataset.a))")
    assert [data_of(page)["a"][at]["n"] for at in lit] == ["NAV Fjordvik"]
    page.keyboard.press("Enter")
    assert page.inner_text("#called") == "NAV Fjordvik"


def test_the_wheel_and_a_drag_move_the_map_and_it_is_sharp_after(opened: Any) -> None:
    from playwright.sync_api import expect

    page = opened(html_of("user_network", "nb"))
    whole = page.get_attribute("#map", "viewBox")
    page.mouse.move(400, 300)
    page.mouse.wheel(0, -200)
    expect(page.locator("#map")).not_to_have_attribute("viewBox", whole)
    assert page.evaluate("document.getElementById('stage').style.transform") == ""
    closer = page.get_attribute("#map", "viewBox")
    page.mouse.down()
    page.mouse.move(500, 340, steps=3)
    page.mouse.up()
    expect(page.locator("#map")).not_to_have_attribute("viewBox", closer)
    assert page.locator("#card").is_hidden()
    page.locator("#fit").click()
    wide = [float(one) for one in page.get_attribute("#map", "viewBox").split()]
    assert wide[2] > float(closer.split()[2])


@pytest.mark.parametrize("height", [700, 900])
@pytest.mark.parametrize("name", ["learning_network", "municipal_service"])
def test_nobody_stands_beneath_the_buttons(opened: Any, name: str, height: int) -> None:
    page = opened(html_of(name, "nb"), height=height)
    beneath = page.evaluate("""() => {
      const box = document.querySelector(".zoom").getBoundingClientRect();
      return [...document.querySelectorAll(".a, .n")].map((one) => one.getBoundingClientRect())
        .filter((one) => one.right > box.left && one.left < box.right && one.bottom > box.top
          && one.top < box.bottom).length;
    }""")
    assert beneath == 0


@pytest.mark.slow
def test_two_fingers_enlarge_the_map(opened: Any) -> None:
    from playwright.sync_api import expect

    page = opened(html_of("user_network", "nb"), width=375, has_touch=True)
    before = page.get_attribute("#map", "viewBox")
    session = page.context.new_cdp_session(page)
    for kind, apart in (("touchStart", 20), ("touchMove", 40), ("touchMove", 80), ("touchEnd", 0)):
        fingers = [{"x": 180 + way * apart, "y": 350, "id": at} for at, way in enumerate((-1, 1))]
        points = fingers if apart else []
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
    expect(page.locator("#map")).not_to_have_attribute("viewBox", before)
    wide = float(page.get_attribute("#map", "viewBox").split()[2])
    assert wide < 0.5 * float(before.split()[2])


# --- by keyboard


def test_the_map_is_walked_with_arrows_and_read_with_enter(opened: Any) -> None:
    page = opened(html_of("user_network", "nb"))
    assert page.locator(".a[tabindex='0']").count() == 1
    page.locator(".a[tabindex='0']").focus()
    data = data_of(page)
    here = number_of(page, label_of(page).split(". ")[0])
    assert data["a"][here]["i"] == data["focal"]
    page.keyboard.press("ArrowRight")
    right = number_of(page, label_of(page).split(". ")[0])
    assert data["a"][right]["x"] > data["a"][here]["x"]
    page.keyboard.press("ArrowLeft")
    assert number_of(page, label_of(page).split(". ")[0]) != right
    page.keyboard.press("Enter")
    assert page.locator("#card").is_visible()
    assert page.evaluate("document.activeElement.id") == "called"
    page.keyboard.press("Escape")
    assert page.locator("#card").is_hidden()
    assert page.evaluate("document.activeElement.classList.contains('a')")
    page.keyboard.press("?")
    assert page.locator("#help").is_visible()
    page.keyboard.press("Escape")
    assert page.locator("#help").is_hidden()


# --- time, and before


def test_ties_come_and_go_with_the_date(opened: Any) -> None:
    kart = map_of(
        date="2025-03",
        actors=[{"id": "nav"}, {"id": "dps"}, {"id": "gp"}],
        ties=[
            {"source": "nav", "target": "dps", "until": "2025-06"},
            {"source": "nav", "target": "gp", "since": "2025-05-15"},
        ],
    )
    page = opened(ak.view(kart).html)
    seen = {}
    for at, stop in enumerate(data_of(page)["days"]):
        page.locator("#day").fill(str(at))
        seen[stop["d"]] = page.locator(".ties .t:not(.off)").count()
    assert seen == {day: len(kart.with_(date=None).at(day).ties) for day in seen}
    assert set(seen.values()) == {1, 2}
    page.locator("#reset").click()
    assert data_of(page)["days"][int(page.input_value("#day"))]["d"] == "2025-03-31"


def test_before_and_now_show_what_each_had(opened: Any) -> None:
    before = map_of(
        actors=[{"id": "nav"}, {"id": "dps"}, {"id": "gp"}],
        ties=[{"source": "nav", "target": "dps"}, {"source": "dps", "target": "gp"}],
    )
    after = before.without_tie("nav", "dps").with_actor(id="fact")
    after = after.with_tie(source="fact", target="gp")
    page = opened(ak.view(after, earlier=before).html)
    counts = {}
    for when in ("before", "both", "now"):
        page.locator(f"[name=when][value={when}]").check()
        counts[when] = (
            page.locator(".a:not(.off)").count(),
            page.locator(".ties .t:not(.off)").count(),
        )
    assert counts == {"before": (3, 2), "both": (4, 3), "now": (4, 2)}
    page.locator("[name=when][value=both]").check()
    signs = page.locator(".ties .badge:visible").all_text_contents()
    assert sorted(signs) == ["+", "−"]


# --- to take along


def test_what_is_seen_is_saved(opened: Any) -> None:
    page = opened(html_of("user_network", "nb"))
    page.locator("#tab-show").click()
    page.locator("#least").fill(page.get_attribute("#least", "max"))
    there = page.locator(".ties .t:not(.off)").count()
    saved = {}
    for ending in ("svg", "png", "csv", "json"):
        page.locator("#save summary").click()
        with page.expect_download() as download:
            page.locator(f"#save-{ending}").click()
        assert download.value.suggested_filename == f"kart.{ending}"
        saved[ending] = Path(download.value.path()).read_bytes()
    assert saved["png"].startswith(b"\x89PNG")
    svg = saved["svg"].decode()
    assert svg.count('<g class="t">') == there
    assert "<style>" in svg
    rows = saved["csv"].decode("utf-8-sig").splitlines()
    assert rows[0].startswith("Fra;Til;")
    assert len(rows) == 1 + there
    kept = json.loads(saved["json"])
    assert len(kept["ties"]) == there


@pytest.mark.slow
def test_a_name_that_is_a_formula_is_text_in_a_spreadsheet(opened: Any) -> None:
    kart = map_of(
        actors=[{"id": "a", "name": '=cmd|"x"'}, {"id": "b", "name": "</script>;<b>"}],
        ties=[{"source": "a", "target": "b"}],
    )
    page = opened(ak.view(kart).html)
    page.locator("#save summary").click()
    with page.expect_download() as download:
        page.locator("#save-csv").click()
    row = Path(download.value.path()).read_text("utf-8-sig").splitlines()[1]
    assert row.startswith('"\'=cmd|""x""";"</script>;<b>"')
    assert page.locator("b").count() == 0


# --- small and empty


@pytest.mark.parametrize("n", but_one_slow([1, 0]))
def test_a_map_of_nobody_and_of_one_can_be_opened(opened: Any, n: int) -> None:
    kart = map_of(actors=[{"id": "nav"}][:n])
    page = opened(ak.view(kart, lang="nb").html, width=375, has_touch=True)
    assert page.locator(".empty").count() == 1 - n
    if n:
        page.locator(".a").tap()
        assert page.inner_text("#called") == "nav"


@pytest.mark.slow
def test_two_views_in_a_notebook_stand_apart(browser: Any) -> None:
    cell = ak.view(ak.examples.two_brokers(), lang="nb")._repr_html_()
    page = browser.new_page()
    told: list[str] = []
    page.on("console", lambda message: told.append(message.text))
    page.set_content(f"<!DOCTYPE html><p id=map>x</p>{cell}{cell}")
    for at in range(2):
        frame = page.frame_locator("iframe").nth(at)
        frame.locator(".a").first.click()
        assert frame.locator("#card").is_visible()
    assert page.locator("#map").inner_text() == "x"
    assert told == []
    page.close()
