"""Read and write maps: YAML, JSON, tables in CSV, data frames, networkx's graphs."""

from __future__ import annotations

from aktorkart.files.formats import FORMATS, Format, Loaded, ending_of, format_of
from aktorkart.files.load import load
from aktorkart.files.read import load_bytes, load_files, read, read_bytes
from aktorkart.files.schema import json_schema
from aktorkart.files.write import to_text, write

__all__ = [
    "FORMATS",
    "Format",
    "Loaded",
    "ending_of",
    "format_of",
    "json_schema",
    "load",
    "load_bytes",
    "load_files",
    "read",
    "read_bytes",
    "to_text",
    "write",
]
