"""Who may come in: the session cookie, and proof that our own page asks."""

from secrets import compare_digest
from typing import Annotated
from urllib.parse import urlsplit

from fastapi import Depends
from starlette.requests import HTTPConnection, Request
from starlette.responses import Response

from channels.dependencies import TheCommon, TheSettings
from channels.desk.edge import LoginNeeded
from channels.refusing import ForeignPage
from channels.settings import ChannelSettings
from crm_store.agents.passwords import Passwords
from crm_store.agents.second_factor import PURPOSE
from crm_store.agents.service import LONGEST, LoggedIn
from crm_store.sealing import Seal

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


def cookie_name(settings: ChannelSettings) -> str:
    """Return the cookie's name; under https the browser itself guards it by its prefix."""
    return "__Host-rapport-desk" if _https(settings) else "rapport-desk"


def keep_cookie(response: Response, secret: str, settings: ChannelSettings) -> None:
    """Give the browser the secret of its session, out of reach of any script."""
    _keep(response, cookie_name(settings), secret, settings, seconds=int(LONGEST.total_seconds()))


def drop_cookie(response: Response, settings: ChannelSettings) -> None:
    """Take the secret back."""
    _drop(response, cookie_name(settings), settings)


def keep_attempt(
    response: Response, sealed: str, settings: ChannelSettings, *, seconds: int
) -> None:
    """Have the browser remember which try to log in elsewhere it has begun."""
    _keep(response, _attempt_name(settings), sealed, settings, seconds=seconds)


def drop_attempt(response: Response, settings: ChannelSettings) -> None:
    """Have the browser forget it: it counts once."""
    _drop(response, _attempt_name(settings), settings)


def kept_attempt(connection: HTTPConnection, settings: ChannelSettings) -> str:
    """Return what the browser remembers of it."""
    return connection.cookies.get(_attempt_name(settings), "")


def secret_of(connection: HTTPConnection, settings: ChannelSettings) -> str | None:
    """Return the secret that the browser shows."""
    return connection.cookies.get(cookie_name(settings))


def from_our_page(connection: HTTPConnection, settings: ChannelSettings) -> bool:
    """Return whether a browser says that a page of this very site asks.

    Sites that embed the widget are not among them: nothing of theirs may act for an agent.
    """
    origin = connection.headers.get("origin")
    if origin is None:
        return False
    ours = settings.rapport_public_url.rstrip("/")
    return origin == ours or urlsplit(origin).netloc == connection.headers.get("host")


async def the_passwords(connection: HTTPConnection) -> Passwords:
    """Return the one that checks passwords, a few at a time, for the whole process."""
    passwords: Passwords = connection.state.passwords
    return passwords


async def the_seal(settings: TheSettings) -> Seal:
    """Return what keeps second factors unreadable in the store."""
    return Seal(settings.rapport_secret.get_secret_value(), PURPOSE)


async def require_our_page(request: Request, settings: TheSettings) -> None:
    """Refuse a request that another site's page could have made."""
    if request.method in SAFE:
        return
    site = request.headers.get("sec-fetch-site", "same-origin")
    if site != "same-origin" or not from_our_page(request, settings):
        raise ForeignPage


async def require_login(request: Request, common: TheCommon, settings: TheSettings) -> LoggedIn:
    """Return the agent; refuse whoever is not logged in, and a change without its token."""
    await require_our_page(request, settings)
    who = await whoever(request, common, settings)
    token = request.headers.get("x-csrf", "")
    if request.method not in SAFE and not compare_digest(token.encode(), who.csrf.encode()):
        raise ForeignPage
    return who


async def whoever(connection: HTTPConnection, common: TheCommon, settings: TheSettings) -> LoggedIn:
    """Return the agent of the browser's session, or raise LoginNeeded."""
    secret = secret_of(connection, settings)
    if secret is None:
        raise LoginNeeded
    who = await common.logins.ask(secret)
    if who is None:
        raise LoginNeeded
    return who


def _keep(
    response: Response, name: str, value: str, settings: ChannelSettings, *, seconds: int
) -> None:
    response.set_cookie(
        name,
        value,
        max_age=seconds,
        path="/",
        secure=_https(settings),
        httponly=True,
        # It must come along when an identity provider sends the browser back.
        samesite="lax",
    )


def _drop(response: Response, name: str, settings: ChannelSettings) -> None:
    response.delete_cookie(name, path="/", secure=_https(settings), httponly=True, samesite="lax")


def _attempt_name(settings: ChannelSettings) -> str:
    return f"{cookie_name(settings)}-attempt"


def _https(settings: ChannelSettings) -> bool:
    return settings.rapport_public_url.startswith("https://")


TheAgent = Annotated[LoggedIn, Depends(require_login)]
TheSeal = Annotated[Seal, Depends(the_seal)]
ThePasswords = Annotated[Passwords, Depends(the_passwords)]
