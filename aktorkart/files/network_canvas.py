"""Interviews of Network Canvas: somebody is asked, and names those around them.

Whoever is asked is no node of the file; what they said of themselves stands on the graph. They
become an actor, with a tie to each of those whom they named.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aktorkart.files.nodes import Named, Parts
    from aktorkart.files.sheets import Draft

_UUID = "networkCanvasUUID"
_TYPE = "networkCanvasType"
_ENDS = ("networkCanvasSourceUUID", "networkCanvasTargetUUID")
_UNNAMED = "Node"
"""What it writes for a node without a name."""


def made_it(parts: Parts, actors: Sequence[Named]) -> bool:
    """Tell whether Network Canvas wrote the file."""
    sessions = any("sessionUUID" in graph.stated for graph in parts.graphs)
    return sessions or any(name == _UUID for name, _ in actors)


def settle(
    parts: Parts,
    actors: list[Named],
    ties: list[Named],
    stated: Sequence[Sequence[tuple[str, str]]],
) -> list[str]:
    """Add those who were asked, and their ties; return their ids."""
    nodes, edges = parts.nodes, parts.edges
    if len(set(nodes.ids)) < len(nodes.ids):  # numbered anew in each interview
        _take(nodes.ids, actors, _UUID)
        _take(edges.sources, ties, _ENDS[0])
        _take(edges.targets, ties, _ENDS[1])
    for columns in (actors, ties):
        columns[:] = [("kind" if name == _TYPE else name, cells) for name, cells in columns]
    label = _column(actors, "label", len(nodes.ids))
    label[:] = [None if cell == _UNNAMED else cell for cell in label]
    egos = []
    for place, (graph, said) in enumerate(zip(parts.graphs, stated, strict=True)):
        of_ego = dict(said)
        case = graph.stated.get("caseId") or graph.stated.get("caseID")
        ego = of_ego.pop(_UUID, None) or graph.stated.get("sessionUUID") or f"ego {place + 1}"
        named = [row for row, one in enumerate(nodes.graphs) if one == place]
        egos.append(ego)
        for _, column in actors:
            column.append(None)
        nodes.lines.append(graph.line)
        nodes.ids.append(ego)
        nodes.graphs.append(place)
        for name, value in {"label": case, **of_ego}.items():
            _column(actors, name, len(nodes.ids))[-1] = value
        for row in named:
            edges.lines.append(nodes.lines[row])
            edges.sources.append(ego)
            edges.targets.append(nodes.ids[row])
            edges.mutual.append(False)
            edges.graphs.append(place)
        for _, column in ties:
            column.extend([None] * len(named))
    parts.report("egos_added", [graph.line for graph in parts.graphs])
    return egos


def around(draft: Draft, egos: Sequence[str]) -> None:
    """Say that the map is around a person, so that it is protected as such."""
    draft.about["scope"] = "individual"
    if len(egos) == 1:
        draft.about["focal"] = egos[0]


def _take(ids: list[str | None], columns: Sequence[Named], name: str) -> None:
    found = next((cells for heading, cells in columns if heading == name), None)
    if found is not None:
        ids[:] = [other or one for one, other in zip(ids, found, strict=True)]


def _column(columns: list[Named], name: str, rows: int) -> list[Any]:
    for heading, cells in columns:
        if heading == name:
            return cells
    columns.append((name, [None] * rows))
    return columns[-1][1]
