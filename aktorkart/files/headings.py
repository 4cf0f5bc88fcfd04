"""What the columns of a table of actors or ties may be called, and their words.

The one place where headings are known; spreadsheets, data frames and forms share it. The
first heading of a language is the one that is written.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from aktorkart.i18n import LANGUAGES, catalogue
from aktorkart.model import vocabulary

if TYPE_CHECKING:
    from collections.abc import Mapping

# Per field: what is written in nb, nn, en and sv, and then what else is understood.
ACTORS: Mapping[str, tuple[str, ...]] = {
    "id": ("id", "id", "id", "id", "kode", "code", "kod"),
    "name": ("navn", "namn", "name", "namn", "aktør", "actor", "aktör", "label"),
    "kind": ("type", "type", "kind", "typ", "slag", "aktørtype"),
    "line": ("linje", "linje", "line", "linje"),
    "level": ("nivå", "nivå", "level", "nivå"),
    "linkage": ("kobling", "kopling", "linkage", "koppling"),
    "organisation": (
        *("organisasjon", "organisasjon", "organisation", "organisation"),
        *("organization", "virksomhet", "verksemd", "verksamhet"),
    ),
    "power": ("makt", "makt", "power", "makt", "innflytelse", "påverknad", "inflytande"),
    "interest": ("interesse", "interesse", "interest", "intresse"),
    "legitimacy": ("legitimitet", "legitimitet", "legitimacy", "legitimitet"),
    "urgency": ("hast", "hast", "urgency", "brådska", "hastegrad"),
    "threat": ("trussel", "trugsmål", "threat", "hot"),
    "cooperation": (
        *("samarbeidsvilje", "samarbeidsvilje", "cooperation", "samarbetsvilja"),
        *("samarbeid", "samarbete"),
    ),
    "stance": ("holdning", "haldning", "stance", "hållning"),
    "open": ("åpent", "ope", "open", "öppet", "åpningstid", "opningstid", "öppettider"),
    "tasks": ("oppgaver", "oppgåver", "tasks", "uppgifter", "ansvar"),
    "note": ("merknad", "merknad", "note", "anteckning", "notat", "kommentar", "comment"),
    "source": ("kilde", "kjelde", "source", "källa"),
}
"""Headings of the fields of an actor."""

TIES: Mapping[str, tuple[str, ...]] = {
    "source": ("fra", "frå", "source", "från", "from"),
    "target": ("til", "til", "target", "till", "to"),
    "strength": ("styrke", "styrke", "strength", "styrka"),
    "kind": ("type", "type", "kind", "typ", "slag", "relasjon", "relation"),
    "mutual": ("gjensidig", "gjensidig", "mutual", "ömsesidig"),
    "quality": ("kvalitet", "kvalitet", "quality", "kvalitet"),
    "communication": ("kommunikasjon", "kommunikasjon", "communication", "kommunikation"),
    "needed": ("trengs", "trengst", "needed", "behövs", "mangler", "manglar", "saknas"),
    "since": ("fra dato", "frå dato", "since", "från datum", "siden", "sidan", "sedan", "start"),
    "until": ("til dato", "til dato", "until", "till datum", "slutt", "slut", "end"),
    "informant": ("informant", "informant", "informant", "informant"),
    "bound_to": ("bundet til", "bunden til", "bound to", "bunden till"),
    "changed_practice": ("endret praksis", "endra praksis", "changed practice", "ändrad praxis"),
    "stage": ("samarbeidstrinn", "samarbeidssteg", "stage", "samarbetssteg"),
    "trust.reliability": (
        *("tillit: pålitelighet", "tillit: pålitelegheit"),
        *("trust: reliability", "tillit: pålitlighet"),
    ),
    "trust.shared_mission": (
        *("tillit: felles oppdrag", "tillit: felles oppdrag"),
        *("trust: shared mission", "tillit: gemensamt uppdrag"),
    ),
    "trust.openness": (
        "tillit: åpenhet",
        "tillit: openheit",
        "trust: openness",
        "tillit: öppenhet",
    ),
    "value.power": (
        *("verdi: innflytelse", "verdi: innverknad", "value: power", "värde: inflytande"),
    ),
    "value.involvement": (
        *("verdi: engasjement", "verdi: engasjement"),
        *("value: involvement", "värde: engagemang"),
    ),
    "value.resources": (
        *("verdi: ressurser", "verdi: ressursar", "value: resources", "värde: resurser"),
    ),
    "support.given": ("støtte gitt", "støtte gitt", "support given", "stöd givet"),
    "support.received": (
        *("støtte mottatt", "støtte motteken", "support received", "stöd mottaget"),
    ),
    "damour.goals": (
        *("kjennetegn: mål", "kjenneteikn: mål", "indicator: goals", "kännetecken: mål"),
    ),
    "damour.client_centred": (
        *("kjennetegn: brukeren i sentrum", "kjenneteikn: brukaren i sentrum"),
        *("indicator: client-centred", "kännetecken: brukaren i centrum"),
    ),
    "damour.acquaintanceship": (
        *("kjennetegn: kjennskap", "kjenneteikn: kjennskap"),
        *("indicator: acquaintanceship", "kännetecken: kännedom"),
    ),
    "damour.trust": (
        *("kjennetegn: tillit", "kjenneteikn: tillit", "indicator: trust", "kännetecken: tillit"),
    ),
    "damour.centrality": (
        *("kjennetegn: sentral retning", "kjenneteikn: sentral retning"),
        *("indicator: centrality", "kännetecken: central inriktning"),
    ),
    "damour.leadership": (
        *("kjennetegn: lokal ledelse", "kjenneteikn: lokal leiing"),
        *("indicator: leadership", "kännetecken: lokalt ledarskap"),
    ),
    "damour.innovation": (
        *("kjennetegn: nye måter", "kjenneteikn: nye måtar"),
        *("indicator: innovation", "kännetecken: nya arbetssätt"),
    ),
    "damour.connectivity": (
        *("kjennetegn: møtesteder", "kjenneteikn: møtestader"),
        *("indicator: connectivity", "kännetecken: mötesplatser"),
    ),
    "damour.formalisation": (
        *("kjennetegn: avtaler", "kjenneteikn: avtalar"),
        *("indicator: formalisation", "kännetecken: avtal"),
    ),
    "damour.information_exchange": (
        *("kjennetegn: opplysninger", "kjenneteikn: opplysningar"),
        *("indicator: information exchange", "kännetecken: information"),
    ),
    "note": ("merknad", "merknad", "note", "anteckning", "notat", "kommentar", "comment"),
    "basis": ("grunnlag", "grunnlag", "basis", "underlag"),
}
"""Headings of the fields of a tie; of a scale with items each has a column."""

COUNTS = ("antall", "tal", "count", "antal", "vekt", "weight", "vikt")
"""Headings of a tie's strength where it is a count without a scale."""

_WORDS = {
    ("actors", "kind"): ("kind", tuple(vocabulary.KINDS)),
    ("actors", "line"): ("line", vocabulary.LINES),
    ("actors", "level"): ("level", vocabulary.LEVELS),
    ("actors", "linkage"): ("linkage", vocabulary.LINKAGES),
    ("ties", "kind"): ("tie_kind", vocabulary.TIE_KINDS),
    ("ties", "quality"): ("quality", vocabulary.QUALITIES),
    ("ties", "communication"): ("communication", vocabulary.COMMUNICATION),
    **dict.fromkeys(
        (("ties", f"support.{way}") for way in vocabulary.SUPPORT_WAYS),
        ("scale.support", vocabulary.SUPPORT),
    ),
}


def written(fields: Mapping[str, tuple[str, ...]], field: str, lang: str) -> str:
    """Return the heading to write for a field."""
    return fields[field][LANGUAGES.index(lang)]


def simple(heading: str) -> str:
    """Return a heading without case, stray signs, and what stands in brackets after it."""
    bare = re.sub(r"[(\[].*$", "", heading.replace("_", " ")).strip(" :*?\t")
    return " ".join(bare.casefold().split())


def field_of(fields: Mapping[str, tuple[str, ...]], heading: str) -> str | None:
    """Tell which field a heading means."""
    bare = simple(heading)
    for field, names in fields.items():
        # The name in the file format is always understood.
        if bare in names or bare == field.replace("_", " "):
            return field
    return "strength" if "strength" in fields and bare in COUNTS else None


_NUMBER = r"([0-9]{1,9}(?:[.,][0-9]{1,9})?)"


def scale_of(heading: str) -> tuple[float, float] | None:
    """Read the scale that a heading states."""
    if simple(heading) in COUNTS:
        return None
    found = re.search(rf"[(\[]\s*{_NUMBER}\s*(?:[-–]|til|to|till)\s*{_NUMBER}\s*[)\]]", heading)
    if found is None:
        return (1.0, 5.0)
    low, high = (float(part.replace(",", ".")) for part in found.groups())
    return (low, high)


@cache
def _codes(table: str, field: str) -> dict[str, str]:
    section, known = _WORDS[table, field]
    codes = {
        catalogue(lang)[f"{section}.{word}"].casefold(): word
        for word in known
        for lang in LANGUAGES
    }
    return codes | {word: word for word in known}


def code_of(table: str, field: str, word: str) -> str:
    """Return the file format's word for what people write: ``gp`` for «Fastlege»."""
    if (table, field) not in _WORDS:
        return word
    return _codes(table, field).get(word.casefold(), word)
