"""What holds for the whole suite."""

from __future__ import annotations

import gc
import os
import shutil
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# How long a machine takes to draw maps says nothing of the code.
patient = [HealthCheck.too_slow]
settings.register_profile("patient", suppress_health_check=patient, deadline=None)
settings.load_profile("patient")
# Newer versions of Hypothesis do the same by themselves. A change is not turned down for what
# chance finds elsewhere; chance is for those who work on it, and for the fuzzing step.
settings.register_profile(
    "always the same examples",
    derandomize=True,
    print_blob=True,
    max_examples=50,  # for tests that do not say; the same ones each time need not be many
    suppress_health_check=patient,
    deadline=None,
)
if os.environ.get("CI"):
    settings.load_profile("always the same examples")


def pytest_collection_finish() -> None:
    """Leave what has been loaded alone: looking through it again and again takes time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Chromium, where it and playwright are installed."""
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        pytest.skip("Chromium is not installed")
    with sync_api.sync_playwright() as found:
        started = found.chromium.launch(
            executable_path=path,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        yield started
        started.close()


@pytest.fixture
def opened(browser: Any, tmp_path: Path) -> Iterator[Any]:
    """Open a page from a file, as from a memory stick; nothing may be told or asked for."""
    told: list[str] = []
    pages: list[Any] = []

    def opening(html: str, *, width: int = 1280, height: int = 800, **options: Any) -> Any:
        path = tmp_path / f"kart{len(pages)}.html"
        path.write_text(html, "utf-8")
        page = browser.new_page(
            viewport={"width": width, "height": height}, reduced_motion="reduce", **options
        )
        page.on("console", lambda message: told.append(message.text))
        page.on("pageerror", lambda error: told.append(str(error)))
        page.on(
            "request",
            lambda request: (
                None
                if request.url.startswith(("file:", "data:", "blob:"))
                else told.append(request.url)
            ),
        )
        page.goto(path.as_uri())
        page.wait_for_selector("html[data-ready]")
        pages.append(page)
        return page

    yield opening
    for page in pages:
        page.close()
    assert told == []
