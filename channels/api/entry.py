"""Who may ask: whoever signs with a key of the shop's."""

import logging
from typing import Annotated

from fastapi import Depends, Security
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from starlette.requests import Request

from channels.api.edge import BadKey, TooMany
from channels.dependencies import TheSettings
from channels.web_chat.customer_token import TokenRefused, key_name, signed_claims
from channels.web_chat.pace import Paces
from crm_store.base import utc_now

AUDIENCE = "rapport-api"
REQUIRED = ("exp", "aud")

logger = logging.getLogger(__name__)

signed = HTTPBearer(
    scheme_name="shop key",
    bearerFormat="JWT",
    description="A JWT that the shop's server signs with one of `RAPPORT_SHOP_KEYS`: `kid` names"
    f" the key, `aud` is `{AUDIENCE}`, `exp` is at most an hour ahead.",
    # What is missing is refused in our own words, like all else.
    auto_error=False,
)


async def require_key(
    request: Request,
    settings: TheSettings,
    given: Annotated[HTTPAuthorizationCredentials | None, Security(signed)],
) -> None:
    """Let a program of the shop's in; raise BadKey or TooMany."""
    if given is None:
        raise BadKey
    token = given.credentials
    try:
        keys = settings.rapport_shop_keys
        signed_claims(token, keys, audience=AUDIENCE, required=REQUIRED, at=utc_now())
    except TokenRefused as refused:
        logger.warning("a program's token was refused: %s", refused)
        raise BadKey from refused
    paces: Paces = request.state.api_paces
    if not paces.allow(key_name(token)):
        raise TooMany


Entered = Depends(require_key)
