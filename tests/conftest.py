"""What holds for the whole suite."""

from __future__ import annotations

import gc
import os

from hypothesis import HealthCheck, settings

# How long a machine takes to draw maps says nothing of the code.
patient = [HealthCheck.too_slow]
settings.register_profile("patient", suppress_health_check=patient, deadline=None)
settings.load_profile("patient")
# Newer versions of Hypothesis do the same by themselves. A change is not turned down for what
# chance finds elsewhere; chance is for those who work on it, and for the fuzzing step.
settings.register_profile(
    "always the same examples",
    derandomize=True,
    print_blob=True,
    max_examples=50,  # for tests that do not say; the same ones each time need not be many
    suppress_health_check=patient,
    deadline=None,
)
if os.environ.get("CI"):
    settings.load_profile("always the same examples")


def pytest_collection_finish() -> None:
    """Leave what has been loaded alone: looking through it again and again takes time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)
