import pytest
from fastapi.routing import iter_route_contexts
from sqlalchemy import select, update
from starlette.routing import Mount
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus

from crm_store.agents.models import Agent, AgentSession
from crm_store.agents.service import IDLE, LONGEST
from crm_store.base import utc_now
from tests.integration.channels.desk.running import (
    PASSWORD,
    Desk,
    LogIn,
    cookie,
    filled,
    refusal,
)

pytestmark = [pytest.mark.integration, pytest.mark.anyio]

PAGES = {"/desk", "/desk/board", "/desk/", "/desk/{path:path}"}
WAYS_IN = {"/desk/api/entrance", "/desk/api/login", "/desk/oidc/begin", "/desk/oidc/return"}
OPEN_TO_ALL = PAGES | WAYS_IN
SOCKETS = {"/desk/socket"}


async def test_every_route_of_the_desk_needs_a_login(desk: Desk) -> None:
    walked = 0
    async with desk.browser() as stranger:
        for route in iter_route_contexts(desk.app.routes):
            path, methods = route.path or "", getattr(route, "methods", None) or set()
            if not path.startswith("/desk") or path in OPEN_TO_ALL | SOCKETS:
                continue
            assert not isinstance(route.original_route, Mount)
            assert methods, f"{path} is a door that this test does not know"
            for method in methods:
                there = filled(path)
                assert "{" not in there, f"{path} has a place that this test does not know"
                assert refusal(await stranger.request(method, there)) == (401, "login_needed")
                walked += 1
    assert walked >= 8


async def test_the_socket_needs_a_login_and_our_own_page(desk: Desk, log_in: LogIn) -> None:
    browser = await log_in("mia")

    async with connect(desk.socket_url, origin=desk.url) as stranger:  # type: ignore[arg-type]  # a plain string is an origin
        await stranger.wait_closed()
        assert stranger.close_code == 4401

    for origin in (None, "https://shop.example", "https://evil.example"):
        with pytest.raises(InvalidStatus):
            await connect(
                desk.socket_url,
                origin=origin,  # type: ignore[arg-type]  # a plain string is an origin
                additional_headers={"Cookie": cookie(browser)},
            )


async def test_says_the_same_whatever_was_wrong(desk: Desk) -> None:
    await desk.agent("mia")
    async with desk.browser() as browser:
        wrong = {"login": "mia", "password": "wrong"}
        nobody = {"login": "nobody", "password": "wrong"}

        first = await browser.post("/desk/api/login", json=wrong)
        second = await browser.post("/desk/api/login", json=nobody)

    assert refusal(first) == refusal(second) == (401, "login_refused")
    assert first.text == second.text


async def test_refuses_even_the_right_password_after_five_wrong_ones(desk: Desk) -> None:
    await desk.agent("mia")
    async with desk.browser() as browser:
        answers = [
            await browser.post("/desk/api/login", json={"login": "Mia ", "password": guess})
            for guess in ["wrong"] * 5 + [PASSWORD]
        ]

    assert {answer.status_code for answer in answers} == {401}
    assert len({answer.text for answer in answers}) == 1


async def test_an_address_may_try_twenty_times_over_all_logins(desk: Desk) -> None:
    await desk.agent("mia")
    async with desk.browser() as browser:
        for nth in range(20):
            await browser.post("/desk/api/login", json={"login": f"a{nth}", "password": "x"})

        late = await browser.post("/desk/api/login", json={"login": "mia", "password": PASSWORD})

    assert refusal(late) == (401, "login_refused")


async def test_the_store_never_holds_what_the_browser_holds(desk: Desk, log_in: LogIn) -> None:
    browser = await log_in("mia")

    async with desk.sessions() as session:
        kept = (await session.scalars(select(AgentSession))).one()
    secret = browser.cookies["rapport-desk"]
    assert len(secret) >= 43
    assert secret not in (kept.secret_hash, kept.csrf)


async def test_the_cookie_is_out_of_reach_of_scripts(desk: Desk) -> None:
    await desk.agent("mia")
    async with desk.browser() as browser:
        entered = await browser.post("/desk/api/login", json={"login": "mia", "password": PASSWORD})

    kept = entered.headers["set-cookie"].lower()
    assert "httponly" in kept
    assert "samesite=lax" in kept
    assert "path=/" in kept


async def test_a_second_login_ends_the_first_session(desk: Desk, log_in: LogIn) -> None:
    browser = await log_in("mia")
    first = cookie(browser)

    await browser.post("/desk/api/login", json={"login": "mia", "password": PASSWORD})

    async with desk.browser() as former:
        gone = await former.get("/desk/api/me", headers={"Cookie": first})
    assert refusal(gone) == (401, "login_needed")
    assert (await browser.get("/desk/api/me")).status_code == 200


async def test_logging_out_ends_the_session(log_in: LogIn) -> None:
    browser = await log_in("mia")
    held = cookie(browser)

    assert (await browser.post("/desk/api/logout")).status_code == 204

    browser.cookies.clear()
    gone = await browser.get("/desk/api/me", headers={"Cookie": held})
    assert refusal(gone) == (401, "login_needed")


@pytest.mark.parametrize(
    "aged", [{"seen_at": utc_now() - IDLE}, {"created_at": utc_now() - LONGEST}]
)
async def test_an_idle_or_long_session_ends(
    desk: Desk, log_in: LogIn, aged: dict[str, object]
) -> None:
    browser = await log_in("mia")
    async with desk.sessions.begin() as session:
        await session.execute(update(AgentSession).values(**aged))

    assert refusal(await browser.get("/desk/api/me")) == (401, "login_needed")


@pytest.mark.parametrize(
    "headers",
    [
        {"X-CSRF": "wrong"},
        {"X-CSRF": ""},
        {"Origin": "https://evil.example"},
        {"Origin": "https://shop.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
async def test_another_sites_page_cannot_act_for_an_agent(
    desk: Desk, log_in: LogIn, headers: dict[str, str]
) -> None:
    browser = await log_in("mia")
    conversation = await desk.waiting()

    refused = await browser.post(f"/desk/api/conversations/{conversation}/claim", headers=headers)

    assert refusal(refused) == (403, "foreign_page")


async def test_a_request_that_names_no_page_is_refused(desk: Desk, log_in: LogIn) -> None:
    browser = await log_in("mia")
    conversation = await desk.waiting()
    del browser.headers["Origin"]

    refused = await browser.post(f"/desk/api/conversations/{conversation}/claim")

    assert refusal(refused) == (403, "foreign_page")


async def test_a_weak_hash_is_replaced_at_login(desk: Desk, log_in: LogIn) -> None:
    await log_in("mia")

    async with desk.sessions() as session:
        kept = (await session.scalars(select(Agent.password_hash))).one()
    assert "m=65536,t=3,p=4" in kept


async def test_answers_are_neither_kept_nor_guessed_at(log_in: LogIn) -> None:
    answer = await (await log_in("mia")).get("/desk/api/me")

    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["content-security-policy"].startswith("default-src 'none'")


async def test_a_refusal_is_in_the_agents_language(desk: Desk) -> None:
    async with desk.browser() as browser:
        german = await browser.get("/desk/api/me", headers={"Accept-Language": "de-AT,en;q=0.5"})
        english = await browser.get("/desk/api/me", headers={"Accept-Language": "en-GB"})

    assert german.json()["text"] == "Bitte melden Sie sich an."
    assert english.json()["text"] == "Please log in."
