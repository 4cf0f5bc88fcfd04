"""The mark of whoever sends a report: read once, and put on its first page."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass, field

from aktorkart.errors import Place, Problem, UnsupportedFile
from aktorkart.files.decoding import File

_STARTS = {b"\x89PNG\r\n\x1a\n": "png", b"\xff\xd8\xff": "jpeg"}
"""How pictures begin."""

_LOOKED_AT = 1000
"""So many bytes of an SVG may stand before its first element."""


_SHOWN_IN = (".html", ".docx", ".pdf")


@dataclass(frozen=True)
class Logo:
    """A picture: its file, what kind it is, and its bytes."""

    file: str
    kind: str
    """``png``, ``jpeg`` or ``svg``."""
    data: bytes = field(repr=False)

    @property
    def address(self) -> str:
        """The picture as an address that holds it, for a page that loads nothing."""
        kind = "svg+xml" if self.kind == "svg" else self.kind
        return f"data:image/{kind};base64,{b64encode(self.data).decode()}"


def logo_of(path: str) -> Logo:
    """Read a picture; what it is shows by how it begins, whatever its ending says."""
    data = File(path).data()
    kind = next((kind for start, kind in _STARTS.items() if data.startswith(start)), None)
    if kind is None and b"<svg" in data[:_LOOKED_AT]:
        kind = "svg"
    if kind is None:
        raise UnsupportedFile(Problem(code="not_a_logo", place=Place(file=path)))
    return Logo(path, kind, data)


def expect_logo(ending: str, logo: Logo | None) -> None:
    """Refuse a logo where the file that is written cannot hold it."""
    if logo is None:
        return
    place = Place(file=logo.file)
    if ending not in _SHOWN_IN:
        raise UnsupportedFile(Problem(code="no_logo", place=place, values={"value": ending}))
    if ending == ".docx" and logo.kind == "svg":
        raise UnsupportedFile(Problem(code="logo_not_in_word", place=place))
