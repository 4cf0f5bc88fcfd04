"""One word per thing: the glossary is in use, and what it rejects is not."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

import aktorkart as ak
from aktorkart.finding import FIELDS
from aktorkart.i18n import LANGUAGES, catalogue

GLOSSARY = Path(__file__).parent.parent / "docs" / "reference" / "glossary.md"

REJECTED: dict[str, dict[str, str]] = {
    "nb": {
        "relasjon, kontakt": r"forbindels|\bsamband",
        "kanal, direkte kontakt": r"koblinger? (fra|mellom)\b",
        "virker": r"\bfunger(er|e)\b",
        "aktørpar": r"\bpar av\b",
        "gruppering": r"(?<!og )\bfellesskap",
        "medlemskap": r"\bdeltakelse",
        "hast": r"hastegrad",
        "berørt": r"\binvolver",
        "uengasjert": r"likegyldig",
        "standard": r"\[ellers",
        "knyttet til": r"bundet til",
        "viser kartet": r"kan (det )?(ikke )?ses\b",
        "store bokstaver": r"store bokstaver",
        "sammenligne": r"sammenlikn",
    },
    "nn": {
        "relasjon, kontakt": r"forbindels|\bsamband",
        "kanal, direkte kontakt": r"koplingar? (frå|mellom)\b",
        "verkar": r"\bfunger(er|e)\b",
        "aktørpar": r"\bpar av\b",
        "gruppering": r"(?<!og )\bfellesskap",
        "medlemskap": r"\bdeltaking|\bdeltakelse",
        "medlemer": r"\bmedlemm",
        "hast": r"hastegrad",
        "råka": r"\binvolver",
        "uengasjert": r"likegyldig",
        "brukarrøyst": r"brukarstemme",
        "steg": r"\btrinn",
        "blei": r"\bvart\b",
        "byrje": r"\bbegynn",
        "betyr": r"\btyder\b",
        "òg": r"\bogså\b",
        "verken": r"\bkorkje\b",
        "difor": r"\bderfor\b",
        "blant": r"\bvel mellom\b|mellom vala\b",
        "m.fl.": r"\bmfl\.",
        "derfrå": r"\bderifrå\b",
        "standard": r"\[elles",
        "store bokstavar": r"store bokstavar",
        "bokmål": r"\b(ikke|noen|hvem|hvordan|fra|mellom dem|gjør|også|eksempl\w*)\b",
    },
    "en": {
        "direct contact": r"\b(direct|possible|no) links?\b|\blinked\b",
        "arena": r"\bforums?\b",
        "involved": r"\baffected\b",
        "association (the actor)": r"community or\b",
        "is, appears": r"\bstands? (here|alone|twice|at|on|after)\b|\bshould stand\b",
        "are connected": r"\bhangs?\b",
        "fix": r"\bmend(ed)?\b",
        "at the top": r"\bon top\b",
    },
    "sv": {
        "relation, kontakt": r"förbindelse",
        "kanal": r"kopplingar? (från|mellan)\b",
        "aktörspar": r"\bpar av\b",
        "gruppering": r"(?<!och )\bgemenskap",
        "brådska": r"angelägenhet|hur bråttom",
        "berörd": r"involver|(?<!o)engager",
        "oengagerad": r"likgiltig",
        "jämlik": r"likvärdig",
        "dubbelriktad": r"tvåvägs",
        "uppgiftslämnare": r"\buppgive|\binformant",
        "tagg": r"\bmärke",
        "alternativ": r"^Val\b|\bValet\b|\[VAL\]",
        "kring": r"\brunt (brukar|\{actor|någon)",
        "båda håll": r"båda hållen",
        "standard": r"\[annars",
        "rekommenderar": r"råder till att",
        "i låg grad": r"i liten grad",
        "föga": r"lite berörd",
        "förra gången": r"än sist\b",
        "forum": r"\barenor",
        "kamratstödjare": r"peer supporter",
        "sakfrågor": r"\binga frågor (som|eller)\b",
        "talen": r"\bsiffrorna\b",
        "överflödiga": r"för mycket klamrar|klamrar för mycket",
        "norska": r"\b(ikke|hvem|noen|også|etter|mellom|hvordan)\b",
    },
}
"""What is not said, by language and by the word that is said instead."""

EXCEPT = {
    "numbered.informant",  # the word that the other three share
    "cli.command.check",
    "cli.option.measure",
}
"""Codes that hold words to type, which no language has chosen."""


def field_names() -> set[str]:
    """Return the names of all fields of a file."""
    parts = (ak.ActorMap, ak.Actor, ak.Tie, ak.Consent, ak.Goal, ak.Action, ak.ChecklistItem)
    return {name for part in (*parts, ak.Judgement) for name in part.model_fields}


def texts(lang: str) -> dict[str, str]:
    """Return all texts of a language in one piece each, without what they have room for."""
    found = {}
    for code, text in catalogue(lang).items():
        forms = list(text.values()) if isinstance(text, dict) else [text]
        found[code] = "\n".join(re.sub(r"\{\w+\}", "{}", form) for form in forms)
    return found


def rows() -> list[list[str]]:
    """Return the rows of the glossary: the thing, the word in four languages, and what is not."""
    lines = [line for line in GLOSSARY.read_text("utf-8").splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_rejected_words_are_not_said(lang: str) -> None:
    wrong = {
        code: (instead, match.group())
        for code, text in texts(lang).items()
        for instead, pattern in REJECTED[lang].items()
        if code not in EXCEPT
        if (match := re.search(pattern, text, re.IGNORECASE))
    }
    assert wrong == {}


def test_a_measure_is_not_called_as_the_actor_is() -> None:
    for lang, word in {"nb": "mellomledd", "nn": "mellomledd", "sv": "mellanled"}.items():
        assert word not in catalogue(lang)["measure.betweenness.name"]
        assert word in catalogue(lang)["finding.centrality.no_broker"]


def test_the_glossary_has_every_thing_in_four_languages() -> None:
    assert len(rows()) > 20
    for row in rows():
        assert len(row) == 6
        assert all(row[:5])


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_word_of_the_glossary_is_in_use(lang: str) -> None:
    said = "\n".join(texts(lang).values()).lower()
    words = [row[1 + LANGUAGES.index(lang)].lower() for row in rows()]
    assert [word for word in words if word not in said] == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_after_a_colon_comes_a_small_letter(lang: str) -> None:
    """Names, abbreviations and what a machine or a person has written keep theirs."""
    wrong = [
        code
        for code, text in texts(lang).items()
        if not code.startswith(("schema.", "cli."))
        for word in re.findall(r"[^\d.]: ([A-ZÆØÅÄÖ][a-zæøåäö]+)", text)
    ]
    assert wrong == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_sentences_do_not_name_fields_of_the_file(lang: str) -> None:
    """A bracket of nothing but ``kind: user`` or ``since, until`` is for those who have a file."""
    fields = field_names()
    wrong = {
        code: inside
        for code, text in texts(lang).items()
        if code.startswith(("finding.", "figure.", "grunig.", "report."))
        for inside in re.findall(r"\(([a-z_]+(?:: [a-z_]+)?(?:, [a-z_]+)*)\)", text)
        if re.split("[:,]", inside)[0] in fields
    }
    assert wrong == {}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_field_to_fill_in_belongs_to_a_sentence_and_exists(lang: str) -> None:
    fields = field_names()
    for (code, case), named in FIELDS.items():
        assert f"finding.{code}.{case}" in catalogue(lang)
        for one in named.split(", "):
            assert one.partition(":")[0] in fields


def test_the_table_of_rejected_words_can_reject() -> None:
    said: dict[str, Any] = {
        "nb": "De direkte forbindelsene fungerer",
        "nn": "Det vart òg sagt av medlemmene",
        "en": "The links stand here",
        "sv": "En tvåvägs förbindelse runt brukarna",
    }
    for lang, text in said.items():
        found = [one for one in REJECTED[lang].values() if re.search(one, text, re.IGNORECASE)]
        assert len(found) >= (1 if lang == "en" else 2)
