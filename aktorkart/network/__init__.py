"""The map as arrays, and what is measured on them."""

from __future__ import annotations

from aktorkart.network.network import Network

__all__ = ["Network"]
