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


@pytest.mark.parametrize(
    ("now", "wanted", "expected"),
    [
        (-2, 2, ("to_move", "'strongly against' to 'strongly in favour'")),
        (0, 1, ("to_move", "'neither for nor against' to 'in favour'")),
        (None, 1, ("wanted", "wanted stance is 'in favour'")),
        (1, 1.2, None),
        (1, None, None),
        (0, 0, None),
    ],
)
def test_whose_stance_should_be_another(
    now: float | None, wanted: float | None, expected: tuple[str, str] | None
) -> None:
    kart = ak.ActorMap(actors=[ak.Actor(id="a", stance=now, wanted_stance=wanted)])
    told = [one for one in ak.influence(kart).findings if one.case != "unrated"]
    if expected is None:
        assert told == []
    else:
        (one,) = told
        assert (one.case, one.actors) == (expected[0], ("a",))
        assert expected[1] in one.text("en")
