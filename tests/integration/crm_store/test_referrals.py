from datetime import date, timedelta

import pytest

from crm_store.customers.models import Customer, Level
from crm_store.db import SessionFactory
from crm_store.errors import LevelTooLow, ReferralNotDue, StoreError, UnknownReferralCode
from crm_store.orders.models import Order, OrderState
from crm_store.referrals.repository import ReferralRepository
from crm_store.referrals.service import credit
from crm_store.vouchers.repository import VoucherRepository
from tests.builders import NOW, a_conversation, a_customer, an_order
from tests.integration.actions.conftest import kept

pytestmark = [pytest.mark.integration, pytest.mark.anyio]


def a_friend(number: str = "C-2") -> Customer:
    return a_customer(number=number, email=f"{number}@example.com")


async def with_code(sessions: SessionFactory, ana: Customer) -> str:
    hers = a_conversation(of=ana, level=Level.verified)
    await kept(sessions, ana, hers)
    async with sessions.begin() as session:
        return (await ReferralRepository(session).code_of(hers, at=NOW)).code


async def test_a_customer_keeps_one_code(sessions: SessionFactory) -> None:
    ana = a_customer()
    code = await with_code(sessions, ana)
    again = a_conversation(of=ana, level=Level.verified)
    await kept(sessions, again)

    async with sessions.begin() as session:
        assert (await ReferralRepository(session).code_of(again, at=NOW)).code == code


async def test_nobody_is_told_the_code_of_another(sessions: SessionFactory) -> None:
    ana = a_customer()
    claimed = a_conversation(of=ana, level=Level.claimed)
    await kept(sessions, ana, claimed)

    async with sessions() as session:
        with pytest.raises(LevelTooLow):
            await ReferralRepository(session).code_of(claimed, at=NOW)
        with pytest.raises(LevelTooLow):
            await ReferralRepository(session).friends_of(claimed, at=NOW)


async def test_a_friend_whose_first_order_arrived_earns_a_voucher(
    sessions: SessionFactory,
) -> None:
    ana, ben = a_customer(), a_friend()
    code = await with_code(sessions, ana)
    order = an_order(ben, state=OrderState.delivered)
    await kept(sessions, ben, order)

    async with sessions.begin() as session:
        await credit(session, code.lower(), order, at=NOW)

    hers = a_conversation(of=ana, level=Level.verified)
    async with sessions() as session:
        (voucher,) = await VoucherRepository(session).of(hers, at=NOW)
        assert voucher.value == 10
        assert voucher.valid_until == date(2027, 11, 23)
        assert await ReferralRepository(session).friends_of(hers, at=NOW) == 1


@pytest.mark.parametrize("state", [OrderState.placed, OrderState.shipped, OrderState.returned])
async def test_nothing_is_earned_before_the_order_has_arrived(
    sessions: SessionFactory, state: OrderState
) -> None:
    ana, ben = a_customer(), a_friend()
    code = await with_code(sessions, ana)

    await _is_refused(sessions, code, ben, an_order(ben, state=state))


async def test_nobody_recommends_to_themselves(sessions: SessionFactory) -> None:
    ana = a_customer()
    code = await with_code(sessions, ana)

    await _is_refused(sessions, code, None, an_order(ana, state=OrderState.delivered))


async def test_a_customer_of_before_is_no_new_friend(sessions: SessionFactory) -> None:
    ana, ben = a_customer(), a_friend()
    code = await with_code(sessions, ana)
    await kept(sessions, ben, an_order(ben, number="A-1", placed_at=NOW - timedelta(days=90)))

    await _is_refused(sessions, code, None, an_order(ben, state=OrderState.delivered))


async def test_a_friend_earns_a_reward_once(sessions: SessionFactory) -> None:
    ana, ben = a_customer(), a_friend()
    code = await with_code(sessions, ana)
    order = an_order(ben, state=OrderState.delivered)
    await kept(sessions, ben, order)
    async with sessions.begin() as session:
        await credit(session, code, order, at=NOW)

    await _is_refused(sessions, code, None, order)


async def test_a_code_that_nobody_has_earns_nothing(sessions: SessionFactory) -> None:
    ben = a_friend()

    order = an_order(ben, state=OrderState.delivered)

    await _is_refused(sessions, "ANA-2222", ben, order, UnknownReferralCode)


async def _is_refused(
    sessions: SessionFactory,
    code: str,
    friend: Customer | None,
    order: Order,
    error: type[StoreError] = ReferralNotDue,
) -> None:
    if friend is not None:
        await kept(sessions, friend)
    async with sessions.begin() as session:
        session.add(order)
        await session.flush()
    async with sessions() as session:
        with pytest.raises(error):
            await credit(session, code, order, at=NOW)
