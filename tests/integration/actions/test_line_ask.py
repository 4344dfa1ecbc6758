"""How one item of an order is asked for and heard."""

from collections.abc import Iterable
from typing import Any

import pytest
from rasa_sdk.executor import CollectingDispatcher
from sqlalchemy.ext.asyncio import AsyncSession

from actions.asks.line import EVERY, LineAsk
from actions.base import ActionTurn
from actions.wiring import Parts
from crm_store.conversations.models import Conversation
from crm_store.customers.models import Level
from crm_store.db import SessionFactory
from tests.builders import (
    NOW,
    a_conversation,
    a_customer,
    a_product,
    a_tracker,
    an_order,
    the_domain,
)
from tests.integration.actions.conftest import kept

pytestmark = [pytest.mark.integration, pytest.mark.anyio]

GIVEN = {"order": "A-17"}


async def with_an_order(sessions: SessionFactory, titles: Iterable[str]) -> Conversation:
    ana = a_customer()
    hers = a_conversation(of=ana, level=Level.verified)
    film = a_product("Aida on Film", sku="Aida on Film", facets="film DVD")
    await kept(sessions, film, ana, an_order(ana, titles=tuple(titles)), hers)
    return hers


def a_turn(
    hers: Conversation, parts: Parts, session: AsyncSession, text: str = "", **entities: str
) -> ActionTurn:
    return ActionTurn(
        tracker=a_tracker(hers, text, intent="inform", entities=entities),
        domain=the_domain(),
        parts=parts,
        session=session,
        conversation=hers,
        at=NOW,
        words=CollectingDispatcher(),
    )


@pytest.mark.parametrize(
    ("text", "entities", "line"),
    [
        ("the Rigoletto, please", {}, "Rigoletto"),
        ("the film, its box is scratched and it does not play", {}, "Aida on Film"),
        ("the film", {}, "Aida on Film"),
        ("the second", {"position": "2"}, "Aida on Film"),
        ("Rigoletto", {"sku": "Rigoletto"}, "Rigoletto"),
        ("all of them", {"every": "all"}, EVERY),
        ("All of it", {"choice": EVERY}, EVERY),
        ("the blue one", {}, None),
    ],
)
async def test_hears_which_item_is_meant(
    sessions: SessionFactory, parts: Parts, text: str, entities: dict[str, str], line: str | None
) -> None:
    hers = await with_an_order(sessions, ["Rigoletto", "Aida on Film"])

    async with sessions() as session:
        turn = a_turn(hers, parts, session, text, **entities)
        assert await LineAsk(every=True).heard(turn, GIVEN) == line


async def test_the_only_item_is_not_asked_for(sessions: SessionFactory, parts: Parts) -> None:
    hers = await with_an_order(sessions, ["Rigoletto"])

    async with sessions() as session:
        assert await LineAsk().known(a_turn(hers, parts, session), GIVEN) == "Rigoletto"


@pytest.mark.parametrize("every", [True, False])
async def test_offers_the_items_and_all_of_them_where_that_is_possible(
    sessions: SessionFactory, parts: Parts, every: bool
) -> None:
    hers = await with_an_order(sessions, ["Rigoletto", "Aida on Film"])

    async with sessions() as session:
        turn = a_turn(hers, parts, session)
        await LineAsk(every=every).put(turn, GIVEN, again=False)

    said: dict[str, Any] = turn.words.messages[0]
    assert said["titles"] == "Rigoletto or Aida on Film"
    titles = [button["title"] for button in said["buttons"]]
    assert titles == ["Rigoletto", "Aida on Film", *(["All of it"] if every else [])]
