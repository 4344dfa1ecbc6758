"""Our side of the talk: what we send to be spoken, and what of it was heard."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from contextlib import suppress

from channels.clock import Clock
from channels.phone.interruption import Utterance, heard_of
from channels.phone.protocol import End, SwitchLanguage, Text, ToTwilio
from channels.phone.wording import SPOKEN_IN, Sentence, with_language
from crm_store.base import Language

Send = Callable[[ToTwilio], Awaitable[None]]

SECONDS_PER_LETTER = 0.09
"""At an unhurried pace; used where Twilio does not tell that it has finished speaking."""


def seconds_to_say(*sentences: Sentence) -> float:
    """Return how long a voice takes to say this, at most."""
    letters = (len(with_language(said, Language.de).text) for said in sentences)
    return sum(letters) * SECONDS_PER_LETTER


class Voice:
    """Speaks to one caller."""

    def __init__(self, send: Send, language: Language, clock: Clock) -> None:
        self.language = language
        self._send = send
        self._clock = clock
        self._said: list[Utterance] = []
        self._finished = asyncio.Event()

    async def speak(
        self, sentence: Sentence, *, seq: int | None = None, to_the_end: bool = False
    ) -> None:
        """Say something; words of a message carry its number."""
        said = with_language(sentence, self.language)
        if not said.text:
            return
        self._finished.clear()
        self._said.append(Utterance(said.text, seq))
        await self._send(
            Text(
                token=said.text,
                lang=SPOKEN_IN[said.language],
                interruptible=False if to_the_end else None,
            )
        )

    async def switch(self, language: Language) -> None:
        """Speak and listen in another language from here on."""
        self.language = language
        code = SPOKEN_IN[language]
        await self._send(SwitchLanguage(tts_language=code, transcription_language=code))

    def listened(self) -> None:
        """Begin anew: the caller has answered what was said so far."""
        self._said.clear()

    async def break_off(self, heard: str) -> list[Utterance]:
        """Stop speaking; return the messages that were cut short, with what was heard of each."""
        cut = [utterance for utterance in heard_of(self._said, heard) if utterance.seq is not None]
        self._said.clear()
        await self._send(Text(token=""))
        return cut

    def finished(self) -> None:
        """Twilio tells that the caller has heard everything."""
        self._finished.set()

    async def hang_up(self, *, reason: str, reference: str) -> None:
        """End the relay once the last words have been heard."""
        left = sum(seconds_to_say(utterance.text) for utterance in self._said)
        with suppress(TimeoutError):
            async with self._clock.timeout(1.0 + left):
                await self._finished.wait()
        await self._send(End(handoff_data=json.dumps({"reason": reason, "reference": reference})))
