"""A map's page: what stands on it, and what follows when it is fitted into axes of a size.

Letters, legend and the lines at the foot keep their sizes; the map takes what they leave, and
names are placed anew.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from aktorkart.figures.drawing.lettering import Lettering, extent
from aktorkart.figures.drawing.naming import (
    Named,
    fewer,
    holding,
    largest,
    readable,
    told_below,
)
from aktorkart.i18n import text
from aktorkart.scene import labels
from aktorkart.scene.crowd import LEFT_OUT
from aktorkart.scene.fit import fit
from aktorkart.scene.footer import DOT, broken
from aktorkart.scene.letters import NOMINAL_SCALE
from aktorkart.scene.lines import narrowed
from aktorkart.scene.pages import NARROW
from aktorkart.scene.places import Ground
from aktorkart.scene.standing import NO_AIR, overlap

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes
    from matplotlib.collections import LineCollection, PolyCollection
    from matplotlib.legend import Legend
    from matplotlib.text import Text
    from numpy.typing import NDArray

    from aktorkart.scene.ground import Caption
    from aktorkart.scene.style import Style

    Floats = NDArray[np.float64]

# Lines below a figure: at the most, on narrow pages, and how often the page is fitted anew.
_LINES, _NARROW_LINES, _TRIES = 3, 4, 3
# The lines that say whose names the numbers stand for take no more than this share of the height.
_KEY_SHARE = 0.2
# Among so many marks room for names is looked for.
_MOST_AMONG = 1_500
# So short a caption stays as it is.
_SHORT = 2
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True)
class Beside:
    """The legend as it stands: at the right edge, or beneath the map."""

    legend: Legend | None = None
    width: float = 0.0  # that it takes at the right edge, in points
    height: float = 0.0  # that it takes beneath
    left_out: bool = False  # whether there was no room for all of it
    ties: tuple[tuple[Artist, float], ...] = ()  # the samples of ties, and their width on the map

    def lift(self, axes: Axes, share: float) -> None:
        """Put a legend beneath the map right above what stands at the foot."""
        if self.legend is not None and self.height:
            self.legend.set_bbox_to_anchor((0.0, share), transform=axes.transAxes)


NO_LEGEND = Beside()


@dataclass(frozen=True)
class _Here:
    """What names have to mind on a page of a size, in points."""

    bounds: tuple[float, float, float, float]
    centres: Floats
    halves: Floats
    rims: Floats
    segments: Floats
    obstacles: Floats
    rooms: Floats | None
    sizes: tuple[float, float]  # of letters: at first, and the smallest

    def covered(self, named: Named, *, over_marks: bool) -> NDArray[np.bool_]:
        """Tell which names are none to keep where they stand."""
        half = named.extents / 2
        boxes = np.hstack([named.found.centres - half, named.found.centres + half])
        in_the_way = self.obstacles
        if not over_marks:
            marked = np.hstack([self.centres - 0.7 * self.halves, self.centres + 0.7 * self.halves])
            in_the_way = np.concatenate([marked, in_the_way])
        met = overlap(boxes, boxes, air=NO_AIR)
        np.fill_diagonal(met, val=False)
        wrong = met.any(axis=1) | overlap(boxes, in_the_way, air=NO_AIR).any(axis=1)
        outside = np.hstack([boxes[:, :2] < self.bounds[:2], boxes[:, 2:] > self.bounds[2:]])
        if self.rooms is not None:
            # In another's part of the page a name would be read as being there.
            own = self.rooms[named.numbers]
            beyond = np.hstack([boxes[:, :2] < own[:, :2] - 1, boxes[:, 2:] > own[:, 2:] + 1])
            outside = np.hstack([outside, beyond])
        # Where names lie on the marks of others, none is nearest to its own for certain.
        unclear = False if over_marks else named.unclear
        return np.asarray(wrong | outside.any(axis=1) | unclear)


@dataclass
class Plan:
    """What stands on the page, in millimetres, and what has to follow when it is arranged."""

    style: Style
    lang: str
    centres: Floats
    halves: Floats
    powers: Floats
    rims: Floats
    segments: Floats
    owners: NDArray[np.intp]
    importance: Floats
    texts: dict[int, Text]
    names: dict[int, str]  # on one line
    ways: dict[int, tuple[str, ...]]  # to break each name into lines, the best one first
    halos: PolyCollection
    leaders: LineCollection
    extent: tuple[float, float, float, float]
    widths: list[tuple[Any, Any]] = field(default_factory=list)
    obstacles: Floats = field(default_factory=lambda: np.empty((0, 4)))
    rooms: Floats | None = None
    legend: Beside = field(default_factory=lambda: NO_LEGEND)
    leader_row: list[Artist] = field(default_factory=list)  # of the legend
    captions: list[Text] = field(default_factory=list)
    fitted: list[tuple[Text, Caption]] = field(default_factory=list)
    footer: Text | None = None
    of: int | None = None  # how many actors there are, where only those in the middle are named
    covering: int = 0
    unnamed: int = 0  # names left out for want of room
    keys: tuple[str, ...] = ()  # what letters stand for, where there was no room for words
    told: dict[int, str] = field(default_factory=dict)  # numbers that stand for names …
    told_rows: list[str] = field(default_factory=list)  # … and the lines that say for which

    def __post_init__(self) -> None:
        self._footer_text = self.footer.get_text() if self.footer is not None else ""
        self._letters, self._crowded = np.inf, False
        self._widths_set = [np.array(artist.get_linewidth()) for artist, _ in self.widths]

    def said(self) -> str:
        """Say what is left out for want of room."""
        return " ".join(f"{part.removesuffix('.')}." for part in self._left_out())

    def _left_out(self) -> list[str]:
        found = []
        if self.of is not None:
            n = len(self.texts) - self.unnamed
            found.append(text("figure.not_all_named", self.lang, n=n, of=self.of))
        elif self.unnamed:
            found.append(text("figure.names_left_out", self.lang, n=self.unnamed))
        if self.legend.left_out:
            found.append(text("figure.legend_left_out", self.lang))
        return found

    def arrange(self, axes: Axes, width: float, height: float) -> None:
        """Fit the page into axes of this size, and place the names."""
        letters = Lettering(self.style)
        self.unnamed, self.keys, self.told_rows = 0, (), []
        self._letters, self._crowded = np.inf, False
        foot = self._foot(letters, width)
        most = int(_KEY_SHARE * height / (1.1 * self.style.smallest))
        # What turns out to have no room is said below, which may take another line.
        for _ in range(_TRIES):
            self._fit(axes, letters, (width, height), (foot, most))
            needed = self._foot(letters, width)
            if needed <= foot:
                break
            # With less room there may be one more to tell of, but no more lines than now.
            foot, most = needed, len(self.told_rows)

    def _foot(self, letters: Lettering, width: float) -> float:
        """Write the line below, and return how high it is."""
        if self.footer is None:
            return 0.0
        small = width < NARROW
        size = self.style.smallest if small else max(self.style.legend_size, self.style.smallest)
        size = self.style.smallest if self.told_rows else size
        whole = DOT.join([*self.keys, *self._left_out(), self._footer_text])
        most = (_NARROW_LINES if small else _LINES) + bool(self.keys or self._left_out())
        lines = [*self.told_rows, *broken(whole, letters, size, width, most=most)]
        self.footer.set(text="\n".join(lines), fontsize=size)
        return (0.6 + 1.1 * len(lines)) * size

    def _fit(
        self,
        axes: Axes,
        letters: Lettering,
        size: tuple[float, float],
        below: tuple[float, int],
    ) -> None:
        (width, height), (foot, most) = size, below
        left, bottom, right, top = self.extent
        beneath = foot + self.legend.height
        room = max(width - self.legend.width, width / 3), max(height - beneath, height / 4)
        scale = min(room[0] / (right - left), room[1] / (top - bottom))
        shift = np.array(
            [
                (room[0] - scale * (right - left)) / 2 - scale * left,
                height - (room[1] - scale * (top - bottom)) / 2 - scale * top,
            ]
        )
        axes.set_xlim(-shift[0] / scale, (width - shift[0]) / scale)
        axes.set_ylim(-shift[1] / scale, (height - shift[1]) / scale)
        weight = min(max(scale / NOMINAL_SCALE, 0.45), 1.8)
        for place, (artist, widths) in enumerate(self.widths):
            # What somebody else has changed since is theirs.
            if np.array_equal(artist.get_linewidth(), self._widths_set[place]):
                artist.set_linewidth(narrowed(widths, weight))
                self._widths_set[place] = np.array(artist.get_linewidth())
        # What stands in a room of its own on the page keeps within it.
        for strip in self.captions:
            strip.set_fontsize(self._caption_size(scale))
        self._fit_captions(letters, scale)
        self.legend.lift(axes, foot / height)
        self._place_names(scale, shift, (*room, height), (width, most))

    def _caption_size(self, scale: float) -> float:
        size = self.style.legend_size * min(1.0, scale / (NOMINAL_SCALE * 0.9))
        return max(size, self.style.smallest)

    def _fit_captions(self, letters: Lettering, scale: float) -> None:
        """Make captions of a kind as large as the fullest of their rooms allows."""
        keys: list[str] = []
        floor = self.style.smallest
        for kind in dict.fromkeys(caption.kind for _, caption in self.fitted):
            mine = [pair for pair in self.fitted if pair[1].kind == kind]
            size = self._caption_size(scale)
            # Twice: what is written smaller has room for longer lines.
            for _ in range(2):
                ways = []
                for _, caption in mine:
                    left, bottom, right, top = caption.box
                    room = scale * (right - left), scale * (top - bottom)
                    way = fit(caption.text, letters, room, size, least=floor, bold=caption.bold)
                    if way is None and len(caption.text) <= _SHORT:
                        # What is as short as a letter says more; the legend says it too.
                        way = (caption.text if room[1] > size else "", floor)
                    ways.append(way)
                size = min(floor if way is None else way[1] for way in ways)
            for (made, caption), way in zip(mine, ways, strict=True):
                if way is None:
                    # A letter, and below what it stands for.
                    letter = _LETTERS[len(keys) % len(_LETTERS)]
                    keys.append(f"{letter}: {caption.text}")
                made.set(text=letter if way is None else way[0], fontsize=size)
        self.keys = tuple(keys)

    def _captions(self, scale: float, shift: Floats) -> Floats:
        """Return the boxes of captions as large as they are on this page, (n, 4) points."""
        boxes = []
        for caption in self.captions:
            x, y = np.array(caption.get_position()) * scale + shift
            wide, high = extent(caption.get_text(), self.style, float(caption.get_fontsize()))
            boxes.append((x - wide / 2, y, x + wide / 2, y + high))
        return np.array(boxes).reshape(-1, 4)

    def _place_names(
        self,
        scale: float,
        shift: Floats,
        room: tuple[float, float, float],
        below: tuple[float, int],
    ) -> None:
        if not self.texts:
            return
        for number, said in self.told.items():
            # Somebody may have written something else since.
            if self.texts[number].get_text() == said:
                self.texts[number].set_text(self.ways[number][0])
        move = np.concatenate([shift, shift])
        size = self.style.font_size * min(1.0, max(scale / (NOMINAL_SCALE * 0.9), 0.55))
        wide, foot, height = room[0], room[2] - room[1], room[2]
        here = _Here(
            bounds=(0.0, foot, wide, height),
            centres=self.centres * scale + shift,
            halves=self.halves * scale,
            rims=self.rims * scale + shift,
            segments=self.segments * scale + move,
            obstacles=np.concatenate([self.obstacles * scale + move, self._captions(scale, shift)]),
            rooms=None if self.rooms is None else self.rooms * scale + move,
            # With less room than when it was tried before, no larger letters have any.
            sizes=(min(size, self._letters), self.style.smallest),
        )
        hubs = self.of is not None
        # Where marks are so many that names have no room among them, names lie on some.
        among = not hubs or len(self.centres) <= _MOST_AMONG
        named = self._named(here, over_marks=not among)
        if hubs and among and 2 * (named.whole | named.short).sum() < len(self.texts):
            named = self._named(here, over_marks=True)
        self._crowded = not hubs and not named.whole.all()
        self._letters = named.size
        self._write_names(named, scale, shift, below)

    def _named(self, here: _Here, *, over_marks: bool) -> Named:
        """Say whose names are written, how large, and where: among the marks, or over some."""
        everybody, smallest = np.array(sorted(self.texts)), here.sizes[1]
        figures = "0" * len(str(len(everybody)))
        ground = Ground(
            here.centres,
            here.halves,
            bounds=here.bounds,
            segments=here.segments,
            owners=self.owners,
            obstacles=here.obstacles,
            powers=self.powers,
            rims=here.rims,
            rooms=here.rooms,
            over_marks=over_marks,
        )

        def place(numbers: NDArray[np.intp], points: float, *, crowd: bool = False) -> Named:
            ways = self._extents(numbers, points)
            number = extent(figures, self.style, points)
            found = labels.place(
                ground,
                ways,
                importance=self.importance,
                labelled=numbers,
                number=number if crowd else None,
                hurried=points > smallest and not over_marks,
            )
            sizes = np.concatenate([ways, np.tile(number, (len(numbers), 1, 1))], axis=1)
            extents = sizes[np.arange(len(numbers)), found.shapes]
            return Named(numbers, points, extents, found, ways.shape[1])

        covered = partial(here.covered, over_marks=over_marks)
        if over_marks:
            area = here.bounds[2] * (here.bounds[3] - here.bounds[1])
            extents = self._extents(everybody, smallest)[:, 0]
            some = holding(everybody, extents, self.importance, area)
            return fewer(place, largest(place, some, *here.sizes), self.importance, covered)
        crowd, crowded = partial(place, crowd=True), self.of is not None or self._crowded
        return readable(place, crowd, everybody, here.sizes, covered, crowded=crowded)

    def _write_names(
        self, named: Named, scale: float, shift: Floats, below: tuple[float, int]
    ) -> None:
        """Write names and numbers where they have found room, and hide the others."""
        letters, smallest = Lettering(self.style), self.style.smallest
        short = {number: self.names[number] for number in named.numbers[named.short].tolist()}
        self.told, self.told_rows = told_below(
            short, self.importance, lambda word: letters.extent(word, smallest)[0], below, self.lang
        )
        self.covering = named.found.covering
        self.unnamed = len(self.texts) - int(named.whole.sum()) - len(self.told)
        for label in self.texts.values():
            label.set_visible(False)
        grounds = []
        for row, number in enumerate(named.numbers.tolist()):
            label, way = self.texts[number], int(named.found.shapes[row])
            if way == LEFT_OUT or (number in short and number not in self.told):
                continue
            if number in short:
                label.set_text(self.told[number])
            elif label.get_text() in self.ways[number]:
                label.set_text(self.ways[number][way])
            label.set(visible=True, fontsize=named.size)
            label.set_position(tuple((named.found.centres[row] - shift) / scale))
            grounds += self._ground(label, named.found.centres[row], named.extents[row], named.size)
        self.halos.set_verts([(ground - shift) / scale for ground in grounds])
        self.leaders.set_segments(
            [
                [(np.asarray(point) - shift) / scale for point in line]
                for _, *line in named.found.leaders
            ]
        )
        for artist in self.leader_row:
            artist.set_visible(bool(named.found.leaders))

    def _extents(self, numbers: NDArray[np.intp], size: float) -> Floats:
        """Measure each way to set each name: (names, ways, 2), in points."""
        found = [self._ways(number, size) for number in numbers.tolist()]
        return np.array(found).reshape(len(found), len(next(iter(self.ways.values()))), 2)

    def _ways(self, number: int, size: float) -> list[tuple[float, float]]:
        """Measure each way to set a name; what somebody else has written is left as it is."""
        label, ways = self.texts[number], self.ways[number]
        if label.get_text() not in ways:
            ways = (label.get_text(),) * len(ways)
        bold = label.get_fontweight() == "bold"
        return [extent(way, self.style, size, bold=bold) for way in ways]

    def _ground(self, label: Text, centre: Floats, size: Floats, points: float) -> list[Floats]:
        """Return a box behind each line of a name."""
        lines = label.get_text().split("\n")
        bold = label.get_fontweight() == "bold"
        step = size[1] / len(lines)
        boxes = []
        for row, line in enumerate(lines):
            half = extent(line, self.style, points, bold=bold)[0] / 2 + 0.8
            top = centre[1] + size[1] / 2 - row * step
            boxes.append(
                np.array(
                    [
                        (centre[0] - half, top + 0.4),
                        (centre[0] + half, top + 0.4),
                        (centre[0] + half, top - step - 0.4),
                        (centre[0] - half, top - step - 0.4),
                    ]
                )
            )
        return boxes
