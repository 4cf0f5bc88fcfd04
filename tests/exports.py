"""What the tools for questionnaires write, made of answers that are known. The names are invented.

Headings and layouts follow the exports of each: Google Forms, Microsoft Forms (English and
Norwegian; of a Likert question only the statements), LimeSurvey (code and text), Nettskjema (code
book) and Kobo (groups, and repeats in a sheet of their own).
"""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

ASKED = "Hvor tett samarbeider dere med"


def table(rows: Sequence[Sequence[str]], delimiter: str = ",") -> str:
    stream = io.StringIO()
    csv.writer(stream, delimiter=delimiter, lineterminator="\r\n").writerows(rows)
    return stream.getvalue()


def partners(answers: Mapping[str, Mapping[str, str]]) -> list[str]:
    named = [whom for told in answers.values() for whom in told]
    return list(dict.fromkeys([*answers, *named]))


def _wide(  # noqa: PLR0913 - what the tools write differently
    answers: Mapping[str, Mapping[str, str]],
    *,
    before: Sequence[str],
    own: Callable[[int], Sequence[str]],
    who: str,
    heading: Callable[[int, str], str],
    delimiter: str = ",",
) -> str:
    whom = partners(answers)
    rows = [[*before, who, *(heading(place, one) for place, one in enumerate(whom, start=1))]]
    for number, (name, told) in enumerate(answers.items(), start=1):
        rows.append([*own(number), name, *(told.get(one, "") for one in whom)])
    return table(rows, delimiter)


def google(answers: Mapping[str, Mapping[str, str]]) -> str:
    return _wide(
        answers,
        before=["Tidsmerke", "E-postadresse"],
        own=lambda n: [f"2026/03/01 10:{n:02}:00 AM GMT+1", f"kari{n}@example.org"],
        who="Hvem svarer du for?",
        heading=lambda _, one: f"{ASKED} [{one}]",
    )


def forms_norwegian(answers: Mapping[str, Mapping[str, str]]) -> str:
    return _wide(
        answers,
        before=["ID", "Starttidspunkt", "Fullføringstidspunkt", "E-postadresse", "Navn"],
        own=lambda n: [
            str(n),
            f"01.03.2026 10:{n:02}",
            f"01.03.2026 11:{n:02}",
            "anonymous",
            "Kari N",
        ],
        who="Hvilken tjeneste jobber du i?",
        heading=lambda _, one: one,
        delimiter=";",
    )


def forms_with_question(answers: Mapping[str, Mapping[str, str]]) -> str:
    return _wide(
        answers,
        before=["ID", "Start time", "Completion time", "Email", "Name"],
        own=lambda n: [str(n), f"3/1/26 10:{n:02}", f"3/1/26 11:{n:02}", "anonymous", ""],
        who="Which service do you work for?",
        heading=lambda _, one: f"How closely do you work with these?.{one}",
    )


def limesurvey(answers: Mapping[str, Mapping[str, str]]) -> str:
    return _wide(
        answers,
        before=[
            "id. Response ID",
            "submitdate. Date submitted",
            "lastpage. Last page",
            "seed. Seed",
        ],
        own=lambda n: [str(n), f"2026-03-01 10:{n:02}:00", "3", "12345"],
        who="G01Q01. Hvem er du?",
        heading=lambda n, one: f"G01Q02[SQ{n:03}]. {ASKED}: [{one}]",
    )


def nettskjema(answers: Mapping[str, Mapping[str, str]]) -> str:
    return _wide(
        answers,
        before=["formid", "$submission_id"],
        own=lambda n: ["123823", str(27685292 + n)],
        who="respondent",
        heading=lambda _, one: f"tetthet.{one}",
        delimiter=";",
    )


def kobo(answers: Mapping[str, Mapping[str, str]]) -> str:
    return _wide(
        answers,
        before=["start", "end", "_id", "_uuid", "_submission_time", "_index"],
        own=lambda n: ["2026", "2026", str(n), f"uuid{n}", f"2026-03-01T10:{n:02}:00", str(n)],
        who="om/respondent",
        heading=lambda _, one: f"naermere/tett/{one}",
        delimiter=";",
    )


def long(answers: Mapping[str, Mapping[str, str]]) -> str:
    rows = [["Tidsmerke", "Hvem er du?", "Hvilken samarbeidspartner svarer du om?", "Hvor tett?"]]
    for name, told in answers.items():
        rows += [["2026/03/01 10:00:00", name, whom, said] for whom, said in told.items()]
    return table(rows)


WIDE = {
    one.__name__: one
    for one in (google, forms_norwegian, forms_with_question, limesurvey, nettskjema, kobo)
}
