"""A form of aktørkartlegging: blank, or filled in with what a map says already."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from aktorkart.atomic import write_bytes
from aktorkart.errors import InvalidMap, Problem, WrongArgument, language, one_of
from aktorkart.files import ending_of
from aktorkart.files.xlsx.asked import FORMS
from aktorkart.forms.workbook import workbook
from aktorkart.forms.xlsform import xlsform
from aktorkart.model import Actor, ActorMap, expect_map
from aktorkart.privacy import shown

if TYPE_CHECKING:
    import datetime as dt
    import os

ENDINGS = (".xlsx",)


@dataclass(frozen=True, kw_only=True, eq=False)
class Form:
    """A form, ready to be saved and sent out.

    Parameters
    ----------
    form : str
        Which form it is.
    lang : {"nb", "nn", "en", "sv"}
        Its language.
    data : bytes
        The whole workbook.
    notes : tuple of Problem
        What the map says that the form has no room for, and texts that are left out because a
        name may stand in them.
    private : bool
        Whether it is about one person, so that a new file is its owner's only.

    See Also
    --------
    aktorkart.form : Makes one.
    """

    form: str
    lang: str
    data: bytes = field(repr=False)
    notes: tuple[Problem, ...] = field(repr=False)
    private: bool = field(repr=False)

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write the form to a file.

        Parameters
        ----------
        path : str or path-like
            Its ending is ``.xlsx``.

        Raises
        ------
        UnsupportedFile
            For other endings.
        UnwritableFile
            If it cannot be written; what stood there is untouched.
        """
        ending_of(path, ENDINGS)
        write_bytes(path, self.data, private=self.private)


def form(  # noqa: PLR0913 - keyword-only, and each has a default
    kart: ActorMap | None = None,
    *,
    form: str = "service",
    lang: str | None = None,
    actors: Iterable[str] | None = None,
    names: bool | None = None,
    consent: str = "required",
    today: dt.date | None = None,
) -> Form:
    """Make a form to fill in, as a workbook that ``read`` reads back.

    Names stand instead of ids everywhere, words are in the reader's language, and each has a
    drop-down. An ``xlsform`` is for ODK and Kobo: me, my partners, and how close each is.

    Parameters
    ----------
    kart : ActorMap, optional
        What is known already; blank if left out.
    form : {"service", "user", "mapping", "ks", "interests", "partners", "xlsform"}
        Around a service, around one user, the least there is to ask, KS' «Lokalt aktørkart»
        in three steps, power and interest of stakeholders, or partners first chosen and then
        rated as PARTNER does.
    lang : {"nb", "nn", "en", "sv"}, optional
        The language; the map's if left out, else Norwegian bokmål.
    actors : iterable of str, optional
        Names to put into a blank form.
    names : bool, optional
        True shows names, False shows roles; roles around a person if left out.
    consent : {"required", "ignore"}
        Whether names of a map around a person need a consent that holds.
    today : datetime.date, optional
        The day to judge the consent by.

    Returns
    -------
    Form
        ``save`` writes it; ``notes`` tell what of the map it has no room for.

    Raises
    ------
    NoConsent
        If names of a map around a person are asked for, and no consent holds.
    UnknownName
        If there is no such form or language.
    InvalidMap
        If a name cannot be one, or an XLSForm has nobody to choose among.
    WrongArgument
        If it is given something else than a map, or both a map and names.
    MissingExtra
        If XlsxWriter is not installed.

    Examples
    --------
    >>> form(actors=["NAV", "DPS"], form="partners", lang="nb")
    Form(form='partners', lang='nb')
    """
    one_of(form, FORMS, option="form")
    blank = kart is None
    if kart is not None:
        expect_map(kart)
        if actors is not None:
            raise WrongArgument(Problem(code="map_or_names"))
        lang = language(lang, kart.lang)
        hidden = shown(kart, names=names, lang=lang, consent=consent, today=today)
        kart, notes = hidden.kart, hidden.notes
    else:
        lang = language(lang)
        kart, notes = _blank(actors), ()
    if form == "xlsform":
        if not kart.actors:
            raise InvalidMap(Problem(code="xlsform_without_actors"))
        data, left_out = xlsform(kart, lang)
    else:
        data, left_out = workbook(kart, form, lang, blank=blank)
    private = kart.scope == "individual" or form == "user"
    return Form(form=form, lang=lang, data=data, notes=(*notes, *left_out), private=private)


def _blank(actors: Iterable[str] | None) -> ActorMap:
    """Return a map of nothing but names."""
    if actors is None:
        return ActorMap()
    if isinstance(actors, str) or not isinstance(actors, Iterable):
        raise WrongArgument(Problem(code="not_names", values={"value": type(actors).__name__}))
    named = list(actors)
    if not all(isinstance(one, str) for one in named):
        wrong = next(type(one).__name__ for one in named if not isinstance(one, str))
        raise WrongArgument(Problem(code="not_names", values={"value": wrong}))
    return ActorMap(actors=[Actor(id=one) for one in dict.fromkeys(named)])
