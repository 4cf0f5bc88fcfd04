"""Forms that people fill in or hold: blank, or filled in with what a map says already."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from aktorkart.atomic import write_bytes
from aktorkart.errors import InvalidMap, Problem, WrongArgument, language, one_of
from aktorkart.files import ending_of
from aktorkart.files.xlsx.asked import FORMS, PAPERS
from aktorkart.forms.sheets import xlsx
from aktorkart.forms.workbook import workbook
from aktorkart.forms.xlsform import xlsform
from aktorkart.i18n import text
from aktorkart.model import Actor, ActorMap, expect_map
from aktorkart.privacy import shown
from aktorkart.privacy.consent import lacking
from aktorkart.scene.namesakes import told_apart

if TYPE_CHECKING:
    import datetime as dt
    import os

    from aktorkart.forms.paper import Paper

ENDINGS = (".xlsx", ".docx")
"""Endings that forms are written to."""


def endings_of(form: str) -> tuple[str, ...]:
    """Return the endings that a form is written to, the usual one first."""
    if form == "xlsform":
        return (".xlsx",)
    return ENDINGS[::-1] if form in PAPERS else ENDINGS


@dataclass(frozen=True, kw_only=True, eq=False)
class Form:
    """A form, ready to be saved and sent out.

    Parameters
    ----------
    form : str
        Which form it is.
    lang : {"nb", "nn", "en", "sv"}
        Its language.
    kart : ActorMap
        What it is filled in with, as it may be shown; names only where it is blank.
    blank : bool
        Whether it is filled in with no map.
    left_out : tuple of Problem
        Texts that are left out because a name may stand in them.
    roles : bool
        Whether it shows roles instead of names.
    consent : Problem or None
        What is wrong with the consent to a map around a person.
    private : bool
        Whether it is about one person, so that a new file is its owner's only.

    See Also
    --------
    aktorkart.form : Makes one.
    """

    form: str
    lang: str
    kart: ActorMap = field(repr=False)
    blank: bool = field(repr=False)
    left_out: tuple[Problem, ...] = field(repr=False)
    roles: bool = field(repr=False)
    consent: Problem | None = field(repr=False)
    private: bool = field(repr=False)

    @property
    def endings(self) -> tuple[str, ...]:
        """What it can be saved as, the usual ending first."""
        return endings_of(self.form)

    @property
    def data(self) -> bytes:
        """The whole workbook."""
        return self.to_bytes(".xlsx")

    @property
    def notes(self) -> tuple[Problem, ...]:
        """What is to be said of it as a file with the usual ending."""
        return self.notes_for(self.endings[0])

    def to_bytes(self, ending: str) -> bytes:
        """Return what a file with an ending holds.

        Parameters
        ----------
        ending : {".xlsx", ".docx"}
            Workbook or Word file.

        Returns
        -------
        bytes
            The whole file; the same form gives the same bytes.

        Raises
        ------
        UnsupportedFile
            If the form has no such file.
        MissingExtra
            If what writes such a file is not installed.

        Examples
        --------
        >>> import aktorkart as ak
        >>> made = ak.form(ak.examples.two_brokers(), form="cards", lang="en")
        >>> made.to_bytes(".docx")[:2]
        b'PK'
        """
        known = ending_of(f"{self.form}{ending}", self.endings)
        return self._docx if known == ".docx" else self._xlsx[0]

    def notes_for(self, ending: str) -> tuple[Problem, ...]:
        """Return what is to be said of it as a file with an ending.

        Parameters
        ----------
        ending : {".xlsx", ".docx"}
            Workbook or Word file.

        Returns
        -------
        tuple of Problem
            What the map says that a workbook has no room for, or that such a file cannot be
            read back as a map; and texts that are left out because a name may stand in them.

        Raises
        ------
        UnknownName
            If there is no such form with that ending.

        Examples
        --------
        >>> import aktorkart as ak
        >>> [note.code for note in ak.form(form="plan").notes_for(".docx")]
        ['form_not_read']
        """
        one_of(ending, ENDINGS, option="ending")
        if ending == ".docx" or self.form in PAPERS:
            values = {"form": text(f"form.title.{self.form}", self.lang), "ending": ending}
            return (*self.left_out, Problem(code="form_not_read", values=values))
        return (*self.left_out, *self._xlsx[1])

    @cached_property
    def _xlsx(self) -> tuple[bytes, tuple[Problem, ...]]:
        """The workbook, and what of the map it has no room for."""
        if self.form == "xlsform":
            return xlsform(self.kart, self.lang)
        if self.form in PAPERS:
            return xlsx(self._paper, self.form, self.lang), ()
        return workbook(self.kart, self.form, self.lang, blank=self.blank)

    @cached_property
    def _docx(self) -> bytes:
        from aktorkart.forms.word import docx

        return docx(self._paper, self.lang)

    @cached_property
    def _paper(self) -> Paper:
        from aktorkart.forms.papers import PAPERS as MADE
        from aktorkart.forms.papers.asking import Asking

        asking = Asking(
            kart=told_apart(self.kart, self.lang),
            form=self.form,
            lang=self.lang,
            blank=self.blank,
            roles=self.roles,
            remarks=() if self.consent is None else (self.consent.text(self.lang),),
        )
        return MADE[self.form](asking)

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write the form to a file; the ending chooses the format.

        Parameters
        ----------
        path : str or path-like
            Its ending is ``.xlsx`` or ``.docx``; an ``xlsform`` is ``.xlsx``.

        Raises
        ------
        UnsupportedFile
            For other endings.
        MissingExtra
            If what writes such a file is not installed.
        UnwritableFile
            If it cannot be written; what stood there is untouched.
        """
        data = self.to_bytes(ending_of(path, self.endings))
        write_bytes(path, data, private=self.private)


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
    """Make a form to fill in: a workbook, most of them read back by ``read``, or a Word file.

    Names stand instead of ids everywhere, words are in the reader's language, and each has a
    drop-down. An ``xlsform`` is for ODK and Kobo: me, my partners, and how close each is.
    Word files, and ``communication``, ``agenda`` and ``cards`` whatever they are saved as, are
    for people: they cannot be read back.

    Parameters
    ----------
    kart : ActorMap, optional
        What is known already; blank if left out.
    form : str
        ``service`` or ``user``: around a service, around one user; ``mapping``, the least there
        is to ask; ``ks``, KS' «Lokalt aktørkart» in three steps; ``interests``, power and
        interest of stakeholders; ``partners``, first chosen and then rated as PARTNER does;
        ``plan``, goals and actions; ``checklist``, the one for collaboration;
        ``communication``, a plan in Ihlen and Robstad's ten steps; ``agenda``, up to five
        questions for the next meeting; ``cards``, for a wall of notes; or ``xlsform``.
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

    Notes
    -----
    The agenda asks about what the findings say is missing, a theme each in this order: tellings,
    coordinator, goals, handovers, ties that do not go well, ties that are missing, the plan, and
    the rest; `aktorkart.care.next_steps` have a question of their own. Where that is fewer than
    five, it asks about what the map does not tell. It invents nothing.

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
        seen, notes = hidden.kart, hidden.notes
        wrong = lacking(kart, today=today)
    else:
        lang = language(lang)
        seen, notes, wrong = _blank(actors), (), None
    if form == "xlsform" and not seen.actors:
        raise InvalidMap(Problem(code="xlsform_without_actors"))
    return Form(
        form=form,
        lang=lang,
        kart=seen,
        blank=blank,
        left_out=notes,
        roles=not blank and seen is not kart,
        consent=wrong,
        private=seen.scope == "individual" or form == "user",
    )


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
