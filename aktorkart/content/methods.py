"""How a map's numbers were made: a paragraph for a methods section, with what it cites."""

from __future__ import annotations

import platform
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from aktorkart import __version__
from aktorkart.comparison.sides import reports
from aktorkart.content.centrality import how_drawn, is_searched
from aktorkart.content.counted import counted, working
from aktorkart.content.lines import lines
from aktorkart.content.references import REFERENCES, Reference
from aktorkart.content.topics import Topics
from aktorkart.errors import language
from aktorkart.i18n import number, period, text
from aktorkart.model import expect_map
from aktorkart.network.memberships import arenas_of
from aktorkart.tables import headed

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from aktorkart.content.compared import Compared
    from aktorkart.model import ActorMap
    from aktorkart.network.measures import Measures
    from aktorkart.tables import Table

    _Part = Callable[["_Draft", Topics, Measures], None]

MEASURED = ("degree", "strength", "betweenness", "closeness", "eigenvector", "constraint", "core")
"""Measures that a report has for each actor, and defines."""

SOURCES = {
    "betweenness": "freeman_1977",
    "closeness": "wasserman_1994",
    "eigenvector": "bonacich_1972",
    "constraint": "burt_1992",
    "core": "seidman_1983",
}
"""Whose definition a measure has; counts and sums are nobody's."""


@dataclass(frozen=True, kw_only=True)
class MethodsParagraph:
    """How a map's numbers were made.

    Parameters
    ----------
    lang : {"nb", "nn", "en", "sv"}
        The language.
    sentences : tuple of str
        In order, each about one choice of the map or of the program.
    references : tuple of Reference
        The works that the sentences cite, by first author and year.
    """

    lang: str
    sentences: tuple[str, ...]
    references: tuple[Reference, ...]

    @property
    def text(self) -> str:
        """The paragraph, without its references."""
        return " ".join(self.sentences)

    def __str__(self) -> str:
        """Return the paragraph and its references, to paste."""
        return "\n\n".join([self.text, *(work.text for work in self.references)])

    def table(self) -> Table:
        """Return a row for each reference.

        Returns
        -------
        Table
            Author, year, title, where it was published and DOI.
        """
        rows = [
            (", ".join(work.authors), str(work.year), work.title, work.published, work.doi)
            for work in self.references
        ]
        keys = ("author", "year", "title", "published", "doi")
        return headed(self.lang, rows, *keys, prefix="methods.column")


def methods(
    kart: ActorMap, *, lang: str | None = None, alpha: float = 1.0, arenas: str = "actors"
) -> MethodsParagraph:
    """Write the methods paragraph of a map, with citations and versions.

    Parameters
    ----------
    kart : ActorMap
        The map.
    lang : {"nb", "nn", "en", "sv"}, optional
        The language; the map's if left out, else Norwegian bokmål.
    alpha : float
        How much strength matters, where `aktorkart.measures` was told so, from 0 to 10.
    arenas : {"actors", "links", "out"}
        What an arena is, where `aktorkart.measures` was told so.

    Returns
    -------
    MethodsParagraph
        Its ``text`` names nobody: it counts. The report has it in its last section.

    Raises
    ------
    InvalidMap
        If alpha is outside its range.
    UnknownName
        If there is no such language, or arenas can be no such thing.
    WrongArgument
        If it is given something else than a map.

    Notes
    -----
    What the map does not say is not claimed: without a date it says that there is none, and
    what nobody has judged is not told of. Actors, ties and channels are counted, and unknown
    strengths by pairs, as METHOD 7 has it.

    Examples
    --------
    >>> import aktorkart as ak
    >>> found = ak.methods(ak.examples.two_brokers(), lang="en")
    >>> print(found.sentences[2])
    The map gives no date, so all ties count as in force.
    >>> [work.cited("en") for work in found.references][:2]
    ['Bonacich 1972', 'Brandes 2001']
    """
    from aktorkart.network.measures import measures

    expect_map(kart)
    values = measures(kart, alpha=alpha, arenas=arenas)
    return written(Topics(kart, arenas), values, language(lang, kart.lang))


def written(
    topics: Topics, values: Measures, lang: str, *, without: Collection[_Part] = ()
) -> MethodsParagraph:
    """Write the paragraph of a map whose topics somebody has at hand already."""
    draft = _Draft(lang)
    for part in _PARTS if topics.kart.actors else (_made, _nobody):
        if part not in without:
            part(draft, topics, values)
    works = sorted(draft.cited, key=lambda key: (REFERENCES[key].authors, REFERENCES[key].year))
    return MethodsParagraph(
        lang=lang,
        sentences=tuple(draft.sentences),
        references=tuple(REFERENCES[key] for key in works),
    )


def compared_by(compared: Compared, lang: str) -> MethodsParagraph:
    """Write how two maps were compared, after how the later one was measured."""
    now = compared.topics[1]
    # Whether contact across lines is more than chance is not asked of two maps, and strengths
    # are drawn only for places.
    without = (_across,) if compared.ranks.asked else (_across, _firmness)
    told = written(now, now.measures, lang, without=without)
    draft = _Draft(lang)
    draft.sentence("methods.compared")
    if compared.ranks.asked:
        draft.sentence("methods.compared_ranks")
    if compared.of_cases("alike", "unlike"):
        draft.sentence(
            "methods.compared_qap",
            work=draft.cite("krackhardt_1988_qap"),
            permutations=compared.change.qap.permutations,
        )
    works = {*told.references, *(REFERENCES[key] for key in draft.cited)}
    return MethodsParagraph(
        lang=lang,
        sentences=(*told.sentences, *draft.sentences),
        references=tuple(sorted(works, key=lambda work: (work.authors, work.year, work.title))),
    )


@dataclass
class _Draft:
    """A paragraph that is being written."""

    lang: str
    sentences: list[str] = field(default_factory=list)
    cited: set[str] = field(default_factory=set)

    def sentence(self, code: str, **values: Any) -> None:
        """Add a sentence."""
        self.sentences.append(text(code, self.lang, **values))

    def cite(self, *keys: str) -> str:
        """Name works in a sentence; they are then among the references."""
        self.cited.update(keys)
        return "; ".join(REFERENCES[key].cited(self.lang) for key in keys)


def _made(draft: _Draft, topics: Topics, values: Measures) -> None:
    programs = [f"Python {platform.python_version()}"]
    if topics.kart.actors:
        import numpy as np

        from aktorkart.network.structure import DENSE

        programs.append(f"numpy {np.__version__}")
        if max(map(len, values.components), default=0) > DENSE:  # only then is scipy asked
            import scipy  # type: ignore[import-untyped]

            programs.append(f"scipy {scipy.__version__}")
    draft.sentence("methods.made", version=__version__, programs=programs)


def _nobody(draft: _Draft, topics: Topics, values: Measures) -> None:
    del topics, values
    draft.sentence("methods.nobody")


def _scope(draft: _Draft, topics: Topics, values: Measures) -> None:
    del values
    kart = topics.kart
    draft.sentence("methods.scope", scope=text(f"scope.{kart.scope}", draft.lang))
    if kart.date is None:
        draft.sentence("methods.no_date")
    else:
        code = "date" if kart.date.count("-") > 1 else "date_last_day"
        draft.sentence(f"methods.{code}", date=period(kart.date, draft.lang))


def _counts(draft: _Draft, topics: Topics, values: Measures) -> None:
    del values
    kart = topics.kart
    if not kart.ties:
        draft.sentence("methods.no_ties", actors=len(kart.actors))
        return
    draft.sentence("methods.counts", actors=len(kart.actors), channels=working(kart))
    if parts := counted(kart, draft.lang)[2:]:
        draft.sentence("methods.left_out", parts=parts)


def _strengths(draft: _Draft, topics: Topics, values: Measures) -> None:
    kart, network = topics.kart, values.network
    # Where an arena is no actor, the pairs are others than those of the map.
    arcs = list(zip(network.tails.tolist(), network.heads.tolist(), network.unknown, strict=True))
    pairs = len({frozenset(arc[:2]) for arc in arcs})
    unjudged = len({frozenset(arc[:2]) for arc in arcs if arc[2]})
    if not pairs:
        return
    if pairs == unjudged:
        draft.sentence("methods.no_strength")
    elif kart.strength_scale is None:
        draft.sentence("methods.open_scale")
    else:
        low, high = kart.strength_scale
        draft.sentence("methods.scale", low=low, high=high)
    if unjudged:
        middle = float(network.tie_strengths[network.tie_unknown][0])
        draft.sentence("methods.unknown_strength", n=unjudged, pairs=pairs, middle=middle)
    draft.sentence(f"methods.{'directed' if network.directed else 'undirected'}")


def _informants(draft: _Draft, topics: Topics, values: Measures) -> None:
    del values
    told = [tie for tie in topics.kart.ties if tie.informant]
    if told:
        names = {tie.informant for tie in told}
        draft.sentence("methods.informants", n=len(names), told=len(reports(told)))
    elif topics.kart.ties:
        draft.sentence("methods.no_informant")


def _measures(draft: _Draft, topics: Topics, values: Measures) -> None:
    if n := len(arenas_of(topics.kart)):
        draft.sentence(f"methods.arenas.{values.arenas}", n=n)
    names = []
    for key in MEASURED:
        work = f" ({draft.cite(SOURCES[key])})" if key in SOURCES else ""
        names.append(text(f"measure.{key}.name", draft.lang) + work)
    draft.sentence("methods.measures", measures=names)
    if len(values.network.tails):
        draft.sentence(
            "methods.paths",
            alpha=number(values.alpha, draft.lang),
            strength=draft.cite("opsahl_2010"),
            paths=draft.cite("brandes_2001"),
        )


def _firmness(draft: _Draft, topics: Topics, values: Measures) -> None:
    del values
    from aktorkart.network.overturned_by import MOST_VARIANTS
    from aktorkart.network.variants import SEED

    rows = topics.apart.ranking("betweenness")
    if not rows or not len(topics.apart.network.tails):
        return
    if not rows[0].draws:
        draft.sentence("methods.not_drawn")
        return
    how = text(how_drawn(topics.apart.network).code, draft.lang)
    draft.sentence("methods.drawn", draws=rows[0].draws, seed=str(SEED), how=how)
    if is_searched(topics.kart, topics.apart):
        draft.sentence("methods.searched", most=MOST_VARIANTS)


def _across(draft: _Draft, topics: Topics, values: Measures) -> None:
    from aktorkart.network.shuffles import PERMUTATIONS, SEED

    del topics
    if values.ei_index(by="line") is None:
        return
    work = draft.cite("krackhardt_1988")
    draft.sentence("methods.across", work=work)
    if values.ei_permutation(by="line") is not None:
        draft.sentence("methods.tested", permutations=PERMUTATIONS, seed=str(SEED))


def _assumed(draft: _Draft, topics: Topics, values: Measures) -> None:
    del values
    usual = {
        "line": sum(len(found.actors) for found in lines(topics.kart)),
        "linkage": sum(row.basis == "kind" for row in topics.judged["linkages"].rows),
    }
    for by, n in usual.items():
        if n:
            draft.sentence(f"methods.assumed.{by}", n=n)


def _judged(draft: _Draft, topics: Topics, values: Measures) -> None:
    """Say whose categories were used, where anybody has judged what they need."""
    del values
    judged = topics.judged
    used = {
        "linkages": any(row.linkages for row in judged["linkages"].rows),
        "publics": any(row.publics for row in judged["publics"].rows),
        "communication": bool(judged["communication"].rows),
        "salience": any(row.salience for row in judged["salience"].rows),
        "influence": any(row.cell for row in judged["influence"].rows),
        "cooperation": any(row.type for row in judged["cooperation"].rows),
        "priorities": any(row.groups for row in judged["priorities"].rows),
    }
    for code, works in _THEORIES.items():
        if used[code]:
            threshold = getattr(judged[code], "threshold", None)
            draft.sentence(f"methods.theory.{code}", works=draft.cite(*works), threshold=threshold)


_THEORIES = {
    "linkages": ("grunig_1984", "rawlins_2006"),
    "publics": ("grunig_1984",),
    "communication": ("grunig_1984",),
    "salience": ("mitchell_1997",),
    "influence": ("mendelow_1991",),
    "cooperation": ("savage_1991",),
    "priorities": ("rawlins_2006",),
}
"""The works behind each analysis of stakeholders."""


def _own(draft: _Draft, topics: Topics, values: Measures) -> None:
    """Name those of the twelve analyses that had an answer; nobody else's definition is theirs."""
    del values
    answered = dict.fromkeys(found.code for found in topics.care if found.level != "unknown")
    names = [text(f"share.analysis.{code}", draft.lang) for code in answered]
    if names:
        draft.sentence("methods.own", analyses=[name[0].lower() + name[1:] for name in names])


_PARTS: tuple[_Part, ...] = (
    _made,
    _scope,
    _counts,
    _strengths,
    _informants,
    _measures,
    _firmness,
    _across,
    _assumed,
    _judged,
    _own,
)
"""In the order of the paragraph."""
