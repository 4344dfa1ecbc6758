"""Everything running, once for all scenarios: database, bot, actions and channels."""

from collections.abc import AsyncIterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import get_args

import pytest

from channels.phone.standby import standby
from channels.simulator.account import Account
from channels.simulator.simulator import Simulator
from channels.up.ports import free_ports
from channels.up.stack import Stack
from crm_store.base import utc_now
from crm_store.db import create_engine, create_session_factory
from crm_store.strategy.policies import Weekday, seed
from crm_store.strategy.repository import PolicyRepository
from tests.e2e.desk import AgentAtDesk, at_desk
from tests.e2e.world import World


@pytest.fixture(scope="session")
async def stack() -> AsyncIterator[Stack]:
    """Start the product as `make run` does, in a folder of its own.

    It waits long for its bot: where a test kills it, every message is to be answered by it.
    """
    environment = {"RAPPORT_MESSAGES_PER_MINUTE": "10000", "RAPPORT_BOT_PATIENCE": "120"}
    with TemporaryDirectory(prefix="rapport-up-") as folder:
        async with Stack(Path(folder), ports=free_ports(), environment=environment) as running:
            await _never_close(running.database_url)
            yield running


@pytest.fixture(scope="session")
async def world(stack: Stack) -> AsyncIterator[World]:
    """Look into its store."""
    engine = create_engine(stack.database_url)
    yield World(create_session_factory(engine))
    await engine.dispose()


@pytest.fixture(scope="session")
def simulator(stack: Stack) -> Simulator:
    """A telephone."""
    told = stack.environment
    account = Account(told["TWILIO_ACCOUNT_SID"], told["TWILIO_AUTH_TOKEN"])
    return Simulator(account, stack.url, standby=standby())


@pytest.fixture(scope="session")
async def agent(stack: Stack) -> AsyncIterator[AgentAtDesk]:
    """The demo shop's agent, at the desk."""
    assert stack.login is not None
    assert stack.login.password is not None
    async with at_desk(stack.url, stack.login.name, stack.login.password) as agent:
        yield agent


async def _never_close(database_url: str) -> None:
    """Have people at the desk day and night, for tests run at any hour."""
    engine = create_engine(database_url)
    async with create_session_factory(engine).begin() as session:
        shop = {**seed()["shop"], "hours": dict.fromkeys(get_args(Weekday), "00:00-00:00")}
        await PolicyRepository(session).change("shop", shop, at=utc_now())
    await engine.dispose()
