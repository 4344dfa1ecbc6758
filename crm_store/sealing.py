"""What must be read again, and not by whoever has the database alone."""

from base64 import urlsafe_b64encode
from hashlib import sha256

from cryptography.fernet import Fernet, InvalidToken


def key_of(purpose: str, secret: str) -> bytes:
    """Return a key that serves one purpose, made from the secret that all programs share."""
    return urlsafe_b64encode(sha256(f"{purpose} {secret}".encode()).digest())


class BrokenSeal(Exception):  # noqa: N818 - it names a state, not a failure
    """The text was sealed under another secret, or for another purpose."""


class Seal:
    """Closes texts for one purpose, and opens them again."""

    def __init__(self, secret: str, purpose: str) -> None:
        self._fernet = Fernet(key_of(purpose, secret))

    def close(self, text: str) -> str:
        """Return a text that only this seal opens."""
        return self._fernet.encrypt(text.encode()).decode()

    def open(self, sealed: str) -> str:
        """Return the text, or raise BrokenSeal."""
        try:
            return self._fernet.decrypt(sealed.encode()).decode()
        except InvalidToken as error:
            raise BrokenSeal from error
