"""A token of the shop's own login: who is logged in there, signed with a key that we know."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal, Self

import jwt
from cryptography.hazmat.primitives.serialization import load_pem_public_key
from pydantic import BaseModel, ConfigDict, SecretStr, model_validator

AUDIENCE = "rapport"
LONGEST_AHEAD = timedelta(hours=1)
LONGEST_TOKEN = 4096
LONGEST_ID = 128
SHORTEST_SECRET = 32
REQUIRED = ["exp", "aud", "sub", "jti"]


class ShopKey(BaseModel):
    """A key of the shop's; what it may sign with is said here, never by the token."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    algorithm: Literal["HS256", "EdDSA"]
    key: SecretStr
    """A secret of 32 characters or more, or a public key in PEM."""

    @model_validator(mode="after")
    def _is_a_key(self) -> Self:
        said = self.key.get_secret_value()
        if self.algorithm == "HS256" and len(said.encode()) < SHORTEST_SECRET:
            raise ValueError("a secret needs 32 characters or more")
        if self.algorithm == "EdDSA":
            load_pem_public_key(said.encode())
        return self


@dataclass(frozen=True, slots=True)
class ShopCustomer:
    """Whom a token names, and which token it was."""

    number: str
    token: str


class TokenRefused(Exception):  # noqa: N818 - it names a decision, not a failure
    """The token proves nobody; the reason says why, and nothing of whose it is."""


def customer_in(token: str, keys: Mapping[str, ShopKey], *, at: datetime) -> ShopCustomer:
    """Return whom a token names, or raise TokenRefused."""
    return _named(signed_claims(token, keys, audience=AUDIENCE, required=REQUIRED, at=at))


def signed_claims(
    token: str,
    keys: Mapping[str, ShopKey],
    *,
    audience: str,
    required: Sequence[str],
    at: datetime,
) -> Mapping[str, Any]:
    """Return what a token says that a key of the shop's has signed, or raise TokenRefused."""
    if len(token) > LONGEST_TOKEN:
        raise TokenRefused("too long")
    key = _key_of(token, keys)
    try:
        claims = jwt.decode(
            token,
            key.key.get_secret_value(),
            algorithms=[key.algorithm],
            audience=audience,
            options={"require": list(required), "verify_exp": False},
        )
    except jwt.InvalidTokenError as error:
        raise TokenRefused(type(error).__name__) from error
    _demand_fresh(claims, at)
    return claims


def key_name(token: str) -> str:
    """Return the key that a token names, signed by it or not, or raise TokenRefused."""
    try:
        name = jwt.get_unverified_header(token).get("kid")
    except jwt.InvalidTokenError as error:
        raise TokenRefused(type(error).__name__) from error
    return name if isinstance(name, str) else ""


def _key_of(token: str, keys: Mapping[str, ShopKey]) -> ShopKey:
    key = keys.get(key_name(token))
    if key is None:
        raise TokenRefused("unknown key")
    return key


def _demand_fresh(claims: Mapping[str, Any], at: datetime) -> None:
    expires = claims["exp"]
    if not isinstance(expires, int):
        raise TokenRefused("no moment of expiry")
    left = expires - at.timestamp()
    if left <= 0:
        raise TokenRefused("expired")
    if left > LONGEST_AHEAD.total_seconds():
        raise TokenRefused("valid for too long")


def _named(claims: Mapping[str, Any]) -> ShopCustomer:
    number, token = claims["sub"], claims["jti"]
    if not (isinstance(number, str) and isinstance(token, str) and number and token):
        raise TokenRefused("names nobody")
    if len(token) > LONGEST_ID or "\x00" in token + number:
        raise TokenRefused("names nobody")
    return ShopCustomer(number, token)
