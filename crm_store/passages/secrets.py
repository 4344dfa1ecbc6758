"""What opens a passage: made by chance, kept as a keyed hash."""

import hmac
import secrets
from hashlib import sha256
from typing import Final

CODE_LENGTH: Final = 4
_FIRST, _LAST = 4000, 9999
"""A code begins with none of the keys that can be an answer on offer, or bring a person."""
_LINK_BYTES = 24


def passage_key(secret: str) -> bytes:
    """Return a key that serves codes and links into conversations alone."""
    return hmac.new(secret.encode(), b"passages", sha256).digest()


def new_code() -> str:
    """Return four digits."""
    return str(_FIRST + secrets.randbelow(_LAST - _FIRST + 1))


def new_token() -> str:
    """Return what nobody can guess, fit for an address."""
    return secrets.token_urlsafe(_LINK_BYTES)


def hashed(secret: str, key: bytes) -> str:
    """Return what is kept of a secret."""
    return hmac.new(key, secret.encode(), sha256).hexdigest()
