"""The page of a map with too many actors to be seen at once: communities, and one when opened."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from aktorkart.i18n import catalogue, integer, number, text
from aktorkart.model import Actor, ActorMap, Tie
from aktorkart.privacy.consent import lacking
from aktorkart.reports.wording import facts_of
from aktorkart.scene.footer import footer_text
from aktorkart.scene.layout import layout
from aktorkart.viewer import vocabulary
from aktorkart.viewer.facts import Facts
from aktorkart.viewer.gathered import gathered
from aktorkart.viewer.looks import sheet_of
from aktorkart.viewer.markup import LOCALES, carried, filled, ours, safe, scheme_of, sheets
from aktorkart.viewer.page import HELPED
from aktorkart.viewer.scripts import policy, script, style
from aktorkart.viewer.seen import MOST_AT_ONCE

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from aktorkart.viewer.gathered import Community, Gathered
    from aktorkart.viewer.seen import Seen

_SHEETS = ("map", "communities")

MOST_DRAWN = MOST_AT_ONCE
"""So many actors of a community have places: no more than are seen at once."""

_STRENGTHS = 5
"""Up to so many strengths are all in the legend."""

_HELPED = tuple((keys, what) for keys, what in HELPED if what != "undo")


@dataclass(frozen=True)
class CommunitiesPage:
    """A large map as a page that begins with its communities."""

    seen: Seen
    original: ActorMap  # only its consent is asked for
    embed: bool = False  # whether the map's file is in it

    @property
    def lang(self) -> str:
        """The reader's language."""
        return self.seen.scene.lang

    @cached_property
    def title(self) -> str:
        """What stands on top."""
        return self.seen.kart.title or text("view.untitled", self.lang)

    def say(self, code: str, **values: Any) -> str:
        """Say one of the page's texts: its own, or that of the page of a smaller map."""
        own = f"communities.{code}"
        known = f"view.{own}" in catalogue(self.lang)
        return text(f"view.{own if known else code}", self.lang, **values)

    @cached_property
    def _gathered(self) -> Gathered:
        kart = self.seen.kart
        return gathered(kart, self.seen.topics.measures.communities, self.lang)

    @cached_property
    def _ranked(self) -> list[Actor]:
        """The actors by community, the best connected of each first."""
        kart = self.seen.kart
        return [kart[id_] for one in self._gathered.communities for id_ in one.members]

    @cached_property
    def _at(self) -> dict[str, int]:
        """The number of each actor."""
        return {actor.id: at for at, actor in enumerate(self._ranked)}

    @cached_property
    def _samples(self) -> _Samples:
        return _Samples(self.seen.kart)

    @cached_property
    def _looks(self) -> vocabulary.Looks:
        return vocabulary.Looks(self.seen, self._samples.kart)

    @cached_property
    def _parts(self) -> dict[str, str]:
        """Legend and data: after this all marks and colours are known."""
        legend_actors, legend_ties = self._looks.legend()
        found = {
            "legend_actors": legend_actors,
            "legend_ties": legend_ties,
            "data": safe(self._data()),
        }
        return found | {"defs": self._looks.marks.defs()}

    @cached_property
    def css(self) -> str:
        """The page's style sheet, on light and on dark screens."""
        _ = self._parts
        return sheets(self.seen, self._looks.paints, "page", *_SHEETS)

    @cached_property
    def csp(self) -> str:
        """The policy of the page: its own script and style by their hashes, and nothing else."""
        return policy(self.css, script("communities"))

    def html(self) -> str:
        """Return the whole document."""
        seen, kart = self.seen, self.seen.kart
        lack = lacking(self.original)
        width, height = (
            vocabulary.SCALE * (side + 2 * vocabulary.AIR) for side in seen.placed.page
        )
        modularity = self._gathered.modularity
        return filled(
            "communities",
            say=self.say,
            lang=self.lang,
            csp=ours(self.csp),
            scheme=scheme_of(seen),
            title=self.title,
            css=ours(self.css),
            facts=facts_of(kart, self.lang, roles=seen.roles),
            remarks=[] if lack is None else [lack.text(self.lang)],
            n=integer(len(kart.actors), self.lang),
            most=integer(MOST_AT_ONCE, self.lang),
            modularity=None if modularity is None else number(modularity, self.lang),
            width=f"{width:.0f}",
            height=f"{height:.0f}",
            font=f"{seen.scene.style.font}, Verdana, sans-serif",
            foot=footer_text(kart, lang=self.lang, heading=self.title),
            helped=[(keys, self.say(f"keys.{what}")) for keys, what in _HELPED],
            **carried(seen, embed=self.embed),
            script=ours(script("communities")),
            **{name: ours(part) for name, part in self._parts.items()},
        )

    # --- what the script knows

    def _data(self) -> dict[str, Any]:
        kart, lang, found = self.seen.kart, self.lang, self._gathered
        scheme = (self.seen.scene.style, self.seen.dark.style)
        look = self._looks.data()
        marks = look["marks"].pop("own")
        del look["marks"]["kinds"]
        paints = self._looks.paints
        light, dark = (
            sheet_of("svg", one, paints.css(dark=bool(at))) + "".join(map(style, _SHEETS))
            for at, one in enumerate(scheme)
        )
        radii = found.radii() if found.communities else []
        places = [*found.as_map.positions.values()]
        middle = kart.focal
        return {
            "lang": lang,
            "locale": LOCALES[lang],
            "separator": "," if lang == "en" else ";",
            "file": text("view.file", lang),
            "focal": None if middle is None else self._at[middle],
            "scale": kart.strength_scale,
            "look": look,
            "count": found.count,
            "c": [
                self._community(one, place, radius)
                for one, place, radius in zip(found.communities, places, radii, strict=True)
            ],
            "b": [[*pair, n] for pair, n in found.between.items()],
            "a": self._actors(marks),
            "t": self._ties(),
            "words": {
                code.removeprefix(said): words
                for said in ("view.said.", "view.communities.said.")
                for code, words in catalogue(lang).items()
                if code.startswith(said)
            },
            "style": light,
            "darkStyle": dark if scheme[0] is not scheme[1] else "",
        }

    def _community(
        self, one: Community, place: tuple[float, float], radius: float
    ) -> dict[str, Any]:
        """Return what is known of a community; its first so many actors have places."""
        x, y = self._on_page(place)
        return {
            "k": one.kind,
            "n": one.name,
            "x": x,
            "y": y,
            "r": round(radius * vocabulary.SCALE, 1),
            "size": len(one.members),
            "drawn": min(len(one.members), MOST_DRAWN),
            "t": len([tie for tie in one.within if not tie.needed]),
            "out": one.leaving,
            "miss": one.missing,
            "s": None if one.stability is None else round(one.stability, 2),
            "f": [[label, *values] for label, values in one.about],
        }

    def _on_page(self, place: tuple[float, float]) -> tuple[int, int]:
        """Return a place in points from the left upper corner."""
        high, air = self.seen.placed.page[1], vocabulary.AIR
        x, y = place
        return round(vocabulary.SCALE * (x + air)), round(vocabulary.SCALE * (high - y + air))

    def _actors(self, marks: dict[str, int]) -> dict[str, list[Any]]:
        """Return all that is known of the actors, a list for each sort of it."""
        facts = Facts(self.seen.kart, self.seen.topics, self.lang)
        labels: dict[str, int] = {}
        values: dict[str, int] = {}
        told = [
            [
                table.setdefault(word, len(table))
                for row in (*self._samples.told(actor, self.lang), *facts.stated(actor))
                for table, word in zip((labels, values), row, strict=True)
            ]
            for actor in self._ranked
        ]
        spots = [spot for one in self._gathered.communities for spot in self._within(one)]
        return {
            "n": [actor.label for actor in self._ranked],
            "i": [actor.id if actor.id != actor.label else 0 for actor in self._ranked],
            "m": [marks[self._samples.of(actor)] for actor in self._ranked],
            "f": told,
            "x": [x for x, _ in spots],
            "y": [y for _, y in spots],
            "labels": [*labels],
            "values": [*values],
        }

    def _within(self, one: Community) -> list[tuple[int | None, int | None]]:
        """Lay out a community by itself: that of its actors' ids, the same in each language."""
        kart, drawn = self.seen.kart, set(one.members[:MOST_DRAWN])
        placed = layout(
            ActorMap(
                actors=[Actor(id=id_) for id_ in sorted(drawn)],
                ties=[
                    tie.model_copy(update={"changed_practice": ()})
                    for tie in one.within
                    if {*tie.ends} <= drawn
                ],
                tie_kinds=kart.tie_kinds,
                strength_scale=kart.strength_scale,
            )
        )
        return [
            self._on_page(placed.positions[id_]) if id_ in drawn else (None, None)
            for id_ in one.members
        ]

    def _ties(self) -> dict[str, list[Any]]:
        """Return the ties in force: between whom, what they look like, how strong they are."""
        looks: dict[tuple[Any, ...], int] = {}
        kart = self.seen.kart
        ties = kart.ties_in_force
        kinds = [looks.setdefault(_look(tie), len(looks)) for tie in ties]
        return {
            "a": [self._at[tie.source] for tie in ties],
            "b": [self._at[tie.target] for tie in ties],
            "l": kinds,
            "s": [tie.strength for tie in ties],
            "looks": [
                {
                    "k": kind,
                    "n": kart.tie_kind_name(kind, self.lang),
                    "m": int(mutual),
                    "needed": int(needed),
                    "form": quality,
                    "q": text("report.why.needed", self.lang)
                    if needed
                    else quality and text(f"quality.{quality}", self.lang),
                }
                for kind, needed, quality, mutual in looks
            ],
        }


def _look(tie: Tie) -> tuple[str, bool, str | None, bool]:
    """Return what ties that look alike share, beside their strength."""
    warns = tie.quality if tie.quality in {"strained", "broken"} and not tie.needed else None
    return tie.kind, tie.needed, warns, tie.mutual


class _Samples:
    """One actor and one tie of each look on a map: what its legend and its marks are made of."""

    def __init__(self, kart: ActorMap) -> None:
        self.whole = kart
        self._number: dict[tuple[Any, ...], str] = {}
        for actor in kart.actors:
            self._number.setdefault(_kind_of(actor), str(len(self._number)))
        kinds = [*self._number]
        ties = _tie_samples(kart.ties_in_force)
        self.kart = ActorMap(
            # At the other ends of the ties stand others like the first.
            actors=[
                Actor(id=f"a{at}", kind=kind, line=line, level=level)
                for at, (kind, line, level) in enumerate(kinds + kinds[:1] * len(ties))
            ],
            ties=[
                Tie(
                    source="a0",
                    target=f"a{len(kinds) + at}",
                    kind=kind,
                    needed=needed,
                    quality=quality,
                    mutual=mutual,
                    strength=strength,
                )
                for at, ((kind, needed, quality, mutual), strength) in enumerate(ties)
            ],
            kinds=kart.kinds,
            tie_kinds=kart.tie_kinds,
            scope=kart.scope,
            strength_scale=kart.strength_scale,
            focal=None if kart.focal is None else f"a{self.of(kart[kart.focal])}",
        )

    def of(self, actor: Actor) -> str:
        """Return which of the samples an actor looks like."""
        return self._number[_kind_of(actor)]

    def told(self, actor: Actor, lang: str) -> Iterable[tuple[str, str]]:
        """Yield what an actor is: its kind, line and level."""
        kart = self.whole
        yield text("figure.by.kind", lang), kart.kind_name(actor.kind, lang)
        for what, values in (("line", kart.lines(actor.id)), ("level", kart.levels(actor.id))):
            if values:
                words = ", ".join(text(f"{what}.{value}", lang) for value in values)
                yield text(f"compare.field.{what}", lang), words


def _kind_of(actor: Actor) -> tuple[Any, ...]:
    return actor.kind, actor.line, actor.level


def _tie_samples(ties: Sequence[Tie]) -> list[tuple[tuple[Any, ...], float | None]]:
    """Return the looks of ties, and the weakest, a middling and the strongest of the first look."""
    found = dict.fromkeys((_look(tie), tie.strength is None) for tie in ties)
    known = sorted({tie.strength for tie in ties if tie.strength is not None})
    middle = known[len(known) // 2] if known else None
    told = known if len(known) <= _STRENGTHS else [known[0], middle, known[-1]]
    looks = [(look, None if unknown else middle) for look, unknown in found]
    return looks + [(looks[0][0], strength) for strength in told]
