"""Figures made of areas: what they start from, and how the areas are fitted into the axes."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from aktorkart.errors import language
from aktorkart.figures.drawing.panels import SMALLEST, Entry, Mark, Panel, Rect, Section
from aktorkart.figures.drawing.stage import Stage, clear
from aktorkart.i18n import listing, sort_key, text
from aktorkart.privacy.shown import shown
from aktorkart.scene import marks
from aktorkart.scene.footer import footer_text
from aktorkart.scene.scene import shape_of, shapeless
from aktorkart.scene.style import Style

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from aktorkart.model import Actor, ActorMap

_STEP = 0.96
# As many as fill a field of a figure: who stands where is what it shows.
_MOST_NAMED = 12


class Space(NamedTuple):
    """What the areas of a figure are fitted into: all in points."""

    width: float
    height: float
    size: float
    """Of the letters."""
    must: bool = False
    """Whether it must do, even if lists are cut off."""


Compose = Callable[[Space], "Mapping[str, Rect] | None"]


@dataclass(eq=False)
class Board:
    """The areas of a figure, fitted into its axes when it is drawn."""

    style: Style
    panels: Mapping[str, Panel]
    compose: Compose
    finish: Callable[[Mapping[str, Rect], float], None] | None = None
    largest: float = 1.2

    def arrange(self, axes: Axes, width: float, height: float) -> None:
        """Find the largest letters with which everything fits, and put it in its place."""
        axes.set_xlim(0, width)
        axes.set_ylim(0, height)
        largest = self.style.font_size * self.largest
        steps = max(0, math.floor(math.log(SMALLEST / largest) / math.log(_STEP)))
        sizes = [largest * _STEP**step for step in range(steps + 1)]
        # What fits in large letters fits in smaller ones.
        first = bisect_left(
            sizes, 1, key=lambda size: self.compose(Space(width, height, size)) is not None
        )
        size = sizes[min(first, steps)]
        rooms = self.compose(Space(width, height, size, must=first > steps)) or {}
        for name, panel in self.panels.items():
            panel.place(rooms.get(name, Rect(0, 0, 0, 0)), size)
        if self.finish is not None:
            self.finish(rooms, size)


def shares(least: Sequence[float], total: float) -> list[float]:
    """Give each at least what it needs, and what is left to all alike."""
    needed = sum(least)
    if needed >= total:
        return [one * total / max(needed, 1e-9) for one in least]
    return [float(one + (total - needed) / len(least)) for one in least]


def capital(said: str) -> str:
    """Begin with a capital letter, whatever follows it."""
    return said[:1].upper() + said[1:]


@dataclass(frozen=True)
class Drawing:
    """What all three figures start from: the map as it may be shown, and its look."""

    kart: ActorMap
    lang: str
    style: Style

    def say(self, code: str, **values: object) -> str:
        """Return a text of the figures' section."""
        return text(f"figure.{code}", self.lang, **values)

    def sorted(self, actors: Sequence[Actor]) -> list[Actor]:
        """Sort actors by name, as the language does."""
        return sorted(actors, key=lambda actor: (sort_key(actor.label, self.lang), actor.id))

    def shape(self, actor: Actor) -> str:
        """Return the shape of an actor's mark."""
        return "first" if shapeless(self.kart) else shape_of(self.kart, actor.id)

    def named(self, actors: Sequence[Actor]) -> str:
        """Name a few actors, count many."""
        if len(actors) > _MOST_NAMED:
            return text("model.actors", self.lang, n=len(actors))
        return listing([actor.label for actor in self.sorted(actors)], self.lang)

    def panel(  # noqa: PLR0913 - see Panel
        self,
        gid: str,
        *sections: Section,
        head: str = "",
        about: str = "",
        color: str | None = None,
        depth: float = 0.13,
        dashed: bool = False,
        scale: float = 1.0,
    ) -> Panel:
        """Make an area in this style and language."""
        return Panel(
            gid=gid,
            style=self.style,
            lang=self.lang,
            sections=sections,
            head=capital(head),
            about=about,
            color=color,
            depth=depth,
            dashed=dashed,
            scale=scale,
        )

    def note(self, *said: str) -> Panel:
        """Make the lines at the foot of the figure: what it leaves out, its date and source."""
        lines = [line for line in (*said, footer_text(self.kart, lang=self.lang)) if line]
        sections = (Section((), empty=line) for line in lines)
        return self.panel("note", *sections, scale=self.small)

    @property
    def small(self) -> float:
        """How large the letters of legend and notes are, beside those of names."""
        return self.style.legend_size / self.style.font_size

    def shape_keys(self, actors: Sequence[Actor]) -> Section:
        """Say what the shapes of the marks mean, as far as they are there."""
        found = {self.shape(actor) for actor in actors}
        if shapeless(self.kart):
            found = set()
        keys = tuple(
            Entry(
                self.say("arena") if shape == "arena" else text(f"line.{shape}", self.lang),
                shape,
                Mark(shape, self.style.neutral, self.style.ink),
                key=True,
            )
            for shape in marks.SHAPES
            if shape in found
        )
        return Section(keys, head=self.say("shape") if keys else "")


def begin(kart: ActorMap, *, lang: str | None, names: bool | None, style: Style | None) -> Drawing:
    """Start a figure: its language, its look and what of the map may be shown."""
    said = language(lang, kart.lang)
    return Drawing(shown(kart, names=names, lang=said).kart, said, style or Style())


def finish(drawing: Drawing, axes: Axes, board: Board, *, heading: str, alt: str) -> Axes:
    """Put a board into axes."""
    clear(axes, drawing.style, heading=heading)
    for panel in board.panels.values():
        panel.onto(axes)
    axes.add_artist(Stage(axes, board.arrange, title=heading, alt=alt))
    axes.set_xlim(0, 1)
    axes.set_ylim(0, 1)
    return axes
