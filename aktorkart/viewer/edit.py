"""The page that a map is built in: by mouse, touch or keyboard, saved as a file of ours."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from aktorkart.files.plain import plain
from aktorkart.files.starter import PLAIN_LETTERS
from aktorkart.files.words import INFLECTIONS
from aktorkart.i18n import catalogue, text
from aktorkart.model.vocabulary import QUALITIES, SCOPES, TIE_KINDS
from aktorkart.privacy.consent import lacking
from aktorkart.reports.wording import SIGNS
from aktorkart.viewer import vocabulary
from aktorkart.viewer.markup import LOCALES, carried, filled, ours, safe, scheme_of, sheets
from aktorkart.viewer.scripts import policy, script
from aktorkart.viewer.seen import refuse_crowd, seen_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aktorkart.model import ActorMap
    from aktorkart.viewer.seen import Seen

_MOST_EXACT = 2**53
"""From here on a browser does not know all whole numbers."""

HELPED = (
    (("N",), "add"),
    (("R",), "tie"),
    (("1", "2", "3", "4", "5", "?"), "strength"),
    (("T", "D", "Q", "M"), "about_tie"),
    (("F2",), "rename"),
    (("Delete",), "remove"),
    (("←↑→↓",), "go"),
    (("Shift + ←↑→↓",), "move"),
    (("Enter",), "card"),
    (("Space", "Ctrl + A"), "several"),
    (("Ctrl + Z", "Ctrl + Y"), "undo"),
    (("Ctrl + V",), "paste"),
    (("G",), "grid"),
    (("C",), "circles"),
    (("P", "A"), "present"),
    (("Ctrl + S",), "save"),
    (("+", "−", "0"), "zoom"),
    (("Escape",), "escape"),
    (("H", "?"), "help"),
)
"""Keys, and the text that says what they do."""


@dataclass(frozen=True)
class EditPage:
    """A map as a page that it can be changed in."""

    seen: Seen
    original: ActorMap  # only its consent is asked for
    embed: bool = False  # whether the map's file is in it, as the map is when the page is made
    file: str | None = None
    """What the map's own file is called, if it has one."""

    keep: Mapping[str, str] | None = None
    """Where the page saves to, ``url``, ``token`` and ``tag``, if a program serves it."""

    @property
    def lang(self) -> str:
        """The reader's language."""
        return self.seen.scene.lang

    @property
    def title(self) -> str:
        """What stands on top."""
        return self.seen.whole.title or self.say("said.untitled")

    def say(self, code: str) -> str:
        """Say one of the page's texts."""
        return text(f"edit.{code}", self.lang)

    @cached_property
    def _looks(self) -> vocabulary.Looks:
        return vocabulary.Looks(self.seen)

    @cached_property
    def _parts(self) -> dict[str, Any]:
        """Legend and data: after this all marks and colours are known."""
        legend_actors, legend_ties = self._looks.legend()
        data = self._data()
        return {
            "legend_actors": legend_actors,
            "legend_ties": legend_ties,
            "data": safe(data),
            "defs": self._looks.marks.defs(),
        }

    @cached_property
    def css(self) -> str:
        """The page's style sheet, on light and on dark screens."""
        _ = self._parts
        return sheets(self.seen, self._looks.paints, "page", "map", "edit")

    @cached_property
    def csp(self) -> str:
        """The policy of the page: its own script and style, and where it saves to if it does."""
        return policy(self.css, script("editor"), kept=self.keep is not None)

    def html(self) -> str:
        """Return the whole document."""
        sides = self.seen.placed.page
        width, height = (vocabulary.SCALE * (side + 2 * vocabulary.AIR) for side in sides)
        lack = lacking(self.original)
        remarks = [] if lack is None else [lack.text(self.lang)]
        if self.seen.roles:
            remarks.append(self.say("roles_kept"))
        return filled(
            "edit",
            say=self.say,
            lang=self.lang,
            csp=ours(self.csp),
            scheme=scheme_of(self.seen),
            title=self.title,
            css=ours(self.css),
            remarks=remarks,
            width=f"{width:.0f}",
            height=f"{height:.0f}",
            font=f"{self.seen.scene.style.font}, Verdana, sans-serif",
            scopes=[(scope, text(f"scope.{scope}", self.lang)) for scope in SCOPES],
            helped=[(keys, self.say(f"keys.{what}")) for keys, what in HELPED],
            **carried(self.seen, embed=self.embed),
            script=ours(script("editor")),
            **{name: ours(part) for name, part in self._parts.items()},
        )

    def _data(self) -> dict[str, Any]:
        """Return what the script knows."""
        kart, lang = self.seen.whole, self.lang
        said = "edit.said."
        own = {code: words for code, words in catalogue(lang).items() if code.startswith(said)}
        places = {id_: _rounded(place) for id_, place in self.seen.placed.positions.items()}
        found = {
            "lang": lang,
            "locale": LOCALES[lang],
            "file": {"own": self.file, "usual": text("view.file", lang)},
            "map": exact(plain(kart)),
            "places": places | {id_: list(place) for id_, place in kart.positions.items()},
            "fields": vocabulary.fields(),
            "pointers": vocabulary.pointers(),
            "letters": dict(PLAIN_LETTERS),
            "kinds": vocabulary.kinds(kart, lang),
            "inflections": INFLECTIONS,
            "ties": {
                kind: kart.tie_kind_name(kind, lang)
                for kind in dict.fromkeys((*TIE_KINDS, *kart.tie_kinds))
            },
            "qualities": {quality: text(f"quality.{quality}", lang) for quality in QUALITIES},
            "headings": vocabulary.column_headings(),
            "rules": vocabulary.rules(lang),
            "look": self._looks.data(),
            "signs": SIGNS,
            "words": {code.removeprefix(said): words for code, words in own.items()}
            | {name: catalogue(lang)[f"common.{name}"] for name in ("more", "quoted", "and")},
        }
        return found | ({"keep": dict(self.keep)} if self.keep is not None else {})


def edit_page(
    kart: ActorMap,
    *,
    file: str | None = None,
    keep: Mapping[str, str] | None = None,
    embed: bool = True,
    **look: Any,
) -> EditPage:
    """Return the page of a map's own file, looked at as `seen_of` is told."""
    refuse_crowd(kart, code="edit_too_many")
    return EditPage(seen_of(kart, None, **look), kart, embed=embed, file=file, keep=keep)


def _rounded(place: tuple[float, float]) -> list[float]:
    return [round(one, 1) for one in place]


def exact(value: Any) -> Any:
    """Wrap numbers that a browser would change: `$` holds them as they are written."""
    match value:
        case dict():
            return {name: exact(one) for name, one in value.items()}
        case list():
            return [exact(one) for one in value]
        case bool():
            return value
        case int() if abs(value) >= _MOST_EXACT:
            return {"$": repr(value)}
        case float() if value.is_integer():
            return {"$": repr(value)}
    return value
