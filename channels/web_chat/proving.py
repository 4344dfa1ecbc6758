"""Taking the shop's word for who is at the other end of a chat."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from channels.web_chat.customer_token import ShopKey, TokenRefused, customer_in
from crm_store.base import utc_now
from crm_store.conversations.models import Conversation
from crm_store.conversations.repository import ConversationRepository
from crm_store.customers.shop_login import ShopLoginRepository
from crm_store.db import SessionFactory
from crm_store.errors import OtherCustomer, TokenUsed, UnknownCustomer

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class LoggedIn:
    """The customer who is logged in at the shop, and by which token we know."""

    customer: UUID
    token: str


class ShopLogins:
    """Reads the shop's tokens and proves customers by them; whoever has a bad one stays a visitor.

    A refusal is logged without anything that the token says.
    """

    def __init__(self, keys: Mapping[str, ShopKey], sessions: SessionFactory) -> None:
        self._keys = keys
        self._sessions = sessions

    async def read(self, token: str | None) -> LoggedIn | None:
        """Return who a token names; None for no token, or for one that is refused."""
        if token is None:
            return None
        try:
            named = customer_in(token, self._keys, at=utc_now())
            async with self._sessions() as session:
                customer = await ShopLoginRepository(session).customer_of(named.number)
        except TokenRefused as refusal:
            logger.warning("a customer token was refused: %s", refusal)
            return None
        except UnknownCustomer:
            logger.warning("a customer token was refused: unknown customer")
            return None
        return LoggedIn(customer, named.token)

    async def prove(self, conversation_id: UUID, who: LoggedIn) -> Conversation:
        """Prove the customer to the conversation if it is the token's first; return it."""
        try:
            async with self._sessions.begin() as session:
                conversation = await ConversationRepository(session).lock(conversation_id)
                await ShopLoginRepository(session).prove(
                    conversation, who.customer, token=who.token, at=utc_now()
                )
                return conversation
        except (TokenUsed, OtherCustomer) as refusal:
            logger.warning("a customer token was refused: %s", type(refusal).__name__)
        async with self._sessions() as session:
            return await ConversationRepository(session).get(conversation_id)
