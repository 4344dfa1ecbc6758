"""Whom a conversation may be with beside what is proved: told to agents alone, as a maybe."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import ColumnElement, and_, false, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased, joinedload

from crm_store.agents.models import Agent
from crm_store.conversations.models import Conversation
from crm_store.customers.claims import Claim, claim_in
from crm_store.customers.models import ContactKind, ContactPoint, Customer
from crm_store.orders.models import Order

MOST = 5


class By(StrEnum):
    """What makes two seem to be one."""

    claim = "claim"
    """What they say of themselves fits."""
    caller = "caller"
    """They call from a number that is on file."""
    browser = "browser"
    """Somebody who was this customer has used the same browser."""
    contact = "contact"
    """The same e-mail address or telephone number is on file."""
    name = "name"
    """The same name at the same postcode."""


@dataclass(frozen=True, slots=True)
class Maybe:
    """A customer whom it may be."""

    customer: Customer
    by: Sequence[By]


class LikenessRepository:
    """Finds whom a conversation may be with, for the agent who looks."""

    def __init__(self, session: AsyncSession, _: Agent) -> None:
        self._session = session

    async def maybe(self, conversation: Conversation, *, region: str) -> Sequence[Maybe]:
        """Return customers who may be the one in a conversation, the likeliest first."""
        own = await self._own(conversation)
        signs = _like(own) if own is not None else _like_stranger(conversation, region)
        return await self._found(signs, without=own)

    async def _own(self, conversation: Conversation) -> Customer | None:
        if conversation.customer_id is None:
            return None
        rows = await self._session.scalars(
            select(Customer)
            .where(Customer.id == conversation.customer_id)
            .options(joinedload(Customer.contacts))
        )
        return rows.unique().one_or_none()

    async def _found(
        self, signs: dict[By, ColumnElement[bool]], *, without: Customer | None
    ) -> Sequence[Maybe]:
        if not signs:
            return []
        other = Customer.id != without.id if without is not None else Customer.id.is_not(None)
        rows = await self._session.execute(
            select(Customer, *(sign.label(by.value) for by, sign in signs.items()))
            .where(or_(*signs.values()), other)
            .order_by(Customer.number)
            .limit(MOST)
        )
        found = [
            Maybe(customer, [by for by, is_so in zip(signs, fits, strict=True) if is_so])
            for customer, *fits in rows.all()
        ]
        return sorted(found, key=lambda one: -len(one.by))


def _like(own: Customer) -> dict[By, ColumnElement[bool]]:
    values = [point.value for point in own.contacts]
    signs = {By.contact: _reached_at(values)} if values else {}
    if own.address is not None:
        name = f"{own.given_name} {own.family_name}".casefold()
        full = func.lower(Customer.given_name + " " + Customer.family_name)
        same_place = Customer.__table__.c.postcode == own.address.postcode
        signs[By.name] = and_(full == name, same_place)
    return signs


def _like_stranger(conversation: Conversation, region: str) -> dict[By, ColumnElement[bool]]:
    signs: dict[By, ColumnElement[bool]] = {}
    claim = claim_in(str(conversation.slots.get("claim") or ""), region=region)
    if claim:
        signs[By.claim] = _claimed(claim)
    if conversation.caller_number:
        signs[By.caller] = _reached_at([conversation.caller_number])
    if conversation.visitor:
        signs[By.browser] = _was_here(conversation.visitor)
    return signs


def _claimed(claim: Claim) -> ColumnElement[bool]:
    buyer = select(Order.customer_id).where(Order.number.in_(claim.numbers))
    return or_(
        Customer.number.in_(claim.numbers),
        Customer.id.in_(buyer),
        _reached_at([*claim.emails, *claim.phones]),
    )


def _reached_at(values: Iterable[str]) -> ColumnElement[bool]:
    wanted = list(values)
    if not wanted:
        return false()
    owners = select(ContactPoint.customer_id).where(
        ContactPoint.kind.in_(list(ContactKind)), ContactPoint.value.in_(wanted)
    )
    return Customer.id.in_(owners)


def _was_here(visitor: str) -> ColumnElement[bool]:
    talk = aliased(Conversation)
    return Customer.id.in_(
        select(talk.customer_id).where(talk.visitor == visitor, talk.customer_id.is_not(None))
    )
