"""Excel workbooks: our own, filled forms, and whatever people keep in theirs."""

from __future__ import annotations

from aktorkart.files.xlsx.reading import grids, load
from aktorkart.files.xlsx.writing import dump

__all__ = ["dump", "grids", "load"]
