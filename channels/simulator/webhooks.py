"""Twilio's webhooks: signed forms, now and then delivered more than once, late, or out of order."""

import asyncio
from dataclasses import dataclass, field
from random import Random
from uuid import uuid4

import httpx2

from channels.simulator.account import Account
from channels.simulator.limits import Limits, without_limits
from channels.simulator.refusal import Refused

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
    """With the limits that hold for it."""
    fields: dict[str, str]
    headers: dict[str, str]


class NoAnswer(Refused):
    """Nothing came back that could be obeyed, and why: `ct`, `rt`, `4xx` or `5xx`.

    Codes as in https://www.twilio.com/docs/api/errors.
    """

    def __init__(self, what: str, why: str) -> None:
        super().__init__(what)
        self.why = why

    @property
    def code(self) -> str:
        """The error that Twilio tells a fallback."""
        return "11205" if self.why == "ct" else "11200"

    @property
    def refused(self) -> bool:
        """Whether nobody was there at all."""
        return self.why == "ct"

    @property
    def answered(self) -> bool:
        """Whether the answer was a failure."""
        return self.why.endswith("xx")


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
        asked, _ = without_limits(url)
        headers = {**self._account.sign(asked, fields), IDEMPOTENCY_TOKEN: str(uuid4())}
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
        """Return the answer; what fails is tried again as often as the address says."""
        url, limits = without_limits(webhook.url)
        tries = limits.retries
        try:
            async with asyncio.timeout(limits.total):
                while True:
                    try:
                        return await self._send(url, webhook, limits)
                    except NoAnswer as failure:
                        if tries == 0 or not limits.again(failure.why):
                            raise
                        tries -= 1
        except TimeoutError as error:
            raise NoAnswer("the webhook did not answer in time", "rt") from error

    async def _send(self, url: str, webhook: Webhook, limits: Limits) -> str:
        timeout = httpx2.Timeout(limits.read, connect=limits.connect)
        try:
            response = await self._client.post(
                url, data=webhook.fields, headers=webhook.headers, timeout=timeout
            )
        except (httpx2.ReadTimeout, httpx2.WriteTimeout) as error:
            raise NoAnswer("the webhook did not answer in time", "rt") from error
        except httpx2.HTTPError as error:
            raise NoAnswer("the webhook could not be reached", "ct") from error
        if not response.is_success:
            kind = f"{response.status_code // 100}xx"
            raise NoAnswer(f"the webhook answered {response.status_code}", kind)
        return response.text


def _alike(answers: list[str]) -> None:
    if len(set(answers)) > 1:
        raise Refused("a repeated webhook was answered differently")
