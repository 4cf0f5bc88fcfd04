"""The scene around somebody, as data: rings, sectors, marks and ties."""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from aktorkart.i18n import LANGUAGES, text
from aktorkart.model.actormap import part
from aktorkart.network.graph import neighbours
from aktorkart.scene.circle import (
    CENTRE_RADIUS,
    INNER,
    OUTER,
    Sector,
    division,
    mark_radius,
    places,
    point,
)
from aktorkart.scene.ground import Area, Box, Caption, Ground, Rule, room_of
from aktorkart.scene.groups import Groups
from aktorkart.scene.legend import AreaSample, Key, tie_key
from aktorkart.scene.pages import letters_on
from aktorkart.scene.rings import Ring, rings, steps
from aktorkart.scene.scene import Scene
from aktorkart.scene.style import Style, mixed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from aktorkart.model import ActorMap
    from aktorkart.scene.drawn_ties import DrawnTie

# In millimetres: where names of the spheres begin, and how wide and high the page is beyond.
_AROUND = OUTER + 2.5
_NAMES = (31.5, 8.5)
_TRIES = 8
_SPHERE_CHARACTERS, _RING_CHARACTERS = 16, 12


@dataclass(frozen=True)
class RingScene(Scene):
    """A scene around somebody: the ties of the others are thin."""

    def radii(self) -> dict[str, float]:
        """Return each mark's radius in millimetres."""
        own = mark_radius(len(self.places))
        return {id_: CENTRE_RADIUS if id_ == self.kart.focal else own for id_ in self.places}

    def ties(self, radii: Mapping[str, float]) -> list[DrawnTie]:
        """Return the ties in force, those of the middle last."""
        drawn = []
        for one in super().ties(radii):
            if self.kart.focal in {one.tie.source, one.tie.target}:
                drawn.append(one)
                continue
            look = replace(one.look, color=mixed(one.look.color, self.style.background, 0.45))
            thin = min(one.width * 0.4, 0.6) if not one.tie.needed else 0.9
            head = one.head
            if head is not None:
                # The tip stays where it is.
                head = head[0] + 0.65 * (head - head[0])
            drawn.append(replace(one, look=look, width=thin, head=head))
        # The others' ties lie beneath those of the middle.
        return sorted(drawn, key=lambda one: self.kart.focal in {one.tie.source, one.tie.target})


def ego_scene(  # noqa: PLR0913 - keyword-only
    kart: ActorMap,
    centre: str | None,
    *,
    lang: str,
    style: Style,
    labels: Mapping[str, str],
    notes: Sequence[str] = (),
    room: tuple[float, float] | None = None,
) -> RingScene:
    """Lay out those tied to somebody on rings; labels are what their room is reckoned from.

    ``room`` is what the page has for it, in points; A4 if left out.
    """
    letters, page = sized(room, style)
    drawn = around(kart, centre)
    found = rings_around(kart, centre, lang)
    radii, sectors = division(drawn, found, lang=lang)
    ground = _Ground(kart, centre, lang, style, radii, sectors)
    ground.letters, ground.page = letters, page
    captions = ground.captions()
    taken = tuple(caption.box for caption in captions)
    return RingScene(
        kart=drawn,
        style=style,
        lang=lang,
        places=places(drawn, found, radii, sectors, taken, labels, letters),
        strip=(),
        grouped=Groups("", {}, {one.id: () for one in drawn.actors}, {}),
        values={},
        size=None,
        notes=tuple(notes),
        middle="figure.ego_middle",
        ground=Ground(
            page=page,
            areas=tuple(ground.areas()),
            rules=tuple(ground.rules()),
            captions=captions,
            taken=taken,
            keys=tuple(ground.keys()),
            last=tuple(_last(drawn, style, lang)),
        ),
    )


def sized(room: tuple[float, float] | None, style: Style) -> tuple[float, Box]:
    """Return how much larger letters are than on A4, and a page with room for them around."""
    letters, half = 1.0, (_AROUND + _NAMES[0], _AROUND + _NAMES[1])
    for _ in range(_TRIES if room is not None else 0):
        assert room is not None  # noqa: S101 - asked above
        scale = min(room[0] / half[0], room[1] / half[1]) / 2
        letters = letters_on(scale, style.smallest)
        half = _AROUND + letters * _NAMES[0], _AROUND + letters * _NAMES[1]
    return letters, (-half[0], -half[1], half[0], half[1])


def best_connected(kart: ActorMap) -> str | None:
    """Return who has ties with most others."""
    near = neighbours(kart.ties_in_force)
    return min(near, key=lambda id_: (-len(near[id_]), id_), default=None)


def rings_around(kart: ActorMap, centre: str | None, lang: str) -> list[Ring]:
    """Return the rings around somebody; empty ones around nobody."""
    if centre is None:
        return [Ring(name, ()) for *_, name in steps(kart, [], lang)]
    return rings(kart, centre, lang=lang)


def around(kart: ActorMap, centre: str | None) -> ActorMap:
    """Return the part of the map that is drawn, with its own middle."""
    found = rings_around(kart, centre, LANGUAGES[0])
    kept = {id_ for ring in found for id_ in ring.members} | ({centre} if centre else set())
    return part(kart, kept, focal=centre)


def notes_on(kart: ActorMap, centre: str | None, *, asked: bool, lang: str) -> list[str]:
    """Say who was put in the middle, and how many are left out."""
    notes = []
    if not asked and kart.focal is None:
        notes.append(
            text(f"figure.{'ego_best_connected' if centre else 'linkages_no_focal'}", lang)
        )
    if centre and (left_out := len(kart.actors) - len(around(kart, centre).actors)):
        notes.append(text("figure.ego_left_out", lang, n=left_out))
    return notes


class _Ground:
    """Rings and sectors, and what is written on them."""

    def __init__(  # noqa: PLR0913, PLR0917 - a map, its middle, and how the page is divided
        self,
        kart: ActorMap,
        centre: str | None,
        lang: str,
        style: Style,
        radii: Sequence[float],
        sectors: Sequence[Sector],
    ) -> None:
        self.lang, self.style, self.radii, self.sectors = lang, style, radii, sectors
        self.found = rings_around(kart, centre, lang)
        # In every language, so that the same room is kept in all of them.
        self.names = [rings_around(kart, centre, other) for other in LANGUAGES]
        drawn = around(kart, centre)
        self.spheres = [division(drawn, self.found, lang=other)[1] for other in LANGUAGES]
        self.edge = mixed(style.muted, style.background, 0.3)
        self.letters, self.page = sized(None, style)

    def fill(self, place: int) -> str:
        """Return a ring's colour: the closer, the darker."""
        if self.found[place].kind != "known":
            return self.style.background
        known = sum(ring.kind == "known" for ring in self.found)
        depth = 0.05 + 0.18 * (known - place) / max(known, 1)
        return mixed(self.style.background, self.style.palette[0], depth)

    def areas(self) -> list[Area]:
        """Return the rings."""
        return [
            Area(
                f"ring:{place + 1}",
                self.fill(place),
                self.edge,
                ring=limits,
                dashes=() if self.found[place].kind == "known" else (4, 3),
            )
            for place, limits in enumerate(itertools.pairwise(self.radii))
        ]

    def rules(self) -> list[Rule]:
        """Return the lines between sectors."""
        return [
            Rule(
                f"sector:{sector.sphere}",
                point(sector.start, INNER),
                point(sector.start, OUTER + 2.0),
                self.edge,
            )
            for sector in self.sectors
        ]

    def captions(self) -> tuple[Caption, ...]:
        """Return the names of spheres and rings, each with its room."""
        spheres = map(self._sphere, range(len(self.sectors)))
        return (*spheres, *map(self._ring, range(len(self.found))))

    def _sphere(self, place: int) -> Caption:
        sector = self.sectors[place]
        there = sector.actors > 0
        names = [
            sphere_caption(sectors[place], lang)
            for sectors, lang in zip(self.spheres, LANGUAGES, strict=True)
        ]
        wide, high = room_of(names, near=_SPHERE_CHARACTERS, bold=there, letters=self.letters)
        angle = (sector.start + sector.end) / 2
        x, y = point(angle, OUTER + 2.5)
        # The box touches the circle with the corner or side that is nearest to it.
        left = x + wide / 2 * math.sin(angle) - wide / 2
        bottom = y + high / 2 * math.cos(angle) - high / 2
        reach = math.hypot(x, y)
        for _ in range(40):
            near_x = min(max(0.0, left), left + wide)
            near_y = min(max(0.0, bottom), bottom + high)
            if math.hypot(near_x, near_y) >= OUTER + 1.5:
                break
            left += 0.5 * x / reach
            bottom += 0.5 * y / reach
        page = self.page
        left = min(max(left, page[0] + 0.5), page[2] - wide - 0.5)
        bottom = min(max(bottom, page[1] + 0.5), page[3] - high - 0.5)
        return Caption(
            f"caption:sector:{sector.sphere}",
            sphere_caption(sector, self.lang),
            (left, bottom, left + wide, bottom + high),
            self.style.ink if there else self.style.muted,
            bold=there,
        )

    def _ring(self, place: int) -> Caption:
        names = [found[place].name for found in self.names]
        wide, high = room_of(names, near=_RING_CHARACTERS, letters=self.letters)
        middle = (self.radii[place] + self.radii[place + 1]) / 2
        return Caption(
            f"caption:ring:{place + 1}",
            self.found[place].name,
            (-wide / 2, middle - high / 2, wide / 2, middle + high / 2),
            self.style.muted,
            fill=self.fill(place),
        )

    def keys(self) -> list[Key]:
        """Say in the legend what rings mean."""
        lang, style = self.lang, self.style
        if not self.found:
            return []
        keys = [Key(text("figure.ego_rings", lang))]
        known = [place for place, ring in enumerate(self.found) if ring.kind == "known"]
        edge = mixed(style.muted, style.background, 0.3)
        for place, ring in enumerate(self.found):
            if ring.kind == "known":
                if place not in {known[0], known[-1]}:
                    continue
                code = "closest" if place == known[0] else "farthest"
                label = text(f"figure.ego_{code}", lang, strength=ring.name)
                keys.append(Key(label, AreaSample(self.fill(place), edge)))
            else:
                label = text(f"figure.ego_{ring.kind}_ring", lang)
                keys.append(Key(label, AreaSample(self.fill(place), edge, (2.6, 1.8))))
        return keys


def sphere_caption(sector: Sector, lang: str) -> str:
    """Return the name of a sphere, and that nobody is there."""
    if sector.actors:
        return sector.name
    return f"{sector.name} ({text('figure.ego_nobody', lang)})"


def _last(kart: ActorMap, style: Style, lang: str) -> list[Key]:
    others = [tie for tie in kart.ties_in_force if kart.focal not in tie.ends]
    if not others:
        return []
    return [
        Key(text("figure.ego_among", lang)),
        tie_key(
            text("figure.ego_thin", lang),
            color=mixed(style.ink, style.background, 0.45),
            width=0.6,
        ),
    ]
