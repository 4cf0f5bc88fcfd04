"""Names given back to a map with pseudonyms: ``ak.reidentify``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aktorkart.errors import Problem, WrongArgument
from aktorkart.model import expect_map
from aktorkart.model.walk import changed
from aktorkart.privacy.pseudonymise import KeyTable

if TYPE_CHECKING:
    from typing import Any

    from aktorkart.model import ActorMap
    from aktorkart.model.fields import Held
    from aktorkart.model.walk import Spot


def reidentify(kart: ActorMap, table: KeyTable) -> ActorMap:
    """Give ids, names and organisations back to a map with pseudonyms.

    Parameters
    ----------
    kart : ActorMap
        The map, also with changes made to it since.
    table : KeyTable
        The table that came with it.

    Returns
    -------
    ActorMap
        With ids, names and organisations. What was dropped or coarsened stays so; actors that
        the table does not know keep their ids.

    Raises
    ------
    WrongArgument
        If the table is something else.

    Examples
    --------
    >>> from aktorkart.model import Actor, ActorMap
    >>> from aktorkart.privacy.pseudonymise import pseudonymise
    >>> kart = ActorMap(actors=[Actor(id="nav", name="NAV Storvik", kind="nav")])
    >>> reidentify(*pseudonymise(kart, key="correct horse")) == kart
    True
    """
    expect_map(kart)
    if not isinstance(table, KeyTable):
        raise WrongArgument(Problem(code="not_a_key_table"))
    ids = {pseudonym: id_ for pseudonym, id_, *_ in table.rows}
    names = {pseudonym: name for pseudonym, _, name, _ in table.rows}
    organisations = {pseudonym: where for pseudonym, *_, where in table.rows}

    def change(spot: Spot) -> Any:
        match spot.holds.what:
            case "name":
                return names.get(spot.owner.id) or spot.value  # type: ignore[attr-defined]
            case "organisation":
                return organisations.get(spot.owner.id) or spot.value  # type: ignore[attr-defined]
        return ids.get(spot.value, spot.value)

    wanted: frozenset[Held] = frozenset({"actor", "end", "who", "need", "name", "organisation"})
    return kart.with_(**changed(kart, change, wanted))
