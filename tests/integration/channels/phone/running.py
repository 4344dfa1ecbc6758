"""The whole application on a loopback port, somebody who calls, and somebody at the desk."""

import asyncio
import socket
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from typing import Protocol

from fastapi import FastAPI
from sqlalchemy import func, select
from websockets.typing import Origin

from channels.app import create_app
from channels.bot import Bot
from channels.clock import WallClock
from channels.hub import Hub
from channels.messages import BotRequest
from channels.phone.calling_back import CallingBack
from channels.phone.dialling import Dialling
from channels.phone.patience import Patience, usual_patience
from channels.phone.rest import PhoneCompany, Twilio
from channels.phone.wording import say
from channels.settings import ChannelSettings, PhoneMode
from channels.simulator.account import Account
from channels.simulator.call import SimulatedCall
from channels.simulator.simulator import THE_LINE, Simulator
from channels.simulator.webhooks import Deliveries
from crm_store.agents.models import Agent
from crm_store.base import Language, utc_now
from crm_store.calls.models import CallRelay
from crm_store.conversations.models import Author, Conversation, Message
from crm_store.conversations.repository import ConversationRepository
from crm_store.customers.models import Customer
from crm_store.db import SessionFactory
from crm_store.handoffs import service as handoffs
from crm_store.handoffs.models import Reason
from crm_store.legs.models import Leg, LegState
from crm_store.notify import ring
from crm_store.sealing import Seal
from crm_store.strategy.policies import policies
from crm_store.strategy.repository import PolicyRepository
from tests.builders import a_customer
from tests.serving import serving
from tests.twilio_api import checked

ACCOUNT = Account("AC" + "5" * 32, "a-token-that-opens-nothing")
SECRET = "a secret among tests, long enough"
OLDER_TOKEN = "a-token-that-is-being-replaced"


def greeting_in(language: Language) -> str:
    """Return what callers hear first."""
    own = policies({})
    return say("greeting", language, shop=own.shop.name, greeting=own.greeting.said(language))


GREETING = greeting_in(Language.de)


@dataclass(frozen=True, slots=True)
class PhoneLine:
    """The running line, a phone to call it with, and a look into the store behind it."""

    app: FastAPI
    url: str
    phone: Simulator
    sessions: SessionFactory
    settings: ChannelSettings

    @property
    def hurried_phone(self) -> Simulator:
        """A phone on which seconds pass in no time."""
        return Simulator(ACCOUNT, self.url, deliveries=Deliveries(2), clock=WallClock(second=0.01))

    @property
    def calling_back(self) -> CallingBack:
        """What calls customers, as any of our processes would."""
        return CallingBack(
            self.settings, sessions=self.sessions, hub=Hub(self.sessions), company=self.company
        )

    def be_patient(self, patience: Patience) -> None:
        """Have callers from now on wait for so long."""
        self.app.dependency_overrides[usual_patience] = lambda: patience

    @property
    def company(self) -> PhoneCompany:
        """What the line asks its phone company with."""
        return a_company(self.url)

    @property
    def origin(self) -> Origin:
        return Origin(self.url)

    def socket_url(self, path: str) -> str:
        return self.url.replace("http", "ws", 1) + path

    async def knows_ana(self, number: str, language: Language = Language.de) -> Customer:
        """Have a customer on file who can be called at a number."""
        ana = a_customer(email=None, phone=number)
        ana.language = language
        async with self.sessions.begin() as session:
            session.add(ana)
        return ana

    async def an_agent(self, name: str = "Mia", phone: str = "+4930901821111") -> Agent:
        """Have somebody at the desk who can be rung."""
        agent = Agent(login=name.lower(), name=name, password_hash="", phone=phone)
        async with self.sessions.begin() as session:
            session.add(agent)
        return agent

    async def passes_on(self) -> None:
        """Put the caller in the queue, as the assistant does."""
        conversation = await self.conversation()
        async with self.sessions.begin() as session:
            locked = await ConversationRepository(session).lock(conversation.id)
            await handoffs.hand_off(session, locked, Reason.asked, trigger_seq=locked.last_seq)
        await ring(self.sessions, f"tests {conversation.id}")

    @property
    def dialling(self) -> Dialling:
        """What the desk has agents rung by."""
        hub = Hub(self.sessions)
        return Dialling(self.settings, sessions=self.sessions, hub=hub, company=self.company)

    async def conversation(self) -> Conversation:
        async with self.sessions() as session:
            return (await session.scalars(select(Conversation))).one()

    async def messages(self) -> Sequence[Message]:
        async with self.sessions() as session:
            return (await session.scalars(select(Message).order_by(Message.seq))).all()

    async def said(self) -> list[tuple[Author, str]]:
        """Return the words of the record, without its steps."""
        return [
            (message.author, message.text)
            for message in await self.messages()
            if message.author is not Author.system
        ]

    async def has_noted(self, position: int) -> None:
        """Wait until it is on record that the caller was told so much."""
        for _ in range(500):
            async with self.sessions() as session:
                if await session.scalar(select(func.max(CallRelay.position))) == position:
                    return
            await asyncio.sleep(0.02)
        raise AssertionError(f"nobody noted that message {position} was spoken")

    async def has_joined(self, telephones: int) -> None:
        """Wait until Twilio has told that so many are in the room."""
        for _ in range(500):
            async with self.sessions() as session:
                joined = select(func.count()).where(Leg.state == LegState.joined)
                if await session.scalar(joined) == telephones:
                    return
            await asyncio.sleep(0.02)
        raise AssertionError(f"there were never {telephones} in the room")

    async def agent_takes_over(self, name: str = "Mia") -> Agent:
        agent = Agent(login=name.lower(), name=name, password_hash="")
        async with self.sessions.begin() as session:
            session.add(agent)
        conversation = await self.conversation()
        async with self.sessions.begin() as session:
            await handoffs.claim(session, conversation.id, agent)
        await ring(self.sessions, f"tests {conversation.id}")
        return agent

    async def agent_types(self, agent: Agent, text: str) -> None:
        conversation = await self.conversation()
        async with self.sessions.begin() as session:
            conversations = ConversationRepository(session)
            locked = await conversations.lock(conversation.id)
            conversations.add(locked, Author.agent, text, agent_id=agent.id)
        await ring(self.sessions, f"tests {conversation.id}")

    async def agent_closes(self, agent: Agent) -> None:
        conversation = await self.conversation()
        async with self.sessions.begin() as session:
            await handoffs.close(
                session,
                conversation.id,
                agent,
                epoch=conversation.epoch,
                outcome="solved",
                note="",
            )
        await ring(self.sessions, f"tests {conversation.id}")


def keyed_in(request: BotRequest) -> str:
    """Return the digits that may be a PIN, as the actions alone can read them."""
    return Seal(SECRET, "pins").open(request.body["facts"]["sealed"])


def next_in_line(sentence: str) -> str:
    """What the only one who waits is told in German, for so long that nobody can say how long."""
    return f"{say(sentence, Language.de)} {say('holding_next', Language.de)}"


async def hears_until(call: SimulatedCall, words: str, *, but: str = "") -> None:
    """Listen until these words are said, before which others are not."""
    async with asyncio.timeout(15):
        while (heard := await call.hears()) != words:
            assert heard != but or not but


class LineWith(Protocol):
    """Runs a line around a bot, and with another phone company where a test brings one."""

    def __call__(
        self, bot: Bot, *, company: Callable[[str], PhoneCompany] | None = None
    ) -> AbstractAsyncContextManager[PhoneLine]: ...


def a_company(url: str) -> Twilio:
    """Return what asks the simulator at an address."""
    return Twilio(ACCOUNT.sid, ACCOUNT.token, number=THE_LINE, address=url)


@asynccontextmanager
async def a_line(
    bot: Bot,
    *,
    database_url: str,
    sessions: SessionFactory,
    mode: PhoneMode = PhoneMode.relay,
    company: Callable[[str], PhoneCompany] | None = None,
    **told: object,
) -> AsyncIterator[PhoneLine]:
    """Run the application around a bot, told more where a test wants; webhooks reach it twice.

    Its callers are offered no other language unless a test has the shop decide otherwise.
    """
    await decide(sessions, other_language=False)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        url = f"http://127.0.0.1:{listening.getsockname()[1]}"
        settings = line_settings(database_url, url, mode, **told)
        app = create_app(settings, bot, company=company and company(url))
        async with serving(checked(app), listening):
            phone = Simulator(ACCOUNT, url, deliveries=Deliveries(2))
            yield PhoneLine(app, url, phone, sessions, settings)


async def decide(sessions: SessionFactory, **rules: object) -> None:
    """Have the shop change how its phone line begins calls."""
    async with sessions.begin() as session:
        policies = PolicyRepository(session)
        decided = (await policies.current()).line.model_dump()
        await policies.change("line", {**decided, **rules}, at=utc_now())


def line_settings(database_url: str, url: str, mode: PhoneMode, **told: object) -> ChannelSettings:
    """Return what a line among tests is told."""
    return ChannelSettings.model_validate(
        {
            "database_url": database_url,
            "rapport_secret": SECRET,
            "rapport_public_url": url,
            "rapport_demo": True,
            "rapport_phone_mode": mode,
            "rapport_phone_number": "+493012345678",
            "rapport_bot_patience": 0.1,
            "rapport_twilio_url": url,
            "twilio_account_sid": ACCOUNT.sid,
            "twilio_auth_token": OLDER_TOKEN,
            "twilio_auth_token_secondary": ACCOUNT.token,
            **told,
        }
    )
