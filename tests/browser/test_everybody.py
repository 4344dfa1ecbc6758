"""Pages for everybody: what axe finds of WCAG in each view, in light and in dark."""

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Page, Route, expect

from crm_store.agents.roles import Role
from crm_store.base import utc_now
from crm_store.strategy.repository import PolicyRepository
from tests.browser.conftest import OpenPage
from tests.integration.channels.desk.running import PASSWORD, Desk

pytestmark = [pytest.mark.browser, pytest.mark.anyio]

DIALOGS = {"help": "?", "palette": "Control+k", "search": "f", "transfer": "x", "end": "e"}
BOTH = pytest.mark.parametrize(
    ("scheme", "locale"), [("light", "de-DE"), ("dark", "en-GB")], ids=["light-de", "dark-en"]
)


async def demand_nothing_in_the_way(page: Page, view: str) -> None:
    found = (await Axe().run(page)).response["violations"]
    told = [(one["id"], [node["target"] for node in one["nodes"]]) for one in found]
    assert not told, f"{view}: {told}"


async def show_at_once(page: Page, scheme: str) -> None:
    """Have colours looked at that are there to stay: nothing fades in."""
    await page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]  # light or dark


async def log_in(page: Page) -> None:
    await page.locator("input").first.fill("mia")
    await page.locator("input[type=password]").fill(PASSWORD)
    await page.keyboard.press("Enter")


async def come_back_refused(page: Page) -> None:
    """Show the login of a shop that has an identity provider, which has let somebody down."""
    ways = {"passwords": True, "provider": "Belcanto", "refused": "It does not answer."}

    async def tell(route: Route) -> None:
        await route.fulfill(json=ways)

    await page.route("**/desk/api/entrance*", tell)
    await page.goto("/desk?refused=oidc_unreachable")
    await expect(page.get_by_role("link", name="Belcanto")).to_be_visible()
    await expect(page.get_by_role("alert")).to_have_text(str(ways["refused"]))
    assert "refused" not in page.url


@BOTH
async def test_nothing_at_the_desk_is_in_anybodys_way(
    open_page: OpenPage, desk: Desk, scheme: str, locale: str
) -> None:
    await desk.agent("mia")
    await desk.waiting()
    page = await open_page("/desk", locale=locale)
    await show_at_once(page, scheme)
    await demand_nothing_in_the_way(page, "login")
    await come_back_refused(page)
    await demand_nothing_in_the_way(page, "refused by the provider")

    await log_in(page)
    await expect(page.get_by_role("status").filter(has=page.locator("strong"))).to_be_visible()
    await demand_nothing_in_the_way(page, "an offer rings")
    await page.keyboard.press("y")
    await expect(page.locator(".trigger")).to_be_visible()
    await demand_nothing_in_the_way(page, "a conversation")
    for view, key in DIALOGS.items():
        await page.keyboard.press("Escape")
        await page.keyboard.press(key)
        await expect(page.locator("dialog[open]")).to_be_visible()
        await demand_nothing_in_the_way(page, view)
        await page.keyboard.press("Escape")
        await expect(page.locator("dialog[open]")).to_be_hidden()


@BOTH
async def test_nothing_on_the_board_is_in_anybodys_way(
    open_page: OpenPage, desk: Desk, scheme: str, locale: str
) -> None:
    await desk.agent("mia", Role.supervisor)
    await desk.waiting()
    async with desk.sessions.begin() as session:
        alarm = {"limits": {"waiting": 0}}
        await PolicyRepository(session).change("board", alarm, at=utc_now())
    page = await open_page("/desk", locale=locale)
    await show_at_once(page, scheme)
    await log_in(page)
    await expect(page.locator(".queue")).to_be_visible()

    await page.goto("/desk/board")
    await expect(page.locator("canvas").first).to_be_visible()
    await expect(page.locator(".alarm")).to_be_visible()

    await demand_nothing_in_the_way(page, "the board")


async def test_what_is_in_the_way_is_found(open_page: OpenPage) -> None:
    page = await open_page("/")
    await page.evaluate("document.body.append(document.createElement('img'))")

    with pytest.raises(AssertionError, match="image-alt"):
        await demand_nothing_in_the_way(page, "a picture without words")


@BOTH
async def test_nothing_on_the_shops_pages_is_in_anybodys_way(
    open_page: OpenPage, scheme: str, locale: str
) -> None:
    page = await open_page("/", locale=locale)
    await show_at_once(page, scheme)
    await demand_nothing_in_the_way(page, "the shop")

    await page.locator("rapport-chat").get_by_role("button").first.click()
    await expect(page.get_by_role("log")).to_be_visible()

    await demand_nothing_in_the_way(page, "the chat")
