from __future__ import annotations

import re

import pytest
from hypothesis import HealthCheck, given, settings

import aktorkart as ak
from aktorkart import i18n
from aktorkart.errors import (
    AktorkartError,
    InvalidMap,
    MissingExtra,
    Place,
    Problem,
    UnknownActor,
    UnknownName,
    UnreadableFile,
    guesses,
    language,
    one_of,
)
from aktorkart.strategies import actor_maps


def test_norwegian_sorts_its_own_letters_last() -> None:
    words = ["Åse", "Ola", "Ærlig", "Østre", "Aasen", "öl", "bolig 10", "bolig 2", "Zeta"]
    assert sorted(words, key=lambda word: i18n.sort_key(word, "nb")) == [
        "bolig 2",
        "bolig 10",
        "Ola",
        "Zeta",
        "Ærlig",
        "öl",
        "Østre",
        "Åse",
        "Aasen",
    ]


def test_swedish_sorts_its_own_letters_last_and_english_has_none() -> None:
    words = ["öl", "ärlig", "åka", "zon", "ägg"]
    assert sorted(words, key=lambda word: i18n.sort_key(word, "sv")) == [
        "zon",
        "åka",
        "ägg",
        "ärlig",
        "öl",
    ]
    assert sorted(["Ö", "z", "a"], key=lambda word: i18n.sort_key(word, "en")) == ["a", "Ö", "z"]


@pytest.mark.parametrize(
    ("value", "lang", "said"),
    [
        (0.5, "nb", "0,5"),
        (0.5, "en", "0.5"),
        (12345.678, "sv", "12\u202f345,68"),
        (12345, "en", "12,345"),
        (1234, "nb", "1234"),
        (-0.001, "nb", "0"),
        (-2.5, "nb", "−2,5"),
        (0.0, "en", "0"),
    ],
)
def test_numbers_are_written_as_the_language_does(value: float, lang: str, said: str) -> None:
    assert i18n.number(value, lang) == said


def test_plural_forms_nouns_and_shares_inside_a_sentence() -> None:
    said = i18n.text("finding.content.holds", "en", actors=1, channels=1)
    assert said == "The map shows 1 actor and 1 tie that works."
    once, twice = (
        i18n.text("finding.sure.less_count", "en", tie="a – b", tellings=n) for n in (1, 2)
    )
    assert (once.split()[-1], twice[-8:]) == ("once.", "2 times.")
    said = i18n.text("finding.reach.density", "nb", share=0.11)
    assert said.startswith("11\N{NO-BREAK SPACE}%")
    assert i18n.text("model.ties", "sv", n=1) == "1 relation"
    assert i18n.text("model.ties", "sv", n=0) == "0 relationer"


def test_lists_and_dates() -> None:
    assert i18n.listing([], "nb") == ""
    assert i18n.listing(["a", "b", "c"], "sv") == "a, b och c"
    assert i18n.period("2026-03-01", "nn") == "1. mars 2026"
    assert i18n.period("2026-03-01", "en") == "1 March 2026"


def test_braces_in_what_people_write_are_left_alone() -> None:
    said = i18n.text("problem.unknown_actor", "en", value="{x.__class__}")
    assert said == "'{x.__class__}' is not an actor on the map."


def test_the_readers_language_comes_from_the_locale(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for said, lang in {
        "nn_NO.UTF-8": "nn",
        "no_NO": "nb",
        "sv_SE": "sv",
        "en_GB.UTF-8": "en",
        "C.UTF-8": "nb",
        "de_DE": "nb",
    }.items():
        monkeypatch.setenv("LANG", said)
        assert i18n.preferred_language() == lang


def test_an_unknown_language_is_said() -> None:
    with pytest.raises(UnknownName, match="choose from nb, nn, en and sv"):
        i18n.text("kind.gp", "de")
    with pytest.raises(UnknownName, match="lang cannot be '5'"):
        i18n.period("2026-03", 5)  # type: ignore[arg-type]
    with pytest.raises(UnknownName, match="lang cannot be 'de'"):
        language("de")


# --- errors


def test_errors_are_also_what_python_expects() -> None:
    assert issubclass(InvalidMap, ValueError)
    assert issubclass(UnknownActor, KeyError)
    assert issubclass(UnreadableFile, OSError)
    assert issubclass(MissingExtra, ImportError)
    for error in (InvalidMap, UnknownActor, UnreadableFile, MissingExtra):
        assert issubclass(error, AktorkartError)


def test_a_problem_says_place_what_and_the_likeliest_fix() -> None:
    problem = Problem(
        code="unknown_actor",
        place=Place(file="kart.csv", row=4, field="Til"),
        values={"value": "nvv"},
        guesses=("nav", "dps"),
    )
    assert problem.text("nb") == (
        "kart.csv, rad 4, kolonnen «Til»: «nvv» er ikke en aktør på kartet. "
        "Mente du «nav» eller «dps»?"
    )
    error = UnknownActor([problem, Problem(code="self_tie", values={"value": "a"})])
    assert len(error.text("sv").splitlines()) == 2
    assert str(error) == error.text("en")


def test_a_path_is_said_only_where_no_line_is_known() -> None:
    place = Place(file="k.yaml", line=3, column=5, path=("ties", 0))
    assert place.text("en") == "k.yaml, line 3, column 5"
    assert Place(path=("ties", 0, "strength")).text("en") == "ties[0].strength"


def test_guesses_ignore_case_and_find_nothing_where_nothing_is_near() -> None:
    assert guesses("NAV ", ["nav"]) == ("nav",)
    assert guesses("zzz", ["nav", "dps"]) == ()
    assert one_of("nav", ["nav"], option="actor") == "nav"


NOT_ONE = frozenset(
    {
        "problem.dates_of_one_map",
        "problem.earlier_too_many",
        "problem.edit_too_many",
        "problem.too_many_actors",
        "problem.too_many_dots",
        "finding.arenas.redundant",
        "finding.equality.apart",
        "finding.firmness.changes.overturned_many",
        "finding.firmness.overturned_many",
        "finding.grey_zones.several_owners",
        "finding.improvement.alike",
        "finding.improvement.unlike",
        "finding.next_steps.together",
        "finding.portfolio.nobody_out",
        "finding.portfolio.several",
        "finding.reach.one_piece",
        "finding.series.range",
        "finding.series.values",
        "finding.toolbox.many_goals",
        "report.too_small",
        "edit.said.added_many",
        "view.communities.said.capped",
        "view.communities.why",
    }
)
"""Texts of two or more: what they tell of needs two, or they have another text for one."""

VERBS = frozenset({"mangler", "manglar", "needs"})
"""Words that are plurals elsewhere, and follow something else than a count."""


def texts(lang: str) -> list[tuple[str, str, str]]:
    """Return every text with its code and form, each form of those that have two."""
    return [
        (code, form, words)
        for code, said in i18n.catalogue(lang).items()
        for form, words in (said.items() if isinstance(said, dict) else [("", said)])
        if isinstance(words, str)
    ]


def plurals(lang: str) -> set[str]:
    """Return the nouns that the catalogue itself has in two forms."""
    specs = (
        spec.split("|")
        for _, _, words in texts(lang)
        for spec in re.findall(r"\{\w+:([^={}|#]+\|[^{}|#]+)\}", words)
    )
    return {many.split()[0] for one, many in specs if one.split()[0] != many.split()[0]} - VERBS


@pytest.mark.parametrize("lang", i18n.LANGUAGES)
def test_a_count_chooses_the_form_of_its_noun(lang: str) -> None:
    """'1 actors' is no word: whatever may be 1 is written with its noun."""
    nouns = plurals(lang)
    assert len(nouns) > 10
    wrong = {
        code: match.group()
        for code, form, words in texts(lang)
        for match in re.finditer(r"\{(\w+)\} (\w+)", words)
        if match[2] in nouns and (form, match[1]) != ("other", "n") and code not in NOT_ONE
    }
    assert wrong == {}


@given(kart=actor_maps(max_size=4), later=actor_maps(max_size=4))
@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
def test_nothing_that_is_said_of_a_map_has_one_of_many(
    kart: ak.ActorMap, later: ak.ActorMap
) -> None:
    for lang in i18n.LANGUAGES:
        report = ak.report(kart, lang=lang, earlier=later, names=False, consent="ignore")
        said = [found.text(lang) for section in report.sections for found in section.findings]
        said += [found.brief(lang) for section in report.sections for found in section.findings]
        said += [found.text(lang) for found in ak.findings(kart)]
        said += [line for found in ak.findings(kart) for line in found.easy(lang)]
        ones = re.findall(
            rf"(?<![\w.,−-])1 (?:{'|'.join(sorted(plurals(lang)))})\b", " ".join(said)
        )
        assert ones == []


@pytest.mark.parametrize("lang", i18n.LANGUAGES)
def test_a_list_is_not_said_to_be_some_of_them(lang: str) -> None:
    """Lists of names say themselves how many more there are, and often they name everybody."""
    some = r"(?:blant|mellom|among|bland) (?:dem|dei|them) \{(?!n\b|known)"
    assert [code for code, _, words in texts(lang) if re.search(some, words)] == []
