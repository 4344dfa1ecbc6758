"""The demo shop: there at the first start, so that there is something to try."""

from collections.abc import Mapping
from dataclasses import dataclass

from channels.up.guard import Guard
from channels.up.places import PYTHON, ROOT
from channels.up.program import Program, Tell, running
from crm_store.agents.staff import ensure_demo_agent
from crm_store.catalogue.repository import CatalogueRepository
from crm_store.db import SessionFactory, create_engine, create_session_factory


class DemoFailed(Exception):  # noqa: N818 - it names a state, not a failure
    """The demo shop could not be filled; its program has said why."""


@dataclass(frozen=True, slots=True)
class Login:
    """How to enter the desk; the password is known only to the start that made it."""

    name: str
    password: str | None


async def open_shop(environment: Mapping[str, str], *, tell: Tell, guard: Guard) -> Login:
    """Fill an empty store with the demo shop, and make sure of an agent at the desk."""
    engine = create_engine(environment["DATABASE_URL"], connections=2)
    sessions = create_session_factory(engine)
    try:
        if await _is_empty(sessions):
            await _fill_apart(environment, tell=tell, guard=guard)
        return Login(*await ensure_demo_agent(sessions))
    finally:
        await engine.dispose()


async def _is_empty(sessions: SessionFactory) -> bool:
    # What a shop with products has not placed yet, the actions place while it is open.
    async with sessions.begin() as session:
        return await CatalogueRepository(session).empty()


async def _fill_apart(environment: Mapping[str, str], *, tell: Tell, guard: Guard) -> None:
    program = Program(
        name="demo",
        command=(str(PYTHON), "-m", "channels.up.fill_demo"),
        folder=ROOT,
        environment={"PYTHONUNBUFFERED": "1", **environment},
        answers=_never,
    )
    async with running(program, tell=tell, guard=guard) as process:
        code = await process.wait()
    if code != 0:
        raise DemoFailed(f"the demo shop could not be filled (exit status {code})")


async def _never() -> bool:
    return False
