from datetime import datetime, timedelta

import pytest

from crm_store.base import Language
from crm_store.catalogue.placing import count_words
from crm_store.db import SessionFactory
from crm_store.suggestions.matching import NAMES_KEPT_FOR, Matcher
from crm_store.suggestions.repository import SuggestionRepository
from crm_store.suggestions.wish import Wish
from tests.builders import NOW, a_product
from tests.encoders import HashingEncoder
from tests.integration.actions.conftest import kept

pytestmark = [pytest.mark.integration, pytest.mark.anyio]

LATER = NOW + NAMES_KEPT_FOR + timedelta(seconds=1)


async def test_names_are_read_anew_once_the_catalogue_has_been_counted(
    sessions: SessionFactory,
) -> None:
    matcher = Matcher(HashingEncoder())
    await kept(sessions, a_product("Aida"))
    await count_words(sessions)
    at_first = await _creators(sessions, matcher, NOW)

    await kept(sessions, a_product("Tosca", creator="Giacomo Puccini"))
    uncounted = await _creators(sessions, matcher, LATER)
    await count_words(sessions)
    too_soon = await _creators(sessions, matcher, LATER)
    counted = await _creators(sessions, matcher, LATER + NAMES_KEPT_FOR + timedelta(seconds=1))

    assert [at_first, uncounted, too_soon, counted] == [(), (), (), ("Giacomo Puccini",)]


async def test_where_nothing_was_counted_names_are_read_every_minute(
    sessions: SessionFactory,
) -> None:
    matcher = Matcher(HashingEncoder())
    await count_words(sessions)
    await _creators(sessions, matcher, NOW)

    await kept(sessions, a_product("Tosca", creator="Giacomo Puccini"))

    assert await _creators(sessions, matcher, LATER) == ("Giacomo Puccini",)


async def _creators(sessions: SessionFactory, matcher: Matcher, at: datetime) -> tuple[str, ...]:
    wish = await matcher.understand(Wish(None, "something by Puccini", Language.en))
    async with sessions() as session:
        store = SuggestionRepository(session, Language.en)
        answer = await matcher.answer(store, wish, without=frozenset(), currency="EUR", at=at)
    return answer.found.creators if answer else ()
