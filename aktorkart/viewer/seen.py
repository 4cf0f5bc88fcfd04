"""The map that a page shows, decided first: with roles where names are not to be seen."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from aktorkart.content import Topics
from aktorkart.errors import Problem, WrongArgument, language
from aktorkart.figures.drawing.sheet import room_on
from aktorkart.model import expect_map
from aktorkart.model.fields import FrozenDict
from aktorkart.privacy.shown import shown_together
from aktorkart.scene.change import Changed
from aktorkart.scene.groups import Groups
from aktorkart.scene.layout import Layout, layout
from aktorkart.scene.namesakes import told_apart
from aktorkart.scene.pages import laid_on
from aktorkart.scene.scene import Scene
from aktorkart.scene.style import Style, style_of

if TYPE_CHECKING:
    from aktorkart.model import ActorMap, Tie
    from aktorkart.privacy.shown import Shown

MOST_AT_ONCE = 3000
"""Of more actors than this communities are seen first, and everyone has a place in their own."""


@dataclass(frozen=True)
class Seen:
    """What may be shown of a map, and of an earlier one, and where everyone stands."""

    topics: Topics  # of the map as it is now
    scene: Scene  # of ties of all times, or of both maps
    dark: Scene  # the same in the colours of a dark page
    roles: bool
    whole: ActorMap  # the map as it is now, with all that may be shown of it
    placed: Layout  # where everyone stands on the nominal page; nobody where they are too many
    earlier: ActorMap | None = None
    changed: Changed | None = None

    @property
    def kart(self) -> ActorMap:
        """The map as it is now."""
        return self.topics.kart

    def case(self, tie: Tie) -> str:
        """Return what has become of a tie since the earlier map; nothing if it is as it was."""
        return self.changed.cases.get(tie, "") if self.changed is not None else ""


def seen_of(  # noqa: PLR0913 - what a page is given
    kart: ActorMap,
    earlier: ActorMap | None,
    *,
    lang: str,
    style: Style | str | None = None,
    names: bool | None = None,
    consent: str = "required",
) -> Seen:
    """Hide what may not be shown, and lay out what may."""
    maps = (kart,) if earlier is None else (earlier, kart)
    for one in maps:
        expect_map(one)
    look = style_of(style)
    shown = shown_together(*maps, names=names, lang=lang, consent=consent)
    own = language(kart.lang)
    steady = shown
    if lang != own:
        # Places are reckoned from the map in its own language, the same whoever reads it.
        steady = shown_together(*maps, names=names, lang=own, consent=consent)
    now, changed = told_apart(shown[-1].kart, lang), None
    drawn = now
    if earlier is not None:
        changed = Changed.of(shown[0].kart, now)
        drawn = changed.kart
    elif len(now.ties_in_force) < len(now.ties):
        # Ties of other times are drawn too: a slider shows and hides them.
        drawn = now.with_(date=None)
    placed = Layout(FrozenDict()) if is_crowd(kart) else _laid_out(steady, own)
    places, page = laid_on(placed, room_on(look), look.smallest)
    scene = Scene(
        kart=drawn,
        style=look,
        lang=lang,
        places=places,
        page=page,
        strip=placed.strip,
        grouped=Groups("", {}, {}, {}),
        values={},
        size=None,
    )
    return Seen(
        topics=Topics(now),
        scene=scene,
        dark=replace(scene, style=Style.dark()) if style is None else scene,
        roles=shown[-1].kart is not kart,
        whole=shown[-1].kart,
        placed=placed,
        earlier=shown[0].kart if earlier is not None else None,
        changed=changed,
    )


def is_crowd(kart: ActorMap) -> bool:
    """Tell whether a map has too many actors to be seen at once."""
    return len(kart.actors) > MOST_AT_ONCE


def refuse_crowd(*maps: ActorMap, code: str) -> None:
    """Raise WrongArgument where everyone must be drawn at once and there are too many."""
    n = max(len(kart.actors) for kart in maps)
    if any(is_crowd(kart) for kart in maps):
        raise WrongArgument(Problem(code=code, values={"n": n, "most": MOST_AT_ONCE}))


def _laid_out(shown: tuple[Shown, ...], own: str) -> Layout:
    """Give everyone a place: that of the figures."""
    *was, now = (told_apart(one.kart, own) for one in shown)
    if not was:
        return layout(now)
    return layout(Changed.of(was[0], now).kart, like=layout(was[0]))
