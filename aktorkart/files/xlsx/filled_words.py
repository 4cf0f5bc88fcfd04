"""What is wrong in a filled form, in the form's own words and not the file format's."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from aktorkart.files import headings
from aktorkart.files.words import labels
from aktorkart.files.xlsx.asked import ABOUT, CONSENT, TOOLBOX, about_label, over, toolbox_heading
from aktorkart.i18n import capital, text
from aktorkart.model import vocabulary

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aktorkart.errors import Problem

_OTHER_WORDS = {
    "not_boolean": "form_not_yes_or_no",
    "outside_scale": "form_outside_scale",
    "zero_strength": "form_zero_strength",
    "unknown_reference": "form_not_on_sheet",
    "unknown_focal": "unknown_actor",
    "duplicate_actor": "form_actor_twice",
    "duplicate_id": "form_item_twice",
    "row_twice": "form_tie_twice",
    "row_to_itself": "self_tie",
    "returns_one_way": "form_returns_one_way",
    "taken_as_individual_here": "form_taken_as_individual",
    "csv_no_column": "form_no_column",
    "meant_strength": "form_meant_strength",
}
"""Problems whose sentence speaks of files, ids or the command line."""

_OF_TOOLBOX = {"id": "title", "actors": "actor", "value": "points"}
"""What the fields of goals, plan and checklist are called on their sheets."""


@dataclass(frozen=True)
class InFormWords:
    """Says problems as a form in a language does; ``names`` is what it calls each actor."""

    lang: str
    names: Mapping[str, str]

    def __call__(self, problem: Problem) -> Problem:
        """Return the problem with the form's headings and choices, and its cell."""
        values = dict(problem.values)
        heading = self._heading(problem)
        if problem.code in {"missing", "csv_no_column"}:
            field = str(values["field"])
            values = {"field": heading or self._column("ties", field) or field}
        if problem.code == "not_choice":
            values["known"] = self._choices(problem, values["known"])
        if problem.code == "not_boolean":
            yes, no = (text(f"common.{one}", self.lang) for one in ("yes", "no"))
            values |= {"yes": yes, "no": no}
        if problem.code in {"taken_as_individual_here", "form_taken_as_individual"}:
            question = about_label("scope", self.lang)
            values = {"question": question, "sheet": text("workbook.about", self.lang)}
        if "list" in values:
            values["sheet"] = text(f"workbook.{values.pop('list')}", self.lang)
        if problem.code == "row_twice":
            values["kind"] = labels("tie_kind", self.lang).get(values["kind"], values["kind"])
        for name in {"source", "target", "value"} & values.keys():
            values[name] = self.names.get(str(values[name]), values[name])
        place = problem.place
        if heading is not None and place.cell is not None:
            place = dataclasses.replace(place, field=heading)
        code = _OTHER_WORDS.get(problem.code, problem.code)
        near = tuple(self.names.get(one, one) for one in problem.guesses)
        return dataclasses.replace(problem, code=code, values=values, place=place, guesses=near)

    def _heading(self, problem: Problem) -> str | None:
        """Return the heading or the question that a value stands under."""
        path = [step for step in problem.place.path if isinstance(step, str)]
        if not path:
            return self._column("actors", "id") if problem.place.field == "id" else None
        section, name = path[0], path[-1]
        if section in TOOLBOX:
            return self._of_toolbox(problem, section, _OF_TOOLBOX.get(name, name))
        if section in {"actors", "ties"}:
            given = problem.place.field
            known = given in {*headings.ACTORS, *headings.TIES}  # what only the reader calls so
            return given if given and not known else self._column(section, name)
        field = ".".join(path)
        return about_label(field, self.lang) if field in {*ABOUT, *CONSENT} else None

    def _of_toolbox(self, problem: Problem, section: str, name: str) -> str | None:
        if name not in TOOLBOX[section]:
            return None
        return problem.place.field or toolbox_heading(section, name, self.lang)

    def _column(self, section: str, name: str) -> str | None:
        field = "name" if name == "id" else name
        return capital(over("actors" if field == "name" else section, field, self.lang))

    def _choices(self, problem: Problem, known: Any) -> list[str]:
        """Return the words of a list as the form offers them."""
        path = [step for step in problem.place.path if isinstance(step, str)]
        section, name = path[0], path[-1]
        if name == "scope":
            words: Mapping[str, str] = labels("scope", self.lang)
        elif section in TOOLBOX:
            listed = {"direction": vocabulary.DIRECTIONS, "phase": vocabulary.PHASES}
            offered = listed.get(name, ())
            words = {one: text(f"toolbox.{name}.{one}", self.lang) for one in offered}
        else:
            group = headings.group_of(section, name)
            words = labels(group, self.lang) if group is not None else {}
        return [words.get(str(one), str(one)) for one in known]
