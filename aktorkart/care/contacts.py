"""Contacts with providers, as the indices of continuity of care take them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

Contacts = Mapping[str, int] | Sequence[int]
"""How many contacts a person had with each provider."""


def counts(contacts: Contacts) -> list[int]:
    """Return the contacts with each provider that there were any with."""
    given = list(contacts.values() if isinstance(contacts, Mapping) else contacts)
    if any(not count >= 0 or count % 1 for count in given):
        raise ValueError(f"contacts are whole numbers from 0 up, not {given!r}")
    return [int(count) for count in given if count]
