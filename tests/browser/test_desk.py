import re

import pytest
from playwright.async_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.integration.channels.desk.running import PASSWORD, Desk

pytestmark = [pytest.mark.browser, pytest.mark.anyio]


async def log_in(page: Page, login: str) -> None:
    await page.get_by_label("Anmeldename").fill(login)
    await page.get_by_label("Passwort").fill(PASSWORD)
    await page.keyboard.press("Enter")


async def test_a_case_is_taken_answered_noted_and_given_back_by_keyboard(
    open_page: OpenPage, desk: Desk
) -> None:
    await desk.agent("mia")
    await desk.waiting()
    page = await open_page("/desk")
    await log_in(page, "mia")
    await expect(page).to_have_title("(1) Arbeitsplatz")

    await page.keyboard.press("j")
    await expect(page.locator(".trigger")).to_contain_text("Ich möchte mit jemandem sprechen")
    await page.keyboard.press("t")
    await expect(page.get_by_label("Antwort an")).to_be_focused()
    await page.keyboard.type("Guten Tag, hier ist Mia.")
    await page.keyboard.press("Enter")
    await expect(page.locator(".talk.agent")).to_contain_text("Guten Tag, hier ist Mia.")
    await page.keyboard.press("Escape")
    await page.keyboard.press("n")
    await page.keyboard.type("Bitte kulant sein.")
    await page.keyboard.press("Enter")
    await expect(page.locator(".talk.note")).to_contain_text("Bitte kulant sein.")
    await page.keyboard.press("Escape")
    await page.keyboard.press("b")
    await expect(page.get_by_label("Worum es ging")).to_be_focused()
    await page.keyboard.type("Berat")
    await expect(page.get_by_label("Worum es ging")).to_have_value("advice")
    summary = page.get_by_label("Zusammenfassung")
    await expect(summary).to_have_value(re.compile("Letzte Antwort: Guten Tag, hier ist Mia."))
    for _ in range(4):
        await page.keyboard.press("Tab")
    await page.keyboard.press("Enter")

    await expect(page.locator(".log")).to_contain_text("hat an den Assistenten zurückgegeben")


async def test_another_agent_sees_at_once_who_has_taken_it(open_page: OpenPage, desk: Desk) -> None:
    await desk.agent("mia")
    await desk.agent("tom")
    await desk.waiting()
    pages = [await open_page("/desk"), await open_page("/desk")]
    for page, login in zip(pages, ("mia", "tom"), strict=True):
        await log_in(page, login)
        await page.locator(".entry").click()
        await expect(page.get_by_role("button", name="Übernehmen")).to_be_visible()

    await pages[0].keyboard.press("t")
    await expect(pages[0].get_by_label("Antwort an")).to_be_visible()

    await expect(pages[1].get_by_role("button", name="Übernehmen")).to_have_count(0)
    await expect(pages[1].locator(".head")).to_contain_text("Bei Mia")


async def test_a_draft_survives_a_reload(open_page: OpenPage, desk: Desk) -> None:
    await desk.agent("mia")
    await desk.waiting()
    page = await open_page("/desk")
    await log_in(page, "mia")
    await page.locator(".entry").click()
    await page.get_by_role("button", name="Übernehmen").click()
    await page.get_by_label("Antwort an").fill("Einen Moment, ich")

    await page.reload()
    await page.locator(".entry").click()

    await expect(page.get_by_label("Antwort an")).to_have_value("Einen Moment, ich")
