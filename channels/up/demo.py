"""The demo shop: there at the first start, so that there is something to try."""

from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec

from crm_store.agents.service import ensure_demo_agent
from crm_store.db import create_engine, create_session_factory


@dataclass(frozen=True, slots=True)
class Login:
    """How to enter the desk; the password is known only to the start that made it."""

    name: str
    password: str | None


async def fill(url: str) -> Login:
    """Fill an empty store with the demo shop, and make sure of an agent at the desk."""
    engine = create_engine(url, connections=2)
    sessions = create_session_factory(engine)
    try:
        if find_spec("crm_store.demo"):
            await import_module("crm_store.demo").fill(sessions)
        return Login(*await ensure_demo_agent(sessions))
    finally:
        await engine.dispose()
