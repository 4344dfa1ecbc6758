import re
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from crm_store.conversations.models import Channel, Conversation
from crm_store.customers.claims import Claim
from crm_store.customers.codes import Codes
from crm_store.customers.models import (
    CODES_AFTER,
    CodePurpose,
    ContactKind,
    ContactPoint,
    Customer,
    Interest,
    InterestSource,
    Level,
    OneTimeCode,
)
from crm_store.customers.verification import MOST_TRIES, VALID_FOR, Verdict, Verification
from crm_store.db import SessionFactory
from crm_store.errors import TooManyCodes
from crm_store.insight.models import Event
from crm_store.outbox.models import OutboxMessage
from tests.builders import NOW, a_conversation, a_customer

pytestmark = [pytest.mark.integration, pytest.mark.anyio]

ANA = Claim(emails=frozenset({"ana@example.com"}))
NOBODY = Claim(emails=frozenset({"nobody@example.com"}))
WRONG = "not it"


async def test_the_right_code_proves_the_customer(sessions: SessionFactory) -> None:
    ana, hers = await _a_customer_and_a_conversation(sessions)
    code = await _send(sessions, hers)

    verdict = await _check(sessions, hers, code)

    assert verdict.proved
    async with sessions() as session:
        proved = await session.get_one(Conversation, hers.id)
        event = (await session.scalars(select(Event))).one()
    assert proved.customer_id == ana.id
    assert proved.current_level(NOW) is Level.verified
    assert (event.kind, event.customer_id) == ("customer_verified", ana.id)


async def test_what_was_said_to_be_liked_becomes_the_customers(sessions: SessionFactory) -> None:
    ana, hers = await _a_customer_and_a_conversation(sessions)
    async with sessions.begin() as session:
        session.add(
            Interest(
                conversation_id=hers.id,
                text="Verdi",
                language=hers.language,
                source=InterestSource.stated,
            )
        )
    code = await _send(sessions, hers)

    await _check(sessions, hers, code)

    async with sessions() as session:
        assert (await session.scalars(select(Interest.customer_id))).one() == ana.id


async def test_only_a_hash_of_the_code_is_kept(sessions: SessionFactory) -> None:
    _, hers = await _a_customer_and_a_conversation(sessions)

    code = await _send(sessions, hers)

    async with sessions() as session:
        kept = (await session.scalars(select(OneTimeCode))).one()
    assert code not in kept.code_hash


async def test_a_code_works_once(sessions: SessionFactory) -> None:
    _, hers = await _a_customer_and_a_conversation(sessions)
    code = await _send(sessions, hers)
    await _check(sessions, hers, code)

    assert await _check(sessions, hers, code) == Verdict(proved=False, tries_left=0)


async def test_a_code_works_in_its_own_conversation_only(sessions: SessionFactory) -> None:
    _, hers = await _a_customer_and_a_conversation(sessions)
    another = a_conversation()
    async with sessions.begin() as session:
        session.add(another)
    code = await _send(sessions, hers)
    await _send(sessions, another, NOBODY)

    assert not (await _check(sessions, another, code)).proved


async def test_a_code_expires(sessions: SessionFactory) -> None:
    _, hers = await _a_customer_and_a_conversation(sessions)
    code = await _send(sessions, hers)

    verdict = await _check(sessions, hers, code, after=VALID_FOR)

    assert verdict == Verdict(proved=False, tries_left=0)


async def test_a_newer_code_takes_the_place_of_the_older(sessions: SessionFactory) -> None:
    _, hers = await _a_customer_and_a_conversation(sessions)
    older = await _send(sessions, hers)
    newer = await _send(sessions, hers, after=timedelta(seconds=1))

    assert older == newer or not (await _check(sessions, hers, older)).proved
    assert (await _check(sessions, hers, newer)).proved


async def test_a_wrong_code_leaves_fewer_tries_and_the_last_none(sessions: SessionFactory) -> None:
    _, hers = await _a_customer_and_a_conversation(sessions)
    code = await _send(sessions, hers)

    left = [(await _check(sessions, hers, WRONG)).tries_left for _ in range(MOST_TRIES)]

    assert left == [4, 3, 2, 1, 0]
    assert not (await _check(sessions, hers, code)).proved


async def test_without_a_code_none_is_right(sessions: SessionFactory) -> None:
    _, hers = await _a_customer_and_a_conversation(sessions)

    assert await _check(sessions, hers, "123456") == Verdict(proved=False, tries_left=0)


async def test_an_unknown_customer_is_treated_like_a_known_one(sessions: SessionFactory) -> None:
    _, hers = await _a_customer_and_a_conversation(sessions)

    await _send(sessions, hers, NOBODY)

    assert await _sent(sessions) == []
    assert await _check(sessions, hers, WRONG) == Verdict(proved=False, tries_left=4)


async def test_a_claim_that_fits_two_customers_fits_none(sessions: SessionFactory) -> None:
    _, hers = await _a_customer_and_a_conversation(sessions)
    async with sessions.begin() as session:
        session.add(a_customer(number="C-2", email="ana@example.com"))

    await _send(sessions, hers)

    assert await _sent(sessions) == []


async def test_a_fourth_code_in_an_hour_is_refused(sessions: SessionFactory) -> None:
    _, hers = await _a_customer_and_a_conversation(sessions)
    for minute in range(3):
        await _send(sessions, hers, NOBODY, after=timedelta(minutes=minute))

    with pytest.raises(TooManyCodes):
        await _send(sessions, hers, after=timedelta(minutes=59))

    assert await _send(sessions, hers, after=timedelta(minutes=61))


async def test_an_eleventh_code_in_a_day_is_refused(sessions: SessionFactory) -> None:
    _, hers = await _a_customer_and_a_conversation(sessions)
    for hour in range(10):
        await _send(sessions, hers, NOBODY, after=timedelta(hours=2 * hour))

    with pytest.raises(TooManyCodes):
        await _send(sessions, hers, after=timedelta(hours=23))


async def test_a_customer_gets_no_fourth_code_whoever_asks(sessions: SessionFactory) -> None:
    await _a_customer_and_a_conversation(sessions)
    for _ in range(4):
        another = a_conversation()
        async with sessions.begin() as session:
            session.add(another)
        await _send(sessions, another)

    assert len(await _sent(sessions)) == 3


@pytest.mark.parametrize(
    ("channel", "address"), [(Channel.phone, "+491713920017"), (Channel.chat, "ana@example.com")]
)
async def test_a_code_goes_where_the_channel_suggests(
    sessions: SessionFactory, channel: Channel, address: str
) -> None:
    ana = a_customer(phone="+491713920017")
    hers = a_conversation(channel=channel)
    async with sessions.begin() as session:
        session.add_all([ana, hers])

    await _send(sessions, hers)

    assert [message.address for message in await _sent(sessions)] == [address]


async def test_a_recognised_caller_need_not_say_who_they_are(sessions: SessionFactory) -> None:
    ana = a_customer(email=None, phone="+491713920017")
    hers = a_conversation(channel=Channel.phone, of=ana, level=Level.claimed)
    async with sessions.begin() as session:
        session.add(ana)
        await session.flush()
        session.add(hers)

    code = await _send(sessions, hers, Claim())

    assert (await _check(sessions, hers, code)).proved


async def test_a_visitor_gets_no_fourth_code_in_whatever_conversation(
    sessions: SessionFactory,
) -> None:
    await _a_customer_and_a_conversation(sessions)
    for _ in range(3):
        await _send(sessions, await _begun(sessions, visitor="v"), NOBODY)

    with pytest.raises(TooManyCodes):
        await _send(sessions, await _begun(sessions, visitor="v"))

    assert await _send(sessions, await _begun(sessions, visitor="somebody else"))


async def test_a_caller_gets_no_fourth_code_by_calling_again(sessions: SessionFactory) -> None:
    await _a_customer_and_a_conversation(sessions)
    for _ in range(3):
        await _send(sessions, await _begun(sessions, Channel.phone, caller_hash="h"), NOBODY)

    with pytest.raises(TooManyCodes):
        await _send(sessions, await _begun(sessions, Channel.phone, caller_hash="h"))


async def test_a_contact_that_was_put_in_lately_gets_no_code(sessions: SessionFactory) -> None:
    ana, hers = await _a_customer_and_a_conversation(sessions)
    await _on_file_since(sessions, ana, NOW - CODES_AFTER + timedelta(minutes=1))

    assert not await _send(sessions, hers)
    assert await _send(sessions, hers, after=timedelta(minutes=1))


async def test_an_older_contact_gets_the_code_in_place_of_a_young_one(
    sessions: SessionFactory,
) -> None:
    ana, hers = await _a_customer_and_a_conversation(sessions)
    await _on_file_since(sessions, ana, NOW)
    async with sessions.begin() as session:
        phone = ContactPoint(customer_id=ana.id, kind=ContactKind.phone, value="+491713920017")
        session.add(phone)

    await _send(sessions, hers)

    assert [message.address for message in await _sent(sessions)] == ["+491713920017"]


async def test_a_code_for_something_else_proves_nobody(sessions: SessionFactory) -> None:
    ana, hers = await _a_customer_and_a_conversation(sessions)
    async with sessions.begin() as session:
        codes = Codes(session, b"key", CodePurpose.newsletter)
        code = codes.make(await _fresh(session, hers), at=NOW, customer=ana.id)

    assert not (await _check(sessions, hers, code)).proved


async def test_a_proof_lapses_after_a_quarter_of_an_hour_of_silence(
    sessions: SessionFactory,
) -> None:
    _, hers = await _a_customer_and_a_conversation(sessions)
    await _check(sessions, hers, await _send(sessions, hers))

    async with sessions() as session:
        proved = await _fresh(session, hers)
    assert proved.current_level(NOW + timedelta(minutes=15)) is Level.verified
    assert proved.current_level(NOW + timedelta(minutes=15, seconds=3)) is Level.claimed


async def _a_customer_and_a_conversation(
    sessions: SessionFactory,
) -> tuple[Customer, Conversation]:
    ana, hers = a_customer(), a_conversation()
    async with sessions.begin() as session:
        session.add_all([ana, hers])
    return ana, hers


async def _begun(
    sessions: SessionFactory, channel: Channel = Channel.chat, **who: str
) -> Conversation:
    begun = a_conversation(channel=channel)
    for name, value in who.items():
        setattr(begun, name, value)
    async with sessions.begin() as session:
        session.add(begun)
    return begun


async def _on_file_since(sessions: SessionFactory, customer: Customer, since: datetime) -> None:
    async with sessions.begin() as session:
        await session.execute(
            update(ContactPoint).where(ContactPoint.customer_id == customer.id).values(since=since)
        )


async def _send(
    sessions: SessionFactory,
    conversation: Conversation,
    claim: Claim = ANA,
    *,
    after: timedelta = timedelta(),
) -> str:
    """Send a code and return it as the customer reads it, or nothing."""
    before = len(await _sent(sessions))
    async with sessions.begin() as session:
        await Verification(session, b"key").send_code(
            await _fresh(session, conversation),
            claim,
            words="Your code: {code}",
            at=NOW + after,
        )
    new = (await _sent(sessions))[before:]
    found = re.search(r"\d{6}", new[0].text) if new else None
    return found[0] if found else ""


async def _check(
    sessions: SessionFactory,
    conversation: Conversation,
    code: str,
    *,
    after: timedelta = timedelta(seconds=2),
) -> Verdict:
    async with sessions.begin() as session:
        return await Verification(session, b"key").check(
            await _fresh(session, conversation), code, at=NOW + after
        )


async def _fresh(session: AsyncSession, conversation: Conversation) -> Conversation:
    return await session.get_one(Conversation, conversation.id)


async def _sent(sessions: SessionFactory) -> list[OutboxMessage]:
    async with sessions() as session:
        rows = await session.scalars(select(OutboxMessage).order_by(OutboxMessage.created_at))
        return list(rows)
