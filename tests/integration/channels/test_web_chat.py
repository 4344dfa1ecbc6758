from collections.abc import AsyncIterator, Awaitable, Callable
from uuid import UUID, uuid4

import pytest
import websockets

from channels.messages import Choice, Reply
from crm_store.conversations.repository import ConversationRepository
from crm_store.handoffs.models import Reason
from crm_store.handoffs.service import claim, close, hand_off
from crm_store.notify import ring
from tests.integration.channels.browser import Browser
from tests.integration.channels.desk.running import Desk, desk

pytestmark = [pytest.mark.integration, pytest.mark.anyio]
__all__ = ["desk"]


Open = Callable[..., Awaitable[Browser]]


@pytest.fixture
async def page(desk: Desk) -> AsyncIterator[Open]:
    opened: list[websockets.ClientConnection] = []

    async def open_page(origin: str | None = desk.url) -> Browser:
        socket = await websockets.connect(
            desk.url.replace("http", "ws", 1) + "/chat/socket",
            origin=None if origin is None else websockets.Origin(origin),
        )
        opened.append(socket)
        return Browser(socket)

    yield open_page
    for socket in opened:
        await socket.close()


async def test_a_visitor_is_greeted_acknowledged_and_answered(page: Open) -> None:
    browser = await page()
    await browser.greets()
    await browser.gets("message", author="bot", text="Gern.")
    message_id = str(uuid4())

    await browser.sends(type="say", id=message_id, text="hello")

    ack = await browser.gets("ack", id=message_id)
    answer = await browser.gets("message", author="bot")
    assert answer["seq"] > ack["seq"]


async def test_who_comes_back_gets_what_they_missed_and_nothing_twice(page: Open) -> None:
    first = await page()
    welcome = await first.greets()
    greeting = await first.gets("message", author="bot")

    second = await page()
    again = await second.greets(welcome["token"], since=greeting["seq"])
    await second.sends(type="say", id=str(uuid4()), text="hello again")

    assert again["conversation"] == welcome["conversation"]
    assert (await second.gets("message"))["seq"] == greeting["seq"] + 1


async def test_an_altered_token_opens_nobody_elses_conversation(page: Open) -> None:
    welcome = await (await page()).greets()

    other = await (await page()).greets(welcome["token"][:-2] + "xx")

    assert other["conversation"] != welcome["conversation"]


async def test_a_page_of_another_site_is_turned_away(page: Open) -> None:
    with pytest.raises(websockets.InvalidStatus):
        await page("https://elsewhere.example")


@pytest.mark.parametrize(
    ("text", "rule"), [("x" * 4001, "too_long"), ("  \n ", "empty")], ids=["long", "empty"]
)
async def test_what_cannot_be_taken_is_refused_in_plain_words(
    page: Open, text: str, rule: str
) -> None:
    browser = await page()
    await browser.greets()

    await browser.sends(type="say", id=str(uuid4()), text=text)

    refused = await browser.gets("refused")
    assert refused["rule"] == rule
    assert refused["text"]


async def test_the_longest_text_is_taken(page: Open) -> None:
    browser = await page()
    await browser.greets()

    await browser.sends(type="say", id=str(uuid4()), text="x" * 4000)

    await browser.gets("ack")


async def test_a_choice_is_taken_by_its_place_and_its_meaning_stays_in_the_house(
    page: Open, desk: Desk
) -> None:
    desk.bot._replies = [Reply("Cancel it?", (Choice("Yes", "affirm", {"order": "A-1"}),))]
    browser = await page()
    await browser.greets()
    question = await browser.gets("message", author="bot")

    await browser.sends(type="choose", id=str(uuid4()), seq=question["seq"], choice=0)

    await browser.gets("ack")
    await browser.gets("message", author="bot")
    assert question["choices"] == [{"title": "Yes"}]
    assert desk.bot.asked[-1].body["choice"] == {"intent": "affirm", "entities": {"order": "A-1"}}


async def test_a_choice_that_was_never_offered_is_refused(page: Open) -> None:
    browser = await page()
    await browser.greets()
    greeting = await browser.gets("message", author="bot")

    await browser.sends(type="choose", id=str(uuid4()), seq=greeting["seq"], choice=3)

    assert (await browser.gets("refused"))["rule"] == "no_such_choice"


async def test_a_customer_says_once_how_content_they_were_with_a_person(
    desk: Desk, page: Open
) -> None:
    browser = await page()
    conversation_id = UUID((await browser.greets())["conversation"])
    mia = await desk.agent("mia")
    async with desk.sessions.begin() as session:
        locked = await ConversationRepository(session).lock(conversation_id)
        await hand_off(session, locked, Reason.asked, trigger_seq=1)
        epoch = await claim(session, conversation_id, mia)
        await close(session, conversation_id, mia, epoch=epoch, outcome="solved", note="")
    await ring(desk.sessions, f"tests {conversation_id}")
    await browser.gets("state", ratable=True)

    await browser.sends(type="rate", stars=5)
    await browser.gets("state", ratable=False)
    await browser.sends(type="rate", stars=1)
    await browser.sends(type="say", id=str(uuid4()), text="Hallo")
    await browser.gets("refused", rule="closed")

    async with desk.sessions() as session:
        assert (await ConversationRepository(session).get(conversation_id)).rating == 5
