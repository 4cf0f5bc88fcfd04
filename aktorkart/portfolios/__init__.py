"""Many maps side by side, and what may be shared of them."""

from __future__ import annotations

from aktorkart.portfolios.shareable import shareable

__all__ = ["shareable"]
