"""A real browser before the whole application."""

import shutil
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest
from playwright.async_api import Browser, Dialog, Page, async_playwright, expect

from channels.site.routes import BUILT
from tests.integration.channels.desk.running import Desk, desk

__all__ = ["desk"]

CHROMIUM = shutil.which("chromium")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
)
PATIENCE = 10_000
LONG_PATIENCE = 30_000
"""For pages with everything running behind them."""

expect.set_options(timeout=PATIENCE)

OpenPage = Callable[..., Awaitable[Page]]


@pytest.fixture
async def chromium() -> AsyncIterator[Browser]:
    """Start Chromium, or skip the test where there is none."""
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine")
    if not BUILT.is_dir():
        pytest.skip("the pages are not built")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        await browser.close()


@pytest.fixture
async def page(chromium: Browser) -> AsyncIterator[Page]:
    """Open a page of a visitor whom nobody knows yet."""
    async for opened in _page(chromium, "de-DE"):
        yield opened


@pytest.fixture
async def desk_page(chromium: Browser) -> AsyncIterator[Page]:
    """Open a page for an agent, apart from the visitor's."""
    async for opened in _page(chromium, "en-GB"):
        yield opened


@pytest.fixture
async def open_page(chromium: Browser, desk: Desk) -> OpenPage:
    """Open pages of an application with a scripted bot, each apart, and watch for mischief."""

    async def open_at(path: str, locale: str = "de-DE") -> Page:
        context = await chromium.new_context(base_url=desk.url, locale=locale)
        context.set_default_timeout(PATIENCE)
        page = await context.new_page()
        page.on("dialog", _refuse)
        page.on("pageerror", _refuse)
        await page.goto(path)
        return page

    return open_at


def _refuse(mischief: Dialog | Exception) -> None:
    raise AssertionError(f"a page did what it must not: {mischief}")


async def _page(chromium: Browser, locale: str) -> AsyncIterator[Page]:
    context = await chromium.new_context(locale=locale, viewport={"width": 1280, "height": 860})
    context.set_default_timeout(LONG_PATIENCE)
    yield await context.new_page()
    await context.close()
