"""A second proof beside the password: a code of six digits that changes every half minute.

TOTP as in RFC 6238. Each code counts once (section 5.2), and one step early or late is let pass.
"""

from datetime import datetime
from typing import Final

import pyotp
from sqlalchemy.ext.asyncio import AsyncSession

from crm_store.agents.models import Agent
from crm_store.agents.repository import AgentRepository
from crm_store.audit.repository import CONSOLE, AuditRepository
from crm_store.errors import LoginRefused, SecondFactorNeeded
from crm_store.sealing import BrokenSeal, Seal

ISSUER: Final = "Rapport"
DRIFT: Final = 1
PURPOSE: Final = "second factors"
"""What is sealed of them cannot be opened as anything else."""


async def begin(session: AsyncSession, agent: Agent, seal: Seal) -> str:
    """Return the address that an authenticator reads; no code is demanded until one was shown."""
    theirs = await AgentRepository(session).for_writing(agent.id)
    if theirs.second_factor_since is not None:
        # Else whoever finds a page open could put their own in its place.
        raise SecondFactorNeeded
    key = pyotp.random_base32()
    theirs.second_factor, theirs.second_factor_since = seal.close(key), None
    return pyotp.TOTP(key).provisioning_uri(name=theirs.login, issuer_name=ISSUER)


async def confirm(
    session: AsyncSession, agent: Agent, code: str, seal: Seal, *, at: datetime
) -> None:
    """Demand codes from now on, once one was right; raise LoginRefused for a wrong one."""
    theirs = await AgentRepository(session).for_writing(agent.id)
    _use(theirs, code, seal, at)
    theirs.second_factor_since = at
    await AuditRepository(session).record("second factor begun", agent.id, at=at)


async def end(session: AsyncSession, agent: Agent, code: str, seal: Seal, *, at: datetime) -> None:
    """Demand no codes any more, of whoever shows one more."""
    theirs = await AgentRepository(session).for_writing(agent.id)
    _use(theirs, code, seal, at)
    await forget(session, theirs, by=str(agent.id))


async def forget(session: AsyncSession, agent: Agent, *, by: str = CONSOLE) -> None:
    """Demand no codes of somebody any more, who may have lost what makes them."""
    agent.second_factor = agent.second_factor_since = None
    agent.second_factor_step = 0
    about = {"agent": str(agent.id)}
    await AuditRepository(session).record("second factor ended", by, facts=about)


async def demand(
    session: AsyncSession, agent: Agent, code: str, seal: Seal | None, *, at: datetime
) -> None:
    """Let whoever has no second factor pass, and others by their code."""
    theirs = await AgentRepository(session).for_writing(agent.id)
    if theirs.second_factor_since is None:
        return
    if not code:
        raise SecondFactorNeeded
    if seal is None:
        raise LoginRefused
    _use(theirs, code, seal, at)


def _use(agent: Agent, code: str, seal: Seal, at: datetime) -> None:
    """Take a code that is right and has not counted before, and let it count no more."""
    step = None
    if agent.second_factor is not None:
        try:
            step = _step_of(seal.open(agent.second_factor), code, at)
        except BrokenSeal as error:
            raise LoginRefused from error
    if step is None or step <= agent.second_factor_step:
        raise LoginRefused
    agent.second_factor_step = step


def _step_of(key: str, code: str, at: datetime) -> int | None:
    totp, given = pyotp.TOTP(key), "".join(code.split())
    now = totp.timecode(at)
    steps = range(now - DRIFT, now + DRIFT + 1)
    return next(
        (step for step in steps if pyotp.utils.strings_equal(totp.generate_otp(step), given)), None
    )
