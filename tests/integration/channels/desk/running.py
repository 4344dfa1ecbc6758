"""The whole application on loopback, with a scripted bot and agents who can log in."""

import re
import socket
from collections.abc import AsyncIterator, Awaitable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from typing import Any, Protocol
from uuid import UUID

import httpx2
import pytest
from argon2 import PasswordHasher
from fastapi import FastAPI

from channels.app import create_app
from channels.hub import QUEUE
from channels.settings import ChannelSettings
from crm_store.agents.models import Agent
from crm_store.agents.repository import AgentRepository
from crm_store.agents.roles import Role
from crm_store.base import Language
from crm_store.conversations.models import Author, Channel, ConversationRef
from crm_store.conversations.repository import ConversationRepository
from crm_store.db import SessionFactory
from crm_store.handoffs.models import Reason
from crm_store.handoffs.service import hand_off
from crm_store.notify import ring
from tests.encoders import HashingEncoder
from tests.fakes import FakeBot
from tests.serving import serving

SECRET = "a secret among tests, long enough"
SHOP_SECRET = "a secret of the shop's, long enough to sign"
PASSWORD = "correct horse battery"
PLACES = re.compile(r"{(?:conversation_id|suggestion|request|login|key|offer|case)}")
NOBODY = "00000000-0000-4000-8000-000000000000"
QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


@dataclass(frozen=True, slots=True)
class Desk:
    """A running desk, and how a test gets to it."""

    app: FastAPI
    url: str
    sessions: SessionFactory
    bot: FakeBot

    @property
    def socket_url(self) -> str:
        return self.url.replace("http", "ws", 1) + "/desk/socket"

    def browser(self, **headers: str) -> httpx2.AsyncClient:
        """Return a browser that shows a page of the desk."""
        return httpx2.AsyncClient(base_url=self.url, headers={"Origin": self.url, **headers})

    async def agent(self, login: str, role: Role = Role.agent) -> Agent:
        """Make an agent."""
        kept = QUICK.hash(PASSWORD)
        agent = Agent(login=login, name=login.title(), role=role, password_hash=kept)
        async with self.sessions.begin() as session:
            AgentRepository(session).add(agent)
        return agent

    async def waiting(self, key: str = "k1", language: Language = Language.de) -> UUID:
        """Have a customer wait who has said one thing."""
        async with self.sessions.begin() as session:
            conversations = ConversationRepository(session)
            ref = ConversationRef(Channel.chat, key)
            begun = await conversations.start(ref, language, visitor="v1")
            conversation = await conversations.lock(begun.id)
            conversations.add(conversation, Author.customer, "Ich möchte mit jemandem sprechen")
            await hand_off(session, conversation, Reason.asked, trigger_seq=1)
        await ring(self.sessions, f"tests {QUEUE}")
        return conversation.id


class LogIn(Protocol):
    """Makes an agent and returns their browser, logged in."""

    def __call__(self, login: str, role: Role = Role.agent) -> Awaitable[httpx2.AsyncClient]: ...


@pytest.fixture
async def desk(database_url: str, sessions: SessionFactory) -> AsyncIterator[Desk]:
    """Run the application until the test has ended."""
    async with running(database_url, sessions) as one:
        yield one


@asynccontextmanager
async def running(database_url: str, sessions: SessionFactory, **told: Any) -> AsyncIterator[Desk]:
    """Run the application with settings of one's own for as long as the block lasts."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{listening.getsockname()[1]}"
        settings = ChannelSettings.model_validate(
            {
                "database_url": database_url,
                "rapport_secret": SECRET,
                "rapport_public_url": url,
                "rapport_allowed_origins": "https://shop.example",
                "rapport_demo": True,
                "rapport_shop_keys": {
                    name: {"algorithm": "HS256", "key": SHOP_SECRET} for name in ("shop", "demo")
                },
                **told,
            }
        )
        bot = FakeBot("Gern.")
        app = create_app(settings, bot, HashingEncoder())
        async with serving(app, listening):
            yield Desk(app, url, sessions, bot)


@pytest.fixture
async def log_in(desk: Desk) -> AsyncIterator[LogIn]:
    """Make an agent of a name and return their browser, logged in."""
    async with AsyncExitStack() as browsers:

        async def enter(login: str, role: Role = Role.agent) -> httpx2.AsyncClient:
            await desk.agent(login, role)
            browser = await browsers.enter_async_context(desk.browser())
            entered = await browser.post(
                "/desk/api/login", json={"login": login, "password": PASSWORD}
            )
            assert entered.status_code == 204
            browser.headers["X-CSRF"] = (await browser.get("/desk/api/me")).json()["csrf"]
            return browser

        yield enter


def cookie(browser: httpx2.AsyncClient) -> str:
    """Return the browser's cookies as a header."""
    return "; ".join(f"{name}={value}" for name, value in browser.cookies.items())


def refusal(response: httpx2.Response) -> tuple[int, Any]:
    """Return what a refused request was told."""
    return response.status_code, response.json()["rule"]


def filled(path: str) -> str:
    """Return a route's path with nobody's id in each place that tests know."""
    return PLACES.sub(NOBODY, path)
