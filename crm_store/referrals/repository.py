"""Every query on recommendations."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import exists, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from crm_store.conversations.models import Conversation
from crm_store.customers.models import Customer
from crm_store.errors import UnknownReferralCode
from crm_store.orders.models import Order, OrderState
from crm_store.referrals.codes import new_friend_code
from crm_store.referrals.models import Referral, ReferralCode
from crm_store.vouchers.codes import tidy


class ReferralRepository:
    """Keeps who recommended the shop to whom."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def code_of(self, conversation: Conversation, *, at: datetime) -> ReferralCode:
        """Return the verified customer's code, made at the first asking, or raise LevelTooLow."""
        customer_id = conversation.verified_customer(at)
        customer = await self._session.get_one(Customer, customer_id)
        code = await self._own(customer_id)
        while code is None:
            # A code that another customer has is drawn anew; their own, made meanwhile, is found.
            drawn = new_friend_code(customer.given_name)
            await self._session.execute(
                insert(ReferralCode)
                .values(customer_id=customer_id, code=drawn)
                .on_conflict_do_nothing()
            )
            code = await self._own(customer_id)
        return code

    async def friends_of(self, conversation: Conversation, *, at: datetime) -> int:
        """Return how many friends of the verified customer came, or raise LevelTooLow."""
        customer_id = conversation.verified_customer(at)
        came = await self._session.scalar(
            select(func.count())
            .select_from(Referral)
            .join(ReferralCode, ReferralCode.id == Referral.code_id)
            .where(ReferralCode.customer_id == customer_id)
        )
        return came or 0

    async def find(self, code: str) -> ReferralCode:
        """Return whose code this is, or raise UnknownReferralCode."""
        found: ReferralCode | None = await self._session.scalar(
            select(ReferralCode).where(ReferralCode.code == tidy(code))
        )
        if found is None:
            raise UnknownReferralCode
        return found

    def add(self, referral: Referral) -> None:
        """Write down that a friend has come."""
        self._session.add(referral)

    async def hold(self, friend_id: UUID) -> None:
        """Let one transaction at a time credit for this friend."""
        await self._session.execute(
            select(Customer.id).where(Customer.id == friend_id).with_for_update()
        )

    async def came_before(self, friend_id: UUID) -> bool:
        """Return whether somebody has been credited for this friend."""
        known = exists().where(Referral.friend_id == friend_id)
        return bool(await self._session.scalar(select(known)))

    async def is_first(self, order: Order) -> bool:
        """Return whether the customer had bought nothing before this order."""
        earlier = exists().where(
            Order.customer_id == order.customer_id,
            Order.placed_at < order.placed_at,
            Order.state != OrderState.cancelled,
        )
        return not await self._session.scalar(select(earlier))

    async def _own(self, customer_id: UUID) -> ReferralCode | None:
        found: ReferralCode | None = await self._session.scalar(
            select(ReferralCode).where(ReferralCode.customer_id == customer_id)
        )
        return found
