"""Twilio's end of a relay session."""

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake, InvalidStatus

from channels.simulator import protocol
from channels.simulator.account import Account, new_sid
from channels.simulator.events import Connected, Event, Problem, Spoken
from channels.simulator.faults import Fault
from channels.simulator.mouth import AT_ONCE, Mouth
from channels.simulator.refusal import Refused
from channels.simulator.verbs import Relay

MOST_BAD_MESSAGES = 10
BAD_DATA = 1007
MOST_MISSED = 500
"""Events that are kept for a socket that is opened again:
https://www.twilio.com/en-us/changelog/conversation-relay--dynamic-configuration--application-reconnect
"""
RECONNECTS_AFTER_SECONDS = (0.0, 0.2, 0.5, 1.0)
"""Between the tries; how often and how long Twilio tries is not documented."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a session ended, as Twilio reports it."""

    session: str
    status: str
    handoff_data: str | None = None
    error: str | None = None


class Session:
    """One socket to the application, from setup to end."""

    def __init__(
        self, relay: Relay, tell: Callable[[Event], None], *, pace: float = AT_ONCE
    ) -> None:
        self.sid = new_sid("VX")
        self.relay = relay
        self.language = relay.language
        self.talk = relay.greeting
        """What is being spoken, or was spoken last."""
        self.interruptible = relay.greeting_interruptible
        self._tell = tell
        self._mouth = Mouth(self._has_spoken, pace=pace)
        self._bad = 0
        self._finished = True
        self._begun = False
        self._missed: list[dict[str, Any]] = []
        self._over = False
        self._fault = Fault.network
        self._socket: ClientConnection | None = None

    async def hold(self, account: Account, *, call: str, caller: str, called: str) -> Outcome:
        """Connect, speak what comes, and return how it ended; a lost socket may be opened anew."""
        setup = protocol.setup(
            session=self.sid,
            account=account.sid,
            call=call,
            caller=caller,
            called=called,
            parameters=self.relay.parameters,
        )
        outcome = await self._connect(account, setup)
        for pause in RECONNECTS_AFTER_SECONDS if self.relay.reconnects else ():
            if not self._is_lost(outcome):
                break
            await asyncio.sleep(pause)
            outcome = await self._connect(account, setup)
        return outcome

    def _is_lost(self, outcome: Outcome) -> bool:
        return outcome.error in {Fault.network, Fault.unreachable} and not self._over

    async def _connect(self, account: Account, setup: dict[str, Any]) -> Outcome:
        try:
            async with connect(
                self.relay.url, additional_headers=account.sign(self.relay.url), proxy=None
            ) as socket:
                self._socket = socket
                if self._over:
                    return Outcome(self.sid, "completed")
                await self._begin(setup)
                return await self._listen(socket)
        except (OSError, EOFError, TimeoutError, InvalidHandshake) as failure:
            # Nobody there may be a restart; a refusal is a mistake.
            if isinstance(failure, InvalidStatus):
                self._tell(Problem("the relay's socket was not opened"))
            return Outcome(self.sid, "failed", error=Fault.unreachable)
        finally:
            self._socket = None

    async def _begin(self, setup: dict[str, Any]) -> None:
        """Say which call it is, and after a loss what the caller has done meanwhile."""
        await self.send(setup)
        if self._begun:
            missed, self._missed = self._missed, []
            for message in missed:
                await self.send(message)
            return
        self._begun = True
        self._tell(Connected(setup["callSid"]))
        if self.relay.greeting:
            self._tell(Spoken(self.relay.greeting, self.relay.language))
            self._mouth.greets(self.relay.greeting)

    async def send(self, message: dict[str, Any]) -> None:
        """Tell the application something; it is kept for a socket that may come, or lost."""
        try:
            if self._socket is not None:
                await self._socket.send(json.dumps(message))
                return
        except ConnectionClosed:
            pass
        if self.relay.reconnects and len(self._missed) < MOST_MISSED:
            self._missed.append(message)

    async def interrupt(self, after: str | None) -> str:
        """Break into what is spoken; return what was heard of it, all if that cannot be."""
        if not self.interruptible:
            return self.talk
        heard = _until(self.talk, after)
        self._mouth.shuts()
        await self.send(
            {
                "type": "interrupt",
                "utteranceUntilInterrupt": heard,
                "durationUntilInterruptMs": 60 * len(heard),
            }
        )
        return heard

    async def break_off(self, fault: Fault) -> None:
        """Lose the connection, without a word."""
        self._fault = fault
        broken, self._socket = self._socket, None
        if broken is not None:
            broken.transport.abort()

    async def close(self) -> None:
        """Hang up, even if the line is not up yet."""
        self._over = True
        self._mouth.shuts()
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
                    return Outcome(self.sid, "ended", handoff_data=message.handoffData)
                await self._obey(message)
        except ConnectionClosed:
            pass
        return Outcome(self.sid, "failed", error=self._fault)

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
        if text.last and self.talk:
            await self._mouth.says(self.talk)

    async def _has_spoken(self) -> None:
        if self.relay.speaker_events:
            await self.send({"type": "info", "name": "agentSpeaking", "value": "off"})


def _until(talk: str, after: str | None) -> str:
    """Return what was heard of a talk up to some words in it, or of its first half."""
    if after is None:
        words = talk.split(" ")
        return " ".join(words[: (len(words) + 1) // 2])
    before, found, _ = talk.partition(after)
    if not found:
        raise Refused("nobody has said what is to be broken into")
    return before + found
