from __future__ import annotations

from typing import Any

import pytest

import aktorkart as ak
from aktorkart import toolbox
from aktorkart.errors import UnknownName
from aktorkart.i18n import LANGUAGES
from aktorkart.model.vocabulary import PHASES


@pytest.mark.parametrize("lang", LANGUAGES)
def test_defaults_are_said_to_be_ours(lang: str) -> None:
    """METHOD 5: ship a small default set written by us and marked as ours."""
    items, areas = toolbox.new_checklist(lang), toolbox.wheel(lang)
    assert all("aktorkart" in str(item.note) for item in items)
    assert all("aktorkart" in str(area.note) for area in areas)
    assert list(dict.fromkeys(item.phase for item in items)) == list(PHASES)
    assert len({item.title for item in items}) == len(items)
    assert len({area.title for area in areas}) == len(areas)
    assert ak.ActorMap(checklist=items).checklist == items


@pytest.mark.parametrize("make", [toolbox.wheel, toolbox.new_checklist])
def test_a_language_nobody_wrote_is_named(make: Any) -> None:
    with pytest.raises(UnknownName, match="da"):
        make("da")
