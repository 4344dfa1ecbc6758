"""A second proof beside the password, for whoever wants one."""

import pyotp
import pytest
from sqlalchemy import select, update

from crm_store.agents.models import Agent
from tests.integration.channels.desk.running import PASSWORD, Desk, LogIn, refusal

pytestmark = [pytest.mark.integration, pytest.mark.anyio]

OWN = "/desk/api/me/second-factor"


async def test_a_code_is_demanded_once_one_was_shown_and_counts_once(
    desk: Desk, log_in: LogIn
) -> None:
    mia = await log_in("mia")
    totp = pyotp.parse_uri((await mia.post(OWN)).json()["address"])
    assert isinstance(totp, pyotp.TOTP)
    code = totp.now()

    confirmed = await mia.post(f"{OWN}/confirm", json={"code": code})

    assert confirmed.status_code == 204
    shown = {"login": "mia", "password": PASSWORD}
    async with desk.browser() as browser:
        without = await browser.post("/desk/api/login", json=shown)
        again = await browser.post("/desk/api/login", json={**shown, "code": code})
        # As if half a minute had gone by.
        async with desk.sessions.begin() as session:
            await session.execute(update(Agent).values(second_factor_step=0))
        spaced = f"{code[:3]} {code[3:]}"
        entered = await browser.post("/desk/api/login", json={**shown, "code": spaced})
    assert refusal(without) == (401, "second_factor_needed")
    assert refusal(again) == (401, "login_refused")
    assert entered.status_code == 204


async def test_nothing_is_demanded_before_a_right_code_was_shown(desk: Desk, log_in: LogIn) -> None:
    mia = await log_in("mia")
    await mia.post(OWN)

    wrong = await mia.post(f"{OWN}/confirm", json={"code": "000 000"})

    assert refusal(wrong) == (401, "login_refused")
    async with desk.browser() as browser:
        entered = await browser.post("/desk/api/login", json={"login": "mia", "password": PASSWORD})
    assert entered.status_code == 204


async def test_codes_cannot_be_guessed_nor_replaced_on_a_page_left_open(
    desk: Desk, log_in: LogIn
) -> None:
    mia = await log_in("mia")
    totp = pyotp.parse_uri((await mia.post(OWN)).json()["address"])
    assert isinstance(totp, pyotp.TOTP)
    await mia.post(f"{OWN}/confirm", json={"code": totp.now()})
    async with desk.sessions.begin() as session:
        await session.execute(update(Agent).values(second_factor_step=0))

    replaced = await mia.post(OWN)
    guesses = [await mia.post(f"{OWN}/end", json={"code": "000000"}) for _ in range(5)]
    late = await mia.post(f"{OWN}/end", json={"code": totp.now()})

    assert refusal(replaced) == (401, "second_factor_needed")
    assert {refusal(one) for one in [*guesses, late]} == {(401, "login_refused")}


async def test_who_asks_with_a_wrong_password_is_not_told_of_a_second_factor(
    desk: Desk, log_in: LogIn
) -> None:
    mia = await log_in("mia")
    totp = pyotp.parse_uri((await mia.post(OWN)).json()["address"])
    assert isinstance(totp, pyotp.TOTP)
    await mia.post(f"{OWN}/confirm", json={"code": totp.now()})

    async with desk.browser() as browser:
        refused = await browser.post("/desk/api/login", json={"login": "mia", "password": "wrong"})

    assert refusal(refused) == (401, "login_refused")


async def test_a_code_ends_the_demand_and_the_store_never_holds_what_makes_it(
    desk: Desk, log_in: LogIn
) -> None:
    mia = await log_in("mia")
    totp = pyotp.parse_uri((await mia.post(OWN)).json()["address"])
    assert isinstance(totp, pyotp.TOTP)
    await mia.post(f"{OWN}/confirm", json={"code": totp.now()})
    async with desk.sessions.begin() as session:
        kept = (await session.scalars(select(Agent.second_factor))).one()
        await session.execute(update(Agent).values(second_factor_step=0))

    ended = await mia.post(f"{OWN}/end", json={"code": totp.now()})

    assert kept is not None
    assert totp.secret not in kept
    assert ended.status_code == 204
    assert (await mia.get("/desk/api/me")).json()["agent"]["second_factor"] is False
