"""What Twilio tells by itself, beside the questions of a call."""

import asyncio

from channels.simulator.refusal import Refused
from channels.simulator.webhooks import Webhooks

API_VERSION = "2010-04-01"


class Reports:
    """Calls back while everything else goes on."""

    def __init__(self, webhooks: Webhooks, *, account: str, address: str) -> None:
        self._webhooks = webhooks
        self._account = account
        self._address = address
        self._going_out: set[asyncio.Task[None]] = set()
        self._stopped = False

    def address_of(self, resource: str) -> str:
        """Return where a resource of the account is found."""
        return f"{self._address}/{API_VERSION}/Accounts/{self._account}/{resource}"

    def tell(self, url: str | None, fields: dict[str, str]) -> None:
        """Send a report to whoever asked for it."""
        if url is None or self._stopped:
            return
        told = {"AccountSid": self._account, "ApiVersion": API_VERSION, **fields}
        report = asyncio.create_task(self._send(url, told))
        self._going_out.add(report)
        report.add_done_callback(self._going_out.discard)

    async def stop(self) -> None:
        """Let nothing more go out."""
        self._stopped = True
        for report in self._going_out:
            report.cancel()
        await asyncio.gather(*self._going_out, return_exceptions=True)

    async def _send(self, url: str, fields: dict[str, str]) -> None:
        try:
            await self._webhooks.ask(url, fields)
        except Refused:
            # Twilio notes it in its own debugger; here whoever waits for it notices.
            return
