"""``python -m aktorkart.cli``."""

from __future__ import annotations

from aktorkart.cli.program import run

if __name__ == "__main__":
    run()
