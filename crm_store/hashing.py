"""What is kept of secrets that people choose: argon2id hashes."""

import asyncio
from secrets import token_urlsafe

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

AT_ONCE = 2
"""A hash takes 64 MiB and a tenth of a second, so few are worked on at the same time."""


class Hashes:
    """Hashes and checks secrets beside the event loop, a few at a time."""

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or PasswordHasher()
        self._turnstile = asyncio.Semaphore(AT_ONCE)
        self._nobodys = self._hasher.hash(token_urlsafe(15))

    async def hash(self, secret: str) -> str:
        """Return what may be kept of a secret."""
        async with self._turnstile:
            return await asyncio.to_thread(self._hasher.hash, secret)

    async def fits(self, secret: str, kept: str | None) -> bool:
        """Return whether it is the secret; where none is kept it takes as long and is not."""
        async with self._turnstile:
            right = await asyncio.to_thread(self._verify, secret, kept or self._nobodys)
        return right and kept is not None

    def outdated(self, kept: str) -> bool:
        """Return whether a hash was made with weaker settings than today's."""
        return self._hasher.check_needs_rehash(kept)

    def _verify(self, secret: str, kept: str) -> bool:
        try:
            return self._hasher.verify(kept, secret)
        except (VerificationError, InvalidHashError):
            return False
