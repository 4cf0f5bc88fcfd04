"""``aktorkart merge``: several people's maps as one, and what they disagree about."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from aktorkart.cli.at_work import at_work, tell
from aktorkart.cli.parts import (
    NOTHING,
    give,
    give_text,
    names_options,
    option,
    output_option,
    read_each,
    reading_options,
    refuse_inputs,
    spoken,
    tell_notes,
)
from aktorkart.errors import InvalidMap, Place, Problem, UnsupportedFile, WrongArgument
from aktorkart.i18n import text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from aktorkart.comparison.merge import Merged
    from aktorkart.model import ActorMap

_TABLES = (".xlsx", ".csv", ".md")


def params(lang: str) -> list[click.Parameter]:
    """Return what the command takes."""
    file = text("cli.metavar.file", lang)
    return [
        click.Argument(["maps"], metavar=f"{text('cli.metavar.map', lang)} …", nargs=-1),
        output_option(lang, "merge_output"),
        option(lang, "--disagreements", help="disagreements", metavar=file),
        option(lang, "--propose", help="propose", metavar=file),
        option(lang, "--same", help="same", metavar=file),
        *names_options(lang),
        *reading_options(lang),
    ]


def call(  # noqa: PLR0913 - one for each option
    *,
    maps: tuple[str, ...],
    output: str | None,
    disagreements: str | None,
    propose: str | None,
    same: str | None,
    lang: str | None,
    names: bool | None,
    consent: str,
) -> int:
    """Join the maps, print the agenda for the meeting, and write what is asked for."""
    from aktorkart.comparison import merge, same_actors
    from aktorkart.comparison.same_actors import as_same
    from aktorkart.files import format_of
    from aktorkart.files.write import dumped

    if len(maps) < 2:  # noqa: PLR2004 - one map has nobody to disagree with
        raise WrongArgument(Problem(code="merge_needs_two"))
    if output is not None:
        format_of(output, to="write")
    if disagreements is not None and Path(disagreements).suffix.lower() not in _TABLES:
        values = {"value": Path(disagreements).suffix, "known": list(_TABLES)}
        raise UnsupportedFile(Problem(code="unknown_format", values=values))
    told, files = _read_all(maps, spoken(lang))
    lang = spoken(lang, next(iter(told.values())))
    if same is not None:
        files.append(same)
    refuse_inputs([one for one in (output, disagreements, propose) if one], files)
    proposed = same_actors(told)
    if propose is not None:
        give(_written(proposed, told, lang).encode(), propose, lang, private=_is_private(told))
    with at_work(lang):
        told = as_same(told, _read_same(same) if same else {})
        joint = merge(told)
        seen = _seen(told, joint, names=names, consent=consent, lang=lang)
        agenda = _agenda(seen, lang)
    if output is not None:
        from aktorkart.atomic import write_files

        made = dumped(joint.kart, output, names=names, consent=consent)
        tell_notes(made.notes, lang)
        write_files(made.files, private=_is_private(told))
        tell(text("cli.wrote", lang, file=output))
    if disagreements is not None:
        _give_table(seen, disagreements, lang)
    give_text(agenda)
    if proposed and same is None and propose is None:
        tell(text("cli.merge_same", lang, n=len(proposed)))
    return NOTHING


def _is_private(told: Mapping[str, ActorMap]) -> bool:
    return any(kart.scope == "individual" for kart in told.values())


def _read_all(names: Sequence[str], lang: str) -> tuple[dict[str, ActorMap], list[str]]:
    """Read every map, each by the name of its informant; what is wrong in all is said at once."""
    loaded = read_each(names, lang)
    told: dict[str, ActorMap] = {}
    found = [_informant(name, one.kart) for name, one in zip(names, loaded, strict=True)]
    several: list[str] = []
    for name, one, called in zip(names, loaded, found, strict=True):
        who, kart = called, one.kart
        stems = [
            Path(other).stem for other, same in zip(names, found, strict=True) if same == called
        ]
        if len({*stems}) == len(stems) > 1 and _reported(kart) == called:
            # Those of one name are two until somebody has said that they are one.
            who = f"{called} ({Path(name).stem})"
            kart = kart.with_(ties=[tie.model_copy(update={"informant": who}) for tie in kart.ties])
            several.append(name)
        elif who in told:
            who = f"{Path(name).resolve().parent.name}/{who}"
        if who in told or names.count(name) > 1:
            values = {"value": who}
            raise InvalidMap(Problem(code="informant_twice", place=Place(file=name), values=values))
        told[who] = kart
    if several:
        tell_notes([Problem(code="informants_of_a_name", values={"files": several})], lang)
    return told, [file for one in loaded for file in one.files]


def _reported(kart: ActorMap) -> str | None:
    """Return who reported all ties of a map."""
    reported = {tie.informant for tie in kart.ties}
    return reported.pop() if len(reported) == 1 else None


def _informant(name: str, kart: ActorMap) -> str:
    """Tell who drew a map: who reported all its ties, else what the file is called."""
    from aktorkart.model.fields import letters_of

    if (only := _reported(kart)) is not None:
        return only
    stem = "-" if name == "-" else Path(name).stem
    called = [
        actor.id
        for actor in kart.actors
        if letters_of(stem) in {letters_of(actor.id), letters_of(actor.label)}
    ]
    return called[0] if len(called) == 1 else stem


def _seen(
    told: Mapping[str, ActorMap],
    joint: Merged,
    *,
    names: bool | None,
    consent: str,
    lang: str,
) -> Merged:
    """Join the maps as they may be shown: roles instead of names around a person."""
    from aktorkart.comparison import merge
    from aktorkart.model import Tie
    from aktorkart.privacy.shown import shown_together

    # What everyone who has told something is called there: one tie each, on a map of its own.
    ends = [actor.id for actor in joint.kart.actors[:2]]
    ties = [Tie(source=ends[0], target=ends[1], informant=name) for name in told if ends[1:]]
    tellers = joint.kart.with_(ties=ties)
    *maps, called = shown_together(*told.values(), tellers, names=names, lang=lang, consent=consent)
    if called.kart is tellers:
        return joint
    who = [tie.informant or "" for tie in called.kart.ties] or [*map(str, range(len(told)))]
    return merge({name: one.kart for name, one in zip(who, maps, strict=True)})


def _agenda(seen: Merged, lang: str) -> str:
    """Say what to talk about, and how well those who could know it agree."""
    from aktorkart.comparison import informants

    agreed = informants(seen.kart).text(lang, names=True, consent="ignore")
    n = len(seen.disagreements)
    lines = [text("cli.merge_agenda", lang, n=n) if n else text("cli.merge_agree", lang)]
    lines += [f"- {found.text(lang)}" for found in seen.disagreements]
    return "\n".join([*lines, "", agreed, ""]) if agreed else "\n".join([*lines, ""])


def _give_table(seen: Merged, path: str, lang: str) -> None:
    from aktorkart.atomic import write_bytes

    table = seen.table(lang)
    ending = Path(path).suffix.lower()
    if ending == ".xlsx":
        data = table.to_xlsx()
    else:
        data = (table.to_csv() if ending == ".csv" else table.to_markdown()).encode("utf-8")
    write_bytes(path, data, private=seen.kart.scope == "individual")
    tell(text("cli.wrote", lang, file=path))


# --- who is the same


def _written(proposed: Mapping[str, Sequence[str]], told: Mapping[str, ActorMap], lang: str) -> str:
    """Write the proposals so that somebody can go through them."""
    import json

    lines = [f"# {line}" for line in text("cli.merge_proposals", lang).splitlines()]
    lines.append("same:" if proposed else "same: {}")
    for id_, others in proposed.items():
        whose = [
            f"{kart[one].label} ({who})"
            for one in (id_, *others)
            for who, kart in told.items()
            if one in kart
        ]
        said = json.dumps([*others], ensure_ascii=False)
        lines.append(f"  {json.dumps(id_, ensure_ascii=False)}: {said}  # {' · '.join(whose)}")
    return "\n".join([*lines, ""])


def _read_same(path: str) -> dict[str, list[str]]:
    """Read the proposals as somebody has left them."""
    from aktorkart.files.decoding import File
    from aktorkart.files.yaml.reading import read_yaml

    content, _, problems = read_yaml(File(path).text(), name=path)
    same: Any = content.get("same", "") if isinstance(content, dict) else ""
    if same is None:
        same = {}  # every proposal has been deleted
    lists = isinstance(same, dict) and all(isinstance(one, list) for one in same.values())
    if problems or not lists:
        raise InvalidMap(problems or [Problem(code="same_file", place=Place(file=path))])
    return {str(id_): [str(one) for one in others] for id_, others in same.items()}
