import asyncio
from datetime import timedelta

import pytest
from argon2 import PasswordHasher
from sqlalchemy import select

from crm_store.agents.models import AgentSession
from crm_store.agents.passwords import Passwords
from crm_store.agents.service import (
    TRIES_PER_LOGIN,
    WINDOW,
    Credentials,
    log_in,
    logged_in,
)
from crm_store.agents.staff import add_agent, change_password, ensure_demo_agent
from crm_store.base import utc_now
from crm_store.db import SessionFactory
from crm_store.errors import LoginRefused, LoginTaken, UnknownAgent

pytestmark = [pytest.mark.integration, pytest.mark.anyio]

PASSWORD = "correct horse battery"
SHOWN = Credentials("mia", PASSWORD, "192.0.2.1")
WRONG = Credentials("mia", "wrong", "192.0.2.1")


@pytest.fixture
def passwords() -> Passwords:
    return Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


async def test_the_demo_agent_is_made_once_and_told_once(sessions: SessionFactory) -> None:
    login, password = await ensure_demo_agent(sessions)
    again = await ensure_demo_agent(sessions)

    assert password is not None
    assert again == (login, None)
    shown = Credentials(login, password, "192.0.2.1")
    assert await log_in(sessions, shown, passwords=Passwords(), at=utc_now())


async def test_two_agents_never_share_a_login(
    sessions: SessionFactory, passwords: Passwords
) -> None:
    await add_agent(sessions, "mia", "Mia", PASSWORD, passwords=passwords)

    with pytest.raises(LoginTaken):
        await add_agent(sessions, " MIA", "Another", PASSWORD, passwords=passwords)


async def test_a_new_password_ends_what_was_open(
    sessions: SessionFactory, passwords: Passwords
) -> None:
    await add_agent(sessions, "mia", "Mia", PASSWORD, passwords=passwords)
    await log_in(sessions, SHOWN, passwords=passwords, at=utc_now())

    await change_password(sessions, "mia", "another horse battery", passwords=passwords)

    async with sessions() as session:
        assert (await session.scalars(select(AgentSession))).all() == []
    with pytest.raises(LoginRefused):
        await log_in(sessions, SHOWN, passwords=passwords, at=utc_now())


async def test_nobody_gets_a_new_password(sessions: SessionFactory, passwords: Passwords) -> None:
    with pytest.raises(UnknownAgent):
        await change_password(sessions, "nobody", PASSWORD, passwords=passwords)


async def test_guesses_made_at_once_are_counted_one_by_one(
    sessions: SessionFactory, passwords: Passwords
) -> None:
    await add_agent(sessions, "mia", "Mia", PASSWORD, passwords=passwords)
    guesses = [log_in(sessions, WRONG, passwords=passwords, at=utc_now()) for _ in range(30)]

    results = await asyncio.gather(*guesses, return_exceptions=True)

    assert {type(result) for result in results} == {LoginRefused}
    with pytest.raises(LoginRefused):
        await log_in(sessions, SHOWN, passwords=passwords, at=utc_now())


async def test_who_was_held_up_may_try_again_later(
    sessions: SessionFactory, passwords: Passwords
) -> None:
    await add_agent(sessions, "mia", "Mia", PASSWORD, passwords=passwords)
    now = utc_now()
    for _ in range(TRIES_PER_LOGIN):
        with pytest.raises(LoginRefused):
            await log_in(sessions, WRONG, passwords=passwords, at=now)

    later = now + WINDOW + timedelta(seconds=1)
    assert await log_in(sessions, SHOWN, passwords=passwords, at=later)


async def test_a_success_forgets_the_slips_before_it(
    sessions: SessionFactory, passwords: Passwords
) -> None:
    await add_agent(sessions, "mia", "Mia", PASSWORD, passwords=passwords)
    for _ in range(3):
        for _ in range(TRIES_PER_LOGIN - 1):
            with pytest.raises(LoginRefused):
                await log_in(sessions, WRONG, passwords=passwords, at=utc_now())

        assert await log_in(sessions, SHOWN, passwords=passwords, at=utc_now())


async def test_use_keeps_a_session_open(sessions: SessionFactory, passwords: Passwords) -> None:
    await add_agent(sessions, "mia", "Mia", PASSWORD, passwords=passwords)
    start = utc_now()
    secret = await log_in(sessions, SHOWN, passwords=passwords, at=start)

    for minutes in (20, 40, 60):
        async with sessions.begin() as session:
            at = start + timedelta(minutes=minutes)
            assert await logged_in(session, secret, at=at) is not None
    async with sessions.begin() as session:
        assert await logged_in(session, secret, at=start + timedelta(minutes=91)) is None
