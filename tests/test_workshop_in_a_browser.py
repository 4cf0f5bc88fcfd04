"""The workshop as it is used: what is built in a browser is saved to a file, or comes to Python."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

import aktorkart as ak
from cells import cell_of
from served import served

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from aktorkart.viewer.serving import Workshop


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "kart.yaml"
    ak.write(ak.examples.two_brokers(), path)
    return path


@pytest.fixture
def workshop(path: Path) -> Iterator[Workshop]:
    with served(path, lang="en") as (made, _):
        yield made


@pytest.fixture
def page(browser: Any, workshop: Workshop) -> Iterator[Any]:
    """Open the page as the program opens it; it asks for nothing but itself."""
    opened = browser.new_page()
    said: list[str] = []
    opened.on("pageerror", lambda error: said.append(str(error)))
    opened.on(
        "request",
        lambda request: (
            None
            if request.url.startswith((f"http://127.0.0.1:{workshop.server_port}/", "data:"))
            else said.append(request.url)
        ),
    )
    opened.goto(workshop.first_address)
    yield opened
    opened.close(run_before_unload=False)
    assert said == []


def add(page: Any, name: str) -> None:
    """Add an actor by keyboard."""
    page.keyboard.press("n")
    page.keyboard.type(name)
    page.keyboard.press("Enter")


def save(page: Any) -> int:
    """Save by keyboard; return what the program answered."""
    with page.expect_response(lambda answer: answer.request.method == "PUT") as answered:
        page.keyboard.press("Control+s")
    status: int = answered.value.status
    return status


def names(path: Path) -> set[str]:
    return {actor.label for actor in ak.read(path).actors}


def test_what_is_built_is_saved_to_the_file_again_and_again(page: Any, path: Path) -> None:
    assert page.url.count("/") == 4
    before = names(path)
    for name in ("NAV", "Fastlegen"):
        add(page, name)
        assert save(page) == 200
        before |= {name}
        assert names(path) == before
    page.reload()
    page.wait_for_selector("html[data-ready]")
    assert page.get_by_text("Fastlegen").count() > 0


def test_what_another_has_written_meanwhile_stays_and_is_told_of(page: Any, path: Path) -> None:
    add(page, "NAV")
    ak.write(ak.examples.kite(), path)
    assert save(page) == 412
    page.wait_for_function("document.getElementById('told').textContent")
    assert ak.read(path) == ak.examples.kite()
    path.unlink()
    assert save(page) == 412
    assert not path.exists()


def test_what_the_program_refuses_is_said_and_nothing_is_lost(page: Any, path: Path) -> None:
    before = path.read_bytes()
    add(page, "NAV")
    wrong = json.dumps(
        {
            "aktorkart": 1,
            "actors": [{"id": "a", "power": 9}, {"id": "b"}],
            "ties": [{"source": "a", "target": "b", "strength": 9}],
            "plan": [{"id": "p", "done": "never"}],
        }
    ).encode()
    page.route("**/map", lambda route: route.continue_(post_data=wrong))
    assert save(page) == 422
    page.wait_for_selector("#told li >> nth=2")
    said = page.locator("#told li").all_inner_texts()
    kart = ak.examples.two_brokers()
    one, other = (kart[end].label for end in kart.ties[0].ends)
    for found, begins in zip(
        said,
        (f"{kart.actors[0].label} (power): 9 ", f"{one} – {other} (strength): ", "plan[0]"),
        strict=True,
    ):
        assert found.startswith(begins)
    assert "Not saved" in page.inner_text("#told")
    page.unroute("**/map")
    # A folder stands where the file was: nobody can write there.
    path.unlink()
    path.mkdir()
    assert save(page) == 500
    page.wait_for_selector("#told li:has-text('kart.yaml')")
    path.rmdir()
    path.write_bytes(before)
    assert page.inner_text("#state") == "Not saved yet"
    assert save(page) == 200
    assert "NAV" in names(path)
    page.wait_for_selector("#state:has-text('kart.yaml')")
    assert page.inner_text("#told") == ""


def test_what_the_format_cannot_hold_is_said_in_the_page(browser: Any, tmp_path: Path) -> None:
    path = tmp_path / "kart.net"
    ak.write(ak.examples.two_brokers(), path)
    with served(path, lang="en") as (made, told):
        page = browser.new_page()
        page.goto(made.first_address)
        add(page, "NAV")
        assert save(page) == 200
        page.wait_for_selector("#told li")
        assert page.locator("#told li").all_inner_texts() == told
        page.locator("#told button").click()
        assert page.inner_text("#told") == ""
        page.close(run_before_unload=False)


def test_what_is_built_in_a_notebook_comes_back(browser: Any, tmp_path: Path) -> None:
    pytest.importorskip("anywidget", reason="anywidget is not installed")
    kart = ak.examples.two_brokers().with_actor(id="big", name="Big", tags={"n": 4.0, "m": 2**60})
    widget: Any = ak.view(kart, edit=True, lang="en").widget()
    cell = tmp_path / "cell.html"
    cell.write_text(cell_of(widget), "utf-8")
    page = browser.new_page()
    page.goto(cell.as_uri())
    frame = page.wait_for_selector("iframe").content_frame()
    frame.wait_for_selector("html[data-ready]")
    frame.click("#add")
    page.keyboard.type("NAV")
    page.keyboard.press("Enter")
    page.wait_for_function("model.state.sent && model.state.selection?.length")
    widget.set_state(page.evaluate("({sent: model.state.sent, selection: model.state.selection})"))
    page.close()
    assert widget.problems == ()
    assert [one.label for one in widget.kart.actors] == [one.label for one in kart.actors] + ["NAV"]
    assert widget.kart["big"].tags == kart["big"].tags
    assert widget.selection == [widget.kart.actors[-1].id]
