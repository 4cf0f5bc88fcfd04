"""A finished report: looked into, drawn, and written in each format."""

from __future__ import annotations

import json
import os
from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from aktorkart import __version__
from aktorkart.atomic import write_files
from aktorkart.content import overview
from aktorkart.errors import one_of
from aktorkart.files import ending_of
from aktorkart.i18n import has_text, text
from aktorkart.reports.tables import shown_central
from aktorkart.tables import markdown_escaped

if TYPE_CHECKING:
    from collections.abc import Mapping

    from matplotlib.axes import Axes

    from aktorkart.finding import Finding
    from aktorkart.model import ActorMap
    from aktorkart.network.measures import Measures
    from aktorkart.privacy.shown import Shown
    from aktorkart.tables import Table

ENDINGS = (".html", ".md", ".json")
"""Endings that a report is written to."""

MOST_ALIKE = 4
"""So many findings of one case are said in a section; the JSON has them all."""

SCHEMA = 1
"""Number of the JSON's layout; it changes when a key changes its meaning."""


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

    See Also
    --------
    aktorkart.report : Makes one.
    """

    title: str
    lang: str
    sections: tuple[Section, ...]
    tables: Mapping[str, Table]
    kart: ActorMap = field(repr=False)
    measures: Measures = field(repr=False)
    _seen: Shown = field(repr=False)

    def __getitem__(self, key: str) -> Table:
        """Return a table by its key; KeyError lists the keys there are."""
        if key not in self.tables:
            raise KeyError(f"{key!r}: choose from {', '.join(self.tables)}")
        return self.tables[key]

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Everything the report says, in order, each once."""
        return tuple(found for section in self.sections[1:] for found in section.findings)

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
        from aktorkart import figures

        known = [figure for section in self.sections for figure in section.figures]
        one_of(key, known, option="figure")
        more: dict[str, Any] = {}
        if key in {"network", "ranking"}:
            more["measures"] = self.measures
        if key == "ranking":
            more["most"] = shown_central(self.measures)
        draw = getattr(figures, key)
        axes: Axes = draw(self._seen.kart, ax=figures.sheet(), lang=self.lang, names=True, **more)
        return axes

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
        from aktorkart.figures.drawing.saving import described

        return described(self.figure(key))

    @cached_property
    def _facts(self) -> list[str]:
        kart = self._seen.kart
        said = [text(f"scope.{kart.scope}", self.lang)]
        said[0] = said[0][:1].upper() + said[0][1:]
        if kart.date is not None:
            said.append(text("report.fact.date", self.lang, value=overview.day(kart.date)))
        if kart.focal is not None:
            said.append(text("report.fact.focal", self.lang, value=kart[kart.focal].label))
        if kart is not self.kart:
            said.append(text("report.roles_shown", self.lang))
        return said

    @property
    def _remarks(self) -> list[str]:
        """What the map's maker said about it and where it comes from."""
        kart = self._seen.kart
        said = [kart.note] if kart.note else []
        if kart.source:
            said.append(text("report.fact.source", self.lang, value=kart.source))
        return said

    def _sentences(self, section: Section) -> list[tuple[str, str, str]]:
        """Return level, its label (a mere note needs none) and sentence of each finding."""
        labels = {
            level: text(f"report.level.{level}", self.lang)
            for level in ("strength", "gap", "unknown")
        }
        told: Counter[tuple[str, str]] = Counter()
        said = []
        for found in section.findings:
            told[found.code, found.case] += 1
            if told[found.code, found.case] <= MOST_ALIKE:
                # In the section on what is unknown the heading says so.
                label = labels.get(found.level, "") if section.code != found.level else ""
                said.append((found.level, label, found.text(self.lang)))
        if left_out := len(section.findings) - len(said):
            said.append(("note", "", text("report.more_alike", self.lang, n=left_out)))
        return said

    def _title(self, section: Section) -> str:
        return text(f"report.section.{section.code}", self.lang)

    def _lead(self, section: Section) -> str:
        code = f"report.lead.{section.code}"
        return text(code, self.lang) if has_text(code) else ""

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
        parts = [f"# {markdown_escaped(self.title)}"]
        if self._facts:
            parts.append(markdown_escaped(" · ".join(self._facts)))
        parts += map(markdown_escaped, self._remarks)
        for section in self.sections:
            parts.append(f"## {self._title(section)}")
            if section.findings:
                parts.append(
                    "\n".join(
                        f"- {label and f'**{label}:** '}{markdown_escaped(sentence)}"
                        for _, label, sentence in self._sentences(section)
                    )
                )
            if lead := self._lead(section):
                parts.append(lead)
            for key in section.figures:
                said = markdown_escaped(self.alt_text(key))
                parts.append(f"![{said}]({figures[key]})" if key in figures else f"*{said}*")
            parts += [self.tables[key].to_markdown() for key in section.tables]
        parts.append("---\n\n" + self._footer)
        return "\n\n".join(parts) + "\n"

    @property
    def _footer(self) -> str:
        return text("report.made_with", self.lang, version=__version__)

    def _body(self) -> str:
        from markupsafe import Markup

        from aktorkart.figures import svg_text

        def drawn(key: str) -> dict[str, Any]:
            svg = svg_text(self.figure(key), prefix=f"{key}-")
            # Both come from our own writers, which escape what the map holds.
            return {"svg": Markup(svg), "title": text(f"report.figure.{key}", self.lang)}  # noqa: S704

        said: str = _template("body.html").render(
            lang=self.lang,
            title=self.title,
            facts=self._facts,
            remarks=self._remarks,
            footer=self._footer,
            sections=[
                {
                    "code": section.code,
                    "title": self._title(section),
                    "lead": self._lead(section),
                    "sentences": self._sentences(section),
                    "figures": [drawn(key) for key in section.figures],
                    "tables": [Markup(self.tables[key].to_html()) for key in section.tables],  # noqa: S704
                }
                for section in self.sections
            ],
        )
        return said

    def to_html(self) -> str:
        """Return the report as one page that needs nothing from anywhere else.

        Returns
        -------
        str
            A whole HTML document with its figures inside.
        """
        from markupsafe import Markup

        page: str = _template("page.html").render(
            lang=self.lang,
            title=self.title,
            css=Markup(_resource("report.css")),  # noqa: S704 - our own file
            body=Markup(self._body()),  # noqa: S704 - rendered with escaping
        )
        return page

    def _repr_html_(self) -> str:
        return f"<style>{_resource('report.css')}</style>\n{self._body()}"

    def to_json(self) -> str:
        """Return the report for another program.

        Returns
        -------
        str
            JSON with stable English codes; texts are in the report's language.
        """
        data = {
            "aktorkart": __version__,
            "schema": SCHEMA,
            "title": self.title,
            "lang": self.lang,
            "date": self._seen.kart.date,
            "scope": self._seen.kart.scope,
            "findings": [found.to_dict(self.lang) for found in self.findings],
            "tables": {key: table.to_records() for key, table in self.tables.items()},
        }
        return json.dumps(data, ensure_ascii=False, indent=2, allow_nan=False) + "\n"

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write the report to a file; the ending chooses the format.

        Parameters
        ----------
        path : str or path-like
            ``.html``, ``.md`` (its figures beside it, as SVG) or ``.json``.

        Raises
        ------
        UnsupportedFile
            For other endings.
        UnwritableFile
            If it cannot be written; what stood there is untouched.
        """
        target = Path(path)
        ending = ending_of(target, ENDINGS)
        if ending == ".html":
            contents = {target: self.to_html()}
        elif ending == ".json":
            contents = {target: self.to_json()}
        else:
            from aktorkart.figures import svg_text

            keys = [key for section in self.sections for key in section.figures]
            beside = {key: target.with_name(f"{target.stem}-{key}.svg") for key in keys}
            contents = {place: svg_text(self.figure(key)) for key, place in beside.items()}
            links = {key: place.name.replace(" ", "%20") for key, place in beside.items()}
            contents[target] = self.to_markdown(figures=links)
        write_files({os.fspath(place): said.encode() for place, said in contents.items()})


# --- templates


def _resource(name: str) -> str:
    from importlib.resources import files

    return files("aktorkart").joinpath("templates", name).read_text("utf-8")


def _template(name: str) -> Any:
    import jinja2

    environment = jinja2.Environment(
        autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=jinja2.StrictUndefined
    )
    return environment.from_string(_resource(name))
