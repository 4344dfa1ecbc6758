import pytest
from argon2 import PasswordHasher

from crm_store.agents.passwords import Passwords
from crm_store.agents.repository import AgentRepository
from crm_store.agents.roles import RIGHTS, Right, Role
from crm_store.agents.service import Credentials, log_in, logged_in
from crm_store.agents.staff import (
    add_agent,
    change_role,
    dismiss,
    log_out_everywhere,
    take_on_again,
)
from crm_store.audit.repository import AuditRepository
from crm_store.base import utc_now
from crm_store.db import SessionFactory
from crm_store.errors import LastAdmin, LoginRefused, UnknownAgent

pytestmark = [pytest.mark.integration, pytest.mark.anyio]

PASSWORD = "correct horse battery"
SHOWN = Credentials("mia", PASSWORD, "192.0.2.1")
QUICK = Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


async def _hire(sessions: SessionFactory, login: str, role: Role) -> None:
    await add_agent(sessions, login, login.title(), PASSWORD, passwords=QUICK, role=role)


async def _enter(sessions: SessionFactory) -> str:
    return await log_in(sessions, SHOWN, passwords=QUICK, at=utc_now())


async def _is_in(sessions: SessionFactory, secret: str) -> bool:
    async with sessions.begin() as session:
        return await logged_in(session, secret, at=utc_now()) is not None


async def test_another_role_is_logged_in_to_anew(sessions: SessionFactory) -> None:
    await _hire(sessions, "mia", Role.agent)
    secret = await _enter(sessions)

    await change_role(sessions, "mia", Role.lead)

    assert not await _is_in(sessions, secret)
    async with sessions() as session:
        mia = await AgentRepository(session).find("mia")
        last = await AuditRepository(session).last()
    assert mia is not None
    assert last is not None
    assert mia.may(Right.take_over)
    assert (last.deed, last.facts) == ("role changed", {"agent": str(mia.id), "role": "lead"})


async def test_the_last_admin_stays_admin(sessions: SessionFactory) -> None:
    await _hire(sessions, "mia", Role.admin)
    await _hire(sessions, "tom", Role.admin)
    await change_role(sessions, "tom", Role.agent)

    with pytest.raises(LastAdmin):
        await change_role(sessions, "mia", Role.agent)
    with pytest.raises(LastAdmin):
        await dismiss(sessions, "mia")


async def test_whoever_has_left_is_out_and_stays_out(sessions: SessionFactory) -> None:
    await _hire(sessions, "mia", Role.agent)
    secret = await _enter(sessions)

    await dismiss(sessions, "mia")

    assert not await _is_in(sessions, secret)
    with pytest.raises(LoginRefused):
        await _enter(sessions)
    async with sessions.begin() as session:
        assert not await AgentRepository(session).everybody()
        mia = await AgentRepository(session).find("mia")
        assert mia is not None
        await take_on_again(session, mia)
    assert await _enter(sessions)


async def test_every_login_of_an_agent_ends(sessions: SessionFactory) -> None:
    await _hire(sessions, "mia", Role.agent)
    secrets = [await _enter(sessions), await _enter(sessions)]

    await log_out_everywhere(sessions, "Mia")

    assert [await _is_in(sessions, secret) for secret in secrets] == [False, False]
    with pytest.raises(UnknownAgent):
        await log_out_everywhere(sessions, "nobody")


def test_every_role_can_enter_and_every_right_is_somebodys() -> None:
    assert all(Right.enter in RIGHTS[role] for role in Role)
    assert set().union(*RIGHTS.values()) == set(Right)
