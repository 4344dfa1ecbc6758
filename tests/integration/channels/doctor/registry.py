"""What Twilio's REST API tells of an account and its number, held against its own description."""

import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from fastapi import FastAPI, Response

from tests.integration.channels.phone.running import ACCOUNT
from tests.serving import serving
from tests.twilio_api import checked

NUMBER = "+4930901820099"
PATH = "/2010-04-01/Accounts/" + ACCOUNT.sid


@asynccontextmanager
async def a_registry(*, state: str = "active", **number: Any) -> AsyncIterator[str]:
    """Give the address of an API that knows one number, set up as it is told."""
    app = FastAPI()

    @app.get("/")
    async def root() -> Response:
        return Response()

    @app.get(f"{PATH}.json")
    async def account() -> dict[str, Any]:
        return {"sid": ACCOUNT.sid, "status": state, "friendly_name": "A shop"}

    @app.get(f"{PATH}/IncomingPhoneNumbers.json")
    async def numbers() -> dict[str, Any]:
        known = {"sid": "PN" + "0" * 32, "phone_number": NUMBER, **number}
        return {"incoming_phone_numbers": [known] if number else [], "page": 0, "page_size": 1}

    with socket.create_server(("127.0.0.1", 0)) as listening:
        async with serving(checked(app), listening):
            yield f"http://127.0.0.1:{listening.getsockname()[1]}"
