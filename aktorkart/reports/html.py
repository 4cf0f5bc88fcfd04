"""A report as one page that needs nothing from anywhere else."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from aktorkart.i18n import text
from aktorkart.reports.figures import own_words
from aktorkart.reports.wording import Wording

if TYPE_CHECKING:
    from aktorkart.reports.pages import Report
    from aktorkart.reports.wording import Drawn, Tabled

_TOLD_LEVELS = ("strength", "gap", "unknown")


def page(report: Report) -> str:
    """Return a whole HTML document with its figures inside."""
    from markupsafe import Markup

    body, looks = _body(report, alone=True)
    document: str = _template("page.html").render(
        lang=report.lang,
        title=report.title,
        css=Markup(_resource("report.css") + looks),  # noqa: S704 - our own file
        body=Markup(body),  # noqa: S704 - rendered with escaping
    )
    return document


def cell(report: Report) -> str:
    """Return the report for a notebook's cell, with a style that touches nothing else."""
    body, looks = _body(report, alone=False)
    return f"<style>{_resource('report.css')}{looks}</style>\n{body}"


def _body(report: Report, *, alone: bool) -> tuple[str, str]:
    """Return what the page says, and the rules for what its figures look like."""
    from markupsafe import Markup

    from aktorkart.figures import svg_text
    from aktorkart.figures.drawing.inline import Looks, inline_svg

    wording, looks = Wording(report), Looks(alone=alone)

    def drawn(figure: Drawn) -> dict[str, Any]:
        key = figure.key
        if key in report.own:
            # Whatever is in it: matplotlib knows how to write it.
            svg = svg_text(report.figure(key), prefix=f"{key}-", alt=own_words(report, key))
        else:
            svg = inline_svg(report.figure(key), looks, prefix=f"{key}-")
        # Both come from our own writers, which escape what the map holds.
        return {"svg": Markup(svg), "caption": figure.caption}  # noqa: S704

    def tabled(table: Tabled) -> dict[str, Any]:
        return {"html": Markup(table.table.to_html()), "caption": table.caption}  # noqa: S704

    body: str = _template("body.html").render(
        lang=report.lang,
        title=report.title,
        easy=report.easy,
        logo=report.logo.address if report.logo is not None else None,
        facts=report.facts,
        remarks=wording.remarks,
        about_map=wording.about_map,
        key=wording.key,
        footer=wording.footer,
        contents=text("report.contents", report.lang),
        why=text("report.why.ask", report.lang),
        levels={level: text(f"report.level.{level}", report.lang) for level in _TOLD_LEVELS},
        parts=[
            {
                "code": part,
                "heading": blocks[0].heading,
                "blocks": [
                    {
                        "block": block,
                        "figures": [drawn(figure) for figure in block.figures],
                        "tables": [tabled(table) for table in block.tables],
                    }
                    for block in blocks
                ],
            }
            for part, blocks in (
                (part, list(blocks))
                for part, blocks in groupby(wording.blocks, key=lambda block: block.part)
            )
        ],
    )
    return body, looks.css()


def _resource(name: str) -> str:
    from importlib.resources import files

    return files("aktorkart").joinpath("templates", name).read_text("utf-8")


def _template(name: str) -> Any:
    import jinja2

    environment = jinja2.Environment(
        autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=jinja2.StrictUndefined
    )
    return environment.from_string(_resource(name))
