"""Conversations that move between chat and phone, over everything, in both languages."""

import re

import pytest
from sqlalchemy import select

from channels.simulator.simulator import Simulator
from channels.up.stack import Stack
from crm_store.outbox.models import OutboxMessage
from tests.e2e.customers import calling, chatting
from tests.e2e.world import World
from tests.integration.channels.browser import a_browser

pytestmark = [pytest.mark.e2e, pytest.mark.anyio]

A_MOBILE = "+491713920017"
LINES = {
    "de": ("Bitte rufen Sie mich zurück", "Unter welcher Nummer", "0171 3920017", "Wann passt es"),
    "en": ("please call me back", "Which number", "0171 3920017", "When"),
}
LINK = {
    "de": ("Können Sie mir einen Link schicken?", "Link", "ja"),
    "en": ("can you send me a link", "link", "yes"),
}


@pytest.mark.parametrize("language", LINES)
async def test_a_form_goes_on_by_phone_where_it_was_in_the_chat(
    language: str, stack: Stack, simulator: Simulator, world: World
) -> None:
    wish, question, number, next_question = LINES[language]
    await world.begin()

    async with chatting(stack.url, language, world) as chat:
        await chat.hears()
        await chat.says(wish)
        asked = await chat.hears()
        code = await chat.asks_for_code()
        async with calling(simulator, language, world, number=None) as caller:
            await caller.pick_up()
            await caller.goes_on_with(chat, code)
            asked_again = await caller.hears()
            await caller.says(number)
            asked_next = await caller.hears()
        by_phone = await chat.hears()

    assert question in asked
    assert question in asked_again
    assert next_question in asked_next
    assert next_question in by_phone


@pytest.mark.parametrize("language", LINK)
async def test_a_call_goes_on_in_the_chat_by_a_link(
    language: str, stack: Stack, simulator: Simulator, world: World
) -> None:
    wish, offer, yes = LINK[language]
    await world.begin()

    async with calling(simulator, language, world, number=A_MOBILE) as caller:
        await caller.pick_up()
        await caller.says(wish)
        offered = await caller.hears()
        await caller.says(yes)
        await caller.hears()
    async with world.sessions() as session:
        text = (await session.scalars(select(OutboxMessage.text))).one()
    token = re.sub(r".*#rapport=", "", text)
    async with a_browser(stack.url) as browser:
        welcome = await browser.greets(link=token)
        await browser.gets("message", author="system", text="chat")
        said = await browser.gets("message", author="bot")

    assert offer in offered
    assert welcome["conversation"] == str(caller.conversation)
    assert said["text"]
