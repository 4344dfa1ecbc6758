"""Which number somebody calls from, as far as the store needs to know: the same or another."""

import hmac
from hashlib import sha256

PURPOSE = b"callers"


class Callers:
    """Tells numbers apart without keeping them."""

    def __init__(self, secret: str) -> None:
        self._key = hmac.new(secret.encode(), PURPOSE, sha256).digest()

    def hashed(self, number: str) -> str | None:
        """Return the number's keyed hash; None for one that is withheld, which is a word."""
        if not number.startswith("+"):
            return None
        return hmac.new(self._key, number.encode(), sha256).hexdigest()
