"""How far collaboration has come, and who sees it differently, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aktorkart.i18n import listing, text
from aktorkart.model.scales import step_name
from aktorkart.toolbox.stages import stages as by_pair

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aktorkart.model import ActorMap
    from aktorkart.toolbox.stages import Staged, Stages

# The alternative text stays one that can be listened to.
_MOST_TOLD = 5


def stages(kart: ActorMap, *, lang: str) -> str:
    """Say who has come farthest and who rates it unlike, on a map as it may be shown."""
    found = by_pair(kart)
    if not found.pairs:
        return text("figure.stages_none", lang)
    sentences = [text("figure.stages_alt", lang, n=len(found.pairs))]
    top = found.pairs[0].highest
    farthest = [_name(kart, pair) for pair in found.pairs if pair.lowest == top]
    if farthest:
        stage = step_name("stage", top, lang)
        pairs = _some(farthest, lang)
        sentences.append(text("figure.stages_alt_highest", lang, stage=stage, pairs=pairs))
    unlike = [pair for pair in found.pairs if pair.apart]
    unlike.sort(key=lambda pair: -(pair.highest - pair.lowest))
    sentences += [
        text(
            "figure.stages_alt_apart",
            lang,
            pair=_name(kart, pair),
            low=step_name("stage", pair.lowest, lang),
            high=step_name("stage", pair.highest, lang),
            n=pair.highest - pair.lowest,
        )
        for pair in unlike[:_MOST_TOLD]
    ]
    if len(unlike) > _MOST_TOLD:
        sentences.append(f"{text('common.more', lang, n=len(unlike) - _MOST_TOLD)}.")
    if not unlike and any(pair.apart == 0 for pair in found.pairs):
        sentences.append(text("figure.stages_alt_alike", lang))
    return " ".join([*sentences, *not_given(found, lang)])


def not_given(found: Stages, lang: str) -> list[str]:
    """Say how many pairs have one rating only, and how many have none."""
    single = sum(pair.apart is None for pair in found.pairs)
    return [
        text(f"figure.stages_{code}", lang, n=n)
        for code, n in (("single", single), ("without", found.without))
        if n
    ]


def _name(kart: ActorMap, pair: Staged) -> str:
    return f"{kart[pair.one].label} – {kart[pair.other].label}"


def _some(names: Sequence[str], lang: str) -> str:
    more = len(names) - _MOST_TOLD
    told = [*names[:_MOST_TOLD], *([text("common.more", lang, n=more)] if more > 0 else [])]
    return listing(told, lang)
