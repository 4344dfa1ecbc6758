"""A page of the shop says who is logged in; the chat takes its word once, and nobody else's."""

import logging
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import jwt
import pytest

from crm_store.base import utc_now
from crm_store.conversations.models import Conversation
from crm_store.customers.models import Customer, Level
from tests.builders import a_customer
from tests.integration.channels.desk.running import SHOP_SECRET, Desk, desk
from tests.integration.channels.test_web_chat import Open, page

pytestmark = [pytest.mark.integration, pytest.mark.anyio]
__all__ = ["desk", "page"]

STRANGERS_SECRET = "a secret that nobody but a forger has ever known"


async def test_a_customer_of_the_shops_login_is_known_before_a_word(page: Open, desk: Desk) -> None:
    ana = await _customer(desk)

    welcome = await (await page()).greets(customer_token=a_token(ana))

    proved = await _conversation(desk, welcome)
    assert (proved.customer_id, proved.current_level(utc_now())) == (ana.id, Level.strong)
    assert proved.level_how == "shop_login"


@pytest.mark.parametrize(
    ("secret", "claims"),
    [
        (STRANGERS_SECRET, {}),
        (SHOP_SECRET, {"aud": "another-service"}),
        (SHOP_SECRET, {"exp": 1}),
        (SHOP_SECRET, {"sub": "C-404"}),
    ],
    ids=["forged", "for somebody else", "expired", "of nobody"],
)
async def test_whoever_has_a_bad_token_chats_on_as_a_visitor(
    page: Open,
    desk: Desk,
    caplog: pytest.LogCaptureFixture,
    secret: str,
    claims: dict[str, Any],
) -> None:
    ana = await _customer(desk)
    browser = await page()

    with caplog.at_level(logging.WARNING):
        welcome = await browser.greets(customer_token=a_token(ana, secret, **claims))
    await browser.sends(type="say", id=str(uuid4()), text="hello")

    await browser.gets("ack")
    visitor = await _conversation(desk, welcome)
    assert (visitor.customer_id, visitor.level) == (None, Level.anonymous)
    assert "a customer token was refused" in caplog.text
    assert not any(word in caplog.text for word in ("C-1", "C-404", "a token"))


async def test_a_token_that_was_seen_before_proves_nobody_elsewhere(
    page: Open, desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    token = a_token(await _customer(desk))
    await (await page()).greets(customer_token=token)

    thief = await (await page()).greets(customer_token=token)

    assert (await _conversation(desk, thief)).level is Level.anonymous
    assert "TokenUsed" in caplog.text


async def test_a_lapsed_proof_is_not_renewed_by_the_same_token(page: Open, desk: Desk) -> None:
    token = a_token(await _customer(desk))
    first = await (await page()).greets(customer_token=token)
    async with desk.sessions.begin() as session:
        talk = await session.get_one(Conversation, UUID(first["conversation"]))
        talk.level_seen_at = utc_now() - timedelta(minutes=16)

    again = await (await page()).greets(first["token"], customer_token=token)

    assert again["conversation"] == first["conversation"]
    lapsed = await _conversation(desk, again)
    assert lapsed.current_level(utc_now()) is Level.claimed


async def test_a_fresh_token_proves_the_same_customer_again(page: Open, desk: Desk) -> None:
    ana = await _customer(desk)
    first = await (await page()).greets(customer_token=a_token(ana, jti="one"))
    async with desk.sessions.begin() as session:
        talk = await session.get_one(Conversation, UUID(first["conversation"]))
        talk.level_seen_at = utc_now() - timedelta(minutes=16)

    again = await (await page()).greets(first["token"], customer_token=a_token(ana, jti="two"))

    assert again["conversation"] == first["conversation"]
    assert (await _conversation(desk, again)).current_level(utc_now()) is Level.strong


async def test_another_customer_in_the_same_browser_reads_nothing_of_the_first(
    page: Open, desk: Desk
) -> None:
    ana = await _customer(desk)
    ben = await _customer(desk, number="C-2", email="ben@example.com")
    first = await (await page()).greets(customer_token=a_token(ana, jti="one"))

    second = await (await page()).greets(first["token"], customer_token=a_token(ben, jti="two"))

    assert second["conversation"] != first["conversation"]
    assert (await _conversation(desk, second)).customer_id == ben.id
    assert (await _conversation(desk, first)).customer_id == ana.id


def a_token(of: Customer, secret: str = SHOP_SECRET, **claims: Any) -> str:
    said = {
        "sub": of.number,
        "aud": "rapport",
        "jti": "one",
        "exp": int(utc_now().timestamp()) + 300,
        **claims,
    }
    return jwt.encode(said, secret, headers={"kid": "shop"})


async def _customer(desk: Desk, **more: Any) -> Customer:
    customer = a_customer(**more)
    async with desk.sessions.begin() as session:
        session.add(customer)
    return customer


async def _conversation(desk: Desk, welcome: dict[str, Any]) -> Conversation:
    async with desk.sessions() as session:
        return await session.get_one(Conversation, UUID(welcome["conversation"]))
