"""The words of the field and what usually follows from them.

Every default here is an editable judgement: a map overrides it per actor, and declares
kinds of its own. The table is METHOD's, seen from a municipal service; the names that users
read stand in the catalogues (``kind.gp``, ``line.first`` …).
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

LINES = ("first", "second", "state", "county", "civil", "private", "personal")
"""Lines of service: municipal, specialist, state, county, civil society, private, personal."""

LEVELS = ("individual", "service", "governance")
"""Where the actor works: the clinic, operational management, overall management."""

LINKAGES = ("enabling", "functional_input", "functional_output", "normative", "diffused")
"""Grunig and Hunt's linkages, functional split as Rawlins (2006) has it."""

TIE_KINDS = (
    "contact",
    "information",
    "referral",
    "collaboration",
    "coordination",
    "agreement",
    "membership",
    "funding",
    "authority",
    "conflict",
)
"""What a tie is about."""

STEPS = 4
"""So many steps lead from the weakest to the strongest on a closed scale (METHOD 7)."""

STEP_FACTOR = 1.25
"""A step on an open-ended scale."""

CARRYING = ("information", "referral", "collaboration", "coordination")
"""Kinds of ties that are work done together: what one knows reaches the other."""

STORY = (*CARRYING, "membership")
"""Kinds of ties that a user's story travels along (METHOD 6.1)."""

FORMAL = ("agreement", "membership", "funding", "authority")
"""Kinds of ties that are laid down somewhere."""

QUALITIES = ("good", "strained", "broken")
"""How a tie works, as an eco-map says it."""

COMMUNICATION = (
    "press_agentry",
    "public_information",
    "two_way_asymmetric",
    "two_way_symmetric",
)
"""Grunig and Hunt's four models of communication."""

SCOPES = ("individual", "service", "governance")
"""What a map is about; a map around one person is ``individual``."""

OPENING_HOURS = ("weekdays", "evening", "night", "weekend")
"""When an actor can be reached."""

PHASES = ("prepare", "plan", "do", "evaluate", "follow_up")
"""The five phases of the Norwegian model for quality improvement."""

HIGH_LOW = ("high", "low")
"""Judgements in the situational theory of publics."""

USUAL = (1.0, 5.0)
"""The scale of strengths where nothing else is said."""

HIGH = 4.0
"""From here on a rating from 1 to 5 is high, everywhere (METHOD 6)."""

RATINGS = ("power", "interest", "legitimacy", "urgency", "threat", "cooperation")
"""What an actor is rated on from 1 to 5."""

STANCES = ("stance", "wanted_stance")
"""How an actor stands, and how one would have it stand: from −2 (against) to 2 (for)."""

BINDINGS = ("person", "role")
"""Whether a tie hangs on a person or on the role that the person has."""

DIRECTIONS = ("higher", "lower")
"""Whether higher or lower points on a goal are better."""

SUPPORT_WAYS = ("given", "received")
"""Which way support goes, seen from the tie's source."""

SUPPORT = ("practical", "emotional", "information", "company", "economic")
"""What support can be."""


@dataclass(frozen=True)
class Scale:
    """One of the field's own scales for a tie: whole steps, for each of its items."""

    low: int
    high: int
    steps: str  # what the steps are called: ``scale.step.<steps>.1``
    items: tuple[str, ...] = ()  # none where the tie as a whole is judged


_PARTNER = (1, 4, "amount")

SCALES: Mapping[str, Scale] = MappingProxyType(
    {
        "trust": Scale(*_PARTNER, ("reliability", "shared_mission", "openness")),
        "value": Scale(*_PARTNER, ("power", "involvement", "resources")),
        "stage": Scale(0, 5, "stage"),
        "damour": Scale(
            *(1, 5, "damour"),
            (
                *("goals", "client_centred", "acquaintanceship", "trust"),
                *("centrality", "leadership", "innovation", "connectivity"),
                *("formalisation", "information_exchange"),
            ),
        ),
    }
)
"""Trust and value of PARTNER, the stages of Frey et al. and the indicators of D'Amour et al.

They are METHOD 9's, all of them fields of a tie; support is the one that has no steps.
"""

AREAS = (
    "home",
    "everyday",
    "money",
    "work",
    "body",
    "mind",
    "substances",
    "family",
    "friends",
    "leisure",
    "meaning",
)
"""Ids of our own default areas of the conversation wheel."""

PARTS = ("network", "goals", "plan", "checklist", "issues")
"""What a consent may cover: the network, and what else may be written around a person."""


@dataclass(frozen=True)
class Kind:
    """What usually holds for a kind of actor."""

    lines: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    linkages: tuple[str, ...] = ()


_IN, _OUT = "functional_input", "functional_output"
_CLINIC = ("individual", "service")

KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        "user": Kind(("personal",), ("individual",), (_OUT, _IN)),
        "next_of_kin": Kind(("personal",), ("individual",), (_IN, _OUT)),
        "peer": Kind(("personal",), ("individual",), (_IN, _OUT)),
        "friend": Kind(("personal",), ("individual",), (_IN, _OUT)),
        "gp": Kind(("first",), _CLINIC, (_IN, _OUT)),
        "out_of_hours": Kind(("first",), _CLINIC, (_IN, _OUT)),
        "coordinator": Kind(("first",), _CLINIC, (_IN,)),
        "mental_health_team": Kind(("first",), _CLINIC, (_IN,)),
        "home_care": Kind(("first",), _CLINIC, (_IN,)),
        "housing": Kind(("first",), _CLINIC, (_IN,)),
        "coordinating_unit": Kind(("first",), ("service",), (_IN,)),
        "child_health": Kind(("first",), ("service",), (_IN, _OUT)),
        "school": Kind(("first",), ("service",), (_IN, _OUT)),
        "child_welfare": Kind(("first",), ("service",), (_IN, _OUT)),
        "service": Kind(("first",), ("service",), (_IN,)),
        "nav": Kind(("state", "first"), _CLINIC, (_IN, _OUT)),
        "dps": Kind(("second",), _CLINIC, (_IN, _OUT)),
        "bup": Kind(("second",), _CLINIC, (_IN, _OUT)),
        "addiction_treatment": Kind(("second",), _CLINIC, (_IN, _OUT)),
        "hospital": Kind(("second",), _CLINIC, (_IN, _OUT)),
        "outreach_team": Kind(("first", "second"), _CLINIC, (_IN,)),
        "police": Kind(("state",), ("service",), (_IN,)),
        "probation": Kind(("state",), ("service",), (_IN,)),
        "dental": Kind(("county",), ("service",), (_OUT,)),
        "provider": Kind(("private", "civil"), ("service",), (_IN,)),
        "user_organisation": Kind(("civil",), ("service", "governance"), ("normative",)),
        "competence_centre": Kind(("state",), ("governance",), ("normative",)),
        "municipality": Kind(("first",), ("governance",), ("normative",)),
        "authority": Kind(("state",), ("governance",), ("enabling",)),
        "trust_management": Kind(("second",), ("governance",), ("enabling", "normative")),
        "community": Kind(("civil",), ("individual",), ("diffused",)),
        "employer": Kind(("private",), ("individual",), ("diffused",)),
        "media": Kind(("civil",), ("individual",), ("diffused",)),
        "arena": Kind(),
        "unknown": Kind(),
    }
)
"""Kinds of actors with their defaults; ``unknown`` is an actor whose kind nobody has given."""

UNSURE_LINES = (
    "peer",
    "school",
    "nav",
    "outreach_team",
    "provider",
    "competence_centre",
    "authority",
)
"""Kinds whose line varies with the place and with who employs them: look those over first."""

PERSONAL_NETWORK = ("next_of_kin", "peer", "friend", "community", "user")
"""Kinds of actors that are a user's own network, and do not count as serving the user."""

VOICES = frozenset({"peer", "user_organisation"})
"""Kinds of actors that speak for users."""

PERSONAL_KINDS = frozenset({"user", "next_of_kin", "peer", "friend"})
"""Kinds whose actors are private persons: their names are the ones to protect first."""

PERSON_KINDS = PERSONAL_KINDS | {"coordinator", "gp"}
"""Kinds whose actors are single persons, at work or not: every part of their names is telling."""
