"""PINs: four to six digits that a customer chooses, to be known by on the phone."""

import hmac
import re
from datetime import datetime, timedelta
from hashlib import sha256
from itertools import pairwise
from typing import Final
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from crm_store.conversations.models import Conversation
from crm_store.customers.models import CustomerPin
from crm_store.errors import NoPin, PinTooEasy
from crm_store.hashing import Hashes
from crm_store.insight.repository import EventRepository
from crm_store.strategy.repository import PolicyRepository

MOST_WRONG: Final = 3
"""In a row, after which it proves nothing for a while."""
FORM: Final = re.compile(r"\d{4,6}")
SEALED: Final = "sealed"
"""The fact of a turn that holds digits which nobody may read on the way."""
PURPOSE: Final = "pins"
"""What is sealed of them on its way cannot be opened as anything else."""


class Pins:
    """Keeps PINs and tries them, in the session it is given."""

    def __init__(self, session: AsyncSession, hashes: Hashes, key: bytes) -> None:
        self._session = session
        self._hashes = hashes
        self._key = key

    async def set(
        self, conversation: Conversation, digits: str, *, at: datetime, cause: UUID | None = None
    ) -> None:
        """Keep a PIN for the verified customer in place of any before; refuse an easy one."""
        customer_id = conversation.verified_customer(at)
        if too_easy(digits):
            raise PinTooEasy
        pin = await self._of(customer_id) or CustomerPin(customer_id=customer_id)
        pin.pin_hash = await self._hashes.hash(self._peppered(digits))
        pin.set_at, pin.wrong, pin.locked_until = at, 0, None
        self._session.add(pin)
        EventRepository(self._session).record("pin_set", conversation, cause=cause)

    async def is_set(self, conversation: Conversation, *, at: datetime) -> bool:
        """Return whether the verified customer has one."""
        return await self._of(conversation.verified_customer(at)) is not None

    async def remove(
        self, conversation: Conversation, *, at: datetime, cause: UUID | None = None
    ) -> None:
        """Keep none any more, or raise NoPin."""
        customer_id = conversation.verified_customer(at)
        gone = await self._session.scalar(
            delete(CustomerPin)
            .where(CustomerPin.customer_id == customer_id)
            .returning(CustomerPin.customer_id)
        )
        if gone is None:
            raise NoPin
        EventRepository(self._session).record("pin_removed", conversation, cause=cause)

    async def fits(self, customer_id: UUID | None, digits: str, *, at: datetime) -> bool:
        """Return whether these are a customer's; it takes as long if there is none.

        A wrong one counts, so the transaction must be committed either way.
        """
        pin = None if customer_id is None else await self._of(customer_id)
        open_ = pin is not None and (pin.locked_until is None or pin.locked_until <= at)
        kept = pin.pin_hash if pin is not None and open_ else None
        right = await self._hashes.fits(self._peppered(digits), kept)
        if pin is not None and open_:
            await self._count(pin, right=right, at=at)
        return right

    async def _count(self, pin: CustomerPin, *, right: bool, at: datetime) -> None:
        pin.wrong = 0 if right else pin.wrong + 1
        if pin.wrong < MOST_WRONG:
            return
        minutes = (await PolicyRepository(self._session).current()).verification.pin_locked_minutes
        pin.wrong, pin.locked_until = 0, at + timedelta(minutes=minutes)
        EventRepository(self._session).note("pin_locked", pin.customer_id, at=at)

    async def _of(self, customer_id: UUID) -> CustomerPin | None:
        found: CustomerPin | None = await self._session.scalar(
            select(CustomerPin).where(CustomerPin.customer_id == customer_id).with_for_update()
        )
        return found

    def _peppered(self, digits: str) -> str:
        # Ten thousand are soon tried by whoever has the database alone.
        return hmac.new(self._key, f"{PURPOSE} {digits}".encode(), sha256).hexdigest()


def too_easy(digits: str) -> bool:
    """Return whether digits are what everybody tries first: all alike, or one after the other."""
    steps = {(int(later) - int(earlier)) % 10 for earlier, later in pairwise(digits)}
    return len(steps) == 1 and steps <= {0, 1, 9}
