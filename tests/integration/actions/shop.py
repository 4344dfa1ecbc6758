"""Customers in a shop of a few products."""

from sqlalchemy import func, select

from actions.wiring import Parts
from crm_store.base import Base, Language
from crm_store.catalogue.models import Product
from crm_store.conversations.models import Channel
from crm_store.customers.addresses import PostalAddress
from crm_store.customers.models import Level
from crm_store.db import SessionFactory
from tests.builders import a_conversation, a_customer, a_product
from tests.integration.actions.conftest import kept
from tests.integration.actions.dialogue import Dialogue

HOME = PostalAddress("Hauptstraße 5", "10115", "Berlin", "DE")


async def a_visitor(
    sessions: SessionFactory,
    parts: Parts,
    *products: Product,
    channel: Channel = Channel.chat,
    language: Language = Language.en,
) -> Dialogue:
    """Somebody who has not said who they are."""
    visitor = a_conversation(channel=channel, language=language)
    await kept(sessions, visitor, *(products or (a_product("Aida"), a_product("Nabucco"))))
    return Dialogue(parts, visitor)


async def ana(
    sessions: SessionFactory,
    parts: Parts,
    *products: Product,
    home: PostalAddress | None = HOME,
    channel: Channel = Channel.chat,
    level: Level = Level.verified,
) -> Dialogue:
    """A customer who has proved who she is, with an address on file."""
    customer = a_customer()
    customer.address = home
    hers = a_conversation(of=customer, level=level, channel=channel)
    await kept(sessions, customer, hers, *(products or (a_product("Aida"), a_product("Nabucco"))))
    return Dialogue(parts, hers)


async def count(sessions: SessionFactory, of: type[Base]) -> int:
    """Return how many rows of a table there are."""
    async with sessions() as session:
        return (await session.execute(select(func.count()).select_from(of))).scalar_one()
