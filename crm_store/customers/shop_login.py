"""A customer whom the shop's own login names: the strongest proof there is."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from crm_store.conversations.models import Conversation
from crm_store.customers.models import Customer, Level, ShopLogin
from crm_store.customers.verification import prove
from crm_store.errors import OtherCustomer, TokenUsed, UnknownCustomer

HOW = "shop_login"


class ShopLoginRepository:
    """Takes the shop's word for who somebody is; its signature was checked before."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def customer_of(self, number: str) -> UUID:
        """Return the customer of a number, or raise UnknownCustomer."""
        found = await self._session.scalar(select(Customer.id).where(Customer.number == number))
        if found is None:
            raise UnknownCustomer
        return found

    async def prove(
        self, conversation: Conversation, customer_id: UUID, *, token: str, at: datetime
    ) -> None:
        """Prove the customer to the locked conversation, once for a token.

        It raises TokenUsed for a token that was shown before, here or elsewhere, and OtherCustomer
        where the conversation is somebody else's.
        """
        if conversation.customer_id not in {None, customer_id}:
            raise OtherCustomer(f"conversation {conversation.id}")
        if not await self._first_seen(token, conversation.id):
            raise TokenUsed(f"conversation {conversation.id}")
        await prove(self._session, conversation, customer_id, Level.strong, HOW, at)

    async def _first_seen(self, token: str, conversation_id: UUID) -> bool:
        seen = (
            insert(ShopLogin)
            .values(token=token, conversation_id=conversation_id)
            .on_conflict_do_nothing(index_elements=["token"])
            .returning(ShopLogin.id)
        )
        return await self._session.scalar(seen) is not None
