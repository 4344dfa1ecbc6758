"""The action server: `python -m actions.server`, for the bot alone."""

import asyncio
import hmac
import logging
import traceback
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from http import HTTPStatus
from typing import Any

from rasa_sdk.executor import ActionExecutor
from rasa_sdk.interfaces import (
    ActionExecutionRejection,
    ActionMissingDomainException,
    ActionNotFoundException,
)
from sanic import HTTPResponse, Request, Sanic, json
from sanic.exceptions import SanicException

from actions import wiring
from crm_store.base import Language
from crm_store.catalogue.encoders import Encoder

HOST = "127.0.0.1"
SECRET_HEADER = "X-Rapport-Secret"  # noqa: S105 - the header's name
LARGEST_REQUEST = 16 * 1024 * 1024
STOP_SECONDS = 5.0
SEND_THE_DOMAIN_TOO = 449

App = Sanic[Any, Any]

logger = logging.getLogger(__name__)


def create_app(
    executor: ActionExecutor, secret: str, encoder: Callable[[], Encoder] = wiring.encoder
) -> App:
    """Return the server's application; it works only for whoever knows the secret."""
    app = Sanic("rapport-actions", configure_logging=False)
    app.config.REQUEST_MAX_SIZE = LARGEST_REQUEST
    app.config.GRACEFUL_SHUTDOWN_TIMEOUT = STOP_SECONDS
    app.on_request(partial(_refuse_strangers, secret.encode()))
    app.add_route(_health, "/health", methods=["GET"])
    app.add_route(partial(_run, executor), "/webhook", methods=["POST"], name="webhook")
    app.add_route(partial(_encode, encoder), "/encode", methods=["POST"], name="encode")
    app.exception(Exception)(_failed)
    return app


async def _refuse_strangers(secret: bytes, request: Request) -> HTTPResponse | None:
    given = request.headers.get(SECRET_HEADER, "").encode()
    if request.path == "/health" or hmac.compare_digest(given, secret):
        return None
    return _error(HTTPStatus.UNAUTHORIZED, "unauthorized")


async def _health(_: Request) -> HTTPResponse:
    return json({"status": "ok"})


async def _run(executor: ActionExecutor, request: Request) -> HTTPResponse:
    call = request.json
    if not isinstance(call, dict):
        return _error(HTTPStatus.BAD_REQUEST, "no_action")
    name = str(call.get("next_action"))
    try:
        result = await executor.run(call)
    except ActionExecutionRejection:
        return _error(HTTPStatus.BAD_REQUEST, "rejected", action_name=name)
    except ActionNotFoundException:
        return _error(HTTPStatus.NOT_FOUND, "unknown_action", action_name=name)
    except ActionMissingDomainException:
        return _error(SEND_THE_DOMAIN_TOO, "no_domain", action_name=name)
    return json(result.model_dump() if result else None)


async def _encode(encoder: Callable[[], Encoder], request: Request) -> HTTPResponse:
    """Answer with the vectors of texts: the model is loaded here, and in no other program."""
    asked = request.json if isinstance(request.json, dict) else {}
    texts, language = asked.get("texts"), asked.get("language")
    if not isinstance(texts, list) or not all(isinstance(text, str) for text in texts):
        return _error(HTTPStatus.BAD_REQUEST, "no_texts")
    spoken = Language(language) if language in set(Language) else None
    placed = await asyncio.to_thread(lambda: encoder().place(texts, spoken))
    return json({"space": placed.space, "vectors": placed.vectors.tolist()})


async def _failed(_: Request, failure: Exception) -> HTTPResponse:
    if isinstance(failure, SanicException):
        return _error(failure.status_code or HTTPStatus.BAD_REQUEST, "bad_request")
    # Neither its text nor the request: both may hold what a customer has said.
    where = "".join(traceback.format_tb(failure.__traceback__))
    logger.error("an action failed: %s\n%s", type(failure).__name__, where)
    return _error(HTTPStatus.INTERNAL_SERVER_ERROR, "action_failed")


def _error(status: int, error: str, **more: str) -> HTTPResponse:
    return json({"error": error, **more}, status=int(status))


async def _warm_up(_: App) -> None:
    # So that customers wait for the encoder to load only where that takes very long.
    await wiring.care().open()


async def _keep_catalogue(app: App) -> None:
    app.ctx.keeping = asyncio.create_task(wiring.care().keep())


async def _leave_catalogue(app: App) -> None:
    app.ctx.keeping.cancel()
    with suppress(asyncio.CancelledError):
        await app.ctx.keeping


async def _close(_: App) -> None:
    await wiring.close()


def main() -> None:
    """Serve until asked to stop, and let what runs finish."""
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(name)s: %(message)s")
    settings = wiring.settings()
    executor = ActionExecutor()
    executor.register_package("actions")
    app = create_app(executor, settings.rapport_secret.get_secret_value())
    app.before_server_start(_warm_up)
    app.after_server_start(_keep_catalogue)
    app.before_server_stop(_leave_catalogue)
    app.after_server_stop(_close)
    app.run(
        HOST,
        settings.rapport_actions_port,
        single_process=True,
        motd=False,
        access_log=False,
    )


if __name__ == "__main__":
    main()
