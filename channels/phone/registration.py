"""What Twilio has on file about our account and number."""

import asyncio
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import Any

import requests

from channels.phone.rest import ANSWER_SECONDS, PhoneCompanyFailed, Twilio
from crm_store.base import utc_now


@dataclass(frozen=True, slots=True)
class Registered:
    """A number and where its calls go.

    Fields as in https://www.twilio.com/docs/phone-numbers/api/incomingphonenumber-resource.
    """

    speaks: bool
    voice_url: str
    voice_method: str
    fallback_url: str
    status_url: str
    status_method: str


class Registration(Twilio):
    """Asks Twilio's REST API what it knows of us; it changes nothing."""

    async def account_state(self) -> str:
        """Return `active`, `suspended` or `closed`."""
        fetched = await self._ask(self._client.api.v2010.accounts(self._account).fetch)
        return str(fetched.status)

    async def number(self) -> Registered | None:
        """Return how our number is set up, if it is the account's."""
        found = await self._ask(
            self._client.incoming_phone_numbers.list, phone_number=self._number, limit=1
        )
        if not found:
            return None
        number = found[0]
        capabilities: Any = number.capabilities or {}
        return Registered(
            speaks=bool(capabilities.get("voice")),
            voice_url=number.voice_url or "",
            voice_method=number.voice_method or "",
            fallback_url=number.voice_fallback_url or "",
            status_url=number.status_callback or "",
            status_method=number.status_callback_method or "",
        )

    async def clock_drift(self) -> float:
        """Return by how many seconds our clock differs from Twilio's, which counts whole ones."""
        return await asyncio.to_thread(self._drift)

    def _drift(self) -> float:
        try:
            answer = requests.get(self._http.address, timeout=ANSWER_SECONDS, allow_redirects=False)
            told = parsedate_to_datetime(answer.headers["Date"])
        except (requests.RequestException, KeyError, ValueError):
            raise PhoneCompanyFailed from None
        return abs((utc_now() - told).total_seconds())
