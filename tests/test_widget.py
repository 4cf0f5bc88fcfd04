"""The view as a part of a notebook: what is done in the page comes back to Python."""

from __future__ import annotations

import json
import re
import sys
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings

import aktorkart as ak
from aktorkart.files.plain import plain
from aktorkart.i18n import LANGUAGES
from aktorkart.strategies import actor_maps
from aktorkart.viewer.scripts import alone, hashed
from cells import cell_of

if TYPE_CHECKING:
    from pathlib import Path

pytest.importorskip("anywidget", reason="anywidget is not installed")

SETTINGS: Any = {"deadline": None, "suppress_health_check": list(HealthCheck)}

KART = ak.examples.two_brokers()


def widget_of(kart: ak.ActorMap = KART, **options: Any) -> Any:
    return ak.view(kart, lang="en", **options).widget()


def told(widget: Any, **state: Any) -> None:
    """Tell the widget something, as the browser does."""
    widget.set_state(state)


def sent(kart: ak.ActorMap) -> str:
    return json.dumps(plain(kart))


# --- in Python


@given(kart=actor_maps())
@settings(max_examples=20, **SETTINGS)
def test_a_map_that_is_drawn_comes_back(kart: ak.ActorMap) -> None:
    told(WIDGET, sent=sent(kart))
    assert WIDGET.kart == kart
    assert WIDGET.problems == ()


WIDGET = widget_of(edit=True)


def test_before_anything_is_done_it_is_the_map_that_is_shown() -> None:
    made = ak.view(KART, edit=True)
    widget = made.widget()
    assert (widget.kart, widget.problems, widget.selection) == (made.kart, (), [])


def test_of_a_map_that_is_none_its_problems_are_told_and_the_last_one_stays() -> None:
    widget = widget_of(edit=True)
    kart = KART.with_actor(id="nav")
    told(widget, sent=sent(kart))
    for wrong in (
        '{"aktorkart": 1, "actors": [{"id": "a"}, {"id": "a"}]}',
        "",
        "{",
        "[]",
        "\ud800",
    ):
        told(widget, sent=wrong)
        assert widget.kart == kart
        assert widget.problems
        assert all(one.text(lang) for one in widget.problems for lang in LANGUAGES)
    told(widget, sent=sent(KART))
    assert (widget.kart, widget.problems) == (KART, ())


def test_programs_are_told_of_what_is_done() -> None:
    widget = widget_of(edit=True)
    heard: list[Any] = []
    widget.observe(lambda change: heard.append(change["new"]), ["kart", "selection", "problems"])
    told(widget, selection=["b"])
    told(widget, sent=sent(ak.examples.kite()))
    assert heard == [["b"], ak.examples.kite()]


def test_what_came_back_cannot_be_set_by_mistake() -> None:
    import traitlets

    widget = widget_of()
    for name, value in (("kart", KART), ("problems", ())):
        with pytest.raises(traitlets.TraitError):
            setattr(widget, name, value)


def test_where_nothing_answers_there_is_a_picture() -> None:
    data, _ = widget_of()._repr_mimebundle_()
    assert "application/vnd.jupyter.widget-view+json" in data
    assert re.fullmatch(
        r'<img style="width:100%" alt="[^"]{20,}" src="data:image/png[^"]+">', data["text/html"]
    )


def test_the_page_lets_through_one_script_more_and_nothing_else() -> None:
    made = ak.view(KART)
    html = made.widget().html
    known, bridge = re.findall(r"<script>(.*?)</script>", html, re.DOTALL)
    assert bridge == alone("bridge")
    assert hashed(known) in made.csp
    policy = re.findall(r'Content-Security-Policy" content="([^"]+)"', html)
    assert policy == [made.csp.replace(hashed(known), f"{hashed(bridge)} {hashed(known)}")]


def test_hidden_names_are_nowhere_in_it() -> None:
    kart = ak.ActorMap(
        scope="individual",
        title="Kari",
        actors=[ak.Actor(id="kari", name="Kari Nordmann", kind="user")],
    )
    widget = widget_of(kart)
    everything = f"{widget.get_state()}{widget!r}{widget._repr_mimebundle_()}"
    assert not re.search("kari|nordmann", everything, re.IGNORECASE)


def test_what_is_missing_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "anywidget", None)
    monkeypatch.delitem(sys.modules, "aktorkart.viewer.widget", raising=False)
    with pytest.raises(ak.MissingExtra, match=r"pip install 'aktorkart\[widget\]'"):
        ak.view(KART).widget()


# --- in a browser


def test_what_is_done_in_the_page_reaches_the_model(browser: Any, tmp_path: Path) -> None:
    widget = widget_of(edit=True)
    cell = tmp_path / "cell.html"
    cell.write_text(cell_of(widget), "utf-8")
    page = browser.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(cell.as_uri())
    page.wait_for_function("window.take")
    frame = page.query_selector("iframe").content_frame()
    frame.wait_for_selector("html[data-ready]")
    # Whatever else is posted is no port to tell it to.
    page.evaluate("document.querySelector('iframe').contentWindow.postMessage('x', '*')")
    drawn = KART.with_actor(id="nav", name="NAV «ø»")
    dispatch = """([name, detail, more]) =>
        document.dispatchEvent(Object.assign(new CustomEvent(name, {detail}), more))"""
    frame.evaluate(dispatch, ["map", plain(drawn), {"text": sent(drawn)}])
    frame.evaluate(dispatch, ["selection", ["nav"], {}])
    page.wait_for_function("model.saved === 2")
    told(widget, **page.evaluate("({sent: model.state.sent, selection: model.state.selection})"))
    assert widget.kart == drawn
    assert widget.selection == ["nav"]
    # The page is alone in its frame, and can read nothing of the notebook.
    assert frame.evaluate("origin") == "null"
    page.evaluate("take.away()")
    assert page.query_selector("iframe") is None
    page.close()
    # A browser lets no frame take the focus by itself.
    assert [one for one in said if "autofocusing" not in one] == []


def test_whoever_is_opened_in_a_page_to_look_at_is_chosen(browser: Any, tmp_path: Path) -> None:
    cell = tmp_path / "cell.html"
    cell.write_text(cell_of(widget_of()), "utf-8")
    page = browser.new_page()
    page.goto(cell.as_uri())
    frame = page.wait_for_selector("iframe").content_frame()
    frame.wait_for_selector("html[data-ready]")
    frame.locator(".a").nth(1).click()
    page.wait_for_function("model.state.selection?.length")
    assert page.evaluate("model.state.selection") == [KART.actors[1].id]
    frame.locator("#undo").click()
    page.wait_for_function("model.state.selection.length === 0")
    page.close()


@pytest.mark.slow
def test_a_notebook_that_was_run_shows_the_picture_without_its_kernel(
    browser: Any, tmp_path: Path
) -> None:
    nbformat = pytest.importorskip("nbformat", reason="nbformat is not installed")
    nbconvert = pytest.importorskip("nbconvert", reason="nbconvert is not installed")
    client = pytest.importorskip("nbclient", reason="nbclient is not installed")
    cells = [
        "import aktorkart as ak",
        "made = ak.view(ak.examples.two_brokers(), edit=True).widget()\nmade",
        "made.set_state({'selection': ['b']})\nmade.kart, made.selection",
    ]
    book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(one) for one in cells])
    client.NotebookClient(book, timeout=120, store_widget_state=False).execute()
    assert "['b']" in book.cells[2].outputs[0]["data"]["text/plain"]
    path = tmp_path / "book.html"
    path.write_text(nbconvert.HTMLExporter().from_notebook_node(book)[0], "utf-8")
    page = browser.new_page()
    page.route(re.compile("^https?:"), lambda route: route.abort())
    page.goto(path.as_uri())
    picture = page.locator("img[alt]").first
    assert len(picture.get_attribute("alt")) > 20
    assert picture.evaluate("image => image.complete && image.naturalWidth") > 300
    page.close()
