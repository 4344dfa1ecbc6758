"""Who a browser is to us: an unguessable name in a token that only we can sign."""

from datetime import timedelta
from secrets import token_hex

import jwt

from crm_store.base import utc_now

AUDIENCE = "rapport-chat"
ALGORITHM = "HS256"
VALID_FOR = timedelta(days=30)


def new_visitor() -> str:
    """Return a name of 128 random bits."""
    return token_hex(16)


def token_of(visitor: str, secret: str) -> str:
    """Return the token that the browser keeps; it is renewed at each visit."""
    claims = {"sub": visitor, "aud": AUDIENCE, "exp": utc_now() + VALID_FOR}
    return jwt.encode(claims, secret, algorithm=ALGORITHM)


def visitor_of(token: str | None, secret: str) -> str | None:
    """Return whose token it is; None for one that is missing, altered or too old."""
    if token is None:
        return None
    try:
        claims = jwt.decode(token, secret, algorithms=[ALGORITHM], audience=AUDIENCE)
    except jwt.InvalidTokenError:
        return None
    return str(claims["sub"])
