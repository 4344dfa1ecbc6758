from datetime import datetime, timedelta

import pytest
from argon2 import PasswordHasher
from sqlalchemy import select

from crm_store.conversations.models import Conversation
from crm_store.customers.claims import Claim
from crm_store.customers.models import Customer, CustomerPin, Level
from crm_store.customers.pins import MOST_WRONG, Pins, too_easy
from crm_store.customers.verification import Verdict, Verification
from crm_store.db import SessionFactory
from crm_store.errors import LevelTooLow, NoPin, PinTooEasy
from crm_store.hashing import Hashes
from crm_store.insight.models import Event
from crm_store.outbox.models import OutboxMessage
from crm_store.privacy.erasure import erase
from crm_store.privacy.export import export
from tests.builders import NOW, a_conversation, a_customer

pytestmark = [pytest.mark.integration, pytest.mark.anyio]

PIN, WRONG = "4711", "8250"
ANA = Claim(emails=frozenset({"ana@example.com"}))
HASHES = Hashes(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
SOON = NOW + timedelta(minutes=1)


@pytest.fixture
async def ana(sessions: SessionFactory) -> Customer:
    """A customer who has set a PIN in a conversation."""
    ana = a_customer()
    hers = a_conversation(of=ana, level=Level.verified)
    async with sessions.begin() as session:
        session.add(ana)
        await session.flush()
        session.add(hers)
        await session.flush()
        await Pins(session, HASHES, b"key").set(hers, PIN, at=NOW)
    return ana


async def fits(
    sessions: SessionFactory, customer: Customer | None, digits: str, *, at: datetime = SOON
) -> bool:
    async with sessions.begin() as session:
        pins = Pins(session, HASHES, b"key")
        return await pins.fits(customer.id if customer else None, digits, at=at)


async def the_pin(sessions: SessionFactory) -> CustomerPin | None:
    async with sessions() as session:
        return (await session.scalars(select(CustomerPin))).one_or_none()


async def happened(sessions: SessionFactory) -> list[str]:
    async with sessions() as session:
        return list(await session.scalars(select(Event.kind).order_by(Event.id)))


async def test_a_pin_fits_its_customer_and_is_kept_as_a_hash(
    sessions: SessionFactory, ana: Customer
) -> None:
    kept = await the_pin(sessions)

    assert kept is not None
    assert kept.pin_hash.startswith("$argon2id$")
    assert PIN not in kept.pin_hash.split("$")[-1]
    assert await fits(sessions, ana, PIN)
    assert not await fits(sessions, ana, WRONG)
    assert not await fits(sessions, None, PIN)


async def test_three_wrong_ones_lock_it_for_as_long_as_the_shop_says(
    sessions: SessionFactory, ana: Customer
) -> None:
    tried = [await fits(sessions, ana, WRONG) for _ in range(MOST_WRONG)]
    locked = await fits(sessions, ana, PIN)
    after = await fits(sessions, ana, PIN, at=SOON + timedelta(minutes=61))

    assert (tried, locked, after) == ([False] * MOST_WRONG, False, True)
    assert "pin_locked" in await happened(sessions)


async def test_a_right_one_forgives_the_wrong_ones_before(
    sessions: SessionFactory, ana: Customer
) -> None:
    for digits in (WRONG, WRONG, PIN, WRONG, WRONG):
        await fits(sessions, ana, digits)

    assert await fits(sessions, ana, PIN)


@pytest.mark.parametrize("digits", ["1234", "4321", "7777", "890123", "000000"])
def test_what_everybody_tries_first_is_too_easy(digits: str) -> None:
    assert too_easy(digits)


@pytest.mark.parametrize("digits", ["4711", "1235", "20251", "1212"])
def test_anything_else_is_not(digits: str) -> None:
    assert not too_easy(digits)


async def test_only_whoever_is_verified_sets_changes_or_removes_one(
    sessions: SessionFactory, ana: Customer
) -> None:
    claimed = a_conversation(of=ana, level=Level.claimed)
    async with sessions.begin() as session:
        session.add(claimed)
        pins = Pins(session, HASHES, b"key")

        with pytest.raises(LevelTooLow):
            await pins.set(claimed, "2580", at=NOW)
        with pytest.raises(LevelTooLow):
            await pins.remove(claimed, at=NOW)

    assert await fits(sessions, ana, PIN)


async def test_an_easy_one_takes_the_place_of_none(sessions: SessionFactory, ana: Customer) -> None:
    async with sessions.begin() as session:
        hers = (await session.scalars(select(Conversation))).one()

        with pytest.raises(PinTooEasy):
            await Pins(session, HASHES, b"key").set(hers, "1234", at=NOW)

    assert await fits(sessions, ana, PIN)


async def test_another_takes_its_place_and_none_is_left_when_it_is_removed(
    sessions: SessionFactory, ana: Customer
) -> None:
    async with sessions.begin() as session:
        hers = (await session.scalars(select(Conversation))).one()
        await Pins(session, HASHES, b"key").set(hers, "25801", at=NOW)
    changed = await fits(sessions, ana, "25801"), await fits(sessions, ana, PIN)
    async with sessions.begin() as session:
        hers = (await session.scalars(select(Conversation))).one()
        await Pins(session, HASHES, b"key").remove(hers, at=NOW)
        with pytest.raises(NoPin):
            await Pins(session, HASHES, b"key").remove(hers, at=NOW)

    assert changed == (True, False)
    assert await the_pin(sessions) is None
    assert await happened(sessions) == ["pin_set", "pin_set", "pin_removed"]


async def test_whoever_is_forgotten_has_none_and_nobody_is_told_a_hash(
    sessions: SessionFactory, ana: Customer
) -> None:
    kept = await the_pin(sessions)
    async with sessions.begin() as session:
        told = str(await export(session, ana.id, at=NOW))
        await erase(session, ana.id, at=NOW)

    assert kept is not None
    assert "customer_pins" in told
    assert kept.pin_hash not in told
    assert await the_pin(sessions) is None


async def test_a_pin_proves_as_much_as_the_code_that_was_sent(
    sessions: SessionFactory, ana: Customer
) -> None:
    call = await a_call(sessions)

    verdict = await tries(sessions, call, PIN)

    assert verdict.proved
    async with sessions() as session:
        proved = await session.get_one(Conversation, call.id)
    assert (proved.customer_id, proved.level_how) == (ana.id, "pin")
    assert proved.current_level(SOON) is Level.verified


async def test_after_three_wrong_tries_only_the_code_will_do(
    sessions: SessionFactory, ana: Customer
) -> None:
    call = await a_call(sessions)
    wrong = [await tries(sessions, call, WRONG) for _ in range(MOST_WRONG)]

    pin = await tries(sessions, call, PIN)
    code = await tries(sessions, call, await the_code(sessions))

    assert [verdict.pin_closed for verdict in wrong] == [False, False, True]
    assert (pin.proved, code.proved) == (False, True)


async def test_nobody_learns_by_trying_whether_there_is_a_pin(
    sessions: SessionFactory, ana: Customer
) -> None:
    known, unknown = await a_call(sessions), await a_call(sessions, Claim(numbers=frozenset("9")))

    heard = [
        [await tries(sessions, call, WRONG) for _ in range(MOST_WRONG)] for call in (known, unknown)
    ]

    assert heard[0] == heard[1]


async def a_call(sessions: SessionFactory, claim: Claim = ANA) -> Conversation:
    """Somebody who has said who they are, and was sent a code if they are known."""
    call = a_conversation()
    async with sessions.begin() as session:
        session.add(call)
        await session.flush()
        verification = Verification(session, b"key")
        await verification.send_code(call, claim, words="{code} is your code.", at=NOW)
    return call


async def tries(sessions: SessionFactory, call: Conversation, digits: str) -> Verdict:
    async with sessions.begin() as session:
        fresh = await session.get_one(Conversation, call.id)
        pins = Pins(session, HASHES, b"key")
        return await Verification(session, b"key").check(fresh, digits, at=SOON, pins=pins)


async def the_code(sessions: SessionFactory) -> str:
    async with sessions() as session:
        text = (await session.scalars(select(OutboxMessage.text))).one()
    return str(text)[:6]
