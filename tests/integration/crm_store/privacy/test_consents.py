"""What was allowed last counts; nothing that was ever said of it is lost."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from crm_store.conversations.models import Conversation
from crm_store.customers.contact_proof import ContactProof
from crm_store.customers.contacts import Contact
from crm_store.customers.models import CodePurpose, Customer, Level
from crm_store.db import SessionFactory
from crm_store.errors import ContactNotProved, LevelTooLow
from crm_store.outbox.models import OutboxMessage
from crm_store.privacy.models import Consent, ConsentKind
from crm_store.privacy.repository import ConsentRepository
from tests.builders import NOW, a_conversation, a_customer

pytestmark = [pytest.mark.integration, pytest.mark.anyio]

LATER = NOW + timedelta(minutes=1)
SOMEBODY = Contact.email("somebody@example.com")
ANA = Contact.email("ana@example.com")


async def test_the_last_word_counts_and_every_word_is_kept(sessions: SessionFactory) -> None:
    _, hers = await _ana(sessions)

    await _decide(sessions, hers, ConsentKind.phone, given=True)
    await _decide(sessions, hers, ConsentKind.phone, given=False, at=LATER)
    await _decide(sessions, hers, ConsentKind.post, given=True)

    async with sessions() as session:
        decided = await ConsentRepository(session).of(await _fresh(session, hers), at=LATER)
        kept = await session.scalar(select(func.count()).select_from(Consent))
    assert decided == {ConsentKind.phone: False, ConsentKind.post: True}
    assert kept == 3


async def test_a_consent_says_to_what_wording_in_which_conversation(
    sessions: SessionFactory,
) -> None:
    ana, hers = await _ana(sessions)

    await _decide(sessions, hers, ConsentKind.newsletter, given=True)

    async with sessions() as session:
        consent = (await session.scalars(select(Consent))).one()
    assert (consent.customer_id, consent.contact) == (ana.id, "ana@example.com")
    assert (consent.conversation_id, consent.created_at) == (hers.id, NOW)
    assert consent.text_version


async def test_a_stranger_decides_for_nobody(sessions: SessionFactory) -> None:
    ana, _ = await _ana(sessions)
    caller = a_conversation(of=ana, level=Level.claimed)
    await _keep(sessions, caller)

    with pytest.raises(LevelTooLow):
        await _decide(sessions, caller, ConsentKind.phone, given=True)


async def test_an_address_gets_the_newsletter_only_once_it_has_said_so_itself(
    sessions: SessionFactory,
) -> None:
    stranger = a_conversation()
    await _keep(sessions, stranger)

    with pytest.raises(ContactNotProved):
        await _subscribe(sessions, stranger)
    await _prove(sessions, stranger)
    await _subscribe(sessions, stranger)

    assert await _gets_it(sessions, SOMEBODY)


async def test_anybody_can_end_an_address_its_newsletter_and_that_alone(
    sessions: SessionFactory,
) -> None:
    ana, hers = await _ana(sessions)
    await _decide(sessions, hers, ConsentKind.newsletter, given=True)
    await _decide(sessions, hers, ConsentKind.phone, given=True)
    stranger = a_conversation()
    await _keep(sessions, stranger)

    async with sessions.begin() as session:
        consents = ConsentRepository(session)
        await consents.unsubscribe(await _fresh(session, stranger), ANA, at=LATER)

    async with sessions() as session:
        assert await ConsentRepository(session).present(ana.id) == {
            ConsentKind.newsletter: False,
            ConsentKind.phone: True,
        }
    assert not await _gets_it(sessions, ANA)


async def _ana(sessions: SessionFactory) -> tuple[Customer, Conversation]:
    ana = a_customer()
    hers = a_conversation(of=ana, level=Level.verified)
    await _keep(sessions, ana)
    await _keep(sessions, hers)
    return ana, hers


async def _keep(sessions: SessionFactory, row: Customer | Conversation) -> None:
    async with sessions.begin() as session:
        session.add(row)


async def _fresh(session: AsyncSession, conversation: Conversation) -> Conversation:
    return await session.get_one(Conversation, conversation.id)


async def _decide(
    sessions: SessionFactory,
    conversation: Conversation,
    kind: ConsentKind,
    *,
    given: bool,
    at: datetime = NOW,
) -> None:
    async with sessions.begin() as session:
        consents = ConsentRepository(session)
        await consents.decide(await _fresh(session, conversation), kind, given=given, at=at)


async def _prove(sessions: SessionFactory, conversation: Conversation) -> None:
    async with sessions.begin() as session:
        proof = ContactProof(session, b"key", CodePurpose.newsletter)
        await proof.send_code(await _fresh(session, conversation), SOMEBODY, words="{code}", at=NOW)
        await session.flush()
        code = (await session.scalars(select(OutboxMessage.text))).one()
        assert (
            await proof.check(await _fresh(session, conversation), SOMEBODY, code, at=NOW)
        ).proved


async def _subscribe(sessions: SessionFactory, conversation: Conversation) -> None:
    async with sessions.begin() as session:
        consents = ConsentRepository(session)
        await consents.subscribe(await _fresh(session, conversation), SOMEBODY, at=NOW)


async def _gets_it(sessions: SessionFactory, contact: Contact) -> bool:
    async with sessions() as session:
        return await ConsentRepository(session).newsletter_goes_to(contact.value)
