"""Twilio's webhooks: signed forms, now and then delivered more than once, late, or out of order."""

import asyncio
from dataclasses import dataclass, field
from random import Random
from uuid import uuid4

import httpx2

from channels.simulator.account import Account
from channels.simulator.twiml import Refused

PATIENCE_SECONDS = 15.0
"""As long as Twilio waits for an answer."""
IDEMPOTENCY_TOKEN = "I-Twilio-Idempotency-Token"  # noqa: S105 - the name of a header


@dataclass(slots=True)
class Deliveries:
    """How often the same webhook comes, and when."""

    times: int = 1
    stray: bool = False
    """Whether repeats come one to so many times, later than what follows them, in any order."""
    chance: Random = field(default_factory=lambda: Random(7))  # noqa: S311 - no secret


@dataclass(frozen=True, slots=True)
class Webhook:
    """A request as Twilio makes it, however often."""

    url: str
    fields: dict[str, str]
    headers: dict[str, str]


class Webhooks:
    """Asks the application what to do."""

    def __init__(
        self, account: Account, client: httpx2.AsyncClient, deliveries: Deliveries | None = None
    ) -> None:
        self._account = account
        self._client = client
        self._deliveries = deliveries or Deliveries()
        self._astray: list[tuple[Webhook, str]] = []

    async def ask(self, url: str, fields: dict[str, str]) -> str:
        """Return the answer; deliveries of the same webhook must be answered alike."""
        headers = {**self._account.sign(url, fields), IDEMPOTENCY_TOKEN: str(uuid4())}
        webhook = Webhook(url, fields, headers)
        if self._deliveries.stray:
            return await self._ask_among_strays(webhook)
        answers = [await self._post(webhook) for _ in range(self._deliveries.times)]
        _alike(answers)
        return answers[0]

    async def deliver_the_rest(self) -> None:
        """Deliver whatever is still on its way."""
        await self._deliver(len(self._astray))

    async def _ask_among_strays(self, webhook: Webhook) -> str:
        chance = self._deliveries.chance
        late = chance.randint(0, len(self._astray))
        answer, _ = await asyncio.gather(self._post(webhook), self._deliver(late))
        more = chance.randint(0, self._deliveries.times - 1)
        self._astray += [(webhook, answer)] * more
        return answer

    async def _deliver(self, how_many: int) -> None:
        self._deliveries.chance.shuffle(self._astray)
        now, self._astray = self._astray[:how_many], self._astray[how_many:]
        again = await asyncio.gather(*(self._post(webhook) for webhook, _ in now))
        for (_, before), after in zip(now, again, strict=True):
            _alike([before, after])

    async def _post(self, webhook: Webhook) -> str:
        try:
            response = await self._send(webhook)
        except (httpx2.NetworkError, httpx2.RemoteProtocolError):
            response = await self._send_again(webhook)
        except httpx2.HTTPError as error:
            raise Refused("the webhook could not be reached") from error
        if not response.is_success:
            raise Refused(f"the webhook answered {response.status_code}")
        return response.text

    async def _send(self, webhook: Webhook) -> httpx2.Response:
        return await self._client.post(
            webhook.url, data=webhook.fields, headers=webhook.headers, timeout=PATIENCE_SECONDS
        )

    async def _send_again(self, webhook: Webhook) -> httpx2.Response:
        """Try once more, as Twilio does where a connection fails.

        https://www.twilio.com/docs/usage/webhooks/webhooks-connection-overrides
        """
        try:
            return await self._send(webhook)
        except httpx2.HTTPError as error:
            raise Refused("the webhook could not be reached") from error


def _alike(answers: list[str]) -> None:
    if len(set(answers)) > 1:
        raise Refused("a repeated webhook was answered differently")
