"""Fields that fill a page, and beside or beneath them what does not stand in any."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from aktorkart.figures.drawing.area import Rect
from aktorkart.figures.drawing.board import Board, Space, shares
from aktorkart.scene.pages import upright

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from aktorkart.scene.style import Style

    _Way = tuple[Rect, dict[str, Rect]]

# Of the page: the columns beside the fields that are tried, what stands beneath, and the notes.
_ASIDE, _BENEATH, _NOTE = (0.24, 0.31, 0.38), 0.45, 0.3
_READABLE, _LARGE = 7.0, 12.0


def readable(style: Style) -> float:
    """Return the size of letters, in points, below which rather less is said."""
    # Those that are read from the back row do not become smaller.
    return _LARGE if style.font_size >= _LARGE else _READABLE


@dataclass(eq=False, kw_only=True)
class Fields(Board):
    """Fields, what stands apart from them, and the notes below; `within` lays out the fields."""

    aside: Sequence[str] = ()
    lean: Sequence[str] = ()  # what still stands apart where the rest is only counted
    _tried: dict[tuple[Space, str], dict[str, Rect] | None] = field(default_factory=dict)

    def within(self, room: Rect, size: float, *, must: bool) -> dict[str, Rect] | None:
        """Return where the fields stand in their room; None if letters must be smaller."""
        raise NotImplementedError

    def rooms(self, space: Space) -> dict[str, Rect] | None:
        """Let what stands apart stand where everybody has room, or else be counted in the note."""
        if self._fitted(
            Space(space.width, space.height, readable(self.page.style)), self.aside, "note"
        ):
            return self._fitted(space, self.aside, "note")
        return self._fitted(space, self.lean, "counted")

    def _fitted(self, space: Space, aside: Sequence[str], notes: str) -> dict[str, Rect] | None:
        """Return where everything stands, found once for a page and a size of letters."""
        if (space, notes) not in self._tried:
            self._tried[space, notes] = self._stand(space, aside, notes)
        return self._tried[space, notes]

    def _stand(self, space: Space, aside: Sequence[str], notes: str) -> dict[str, Rect] | None:
        width, height, size, must = space
        note = self.areas[notes].height(width, size)
        if note > _NOTE * height and not must:
            return None
        note = min(note, _NOTE * height)
        foot = note + 0.8 * size
        whole = Rect(0, foot, width, height - foot)
        ways = list(self._ways(whole, aside, size, beneath=upright(width, height)))
        for room, apart in ways:
            fields = self.within(room, size, must=False)
            if fields is not None:
                return {notes: Rect(0, 0, width, note), **apart, **fields}
        if not must:
            return None
        ways = ways or [_crammed(whole, aside)]
        room, apart = max(ways, key=lambda way: way[0].height)
        fields = self.within(room, size, must=True) or {}
        return {notes: Rect(0, 0, width, note), **apart, **fields}

    def _ways(
        self, whole: Rect, aside: Sequence[str], size: float, *, beneath: bool
    ) -> Iterator[_Way]:
        """Return the room for the fields beside those for the others, the best way first."""
        if not aside:
            yield whole, {}
            return
        columns = [self._beside(whole, aside, share, size) for share in _ASIDE]
        rows = [self._beneath(whole, aside, size), self._stacked(whole, aside, size)]
        for way in (*rows, *columns) if beneath else (*columns, *rows):
            if way is not None:
                yield way

    def _beside(self, whole: Rect, aside: Sequence[str], share: float, size: float) -> _Way | None:
        gap, wide = 1.2 * size, share * whole.width
        tall = [self.areas[name].height(wide, size) for name in aside]
        if sum(tall) + gap * (len(tall) - 1) > whole.height:
            return None
        column = Rect(whole.right - wide, whole.bottom, wide, whole.height)
        room = whole._replace(width=column.left - 1.5 * size)
        return room, _down(column, aside, tall, gap)

    def _beneath(self, whole: Rect, aside: Sequence[str], size: float) -> _Way | None:
        gap = 1.2 * size
        wide = (whole.width - gap * (len(aside) - 1)) / len(aside)
        tall = max(self.areas[name].height(wide, size) for name in aside)
        if tall > _BENEATH * whole.height:
            return None
        rects = {
            name: Rect(place * (wide + gap), whole.bottom, wide, tall)
            for place, name in enumerate(aside)
        }
        return _above(whole, tall + gap), rects

    def _stacked(self, whole: Rect, aside: Sequence[str], size: float) -> _Way | None:
        gap = 0.8 * size
        tall = [self.areas[name].height(whole.width, size) for name in aside]
        taken = sum(tall) + gap * (len(tall) - 1)
        if taken > _BENEATH * whole.height:
            return None
        foot = whole._replace(height=taken)
        return _above(whole, taken + gap), _down(foot, aside, tall, gap)


def _down(room: Rect, aside: Sequence[str], tall: Sequence[float], gap: float) -> dict[str, Rect]:
    rects, top = {}, room.top
    for name, own in zip(aside, tall, strict=True):
        rects[name] = Rect(room.left, top - own, room.width, own)
        top -= own + gap
    return rects


def _crammed(whole: Rect, aside: Sequence[str]) -> _Way:
    """Give what stands apart a third of the page, where it needs more: its lists are cut off."""
    left = 0.66 * whole.width
    column = Rect(left, whole.bottom, whole.width - left, whole.height)
    each = whole.height / len(aside)
    return whole._replace(width=0.98 * left), _down(column, aside, [each] * len(aside), 0.0)


def _above(whole: Rect, taken: float) -> Rect:
    return whole._replace(bottom=whole.bottom + taken, height=whole.height - taken)


def stacked(heights: Sequence[float], room: float, *, gap: float, must: bool) -> list[float] | None:
    """Share a height between rows, alike if they can be; None if they need more than there is."""
    free = room - gap * (len(heights) - 1)
    if max(heights) <= free / len(heights):
        return [free / len(heights)] * len(heights)
    if sum(heights) > free and not must:
        return None
    # A word too wide asks for more than there is, and would leave nothing to the others.
    return shares([min(high, free) for high in heights], free)
