"""Which program's JSON a file is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from aktorkart.files.graph_json import cx2, cytoscape, jgf, kumu, node_link

if TYPE_CHECKING:
    from aktorkart.files.graph_json.parts import Parts

LOOKED_FOR = (
    *("aktorkart", "node-link (networkx, D3, vis.js, graphology)", "JGF", "Cytoscape", "CX2"),
    "Kumu",
)
"""What there is to be recognised, for those whose file is none of it."""


def recognised(content: Any, file: str) -> Parts | None:
    """Return the nodes and edges of other programs' JSON; None if it is none that is known."""
    for read in (kumu.read, cx2.read, cytoscape.read, jgf.read, node_link.read):
        parts = read(content, file)
        if parts is not None:
            return parts
    return None
