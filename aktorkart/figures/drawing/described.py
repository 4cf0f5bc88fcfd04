"""A figure of our own making that says in words what it shows, wherever it goes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from matplotlib.figure import Figure

from aktorkart.figures.drawing.settings import letters_as_measured
from aktorkart.figures.drawing.stage import Stage

if TYPE_CHECKING:
    import os

    from matplotlib.backend_bases import RendererBase


def stages(figure: Figure) -> list[Stage]:
    """Return what has been drawn into a figure."""
    return [
        stage for axes in figure.get_axes() for stage in axes.artists if isinstance(stage, Stage)
    ]


def in_words(figure: Figure) -> tuple[str, str]:
    """Return the title and the alternative text of what is drawn."""
    found = stages(figure)
    titles = [stage.title for stage in found if stage.title]
    return " · ".join(dict.fromkeys(titles)), " ".join(stage.alt for stage in found if stage.alt)


class DescribedFigure(Figure):
    """A figure whose picture in a notebook, and in a file, has its alternative text."""

    def _repr_mimebundle_(self, **_: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        # The picture itself is made by whoever shows it; readers and exporters look here.
        alt = in_words(self)[1]
        return {}, {"image/png": {"alt": alt}} if alt else {}

    def draw(self, renderer: RendererBase) -> None:
        """Draw as matplotlib does, with letters as wide as they were measured."""
        with letters_as_measured():
            super().draw(renderer)

    def savefig(self, fname: str | os.PathLike[str] | Any, **options: Any) -> None:
        """Write a file as matplotlib does; a PNG or a PDF with its words inside."""
        ending = options.get("format") or str(fname).rpartition(".")[2]
        fields = {"png": ("Title", "Description"), "pdf": ("Title", "Subject")}
        if "metadata" not in options and (names := fields.get(str(ending).lower())):
            said = zip(names, in_words(self), strict=True)
            options["metadata"] = {name: words for name, words in said if words}
        super().savefig(fname, **options)
