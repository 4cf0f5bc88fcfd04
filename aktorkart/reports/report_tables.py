"""The tables of a report."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from aktorkart import toolbox
from aktorkart.content.bridges import bridge_counts
from aktorkart.content.contents import linked_pairs
from aktorkart.content.counted import beside, working
from aktorkart.content.held import ASKED
from aktorkart.content.methods import MEASURED
from aktorkart.i18n import capital, integer, sort_key, text
from aktorkart.model.called import called
from aktorkart.model.scales import SUPPORTS
from aktorkart.model.vocabulary import LINES
from aktorkart.network.groups import group_of
from aktorkart.tables import Cell, Column, Labelled, Table, coded, column, several

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aktorkart.content import Topics
    from aktorkart.content.held import Held
    from aktorkart.model import ActorMap
    from aktorkart.network.measures import Measures
    from aktorkart.network.variants import Rank

_MOST_CENTRAL = 15
_MOST_BRIDGES = 10


def tables_of(topics: Topics, lang: str) -> dict[str, Table]:
    """Make all tables of a report."""
    kart, values = topics.kart, topics.measures
    names = called(kart)
    tables = {"contents": _contents_table(kart, lang)}
    if shown_central(topics.apart):
        tables["centrality"] = _centrality_table(kart, topics.apart, lang)
    if counts := bridge_counts(kart):
        rows: list[tuple[Cell, ...]] = [
            (names[broker], *(_line_name(line, lang) for line in two), n)
            for broker, *two, n in counts[:_MOST_BRIDGES]
        ]
        tables["bridges"] = _table(lang, rows, "actor@", "one@", "other@", "pairs#")
    if values.cohesion:
        tables["cohesion"] = _cohesion_table(values, lang)
    if sum(len(part) > 1 for part in values.components) > 1:
        tables["reach"] = _parts_table(kart, values, lang)
    if topics.arenas.rows:
        tables["arenas"] = topics.arenas.table(lang)
    tables |= _scales_tables(topics, lang)
    if kart.actors:
        tables |= _judged_tables(topics, lang)
        if topics.held.rows:
            tables["firmness"] = _firmness_table(topics.held, lang)
        tables["actors"] = _actors_table(kart, values, lang)
        tables["definitions"] = _definitions_table(lang)
    return tables


_SHARES = ("betweenness", "density")


def shown_central(values: Measures) -> int:
    """Return how many rows of the ranking are worth showing: those who are between anyone."""
    between = sum(row.value > 0 for row in values.ranking("betweenness"))
    return min(between, _MOST_CENTRAL)


def _judged_tables(topics: Topics, lang: str) -> dict[str, Table]:
    """Return the tables of what people have judged and planned, where they have."""
    kart, judged = topics.kart, topics.judged
    ranked = judged["priorities"]
    # Those who cannot be placed are named among what is unknown.
    placed = replace(ranked, rows=tuple(row for row in ranked.rows if row.groups))
    found = judged["cooperation"]
    typed = replace(found, rows=tuple(row for row in found.rows if row.type))
    tables = {
        "linkages": judged["linkages"].table(lang),
        "priorities": placed.table(lang),
        "cooperation": typed.table(lang),
        "communication": judged["communication"].table(lang),
        "publics": judged["publics"].table(lang),
        "goals": toolbox.goals(kart).table(lang),
        "plan": toolbox.plan(kart).table(lang),
        "checklist": toolbox.checklist(kart).table(lang),
    }
    return {key: table for key, table in tables.items() if len(table)}


def _scales_tables(topics: Topics, lang: str) -> dict[str, Table]:
    """Return what the field's own scales say of the ties: only items that somebody has given."""
    found = topics.scales
    given = replace(found, means=tuple(one for one in found.means if one.n))
    tables = {"scales": given.means_table(lang)} if given.means else {}
    if any(one.name in SUPPORTS for one in found.ratings):
        tables["support"] = found.support_table(lang)
    return tables


def _column(key: str, lang: str) -> Column:
    name = key.rstrip("#@")
    code = f"measure.{name}.name" if name in MEASURED else f"report.column.{name}"
    return column(key, capital(text(code, lang)), percent=name in _SHARES)


def _table(lang: str, rows: Sequence[tuple[Cell, ...]], *keys: str) -> Table:
    """Make a table from the keys of its columns, which are marked as for `headed`."""
    columns = tuple(_column(key, lang) for key in keys)
    return Table(columns=columns, rows=tuple(rows), lang=lang)


def _contents_table(kart: ActorMap, lang: str) -> Table:
    counts = {
        "actors": len(kart.actors),
        "channels": working(kart),
        "unknown_strength": linked_pairs(kart)[1],
        **{key: len(told) for key, told in beside(kart).items()},
        "arenas": sum(actor.kind == "arena" for actor in kart.actors),
    }
    rows = [(coded("report.row", key, lang), n) for key, n in counts.items()]
    return _table(lang, rows, "what@", "count#")


def _possible(row: Rank, lang: str) -> str | None:
    """Say which places an actor may have; nothing where strengths were not drawn."""
    if row.lowest is None or row.highest is None:
        return None
    first, last = integer(row.lowest, lang), integer(row.highest, lang)
    return first if first == last else f"{first}–{last}"


def _line_name(line: str | None, lang: str) -> Labelled | None:
    return Labelled(capital(text(f"line_in_text.{line}", lang)), line) if line else None


def _centrality_table(kart: ActorMap, values: Measures, lang: str) -> Table:
    others = len(values) - 1
    names = called(kart)
    rows: list[tuple[Cell, ...]] = []
    for row in values.ranking("betweenness")[: shown_central(values)]:
        of = values[row.actor]
        rows.append(
            (
                names[row.actor],
                _line_name(group_of(kart, row.actor, "line"), lang),
                row.rank,
                _possible(row, lang),
                row.value,
                round((of.degree or 0) * others),
                of.strength,
            )
        )
    keys = ("rank#", "ranks", "betweenness#", "degree#", "strength#")
    return _table(lang, rows, "actor@", "line@", *keys)


def _cohesion_table(values: Measures, lang: str) -> Table:
    """Lines by lines: how much of what could be linked is linked."""
    present = {line for pair in values.cohesion for line in pair}
    lines = [line for line in LINES if line in present]
    columns = [_column("line@", lang)] + [
        Column(
            key=line,
            title=capital(text(f"line_in_text.{line}", lang)),
            numeric=True,
            percent=True,
        )
        for line in lines
    ]
    rows: list[tuple[Cell, ...]] = []
    for one in lines:
        # An undirected map has each pair once, in either order.
        found = [values.cohesion.get((one, to)) or values.cohesion.get((to, one)) for to in lines]
        shares = [of.density if of is not None else None for of in found]
        rows.append((_line_name(one, lang), *shares))
    return Table(columns=tuple(columns), rows=tuple(rows), lang=lang)


def _parts_table(kart: ActorMap, values: Measures, lang: str) -> Table:
    # Those who stand alone are named in the sentence above the table.
    names = called(kart)
    parts = [
        sorted(part, key=lambda id_: sort_key(names[id_], lang))
        for part in values.components
        if len(part) > 1
    ]
    rows = [
        (
            integer(place, lang),
            len(part),
            several(", ".join(names[id_] for id_ in part), part),
        )
        for place, part in enumerate(parts, start=1)
    ]
    return _table(lang, rows, "part", "count#", "actors@")


def _firmness_table(held: Held, lang: str) -> Table:
    """Statements by kinds of variants; only the kinds that were drawn have columns."""
    families = [key for key in ASKED if any(row.held(key) for row in held.rows)]
    rows: list[tuple[Cell, ...]] = []
    for row in held.rows:
        counts = [row.held(key) for key in families]
        change = row.changed
        found = text("report.no_change", lang) if row.searched else None
        rows.append(
            (
                replace(row.statement, more=()).text(lang),
                *(
                    count and text("report.held", lang, held=count[0], variants=count[1])
                    for count in counts
                ),
                found if change is None else change.text(lang),
            )
        )
    return _table(lang, rows, "statement", *families, "change")


def _actors_table(kart: ActorMap, values: Measures, lang: str) -> Table:
    others = max(len(values) - 1, 1)
    names = called(kart)
    rows: list[tuple[Cell, ...]] = []
    for id_ in sorted(values, key=lambda id_: sort_key(kart[id_].label, lang)):
        of = values[id_]
        rows.append(
            (
                names[id_],
                Labelled(kart.kind_name(kart[id_].kind, lang), kart[id_].kind),
                _line_name(group_of(kart, id_, "line"), lang),
                round((of.degree or 0) * others),
                of.strength,
                of.betweenness,
                of.closeness,
                of.eigenvector,
                of.constraint,
                of.core,
            )
        )
    keys = ("degree#", "strength#", "betweenness#", "closeness#", "eigenvector#", "constraint#")
    return _table(lang, rows, "actor@", "kind@", "line@", *keys, "core#")


def _definitions_table(lang: str) -> Table:
    rows = [
        (
            Labelled(text(f"measure.{name}.name", lang), name),
            text(f"measure.{name}.definition", lang),
        )
        for name in MEASURED
    ]
    return _table(lang, rows, "measure@", "definition")
