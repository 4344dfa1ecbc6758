"""The demo shop's own login, as far as the chat sees of one: a signed token for a customer."""

from datetime import datetime, timedelta
from uuid import uuid4

import jwt

from channels.web_chat.customer_token import AUDIENCE

DEMO_KEY = "demo"
VALID_FOR = timedelta(minutes=10)


def login_token(number: str, key: str, *, at: datetime) -> str:
    """Return a token that names a customer, to be shown once."""
    claims = {"sub": number, "aud": AUDIENCE, "exp": at + VALID_FOR, "jti": str(uuid4())}
    return jwt.encode(claims, key, algorithm="HS256", headers={"kid": DEMO_KEY})
