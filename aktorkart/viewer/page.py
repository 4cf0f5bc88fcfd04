"""A view as one page that needs nothing from anywhere else."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from aktorkart.i18n import catalogue, period, sort_key, text
from aktorkart.model.fields import last_day
from aktorkart.privacy.consent import lacking
from aktorkart.reports.wording import facts_of
from aktorkart.scene.alt_text.change import change as change_in_words
from aktorkart.scene.alt_text.network import network as in_words
from aktorkart.scene.change import tie_marks
from aktorkart.scene.footer import footer_text
from aktorkart.scene.legend import Key, tie_keys
from aktorkart.viewer.choices import colors, sizes
from aktorkart.viewer.drawing import Drawing
from aktorkart.viewer.facts import Facts, days_of, filters
from aktorkart.viewer.looks import sheet_of
from aktorkart.viewer.markup import LOCALES, carried, filled, ours, safe, scheme_of, sheets
from aktorkart.viewer.paints import Paints
from aktorkart.viewer.picture import picture
from aktorkart.viewer.samples import legend
from aktorkart.viewer.scripts import policy, script, style
from aktorkart.viewer.shapes import Marks
from aktorkart.viewer.what_if import what_if

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aktorkart.model import Actor, ActorMap, Tie
    from aktorkart.viewer.seen import Seen

HELPED = (
    (("Tab",), "tab"),
    (("←", "↑", "→", "↓"), "arrows"),
    (("Enter",), "enter"),
    (("Escape",), "escape"),
    (("/",), "search"),
    (("+", "−", "0"), "zoom"),
    (("Shift + ←↑→↓",), "pan"),
    (("Ctrl + Z", "Ctrl + Y"), "undo"),
    (("?",), "help"),
)
"""Keys, and the text that says what they do."""


@dataclass(frozen=True)
class Page:
    """What a page is made of, each part once."""

    seen: Seen
    original: ActorMap  # only its consent is asked for
    embed: bool = False  # whether the map's file is in it

    @property
    def lang(self) -> str:
        """The reader's language."""
        return self.seen.scene.lang

    @cached_property
    def facts(self) -> Facts:
        """What is said of actors, ties and findings."""
        return Facts(self.seen.scene.kart, self.seen.topics, self.lang)

    @cached_property
    def drawing(self) -> Drawing:
        """The picture, with all that it can be changed to."""
        paints = Paints()
        by_color, by_size = colors(self.seen, paints), sizes(self.seen, paints)
        first = by_size[0].light
        base, dark = (
            replace(one, values=first.values, size=first.size, normalized=first.normalized)
            for one in (by_color[0].light, by_color[0].dark)
        )
        return Drawing(self.seen, picture(base), dark, Marks(paints, base, dark), by_color, by_size)

    @cached_property
    def ties(self) -> list[Tie]:
        """The ties in the order in which they are drawn."""
        return [one.tie for one in self.drawing.picture.ties]

    @cached_property
    def title(self) -> str:
        """What stands on top."""
        return self.seen.kart.title or self.facts.say("untitled")

    @cached_property
    def _parts(self) -> dict[str, str]:
        """What is drawn, and the legend: after this all colours are known."""
        drawing = self.drawing
        return {
            "ties": drawing.ties(),
            "actors": drawing.actors(),
            "names": drawing.names(),
            "captions": drawing.captions(),
            "leaders": drawing.leaders(),
            "legend_color": drawing.colors[0].legend,
            "legend_size": drawing.sizes[0].legend,
            "legend_ties": self._legend_of_ties,
            "legend_change": self._legend_of_change,
            "data": safe(self._data),
            "defs": drawing.marks.defs(),
        }

    @cached_property
    def css(self) -> str:
        """The page's style sheet, on light and on dark screens."""
        _ = self._parts  # whatever has a colour is drawn by now
        return sheets(self.seen, self.drawing.marks.paints, "page", "map")

    @cached_property
    def csp(self) -> str:
        """The policy of the page: its own script and style by their hashes, and nothing else."""
        return policy(self.css, script())

    def html(self) -> str:
        """Return the whole document."""
        seen, facts = self.seen, self.facts
        kart, drawn = seen.kart, self.drawing.picture
        width, height = drawn.size
        lack = lacking(self.original)
        return filled(
            "page",
            say=facts.say,
            lang=self.lang,
            csp=ours(self.csp),
            scheme=scheme_of(seen),
            title=self.title,
            css=ours(self.css),
            facts=facts_of(kart, self.lang, earlier=seen.earlier, roles=seen.roles),
            remarks=[] if lack is None else [lack.text(self.lang)],
            called=sorted(
                {actor.label for actor in seen.scene.kart.actors},
                key=lambda name: sort_key(name, self.lang),
            ),
            width=f"{width:.0f}",
            height=f"{height:.0f}",
            alt=self._alt,
            **{name: ours(part) for name, part in self._parts.items()},
            font=f"{seen.scene.style.font}, Verdana, sans-serif",
            empty=not seen.scene.kart.actors,
            days=self._days,
            compared=seen.changed is not None,
            changes=self._changes,
            foot=footer_text(kart, lang=self.lang, heading=self.title),
            strengths=self._strengths,
            helped=[(keys, facts.say(f"keys.{what}")) for keys, what in HELPED],
            **carried(seen, embed=self.embed),
            script=ours(script()),
        )

    @property
    def _alt(self) -> str:
        seen = self.seen
        words = in_words(seen.kart, lang=self.lang, measures=seen.topics.measures)
        return f"{words} {self._changes}".strip()

    @cached_property
    def _changes(self) -> str:
        """What has changed since the earlier map, in a few sentences."""
        changed = self.seen.changed
        return "" if changed is None else change_in_words(changed, lang=self.lang)

    @cached_property
    def _legend_of_ties(self) -> str:
        ties = self.drawing.picture.ties
        light, dark = (
            tie_keys(one, ties) for one in (self.drawing.picture.scene, self.drawing.dark)
        )
        return legend(light, dark, self.drawing.marks.paints)

    @cached_property
    def _legend_of_change(self) -> str:
        """Explain the signs of what has changed."""
        if self.seen.changed is None:
            return ""
        both = []
        for scene in (self.seen.scene, self.seen.dark):
            marks = tie_marks(scene.style)
            keys = [Key(text("figure.change_ties", self.lang))]
            for case, n in self.seen.changed.numbers().items():
                label = text(f"figure.change_case.{case}", self.lang, n=n)
                keys.append(marks[case].key(label, scene.style))
            both.append(keys)
        return legend(both[0], both[1], self.drawing.marks.paints)

    @cached_property
    def _days(self) -> list[dict[str, str]]:
        """The stops of the slider: where ties begin and end, and the map's own date."""
        kart = self.seen.kart
        if self.seen.changed is not None or len(kart.periods()) <= 1:
            return []
        stops = {
            day: self.facts.say("from_day", date=period(day, self.lang)) for day in kart.periods()
        }
        if kart.date is not None:
            date = period(kart.date, self.lang)
            stops[last_day(kart.date)] = self.facts.say("map_day", date=date)
        found = [{"d": day, "x": said} for day, said in sorted(stops.items())]
        return (
            found if kart.date is not None else [{"d": "", "x": self.facts.say("any_day")}, *found]
        )

    @cached_property
    def _day(self) -> int | None:
        """The stop where the slider stands first: the map's date."""
        if not self._days:
            return None
        date = self.seen.kart.date
        days = [day["d"] for day in self._days]
        return days.index("" if date is None else last_day(date))

    @property
    def _strengths(self) -> tuple[float, float, float] | None:
        """The lowest and the highest strength to choose between, and how far they are apart."""
        known = sorted({tie.strength for tie in self.ties if tie.strength is not None})
        if len(known) <= 1:
            return None
        whole = all(float(strength).is_integer() for strength in known)
        many = 20
        if whole:
            return int(known[0]), int(known[-1]), 1  # as a browser writes them
        return known[0], known[-1], (known[-1] - known[0]) / many

    @property
    def _data(self) -> dict[str, Any]:
        """Return what the script knows."""
        seen, facts, drawing = self.seen, self.facts, self.drawing
        found = filters(facts, self.ties)
        said = "view.said."
        paints, scheme = drawing.marks.paints, (seen.scene.style, seen.dark.style)
        light, dark = (
            sheet_of("svg", look, paints.css(dark=bool(at))) + style("map")
            for at, look in enumerate(scheme)
        )
        return {
            "lang": self.lang,
            "locale": LOCALES[self.lang],
            "separator": "," if self.lang == "en" else ";",
            "title": self.title,
            "file": facts.say("file"),
            "date": period(seen.kart.date, self.lang) if seen.kart.date else "",
            "when": seen.kart.date,
            "focal": seen.kart.focal,
            "a": [
                drawing.actor(actor.id) | {"f": self._told(actor)} | _of("a", at, found)
                for at, actor in enumerate(seen.scene.kart.actors)
            ],
            "t": [self._tie(at, tie, found) for at, tie in enumerate(self.ties)],
            "labels": list(self._labels),
            "edge": drawing.edge,
            "filters": [
                {"k": one.key, "of": one.of, "t": one.title, "v": one.values} for one in found
            ],
            "sizes": [{"t": one.title, "l": one.legend} for one in drawing.sizes],
            "colors": [{"t": one.title, "l": one.legend} for one in drawing.colors],
            "f": facts.findings(self.ties),
            "w": what_if(seen.kart),
            "days": self._days,
            "day": self._day,
            "cases": {
                case: facts.say(f"case.{case}")
                for case in sorted({seen.case(tie) for tie in self.ties} - {""})
            },
            "words": {
                code.removeprefix(said): words
                for code, words in catalogue(self.lang).items()
                if code.startswith(said)
            },
            "style": light,
            "darkStyle": dark if scheme[0] is not scheme[1] else "",
        }

    @cached_property
    def _labels(self) -> dict[str, int]:
        """What facts are called, each by its number."""
        return {}

    def _told(self, actor: Actor) -> list[list[Any]]:
        """Return what is known of an actor, each with the number of what it is called."""
        labels = self._labels
        return [
            [labels.setdefault(label, len(labels)), value]
            for label, value in self.facts.of_actor(actor)
        ]

    def _tie(self, at: int, tie: Tie, found: Sequence[Any]) -> dict[str, Any]:
        told: dict[str, Any] = {
            "a": self.facts.at[tie.source],
            "b": self.facts.at[tie.target],
            "s": tie.strength,
            "m": int(tie.mutual),
            "e": self.drawing.ends(at),
        } | _of("t", at, found)
        if tie.needed:
            told["q"] = text("report.why.needed", self.lang)
        elif tie.quality in {"strained", "broken"}:
            told["q"] = text(f"quality.{tie.quality}", self.lang)
        if self._days and (tie.since or tie.until):
            told["d"] = days_of(tie)
        if case := self.seen.case(tie):
            told["c"] = case
        return told


def _of(what: str, at: int, found: Sequence[Any]) -> dict[str, Any]:
    """Return which values of each filter an actor, or a tie, has."""
    found = [one.members[at] for one in found if one.of == what]
    return {"g": [mine[0] if len(mine) == 1 else mine for mine in found]}
