"""Every query on a customer's own account; each needs a proof of who they are."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import Sequence as NumberSequence
from sqlalchemy import exists, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import selectinload

from crm_store.base import Base
from crm_store.conversations.models import Conversation
from crm_store.customers.addresses import PostalAddress
from crm_store.customers.contact_proof import demand_proof
from crm_store.customers.contacts import Contact
from crm_store.customers.models import CodePurpose, ContactKind, ContactPoint, Customer, Level
from crm_store.customers.repository import ClaimRepository
from crm_store.customers.verification import prove
from crm_store.errors import ContactTaken
from crm_store.insight.repository import EventRepository
from crm_store.outbox.repository import OutboxRepository
from crm_store.privacy.repository import ConsentRepository
from crm_store.strategy.policies import VerificationPolicy
from crm_store.strategy.repository import PolicyRepository

NUMBERS = NumberSequence("customer_numbers", start=100001, metadata=Base.metadata)


class AccountRepository:
    """A conversation's own account. What reads or changes one raises LevelTooLow for a stranger."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def own(self, conversation: Conversation, *, at: datetime) -> Customer:
        """Return the verified customer with their contacts."""
        return await self._get(conversation.verified_customer(at))

    async def rename(
        self,
        conversation: Conversation,
        *,
        given_name: str,
        family_name: str,
        at: datetime,
        cause: UUID | None = None,
    ) -> None:
        """Give the verified customer another name."""
        customer = await self.own(conversation, at=at)
        customer.given_name, customer.family_name = given_name, family_name
        EventRepository(self._session).record("name_changed", conversation, cause=cause)

    async def move(
        self,
        conversation: Conversation,
        address: PostalAddress,
        *,
        notice: str,
        at: datetime,
        cause: UUID | None = None,
    ) -> None:
        """Give the verified customer another address, and write to them that it is so."""
        least = await self.contact_level()
        customer = await self._get(conversation.verified_customer(at, least=least))
        customer.address = address
        self._warn(customer.contacts, conversation, notice, at)
        EventRepository(self._session).record("address_changed", conversation, cause=cause)

    async def contact_level(self) -> Level:
        """Return how well a customer must be known to change how they are reached."""
        policies = await PolicyRepository(self._session).current()
        return VerificationPolicy.level(policies.verification.contact_change)

    async def replace_contact(
        self,
        conversation: Conversation,
        contact: Contact,
        *,
        notice: str,
        at: datetime,
        cause: UUID | None = None,
    ) -> None:
        """Put a proved contact in the place of those of its kind, and write there that it is so.

        It raises ContactNotProved without a code that came back from it, ContactTaken where it is
        somebody else's. From now on it counts as young, and gets no codes for a while.
        """
        least = await self.contact_level()
        customer = await self._get(conversation.verified_customer(at, least=least))
        await demand_proof(self._session, conversation, contact, CodePurpose.contact, at)
        if await self._is_anothers(contact, customer.id):
            raise ContactTaken(f"customer {customer.id}")
        old = [known for known in customer.contacts if known.kind is contact.kind]
        self._warn(old or customer.contacts, conversation, notice, at)
        for known in old:
            customer.contacts.remove(known)
        # The old ones go first, for the new one may be among them.
        await self._session.flush()
        customer.contacts.append(ContactPoint(kind=contact.kind, value=contact.value, since=at))
        await self._keep_newsletter(customer, old, contact, at)
        facts = {"kind": contact.kind.value}
        EventRepository(self._session).record("contact_changed", conversation, facts, cause=cause)

    async def open(
        self,
        conversation: Conversation,
        email: Contact,
        *,
        given_name: str,
        family_name: str,
        at: datetime,
        cause: UUID | None = None,
    ) -> Customer:
        """Make a new customer, who is then the conversation's.

        It raises ContactNotProved without a code that came back from the address, ContactTaken
        where it has an account.
        """
        await demand_proof(self._session, conversation, email, CodePurpose.account, at)
        if await ClaimRepository(self._session).on_file(email):
            raise ContactTaken(f"conversation {conversation.id}")
        customer = Customer(
            number=await self._number(),
            given_name=given_name,
            family_name=family_name,
            language=conversation.language,
            since=at,
            contacts=[ContactPoint(kind=email.kind, value=email.value)],
        )
        self._session.add(customer)
        await self._session.flush()
        await prove(
            self._session, conversation, customer.id, Level.verified, "code", at, cause=cause
        )
        policies = await PolicyRepository(self._session).current()
        facts = {"text_version": policies.privacy.consent_version}
        EventRepository(self._session).record("account_opened", conversation, facts, cause=cause)
        return customer

    def _warn(
        self,
        contacts: Sequence[ContactPoint],
        conversation: Conversation,
        notice: str,
        at: datetime,
    ) -> None:
        outbox = OutboxRepository(self._session)
        for contact in contacts:
            outbox.add(contact, conversation.language, notice, at=at)

    async def _keep_newsletter(
        self, customer: Customer, old: Sequence[ContactPoint], new: Contact, at: datetime
    ) -> None:
        if new.kind is ContactKind.email:
            await ConsentRepository(self._session).move_newsletter(
                customer.id,
                [contact.value for contact in old],
                new.value,
                language=customer.language,
                at=at,
            )

    async def _is_anothers(self, contact: Contact, customer_id: UUID) -> bool:
        owners = await ClaimRepository(self._session).on_file(contact)
        return any(owner.customer_id != customer_id for owner in owners)

    async def _get(self, customer_id: UUID) -> Customer:
        return (
            await self._session.scalars(
                select(Customer)
                .where(Customer.id == customer_id)
                .options(selectinload(Customer.contacts))
            )
        ).one()

    async def _number(self) -> str:
        while True:
            number = f"C-{await self._session.scalar(NUMBERS.next_value())}"
            if not await self._session.scalar(select(exists().where(Customer.number == number))):
                return number
