"""What lies in the outbox reaches the customer, or is given up on in the end."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from channels.deliver import Delivery
from channels.messenger import NotSent
from crm_store.base import Language, utc_now
from crm_store.customers.models import ContactKind, ContactPoint, Customer
from crm_store.db import SessionFactory
from crm_store.outbox.models import OutboxMessage
from crm_store.outbox.repository import MOST_ATTEMPTS, OutboxRepository

pytestmark = [pytest.mark.integration, pytest.mark.anyio]


class FakeMessenger:
    """Remembers what it sent; the first few times it fails."""

    def __init__(self, *, failures: int = 0) -> None:
        self.sent: list[tuple[ContactKind, str, str]] = []
        self.tries = 0
        self._failures = failures

    async def send(self, kind: ContactKind, address: str, text: str) -> None:
        self.tries += 1
        if self.tries <= self._failures:
            raise NotSent
        self.sent.append((kind, address, text))


async def write(sessions: SessionFactory) -> None:
    contact = ContactPoint(kind=ContactKind.phone, value="+4915112345678")
    async with sessions.begin() as session:
        session.add(
            Customer(
                number="C-1",
                given_name="Ana",
                family_name="Ruiz",
                language=Language.de,
                since=utc_now(),
                contacts=[contact],
            )
        )
        await session.flush()
        OutboxRepository(session).add(contact, Language.de, "Ihr Code", at=utc_now())


async def written(sessions: SessionFactory) -> OutboxMessage:
    async with sessions() as session:
        return (await session.scalars(select(OutboxMessage))).one()


async def let_time_pass(sessions: SessionFactory) -> None:
    async with sessions.begin() as session:
        await session.execute(
            update(OutboxMessage).values(not_before=utc_now() - timedelta(seconds=1))
        )


async def test_a_message_is_sent_once_and_its_words_are_forgotten(
    sessions: SessionFactory,
) -> None:
    messenger = FakeMessenger()
    delivery = Delivery(sessions=sessions, messenger=messenger)
    await write(sessions)

    await delivery.send_due()
    await delivery.send_due()

    assert messenger.sent == [(ContactKind.phone, "+4915112345678", "Ihr Code")]
    assert (await written(sessions)).text == ""


async def test_the_demo_keeps_the_words_to_show_them(sessions: SessionFactory) -> None:
    delivery = Delivery(sessions=sessions, messenger=FakeMessenger(), keep_text=True)
    await write(sessions)

    await delivery.send_due()

    assert (await written(sessions)).text == "Ihr Code"


async def test_a_message_that_failed_is_tried_again_later(sessions: SessionFactory) -> None:
    messenger = FakeMessenger(failures=1)
    delivery = Delivery(sessions=sessions, messenger=messenger)
    await write(sessions)

    await delivery.send_due()
    tries_at_once = messenger.tries
    await let_time_pass(sessions)
    await delivery.send_due()

    assert tries_at_once == 1
    assert len(messenger.sent) == 1


async def test_a_message_that_always_fails_is_given_up(sessions: SessionFactory) -> None:
    messenger = FakeMessenger(failures=MOST_ATTEMPTS * 2)
    delivery = Delivery(sessions=sessions, messenger=messenger)
    await write(sessions)

    for _ in range(MOST_ATTEMPTS + 2):
        await delivery.send_due()
        await let_time_pass(sessions)

    message = await written(sessions)
    assert messenger.tries == MOST_ATTEMPTS
    assert (message.given_up_at is not None, message.text) == (True, "")
