"""Makes the calls that the shop owes, each once."""

import logging
from collections.abc import Iterable, Sequence
from typing import Annotated
from uuid import UUID

from fastapi import Depends
from sqlalchemy.ext.asyncio import AsyncSession

from channels.dependencies import TheHub, ThePhoneCompany, TheSessions, TheSettings
from channels.hub import QUEUE
from channels.phone.rest import PhoneCompanyFailed
from channels.phone.signature import webhook_url
from channels.phone.webhooks import CallbackChanged
from channels.phone.wording import say
from crm_store.base import utc_now
from crm_store.callbacks import keeping
from crm_store.callbacks.models import CallbackRequest, CallbackState, CallOutcome
from crm_store.callbacks.numbers import is_textable
from crm_store.callbacks.repository import CallbackRepository
from crm_store.conversations.repository import ConversationRepository
from crm_store.customers.contacts import Contact
from crm_store.errors import CallbackNotOpen
from crm_store.outbox.repository import OutboxRepository
from crm_store.strategy.repository import PolicyRepository

logger = logging.getLogger(__name__)


class CallingBack:
    """Calls customers; killed between any two steps, it has called once or will."""

    def __init__(
        self,
        settings: TheSettings,
        *,
        sessions: TheSessions,
        hub: TheHub,
        company: ThePhoneCompany,
    ) -> None:
        self._settings = settings
        self._sessions = sessions
        self._hub = hub
        self._company = company

    async def look(self) -> Sequence[UUID]:
        """Settle what has gone silent, and return the calls that are due."""
        at = utc_now()
        async with self._sessions.begin() as session:
            settled = await keeping.recover(session, at=at)
            await self._excuse(session, settled)
            due = await keeping.due(session, at=at)
        if settled:
            self._hub.tell(QUEUE)
        return due

    async def call(self, request_id: UUID, *, agent_id: UUID | None = None) -> None:
        """Make a call that is owed, or raise CallbackNotOpen; an agent may want it now."""
        async with self._sessions.begin() as session:
            attempt = await keeping.begin(session, request_id, at=utc_now(), agent_id=agent_id)
            request = await CallbackRepository(session).lock(request_id)
        self._hub.tell(QUEUE)
        # It is on record that this call is made, and by whom: nobody else makes it.
        try:
            sid = await self._company.call(
                request.phone,
                answer_url=self._url(attempt.id, "answer"),
                status_url=self._url(attempt.id, "status"),
                detect_machine=True,
            )
        except PhoneCompanyFailed as failure:
            logger.warning("a customer could not be called back: %s", failure)
            if failure.code is not None:
                await self._end(attempt.id, CallOutcome.failed, call=None)
            # Without an answer it may ring all the same: what is reported of it tells.
            return
        async with self._sessions.begin() as session:
            await keeping.placed(session, attempt.id, sid)

    async def call_if_due(self, request_id: UUID) -> None:
        """Make a call unless that has been done, or is not wanted any more."""
        try:
            await self.call(request_id)
        except CallbackNotOpen:
            logger.info("a call back was not due any more")

    async def note(self, attempt_id: UUID, change: CallbackChanged) -> None:
        """Take note that a call is over."""
        if change.outcome is not None:
            await self._end(attempt_id, change.outcome, call=change.call_sid)

    async def _end(self, attempt_id: UUID, outcome: CallOutcome, *, call: str | None) -> None:
        async with self._sessions.begin() as session:
            news = await keeping.ended(session, attempt_id, outcome, call=call, at=utc_now())
            await self._excuse(session, [news] if news else ())
        self._hub.tell(QUEUE)

    async def _excuse(self, session: AsyncSession, requests: Iterable[CallbackRequest]) -> None:
        """Write to those who were not reached in the end, where a text may find them."""
        shop = (await PolicyRepository(session).current()).shop
        for request in requests:
            if request.state is not CallbackState.missed or not is_textable(request.phone):
                continue
            conversation = await ConversationRepository(session).get(request.conversation_id)
            number = self._settings.rapport_phone_number or shop.phone
            words = say("callback_missed", request.language, shop=shop.name, phone=number)
            contact = Contact.phone(request.phone)
            OutboxRepository(session).write_to(contact, conversation, words, at=utc_now())

    def _url(self, attempt_id: UUID, step: str) -> str:
        return webhook_url(self._settings, f"/phone/callback/{attempt_id}/{step}")


TheCallingBack = Annotated[CallingBack, Depends()]
