"""JSON Graph Format, version 2: nodes by their ids, and edges that each say their direction."""

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
    """Write a graph, in whose metadata is everything that the map holds."""
    graph = parts_of(kart)
    data = [data for *_, data in graph.edges if "reverse" not in data]
    content = {
        "directed": graph.directed,
        **({"label": kart.title} if kart.title else {}),
        "metadata": graph.about,
        "nodes": {
            id_: {"label": kart[id_].label, "metadata": inside} for id_, inside in graph.nodes
        },
        "edges": [
            {
                "source": tie.source,
                "target": tie.target,
                "relation": tie.kind,
                "directed": not tie.mutual,
                "metadata": inside,
            }
            for tie, inside in zip(kart.ties, data, strict=True)
        ],
    }
    return Dumped({path: as_json({"graph": content})}, needed_drawn(kart, path))
