"""One customer in a real browser: verified, told, advised, passed to a person and back."""

import pytest
from playwright.async_api import Page, expect

from channels.up.stack import Stack
from crm_store.base import Language
from tests.browser.people import PATIENCE_MS, AgentPage, Visitor
from tests.e2e.scenario import Scenario, Then
from tests.e2e.world import World

pytestmark = [pytest.mark.browser, pytest.mark.anyio]


async def test_a_customer_is_served_from_the_record_up_to_a_person_and_back(
    stack: Stack, world: World, page: Page, desk_page: Page
) -> None:
    await world.begin(
        Scenario(language=Language.de, given={"A-18": "shipped"}, turns=[], then=Then())
    )
    visitor, agent = Visitor(page), AgentPage(desk_page)
    await visitor.opens(stack.url, "Chat öffnen")
    await visitor.sees("KI-Assistent")

    await visitor.says("Wo bleibt mein Paket?")
    await visitor.sees("E-Mail")
    await visitor.says("jonas.weber@example.de")
    await visitor.sees("Code")
    await visitor.says(await world.latest_code())
    await visitor.choice("A-18").click()
    await visitor.sees("unterwegs")

    await visitor.says("Ich liebe Opern von Verdi")
    await expect(visitor.log.get_by_role("list", name="Vorschläge").first).to_be_visible(
        timeout=PATIENCE_MS
    )
    await expect(visitor.log).to_contain_text("Verdi")

    await visitor.says("Ich möchte mit einem Menschen sprechen")
    await agent.logs_in(stack)
    await agent.takes("Jonas Weber")
    await expect(agent.page.get_by_role("main")).to_contain_text("Verified", timeout=PATIENCE_MS)
    await agent.notes("gilt als geduldig")
    await agent.replies("Guten Tag, ich sehe Ihre Bestellung vor mir.")
    await visitor.sees("ich sehe Ihre Bestellung vor mir")
    await visitor.says("Danke, das hilft mir")
    await expect(agent.page.get_by_role("log")).to_contain_text("Danke, das hilft mir")
    await agent.gives_back()

    await visitor.sees("hat festgehalten: Ihr")
    assert "geduldig" not in (await visitor.log.text_content() or "")


async def test_words_are_shown_as_words_and_never_run(
    stack: Stack, world: World, page: Page, desk_page: Page
) -> None:
    await world.begin()
    alarms: list[str] = []
    for watched in (page, desk_page):
        watched.on("dialog", lambda dialog: alarms.append(dialog.message))
    attack = "<img src=x onerror=alert(1)><script>alert(2)</script>"
    visitor, agent = Visitor(page), AgentPage(desk_page)
    await visitor.opens(stack.url, "Chat öffnen")
    await visitor.sees("KI-Assistent")

    await visitor.says("Ich möchte mit einem Menschen sprechen")
    await visitor.says(attack)
    await agent.logs_in(stack)
    await agent.takes("Unknown visitor")

    await visitor.sees(attack)
    await expect(agent.page.get_by_role("log")).to_contain_text(attack)
    assert await agent.page.get_by_role("log").locator("img, script").count() == 0
    assert await visitor.log.locator("img, script").count() == 0
    assert alarms == []


async def test_what_is_typed_while_the_server_is_away_arrives_once(
    stack: Stack, world: World, page: Page
) -> None:
    await world.begin()
    visitor = Visitor(page)
    await visitor.opens(stack.url, "Chat öffnen")
    await visitor.sees("KI-Assistent")

    stack.kill("channels")
    await visitor.says("Hallo, bist du noch da?")
    await stack.until_it_answers("channels")

    own = visitor.log.locator("article.customer")
    await expect(own).to_have_count(1)
    await expect(own.locator(".delivery")).to_have_count(0, timeout=PATIENCE_MS)
    await expect(visitor.log.locator("article.bot")).to_have_count(2, timeout=PATIENCE_MS)


async def test_a_reload_finds_the_same_conversation(stack: Stack, world: World, page: Page) -> None:
    await world.begin()
    visitor = Visitor(page)
    await visitor.opens(stack.url, "Chat öffnen")
    await visitor.says("Guten Tag")
    await expect(visitor.log.locator("article.bot")).to_have_count(2, timeout=PATIENCE_MS)

    await page.reload()

    await visitor.sees("Guten Tag")
    await expect(visitor.log.locator("article.customer")).to_have_count(1)


async def test_the_phone_page_holds_a_call(stack: Stack, world: World, page: Page) -> None:
    await world.begin()
    await page.goto(f"{stack.url}/demo/phone")

    await page.get_by_role("button", name="Anrufen").click()

    heard = page.get_by_role("log")
    await expect(heard).to_contain_text("KI-Assistent", timeout=PATIENCE_MS)
    box = page.get_by_role("main").locator("form input")
    await box.fill("Ich liebe Opern von Verdi")
    await box.press("Enter")
    await expect(heard).to_contain_text("Verdi", timeout=PATIENCE_MS)
    await page.get_by_role("button", name="Auflegen").click()
