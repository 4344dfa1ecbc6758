"""What an agent may suggest, in a real browser."""

import pytest
from playwright.async_api import expect

from crm_store.base import utc_now
from crm_store.conversations.models import Author
from crm_store.conversations.repository import ConversationRepository
from crm_store.interests.repository import InterestRepository
from tests.browser.conftest import OpenPage
from tests.integration.channels.desk.running import PASSWORD, Desk
from tests.integration.crm_store.suggestions.shop import fill

pytestmark = [pytest.mark.browser, pytest.mark.anyio]


async def test_a_suggestion_goes_behind_what_the_agent_has_begun_to_write(
    open_page: OpenPage, desk: Desk
) -> None:
    await fill(desk.sessions)
    await desk.agent("mia")
    waiting = await desk.waiting()
    async with desk.sessions.begin() as session:
        conversations = ConversationRepository(session)
        talk = await conversations.lock(waiting)
        said = conversations.add(talk, Author.customer, "Ach ja: Ich liebe Verdi")
        InterestRepository(session).state(talk, "Verdi", at=utc_now(), message_id=said.id)
    page = await open_page("/desk", locale="en-GB")
    await page.get_by_label("Login").fill("mia")
    await page.get_by_label("Password").fill(PASSWORD)
    await page.keyboard.press("Enter")
    await page.get_by_role("listitem").get_by_text("Ach ja: Ich liebe Verdi").click()

    card = page.locator(".offer").first
    await expect(card).to_contain_text("weil Sie Giuseppe Verdi mögen")
    await expect(card.get_by_role("button")).to_have_count(0)
    await card.get_by_text("Why this one?").click()
    await expect(card).to_contain_text("Ach ja: Ich liebe Verdi")
    await page.get_by_role("button", name="Take T").click()
    box = page.get_by_label("Reply to the customer")
    await box.fill("Guten Tag!")
    await card.get_by_role("button", name="Put into reply").click()

    await expect(box).to_be_focused()
    title = await card.locator("strong").inner_text()
    await expect(box).to_have_value(
        f"Guten Tag! Vielleicht ist das etwas für Sie: „{title}“ für 19,90\xa0€, weil Sie"
        " Giuseppe Verdi mögen."
    )
