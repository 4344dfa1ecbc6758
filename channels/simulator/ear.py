"""What the caller says and keys in, for whichever `<Gather>` listens."""

import asyncio
from dataclasses import dataclass

from channels.clock import Clock
from channels.simulator.refusal import Refused
from channels.simulator.verbs import Gather

CONFIDENCE = "0.9"


@dataclass(frozen=True, slots=True)
class Said:
    """Speech, as it was recognised."""

    text: str


@dataclass(frozen=True, slots=True)
class Key:
    """A key that was pressed."""

    key: str


@dataclass(frozen=True, slots=True)
class Gone:
    """The phone was put down."""


class Ear:
    """Passes on what the caller does while somebody listens, and makes them wait until then."""

    def __init__(self, clock: Clock) -> None:
        self.language = ""
        """In which speech is recognised now."""
        self._clock = clock
        self._doings: asyncio.Queue[Said | Key | Gone] = asyncio.Queue()
        self._open = asyncio.Event()
        self._inputs: frozenset[str] = frozenset()

    async def listen(self, gather: Gather) -> dict[str, str] | None:
        """Return what the action is told, or None if nothing came in time."""
        self.language, self._inputs = gather.language, gather.inputs
        self._open.set()
        try:
            match await self._next(gather):
                case Said() as said:
                    return {"SpeechResult": said.text, "Confidence": CONFIDENCE}
                case Key() as key:
                    digits = await self._keyed(key.key, gather)
                    return {"Digits": digits} if digits else None
                case _:
                    return None
        finally:
            self._open.clear()

    async def says(self, words: str) -> None:
        """Speak as soon as somebody listens."""
        await self._do(Said(words), "speech")

    async def keys(self, keys: str) -> None:
        """Press keys as soon as somebody listens."""
        for key in keys:
            await self._do(Key(key), "dtmf")

    def hang_up(self) -> None:
        """Put the phone down, whoever listens."""
        self._doings.put_nowait(Gone())

    async def _do(self, doing: Said | Key, how: str) -> None:
        while not self._open.is_set():
            await self._open.wait()
        if how not in self._inputs:
            raise Refused(f"<Gather> does not listen to {how}")
        self._doings.put_nowait(doing)

    async def _keyed(self, first: str, gather: Gather) -> str:
        """Collect keys until the last one, or a pause; speech in between is not heard."""
        digits, key = "", first
        while True:
            if key == gather.finish:
                # Without a number before it, the key that ends numbers does nothing.
                if digits:
                    return digits
            else:
                digits += key
            if len(digits) == gather.digits:
                return digits
            match await self._next(gather):
                case Key() as pressed:
                    key = pressed.key
                case None:
                    return digits
                case Gone():
                    return ""
                case Said():
                    key = ""

    async def _next(self, gather: Gather) -> Said | Key | Gone | None:
        try:
            async with self._clock.timeout(gather.timeout):
                return await self._doings.get()
        except TimeoutError:
            return None
