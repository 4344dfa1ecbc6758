"""What a browser keeps while somebody is at the provider: nothing of it is kept here."""

from dataclasses import asdict, dataclass
from json import JSONDecodeError, dumps, loads
from secrets import compare_digest, token_urlsafe
from typing import Self

from authlib.oauth2.rfc7636 import create_s256_code_challenge
from cryptography.fernet import Fernet, InvalidToken

from channels.desk.oidc.errors import NotVouched
from crm_store.sealing import key_of

MOST_SECONDS = 600


@dataclass(frozen=True, slots=True)
class Attempt:
    """One try to log in: who comes back must bring its state, and the token its nonce."""

    state: str
    nonce: str
    verifier: str
    """What proves that whoever redeems the code has begun (RFC 7636)."""

    @classmethod
    def begin(cls) -> Self:
        """Return a new one, which nobody guesses."""
        return cls(token_urlsafe(32), token_urlsafe(32), token_urlsafe(48))

    @property
    def challenge(self) -> str:
        """What the provider is told of the verifier."""
        return str(create_s256_code_challenge(self.verifier))

    def sealed(self, secret: str) -> str:
        """Return what the browser keeps, and cannot read."""
        return _fernet(secret).encrypt(dumps(asdict(self)).encode()).decode()

    @classmethod
    def opened(cls, sealed: str, secret: str, *, state: str) -> Self:
        """Return the attempt that a state belongs to; raise NotVouched for any other."""
        try:
            kept = loads(_fernet(secret).decrypt(sealed.encode(), ttl=MOST_SECONDS))
        except (InvalidToken, JSONDecodeError) as error:
            raise NotVouched("no attempt of this browser") from error
        attempt = cls(**kept)
        if not compare_digest(attempt.state.encode(), state.encode()):
            raise NotVouched("another attempt's state")
        return attempt


def _fernet(secret: str) -> Fernet:
    return Fernet(key_of("attempts to log in", secret))
