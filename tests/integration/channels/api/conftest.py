"""These tests use the application as it runs, as a program of the shop's."""

from collections.abc import AsyncIterator
from time import time
from typing import Any

import httpx2
import jwt
import pytest

from tests.integration.channels.desk.running import SHOP_SECRET, Desk, desk

__all__ = ["desk"]


@pytest.fixture
async def program(desk: Desk) -> AsyncIterator[httpx2.AsyncClient]:
    """A program that has a key."""
    async with a_program(desk) as client:
        yield client


def a_program(at: Desk) -> httpx2.AsyncClient:
    """Return a program of the shop's with a key."""
    headers = {"Authorization": f"Bearer {a_program_s_token()}", "Accept-Language": "en"}
    return httpx2.AsyncClient(base_url=f"{at.url}/api/v1", headers=headers)


def a_program_s_token(secret: str = SHOP_SECRET, *, key: str = "shop", **claims: Any) -> str:
    """Return what a program shows."""
    said = {"aud": "rapport-api", "exp": int(time()) + 300, **claims}
    return jwt.encode(said, secret, algorithm="HS256", headers={"kid": key})
