"""One relay session: Twilio listens and speaks for us, we read and write."""

import asyncio
import logging
from contextlib import suppress
from typing import Annotated

from fastapi import Depends, WebSocket, WebSocketDisconnect

from channels.phone.listening import Listener
from channels.phone.parts import TheParts
from channels.phone.protocol import Setup, ToTwilio, received
from channels.phone.speaking import Speaker
from channels.phone.twiml import TICKET
from channels.phone.voice import Send, Voice
from channels.web_chat.pace import Pace
from crm_store.base import utc_now
from crm_store.calls.models import CallRelay
from crm_store.calls.repository import CallRepository
from crm_store.conversations.turns import TurnRepository
from crm_store.strategy.policies import CallPolicy
from crm_store.strategy.repository import PolicyRepository

SETUP_SECONDS = 10.0
NOT_ALLOWED = 1008
BROKEN_OFF = 1011
DONE = 1000

LONGEST_FRAME = 16 * 1024
"""Of characters; Twilio's messages are a fraction of that."""

logger = logging.getLogger(__name__)


class TooLong(Exception):  # noqa: N818 - it names a state, not a failure
    """Nobody who means well sends so much at once."""


class Relay:
    """Holds one call at a time, from its setup to its end."""

    def __init__(self, parts: TheParts) -> None:
        self._account = parts.settings.twilio_account_sid
        self._returns = parts.settings.rapport_phone_reconnect
        self._turns = parts.turns
        self._sessions = parts.sessions
        self._hub = parts.hub
        self._codes = parts.codes
        self._patience = parts.patience
        self._spoken_codes = parts.spoken_codes
        self._permission = parts.permission
        self._recordings = parts.recordings

    async def hold(self, websocket: WebSocket) -> None:
        """Talk to the caller until either side ends it; a stranger is shown out."""
        admitted = await self._admit(websocket)
        if admitted is None:
            await websocket.close(NOT_ALLOWED)
            return
        voice = Voice(_sender(websocket), admitted.language, self._patience.clock)
        while await self._talk(websocket, admitted, voice):
            admitted = await self._anew(admitted)

    async def _talk(self, websocket: WebSocket, relay: CallRelay, voice: Voice) -> bool:
        """Talk about one thing; return whether the call goes on with another conversation."""
        policy = await self._limits()
        speaker = Speaker(
            relay,
            voice,
            sessions=self._sessions,
            hub=self._hub,
            patience=self._patience,
            policy=policy,
            recordings=self._recordings,
        )
        listener = Listener(
            relay,
            voice,
            turns=self._turns,
            sessions=self._sessions,
            codes=self._codes,
            speaker=speaker,
            pace=Pace(policy.most_per_minute),
            spoken_codes=self._spoken_codes,
            permission=self._permission,
            # Nobody is asked but at the beginning of a call.
            awaits_permission=await self._permission.awaited(relay.conversation_id),
        )
        if await self._owes(relay):
            speaker.expect_answer()
        return await self._both_ways(websocket, listener, speaker)

    async def _owes(self, relay: CallRelay) -> bool:
        async with self._sessions() as session:
            return await TurnRepository(session).keeps_waiting(relay.conversation_id)

    async def _anew(self, relay: CallRelay) -> CallRelay:
        async with self._sessions() as session:
            return await session.get_one(CallRelay, relay.id)

    async def _admit(self, websocket: WebSocket) -> CallRelay | None:
        """Return the relay that the setup message names by its one-time ticket."""
        try:
            async with asyncio.timeout(SETUP_SECONDS):
                setup = received(await websocket.receive_text())
        except TimeoutError:
            return None
        if not isinstance(setup, Setup) or setup.account_sid != self._account:
            return None
        ticket = setup.custom_parameters.get(TICKET, "")
        async with self._sessions.begin() as session:
            return await CallRepository(session).admit(
                setup.call_sid,
                ticket,
                session=setup.session_id,
                returns=self._returns,
                at=utc_now(),
            )

    async def _limits(self) -> CallPolicy:
        async with self._sessions() as session:
            return (await PolicyRepository(session).current()).calls

    async def _both_ways(self, websocket: WebSocket, listener: Listener, speaker: Speaker) -> bool:
        sides = [
            asyncio.create_task(speaker.run()),
            asyncio.create_task(self._listen(websocket, listener)),
        ]
        try:
            await asyncio.wait(sides, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for side in sides:
                side.cancel()
            ends = await asyncio.gather(*sides, return_exceptions=True)
        failures = [end for end in ends if isinstance(end, Exception)]
        if listener.has_moved and not failures:
            return True
        await _close(websocket, failures)
        return False

    async def _listen(self, websocket: WebSocket, listener: Listener) -> None:
        while not listener.has_moved:
            try:
                pause = self._patience.keys if listener.collecting else None
                async with self._patience.clock.timeout(pause):
                    frame = await websocket.receive_text()
            except TimeoutError:
                await listener.no_more_keys()
            else:
                if len(frame) > LONGEST_FRAME:
                    raise TooLong("a frame of the relay is longer than any of Twilio's")
                await listener.hear(received(frame))


TheRelay = Annotated[Relay, Depends()]


def _sender(websocket: WebSocket) -> Send:
    async def send(message: ToTwilio) -> None:
        await websocket.send_text(message.frame())

    return send


async def _close(websocket: WebSocket, failures: list[Exception]) -> None:
    """Close the socket; after a failure Twilio asks for a new one, and the call goes on there."""
    if any(isinstance(failure, WebSocketDisconnect) for failure in failures):
        return
    for failure in failures:
        logger.error("a relay broke off", exc_info=failure)
    with suppress(RuntimeError, WebSocketDisconnect):
        await websocket.close(BROKEN_OFF if failures else DONE)
