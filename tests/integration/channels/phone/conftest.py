"""The whole application on a loopback port, with a bot of the test's own, and somebody who calls."""

import asyncio
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

import pytest
import uvicorn
from pydantic import SecretStr

from channels.app import create_app
from channels.bot import Bot
from channels.settings import ChannelSettings
from channels.simulator.account import Account
from channels.simulator.simulator import Simulator
from crm_store.db import SessionFactory

ACCOUNT = Account("AC" + "5" * 32, "a-token-that-opens-nothing")

Serve = Callable[[Bot], AbstractAsyncContextManager[Simulator]]


def settings_for(database_url: str, port: int) -> ChannelSettings:
    return ChannelSettings(
        database_url=SecretStr(database_url),
        rapport_secret=SecretStr("secret-between-processes"),
        rapport_public_url=f"http://127.0.0.1:{port}",
        rapport_demo=True,
        rapport_bot_patience=0.1,
        twilio_account_sid=ACCOUNT.sid,
        twilio_auth_token=SecretStr(ACCOUNT.token),
    )


@pytest.fixture
def serve(database_url: str, sessions: SessionFactory) -> Serve:
    """Run the application around a bot; whoever asks gets a phone to call it with."""

    @asynccontextmanager
    async def running(bot: Bot) -> AsyncIterator[Simulator]:
        listening = socket.create_server(("127.0.0.1", 0))
        port = listening.getsockname()[1]
        app = create_app(settings_for(database_url, port), bot)
        server = uvicorn.Server(uvicorn.Config(app, log_config=None, lifespan="on"))
        serving = asyncio.create_task(server.serve(sockets=[listening]))
        while not server.started:
            await asyncio.sleep(0.01)
        try:
            yield Simulator(ACCOUNT, f"http://127.0.0.1:{port}", deliveries=2)
        finally:
            server.should_exit = True
            await serving

    return running
