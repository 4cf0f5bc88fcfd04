"""What the columns of a table of actors or ties may be called, and their words.

The one place where headings are known; spreadsheets, data frames and forms share it. The
first heading of a language is the one that is written.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from aktorkart.files import words
from aktorkart.i18n import LANGUAGES
from aktorkart.model.vocabulary import USUAL

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

# Per field: what is written in nb, nn, en and sv, and then what else is understood.
ACTORS: Mapping[str, tuple[str, ...]] = {
    "id": ("id", "id", "id", "id", "node id", "nodeid", "key", "kode", "code", "kod"),
    "name": (
        *("navn", "namn", "name", "namn", "aktør", "actor", "aktör", "label", "aktørnavn"),
        *("vertex", "node", "element", "title", "full name", "hvem", "kven", "vem", "who"),
    ),
    "kind": (
        *("type", "type", "kind", "typ", "slag", "aktørtype", "category", "kategori"),
        *("type aktør", "type of actor", "typ av aktör"),
    ),
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
    "wanted_stance": ("ønsket holdning", "ønskt haldning", "wanted stance", "önskad hållning"),
    "open": ("åpent", "ope", "open", "öppet", "åpningstid", "opningstid", "öppettider"),
    "tasks": ("oppgaver", "oppgåver", "tasks", "uppgifter", "ansvar"),
    "note": ("merknad", "merknad", "note", "anteckning", "notat", "kommentar", "comment"),
    "source": ("kilde", "kjelde", "source", "källa"),
}
"""Headings of the fields of an actor."""

TIES: Mapping[str, tuple[str, ...]] = {
    "source": (
        *("fra", "frå", "source", "från", "from"),
        *("fra aktør", "frå aktør", "från aktör", "from actor", "source id", "from id"),
    ),
    "target": (
        *("til", "til", "target", "till", "to"),
        *("til aktør", "til aktør", "till aktör", "to actor", "target id", "to id"),
    ),
    "strength": (
        *("styrke", "styrke", "strength", "styrka"),
        *("tetthet", "tettleik", "täthet", "closeness", "hvor tett", "kor tett", "hur nära"),
        *("tie strength", "relationship strength", "edge weight"),
    ),
    "kind": (
        *("type", "type", "kind", "typ", "slag", "relasjon", "relation", "relationship"),
        *("interaction", "relasjonstype", "relation type", "tie type", "type relasjon"),
    ),
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

PAIRS: tuple[tuple[str, str, bool], ...] = (
    *(("kilde", "mål", False), ("kjelde", "mål", False), ("källa", "mål", False)),
    *(("vertex 1", "vertex 2", False), ("vertex1", "vertex2", False)),
    *(("node 1", "node 2", False), ("node1", "node2", False), ("node a", "node b", False)),
    *(("actor 1", "actor 2", False), ("actor1", "actor2", False), ("actor a", "actor b", False)),
    *(("aktør 1", "aktør 2", False), ("aktør1", "aktør2", False), ("aktør a", "aktør b", False)),
    *(("aktör 1", "aktör 2", False), ("aktör a", "aktör b", False)),
    *(("person 1", "person 2", False), ("person a", "person b", False)),
    *(("person1", "person2", False), ("id1", "id2", False), ("id 1", "id 2", False)),
    *(("v1", "v2", False), ("n1", "n2", False), ("i", "j", False), ("end 1", "end 2", False)),
    *(("hvem", "med hvem", False), ("kven", "med kven", False), ("vem", "med vem", False)),
    *(("aktør", "samarbeider med", False), ("actor", "works with", False)),
    *(("aktør", "samarbeider med aktør", False), ("aktör", "samverkar med", False)),
    *(("alter 1", "alter 2", False), ("alter1", "alter2", False), ("srcid", "tgtid", False)),
    *(("ego", "alter", True), ("egoid", "alterid", True), ("ego id", "alter id", True)),
    *(("sender", "receiver", True), ("avsender", "mottaker", True)),
    *(("avsendar", "mottakar", True), ("avsändare", "mottagare", True)),
    *(("respondent", "partner", True), ("nominator", "nominee", True)),
    *(("head", "tail", True), ("parent", "child", True)),
)
"""Headings of a tie's two ends that are ends only together; and whether they go one way."""

DIRECTION: Mapping[str, tuple[str, ...]] = {
    "direction": ("retning", "retning", "direction", "riktning", "edge type", "arrow", "arrows"),
    "directed": ("rettet", "retta", "directed", "riktad", "enveis", "one way"),
}
"""Headings in other people's tables that say which way a tie goes."""

WEIGHTS = ("vekt", "weight", "vikt")
"""Headings of a tie's strength in other programs, where it may be a judgement or a count."""

COUNTS = ("antall", "tal", "count", "antal", *WEIGHTS)
"""Headings of a tie's strength where it is a count without a scale."""

VALUES = ("value", "verdi", "värde")
LAST = (*VALUES, "freq", "frequency", "frekvens", "n", "hvor ofte", "kor ofte", "hur ofta")
"""Headings of a tie's strength where no other column is one and they hold numbers."""

_GROUPS = {
    **{("actors", name): name for name in ("kind", "line", "level", "linkage", "open")},
    **{("ties", name): name for name in ("quality", "communication", "bound_to")},
    ("ties", "kind"): "tie_kind",
    **dict.fromkeys((("ties", f"support.{way}") for way in ("given", "received")), "support"),
}
"""Which words the cells of a column are."""


def written(fields: Mapping[str, tuple[str, ...]], field: str, lang: str) -> str:
    """Return the heading to write for a field."""
    return fields[field][LANGUAGES.index(lang)]


@lru_cache(maxsize=65_536)
def simple(heading: str) -> str:
    """Return a heading without case, stray signs, and what stands in brackets after it."""
    return " ".join(bare(heading.replace("_", " ")).casefold().split())


def bare(heading: str) -> str:
    """Return a heading without what stands in brackets after it."""
    return re.sub(r"[(\[].*$", "", heading).strip(" :*?#\t")


def field_of(fields: Mapping[str, tuple[str, ...]], heading: str) -> str | None:
    """Tell which field a heading means."""
    return _by_name(tuple(fields.items())).get(simple(heading))


@cache
def _by_name(fields: tuple[tuple[str, tuple[str, ...]], ...]) -> Mapping[str, str]:
    """Return the field of each heading; the first one that has it."""
    found = dict.fromkeys((*COUNTS, *LAST), "strength") if "strength" in dict(fields) else {}
    for field, names in reversed(fields):
        # The name in the file format is always understood.
        found |= dict.fromkeys((*names, field.replace("_", " ")), field)
    return found


@cache
def _of_tables() -> frozenset[str]:
    tables = (ACTORS, TIES, DIRECTION)
    names = {name for table in tables for name in _by_name(tuple(table.items()))}
    return frozenset(names | {end for one, other, _ in PAIRS for end in (one, other)})


def may_be_among(texts: Iterable[str]) -> bool:
    """Tell at a glance whether there may be headings of a table among many cells: two or more."""
    written = (text.strip(" :*?#\t").replace("_", " ").casefold() for text in texts)
    return len(_of_tables().intersection(written)) > 1


@lru_cache(maxsize=65_536)
def may_be(cell: object) -> bool:
    """Tell at a glance whether a cell may be a heading of a table."""
    return isinstance(cell, str) and simple(cell[:60]) in _of_tables()


def is_exact(fields: Mapping[str, tuple[str, ...]], field: str, heading: str) -> bool:
    """Tell whether a heading is the field's own, and not one that is understood beside it."""
    return simple(heading) in {*fields[field][: len(LANGUAGES)], field.replace("_", " ")}


_NUMBER = r"([0-9]{1,9}(?:[.,][0-9]{1,9})?)"


def stated_scale(heading: str) -> tuple[float, float] | None:
    """Read the scale that stands in brackets in a heading; None where there is none."""
    found = re.search(rf"[(\[]\s*{_NUMBER}\s*(?:[-–]|til|to|till)\s*{_NUMBER}\s*[)\]]", heading)
    if found is None:
        return None
    low, high = (float(part.replace(",", ".")) for part in found.groups())
    return (low, high)


def scale_of(heading: str) -> tuple[float, float] | None:
    """Return the scale of a heading that we wrote: stated, none for counts, else 1 to 5."""
    return None if simple(heading) in COUNTS else stated_scale(heading) or USUAL


def group_of(table: str, field: str) -> str | None:
    """Tell which list of words the cells of a column are from."""
    return _GROUPS.get((table, field))


def code_of(table: str, field: str, word: str) -> str:
    """Return the file format's word for what people write: ``gp`` for «Fastlege»."""
    group = _GROUPS.get((table, field))
    return word if group is None else words.code_of(group, word) or word
