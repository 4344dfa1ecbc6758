"""What search by words weighs: rare words before common ones, titles before descriptions."""

from collections.abc import Mapping

import pytest

from crm_store.base import Language
from crm_store.catalogue.placing import place_products
from crm_store.db import SessionFactory
from crm_store.imports.intake import Noun, import_records
from crm_store.imports.reading import Record
from crm_store.suggestions.filters import Filters
from crm_store.suggestions.repository import SuggestionRepository
from crm_store.suggestions.wish import Found
from tests.encoders import HashingEncoder

pytestmark = [pytest.mark.integration, pytest.mark.anyio]

ROW = {"kind": "other", "price": "10", "currency": "EUR", "stock": 1}


async def test_a_rare_word_tells_more_than_a_common_one(sessions: SessionFactory) -> None:
    await _offer(
        sessions,
        {"rare": "a theremin"} | {f"common {n}": "a piano, as many have it" for n in range(9)},
    )

    assert (await _found(sessions, "piano theremin"))[0] == "rare"


async def test_a_title_tells_more_than_a_description(sessions: SessionFactory) -> None:
    await _offer(sessions, {"Theremin": "with a stand", "Stand": "for a theremin"})

    assert await _found(sessions, "theremin") == ["Theremin", "Stand"]


async def test_a_word_said_over_and_over_tells_little_more(sessions: SessionFactory) -> None:
    await _offer(
        sessions, {"loud": "theremin " * 20, "both": "a theremin with a stand", "else": "a harp"}
    )

    assert (await _found(sessions, "theremin stand"))[0] == "both"


async def test_words_bend_as_their_language_does(sessions: SessionFactory) -> None:
    await _offer(sessions, {"Märsche": "für Blasorchester"}, language=Language.de)

    assert await _found(sessions, "Blasorchestern", language=Language.de) == ["Märsche"]


async def _offer(
    sessions: SessionFactory, texts: Mapping[str, str], language: Language = Language.en
) -> None:
    rows = (
        Record(
            line,
            None,
            {
                **ROW,
                "sku": f"S-{line}",
                f"title_{language.value}": title,
                f"description_{language.value}": description,
            },
        )
        for line, (title, description) in enumerate(texts.items(), start=1)
    )
    report = await import_records(Noun.products, rows, sessions)
    assert not report.refusals
    await place_products(sessions, HashingEncoder())


async def _found(
    sessions: SessionFactory, words: str, *, language: Language = Language.en
) -> list[str]:
    async with sessions.begin() as session:
        candidates = await SuggestionRepository(session, language).candidates(
            words.split(),
            None,
            model=HashingEncoder.name,
            found=Found(),
            subjects=[],
            kinds=[],
            without=[],
            filters=Filters(),
        )
    return [c.title for c in sorted(candidates, key=lambda candidate: -candidate.fused)]
