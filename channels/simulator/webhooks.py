"""Twilio's webhooks: signed forms, now and then delivered more than once."""

from uuid import uuid4

import httpx2

from channels.simulator.account import Account
from channels.simulator.twiml import Refused

PATIENCE_SECONDS = 15.0
"""As long as Twilio waits for an answer."""


class Webhooks:
    """Asks the application what to do."""

    def __init__(
        self, account: Account, client: httpx2.AsyncClient, *, deliveries: int = 1
    ) -> None:
        self._account = account
        self._client = client
        self._deliveries = deliveries

    async def ask(self, url: str, fields: dict[str, str]) -> str:
        """Return the answer; deliveries of the same webhook must be answered alike."""
        headers = self._account.sign(url, fields)
        headers["I-Twilio-Idempotency-Token"] = str(uuid4())
        answers = [await self._post(url, fields, headers) for _ in range(self._deliveries)]
        if len(set(answers)) > 1:
            raise Refused("a repeated webhook was answered differently")
        return answers[0]

    async def _post(self, url: str, fields: dict[str, str], headers: dict[str, str]) -> str:
        try:
            response = await self._client.post(
                url, data=fields, headers=headers, timeout=PATIENCE_SECONDS
            )
        except httpx2.HTTPError as error:
            raise Refused("the webhook could not be reached") from error
        if not response.is_success:
            raise Refused(f"the webhook answered {response.status_code}")
        return response.text
