from datetime import timedelta

import pytest
from sqlalchemy import select

from channels.privacy.forgetting import Forgetting
from crm_store.customers.models import Customer
from crm_store.db import SessionFactory
from crm_store.insight.models import Event
from crm_store.privacy.models import ErasureRequest
from tests.builders import NOW, a_customer

pytestmark = [pytest.mark.integration, pytest.mark.anyio]


async def test_whoever_is_due_is_forgotten_and_nobody_else(sessions: SessionFactory) -> None:
    due, later, stays = [
        a_customer(number=f"C-{place}", email=f"{place}@example.com") for place in range(3)
    ]
    async with sessions.begin() as session:
        session.add_all([due, later, stays])
        await session.flush()
        session.add(_request(due, due_in=timedelta()))
        session.add(_request(later, due_in=timedelta(days=1)))

    await Forgetting(sessions).forget_due(NOW)

    async with sessions() as session:
        names = [
            (await session.get_one(Customer, customer.id)).given_name
            for customer in (due, later, stays)
        ]
    assert names == ["", "Ana", "Ana"]


async def test_after_a_month_nobody_knows_which_browser_it_was(sessions: SessionFactory) -> None:
    async with sessions.begin() as session:
        for days in (29, 31):
            seen = NOW - timedelta(days=days)
            session.add(Event(kind="viewed", visitor="a browser", at=seen, facts={"sku": "A"}))

    await Forgetting(sessions).forget_due(NOW)

    async with sessions() as session:
        kept = list(await session.scalars(select(Event).order_by(Event.at)))
    assert [(event.visitor, event.facts) for event in kept] == [
        (None, {"sku": "A"}),
        ("a browser", {"sku": "A"}),
    ]


def _request(of: Customer, *, due_in: timedelta) -> ErasureRequest:
    asked = NOW - timedelta(days=14)
    return ErasureRequest(customer_id=of.id, asked_at=asked, due_at=NOW + due_in)
