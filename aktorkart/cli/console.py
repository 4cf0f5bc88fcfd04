"""Consoles that have fewer letters than Unicode: the nearest that they have, never a crash."""

from __future__ import annotations

import codecs
import sys
import unicodedata

_NEAREST = str.maketrans(
    {
        **dict(zip("đĐŋŊŧŦøØłŁ", "dDnNtToOlL", strict=True)),
        **dict(zip("«»“”„‘’‚", '"""""\'\'\'', strict=True)),
        **dict.fromkeys("–—−", "-"),
        "…": "...",
        "→": "->",
        "←": "<-",
        "↔": "<->",
        "·": "-",
        "×": "x",
        "æ": "ae",
        "Æ": "AE",
    }
)


def open_console() -> None:
    """Let what is written to the console always arrive; call it once, when the program starts."""
    codecs.register_error("aktorkart", _nearest)
    for stream in (sys.stdout, sys.stderr):
        if stream is not None and hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="aktorkart")


def _nearest(error: UnicodeError) -> tuple[str, int]:
    """Say letters that an encoding lacks with letters of ASCII; a question mark for the rest."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    letters = error.object[error.start : error.end].translate(_NEAREST)
    apart = unicodedata.normalize("NFKD", letters)
    bare = (letter for letter in apart if not unicodedata.combining(letter))
    return "".join(letter if letter.isascii() else "?" for letter in bare), error.end
