"""Counts over many maps that tell of nobody: ``ak.shareable``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from itertools import chain
from typing import TYPE_CHECKING

from aktorkart.care.findings import findings
from aktorkart.errors import language
from aktorkart.expected import expect
from aktorkart.i18n import text
from aktorkart.model import expect_map
from aktorkart.model.vocabulary import KINDS
from aktorkart.portfolios.suppression import suppressed
from aktorkart.privacy.consent import require
from aktorkart.tables import Labelled, coded, headed

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Sequence

    from aktorkart.model import ActorMap
    from aktorkart.tables import Cell, Table

_WORST_FIRST = ("gap", "unknown", "note", "strength")
_OWN = "own"


def shareable(
    maps: Iterable[ActorMap] | Mapping[str, ActorMap],
    *,
    lang: str | None = None,
    today: dt.date | None = None,
    consent: str = "required",
) -> dict[str, Table]:
    """Count over many maps what may be told of them without telling of anyone.

    Parameters
    ----------
    maps : iterable of ActorMap, or mapping to them
        The maps.
    lang : {"nb", "nn", "en", "sv"}, optional
        Language of the tables; the first map's if left out.
    today : datetime.date, optional
        The day to judge consents by; the clock's if left out.
    consent : {"required", "ignore"}
        Whether a map around a person whose consent does not hold stops it.

    Returns
    -------
    dict of str to Table
        ``kinds``: maps with at least one actor of a kind; ``findings``: maps by the worst level
        of each of the twelve analyses; ``needed``: maps with a tie between two kinds that is
        needed and missing. Cells count maps. 0 is shown, 1 to 4 are not, nor so many others
        that a row's sum, which is the number of maps, could give them back.

    Raises
    ------
    NoConsent
        If a consent does not hold.
    WrongArgument
        If something else than maps is given.

    Notes
    -----
    Kinds that a map declares itself are counted together: their names may tell who it is.

    Examples
    --------
    >>> import aktorkart as ak
    >>> table = shareable([ak.examples.municipal_service()] * 6, lang="en")["kinds"]
    >>> table.to_records()[0]
    {'kind': 'user', 'kind_label': 'user', 'maps': 6}
    """
    given = maps.values() if isinstance(maps, Mapping) else maps
    expect("several", maps=given)
    found = list(given)
    for kart in found:
        expect_map(kart)
        require(kart, consent, today=today)
    lang = language(lang, found[0].lang if found else None)
    return {
        "kinds": _kinds(found, lang),
        "findings": _findings(found, lang),
        "needed": _needed(found, lang),
    }


def _kind(kart: ActorMap, id_: str) -> str:
    kind = kart[id_].kind
    return kind if kind in KINDS else _OWN


def _name(kind: str, lang: str) -> Labelled:
    return Labelled(text("share.own_kind" if kind == _OWN else f"kind.{kind}", lang), kind)


def _kinds(maps: Sequence[ActorMap], lang: str) -> Table:
    counts = Counter(chain.from_iterable({_kind(kart, id_) for id_ in _ids(kart)} for kart in maps))
    kinds = [kind for kind in (*KINDS, _OWN) if kind in counts]
    shown = suppressed([counts[kind] for kind in kinds], sum_known=False)
    rows = [(_name(kind, lang), _cell(n, lang)) for kind, n in zip(kinds, shown, strict=True)]
    return _table(lang, rows, "kind@", "maps#")


def _ids(kart: ActorMap) -> list[str]:
    return [actor.id for actor in kart.actors]


def _findings(maps: Sequence[ActorMap], lang: str) -> Table:
    told = [findings(kart) for kart in maps]
    codes = dict.fromkeys(found.code for one in told for found in one)
    rows: list[tuple[Cell, ...]] = []
    for code in codes:
        worst = Counter(
            next(
                (level for level in _WORST_FIRST if (code, level) in levels),
                "none",
            )
            for levels in ({(found.code, found.level) for found in one} for one in told)
        )
        counts = suppressed([worst[level] for level in (*_WORST_FIRST, "none")], sum_known=True)
        rows.append((coded("share.analysis", code, lang), *(_cell(n, lang) for n in counts)))
    return _table(lang, rows, "analysis@", *(f"{level}#" for level in (*_WORST_FIRST, "none")))


def _needed(maps: Sequence[ActorMap], lang: str) -> Table:
    order = [*KINDS, _OWN]
    counts = Counter(
        chain.from_iterable(
            {
                tuple(sorted((_kind(kart, end) for end in tie.ends), key=order.index))
                for tie in kart.ties_in_force
                if tie.needed
            }
            for kart in maps
        )
    )
    pairs = sorted(counts, key=lambda pair: tuple(map(order.index, pair)))
    shown = suppressed([counts[pair] for pair in pairs], sum_known=False)
    rows = [
        (*(_name(kind, lang) for kind in pair), _cell(n, lang))
        for pair, n in zip(pairs, shown, strict=True)
    ]
    return _table(lang, rows, "one@", "other@", "maps#")


def _cell(count: int | None, lang: str) -> Cell:
    return text("share.hidden", lang) if count is None else count


def _table(lang: str, rows: Sequence[tuple[Cell, ...]], *keys: str) -> Table:
    return headed(lang, rows, *keys, prefix="share.column")
