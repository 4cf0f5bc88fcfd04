"""The line below a figure: what is left out, what the map holds, when, and where from."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from aktorkart.content.counted import counted
from aktorkart.i18n import period, text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aktorkart.model import ActorMap
    from aktorkart.scene.letters import Letters

DOT = " · "
"""Between two parts of it."""


def footer_text(kart: ActorMap, *, lang: str, notes: Sequence[str] = (), heading: str = "") -> str:
    """Say what a figure leaves out, which map it is, what it holds, of when and where from."""
    named = kart.title if kart.title and kart.title not in heading else None
    parts = [*notes, named or "", *counted(kart, lang)]
    if kart.date:
        parts.append(period(kart.date, lang))
    parts += source_of(kart, lang)
    return DOT.join(part for part in parts if part)


def source_of(kart: ActorMap, lang: str) -> list[str]:
    """Say briefly where a map comes from, if it says so."""
    return [text("figure.source", lang, source=_short(kart.source))] if kart.source else []


def _short(source: str) -> str:
    """Cut a long source at the end of a sentence, or else of a word."""
    most = 220
    line = " ".join(source.split())
    if len(line) <= most:
        return line
    sentence = line[:most].rfind(". ")
    enough = 40
    if sentence > enough:
        return line[: sentence + 1]
    return line[:most].rsplit(" ", 1)[0].rstrip(" ,;:.") + " …"


def broken(footer: str, letters: Letters, size: float, width: float, *, most: int = 2) -> list[str]:
    """Break a footer in so many lines if need be, and leave out what is still too long."""
    words = footer.split(" ")
    # Each is shorter than the one before, so that few of them need to be measured.
    starts = range(len(words), 0, -1)
    at = bisect_left(
        starts, 1, key=lambda count: letters.extent(" ".join(words[:count]), size)[0] <= width
    )
    if at == len(starts):
        return [fitted(footer, letters, size, width)]
    # A dot between two parts is wanted neither at the end of a line nor at the beginning.
    first = " ".join(words[: starts[at]]).removesuffix(" ·")
    rest = " ".join(words[starts[at] :]).removeprefix("· ")
    if not rest:
        return [" ".join(words)]
    if most > 2:  # noqa: PLR2004 - the last of two lines is cut
        return [first, *broken(rest, letters, size, width, most=most - 1)]
    return [first, fitted(rest, letters, size, width)]


def fitted(line: str, letters: Letters, size: float, width: float) -> str:
    """Leave out the last words of a line that is too long."""
    if letters.extent(line, size)[0] <= width:
        return line
    words = line.split(" ")
    while len(words) > 1:
        words.pop()
        kept = " ".join(words).rstrip(" ·,;:") + " …"
        if letters.extent(kept, size)[0] <= width:
            return kept
    return ""
