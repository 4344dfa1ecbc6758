"""The account that the simulator pretends to be, and its signature."""

from collections.abc import Mapping
from dataclasses import dataclass
from secrets import token_hex

from twilio.request_validator import RequestValidator

SIGNATURE = "X-Twilio-Signature"


@dataclass(frozen=True, slots=True)
class Account:
    """What Twilio and its customer share."""

    sid: str
    token: str

    def sign(self, url: str, fields: Mapping[str, str] | None = None) -> dict[str, str]:
        """Return the header that proves that a request comes from Twilio."""
        signature = RequestValidator(self.token).compute_signature(url, dict(fields or {}))
        return {SIGNATURE: str(signature)}


def new_sid(prefix: str) -> str:
    """Return an identifier as Twilio makes them: two letters and 32 hexadecimal digits."""
    return prefix + token_hex(16)
