"""The scene of levels, as data: bands, lanes, marks and ties."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from aktorkart.i18n import capital, text
from aktorkart.scene.ground import Area, Box, Caption, Ground, Rule
from aktorkart.scene.groups import Groups
from aktorkart.scene.lanes import (
    A4,
    UNKNOWN,
    Cells,
    band,
    crossing,
    division,
    lane,
    mark_radius,
    places,
    sheet_for,
)
from aktorkart.scene.legend import Key, tie_key
from aktorkart.scene.scene import Scene
from aktorkart.scene.style import Style, mixed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aktorkart.model import ActorMap
    from aktorkart.scene.drawn_ties import DrawnTie

# How much of the page's colour is mixed into ties within a level.
_LIGHT = 0.52


@dataclass(frozen=True)
class BandScene(Scene):
    """A scene on bands: ties within a band are light."""

    def radii(self) -> dict[str, float]:
        """Return each mark's radius in millimetres."""
        return dict.fromkeys(self.places, mark_radius(len(self.places)))

    def ties(self, radii: Mapping[str, float]) -> list[DrawnTie]:
        """Return the ties in force, those across bands last."""
        drawn = []
        for one in super().ties(radii):
            if crossing(self.kart, one.tie.source, one.tie.target):
                drawn.append((True, one))
                continue
            look = replace(one.look, color=mixed(one.look.color, self.style.background, _LIGHT))
            # The tip stays where it is.
            head = None if one.head is None else one.head[0] + 0.7 * (one.head - one.head[0])
            thin = max(one.width * 0.5, 0.5)
            drawn.append((False, replace(one, look=look, width=thin, head=head)))
        return [one for _, one in sorted(drawn, key=lambda pair: pair[0])]


def levels_scene(
    kart: ActorMap,
    *,
    lang: str,
    style: Style,
    labels: Mapping[str, str],
    room: tuple[float, float] | None = None,
) -> BandScene:
    """Lay out a map on bands; labels are what the room of names is reckoned from.

    ``room`` is what the page has for it, in points; A4 if left out.
    """
    cells = division(kart, A4 if room is None else sheet_for(room, style.smallest))
    note = note_on(kart, lang)
    scene = BandScene(
        kart=kart,
        style=style,
        lang=lang,
        places=places(kart, cells, labels),
        strip=(),
        grouped=Groups("", {}, {actor.id: () for actor in kart.actors}, {}),
        values={},
        size=None,
        notes=(note,) if note else (),
    )
    floor, ceiling, side, end = cells.tops[-1], cells.tops[0], cells.lefts[0], cells.lefts[-1]
    ground = Ground(
        page=(0.0, -2.0, end, cells.height),
        areas=tuple(_areas(cells, style)),
        rules=tuple(
            Rule(f"lane:{name}", (left, floor), (left, ceiling + 0.8 * cells.head), _edge(style))
            for name, left in zip(cells.lanes, cells.lefts, strict=False)
        ),
        captions=tuple(_captions(kart, cells, style, lang)),
        taken=((0.0, floor, side, ceiling), (0.0, ceiling, end, cells.height)),
        rooms={actor.id: _room(cells, band(kart, actor.id)) for actor in kart.actors},
        last=tuple(_last(scene)),
    )
    return replace(scene, ground=ground)


def note_on(kart: ActorMap, lang: str) -> str:
    """Say how many belong to several levels, or that no level is known."""
    if kart.actors and all(band(kart, actor.id) == UNKNOWN for actor in kart.actors):
        return text("figure.levels_unknown", lang)
    several = sum(len(kart.levels(actor.id)) > 1 for actor in kart.actors)
    return text("figure.levels_several", lang, n=several) if several else ""


def _room(cells: Cells, name: str) -> Box:
    """Return where a name belongs: elsewhere it would seem to stand at another level."""
    row = cells.bands.index(name)
    return cells.lefts[0], cells.tops[row + 1], cells.lefts[-1], cells.tops[row]


def _edge(style: Style) -> str:
    return mixed(style.muted, style.background, 0.4)


def _areas(cells: Cells, style: Style) -> list[Area]:
    return [
        Area(
            f"band:{name}",
            mixed(
                style.background,
                style.palette[0],
                0.0 if name == UNKNOWN else (0.26, 0.15, 0.06)[place],
            ),
            _edge(style),
            box=(0.0, cells.tops[place + 1], cells.lefts[-1], cells.tops[place]),
            width=0.7,
            dashes=(4, 3) if name == UNKNOWN else (),
        )
        for place, name in enumerate(cells.bands)
    ]


def _captions(kart: ActorMap, cells: Cells, style: Style, lang: str) -> list[Caption]:
    bands = Counter(band(kart, one.id) for one in kart.actors)
    lanes = Counter(lane(kart, one.id) for one in kart.actors)
    found = []
    for place, name in enumerate(cells.bands):
        box = (1.0, cells.tops[place + 1] + 1.0, cells.lefts[0] - 1.0, cells.tops[place] - 1.0)
        head = _head(capital(text(f"level.{name}", lang)), lang, there=bands[name] > 0)
        found.append(Caption(f"caption:band:{name}", head, box, style.ink, bold=True))
    for place, name in enumerate(cells.lanes):
        left, right, ceiling = (
            cells.lefts[place] + 0.75,
            cells.lefts[place + 1] - 0.75,
            cells.tops[0],
        )
        box = (left, ceiling + 0.5, right, ceiling + cells.head - 0.5)
        head = _head(text(f"figure.levels_lane.{name}", lang), lang, there=lanes[name] > 0)
        found.append(Caption(f"caption:lane:{name}", head, box, style.ink, bold=True))
    return found


def _head(name: str, lang: str, *, there: bool) -> str:
    return name if there else f"{name} ({text('figure.levels_nobody', lang)})"


def _last(scene: Scene) -> list[Key]:
    found = {
        crossing(scene.kart, tie.source, tie.target)
        for tie in scene.kart.ties_in_force
        if UNKNOWN not in {band(scene.kart, tie.source), band(scene.kart, tie.target)}
    }
    style, lang = scene.style, scene.lang
    if not found:
        return []
    keys = [Key(text("figure.levels_crossing", lang))]
    if True in found:
        keys.append(tie_key(text("figure.levels_across", lang), color=style.ink, width=1.8))
    if False in found:
        light = mixed(style.ink, style.background, _LIGHT)
        keys.append(tie_key(text("figure.levels_within", lang), color=light, width=0.9))
    return keys
