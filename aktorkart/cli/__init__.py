"""The command line: parse, call, print. What it says is in the reader's language."""

from __future__ import annotations

from aktorkart.cli.program import COMMANDS, command, main, run

__all__ = ["COMMANDS", "command", "main", "run"]
