"""The works that definitions come from: one list for methods paragraphs and their references."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from aktorkart.i18n import listing, text

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, kw_only=True)
class Reference:
    """A work that a definition comes from.

    Parameters
    ----------
    authors : tuple of str
        Each as ``Freeman, L. C.``, in the work's order.
    year : int
        When it was published.
    title : str
        In the work's own language.
    published : str or None
        The journal, or the publisher; None where we are not certain of it.
    doi : str or None
        Its DOI; None where it has none, or where we are not certain of it.

    Examples
    --------
    >>> work = REFERENCES["freeman_1977"]
    >>> print(work.cited("nb"))
    Freeman 1977
    >>> print(work.text)
    Freeman, L. C. (1977). A set of measures of centrality based on betweenness. Sociometry.
    https://doi.org/10.2307/3033543
    """

    authors: tuple[str, ...]
    year: int
    title: str
    published: str | None = None
    doi: str | None = None

    def cited(self, lang: str) -> str:
        """Return how a sentence names it: one or two surnames, or the first and others.

        Parameters
        ----------
        lang : {"nb", "nn", "en", "sv"}
            The language.

        Returns
        -------
        str
            For example ``Grunig and Hunt 1984``.
        """
        names = [author.partition(",")[0] for author in self.authors]
        most_named = 3
        if len(names) > most_named:
            return f"{text('methods.and_others', lang, name=names[0])} {self.year}"
        return f"{listing(names, lang)} {self.year}"

    @property
    def text(self) -> str:
        """The whole reference, in one line or two."""
        *most, last = self.authors
        names = f"{', '.join(most)} & {last}" if most else last
        line = f"{names} ({self.year}). {self.title}."
        line += f" {self.published}." if self.published else ""
        return f"{line}\nhttps://doi.org/{self.doi}" if self.doi else line


def _work(
    authors: str, year: int, title: str, published: str | None = None, doi: str | None = None
) -> Reference:
    """Make a reference; authors are parted by semicolons."""
    names = tuple(authors.split("; "))
    return Reference(authors=names, year=year, title=title, published=published, doi=doi)


REFERENCES: Mapping[str, Reference] = MappingProxyType(
    {
        "bonacich_1972": _work(
            "Bonacich, P.",
            1972,
            "Factoring and weighting approaches to status scores and clique identification",
            "Journal of Mathematical Sociology",
            "10.1080/0022250X.1972.9989806",
        ),
        "brandes_2001": _work(
            "Brandes, U.",
            2001,
            "A faster algorithm for betweenness centrality",
            "Journal of Mathematical Sociology",
            "10.1080/0022250X.2001.9990249",
        ),
        "burt_1992": _work("Burt, R. S.", 1992, "Structural Holes", "Harvard University Press"),
        "freeman_1977": _work(
            "Freeman, L. C.",
            1977,
            "A set of measures of centrality based on betweenness",
            "Sociometry",
            "10.2307/3033543",
        ),
        "grunig_1984": _work(
            "Grunig, J. E.; Hunt, T.",
            1984,
            "Managing Public Relations",
            "Holt, Rinehart and Winston",
        ),
        "krackhardt_1988": _work(
            "Krackhardt, D.; Stern, R. N.",
            1988,
            "Informal networks and organizational crises",
            "Social Psychology Quarterly",
            "10.2307/2786835",
        ),
        "krackhardt_1988_qap": _work(
            "Krackhardt, D.",
            1988,
            "Predicting with networks: nonparametric multiple regression analysis of dyadic data",
            "Social Networks",
            "10.1016/0378-8733(88)90004-4",
        ),
        "mendelow_1991": _work("Mendelow, A. L.", 1991, "Stakeholder mapping"),
        "mitchell_1997": _work(
            "Mitchell, R. K.; Agle, B. R.; Wood, D. J.",
            1997,
            "Toward a theory of stakeholder identification and salience",
            "Academy of Management Review",
            "10.5465/amr.1997.9711022105",
        ),
        "opsahl_2010": _work(
            "Opsahl, T.; Agneessens, F.; Skvoretz, J.",
            2010,
            "Node centrality in weighted networks",
            "Social Networks",
            "10.1016/j.socnet.2010.03.006",
        ),
        "rawlins_2006": _work(
            "Rawlins, B. L.",
            2006,
            "Prioritizing Stakeholders for Public Relations",
            "Institute for Public Relations",
        ),
        "savage_1991": _work(
            "Savage, G. T.; Nix, T. W.; Whitehead, C. J.; Blair, J. D.",
            1991,
            "Strategies for assessing and managing organizational stakeholders",
            "Academy of Management Executive",
            "10.5465/ame.1991.4274682",
        ),
        "seidman_1983": _work(
            "Seidman, S. B.",
            1983,
            "Network structure and minimum degree",
            "Social Networks",
            "10.1016/0378-8733(83)90028-X",
        ),
        "wasserman_1994": _work(
            "Wasserman, S.; Faust, K.",
            1994,
            "Social Network Analysis",
            "Cambridge University Press",
            "10.1017/CBO9780511815478",
        ),
    }
)
"""By first author and year."""
