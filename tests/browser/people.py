"""A visitor and an agent at their pages, doing what people do: reading, typing, clicking."""

from playwright.async_api import Locator, Page, expect

from channels.up.stack import Stack

PATIENCE_MS = 30_000


class Visitor:
    """A customer at the shop's page."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.log = page.get_by_role("log")

    async def opens(self, url: str, button: str) -> None:
        """Visit the shop and open the chat."""
        await self.page.goto(url)
        await self.page.get_by_role("button", name=button).click()

    async def says(self, words: str) -> None:
        """Type a message and send it."""
        await self.page.get_by_role("dialog").get_by_role("textbox").fill(words)
        await self.page.keyboard.press("Enter")

    async def sees(self, words: str) -> None:
        """Wait until the conversation shows these words."""
        await expect(self.log).to_contain_text(words, timeout=PATIENCE_MS)

    def choice(self, title: str) -> Locator:
        """Find an answer on offer."""
        return self.log.get_by_role("button", name=title)


class AgentPage:
    """An agent at the desk."""

    def __init__(self, page: Page) -> None:
        self.page = page

    async def logs_in(self, stack: Stack) -> None:
        """Enter with the demo agent's login."""
        assert stack.login is not None
        await self.page.goto(f"{stack.url}/desk")
        await self.page.get_by_label("Login").fill(stack.login.name)
        await self.page.get_by_label("Password").fill(str(stack.login.password))
        await self.page.get_by_role("button", name="Log in").click()

    async def takes(self, waiting: str) -> None:
        """Open a waiting conversation by its first words and take it."""
        await self.page.get_by_role("navigation").get_by_role("button", name=waiting).click()
        await self.page.get_by_role("button", name="Take").click()

    async def replies(self, words: str) -> None:
        """Write to the customer."""
        await self.page.locator("#box-reply").fill(words)
        await self.page.locator("#box-reply").press("Enter")

    async def notes(self, words: str) -> None:
        """Write a note among agents."""
        await self.page.locator("#box-note").fill(words)
        await self.page.locator("#box-note").press("Enter")

    async def gives_back(self) -> None:
        """Let the assistant go on."""
        await self.page.get_by_role("button", name="Back to assistant").first.click()
        dialog = self.page.get_by_role("dialog")
        await dialog.get_by_label("What it was about").select_option("Advice")
        await dialog.get_by_role("button", name="Back to assistant").click()
