"""What is worth saying about many maps, in sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from aktorkart.finding import Coded, Finding, Who, named
from aktorkart.portfolios.key_figures import BY_KEY
from aktorkart.portfolios.matters import MATTERS
from aktorkart.portfolios.standing_out import ENOUGH

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from aktorkart.finding import Word
    from aktorkart.portfolios.learning import Shared
    from aktorkart.portfolios.portfolio import Portfolio
    from aktorkart.portfolios.profile import Then
    from aktorkart.portfolios.standing_out import Outlier

FEW_MAPS = 12
"""Maps up to which it is told of each what it can learn, and what has changed in it."""

_CENT = 100.0


def findings(found: Portfolio) -> list[Finding]:
    """Return everything that is worth saying, in the order of reading."""
    return [
        *overview(found),
        *gaps(found),
        *outliers(found),
        *learning(found),
        *changes(found),
    ]


def _say(found: Portfolio, case: str, level: str, **fields: Any) -> Finding:
    return Finding(code="portfolio", case=case, level=level, labels=found.labels, **fields)


def overview(found: Portfolio) -> Iterator[Finding]:
    """Say how many maps there are, and which are not among them."""
    case = {0: "none", 1: "one"}.get(found.n, "several")
    yield _say(found, case, "note", numbers={"n": found.n})
    if found.share:
        yield _say(found, "shared", "note")
        return
    stopped = [
        one
        for one in found.failures
        if any(problem.code.startswith("consent_") for problem in one.problems)
    ]
    unread = [one for one in found.failures if one not in stopped]
    if stopped:
        yield _say(found, "no_consent", "unknown", numbers={"n": len(stopped)})
    if unread:
        # Where maps are around persons, a file may be called after one.
        quiet = stopped or any(one.kart.scope == "individual" for one in found.members)
        names = tuple(one.name for one in unread)
        words = {} if quiet else {"names": names}
        case = "unread_quiet" if quiet else "unread"
        yield _say(found, case, "unknown", numbers={"n": len(unread)}, words=words)


def gaps(found: Portfolio) -> Iterator[Finding]:
    """Say what most of the maps lack, the most usual first."""
    common = [one for one in found.shared if one.common]
    for one in sorted(common, key=lambda one: -(one.n_lacking or 0)):
        numbers = {"n": one.n_lacking, "known": one.known, "maps": found.n}
        if one.kinds:
            yield _say(found, "tie", "gap", actors=one.lacking, numbers=numbers, words=_kinds(one))
        else:
            words = {"gap": Coded(f"portfolio.gap.{one.matter}")}
            yield _say(found, "gap", "gap", actors=one.lacking, numbers=numbers, words=words)


def _kinds(one: Shared) -> dict[str, Word]:
    """Return the two kinds of a tie as words."""
    return {
        name: Coded(f"kind.{kind}") for name, kind in zip(("one", "other"), one.kinds, strict=True)
    }


def outliers(found: Portfolio) -> Iterator[Finding]:
    """Say who stands out, and how firmly; the firm first."""
    if found.share or found.n < 2:  # noqa: PLR2004 - one has nobody to stand out from
        return
    if found.n < ENOUGH:
        yield _say(found, "too_few", "unknown", numbers={"n": found.n, "least": ENOUGH})
    elif not found.standing_out:
        yield _say(found, "nobody_out", "note", numbers={"n": found.n})
    told = [one for one in found.standing_out if one.firm is not False]
    for one in sorted(told, key=lambda one: one.firm is not True):
        yield _out(found, one)
    if unsure := len(found.standing_out) - len(told):
        yield _say(found, "less_firm", "note", numbers={"n": unsure})


def _out(found: Portfolio, one: Outlier) -> Finding:
    percent = BY_KEY[one.figure].percent
    unit = _CENT if percent else 1.0
    case = f"out_{one.side}_share" if percent else f"out_{one.side}"
    more = [
        _say(found, f"held_{family}", "note", numbers={"held": held, "variants": variants})
        for family, (held, variants) in one.held.items()
    ]
    return _say(
        found,
        case,
        "note",
        actors=(one.name,),
        numbers={"value": one.value / unit, "median": one.median / unit},
        words={"map": Who(one.name), "figure": Coded(f"portfolio.figure.{one.figure}")},
        more=(*more, _say(found, "firm" if one.firm else "counted", "note")),
    )


def learning(found: Portfolio) -> Iterator[Finding]:
    """Say who has what most of the others lack."""
    if found.share:
        return
    for one in found.shared:
        if one.having and one.common:
            words: dict[str, Any] = {"names": named(one.having)}
            if one.kinds:
                words |= _kinds(one)
            else:
                words["strength"] = Coded(f"portfolio.strength.{one.matter}")
            case = "learn_tie" if one.kinds else "learn"
            numbers = {"n": len(one.having), "lacking": one.n_lacking}
            yield _say(found, case, "strength", actors=one.having, numbers=numbers, words=words)


def changes(found: Portfolio) -> Iterator[Finding]:
    """Say what has changed since last time: in all, and of a few in each."""
    then = {one.name: one.then for one in found.members if one.then is not None}
    if then:
        grown = [one.gained - one.lost for one in then.values()]
        numbers = {
            "n": len(then),
            "more": sum(by > 0 for by in grown),
            "fewer": sum(by < 0 for by in grown),
        }
        yield _say(found, "changes", "note", actors=tuple(then), numbers=numbers)
        yield from _in_many(found, then)
        if len(then) <= FEW_MAPS:
            yield from (_changed(found, name, one) for name, one in then.items())
    if found.alone:
        numbers = {"n": len(found.alone)}
        yield _say(found, "alone", "unknown", numbers=numbers, words={"names": found.alone})


def _in_many(found: Portfolio, then: Mapping[str, Then]) -> Iterator[Finding]:
    """Say what has come into place, or is no longer there, on more maps than one."""
    for case, level, side, words in (
        ("now_in_place", "strength", "closed", "strength"),
        ("now_lacking", "gap", "opened", "gap"),
    ):
        for matter in MATTERS:
            names = tuple(name for name, one in then.items() if matter.key in getattr(one, side))
            if len(names) > 1:
                what = {"what": Coded(f"portfolio.{words}.{matter.key}")}
                yield _say(found, case, level, actors=names, numbers={"n": len(names)}, words=what)


def _changed(found: Portfolio, name: str, then: Then) -> Finding:
    more = [
        _say(
            found,
            case,
            level,
            words={"what": tuple(Coded(f"portfolio.{words}.{key}") for key in keys)},
        )
        for case, level, keys, words in (
            ("closed", "strength", then.closed, "strength"),
            ("opened", "gap", then.opened, "gap"),
        )
        if keys
    ]
    if then.stronger or then.weaker:
        numbers = {"stronger": then.stronger, "weaker": then.weaker}
        more.insert(0, _say(found, "shifts", "note", numbers=numbers))
    return _say(
        found,
        "changed" if then.gained or then.lost else "unchanged",
        "note",
        actors=(name,),
        numbers={"gained": then.gained, "lost": then.lost},
        words={"map": Who(name)},
        more=tuple(more),
    )
