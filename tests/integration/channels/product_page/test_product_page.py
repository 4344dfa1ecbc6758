"""A page of the shop shows a product: it is remembered, and a few suggestions go with it."""

from time import time
from typing import Any
from uuid import uuid4

import jwt
import pytest
from sqlalchemy import select

from channels.web_chat.visitors import token_of, visitor_of
from crm_store.base import utc_now
from crm_store.cases.models import CaseKind
from crm_store.cases.repository import CaseRepository
from crm_store.customers.models import Level
from crm_store.db import SessionFactory
from crm_store.insight.models import Event
from crm_store.suggestions.models import Place, Suggestion
from tests.builders import a_conversation, a_customer
from tests.integration.channels.desk.running import SECRET, SHOP_SECRET, Desk, refusal, running
from tests.integration.crm_store.suggestions.shop import fill

pytestmark = [pytest.mark.integration, pytest.mark.anyio]

AIDA = {"sku": "SKU-AIDA", "language": "de"}


async def test_a_new_visitor_is_suggested_something_and_known_from_then_on(desk: Desk) -> None:
    await fill(desk.sessions)

    async with desk.browser() as browser:
        first = (await browser.post("/page/viewed", json=AIDA)).json()
        again = (await browser.post("/page/viewed", json={**AIDA, "token": first["token"]})).json()

    assert len(first["suggestions"]) == 3
    assert first["suggestions"][0]["reason"] == "auch von Giuseppe Verdi"
    visitor = visitor_of(first["token"], SECRET)
    assert visitor is not None
    assert visitor_of(again["token"], SECRET) == visitor
    async with desk.sessions() as session:
        views = list(await session.scalars(select(Event).where(Event.kind == "viewed")))
        shown = list(await session.scalars(select(Suggestion)))
    assert [(view.visitor, view.facts) for view in views] == [(visitor, {"sku": "SKU-AIDA"})] * 2
    assert {(row.visitor, row.place) for row in shown} == {(visitor, Place.product_page)}


async def test_whoever_is_logged_in_at_the_shop_is_known_on_every_page(desk: Desk) -> None:
    ana = a_customer()
    await fill(desk.sessions, ana)
    seen = {**AIDA, "customer_token": _login("C-1")}

    async with desk.browser() as browser:
        answers = [await browser.post("/page/viewed", json=seen) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [200, 200]
    async with desk.sessions() as session:
        views = list(await session.scalars(select(Event.customer_id).where(Event.kind == "viewed")))
    assert views == [ana.id] * 2


async def test_whoever_proved_it_in_the_chat_is_known_on_the_page(desk: Desk) -> None:
    ana = a_customer()
    await fill(desk.sessions, ana)
    talk = a_conversation(of=ana, level=Level.verified)
    talk.visitor, talk.level_seen_at = "her browser", utc_now()
    async with desk.sessions.begin() as session:
        session.add(talk)

    async with desk.browser() as browser:
        await browser.post("/page/viewed", json={**AIDA, "token": token_of("her browser", SECRET)})

    async with desk.sessions() as session:
        assert await session.scalar(select(Suggestion.customer_id).limit(1)) == ana.id


@pytest.mark.parametrize("bad", ["nonsense", "x" * 4000])
async def test_whoever_has_a_bad_token_is_a_visitor(desk: Desk, bad: str) -> None:
    await fill(desk.sessions)

    async with desk.browser() as browser:
        answer = await browser.post(
            "/page/viewed", json={**AIDA, "token": bad, "customer_token": bad}
        )

    assert answer.status_code == 200
    async with desk.sessions() as session:
        assert await session.scalar(select(Event.customer_id)) is None


async def test_what_is_not_for_them_does_not_come_again(desk: Desk) -> None:
    await fill(desk.sessions)

    async with desk.browser() as browser:
        first = (await browser.post("/page/viewed", json=AIDA)).json()
        token, [refused, *_] = first["token"], first["suggestions"]
        told = await browser.post(
            f"/page/suggestions/{refused['suggestion']}/outcome",
            json={"token": token, "outcome": "declined"},
        )
        again = (await browser.post("/page/viewed", json={**AIDA, "token": token})).json()

    assert told.status_code == 204
    assert refused["sku"] not in {one["sku"] for one in again["suggestions"]}


async def test_nobody_decides_for_another_browser(desk: Desk) -> None:
    await fill(desk.sessions)
    strangers = (token_of("another browser", SECRET), "nonsense")

    async with desk.browser() as browser:
        [one, *_] = (await browser.post("/page/viewed", json=AIDA)).json()["suggestions"]
        answers = [
            await browser.post(
                f"/page/suggestions/{one['suggestion']}/outcome",
                json={"token": token, "outcome": "declined"},
            )
            for token in strangers
        ]

    assert [refusal(answer) for answer in answers] == [(404, "unknown_suggestion")] * 2


async def test_a_complaint_leaves_the_page_quiet_and_the_view_remembered(desk: Desk) -> None:
    await fill(desk.sessions)
    talk = a_conversation()
    talk.visitor = "her browser"
    async with desk.sessions.begin() as session:
        session.add(talk)
        await session.flush()
        await CaseRepository(session).open(talk, CaseKind.damaged, "Broken.", at=utc_now())

    async with desk.browser() as browser:
        answer = await browser.post(
            "/page/viewed", json={**AIDA, "token": token_of("her browser", SECRET)}
        )

    assert (answer.status_code, answer.json()["suggestions"]) == (200, [])
    async with desk.sessions() as session:
        assert await session.scalar(select(Event.id).where(Event.kind == "viewed"))


@pytest.mark.parametrize(
    ("body", "refused"),
    [
        ({"sku": "SKU-404"}, (404, "unknown_product")),
        ({"sku": ""}, (422, "invalid")),
        ({"sku": "SKU\x00"}, (422, "invalid")),
        ({"language": "fr"}, (422, "unknown_language")),
        ({"token": "x" * 5000}, (422, "too_long")),
    ],
)
async def test_what_fits_no_page_is_refused(
    desk: Desk, body: dict[str, Any], refused: tuple[int, str]
) -> None:
    async with desk.browser() as browser:
        answer = await browser.post("/page/viewed", json={**AIDA, **body})

    assert refusal(answer) == refused


async def test_only_pages_that_may_embed_the_widget_ask(desk: Desk) -> None:
    await fill(desk.sessions)
    path = f"/page/suggestions/{uuid4()}/outcome"

    async with desk.browser(Origin="https://evil.example") as foreign:
        refused = await foreign.post("/page/viewed", json=AIDA)
        asked = await foreign.options("/page/viewed")
    async with desk.browser(Origin="https://shop.example") as shop:
        answered = await shop.post("/page/viewed", json=AIDA)
        allowed = [await shop.options(each) for each in ("/page/viewed", path)]

    assert [refusal(answer) for answer in (refused, asked)] == [(403, "foreign_page")] * 2
    assert "Access-Control-Allow-Origin" not in refused.headers
    for answer in (answered, *allowed):
        assert answer.headers["Access-Control-Allow-Origin"] == "https://shop.example"
        assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert [answer.status_code for answer in allowed] == [204, 204]


async def test_a_browser_that_looks_too_fast_is_told_to_wait(
    database_url: str, sessions: SessionFactory
) -> None:
    await fill(sessions)
    async with (
        running(database_url, sessions, rapport_page_requests_per_minute=2) as strict,
        strict.browser() as browser,
    ):
        unknown = [await browser.post("/page/viewed", json=AIDA) for _ in range(3)]
        hers = {**AIDA, "token": unknown[0].json()["token"]}
        known = await browser.post("/page/viewed", json=hers)

    assert [answer.status_code for answer in unknown] == [200, 200, 429]
    assert known.status_code == 200


def _login(number: str) -> str:
    said = {"sub": number, "aud": "rapport", "exp": int(time()) + 300, "jti": str(uuid4())}
    return jwt.encode(said, SHOP_SECRET, algorithm="HS256", headers={"kid": "shop"})
