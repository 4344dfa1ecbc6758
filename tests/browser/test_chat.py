import pytest
from playwright.async_api import Page, WebSocketRoute, expect

from tests.browser.conftest import OpenPage
from tests.integration.channels.desk.running import Desk

pytestmark = [pytest.mark.browser, pytest.mark.anyio]

MISCHIEF = "<img src=x onerror=alert(1)><script>alert(2)</script> javascript:alert(3)"


async def says(page: Page, words: str) -> None:
    await page.get_by_placeholder("Nachricht schreiben").fill(words)
    await page.keyboard.press("Enter")


async def test_a_customer_is_answered_and_finds_it_all_again_on_the_next_page(
    open_page: OpenPage,
) -> None:
    page = await open_page("/")

    await page.get_by_role("button", name="Chat öffnen").click()
    await expect(page.get_by_role("button", name="Mit einem Menschen")).to_be_visible()
    await says(page, "Guten Tag")
    await expect(page.locator(".talk.bot")).to_have_count(2)
    await page.goto("/#/p/nothing")

    await expect(page.locator(".talk.customer .bubble")).to_have_text(["Guten Tag"])


async def test_escape_closes_the_chat_and_gives_the_focus_back(open_page: OpenPage) -> None:
    page = await open_page("/", locale="en-GB")
    launcher = page.get_by_role("button", name="Chat with us")

    await launcher.click()
    await expect(page.get_by_placeholder("Write a message")).to_be_focused()
    await page.keyboard.press("Escape")

    await expect(launcher).to_be_focused()


async def test_words_are_never_more_than_words(open_page: OpenPage) -> None:
    page = await open_page("/")
    await page.get_by_role("button", name="Chat öffnen").click()

    await says(page, MISCHIEF)
    await expect(page.locator(".talk.bot")).to_have_count(2)

    assert MISCHIEF in await page.locator(".talk.customer .bubble").inner_text()
    assert await page.locator(".talk :is(img, script, a)").count() == 0


async def test_what_is_written_without_a_line_is_said_once_when_it_is_back(
    open_page: OpenPage, desk: Desk
) -> None:
    page = await open_page("about:blank")
    line = CutLine()
    await page.route_web_socket("**/chat/socket", line.connect)
    await page.goto("/")
    await page.get_by_role("button", name="Chat öffnen").click()
    await expect(page.locator(".talk.bot")).to_have_count(1)

    await line.cut()
    await says(page, "eins")
    await says(page, "zwei")
    await expect(page.locator(".echo.waiting")).to_have_count(2)
    await page.reload()
    await expect(page.locator(".echo.waiting")).to_have_count(2)
    line.mend()
    await expect(page.locator(".echo")).to_have_count(0)

    await expect(page.locator(".talk.customer .bubble")).to_have_text(["eins", "zwei"])
    await expect(page.locator(".talk.bot")).to_have_count(3)
    assert [words for words in desk.bot.heard if words] == ["eins", "zwei"]


class CutLine:
    """A line to the server that a test cuts and mends."""

    def __init__(self) -> None:
        self._is_cut = False
        self._open: list[WebSocketRoute] = []

    async def connect(self, route: WebSocketRoute) -> None:
        if self._is_cut:
            await route.close()
            return
        route.connect_to_server()
        self._open.append(route)

    async def cut(self) -> None:
        self._is_cut = True
        for route in self._open:
            await route.close()

    def mend(self) -> None:
        self._is_cut = False
