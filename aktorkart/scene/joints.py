"""Where long compounds of our field may be broken: at a joint between two of their words."""

from __future__ import annotations

import re
from functools import lru_cache

# Norwegian and Swedish words that compounds go on with, as they begin. Dictionaries of patterns
# know more words, but none that may be used freely knows Norwegian, and a wrong break in a name
# is worse than none: a word that others may hold by chance (lag, råd, hus) is not here.
_LATER = """
aktivitet | akut | akutt | ambulan | analys | ansvar | arbeid | arbet | arena | arrangör
arrangør | avdeling | avdelning | avtal | bedrift | behandling | bolig | bostad
(?<!mis)(?<!for)bruk[ae]r | bustad | central | centrum | departement | dialog | direktorat
direktör | direktør | dokument | (?<!be)drift | (?<=s)eining | (?<=s)enhet | erfarenhet
erfaring | etat | familie | familj | fellesskap | forbund | forening | foretak | formidl | forum
forvalt | frivillig | fylke | förbund | förening | förmedl | förvalt | føretak | grupp
(?<!be)handling | helse | hjelp | hjem(?!l) | hjälp | (?<=s)hus | husmann | individ
institusjon | institution | (?<=s)kart | kartlegg | kartlägg | kass[ae] | klinik | klubb
kommun | kompetan | konferans | konsulent | konsult | kontakt | kontor | koordin | kriminal
kunnskap | kvalitet | ledels | leder | ledning | (?<!over)lege | leiar | leiing | lærar | lærer
(?<!opp)læring | medarbei | medarbet | medverk | medvirk | mestring | miljö | miljø | minister
modell | mottag | mottak | myndighet | möte | møte | nemnd | nettverk | nivå | nämnd | nätverk
ombud | omsorg | oppfølging | oppfølgjing | oppgav | oppgåv | opplæring | organis | overlege
partner | person | planlegg | plansystem | poliklinik | politi | praksis | praktiser
program | projekt | prosjekt | psykiatri | psykolog | psykoterap | pårørande | pårørende
region | rehabiliter | representant | ressurs | resurs | rettleiar | (?<=s)råd(?:et)?$ | rådgiv
rådgjev | samarb | samfunn | samhandl | samhäll | samordn | samver | sekretariat | senter
sentra | sentre | service | sjukehus | sjukepleiar | sjukhus | sjukvård | skjema | skola | skole
skule | social | sosial | specialist | spesialist | stasjon | station | statsforvalt | storle
strateg | stöd | størrels | støtte | sykehjem | sykehus | sykepleie | system | team | tenest
tilbod | tilbud | tjenest | tjänst | undersök | undersøk | ungdom | universitet | utbyt | utdann
utredning | utval | utvalg | utveckl | utveksl | utvikl | veiled | veileder | velferd
verksamhet | verkstad | verksted | virksomhet | vurdering | välfärd | vård
"""
_JOINT = re.compile(rf"(?<=\w{{4}})(?={'|'.join(_LATER.replace('|', ' ').split())})", re.IGNORECASE)
_LEAST, _SHORTEST = 4, 12
"""Letters on either side of a joint, and of a word that is broken at all."""


@lru_cache(maxsize=4096)
def parted(word: str) -> tuple[str, ...]:
    """Return the parts of a compound between which a line may end, with a hyphen."""
    if len(word) < _SHORTEST:
        return (word,)
    parts = [""]
    for part in _JOINT.split(word):
        # What is too short for a line of its own stays with what is before it.
        if len(parts[-1]) < _LEAST or len(part) < _LEAST:
            parts[-1] += part
        else:
            parts.append(part)
    return tuple(parts)
