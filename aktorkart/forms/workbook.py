"""Forms as workbooks: guidance, the map, actors, ties, the toolbox; drop-downs in words."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from aktorkart.files import about, rows
from aktorkart.files.decoding import File
from aktorkart.files.drafted import not_carried
from aktorkart.files.schema import SCHEMA
from aktorkart.files.words import labels
from aktorkart.files.xlsx.asked import (
    ASKED,
    OURS,
    PARTS,
    SCOPES,
    TOOLBOX,
    about_label,
    asked_about,
    over,
    table_of,
    toolbox_heading,
)
from aktorkart.files.xlsx.book import Book
from aktorkart.files.xlsx.own import written_tag
from aktorkart.files.xlsx.writing import choices_of, heading, written
from aktorkart.forms.filling import TOP, fill, guide
from aktorkart.forms.toolbox_rows import area_word, toolbox_rows
from aktorkart.i18n import capital, text
from aktorkart.model import vocabulary
from aktorkart.model.scales import STEPPED, step_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from xlsxwriter.worksheet import Worksheet

    from aktorkart.errors import Problem
    from aktorkart.model import Actor, ActorMap

_LEAST = 60
"""So many rows to fill in, or a third more than are filled in already."""

_WHAT = {"goals": "goal", "plan": "action", "checklist": "item"}
"""What the hidden sheet calls a row of the toolbox."""

_WIDTHS = {
    **dict.fromkeys(("name", "source", "target", "title"), 28),
    **dict.fromkeys(("kind", "organisation", "area", "actor", "goal", "responsible"), 22),
    **dict.fromkeys(("note", "tasks", "tags.how", "tags.affected", "tags.measure"), 36),
}
_WIDTH = 14


def workbook(
    kart: ActorMap, form: str, lang: str, *, blank: bool
) -> tuple[bytes, tuple[Problem, ...]]:
    """Return a form filled in with a map, and what the map says that it has no room for."""
    from aktorkart.files.xlsx.reading import load

    # A map around a person stays one, whatever it is asked about.
    known = SCOPES.get(form) if blank else "individual" if form == "user" else kart.scope
    data = _Workbook(kart, form, lang, known, seeded=blank and form == "user").data()
    if blank:
        return data, ()
    back = load(File("", data)).kart
    what = text("common.quoted", lang, value=text(f"form.title.{form}", lang))
    asked = kart.with_(lang=lang, scope=back.scope)
    return data, not_carried(asked, back, "", what=what)


class _Workbook:
    def __init__(
        self, kart: ActorMap, form: str, lang: str, scope: str | None, *, seeded: bool
    ) -> None:
        self.kart, self.form, self.lang, self.scope = kart, form, lang, scope
        self.seeded = seeded and not kart.actors  # with somebody in the middle
        self.book = Book(f"{form}.xlsx")
        shown = _distinct([one.label for one in kart.actors], [one.id for one in kart.actors])
        self.names = dict(zip((one.id for one in kart.actors), shown, strict=True))
        self.titles = {
            part: _distinct([one.title or one.id for one in items], [one.id for one in items])
            for part in TOOLBOX
            for items in [getattr(kart, part)]
        }
        self.asked = asked_about(form, scope)
        self.people = self.aims = ""  # where the drop-downs have names of actors and goals

    def data(self) -> bytes:
        """Write all sheets of the form."""
        sheets = {
            part: self.book.sheet(text(f"workbook.{part}", self.lang))
            for part in PARTS
            if part in {"guidance", "about", *ASKED[self.form]}
        }
        filled = "partners" if "partners" in sheets else "actors"
        self.people = _names_on(sheets[filled], TOP + 1 + _rows(len(self.kart.actors)))
        self._guidance(sheets["guidance"])
        self._about(sheets["about"])
        self._actors(sheets[filled], filled)
        if "ties" in sheets:
            self._ties(sheets["ties"])
        for part in TOOLBOX:
            if part in sheets:
                self._toolbox(sheets[part], part)
        self._state()
        return self.book.data()

    def _say(self, code: str, **values: Any) -> str:
        return text(f"form.{code}", self.lang, **values)

    def _scale(self) -> dict[str, str]:
        low, high = self.kart.strength_scale or vocabulary.USUAL
        return {"low": f"{low:g}", "high": f"{high:g}"}

    # --- guidance, and the map itself

    def _guidance(self, sheet: Worksheet) -> None:
        asked = ASKED[self.form]
        columns = {field for part in asked.values() for field in part}
        codes = ["sheets", "names"]
        codes += ["strength"] * ("strength" in columns) + ["unknown", "own"]
        codes += ["needed"] * ("needed" in columns)
        codes += ["consent"] * ("consent.given" in self.asked) + ["back"]
        needed = self._over("ties", "needed")
        lines = [
            (self._say(f"title.{self.form}"), "title"),
            (text(f"form.guide.{self.form}", self.lang), "words"),
            ("", "words"),
            (self._say("how.start"), "part"),
            *(
                (f"• {self._say(f'how.{code}', field=needed, **self._scale())}", "words")
                for code in codes
            ),
        ]
        guide(self.book, sheet, lines)

    def _about(self, sheet: Worksheet) -> None:
        sheet.set_column(0, 0, 42)
        sheet.set_column(1, 1, 50)
        sheet.hide_gridlines(2)
        self.book.put(sheet, 0, 0, self._say(f"title.{self.form}"), "title")
        for row, field in enumerate(self.asked, start=TOP):
            self.book.put(sheet, row, 0, about_label(field, self.lang), "heading")
            self.book.put(sheet, row, 1, self._stated(field), "fill")
            cell = (row, 1, row, 1)
            if field in {"respondent", "focal", "consent.given_by"}:
                self.book.choose(sheet, cell, self.people)
            elif field == "scope":
                scopes = self.book.source(tuple(labels("scope", self.lang).values()))
                self.book.choose(sheet, cell, scopes, strict=True)
        sheet.protect()

    def _stated(self, field: str) -> str | None:
        """Return what the map says of itself in a field."""
        kart = self.kart
        if field in {"respondent", "scope"}:
            return None
        if field == "focal" and self.seeded:
            return self._user()
        if field.startswith("consent."):
            value = getattr(kart.consent, field.partition(".")[2], None)
        else:
            value = getattr(kart, field)
        if isinstance(value, tuple):
            return "; ".join(self.names.get(str(one), str(one)) for one in value) or None
        return None if value is None else self.names.get(value, str(value))

    def _user(self) -> str:
        """Return what the one in the middle of a blank form is called until somebody knows."""
        kind = labels("kind", self.lang)["user"]
        return capital(kind)

    def _state(self) -> None:
        """Keep in the hidden sheet what is not asked, and what the rows are called in the map."""
        kart = self.kart
        asked = {*self.asked, "lang", "scope", "aktorkart"}
        stated = [("aktorkart", str(SCHEMA)), ("form", self.form), ("lang", self.lang)]
        stated += [("scope", self.scope)] if self.scope is not None else []
        stated += [row for row in about.written(kart) if row[0] not in asked]
        self.book.stated = stated
        beside: list[tuple[str, ...]] = [()]
        beside += [("actor", self.names[one.id], one.id, one.name or "") for one in kart.actors]
        for part, what in _WHAT.items():
            if part not in ASKED[self.form]:
                continue
            for title, item in zip(self.titles[part], getattr(kart, part), strict=True):
                beside.append((what, title, item.id, item.title or ""))
                if part == "goals" and item.area:
                    beside.append(("area", area_word(item.area, self.lang), item.area, ""))
        self.book.beside = beside

    # --- actors and ties

    def _actors(self, sheet: Worksheet, part: str) -> None:
        kart = self.kart
        fields = list(ASKED[self.form][part])
        if part == "actors":
            fields += [
                one for one in rows.used("actors", kart.actors) if one not in (*fields, "id")
            ]
        tags = [tag for tag in rows.tags(kart.actors) if f"tags.{tag}" not in fields]
        tags = tags if part == "actors" else []
        body: list[list[Any]] = [
            [
                *(self._cell(part, field, actor) for field in fields),
                *(written_tag(actor.tags.get(tag)) for tag in tags),
            ]
            for actor in kart.actors
        ]
        if self.seeded:
            kind = labels("kind", self.lang)["user"]
            body = [[self._user(), kind, *[None] * (len(fields) - 2)]]
        self._table(sheet, part, fields, [rows.tag_heading("actors", tag) for tag in tags], body)
        if part == "partners":
            self._grey(sheet, fields)

    def _cell(self, part: str, field: str, actor: Actor) -> Any:
        """Return what is known of an actor; of partners who they are, the rest is to be rated."""
        if field == "name":
            return self.names[actor.id]
        if field == "tags.essential" and isinstance(actor.tags.get("essential"), bool):
            return text("common.yes" if actor.tags["essential"] else "common.no", self.lang)
        if field.startswith("tags."):
            return written_tag(actor.tags.get(field.removeprefix("tags.")))
        known = part == "actors" or field == "kind"
        return written("actors", field, actor, self.lang) if known else None

    def _grey(self, sheet: Worksheet, fields: Sequence[str]) -> None:
        """Make grey what is not to be rated: partners that were not chosen."""
        from xlsxwriter.utility import xl_col_to_name

        chosen = fields.index("chosen")
        yes = text("common.yes", self.lang)
        rule = {
            "type": "formula",
            "criteria": f'=${xl_col_to_name(chosen)}{TOP + 2}<>"{yes}"',
            "format": self.book.looks["not_asked"],
        }
        last = TOP + _rows(len(self.kart.actors))
        sheet.conditional_format(TOP + 1, chosen + 1, last, len(fields) - 1, rule)

    def _ties(self, sheet: Worksheet) -> None:
        kart = self.kart
        fields = list(ASKED[self.form]["ties"])
        used = rows.used("ties", kart.ties)
        fields += [one for one in used if one not in fields]
        tags = rows.tags(kart.ties)
        ends = {"source", "target", "informant"}
        body = []
        for tie in kart.ties:
            line = [
                self.names.get(getattr(tie, field), getattr(tie, field))
                if field in ends
                else written("ties", field, tie, self.lang)
                for field in fields
            ]
            body.append(line + [written_tag(tie.tags.get(tag)) for tag in tags])
        self._table(sheet, "ties", fields, [rows.tag_heading("ties", tag) for tag in tags], body)

    def _table(
        self,
        sheet: Worksheet,
        part: str,
        fields: Sequence[str],
        tags: Sequence[str],
        body: Sequence[Sequence[Any]],
    ) -> None:
        """Write a table to fill in: headings, what is known, and blank rows."""
        last = TOP + _rows(len(body))
        over_ = [self._over(part, field) for field in fields] + list(tags)
        widths = [_WIDTHS.get(field, _WIDTH) for field in fields] + [_WIDTH for _ in tags]
        fill(self.book, sheet, list(zip(over_, widths, strict=True)), body, last)
        for column, field in enumerate(fields):
            self._choices(sheet, part, field, (TOP + 1, column, last, column))

    def _over(self, part: str, field: str) -> str:
        """Return a heading, with a capital and its scale."""
        name = over(part, field, self.lang)
        if field == "strength":
            name = heading(self.kart, "ties", field, self.lang)
        name = capital(name)
        if field in vocabulary.RATINGS:
            return f"{name} (1–5)"
        if field in vocabulary.STANCES:
            return f"{name} (−2–2)"
        return f"{name} (1–4)" if field.startswith(("trust.", "value.")) else name

    def _choices(
        self, sheet: Worksheet, part: str, field: str, cells: tuple[int, int, int, int]
    ) -> None:
        """Offer what a column takes."""
        if field in {"source", "target", "informant"}:
            self.book.choose(sheet, cells, self.people, hint=self._say("hint.actor"))
        elif (bounds := self._bounds(field)) is not None:
            self.book.number(sheet, cells, *bounds)
        elif field in {"since", "until"}:
            self.book.hint(sheet, cells, self._say("hint.day"))
        elif field in rows.LISTS:
            self.book.hint(sheet, cells, self._say("hint.several"))
        elif found := self._offered(part, field):
            hint = self._say(f"hint.{field}") if field in {"kind", "mutual", "needed"} else None
            strict = field not in {"kind", "chosen", "tags.essential"}
            self.book.choose(sheet, cells, self.book.source(found), strict=strict, hint=hint)

    def _bounds(self, field: str) -> tuple[float, float, str] | None:
        """Return the least and the most of a column of numbers, and what is said beside it."""
        if field == "strength" and self.kart.strength_scale is not None:
            return (*self.kart.strength_scale, self._say("hint.strength", **self._scale()))
        if field in vocabulary.RATINGS:
            return 1, 5, self._say("hint.rating")
        if field in vocabulary.STANCES:
            return -2, 2, self._say("hint.stance")
        if field not in STEPPED:
            return None
        scale = vocabulary.SCALES[field.partition(".")[0]]
        steps = range(scale.low, scale.high + 1)
        hint = ". ".join(f"{one}: {step_name(field, one, self.lang)}" for one in steps)
        return scale.low, scale.high, hint

    def _offered(self, part: str, field: str) -> tuple[str, ...]:
        if field in {"chosen", "tags.essential"}:
            return (text("common.yes", self.lang),)
        table = "ties" if part == "partners" and field not in {"name", "kind"} else table_of(part)
        return () if field in OURS else choices_of(table, field, self.lang)

    # --- goals, plan and checklist

    def _toolbox(self, sheet: Worksheet, part: str) -> None:
        found = toolbox_rows(part, self.kart, self.titles, self.names, self.lang)
        last = TOP + max(20, len(found.body) + 10)
        over_ = [toolbox_heading(part, name, self.lang, number) for name, number in found.heads]
        wide = 60 if part == "checklist" else _WIDTHS["title"]
        widths = [wide if name == "title" else _WIDTHS.get(name, _WIDTH) for name, _ in found.heads]
        fill(self.book, sheet, list(zip(over_, widths, strict=True)), found.body, last)
        if part == "goals":
            self.aims = _names_on(sheet, last + 1)
        for column, (name, _) in enumerate(found.heads):
            cells = (TOP + 1, column, last, column)
            if name == "points":
                self.book.number(sheet, cells, 0, 10)
            elif name in {"actor", "responsible"}:
                self.book.choose(sheet, cells, self.people)
            elif name == "goal":
                self.book.choose(sheet, cells, self.aims)
            elif name in {"date", "due", "done"}:
                self.book.hint(sheet, cells, self._say("hint.day"))
            elif name in found.offered:
                source = self.book.source(found.offered[name])
                self.book.choose(sheet, cells, source, strict=name != "area")


def _names_on(sheet: Worksheet, last: int) -> str:
    """Return where a drop-down finds the names in a sheet's first column."""
    name = sheet.get_name().replace("'", "''")
    first = f"'{name}'!$A${TOP + 2}"
    return f"=OFFSET({first},0,0,MAX(1,COUNTA({first}:$A${last})),1)"


def _rows(known: int) -> int:
    return max(_LEAST, known + known // 3 + 10)


def _distinct(names: Sequence[str], ids: Sequence[str]) -> list[str]:
    """Return what to call rows so that each is found again: by name, by id too, by number."""
    names = [" ".join(name.split()) for name in names]
    more: Iterable[str] = ids
    while max((count := Counter(name.casefold() for name in names)).values(), default=0) > 1:
        names = [
            name if count[name.casefold()] == 1 else f"{name} ({one})"
            for name, one in zip(names, more, strict=True)
        ]
        more = [str(number + 1) for number in range(len(names))]
    return names
