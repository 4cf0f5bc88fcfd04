"""What a single value on a map may be: text, numbers, dates, choices.

Everything here takes what people write and either makes a clean value of it or raises an
error that carries the code of our own sentence (``problem.<code>`` in the catalogues).
"""

from __future__ import annotations

import datetime as dt
import math
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeVar

from pydantic import AfterValidator, BeforeValidator, WithJsonSchema, WrapValidator
from pydantic_core import PydanticCustomError, core_schema

from aktorkart.errors import InvalidMap, Problem, printable
from aktorkart.i18n import LANGUAGES
from aktorkart.model import vocabulary as words

if TYPE_CHECKING:
    from collections.abc import Callable

K = TypeVar("K")
V = TypeVar("V")


class FrozenDict(dict[K, V]):
    """A mapping inside a frozen model: it compares as a dict and cannot be changed."""

    def _refuse(self, *_: Any, **__: Any) -> Any:
        raise TypeError("a map's values cannot be changed in place; build a new one")

    __setitem__ = __delitem__ = __ior__ = _refuse
    clear = pop = popitem = setdefault = update = _refuse

    def __hash__(self) -> int:  # type: ignore[override]
        return hash(frozenset(self.items()))

    def __reduce__(self) -> tuple[type[FrozenDict[K, V]], tuple[dict[K, V]]]:
        # Unpickling a dict subclass would otherwise go through __setitem__.
        return type(self), (dict(self),)


NOTHING: FrozenDict[Any, Any] = FrozenDict()
"""The empty mapping that all share who have none: a large map has a million of them."""


def _wrong(code: str, **values: Any) -> PydanticCustomError:
    """Make an error that carries the code of our own sentence through pydantic."""
    # The message is only for debugging; the reader gets the catalogue's sentence.
    return PydanticCustomError(code, "{problem}", {"problem": code, **values})


# Control characters other than tab and line breaks cannot stand in XML, so a figure or a
# workbook of the map would be broken; overrides of direction and halves of signs are never meant.
_CONTROL = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)
UNSEEN_SIGNS = "\u00ad\u061c\u180e\u200b\u200e\u200f\u2060\ufeff"
UNSEEN = re.compile(f"[{UNSEEN_SIGNS}]")
"""Signs that come with text from pages and joined files, and that nobody sees: they are left out.

Joiners and variation selectors stay, since scripts and emoji need them.
"""
_LINE_ENDS = re.compile("[\x85\u2028\u2029]")
_UNSEEN_IN_COMPARISONS = re.compile(
    "[\u200c\u200d\ufe00-\ufe0f]"
    # Spaces, full stops and hyphens, but between digits: N.A.V. is NAV, team 1.2 is not team 12.
    r"|(?<!\d)[\s.\-\u2010-\u2014]+|[\s.\-\u2010-\u2014]+(?!\d)"
)
_LONGEST_INTEGER = 10**300


def as_text(value: Any) -> str:
    """Make text of what people write, in NFC and without signs that nobody sees."""
    if type(value) is str and value.isascii() and value.isprintable():
        return value  # as most ids and words are: there is nothing to mend
    if isinstance(value, bool):
        return "true" if value else "false"
    if not isinstance(value, (str, int, float, dt.date)) or _is_huge(value):
        raise _wrong("not_text", value=short(value))
    written = str(value)
    if _CONTROL.search(written):
        raise _wrong("control_character", value=printable(written))
    return writable(written)


def writable(written: str) -> str:
    """Return a text that every file can hold, as it will be seen."""
    seen = _LINE_ENDS.sub(" ", UNSEEN.sub("", unicodedata.normalize("NFC", written)))
    return _CONTROL.sub("\N{REPLACEMENT CHARACTER}", seen)


def _is_huge(value: Any) -> bool:
    """Tell whether a whole number has too many digits to be written."""
    return isinstance(value, int) and abs(value) > _LONGEST_INTEGER


def as_name(value: Any) -> str:
    """Make one line of a text, with single spaces; it must not be empty."""
    if type(value) is str and value.isascii() and value.isprintable() and " " not in value:
        name = value  # as most ids: there is nothing to mend
    else:
        name = " ".join(as_text(value).split())
    if not name:
        raise _wrong("empty_text")
    return name


def likenesses(names: Sequence[str]) -> list[str]:
    """Return what each id or name shares with those that people would take for it."""
    # All at once, which takes a fifth of the time; no name holds a NUL.
    joined = unicodedata.normalize("NFKC", "\0".join(names))
    return _UNSEEN_IN_COMPARISONS.sub("", joined).casefold().split("\0") if names else []


def meet(one: tuple[str | None, str | None], other: tuple[str | None, str | None]) -> bool:
    """Tell whether two periods share a day, each its first and its last, None where it is open."""
    # Text that is greater than any ISO date stands for "still".
    starts = [first_day(since) if since else "" for since, _ in (one, other)]
    ends = [last_day(until) if until else "~" for _, until in (one, other)]
    return starts[0] <= ends[1] and starts[1] <= ends[0]


def letters_of(name: str) -> str:
    """Return the letters and figures of a name: equal where only case, spaces and signs differ."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFC", name).casefold())


_PLAIN_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?", re.ASCII)


def _as_number(value: Any) -> float:
    # numpy's and decimal's numbers know how to become a float; lists and mappings do not.
    if isinstance(value, bool) or not (isinstance(value, str) or hasattr(value, "__float__")):
        raise _wrong("not_number", value=short(value))
    try:
        # Python would also take 1_000 and the digits of other scripts.
        plain = not isinstance(value, str) or _PLAIN_NUMBER.fullmatch(value.strip())
        number = float(value) if plain else math.nan
    except (TypeError, ValueError, OverflowError):  # a list of numbers is none
        number = math.nan
    if not math.isfinite(number):
        raise _wrong("not_number", value=short(value))
    return number


def _between(low: float, high: float, value: float) -> float:
    if not low <= value <= high:
        raise _wrong("out_of_range", value=value, low=low, high=high)
    return value


def _as_boolean(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    written = str(value).strip().lower()
    if written not in {"true", "false"}:
        raise _wrong("not_boolean", value=short(value))
    return written == "true"


def as_tuple(value: Any) -> Any:
    """Take a single text, or a set, where a sequence is wanted."""
    if isinstance(value, str):
        return (value,)
    if isinstance(value, (set, frozenset)):
        return tuple(sorted(value, key=str))
    return value


def _distinct(value: tuple[V, ...]) -> tuple[V, ...]:
    return tuple(dict.fromkeys(value))


def _as_choice(known: Sequence[str], exact: bool, value: Any) -> str:  # noqa: FBT001 - bound by OneOf
    written = value if exact else str(value).strip().lower()
    if written not in known:
        raise _wrong("not_choice", value=short(value), known=list(known))
    return str(written)


def _as_step(low: int, high: int, value: Any) -> int:
    step = _as_number(value)
    if not step.is_integer() or not low <= step <= high:
        raise _wrong("not_step", value=short(value), low=low, high=high)
    return int(step)


def _if_stated(value: Any, made: Callable[[Any], Any]) -> Any:
    return None if value is None else made(value)


def _stated(value: Mapping[K, V | None]) -> FrozenDict[K, V]:
    """Leave out what nobody has given."""
    return FrozenDict({key: one for key, one in value.items() if one is not None})


_WHEN = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?", re.ASCII)


def as_when(value: Any) -> str:
    """Check that something is a day, a month or a year."""
    if isinstance(value, dt.datetime):
        value = value.date()
    written = str(value).strip()
    match = _WHEN.fullmatch(written)
    if match is None:
        raise _wrong("not_date", value=short(value))
    year, month, day = match.groups()
    try:
        dt.date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        raise _wrong("not_date", value=written) from None
    return written


def dated(value: Any) -> str:
    """Return a day, a month or a year that a caller has given, or refuse it in our own words."""
    try:
        return as_when(value)
    except PydanticCustomError:
        raise InvalidMap(Problem(code="not_date", values={"value": str(value)})) from None


def _as_tag(value: Any) -> Any:
    if isinstance(value, (str, bool, int)) and not _is_huge(value):
        return as_text(value) if isinstance(value, str) else value
    if isinstance(value, float) and math.isfinite(value):
        return value
    if isinstance(value, (list, tuple)) and all(isinstance(item, str) for item in value):
        return tuple(as_text(item) for item in value)
    raise _wrong("not_scalar", value=short(value))


def _as_pair(value: Any) -> tuple[float, float]:
    pair_length = 2
    if not isinstance(value, (list, tuple)) or len(value) != pair_length:
        raise _wrong("not_pair")
    return _as_number(value[0]), _as_number(value[1])


def short(value: Any) -> str:
    """Write a value for a message, cut where it is long."""
    written = "10^300" if _is_huge(value) else printable(str(value))
    most = 60
    return written if len(written) <= most else written[: most - 1] + "…"


_DATE_SCHEMA = {"type": ["string", "integer"], "pattern": r"^\d{4}(-\d{2}(-\d{2})?)?$"}

Held = Literal[
    "area",
    "actor",
    "issue",
    "goal",
    "action",
    "item",
    "end",
    "need",
    "who",
    "kind",
    "tie_kind",
    "kind_name",
    "name",
    "title",
    "words",
    "remark",
    "organisation",
    "tags",
    "consent",
    "date",
]
"""What a marked field can hold; each is explained where the types are, below."""


@dataclass(frozen=True)
class Holds:
    """Marks what a field holds, so that checks, hiding and joining know what to do with it.

    Whoever adds a field chooses one of the types below, and all of them follow.
    """

    what: Held
    own: bool = False  # what it is called itself, not a pointer to another


if TYPE_CHECKING:
    # A list, a tuple, or for words a single one, may be given.
    Several = Sequence[V]
else:
    # A tuple is what is kept.
    Several = tuple[V, ...]


@dataclass(frozen=True)
class Read:
    """Marks a value that a function of ours reads, unless it plainly is what it should be.

    What is plain pydantic sees on its own: a large map has a million such values, and calling
    Python for each would take as long as all the rest.
    """

    read: Callable[[Any], Any]
    pattern: str = ""  # of a text that is read as it stands

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> Any:
        plain: dict[Any, Any] = {
            str: core_schema.str_schema(strict=True, pattern=self.pattern),
            float: core_schema.float_schema(strict=True, allow_inf_nan=False),
            bool: core_schema.bool_schema(strict=True),
        }
        read = core_schema.no_info_before_validator_function(self.read, handler(source))
        ways: list[Any] = [(plain[source], PLAIN), (read, READ)]
        return core_schema.union_schema(ways, mode="left_to_right")

    def __get_pydantic_json_schema__(self, schema: Any, handler: Any) -> Any:
        while "choices" not in schema:  # what is done with it afterwards is no part of it
            schema = schema["schema"]
        return handler(schema["choices"][1][0])


PLAIN, READ = "[plain]", "[read]"
"""What pydantic says that it tried; only what the second finds wrong is told."""

Text = Annotated[str, Read(as_text, "^[ -~]*$")]
"""Free text; numbers are taken as they are written."""
Name = Annotated[str, Read(as_name, "^[!-~]+$")]
"""An id or a name: one line, not empty, single spaces."""
When = Annotated[str, BeforeValidator(as_when), WithJsonSchema(_DATE_SCHEMA), Holds("date")]
"""A day, a month or a year: ``2026-03-01``, ``2026-03`` or ``2026``."""
Number = Annotated[float, Read(_as_number)]
Boolean = Annotated[bool, Read(_as_boolean)]
Rating = Annotated[Number, AfterValidator(partial(_between, 1, 5))]
"""A judgement from 1 (low) to 5 (high)."""
Stance = Annotated[Number, AfterValidator(partial(_between, -2, 2))]
"""From −2 (against) to 2 (for)."""
Score = Annotated[Number, AfterValidator(partial(_between, 0, 10))]
"""Points from 0 to 10."""
Tag = Annotated[
    str | bool | int | float | tuple[str, ...],
    BeforeValidator(_as_tag),
    WithJsonSchema({"type": ["string", "boolean", "number", "array"], "items": {"type": "string"}}),
]
Tags = Annotated[Mapping[Name, Tag], AfterValidator(FrozenDict), Holds("tags")]
"""Own attributes, whatever they say."""
Pair = Annotated[
    tuple[float, float],
    BeforeValidator(_as_pair),
    WithJsonSchema({"type": "array", "items": {"type": "number"}, "minItems": 2, "maxItems": 2}),
]

OwnActorId = Annotated[Name, Holds("actor", own=True)]
OwnIssueId = Annotated[Name, Holds("issue", own=True)]
OwnGoalId = Annotated[Name, Holds("goal", own=True)]
OwnActionId = Annotated[Name, Holds("action", own=True)]
OwnItemId = Annotated[Name, Holds("item", own=True)]
OwnKind = Annotated[Name, Holds("kind", own=True)]
OwnTieKind = Annotated[Name, Holds("tie_kind", own=True)]
"""What something is called in the file: other fields point to it."""
ActorId = Annotated[Name, Holds("actor")]
IssueId = Annotated[Name, Holds("issue")]
GoalId = Annotated[Name, Holds("goal")]
EndId = Annotated[Name, Holds("end")]
"""The actor at one of the tie's two ends."""
Kind = Annotated[Name, Holds("kind")]
TieKind = Annotated[Name, Holds("tie_kind")]
"""A code: one of the vocabulary's, or one of the map's own."""
Need = Annotated[Name, Holds("need")]
"""The id of an actor, or a kind of actor."""
Informant = Annotated[Name, Holds("who")]
"""Someone who says or sees something: an actor's id, or a name from outside the map."""
PersonalName = Annotated[Name, Holds("name")]
"""What an actor is called."""
KindName = Annotated[Name, Holds("kind_name")]
"""What a kind of the map's own is called."""
Organisation = Annotated[Name, Holds("organisation")]
Title = Annotated[Name, Holds("title")]
"""What something is called to those who read; names may stand among the words."""
Words = Annotated[Name, Holds("words")]
"""Other words to be read by others; names may stand among them."""
Area = Annotated[Name, Holds("area")]
"""A part of life that a goal is about."""
Remark = Annotated[Text, Holds("remark")]
"""Free text for those who made the map."""
ActorIds = Annotated[Several[ActorId], BeforeValidator(as_tuple), AfterValidator(_distinct)]
EndIds = Annotated[Several[EndId], BeforeValidator(as_tuple), AfterValidator(_distinct)]
Needs = Annotated[Several[Need], BeforeValidator(as_tuple), AfterValidator(_distinct)]
Informants = Annotated[Several[Informant], BeforeValidator(as_tuple), AfterValidator(_distinct)]
SeveralWords = Annotated[Several[Words], BeforeValidator(as_tuple), AfterValidator(_distinct)]


@dataclass(frozen=True)
class OneOf:
    """Marks a text as one of several words, for validation and for the JSON Schema."""

    known: tuple[str, ...]
    exact: bool = False  # as the names of fields are: no other case, no spaces

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> Any:
        choose = partial(_as_choice, self.known, self.exact)
        return core_schema.no_info_plain_validator_function(choose)

    def __get_pydantic_json_schema__(self, schema: Any, handler: Any) -> Any:
        return {"enum": list(self.known)}


@dataclass(frozen=True)
class Steps:
    """Marks a whole number on a scale, for validation and for the JSON Schema."""

    scale: words.Scale

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> Any:
        read = partial(_as_step, self.scale.low, self.scale.high)
        return core_schema.no_info_plain_validator_function(read)

    def __get_pydantic_json_schema__(self, schema: Any, handler: Any) -> Any:
        return {"type": "integer", "minimum": self.scale.low, "maximum": self.scale.high}


@dataclass(frozen=True)
class Offered:
    """Says in the JSON Schema which keys a mapping may have, so that an editor offers them."""

    keys: tuple[str, ...]

    def __get_pydantic_json_schema__(self, schema: Any, handler: Any) -> Any:
        each = handler(schema)["additionalProperties"]
        properties = dict.fromkeys(self.keys, each)
        return {"type": "object", "additionalProperties": False, "properties": properties}


Line = Annotated[str, OneOf(words.LINES)]
Level = Annotated[str, OneOf(words.LEVELS)]
Linkage = Annotated[str, OneOf(words.LINKAGES)]
Hour = Annotated[str, OneOf(words.OPENING_HOURS)]
HighLow = Annotated[str, OneOf(words.HIGH_LOW)]
Quality = Annotated[str, OneOf(words.QUALITIES)]
Communication = Annotated[str, OneOf(words.COMMUNICATION)]
Binding = Annotated[str, OneOf(words.BINDINGS)]
Scope = Annotated[str, OneOf(words.SCOPES)]
Language = Annotated[str, OneOf(LANGUAGES)]
Phase = Annotated[str, OneOf(words.PHASES)]
Part = Annotated[str, OneOf(words.PARTS)]
Direction = Annotated[str, OneOf(words.DIRECTIONS)]
Lines = Annotated[Several[Line], BeforeValidator(as_tuple), AfterValidator(_distinct)]
Levels = Annotated[Several[Level], BeforeValidator(as_tuple), AfterValidator(_distinct)]
Linkages = Annotated[Several[Linkage], BeforeValidator(as_tuple), AfterValidator(_distinct)]
Parts = Annotated[Several[Part], BeforeValidator(as_tuple), AfterValidator(_distinct)]
Hours = Annotated[Several[Hour], BeforeValidator(as_tuple), AfterValidator(_distinct)]

_SCALES = words.SCALES
_TrustItem = Annotated[str, OneOf(_SCALES["trust"].items, exact=True)]
_TrustStep = Annotated[int, Steps(_SCALES["trust"]), WrapValidator(_if_stated)]
Trust = Annotated[
    Mapping[_TrustItem, _TrustStep], AfterValidator(_stated), Offered(_SCALES["trust"].items)
]
"""How far the partner is trusted, item by item."""
_ValueItem = Annotated[str, OneOf(_SCALES["value"].items, exact=True)]
_ValueStep = Annotated[int, Steps(_SCALES["value"]), WrapValidator(_if_stated)]
PartnerValue = Annotated[
    Mapping[_ValueItem, _ValueStep], AfterValidator(_stated), Offered(_SCALES["value"].items)
]
"""What the partner is worth to the work, item by item."""
_DamourItem = Annotated[str, OneOf(_SCALES["damour"].items, exact=True)]
_DamourStep = Annotated[int, Steps(_SCALES["damour"]), WrapValidator(_if_stated)]
Damour = Annotated[
    Mapping[_DamourItem, _DamourStep], AfterValidator(_stated), Offered(_SCALES["damour"].items)
]
"""How far collaboration has come, by indicator."""
Stage = Annotated[int, Steps(_SCALES["stage"])]
"""From no collaboration (0) to full collaboration (5)."""
_Way = Annotated[str, OneOf(words.SUPPORT_WAYS, exact=True)]
_Kinds = Annotated[
    Several[Annotated[str, OneOf(words.SUPPORT)]],
    BeforeValidator(as_tuple),
    AfterValidator(_distinct),
    WrapValidator(_if_stated),
]
Support = Annotated[Mapping[_Way, _Kinds], AfterValidator(_stated), Offered(words.SUPPORT_WAYS)]
"""What support is given and received; an empty list is none, what is left out is unknown."""


def first_day(when: str) -> str:
    """Return the first day of a day, month or year."""
    return (when + "-01-01")[: len("2026-01-01")] if "-" not in when else (when + "-01")[:10]


def has_begun(when: str | None, date: str | None) -> bool:
    """Tell whether a day, month or year has begun on a map's date: what has not is planned.

    Of what has no date, and on a map without one, nobody can say that it has not.
    """
    return when is None or date is None or first_day(when) <= last_day(date)


def has_ended(when: str | None, date: str | None) -> bool:
    """Tell whether a day, month or year ends by a map's date: what ends later goes on."""
    return when is not None and (date is None or last_day(when) <= last_day(date))


def last_day(when: str) -> str:
    """Return the last day of a day, month or year."""
    if "-" not in when:
        return f"{when}-12-31"
    if when.count("-") == 1:
        year, month = map(int, when.split("-"))
        first_of_next = (year, month + 1) if month < 12 else (year + 1, 1)  # noqa: PLR2004 - December
        if first_of_next[0] > dt.MAXYEAR:
            return f"{when}-31"
        return (dt.date(*first_of_next, 1) - dt.timedelta(days=1)).isoformat()
    return when
