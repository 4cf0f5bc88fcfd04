"""A report as one page that needs nothing from anywhere else."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from aktorkart.files.carried.putting import block
from aktorkart.i18n import text
from aktorkart.reports.pictures import Pictures

if TYPE_CHECKING:
    from aktorkart.reports.pages import Report
    from aktorkart.reports.wording import Drawn, Tabled

_TOLD_LEVELS = ("strength", "gap", "unknown")


def page(report: Report) -> str:
    """Return a whole HTML document with its figures inside."""
    from markupsafe import Markup

    pictures = report.pictures
    carried = block(report.kart) if report.embed else ""
    body = _body(report, pictures, carried=report.wording.carried)
    document: str = _template("page.html").render(
        lang=report.lang,
        title=report.title,
        css=Markup(_css(pictures)),  # noqa: S704 - our own file
        body=Markup(body),  # noqa: S704 - rendered with escaping
        carried=Markup(carried),  # noqa: S704 - letters and digits
    )
    return document


def cell(report: Report) -> str:
    """Return the report for a notebook's cell, with a style that touches nothing else."""
    pictures = Pictures(alone=False)
    body = _body(report, pictures)
    return f"<style>{_css(pictures)}</style>\n{body}"


def _css(pictures: Pictures) -> str:
    """Return the rules for a report; those for its figures follow from what has been drawn."""
    return _resource("report.css") + pictures.css(".aktorkart ")


def _body(report: Report, pictures: Pictures, *, carried: str = "") -> str:
    from markupsafe import Markup

    wording = report.wording

    def drawn(figure: Drawn) -> dict[str, Any]:
        # Both come from our own writers, which escape what the map holds.
        svg = Markup(pictures.svg(report, figure.key))  # noqa: S704
        return {"svg": svg, "caption": figure.caption}

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
        footer=f"{wording.footer} {carried}".rstrip(),
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
    return body


def _resource(name: str) -> str:
    from importlib.resources import files

    return files("aktorkart").joinpath("templates", name).read_text("utf-8")


def _template(name: str) -> Any:
    import jinja2

    environment = jinja2.Environment(
        autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=jinja2.StrictUndefined
    )
    return environment.from_string(_resource(name))
