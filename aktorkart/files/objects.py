"""Graphs of igraph and matrices, as sheets; igraph, pandas and scipy are known by their looks."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from aktorkart.errors import Problem, WrongArgument
from aktorkart.files.cells import is_empty
from aktorkart.files.graphs import Edge, draft_of_graph, draft_of_networkx
from aktorkart.files.sheets import Draft, Sheet

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Cells = dict[tuple[int, int], float]


def draft_of_object(source: Any) -> Draft:
    """Lay out a graph of networkx or igraph, a matrix, or a frame of ties alone."""
    if hasattr(source, "vs") and hasattr(source, "es"):
        return draft_of_igraph(source)
    if hasattr(source, "adj") and hasattr(source, "nodes"):
        return draft_of_networkx(source)
    if _is_table(source):
        names = _square(source)
        if names is not None:
            return draft_of_matrix(source.to_numpy(), names)
        from aktorkart.files.frames import draft_of_frames

        return draft_of_frames(None, source)
    if hasattr(source, "tocoo") or getattr(source, "ndim", None) == _SIDES:
        return draft_of_matrix(source)
    raise WrongArgument(Problem(code="not_a_source", values={"value": type(source).__name__}))


_SIDES = 2


def _is_table(source: Any) -> bool:
    return hasattr(source, "columns") and not hasattr(source, "tocoo")


def _square(frame: Any) -> list[str] | None:
    """Return the names of a frame that has the same over its columns and before its rows."""
    index = getattr(frame, "index", None)
    if index is None or callable(index) or not hasattr(frame, "to_numpy"):
        return None
    names = [str(name) for name in frame.columns]
    same = names == [str(name) for name in index]
    return names if same and len(names) > 1 else None


# --- igraph


def draft_of_igraph(graph: Any) -> Draft:
    """Lay out the vertices and edges of a graph of igraph as sheets.

    Vertices are known by their ``name`` if each has its own, else by their number.
    """
    columns = {name: graph.vs[name] for name in graph.vs.attributes()}
    size = graph.vcount()
    ids: Sequence[Any] = range(size)
    for name in ("_nx_name", "name", "id"):  # the first is igraph's for nodes of networkx
        named = columns.get(name, [])
        if len({str(one) for one in named if not is_empty(one)}) == size and named:
            ids = columns.pop(name)
            break
    nodes = [
        {**{name: column[row] for name, column in columns.items()}, "id": ids[row]}
        for row in range(size)
    ]
    attributes = {name: graph.es[name] for name in graph.es.attributes()}
    keys = attributes.pop("_nx_multiedge_key", None)
    edges: list[Edge] = [
        (
            ids[tail],
            ids[head],
            None if keys is None else keys[row],
            {name: column[row] for name, column in attributes.items() if column[row] is not None},
        )
        for row, (tail, head) in enumerate(graph.get_edgelist())
    ]
    stated = {name: graph[name] for name in graph.attributes()}
    arenas = _two_modes(nodes) if "kind" not in columns else 0
    if arenas:
        edges = [
            (tail, head, key, {"kind": "membership", **data}) for tail, head, key, data in edges
        ]
    draft = draft_of_graph(stated, nodes, edges, directed=graph.is_directed())
    if arenas:
        values = {"people": size - arenas, "arenas": arenas}
        draft.notes.append(Problem(code="two_modes_read", values=values))
    return draft


def _two_modes(nodes: list[dict[str, Any]]) -> int:
    """Let the second mode of a bipartite graph, whose ``type`` is true, be arenas; count them."""
    types = [node.get("type") for node in nodes]
    if not all(isinstance(one, bool) for one in types):
        return 0
    for node in nodes:
        if node.pop("type"):
            node["kind"] = "arena"
    return sum(map(bool, types))


# --- matrices


def draft_of_matrix(matrix: Any, labels: Sequence[Any] | None = None) -> Draft:
    """Lay out a square matrix of who × whom as sheets.

    Zero and what is missing are no tie, the diagonal is left out, and cells that differ each
    way are two ties.
    """
    cells, size = _cells(matrix)
    names = [str(one) for one in (range(1, size + 1) if labels is None else labels)]
    if len(names) != size or len({*names}) != size:
        raise WrongArgument(Problem(code="not_as_many_names", values={"n": size}))
    marks = {*cells.values()} <= {1}
    ties = [
        {"source": names[row], "target": names[column], "mutual": mutual}
        | ({} if marks else {"strength": value})
        for row, column, value, mutual in _pairs(cells)
    ]
    note = Problem(code="square_matrix", values={"n": size})
    sheet = Sheet.of(ties, item=lambda row: f"{ties[row]['source']} – {ties[row]['target']}")
    sheet.typed = True
    if not ties:
        sheet.headings, sheet.columns = ["source", "target"], [[], []]
    return Draft(Sheet(["id"], [names], typed=True), sheet, notes=[note], matrix=True)


def _cells(matrix: Any) -> tuple[Cells, int]:
    """Return what is in a matrix, and how many rows it has."""
    import numpy as np

    shape: tuple[int, ...] = getattr(matrix, "shape", ())
    if len(shape) != _SIDES or shape[0] != shape[1]:
        raise _no_matrix(matrix)
    if hasattr(matrix, "tocoo"):
        sparse = matrix.tocoo()
        rows, columns, values = sparse.row, sparse.col, sparse.data
    else:
        dense = np.asarray(matrix)
        try:
            if dense.dtype.kind == "O":
                dense = np.array(
                    [[0.0 if is_empty(one) else float(one) for one in row] for row in dense]
                )
        except (TypeError, ValueError):
            raise _no_matrix(matrix) from None
        rows, columns = np.nonzero(dense)
        values = dense[rows, columns]
    if values.dtype.kind not in "biuf":
        raise _no_matrix(matrix)
    cells: Cells = {}
    for row, column, value in zip(rows.tolist(), columns.tolist(), values.tolist(), strict=True):
        if row != column and value and not math.isnan(value):
            cells[row, column] = cells.get((row, column), 0) + value  # scipy adds them up too
    return cells, int(shape[0])


def _pairs(cells: Cells) -> Iterator[tuple[int, int, float, bool]]:
    for (row, column), value in sorted(cells.items()):
        equal = cells.get((column, row)) == value
        if not equal or row < column:
            yield row, column, value, equal


def _no_matrix(matrix: Any) -> WrongArgument:
    values = {"value": f"{type(matrix).__name__} {getattr(matrix, 'shape', '')}".strip()}
    return WrongArgument(Problem(code="not_a_matrix", values=values))
