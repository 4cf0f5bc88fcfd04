"""A finished report: looked into, drawn, and written in each format."""

from __future__ import annotations

import os
from dataclasses import dataclass, field, replace
from functools import cached_property, wraps
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar
from urllib.parse import quote

from aktorkart.atomic import expect_path, made_folder, write_files
from aktorkart.errors import Place, Problem, UnsupportedFile, UnwritableFile, one_of
from aktorkart.expected import expect, expect_if_given
from aktorkart.files import ending_of
from aktorkart.progress import listening
from aktorkart.reports import figures as drawings
from aktorkart.reports import html, json, markdown, pdf, slides, word
from aktorkart.reports.figures import COLUMN
from aktorkart.reports.logo import Logo, expect_logo
from aktorkart.reports.pictures import Pictures
from aktorkart.reports.sections import Section
from aktorkart.reports.wording import Wording, titled

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from aktorkart.content.methods import MethodsParagraph
    from aktorkart.finding import Finding
    from aktorkart.model import ActorMap
    from aktorkart.network.measures import Measures
    from aktorkart.progress import Told
    from aktorkart.scene.style import Style
    from aktorkart.tables import Table

P = ParamSpec("P")
R = TypeVar("R")

ENDINGS = (".html", ".md", ".docx", ".pdf", ".json")
"""Endings that a report is written to."""


def is_folder(path: str | os.PathLike[str]) -> bool:
    """Tell whether a report is to be written into a folder, as slides."""
    name = expect_path(path)
    return name.endswith(("/", os.sep)) or Path(name).is_dir()


_MADE_BY_US = "<!-- aktorkart report -->"
"""How a report knows a figure that a report has made, and may replace it."""


def _is_foreign(place: Path) -> bool:
    """Tell whether something else stands where a figure is to be written."""
    try:
        with place.open("rb") as stream:
            return stream.read(len(_MADE_BY_US)) != _MADE_BY_US.encode()
    except OSError:
        return False  # nothing there, or nothing that can be read: writing will tell


CARRIERS = (".html", ".docx", ".pdf")
"""What a report is written to that can carry its map."""


def expect_carrier(ending: str, *, embed: bool) -> None:
    """Refuse to put the map into a file that cannot carry it."""
    if embed and ending not in CARRIERS:
        raise UnsupportedFile(Problem(code="no_carrier", values={"value": ending}))


def expect_template(ending: str, template: str | None) -> None:
    """Refuse a template where the file that is written takes none."""
    if template is not None and ending != ".docx":
        problem = Problem(code="no_template", place=Place(file=template), values={"value": ending})
        raise UnsupportedFile(problem)


def _heard(
    write: Callable[Concatenate[Report, P], R],
) -> Callable[Concatenate[Report, P], R]:
    """Let who listens to a report hear how far its writing has come."""

    @wraps(write)
    def written(self: Report, /, *args: P.args, **options: P.kwargs) -> R:
        with listening(self.progress):
            return write(self, *args, **options)

    return written


@dataclass(frozen=True, kw_only=True, eq=False)
class OwnFigure:
    """A figure that somebody has put into a report, under its title."""

    title: str
    drawn: Any
    alt: str


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
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
    easy : bool
        Whether it is written in easy-to-read words.
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
    embed : bool
        Whether ``.html``, ``.docx`` and ``.pdf`` carry the map.
    earlier : ActorMap or None
        The earlier map, as it may be shown, where the report is on what has changed since.
    logo : Logo or None
        The picture that ``.html``, ``.docx`` and ``.pdf`` show on top.
    template : str or None
        The Word file whose styles and places ``.docx`` takes over.

    See Also
    --------
    aktorkart.report, aktorkart.report_change : Make one.
    """

    title: str
    lang: str
    sections: tuple[Section, ...]
    easy: bool
    tables: Mapping[str, Table]
    kart: ActorMap  # as it may be shown
    measures: Measures  # of that map
    apart: Measures  # without the one whom it was gathered around
    style: Style  # of its figures
    own: Mapping[str, OwnFigure] = field(default_factory=lambda: MappingProxyType({}))
    methods: MethodsParagraph
    roles: bool  # whether it shows them instead of names
    notes: tuple[Problem, ...]
    consent: Problem | None
    exempt: bool
    embed: bool = False
    earlier: ActorMap | None = None
    template: str | None = None
    logo: Logo | None = None
    progress: Told | None = None  # who hears how far it has come

    def __repr__(self) -> str:
        parts = list(dict.fromkeys(section.part for section in self.sections))
        return f"Report(title={self.title!r}, lang={self.lang!r}, parts={parts!r})"

    def __getitem__(self, key: str) -> Table:
        """Return a table by its key; UnknownName lists the keys there are."""
        return self.tables[one_of(key, self.tables, option="table")]

    def __getstate__(self) -> dict[str, Any]:
        state = {**self.__dict__, "tables": dict(self.tables), "own": dict(self.own)}
        for name in ("pictures", "wording"):
            state.pop(name, None)  # made anew where it is asked for
        state["progress"] = None  # who listens stays here
        return state

    def __setstate__(self, state: dict[str, Any]) -> None:
        held = {key: MappingProxyType(state[key]) for key in ("tables", "own")}
        self.__dict__.update(state | held)

    @cached_property
    def wording(self) -> Wording:
        """Its words, put together once however often and as whatever it is written."""
        return Wording(self)

    @cached_property
    def pictures(self) -> Pictures:
        """Its figures as SVG, each drawn once however often the report is written."""
        return Pictures(alone=True)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Everything the report says, in order, each once."""
        return tuple(
            dict.fromkeys(found for section in self.sections for found in section.findings)
        )

    @property
    def _figures(self) -> list[str]:
        return [key for section in self.sections for key in section.figures]

    def with_section(
        self,
        title: str,
        *,
        text: str | Iterable[str] = (),
        figure: Figure | Axes | None = None,
        alt: str | None = None,
        after: str = "summary",
    ) -> Report:
        """Return the report with a section of your own in it.

        Parameters
        ----------
        title : str
            Its heading.
        text : str or iterable of str
            Its paragraphs.
        figure : matplotlib.figure.Figure or matplotlib.axes.Axes, optional
            A figure, one of ours or any other.
        alt : str, optional
            What the figure shows, for those who cannot see it; what one of ours says of itself
            if left out.
        after : str
            The section, or the part, that it comes after.

        Returns
        -------
        Report
            Another one; this one stays as it is.

        Raises
        ------
        UnknownName
            If the report has no such section or part.
        WrongArgument
            If a figure that is not ours has no words, or an option is of another kind.

        Examples
        --------
        >>> import aktorkart as ak
        >>> made = ak.report(ak.examples.two_brokers(), parts=["summary"], lang="en")
        >>> more = made.with_section("Next meeting", text="12 May, at the town hall.")
        >>> more.sections[-1].title, len(more.sections) - len(made.sections)
        ('Next meeting', 1)
        """
        expect("text", title=title)
        expect_if_given("text", alt=alt)
        paragraphs = (text,) if isinstance(text, str) else text
        expect("several", text=paragraphs)
        paragraphs = tuple(paragraphs)
        for paragraph in paragraphs:
            expect("text", text=paragraph)
        known = [one for section in self.sections for one in (section.code, section.part)]
        one_of(after, dict.fromkeys(known), option="after")
        at = max(place for place, one in enumerate(self.sections) if after in {one.code, one.part})
        own = dict(self.own)
        key = f"own{len(own) + 1}"
        if figure is not None:
            own[key] = OwnFigure(title=title, drawn=figure, alt=drawings.words_of(figure, alt))
        section = Section(
            code=key,
            part=self.sections[at].part,
            title=title,
            text=paragraphs,
            figures=(key,) if key in own else (),
        )
        sections = (*self.sections[: at + 1], section, *self.sections[at + 1 :])
        return replace(self, sections=sections, own=MappingProxyType(own))

    def figure(self, key: str, *, width: float = COLUMN) -> Axes:
        """Draw one of the report's figures for a column of text.

        Parameters
        ----------
        key : str
            One of those in the sections' ``figures``: ``network``, ``ranking`` …
        width : float
            Width of the column, in millimetres.

        Returns
        -------
        matplotlib.axes.Axes
            Freshly drawn; its figure belongs to the caller.

        Raises
        ------
        UnknownName
            If the report has no such figure.
        """
        return drawings.draw(self, one_of(key, self._figures, option="figure"), width=width)

    def slide(self, key: str) -> Axes:
        """Draw one of the report's figures for a slide of 16:9, with large letters.

        Parameters
        ----------
        key : str
            One of the report's figures.

        Returns
        -------
        matplotlib.axes.Axes
            Freshly drawn; its figure belongs to the caller.

        Raises
        ------
        UnknownName
            If the report has no such figure.
        """
        return drawings.on_slide(self, one_of(key, self._figures, option="figure"))

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
        return self.wording.of_map

    def caption(self, key: str) -> str:
        """Say what a figure is, in a few words and without its number.

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
        one_of(key, self._figures, option="figure")
        if key in self.own:
            return self.own[key].title
        return titled(self.kart, "figure", key, self.lang)

    @_heard
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

        Raises
        ------
        WrongArgument
            If the figures are no mapping.
        """
        expect("mapping", figures=figures)
        words = {key: self.alt_text(key) for key in self._figures}
        return markdown.markdown(self, pictures=figures, words=words)

    @_heard
    def to_html(self) -> str:
        """Return the report as one page that needs nothing from anywhere else.

        Returns
        -------
        str
            A whole HTML document with its figures inside.
        """
        return html.page(self)

    @_heard
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

    @_heard
    def to_docx(self) -> bytes:
        """Return the report as a Word file.

        Returns
        -------
        bytes
            With styles, captions, alternative texts, notes and tables to edit; the same report
            gives the same bytes.

        Raises
        ------
        MissingExtra
            If python-docx is not installed.
        UnreadableFile
            If the template is no Word file.
        """
        return word.docx(self)

    @_heard
    def to_pdf(self) -> bytes:
        """Return the report as PDF that archives take and that can be read aloud.

        Returns
        -------
        bytes
            PDF/A-2a and PDF/UA-1, or PDF/A-3a where it carries the map; the same report gives
            the same bytes.

        Raises
        ------
        MissingExtra
            If typst is not installed.
        """
        return pdf.pdf(self)

    @_heard
    def save(self, path: str | os.PathLike[str], *, force: bool = False) -> None:
        """Write the report to a file; the ending chooses the format.

        New files of a map around a person can be read by their owner only.

        Parameters
        ----------
        path : str or path-like
            ``.html``, ``.md`` (its figures beside it, as SVG), ``.docx``, ``.pdf`` or ``.json``;
            or a folder, ending in a slash or there already, for the figures as slides: a picture
            (PNG, 13.33 in wide) and a text each.
        force : bool
            Whether figures beside a ``.md`` may replace pictures that no report has made.

        Raises
        ------
        UnsupportedFile
            For other endings, and where the report has a template, a logo or a map that such a
            file does not take.
        MissingExtra
            If what writes such a file is not installed.
        UnreadableFile
            If the template is no Word file.
        UnwritableFile
            If it cannot be written, or a picture that no report has made stands in the way;
            what stood there is untouched.
        WrongArgument
            If ``force`` is neither True nor False.
        """
        expect("yes_or_no", force=force)
        private = self.kart.scope == "individual"
        if is_folder(path):
            expect_template(expect_path(path), self.template)
            expect_logo(expect_path(path), self.logo)
            expect_carrier(expect_path(path), embed=self.embed)
            folder = made_folder(expect_path(path))
            made = {str(folder / name): data for name, data in slides.slides(self).items()}
            write_files(made, private=private)
            return
        target = Path(path)
        ending = ending_of(target, ENDINGS)
        expect_template(ending, self.template)
        expect_logo(ending, self.logo)
        expect_carrier(ending, embed=self.embed)
        if ending == ".md":
            contents = self._markdown_with_figures(target, force=force)
        else:
            contents = {target: self.to_bytes(ending)}
        files = {os.fspath(place): content for place, content in contents.items()}
        write_files(files, private=private)

    @_heard
    def to_bytes(self, ending: str) -> bytes:
        """Return what a file with an ending would hold; of ``.md`` without its figures.

        Parameters
        ----------
        ending : {".html", ".md", ".docx", ".pdf", ".json"}
            Chooses the format.

        Returns
        -------
        bytes
            The whole file.

        Raises
        ------
        UnknownName
            For other endings.
        UnsupportedFile
            If the report is to carry its map, and such a file cannot.
        MissingExtra
            If what writes such a file is not installed.
        """
        writers: dict[str, Callable[[], str | bytes]] = {
            ".html": self.to_html,
            ".md": self.to_markdown,
            ".docx": self.to_docx,
            ".pdf": self.to_pdf,
            ".json": self.to_json,
        }
        writer = writers[one_of(ending, ENDINGS, option="ending")]
        expect_carrier(ending, embed=self.embed)
        made = writer()
        return made if isinstance(made, bytes) else made.encode()

    def _markdown_with_figures(self, target: Path, *, force: bool) -> dict[Path, bytes]:
        """Return what to write where: the text, and its figures beside it."""
        from aktorkart.figures import svg_text

        beside = {key: target.with_name(f"{target.stem}-{key}.svg") for key in self._figures}
        in_the_way = [place for place in beside.values() if not force and _is_foreign(place)]
        if in_the_way:
            raise UnwritableFile(
                Problem(code="not_our_figure", place=Place(file=os.fspath(place)))
                for place in in_the_way
            )
        contents = {}
        for key, place in beside.items():
            drawn = svg_text(self.figure(key), alt=drawings.own_words(self, key))
            contents[place] = f"{_MADE_BY_US}\n{drawn}".encode()
            drawings.tell(self, key, drawn=1)
        pictures = {key: quote(place.name) for key, place in beside.items()}
        return {**contents, target: self.to_markdown(figures=pictures).encode()}
