"""What an agent reads first, and the form that they finish, in a real browser by keyboard alone."""

import pytest
from playwright.async_api import expect

from tests.browser.conftest import OpenPage
from tests.browser.test_desk import log_in
from tests.integration.channels.desk.running import Desk
from tests.integration.channels.desk.test_forms import half_filled

pytestmark = [pytest.mark.browser, pytest.mark.anyio]


async def test_a_half_filled_return_is_finished_by_keyboard(
    open_page: OpenPage, desk: Desk
) -> None:
    await desk.agent("mia")
    await half_filled(desk)
    page = await open_page("/desk")
    await log_in(page, "mia")
    await expect(page.locator(".entry").first).to_be_visible()

    await page.keyboard.press("j")
    brief = page.locator(".brief")
    await expect(brief).to_contain_text("Ana Ruiz")
    await expect(brief).to_contain_text("Erfragen: Artikel")
    await brief.get_by_role("button", name="Bestellung A-17").press("Enter")
    await expect(page.locator("#order-A-17")).to_be_focused()
    await page.keyboard.press("t")
    await expect(page.get_by_label("Antwort an")).to_be_focused()
    await page.keyboard.press("Escape")
    await page.keyboard.press("w")
    await expect(page.locator("#form-order")).to_be_focused()
    await page.keyboard.press("Tab")
    await page.keyboard.type("Aida")
    await page.locator("#form-line").press("Tab")
    await page.keyboard.press("Enter")

    await expect(page.locator(".log")).to_contain_text("Mia hat abgeschlossen · Rückgabe RT-")
    await expect(brief).not_to_contain_text("Erfragen: Artikel")
    await expect(page.locator("#form .matter")).to_have_count(0)
