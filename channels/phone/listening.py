"""What the caller does: speak, press keys, break in."""

import logging
from dataclasses import replace
from uuid import uuid4

from channels.messages import InboundMessage
from channels.phone.codes import ChatCodes
from channels.phone.keys import ChatCode, Cleared, Keypad, Meaning
from channels.phone.moment import Moment, moment_of, said
from channels.phone.permission import Answer, Permission, answer_by, answer_in
from channels.phone.protocol import Dtmf, Error, Info, Interrupt, Prompt, Received, Setup
from channels.phone.speaking import Speaker
from channels.phone.speech import speakable
from channels.phone.spoken_codes import SpokenCodes
from channels.phone.voice import Voice
from channels.phone.wording import say
from channels.turn import Turns
from channels.web_chat.pace import Pace
from crm_store.calls.models import CallRelay
from crm_store.conversations.repository import ConversationRepository
from crm_store.db import SessionFactory
from crm_store.errors import WrongHandler

logger = logging.getLogger(__name__)


class Listener:
    """Takes what the caller does into the record."""

    def __init__(
        self,
        relay: CallRelay,
        voice: Voice,
        *,
        turns: Turns,
        sessions: SessionFactory,
        codes: ChatCodes,
        speaker: Speaker,
        pace: Pace,
        spoken_codes: SpokenCodes,
        permission: Permission,
        awaits_permission: bool,
    ) -> None:
        self.has_moved = False
        """Whether the call goes on with another conversation, by a code from the chat."""
        self._call = relay.call
        self._conversation = relay.conversation_id
        self._voice = voice
        self._codes = codes
        self._turns = turns
        self._sessions = sessions
        self._speaker = speaker
        self._pace = pace
        self._spoken_codes = spoken_codes
        self._permission = permission
        self._awaits_permission = awaits_permission
        self._keypad = Keypad()

    @property
    def collecting(self) -> bool:
        """Whether the caller is in the middle of a number."""
        return self._keypad.collecting

    async def hear(self, message: Received | None) -> None:
        """Act on one message of the relay."""
        match message:
            case Prompt(last=True):
                words = message.voice_prompt
                spoken = said(self._conversation, words)
                if spoken is None or not await self._is_refused(spoken):
                    await self._take(spoken, answer_in(words))
                self._speaker.stops()
            case Dtmf():
                await self._press(message.digit)
            case Interrupt():
                await self._cut(message.utterance_until_interrupt)
            case Info() if message.finished_speaking:
                self._voice.finished()
                self._speaker.falls_quiet()
            case Prompt() | Info(name="clientSpeaking", value="on"):
                self._speaker.stirs()
            case Info(name="clientSpeaking", value="off"):
                self._speaker.falls_quiet()
                self._speaker.stops()
            case Error():
                # The description may quote what the caller was told.
                logger.error("the relay could not use our last message")
            case Setup() | Info() | None:
                pass

    async def no_more_keys(self) -> None:
        """The caller has stopped in the middle of a number: take it as it is."""
        moment = await self._moment()
        await self._mean(self._keypad.finish(moment.expected), moment)

    async def _press(self, key: str) -> None:
        self._speaker.stirs()
        moment = await self._moment()
        await self._mean(self._keypad.press(key, moment.expected), moment)

    async def _mean(self, meaning: Meaning | None, moment: Moment) -> None:
        await self._act_on(meaning, moment)
        if not self.collecting:
            self._speaker.stops()

    async def _act_on(self, meaning: Meaning | None, moment: Moment) -> None:
        match meaning:
            case Cleared():
                await self._voice.speak(say("keys_cleared", self._voice.language))
            case ChatCode():
                await self._enter(meaning.digits)
            case None:
                pass
            case _:
                await self._take(moment.keyed(meaning), answer_by(meaning))

    async def _enter(self, digits: str) -> None:
        self._voice.listened()
        entry = str(uuid4())
        refused = await self._codes.enter(self._conversation, self._call, digits, entry=entry)
        if refused is None:
            self.has_moved = True
        else:
            await self._voice.speak(refused.said(self._voice.language))

    async def _take(self, message: InboundMessage | None, answer: Answer) -> None:
        if message is None:
            return
        if not self._pace.allows():
            await self._voice.speak(say("too_fast", self._voice.language))
            return
        self._voice.listened()
        unheard = await self._speaker.withdraw()
        self._speaker.expect_answer()
        try:
            await self._take_in(replace(message, unheard=unheard), answer)
        except WrongHandler:
            # The conversation has just been closed; the goodbye is on its way.
            return

    async def _is_refused(self, spoken: InboundMessage) -> bool:
        """Return whether it was a code, which the caller is asked to key in instead."""
        if await self._spoken_codes.refuse(spoken) is None:
            return False
        self._voice.listened()
        return True

    async def _take_in(self, message: InboundMessage, answer: Answer) -> None:
        if self._awaits_permission:
            self._awaits_permission = answer is Answer.other_language
            await self._permission.take(message, answer)
        else:
            await self._turns.take(message)

    async def _moment(self) -> Moment:
        async with self._sessions() as session:
            return await moment_of(session, self._conversation)

    async def _cut(self, heard: str) -> None:
        self._speaker.stirs()
        for cut in await self._voice.break_off(heard):
            if cut.seq is None:
                continue
            async with self._sessions.begin() as session:
                conversations = ConversationRepository(session)
                message = await conversations.message(self._conversation, cut.seq)
                # Whoever broke into the list of answers has heard the words themselves.
                if message is not None and len(cut.text) < len(speakable(message.text)):
                    message.text = cut.text
