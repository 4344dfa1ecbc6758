"""The one secret of an installation, and what is derived from it."""

import hashlib
import hmac
import json
import os
import secrets
from contextlib import suppress
from pathlib import Path

from channels.demo_shop.login import DEMO_KEY

NAME = "secret"


def kept_secret(folder: Path) -> str:
    """Return the installation's secret, made at its first start and readable by its owner only."""
    file = folder / NAME
    folder.mkdir(parents=True, exist_ok=True)
    with suppress(FileExistsError):
        made = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(made, "w") as out:
            out.write(secrets.token_urlsafe(32))
    return file.read_text()


def pretend_account(secret: str) -> str:
    """Return an account number shaped like Twilio's, for the phone simulator."""
    return "AC" + _derived(secret, "account")


def pretend_token(secret: str) -> str:
    """Return a token shaped like Twilio's, for the phone simulator to sign with."""
    return _derived(secret, "token")


def demo_shop_keys(secret: str) -> str:
    """Return the key of the demo shop's own login, as the setting has it."""
    key = {"algorithm": "HS256", "key": _derived(secret, "shop login")}
    return json.dumps({DEMO_KEY: key})


def _derived(secret: str, purpose: str) -> str:
    return hmac.new(secret.encode(), purpose.encode(), hashlib.sha256).hexdigest()[:32]
