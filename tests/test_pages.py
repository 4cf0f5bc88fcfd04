"""Report pages in a browser: nothing that a checker of accessibility finds, at three widths."""

from __future__ import annotations

import re
from typing import Any

import pytest

import aktorkart as ak
from aktorkart.i18n import LANGUAGES
from slowly import but_one_slow


@pytest.mark.parametrize("width", but_one_slow([375, 800, 1280]))
@pytest.mark.parametrize(
    ("name", "lang"),
    but_one_slow([("user_network", "nb"), ("municipal_service", "en")], spread=True),
)
def test_pages_can_be_used_by_everybody(browser: Any, name: str, lang: str, width: int) -> None:
    """ISSUE 9.4: no violations, nothing told to the console, nothing wider than the page."""
    from axe_playwright_python.sync_playwright import Axe

    page = browser.new_page(viewport={"width": width, "height": 900})
    told: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: told.append(message.text))
    page.on("request", lambda request: asked.append(request.url))
    page.set_content(ak.report(ak.examples.read(name), lang=lang).to_html())
    violations = Axe().run(page).response["violations"]
    assert [(one["id"], one["nodes"][0]["target"]) for one in violations] == []
    assert told == []
    assert [url for url in asked if not url.startswith(("about:", "data:"))] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate("document.documentElement.lang") == lang
    page.close()


@pytest.mark.parametrize("lang", but_one_slow(list(LANGUAGES)))
@pytest.mark.parametrize("name", but_one_slow(list(ak.examples.DEMO)))
def test_the_first_page_is_one_page_of_a4(browser: Any, name: str, lang: str) -> None:
    """ISSUE 13.1: printed, in all languages, on every example; and easy to read as well."""
    page = browser.new_page()
    short: dict[str, Any] = {"parts": ["summary"]}
    for options in [short, {"easy": True}] if lang == "nb" else [short]:
        page.set_content(ak.report(ak.examples.read(name), lang=lang, **options).to_html())
        printed = page.pdf(prefer_css_page_size=True)
        sheets = len(re.findall(rb"/Type\s*/Page\b", printed))
        assert sheets == 1 or (sheets == 2 and "easy" in options)
    page.close()
