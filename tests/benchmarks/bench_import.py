"""What importing the package costs, beside what any such program needs, in the same run.

Run it as ``python tests/benchmarks/bench_import.py``.
"""

# ruff: noqa: T201  benchmarks print
from __future__ import annotations

import statistics
import subprocess
import sys
import time

RUNS = 15
OURS = "import aktorkart; aktorkart.ActorMap"
YARDSTICK = "from pydantic import BaseModel; import yaml, numpy"
MOST = 1.2


def seconds(program: str) -> float:
    """Time a whole Python process."""
    begin = time.perf_counter()
    subprocess.run([sys.executable, "-c", program], check=True)  # noqa: S603 - our own program
    return time.perf_counter() - begin


def main() -> int:
    """Alternate, so that whatever else the machine does strikes both."""
    for program in (OURS, YARDSTICK):
        seconds(program)  # byte code and the disk's cache
    ours, theirs = [], []
    for _ in range(RUNS):
        ours.append(seconds(OURS))
        theirs.append(seconds(YARDSTICK))
    ratio = statistics.median(ours) / statistics.median(theirs)
    print(f"{OURS:52} {1000 * statistics.median(ours):6.0f} ms")
    print(f"{YARDSTICK:52} {1000 * statistics.median(theirs):6.0f} ms")
    print(f"ratio {ratio:.2f}, at most {MOST}")
    return int(ratio > MOST)


if __name__ == "__main__":
    sys.exit(main())
