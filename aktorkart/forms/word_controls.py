"""What is filled in on the screen in a Word file: boxes to tick, and words to choose among."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from aktorkart.files.word_file import clean, element

if TYPE_CHECKING:
    from collections.abc import Sequence

_TICKED, _OPEN = "\N{BALLOT BOX WITH X}", "\N{BALLOT BOX}"
_SIGNS = "MS Gothic"
"""The font that has both signs; what Word itself takes."""

_ROOM = "\N{NO-BREAK SPACE}" * 8
"""What an empty control holds: seen on the screen, and nothing on paper."""


class Controls:
    """Content controls of a document, each with a number of its own."""

    def __init__(self) -> None:
        self._made = 0

    def tick(self, paragraph: Any, *, done: bool, named: str) -> None:
        """Put a box to tick at the end of a paragraph."""
        from docx.oxml import parse_xml
        from docx.oxml.ns import nsdecls

        about, content = self._control(paragraph, named)
        w14 = 'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
        states = "".join(
            f'<w14:{state}State w14:val="{ord(sign):04X}" w14:font="{_SIGNS}"/>'
            for state, sign in (("checked", _TICKED), ("unchecked", _OPEN))
        )
        checked = f'<w14:checked w14:val="{int(done)}"/>'
        xml = f"<w14:checkbox {w14} {nsdecls('w')}>{checked}{states}</w14:checkbox>"
        about.append(parse_xml(xml))
        content.append(_run(_TICKED if done else _OPEN, font=_SIGNS))

    def choose(self, paragraph: Any, said: str, offered: Sequence[str], *, named: str) -> None:
        """Put a list of words at the end of a paragraph; another word may be written."""
        about, content = self._control(paragraph, named)
        if not said:
            about.append(element("w:showingPlcHdr"))
        words = element("w:comboBox")
        for one in dict.fromkeys(clean(word) for word in offered):
            words.append(element("w:listItem", displayText=one, value=one))
        about.append(words)
        content.append(_run(clean(said) or _ROOM))

    def _control(self, paragraph: Any, named: str) -> tuple[Any, Any]:
        self._made += 1
        control, about, content = (element(f"w:sdt{part}") for part in ("", "Pr", "Content"))
        about.append(element("w:alias", val=clean(named)[:_MOST_LETTERS]))
        about.append(element("w:id", val=str(self._made)))
        control.extend([about, content])
        paragraph._p.append(control)  # noqa: SLF001 - python-docx has no controls
        return about, content


_MOST_LETTERS = 64


def _run(words: str, *, font: str | None = None) -> Any:
    run, said = element("w:r"), element("w:t")
    if font is not None:
        look = element("w:rPr")
        look.append(element("w:rFonts", ascii=font, hAnsi=font, eastAsia=font, cs=font))
        run.append(look)
    said.text = words
    said.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    run.append(said)
    return run
