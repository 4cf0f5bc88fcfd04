"""Contacts with providers, as the indices of continuity of care take them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from aktorkart.expected import expect

Contacts = Mapping[str, int] | Sequence[int]
"""How many contacts a person had with each provider."""


def counts(contacts: Contacts) -> list[int]:
    """Return the contacts with each provider that there were any with."""
    given = contacts.values() if isinstance(contacts, Mapping) else contacts
    expect("several", contacts=given)
    counted = list(given)
    expect("count", **{f"contacts[{at}]": count for at, count in enumerate(counted)})
    return [int(count) for count in counted if count]
