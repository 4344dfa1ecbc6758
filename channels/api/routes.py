"""Suggestions for the shop's own programs, and what they tell us in return."""

from uuid import UUID

from fastapi import APIRouter, FastAPI, Response
from sqlalchemy.ext.asyncio import AsyncSession

from channels.api.bodies import Asked, Decided, Happened, Shown
from channels.api.edge import ApiRoute, EmptyWish, answers
from channels.api.entry import Entered
from channels.dependencies import TheSessions, TheSettings, TheSuggester
from channels.web_chat.visitors import visitor_of
from crm_store.base import utc_now
from crm_store.customers.shop_login import ShopLoginRepository
from crm_store.errors import UnwelcomeNow
from crm_store.suggestions.models import Outcome, Place
from crm_store.suggestions.outside import looked_at, product_of, settle, wish_by_record
from crm_store.suggestions.service import Wish

LONGEST_BODY = 64 * 1024
ALWAYS = ("bad_key", "too_many", "invalid")
ABOUT = """\
The suggestions of the assistant for the shop's own pages, mails and programs. Every suggestion that
is answered counts as shown; please tell what became of it."""

router = APIRouter(
    route_class=ApiRoute,
    # Every route of this router demands a key, also one that is added later.
    dependencies=[Entered],
    max_body_size=LONGEST_BODY,
)


@router.post(
    "/suggestions",
    tags=["suggestions"],
    responses=answers(
        *ALWAYS,
        *("unknown_customer", "unknown_product", "empty_wish", "too_long", "unknown_language"),
    ),
)
async def suggest(asked: Asked, sessions: TheSessions, suggester: TheSuggester) -> list[Shown]:
    """Suggest what fits a wish, goes with a product, or is known to please a customer.

    Only what passes the limits in the wish, and is in stock unless the wish welcomes more; never
    what the customer owns or has declined. The list is empty where nothing fits, and while the
    customer has a complaint open. Of a wish the first 1,000 characters count.
    """
    async with sessions.begin() as session:
        wish = await _wish(session, asked)
    understood = await suggester.understand(wish)
    async with sessions.begin() as session:
        try:
            offers = await suggester.suggest(session, understood, most=asked.most, at=utc_now())
        except UnwelcomeNow:
            offers = []
    return [Shown.of(offer) for offer in offers]


@router.post(
    "/suggestions/{suggestion}/outcome",
    status_code=204,
    tags=["suggestions"],
    responses=answers(*ALWAYS, "unknown_suggestion", "decided_before"),
)
async def decide(suggestion: UUID, decided: Decided, sessions: TheSessions) -> Response:
    """Tell what became of a suggestion; the same once more changes nothing.

    What was declined is not suggested to that customer again, on any channel.
    """
    async with sessions.begin() as session:
        await settle(session, suggestion, Outcome(decided.outcome), at=utc_now())
    return Response(status_code=204)


@router.post(
    "/events",
    status_code=204,
    tags=["events"],
    responses=answers(*ALWAYS, "unknown_customer", "unknown_product", "too_long"),
)
async def happened(event: Happened, sessions: TheSessions, settings: TheSettings) -> Response:
    """Tell that somebody has looked at a product; the next contact may speak of it."""
    secret = settings.rapport_secret.get_secret_value()
    visitor = visitor_of(event.visitor, secret) or event.visitor
    async with sessions.begin() as session:
        customer = await _customer(session, event.customer)
        await looked_at(session, event.sku, customer=customer, visitor=visitor)
    return Response(status_code=204)


def api() -> FastAPI:
    """Return the API with its own documentation, apart from the pages' routes."""
    application = FastAPI(
        title="Rapport",
        version="1",
        description=ABOUT,
        docs_url=None,
        redoc_url=None,
        servers=[{"url": "/api/v1"}],
        root_path_in_servers=False,
    )
    application.include_router(router)
    return application


async def _wish(session: AsyncSession, asked: Asked) -> Wish:
    customer = await _customer(session, asked.customer)
    text = " ".join((asked.wish or "").split())
    if asked.wish is not None and not text:
        raise EmptyWish
    if asked.product is None and not text:
        if customer is None:
            raise EmptyWish
        return await wish_by_record(session, customer, asked.language, Place.api, at=utc_now())
    product = None if asked.product is None else await product_of(session, asked.product)
    return Wish(
        None,
        text,
        asked.language,
        like=product.id if product else None,
        skip_shown=False,
        place=Place.api,
        asked=bool(text),
        customer=customer,
    )


async def _customer(session: AsyncSession, number: str | None) -> UUID | None:
    return None if number is None else await ShopLoginRepository(session).customer_of(number)
