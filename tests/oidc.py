"""A small identity provider on loopback: it signs what it is told to say."""

import hmac
import json
import socket
from base64 import urlsafe_b64encode
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from time import time
from typing import Any
from urllib.parse import parse_qs, urlsplit

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse
from joserfc import jwt
from joserfc.jwk import RSAKey

from tests.serving import serving

CLIENT = "the-desk"
CLIENT_SECRET = "the desk's secret at the provider"
ANNA = {"sub": "7f3a", "email": "anna@shop.example", "email_verified": True, "name": "Anna Kern"}


@dataclass
class FakeProvider:
    """What it says next, and what it was asked."""

    issuer: str
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(parameters={"kid": "one"}))
    says: dict[str, Any] = field(default_factory=lambda: dict(ANNA))
    """The claims about whoever logs in."""
    wrong: dict[str, Any] = field(default_factory=dict)
    """What the token has instead of what it should."""
    signs: str = "RS256"
    stranger: bool = False
    """Whether somebody else's key signs."""
    asked: dict[str, str] = field(default_factory=dict)
    """What the last browser was sent here with."""

    def app(self) -> FastAPI:
        """Return it as an application."""
        app = FastAPI()
        app.get("/.well-known/openid-configuration")(self.discovery)
        app.get("/keys")(self.keys)
        app.post("/token")(self.token)
        return app

    def visit(self, address: str) -> dict[str, str]:
        """Log in at the address that a browser was sent to; return what it is sent back with."""
        asked = parse_qs(urlsplit(address).query)
        self.asked = {name: values[0] for name, values in asked.items()}
        return {"code": "a-code", "state": self.asked["state"]}

    async def discovery(self) -> dict[str, str]:
        places = {"authorization_endpoint": "/authorize", "token_endpoint": "/token"}
        told = {name: self.issuer + place for name, place in places.items()}
        return {"issuer": self.issuer, "jwks_uri": f"{self.issuer}/keys", **told}

    async def keys(self) -> dict[str, Any]:
        return {"keys": [self.key.as_dict(private=False)]}

    async def token(self, request: Request) -> JSONResponse:
        form = await request.form()
        shown = sha256(str(form["code_verifier"]).encode()).digest()
        challenge = _written(shown)
        if form["code"] != "a-code" or challenge != self.asked["code_challenge"]:
            return JSONResponse({"error": "invalid_grant"}, 400)
        if not request.headers["authorization"].startswith("Basic "):
            return JSONResponse({"error": "invalid_client"}, 401)
        return JSONResponse({"access_token": "x", "token_type": "Bearer", "id_token": self._id()})

    def _id(self) -> str:
        now = int(time())
        claims = {
            "iss": self.issuer,
            "aud": CLIENT,
            "iat": now,
            "exp": now + 300,
            "nonce": self.asked["nonce"],
            **self.says,
            **self.wrong,
        }
        if self.signs == "none":
            return forged(claims, "none", None)
        if self.signs == "HS256":
            # The public key is known to everybody: whoever takes it for a secret is fooled.
            return forged(claims, "HS256", self.key.as_pem(private=False))
        key = RSAKey.generate_key(parameters={"kid": "one"}) if self.stranger else self.key
        return jwt.encode({"alg": self.signs, "kid": "one"}, claims, key, algorithms=[self.signs])


def forged(claims: dict[str, Any], algorithm: str, secret: bytes | None) -> str:
    """Return a token that no library would make: signed by nobody, or with what is no secret."""
    said = f"{_part({'alg': algorithm})}.{_part(claims)}"
    sealed = b"" if secret is None else hmac.digest(secret, said.encode(), "sha256")
    return f"{said}.{_written(sealed)}"


def _part(said: dict[str, Any]) -> str:
    return _written(json.dumps(said).encode())


def _written(raw: bytes) -> str:
    return urlsafe_b64encode(raw).decode().rstrip("=")


@asynccontextmanager
async def provider() -> AsyncIterator[FakeProvider]:
    """Run a provider for as long as the block lasts."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        one = FakeProvider(f"http://127.0.0.1:{listening.getsockname()[1]}")
        async with serving(one.app(), listening):
            yield one
