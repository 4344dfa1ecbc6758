"""The shop's own login proves a customer, once for a token and to one conversation."""

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from crm_store.conversations.models import Conversation
from crm_store.customers.models import Customer, Level
from crm_store.customers.shop_login import ShopLoginRepository
from crm_store.db import SessionFactory
from crm_store.errors import OtherCustomer, TokenUsed, UnknownCustomer
from tests.builders import NOW, a_conversation, a_customer

pytestmark = [pytest.mark.integration, pytest.mark.anyio]


async def test_a_token_proves_at_the_highest_level(sessions: SessionFactory) -> None:
    ana, chat = await _ana(sessions)

    await _prove(sessions, chat, ana)

    async with sessions() as session:
        proved = await _fresh(session, chat)
    assert (proved.customer_id, proved.current_level(NOW)) == (ana.id, Level.strong)


async def test_the_same_token_proves_nobody_again_here_or_elsewhere(
    sessions: SessionFactory,
) -> None:
    ana, chat = await _ana(sessions)
    other = a_conversation()
    await _keep(sessions, other)
    await _prove(sessions, chat, ana)

    for again in (chat, other):
        with pytest.raises(TokenUsed):
            await _prove(sessions, again, ana)

    async with sessions() as session:
        assert (await _fresh(session, other)).level is Level.anonymous


async def test_a_conversation_of_one_customer_is_never_given_to_another(
    sessions: SessionFactory,
) -> None:
    ana, chat = await _ana(sessions)
    ben = a_customer(number="C-2", email="ben@example.com")
    await _keep(sessions, ben)
    await _prove(sessions, chat, ana)

    with pytest.raises(OtherCustomer):
        await _prove(sessions, chat, ben, shown="another")


async def test_a_number_of_nobody_is_unknown(sessions: SessionFactory) -> None:
    async with sessions() as session:
        with pytest.raises(UnknownCustomer):
            await ShopLoginRepository(session).customer_of("C-404")


async def _ana(sessions: SessionFactory) -> tuple[Customer, Conversation]:
    ana, chat = a_customer(), a_conversation()
    await _keep(sessions, ana)
    await _keep(sessions, chat)
    return ana, chat


async def _keep(sessions: SessionFactory, row: Customer | Conversation) -> None:
    async with sessions.begin() as session:
        session.add(row)


async def _fresh(session: AsyncSession, conversation: Conversation) -> Conversation:
    return await session.get_one(Conversation, conversation.id)


async def _prove(
    sessions: SessionFactory, chat: Conversation, customer: Customer, *, shown: str = "one"
) -> None:
    async with sessions.begin() as session:
        logins = ShopLoginRepository(session)
        number = await logins.customer_of(customer.number)
        await logins.prove(await _fresh(session, chat), number, token=shown, at=NOW)
