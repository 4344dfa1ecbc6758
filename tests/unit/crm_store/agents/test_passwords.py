import asyncio

import pytest
from argon2 import PasswordHasher

from crm_store.agents.passwords import SHORTEST, Passwords, random_password
from crm_store.errors import PasswordTooWeak

pytestmark = [pytest.mark.unit, pytest.mark.anyio]

PASSWORD = "correct horse battery"


def quick() -> Passwords:
    return Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


async def test_only_the_password_fits() -> None:
    passwords = quick()
    kept = await passwords.hash(PASSWORD)

    assert await passwords.fits(PASSWORD, kept)
    assert not await passwords.fits(PASSWORD + " ", kept)
    assert not await passwords.fits(PASSWORD, None)
    assert not await passwords.fits(PASSWORD, "not a hash")
    assert PASSWORD not in kept


async def test_refuses_a_short_password() -> None:
    with pytest.raises(PasswordTooWeak):
        await quick().hash("x" * (SHORTEST - 1))


async def test_knows_a_hash_of_weaker_days() -> None:
    kept = await quick().hash(PASSWORD)

    assert Passwords().outdated(kept)
    assert not Passwords().outdated(await Passwords().hash(PASSWORD))


async def test_many_at_once_are_all_answered() -> None:
    passwords = quick()
    kept = await passwords.hash(PASSWORD)

    assert all(await asyncio.gather(*(passwords.fits(PASSWORD, kept) for _ in range(20))))


def test_a_random_password_is_long_enough_and_never_the_same() -> None:
    made = {random_password() for _ in range(100)}

    assert len(made) == 100
    assert all(len(password) >= SHORTEST for password in made)
