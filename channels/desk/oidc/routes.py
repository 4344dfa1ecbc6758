"""The way to the identity provider, and back from it."""

from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Depends, Query, Request
from starlette.requests import HTTPConnection
from starlette.responses import RedirectResponse, Response

from channels.dependencies import TheSessions, TheSettings
from channels.desk.entry import drop_attempt, keep_attempt, keep_cookie, kept_attempt, secret_of
from channels.desk.oidc.attempt import MOST_SECONDS, Attempt
from channels.desk.oidc.errors import (
    NotVouched,
    OidcRefused,
    ProviderDeclined,
    ProviderUnreachable,
)
from channels.desk.oidc.provider import Provider
from channels.headers import secured
from channels.settings import ChannelSettings
from crm_store.agents.service import Browser, log_out
from crm_store.agents.vouching import let_in
from crm_store.base import utc_now
from crm_store.db import SessionFactory
from crm_store.errors import NotAnAgent

PLACE = "/desk/oidc"
DESK = "/desk"
NOT_AN_AGENT = "not_an_agent"
OIDC_RULES = frozenset(
    {NOT_AN_AGENT, *(kind.rule for kind in (NotVouched, ProviderDeclined, ProviderUnreachable))}
)
"""Why nobody comes in by the provider, as the page names it."""
router = APIRouter(prefix=PLACE, tags=["desk"])


async def _provider(connection: HTTPConnection) -> Provider | None:
    provider: Provider | None = connection.state.provider
    return provider


TheProvider = Annotated[Provider | None, Depends(_provider)]


@router.get("/begin")
async def begin(settings: TheSettings, provider: TheProvider) -> Response:
    """Send somebody to the provider, and have the browser remember what was begun."""
    attempt = Attempt.begin()
    try:
        if provider is None:
            raise ProviderDeclined
        answer = RedirectResponse(await provider.address(attempt), 303)
    except OidcRefused as refused:
        return _refused(refused.rule)
    keep_attempt(answer, attempt.sealed(_secret(settings)), settings, seconds=MOST_SECONDS)
    return secured(answer)


@router.get("/return")
async def back(
    request: Request,
    sessions: TheSessions,
    settings: TheSettings,
    provider: TheProvider,
    code: Annotated[str, Query(max_length=4096)] = "",
    state: Annotated[str, Query(max_length=200)] = "",
) -> Response:
    """Let in whom the provider vouches for, under a session of our own."""
    try:
        secret = await _let_in(request, sessions, settings, provider, code=code, state=state)
    except OidcRefused as refused:
        answer = _refused(refused.rule)
    except NotAnAgent:
        answer = _refused(NOT_AN_AGENT)
    else:
        answer = secured(RedirectResponse(DESK, 303))
        keep_cookie(answer, secret, settings)
    drop_attempt(answer, settings)
    return answer


async def _let_in(
    request: Request,
    sessions: SessionFactory,
    settings: ChannelSettings,
    provider: Provider | None,
    *,
    code: str,
    state: str,
) -> str:
    if provider is None:
        raise ProviderDeclined
    attempt = Attempt.opened(kept_attempt(request, settings), _secret(settings), state=state)
    if not code:
        raise ProviderDeclined
    vouched = await provider.vouch(code, attempt)
    address = request.client.host if request.client else ""
    browser = Browser(address, request.headers.get("user-agent", ""))
    welcome, former = settings.rapport_oidc.welcome, secret_of(request, settings)
    async with sessions.begin() as session:
        if former is not None:
            await log_out(session, former)
        return await let_in(session, vouched, welcome, browser, at=utc_now())


def _refused(rule: str) -> Response:
    return secured(RedirectResponse(f"{DESK}?refused={quote(rule)}", 303))


def _secret(settings: ChannelSettings) -> str:
    return settings.rapport_secret.get_secret_value()
