"""One pass over a file of XML: what begins, what ends, and the text between.

Through defusedxml, so that entities that multiply and files that are fetched are refused; the
parser below it calls us straight, which is several times faster than building a tree.
"""

from __future__ import annotations

import codecs
import contextlib
import re
from typing import TYPE_CHECKING, Any, NoReturn

from aktorkart.errors import InvalidMap, Place, Problem
from aktorkart.files.decoding import File

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_ENDED = frozenset({3, 5, 6, 20})
"""What expat says of a file that ends in the middle: no element, token, letter, CDATA."""

_DECLARED = re.compile(rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z][\w.-]{0,40})""")


class Elements:
    """Calls a method for each element by its local name, whatever its namespace is called.

    ``starts`` take the element's attributes, ``ends`` nothing. Between `listen` and `heard`
    the text is kept.
    """

    def __init__(
        self,
        file: File,
        *,
        root: str,
        starts: Mapping[str, Callable[[dict[str, str]], None]],
        ends: Mapping[str, Callable[[], None]],
    ) -> None:
        from defusedxml.ElementTree import DefusedXMLParser

        self.file = file
        self.root = root
        whole: Any = DefusedXMLParser(target=object())
        self._whole = whole
        self._expat = whole.parser
        # What the parser does not ask for costs nothing: no text outside of what is listened to.
        self._expat.DefaultHandlerExpand = None
        self._expat.ordered_attributes = False
        self._expat.StartElementHandler = self._first
        self._expat.SkippedEntityHandler = self._skipped
        self._starts = _ByLocalName(starts)
        self._ends = _ByLocalName(ends)
        self._kept: list[str] = []

    @property
    def line(self) -> int:
        """The line that is being read."""
        return int(self._expat.CurrentLineNumber)

    def listen(self) -> None:
        """Keep the text from here on."""
        self._kept = []
        self._expat.CharacterDataHandler = self._kept.append

    def heard(self) -> str:
        """Return the text since `listen`."""
        self._expat.CharacterDataHandler = None
        return "".join(self._kept)

    def run(self) -> None:
        """Read the file from end to end."""
        from defusedxml.common import DefusedXmlException
        from defusedxml.ElementTree import ParseError

        source = _text(self.file)
        if not source.strip():
            self._stop("empty_file")
        if not source.lstrip("\ufeff \t\r\n").startswith("<"):
            self._stop("not_xml")
        try:
            self._whole.feed(source)
            self._whole.close()
        except ParseError as error:
            line, column = error.position
            code = "xml_end" if error.code in _ENDED else "xml_syntax"
            self._stop(code, line, column + 1)
        except DefusedXmlException:
            self._stop("xml_entities", self.line)

    def _first(self, name: str, attributes: dict[str, str]) -> None:
        """See whether this is the kind of file that is expected."""
        found = local(name)
        if found.casefold() != self.root:
            self._stop("xml_root", self.line, value=found, known=self.root)
        starts, ends = self._starts, self._ends

        def start(name: str, attributes: dict[str, str]) -> None:
            call = starts[name]
            if call is not None:
                call(attributes)

        def end(name: str) -> None:
            call = ends[name]
            if call is not None:
                call()

        self._expat.StartElementHandler = start
        self._expat.EndElementHandler = end
        start(name, attributes)

    def _skipped(self, name: str, _parameter: bool) -> None:  # noqa: FBT001 - expat's signature
        self._stop("xml_entity", self.line, value=name)

    def _stop(
        self, code: str, line: int | None = None, column: int | None = None, **values: Any
    ) -> NoReturn:
        place = Place(file=self.file.name, line=line, column=column)
        raise InvalidMap(Problem(code=code, place=place, values=values))


class _ByLocalName(dict[str, Any]):
    """What to call for a name with its namespace, looked up by what comes after that."""

    def __init__(self, calls: Mapping[str, Any]) -> None:
        super().__init__()
        self._calls = calls

    def __missing__(self, name: str) -> Any:
        call = self[name] = self._calls.get(local(name))
        return call


def local(name: str) -> str:
    """Return a name without its namespace."""
    return name.rpartition("}")[2]


_OLD = re.compile("iso8859|cp|koi8|mac")
"""Codes of one byte a letter, by the beginning of Python's names for them."""


def _text(file: File) -> str:
    """Return the text; files that claim to be UTF-8 and are not are those of old Windows."""
    data = file.data()
    found = _DECLARED.match(data[:400])
    code = "cp1252"
    if found:
        with contextlib.suppress(LookupError):
            known = codecs.lookup(found.group(1).decode("ascii")).name
            # What calls itself Latin-1 is Windows' in practice, and the same where it is not.
            code = known if _OLD.match(known) and known != "iso8859-1" else code
    return File(file.name, data).text(fallback=code)


# --- writing

_SIGNS = (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;"))
_SPACES = (("\r", "&#13;"), ("\n", "&#10;"), ("\t", "&#9;"))


def escaped(text: str) -> str:
    """Write a text so that it is read as it is, also as the value of an attribute."""
    for sign, written in (*_SIGNS, *_SPACES):
        if sign in text:
            text = text.replace(sign, written)
    return text


def attributes(values: Mapping[str, str | None]) -> str:
    """Write the attributes of an element that have a value, each with a space before."""
    return "".join(
        f' {name}="{escaped(value)}"' for name, value in values.items() if value is not None
    )
