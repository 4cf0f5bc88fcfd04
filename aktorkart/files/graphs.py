"""Maps from and to graphs of networkx."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from aktorkart.errors import Problem, WrongArgument
from aktorkart.files.cells import is_empty, tag
from aktorkart.files.making import made
from aktorkart.files.read import noted
from aktorkart.files.schema import SCHEMA
from aktorkart.files.sheets import Draft, Reading, Sheet
from aktorkart.model import ActorMap, expect_map
from aktorkart.model.vocabulary import TIE_KINDS

if TYPE_CHECKING:
    import networkx as nx
    from pydantic import BaseModel


def to_networkx(kart: ActorMap) -> nx.MultiGraph[str] | nx.MultiDiGraph[str]:
    """Make a networkx graph of a map, with everything the map holds.

    Parameters
    ----------
    kart : ActorMap
        The map.

    Returns
    -------
    networkx.MultiGraph or networkx.MultiDiGraph
        Undirected if every tie is mutual; otherwise a mutual tie is an edge each way, the
        second marked ``reverse=True``. The key of an edge is the tie's place in the map.

    Notes
    -----
    All ties become edges, also those that measures leave out (strained, broken, needed, in
    conflict). Fields that have their default are left out; tags become attributes of their
    own. ``weight`` is the strength: **strong is high**. networkx's shortest paths read a
    weight as a distance, so they want 1/weight, not ``weight``.

    Examples
    --------
    >>> from aktorkart.model import ActorMap, expect_map
    >>> graph = to_networkx(ActorMap(
    ...     actors=[{"id": "bruker", "kind": "user"}, {"id": "nav", "tags": {"by": "Oslo"}}],
    ...     ties=[{"source": "bruker", "target": "nav", "strength": 4}],
    ... ))
    >>> graph.nodes["nav"], graph.edges["bruker", "nav", 0]["weight"]
    ({'by': 'Oslo'}, 4.0)
    """
    import networkx as nx

    expect_map(kart)
    parts = parts_of(kart)
    graph: Any = nx.MultiDiGraph() if parts.directed else nx.MultiGraph()
    graph.graph.update(parts.about)
    for id_, data in parts.nodes:
        graph.add_node(id_)
        graph.nodes[id_].update(data)
    for source, target, key, data in parts.edges:
        graph.add_edge(source, target, key=key)
        graph.edges[source, target, key].update(data)
    return graph  # type: ignore[no-any-return]


@dataclass(frozen=True)
class GraphParts:
    """What a graph of networkx has: attributes of its own, of nodes, and of edges with keys."""

    directed: bool
    about: dict[str, Any]
    nodes: list[tuple[str, dict[str, Any]]]
    edges: list[tuple[str, str, int, dict[str, Any]]]


def parts_of(kart: ActorMap) -> GraphParts:
    """Lay out everything that a map holds as a graph."""
    directed = not all(tie.mutual for tie in kart.ties)
    about = _attributes(kart, leave_out={"actors", "ties"}) | {
        "aktorkart": SCHEMA,
        "strength_scale": kart.strength_scale,
        "scope": kart.scope,
    }
    nodes = [(actor.id, _attributes(actor, leave_out={"id"})) for actor in kart.actors]
    edges = []
    for place, tie in enumerate(kart.ties):
        attributes = _attributes(tie, leave_out={"source" if directed else "target", "target"})
        if tie.strength is not None:
            attributes["weight"] = tie.strength
        both_ways = tie.mutual and directed
        if both_ways:
            attributes["mutual"] = True
        edges.append((tie.source, tie.target, place, attributes))
        if both_ways:
            back = {**attributes, "reverse": True}
            edges.append((tie.target, tie.source, place, back))
    return GraphParts(directed, about, nodes, edges)


def _attributes(value: BaseModel, *, leave_out: set[str]) -> dict[str, Any]:
    """Return what is stated on a part of a map, its tags as attributes of their own."""
    fields = type(value).model_fields
    stated = value.model_dump(exclude_defaults=True, exclude=leave_out)
    tags = stated.pop("tags", {})
    taken = {name: tag for name, tag in tags.items() if name in fields or name in _EDGE_WORDS}
    stated |= {name: tag for name, tag in tags.items() if name not in taken}
    return stated | ({"tags": taken} if taken else {})


_EDGE_WORDS = frozenset({"weight", "reverse", "label", "key", "aktorkart"})


def from_networkx(  # noqa: PLR0913 - one set of options for every table of others
    graph: nx.Graph[Any],
    *,
    directed: bool | None = None,
    columns: Mapping[str, str] | None = None,
    weights: str = "auto",
    repair: bool = False,
    count: bool = False,
) -> ActorMap:
    """Make a map of any networkx graph.

    Parameters
    ----------
    graph : networkx.Graph
        Directed or not, with parallel edges or not. It may come from `to_networkx`, and then
        the map is the same again.
    directed, columns, weights, repair, count
        How a graph that is not of `to_networkx` is read: as in `read`.

    Returns
    -------
    ActorMap
        Nodes become actors, their ids as text; edges become ties, mutual if the graph is
        undirected (or the edge says ``mutual=True``). Attributes with the names of a map's
        fields become these fields, others become tags. With one user, and no word of its
        scope, it is taken as a map around a person.

    Warns
    -----
    MapNote
        One for each thing that was decided in reading, with its first places.

    Raises
    ------
    InvalidMap
        If the graph does not hold together as a map: an edge from a node to itself, parallel
        edges that nothing tells apart, a strength that is not a positive number.
    UnknownName
        If ``columns`` names no field of an actor or a tie.
    WrongArgument
        If it is no graph of networkx.

    Notes
    -----
    An edge's ``strength`` or else its ``weight`` is read as **closeness, strong is high**,
    never as a distance. Edges with neither have unknown strength. The scale is the graph's
    own ``strength_scale``; without one, a ``weight`` is judged from 1 to 5 if all are whole
    numbers in that range, and a count otherwise. In a multigraph, a key that is a tie kind
    (``"referral"``) is the tie's kind.

    Examples
    --------
    >>> import networkx as nx
    >>> kart = from_networkx(nx.Graph([("bruker", "nav", {"weight": 250})]))
    >>> kart.ties[0].strength, kart.strength_scale
    (250.0, None)
    """
    reading = Reading(directed, columns or {}, weights, repair=repair, count=count)
    return noted(made(draft_of_networkx(graph), reading))


def draft_of_networkx(graph: nx.Graph[Any]) -> Draft:
    """Lay out the nodes and edges of a graph as sheets."""
    import networkx as nx

    if not isinstance(graph, nx.Graph) or not isinstance(graph.graph, Mapping):
        values = {"value": type(graph).__name__}
        raise WrongArgument(Problem(code="not_a_graph", values=values))
    view: Any = graph.edges
    edges = (
        view(keys=True, data=True)
        if graph.is_multigraph()
        else ((tail, head, None, data) for tail, head, data in view(data=True))
    )
    nodes = [{**data, "id": node} for node, data in graph.nodes(data=True)]
    return draft_of_graph(graph.graph, nodes, list(edges), directed=graph.is_directed())


Edge = tuple[Any, Any, Any, Mapping[str, Any]]
"""Both ends, the key and the attributes."""


def draft_of_graph(
    stated: Mapping[str, Any], nodes: list[dict[str, Any]], edges: list[Edge], *, directed: bool
) -> Draft:
    """Lay out attributes of a graph, its nodes and its edges as sheets, whoever made it."""
    own = stated.get("aktorkart") == SCHEMA
    about = _about(stated)
    tie_kinds = about.get("tie_kinds", {})
    kinds = {*TIE_KINDS, *(tie_kinds if isinstance(tie_kinds, Mapping) else ())}
    rated = any("strength" in data for *_, data in edges)
    pairs = {(tail, head) for tail, head, *_ in edges}
    ties: list[tuple[Any, dict[str, Any]]] = []
    for tail, head, key, data in edges:
        tie = {name: value for name, value in data.items() if name != "reverse"}
        if own or rated:  # a weight beside strengths is for programs that know no other
            weight = tie.pop("weight", None)
            tie.setdefault("strength", None if own else weight)
        if data.get("reverse") in (True, 1) and (head, tail) in pairs:
            continue
        tie.setdefault("mutual", not directed)
        if isinstance(key, str) and key in kinds:
            tie.setdefault("kind", key)
        ends = {"source": tail, "target": head}
        if not directed and str(tie.get("source")) == str(head):
            ends = {"source": head, "target": tail}
        ties.append((key, {**tie, **ends}))
    keys = [key for key, _ in ties]
    if all(isinstance(key, int) for key in keys) and len(set(keys)) == len(keys):
        ties.sort(key=lambda tie: tie[0])  # to_networkx's keys: the order of the map
    edge_list = [tie for _, tie in ties]
    return Draft(
        Sheet.of(nodes, item=lambda row: str(nodes[row]["id"]), typed=True)
        if nodes
        else Sheet(["id"], [[]]),
        Sheet.of(
            edge_list,
            item=lambda row: f"{edge_list[row]['source']} – {edge_list[row]['target']}",
            typed=True,
        )
        if edge_list
        else Sheet(["source", "target"], [[], []]),
        about=about,
        own=own,
    )


def _about(stated: Mapping[str, Any]) -> dict[str, Any]:
    """Sort the attributes of a graph into a map's own fields and tags."""
    known = ActorMap.model_fields
    about = {name: value for name, value in stated.items() if name in known}
    others = {
        str(name): tag(value)
        for name, value in stated.items()
        if name not in known and name != "aktorkart" and not is_empty(value)
    }
    if others and isinstance(about.get("tags", {}), Mapping):
        about["tags"] = {**about.get("tags", {}), **others}
    return about
