"""A product is looked at: it is written down, and what goes with it is answered."""

from uuid import UUID

from fastapi import APIRouter, Depends, Request

from channels.api.bodies import Shown
from channels.api.edge import ApiRoute
from channels.dependencies import TheSessions, TheSettings, TheSuggester
from channels.product_page.bodies import Chosen, Strip, Viewed
from channels.product_page.edge import demand_patience, require_our_page
from channels.settings import ChannelSettings
from channels.web_chat.proving import ShopLogins
from channels.web_chat.visitors import new_visitor, token_of, visitor_of
from crm_store.base import utc_now
from crm_store.conversations.repository import ConversationRepository
from crm_store.customers.models import Level
from crm_store.db import SessionFactory
from crm_store.errors import UnknownSuggestion, UnwelcomeNow
from crm_store.suggestions.models import Outcome, Place
from crm_store.suggestions.outside import looked_at, settle
from crm_store.suggestions.service import Suggester, Wish

MOST = 3
LONGEST_BODY = 16 * 1024

router = APIRouter(
    prefix="/page",
    tags=["product page"],
    route_class=ApiRoute,
    dependencies=[Depends(require_our_page)],
    max_body_size=LONGEST_BODY,
)


@router.options("/viewed", status_code=204)
@router.options("/suggestions/{suggestion}/outcome", status_code=204)
async def preflight() -> None:
    """Tell a browser that another website, if it may embed the widget, may ask."""


@router.post("/viewed")
async def viewed(
    body: Viewed,
    request: Request,
    sessions: TheSessions,
    settings: TheSettings,
    suggester: TheSuggester,
) -> Strip:
    """Write down that a product is looked at; answer what goes with it, if anything does."""
    secret = settings.rapport_secret.get_secret_value()
    known = visitor_of(body.token, secret)
    demand_patience(request, known)
    visitor = known or new_visitor()
    customer = await _customer(body, visitor, sessions, settings)
    async with sessions.begin() as session:
        product = await looked_at(session, body.sku, customer=customer, visitor=visitor)
    wish = Wish(
        None,
        "",
        body.language,
        like=product.id,
        skip_shown=False,
        place=Place.product_page,
        asked=False,
        customer=customer,
        visitor=visitor,
    )
    shown = await _suggestions(wish, sessions, suggester)
    return Strip(token=token_of(visitor, secret), suggestions=shown)


@router.post("/suggestions/{suggestion}/outcome", status_code=204)
async def decide(
    suggestion: UUID, body: Chosen, request: Request, sessions: TheSessions, settings: TheSettings
) -> None:
    """Keep what the visitor did with a suggestion that their browser was shown."""
    visitor = visitor_of(body.token, settings.rapport_secret.get_secret_value())
    demand_patience(request, visitor)
    if visitor is None:
        raise UnknownSuggestion(str(suggestion))
    async with sessions.begin() as session:
        await settle(session, suggestion, Outcome(body.outcome), at=utc_now(), visitor=visitor)


async def _suggestions(wish: Wish, sessions: SessionFactory, suggester: Suggester) -> list[Shown]:
    asked = await suggester.understand(wish)
    try:
        async with sessions.begin() as session:
            offers = await suggester.suggest(session, asked, most=MOST, at=utc_now())
    except UnwelcomeNow:
        return []
    return [Shown.of(offer) for offer in offers]


async def _customer(
    body: Viewed, visitor: str, sessions: SessionFactory, settings: ChannelSettings
) -> UUID | None:
    """Return who is there: whom the shop's login names, else whoever the chat has proved."""
    logged_in = await ShopLogins(settings.rapport_shop_keys, sessions).read(body.customer_token)
    if logged_in is not None:
        return logged_in.customer
    async with sessions() as session:
        talk = await ConversationRepository(session).latest_of_visitor(visitor)
    proved = talk is not None and talk.current_level(utc_now()) >= Level.verified
    return talk.customer_id if talk is not None and proved else None
