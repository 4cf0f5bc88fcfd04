"""The view: the map alive, in one page."""

from __future__ import annotations

from aktorkart.viewer.view import View, view

__all__ = ["View", "view"]
