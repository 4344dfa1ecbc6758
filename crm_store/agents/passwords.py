"""Agents' passwords: only their argon2 hashes are kept."""

import asyncio
from secrets import token_urlsafe

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from crm_store.errors import PasswordTooWeak

SHORTEST = 12
AT_ONCE = 2
"""A hash takes 64 MiB and a tenth of a second, so few are worked on at the same time."""


def random_password() -> str:
    """Return a password that nobody guesses."""
    return token_urlsafe(15)


class Passwords:
    """Hashes and checks passwords beside the event loop, a few at a time."""

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or PasswordHasher()
        self._turnstile = asyncio.Semaphore(AT_ONCE)
        self._nobodys = self._hasher.hash(random_password())

    async def hash(self, password: str) -> str:
        """Return what may be kept of a password; refuse one that is too short."""
        if len(password) < SHORTEST:
            raise PasswordTooWeak(f"a password has at least {SHORTEST} characters")
        async with self._turnstile:
            return await asyncio.to_thread(self._hasher.hash, password)

    async def fits(self, password: str, kept: str | None) -> bool:
        """Return whether it is the password; without an account it takes as long and is not."""
        async with self._turnstile:
            right = await asyncio.to_thread(self._verify, password, kept or self._nobodys)
        return right and kept is not None

    def outdated(self, kept: str) -> bool:
        """Return whether a hash was made with weaker settings than today's."""
        return self._hasher.check_needs_rehash(kept)

    def _verify(self, password: str, kept: str) -> bool:
        try:
            return self._hasher.verify(kept, password)
        except (VerificationError, InvalidHashError):
            return False
