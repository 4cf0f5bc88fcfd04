"""Who matters and how to talk with them: linkages, publics, salience, influence, priorities.

Pure functions from a map to frozen results. Everything rests on judgements that people have
written into the map; a judgement that is missing leaves the answer unknown, and the result
says which one it was. The mappings and limits are values that a caller may replace.
"""

from __future__ import annotations

from aktorkart.grunig.communication import Communication, TieCommunication, communication
from aktorkart.grunig.communication_plan import communication_plan
from aktorkart.grunig.cooperation import (
    COOPERATION_TYPES,
    ActorCooperation,
    Cooperation,
    cooperation,
)
from aktorkart.grunig.influence import INFLUENCE_CELLS, ActorInfluence, Influence, influence
from aktorkart.grunig.linkages import ActorLinkages, Linkages, linkages
from aktorkart.grunig.priorities import PRIORITY_GROUPS, Priorities, Priority, priorities
from aktorkart.grunig.publics import ISSUE_TYPES, PUBLICS, ActorType, Cell, Public, Publics, publics
from aktorkart.grunig.salience import SALIENCE_CLASSES, ActorSalience, Salience, salience

__all__ = [
    "COOPERATION_TYPES",
    "INFLUENCE_CELLS",
    "ISSUE_TYPES",
    "PRIORITY_GROUPS",
    "PUBLICS",
    "SALIENCE_CLASSES",
    "ActorCooperation",
    "ActorInfluence",
    "ActorLinkages",
    "ActorSalience",
    "ActorType",
    "Cell",
    "Communication",
    "Cooperation",
    "Influence",
    "Linkages",
    "Priorities",
    "Priority",
    "Public",
    "Publics",
    "Salience",
    "TieCommunication",
    "communication",
    "communication_plan",
    "cooperation",
    "influence",
    "linkages",
    "priorities",
    "publics",
    "salience",
]
