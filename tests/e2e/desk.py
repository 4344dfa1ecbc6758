"""The agent's part in a scenario, played over the desk's own interface."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from uuid import UUID, uuid4

import httpx2

OUTCOME = "solved"
CODE = "other"


class AgentAtDesk:
    """Somebody who has logged in."""

    def __init__(self, browser: httpx2.AsyncClient) -> None:
        self._browser = browser

    async def does(self, what: str, conversation: UUID, text: str) -> None:
        """Do one of the steps that a scenario knows."""
        if what == "claims":
            await self._post(conversation, "claim", {})
        elif what == "says":
            await self._post(conversation, "reply", await self._words(conversation, text))
        elif what == "finishes":
            await self._post(conversation, "form", await self._filled(conversation, text))
        elif what == "notes":
            await self._post(conversation, "note", {"id": str(uuid4()), "text": text})
        else:
            ending = {"returns": "return", "closes": "close"}[what]
            epoch = (await self._words(conversation, text))["epoch"]
            await self._post(
                conversation,
                ending,
                {"epoch": epoch, "outcome": OUTCOME, "note": text, "code": CODE},
            )

    async def _filled(self, conversation: UUID, text: str) -> dict[str, object]:
        form, *fields = text.split()
        given = dict(field.split("=") for field in fields)
        epoch = (await self._words(conversation, ""))["epoch"]
        return {"epoch": epoch, "filled": {"form": form, **given}}

    async def _words(self, conversation: UUID, text: str) -> dict[str, object]:
        story = await self._browser.get(f"/desk/api/conversations/{conversation}")
        story.raise_for_status()
        epoch = story.json()["conversation"]["epoch"]
        return {"epoch": epoch, "id": str(uuid4()), "text": text}

    async def _post(self, conversation: UUID, step: str, body: dict[str, object]) -> None:
        answer = await self._browser.post(
            f"/desk/api/conversations/{conversation}/{step}", json=body
        )
        assert answer.is_success, answer.text


@asynccontextmanager
async def at_desk(url: str, login: str, password: str) -> AsyncIterator[AgentAtDesk]:
    """Log in for as long as the block lasts."""
    async with httpx2.AsyncClient(
        base_url=url, headers={"Origin": url}, trust_env=False
    ) as browser:
        entered = await browser.post("/desk/api/login", json={"login": login, "password": password})
        assert entered.is_success, entered.text
        browser.headers["X-CSRF"] = (await browser.get("/desk/api/me")).json()["csrf"]
        yield AgentAtDesk(browser)
