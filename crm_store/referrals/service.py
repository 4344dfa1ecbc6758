"""What a recommendation earns, once it has come true."""

from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from crm_store.errors import ReferralNotDue
from crm_store.insight.repository import EventRepository
from crm_store.orders.models import Order, OrderState
from crm_store.referrals.models import Referral
from crm_store.referrals.repository import ReferralRepository
from crm_store.strategy.opening import local_day
from crm_store.strategy.repository import PolicyRepository
from crm_store.vouchers.models import Voucher, VoucherOrigin
from crm_store.vouchers.repository import VoucherRepository


async def credit(session: AsyncSession, code: str, order: Order, *, at: datetime) -> Voucher:
    """Give whoever has the code a voucher for the friend whose first order has arrived.

    It is given once for a friend, and never for oneself: ReferralNotDue says so. A code that
    nobody has raises UnknownReferralCode.
    """
    referrals = ReferralRepository(session)
    owner = await referrals.find(code)
    await referrals.hold(order.customer_id)
    due = (
        order.state is OrderState.delivered
        and order.customer_id != owner.customer_id
        and not await referrals.came_before(order.customer_id)
        and await referrals.is_first(order)
    )
    if not due:
        raise ReferralNotDue(f"order {order.id}")
    policies = await PolicyRepository(session).current()
    voucher = VoucherRepository(session).issue(
        policies.referral.reward,
        policies.shop.currency,
        origin=VoucherOrigin.referral,
        valid_until=local_day(policies.shop, at) + timedelta(days=policies.referral.valid_days),
        customer_id=owner.customer_id,
    )
    await session.flush()
    referrals.add(
        Referral(
            code_id=owner.id,
            friend_id=order.customer_id,
            voucher_id=voucher.id,
            credited_at=at,
        )
    )
    EventRepository(session).note("friend_came", owner.customer_id, {"order": order.number})
    return voucher
