"""The composition root of the actions: built once from the environment, at the first use."""

import hmac
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from hashlib import sha256

from sqlalchemy.ext.asyncio import AsyncEngine

from actions.settings import ActionSettings
from crm_store.base import utc_now
from crm_store.catalogue.care import CatalogueCare
from crm_store.catalogue.encoders import Encoder
from crm_store.customers.pins import PURPOSE as PINS
from crm_store.db import SessionFactory, create_engine, create_session_factory
from crm_store.hashing import Hashes
from crm_store.passages.secrets import passage_key
from crm_store.sealing import Seal
from crm_store.settings import StoreSettings
from crm_store.shop.own import OwnShop
from crm_store.shop.protocol import Shop
from crm_store.suggestions.service import Suggester


@dataclass(frozen=True, slots=True)
class Parts:
    """What actions work with."""

    sessions: SessionFactory
    suggester: Suggester
    code_key: bytes
    """Under which one-time codes are hashed."""
    passage_key: bytes = b""
    """Under which links into conversations are hashed."""
    chat_page: str = ""
    """Where such links lead."""
    seal: Seal = field(default_factory=lambda: Seal("", PINS))
    """Opens digits that nobody may read on their way here."""
    hashes: Hashes = field(default_factory=Hashes)
    """Keep PINs, a few at a time for the whole process."""
    region: str = "DE"
    now: Callable[[], datetime] = utc_now
    shop: Shop = field(default_factory=OwnShop)
    """Where customers buy: the store itself, unless the shop's own system takes orders."""


@cache
def settings() -> ActionSettings:
    """Return the settings, read once."""
    return ActionSettings.model_validate({})


@cache
def parts() -> Parts:
    """Return the parts, built at the first call."""
    return Parts(
        sessions=_sessions(),
        suggester=Suggester(encoder()),
        code_key=code_key(settings().rapport_secret.get_secret_value()),
        passage_key=passage_key(settings().rapport_secret.get_secret_value()),
        seal=Seal(settings().rapport_secret.get_secret_value(), PINS),
        chat_page=settings().chat_page,
        region=settings().rapport_region,
    )


def encoder() -> Encoder:
    """Return the encoder that serves; it refuses every text until the catalogue's care is open."""
    return care().encoder


@cache
def care() -> CatalogueCare:
    """Return what loads the encoder and keeps the products placed."""
    return CatalogueCare(_sessions(), _store().rapport_encoder)


def code_key(secret: str) -> bytes:
    """Return a key that serves one-time codes alone."""
    return hmac.new(secret.encode(), b"one-time codes", sha256).digest()


async def close() -> None:
    """Close the connections to the store."""
    await _engine().dispose()


@cache
def _sessions() -> SessionFactory:
    return create_session_factory(_engine())


@cache
def _store() -> StoreSettings:
    return StoreSettings.model_validate({})


@cache
def _engine() -> AsyncEngine:
    return create_engine(_store().database_url.get_secret_value())
