"""Whatever customers and records say is text, on every page that shows it."""

from collections.abc import Sequence
from uuid import UUID, uuid4

import pytest
from playwright.async_api import Page, expect
from sqlalchemy.ext.asyncio import AsyncSession

from channels.desk.board.routes import MOST_LISTED
from channels.web_chat.visitors import token_of
from crm_store.agents.models import Agent
from crm_store.agents.roles import Role
from crm_store.base import Json, Language, utc_now
from crm_store.callbacks.models import CallbackRequest
from crm_store.conversations.models import (
    Author,
    Channel,
    Conversation,
    Handler,
    Kind,
    Turn,
    TurnState,
)
from crm_store.conversations.repository import ConversationRepository
from crm_store.customers.models import Customer, Interest, InterestSource
from crm_store.handoffs.models import Handoff, Reason
from tests.browser.conftest import OpenPage
from tests.browser.payloads import payloads
from tests.builders import a_customer, a_product, an_order
from tests.integration.channels.desk.running import PASSWORD, SECRET, Desk

pytestmark = [pytest.mark.browser, pytest.mark.anyio]

ALL = payloads()
VISITOR = "b" * 32
WATCH = """
window.violations = [];
document.addEventListener("securitypolicyviolation", (event) =>
  window.violations.push(`${event.violatedDirective} ${event.sample}`));
"""
STRANGE = """
() => {
  const FOREIGN = /^(iframe|object|embed|base|marquee|math|animate)$/i;
  const found = [];
  const look = (root) => {
    for (const one of root.querySelectorAll("*")) {
      const isForeign = FOREIGN.test(one.tagName);
      const acts = one.getAttributeNames().some((name) => /^on/i.test(name));
      const leads = /^(javascript|vbscript|data):/i.test(String(one.href ?? ""));
      if (isForeign || acts || leads) found.push(one.outerHTML.slice(0, 200));
      if (one.shadowRoot) look(one.shadowRoot);
    }
  };
  look(document);
  return { found, struck: window.struck ?? 0, violations: window.violations };
}
"""
SHOWN = """
() => {
  const texts = [];
  const read = (root) => {
    for (const one of root.querySelectorAll("*")) if (one.shadowRoot) read(one.shadowRoot);
    texts.push(root === document ? document.body.innerText : root.textContent);
  };
  read(document);
  return texts.join("\\n");
}
"""


def test_there_are_two_hundred_of_them() -> None:
    assert len(ALL) >= 200


async def test_customers_words_are_text_at_the_desk_and_on_the_board(
    open_page: OpenPage, desk: Desk
) -> None:
    await desk.agent("sue", Role.supervisor)
    async with desk.sessions.begin() as session:
        story = await _a_telling_story(session)
        await _many_waiting(session)
    page = await open_page("/desk")
    await page.add_init_script(WATCH)
    await page.goto(f"/desk#{story}")
    await _log_in(page, "sue")
    await page.goto(f"/desk?again#{story}")
    await page.locator(".log").get_by_text("the last of it").wait_for()
    await page.locator(".queue .entry").nth(len(ALL) - 1).wait_for()
    await _expect_only_text(page, ALL[:40])
    await page.goto("/desk/board")
    await page.get_by_role("button", name="Warten gerade").click()
    await page.locator(".counted li").nth(MOST_LISTED - 1).wait_for(state="attached")
    await page.locator(".sentences li").nth(9).wait_for()
    await _expect_only_text(page, ())
    await page.get_by_role("button", name="Servicegrad").click()
    await page.locator(".plot canvas").wait_for()
    await _expect_only_text(page, ())


async def test_words_of_everybody_are_text_in_the_chat(open_page: OpenPage, desk: Desk) -> None:
    async with desk.sessions.begin() as session:
        await _a_telling_story(session)
    page = await open_page("/")
    token = token_of(VISITOR, SECRET)
    await page.add_init_script(f"{WATCH} localStorage.setItem('rapport.token', '{token}');")
    await page.goto("/?again")
    await page.get_by_role("button", name="Chat öffnen").click()
    await page.get_by_role("log").get_by_text("the last of it").wait_for()
    await _expect_only_text(page, ALL[:40])


async def test_records_are_text_in_the_administration(open_page: OpenPage, desk: Desk) -> None:
    await desk.agent("root", Role.admin)
    async with desk.sessions.begin() as session:
        customers = [_named(payload, nth) for nth, payload in enumerate(ALL)]
        products = [a_product(payload, sku=f"S-{nth}") for nth, payload in enumerate(ALL)]
        session.add_all([*customers, *products])
    page = await open_page("/desk")
    await page.add_init_script(WATCH)
    await _log_in(page, "root")
    for there, nth in ((there, nth) for there in ("customer", "product") for nth in (1, 2, 3)):
        await page.goto(f"/admin/{there}/list?page={nth}&page_size=100")
        rows = min(100, len(ALL) - 100 * (nth - 1))
        await expect(page.locator("tbody tr")).to_have_count(rows)
        await _expect_only_text(page, ())
    for there, pk in (("customer", customers[0].id), ("product", products[0].id)):
        await page.goto(f"/admin/{there}/detail?pk={pk}")
        await _expect_only_text(page, ALL[:1])
        await page.goto(f"/admin/{there}/edit?pk={pk}")
        await _expect_only_text(page, ())


async def _expect_only_text(page: Page, shown: Sequence[str]) -> None:
    seen = await page.evaluate(STRANGE)
    assert seen == {"found": [], "struck": 0, "violations": []}
    text = "".join((await page.evaluate(SHOWN)).split())
    missing = [payload for payload in shown if "".join(payload.split()) not in text]
    assert missing == []


async def _log_in(page: Page, login: str) -> None:
    await page.get_by_label("Anmeldename").fill(login)
    await page.get_by_label("Passwort").fill(PASSWORD)
    await page.keyboard.press("Enter")
    await page.locator(".bar").wait_for()


async def _a_telling_story(session: AsyncSession) -> UUID:
    """Write a conversation down in which every field that somebody else fills is a payload."""
    customer = _named(ALL[0], 0, ALL)
    agent = Agent(login="evil", name=ALL[1], password_hash="x")
    order = an_order(customer, number=ALL[2], titles=ALL)
    session.add_all([customer, agent])
    await session.flush()
    session.add(order)
    conversation = Conversation(
        id=uuid4(),
        channel=Channel.chat,
        key="story",
        visitor=VISITOR,
        language=Language.de,
        customer_id=customer.id,
        handler=Handler.queue,
        last_seq=0,
        slots={f"slot {nth}": payload for nth, payload in enumerate(ALL)},
        level_how=ALL[3],
    )
    session.add(conversation)
    await session.flush()
    say = ConversationRepository(session).add
    for payload in ALL:
        say(conversation, Author.customer, payload)
        say(conversation, Author.bot, payload)
        say(conversation, Author.agent, payload, kind=Kind.note, agent_id=agent.id)
        say(conversation, Author.agent, payload, agent_id=agent.id)
    say(conversation, Author.bot, "choose", choices=[{"title": p, "intent": "x"} for p in ALL])
    say(conversation, Author.bot, "look", cards=[_card(payload) for payload in ALL])
    say(conversation, Author.bot, "the last of it")
    session.add_all(_interest(payload, customer) for payload in ALL)
    session.add(
        Handoff(
            conversation_id=conversation.id,
            reason=Reason.asked,
            note=ALL[4],
            department=ALL[5],
            wanted_agent_id=agent.id,
            trigger_seq=1,
            language=Language.de,
        )
    )
    session.add(_callback(conversation))
    await session.flush()
    return conversation.id


async def _many_waiting(session: AsyncSession) -> None:
    """Have a customer wait for each payload, called so and saying so, and misunderstood."""
    for nth, payload in enumerate(ALL[1:], start=1):
        customer = _named(payload, nth)
        session.add(customer)
        conversation = Conversation(
            id=uuid4(),
            channel=Channel.chat,
            key=f"w{nth}",
            language=Language.en,
            handler=Handler.queue,
            last_seq=0,
        )
        session.add(conversation)
        await session.flush()
        conversation.customer_id = customer.id
        message = ConversationRepository(session).add(conversation, Author.customer, payload)
        session.add_all(
            [
                Handoff(
                    conversation_id=conversation.id,
                    reason=Reason.asked,
                    trigger_seq=1,
                    language=Language.en,
                ),
                Turn(
                    conversation_id=conversation.id,
                    seq=1,
                    message_id=message.id,
                    request={},
                    epoch=1,
                    state=TurnState.done,
                    intent="nlu_fallback",
                ),
            ]
        )
    await session.flush()


def _named(payload: str, nth: int, more: Sequence[str] = ()) -> Customer:
    customer = a_customer(number=f"C-{nth}", email=f"{nth}@example.com")
    customer.given_name, customer.family_name = payload, more[1] if more else "Ruiz"
    return customer


def _interest(payload: str, customer: Customer) -> Interest:
    return Interest(
        customer_id=customer.id,
        text=payload,
        language=Language.de,
        source=InterestSource.stated,
    )


def _card(payload: str) -> Json:
    return {
        "suggestion": str(uuid4()),
        "sku": payload,
        "title": payload,
        "price": "9.90",
        "currency": "EUR",
        "image": None,
        "reason": payload,
        "in_stock": True,
    }


def _callback(conversation: Conversation) -> CallbackRequest:
    return CallbackRequest(
        number="B-1",
        conversation_id=conversation.id,
        customer_id=conversation.customer_id,
        phone="+4930123456",
        due_at=utc_now(),
        language=Language.de,
        reason=ALL[6],
    )
