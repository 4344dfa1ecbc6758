"""The only way into the assistant: one request per turn, from the channels alone."""

import gc
import hmac
import logging
import os
from collections.abc import Awaitable, Callable
from typing import Any

from rasa.core.channels.channel import InputChannel, UserMessage
from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, json

from bot import logs, turn
from bot.lines import Lines
from bot.request import BadRequest, TurnRequest
from bot.watched import ActionFailed

logger = logging.getLogger(__name__)
SECRET_HEADER = "X-Rapport-Secret"  # noqa: S105 - the header's name, no secret


class RapportInput(InputChannel):
    """Takes the channels' turns and says plainly when one has failed, as Rasa's own do not."""

    def __init__(self, secret: str) -> None:
        self._secret = secret.encode()

    @classmethod
    def name(cls) -> str:
        """Name the part of the address that is ours."""
        return "rapport"

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> "RapportInput":
        """Take the secret from the environment; without one nobody may speak to the assistant."""
        logs.keep_confidential()
        return cls(os.environ["RAPPORT_SECRET"])

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """Route turns to the agent itself, as Rasa's way of handing them over hides failures."""
        routes = Blueprint("rapport")

        @routes.after_server_start
        async def settle(*_: object) -> None:
            # A search for garbage through Rasa and its model holds up everybody for a second; they
            # are there to stay. https://docs.python.org/3/library/gc.html#gc.freeze
            gc.collect()
            gc.freeze()

        @routes.get("/")
        async def ready(request: Request) -> HTTPResponse:
            return json({"ready": request.app.ctx.agent.is_ready()})

        @routes.post("/turn")
        async def take_turn(request: Request) -> HTTPResponse | None:
            return await self._take_turn(request)

        return routes

    async def _take_turn(self, request: Request) -> HTTPResponse | None:
        if not self._knows(request.headers.get(SECRET_HEADER, "")):
            return json({"error": "unknown_sender"}, status=401)
        lines = Lines(request)
        try:
            asked = TurnRequest.from_body(request.json)
            answer = await turn.take(asked, request.app.ctx.agent, lines.reply)
            return await lines.end({"answer": answer})
        except (BadRequest, turn.UnknownIntent) as error:
            return await lines.end({"error": "bad_turn", "field": str(error)}, status=422)
        except ActionFailed:
            logger.exception("An action has failed.")
            return await lines.end({"error": "action_failed"}, status=424)
        except Exception:
            logger.exception("A turn has failed.")
            return await lines.end({"error": "turn_failed"}, status=500)

    def _knows(self, secret: str) -> bool:
        return hmac.compare_digest(secret.encode(), self._secret)
