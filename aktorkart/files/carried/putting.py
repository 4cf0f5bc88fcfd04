"""The map put into the files that carry it."""

from __future__ import annotations

import re
import zlib
from typing import TYPE_CHECKING, Any

from aktorkart.files.carried.payload import ATTACHED, MARK, MIME, NAMESPACE, packed, plain

if TYPE_CHECKING:
    from aktorkart.model import ActorMap

_SCHEMA = "http://schemas.openxmlformats.org/officeDocument/2006"


def element(kart: ActorMap) -> str:
    """Return a map as an element of XML, for an SVG or a Word file."""
    return f'<{MARK} xmlns="{NAMESPACE}">{packed(kart)}</{MARK}>'


def block(kart: ActorMap) -> str:
    """Return a map as data in a page: browsers do not run what is no script."""
    return f'<script type="application/octet-stream" id="{MARK}">{packed(kart)}</script>'


def put_into_word(document: Any, kart: ActorMap | None) -> None:
    """Put a map among the data of a Word file, and take away what a template has carried."""
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    owner = document.part
    for id_, known in [*owner.rels.items()]:
        data = b"" if known.is_external else known.target_part.blob
        if known.reltype.endswith("/customXml") and MARK.encode() in data:
            del owner.rels[id_]
    if kart is None:
        return
    package = owner.package
    name = package.next_partname("/customXml/item%d.xml")
    data = f'<?xml version="1.0" encoding="UTF-8"?>\n{element(kart)}'.encode()
    part = Part(name, "application/xml", data, package)
    owner.relate_to(part, f"{_SCHEMA}/relationships/customXml")
    # Word keeps data that have properties when it saves the file again.
    about = (
        '<?xml version="1.0" encoding="UTF-8" standalone="no"?>\n'
        f'<ds:datastoreItem ds:itemID="{_ITEM}" xmlns:ds="{_SCHEMA}/customXml">'
        f'<ds:schemaRefs><ds:schemaRef ds:uri="{NAMESPACE}"/></ds:schemaRefs></ds:datastoreItem>'
    ).encode()
    kind = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"
    beside = Part(PackURI(name.replace("item", "itemProps")), kind, about, package)
    part.relate_to(beside, f"{_SCHEMA}/relationships/customXmlProps")


_ITEM = "{7B1D2C0E-5A4F-4E0B-9C63-616B746F726B}"
"""Names the data within the file; always the same, so that the same report is."""

_CATALOG = re.compile(rb"(\d+) 0 obj\s*<<\s*/Type /Catalog\b([^<>]*)>>")
_TRAILER = re.compile(rb"trailer\s*<<\s*/Size (\d+)([^<>]*)>>\s*startxref\s*(\d+)\s*%%EOF\s*$")


def attached(pdf: bytes, kart: ActorMap) -> bytes:
    """Return a PDF of matplotlib's with a map attached, as an update at its end."""
    catalog, trailer = _CATALOG.search(pdf), _TRAILER.search(pdf)
    assert catalog is not None  # noqa: S101 - what matplotlib has just written
    assert trailer is not None  # noqa: S101 - as above
    root, size = int(catalog[1]), int(trailer[1])
    content = plain(kart)
    stream = zlib.compress(content, 9)
    name, mime = ATTACHED.encode(), MIME.replace("/", "#2F").encode()
    objects = {
        root: b"<< /Type /Catalog%b/AF [ %d 0 R ]\n"
        b"/Names << /EmbeddedFiles << /Names [ (%b) %d 0 R ] >> >> >>"
        % (catalog[2], size + 1, name, size + 1),
        size: b"<< /Type /EmbeddedFile /Subtype /%b /Filter /FlateDecode /Length %d\n"
        b"/Params << /Size %d >> >>\nstream\n%b\nendstream"
        % (mime, len(stream), len(content), stream),
        size + 1: b"<< /Type /Filespec /F (%b) /UF (%b) /AFRelationship /Source\n"
        b"/EF << /F %d 0 R /UF %d 0 R >> >>" % (name, name, size, size),
    }
    out, table = bytearray(pdf), b"xref\n"
    for number, written in objects.items():
        table += b"%d 1\n%010d 00000 n \n" % (number, len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, written)
    start = len(out)
    out += table + b"trailer\n<< /Size %d%b/Prev %b >>\n" % (size + 2, trailer[2], trailer[3])
    return bytes(out + b"startxref\n%d\n%%%%EOF\n" % start)
