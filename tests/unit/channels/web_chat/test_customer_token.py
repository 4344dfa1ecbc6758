"""Only what the shop has signed, for us, lately and with its own key, names a customer."""

import base64
import json
from datetime import timedelta
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from pydantic import SecretStr, ValidationError

from channels.web_chat.customer_token import ShopCustomer, ShopKey, TokenRefused, customer_in
from crm_store.base import utc_now
from tests.builders import NOW

pytestmark = pytest.mark.unit

SECRET = "a secret of the shop's, long enough to sign"
OTHER_SECRET = "another secret of the shop's, as long as that"
SIGNER = Ed25519PrivateKey.generate()
PUBLIC = SIGNER.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()
KEYS = {
    "2026": ShopKey(algorithm="HS256", key=SecretStr(SECRET)),
    "2025": ShopKey(algorithm="HS256", key=SecretStr(OTHER_SECRET)),
    "ed": ShopKey(algorithm="EdDSA", key=SecretStr(PUBLIC)),
}
MINUTE = timedelta(minutes=1)


def a_token(
    key: Any = SECRET, *, algorithm: str = "HS256", kid: str | None = "2026", **claims: Any
) -> str:
    said = {
        "sub": "C-1001",
        "aud": "rapport",
        "jti": "one",
        "exp": int((NOW + 5 * MINUTE).timestamp()),
        **claims,
    }
    kept = {name: value for name, value in said.items() if value is not None}
    return jwt.encode(kept, key, algorithm=algorithm, headers={"kid": kid} if kid else None)


def without_signature(**header: Any) -> str:
    """A token as forgers make it, by hand."""
    claims = {"sub": "C-1001", "aud": "rapport", "jti": "one", "exp": int(NOW.timestamp()) + 60}
    parts = [json.dumps(part).encode() for part in ({"kid": "2026", **header}, claims)]
    return ".".join([base64.urlsafe_b64encode(part).rstrip(b"=").decode() for part in parts] + [""])


@pytest.mark.parametrize(
    "token",
    [
        a_token(),
        a_token(OTHER_SECRET, kid="2025"),
        a_token(SIGNER, algorithm="EdDSA", kid="ed"),
        a_token(exp=int((NOW + timedelta(hours=1)).timestamp())),
    ],
    ids=["secret", "older key", "public key", "an hour"],
)
def test_a_signed_token_names_the_customer(token: str) -> None:
    assert customer_in(token, KEYS, at=NOW) == ShopCustomer("C-1001", "one")


FORGED = {
    "another secret": a_token("a secret that nobody but a forger has ever known"),
    "another key's name": a_token(SECRET, kid="2025"),
    "a key that nobody knows": a_token(SECRET, kid="2024"),
    "no key's name": a_token(SECRET, kid=None),
    "algorithm none": without_signature(alg="none"),
    "no signature": without_signature(alg="HS256"),
    "another algorithm": a_token(SECRET + SECRET, algorithm="HS512"),
    "the public key as a secret": without_signature(alg="HS256", kid="ed"),
    "for somebody else": a_token(aud="another-service"),
    "for nobody": a_token(aud=None),
    "expired": a_token(exp=int(NOW.timestamp())),
    "for over an hour": a_token(exp=int((NOW + timedelta(hours=1)).timestamp()) + 1),
    "for ever": a_token(exp=None),
    "not yet": a_token(nbf=int((utc_now() + timedelta(days=400)).timestamp())),
    "of nobody": a_token(sub=None),
    "of an empty name": a_token(sub=""),
    "without a number of its own": a_token(jti=None),
    "with an endless number": a_token(jti="x" * 129),
    "with a hole in it": a_token(sub="C-1\x00001"),
    "too long": a_token(more="x" * 5000),
    "empty": "",
    "words": "let me in",
    "three words": "let.me.in",
}


@pytest.mark.parametrize("token", FORGED.values(), ids=FORGED.keys())
def test_anything_else_names_nobody_and_the_reason_says_nothing_of_whom(token: str) -> None:
    with pytest.raises(TokenRefused) as refused:
        customer_in(token, KEYS, at=NOW)

    assert "C-1" not in str(refused.value)


def test_without_keys_nobody_is_named() -> None:
    with pytest.raises(TokenRefused):
        customer_in(a_token(), {}, at=NOW)


@pytest.mark.parametrize(
    ("algorithm", "key"),
    [("HS256", "short"), ("EdDSA", "no key at all"), ("none", SECRET), ("RS256", SECRET)],
)
def test_a_key_that_could_be_guessed_or_is_none_is_no_setting(algorithm: Any, key: str) -> None:
    with pytest.raises(ValidationError):
        ShopKey(algorithm=algorithm, key=SecretStr(key))
