"""Agents log in by the shop's identity provider."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from time import time
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx2
import pytest

from crm_store.agents.models import Agent
from crm_store.agents.repository import AgentRepository
from crm_store.agents.roles import Role
from crm_store.db import SessionFactory
from tests.integration.channels.desk.running import PASSWORD, Desk, refusal, running
from tests.oidc import CLIENT, CLIENT_SECRET, FakeProvider, provider

pytestmark = [pytest.mark.integration, pytest.mark.anyio]

ANNA = "anna@shop.example"


@pytest.fixture
async def company() -> AsyncIterator[FakeProvider]:
    """The identity provider."""
    async with provider() as one:
        yield one


@pytest.fixture
async def desk(
    database_url: str, sessions: SessionFactory, company: FakeProvider
) -> AsyncIterator[Desk]:
    """A desk that trusts it."""
    async with trusting(database_url, sessions, company) as one:
        yield one


@asynccontextmanager
async def trusting(
    database_url: str, sessions: SessionFactory, company: FakeProvider, **rules: Any
) -> AsyncIterator[Desk]:
    told = {
        "issuer": company.issuer,
        "client_id": CLIENT,
        "client_secret": CLIENT_SECRET,
        "name": "Belcanto",
        "domains": "shop.example",
        **rules,
    }
    async with running(database_url, sessions, rapport_oidc=told) as one:
        yield one


async def test_who_is_vouched_for_comes_in_and_is_known_again(
    desk: Desk, company: FakeProvider
) -> None:
    anna = await desk.agent(ANNA, Role.lead)

    async with desk.browser() as browser:
        came = await log_in(browser, company)
        me = (await browser.get("/desk/api/me")).json()["agent"]
    company.says |= {"email": "anna.kern@shop.example"}
    async with desk.browser() as browser:
        await log_in(browser, company)
        again = (await browser.get("/desk/api/me")).json()["agent"]

    assert came == "/desk"
    assert me["id"] == again["id"] == str(anna.id)
    assert (company.asked["code_challenge_method"], company.asked["client_id"]) == ("S256", CLIENT)


WRONG: dict[str, dict[str, Any]] = {
    "for another program": {"wrong": {"aud": "another"}},
    "of another issuer": {"wrong": {"iss": "https://elsewhere.example"}},
    "of another try": {"wrong": {"nonce": "another"}},
    "without a nonce": {"wrong": {"nonce": None}},
    "of yesterday": {"wrong": {"exp": int(time()) - 3600}},
    "signed by nobody": {"signs": "none"},
    "signed with the public key": {"signs": "HS256"},
    "signed by somebody else": {"stranger": True},
}


async def test_a_token_that_does_not_hold_opens_nothing(desk: Desk, company: FakeProvider) -> None:
    await desk.agent(ANNA)
    sound = {"wrong": {}, "signs": "RS256", "stranger": False}
    came, let_in = {}, {}
    async with desk.browser() as browser:
        for how, wrong in WRONG.items():
            for name, value in {**sound, **wrong}.items():
                setattr(company, name, value)
            came[how] = await log_in(browser, company)
            let_in[how] = (await browser.get("/desk/api/me")).status_code

    assert came == dict.fromkeys(WRONG, "/desk?refused=oidc_failed")
    assert let_in == dict.fromkeys(WRONG, 401)


async def test_whoever_has_not_begun_here_does_not_come_back_here(
    desk: Desk, company: FakeProvider
) -> None:
    await desk.agent(ANNA)
    async with desk.browser() as mia, desk.browser() as ben:
        brought = company.visit(await begun(mia))
        lured = await ben.get("/desk/oidc/return", params=brought)
        await begun(ben)
        mixed = await ben.get("/desk/oidc/return", params=brought)
        came = await mia.get("/desk/oidc/return", params=brought)
        twice = await mia.get("/desk/oidc/return", params=brought)

    places = [answer.headers["location"] for answer in (lured, mixed, came, twice)]
    failed = "/desk?refused=oidc_failed"
    assert places == [failed, failed, "/desk", failed]


STRANGERS: tuple[dict[str, Any], ...] = (
    {"email": "anna@elsewhere.example"},
    {"email": ANNA, "email_verified": False},
    {"email": "nobody@shop.example", "email_verified": True},
)


async def test_nobody_comes_in_whom_the_desk_does_not_know(
    desk: Desk, company: FakeProvider
) -> None:
    await desk.agent(ANNA)
    await desk.agent("anna@elsewhere.example")
    came = []
    async with desk.browser() as browser:
        for says in STRANGERS:
            company.says |= says
            came.append(await log_in(browser, company))

    assert came == ["/desk?refused=not_an_agent"] * len(STRANGERS)


async def test_an_address_that_has_gone_on_to_somebody_else_opens_no_account(
    desk: Desk, company: FakeProvider
) -> None:
    await desk.agent(ANNA)
    async with desk.browser() as browser:
        await log_in(browser, company)
    company.says |= {"sub": "another"}

    async with desk.browser() as browser:
        assert await log_in(browser, company) == "/desk?refused=not_an_agent"


async def test_new_agents_are_made_where_the_shop_says_so_and_the_provider_says_what_they_may(
    database_url: str, sessions: SessionFactory, company: FakeProvider
) -> None:
    rules = {"new_agents": True, "role_claim": "groups", "roles": {"leads": "lead"}, "only": True}
    company.says |= {"groups": ["staff", "leads"]}
    async with trusting(database_url, sessions, company, **rules) as desk:
        async with desk.browser() as browser:
            came = await log_in(browser, company)
            ways = (await browser.get("/desk/api/entrance")).json()
            shown = {"login": ANNA, "password": PASSWORD}
            by_password = await browser.post("/desk/api/login", json=shown)
        async with sessions() as session:
            made = await AgentRepository(session).find(ANNA)

    assert came == "/desk"
    assert isinstance(made, Agent)
    assert (made.name, made.role) == ("Anna Kern", Role.lead)
    assert ways == {"passwords": False, "provider": "Belcanto", "refused": None}
    assert refusal(by_password) == (403, "passwords_off")


async def test_what_went_wrong_is_said_in_both_languages(desk: Desk, company: FakeProvider) -> None:
    said = {}
    async with desk.browser() as browser:
        await begun(browser)
        broken_off = await browser.get(
            "/desk/oidc/return", params={"error": "access_denied", "state": "x"}
        )
        for language in ("de", "en"):
            ways = await browser.get(
                "/desk/api/entrance",
                params={"refused": "oidc_unreachable"},
                headers={"Accept-Language": language},
            )
            said[language] = ways.json()["refused"]
        invented = (await browser.get("/desk/api/entrance", params={"refused": "<b>"})).json()

    assert "refused=" in broken_off.headers["location"]
    assert "antwortet gerade nicht" in said["de"]
    assert "does not answer" in said["en"]
    assert invented["refused"] is None


async def test_a_provider_that_does_not_answer_is_said_to_be_away(
    database_url: str, sessions: SessionFactory, company: FakeProvider
) -> None:
    company.issuer += "/elsewhere"
    async with trusting(database_url, sessions, company) as desk, desk.browser() as browser:
        answer = await browser.get("/desk/oidc/begin")

    assert answer.headers["location"] == "/desk?refused=oidc_unreachable"


async def begun(browser: httpx2.AsyncClient) -> str:
    """Begin to log in, and return where the browser is sent."""
    sent: str = (await browser.get("/desk/oidc/begin")).headers["location"]
    return sent


async def log_in(browser: httpx2.AsyncClient, company: FakeProvider) -> str:
    """Log in, and return where the browser ends up."""
    brought = company.visit(await begun(browser))
    back = urlsplit(company.asked["redirect_uri"]).path
    answer = await browser.get(back, params=brought)
    assert answer.status_code == 303
    assert "code" not in parse_qs(answer.headers["location"])
    place: str = answer.headers["location"]
    return place
