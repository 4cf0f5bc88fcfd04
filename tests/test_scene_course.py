"""The part of time that is drawn."""

from __future__ import annotations

import json
from typing import Any

import pytest

import aktorkart as ak
from aktorkart.figures.timeline import _dates
from aktorkart.scene.course import begins, drawn_time, ends


@pytest.mark.parametrize("when", ["2025", "2025-03", "2025-03-10"])
@pytest.mark.parametrize(
    "said",
    [
        {"ties": [{"source": "a", "target": "b", "since": "WHEN"}]},
        {"ties": [{"source": "a", "target": "b", "until": "WHEN"}]},
        {"discharge": ["WHEN"]},
        {"plan": [{"id": "p", "title": "Do it", "due": "WHEN"}]},
    ],
)
def test_the_page_holds_all_of_a_day_month_or_year(said: dict[str, Any], when: str) -> None:
    """Or a year would be drawn as the three days around its beginning or end."""
    filled: Any = json.loads(json.dumps(said).replace("WHEN", when))
    kart = ak.ActorMap(actors=[ak.Actor(id="a"), ak.Actor(id="b")], **filled)
    stated = _dates(kart)
    start, stop = drawn_time(stated, max(at for _, at in stated))
    assert start <= begins(when)
    assert ends(when) <= stop
