"""Figures made of areas: what they start from, and how the areas are fitted into the axes."""

from __future__ import annotations

import math
from bisect import bisect_left
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from aktorkart.errors import language
from aktorkart.expected import expect
from aktorkart.figures.drawing.area import Area, Entry, Mark, Rect, Section
from aktorkart.figures.drawing.lettering import boxes_note, written
from aktorkart.figures.drawing.settings import standard_settings
from aktorkart.figures.drawing.sheet import expect_place, new_axes, room_on
from aktorkart.figures.drawing.stage import Stage, Subject, clear, points, quietly, slim
from aktorkart.i18n import capital, text
from aktorkart.model import expect_map
from aktorkart.model.fields import writable
from aktorkart.privacy.shown import shown
from aktorkart.scene import marks
from aktorkart.scene.footer import footer_text
from aktorkart.scene.namesakes import told_apart
from aktorkart.scene.scene import shape_of, shapeless
from aktorkart.scene.style import Style, style_of
from aktorkart.scene.words import Words

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from matplotlib.axes import Axes
    from matplotlib.text import Text

    from aktorkart.model import Actor, ActorMap
    from aktorkart.scene.style import Size

_STEP, _TALLER = 0.96, 1.04
_SMALL_PAGE = 400.0  # points wide


class Space(NamedTuple):
    """What the areas of a figure are fitted into: all in points."""

    width: float
    height: float
    size: float  # of the letters
    must: bool = False  # whether it must do, even if lists are cut off


@dataclass(frozen=True)
class Page(Words):
    """What a figure starts from: the map as it may be shown, its language and its style."""

    style: Style = field(default_factory=Style)
    axes: Axes | None = None  # where the caller wants it
    maps: tuple[ActorMap, ...] = ()  # as they may be shown, before namesakes are told apart

    @classmethod
    def of(  # noqa: PLR0913 - what each figure is given
        cls,
        kart: ActorMap,
        *,
        ax: Axes | None,
        lang: str | None,
        names: bool | None,
        consent: str,
        style: Style | str | None,
        size: Size | None = None,
    ) -> Page:
        """Start a figure: hide first what may not be shown."""
        expect_map(kart)
        expect_place(ax, size)
        lang, look = language(lang, kart.lang), style_of(style, size)
        seen = shown(kart, names=names, lang=lang, consent=consent).kart
        return cls(told_apart(seen, lang), lang, look, ax, (seen,))

    def issue(self, kart: ActorMap, asked: str | None) -> str:
        """Return what the issue that is asked for is called here: ids may be hidden, not order."""
        ids = [one.id for one in kart.issues]
        at = 0 if asked is None else ids.index(asked) if asked in ids else None
        return str(asked) if at is None else self.kart.issues[at].id

    def title(self, asked: str | None, code: str, **values: Any) -> str:
        """Return the title asked for; without one, one of ours."""
        return self.say(code, **values) if asked is None else asked

    @standard_settings()
    def put(  # noqa: PLR0913 - what it holds, what it says, and how high it wants to be
        self,
        artists: Callable[[Axes], None],
        arrange: Callable[[Axes, float, float], None],
        *,
        title: str,
        alt: str,
        needed: Callable[[float], float] | None = None,
        wanted: Callable[[float, float, float], float] | None = None,
    ) -> Axes:
        """Put a title, artists and what arranges them into the axes.

        ``needed`` says how high, in points, axes of a width are that hold nothing but a line,
        and ``wanted`` how high so that no list is cut, as `Board.wanted`.
        """
        expect("text", title=title)
        title = writable(title)
        axes = self.axes if self.axes is not None else new_axes(self.style)
        clear(axes, self.style, heading=title)
        artists(axes)
        subject = Subject(self.maps, self.lang, self.style)
        stage = Stage(axes, arrange, title=title, alt=alt, subject=subject)
        stage.wanted = wanted
        axes.add_artist(stage)
        if needed is not None:
            stage.needed = needed(points(axes)[0])
            if self.axes is None:
                slim(axes)
        return axes

    def area(  # noqa: PLR0913 - see Area
        self,
        gid: str,
        *sections: Section,
        head: str = "",
        about: str = "",
        color: str | None = None,
        depth: float = 0.13,
        dashed: bool = False,
        scale: float = 1.0,
    ) -> Area:
        """Make an area in this style and language."""
        return Area(
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

    def words(
        self, axes: Axes, gid: str, *, ha: str = "left", va: str = "center", muted: bool = False
    ) -> Text:
        """Add a text whose words, size and place are found when the figure is arranged."""
        color = self.style.muted if muted else self.style.ink
        made = written("", self.style, self.style.font_size, color=color, ha=ha, va=va)
        added: Text = quietly(axes, made, gid)
        return added

    def note(self, *notes: str, gid: str = "note") -> Area:
        """Make the lines at the foot of the figure: what it leaves out, its date and source."""
        lines = [line for line in (*notes, self.footer()) if line]
        return self.area(gid, *(Section((), empty=line) for line in lines), scale=self.small)

    def footer(self) -> str:
        """Return date, counts and source, and what signs could not be written."""
        unwritten = boxes_note(self.kart, self.style, self.lang)
        wide = points(self.axes)[0] if self.axes is not None else room_on(self.style)[0]
        # A small page has room for one line of them: which map it is has to be said elsewhere.
        heading = (self.kart.title or "") if wide < _SMALL_PAGE else ""
        return footer_text(self.kart, lang=self.lang, notes=[unwritten], heading=heading)

    @property
    def small(self) -> float:
        """How large the letters of legend and notes are, beside those of names."""
        return self.style.legend_size / self.style.font_size

    def shape(self, actor: Actor) -> str:
        """Return the shape of an actor's mark."""
        return "first" if shapeless(self.kart) else shape_of(self.kart, actor.id)

    def shape_name(self, shape: str) -> str:
        """Return what a shape stands for: a line of service, or an arena."""
        return self.say("arena") if shape == "arena" else text(f"line.{shape}", self.lang)

    def shape_keys(self, actors: Sequence[Actor]) -> Section:
        """Say what the shapes of the marks mean, as far as they are there."""
        found = set() if shapeless(self.kart) else {self.shape(actor) for actor in actors}
        keys = tuple(
            Entry(
                self.shape_name(shape),
                shape,
                Mark(shape, self.style.neutral, self.style.ink),
                key=True,
            )
            for shape in marks.SHAPES
            if shape in found
        )
        return Section(keys, head=self.say("shape") if keys else "")


@dataclass(eq=False)
class Board:
    """Areas fitted into the axes when they are drawn; as it is, nothing but a note."""

    page: Page
    areas: Mapping[str, Area] = field(default_factory=dict)
    largest: float = 1.2  # letters, in the style's size

    def rooms(self, space: Space) -> Mapping[str, Rect] | None:
        """Return where everything stands; None if letters must be smaller."""
        return {"note": Rect(0, 0, space.width, space.height)}

    def onto(self, axes: Axes) -> None:
        """Add the artists; `finish` puts them where they belong."""
        for area in self.areas.values():
            area.onto(axes)

    def finish(self, rooms: Mapping[str, Rect], size: float) -> None:
        """Put everything in its place, with letters of a size in points."""
        for name, area in self.areas.items():
            area.place(rooms.get(name, Rect(0, 0, 0, 0)), size)

    def arrange(self, axes: Axes, width: float, height: float) -> None:
        """Find the largest letters with which everything fits, and put it in its place."""
        in_points(axes, width, height)
        smallest = self.page.style.smallest
        largest = max(self.page.style.font_size * self.largest, smallest)
        steps = math.ceil(math.log(smallest / largest) / math.log(_STEP))
        sizes = [max(largest * _STEP**step, smallest) for step in range(steps + 1)]
        # What fits in large letters fits in smaller ones.
        first = bisect_left(
            sizes, 1, key=lambda size: self.rooms(Space(width, height, size)) is not None
        )
        size = sizes[min(first, steps)]
        self.finish(self.rooms(Space(width, height, size, must=first > steps)) or {}, size)

    def wanted(self, width: float, height: float, highest: float) -> float:
        """Return how high axes must be for everything to fit in the smallest letters.

        From their height on, in points; the highest where even that is too low.
        """
        smallest = self.page.style.smallest
        steps = math.ceil(math.log(highest / height) / math.log(_TALLER))
        heights = [min(height * _TALLER**step, highest) for step in range(steps + 1)]
        first = bisect_left(
            heights, 1, key=lambda high: self.rooms(Space(width, high, smallest)) is not None
        )
        return heights[min(first, steps)]

    def draw(self, *, title: str, alt: str) -> Axes:
        """Put the board into its page's axes."""
        axes = self.page.put(self.onto, self.arrange, title=title, alt=alt, wanted=self.wanted)
        axes.set_xlim(0, 1)
        axes.set_ylim(0, 1)
        return axes


def in_points(axes: Axes, width: float, height: float) -> None:
    """Let places in the axes be points from its lower left corner."""
    axes.set_xlim(0, width)
    axes.set_ylim(0, height)


def only_a_note(page: Page, sentence: str, *, title: str) -> Axes:
    """Draw a figure of a map that has nothing to show in it."""
    note = page.note(sentence)
    board = Board(page, {"note": note})

    def needed(width: float) -> float:
        return note.height(width, page.style.font_size * board.largest) + page.style.font_size

    return page.put(board.onto, board.arrange, title=title, alt=sentence, needed=needed)


def shares(least: Sequence[float], total: float) -> list[float]:
    """Give each at least what it needs, and what is left to all alike."""
    needed = sum(least)
    if needed >= total:
        return [one * total / max(needed, 1e-9) for one in least]
    return [float(one + (total - needed) / len(least)) for one in least]
