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


class Simulator:
    """Calls the application at a public address, as Twilio would."""

    def __init__(self, account: Account, public_url: str, *, deliveries: int = 1) -> None:
        self._account = account
        self._voice_url = f"{public_url.rstrip('/')}/phone/voice"
        self._deliveries = deliveries

    @asynccontextmanager
    async def call(
        self, *, from_: str = SOMEBODY, to: str = THE_LINE, language: str = "de"
    ) -> AsyncIterator[SimulatedCall]:
        """Hold a call on a line of this language; it is hung up when the block ends."""
        async with httpx2.AsyncClient(trust_env=False) as client:
            call = SimulatedCall(
                self._account,
                Webhooks(self._account, client, deliveries=self._deliveries),
                voice_url=f"{self._voice_url}?language={language}",
                caller=from_,
                called=to,
            )
            live = asyncio.create_task(call.live())
            try:
                yield call
                await call.hangs_up()
                with suppress(asyncio.CancelledError):
                    await live
            finally:
                live.cancel()
