"""The phrases that the bot learns from: enough, each once, and none that it is judged by."""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest
import yaml
from rapidfuzz import fuzz, process

pytestmark = pytest.mark.contract

ROOT = Path(__file__).parents[2]
LANGUAGES = ("de", "en")
FEWEST = 25
SAID_BY_CHANNELS = {
    *("open_conversation", "return_from_agent", "move_here", "nobody_came", "silence", "answer"),
    "answer_by_email",
}
"""These come from the channels or from what was asked; no words are trained as them."""

LIKE = 97
"""Of a hundred: what is so alike differs in a letter."""
LONG_ENOUGH = 25
"""Letters below which two different sentences may well differ in one alone."""
MOST_ALIKE = 0.01
"""The part of the judging sentences that may resemble a phrase so closely by chance."""


def phrases(pattern: str) -> Iterator[tuple[str, str]]:
    for path in sorted(ROOT.glob(pattern)):
        for entry in yaml.safe_load(path.read_text()).get("nlu", []):
            for line in entry["examples"].splitlines():
                yield entry["intent"], line.removeprefix("- ")


def plain(phrase: str) -> str:
    """The phrase without case, accents, digits and punctuation."""
    spelled = unicodedata.normalize("NFKD", phrase.casefold())
    letters = "".join(sign for sign in spelled if not unicodedata.combining(sign))
    return " ".join(re.findall(r"\w+", re.sub(r"\d", "0", letters))) or phrase


LEARNED = {language: list(phrases(f"bot/data/nlu/{language}/*.yml")) for language in LANGUAGES}
JUDGING = {
    language: [
        *phrases(f"tests/nlu/{language}.yml"),
        *phrases(f"tests/nlu/out_of_scope_{language}.yml"),
    ]
    for language in LANGUAGES
}


def intents() -> set[str]:
    declared = yaml.safe_load((ROOT / "bot/domain/intents.yml").read_text())["intents"]
    return set(declared) - SAID_BY_CHANNELS


@pytest.mark.parametrize(("language", "intent"), list(product(LANGUAGES, sorted(intents()))))
def test_every_intent_has_phrases_enough(language: str, intent: str) -> None:
    assert Counter(one for one, _ in LEARNED[language])[intent] >= FEWEST


def test_no_phrase_is_of_an_unknown_intent() -> None:
    assert {intent for of in LEARNED.values() for intent, _ in of} <= intents()


def test_no_phrase_means_two_things() -> None:
    meanings: dict[str, set[str]] = defaultdict(set)
    for intent, phrase in (one for of in LEARNED.values() for one in of):
        meanings[plain(phrase)].add(intent)

    assert {phrase for phrase, of in meanings.items() if len(of) > 1} == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_phrase_stands_twice(language: str) -> None:
    times = Counter(phrase for _, phrase in LEARNED[language])

    assert [phrase for phrase, count in times.items() if count > 1] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_that_judges_was_learned(language: str) -> None:
    learned = {plain(phrase) for _, phrase in LEARNED[language]}

    assert [phrase for _, phrase in JUDGING[language] if plain(phrase) in learned] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_hardly_a_sentence_that_judges_is_nearly_one_that_was_learned(language: str) -> None:
    learned = [plain(phrase) for _, phrase in LEARNED[language]]
    judging = [plain(phrase) for _, phrase in JUDGING[language]]
    long = [phrase for phrase in judging if len(phrase) >= LONG_ENOUGH]

    near = [
        (phrase, match[0])
        for phrase in long
        if (match := process.extractOne(phrase, learned, scorer=fuzz.ratio, score_cutoff=LIKE))
    ]

    assert len(near) <= MOST_ALIKE * len(judging), near
