"""Forms as workbooks: guidance, the map, actors, ties, goals, checklist; drop-downs in words."""

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
    about_label,
    asked_about,
    over,
    table_of,
    toolbox_heading,
)
from aktorkart.files.xlsx.book import Book
from aktorkart.files.xlsx.own import written_tag
from aktorkart.files.xlsx.writing import choices_of, heading, written
from aktorkart.i18n import text
from aktorkart.model import vocabulary
from aktorkart.model.scales import STEPPED, step_name
from aktorkart.toolbox.new_checklist import new_checklist

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from xlsxwriter.worksheet import Worksheet

    from aktorkart.errors import Problem
    from aktorkart.model import Actor, ActorMap
    from aktorkart.model.values import Point

_LEAST = 60
"""So many rows to fill in, or a third more than are filled in already."""

_TOP = 2
"""Rows above the headings: what the sheet asks, and a blank one."""

_TIMES, _WHO = 3, 3
"""So many columns for points over time, and for who contributes; more where the map has more."""

_WIDTHS = {
    **dict.fromkeys(("name", "source", "target", "title"), 28),
    **dict.fromkeys(("kind", "organisation", "area", "actor"), 22),
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
            for part, items in (("goals", kart.goals), ("checklist", kart.checklist))
        }
        self.asked = asked_about(form, scope)
        self.people = ""  # where the drop-down of actors has its names

    def data(self) -> bytes:
        """Write all sheets of the form."""
        sheets = {
            part: self.book.sheet(text(f"workbook.{part}", self.lang))
            for part in PARTS
            if part in {"guidance", "about", *ASKED[self.form]}
        }
        filled = "partners" if "partners" in sheets else "actors"
        name = sheets[filled].get_name().replace("'", "''")
        last = _TOP + 1 + _rows(len(self.kart.actors))
        first = f"'{name}'!$A${_TOP + 2}"
        cells = f"{first}:$A${last}"
        self.people = f"=OFFSET({first},0,0,MAX(1,COUNTA('{name}'!{cells.partition('!')[2]})),1)"
        self._guidance(sheets["guidance"])
        self._about(sheets["about"])
        self._actors(sheets[filled], filled)
        if "ties" in sheets:
            self._ties(sheets["ties"])
        if "goals" in sheets:
            self._goals(sheets["goals"])
        if "checklist" in sheets:
            self._checklist(sheets["checklist"])
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
        file = f"{self.form}.xlsx"
        lines = [
            (self._say(f"title.{self.form}"), "title"),
            (text(f"form.guide.{self.form}", self.lang), "words"),
            ("", "words"),
            (self._say("how.start"), "part"),
            *(
                (f"• {self._say(f'how.{code}', field=needed, file=file, **self._scale())}", "words")
                for code in codes
            ),
        ]
        sheet.set_column(0, 0, _PAGE)
        sheet.hide_gridlines(2)
        for row, (line, look) in enumerate(lines):
            self.book.put(sheet, row, 0, line, look)
            if look == "title":
                sheet.set_row(row, 2 * _LINE)
            if look == "words":
                sheet.set_row(row, _height([line], [_PAGE]))
        sheet.protect()

    def _about(self, sheet: Worksheet) -> None:
        sheet.set_column(0, 0, 42)
        sheet.set_column(1, 1, 50)
        sheet.hide_gridlines(2)
        self.book.put(sheet, 0, 0, self._say(f"title.{self.form}"), "title")
        for row, field in enumerate(self.asked, start=_TOP):
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
        return kind[:1].upper() + kind[1:]

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
        if "goals" in ASKED[self.form]:
            for title, goal in zip(self.titles["goals"], kart.goals, strict=True):
                beside.append(("goal", title, goal.id, goal.title or ""))
                area = self._word("toolbox.area", vocabulary.AREAS, goal.area)
                beside += [("area", area, goal.area, "")] if area and goal.area else []
            for title, item in zip(self.titles["checklist"], kart.checklist, strict=True):
                beside.append(("item", title, item.id, item.title or ""))
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
            return self._yes(bool(actor.tags["essential"]))
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
            "criteria": f'=${xl_col_to_name(chosen)}{_TOP + 2}<>"{yes}"',
            "format": self.book.looks["not_asked"],
        }
        last = _TOP + _rows(len(self.kart.actors))
        sheet.conditional_format(_TOP + 1, chosen + 1, last, len(fields) - 1, rule)

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
        last = _TOP + _rows(len(body))
        over_ = [self._over(part, field) for field in fields] + list(tags)
        widths = [_WIDTHS.get(field, _WIDTH) for field in fields] + [_WIDTH for _ in tags]
        self._fill(sheet, over_, body, last, widths)
        for column, field in enumerate(fields):
            self._choices(sheet, part, field, (_TOP + 1, column, last, column))

    def _over(self, part: str, field: str) -> str:
        """Return a heading, with a capital and its scale."""
        name = over(part, field, self.lang)
        if field == "strength":
            name = heading(self.kart, "ties", field, self.lang)
        name = name[:1].upper() + name[1:]
        if field in vocabulary.RATINGS:
            return f"{name} (1–5)"
        if field in vocabulary.STANCES:
            return f"{name} (−2–2)"
        return f"{name} (1–4)" if field.startswith(("trust.", "value.")) else name

    def _fill(
        self,
        sheet: Worksheet,
        over_: Sequence[str],
        body: Sequence[Sequence[Any]],
        last: int,
        widths: Sequence[float],
    ) -> None:
        self.book.put(sheet, 0, 0, sheet.get_name(), "title")
        sheet.set_row(0, 2 * _LINE)
        sheet.set_row(_TOP, _height(over_, widths))
        for row, cells in enumerate(body, start=_TOP + 1):
            sheet.set_row(row, _height(cells, widths))
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        for column, head in enumerate(over_):
            self.book.put(sheet, _TOP, column, head, "heading")
            for row in range(_TOP + 1, last + 1):
                known = body[row - _TOP - 1][column] if row - _TOP <= len(body) else None
                self.book.put(sheet, row, column, known, "fill")
        sheet.freeze_panes(_TOP + 1, 1)
        sheet.repeat_rows(_TOP)

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

    # --- goals and checklist

    def _goals(self, sheet: Worksheet) -> None:
        goals = self.kart.goals
        times = max([_TIMES, *(len(one.points) for one in goals)])
        who = max([_WHO, *(len(one.actors) for one in goals)])
        body = [
            [
                title,
                self._word("toolbox.area", vocabulary.AREAS, goal.area),
                self._word("toolbox.direction", vocabulary.DIRECTIONS, goal.direction),
                self._yes(goal.health),
                *_padded([self.names[one] for one in goal.actors], who),
                *_padded(_over_time(goal.points), 2 * times),
                goal.note,
            ]
            for title, goal in zip(self.titles["goals"], goals, strict=True)
        ]
        heads: list[tuple[str, int | None]] = [("title", None), ("area", None)]
        heads += [("direction", None), ("health", None)]
        heads += [("actor", number + 1) for number in range(who)] + _timed(times) + [("note", None)]
        last = self._toolbox(sheet, "goals", heads, body)
        areas = self._words("toolbox.area", vocabulary.AREAS)
        self.book.choose(sheet, (_TOP + 1, 1, last, 1), self.book.source(areas))
        ways = self._words("toolbox.direction", vocabulary.DIRECTIONS)
        self.book.choose(sheet, (_TOP + 1, 2, last, 2), self.book.source(ways), strict=True)
        answers = self.book.source((text("common.yes", self.lang), text("common.no", self.lang)))
        self.book.choose(sheet, (_TOP + 1, 3, last, 3), answers, strict=True)
        self.book.choose(sheet, (_TOP + 1, 4, last, 3 + who), self.people)

    def _checklist(self, sheet: Worksheet) -> None:
        items = self.kart.checklist or new_checklist(self.lang)
        times = max([_TIMES, *(len(one.points) for one in items)])
        titles = self.titles["checklist"] or [one.title or one.id for one in items]
        body = [
            [
                title,
                self._word("toolbox.phase", vocabulary.PHASES, item.phase),
                *_padded(_over_time(item.points), 2 * times),
                item.note if self.kart.checklist else None,
            ]
            for title, item in zip(titles, items, strict=True)
        ]
        heads: list[tuple[str, int | None]] = [("title", None), ("phase", None)]
        heads += [*_timed(times), ("note", None)]
        last = self._toolbox(sheet, "checklist", heads, body)
        phases = self._words("toolbox.phase", vocabulary.PHASES)
        cells = (_TOP + 1, 1, last, 1)
        self.book.choose(sheet, cells, self.book.source(phases), strict=True)

    def _toolbox(
        self,
        sheet: Worksheet,
        part: str,
        heads: Sequence[tuple[str, int | None]],
        body: Sequence[Sequence[Any]],
    ) -> int:
        last = _TOP + max(20, len(body) + 10)
        over_ = [toolbox_heading(part, name, self.lang, number) for name, number in heads]
        wide = 60 if part == "checklist" else _WIDTHS["title"]
        widths = [wide if name == "title" else _WIDTHS.get(name, _WIDTH) for name, _ in heads]
        self._fill(sheet, over_, body, last, widths)
        for column, (name, _) in enumerate(heads):
            if name == "points":
                self.book.number(sheet, (_TOP + 1, column, last, column), 0, 10)
        return last

    def _words(self, prefix: str, codes: Sequence[str]) -> tuple[str, ...]:
        return tuple(text(f"{prefix}.{code}", self.lang) for code in codes)

    def _yes(self, value: bool | None) -> str | None:  # noqa: FBT001 - what a goal holds
        return None if value is None else text("common.yes" if value else "common.no", self.lang)

    def _word(self, prefix: str, codes: Sequence[str], code: str | None) -> str | None:
        return text(f"{prefix}.{code}", self.lang) if code in codes else code


_LINE = 15
_PAGE = 90


def _height(cells: Sequence[Any], widths: Sequence[float]) -> float:
    """Return the height of a row in points: as many lines as its longest text takes."""
    lines = [1.0]
    for cell, width in zip(cells, widths, strict=True):
        if isinstance(cell, str):
            lines.append(sum(len(line) // width + 1 for line in cell.split("\n")))
    return _LINE * min(max(lines), 20)


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


def _over_time(points: Sequence[Point]) -> list[Any]:
    return [cell for point in points for cell in (point.date, point.value)]


def _padded(known: Sequence[Any], length: int) -> list[Any]:
    return [*known, *[None] * (length - len(known))]


def _timed(times: int) -> list[tuple[str, int | None]]:
    return [(name, number + 1) for number in range(times) for name in ("date", "points")]
