"""How a product is asked for and heard, whatever it is wanted for."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from rasa_sdk.executor import CollectingDispatcher

from actions.asks.ask import Refused
from actions.asks.product import ProductAsk
from actions.base import ActionTurn
from actions.wiring import Parts
from crm_store.base import Json
from crm_store.catalogue.models import ProductKind
from crm_store.db import SessionFactory
from tests.builders import NOW, a_conversation, a_product, a_tracker, the_domain
from tests.integration.actions.conftest import kept

pytestmark = [pytest.mark.integration, pytest.mark.anyio]

TABLE = [
    {"suggestion": "1", "product": "1", "sku": "SKU-AIDA", "title": "Aida"},
    {"suggestion": "2", "product": "2", "sku": "SKU-NABUCCO", "title": "Nabucco"},
]


class Asking:
    """A turn in which a product is asked for."""

    def __init__(self, sessions: SessionFactory, parts: Parts) -> None:
        self._sessions = sessions
        self._parts = parts
        self.given: Json = {}
        self.said: list[dict[str, Any]] = []
        self.ask = ProductAsk()

    async def hears(self, text: str, intent: str, **more: Any) -> str | None:
        """Return what the answer names."""
        async with self._turn(text, intent, **more) as turn:
            return await self.ask.heard(turn, self.given)

    async def overhears(self, text: str, intent: str, **more: Any) -> str | None:
        """Return what the first words name, or what is known without any."""
        async with self._turn(text, intent, **more) as turn:
            overheard = await self.ask.overheard(turn, self.given)
            return overheard or await self.ask.known(turn, self.given)

    async def puts(self, text: str, *, again: bool = False, **more: Any) -> dict[str, Any]:
        """Return how it asks after these words."""
        async with self._turn(text, "ask_price", **more) as turn:
            await self.ask.overheard(turn, self.given)
            await self.ask.put(turn, self.given, again=again)
        return self.said[-1]

    @asynccontextmanager
    async def _turn(self, text: str, intent: str, **more: Any) -> AsyncIterator[ActionTurn]:
        words = CollectingDispatcher()
        conversation = a_conversation()
        async with self._sessions() as session:
            yield ActionTurn(
                tracker=a_tracker(conversation, text, intent=intent, **more),
                domain=the_domain(),
                parts=self._parts,
                session=session,
                conversation=conversation,
                at=NOW,
                words=words,
            )
        self.said += words.messages


@pytest.fixture
async def asking(sessions: SessionFactory, parts: Parts) -> Asking:
    film = a_product("Aida on Film", kind=ProductKind.film, facets="Giuseppe Verdi film DVD")
    await kept(sessions, a_product("Aida"), a_product("Nabucco"), film)
    return Asking(sessions, parts)


async def test_hears_a_title_in_the_first_words(asking: Asking) -> None:
    assert await asking.overhears("what does Nabucco cost?", "ask_price") == "SKU-NABUCCO"


async def test_it_is_what_was_spoken_of_last(asking: Asking) -> None:
    named = await asking.overhears(
        "what does it cost?", "ask_price", product="SKU-AIDA", suggested=TABLE
    )

    assert named == "SKU-AIDA"


async def test_it_is_the_only_one_suggested(asking: Asking) -> None:
    assert await asking.overhears("how much is it?", "ask_price", suggested=TABLE[1:]) == (
        "SKU-NABUCCO"
    )


async def test_a_name_that_is_not_sold_is_not_taken_for_the_last_one(asking: Asking) -> None:
    assert await asking.overhears("what's a toaster?", "ask_price", product="SKU-AIDA") is None


async def test_the_second_is_the_second_suggested(asking: Asking) -> None:
    named = await asking.overhears(
        "what is the second one?", "ask_price", entities={"position": "2"}, suggested=TABLE
    )

    assert named == "SKU-NABUCCO"


async def test_asks_which_of_those_suggested(asking: Asking) -> None:
    put = await asking.puts("what does it cost?", suggested=TABLE)

    assert put["response"] == "utter_product_which"
    assert put["titles"] == "Aida or Nabucco"
    assert [button["payload"] for button in put["buttons"]] == [
        '/inform{"sku": "SKU-AIDA"}',
        '/inform{"sku": "SKU-NABUCCO"}',
    ]


async def test_asks_which_of_several_with_like_titles_and_hears_the_difference(
    asking: Asking,
) -> None:
    assert await asking.overhears("is the Aida DVD there?", "ask_availability") is None
    put = await asking.puts("is the Aida DVD there?")
    assert put["titles"] == "Aida or Aida on Film"

    assert await asking.hears("the film", "nlu_fallback") == "SKU-AIDA-ON-FILM"
    assert await asking.hears("the first", "inform", entities={"position": "1"}) == "SKU-AIDA"


async def test_a_yes_takes_the_only_one_on_offer(asking: Asking) -> None:
    asking.given["product_among"] = ["SKU-AIDA"]

    assert await asking.hears("yes", "affirm") == "SKU-AIDA"


async def test_says_that_something_is_not_sold_and_then_gives_up(asking: Asking) -> None:
    first = await asking.puts("how much is a toaster?")

    assert first["response"] == "utter_product_unknown"
    with pytest.raises(Refused):
        await asking.puts("a toaster for two slices", again=True)


async def test_a_choice_is_taken_by_what_it_stands_for(asking: Asking) -> None:
    chosen = await asking.hears(
        "Nabucco, €19.90", "inform", entities={"sku": "SKU-NABUCCO"}, kind="chosen"
    )

    assert chosen == "SKU-NABUCCO"
