"""A report: text, tables and figures of a map, in one order for all formats."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from aktorkart import __version__, overview
from aktorkart.errors import language, one_of
from aktorkart.files import ending_of
from aktorkart.files.atomic import write_files
from aktorkart.i18n import integer, sort_key, text
from aktorkart.measures import measures as measure
from aktorkart.privacy import Shown, shown
from aktorkart.tables import Cell, Column, Table, markdown_escaped
from aktorkart.vocabulary import LINES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from matplotlib.axes import Axes

    from aktorkart.findings import Finding
    from aktorkart.firmness import Rank
    from aktorkart.measures import Measures
    from aktorkart.model import ActorMap

ENDINGS = (".html", ".md", ".json")
"""Endings that a report is written to."""

SCHEMA = 1
"""Number of the JSON's layout; it changes when a key changes its meaning."""

_SUMMARY = (
    ("content", "empty"),
    ("content", "holds"),
    ("centrality", "firm_broker"),
    ("centrality", "uncertain_broker"),
    ("centrality", "broker"),
    ("centrality", "most_ties"),
    ("bridges", "cut_points"),
    ("content", "needed"),
    ("content", "troubled"),
    ("reach", "isolates"),
    ("reach", "pieces"),
    ("cohesion", "inward"),
    ("cohesion", "outward"),
)
"""What a reader with one minute should know, in this order."""

_MOST_IN_SUMMARY = 6
_MOST_CENTRAL = 15


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
    _names: bool | None = field(repr=False)

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
        key : {"network", "ranking"}
            Which.

        Returns
        -------
        matplotlib.axes.Axes
            Freshly drawn; its figure belongs to the caller.

        Raises
        ------
        UnknownName
            If there is no such figure.
        """
        from aktorkart import figures

        known = [figure for section in self.sections for figure in section.figures]
        one_of(key, known, option="figure")
        shared: dict[str, Any] = {
            "lang": self.lang,
            "names": self._names,
            "measures": self.measures,
        }
        if key == "network":
            return figures.network(self.kart, ax=figures.sheet(), **shared)
        return figures.ranking(self.kart, ax=figures.sheet(), **shared)

    def alt_text(self, key: str) -> str:
        """Say what a figure shows.

        Parameters
        ----------
        key : {"network", "ranking"}
            Which.

        Returns
        -------
        str
            For those who cannot see it.
        """
        from aktorkart import figures

        if key == "network":
            return figures.alt_text(
                self.kart, lang=self.lang, names=self._names, measures=self.measures
            )
        return " ".join(
            found.text(self.lang) for found in self.findings if found.code == "centrality"
        )

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
        return [
            (found.level, labels.get(found.level, ""), found.text(self.lang))
            for found in section.findings
        ]

    def _title(self, section: Section) -> str:
        return text(f"report.section.{section.code}", self.lang)

    def _lead(self, section: Section) -> str:
        return text(f"report.lead.{section.code}", self.lang) if section.code in _LEADS else ""

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
            svg = svg_text(self.figure(key), prefix=f"{key}-", alt=self.alt_text(key))
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
            "findings": [
                {
                    "code": found.code,
                    "case": found.case,
                    "level": found.level,
                    "actors": found.actors,
                    "ties": found.ties,
                    "numbers": dict(found.numbers),
                    "text": found.text(self.lang),
                }
                for found in self.findings
            ],
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
            contents = {
                place: svg_text(self.figure(key), prefix="", alt=self.alt_text(key))
                for key, place in beside.items()
            }
            links = {key: place.name.replace(" ", "%20") for key, place in beside.items()}
            contents[target] = self.to_markdown(figures=links)
        write_files({os.fspath(place): said.encode() for place, said in contents.items()})


_LEADS = ("centrality", "bridges", "cohesion")


def report(kart: ActorMap, *, lang: str | None = None, names: bool | None = None) -> Report:
    """Write a report on a map.

    Parameters
    ----------
    kart : ActorMap
        The map.
    lang : {"nb", "nn", "en", "sv"}, optional
        The language; the map's if left out, else Norwegian bokmål.
    names : bool, optional
        True shows names, False shows roles; roles around a person if left out.

    Returns
    -------
    Report
        Shows itself in a notebook; ``save`` writes it.

    Raises
    ------
    UnknownName
        If there is no such language.

    Examples
    --------
    >>> import aktorkart as ak
    >>> print(ak.report(ak.examples.two_brokers(), lang="en")["centrality"].rows[0][0])
    strong
    """
    said = language(lang, kart.lang)
    seen = shown(kart, names=names, lang=said)
    values = measure(kart)
    parts = {
        "contents": overview.content(kart),
        "centrality": overview.centrality(kart, values),
        "bridges": overview.bridges(kart, values),
        "cohesion": overview.cohesion(kart, values),
        "reach": overview.reach(kart, values),
    }
    parts = {code: [seen.finding(found) for found in part] for code, part in parts.items()}
    tables = _tables(kart, values, seen, said)
    sections = [
        Section(
            code="summary",
            findings=_summary(found for part in parts.values() for found in part),
            figures=("network",) if kart.actors else (),
        )
    ]
    for code, part in parts.items():
        keys = (code,) if code in tables else ()
        drawn = ("ranking",) if code == "centrality" and keys else ()
        if part or keys:
            sections.append(Section(code=code, findings=tuple(part), figures=drawn, tables=keys))
    sections += [
        Section(code=code, tables=(code,)) for code in ("actors", "definitions") if code in tables
    ]
    return Report(
        title=seen.kart.title or text("report.default_title", said),
        lang=said,
        sections=tuple(sections),
        tables=MappingProxyType(tables),
        kart=kart,
        measures=values,
        _seen=seen,
        _names=names,
    )


def _summary(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Pick what a reader with one minute should know."""
    by_case: dict[tuple[str, str], Finding] = {}
    for found in findings:
        by_case.setdefault((found.code, found.case), found)
    chosen = [by_case[case] for case in _SUMMARY if case in by_case]
    return tuple(chosen[:_MOST_IN_SUMMARY])


# --- tables


def _tables(kart: ActorMap, values: Measures, seen: Shown, lang: str) -> dict[str, Table]:
    tables = {"contents": _contents_table(kart, lang)}
    smallest_with_a_between = 3
    if len(kart.actors) >= smallest_with_a_between:
        tables["centrality"] = _centrality_table(kart, values, seen, lang)
    if counts := overview.bridge_counts(kart):
        rows: list[tuple[Cell, ...]] = [
            (seen.label(broker), *(_capital(text(f"line_in_text.{line}", lang)) for line in two), n)
            for broker, *two, n in counts[:_MOST_CENTRAL]
        ]
        tables["bridges"] = _table(lang, rows, "actor", "one", "other", "pairs#")
    if values.cohesion:
        tables["cohesion"] = _cohesion_table(values, lang)
    if sum(len(part) > 1 for part in values.components) > 1:
        tables["reach"] = _parts_table(values, seen, lang)
    if kart.actors:
        tables["actors"] = _actors_table(kart, values, seen, lang)
        tables["definitions"] = _definitions_table(lang)
    return tables


_SHARES = ("betweenness", "density")
_MEASURES = ("degree", "strength", "betweenness", "closeness", "eigenvector", "constraint", "core")


def _capital(said: str) -> str:
    return said[:1].upper() + said[1:]


def _column(key: str, lang: str) -> Column:
    name = key.removesuffix("#")
    code = f"measure.{name}.name" if name in _MEASURES else f"report.column.{name}"
    return Column(
        key=name,
        title=_capital(text(code, lang)),
        numeric=key.endswith("#"),
        percent=name in _SHARES,
    )


def _table(lang: str, rows: Sequence[tuple[Cell, ...]], *keys: str) -> Table:
    """Make a table from the keys of its columns; a ``#`` marks those with numbers."""
    columns = tuple(_column(key, lang) for key in keys)
    return Table(columns=columns, rows=tuple(rows), lang=lang)


def _contents_table(kart: ActorMap, lang: str) -> Table:
    in_force = kart.ties_in_force
    counts = {
        "actors": len(kart.actors),
        "ties": len(kart.ties),
        "channels": len(kart.channels),
        "unknown_strength": sum(tie.strength is None for tie in kart.channels),
        "needed": sum(tie.needed for tie in in_force),
        "troubled": sum(map(overview.troubled, in_force)),
        "not_in_force": len(kart.ties) - len(in_force),
        "arenas": sum(actor.kind == "arena" for actor in kart.actors),
    }
    rows = [(text(f"report.row.{key}", lang), n) for key, n in counts.items()]
    return _table(lang, rows, "what", "count#")


def _possible(row: Rank, lang: str) -> str | None:
    """Say which places an actor may have; nothing where strengths were not drawn."""
    if row.lowest is None or row.highest is None:
        return None
    first, last = integer(row.lowest, lang), integer(row.highest, lang)
    return first if first == last else f"{first}–{last}"


def _line_name(kart: ActorMap, id_: str, lang: str) -> str | None:
    line = overview.group_of(kart, id_)
    return _capital(text(f"line_in_text.{line}", lang)) if line else None


def _centrality_table(kart: ActorMap, values: Measures, seen: Shown, lang: str) -> Table:
    others = len(kart.actors) - 1
    rows: list[tuple[Cell, ...]] = []
    for row in values.ranking("betweenness")[:_MOST_CENTRAL]:
        of = values[row.actor]
        rows.append(
            (
                seen.label(row.actor),
                _line_name(kart, row.actor, lang),
                row.rank,
                _possible(row, lang),
                row.value,
                round((of.degree or 0) * others),
                of.strength,
            )
        )
    keys = ("rank#", "ranks", "betweenness#", "degree#", "strength#")
    return _table(lang, rows, "actor", "line", *keys)


def _cohesion_table(values: Measures, lang: str) -> Table:
    """Lines by lines: how much of what could be linked is linked."""
    present = {line for pair in values.cohesion for line in pair}
    lines = [line for line in LINES if line in present]
    columns = [_column("line", lang)] + [
        Column(
            key=line,
            title=_capital(text(f"line_in_text.{line}", lang)),
            numeric=True,
            percent=True,
        )
        for line in lines
    ]
    rows: list[tuple[Cell, ...]] = []
    for one in lines:
        # An undirected map has each pair once, in either order.
        found = [values.cohesion.get((one, to)) or values.cohesion.get((to, one)) for to in lines]
        shares = [of.density if of is not None else None for of in found]
        rows.append((_capital(text(f"line_in_text.{one}", lang)), *shares))
    return Table(columns=tuple(columns), rows=tuple(rows), lang=lang)


def _parts_table(values: Measures, seen: Shown, lang: str) -> Table:
    # Those who stand alone are named in the sentence above the table.
    parts = [part for part in values.components if len(part) > 1]
    rows = [
        (integer(place, lang), len(part), ", ".join(_alphabetical(map(seen.label, part), lang)))
        for place, part in enumerate(parts, start=1)
    ]
    return _table(lang, rows, "part", "count#", "actors")


def _alphabetical(words: Iterable[str], lang: str) -> list[str]:
    return sorted(words, key=lambda word: sort_key(word, lang))


def _actors_table(kart: ActorMap, values: Measures, seen: Shown, lang: str) -> Table:
    others = max(len(kart.actors) - 1, 1)
    rows: list[tuple[Cell, ...]] = []
    for id_ in sorted(values, key=lambda id_: sort_key(seen.label(id_), lang)):
        of = values[id_]
        rows.append(
            (
                seen.label(id_),
                kart.kind_name(kart[id_].kind, lang),
                _line_name(kart, id_, lang),
                round((of.degree or 0) * others),
                of.strength,
                of.betweenness,
                of.closeness,
                of.eigenvector,
                of.constraint,
                of.core,
            )
        )
    keys = ("degree#", "strength#", "betweenness#", "closeness#", "eigenvector#", "constraint#")
    return _table(lang, rows, "actor", "kind", "line", *keys, "core#")


def _definitions_table(lang: str) -> Table:
    rows = [
        (text(f"measure.{name}.name", lang), text(f"measure.{name}.definition", lang))
        for name in _MEASURES
    ]
    return _table(lang, rows, "measure", "definition")


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
