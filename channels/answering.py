"""The bot's side of a turn: ask it, once at a time per conversation, and write down its answer."""

import asyncio
import logging
from dataclasses import dataclass
from functools import partial
from time import monotonic
from uuid import UUID

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncSession

from channels.bot import Bot, BotUnavailable, StepFailed
from channels.held import LEASE, held
from channels.hub import QUEUE, Hub
from channels.messages import Answer, BotRequest, Reply
from channels.writing_down import write_ahead, write_down
from crm_store.base import Language, utc_now
from crm_store.conversations.models import Author, Conversation, Handler, Turn, TurnState
from crm_store.conversations.overtaking import UNHEARD
from crm_store.conversations.repository import ConversationRepository
from crm_store.conversations.turns import TurnRepository
from crm_store.db import SessionFactory
from crm_store.handoffs.models import Reason
from crm_store.handoffs.service import hand_off

logger = logging.getLogger(__name__)

BOT_DOWN = {
    Language.de: "Entschuldigung, bei uns klemmt etwas. Ich verbinde Sie mit einem Menschen.",
    Language.en: "Sorry, something is wrong on our side. I am passing you to a person.",
}

SWEEP_SECONDS = 1.0
PAUSE_SECONDS = 0.3


@dataclass(frozen=True, slots=True)
class Patience:
    """How long, in seconds, one question may take, and how long a customer waits for an answer."""

    question: float = 8.0
    customer: float = 8.0


class Answering:
    """Works on the turns that are owed, and picks up those that a crash left behind."""

    def __init__(self, *, sessions: SessionFactory, bot: Bot, hub: Hub, patience: Patience) -> None:
        self._sessions = sessions
        self._bot = bot
        self._hub = hub
        self._patience = patience
        self._workers: dict[UUID, asyncio.Task[None]] = {}
        self._again: set[UUID] = set()
        self._given: dict[UUID, Turn] = {}
        self._stopping = False

    def begin(self, turn: Turn) -> None:
        """Work on a turn that was taken for us when it was recorded."""
        self._given[turn.conversation_id] = turn
        self.kick(turn.conversation_id)

    def kick(self, conversation_id: UUID) -> None:
        """See to it that what is owed to this conversation is worked on."""
        self._again.add(conversation_id)
        if conversation_id in self._workers or self._stopping:
            return
        worker = asyncio.create_task(self._work(conversation_id))
        self._workers[conversation_id] = worker

    async def sweep(self) -> None:
        """Find turns that nobody works on, for ever: a crash or a lost kick left them."""
        while not self._stopping:
            try:
                async with self._sessions() as session:
                    owed = await TurnRepository(session).conversations_owed(at=utc_now())
            except (OSError, SQLAlchemyError):
                logger.warning("the store is out of reach, looking for owed turns again")
                owed = []
            for conversation_id in owed:
                self.kick(conversation_id)
            await asyncio.sleep(SWEEP_SECONDS)

    async def stop(self, at_most: float = 10.0) -> None:
        """Take on nothing new, and give what is being worked on some seconds to finish.

        What is broken off stays owed, for the next process to find.
        """
        self._stopping = True
        workers = list(self._workers.values())
        if workers:
            _, late = await asyncio.wait(workers, timeout=at_most)
            for worker in late:
                worker.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    async def _work(self, conversation_id: UUID) -> None:
        try:
            while conversation_id in self._again and not self._stopping:
                self._again.discard(conversation_id)
                given = self._given.pop(conversation_id, None)
                turn = given or await self._take(conversation_id)
                while turn is not None:
                    turn = await self._answer(turn)
        except Exception:
            # The turn stays owed; the sweep finds it when its lease has ended.
            logger.exception("a turn broke off")
        finally:
            del self._workers[conversation_id]

    async def _take(self, conversation_id: UUID) -> Turn | None:
        async with self._sessions.begin() as session:
            conversation = await ConversationRepository(session).lock(conversation_id)
            return await self._next(session, conversation)

    async def _next(self, session: AsyncSession, conversation: Conversation) -> Turn | None:
        if conversation.handler is not Handler.bot:
            return None
        return await TurnRepository(session).take_next(conversation.id, at=utc_now(), lease=LEASE)

    async def _answer(self, turn: Turn) -> Turn | None:
        """Answer a turn; return the next, if one is owed by then."""
        # No session is open here: while the bot thinks, its actions write to the same tables.
        try:
            async with held(turn, self._sessions):
                answer = await self._ask(turn)
        except BotUnavailable as error:
            logger.warning("the bot is unavailable, a person takes over")
            failed = isinstance(error, StepFailed)
            await self._give_up(turn, Reason.action_failed if failed else Reason.bot_failed)
            return None
        return await self._finish(turn, answer)

    async def _ask(self, turn: Turn) -> Answer:
        request = BotRequest(turn.conversation_id, turn.message_id, turn.request)
        tell = partial(self._write_ahead, turn)
        deadline = monotonic() + self._patience.customer
        while True:
            try:
                async with asyncio.timeout(self._patience.question):
                    return await self._bot.reply(request, tell)
            except (BotUnavailable, TimeoutError) as error:
                if monotonic() + PAUSE_SECONDS > deadline:
                    raise (
                        StepFailed if isinstance(error, StepFailed) else BotUnavailable
                    ) from error
            await asyncio.sleep(PAUSE_SECONDS)

    async def _write_ahead(self, turn: Turn, place: int, reply: Reply) -> None:
        async with self._sessions.begin() as session:
            conversation = await ConversationRepository(session).lock(turn.conversation_id)
            owed = await TurnRepository(session).get(turn.id)
            written = await write_ahead(session, conversation, owed, reply, place=place)
        if written:
            self._hub.tell(conversation.id)

    async def _finish(self, turn: Turn, answer: Answer) -> Turn | None:
        async with self._sessions.begin() as session:
            conversation = await ConversationRepository(session).lock(turn.conversation_id)
            more = conversation.last_seq > turn.seq
            owed = await TurnRepository(session).get(turn.id)
            heard = True
            if owed.state is TurnState.running and conversation.epoch == owed.epoch:
                heard = await write_down(session, conversation, owed, answer)
            else:
                # Somebody else has the conversation, or another process was taken for the quicker.
                _drop(owed)
            # Locked, the conversation tells by its last number whether anything came meanwhile.
            following = await self._next(session, conversation) if more else None
            if following is not None and not heard:
                following.tell(UNHEARD, value=True)
        self._tell(conversation)
        return following

    async def _give_up(self, turn: Turn, reason: Reason) -> None:
        async with self._sessions.begin() as session:
            conversation = await ConversationRepository(session).lock(turn.conversation_id)
            owed = await TurnRepository(session).get(turn.id)
            if conversation.epoch != owed.epoch or owed.state is not TurnState.running:
                return
            ConversationRepository(session).add(
                conversation, Author.bot, BOT_DOWN[conversation.language]
            )
            await hand_off(session, conversation, reason, trigger_seq=turn.seq)
        self._tell(conversation)

    def _tell(self, conversation: Conversation) -> None:
        self._hub.tell(conversation.id)
        if conversation.handler is not Handler.bot:
            self._hub.tell(QUEUE)


def _drop(turn: Turn) -> None:
    if turn.state is not TurnState.done:
        turn.state = TurnState.failed
    logger.info("the bot's answer came too late and was dropped")
