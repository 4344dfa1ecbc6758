"""The desk's routes for what everybody does with their own account."""

from uuid import UUID

from fastapi import APIRouter, Request, Response

from channels.dependencies import TheSessions, TheSettings
from channels.desk import bodies
from channels.desk.auditing import demands
from channels.desk.edge import DeskRoute
from channels.desk.entry import TheAgent, ThePasswords, TheSeal, drop_cookie, secret_of
from channels.phone.browser import browser_phone
from crm_store.agents import second_factor
from crm_store.agents.logins import end_login, end_other_logins, open_logins
from crm_store.agents.models import Agent, AgentSession
from crm_store.agents.roles import RIGHTS, Right
from crm_store.agents.service import Credentials, LoggedIn, counted, log_out
from crm_store.agents.staff import change_own_password
from crm_store.agents.telephone import change_profile
from crm_store.base import Json, utc_now
from crm_store.db import SessionFactory

router = APIRouter(
    prefix="/desk/api",
    route_class=DeskRoute,
    dependencies=[demands(Right.enter)],
    max_body_size=16 * 1024,
)


@router.get("/me")
async def me(who: TheAgent, settings: TheSettings) -> Json:
    """Say who is logged in, with the token that every change must carry."""
    return {
        "agent": show_agent(who.agent),
        "csrf": who.csrf,
        "telephone": browser_phone(settings),
    }


@router.post("/me")
async def profile(
    body: bodies.Profile, who: TheAgent, sessions: TheSessions, settings: TheSettings
) -> Json:
    """Note where and in which language the agent is rung."""
    async with sessions.begin() as session:
        agent = await change_profile(
            session,
            who.agent.id,
            phone=body.phone,
            language=body.language,
            region=settings.rapport_region,
        )
    return show_agent(agent)


@router.post("/me/password", status_code=204)
async def password(
    body: bodies.NewPassword,
    request: Request,
    who: TheAgent,
    sessions: TheSessions,
    passwords: ThePasswords,
) -> Response:
    """Change one's password; one's other logins end."""
    address = request.client.host if request.client else ""
    shown = Credentials(who.agent.login, body.old, address)
    await change_own_password(sessions, who, shown, body.new, passwords=passwords)
    return Response(status_code=204)


@router.post("/me/second-factor")
async def begin_second_factor(
    who: TheAgent, sessions: TheSessions, seal: TheSeal
) -> dict[str, str]:
    """Return what an authenticator is told, to be confirmed by a code of it."""
    async with sessions.begin() as session:
        return {"address": await second_factor.begin(session, who.agent, seal)}


@router.post("/me/second-factor/confirm", status_code=204)
async def confirm_second_factor(
    body: bodies.Shown, request: Request, who: TheAgent, sessions: TheSessions, seal: TheSeal
) -> Response:
    """Demand a code at each login from now on."""
    await _count(request, who, sessions)
    async with sessions.begin() as session:
        await second_factor.confirm(session, who.agent, body.code, seal, at=utc_now())
    return Response(status_code=204)


@router.post("/me/second-factor/end", status_code=204)
async def end_second_factor(
    body: bodies.Shown, request: Request, who: TheAgent, sessions: TheSessions, seal: TheSeal
) -> Response:
    """Demand codes no more, of whoever shows one more."""
    await _count(request, who, sessions)
    async with sessions.begin() as session:
        await second_factor.end(session, who.agent, body.code, seal, at=utc_now())
    return Response(status_code=204)


@router.get("/me/logins")
async def logins(who: TheAgent, sessions: TheSessions) -> list[Json]:
    """Tell where one is logged in."""
    async with sessions() as session:
        found = await open_logins(session, who.agent.id, at=utc_now())
    return [_show_login(login, who) for login in found]


@router.post("/me/logins/{login}/end", status_code=204)
async def end(login: UUID, who: TheAgent, sessions: TheSessions) -> Response:
    """End one of one's logins."""
    async with sessions.begin() as session:
        await end_login(session, who, login)
    return Response(status_code=204)


@router.post("/me/logins/end", status_code=204)
async def end_others(who: TheAgent, sessions: TheSessions) -> Response:
    """End all of one's logins but this one."""
    async with sessions.begin() as session:
        await end_other_logins(session, who)
    return Response(status_code=204)


@router.post("/logout", status_code=204)
async def leave(request: Request, sessions: TheSessions, settings: TheSettings) -> Response:
    """End the session."""
    async with sessions.begin() as session:
        await log_out(session, secret_of(request, settings) or "")
    response = Response(status_code=204)
    drop_cookie(response, settings)
    return response


def show_agent(agent: Agent) -> Json:
    """Show an agent themself, and what they may do."""
    return {
        "id": str(agent.id),
        "name": agent.name,
        "login": agent.login,
        "role": agent.role,
        "second_factor": agent.second_factor_since is not None,
        "rights": sorted(RIGHTS[agent.role]),
        "phone": agent.phone or "",
        "language": agent.language,
    }


async def _count(request: Request, who: LoggedIn, sessions: SessionFactory) -> None:
    """Refuse whoever guesses codes on a page that they found open."""
    address = request.client.host if request.client else ""
    await counted(sessions, Credentials(who.agent.login, "", address), utc_now())


def _show_login(login: AgentSession, who: LoggedIn) -> Json:
    return {
        "id": str(login.id),
        "this": login.secret_hash == who.secret_hash,
        "address": login.address,
        "browser": login.browser,
        "since": login.created_at.isoformat(),
        "seen": login.seen_at.isoformat(),
    }
