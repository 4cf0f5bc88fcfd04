from __future__ import annotations

import pytest

import aktorkart as ak
from aktorkart.grunig import (
    influence,
)


@pytest.mark.parametrize(
    ("power", "interest", "expected"),
    [
        (4, 4, "key_player"),
        (4, 3, "keep_satisfied"),
        (3, 4, "keep_informed"),
        (3, 3, "minimal_effort"),
        (3.9, 4.0, "keep_informed"),
    ],
)
def test_influence(power: float, interest: float, expected: str) -> None:
    """METHOD 4: "high/high key player; high power, low interest keep satisfied …"."""
    kart = ak.ActorMap(actors=[ak.Actor(id="a", power=power, interest=interest)])
    assert influence(kart).rows[0].cell == expected
    assert influence(kart).findings == ()
    assert influence(kart, threshold=3).rows[0].cell == "key_player"
