"""What people write for the words of the file format: ``gp`` for «Fastlegene».

The catalogues' own words in the four languages are understood, with their plural and definite
forms, and the everyday words listed here. A word that is only near one of them is no guess.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from aktorkart.i18n import LANGUAGES, catalogue
from aktorkart.model import vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_CATALOGUES: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "kind": ("kind", tuple(vocabulary.KINDS)),
    "tie_kind": ("tie_kind", vocabulary.TIE_KINDS),
    "line": ("line", vocabulary.LINES),
    "level": ("level", vocabulary.LEVELS),
    "linkage": ("linkage", vocabulary.LINKAGES),
    "quality": ("quality", vocabulary.QUALITIES),
    "communication": ("communication", vocabulary.COMMUNICATION),
    "scope": ("scope", vocabulary.SCOPES),
    "open": ("open", vocabulary.OPENING_HOURS),
    "bound_to": ("binding", vocabulary.BINDINGS),
    "support": ("scale.support", vocabulary.SUPPORT),
}
"""Where the catalogues have the words of a list, and which there are."""

_EVERYDAY: Mapping[str, Mapping[str, str]] = {
    "kind": {
        "user": "pasient, patient, brukar, client, klient, service user, tjenestemottaker",
        "next_of_kin": (
            "pårørende, pårørande, familie, family, kin, carer, närstående, relative, mor, far, "
            "mamma, pappa, mum, dad, mother, father, foreldre, föräldrar, parents, søster, "
            "syster, sister, bror, brother, datter, dotter, daughter, sønn, son, ektefelle, "
            "make, maka, husband, wife, samboer, sambuar, sambo, kjæreste, kjærast, "
            "besteforeldre, mormor, farmor, bestemor, bestefar, ektemann, kone, wife, stemor, "
            "stefar, tante, onkel, moster, faster, farbror, morbror, aunt, uncle"
        ),
        "peer": "erfaringskonsulent, likemann, peer, brukerspesialist",
        "friend": "venn, ven, nabo, friend, neighbour, vän, granne, kamerat",
        "gp": (
            "lege, lækjar, allmennlege, legekontor, legesenter, fastlegekontor, general "
            "practitioner, doctor, family doctor, läkare, vårdcentral"
        ),
        "out_of_hours": "legevakta",
        "coordinator": (
            "ip-koordinator, personlig koordinator, personleg koordinator, vårdsamordnare, case "
            "manager"
        ),
        "mental_health_team": (
            "psykisk helseteam, psykisk helse, psykisk helse og rus, rus og psykisk helse, "
            "rusteam, psykisk helsetjeneste, psykisk helseteneste, psykiatriteam, "
            "socialpsykiatri, mental health team"
        ),
        "home_care": (
            "hjemmesykepleie, heimesjukepleie, hjemmesykepleien, hemsjukvård, hjemmesykepleier, "
            "hjemmehjelp, heimehjelp, home nurse"
        ),
        "housing": (
            "boligkontor, botilbud, bustadkontor, boligtjeneste, bofellesskap, bufellesskap, "
            "gruppbostad, supported housing, omsorgsbolig, omsorgsbustad"
        ),
        "child_health": "helsesykepleier, helsesjukepleiar, helsesøster, barnavårdscentral",
        "school": (
            "barneskole, ungdomsskole, videregående skole, grundskola, gymnasieskola, lærer, "
            "lærar, lärare, teacher"
        ),
        "child_welfare": "barneverntjeneste, barnevernsteneste, child protection",
        "service": "tjeneste, teneste, tjänst, service, kommunal tjeneste",
        "nav": "nav-kontor, nav kontor",
        "dps": "distriktspsykiatrisk senter, psykiatrisk poliklinikk, psykiatrisk mottagning",
        "bup": "barne- og ungdomspsykiatri",
        "addiction_treatment": (
            "ruspoliklinikk, rusklinikk, tsb, beroendemottagning, avrusning, avrusing, detox"
        ),
        "hospital": "helseforetak, helseføretak, sjukehus, psykiatrisk avdeling",
        "outreach_team": "fact, fact-team, act-team, akutteam, akuttteam",
        "police": "politiet, polisen",
        "probation": "friomsorg, friomsorga, fengsel, fängelse, prison",
        "dental": "tannlege, tannlækjar, tannklinikk, tandläkare, folktandvård, dentist",
        "provider": "leverandør, leverantör, provider",
        "user_organisation": (
            "user organization, brukerorganisasjoner, pasientforening, brukerforening, mental "
            "helse, patientförening"
        ),
        "municipality": "kommuneadministrasjon, local authority",
        "authority": "statsforvalter, statsforvaltar, länsstyrelse",
        "community": (
            "frivillig, frivillige, forening, foreining, lag, volunteer, association, "
            "frivilligsentral, frivilligcentral, idrettslag, idrottsförening, menighet, "
            "kyrkjelyd, församling, congregation, kirke, kyrkje, kyrka, church"
        ),
        "employer": "arbeidsplass, arbetsplats, workplace",
        "media": "lokalavis, avis, lokaltidning, newspaper",
        "arena": (
            "arena, møte, møteplass, samarbeidsforum, forum, mötesplats, meeting, "
            "ansvarsgruppe, ansvarsgruppemøte, samarbeidsmøte, nettverksmøte, nätverksmöte, "
            "sip-möte, styringsgruppe, styrgrupp, arbeidsgruppe, arbetsgrupp, case conference"
        ),
        "unknown": "ukjent, ukjend, okänd, unknown",
    },
    "tie_kind": {
        "information": "info, informasjonsdeling, informasjonsutveksling",
        "referral": "henviser, viser til, tilvisning, refers",
        "collaboration": "samarbeider, samarbeidar, samarbetar, samverkan, cooperation",
        "membership": "medlem, medlemskap, member, medlemskab",
        "contact": "har kontakt",
    },
    "line": {
        "first": (
            "1. linje, 1.linje, 1. linja, 1, første linje, førstelinje, førstelinja, primær, "
            "primærhelsetjeneste, primærhelsetjenesten, primærhelsetenesta, kommune, kommunal, "
            "kommunalt, first, primary care, primärvård, primärvården, första linjen"
        ),
        "second": (
            "2. linje, 2.linje, 2. linja, 2, andre linje, andrelinje, andrelinja, spesialist, "
            "spesialisthelsetjeneste, second, specialist care, specialistvård, andra linjen"
        ),
        "state": "stat, statlig, statleg, statlig etat, statligt, government",
        "county": "fylke, fylkeskommune, fylkeskommunal, region, regionen, county council",
        "civil": "sivilsamfunn, frivillig, frivillig sektor, frivilleg, ideell, civilsamhälle",
        "private": "privat, privat sektor, private",
        "personal": "personlig, personleg, nettverk, privat nettverk, personligt",
    },
    "level": {
        "individual": "individ, individnivå, person, bruker, individual",
        "service": "tjeneste, teneste, verksamhet, service",
        "governance": "styring, ledelse, leiing, styrning, ledning, politisk, governance",
    },
    "quality": {
        "good": "bra, godt, gode, fin",
        "strained": "anstrengt, anstrengd, belastet, vanskelig, vanskeleg, ansträngt, difficult",
        "broken": "brutt, brote, ødelagt, avbrutt, brutet",
    },
    "scope": {
        "individual": "individ, person, bruker, brukar, brukare, enkeltperson, individual",
        "service": "tjeneste, teneste, verksamhet, tjänst, service",
        "governance": "styring, styrning, governance, nettverk, samarbeid",
    },
    "open": {
        "weekdays": "hverdager, kvardagar, ukedager, vekedagar, dagtid, vardagar, weekdays",
        "evening": "kveld, kväll, evenings",
        "night": "natt, nights",
        "weekend": "helg, helger, helgar, weekends",
    },
    "bound_to": {"person": "personen", "role": "rolle, rollen, rolla, roll"},
}
"""Words of the trade beside the catalogues'; many, since nobody writes the catalogues' by heart."""

_AFTER_A_VOWEL = ("a", "or", "orna", "an", "ar", "ane", "er", "ene")

INFLECTIONS: Mapping[str, tuple[str, ...]] = {
    "": (
        *("n", "r", "ne", "en", "et", "er", "ene", "ane", "a", "ar", "na", "s", "es"),
        *("arna", "erna", "orna", "or", "t"),
    ),
    "e": _AFTER_A_VOWEL,
    "a": _AFTER_A_VOWEL,
    "y": ("ies",),
}
"""What stands at the end of nouns in the plural and the definite form, instead of what it does."""


@lru_cache(maxsize=4096)
def plain_word(word: str) -> str:
    """Return a word without case, stray signs and double spaces."""
    return " ".join(word.replace("_", " ").casefold().split()).strip(" .:;")


def _readings(label: str) -> Iterator[str]:
    """Yield what a label of the catalogues may be shortened to: «lag, forening eller frivillig»."""
    yield label
    head, bracket, inside = label.partition("(")
    yield head.strip()
    if bracket:
        yield inside.rstrip(") ")
    if re.search(r"(, | eller | or )", head):
        yield from (part.strip() for part in re.split(r", | eller | or ", head))


def _inflected(word: str) -> Iterator[str]:
    """Yield the plural and definite forms of a noun; more than exist, since nobody writes those."""
    for end, instead in INFLECTIONS.items():
        if word.endswith(end):
            yield from (word.removesuffix(end) + ending for ending in instead)


@cache
def _exact(group: str) -> dict[str, str]:
    section, known = _CATALOGUES[group]
    exact: dict[str, str] = {}
    for lang in LANGUAGES:
        texts = catalogue(lang)
        for code in known:
            for reading in _readings(str(texts.get(f"{section}.{code}", code))):
                exact.setdefault(plain_word(reading), code)
    for code, listed in _EVERYDAY.get(group, {}).items():
        exact.update((plain_word(word), code) for word in listed.split(", "))
    return exact | {plain_word(code): code for code in known}


def words_of(group: str, code: str) -> list[str]:
    """Return what people write for a word of the file format, without endings."""
    return [word for word, meant in _exact(group).items() if meant == code]


@cache
def _codes(group: str) -> Mapping[str, str]:
    exact = _exact(group)
    forms: dict[str, set[str]] = {}
    for word, code in exact.items():
        for form in _inflected(word):
            forms.setdefault(form, set()).add(code)
    # A form that could belong to two words belongs to none.
    return {form: next(iter(codes)) for form, codes in forms.items() if len(codes) == 1} | exact


def code_of(group: str, word: str) -> str | None:
    """Return the file format's word for what people write; None for a word of their own."""
    if group not in _CATALOGUES:
        return None
    if word in _CATALOGUES[group][1]:
        return word
    return _codes(group).get(plain_word(word))


@cache
def labels(group: str, lang: str) -> Mapping[str, str]:
    """Return the word to write for each code, the shortest that is read as that code again."""
    section, known = _CATALOGUES[group]
    texts = catalogue(lang)
    found = {}
    for code in known:
        label = str(texts.get(f"{section}.{code}", code))
        short = label.partition(" (")[0]
        found[code] = next((one for one in (short, label) if code_of(group, one) == code), code)
    return found


# --- direction

_MUTUAL: Mapping[bool, str] = {
    False: (
        "directed, one way, one-way, oneway, unidirectional, arc, single, ->, →, >, to, "
        "rettet, enveis, en vei, én vei, ensidig, retta, einvegs, ein veg, einsidig, "
        "riktad, enkelriktad, envägs, en väg, ensidig, dirigé, orienté, gerichtet"
    ),
    True: (
        "undirected, mutual, two way, two-way, bidirectional, both, both ways, edge, reciprocal, "
        "<->, ↔, --, —, <>, "
        "urettet, gjensidig, toveis, to veier, begge veier, begge, uretta, gjensidig, tovegs, "
        "begge vegar, oriktad, ömsesidig, dubbelriktad, tvåvägs, båda, non dirigé, "
        "non orienté, ungerichtet"
    ),
}


@cache
def _directions() -> Mapping[str, bool]:
    return {
        plain_word(word): mutual
        for mutual, listed in _MUTUAL.items()
        for word in listed.split(", ")
    }


BACK = "back"
"""The direction of a tie that goes from its second end to its first."""

_BACK = frozenset({"<-", "←", "<", "incoming", "innkommende", "innkomande", "inkommande", BACK})


def direction_of(word: object) -> bool | str | None:
    """Tell whether a word for a tie's direction means both ways; None for other words."""
    return _direction_of(word) if isinstance(word, str) else None


@lru_cache(maxsize=1024)
def _direction_of(word: str) -> bool | str | None:
    plain = plain_word(word)
    return BACK if plain in _BACK else _directions().get(plain)


NOT_KNOWN = frozenset({"na", "n/a", "#n/a", "nan", "null", "none", "nil", "-", "–", "—", "?"})
"""What stands for an unknown value in columns of numbers, dates, choices and yes or no."""
