"""Many maps side by side as a report."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

from aktorkart.content.methods import MethodsParagraph
from aktorkart.errors import one_of
from aktorkart.i18n import period, text
from aktorkart.model import ActorMap
from aktorkart.network.measures import measures
from aktorkart.portfolios import portfolio_findings, portfolio_tables
from aktorkart.portfolios.side_by_side import of_the_same, pages
from aktorkart.portfolios.standing_out import ENOUGH
from aktorkart.reports.figures import COLUMN
from aktorkart.reports.pages import Report
from aktorkart.reports.sections import Section
from aktorkart.scene.alt_text.small_multiples import small_multiples as in_words
from aktorkart.scene.panels import several
from aktorkart.scene.style import style_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from matplotlib.axes import Axes

    from aktorkart.finding import Finding
    from aktorkart.portfolios.portfolio import Portfolio
    from aktorkart.scene.style import Style
    from aktorkart.tables import Table

_MOST_GAPS = 3
"""So many of the gaps that most share stand in the summary."""

_FIGURE = "side_by_side_"

_HEIGHT = 215 / COLUMN
"""Height of a page of panels for its width: it fits an A4 page with its margins."""


@dataclass(frozen=True, kw_only=True, eq=False)
class PortfolioReport(Report):
    """A report on many maps; its figures are pages of small maps."""

    facts: tuple[str, ...] = ()
    maps: Sequence[Sequence[ActorMap]] = field(default=(), repr=False)

    def figure(self, key: str, *, width: float = COLUMN) -> Axes:
        """Draw a page of maps, and return the axes that hold its legend."""
        return self._drawn(key, style_of(self.style, (width, width * _HEIGHT)))

    def slide(self, key: str) -> Axes:
        """Draw a page of maps for a slide."""
        return self._drawn(key, style_of(self.style, "slide"))

    def _drawn(self, key: str, style: Style) -> Axes:
        from aktorkart.figures import sheet, small_multiples

        some = self.maps[self._page(key)]
        page = sheet(style=style).figure
        page.clear()
        # The maps are as they may be shown.
        small_multiples(
            some, fig=page, title="", style=style, lang=self.lang, names=True, consent="ignore"
        )
        return page.axes[0]

    def alt_text(self, key: str) -> str:
        """Say what a page of maps shows; UnknownName lists those there are."""
        return in_words(several(self.maps[self._page(key)], self.lang), lang=self.lang)

    def caption(self, key: str) -> str:
        """Say which page of maps it is."""
        page, n = self._page(key) + 1, len(self.maps)
        if n == 1:
            return text("report.section.small_maps", self.lang)
        return text("portfolio.page", self.lang, page=page, n=n)

    def _page(self, key: str) -> int:
        keys = [f"{_FIGURE}{at}" for at in range(1, len(self.maps) + 1)]
        return keys.index(one_of(key, keys, option="figure"))


def report(found: Portfolio, lang: str, *, title: str | None) -> PortfolioReport:
    """Write a report on many maps."""
    made = portfolio_tables.tables(found, lang)
    drawn = pages(found.members, lang) if found.n > 1 else []
    personal = any(one.kart.scope == "individual" for one in found.members)
    # What the writers ask a report's map: its title, and whether its file is for few.
    cover = ActorMap(
        title=title or text("portfolio.title", lang),
        lang=lang,
        scope="individual" if personal else "service",
    )
    of_cover = measures(cover)
    told = MethodsParagraph(lang=lang, sentences=tuple(_methods(found, lang)), references=())
    return PortfolioReport(
        title=cover.title or "",
        lang=lang,
        sections=tuple(_sections(found, made, len(drawn))),
        tables=MappingProxyType(made),
        kart=cover,
        measures=of_cover,
        apart=of_cover,
        methods=told,
        roles=personal,
        notes=(),
        consent=None,
        exempt=False,
        easy=False,
        style=style_of(None),
        facts=tuple(_facts(found, lang)),
        maps=tuple(drawn),
    )


def _facts(found: Portfolio, lang: str) -> list[str]:
    facts = [text("portfolio.maps", lang, n=found.n)]
    dates = sorted(one.kart.date for one in found.members if one.kart.date)
    if dates:
        first, last = (period(when, lang) for when in (dates[0], dates[-1]))
        code = "dated" if first == last else "dated_between"
        facts.append(text(f"portfolio.{code}", lang, first=first, last=last))
    if any(one.kart.scope == "individual" for one in found.members):
        facts.append(text("report.roles_shown", lang))
    return facts


def _sections(found: Portfolio, made: Mapping[str, Table], drawn: int) -> Iterator[Section]:
    """Yield the parts: what most share first, the numbers of each map last.

    What a table tells whole is not said in sentences above it; the summary has the first of each.
    """
    gaps = list(portfolio_findings.gaps(found))
    learning = list(portfolio_findings.learning(found))
    out = list(portfolio_findings.outliers(found))
    changed = list(portfolio_findings.changes(found))
    summary = [
        *portfolio_findings.overview(found),
        *gaps[:_MOST_GAPS],
        *(learning[:1] if found.n > 1 else []),
        *(one for one in out[:1] if one.actors),
        *changed[:1],
    ]
    few = found.n <= portfolio_findings.FEW_MAPS
    told: dict[str, tuple[Sequence[Finding], tuple[str, ...]]] = {
        "side_by_side": (summary, ()),
        "most_lack": ((), ("shared",)),
        "learn": ((), ("lessons",) if few else ("learn",)),
        "standing_out": (_beside(out, summary), ("standing_out",)),
        "since_last": (_beside(changed, summary), ("changes", "turned")),
        "key_figures": ((), ("key_figures", "groups")),
        "small_maps": ((), ()),
        "map_by_map": ((), ("shape", "work")),
        "without_figure": ((), ("unknown",)),
        "definitions": ((), ()),
    }
    for code, (findings, keys) in told.items():
        figures = tuple(f"{_FIGURE}{at}" for at in range(1, drawn + 1))
        section = Section(
            code=code,
            part="summary" if code == "side_by_side" else code,
            findings=tuple(findings),
            figures=figures if code == "small_maps" else (),
            tables=tuple(key for key in keys if key in made),
        )
        if code == "definitions" or section.findings or section.figures or section.tables:
            yield section


def _beside(findings: Sequence[Finding], said: Sequence[Finding]) -> list[Finding]:
    """Return what is not said already."""
    return [one for one in findings if one not in said]


def _methods(found: Portfolio, lang: str) -> Iterator[str]:
    """Say how it was made: only what was done."""
    wanted = ["spread"]
    if found.share:
        wanted.append("share")
    else:
        wanted += ["standing_out"] if found.n >= ENOUGH else []
        wanted += ["tried"] if any(one.held for one in found.standing_out) else []
        wanted += ["learning"] if found.lessons else []
        wanted += ["changes"] if any(one.then for one in found.members) else []
        if found.n > 1:
            wanted.append("by_actor" if of_the_same(found.members) else "by_kind")
    for code in wanted:
        yield text(f"portfolio.method.{code}", lang)
