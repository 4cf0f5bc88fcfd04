"""Small maps whose reports are quick to write, with what is hard to write in them."""

from __future__ import annotations

import aktorkart as ak

NASTY = '#pagebreak() *x* <a> $1$ {{ title }} @b \\ "q" </w:t> & b'
"""A name that would be markup, were it read as such."""

NAMES = ("Kari", "Nordmann", "Torvald")


def nasty() -> ak.ActorMap:
    """Return a map of a service whose names look like markup."""
    return ak.ActorMap(
        title=NASTY,
        date="2026-03",
        focal="a",
        actors=[
            ak.Actor(id="a", name=NASTY, kind="dps"),
            ak.Actor(id="b", name="Spesialisthelsetjenesteavdelingen for rus", kind="nav"),
            ak.Actor(id="c", name="漢字 og 🙂", kind="gp"),
        ],
        ties=[
            ak.Tie(source="a", target="b", strength=4),
            ak.Tie(source="c", target="a", strength=2),
            ak.Tie(source="b", target="c", needed=True),
        ],
    )


def around() -> ak.ActorMap:
    """Return a map around a person with a name."""
    return ak.ActorMap(
        title="Rundt Kari Nordmann",
        scope="individual",
        focal="kari",
        lang="nb",
        actors=[
            ak.Actor(id="kari", name="Kari Nordmann", kind="user"),
            ak.Actor(id="torvald", name="Torvald Nordmann", kind="next_of_kin"),
            ak.Actor(id="nav", name="NAV", kind="nav"),
        ],
        ties=[
            ak.Tie(source="kari", target="torvald", strength=5),
            ak.Tie(source="kari", target="nav", strength=2),
        ],
    )
