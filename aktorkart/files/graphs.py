"""Maps from and to graphs of networkx."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from aktorkart.errors import Problem, WrongArgument
from aktorkart.files.about import taken_as_individual
from aktorkart.files.cells import is_empty

if TYPE_CHECKING:
    import networkx as nx
    from pydantic import BaseModel

    from aktorkart.model import ActorMap


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
    >>> from aktorkart.model import ActorMap
    >>> graph = to_networkx(ActorMap(
    ...     actors=[{"id": "bruker", "kind": "user"}, {"id": "nav", "tags": {"by": "Oslo"}}],
    ...     ties=[{"source": "bruker", "target": "nav", "strength": 4}],
    ... ))
    >>> graph.nodes["nav"], graph.edges["bruker", "nav", 0]["weight"]
    ({'by': 'Oslo'}, 4.0)
    """
    import networkx as nx

    from aktorkart.model import expect_map

    expect_map(kart)
    undirected = all(tie.mutual for tie in kart.ties)
    graph: Any = nx.MultiGraph() if undirected else nx.MultiDiGraph()
    graph.graph.update(_attributes(kart, leave_out={"actors", "ties"}))
    graph.graph |= {"strength_scale": kart.strength_scale, "scope": kart.scope}
    for actor in kart.actors:
        graph.add_node(actor.id, **_attributes(actor, leave_out={"id"}))
    for place, tie in enumerate(kart.ties):
        attributes = _attributes(tie, leave_out={"target" if undirected else "source", "target"})
        if tie.strength is not None:
            attributes["weight"] = tie.strength
        both_ways = tie.mutual and not undirected
        if both_ways:
            attributes["mutual"] = True
        graph.add_edge(tie.source, tie.target, key=place, **attributes)
        if both_ways:
            graph.add_edge(tie.target, tie.source, key=place, **attributes, reverse=True)
    return graph  # type: ignore[no-any-return]


def _attributes(value: BaseModel, *, leave_out: set[str]) -> dict[str, Any]:
    """Return what is stated on a part of a map, its tags as attributes of their own."""
    fields = type(value).model_fields
    stated = value.model_dump(exclude_defaults=True, exclude=leave_out)
    tags = stated.pop("tags", {})
    taken = {name: tag for name, tag in tags.items() if name in fields or name in _EDGE_WORDS}
    stated |= {name: tag for name, tag in tags.items() if name not in taken}
    return stated | ({"tags": taken} if taken else {})


_EDGE_WORDS = frozenset({"weight", "reverse", "label"})


def from_networkx(graph: nx.Graph[Any]) -> ActorMap:
    """Make a map of any networkx graph.

    Parameters
    ----------
    graph : networkx.Graph
        Directed or not, with parallel edges or not. It may come from `to_networkx`, and then
        the map is the same again.

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
        If it is so taken.

    Raises
    ------
    InvalidMap
        If the graph does not hold together as a map: an edge from a node to itself, parallel
        edges that nothing tells apart, a strength that is not a positive number.
    WrongArgument
        If it is no graph of networkx.

    Notes
    -----
    An edge's ``strength`` or else its ``weight`` is read as **closeness, strong is high**,
    never as a distance. Edges with neither have unknown strength. The scale is the graph's
    own ``strength_scale``; without one it is 1–5 if there are strengths and all are whole
    numbers from 1 to 5, otherwise open-ended. In a multigraph, a key that is a tie kind
    (``"referral"``) is the tie's kind.

    Examples
    --------
    >>> import networkx as nx
    >>> kart = from_networkx(nx.Graph([("bruker", "nav", {"weight": 250})]))
    >>> kart.ties[0].strength, kart.strength_scale
    (250.0, None)
    """
    import networkx as nx

    from aktorkart.model import Actor, ActorMap, Tie
    from aktorkart.model.vocabulary import TIE_KINDS

    if not isinstance(graph, nx.Graph):
        values = {"value": type(graph).__name__}
        raise WrongArgument(Problem(code="not_a_graph", values=values))
    about = _fields(ActorMap, graph.graph)
    own = about.get("tie_kinds", {})
    kinds = {*TIE_KINDS, *(own if isinstance(own, Mapping) else ())}
    actors = []
    for node, data in graph.nodes(data=True):
        attributes = dict(data)
        if "label" in attributes and "name" not in attributes:
            attributes["name"] = attributes.pop("label")
        actors.append(_fields(Actor, attributes) | {"id": str(node)})
    view: Any = graph.edges
    edges = (
        view(keys=True, data=True)
        if graph.is_multigraph()
        else ((tail, head, None, data) for tail, head, data in view(data=True))
    )
    ties: list[tuple[Any, dict[str, Any]]] = []
    for tail, head, key, data in edges:
        attributes = dict(data)
        if attributes.pop("reverse", False) is True and graph.has_edge(head, tail):
            continue
        weight = _plain(attributes.pop("weight", None))
        attributes.setdefault("strength", weight)
        attributes.setdefault("mutual", not graph.is_directed())
        if isinstance(key, str) and key in kinds:
            attributes.setdefault("kind", key)
        ends = {"source": str(tail), "target": str(head)}
        if not graph.is_directed() and str(attributes.get("source")) == ends["target"]:
            ends = {"source": ends["target"], "target": ends["source"]}
        ties.append((key, _fields(Tie, attributes) | ends))
    keys = [key for key, _ in ties]
    if all(isinstance(key, int) for key in keys) and len(set(keys)) == len(keys):
        ties.sort(key=lambda tie: tie[0])  # to_networkx's keys: the order of the map
    strengths = [tie["strength"] for _, tie in ties if tie["strength"] is not None]
    rated = bool(strengths) and all(
        isinstance(one, (int, float)) and one in range(1, 6) for one in strengths
    )
    about.setdefault("strength_scale", (1.0, 5.0) if rated else None)
    content = about | {"actors": actors, "ties": [tie for _, tie in ties]}
    taken_as_individual(content)
    return ActorMap(**content)


def _fields(model: type[BaseModel], attributes: Mapping[Any, Any]) -> dict[str, Any]:
    """Sort attributes into a model's fields and tags."""
    known = model.model_fields
    if not isinstance(attributes, Mapping):
        return {}
    # An edge's "value" in other programs is a number of their own.
    scales = known.keys() & {"trust", "value", "support", "damour"}
    found = {
        name: value
        for name, value in attributes.items()
        if name in known and (name not in scales or isinstance(value, Mapping))
    }
    tags = found.get("tags", {})
    if not isinstance(tags, Mapping):
        return found
    tags = dict(tags)
    for name, value in attributes.items():
        if name not in found and name != "tags" and value is not None:
            tags[str(name)] = _tag(value)
    return found | ({"tags": tags} if tags else {})


def _plain(value: Any) -> Any:
    """Return numpy's numbers as numbers, and None for what frames have where nothing is known."""
    if is_empty(value):
        return None
    return value.item() if hasattr(value, "item") and not getattr(value, "ndim", 0) else value


def _tag(value: Any) -> Any:
    """Return an attribute as a tag can hold it, as text if nothing else will do."""
    value = _plain(value)
    if isinstance(value, (str, bool, int)) or (isinstance(value, float) and math.isfinite(value)):
        return value
    if isinstance(value, (list, tuple, set, frozenset)):
        listed = sorted(map(str, value)) if isinstance(value, (set, frozenset)) else value
        return tuple(str(item) for item in listed)
    return str(value)
