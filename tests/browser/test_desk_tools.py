"""What agents work with, by keyboard alone."""

import pytest
from playwright.async_api import Page, expect

from crm_store.canned.repository import CannedReplyRepository
from tests.browser.conftest import OpenPage
from tests.browser.test_desk import log_in
from tests.integration.channels.desk.running import Desk

pytestmark = [pytest.mark.browser, pytest.mark.anyio]


async def test_the_palette_leads_to_the_search_and_that_to_a_conversation(
    open_page: OpenPage, desk: Desk
) -> None:
    page = await _at_desk(open_page, desk)

    await page.keyboard.press("Control+k")
    await page.keyboard.type("such")
    await expect(page.get_by_role("listbox").get_by_role("option", selected=True)).to_contain_text(
        "Suchen"
    )
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("searchbox")).to_be_focused()
    await page.keyboard.type("jemand sprech")
    await expect(page.locator(".hit mark").last).to_have_text("sprechen")
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("Enter")

    await expect(page.get_by_role("dialog")).to_have_count(0)
    await expect(page.locator(".trigger")).to_contain_text("Ich möchte mit jemandem sprechen")


async def test_a_reply_is_found_by_a_slash_and_its_gap_is_filled(
    open_page: OpenPage, desk: Desk
) -> None:
    async with desk.sessions.begin() as session:
        await CannedReplyRepository(session).keep(
            "gruss", de="Guten Tag {customer}, hier ist {agent}.", en="Hello {customer}."
        )
    page = await _at_desk(open_page, desk)
    await page.keyboard.press("j")
    await expect(page.locator(".trigger")).to_be_visible()
    await page.keyboard.press("t")
    reply = page.get_by_label("Antwort an")
    await expect(reply).to_be_focused()

    await page.keyboard.type("/grus")
    await expect(page.get_by_role("listbox").get_by_role("option", selected=True)).to_contain_text(
        "/gruss"
    )
    await page.keyboard.press("Enter")
    await expect(reply).to_have_value("Guten Tag ‹Name›, hier ist Mia.")
    await expect(page.get_by_role("button", name="Senden")).to_be_disabled()
    await page.keyboard.type("Frau Ruiz")
    await page.keyboard.press("Enter")

    await expect(page.locator(".talk.agent")).to_contain_text("Guten Tag Frau Ruiz, hier ist Mia.")


async def _at_desk(open_page: OpenPage, desk: Desk) -> Page:
    await desk.agent("mia")
    await desk.waiting()
    page = await open_page("/desk")
    await log_in(page, "mia")
    await expect(page.locator(".entry")).to_be_visible()
    return page
