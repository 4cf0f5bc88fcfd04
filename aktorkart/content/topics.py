"""What a map says, topic by topic: the one place that reports, checks and notebooks ask."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any

from aktorkart.content.bridges import bridges
from aktorkart.content.centrality import centrality, first_overturned
from aktorkart.content.cohesion import cohesion
from aktorkart.content.contents import contents
from aktorkart.content.lines import lines
from aktorkart.content.reach import reach
from aktorkart.finding import finding
from aktorkart.progress import told

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from aktorkart.care.arenas import Arenas
    from aktorkart.content.held import Held
    from aktorkart.finding import Finding
    from aktorkart.model import ActorMap
    from aktorkart.network.measures import Measures
    from aktorkart.network.overturned_by import Step
    from aktorkart.toolbox.scales import Scales

_STEPS_TOLD = 3
MOST_FOR_STEPS = 500
"""How many next steps are told, and of how large a map (METHOD 9)."""


@dataclass(frozen=True)
class Topics:
    """What a map says; each part is worked out once, when somebody asks for it."""

    kart: ActorMap
    counted: str = "actors"
    """What an arena is where something is measured."""

    @cached_property
    def measures(self) -> Measures:
        """The measures that centrality, bridges, cohesion and reach are told from."""
        from aktorkart.network.measures import measures

        return measures(self.kart, arenas=self.counted)

    @cached_property
    def arenas(self) -> Arenas:
        """Who meets where."""
        from aktorkart.care.arenas import arenas

        return arenas(self.kart)

    @cached_property
    def apart(self) -> Measures:
        """The same without the one whom the map was gathered around."""
        from aktorkart.network.measures import measures
        from aktorkart.network.network import Network

        if self.kart.middle is None:
            return self.measures
        alone = Network.from_map(self.kart, without=self.kart.middle, arenas=self.counted)
        return measures(alone)

    @cached_property
    def scales(self) -> Scales:
        """What the field's own scales say of the ties."""
        from aktorkart.toolbox.scales import scales

        return scales(self.kart)

    @cached_property
    def overturned(self) -> tuple[Step, ...] | None:
        """What was found to take the first place from the one who has it."""
        return first_overturned(self.kart, self.apart)

    @cached_property
    def held(self) -> Held:
        """How firm the statements are that depend on judgements."""
        from aktorkart.content.held import held

        return held(self.kart, self.apart, self.overturned)

    @cached_property
    def judged(self) -> Mapping[str, Any]:
        """What people have judged of the actors: results of ``grunig``, by analysis."""
        from aktorkart import grunig

        analyses = (
            grunig.linkages,
            grunig.publics,
            grunig.communication,
            grunig.salience,
            grunig.influence,
            grunig.cooperation,
            grunig.priorities,
        )
        return {analysis.__name__: analysis(self.kart) for analysis in analyses}

    @cached_property
    def care(self) -> list[Finding]:
        """What the twelve analyses found."""
        from aktorkart.care.findings import findings

        return findings(self.kart)

    def about(self, *topics: str) -> list[Finding]:
        """Return the findings of some of :data:`TOPICS`, topic by topic."""
        for topic in topics:
            if topic not in self._told:
                self._told[topic] = _TOLD[topic](self)
                told("findings", len(self._told), len(_TOLD))
        return [found for topic in topics for found in self._told[topic]]

    @cached_property
    def _told(self) -> dict[str, list[Finding]]:
        """What has been asked for so far: some of it takes a search, or a test, to say."""
        return {}


def _care(topics: Topics) -> list[Finding]:
    """Leave out what other topics tell, and that a map of steering shows no single user."""
    from aktorkart.care.findings import SAID_ELSEWHERE

    kart = topics.kart
    elsewhere = {*SAID_ELSEWHERE}
    if kart.user == kart.middle:
        # Who stands first without the user is what is told of a map around the user.
        elsewhere.add(("coordinator", "broker"))
    return [
        found
        for found in topics.care
        if (found.code, found.case) not in elsewhere
        and not (kart.scope == "governance" and found.case == "no_user")
    ]


def _arenas(topics: Topics) -> list[Finding]:
    """Leave out that there are no arenas, members or user to tell of: others say so."""
    elsewhere = {"no_arenas", "no_user", "no_pairs"}
    return [found for found in topics.arenas.findings if found.case not in elsewhere]


def _informants(topics: Topics) -> list[Finding]:
    """Return how well those who have told of the ties agree, where there are several."""
    from aktorkart.comparison.informants import informants

    return [found for found in informants(topics.kart).findings if found.level != "unknown"]


def _next_steps(topics: Topics) -> list[Finding]:
    """Return the best few; of a large map only how to ask, since it takes time."""
    n = len(topics.kart.actors)
    if n > MOST_FOR_STEPS:
        about = {"n": n, "most": MOST_FOR_STEPS}
        return [finding(topics.kart, "next_steps", "too_many", "note", numbers=about)]
    return [*_best_steps(topics.kart)]


@lru_cache(maxsize=2)
def _best_steps(kart: ActorMap) -> tuple[Finding, ...]:
    """Search once for a report, its figure and the words of that."""
    from aktorkart.care.next_steps import next_steps

    return tuple(next_steps(kart)[:_STEPS_TOLD])


def _stakeholders(topics: Topics) -> list[Finding]:
    """Leave out threat and cooperation where nobody has judged them: no map has to ask."""
    asked = any(row.type for row in topics.judged["cooperation"].rows)
    return [
        found
        for code, result in topics.judged.items()
        if asked or code != "cooperation"
        for found in result.findings
    ]


def _toolbox(topics: Topics) -> list[Finding]:
    from aktorkart.toolbox.cross_checks import cross_checks

    return cross_checks(topics.kart)


_TOLD: dict[str, Callable[[Topics], list[Finding]]] = {
    "contents": lambda topics: contents(topics.kart),
    "centrality": lambda topics: centrality(
        topics.kart, topics.measures, topics.apart, topics.overturned
    ),
    "bridges": lambda topics: bridges(topics.kart, topics.measures),
    "cohesion": lambda topics: [*cohesion(topics.kart, topics.measures), *lines(topics.kart)],
    "reach": lambda topics: reach(topics.kart, topics.measures),
    "arenas": _arenas,
    "informants": _informants,
    "care": _care,
    "next_steps": _next_steps,
    "stakeholders": _stakeholders,
    "toolbox": _toolbox,
}

TOPICS = tuple(_TOLD)
"""In the order in which they are told."""


def of_level(findings: Iterable[Finding], *levels: str) -> list[Finding]:
    """Return the findings that mean something of these levels for the reader."""
    return [found for found in findings if found.level in levels]
