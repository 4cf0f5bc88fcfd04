"""Network cards of easyNWK, read: the JSON of the web version and the ``.nwk`` of the old one.

Somebody in the middle, people around, nearer or farther, in four sectors: family, friends,
colleagues, professional help. How near is counted in nine rings, as easyNWK does itself. The
format is that of https://github.com/fhstp/easynwk-web (version 2.7).
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NoReturn

from aktorkart.errors import InvalidMap, Place, Problem, UnsupportedFile
from aktorkart.files.faults import Faults
from aktorkart.files.making import made
from aktorkart.files.positions import on_page
from aktorkart.files.sheets import Draft, Reading, Sheet

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aktorkart.files.decoding import File
    from aktorkart.files.formats import Dumped, Loaded
    from aktorkart.model import ActorMap

_RINGS = 9
_OUTERMOST = 100.0
_MULTIPLEX = 2
_SECTORS = (
    (-90.0, "colleagues", None),
    (0.0, "professional help", None),
    (90.0, "family", "next_of_kin"),
    (math.inf, "friends", "friend"),
)
"""By angle, up to these degrees; the kind that people there are of, where it is certain."""

_SUPPORT = {
    "supportInstrumental": "practical",
    "supportEmotional": "emotional",
    "supportInformational": "information",
    "supportSocial": "company",
}
_LINKING = "supportLinking"
_GIVEN, _RECEIVED = 1, 2  # 3 is both
_KEPT = {
    *("id", "name", "role", "human", "currentGender", "age", "note", "deceased", "edgeType"),
    *("angle", "distance", "conflict", _LINKING, *_SUPPORT),
}

Record = dict[str, Any]


def load(file: File, reading: Reading | None = None) -> Loaded:
    """Read the card that was open when the file was saved."""
    return made(draft(file), reading)


def dump(kart: ActorMap, path: str) -> Dumped:  # noqa: ARG001 - as of others
    """Say that it is not written."""
    raise UnsupportedFile(
        Problem(code="read_only", place=Place(file=path), values={"format": "easyNWK"})
    )


def draft(file: File) -> Draft:
    """Lay out the people on a card, and the lines between them, as sheets."""
    source = file.text(fallback="cp1252")
    if not source.lstrip().startswith("{"):
        return draft_of(_old(source, file.name), file=file.name)
    try:
        content = json.loads(source)
    except (ValueError, RecursionError):
        content = None
    if not is_card(content):
        _refuse(file.name)
    return draft_of(content, file=file.name)


def is_card(content: Any) -> bool:
    """Tell whether the content of a JSON file is one card of easyNWK, or several versions."""
    if not isinstance(content, Mapping):
        return False
    if {"ego", "alteri", "connections"} <= content.keys():
        return True
    versions = content.get("versions")
    return (
        isinstance(versions, list)
        and "currentVersion" in content
        and any(
            isinstance(one, Mapping) and isinstance(one.get("nwk"), Mapping) for one in versions
        )
    )


def draft_of(content: Mapping[str, Any], *, file: str) -> Draft:
    """Lay out the card that was open, of one or of several versions."""
    versions = [
        one
        for one in content.get("versions", [{"nwk": content}])
        if isinstance(one, Mapping) and isinstance(one.get("nwk"), Mapping)
    ]
    if not versions:
        _refuse(file)
    current = content.get("currentVersion")
    version = next((one for one in versions if one.get("id") == current), versions[-1])
    notes = Faults(file)
    draft = _card(version["nwk"], file, notes)
    if title := " ".join(str(version.get("title") or "").split()):
        draft.about["title"] = title
    if re.fullmatch(r"\d{4}-\d\d-\d\d", str(version.get("date"))):
        draft.about["date"] = version["date"]
    if len(versions) > 1:
        named = title or draft.about.get("date") or str(current)
        notes.report("version_read", value=named, n=len(versions) - 1)
    draft.notes += notes.all()
    return draft


def _card(nwk: Mapping[str, Any], file: str, notes: Faults) -> Draft:
    ego = nwk.get("ego")
    alters = _records(nwk.get("alteri"))
    actors = [_actor(ego if isinstance(ego, Mapping) else {}, "ego", "user")]
    ties: list[Record] = []
    points = {"ego": (0.0, 0.0)}
    dropped: dict[str, None] = {}
    for alter in alters:
        angle, distance = _float(alter.get("angle")), _float(alter.get("distance"))
        _, sector, kind = next(one for one in _SECTORS if (angle or 0.0) < one[0])
        human = alter.get("human") is not False
        actor = _actor(alter, str(alter.get("id")), kind if human and distance else None)
        actor |= {
            "role": _words(alter.get("role")),
            "sector": sector if distance else None,
            "human": None if human else False,
            "deceased": True if alter.get("deceased") is True else None,
        }
        actors.append(actor)
        if angle is not None and distance:
            turn = math.radians(angle)
            points[actor["id"]] = (math.cos(turn) * distance, math.sin(turn) * distance)
        if tie := _tie(alter, actor["id"], distance):
            ties.append(tie)
        dropped |= dict.fromkeys(name for name in alter if name not in _KEPT)
    known = {actor["id"] for actor in actors}
    for line in _records(nwk.get("connections")):
        ends = {name: str(line.get(key)) for name, key in (("source", "id1"), ("target", "id2"))}
        if not known.issuperset(ends.values()):
            notes.report("line_to_nobody", value=" – ".join(ends.values())[:40])
        else:
            ties.append(ends)
    if any("strength" in tie for tie in ties):
        notes.report("closeness_by_rings", most=_RINGS)
    if dropped:
        notes.report("looks_left_out", names=list(dropped)[:12])
    about: Record = {"scope": "individual", "focal": "ego", "strength_scale": (1.0, float(_RINGS))}
    if places := on_page(points, up=True):
        about["positions"] = places
    return Draft(
        _sheet(actors, ["id"], file), _sheet(ties, ["source", "target"], file), about=about
    )


def _sheet(records: Sequence[Record], always: list[str], file: str) -> Sheet:
    names = dict.fromkeys([*always, *(name for record in records for name in record)])
    columns = {name: [record.get(name) for record in records] for name in names}
    there = {
        name: column
        for name, column in columns.items()
        if name in always or any(cell is not None for cell in column)
    }
    if always != ["id"]:
        there["mutual"] = [True] * len(records)
    return Sheet(
        list(there),
        list(there.values()),
        file=file,
        typed=True,
        item=lambda row: " – ".join(str(columns[name][row]) for name in always),
    )


def _actor(record: Mapping[str, Any], id_: str, kind: str | None) -> Record:
    gender = _words(record.get("currentGender"))
    return {
        "id": id_,
        "name": _words(record.get("name")),
        "kind": kind,
        "age": _words(record.get("age")),
        "gender": None if gender == "nicht festgelegt" else gender,
        "note": _words(record.get("note")),
    }


def _tie(alter: Mapping[str, Any], id_: str, distance: float | None) -> Record | None:
    """Return the line from the middle, where there is one, or the conflict where there is none."""
    edge = alter.get("edgeType")
    there = isinstance(edge, (int, float)) and edge >= 1
    conflict = alter.get("conflict") is True
    if not there:
        return {"source": "ego", "target": id_, "kind": "conflict"} if conflict else None
    tie: Record = {"source": "ego", "target": id_}
    if distance and distance < _OUTERMOST:
        tie["strength"] = _RINGS - math.floor(distance * _RINGS / _OUTERMOST)
    if conflict:
        tie["quality"] = "strained"
    if edge == _MULTIPLEX:
        tie["multiplex"] = True
    for way, bit in (("given", _GIVEN), ("received", _RECEIVED)):
        found = [word for name, word in _SUPPORT.items() if _has(alter.get(name), bit)]
        if found:
            tie[f"support.{way}"] = "|".join(found)
        if _has(alter.get(_LINKING), bit):
            tie[f"linking {way}"] = True
    return tie


def _has(value: Any, bit: int) -> bool:
    return isinstance(value, int) and 0 < value < 4 and bool(value & bit)  # noqa: PLR2004 - two ways


def _records(value: Any) -> list[Mapping[str, Any]]:
    return [one for one in value if isinstance(one, Mapping)] if isinstance(value, list) else []


def _words(value: Any) -> str | None:
    return str(value).strip() or None if isinstance(value, (str, int, float)) else None


def _float(value: Any) -> float | None:
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        return None
    try:
        number = float(str(value).replace(",", "."))
    except (ValueError, OverflowError):
        return None
    return number if math.isfinite(number) else None


def _refuse(file: str) -> NoReturn:
    raise InvalidMap(Problem(code="not_a_card", place=Place(file=file)))


# --- the old version


def _old(source: str, file: str) -> Record:
    """Read ``.nwk``: the middle (E), a version (F), people (N), their places (P), lines (L)."""
    rows = [line.split(";") for line in re.split("\r\n|\r|\n", source) if line.strip()]
    by_kind: dict[str, list[list[str]]] = {}
    for row in rows:
        by_kind.setdefault(row[0].strip(), []).append([*row[1:], "", "", "", "", ""])
    if "E" not in by_kind or not by_kind.keys() <= {*"EFNPL"}:
        _refuse(file)
    name, age, note, *_ = by_kind["E"][-1]
    number, date, *_ = by_kind.get("F", [["", "", ""]])[-1]
    day = re.fullmatch(r"(\d\d?)\.(\d\d?)\.(\d{4})", date.strip())
    people = {}
    for id_, called, gender, role, remark, *_ in by_kind.get("N", []):
        if called:
            people[id_] = {
                "id": id_,
                "name": called.removeprefix("+"),
                "deceased": called.startswith("+"),
                "currentGender": {"m": "männlich", "w": "weiblich"}.get(gender),
                "role": role,
                "note": remark,
            }
    placed = {}
    for version, id_, x, y, edge, *_ in by_kind.get("P", []):
        across, down = _float(x), _float(y)
        if id_ in people and across is not None and down is not None and version in {number, ""}:
            east, north = across - 0.5, 0.5 - down
            placed[id_] = people[id_] | {
                "angle": math.degrees(math.atan2(north, east)),
                "distance": math.hypot(east, north) * 2 * _OUTERMOST,
                "edgeType": int(edge) if edge.isdecimal() and len(edge) < 4 else 0,  # noqa: PLR2004
            }
    lines = [
        {"id1": one, "id2": other}
        for version, one, other, *_ in by_kind.get("L", [])
        if version in {number, ""} and one in placed and other in placed
    ]
    # Whoever has no place has been taken off the card; the old version kept them so.
    nwk = {"ego": {"name": name, "age": age, "note": note}, "alteri": list(placed.values())}
    date = f"{day[3]}-{int(day[2]):02}-{int(day[1]):02}" if day else ""
    return {
        "versions": [{"id": 0, "date": date, "nwk": nwk | {"connections": lines}}],
        "currentVersion": 0,
    }
