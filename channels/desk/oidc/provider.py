"""The identity provider: where it sends people, and what it says of who comes back.

OpenID Connect Core 1.0, section 3.1 (authorization code flow), and Discovery 1.0, section 4.
"""

import asyncio
from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final, cast

import httpx2
from authlib.oauth2.rfc6749.parameters import prepare_grant_uri
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet, KeySetSerialization

from channels.desk.oidc.attempt import Attempt
from channels.desk.oidc.errors import NotVouched, ProviderUnreachable
from channels.desk.oidc.settings import OidcSettings, is_safe
from crm_store.agents.vouching import Vouched
from crm_store.base import utc_now

DISCOVERY: Final = "/.well-known/openid-configuration"
ENDPOINTS: Final = ("authorization_endpoint", "token_endpoint", "jwks_uri")
SCOPE: Final = "openid email profile"
SIGNED_BY: Final = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512")
"""With the provider's own key alone; nothing that is unsigned, or that we could have signed."""
KNOWN_FOR: Final = timedelta(minutes=10)
LEEWAY_SECONDS: Final = 60
SECONDS: Final = 5.0


class Provider:
    """Asks one provider, by addresses that it publishes itself."""

    def __init__(self, settings: OidcSettings, client: httpx2.AsyncClient, back: str) -> None:
        self._settings = settings
        self._client = client
        self._back = back
        """Where it sends people back to."""
        self._known: Mapping[str, Any] = {}
        self._known_until = utc_now()
        self._asking = asyncio.Lock()

    async def address(self, attempt: Attempt) -> str:
        """Return where somebody logs in."""
        known = await self._metadata()
        return str(
            prepare_grant_uri(
                known["authorization_endpoint"],
                self._settings.client_id,
                "code",
                redirect_uri=self._back,
                scope=SCOPE,
                state=attempt.state,
                nonce=attempt.nonce,
                code_challenge=attempt.challenge,
                code_challenge_method="S256",
            )
        )

    async def vouch(self, code: str, attempt: Attempt) -> Vouched:
        """Return whom the provider vouches for; raise NotVouched for what it has not said."""
        known = await self._metadata()
        tokens = await self._redeem(code, attempt, known)
        keys = await self._json("GET", known["jwks_uri"])
        claims = _claims(tokens.get("id_token"), keys, self._settings, attempt, tokens)
        if "email" not in claims and "userinfo_endpoint" in known:
            claims = claims | await self._asked_of(known, tokens, claims["sub"])
        return _vouched(self._settings, claims)

    async def _metadata(self) -> Mapping[str, Any]:
        async with self._asking:
            if not self._known or utc_now() >= self._known_until:
                found = await self._json("GET", self._settings.issuer.rstrip("/") + DISCOVERY)
                _require_sound(found, self._settings.issuer)
                self._known, self._known_until = found, utc_now() + KNOWN_FOR
        return self._known

    async def _redeem(
        self, code: str, attempt: Attempt, known: Mapping[str, Any]
    ) -> dict[str, Any]:
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": self._back,
            "code_verifier": attempt.verifier,
            "client_id": self._settings.client_id,
        }
        secret = self._settings.client_secret
        if secret is None:
            return await self._json("POST", known["token_endpoint"], data=form)
        if "client_secret_basic" in known.get(
            "token_endpoint_auth_methods_supported", ["client_secret_basic"]
        ):
            shown = (self._settings.client_id, secret.get_secret_value())
            return await self._json("POST", known["token_endpoint"], data=form, auth=shown)
        form["client_secret"] = secret.get_secret_value()
        return await self._json("POST", known["token_endpoint"], data=form)

    async def _asked_of(
        self, known: Mapping[str, Any], tokens: Mapping[str, Any], subject: str
    ) -> dict[str, Any]:
        """Return what the provider tells beside the token, of the same person (section 5.3.2)."""
        shown = {"Authorization": f"Bearer {tokens.get('access_token', '')}"}
        told = await self._json("GET", known["userinfo_endpoint"], headers=shown)
        if told.get("sub") != subject:
            raise NotVouched("told of somebody else")
        return told

    async def _json(self, method: str, address: str, **asked: Any) -> dict[str, Any]:
        try:
            answer = await self._client.request(method, address, timeout=SECONDS, **asked)
            told = answer.json() if answer.is_success else None
        except (httpx2.HTTPError, ValueError) as error:
            raise ProviderUnreachable from error
        if 400 <= answer.status_code < 500 and method == "POST":
            raise NotVouched("the code is not taken")
        if not isinstance(told, dict):
            raise ProviderUnreachable(f"answered {answer.status_code}")
        return told


def _require_sound(known: Mapping[str, Any], issuer: str) -> None:
    places = [known.get(name) for name in ENDPOINTS]
    places += [known[name] for name in ("userinfo_endpoint",) if name in known]
    sound = all(isinstance(place, str) and is_safe(place) for place in places)
    if not sound or known.get("issuer") != issuer:
        raise ProviderUnreachable("its discovery is not sound")


def _claims(
    token: Any,
    keys: dict[str, Any],
    settings: OidcSettings,
    attempt: Attempt,
    tokens: Mapping[str, Any],
) -> dict[str, Any]:
    options = {"iss": {"value": settings.issuer}, "aud": {"value": settings.client_id}}
    expected = {
        "nonce": attempt.nonce,
        "client_id": settings.client_id,
        "access_token": tokens.get("access_token"),
    }
    try:
        signers = KeySet.import_key_set(cast("KeySetSerialization", keys))
        read = jwt.decode(str(token), signers, algorithms=list(SIGNED_BY))
        claims = CodeIDToken(read.claims, read.header, options, expected)
        claims.validate(leeway=LEEWAY_SECONDS)
    except (JoseError, ValueError, KeyError) as error:
        raise NotVouched("the token does not hold") from error
    return dict(claims)


def _vouched(settings: OidcSettings, claims: Mapping[str, Any]) -> Vouched:
    email = str(claims.get("email") or "").strip().casefold()
    # The address alone is somebody's claim; only the provider's word for it makes it theirs.
    proved = email if claims.get("email_verified") in (True, "true") else ""
    named = claims.get(settings.role_claim) if settings.role_claim else None
    values = {str(value) for value in (named if isinstance(named, list) else [named])}
    return Vouched(
        issuer=settings.issuer,
        subject=str(claims["sub"]),
        email=proved,
        name=str(claims.get("name") or email.partition("@")[0]),
        role=next((role for value, role in settings.roles.items() if value in values), None),
    )
