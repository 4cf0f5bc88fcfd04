"""What is lost when someone leaves: contact, tellings, how the rest hang together. METHOD 6.4."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import chain
from typing import TYPE_CHECKING, Any

from aktorkart.care.tellings import story
from aktorkart.comparison.sides import goes_one_way, reports
from aktorkart.finding import Between, Finding, Who, finding, in_parts, named, some
from aktorkart.model import expect_map
from aktorkart.network.graph import (
    arcs_among,
    as_graph,
    connected_pairs,
    fragmentation,
    neighbours,
    only_through,
    parted,
    parts_around,
    pieces_without,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from aktorkart.finding import Word
    from aktorkart.model import ActorMap, Tie


@dataclass(frozen=True)
class Loss:
    """What happens to the rest when one actor is gone; None where the map does not say."""

    id: str
    cut_off: tuple[str, ...] | None
    parts: tuple[tuple[str, ...], ...]  # what the group falls into, the largest first
    pairs: int
    pairs_before: int
    pieces: int
    left: int
    before: int | None
    after: int | None

    @property
    def apart(self) -> tuple[str, ...]:
        """Those whom the rest of the group is lost to."""
        return tuple(sorted(chain(*parted(self.parts))))

    @property
    def fragmentation(self) -> float | None:
        """F over those that remain."""
        return fragmentation(self.pairs, self.left)

    @property
    def more_tellings(self) -> int:
        """How many more times the story must be told."""
        return 0 if self.before is None or self.after is None else self.after - self.before

    @property
    def matters(self) -> bool:
        """Whether any of the three changes."""
        return bool(self.cut_off or self.more_tellings or self.pairs != self.pairs_before)

    @property
    def order(self) -> tuple[float, ...]:
        """The dearest loss first: contact with the focal actor, a second story, the rest."""
        grown = (self.pairs_before - self.pairs) / max(1, self.left * (self.left - 1))
        return -len(self.cut_off or ()), -max(0, self.more_tellings), -grown, self.more_tellings


def drop_out(kart: ActorMap) -> list[Finding]:
    """Say what is lost with each actor that matters to how the rest hang together.

    Parameters
    ----------
    kart : ActorMap
        The map.

    Returns
    -------
    list of Finding
        Code ``drop_out``: one for each actor whose loss changes anything, the dearest loss
        first, with ``fragmentation``, ``cut_off``, ``tellings_before`` and ``tellings_after``
        in its numbers. ``actors`` are the one who leaves and then those cut off; ``ties`` are
        the actor's ties that hang on a person. Last, in a note without those numbers, the
        other ties that hang on a person.

    Notes
    -----
    METHOD 6.4, after Borgatti (2006). Fragmentation is F = 1 − Σs(s − 1)/(n(n − 1)) over the
    n actors that remain, s the sizes of the components they form when directions are ignored.
    It has changed when it differs from F over the *same* n actors before the loss, so that
    leaving out someone who stood alone is no change. Around a person (``scope: individual``,
    or a user in the focal place) the user is not among the n, and not one who may leave. Cut
    off are those whom the focal actor, or else that user, could reach along channels before
    and cannot reach now; None without either. Tellings are None where the map does not say
    what is passed on, and where only one helps.

    Examples
    --------
    >>> import aktorkart as ak
    >>> for found in drop_out(ak.examples.kite()):
    ...     print(found.actors[0], round(found.numbers["fragmentation"], 4))
    7 0.3889
    8 0.2222
    """
    expect_map(kart)
    if not kart.channels:
        return [finding(kart, "drop_out", "no_channels", "unknown", numbers=_NOTHING)]
    user = kart.user
    around = kart.person
    focal = kart.middle
    dear = [loss for loss in losses(kart) if loss.matters]
    on_person = _bound_to_person(kart)
    found = [
        _lost(kart.labels, loss, on_person.get(loss.id, []), user, around, focal)
        for loss in sorted(dear, key=lambda loss: (loss.order, loss.id))
    ]
    named_already = {tie for one in found for tie in one.ties}
    rest = {tie.key: tie for ties in on_person.values() for tie in ties}
    others = [tie for key, tie in sorted(rest.items()) if key not in named_already]
    if others:
        ends = {end for tie in others for end in tie.ends}
        found.append(
            finding(
                kart,
                "drop_out",
                "on_person",
                "note",
                actors=tuple(sorted(ends, key=lambda id_: (id_ not in {user, focal}, id_))),
                ties=tuple(tie.key for tie in others),
                numbers=_NOTHING | {"n": len(reports(others))},
                words={"ties": _named(others)},
            )
        )
    return found


_NOTHING = {"fragmentation": None, "cut_off": None, "tellings_before": None, "tellings_after": None}


def _named(ties: list[Tie]) -> tuple[Word, ...]:
    told = reports(ties).values()
    return some([Between(*one[0].ends, not goes_one_way(one)) for one in told])


def _bound_to_person(kart: ActorMap) -> dict[str, list[Tie]]:
    found: dict[str, list[Tie]] = {}
    # Two informants report the same tie: it is still one.
    hanging = {tie.key: tie for tie in kart.channels if tie.bound_to == "person"}
    for _, tie in sorted(hanging.items()):
        for end in tie.ends:
            found.setdefault(end, []).append(tie)
    return found


def losses(kart: ActorMap) -> Iterable[Loss]:
    """Yield what happens to the rest with each actor who may leave."""
    user, around, focal = kart.user, kart.person, kart.middle
    ids = sorted(actor.id for actor in kart.actors)
    arcs = arcs_among(kart.channels)
    through: dict[str, list[int]] = {}
    if focal is not None:
        through = dict(zip(ids, only_through(as_graph(ids, arcs), ids.index(focal)), strict=True))
    rest = [id_ for id_ in ids if id_ != around]
    near = neighbours(kart.channels, without=around)
    pieces = pieces_without(as_graph(rest, near))
    splits = dict(zip(rest, pieces, strict=True))
    # The pairs of all components, counted once for each member and shared among them.
    total = _all_pairs(pieces)
    # One who alone helps is told; that nobody is left to tell when they go is no gain.
    told = story(kart)
    before = None if told is None else told.times()
    left = len(rest) - 1
    for id_ in rest:
        if id_ == focal:
            continue
        size = 1 + sum(splits[id_])
        others = total - size * (size - 1)
        after = before
        if id_ == user:
            after = None
        elif told is not None and id_ in told.carriers:
            after = told.times(without=id_)
        yield Loss(
            id=id_,
            cut_off=tuple(ids[i] for i in through[id_]) if focal is not None else None,
            parts=tuple(map(tuple, parts_around(near, id_))) if len(splits[id_]) > 1 else (),
            pairs=others + connected_pairs(splits[id_]),
            pairs_before=others + (size - 1) * (size - 2),
            pieces=len(splits[id_]),
            left=left,
            before=before,
            after=after,
        )


def _all_pairs(pieces: list[list[int]]) -> int:
    """Return the pairs that hang together: each actor hangs together with its pieces."""
    return sum(sum(sizes) for sizes in pieces)


def _lost(  # noqa: PLR0913, PLR0917 - what the sentences are made of
    labels: Mapping[str, str],
    loss: Loss,
    on_person: list[Tie],
    user: str | None,
    around: str | None,
    focal: str | None,
) -> Finding:
    numbers = {
        "fragmentation": loss.fragmentation,
        "fragmentation_before": fragmentation(loss.pairs_before, loss.left),
        "cut_off": None if loss.cut_off is None else len(loss.cut_off),
        "tellings_before": loss.before,
        "tellings_after": loss.after,
        "pieces": loss.pieces,
    }
    words: dict[str, Any] = {"actor": Who(loss.id)}
    costs = loss.cut_off or loss.more_tellings > 0 or loss.pairs != loss.pairs_before
    # Each with what it is called when it follows on another, which has said who leaves.
    cases: list[tuple[str, str, int]] = []
    if loss.cut_off:
        cases.append(("cut_off", "cut_off", len(loss.cut_off)))
    if loss.more_tellings > 0:
        cases.append(("more_tellings", "also_more_tellings", loss.more_tellings))
    # Who is cut off is named once.
    beside = next((part for part in loss.parts if focal in part), ())
    if loss.pairs != loss.pairs_before and not (
        loss.cut_off and set(loss.apart).difference(beside) == set(loss.cut_off)
    ):
        case = "_".join(("splits", *_how_split(loss), *(["around"] if around else [])))
        cases.append((case, f"also_{case}", loss.pieces))
        words["parts"] = in_parts(loss.parts)
    if loss.more_tellings < 0 and not cases:
        cases.append(("fewer_tellings", "fewer_tellings", -loss.more_tellings))
    words |= {key: Who(id_) for key, id_ in (("user", user), ("focal", focal)) if id_ is not None}
    if on_person:
        cases.append(("on_person", "on_person", len(reports(on_person))))
        words["ties"] = _named(on_person)
    first, *more = [
        Finding(
            code="drop_out",
            case=also if number else case,
            level="gap" if costs else "note",
            actors=(loss.id, *(loss.cut_off or ())),
            ties=tuple(tie.key for tie in on_person),
            numbers=numbers | {"n": n},
            words={
                **words,
                "others": named((loss.cut_off or ()) if case == "cut_off" else loss.apart),
            },
            labels=labels,
        )
        for number, (case, also, n) in enumerate(cases)
    ]
    return replace(first, more=tuple(more))


def _how_split(loss: Loss) -> list[str]:
    """Say how a group falls apart, where no part of it is larger than all others."""
    if len(loss.parts[0]) > len(loss.parts[1]):
        return []
    return ["all"] if len(loss.parts[0]) == 1 else ["evenly"]
