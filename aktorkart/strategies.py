"""Hypothesis strategies for testing programs that take maps.

Ids are drawn first and ties among them after, so that failing examples shrink well. Names and
notes include what trips up programs: ``no``, ``0301``, ``=1+1``, quotes, emoji, line separators.
"""

from __future__ import annotations

import datetime as dt
from functools import cache, lru_cache, partial
from typing import TYPE_CHECKING, Any

from pydantic_core import PydanticCustomError

from aktorkart.i18n import LANGUAGES
from aktorkart.model import (
    Action,
    Actor,
    ActorMap,
    ChecklistItem,
    Consent,
    Goal,
    Issue,
    Judgement,
    KindSpec,
    Point,
    Tie,
    vocabulary,
)
from aktorkart.model.fields import as_name, as_text

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from hypothesis.strategies import SearchStrategy

_NASTY = (
    *("no", "yes", "on", "y", "null", "~", "true", "False", ".nan", "-.inf", "nan", "Infinity"),
    *("0301", "1.10", "4", "-1", "2.5", "2,5", "1e3", "1_000", "0x1F", "0o17", "12:30", "1:2:3"),
    *("2026", "2026-03-01", "2026-03-01 12:00", "=1+1", "+47", "-", "@nav", "<<", "=", "'", '"'),
    *("''", "'=a", "a: b", "a:b", "a #b", "#b", "a, b", "[a]", "{a}", "{a: b}", "*a", "&a", "!a"),
    *("|", "a|b", ">", "%", "`", "? a", "- a", ": a", "a:", "---", "...", "\\n", 'a"b\\', "tags.x"),
    *(
        "<b>",
        "&amp;",
        "]]>",
        "Ærlig Øst på Ås",
        "Ä och ö",
        "e\N{COMBINING ACUTE ACCENT}",
        "👩‍⚕️",
        "مركز",
    ),
    *(
        "a\N{NO-BREAK SPACE}b",
        "a\N{ZERO WIDTH SPACE}b",
        "\N{ZERO WIDTH NO-BREAK SPACE}a",
        "id",
        "Type",
    ),
)
_NASTY_TEXT = (
    *_NASTY,
    *(
        "",
        " ",
        " a",
        "a ",
        "a\nb",
        "a\n",
        "\na",
        "a\n\n b\n",
        "  a\nb",
        "a\tb",
        "\ta",
        "a\rb",
        "a\r\nb",
    ),
    *(
        "a\x85b",
        "a\N{LINE SEPARATOR}b",
        "a\N{PARAGRAPH SEPARATOR}b",
        "a \nb",
        "# a\n- b\n",
        "a\n\n",
    ),
)


def _st() -> Any:
    # Only those who test have hypothesis.
    import hypothesis.strategies as st

    return st


@cache
def _letters() -> Any:
    return _st().characters(codec="utf-8", exclude_categories=("Cc", "Cs"))


@cache
def _names() -> Any:
    st = _st()
    words = st.text(_letters(), min_size=1, max_size=12)
    # Ids and names are one line with single spaces; the map makes them so.
    return (st.sampled_from(_NASTY) | words).map(partial(_as_written, as_name)).filter(bool)


def _as_written(made: Callable[[str], str], text: str) -> str:
    """Return a text as a map keeps it; empty if it would refuse it."""
    try:
        return made(text)
    except PydanticCustomError:
        return ""


@cache
def _texts() -> Any:
    st = _st()
    words = st.text(_letters() | st.sampled_from("\n\t"), max_size=30)
    return (st.sampled_from(_NASTY_TEXT) | words).map(partial(_as_written, as_text))


@cache
def _whens() -> Any:
    st = _st()
    days = st.dates(min_value=dt.date(1000, 1, 1)).map(dt.date.isoformat)
    return st.builds(lambda day, length: day[:length], days, st.sampled_from((4, 7, 10)))


@lru_cache(maxsize=512)
def _numbers(low: float, high: float) -> Any:
    st = _st()
    return st.integers(int(low), int(high)).map(float) | st.floats(low, high)


@lru_cache(maxsize=512)
def _pick(values: tuple[Any, ...]) -> Any:
    """Draw one of some values; strategies that are made once are checked once."""
    return _st().sampled_from(values)


@lru_cache(maxsize=512)
def _some(strategy: Any, *, max_size: int = 3) -> Any:
    st = _st()
    return st.lists(strategy, max_size=max_size, unique=True).map(tuple)


def _filled(model: Any, needed: dict[str, Any], /, **fields: Any) -> Any:
    """Draw a model with a few of its optional fields; drawing them all would be slow."""

    def draw_one(draw: Any) -> Any:
        chosen = draw(_some(_pick(tuple(fields)), max_size=5))
        drawn = {name: draw(strategy) for name, strategy in needed.items()}
        return model(**drawn, **{name: draw(fields[name]) for name in chosen})

    return _st().composite(draw_one)()


@lru_cache(maxsize=512)
def _maybe(strategy: Any) -> Any:
    return _st().none() | strategy


@cache
def _tags() -> Any:
    st = _st()
    value = (
        _texts()
        | st.booleans()
        | st.integers()
        | st.floats(allow_nan=False, allow_infinity=False)
        | st.lists(_texts(), max_size=3).map(tuple)
    )
    return st.just({}) | st.dictionaries(_names(), value, max_size=2)


def actors(*, ids: Any = None, kinds: Any = None, issues: Any = None) -> SearchStrategy[Actor]:
    """Draw actors, with any of their fields filled in.

    Parameters
    ----------
    ids : strategy, optional
        For their ids; any name by default.
    kinds : strategy, optional
        For their kinds; the built-in ones by default.
    issues : strategy, optional
        For the ids of issues that they are judged on; none by default.

    Returns
    -------
    strategy of Actor
        Shrinks towards an id alone.

    Examples
    --------
    >>> from hypothesis import find
    >>> find(actors(), lambda actor: actor.power is not None).power
    1.0
    """
    rating = _numbers(1, 5)
    drawn: SearchStrategy[Actor] = _filled(
        Actor,
        {
            "id": _names() if ids is None else ids,
            "kind": _pick(("unknown", *vocabulary.KINDS)) if kinds is None else kinds,
        },
        name=_names(),
        line=_some(_pick(vocabulary.LINES)),
        level=_some(_pick(vocabulary.LEVELS)),
        linkage=_some(_pick(vocabulary.LINKAGES)),
        organisation=_names(),
        power=rating,
        interest=rating,
        legitimacy=rating,
        urgency=rating,
        threat=rating,
        cooperation=rating,
        stance=_numbers(-2, 2),
        wanted_stance=_numbers(-2, 2),
        publics=_publics(issues),
        open=_some(_pick(vocabulary.OPENING_HOURS)),
        tasks=_some(_names()),
        note=_texts(),
        source=_texts(),
        tags=_tags(),
    )
    return drawn


def _publics(issues: Any) -> Any:
    st = _st()
    if issues is None:
        return st.just({})
    high_low = _maybe(_pick(vocabulary.HIGH_LOW))
    judgement = st.builds(Judgement, problem=high_low, constraint=high_low, involvement=high_low)
    return st.dictionaries(issues, judgement, max_size=2)


@cache
def _scales() -> dict[str, Any]:
    """Draw the field's own scales of a tie."""
    st = _st()

    def steps(name: str) -> Any:
        scale = vocabulary.SCALES[name]
        step = st.integers(scale.low, scale.high)
        if not scale.items:
            return step
        return st.dictionaries(_pick(scale.items), step, max_size=3)

    support = st.dictionaries(
        _pick(vocabulary.SUPPORT_WAYS), _some(_pick(vocabulary.SUPPORT)), max_size=2
    )
    return {name: steps(name) for name in vocabulary.SCALES} | {"support": support}


def ties(
    *,
    among: Sequence[str] | None = None,
    kinds: Any = None,
    strength_scale: tuple[float, float] | None = vocabulary.USUAL,
) -> SearchStrategy[Tie]:
    """Draw ties, with any of their fields filled in.

    Parameters
    ----------
    among : sequence of str, optional
        Ids of at least two actors that they may join; any two names by default.
    kinds : strategy, optional
        For their kinds; the built-in ones by default.
    strength_scale : pair of float or None
        Weakest and strongest; None for counts.

    Returns
    -------
    strategy of Tie
        Shrinks towards a source and a target alone.

    Examples
    --------
    >>> from hypothesis import find
    >>> find(ties(among=["nav", "dps"]), lambda tie: not tie.mutual).mutual
    False
    """
    st = _st()
    end = _names() if among is None else st.sampled_from(list(among))
    low, high = strength_scale or (0.5, 1000.0)
    period = st.tuples(_maybe(_whens()), _maybe(_whens())).map(_ordered)

    def build(
        ends: list[str],
        period: tuple[Any, Any] = (None, None),
        changed: tuple[int, ...] = (),
        **fields: Any,
    ) -> Tie:
        source, target = ends
        practice = tuple(ends[end] for end in changed)
        since, until = period
        return Tie(
            source=source,
            target=target,
            since=since,
            until=until,
            changed_practice=practice,
            **fields,
        )

    drawn: SearchStrategy[Tie] = _filled(
        build,
        {
            "ends": st.lists(end, min_size=2, max_size=2, unique=True),
            "kind": _pick(vocabulary.TIE_KINDS) if kinds is None else kinds,
        },
        period=period,
        strength=st.floats(low, high) if low % 1 else _numbers(low, high),
        mutual=st.booleans(),
        quality=_pick(vocabulary.QUALITIES),
        communication=_pick(vocabulary.COMMUNICATION),
        needed=st.booleans(),
        informant=_names(),
        bound_to=_pick(vocabulary.BINDINGS),
        changed=_some(st.sampled_from((0, 1)), max_size=2),
        **_scales(),
        note=_texts(),
        basis=_texts(),
        tags=_tags(),
    )
    return drawn


def _ordered(period: tuple[str | None, str | None]) -> tuple[str | None, str | None]:
    since, until = period
    # Comparing the beginnings is enough: what begins later does not end before.
    return (until, since) if since and until and until < since[: len(until)] else period


def actor_maps(
    *, min_size: int = 0, max_size: int = 5, min_ties: int = 0, max_ties: int = 8
) -> SearchStrategy[ActorMap]:
    """Draw valid maps, with any of their fields filled in.

    Parameters
    ----------
    min_size, max_size : int
        How many actors.
    min_ties, max_ties : int
        How many ties; fewer where the actors drawn have no room for so many different ones.

    Returns
    -------
    strategy of ActorMap
        Shrinks towards few actors and fields.

    Examples
    --------
    >>> from hypothesis import given, settings
    >>> @settings(max_examples=5)
    ... @given(actor_maps(max_size=3))
    ... def test_program(kart):
    ...     assert len(kart.actors) <= 3
    >>> test_program()
    """
    maps: SearchStrategy[ActorMap] = _st().composite(_actor_map)(
        min_size, max_size, min_ties, max_ties
    )
    return maps


def _actor_map(draw: Any, min_size: int, max_size: int, min_ties: int, max_ties: int) -> ActorMap:
    st = _st()
    ids = draw(st.lists(_names(), min_size=min_size, max_size=max_size, unique=True))
    scale = draw(st.sampled_from((vocabulary.USUAL, None, (1.0, 10.0), (0.5, 2.5))))
    issues = draw(st.lists(_names(), max_size=2, unique=True))
    spec = st.builds(
        KindSpec,
        line=_maybe(_some(_pick(vocabulary.LINES))),
        level=_maybe(_some(_pick(vocabulary.LEVELS))),
        linkage=_maybe(_some(_pick(vocabulary.LINKAGES))),
        name=_maybe(_names()),
    )
    kinds = draw(st.just({}) | st.dictionaries(_names(), spec, max_size=2))
    tie_kinds = draw(st.just({}) | st.dictionaries(_names(), _maybe(_names()), max_size=2))
    tie_lists: Any = st.just([])
    if len(ids) > 1:
        one = ties(
            among=ids,
            kinds=st.sampled_from([*vocabulary.TIE_KINDS, *tie_kinds]),
            strength_scale=scale,
        )
        # Two ties between a pair of the same kind may be the same tie; METHOD forbids those.
        same = lambda tie: (frozenset((tie.source, tie.target)), tie.kind)  # noqa: E731
        room = len(vocabulary.TIE_KINDS) * len(ids) * (len(ids) - 1) // 2
        tie_lists = st.lists(one, min_size=min(min_ties, room), max_size=max_ties, unique_by=same)
    unnamed = actors(
        ids=st.just("id"),
        kinds=st.sampled_from(["unknown", *vocabulary.KINDS, *kinds]),
        issues=st.sampled_from(issues) if issues else None,
    )
    drawn = [draw(unnamed).model_copy(update={"id": id_}) for id_ in ids]
    return ActorMap(
        actors=drawn,
        ties=draw(tie_lists),
        strength_scale=scale,
        issues=[
            Issue(id=id_, title=draw(_maybe(_names())), note=draw(_maybe(_texts())))
            for id_ in issues
        ],
        kinds=kinds,
        tie_kinds=tie_kinds,
        focal=draw(_maybe(st.sampled_from(ids))) if ids else None,
        needs=draw(_some(st.sampled_from([*ids, *vocabulary.KINDS]))),
        positions=draw(st.dictionaries(st.sampled_from(ids), _positions(), max_size=3))
        if ids
        else {},
        **draw(_care(ids)),
        **draw(_about()),
    )


@cache
def _positions() -> Any:
    return _st().tuples(_numbers(0, 297), _numbers(0, 210))


@cache
def _about() -> Any:
    """Draw the fields of a map that say what it is."""
    st = _st()
    consent = st.builds(
        lambda period, **fields: Consent(given=period[0], until=period[1], **fields),
        st.tuples(_maybe(_whens()), _maybe(_whens())).map(_ordered),
        given_by=_maybe(_names()),
        covers=_maybe(_some(_pick(vocabulary.PARTS))),
        seen_by=_some(_names()),
        stored=_maybe(_texts()),
        withdrawn=_maybe(_whens()),
        note=_maybe(_texts()),
    )
    return st.fixed_dictionaries(
        {
            "title": _maybe(_names()),
            "date": _maybe(_whens()),
            "lang": _maybe(_pick(LANGUAGES)),
            "scope": st.sampled_from(("service", "individual", "governance")),
            "consent": _maybe(consent),
            "note": _maybe(_texts()),
            "source": _maybe(_texts()),
            "tags": _tags(),
        }
    )


def _care(ids: list[str]) -> Any:
    """Draw goals, plan, checklist and days of discharge."""
    st = _st()
    actor = st.sampled_from(ids) if ids else st.nothing()
    points = st.lists(st.builds(Point, date=_whens(), value=_numbers(0, 10)), max_size=2)
    phase = _maybe(_pick(vocabulary.PHASES))
    goals = st.lists(
        st.builds(
            Goal,
            id=_names(),
            title=_maybe(_names()),
            area=_maybe(_names()),
            direction=_pick(vocabulary.DIRECTIONS),
            points=points,
            actors=_some(actor) if ids else st.just(()),
            health=_maybe(st.booleans()),
            note=_maybe(_texts()),
        ),
        max_size=2,
        unique_by=lambda goal: goal.id,
    )
    actions = st.lists(
        st.builds(
            Action,
            id=_names(),
            title=_maybe(_names()),
            responsible=_maybe(actor) if ids else st.none(),
            due=_maybe(_whens()),
            done=_maybe(_whens()),
            phase=phase,
            note=_maybe(_texts()),
        ),
        max_size=2,
        unique_by=lambda action: action.id,
    )
    checklist = st.lists(
        st.builds(
            ChecklistItem,
            id=_names(),
            title=_maybe(_names()),
            phase=phase,
            points=points,
            note=_maybe(_texts()),
        ),
        max_size=2,
        unique_by=lambda item: item.id,
    )
    nothing = st.just({"goals": [], "plan": [], "checklist": [], "discharge": []})
    return nothing | st.fixed_dictionaries(
        {
            "goals": goals,
            "plan": actions,
            "checklist": checklist,
            "discharge": st.lists(_whens(), max_size=2),
        }
    )
