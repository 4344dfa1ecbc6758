"""What the caller does: speak, press keys, break in."""

import logging
from collections.abc import Callable
from uuid import UUID

from channels.messages import Choice, InboundMessage
from channels.phone.keys import Chosen, Cleared, Digits, Expected, Keypad, Meaning, Person
from channels.phone.protocol import Dtmf, Error, Info, Interrupt, Prompt, Received, Setup
from channels.phone.speech import speakable
from channels.phone.voice import Voice
from channels.phone.wording import say
from channels.turn import Turns
from crm_store.conversations.models import Handler, Kind
from crm_store.conversations.repository import ConversationRepository
from crm_store.db import SessionFactory
from crm_store.errors import WrongHandler

LONGEST_TEXT = 4000
ASK_PERSON = "ask_person"
"""The intent of a caller who presses 0, as the assistant names it."""
NUMBERS_ASKED_FOR = frozenset({"claim", "code"})
"""The questions that are answered by digits, as the assistant names them."""
CODE_ASKED_FOR = "code"

logger = logging.getLogger(__name__)


class Listener:
    """Takes what the caller does into the record."""

    def __init__(
        self,
        conversation: UUID,
        voice: Voice,
        *,
        turns: Turns,
        sessions: SessionFactory,
        asked: Callable[[], None],
    ) -> None:
        self._conversation = conversation
        self._voice = voice
        self._turns = turns
        self._sessions = sessions
        self._asked = asked
        self._keypad = Keypad()

    @property
    def collecting(self) -> bool:
        """Whether the caller is in the middle of a number."""
        return self._keypad.collecting

    async def hear(self, message: Received | None) -> None:
        """Act on one message of the relay."""
        match message:
            case Prompt(last=True):
                await self._prompt(message.voice_prompt)
            case Dtmf():
                await self._mean(self._keypad.press(message.digit, await self._expected()))
            case Interrupt():
                await self._cut(message.utterance_until_interrupt)
            case Info() if message.finished_speaking:
                self._voice.finished()
            case Error():
                # The description may quote what the caller was told.
                logger.error("the relay could not use our last message")
            case Setup() | Prompt() | Info() | None:
                pass

    async def no_more_keys(self) -> None:
        """The caller has stopped in the middle of a number: take it as it is."""
        await self._mean(self._keypad.finish(await self._expected()))

    async def _prompt(self, words: str) -> None:
        text = words.strip()[:LONGEST_TEXT]
        if text:
            await self._take(InboundMessage(self._conversation, text))

    async def _mean(self, meaning: Meaning | None) -> None:
        match meaning:
            case Digits():
                masked = meaning.shown if meaning.secret else None
                await self._take(InboundMessage(self._conversation, meaning.digits, masked=masked))
            case Chosen():
                await self._choose(meaning.index)
            case Person():
                title = say("person", self._voice.language)
                await self._take_choice(Choice(title, ASK_PERSON))
            case Cleared():
                await self._voice.speak(say("keys_cleared", self._voice.language))
            case None:
                pass

    async def _choose(self, index: int) -> None:
        async with self._sessions() as session:
            offer = await ConversationRepository(session).latest_choices(self._conversation)
        if offer is not None and index < len(offer.choices):
            await self._take_choice(Choice(**offer.choices[index]))

    async def _take_choice(self, choice: Choice) -> None:
        await self._take(
            InboundMessage(self._conversation, choice.title, kind=Kind.chosen, choice=choice)
        )

    async def _take(self, message: InboundMessage) -> None:
        self._voice.listened()
        self._asked()
        try:
            await self._turns.take(message)
        except WrongHandler:
            # The conversation has just been closed; the goodbye is on its way.
            return

    async def _expected(self) -> Expected:
        async with self._sessions() as session:
            conversations = ConversationRepository(session)
            conversation = await conversations.get(self._conversation)
            offer = await conversations.latest_choices(self._conversation)
        if conversation.handler is not Handler.bot:
            return Expected(number=True)
        asked_for = conversation.slots.get("requested_slot")
        awaits = conversation.slots.get("awaits") or {}
        return Expected(
            choices=len(offer.choices) if offer is not None else 0,
            number=asked_for in NUMBERS_ASKED_FOR or bool(awaits.get("digits")),
            code=CODE_ASKED_FOR in {asked_for, awaits.get("what")},
        )

    async def _cut(self, heard: str) -> None:
        for cut in await self._voice.break_off(heard):
            if cut.seq is None:
                continue
            async with self._sessions.begin() as session:
                conversations = ConversationRepository(session)
                message = await conversations.message(self._conversation, cut.seq)
                # Whoever broke into the list of answers has heard the words themselves.
                if message is not None and len(cut.text) < len(speakable(message.text)):
                    message.text = cut.text
