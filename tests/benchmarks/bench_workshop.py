"""The page that maps are built in, in headless Chromium: what a hand on the map costs.

Run it as ``python tests/benchmarks/bench_workshop.py [actors …]``; 36 and 150 if none are named.
The map is that of ``bench_view.py``, with names as they are. Told are the sizes of script and
style, and the main thread's time (``TaskDuration``) of a step while an actor is dragged, one with
a usual number of ties and the one with the most; and of letting it go, after which everything is
drawn anew and the rules are asked. The middle of several goes.
"""

# ruff: noqa: T201  benchmarks print
from __future__ import annotations

import gzip
import shutil
import sys
import tempfile
from collections import Counter
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

from playwright.sync_api import sync_playwright

import aktorkart as ak
from aktorkart.viewer import scripts

sys.path.insert(0, str(Path(__file__).parent.parent))
from test_view import many

if TYPE_CHECKING:
    from collections.abc import Callable

STEPS, GOES = 40, 5


def main() -> None:
    """Measure each size in turn."""
    styles = [scripts.style(name) for name in ("page", "map", "edit")]
    for name in ("main", "editor"):
        sent = "".join([scripts.script(name), *styles]).encode()
        print(f"{name}: {len(sent) / 1000:.1f} KB, packed {len(gzip.compress(sent)) / 1000:.1f} KB")
    with sync_playwright() as found, tempfile.TemporaryDirectory() as folder:
        browser = found.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        for n in [int(one) for one in sys.argv[1:]] or [36, 150]:
            kart = many(n)
            path = Path(folder, f"{n}.html")
            path.write_text(ak.view(kart, edit=True).html, "utf-8")
            print(f"{n} actors, {len(kart.ties)} ties:", *opened(browser, path, kart))
        browser.close()


def opened(browser: Any, path: Path, kart: ak.ActorMap) -> list[str]:
    """Open a page, and say what dragging costs."""
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.goto(path.as_uri())
    page.wait_for_selector("html[data-ready]")
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable")

    def cost(doing: Callable[[], object]) -> float:
        def busy() -> float:
            metrics = session.send("Performance.getMetrics")["metrics"]
            return 1000 * float(
                next(one["value"] for one in metrics if one["name"] == "TaskDuration")
            )

        before = busy()
        doing()
        page.evaluate("new Promise((done) => requestAnimationFrame(() => setTimeout(done)))")
        return busy() - before

    told = []
    ties = Counter(end for tie in kart.ties for end in tie.ends)
    ordered = [id_ for id_, _ in ties.most_common()]
    for id_ in (ordered[len(ordered) // 2], ordered[0]):
        moved, let_go = [], []
        for _ in range(GOES):
            box = page.locator(f'.a[data-a="{id_}"] use').first.bounding_box()
            x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
            page.mouse.move(x, y)
            page.mouse.down()

            def drag(x: float = x, y: float = y) -> None:
                for at in range(STEPS):
                    page.mouse.move(x + 8 + at, y + at / 2)

            moved.append(cost(drag) / STEPS)
            let_go.append(cost(page.mouse.up))
            page.keyboard.press("Control+z")
        told.append(
            f"{ties[id_]} ties, a step {median(moved):.1f} ms, let go {median(let_go):.0f} ms;"
        )
    page.close()
    return told


if __name__ == "__main__":
    main()
