"""A directive that runs Python lines, and shows the figure that they draw above them."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar
from xml.etree import ElementTree as ET

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.directives.code import container_wrapper
from sphinx.transforms import SphinxTransform
from sphinx.util.docutils import SphinxDirective

import aktorkart

if TYPE_CHECKING:
    from collections.abc import Iterator

SVG = "{http://www.w3.org/2000/svg}"


class Drawn(SphinxDirective):
    """A picture, the lines that drew it a moment ago, and the command that makes the same file.

    The lines leave the figure as ``ax`` or ``fig``.
    """

    has_content = True
    option_spec: ClassVar[dict[str, Any]] = {"command": directives.unchanged_required}

    def run(self) -> list[nodes.Node]:
        """Draw, and return picture and code."""
        # What is drawn depends on the whole library: no page is still good from last time.
        self.env.note_reread()
        code = "\n".join(self.content)
        shown = nodes.container("", self._picture(code), classes=["drawn"])
        shown += self._block(code, "python", "Python")
        if "command" in self.options:
            shown += self._block(self.options["command"], "sh", "Command line")
        return [shown]

    def _picture(self, code: str) -> nodes.Node:
        import matplotlib as mpl

        mpl.use("agg")
        import matplotlib.pyplot as plt

        names: dict[str, Any] = {"ak": aktorkart}
        exec(code, names)  # noqa: S102 - our own page
        number = self.env.new_serialno("drawn")
        name = f"{self.env.docname.replace('/', '-')}-{number:02}.svg"
        path = Path(self.env.doctreedir, "drawn", name)
        path.parent.mkdir(exist_ok=True)
        aktorkart.figures.save(names["fig"] if "fig" in names else names["ax"], path)
        plt.close("all")
        drawn = ET.parse(path).getroot()  # noqa: S314 - written one line ago
        width, height = (float(drawn.attrib[side].rstrip("pt")) for side in ("width", "height"))
        alt = drawn.findtext(f"{SVG}desc")
        if not alt:
            raise self.error("the figure has no alternative text")
        # With its size known, the page does not jump when a picture arrives; a picture with a
        # size is a link to itself, to be looked at closely.
        picture = nodes.image(
            uri="/" + Path(os.path.relpath(path, self.env.srcdir)).as_posix(),
            alt=alt,
            width=f"{width:.0f}",
            height=f"{height:.0f}",
            loading="lazy",
        )
        self.set_source_info(picture)
        return nodes.container("", picture, classes=["drawn-picture"])

    def _block(self, code: str, language: str, caption: str) -> nodes.Node:
        block = nodes.literal_block(code, code, language=language)
        self.set_source_info(block)
        return container_wrapper(self, block, caption)


class _Overview(nodes.General, nodes.Element):
    """Where the overview is to stand, until the page has been read."""


class Overview(SphinxDirective):
    """The first picture of each section below, with its heading and first sentence."""

    def run(self) -> list[nodes.Node]:
        """Leave a mark: the sections are not there yet."""
        return [_Overview()]


class FillOverview(SphinxTransform):
    """Put links to the sections where the page wants its overview."""

    default_priority = 800

    def apply(self, **_: Any) -> None:
        """Replace the mark."""
        for mark in list(self.document.findall(_Overview)):
            listed = nodes.bullet_list("", *self._items(), classes=["drawn-overview"])
            mark.replace_self(listed)

    def _items(self) -> Iterator[nodes.list_item]:
        for section in self.document.findall(nodes.section):
            picture = next(section.findall(nodes.image), None)
            if picture is None or not isinstance(section.parent.parent, nodes.document):
                continue
            small = picture.deepcopy()
            small["alt"] = ""  # the heading beside it says where the link leads
            link = nodes.reference("", "", small, refid=section["ids"][0], internal=True)
            link += nodes.strong("", section.next_node(nodes.title).astext())
            asked = section.next_node(nodes.paragraph).astext()
            yield nodes.list_item("", nodes.paragraph("", "", link), nodes.paragraph("", asked))


def setup(app: Any) -> dict[str, bool]:
    """Make ``drawn`` and ``overview`` known to pages."""
    app.add_directive("drawn", Drawn)
    app.add_directive("overview", Overview)
    app.add_node(_Overview)
    app.add_transform(FillOverview)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
