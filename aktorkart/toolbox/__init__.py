"""What a map says of its goals, plan and checklist, and of the field's own scales of a tie.

The toolbox of the Norwegian learning networks, «Hva er viktig for deg?», has a conversation
wheel, a form for what matters with points, a plan and a checklist for collaboration (METHOD 5).
Every function takes a map and changes nothing; :func:`wheel` and :func:`new_checklist` hand out
what a team can begin with, written by us. :func:`scales` and :func:`stages` read trust, value,
stages, support and D'Amour's indicators off the ties (METHOD 9).
"""

from __future__ import annotations

from aktorkart.model.vocabulary import AREAS
from aktorkart.toolbox.checklist import Checklist, Item, checklist
from aktorkart.toolbox.cross_checks import cross_checks
from aktorkart.toolbox.goals import THRESHOLD, USUAL, Goals, Progress, goals
from aktorkart.toolbox.new_checklist import ITEMS, new_checklist
from aktorkart.toolbox.plan import STATUSES, Plan, Step, plan
from aktorkart.toolbox.scales import Mean, Rating, Scales, scales
from aktorkart.toolbox.series import Dated
from aktorkart.toolbox.stages import Staged, Stages, stages
from aktorkart.toolbox.wheel import Area, wheel

__all__ = [
    "AREAS",
    "ITEMS",
    "STATUSES",
    "THRESHOLD",
    "USUAL",
    "Area",
    "Checklist",
    "Dated",
    "Goals",
    "Item",
    "Mean",
    "Plan",
    "Progress",
    "Rating",
    "Scales",
    "Staged",
    "Stages",
    "Step",
    "checklist",
    "cross_checks",
    "goals",
    "new_checklist",
    "plan",
    "scales",
    "stages",
    "wheel",
]
