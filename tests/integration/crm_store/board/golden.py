"""Two days of a shop, small enough to reckon every number of the board by hand.

The second day is the one on which Berlin puts its clocks back, at 01:00 UTC.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy.ext.asyncio import AsyncSession

from crm_store.agents.models import Agent
from crm_store.base import Language
from crm_store.conversations.models import (
    Author,
    Channel,
    Conversation,
    Handler,
    Kind,
    Message,
    Turn,
    TurnState,
)
from crm_store.customers.models import OneTimeCode
from crm_store.handoffs.models import Handoff, Reason
from crm_store.legs.models import Leg, LegState, Part

NOW = datetime(2026, 10, 25, 12, 0, tzinfo=UTC)
CHAT, PHONE = Channel.chat, Channel.phone
DE, EN = Language.de, Language.en


def at(day: int, hour: int, minute: int, second: int = 0) -> datetime:
    return datetime(2026, 10, day, hour, minute, second, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Asked:
    """How a wish for a person went; times are seconds from the wish."""

    took: int | None = None
    wrote: int | None = None
    spoke: int | None = None
    passed_on: int | None = None
    requeued: int | None = None
    """After which whoever had taken them let them wait again."""
    ended: int | None = None
    stars: int | None = None
    code: str | None = None
    """What it was about."""
    visitor: str | None = None


class Shop:
    """Writes conversations down as they would have been."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session
        self.agent = Agent(id=uuid4(), login="mia", name="Mia", password_hash="x")
        self.named: dict[str, UUID] = {}

    async def open(self) -> None:
        self._session.add(self.agent)
        await self._session.flush()
        await self._with_people()
        await self._with_the_assistant()

    async def _with_people(self) -> None:
        a = Asked(took=10, wrote=25, ended=310, stars=5, code="order/late", visitor="v1")
        await self._asked("A", CHAT, DE, at(24, 10, 1), a)
        b = Asked(
            took=40, wrote=60, passed_on=200, ended=640, stars=2, code="order/lost", visitor="v1"
        )
        await self._asked("B", CHAT, EN, at(24, 10, 30), b)
        # Half past two by the clock on the wall, and an hour later again.
        await self._asked("C", PHONE, DE, at(25, 0, 30), Asked(ended=15))
        await self._asked("D", PHONE, DE, at(25, 1, 30), Asked(ended=90))
        await self._asked("E", PHONE, EN, at(25, 11, 59, 30), Asked())
        await self._asked("F", CHAT, DE, at(25, 11, 59, 50), Asked())
        await self._asked("G", PHONE, DE, at(25, 11, 50), Asked(took=20, spoke=35))
        m = Asked(took=15, requeued=100, ended=300, code="other", visitor="v1")
        await self._asked("M", CHAT, EN, at(24, 11, 0), m)
        await self._asked("L", CHAT, DE, at(22, 10, 0), Asked(took=10, wrote=20, ended=110))

    async def _with_the_assistant(self) -> None:
        h = await self._begun("H", CHAT, DE, at(24, 8, 0))
        await self._sentence(h, at(24, 8, 1), "Was macht ihr mit Altpapier?", "nlu_fallback")
        await self._sentence(h, at(24, 8, 5), "Guten Tag", "greet")
        await self._sentence(h, at(24, 8, 5), "Ja", "nlu_fallback", kind=Kind.chosen)
        i = await self._begun("I", CHAT, DE, at(24, 9, 0), visitor="came twice")
        await self._sentence(i, at(24, 9, 5), "Wie wird das Wetter?", "out_of_scope")
        j = await self._begun("J", CHAT, DE, at(25, 9, 0), visitor="came twice")
        await self._sentence(j, at(25, 9, 1), " was macht ihr mit altpapier? ", "nlu_fallback")
        k = await self._begun("K", CHAT, EN, at(25, 11, 45))
        await self._sentence(k, at(25, 11, 50), "Hello", "greet")
        self._code(h, at(24, 8, 2), used=False)
        self._code(h, at(24, 8, 3), used=True)
        self._code(k, at(25, 11, 58), used=False)

    def _code(self, conversation: Conversation, when: datetime, *, used: bool) -> None:
        self._session.add(
            OneTimeCode(
                conversation_id=conversation.id,
                code_hash="x",
                created_at=when,
                expires_at=when + timedelta(minutes=5),
                used_at=when if used else None,
            )
        )

    async def _asked(
        self, name: str, channel: Channel, language: Language, when: datetime, how: Asked
    ) -> None:
        conversation = await self._begun(name, channel, language, when, how.visitor)
        self._say(conversation, when, Author.customer, "Ich möchte mit jemandem sprechen")
        conversation.handler = _handler(how)
        conversation.agent_id = None if how.took is None else self.agent.id
        conversation.rating = how.stars
        self._session.add(
            Handoff(
                conversation_id=conversation.id,
                created_at=when,
                reason=Reason.asked,
                trigger_seq=1,
                language=language,
                claimed_at=None if how.requeued else _later(when, how.took),
                agent_id=conversation.agent_id,
                ended_at=_later(when, how.ended),
                code=how.code,
            )
        )
        if how.took is not None:
            self._say(conversation, _later(when, how.took), Author.system, kind=Kind.claimed)
        if how.requeued is not None:
            moment = _later(when, how.requeued)
            self._say(conversation, moment, Author.system, kind=Kind.requeued)
        if how.wrote is not None:
            self._say(conversation, _later(when, how.wrote), Author.agent, "Guten Tag")
        if how.passed_on is not None:
            moment = _later(when, how.passed_on)
            self._say(conversation, moment, Author.system, kind=Kind.transferred)
        if how.spoke is not None:
            self._speak(conversation, _later(when, how.spoke))
        if how.stars is not None:
            moment = _later(when, (how.ended or 0) + 5)
            self._say(conversation, moment, Author.system, str(how.stars), kind=Kind.rated)
        await self._session.flush()

    async def _begun(
        self,
        name: str,
        channel: Channel,
        language: Language,
        when: datetime,
        visitor: str | None = None,
    ) -> Conversation:
        conversation = Conversation(
            id=uuid4(),
            channel=channel,
            key=name,
            language=language,
            created_at=when,
            visitor=visitor,
            last_seq=0,
        )
        self.named[name] = conversation.id
        self._session.add(conversation)
        await self._session.flush()
        return conversation

    async def _sentence(
        self,
        conversation: Conversation,
        when: datetime,
        text: str,
        intent: str,
        *,
        kind: Kind = Kind.said,
    ) -> None:
        message = self._say(conversation, when, Author.customer, text, kind=kind)
        self._session.add(
            Turn(
                conversation_id=conversation.id,
                seq=message.seq,
                message_id=message.id,
                request={},
                epoch=1,
                state=TurnState.done,
                intent=intent,
            )
        )
        await self._session.flush()

    def _say(
        self,
        conversation: Conversation,
        when: datetime | None,
        author: Author,
        text: str = "",
        *,
        kind: Kind = Kind.said,
    ) -> Message:
        conversation.last_seq += 1
        message = Message(
            id=uuid4(),
            conversation_id=conversation.id,
            seq=conversation.last_seq,
            created_at=when,
            author=author,
            kind=kind,
            text=text,
        )
        self._session.add(message)
        return message

    def _speak(self, conversation: Conversation, when: datetime | None) -> None:
        self._session.add(
            Leg(
                conversation_id=conversation.id,
                room="room",
                part=Part.agent,
                agent_id=self.agent.id,
                epoch=2,
                state=LegState.joined,
                joined_at=when,
            )
        )


def _later(when: datetime, seconds: int | None) -> datetime | None:
    return None if seconds is None else when + timedelta(seconds=seconds)


def _handler(how: Asked) -> Handler:
    if how.ended is not None:
        return Handler.closed
    return Handler.queue if how.took is None else Handler.agent
