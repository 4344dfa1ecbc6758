"""The demo pages' JSON. It shows codes and addresses, so no real shop may serve it."""

from typing import Annotated

from fastapi import APIRouter, HTTPException, Query, Response

from channels.demo_shop.login import DEMO_KEY, login_token
from channels.demo_shop.people import offered
from channels.dependencies import TheSessions, TheSettings
from channels.headers import JSON_HEADERS
from crm_store.base import Json, Language, utc_now
from crm_store.catalogue.models import Product
from crm_store.catalogue.repository import CatalogueRepository
from crm_store.demo.content import customers as invented
from crm_store.demo.repository import DemoRepository
from crm_store.outbox.models import OutboxMessage
from crm_store.outbox.repository import OutboxRepository

LONGEST_QUERY = 200
MOST_PRODUCTS = 60

router = APIRouter(prefix="/demo/api", tags=["demo"])

Words = Annotated[str, Query(max_length=LONGEST_QUERY)]
Most = Annotated[int, Query(ge=1, le=MOST_PRODUCTS)]


@router.get("/products")
async def products(
    sessions: TheSessions,
    response: Response,
    language: Language = Language.en,
    query: Words = "",
    limit: Most = 24,
) -> Json:
    """Return what the shop has, or what of it answers a query."""
    response.headers.update(JSON_HEADERS)
    async with sessions() as session:
        found = await CatalogueRepository(session).search(
            query.replace("\x00", ""), language, most=limit
        )
    return {"products": [_product(product, language) for product in found]}


@router.get("/products/{sku}")
async def product(
    sku: str, sessions: TheSessions, response: Response, language: Language = Language.en
) -> Json:
    """Return one product."""
    response.headers.update(JSON_HEADERS)
    async with sessions() as session:
        found = await CatalogueRepository(session).find(sku.replace("\x00", ""))
    if found is None:
        raise HTTPException(404)
    return _product(found, language)


@router.get("/customers")
async def people(
    sessions: TheSessions, response: Response, language: Language = Language.en
) -> Json:
    """Return invented people whom a visitor may play, and what to try as each."""
    response.headers.update(JSON_HEADERS)
    async with sessions() as session:
        demo = DemoRepository(session)
        known = await demo.people(row["number"] for row in invented())
        orders = await demo.orders(known)
    return {"customers": offered(known, orders, language)}


@router.get("/customers/{number}/login")
async def login(settings: TheSettings, response: Response, number: str) -> Json:
    """Return what the shop's own login would say of an invented customer: a token for the chat."""
    response.headers.update(JSON_HEADERS)
    key = settings.rapport_shop_keys.get(DEMO_KEY)
    if key is None or number not in {row["number"] for row in invented()}:
        raise HTTPException(404)
    return {"token": login_token(number, key.key.get_secret_value(), at=utc_now())}


@router.get("/outbox")
async def outbox(sessions: TheSessions, response: Response) -> Json:
    """Return the messages that would have been sent, the newest first."""
    response.headers.update(JSON_HEADERS)
    async with sessions() as session:
        latest = await OutboxRepository(session).latest()
    return {"messages": [_message(message) for message in latest]}


def _product(product: Product, language: Language) -> Json:
    # A product without a text in this language is better shown in another than not at all.
    text = min(product.texts, key=lambda said: said.language is not language, default=None)
    return {
        "sku": product.sku,
        "kind": product.kind,
        "format": product.format,
        "title": text.title if text else product.sku,
        "description": text.description if text else None,
        "creator": product.creator,
        "genre": product.genre,
        "era": product.era,
        "country": product.country,
        "city": product.city,
        "subjects": product.subjects,
        "price": str(product.price),
        "currency": product.currency,
        "in_stock": product.stock > 0,
        "image": product.image,
    }


def _message(message: OutboxMessage) -> Json:
    return {
        "id": str(message.id),
        "at": message.created_at.isoformat(),
        "kind": message.kind,
        "address": message.address,
        "language": message.language,
        "text": message.text,
        "sent_at": message.sent_at and message.sent_at.isoformat(),
    }
