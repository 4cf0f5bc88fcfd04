"""The view: the map in one page that answers when it is touched."""

from __future__ import annotations

from dataclasses import dataclass, field
from html import escape
from typing import TYPE_CHECKING, Any

from aktorkart.atomic import expect_path, write_bytes
from aktorkart.errors import Problem, WrongArgument, language
from aktorkart.expected import expect
from aktorkart.files import ending_of
from aktorkart.model import expect_map
from aktorkart.viewer.communities import CommunitiesPage
from aktorkart.viewer.edit import EditPage, edit_page
from aktorkart.viewer.page import Page
from aktorkart.viewer.seen import is_crowd, refuse_crowd, seen_of
from aktorkart.viewer.still import still

if TYPE_CHECKING:
    import os

    from aktorkart.model import ActorMap
    from aktorkart.scene.style import Style
    from aktorkart.viewer.widget import MapWidget

ENDINGS = (".html",)
"""What a view is written to."""

_HIGH = 720
"""Of a notebook's cell, in pixels."""


@dataclass(frozen=True, kw_only=True)
class View:
    """A map as a page: to save, to send, to put on a web page, or in a notebook's cell.

    Made by :func:`aktorkart.view`.

    Parameters
    ----------
    html : str
        The whole document; it asks for nothing from anywhere else.
    csp : str
        Its content security policy, which stands in the document: the hashes of its own script
        and style, nothing else. For those who serve it with a header of their own.
    title : str
        The page's title.
    lang : {"nb", "nn", "en", "sv"}
        The reader's language.
    kart : ActorMap
        The map as it is shown: with roles where names are not to be seen.

    Examples
    --------
    >>> import aktorkart as ak
    >>> ak.view(ak.examples.two_brokers(), lang="en").csp.split(";")[0]
    "default-src 'none'"
    """

    html: str = field(repr=False)
    csp: str = field(repr=False)
    title: str
    lang: str
    kart: ActorMap

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write the page to a file.

        New files of a map around a person can be read by their owner only.

        Parameters
        ----------
        path : str or path-like
            The file, ending in ``.html``.

        Raises
        ------
        UnsupportedFile
            For other endings.
        UnwritableFile
            If it cannot be written; what stood there is untouched.
        """
        ending_of(expect_path(path), ENDINGS)
        write_bytes(path, self.html.encode(), private=self.kart.scope == "individual")

    def widget(self) -> MapWidget:
        """Make the page a part of a notebook that answers.

        Who is chosen in the page comes back as ``selection`` and, with ``edit=True``, what is
        changed as ``kart``. For JupyterLab, and whatever else shows
        `anywidgets <https://anywidget.dev>`_.

        Returns
        -------
        MapWidget
            Shows itself as the last thing in a cell.

        Raises
        ------
        MissingExtra
            Without ``pip install 'aktorkart[widget]'``.
        """
        from aktorkart.viewer.widget import MapWidget

        return MapWidget(self, height=_HIGH)

    def _repr_html_(self) -> str:
        """Return the page in a frame of its own, before a picture for those who show no frames."""
        return (
            f'<div style="position:relative;min-height:{_HIGH}px" lang="{self.lang}">'
            f"{still(self.kart, self.lang)}"
            '<iframe style="position:absolute;inset:0;width:100%;height:100%;border:0" '
            'sandbox="allow-scripts allow-downloads allow-forms allow-modals" '
            f'title="{escape(self.title)}" srcdoc="{escape(self.html)}"></iframe></div>'
        )


def view(  # noqa: PLR0913 - keyword-only, and each has a default
    kart: ActorMap,
    *,
    earlier: ActorMap | None = None,
    edit: bool = False,
    lang: str | None = None,
    style: Style | str | None = None,
    names: bool | None = None,
    consent: str = "required",
    embed: bool = True,
) -> View:
    """Make a page of a map that answers when it is touched.

    The picture is that of :func:`aktorkart.figures.network`: the same places, marks, lines and
    legend. It can be moved, searched, filtered and read aloud; whoever is chosen shows what is
    known of them, and what would happen without them. One file, without an address outside.

    Parameters
    ----------
    kart : ActorMap
        The map.
    earlier : ActorMap, optional
        An earlier map of the same: the page shows before, now, and what has changed.
    edit : bool
        Whether the page is one to build the map in: it can be changed by mouse, touch or
        keyboard, says what the map says while it is built, and saves it as a file of ours. An
        empty map will do to begin with.
    lang : {"nb", "nn", "en", "sv"}, optional
        The language; the map's if left out, else Norwegian bokmål.
    style : Style or str, optional
        The look: a style of your own, or report, slide, print or dark. If left out it is the
        report's on light screens and the dark one on dark screens.
    names : bool, optional
        True shows names, False roles; roles around a person if left out.
    consent : {"required", "ignore"}
        Whether names of a map around a person need a consent that holds. What is wrong with it
        stands on top of the page either way.
    embed : bool
        Whether the page carries the map, as it is shown and without the earlier one, for
        `aktorkart.read` to open again. The help says so.

    Returns
    -------
    View
        Shows itself in a notebook; ``save`` writes it.

    Raises
    ------
    NoConsent
        If names of a map around a person are asked for, and no consent holds.
    UnknownName
        If there is no such language or style.
    WrongArgument
        If it is given something else than a map, an earlier one together with ``edit``, or more
        than 3 000 actors with either: a page of so many begins with communities.

    Notes
    -----
    What if somebody drops out, or a tie were there, is worked out when the page is made, by
    `aktorkart.care.drop_out`, `aktorkart.care.next_steps` and `aktorkart.care.coordinator`
    (METHOD 6 and 9): for every actor, and on maps of up to 60 actors for a tie of information
    between any two; on larger ones for the next steps. Numbers and findings are those of the
    map's date.

    Of more than 3 000 actors the page begins with the communities of `aktorkart.measures`, and
    shows the actors of one when it is opened. What if and findings are not worked out then.

    Examples
    --------
    >>> import aktorkart as ak
    >>> made = ak.view(ak.examples.two_brokers(), lang="en")
    >>> made.html.count('class="a"'), "https://" in made.html
    (4, False)
    >>> ak.view(ak.ActorMap(title="Today's workshop"), edit=True, lang="en").title
    "Today's workshop"
    """
    expect_map(kart)
    expect("yes_or_no", edit=edit)
    expect("yes_or_no", embed=embed)
    lang = language(lang, kart.lang)
    if edit and earlier is not None:
        raise WrongArgument(Problem(code="edit_whole", values={"option": "earlier"}))
    if earlier is not None:
        expect_map(earlier)
        refuse_crowd(earlier, kart, code="earlier_too_many")
    look: dict[str, Any] = {"lang": lang, "style": style, "names": names, "consent": consent}
    page: EditPage | CommunitiesPage | Page
    if edit:
        page = edit_page(kart, embed=embed, **look)
    else:
        chosen = CommunitiesPage if is_crowd(kart) else Page
        page = chosen(seen_of(kart, earlier, **look), kart, embed=embed)
    html = page.html()
    return View(html=html, csp=page.csp, title=page.title, lang=lang, kart=page.seen.kart)
