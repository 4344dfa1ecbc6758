"""Whether what Twilio would send reaches us from outside, and nothing else does."""

import asyncio
from enum import StrEnum
from http import HTTPStatus

import requests
from twilio.request_validator import RequestValidator
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidHandshake

from channels.phone.signature import HEADER

PATIENCE_SECONDS = 10.0
NO_CALL = "CA" + "0" * 32
"""A call that nobody holds; that it is in progress changes nothing."""


class Reached(StrEnum):
    """How a request fared."""

    let_in = "let in"
    refused = "refused"
    open_to_all = "open to all"
    nobody = "nobody answers"


class RoundTrip:
    """Sends what Twilio would to our own public address."""

    def __init__(self, address: str, account: str, token: str) -> None:
        self._address = address.rstrip("/")
        self._account = account
        self._validator = RequestValidator(token)

    async def webhook(self) -> Reached:
        """Report that a call goes on which there is not, once signed and once not."""
        return await asyncio.to_thread(self._webhook)

    async def socket(self) -> Reached:
        """Open the relay's socket, and close it at once."""
        url = "ws" + self._address.removeprefix("http") + "/phone/relay"
        headers = {HEADER: str(self._validator.compute_signature(url, {}))}
        try:
            async with connect(url, additional_headers=headers, open_timeout=PATIENCE_SECONDS):
                return Reached.let_in
        except InvalidHandshake:
            return Reached.refused
        except (OSError, TimeoutError):
            return Reached.nobody

    def _webhook(self) -> Reached:
        url = f"{self._address}/phone/status"
        fields = {"AccountSid": self._account, "CallSid": NO_CALL, "CallStatus": "in-progress"}
        signature = str(self._validator.compute_signature(url, fields))
        try:
            if self._status(url, fields, signature) >= HTTPStatus.BAD_REQUEST:
                return Reached.refused
            unsigned = self._status(url, fields, "")
        except requests.RequestException:
            return Reached.nobody
        return Reached.let_in if unsigned == HTTPStatus.FORBIDDEN else Reached.open_to_all

    def _status(self, url: str, fields: dict[str, str], signature: str) -> int:
        answer = requests.post(
            url, data=fields, headers={HEADER: signature}, timeout=PATIENCE_SECONDS
        )
        return answer.status_code
