"""``aktorkart draw``: a picture; its options are those of the functions in ``figures``."""

from __future__ import annotations

import inspect
import re
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from aktorkart.cli.at_work import at_work, tell
from aktorkart.cli.parts import (
    NOTHING,
    at_option,
    beside,
    for_reader,
    input_options,
    on_date,
    option,
    output_option,
    read,
    read_each,
    reading_options,
    refuse_inputs,
    sharing_options,
    spoken,
    tell_notes,
)
from aktorkart.errors import (
    AktorkartError,
    Problem,
    UnknownName,
    UnsupportedFile,
    WrongArgument,
)
from aktorkart.files.formats import FORMATS
from aktorkart.i18n import text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from aktorkart.files.formats import Loaded
    from aktorkart.scene.style import Style

FIGURES = (
    "network",
    "ranking",
    "ego",
    "levels",
    "linkages",
    "influence",
    "salience",
    "publics",
    "priorities",
    "goals",
    "timeline",
    "pathway",
    "matrix",
    "arenas",
    "stages",
    "change",
    "missing",
    "drop_out",
    "disagreement",
    "small_multiples",
)
"""What can be drawn, the map itself first."""

STYLES = ("report", "slide", "print", "dark")
"""The looks that are ready."""

OF_THE_PAGE = frozenset({"lang", "names", "consent", "size", "style", "title"})
"""Parameters of every figure: the command has options of its own for them."""

NOT_TYPED = frozenset({"kart", "after", "ax", "fig", "measures", "labels", "legend", "most"})
"""Parameters of figures that the command line has no option for."""

MAPS = ("like", "before")
"""Parameters that are an earlier map: a file on the command line."""

_MILLIMETRES = re.compile(r"([\d.]+)[x×]([\d.]+)", re.IGNORECASE)


if TYPE_CHECKING:
    _Type = click.ParamType[str | tuple[float, float]]
else:
    _Type = click.ParamType  # older versions have no type to name


class _Size(_Type):
    """A page by its word, or its width and height in millimetres: ``120x90``."""

    name = "size"

    def convert(
        self,
        value: Any,
        param: click.Parameter | None,  # noqa: ARG002 - click's signature
        ctx: click.Context | None,  # noqa: ARG002
    ) -> str | tuple[float, float]:
        written = str(value).strip()
        found = _MILLIMETRES.fullmatch(written.replace(",", "."))
        try:
            return (float(found[1]), float(found[2])) if found else written
        except ValueError:
            return written


def _pages(lang: str) -> str:
    from aktorkart.scene.style import PAGES

    return "|".join([*PAGES, text("cli.metavar.page", lang)])


@cache
def parameters() -> dict[str, dict[str, inspect.Parameter]]:
    """Return the figures that have each parameter, by option and figure, in the figures' order."""
    from aktorkart import figures

    found: dict[str, dict[str, inspect.Parameter]] = {}
    for figure in FIGURES:
        for name, parameter in inspect.signature(getattr(figures, figure)).parameters.items():
            if name not in OF_THE_PAGE | NOT_TYPED:
                found.setdefault(name, {})[figure] = parameter
    return found


def params(lang: str) -> list[click.Parameter]:
    """Return what the command takes."""
    kart, input_format = input_options(lang)
    word, number = (text(f"cli.metavar.{code}", lang) for code in ("word", "number"))
    figures = click.Choice(FIGURES)
    return [
        kart,
        output_option(lang, "draw_output", multiple=True),
        option(lang, "--figure", help="figure", type=figures, default="network", show_default=True),
        *sharing_options(lang),
        *(_of_figures(name, having, lang) for name, having in parameters().items()),
        option(
            lang,
            "--style",
            help="style",
            type=click.Choice(STYLES),
            default="report",
            show_default=True,
        ),
        option(lang, "--size", help="size", type=_Size(), metavar=_pages(lang)),
        option(
            lang,
            "--dpi",
            help="dpi",
            type=click.IntRange(30, 1200),
            metavar=number,
            default=200,
            show_default=True,
        ),
        option(lang, "--outlines", help="outlines", is_flag=True),
        option(lang, "--embed", help="embed", is_flag=True),
        option(lang, "--title", help="title", metavar=word),
        at_option(lang),
        input_format,
        *reading_options(lang),
    ]


def _of_figures(name: str, having: Mapping[str, inspect.Parameter], lang: str) -> click.Option:
    """Make the option for a parameter, with the default that the figures have."""
    from aktorkart.figures.disagreement import VIEWS
    from aktorkart.scene.course import ALONG, LANES
    from aktorkart.scene.hulls import HULLS
    from aktorkart.scene.panels import WAYS

    fields: dict[str, Any] = {"metavar": text("cli.metavar.word", lang)}
    match name:
        case "hulls":
            fields = {"type": click.Choice((*HULLS, "none"))}
        case "by":
            fields = {"type": click.Choice(WAYS)}
        case "view":
            fields = {"type": click.Choice(VIEWS)}
        case "backbone":
            share = click.FloatRange(0, 1, min_open=True)
            fields = {"type": share, "metavar": text("cli.metavar.number", lang)}
        case "along":
            fields = {"type": click.Choice(ALONG)}
        case "lanes":
            fields = {"type": click.Choice(LANES)}
        case "like" | "before":
            fields = {"metavar": text("cli.metavar.map", lang)}
    default = next(iter(having.values())).default
    if default is not None and default is not inspect.Parameter.empty:
        fields |= {"default": default, "show_default": True}
    return option(lang, f"--{name.replace('_', '-')}", help=name, **fields)


def call(  # noqa: PLR0913 - one for each option of the page
    *,
    map: tuple[str, ...],  # noqa: A002
    output: tuple[str, ...],
    figure: str,
    lang: str | None,
    names: bool | None,
    reader: str | None,
    consent: str,
    size: str | tuple[float, float] | None,
    style: str,
    title: str | None,
    dpi: int,
    outlines: bool,
    embed: bool,
    at: str | None,
    input_format: str | None,
    **asked: Any,
) -> int:
    """Draw a figure, and write it in every format asked for."""
    from aktorkart import figures
    from aktorkart.figures.drawing.saving import ENDINGS
    from aktorkart.figures.drawing.stage import slim
    from aktorkart.files import ending_of
    from aktorkart.privacy.shown import shown_together
    from aktorkart.scene.style import style_of

    _refuse_ignored(figure)
    if figure == "change" and asked["before"] is None:
        raise WrongArgument(Problem(code="change_needs_before"))
    targets = output or (beside(map, f"-{figure}.png"),)
    for target in targets:
        if target == "-":
            raise UnsupportedFile(Problem(code="figure_to_stdout"))
        ending_of(target, ENDINGS)
    loaded = _loaded(map, figure, input_format, spoken(lang))
    refuse_inputs(targets, [file for one in loaded for file in one.files])
    sharing: dict[str, Any] = {"reader": reader, "consent": consent}
    _read_earlier(asked, targets, lang, names=names, **sharing)
    lang = spoken(lang, loaded[-1].kart)
    seen = [for_reader(on_date(one.kart, at), names=names, **sharing) for one in loaded]
    maps, names = [kart for kart, _ in seen], seen[-1][1]
    for one in shown_together(*maps, names=names, lang=lang, consent=consent):
        tell_notes(one.notes, lang)
    with _options_as_typed():
        look = style_of(style, size)
    options = _options_of(figure, asked)
    options |= {"lang": lang, "names": names, "consent": consent, "style": look}
    if title is not None:
        options["title"] = title
    with at_work(lang), _options_as_typed():
        function = getattr(figures, figure)
        options["after" if figure == "change" else "kart"] = maps if maps[1:] else maps[0]
        options |= _page(figure, look)
        drawn: Any = function(**options)
        if figure != "small_multiples":
            slim(drawn)
        for target in targets:
            figures.save(drawn, target, dpi=dpi, outlines=outlines, embed=embed)
            tell(text("cli.wrote", lang, file=target))
    return NOTHING


def _loaded(
    paths: tuple[str, ...],
    figure: str,
    format: str | None,  # noqa: A002
    lang: str,
) -> list[Loaded]:
    """Read the map, or where panels are drawn of several, each; two tables are one map."""
    tables = all(Path(one).suffix.lower() in FORMATS["csv"].endings for one in paths)
    if figure != "small_multiples" or tables or format == "csv":
        return [read(paths, format, lang)]
    return read_each(paths, lang, format)


def _page(figure: str, style: Style) -> dict[str, Any]:
    """Make what a figure is drawn into, without pyplot."""
    from aktorkart import figures

    page = figures.sheet(style=style)
    if figure != "small_multiples":
        return {"ax": page}
    page.remove()
    return {"fig": page.figure}


def _read_earlier(
    asked: dict[str, Any], targets: Sequence[str], lang: str | None, **sharing: Any
) -> None:
    """Read the earlier maps that are named, in place of their files' names."""
    for name in MAPS:
        if asked[name]:
            earlier = read((asked[name],), None, spoken(lang))
            refuse_inputs(targets, earlier.files)
            asked[name] = earlier.kart
    if asked["before"]:
        # Of `like` only places are taken; this one is shown.
        asked["before"], _ = for_reader(asked["before"], **sharing)


@contextmanager
def _options_as_typed() -> Iterator[None]:
    """Name an option as it was typed where a figure refuses its value: ``--mark-size``."""
    typed = {name: f"--{name.replace('_', '-')}" for name in (*parameters(), "size")}
    try:
        yield
    except AktorkartError as error:
        raise type(error)(
            replace(problem, values={**problem.values, "option": typed[name]})
            if (name := problem.values.get("option")) in typed
            else problem
            for problem in error.problems
        ) from None


def _options_of(figure: str, asked: Mapping[str, Any]) -> dict[str, Any]:
    """Return what was asked for as the figure's own options."""
    found: dict[str, Any] = {}
    for name, having in parameters().items():
        value = asked[name]
        if figure in having and value is not None:
            nothing = value == "none" and name in {"color", "mark_size", "hulls"}
            found[having[figure].name] = None if nothing else value
    return found


def _refuse_ignored(figure: str) -> None:
    """Refuse an option that the figure would ignore."""
    context = click.get_current_context()
    given = {
        param.opts[0]: param.name
        for param in context.command.params
        if context.get_parameter_source(str(param.name)) is click.core.ParameterSource.COMMANDLINE
    }
    known = parameters()
    wrong = [
        Problem(code="option_not_for_figure", values={"option": name, "figure": figure})
        for name, parameter in given.items()
        if parameter in known and figure not in known[parameter]
    ]
    if wrong:
        raise UnknownName(wrong)
