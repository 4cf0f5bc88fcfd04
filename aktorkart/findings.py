"""What an analysis found: a stable code, the actors behind it, numbers, and a sentence."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from aktorkart.i18n import text

if TYPE_CHECKING:
    from collections.abc import Mapping

Value = str | float | int | bool | None | tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One thing that an analysis found.

    Parameters
    ----------
    code : str
        The analysis, as ``tellings`` or ``centrality``.
    case : str
        What it found, as ``firm_broker``; the sentence is ``finding.<code>.<case>``.
    level : {"strength", "note", "gap", "unknown"}
        What it means for the reader.
    actors : tuple of str
        Ids of the actors it is about, the most important first.
    ties : tuple of tuple of str
        The ties it is about, as (source, target, kind).
    numbers : mapping of str to number
        The figures behind it. ``n`` chooses the plural form of the sentence.
    words : mapping
        Names and other words that the sentence needs, already fit for showing. A name of a
        catalogue text is marked with a leading ``@`` and said in the reader's language.

    Examples
    --------
    >>> Finding(code="reach", case="one_piece", level="strength", numbers={"n": 3}).text("en")
    'All 3 actors hang together in one network.'
    """

    code: str
    case: str
    level: str
    actors: tuple[str, ...] = ()
    ties: tuple[tuple[str, str, str], ...] = ()
    numbers: Mapping[str, float | int | None] = field(default_factory=dict)
    words: Mapping[str, Value] = field(default_factory=dict, repr=False)

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
        values = {key: _in_language(value, lang) for key, value in self.words.items()}
        return text(f"finding.{self.code}.{self.case}", lang, **self.numbers, **values)


def _in_language(value: Value, lang: str) -> Value:
    if isinstance(value, tuple):
        return tuple(str(_in_language(item, lang)) for item in value)
    if isinstance(value, str) and value.startswith("@"):
        return text(value[1:], lang)
    return value
