"""A finished report: looked into, drawn, and written in each format."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from aktorkart.atomic import write_files
from aktorkart.errors import Place, Problem, UnwritableFile, one_of
from aktorkart.files import ending_of
from aktorkart.i18n import text
from aktorkart.reports import figures as drawings
from aktorkart.reports import html, json, markdown, wording

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from matplotlib.axes import Axes

    from aktorkart.content.methods import MethodsParagraph
    from aktorkart.finding import Finding
    from aktorkart.model import ActorMap
    from aktorkart.network.measures import Measures
    from aktorkart.tables import Table

ENDINGS = (".html", ".md", ".json")
"""Endings that a report is written to."""


_MADE_BY_US = "<!-- aktorkart report -->"
"""How a report knows a figure that a report has made, and may replace it."""


def _is_foreign(place: Path) -> bool:
    """Tell whether something else stands where a figure is to be written."""
    try:
        with place.open("rb") as stream:
            return stream.read(len(_MADE_BY_US)) != _MADE_BY_US.encode()
    except OSError:
        return False  # nothing there, or nothing that can be read: writing will tell


@dataclass(frozen=True, kw_only=True)
class Section:
    """A part of a report.

    Parameters
    ----------
    code : str
        Stable English name.
    findings : tuple of Finding
        Said as sentences.
    figures, tables : tuple of str
        Keys of the report's figures and tables.
    """

    code: str
    findings: tuple[Finding, ...] = ()
    figures: tuple[str, ...] = ()
    tables: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, eq=False)
class Report:
    """What a map says, ready to be read, saved or taken apart.

    Parameters
    ----------
    title : str
        Title of the map, or a general one.
    lang : {"nb", "nn", "en", "sv"}
        The language that it is written in.
    sections : tuple of Section
        In the order of reading.
    tables : mapping of str to Table
        By key; ``report["centrality"]`` is the same.
    methods : MethodsParagraph
        The paragraph on how the numbers were made, with its references.
    notes : tuple of Problem
        Texts that are left out because a name may stand in them, for whoever makes the report.
    consent : Problem or None
        What is wrong with the consent to a map around a person.
    exempt : bool
        Whether it is exempt from public disclosure.

    See Also
    --------
    aktorkart.report : Makes one.
    """

    title: str
    lang: str
    sections: tuple[Section, ...]
    tables: Mapping[str, Table]
    kart: ActorMap = field(repr=False)  # as it may be shown
    measures: Measures = field(repr=False)  # of that map
    methods: MethodsParagraph = field(repr=False)
    roles: bool = field(repr=False)  # whether it shows them instead of names
    notes: tuple[Problem, ...] = field(repr=False)
    consent: Problem | None = field(repr=False)
    exempt: bool = field(repr=False)

    def __getitem__(self, key: str) -> Table:
        """Return a table by its key; UnknownName lists the keys there are."""
        return self.tables[one_of(key, self.tables, option="table")]

    def __getstate__(self) -> dict[str, Any]:
        return {**self.__dict__, "tables": dict(self.tables)}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state, tables=MappingProxyType(state["tables"]))

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Everything the report says, in order, each once."""
        return tuple(found for section in self.sections for found in section.findings)

    @property
    def _figures(self) -> list[str]:
        return [key for section in self.sections for key in section.figures]

    def figure(self, key: str) -> Axes:
        """Draw one of the report's figures.

        Parameters
        ----------
        key : str
            One of those in the sections' ``figures``: ``network``, ``ranking`` …

        Returns
        -------
        matplotlib.axes.Axes
            Freshly drawn; its figure belongs to the caller.

        Raises
        ------
        UnknownName
            If the report has no such figure.
        """
        return drawings.draw(self, one_of(key, self._figures, option="figure"))

    def alt_text(self, key: str) -> str:
        """Say what a figure shows.

        Parameters
        ----------
        key : str
            One of the report's figures.

        Returns
        -------
        str
            For those who cannot see it.

        Raises
        ------
        UnknownName
            If the report has no such figure.
        """
        return drawings.alt_text(self, one_of(key, self._figures, option="figure"))

    @property
    def facts(self) -> Sequence[str]:
        """What stands under the title."""
        return wording.facts(self)

    def caption(self, key: str) -> str:
        """Say what a figure is, in a few words.

        Parameters
        ----------
        key : str
            One of the report's figures.

        Returns
        -------
        str
            Stands under it.

        Raises
        ------
        UnknownName
            If the report has no such figure.
        """
        return text(f"report.figure.{one_of(key, self._figures, option='figure')}", self.lang)

    def to_markdown(self, *, figures: Mapping[str, str] = MappingProxyType({})) -> str:
        """Return the report in Markdown.

        Parameters
        ----------
        figures : mapping of str to str
            Where each figure's picture is; without one, its alternative text stands alone.

        Returns
        -------
        str
            Ends with a line break.
        """
        words = {key: self.alt_text(key) for key in self._figures}
        return markdown.markdown(self, pictures=figures, words=words)

    def to_html(self) -> str:
        """Return the report as one page that needs nothing from anywhere else.

        Returns
        -------
        str
            A whole HTML document with its figures inside.
        """
        return html.page(self)

    def _repr_html_(self) -> str:
        return html.cell(self)

    def to_json(self) -> str:
        """Return the report for another program.

        Returns
        -------
        str
            JSON with stable English codes; texts are in the report's language.
        """
        return json.data(self)

    def save(self, path: str | os.PathLike[str], *, force: bool = False) -> None:
        """Write the report to a file; the ending chooses the format.

        New files of a map around a person can be read by their owner only.

        Parameters
        ----------
        path : str or path-like
            ``.html``, ``.md`` (its figures beside it, as SVG) or ``.json``.
        force : bool
            Whether figures beside a ``.md`` may replace pictures that no report has made.

        Raises
        ------
        UnsupportedFile
            For other endings.
        UnwritableFile
            If it cannot be written, or a picture that no report has made stands in the way;
            what stood there is untouched.
        """
        target = Path(path)
        ending = ending_of(target, ENDINGS)
        if ending == ".html":
            contents = {target: self.to_html()}
        elif ending == ".json":
            contents = {target: self.to_json()}
        else:
            contents = self._markdown_with_figures(target, force=force)
        files = {os.fspath(place): content.encode() for place, content in contents.items()}
        write_files(files, private=self.kart.scope == "individual")

    def _markdown_with_figures(self, target: Path, *, force: bool) -> dict[Path, str]:
        """Return what to write where: the text, and its figures beside it."""
        from aktorkart.figures import svg_text

        beside = {key: target.with_name(f"{target.stem}-{key}.svg") for key in self._figures}
        in_the_way = [place for place in beside.values() if not force and _is_foreign(place)]
        if in_the_way:
            raise UnwritableFile(
                Problem(code="not_our_figure", place=Place(file=os.fspath(place)))
                for place in in_the_way
            )
        contents = {
            place: f"{_MADE_BY_US}\n{svg_text(self.figure(key))}" for key, place in beside.items()
        }
        pictures = {key: quote(place.name) for key, place in beside.items()}
        return {**contents, target: self.to_markdown(figures=pictures)}
