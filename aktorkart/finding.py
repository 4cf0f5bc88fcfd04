"""What an analysis found: a stable code, the actors behind it, numbers, and a sentence."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from aktorkart.i18n import has_text, listing, period, sort_key, text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from aktorkart.model import ActorMap


@dataclass(frozen=True)
class Coded:
    """A word from the catalogues, said in the reader's language when the sentence is."""

    code: str
    n: int | None = None


@dataclass(frozen=True)
class Who:
    """An actor, said by name."""

    id: str


@dataclass(frozen=True)
class Between:
    """A tie, said by the names of its two ends."""

    source: str
    target: str
    mutual: bool


@dataclass(frozen=True)
class Parts:
    """Actors in groups that have nothing to do with each other, each said by its names."""

    groups: tuple[tuple[Word, ...], ...]


@dataclass(frozen=True)
class Moved:
    """A tie whose strength is another, said by the names of its two ends."""

    tie: Between
    old: float
    new: float


@dataclass(frozen=True)
class Period:
    """A day, a month or a year, written as the language does."""

    when: str


@dataclass(frozen=True)
class Quoted:
    """What people wrote on the map, in the language's quotation marks."""

    words: str


Word = str | dt.date | Coded | Who | Between | Parts | Moved | Period | Quoted
Value = Word | tuple[Word, ...]


_USER = "kind: user"

FIELDS: Mapping[tuple[str, str], str] = MappingProxyType(
    {
        ("cohesion", "all_lines_usual"): "line",
        ("cohesion", "unknown"): "kind",
        ("cohesion", "usual_lines"): "line",
        ("arenas", "no_arenas"): "kind: arena",
        ("arenas", "no_members"): "kind: membership",
        ("arenas", "no_user"): _USER,
        ("bridges", "none_known"): "line",
        ("communication", "unconfirmed"): "changed_practice",
        ("communication", "unknown"): "communication",
        ("content", "no_date"): "date",
        ("content", "no_focal"): "focal",
        ("content", "unknown_kind"): "kind",
        ("content", "unknown_strength"): "strength",
        ("cooperation", "unrated"): "threat, cooperation",
        ("coordinator", "no_user"): _USER,
        ("coordinator", "none"): "kind: coordinator",
        ("coordinator", "none_known"): "kind",
        ("coverage", "no_goals"): "goals",
        ("coverage", "no_health"): "health",
        ("coverage", "no_points"): "points",
        ("equality", "no_communication"): "communication",
        ("equality", "no_ratings"): "informant",
        ("equality", "nothing_across"): "kind",
        ("equality", "undirected"): "mutual: false",
        ("grey_zones", "no_needed"): "needed: true",
        ("grey_zones", "no_tasks"): "tasks",
        ("in_and_out", "discharge_unknown"): "since",
        ("in_and_out", "no_dates"): "since, until",
        ("in_and_out", "no_user"): _USER,
        ("in_and_out", "uncounted"): "since",
        ("in_and_out", "uncounted_between"): "since",
        ("in_and_out", "uncounted_more"): "since",
        ("influence", "unrated"): "power, interest",
        ("influence", "wanted"): "stance",
        ("level_alignment", "no_agreements"): "kind: agreement",
        ("level_alignment", "no_levels"): "level",
        ("level_alignment", "no_organisations"): "organisation",
        ("level_alignment", "no_practice_either"): "kind: agreement",
        ("linkages", "all_usual"): "linkage",
        ("linkages", "basis"): "linkage",
        ("linkages", "no_focal"): "focal",
        ("linkages", "unknown"): "kind, linkage",
        ("one_door", "hours_unknown"): "open",
        ("one_door", "no_needs"): "needs",
        ("one_door", "no_referrals"): "kind: referral",
        ("one_door", "no_user"): _USER,
        ("perspective_gap", "one_view"): "informant",
        ("priorities", "nothing"): "issues, publics, stance",
        ("publics", "nothing"): "issues",
        ("publics", "unjudged_issue"): "publics",
        ("publics", "unknown"): "publics",
        ("salience", "unrated"): "power, legitimacy, urgency",
        ("tellings", "at_most"): "kind: information",
        ("tellings", "no_user"): _USER,
        ("toolbox", "action_without_responsible"): "responsible",
        ("toolbox", "no_checklist"): "checklist",
        ("toolbox", "no_date"): "date",
        ("toolbox", "no_due"): "due",
        ("toolbox", "no_plan"): "plan",
        ("toolbox", "no_user"): _USER,
        ("toolbox", "coordinator_unknown"): "kind",
        ("toolbox", "nothing"): "plan, checklist",
        ("toolbox", "plan_without_coordinator"): "kind: coordinator",
        ("toolbox", "rough_date"): "date",
        ("user_voice", "governance_unknown"): "level",
        ("user_voice", "in_arena_unknown"): "kind",
        ("user_voice", "no_arenas"): "kind: arena",
        ("user_voice", "no_members"): "kind: membership",
        ("user_voice", "no_organisation"): "kind: user_organisation",
        ("user_voice", "no_path_known"): "level",
        ("user_voice", "organisation_unknown"): "kind",
    }
)
"""What to fill in in the file, by code and case. Sentences go to people who never see a file, and
say it in words; the field itself is for whoever fills it in."""


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One thing that an analysis found.

    Parameters
    ----------
    code : str
        The analysis, as ``tellings`` or ``centrality``.
    case : str
        What it found, as ``shared_broker``; the sentence is ``finding.<code>.<case>``.
    level : {"strength", "note", "gap", "unknown"}
        What it means for the reader.
    actors : tuple of str
        Ids of the actors it is about, the most important first.
    ties : tuple of tuple of str
        The ties it is about, as (source, target, kind).
    numbers : mapping of str to number
        The figures behind it; some hold several, as what `aktorkart.firmness` counts by family.
        ``n`` chooses the plural form of the sentence.
    words : mapping
        Actors and other words that the sentence needs.
    labels : mapping of str to str
        What the actors are called, by id.
    more : tuple of Finding
        What is said in the same breath, after it.

    Examples
    --------
    >>> Finding(code="reach", case="one_piece", level="strength", numbers={"n": 3}).text("en")
    'All 3 actors are connected in one network.'
    """

    code: str
    case: str
    level: str
    actors: tuple[str, ...] = ()
    ties: tuple[tuple[str, str, str], ...] = ()
    numbers: Mapping[str, Any] = field(default_factory=dict, hash=False)
    words: Mapping[str, Value] = field(default_factory=dict, repr=False, hash=False)
    labels: Mapping[str, str] = field(default_factory=dict, repr=False, compare=False)
    more: tuple[Finding, ...] = field(default=(), repr=False)

    @property
    def field(self) -> str | None:
        """The field of the file to fill in; None where there is none to point at."""
        return FIELDS.get((self.code, self.case))

    def text(self, lang: str) -> str:
        """Say it in one of the four languages.

        Parameters
        ----------
        lang : {"nb", "nn", "en", "sv"}
            The language.

        Returns
        -------
        str
            A plain sentence or two that names actors and numbers.
        """
        return " ".join([self._said("finding", lang), *(one.text(lang) for one in self.more)])

    def brief(self, lang: str) -> str:
        """Say the heart of it, for a reader with one minute.

        Parameters
        ----------
        lang : {"nb", "nn", "en", "sv"}
            The language.

        Returns
        -------
        str
            One or two short sentences that name few; the whole of it where that is short.

        Examples
        --------
        >>> found = Finding(code="reach", case="one_piece", level="strength", numbers={"n": 3})
        >>> found.brief("en")
        'All 3 actors are connected in one network.'
        """
        first = self._said("brief" if _has("brief", self) else "finding", lang, most=FEW_NAMED)
        # What ends in a colon is not finished yet.
        begun = first.endswith(":")
        rest = next((one for one in self.more if begun or _has("brief", one)), None)
        return first if rest is None else f"{first} {rest.brief(lang)}"

    def easy(self, lang: str) -> list[str]:
        """Say it in easy-to-read words, one thought to a line.

        Parameters
        ----------
        lang : {"nb", "nn", "en", "sv"}
            The language.

        Returns
        -------
        list of str
            Short sentences.

        Examples
        --------
        >>> found = Finding(code="reach", case="one_piece", level="strength", numbers={"n": 3})
        >>> found.easy("en")
        ['All 3 actors are connected in one network.']
        """
        if not _has("easy", self):
            return _SENTENCES.split(self.brief(lang))
        rest = next((one for one in self.more if _has("easy", one)), None)
        lines = self._said("easy", lang, most=FEW_NAMED).split("\n")
        return lines if rest is None else [*lines, *rest.easy(lang)]

    def _said(self, room: str, lang: str, *, most: int | None = None) -> str:
        values = {key: self._worded(value, lang, most) for key, value in self.words.items()}
        return text(f"{room}.{self.code}.{self.case}", lang, **self.numbers, **values)

    def _worded(self, value: Value, lang: str, most: int | None = None) -> Any:
        match value:
            case tuple():
                return self._listed(value, lang, most)
            case Coded(code, n):
                return text(code, lang, **({} if n is None else {"n": n}))
            case Who(id_):
                return self.labels.get(id_, id_)
            case Between(source, target, mutual):
                one, other = (self.labels.get(id_, id_) for id_ in (source, target))
                return f"{one} {'–' if mutual else '→'} {other}"
            case Parts(groups):
                return "; ".join(listing(self._listed(one, lang, most), lang) for one in groups)
            case Moved(tie, old, new):
                return text("common.moved", lang, tie=self._worded(tie, lang), old=old, new=new)
            case Period(when):
                return period(when, lang)
            case Quoted(words):
                return text("common.quoted", lang, value=words)
        return value

    def _listed(self, words: tuple[Word, ...], lang: str, most: int | None) -> list[Any]:
        """Say names in the order of the language's alphabet, and the rest as it comes.

        Where there are more names than ``most``, the others are counted.
        """
        told = [(isinstance(word, Who | Between), self._worded(word, lang)) for word in words]
        names = sorted((word for is_name, word in told if is_name), key=lambda w: sort_key(w, lang))
        rest = [word for is_name, word in told if not is_name]
        uncounted = sum(word.n or 0 for word in words if isinstance(word, Coded))
        if most is None or not names or len(names) + uncounted <= most:
            return names + rest
        kept = most - 1
        return [*names[:kept], text("common.more", lang, n=len(names) - kept + uncounted)]

    def to_dict(self, lang: str) -> dict[str, Any]:
        """Return it for another program.

        Parameters
        ----------
        lang : {"nb", "nn", "en", "sv"}
            The language of the text.

        Returns
        -------
        dict
            With ``code``, ``case``, ``level``, ``actors``, ``ties``, ``numbers``, ``field`` and
            ``text``: what JSON can hold. What is said in the same breath is part of the text.

        Examples
        --------
        >>> found = Finding(code="reach", case="one_piece", level="strength", numbers={"n": 3})
        >>> found.to_dict("en")["text"]
        'All 3 actors are connected in one network.'
        """
        return {
            "code": self.code,
            "case": self.case,
            "level": self.level,
            "actors": list(self.actors),
            "ties": [list(tie) for tie in self.ties],
            "numbers": _plain(self.numbers),
            "field": self.field,
            "text": self.text(lang),
        }


def _has(room: str, found: Finding) -> bool:
    """Tell whether a part of the catalogues has words of its own for a finding."""
    return has_text(f"{room}.{found.code}.{found.case}")


def _plain(value: Any) -> Any:
    """Return a figure, or several, as JSON holds them."""
    if isinstance(value, Mapping):
        return {key: _plain(one) for key, one in value.items()}
    return [_plain(one) for one in value] if isinstance(value, tuple) else value


LEVELS = ("gap", "note", "strength", "unknown")
"""Findings come in this order: what is wrong first, what nobody knows last."""

FEW_NAMED = 4
"""So many are named where it is said briefly."""

_SENTENCES = re.compile(r"(?<=[.:!?])\s+(?=[A-ZÆØÅÄÖ«\"“”])")
"""Where a sentence ends and the next begins."""

MOST_NAMED = 8
"""So many actors or ties are named in a sentence; the rest are counted."""


def finding(kart: ActorMap, code: str, case: str, level: str, **fields: Any) -> Finding:
    """Make a finding about a map, which knows what the actors are called."""
    return Finding(code=code, case=case, level=level, labels=kart.labels, **fields)


def some(words: Sequence[Word], *, most: int = MOST_NAMED) -> tuple[Word, ...]:
    """Return as many words as fit in a sentence, and how many more there are."""
    if len(words) <= most:
        return tuple(words)
    kept = most - 1
    return (*words[:kept], Coded("common.more", len(words) - kept))


def named(ids: Iterable[str]) -> tuple[Word, ...]:
    """Return actors to be said by name, as many as fit in a sentence."""
    return some([Who(id_) for id_ in ids])


def in_parts(groups: Sequence[Iterable[str]]) -> Parts:
    """Return groups of actors to be said by name, as many of each as fit in a sentence."""
    two = 2  # one, and how many more
    most = max(two, MOST_NAMED // len(groups))
    told = [some([Who(id_) for id_ in one], most=most) for one in groups[:MOST_NAMED]]
    more = len(groups) - len(told)
    return Parts((*told, (Coded("common.more", more),)) if more else tuple(told))
