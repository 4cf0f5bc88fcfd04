"""Node-link JSON: what networkx' ``node_link_graph`` reads, and D3 draws."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aktorkart.files.drafted import needed_drawn
from aktorkart.files.formats import Dumped
from aktorkart.files.graphs import parts_of
from aktorkart.files.json import as_json, load

if TYPE_CHECKING:
    from aktorkart.model import ActorMap

__all__ = ["dump", "load"]


def dump(kart: ActorMap, path: str) -> Dumped:
    """Write the graph that `to_networkx` makes, with everything the map holds."""
    graph = parts_of(kart)
    content = {
        "directed": graph.directed,
        "multigraph": True,
        "graph": graph.about,
        "nodes": [{"id": id_, **data} for id_, data in graph.nodes],
        "links": [
            {**data, "source": source, "target": target, "key": key}
            for source, target, key, data in graph.edges
        ],
    }
    return Dumped({path: as_json(content)}, needed_drawn(kart, path))
