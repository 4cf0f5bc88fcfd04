"""Maps side by side: what has changed since last time, and where informants disagree.

Nothing is averaged: where two people say different things, both are kept and the difference
is said by name.
"""

from __future__ import annotations

from aktorkart.comparison.compare import Change, Judged, Shift, compare
from aktorkart.comparison.informants import Agreement, Informants, Told, informants
from aktorkart.comparison.merge import Merged, merge
from aktorkart.comparison.same_actors import same_actors

__all__ = [
    "Agreement",
    "Change",
    "Informants",
    "Judged",
    "Merged",
    "Shift",
    "Told",
    "compare",
    "informants",
    "merge",
    "same_actors",
]
