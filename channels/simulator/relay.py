"""Twilio's end of a relay session."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake

from channels.simulator import protocol
from channels.simulator.account import Account, new_sid
from channels.simulator.events import Connected, Event, Problem, Spoken
from channels.simulator.faults import Fault
from channels.simulator.twiml import Refused, Relay

MOST_BAD_MESSAGES = 10
BAD_DATA = 1007


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a session ended, as Twilio reports it."""

    status: str
    handoff_data: str | None = None
    error: str | None = None


class Session:
    """One socket to the application, from setup to end."""

    def __init__(self, relay: Relay, tell: Callable[[Event], None]) -> None:
        self.sid = new_sid("VX")
        self.relay = relay
        self.language = relay.language
        self.talk = relay.greeting
        """What is being spoken, or was spoken last."""
        self.interruptible = relay.greeting_interruptible
        self._tell = tell
        self._bad = 0
        self._finished = True
        self._over = False
        self._fault = Fault.network
        self._socket: ClientConnection | None = None

    async def hold(self, account: Account, *, call: str, caller: str, called: str) -> Outcome:
        """Connect, speak what comes, and return how it ended."""
        try:
            async with connect(
                self.relay.url, additional_headers=account.sign(self.relay.url), proxy=None
            ) as socket:
                self._socket = socket
                if self._over:
                    return Outcome("completed")
                setup = protocol.setup(
                    session=self.sid,
                    account=account.sid,
                    call=call,
                    caller=caller,
                    called=called,
                    parameters=self.relay.parameters,
                )
                await self.send(setup)
                self._tell(Connected(call))
                if self.relay.greeting:
                    self._tell(Spoken(self.relay.greeting, self.relay.language))
                return await self._listen(socket)
        except (OSError, TimeoutError, InvalidHandshake):
            self._tell(Problem("the relay's socket could not be opened"))
            return Outcome("failed", error=Fault.unreachable)
        finally:
            self._socket = None

    async def send(self, message: dict[str, Any]) -> None:
        """Tell the application something; it is lost where nobody listens."""
        if self._socket is not None:
            try:
                await self._socket.send(json.dumps(message))
            except ConnectionClosed:
                return

    async def break_off(self, fault: Fault) -> None:
        """Lose the connection, without a word."""
        self._fault = fault
        if self._socket is not None:
            self._socket.transport.abort()

    async def close(self) -> None:
        """Hang up, even if the line is not up yet."""
        self._over = True
        if self._socket is not None:
            await self._socket.close()

    async def _listen(self, socket: ClientConnection) -> Outcome:
        try:
            async for frame in socket:
                try:
                    message = protocol.sent(frame)
                except Refused as refused:
                    await self._complain(socket, str(refused))
                    continue
                self._bad = 0
                if isinstance(message, protocol.End):
                    return Outcome("ended", handoff_data=message.handoffData)
                await self._obey(message)
        except ConnectionClosed:
            pass
        return Outcome("failed", error=self._fault)

    async def _complain(self, socket: ClientConnection, description: str) -> None:
        self._bad += 1
        self._tell(Problem(description))
        await self.send({"type": "error", "description": description})
        if self._bad >= MOST_BAD_MESSAGES:
            self._fault = Fault.broken_off
            await socket.close(BAD_DATA)

    async def _obey(self, message: protocol.Sent) -> None:
        match message:
            case protocol.Text():
                await self._speak(message)
            case protocol.Language():
                self.language = message.transcriptionLanguage or self.language
            case _:
                pass

    async def _speak(self, text: protocol.Text) -> None:
        language = text.lang or self.language
        if language not in self.relay.languages | {self.relay.language}:
            self._tell(Problem(f"the relay was not told of the language {language}"))
        if self._finished:
            self.talk, self.interruptible = "", text.interruptible and self.relay.interruptible
        self.talk += text.token
        self._finished = text.last
        if text.token or self.talk:
            self._tell(Spoken(text.token, language, text.last))
        if text.last and self.talk and self.relay.speaker_events:
            await self.send({"type": "info", "name": "agentSpeaking", "value": "off"})
