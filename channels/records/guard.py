"""The way into the administration: the desk's own login, roles, checks and record."""

from secrets import token_urlsafe
from typing import Final
from uuid import UUID

from starlette.middleware.base import BaseHTTPMiddleware, RequestResponseEndpoint
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette_admin.i18n import set_locale

from channels.desk.edge import DeskRoute, LoginNeeded
from channels.desk.entry import SAFE, require_our_page, whoever
from channels.refusing import ForeignPage
from channels.wording import the_language
from crm_store.agents.roles import Right
from crm_store.agents.service import LoggedIn
from crm_store.audit.repository import AuditRepository
from crm_store.errors import RoleForbids

RIGHTS: Final = (Right.administer, Right.audit)
DEED: Final = "admin"
FILES: Final = "/static/"
ASKED: Final = ("pk", "name")
"""Of an address: which record, and what is done to it. What was searched for is nobody's."""


class Guard(BaseHTTPMiddleware):
    """Lets in whoever's role may, writes down what they ask for, and lends them the store."""

    async def dispatch(self, request: Request, call_next: RequestResponseEndpoint) -> Response:
        """Answer a request of the administration."""
        if FILES in request.scope["path"]:
            return await call_next(request)
        request.state.nonce = token_urlsafe(16)
        set_locale(request.cookies.get("language") or the_language(request))
        try:
            answer = await self._let_in(request, call_next)
        except LoginNeeded:
            return RedirectResponse("/desk", 303)
        except (ForeignPage, RoleForbids) as refusal:
            return DeskRoute.refuse(refusal, request)
        answer.headers.update(_headers(request.state.nonce))
        return answer

    async def _let_in(self, request: Request, call_next: RequestResponseEndpoint) -> Response:
        state = request.state
        await require_our_page(request, state.settings)
        who = await whoever(request, state.common, state.settings)
        await _put_on_record(request, who)
        _require_any(who)
        request.state.who = who
        if _is_entrance(request):
            return RedirectResponse(f"{request.scope['root_path']}/{_first_page(who)}", 303)
        async with state.sessions() as session:
            request.state.session = session
            answer = await call_next(request)
            # A form with a mistake in it is answered as one, and changes nothing.
            await (session.commit() if answer.status_code < 400 else session.rollback())
        return answer


def who(request: Request) -> LoggedIn:
    """Return whoever is administering."""
    found: LoggedIn = request.state.who
    return found


async def _put_on_record(request: Request, who: LoggedIn) -> None:
    noun, _, rest = _place(request).partition("/")
    given = {name: asked for name in ASKED if (asked := request.query_params.get(name))}
    barred = {} if _may_any(who) else {"barred": who.agent.role.value}
    if not noun and not barred and request.method in SAFE:
        return
    async with request.state.sessions.begin() as session:
        await AuditRepository(session).record(
            f"{DEED} {request.method} {noun}/{rest}".rstrip("/"),
            who.agent.id,
            customer=_id(given.get("pk")) if noun == "customer" else None,
            facts=given | barred,
        )


def _is_entrance(request: Request) -> bool:
    return _place(request) == ""


def _first_page(who: LoggedIn) -> str:
    return "customer/list" if who.agent.may(Right.administer) else "audit/list"


def _place(request: Request) -> str:
    path: str = request.scope["path"]
    return path.removeprefix(request.scope["root_path"]).strip("/")


def _may_any(who: LoggedIn) -> bool:
    return any(who.agent.may(right) for right in RIGHTS)


def _require_any(who: LoggedIn) -> None:
    if not _may_any(who):
        raise RoleForbids(f"role {who.agent.role} administers nothing")


def _id(given: str | None) -> UUID | None:
    try:
        return None if given is None else UUID(given)
    except ValueError:
        return None


def _headers(nonce: str) -> dict[str, str]:
    policy = (
        "default-src 'none'",
        f"script-src 'self' 'nonce-{nonce}'",
        # Bootstrap places its menus by attributes; colours and sizes run no script.
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
    return {
        "Cache-Control": "no-store",
        "Content-Security-Policy": "; ".join(policy),
        "Referrer-Policy": "same-origin",
        "X-Content-Type-Options": "nosniff",
    }
