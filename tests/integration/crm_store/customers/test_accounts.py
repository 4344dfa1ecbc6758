"""What customers change of their own account, and what nobody changes for them."""

from collections.abc import Sequence
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import selectinload

from crm_store.base import Json
from crm_store.conversations.models import Conversation
from crm_store.customers.accounts import AccountRepository
from crm_store.customers.codes import MOST_TRIES
from crm_store.customers.contact_proof import ContactProof
from crm_store.customers.contacts import Contact
from crm_store.customers.models import CodePurpose, ContactKind, Customer, Level
from crm_store.db import SessionFactory
from crm_store.errors import ContactNotProved, ContactTaken, LevelTooLow, TooManyCodes
from crm_store.outbox.models import OutboxMessage
from crm_store.privacy.models import ConsentKind
from crm_store.privacy.repository import ConsentRepository
from crm_store.strategy.policies import seed
from crm_store.strategy.repository import PolicyRepository
from tests.builders import NOW, a_conversation, a_customer

pytestmark = [pytest.mark.integration, pytest.mark.anyio]

NEW = Contact.email("New@example.com")
MOBILE = Contact.phone("+491713920017")
MINUTE = timedelta(minutes=1)


async def test_a_proved_address_takes_the_place_of_the_old_one_which_is_told(
    sessions: SessionFactory,
) -> None:
    ana, hers = await _ana(sessions)
    await _proved(sessions, hers, NEW)

    await _replace(sessions, hers, NEW)

    [contact] = (await _again(sessions, ana)).contacts
    assert (contact.value, contact.since) == ("new@example.com", NOW)
    assert not contact.may_get_codes(NOW)
    assert (await _written(sessions))[-1] == ("ana@example.com", "It was changed.")


async def test_a_new_number_leaves_the_address_alone_and_tells_it(
    sessions: SessionFactory,
) -> None:
    ana, hers = await _ana(sessions)
    await _proved(sessions, hers, MOBILE)

    await _replace(sessions, hers, MOBILE)

    contacts = (await _again(sessions, ana)).contacts
    assert {contact.kind: contact.value for contact in contacts} == {
        ContactKind.email: "ana@example.com",
        ContactKind.phone: MOBILE.value,
    }
    assert (await _written(sessions))[-1][0] == "ana@example.com"


async def test_an_address_that_nobody_has_proved_changes_nothing(
    sessions: SessionFactory,
) -> None:
    ana, hers = await _ana(sessions)
    await _code(sessions, hers, NEW)

    with pytest.raises(ContactNotProved):
        await _replace(sessions, hers, NEW)

    assert [contact.value for contact in (await _again(sessions, ana)).contacts] == [
        "ana@example.com"
    ]


@pytest.mark.parametrize("purpose", [CodePurpose.account, CodePurpose.newsletter])
async def test_what_was_proved_for_something_else_changes_no_contact(
    sessions: SessionFactory, purpose: CodePurpose
) -> None:
    _, hers = await _ana(sessions)
    await _proved(sessions, hers, NEW, purpose)

    with pytest.raises(ContactNotProved):
        await _replace(sessions, hers, NEW)


async def test_what_another_conversation_has_proved_changes_no_contact(
    sessions: SessionFactory,
) -> None:
    ana, hers = await _ana(sessions)
    other = a_conversation(of=ana, level=Level.verified)
    await _keep(sessions, other)
    await _proved(sessions, other, NEW)

    with pytest.raises(ContactNotProved):
        await _replace(sessions, hers, NEW)


async def test_an_address_of_another_customer_is_not_taken_from_them(
    sessions: SessionFactory,
) -> None:
    _, hers = await _ana(sessions)
    await _keep(sessions, a_customer(number="C-2", email=NEW.value))
    await _proved(sessions, hers, NEW)

    with pytest.raises(ContactTaken):
        await _replace(sessions, hers, NEW)


async def test_a_shop_may_demand_its_own_login_for_it(sessions: SessionFactory) -> None:
    _, hers = await _ana(sessions)
    await _proved(sessions, hers, NEW)
    async with sessions.begin() as session:
        rules: Json = {**seed()["verification"], "contact_change": "strong"}
        await PolicyRepository(session).change("verification", rules, at=NOW)

    with pytest.raises(LevelTooLow):
        await _replace(sessions, hers, NEW)


async def test_a_code_can_be_guessed_five_times_only(sessions: SessionFactory) -> None:
    _, hers = await _ana(sessions)
    code = await _code(sessions, hers, NEW)

    left = [await _try(sessions, hers, "wrong") for _ in range(MOST_TRIES)]

    assert left == [False] * MOST_TRIES
    assert not await _try(sessions, hers, code)


async def test_one_address_is_not_filled_with_codes_from_many_conversations(
    sessions: SessionFactory,
) -> None:
    for _ in range(4):
        one = a_conversation()
        await _keep(sessions, one)
        await _code(sessions, one, NEW, CodePurpose.newsletter)

    assert len(await _written(sessions)) == 3


async def test_a_fourth_code_in_an_hour_is_refused(sessions: SessionFactory) -> None:
    _, hers = await _ana(sessions)
    for place in range(3):
        await _code(sessions, hers, Contact.email(f"{place}@example.com"))

    with pytest.raises(TooManyCodes):
        await _code(sessions, hers, NEW)


async def test_the_newsletter_moves_to_the_new_address(sessions: SessionFactory) -> None:
    _, hers = await _ana(sessions)
    async with sessions.begin() as session:
        consents = ConsentRepository(session)
        await consents.decide(
            await _fresh(session, hers), ConsentKind.newsletter, given=True, at=NOW - MINUTE
        )
    await _proved(sessions, hers, NEW)

    await _replace(sessions, hers, NEW)

    async with sessions() as session:
        consents = ConsentRepository(session)
        assert await consents.newsletter_goes_to(NEW.value)
        assert not await consents.newsletter_goes_to("ana@example.com")


async def test_a_name_is_changed_for_the_conversations_own_customer(
    sessions: SessionFactory,
) -> None:
    ana, hers = await _ana(sessions)

    async with sessions.begin() as session:
        await AccountRepository(session).rename(
            await _fresh(session, hers), given_name="Ana", family_name="Winter", at=NOW
        )

    assert (await _again(sessions, ana)).name == "Ana Winter"


async def test_a_new_account_is_the_conversations_and_can_be_proved_again_at_once(
    sessions: SessionFactory,
) -> None:
    stranger = a_conversation()
    await _keep(sessions, stranger)
    await _proved(sessions, stranger, NEW, CodePurpose.account)

    made = await _open(sessions, stranger)

    opened = await _again(sessions, made)
    async with sessions() as session:
        theirs = await _fresh(session, stranger)
    assert opened.number.startswith("C-")
    assert opened.contacts[0].may_get_codes(NOW)
    assert (theirs.customer_id, theirs.current_level(NOW)) == (made.id, Level.verified)


async def test_an_address_with_an_account_is_told_so_and_gets_no_code(
    sessions: SessionFactory,
) -> None:
    await _ana(sessions)
    stranger = a_conversation()
    await _keep(sessions, stranger)

    async with sessions.begin() as session:
        await ContactProof(session, b"key", CodePurpose.account).send_code(
            await _fresh(session, stranger),
            Contact.email("ana@example.com"),
            words="{code}",
            instead="You have an account.",
            at=NOW,
        )

    assert await _written(sessions) == [("ana@example.com", "You have an account.")]
    with pytest.raises(ContactNotProved):
        await _open(sessions, stranger, Contact.email("ana@example.com"))


async def test_no_number_is_given_twice(sessions: SessionFactory) -> None:
    numbers = set()
    for place in range(3):
        one, contact = a_conversation(), Contact.email(f"{place}@example.com")
        await _keep(sessions, one)
        await _proved(sessions, one, contact, CodePurpose.account)
        numbers.add((await _open(sessions, one, contact)).number)

    assert len(numbers) == 3


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


async def _again(sessions: SessionFactory, customer: Customer) -> Customer:
    async with sessions() as session:
        return (
            await session.scalars(
                select(Customer)
                .where(Customer.id == customer.id)
                .options(selectinload(Customer.contacts))
            )
        ).one()


async def _code(
    sessions: SessionFactory,
    conversation: Conversation,
    contact: Contact,
    purpose: CodePurpose = CodePurpose.contact,
) -> str:
    """Send a code and return it as the contact reads it, if it gets one."""
    async with sessions.begin() as session:
        await ContactProof(session, b"key", purpose).send_code(
            await _fresh(session, conversation), contact, words="{code}", at=NOW
        )
    return (await _written(sessions))[-1][1]


async def _try(
    sessions: SessionFactory,
    conversation: Conversation,
    code: str,
    purpose: CodePurpose = CodePurpose.contact,
    contact: Contact = NEW,
) -> bool:
    async with sessions.begin() as session:
        verdict = await ContactProof(session, b"key", purpose).check(
            await _fresh(session, conversation), contact, code, at=NOW
        )
    return verdict.proved


async def _proved(
    sessions: SessionFactory,
    conversation: Conversation,
    contact: Contact,
    purpose: CodePurpose = CodePurpose.contact,
) -> None:
    code = await _code(sessions, conversation, contact, purpose)
    assert await _try(sessions, conversation, code, purpose, contact)


async def _replace(sessions: SessionFactory, conversation: Conversation, contact: Contact) -> None:
    async with sessions.begin() as session:
        await AccountRepository(session).replace_contact(
            await _fresh(session, conversation), contact, notice="It was changed.", at=NOW
        )


async def _open(
    sessions: SessionFactory, conversation: Conversation, email: Contact = NEW
) -> Customer:
    async with sessions.begin() as session:
        return await AccountRepository(session).open(
            await _fresh(session, conversation),
            email,
            given_name="Neo",
            family_name="Neu",
            at=NOW,
        )


async def _written(sessions: SessionFactory) -> Sequence[tuple[str, str]]:
    async with sessions() as session:
        rows = await session.scalars(select(OutboxMessage).order_by(OutboxMessage.created_at))
        return [(message.address, message.text) for message in rows]
