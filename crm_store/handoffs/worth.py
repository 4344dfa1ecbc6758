"""Whether a customer or their order is worth a person's time at once."""

from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from crm_store.conversations.models import Conversation
from crm_store.customers.models import Level
from crm_store.handoffs.signs import Sign
from crm_store.orders.value_repository import ValueRepository
from crm_store.strategy.escalation import Value

VALUE = "value"


async def worth_sign(
    session: AsyncSession, conversation: Conversation, policy: Value, *, at: datetime
) -> Sign | None:
    """Return what makes the customer's matter worth more; None for who has not proved themself."""
    customer_id = conversation.customer_id
    if customer_id is None or conversation.current_level(at) < Level.verified:
        return None
    values = ValueRepository(session)
    order = (conversation.slots or {}).get("order_number")
    if order and (total := await values.of_order(customer_id, str(order))) >= policy.order_from:
        return Sign(VALUE, f"order {total}")
    kept = await values.kept(customer_id, since=at - timedelta(days=policy.days))
    return Sign(VALUE, f"customer {kept}") if kept >= policy.customer_from else None
