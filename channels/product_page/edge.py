"""Which pages may ask, how often, and what lets a browser read the answer on another website."""

from starlette.requests import Request
from starlette.responses import Response

from channels.api.edge import TooMany
from channels.dependencies import TheSettings
from channels.refusing import ForeignPage
from channels.web_chat.pace import Paces

OTHER_WEBSITES = {
    "Access-Control-Allow-Headers": "Content-Type",
    "Access-Control-Allow-Methods": "POST",
    "Access-Control-Max-Age": "600",
    "Cross-Origin-Resource-Policy": "cross-origin",
    "Vary": "Origin",
}


async def require_our_page(request: Request, response: Response, settings: TheSettings) -> None:
    """Let in the pages that may embed the widget, as the chat does; raise ForeignPage."""
    # A browser always names the page's origin; without the check any page could ride on ours.
    origin = request.headers.get("origin")
    if origin is None:
        return
    if origin not in settings.origins:
        raise ForeignPage
    response.headers.update(allowing(origin))


def allowing(origin: str) -> dict[str, str]:
    """Return the headers that let a page of this origin read the answer."""
    return {"Access-Control-Allow-Origin": origin, **OTHER_WEBSITES}


def demand_patience(request: Request, visitor: str | None) -> None:
    """Raise TooMany where a browser, or an address with browsers that nobody knows, is too fast."""
    paces: Paces = request.state.page_paces
    address = request.client.host if request.client else ""
    if not paces.allow(visitor or f"address {address}"):
        raise TooMany
