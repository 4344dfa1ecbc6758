from datetime import date
from decimal import Decimal

import pytest

from crm_store.customers.models import Level
from crm_store.db import SessionFactory
from crm_store.errors import LevelTooLow, TooManyTries, VoucherNotFound
from crm_store.vouchers.models import VoucherOrigin
from crm_store.vouchers.repository import MOST_MISSES, VoucherRepository
from tests.builders import NOW, a_conversation, a_customer
from tests.integration.actions.conftest import kept

pytestmark = [pytest.mark.integration, pytest.mark.anyio]


async def test_whoever_has_the_code_finds_the_voucher(sessions: SessionFactory) -> None:
    async with sessions.begin() as session:
        issued = VoucherRepository(session).issue(
            Decimal(25), "EUR", origin=VoucherOrigin.bought, valid_until=date(2027, 1, 1)
        )

    async with sessions() as session:
        found = await VoucherRepository(session).find(issued.code.lower())

    assert found.value == 25


async def test_an_unknown_code_is_said_to_be_none(sessions: SessionFactory) -> None:
    async with sessions() as session:
        with pytest.raises(VoucherNotFound):
            await VoucherRepository(session).find("GUT-22222222")


async def test_a_conversation_that_guesses_codes_is_stopped(sessions: SessionFactory) -> None:
    theirs, others = a_conversation(), a_conversation()
    await kept(sessions, theirs, others)
    async with sessions.begin() as session:
        for _ in range(MOST_MISSES):
            await VoucherRepository(session).demand_tries(theirs)
            VoucherRepository(session).missed(theirs)
            await session.flush()

    async with sessions() as session:
        with pytest.raises(TooManyTries):
            await VoucherRepository(session).demand_tries(theirs)
        await VoucherRepository(session).demand_tries(others)


async def test_only_a_proved_customer_hears_of_their_vouchers(sessions: SessionFactory) -> None:
    ana = a_customer()
    claimed = a_conversation(of=ana, level=Level.claimed)
    await kept(sessions, ana, claimed)

    async with sessions() as session:
        with pytest.raises(LevelTooLow):
            await VoucherRepository(session).of(claimed, at=NOW)
