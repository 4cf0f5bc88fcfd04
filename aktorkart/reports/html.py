"""A report as one page that needs nothing from anywhere else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from aktorkart.reports import wording

if TYPE_CHECKING:
    from aktorkart.reports.pages import Report


def page(report: Report) -> str:
    """Return a whole HTML document with its figures inside."""
    from markupsafe import Markup

    document: str = _template("page.html").render(
        lang=report.lang,
        title=report.title,
        css=Markup(_resource("report.css")),  # noqa: S704 - our own file
        body=Markup(_body(report)),  # noqa: S704 - rendered with escaping
    )
    return document


def cell(report: Report) -> str:
    """Return the report for a notebook's cell, with a style that touches nothing else."""
    return f"<style>{_resource('report.css')}</style>\n{_body(report)}"


def _body(report: Report) -> str:
    from markupsafe import Markup

    from aktorkart.figures import svg_text

    def drawn(key: str) -> dict[str, Any]:
        svg = svg_text(report.figure(key), prefix=f"{key}-")
        # Both come from our own writers, which escape what the map holds.
        return {"svg": Markup(svg), "title": report.caption(key)}  # noqa: S704

    body: str = _template("body.html").render(
        lang=report.lang,
        title=report.title,
        facts=report.facts,
        remarks=wording.remarks(report),
        footer=wording.footer(report),
        sections=[
            {
                "code": section.code,
                "title": wording.heading(report, section),
                "lead": wording.lead(report, section),
                "sentences": wording.sentences(report, section),
                "figures": [drawn(key) for key in section.figures],
                "tables": [Markup(report.tables[key].to_html()) for key in section.tables],  # noqa: S704
            }
            for section in report.sections
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
