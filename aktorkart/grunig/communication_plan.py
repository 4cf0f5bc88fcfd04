"""The communication plan that follows from the priorities, with columns left to fill in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aktorkart.errors import language
from aktorkart.grunig.priorities import PRIORITY_GROUPS, priorities
from aktorkart.grunig.wording import gathered
from aktorkart.i18n import text
from aktorkart.model import expect_map
from aktorkart.tables import coded, headed

if TYPE_CHECKING:
    from aktorkart.model import ActorMap
    from aktorkart.tables import Table

PLAN_STEPS = (
    "situation",
    "problem",
    "goals",
    "target_group",
    "message",
    "strategy",
    "channels",
    "timing",
    "budget",
    "evaluation",
)
"""Ihlen and Robstad's ten steps."""


def communication_plan(
    kart: ActorMap, *, issue: str | None = None, lang: str | None = None
) -> Table:
    """Return a communication plan in ten steps, begun from the map and left to be filled in.

    Parameters
    ----------
    kart : ActorMap
        The map.
    issue : str, optional
        Id of the issue; all of them if left out.
    lang : {"nb", "nn", "en", "sv"}, optional
        The language; the map's own if left out.

    Returns
    -------
    Table
        A row for each group of each issue, with the actors in it and its strategy; those
        who cannot be placed have a row of their own. The other columns are empty.

    Raises
    ------
    UnknownName
        If the map has no such issue, or there is no such language.

    Notes
    -----
    The ten steps of Ihlen and Robstad, the groups and strategies of Rawlins (2006). An actor
    that may belong to two groups stands in both.

    Examples
    --------
    >>> from aktorkart.model import Actor, ActorMap, Issue
    >>> seen = {"bolig": {"problem": "high", "constraint": "low", "involvement": "high"}}
    >>> kart = ActorMap(issues=[Issue(id="bolig", title="Bolig")],
    ...                 actors=[Actor(id="rio", name="RIO", stance=2, publics=seen)])
    >>> record = communication_plan(kart, lang="nb").to_records()[0]
    >>> record["target_group_label"], record["actors"], record["message"]
    ('Pådrivere', ['rio'], '')
    """
    expect_map(kart)
    lang = language(lang, kart.lang)
    placed = priorities(kart, issue=issue)
    rows = []
    for one in placed.issues or (None,):
        here = [row for row in placed.rows if row.issue == one]
        groups = [
            (group, [row.actor for row in here if group in row.groups]) for group in PRIORITY_GROUPS
        ]
        groups.append(("not_placed", [row.actor for row in here if not row.groups]))
        for group, ids in groups:
            if not ids:
                continue
            filled = {
                "issue": placed.titles[one] if one is not None else "",
                "target_group": coded("grunig.plan_group", group, lang),
                "actors": gathered(ids, placed.labels, lang),
                "strategy": text(f"grunig.strategy.{group}", lang)
                if group in PRIORITY_GROUPS
                else "",
            }
            rows.append(tuple(filled.get(key, "") for key in _PLAN_COLUMNS))
    keys = (f"{key}@" if key in _CODED else key for key in _PLAN_COLUMNS)
    return headed(lang, rows, *keys, prefix="grunig.plan")


_PLAN_COLUMNS = ("issue", *PLAN_STEPS[:4], "actors", *PLAN_STEPS[4:])
_CODED = ("issue", "target_group", "actors")
