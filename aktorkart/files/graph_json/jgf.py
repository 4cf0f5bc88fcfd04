"""JSON Graph Format, versions 1 and 2."""

from __future__ import annotations

from typing import Any

from aktorkart.files.graph_json.parts import Parts, Record, Way


def read(content: Any, file: str) -> Parts | None:
    """Return the first graph in it, if it is one or several."""
    if not isinstance(content, dict):
        return None
    graphs, more = content.get("graphs"), 0
    way: Way = ("graphs", 0)
    if isinstance(graphs, list) and graphs:
        graph, more = graphs[0], len(graphs) - 1
    else:
        graph, way = content.get("graph"), ("graph",)
    if not isinstance(graph, dict) or not isinstance(graph.get("nodes"), (dict, list)):
        return None
    parts = _graph(graph, way, file)
    if more:
        named = graph.get("label") or graph.get("id") or "1"
        parts.notes.report("first_network_read", value=named, n=more)
    return parts


def _graph(graph: Record, way: Way, file: str) -> Parts:
    stated = graph.get("metadata")
    about = dict(stated) if isinstance(stated, dict) else {}
    own = "aktorkart" in about
    if not own:
        about |= {name: graph[name] for name in ("label", "type") if name in graph}
    parts = Parts(file, about=about)
    parts.fill(graph["nodes"], graph.get("edges"), at=((*way, "nodes"), (*way, "edges")))
    if graph.get("hyperedges"):
        parts.notes.report("part_left_out", value="hyperedges")
    directed = graph.get("directed")
    # The format says that an edge has a direction unless it denies it.
    parts.one_way = directed is None
    for edge in parts.edges:
        edge.pop("id", None)
        both = edge.pop("directed", directed)
        if isinstance(both, bool):
            edge["mutual"] = not both
    if own:
        parts.nodes = [_own(node, "id") for node in parts.nodes]
        parts.edges = [_own(edge, "source", "target", "mutual") for edge in parts.edges]
    return parts


def _own(item: Record, *kept: str) -> Record:
    """Return what we wrote of an actor or a tie, without what says it again for others."""
    inside = item.get("metadata")
    own = inside if isinstance(inside, dict) else {}
    return {**own, **{name: item[name] for name in kept if name in item}}
