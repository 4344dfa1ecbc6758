"""Agents' passwords: only their argon2 hashes are kept."""

from secrets import token_urlsafe

from crm_store.errors import PasswordTooWeak
from crm_store.hashing import Hashes

SHORTEST = 12


def random_password() -> str:
    """Return a password that nobody guesses."""
    return token_urlsafe(15)


class Passwords(Hashes):
    """Hashes and checks passwords."""

    async def hash(self, password: str) -> str:
        """Return what may be kept of a password; refuse one that is too short."""
        if len(password) < SHORTEST:
            raise PasswordTooWeak(f"a password has at least {SHORTEST} characters")
        return await super().hash(password)
