"""JSON of other programs: which of their shapes a file has, and the nodes and edges in it."""

from __future__ import annotations

from aktorkart.files.graph_json.own import own_content, own_spot
from aktorkart.files.graph_json.parts import stated
from aktorkart.files.graph_json.recognised import LOOKED_FOR, recognised

__all__ = ["LOOKED_FOR", "own_content", "own_spot", "recognised", "stated"]
