"""A map without names that only its owner can give them back to: ``ak.pseudonymise``."""

from __future__ import annotations

import base64
import csv
import hashlib
import hmac
import io
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from aktorkart.atomic import expect_path, write_bytes
from aktorkart.errors import Place, Problem, UnreadableFile, WrongArgument, one_of
from aktorkart.model import ActorMap, expect_map
from aktorkart.model import vocabulary as words
from aktorkart.model.checks import same_tie
from aktorkart.model.walk import GONE, changed, own_ids
from aktorkart.privacy.consent import require

if TYPE_CHECKING:
    import datetime as dt
    import os
    from collections.abc import Callable

    from aktorkart.model import Tie
    from aktorkart.model.fields import Held
    from aktorkart.model.walk import Spot

LINKS = ("name", "id")
"""What ``link=`` takes."""

_LETTERS = 10
_JOINED_BY_ID_ONLY = frozenset({"user", "next_of_kin"})
_HEADINGS = ("pseudonym", "id", "name", "organisation")
_SHORT = {"issue": "i", "goal": "g", "action": "p", "item": "c"}


@dataclass(frozen=True)
class KeyTable:
    """What each pseudonym stands for. Whoever has it can name everybody: keep it apart.

    Parameters
    ----------
    rows : tuple of tuple of str
        Pseudonym, id, name and organisation of each actor, then of informants from outside
        the map, who have a name only.
    """

    rows: tuple[tuple[str, str, str, str], ...]

    def __repr__(self) -> str:
        return f"KeyTable({len(self.rows)} rows)"

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write the table to a file of its own, which only its owner can read.

        Parameters
        ----------
        path : str or path-like
            A CSV file.

        Raises
        ------
        UnwritableFile
            If it cannot be written; what stood there is untouched.
        """
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerows([_HEADINGS, *self.rows])
        write_bytes(expect_path(path), out.getvalue().encode(), private=True)

    @classmethod
    def read(cls, path: str | os.PathLike[str]) -> KeyTable:
        """Read a table that was saved.

        Parameters
        ----------
        path : str or path-like
            The CSV file.

        Returns
        -------
        KeyTable
            The table.

        Raises
        ------
        UnreadableFile
            If it is missing or not such a table.
        """
        name = expect_path(path)
        try:
            with open(name, encoding="utf-8", newline="") as stream:  # noqa: PTH123 - takes any path
                headings, *rows = csv.reader(stream)
        except (OSError, ValueError, csv.Error):
            headings, rows = [], []
        if tuple(headings) != _HEADINGS or any(len(row) != len(_HEADINGS) for row in rows):
            raise UnreadableFile(Problem(code="no_key_table", place=Place(file=name)))
        return cls(tuple((row[0], row[1], row[2], row[3]) for row in rows))


def pseudonymise(
    kart: ActorMap,
    *,
    key: str | bytes,
    link: str = "name",
    today: dt.date | None = None,
    consent: str = "required",
) -> tuple[ActorMap, KeyTable]:
    """Return a map with pseudonyms for everybody, and the table that gives them back.

    Parameters
    ----------
    kart : ActorMap
        The map.
    key : str or bytes
        A secret of at least 8 signs. The same key gives the same pseudonyms in several maps.
    link : {"name", "id"}
        Who is joined over several maps: actors whose kind, id and name all agree; users and
        next of kin only with ``id``, by the ids that a team has agreed on.
    today : datetime.date, optional
        The day to judge the consent by; the clock's if left out.
    consent : {"required", "ignore"}
        Whether a consent that is missing, over or withdrawn stops it.

    Returns
    -------
    tuple of ActorMap and KeyTable
        The map has pseudonyms for ids, no names, organisations, free text, tags or positions,
        kinds of its own by number, and dates by month. What was dropped stays so.

    Raises
    ------
    NoConsent
        If a consent is needed and does not hold.
    WrongArgument
        If the key is too short to be a secret.
    UnknownName
        If ``link`` or ``consent`` is another word.

    Notes
    -----
    A pseudonym is ten letters of HMAC-SHA256 over kind, id and name in Unicode's composed form.

    Examples
    --------
    >>> from aktorkart.model import Actor
    >>> kart = ActorMap(title="Kari", date="2026-03-01", actors=[Actor(id="nav", kind="nav")])
    >>> hidden, table = pseudonymise(kart, key="correct horse")
    >>> hidden.title, hidden.date, hidden.actors[0].id == table.rows[0][0]
    (None, '2026-03', True)
    """
    expect_map(kart)
    one_of(link, LINKS, option="link")
    require(kart, consent, today=today)
    secret = _secret(key)
    # What is not to be joined has the whole map in its pseudonym.
    own = kart.model_dump_json().encode()

    def pseudonym(kind: str, id_: str, name: str | None) -> str:
        apart = own if kind in _JOINED_BY_ID_ONLY and link != "id" else b""
        parts = [unicodedata.normalize("NFC", part) for part in (kind, id_, name or "")]
        mixed = hmac.new(secret, "\0".join(parts).encode() + b"\0" + apart, hashlib.sha256)
        return base64.b32encode(mixed.digest()).decode().lower()[:_LETTERS]

    actors = {actor.id: pseudonym(actor.kind, actor.id, actor.name) for actor in kart.actors}
    outside = sorted(
        {tie.informant for tie in kart.ties if tie.informant and tie.informant not in kart}
    )
    informants = actors | {name: pseudonym("informant", name, None) for name in outside}
    rows = [
        (actors[actor.id], actor.id, actor.name or "", actor.organisation or "")
        for actor in kart.actors
    ] + [(informants[name], name, "", "") for name in outside]
    hidden = kart.with_(**_changes(kart, actors, informants))
    return hidden, KeyTable(tuple(rows))


def _secret(key: str | bytes) -> bytes:
    secret = key.encode("utf-8", "surrogatepass") if isinstance(key, str) else key
    shortest = 8
    if not isinstance(secret, bytes) or len(secret) < shortest:
        raise WrongArgument(Problem(code="short_key", values={"least": shortest}))
    return secret


def _changes(kart: ActorMap, actors: dict[str, str], informants: dict[str, str]) -> dict[str, Any]:
    """Return the fields that differ, with what they have instead."""
    numbers = {
        what: {
            item.id: f"{_SHORT[what]}{number}"
            for number, item in enumerate(getattr(kart, section), start=1)
        }
        for what, section in own_ids(ActorMap).items()
        if what in _SHORT
    }
    kinds = _numbered("kind", kart.kinds, words.KINDS)
    tie_kinds = _numbered("tie_kind", kart.tie_kinds, words.TIE_KINDS)
    known: dict[Held, Callable[[Any], Any]] = {
        **{what: ids.__getitem__ for what, ids in numbers.items()},
        "actor": actors.__getitem__,
        "end": actors.__getitem__,
        "who": lambda name: informants.get(name, GONE),
        "need": lambda need: actors.get(need, kinds.get(need, need)),
        "kind": lambda kind: kinds.get(kind, kind),
        "tie_kind": lambda kind: tie_kinds.get(kind, kind),
        "date": lambda date: date[: len("2026-03")],
        **dict.fromkeys(
            ("name", "title", "words", "area", "remark", "organisation", "tags"), lambda _: GONE
        ),
        "kind_name": lambda _: None,
    }

    def change(spot: Spot) -> Any:
        return spot.value if spot.value is None else known[spot.holds.what](spot.value)

    fields = changed(kart, change, frozenset(known))
    agreed = kart.consent
    if agreed is not None:
        fields["consent"] = type(agreed)(
            **{name: known["date"](date) for name in ("given", "until", "withdrawn")
               if (date := getattr(agreed, name))},
            covers=agreed.covers,
        )  # fmt: skip
    if "ties" in fields:
        fields["ties"] = _joined(fields["ties"])
    return {**fields, "positions": {}}


def _joined(ties: tuple[Tie, ...]) -> list[Tie]:
    """Join ties that followed each other within a month, now that they are told by the month."""
    kept: list[Tie] = []
    alike: dict[Any, list[int]] = {}
    for tie in sorted(ties, key=lambda tie: tie.since or ""):
        places = alike.setdefault((tie.pair, tie.kind, tie.informant), [])
        same = next((place for place in places if same_tie(kept[place], tie)), None)
        if same is None:
            places.append(len(kept))
            kept.append(tie)
        else:
            kept[same] = kept[same].model_copy(update={"until": tie.until})
    return kept


def _numbered(word: str, own: Any, known: Any) -> dict[str, str]:
    return {
        code: f"{word}_{number}"
        for number, code in enumerate(sorted(set(own) - set(known)), start=1)
    }
