"""Where pretended calls come from, and where they can be made to."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from typing import Any

import httpx2

from channels.clock import Clock, WallClock
from channels.simulator.account import Account
from channels.simulator.call import CallEnded, Rung, SimulatedCall
from channels.simulator.faults import Fault
from channels.simulator.mouth import ALOUD, AT_ONCE
from channels.simulator.plug import Plug, plugged_in
from channels.simulator.webhooks import Deliveries, Webhooks

SOMEBODY = "+4930901820000"
THE_LINE = "+4930901820099"
TYPING = 4.0
"""How long a second of the line lasts for whoever types what they say."""

ENDS_WITHIN_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class Ringing:
    """A call that somebody makes to a phone of ours."""

    caller: str
    wish: dict[str, Any]
    plug: Plug

    async def declines(self) -> None:
        """Do not take the call; whoever makes it is told that the line is busy."""
        await self.plug.decline(self.wish["call"])


class Simulator:
    """Calls the application at a public address, as Twilio would, and is called by it."""

    def __init__(
        self,
        account: Account,
        public_url: str,
        *,
        deliveries: Deliveries | None = None,
        clock: Clock | None = None,
        typed: bool = False,
        standby: str | None = None,
    ) -> None:
        self._account = account
        self.clock = clock or WallClock(second=TYPING if typed else 1.0)
        """By which the caller's side of every call goes."""
        self._pace = ALOUD if typed else AT_ONCE
        self._address = public_url.rstrip("/")
        self._deliveries = deliveries
        self._standby = standby
        """What Twilio keeps for calls whose next step it cannot learn."""

    @asynccontextmanager
    async def call(
        self,
        *,
        from_: str = SOMEBODY,
        to: str = THE_LINE,
        language: str = "de",
        relay_fails: Fault | None = None,
    ) -> AsyncIterator[SimulatedCall]:
        """Hold a call on a line of this language; it is hung up when the block ends.

        Where the relay fails, its socket is never opened, and the line is told why.
        """
        async with self._webhooks() as webhooks, plugged_in(self._account, self._address) as plug:
            call = SimulatedCall(
                self._account,
                webhooks,
                voice_url=f"{self._address}/phone/voice?language={language}",
                caller=from_,
                called=to,
                relay_fails=relay_fails,
                clock=self.clock,
                pace=self._pace,
                switchboard=plug,
                standby=self._standby,
            )
            await plug.hold(call)
            async with _living(call, plug):
                yield call

    @asynccontextmanager
    async def phone(self, number: str) -> AsyncIterator["Phone"]:
        """Plug in a phone that rings when the application calls its number."""
        async with self._webhooks() as webhooks, plugged_in(self._account, self._address) as plug:
            await plug.answer(number)
            yield Phone(self._account, webhooks, plug, self.clock, self._pace, self._standby)

    @asynccontextmanager
    async def _webhooks(self) -> AsyncIterator[Webhooks]:
        async with httpx2.AsyncClient(trust_env=False) as client:
            yield Webhooks(self._account, client, self._deliveries)


class Phone:
    """Waits to be called."""

    def __init__(
        self,
        account: Account,
        webhooks: Webhooks,
        plug: Plug,
        clock: Clock,
        pace: float,
        standby: str | None = None,
    ) -> None:
        self._account = account
        self._webhooks = webhooks
        self._plug = plug
        self._clock = clock
        self._pace = pace
        self._standby = standby

    @property
    def is_quiet(self) -> bool:
        """Whether no other call has come in that nobody has looked at."""
        return self._plug.rung.empty()

    async def rings(self) -> Ringing:
        """Return the next call that comes in."""
        wish = await self._plug.rung.get()
        return Ringing(wish["from"], wish, self._plug)

    @asynccontextmanager
    async def picks_up(self, ringing: Ringing) -> AsyncIterator[SimulatedCall]:
        """Take a call and hold it; it is hung up when the block ends."""
        wish = ringing.wish
        call = SimulatedCall(
            self._account,
            self._webhooks,
            voice_url=wish["url"],
            caller=wish["from"],
            called=wish["to"],
            clock=self._clock,
            pace=self._pace,
            rung=Rung(wish["call"], wish["status_url"], falls_back=bool(wish["fallback_url"])),
            switchboard=self._plug,
            standby=self._standby,
        )
        if not await self._plug.pick_up(call):
            raise CallEnded("nobody waits any more")
        async with _living(call, self._plug):
            yield call


@asynccontextmanager
async def _living(call: SimulatedCall, plug: Plug) -> AsyncIterator[None]:
    """Hold a call for as long as the block lasts, and tell the exchange when it is over."""
    live = asyncio.create_task(_live(call, plug))
    try:
        yield
    finally:
        # Also if whoever holds it is gone without a word: who hangs up is told of, however.
        await call.hangs_up()
        with suppress(TimeoutError, asyncio.CancelledError):
            async with asyncio.timeout(ENDS_WITHIN_SECONDS):
                await live
        live.cancel()


async def _live(call: SimulatedCall, plug: Plug) -> None:
    await call.live()
    await plug.over(call)
