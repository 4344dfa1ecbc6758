"""Where pretended calls come from."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import httpx2

from channels.simulator.account import Account
from channels.simulator.call import SimulatedCall
from channels.simulator.webhooks import Webhooks

SOMEBODY = "+4930901820000"
THE_LINE = "+4930901820099"
TYPING = 4.0
"""How long a second of the line lasts for whoever types what they say."""


class Simulator:
    """Calls the application at a public address, as Twilio would."""

    def __init__(
        self, account: Account, public_url: str, *, deliveries: int = 1, second: float = 1.0
    ) -> None:
        self._account = account
        self._second = second
        self._voice_url = f"{public_url.rstrip('/')}/phone/voice"
        self._deliveries = deliveries

    @asynccontextmanager
    async def call(
        self,
        *,
        from_: str = SOMEBODY,
        to: str = THE_LINE,
        language: str = "de",
        relay_works: bool = True,
    ) -> AsyncIterator[SimulatedCall]:
        """Hold a call on a line of this language; it is hung up when the block ends.

        Where the relay does not work, its socket is never opened, and the line is told so.
        """
        async with httpx2.AsyncClient(trust_env=False) as client:
            call = SimulatedCall(
                self._account,
                Webhooks(self._account, client, deliveries=self._deliveries),
                voice_url=f"{self._voice_url}?language={language}",
                caller=from_,
                called=to,
                relay_works=relay_works,
                second=self._second,
            )
            live = asyncio.create_task(call.live())
            try:
                yield call
                await call.hangs_up()
                with suppress(asyncio.CancelledError):
                    await live
            finally:
                live.cancel()
