"""An agent finishes a form, by the same steps of the store as the assistant does."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from crm_store.agents.models import Agent
from crm_store.conversations.models import Conversation, Kind
from crm_store.conversations.repository import ConversationRepository
from crm_store.conversations.steps import step
from crm_store.customers.accounts import AccountRepository
from crm_store.customers.addresses import DeliveryAddress, PostalAddress
from crm_store.customers.models import ContactKind, ContactPoint
from crm_store.errors import NotDeliverable
from crm_store.forms.filled import Cancellation, Filled, Move, Redirection, Renaming, Sending
from crm_store.forms.models import EVERY
from crm_store.insight.repository import EventRepository
from crm_store.orders.repository import OrderRepository
from crm_store.outbox.repository import OutboxRepository
from crm_store.returns.models import Return
from crm_store.returns.repository import ReturnRepository
from crm_store.returns.service import Wanted, announce, settle_cancellation
from crm_store.strategy.repository import PolicyRepository

FINISHED: Final = "form_finished"
DROPPED: Final = "form_dropped"


@dataclass(frozen=True, slots=True)
class Letters:
    """What is written to the customer about what was done, in their language."""

    label: str
    """With `{return_number}` and `{label}` in it."""
    account_changed: str


@dataclass(frozen=True, slots=True)
class Occasion:
    """Where a form is finished: in whose conversation, when, and what is written about it."""

    session: AsyncSession
    conversation: Conversation
    letters: Letters
    at: datetime


async def finish(
    session: AsyncSession,
    conversation_id: UUID,
    agent: Agent,
    filled: Filled,
    *,
    epoch: int,
    letters: Letters,
    at: datetime,
) -> str:
    """Do what a form asks for and return the number of what it was done to.

    It raises LevelTooLow for a customer who is not proved, and whatever rule stands against it.
    """
    conversations = ConversationRepository(session)
    conversation = await conversations.lock_of(agent.id, conversation_id, epoch=epoch)
    ref = await _done(Occasion(session, conversation, letters, at), filled)
    form = filled.kind.name
    message = step(session, conversation, Kind.finished, agent_id=agent.id, text=f"{form} {ref}")
    await session.flush()
    facts = {"form": form, "ref": ref, "agent": str(agent.id)}
    EventRepository(session).record(FINISHED, conversation, facts, cause=message.id)
    return ref


async def drop(
    session: AsyncSession, conversation_id: UUID, agent: Agent, form: str, *, epoch: int
) -> None:
    """Let a form be, so that the assistant does not come back to it."""
    conversations = ConversationRepository(session)
    conversation = await conversations.lock_of(agent.id, conversation_id, epoch=epoch)
    facts = {"form": form, "agent": str(agent.id)}
    EventRepository(session).record(DROPPED, conversation, facts)


async def _done(on: Occasion, filled: Filled) -> str:
    match filled:
        case Sending():
            return await _return_item(on, filled)
        case Cancellation():
            return await _cancel_order(on, filled)
        case Move():
            return await _change_address(on, filled)
        case Redirection():
            return await _change_delivery_address(on, filled)
        case Renaming():
            return await _change_name(on, filled)


async def _return_item(on: Occasion, filled: Sending) -> str:
    pieces = await _pieces(on, filled)
    wanted = Wanted(filled.order, pieces, filled.reason)
    announced = await announce(on.session, on.conversation, wanted, at=on.at)
    await _send_label(on, announced)
    return announced.number


async def _pieces(on: Occasion, filled: Sending) -> Mapping[str, int]:
    if filled.line != EVERY:
        return {filled.line: filled.quantity}
    orders, store = OrderRepository(on.session), ReturnRepository(on.session)
    order = await orders.find(on.conversation, at=on.at, number=filled.order)
    gone = await store.of_order(on.conversation, order, at=on.at)
    return (await store.terms(order)).left(order, gone)


async def _send_label(on: Occasion, announced: Return) -> None:
    customer = await AccountRepository(on.session).own(on.conversation, at=on.at)
    reached = sorted(customer.contacts, key=_by_mail_first)
    if reached:
        text = on.letters.label.format(return_number=announced.number, label=announced.label)
        OutboxRepository(on.session).add(reached[0], on.conversation.language, text, at=on.at)


def _by_mail_first(contact: ContactPoint) -> bool:
    return contact.kind is not ContactKind.email


async def _cancel_order(on: Occasion, filled: Cancellation) -> str:
    orders = OrderRepository(on.session)
    order = await orders.cancel(on.conversation, at=on.at, number=filled.order)
    await settle_cancellation(on.session, order, at=on.at)
    facts = {"order": order.number}
    EventRepository(on.session).record("order_cancelled", on.conversation, facts)
    return order.number


async def _change_address(on: Occasion, filled: Move) -> str:
    place = await _served(on, filled)
    await AccountRepository(on.session).move(
        on.conversation, place, notice=on.letters.account_changed, at=on.at
    )
    return ""


async def _change_delivery_address(on: Occasion, filled: Redirection) -> str:
    place = await _served(on, filled)
    orders = OrderRepository(on.session)
    order = await orders.to_change(on.conversation, at=on.at, number=filled.order)
    owner = await AccountRepository(on.session).own(on.conversation, at=on.at)
    present = order.address.recipient if order.address else owner.name
    order.change_address(DeliveryAddress.at(place, filled.recipient or present))
    facts = {"order": order.number}
    EventRepository(on.session).record("order_address_changed", on.conversation, facts)
    return order.number


async def _change_name(on: Occasion, filled: Renaming) -> str:
    accounts = AccountRepository(on.session)
    owner = await accounts.own(on.conversation, at=on.at)
    await accounts.rename(
        on.conversation,
        given_name=filled.given_name or owner.given_name,
        family_name=filled.family_name or owner.family_name,
        at=on.at,
    )
    return ""


async def _served(on: Occasion, filled: Move | Redirection) -> PostalAddress:
    policies = await PolicyRepository(on.session).current()
    if filled.country not in policies.delivery.countries:
        raise NotDeliverable(filled.country)
    return PostalAddress(filled.street, filled.postcode, filled.town, filled.country)
