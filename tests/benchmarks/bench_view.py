"""Pages of maps in headless Chromium: size, first paint, and the main thread's time for a frame.

Run it as ``python tests/benchmarks/bench_view.py [actors …]``; 40, 300 and 2500 if none are named.
The map is random: whole numbers of strength, about two ties to an actor, no structure to help. What
a frame costs is the browser's own count (``TaskDuration``) over 60 moves of a drag, a move, without
a graphics card; what pointing at somebody costs, over 20.

Of more than 3 000 actors, ``bench_view.py 3500 25050``, the map is one of municipalities, hospitals
and national bodies (``maps.py``), since its page begins with communities. What a frame and pointing
cost is then of the largest of them, after it has been opened, which is measured as well: the
script, and what is laid out anew.
"""

# ruff: noqa: T201  benchmarks print
from __future__ import annotations

import shutil
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from playwright.sync_api import sync_playwright

import aktorkart as ak
from aktorkart.viewer.seen import MOST_AT_ONCE

sys.path.insert(0, str(Path(__file__).parent.parent))
from maps import judged

from test_view import many

if TYPE_CHECKING:
    from collections.abc import Callable

MOVES, POINTED = 60, 20
CENTRES = """() => [...document.querySelectorAll('.a')].slice(0, 20).map((one) => {
  const box = one.getBoundingClientRect();
  return [box.x + box.width / 2, box.y + box.height / 2];
})"""
OPENED = """() => {
  const begun = performance.now();
  const enter = new KeyboardEvent('keydown', {key: 'Enter', bubbles: true});
  document.querySelector('.a').dispatchEvent(enter);
  document.body.getBoundingClientRect();
  return performance.now() - begun;
}"""


def main() -> None:
    """Measure each size in turn."""
    sizes = [int(one) for one in sys.argv[1:]] or [40, 300, 2500]
    with sync_playwright() as found, tempfile.TemporaryDirectory() as folder:
        browser = found.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        for n in sizes:
            kart = judged(n) if n > MOST_AT_ONCE else many(n)
            begun = time.perf_counter()
            html = ak.view(kart).html
            made = time.perf_counter() - begun
            path = Path(folder, f"{n}.html")
            path.write_text(html, "utf-8")
            print(
                f"{n} actors: {len(html) / 1000:.0f} KB, made in {made:.1f} s",
                *opened(browser, path),
                sep=", ",
            )
        browser.close()


def opened(browser: Any, path: Path) -> list[str]:
    """Open a page, and say what it costs."""
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.goto(path.as_uri())
    page.wait_for_selector("html[data-ready]")
    ready = page.evaluate("performance.now()")
    paint = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable")

    def busy() -> float:
        metrics = session.send("Performance.getMetrics")["metrics"]
        found = next(one["value"] for one in metrics if one["name"] == "TaskDuration")
        return 1000 * float(found)

    def cost(doing: Callable[[], object], times: int) -> float:
        before = busy()
        doing()
        return (busy() - before) / times

    def drag() -> None:
        page.mouse.move(400, 300)
        page.mouse.down()
        for at in range(MOVES):
            page.mouse.move(400 + 2 * at, 300 + at)
        page.mouse.up()

    def point() -> None:
        for x, y in page.evaluate(CENTRES):
            page.mouse.move(x, y)

    found = [f"first paint {paint:.0f} ms"]
    if page.locator("#all").count():
        found.append(f"ready {ready:.0f} ms, a community {page.evaluate(OPENED):.0f} ms")
    moved, pointed = cost(drag, MOVES), cost(point, POINTED)
    page.close()
    return [*found, f"a move {moved:.1f} ms, pointing {pointed:.1f} ms"]


if __name__ == "__main__":
    main()
