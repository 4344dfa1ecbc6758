"""The bot as the channels see it: a message goes in, replies come out."""

from typing import Any, Protocol

import httpx2

from channels.messages import Answer, BotRequest, Choice, Reply

STEP_FAILED = 424
"""By which the connector says that an action has failed (RFC 4918, failed dependency)."""


class BotUnavailable(Exception):  # noqa: N818 - it names a state, not a failure
    """The bot did not answer; the customer must not be left hanging."""


class StepFailed(BotUnavailable):
    """The bot is there, but a step of it did not work out."""


class Bot(Protocol):
    """Whatever can take a turn in a conversation."""

    async def reply(self, request: BotRequest) -> Answer:
        """Answer one message, the same for the same message id; raise BotUnavailable."""
        ...


class RasaBot:
    """The Rasa process, through its own connector."""

    def __init__(self, client: httpx2.AsyncClient, secret: str) -> None:
        self._client = client
        self._headers = {"X-Rapport-Secret": secret}

    async def reply(self, request: BotRequest) -> Answer:
        """Ask the connector; anything but an answer with words is BotUnavailable."""
        try:
            response = await self._client.post(
                "/webhooks/rapport/turn",
                headers=self._headers,
                json={
                    "conversation": str(request.conversation),
                    "message_id": str(request.message_id),
                    **request.body,
                },
            )
            if response.status_code == STEP_FAILED:
                raise StepFailed
            response.raise_for_status()
            answer = _answer(response.json())
        except (httpx2.HTTPError, ValueError, KeyError) as error:
            raise BotUnavailable from error
        if not answer.replies:
            raise BotUnavailable("the bot had nothing to say")
        return answer


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
