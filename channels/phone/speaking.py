"""What the caller is told: every row after the last they heard, whoever it is from."""

import asyncio
from contextlib import suppress
from dataclasses import replace

from channels.hub import Bell, Hub
from channels.phone.floor import Floor
from channels.phone.limits import may_be_spent, spent
from channels.phone.news import SAID_BY_THE_LINE, News, news_of
from channels.phone.patience import Patience
from channels.phone.recordings import Recordings
from channels.phone.standing import standing_of
from channels.phone.steps import Standing, Step, Then, next_step, still_thinking
from channels.phone.voice import Voice, seconds_to_say
from channels.phone.wording import Sentence, say
from crm_store.calls.models import CallRelay
from crm_store.calls.repository import CallRepository
from crm_store.calls.service import hang_up
from crm_store.conversations.models import Author, Conversation, Handler, Kind, Message
from crm_store.conversations.overtaking import withdraw
from crm_store.conversations.secrets import asks_for_secret
from crm_store.conversations.turns import TurnRepository
from crm_store.db import SessionFactory
from crm_store.passages.to_phone import JOINED
from crm_store.strategy.policies import CallPolicy

SPEAKS_SELF = "agent"
"""Why a relay ends: an agent speaks with the caller themself."""


class Speaker:
    """Follows one conversation and speaks it, until it is closed or the caller has gone quiet."""

    def __init__(
        self,
        relay: CallRelay,
        voice: Voice,
        *,
        sessions: SessionFactory,
        hub: Hub,
        patience: Patience,
        policy: CallPolicy,
        recordings: Recordings,
    ) -> None:
        self._relay = relay
        self._position = relay.position
        self._voice = voice
        self._sessions = sessions
        self._hub = hub
        self._patience = patience
        self._policy = policy
        self._clock = patience.clock
        self._bell = Bell()
        self._quiet = 0
        self._asked = False
        """Whether the caller has said something that nobody has answered yet."""
        self._moment = False
        """Whether the caller was given the moment that they asked for."""
        self._recordings = recordings
        self._handler = Handler.bot
        """Who had the caller at the last look; who waits for a person need not think of words."""
        self._floor = Floor(self._clock, at_most=patience.words)
        self._telling = asyncio.Lock()
        self._speak_by: float | None = None
        self._speak_within(patience.words + patience.greeting)

    def expect_answer(self) -> None:
        """The caller has said something; they shall not listen to silence for long."""
        self._quiet, self._moment, self._asked = 0, False, True
        self._speak_within(self._patience.answer)

    def stirs(self) -> None:
        """The caller has begun to speak or to key something in; nobody talks into that."""
        self._quiet = 0
        self._floor.take()
        self._speak_within(self._patience.person)

    def stops(self) -> None:
        """The caller has stopped to speak; what was held back meanwhile is said now."""
        self._floor.give_back()
        self._bell.ring()

    async def withdraw(self) -> bool:
        """Take back what was held back while the caller spoke; return whether there was any."""
        if not self._floor.taken:
            return False
        async with self._telling, self._sessions.begin() as session:
            return await withdraw(session, self._relay.conversation_id, after=self._position)

    def falls_quiet(self) -> None:
        """The caller has heard what was said, or has stopped to speak, and may think."""
        if self._speak_by is not None and self._handler is Handler.bot:
            wait = self._patience.answer if self._asked else self._patience.words
            self._speak_within(wait)
            self._bell.ring()

    async def run(self) -> None:
        """Speak what comes, then end the relay when the conversation is over."""
        async with self._hub.watch(self._relay.conversation_id) as self._bell:
            while True:
                async with self._telling:
                    news = await self._news()
                    self._handler = news.conversation.handler
                    # Whoever took the code that led elsewhere goes on there.
                    joined = news.conversation.outcome == JOINED
                    if not joined and not await self._tell(news):
                        # The session has opened another socket, which goes on from here.
                        return None
                if joined:
                    await self._bell.wait()
                    continue
                if self._is_over(news.conversation):
                    return await self._leave(news.conversation)
                if news.room is not None:
                    return await self._voice.hang_up(reason=SPEAKS_SELF, reference=news.room)
                if await self._break_silence(news) is Then.hang_up:
                    return await self._give_up(news.conversation)
                with suppress(TimeoutError):
                    async with self._clock.timeout(self._until_silence()):
                        await self._bell.wait()

    async def _news(self) -> News:
        async with self._sessions() as session:
            return await news_of(session, self._relay.conversation_id, after=self._position)

    async def _tell(self, news: News) -> bool:
        """Speak what is new; return whether this socket still has the caller."""
        if news.conversation.language is not self._voice.language:
            await self._voice.switch(news.conversation.language)
        if asks_for_secret(news.conversation.slots):
            self._recordings.look()
        if not news.messages or self._holds_back(news):
            return True
        asks = any(message.author is Author.customer for message in news.messages)
        # The caller may fall quiet while this is told; an answer that is still owed is found below.
        asked, self._asked = self._asked or asks, False
        for message in news.messages:
            await self._tell_one(message, news.told(message))
            self._position = message.seq
        async with self._sessions.begin() as session:
            # What was told may answer an earlier question than the last, or none.
            if asked and await TurnRepository(session).keeps_waiting(news.conversation.id):
                self._asked = True
                self._speak_within(self._patience.answer)
            return await CallRepository(session).told(self._relay, self._position)

    def _holds_back(self, news: News) -> bool:
        """Return whether what is new waits until the caller has spoken."""
        if news.conversation.handler is not Handler.bot or not self._floor.taken:
            return False
        return any(message.author is Author.bot for message in news.messages)

    async def _tell_one(self, message: Message, words: Sentence) -> None:
        seq = None if message.author is Author.system else message.seq
        await self._voice.speak(words, seq=seq)
        match (message.author, message.kind):
            case (Author.system, Kind.moved):
                self.expect_answer()
            case (Author.bot, _):
                self._quiet = 0
                self._speak_within(seconds_to_say(words) + self._patience.words)
            case (Author.system, kind) if kind in SAID_BY_THE_LINE:
                # It may follow on a greeting that is still being spoken.
                self._quiet = 0
                by = max(self._speak_by or 0, self._clock.now() + self._patience.words)
                self._speak_by = by + seconds_to_say(words)
            case (Author.system, Kind.claimed):
                self._speak_by = None
            case (Author.system, Kind.handed_off):
                self._speak_within(self._patience.person)
            case _:
                pass

    async def _break_silence(self, news: News) -> Then | None:
        """Say something if it has been quiet for long; return how the call then goes on."""
        if news.conversation.handler is Handler.queue and self._speak_by is None:
            self._speak_within(self._patience.person)
        if _answered(news) and await self._spent(news.conversation):
            self._speak_within(0)
        if self._speak_by is None or self._clock.now() < self._speak_by:
            return None
        if self._asked and news.conversation.handler is Handler.bot:
            return await self._still_thinking(news.conversation)
        standing = await self._standing(news)
        if standing.moment and not self._moment and not standing.owed:
            self._moment = True
            self._speak_within(self._patience.moment)
            return None
        step = next_step(standing)
        for words in step.words:
            await self._voice.speak(words)
        self._quiet = step.quiet
        self._wait_after(step, standing)
        return step.then

    async def _still_thinking(self, conversation: Conversation) -> Then:
        """Say so first, and then look whether it is true."""
        step = still_thinking(conversation.language, quiet=self._quiet)
        for words in step.words:
            await self._voice.speak(words)
        self._quiet = step.quiet
        self._speak_within(self._patience.answer)
        async with self._sessions() as session:
            self._asked = await TurnRepository(session).keeps_waiting(conversation.id)
        return step.then

    async def _spent(self, conversation: Conversation) -> bool:
        at = self._clock.utc_now()
        if not may_be_spent(conversation, self._policy, at=at):
            return False
        async with self._sessions() as session:
            return await spent(session, conversation, at=at)

    async def _standing(self, news: News) -> Standing:
        async with self._sessions() as session:
            return await standing_of(
                session,
                replace(news, messages=[]),
                quiet=self._quiet,
                impatient=True,
                at=self._clock.utc_now(),
            )

    def _wait_after(self, step: Step, standing: Standing) -> None:
        match standing.handler:
            case Handler.queue:
                self._speak_within(self._patience.person)
            case Handler.bot if standing.owed:
                self._speak_within(self._patience.answer)
            case Handler.bot:
                self._speak_within(seconds_to_say(*step.words) + self._patience.words)
            case _:
                self._speak_by = None

    def _is_over(self, conversation: Conversation) -> bool:
        return conversation.handler is Handler.closed or conversation.call != self._relay.call

    async def _leave(self, conversation: Conversation) -> None:
        # Whoever may be asked how content they were hears that, and a goodbye, after the relay.
        if not conversation.ratable:
            sentence = "goodbye" if conversation.handler is Handler.closed else "elsewhere"
            await self._voice.speak(say(sentence, self._voice.language), to_the_end=True)
        await self._voice.hang_up(reason="closed", reference=str(conversation.id))

    async def _give_up(self, conversation: Conversation) -> None:
        async with self._sessions.begin() as session:
            await hang_up(session, conversation.id)
        self._hub.moved(conversation.id)
        await self._voice.hang_up(reason="quiet", reference=str(conversation.id))

    def _speak_within(self, seconds: float) -> None:
        self._speak_by = self._clock.now() + seconds

    def _until_silence(self) -> float | None:
        waits = [] if self._speak_by is None else [self._speak_by - self._clock.now()]
        if self._floor.taken:
            waits.append(self._floor.left)
        return max(min(waits), 0.01) if waits else None


def _answered(news: News) -> bool:
    """Return whether the caller has just heard the assistant, and is with it still."""
    if news.conversation.handler is not Handler.bot or not news.messages:
        return False
    return news.messages[-1].author is Author.bot
