"""A product's page with the widget's strip of suggestions, in a real browser."""

import re

import pytest
from playwright.async_api import Page, expect
from sqlalchemy import select

from crm_store.conversations.models import Conversation
from crm_store.insight.models import Event
from crm_store.suggestions.models import Outcome, Suggestion
from tests.browser.conftest import OpenPage
from tests.integration.channels.desk.running import Desk
from tests.integration.crm_store.suggestions.shop import fill

pytestmark = [pytest.mark.browser, pytest.mark.anyio]

OUTCOME = re.compile("/page/suggestions/[^/]+/outcome$")
SHIFTS = """() => new Promise(done => {
    let sum = 0;
    new PerformanceObserver(seen => seen.getEntries().forEach(each => { sum += each.value; }))
        .observe({type: "layout-shift"});
    window.shifted = () => sum;
    done();
})"""


async def test_a_product_has_an_address_and_suggestions_that_lead_on(
    open_page: OpenPage, desk: Desk
) -> None:
    await fill(desk.sessions)
    page = await open_page("/")

    await page.get_by_role("link", name="Aida").click()
    await expect(page.get_by_role("heading", name="Aida")).to_be_focused()
    assert page.url.endswith("/#/p/SKU-AIDA")
    strip = page.get_by_role("region", name="Das könnte dazu passen")
    await expect(strip.get_by_role("listitem")).to_have_count(3)
    await expect(strip.get_by_text("auch von Giuseppe Verdi").first).to_be_visible()
    title = await strip.get_by_role("link").first.inner_text()
    async with page.expect_response(OUTCOME):
        await strip.get_by_role("link").first.press("Enter")

    await expect(page.get_by_role("heading", name=title, level=1)).to_be_visible()
    assert await _outcomes(desk, {Outcome.accepted}) == 1
    await page.go_back()
    await expect(page.get_by_role("heading", name="Aida")).to_be_visible()


async def test_not_for_me_holds_on_the_next_visit_and_moves_nothing(
    open_page: OpenPage, desk: Desk
) -> None:
    await fill(desk.sessions)
    page = await open_page("/#/p/SKU-AIDA", locale="en-GB")
    strip = page.get_by_role("region", name="This might go with it")
    first = await strip.get_by_role("link").first.inner_text()
    await page.evaluate(SHIFTS)

    async with page.expect_response(OUTCOME):
        await strip.get_by_role("button", name=f"Not for me: {first}").press("Enter")

    said = strip.get_by_text(f"“{first}” will not be suggested again.")
    await expect(said).to_be_focused()
    await expect(strip.get_by_role("link", name=first)).to_have_count(0)
    assert await page.evaluate("shifted()") == 0
    assert await _outcomes(desk, {Outcome.declined}) == 1
    await page.get_by_role("link", name="All titles").click()
    await page.get_by_role("link", name="Aida").click()
    await expect(strip.get_by_role("link").first).to_be_visible()
    await expect(strip.get_by_role("link", name=first)).to_have_count(0)


async def test_the_strip_speaks_the_language_of_the_page(open_page: OpenPage, desk: Desk) -> None:
    await fill(desk.sessions)
    page = await open_page("/#/p/SKU-AIDA")
    await expect(page.get_by_role("region", name="Das könnte dazu passen")).to_be_visible()

    await page.get_by_role("button", name="EN, English").click()

    strip = page.get_by_role("region", name="This might go with it")
    await expect(strip.get_by_text("also by Giuseppe Verdi").first).to_be_visible()


async def test_the_chat_goes_on_with_who_looked_at_the_page(
    open_page: OpenPage, desk: Desk
) -> None:
    await fill(desk.sessions)
    page = await open_page("/#/p/SKU-AIDA")
    await expect(page.get_by_role("region", name="Das könnte dazu passen")).to_be_visible()
    assert await page.evaluate("localStorage.getItem('rapport.token')") is None

    await page.get_by_role("button", name="Dazu fragen").click()
    await expect(page.locator("rapport-chat .talk.bot")).to_have_count(1)

    async with desk.sessions() as session:
        viewer = await session.scalar(select(Event.visitor).where(Event.kind == "viewed"))
        talker = await session.scalar(select(Conversation.visitor))
    assert viewer is not None
    assert talker == viewer
    assert await page.evaluate("localStorage.getItem('rapport.token')")


async def test_an_unknown_product_is_said_to_be_unknown_and_nothing_is_suggested(
    open_page: OpenPage, desk: Desk
) -> None:
    await fill(desk.sessions)
    page = await open_page("/#/p/SKU-404")

    await expect(page.get_by_text("Diesen Titel führen wir nicht.")).to_be_visible()
    await expect(page.get_by_role("region", name="Das könnte dazu passen")).to_have_count(0)


async def test_it_all_fits_on_a_phone(open_page: OpenPage, desk: Desk) -> None:
    await fill(desk.sessions)
    page = await open_page("/")
    await page.set_viewport_size({"width": 360, "height": 740})
    await page.goto("/#/p/SKU-AIDA")

    await expect(page.get_by_role("region", name="Das könnte dazu passen")).to_be_visible()

    assert await _overflow(page) <= 0


async def _overflow(page: Page) -> int:
    wide: int = await page.evaluate("document.documentElement.scrollWidth - innerWidth")
    return wide


async def _outcomes(desk: Desk, wanted: set[Outcome]) -> int:
    async with desk.sessions() as session:
        rows = await session.scalars(select(Suggestion).where(Suggestion.outcome.in_(wanted)))
        return len(rows.all())
