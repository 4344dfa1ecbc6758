"""The composition root: the only module that builds the parts and joins them."""

import asyncio
from collections.abc import AsyncIterator, Coroutine
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from typing import TypedDict

import httpx2
from fastapi import FastAPI

from channels.answering import Answering, Patience
from channels.api.routes import api
from channels.audit.chaining import Chaining
from channels.bot import Bot, RasaBot
from channels.deliver import Delivery
from channels.demo_shop.routes import router as demo_shop
from channels.desk.common import Common
from channels.desk.oidc.provider import Provider
from channels.desk.oidc.routes import PLACE as OIDC
from channels.desk.routes import router as desk
from channels.desk.routing import Routing
from channels.encoding import FarEncoder
from channels.health import router as health
from channels.hiding import Hiding
from channels.hub import Hub
from channels.jobs import Jobs
from channels.language import detector
from channels.mail import MailServer, SmtpMessenger
from channels.messenger import DemoMessenger, Messenger, MessengerByKind, TextMessenger
from channels.phone.callback_routes import router as callbacks
from channels.phone.calling_back import CallingBack
from channels.phone.hints import Hints
from channels.phone.in_vain import InVain
from channels.phone.leg_routes import router as legs
from channels.phone.recordings import Recordings
from channels.phone.rest import PhoneCompany, Twilio
from channels.phone.routes import router as phone
from channels.phone.signature import webhook_url
from channels.privacy.forgetting import Forgetting
from channels.product_page.routes import router as product_page
from channels.records.site import mount_administration
from channels.settings import ChannelSettings
from channels.simulator.company import exchange
from channels.simulator.exchange import Exchange
from channels.simulator.rest import router as phone_company
from channels.simulator.routes import router as simulator
from channels.simulator.simulator import THE_LINE
from channels.simulator.switchboard import router as switchboard
from channels.simulator.telephone import router as telephone
from channels.site.routes import site
from channels.turn import Turns
from channels.web_chat.meanwhile import Meanwhile
from channels.web_chat.pace import Paces
from channels.web_chat.routes import router as web_chat
from crm_store.agents.passwords import Passwords
from crm_store.catalogue.encoders import Encoder
from crm_store.customers.models import ContactKind
from crm_store.customers.pins import PURPOSE as PINS
from crm_store.db import SessionFactory, create_engine, create_session_factory
from crm_store.sealing import Seal
from crm_store.suggestions.service import Suggester

ENCODER_SECONDS = 2.0
"""After which suggestions go by names and words alone: a page waits for them."""


class State(TypedDict):
    """What every request can reach."""

    settings: ChannelSettings
    sessions: SessionFactory
    hub: Hub
    common: Common
    turns: Turns
    company: PhoneCompany
    exchange: Exchange
    recordings: Recordings
    passwords: Passwords
    provider: Provider | None
    suggester: Suggester
    api_paces: Paces
    page_paces: Paces
    hints: Hints


def create_app(
    settings: ChannelSettings | None = None,
    bot: Bot | None = None,
    encoder: Encoder | None = None,
    company: PhoneCompany | None = None,
) -> FastAPI:
    """Build the application from the environment; nothing is opened until it starts."""
    told = settings or ChannelSettings()

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[State]:
        async with AsyncExitStack() as parts:
            yield await _build(told, bot, encoder, company or _twilio(told), parts)

    app = FastAPI(title="Rapport", lifespan=lifespan, docs_url=None, redoc_url=None)
    for router in (health, web_chat, product_page, phone, legs, callbacks, simulator, desk):
        app.include_router(router)
    if told.rapport_demo:
        for router in (telephone, demo_shop, phone_company, switchboard):
            app.include_router(router)
    app.mount("/api/v1", api())
    mount_administration(app, told)
    app.include_router(site(demo=told.rapport_demo))
    return app


async def _build(
    settings: ChannelSettings,
    bot: Bot | None,
    encoder: Encoder | None,
    company: PhoneCompany,
    parts: AsyncExitStack,
) -> State:
    database_url = settings.database_url.get_secret_value()
    engine = create_engine(database_url)
    parts.push_async_callback(engine.dispose)
    sessions = create_session_factory(engine)
    common = Common.of(sessions)
    parts.push_async_callback(common.close)
    hub = Hub(sessions)
    answering = Answering(
        sessions=sessions,
        bot=bot or await _rasa(settings, parts),
        hub=hub,
        patience=Patience(settings.rapport_bot_timeout, settings.rapport_bot_patience),
    )
    await parts.enter_async_context(_running(hub.listen(database_url)))
    await parts.enter_async_context(_running(hub.pass_on()))
    await parts.enter_async_context(_running(answering.sweep()))
    delivery = Delivery(
        sessions=sessions,
        messenger=_messenger(settings, company),
        keep_text=settings.rapport_demo,
    )
    await parts.enter_async_context(_running(delivery.run()))
    await parts.enter_async_context(_running(Forgetting(sessions).run()))
    await parts.enter_async_context(_running(Chaining(sessions).run()))
    calling_back = CallingBack(settings, sessions=sessions, hub=hub, company=company)
    await parts.enter_async_context(_running(Jobs(database_url, calling_back).run()))
    parts.push_async_callback(answering.stop)
    turns = Turns(
        sessions=sessions,
        hub=hub,
        answering=answering,
        detect=await asyncio.to_thread(detector),
        hiding=Hiding(Seal(settings.rapport_secret.get_secret_value(), PINS)),
    )
    in_vain = InVain(turns=turns, sessions=sessions, hub=hub)
    await parts.enter_async_context(_running(in_vain.run()))
    await parts.enter_async_context(_running(Meanwhile(sessions=sessions, hub=hub).run()))
    await parts.enter_async_context(_running(Routing(sessions=sessions, hub=hub).run()))
    return {
        "settings": settings,
        "sessions": sessions,
        "hub": hub,
        "common": common,
        "turns": turns,
        "company": company,
        "recordings": await _recordings(settings, sessions, company, parts),
        "exchange": await exchange(settings, parts),
        "passwords": await asyncio.to_thread(Passwords),
        "provider": await _provider(settings, parts),
        "suggester": Suggester(encoder or _far_encoder(settings, parts)),
        "api_paces": Paces(settings.rapport_api_requests_per_minute),
        "hints": Hints(),
        "page_paces": Paces(settings.rapport_page_requests_per_minute),
    }


async def _rasa(settings: ChannelSettings, parts: AsyncExitStack) -> Bot:
    client = await parts.enter_async_context(
        httpx2.AsyncClient(base_url=settings.rapport_bot_url, timeout=settings.rapport_bot_timeout)
    )
    return RasaBot(client, settings.rapport_secret.get_secret_value())


async def _provider(settings: ChannelSettings, parts: AsyncExitStack) -> Provider | None:
    if not settings.rapport_oidc.issuer:
        return None
    client = await parts.enter_async_context(httpx2.AsyncClient())
    back = settings.rapport_public_url.rstrip("/") + f"{OIDC}/return"
    return Provider(settings.rapport_oidc, client, back)


def _far_encoder(settings: ChannelSettings, parts: AsyncExitStack) -> Encoder:
    client = parts.enter_context(
        httpx2.Client(base_url=settings.rapport_actions_url, timeout=ENCODER_SECONDS)
    )
    secret = settings.rapport_secret.get_secret_value()
    return FarEncoder(settings.rapport_encoder, client, secret)


def _twilio(settings: ChannelSettings) -> PhoneCompany:
    return Twilio(
        settings.twilio_account_sid,
        settings.twilio_auth_token.get_secret_value(),
        number=settings.rapport_phone_number or (THE_LINE if settings.rapport_demo else ""),
        address=settings.rapport_twilio_url,
        fallback_url=settings.rapport_phone_fallback_url,
    )


async def _recordings(
    settings: ChannelSettings,
    sessions: SessionFactory,
    company: PhoneCompany,
    parts: AsyncExitStack,
) -> Recordings:
    status_url = webhook_url(settings, "/phone/recording")
    recordings = Recordings(sessions=sessions, company=company, status_url=status_url)
    await parts.enter_async_context(_running(recordings.run()))
    return recordings


def _messenger(settings: ChannelSettings, company: PhoneCompany) -> Messenger:
    if settings.rapport_demo:
        return DemoMessenger()
    messengers: dict[ContactKind, Messenger] = {}
    if settings.twilio_account_sid and settings.rapport_phone_number:
        messengers[ContactKind.phone] = TextMessenger(company)
    if settings.rapport_smtp_url and settings.rapport_mail_from:
        server = MailServer.of(settings.rapport_smtp_url.get_secret_value())
        messengers[ContactKind.email] = SmtpMessenger(server, sender=settings.rapport_mail_from)
    return MessengerByKind(messengers)


@asynccontextmanager
async def _running(work: Coroutine[None, None, None]) -> AsyncIterator[None]:
    """Keep something going for as long as the block lasts."""
    task = asyncio.create_task(work)
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
