"""What a page that maps are built in knows of the field: from the library's own definitions."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

from aktorkart.files import headings
from aktorkart.files.plain import DATES
from aktorkart.files.words import words_of
from aktorkart.i18n import catalogue
from aktorkart.model import Actor, ActorMap, Tie
from aktorkart.model import vocabulary as words
from aktorkart.model.walk import Shape, shapes
from aktorkart.scene import marks, scene
from aktorkart.scene.groups import groups, usual
from aktorkart.scene.legend import actor_keys, tie_keys
from aktorkart.scene.letters import NOMINAL_SCALE
from aktorkart.viewer.drawing import EDGE, FOCAL
from aktorkart.viewer.paints import Paints
from aktorkart.viewer.samples import legend
from aktorkart.viewer.shapes import Marks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aktorkart.viewer.seen import Seen

SCALE = 3.4
"""Points of a millimetre: letters for a screen on a page of A4."""

AIR = 8.0
"""Around the page, for names at its edges, in millimetres."""

_DIRECTIONS = 24
"""In so many directions it is known how far the rim of a mark is."""

_LOOKS = ("carrying", "formal", "other", "conflict", "missing")

RULES = ("coordinator", "tellings", "grey_zones")
"""The analyses that the page says at once."""


# --- the file


def fields() -> dict[str, Any]:
    """Return the fields of a map, an actor and a tie in the order of the file."""
    found: dict[str, Any] = {"dates": sorted(DATES)}
    for name, model in (("map", ActorMap), ("actor", Actor), ("tie", Tie)):
        usual_ = {
            field: spec.default
            for field, spec in model.model_fields.items()
            if isinstance(spec.default, str | bool)
        }
        order = [*(["aktorkart"] if name == "map" else []), *model.model_fields]
        found[name] = {"order": order, "usual": usual_}
    # A map that has no scale says so.
    found["map"]["usual"]["strength_scale"] = [*words.USUAL]
    return found


def pointers() -> list[list[str]]:
    """Return the ways inside a map to all that points to actors, ends of ties apart.

    A step is the name of a field, ``*`` for each of a list and ``@`` for the keys of a mapping.
    """
    everything = Shape(model=ActorMap)
    return [path for path in _pointers(everything) if path[0] != "ties"]


def _pointers(shape: Shape) -> Iterator[list[str]]:
    if shape.holds is not None:
        if shape.holds.what in {"actor", "need"} and not shape.holds.own:
            yield []
    elif shape.model is not None:
        for name, inside in shapes(shape.model).items():
            yield from ([name, *path] for path in _pointers(inside))
    elif shape.item is not None:
        if shape.key is not None:
            yield from (["@"] for _ in _pointers(shape.key))
        yield from (["*", *path] for path in _pointers(shape.item))


# --- words


def kinds(kart: ActorMap, lang: str) -> dict[str, Any]:
    """Return the kinds of actors: what each is called, and what else people write for it."""
    return {
        kind: {"n": kart.kind_name(kind, lang), "w": words_of("kind", kind)}
        for kind in (*words.KINDS, *(kind for kind in kart.kinds if kind not in words.KINDS))
    }


@cache
def column_headings() -> dict[str, list[str]]:
    """Return what the columns of pasted cells may be called."""
    wanted = (
        (headings.TIES, ("source", "target", "strength")),
        (headings.ACTORS, ("name", "kind", "organisation")),
    )
    return {name: [*dict.fromkeys(table[name])] for table, names in wanted for name in names}


def rules(lang: str) -> dict[str, Any]:
    """Return what the analyses of the page are made of, and their sentences."""
    texts = catalogue(lang)
    found: dict[str, dict[str, Any]] = {}
    for code in RULES:
        prefix = f"finding.{code}."
        cases = [one.removeprefix(prefix) for one in texts if one.startswith(prefix)]
        found[code] = {
            case: texts.get(f"brief.{code}.{case}", texts[prefix + case]) for case in cases
        }
    return {
        "story": words.STORY,
        "personal": words.PERSONAL_NETWORK,
        "texts": found,
    }


# --- looks


class Looks:
    """Marks, lines and the legend of everything that can be put on a map, or is on another."""

    def __init__(self, seen: Seen, examples: ActorMap | None = None) -> None:
        self.seen = seen
        self.kart = _everything(seen.whole) if examples is None else examples
        by = usual(seen.whole)
        grouped = groups(
            self.kart,
            "level" if by == "level" else "line",
            lang=seen.scene.lang,
            measures=lambda: seen.topics.measures,
            most=len(seen.scene.style.palette),
        )
        places = dict.fromkeys((actor.id for actor in self.kart.actors), (0.0, 0.0))
        self.light, self.dark = (
            replace(one, kart=self.kart, places=places, strip=(), grouped=grouped)
            for one in (seen.scene, seen.dark)
        )
        self.paints = Paints()
        self.marks = Marks(self.paints, self.light, self.dark)

    def legend(self) -> tuple[str, str]:
        """Return the legend of actors, and of ties."""
        light, dark = self.light, self.dark
        drawn = light.ties(light.radii())
        return (
            legend(actor_keys(light), actor_keys(dark), self.paints),
            legend(tie_keys(light, drawn), tie_keys(dark, drawn), self.paints),
        )

    def data(self) -> dict[str, Any]:
        """Return all that the script draws with, in millimetres and points."""
        radius = next(iter(self.light.radii().values())) / self.light.scale
        return {
            "page": self.seen.placed.page,
            "air": AIR,
            "scale": SCALE,
            "radius": round(radius, 3),
            "ring": scene.RING,
            "edge": round(EDGE * SCALE / NOMINAL_SCALE, 2),
            "focal": round(FOCAL * SCALE / NOMINAL_SCALE, 2),
            "marks": self._marks(),
            "ties": self._ties(),
        }

    def _marks(self) -> dict[str, Any]:
        own: dict[str, int] = {}
        of_kinds: dict[str, int] = {}
        shape_of: dict[int, str] = {}
        outlines: dict[int, int] = {}
        for actor in self.kart.actors:
            mark = self.marks.of(actor.id, self.light, self.dark)
            (of_kinds if actor.id.startswith(_KIND) else own)[actor.id[1:]] = mark
            shape_of[mark] = self.light.shape(actor.id)
            outlines[mark] = self.marks.ring(actor.id)
        turns = np.linspace(0, 2 * np.pi, _DIRECTIONS, endpoint=False)
        directions = np.stack([np.cos(turns), np.sin(turns)], axis=1)
        return {
            "own": own,
            "kinds": of_kinds,
            "at": shape_of,
            "outlines": outlines,
            "dashed": [
                *(mark for mark, shape in shape_of.items() if shape == "unknown"),
            ],
            "rims": {
                shape: marks.to_rim(shape, directions).round(2).tolist()
                for shape in sorted({*shape_of.values()})
            },
        }

    def _ties(self) -> dict[str, Any]:
        light, dark = self.light.style, self.dark.style
        found: dict[str, Any] = {
            look: {
                "s": self.paints.stroke(getattr(light, look), getattr(dark, look)),
                "f": self.paints.fill(getattr(light, look), getattr(dark, look)),
                "double": look == "formal",
                "crossed": look == "conflict",
            }
            for look in _LOOKS
        }
        return found | {
            "of": {kind: _look_of(kind) for kind in words.TIE_KINDS},
            "width": light.line_width,
            "thinnest": scene.THINNEST,
            "thicker": scene.THICKER,
            "warns": scene.WARNS,
            "rail": scene.RAIL,
            "nominal": NOMINAL_SCALE,
        }


def _look_of(kind: str) -> str:
    if kind in words.CARRYING:
        return "carrying"
    return "formal" if kind in words.FORMAL else "conflict" if kind == "conflict" else "other"


_KIND, _OWN = "k", "a"
"""What the ids of the map of everything begin with: a kind, or an actor of the map."""


_STEPS = (1, 2, 3, 4)
"""From the weakest of the usual scale to the others."""


def _everything(kart: ActorMap) -> ActorMap:
    """Return a map with an actor of each kind, whoever states a line, and ties of all sorts."""
    ids = [f"{_KIND}{kind}" for kind in {**words.KINDS, **kart.kinds}]
    actors = [Actor(id=id_, kind=id_[1:]) for id_ in ids]
    actors += [
        Actor(id=f"{_OWN}{one.id}", kind=one.kind, line=one.line, level=one.level)
        for one in kart.actors
        if one.line or one.level
    ]
    least = (kart.strength_scale or words.USUAL)[0]
    known: dict[str, Any] = {"source": ids[0], "target": ids[1], "strength": least}
    others: list[dict[str, Any]] = [
        *({"quality": quality} for quality in ("strained", "broken")),
        {"needed": True},
        {"mutual": False},
        {"strength": None},
        *({"strength": least + step} for step in _STEPS if kart.strength_scale == words.USUAL),
    ]
    ties = [Tie(**known, kind=kind) for kind in words.TIE_KINDS]
    ties += [Tie(**known | {"target": ids[2 + at]} | more) for at, more in enumerate(others)]
    return ActorMap(
        actors=actors,
        ties=ties,
        kinds=kart.kinds,
        focal=ids[0],
        scope=kart.scope,
        strength_scale=kart.strength_scale,
    )
