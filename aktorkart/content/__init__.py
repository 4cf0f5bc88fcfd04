"""What a map says, in order: the one place that reports, checks and notebooks ask."""

from __future__ import annotations

from aktorkart.content.references import REFERENCES, Reference
from aktorkart.content.topics import TOPICS, Topics, of_level

__all__ = ["REFERENCES", "TOPICS", "Reference", "Topics", "of_level"]
