"""Every query on consents; what a customer has allowed is derived from the last word on it."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from crm_store.base import Language
from crm_store.conversations.models import Conversation
from crm_store.customers.contact_proof import demand_proof
from crm_store.customers.contacts import Contact
from crm_store.customers.models import CodePurpose, ContactKind, ContactPoint, Level
from crm_store.insight.repository import EventRepository
from crm_store.privacy.models import Consent, ConsentKind
from crm_store.strategy.repository import PolicyRepository


class ConsentRepository:
    """Writes down what is allowed and what no longer is."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def of(self, conversation: Conversation, *, at: datetime) -> dict[ConsentKind, bool]:
        """Return what the verified customer has decided, by kind, or raise LevelTooLow."""
        return await self.present(conversation.verified_customer(at))

    async def present(self, customer_id: UUID) -> dict[ConsentKind, bool]:
        """Return what a customer has decided, for whoever is about to write or to call.

        A kind that is missing was never spoken of.
        """
        rows = await self._session.scalars(
            select(Consent).where(_concerns(customer_id)).order_by(Consent.created_at)
        )
        return {consent.kind: consent.given for consent in rows}

    async def open_to_suggestions(self, customers: Collection[UUID]) -> set[UUID]:
        """Return which of some customers may be offered things that they did not ask for.

        What a customer does may be remembered for that alone. Who has never spoken of it is open
        to it, unless the shop wants customers to agree first.
        """
        opt_in = (await PolicyRepository(self._session).current()).suggestions.opt_in
        rows = await self._session.execute(
            select(Consent.customer_id, Consent.given)
            .where(Consent.customer_id.in_(customers), Consent.kind == ConsentKind.suggestions)
            .order_by(Consent.created_at)
        )
        said = {row.customer_id: row.given for row in rows}
        return {customer for customer in customers if said.get(customer, not opt_in)}

    async def newsletter_goes_to(self, address: str) -> bool:
        """Return whether an address is to get the newsletter, as its last word on it says."""
        last: bool | None = await self._session.scalar(
            select(Consent.given)
            .where(Consent.contact == address, Consent.kind == ConsentKind.newsletter)
            .order_by(Consent.created_at.desc())
            .limit(1)
        )
        return bool(last)

    async def decide(
        self,
        conversation: Conversation,
        kind: ConsentKind,
        *,
        given: bool,
        at: datetime,
        cause: UUID | None = None,
    ) -> None:
        """Write down what the verified customer allows or forbids, or raise LevelTooLow."""
        customer = conversation.verified_customer(at)
        email = await self._email(customer) if kind is ConsentKind.newsletter else None
        await self._add(
            conversation, kind, given=given, at=at, cause=cause, customer=customer, contact=email
        )

    async def allow_recording(
        self, conversation: Conversation, *, given: bool, at: datetime, cause: UUID | None = None
    ) -> None:
        """Write down whether a caller allows this call to be recorded, whoever they are."""
        proved = conversation.current_level(at) >= Level.verified
        await self._add(
            conversation,
            ConsentKind.recording,
            given=given,
            at=at,
            cause=cause,
            customer=conversation.customer_id if proved else None,
        )

    async def subscribe(
        self, conversation: Conversation, email: Contact, *, at: datetime, cause: UUID | None = None
    ) -> None:
        """Let an address have the newsletter, or raise ContactNotProved: it must have agreed."""
        await demand_proof(self._session, conversation, email, CodePurpose.newsletter, at)
        await self._add(
            conversation,
            ConsentKind.newsletter,
            given=True,
            at=at,
            cause=cause,
            contact=email.value,
        )

    async def unsubscribe(
        self, conversation: Conversation, email: Contact, *, at: datetime, cause: UUID | None = None
    ) -> None:
        """Let an address have no newsletter any more, whoever asks; it tells nothing of it."""
        await self._add(
            conversation,
            ConsentKind.newsletter,
            given=False,
            at=at,
            cause=cause,
            contact=email.value,
        )

    async def move_newsletter(
        self, customer_id: UUID, old: Sequence[str], new: str, *, language: Language, at: datetime
    ) -> None:
        """Let a customer's new address have the newsletter that the old one had."""
        if new in old or not any([await self.newsletter_goes_to(address) for address in old]):
            return
        version = (await PolicyRepository(self._session).current()).privacy.consent_version
        for contact, given in ((new, True), *((address, False) for address in old)):
            self._session.add(
                Consent(
                    created_at=at,
                    customer_id=customer_id,
                    contact=contact,
                    kind=ConsentKind.newsletter,
                    given=given,
                    text_version=version,
                    language=language,
                )
            )

    async def _add(
        self,
        conversation: Conversation,
        kind: ConsentKind,
        *,
        given: bool,
        at: datetime,
        cause: UUID | None,
        customer: UUID | None = None,
        contact: str | None = None,
    ) -> None:
        policies = await PolicyRepository(self._session).current()
        self._session.add(
            Consent(
                created_at=at,
                customer_id=customer,
                contact=contact,
                kind=kind,
                given=given,
                text_version=policies.privacy.consent_version,
                language=conversation.language,
                conversation_id=conversation.id,
                cause=cause,
            )
        )
        EventRepository(self._session).record(
            "consent_given" if given else "consent_withdrawn",
            conversation,
            {"consent": kind.value},
            cause=cause,
        )

    async def _email(self, customer_id: UUID) -> str | None:
        found: str | None = await self._session.scalar(
            select(ContactPoint.value)
            .where(ContactPoint.customer_id == customer_id, _is_email())
            .order_by(ContactPoint.created_at)
            .limit(1)
        )
        return found


def _concerns(customer_id: UUID) -> ColumnElement[bool]:
    emails = select(ContactPoint.value).where(ContactPoint.customer_id == customer_id, _is_email())
    return or_(
        Consent.customer_id == customer_id,
        and_(Consent.customer_id.is_(None), Consent.contact.in_(emails)),
    )


def _is_email() -> ColumnElement[bool]:
    return ContactPoint.kind == ContactKind.email
