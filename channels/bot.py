"""The bot as the channels see it: a message goes in, replies come out."""

import json
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any, Protocol

import httpx2

from channels.messages import Answer, BotRequest, Choice, Reply

STEP_FAILED = 424
"""By which the connector says that an action has failed (RFC 4918, failed dependency)."""


class BotUnavailable(Exception):  # noqa: N818 - it names a state, not a failure
    """The bot did not answer; the customer must not be left hanging."""


class StepFailed(BotUnavailable):
    """The bot is there, but a step of it did not work out."""


Tell = Callable[[int, Reply], Awaitable[None]]
"""Takes a reply that comes before the rest of an answer, and its place in it."""


class Bot(Protocol):
    """Whatever can take a turn in a conversation."""

    async def reply(self, request: BotRequest, tell: Tell) -> Answer:
        """Answer one message, the same for the same message id; raise BotUnavailable.

        Some replies may be told before the rest is known; the answer has them all.
        """
        ...


class RasaBot:
    """The Rasa process, through its own connector."""

    def __init__(self, client: httpx2.AsyncClient, secret: str) -> None:
        self._client = client
        self._headers = {"X-Rapport-Secret": secret}

    async def reply(self, request: BotRequest, tell: Tell) -> Answer:
        """Ask the connector; anything but an answer with words is BotUnavailable."""
        asked = {"conversation": str(request.conversation), "message_id": str(request.message_id)}
        try:
            async with self._client.stream(
                "POST",
                "/webhooks/rapport/turn",
                headers=self._headers,
                json={**asked, **request.body},
            ) as response:
                if response.status_code == STEP_FAILED:
                    raise StepFailed
                response.raise_for_status()
                answer = await _read(response.aiter_lines(), tell)
        except (httpx2.HTTPError, ValueError, KeyError) as error:
            raise BotUnavailable from error
        if not answer.replies:
            raise BotUnavailable("the bot had nothing to say")
        return answer


async def _read(lines: AsyncIterator[str], tell: Tell) -> Answer:
    """Tell the replies that come early, and return the answer that ends them."""
    place = 0
    async for line in lines:
        match json.loads(line):
            case {"reply": reply}:
                await tell(place, _reply(reply))
                place += 1
            case {"answer": answer}:
                return _answer(answer)
            case {"error": "action_failed"}:
                raise StepFailed
            case _:
                raise BotUnavailable("the bot has failed")
    raise BotUnavailable("the bot broke off")


def _answer(raw: dict[str, Any]) -> Answer:
    understanding = raw.get("understanding") or {}
    return Answer(
        replies=tuple(_reply(reply) for reply in raw["replies"]),
        slots=raw.get("slots") or {},
        intent=understanding.get("intent"),
        confidence=understanding.get("confidence"),
        entities=tuple(understanding.get("entities") or ()),
        actions=tuple(understanding.get("actions") or ()),
    )


def _reply(raw: dict[str, Any]) -> Reply:
    choices = tuple(
        Choice(choice["title"], choice["intent"], choice.get("entities") or {})
        for choice in raw.get("choices") or ()
    )
    return Reply(raw.get("text") or "", choices, tuple(raw.get("cards") or ()))
