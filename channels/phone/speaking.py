"""What the caller is told: every row after the last they heard, whoever it is from."""

import asyncio

from channels.hub import Hub
from channels.phone.news import News, news_of
from channels.phone.patience import Patience
from channels.phone.voice import Voice
from channels.phone.wording import say
from crm_store.calls.models import CallRelay
from crm_store.calls.repository import CallRepository
from crm_store.conversations.models import Author, Conversation, Handler, Kind, Message
from crm_store.db import SessionFactory


class Speaker:
    """Follows one conversation and speaks it, until it is closed."""

    def __init__(
        self,
        relay: CallRelay,
        voice: Voice,
        *,
        sessions: SessionFactory,
        hub: Hub,
        patience: Patience,
    ) -> None:
        self._relay = relay
        self._position = relay.position
        self._voice = voice
        self._sessions = sessions
        self._hub = hub
        self._patience = patience
        self._speak_by: float | None = None

    def expect_answer(self) -> None:
        """The caller has said something; they shall not listen to silence for long."""
        self._speak_by = _now() + self._patience.answer

    async def run(self) -> None:
        """Speak what comes, then end the relay when the conversation is over."""
        async with self._hub.watch(self._relay.conversation_id) as bell:
            while True:
                news = await self._news()
                await self._tell(news)
                if news.conversation.handler is Handler.closed:
                    return await self._leave(news.conversation)
                await self._break_silence(news.conversation)
                await bell.wait(self._until_silence())

    async def _news(self) -> News:
        async with self._sessions() as session:
            return await news_of(session, self._relay.conversation_id, after=self._position)

    async def _tell(self, news: News) -> None:
        if news.conversation.language is not self._voice.language:
            await self._voice.switch(news.conversation.language)
        for message in news.messages:
            await self._tell_one(message, news.told(message))
            self._position = message.seq
        if news.messages:
            async with self._sessions.begin() as session:
                await CallRepository(session).told(self._relay, self._position)

    async def _tell_one(self, message: Message, words: str) -> None:
        seq = None if message.author is Author.system else message.seq
        await self._voice.speak(words, seq=seq)
        match (message.author, message.kind):
            case (Author.bot, _) | (Author.system, Kind.claimed):
                self._speak_by = None
            case (Author.system, Kind.handed_off):
                self._speak_by = _now() + self._patience.person
            case _:
                pass

    async def _break_silence(self, conversation: Conversation) -> None:
        waiting = conversation.handler is Handler.queue
        if waiting and self._speak_by is None:
            self._speak_by = _now() + self._patience.person
        if self._speak_by is None or _now() < self._speak_by:
            return
        self._speak_by = None
        match conversation.handler:
            case Handler.bot:
                await self._voice.speak(say("one_moment", self._voice.language))
            case Handler.queue:
                await self._voice.speak(say("still_holding", self._voice.language))
                self._speak_by = _now() + self._patience.person
            case _:
                pass

    async def _leave(self, conversation: Conversation) -> None:
        await self._voice.speak(say("goodbye", self._voice.language), to_the_end=True)
        await self._voice.hang_up(reason="closed", reference=str(conversation.id))

    def _until_silence(self) -> float:
        longest = self._patience.answer
        left = longest if self._speak_by is None else self._speak_by - _now()
        return min(max(left, 0.01), longest)


def _now() -> float:
    return asyncio.get_running_loop().time()
