"""The shop's programs ask for suggestions, tell what became of them, and what was looked at."""

from typing import Any

import httpx2
import pytest
from sqlalchemy import select, update

from channels.web_chat.visitors import token_of
from crm_store.base import Language
from crm_store.cases.models import CaseKind
from crm_store.cases.repository import CaseRepository
from crm_store.catalogue.models import Product
from crm_store.customers.models import Interest, InterestSource, Level
from crm_store.db import SessionFactory
from crm_store.insight.models import Event
from crm_store.orders.models import OrderLine
from crm_store.suggestions.models import Outcome, Place, Suggestion
from tests.builders import a_conversation, a_customer, an_order
from tests.integration.channels.api.conftest import a_program, a_program_s_token
from tests.integration.channels.desk.running import SECRET, Desk, refusal, running
from tests.integration.crm_store.suggestions.shop import fill

pytestmark = [pytest.mark.integration, pytest.mark.anyio]

NOTHING = "3d1c2b4a-5e6f-4a7b-8c9d-0e1f2a3b4c5d"
"""An id that nothing has."""


async def test_a_program_is_told_what_goes_with_a_product(
    desk: Desk, program: httpx2.AsyncClient
) -> None:
    await fill(desk.sessions)

    answer = await program.post("/suggestions", json={"product": "SKU-AIDA", "language": "de"})

    assert answer.status_code == 200
    [first, *_] = shown = answer.json()
    assert len(shown) == 3
    assert "SKU-AIDA" not in {one["sku"] for one in shown}
    assert first | {"suggestion": "", "sku": "", "title": ""} == {
        **{"suggestion": "", "sku": "", "title": "", "price": "19.90", "currency": "EUR"},
        **{"image": None, "reason": "auch von Giuseppe Verdi", "in_stock": True},
        **{"format": None, "not_in_format": []},
    }
    async with desk.sessions() as session:
        kept = list(await session.scalars(select(Suggestion).order_by(Suggestion.rank)))
    assert [str(row.id) for row in kept] == [one["suggestion"] for one in shown]
    assert {row.place for row in kept} == {Place.api}


async def test_a_customer_is_not_shown_what_they_own(
    desk: Desk, program: httpx2.AsyncClient
) -> None:
    ana = a_customer()
    shop = await fill(desk.sessions, ana)
    order = an_order(ana, titles=())
    order.lines = [
        OrderLine(
            position=0,
            sku="SKU-AIDA",
            title="Aida",
            quantity=1,
            unit_price=shop["Aida"].price,
            product_id=shop["Aida"].id,
        )
    ]
    async with desk.sessions.begin() as session:
        session.add(order)
    asked = {"wish": "Verdi", "language": "en", "most": 10}

    hers = await _skus(program, {**asked, "customer": "C-1"})
    anybody_s = await _skus(program, asked)

    assert "SKU-AIDA" in anybody_s
    assert "SKU-AIDA" not in hers


async def test_a_customer_alone_is_suggested_what_they_are_known_to_like(
    desk: Desk, program: httpx2.AsyncClient
) -> None:
    ana = a_customer()
    await fill(desk.sessions, ana)
    asked = {"customer": "C-1", "language": "en"}
    assert await _skus(program, asked) == []
    async with desk.sessions.begin() as session:
        likes = {"text": "Verdi", "language": Language.en, "source": InterestSource.stated}
        session.add(Interest(customer_id=ana.id, **likes))

    answer = await program.post("/suggestions", json=asked)

    assert answer.json()[0]["reason"] == "because you like Giuseppe Verdi"


async def test_a_wish_is_limited_by_its_words(desk: Desk, program: httpx2.AsyncClient) -> None:
    await fill(desk.sessions)
    async with desk.sessions.begin() as session:
        await session.execute(update(Product).values(format="cd"))
        rare = update(Product).where(Product.sku == "SKU-AIDA")
        await session.execute(rare.values(stock=0, price=5))
    wish = {"language": "en", "wish": "Verdi under 10 euros on CD, even if sold out"}

    answer = await program.post("/suggestions", json=wish)

    [only] = answer.json()
    assert (only["sku"], only["in_stock"], only["format"]) == ("SKU-AIDA", False, "cd")


async def test_what_does_not_come_in_a_format_says_so(
    desk: Desk, program: httpx2.AsyncClient
) -> None:
    await fill(desk.sessions)
    async with desk.sessions.begin() as session:
        await session.execute(update(Product).values(format="cd"))
        rare = update(Product).where(Product.creator != "Giuseppe Verdi")
        await session.execute(rare.values(format="vinyl"))

    answer = await program.post(
        "/suggestions", json={"language": "de", "wish": "Verdi auf Schallplatte"}
    )

    shown = answer.json()
    assert shown
    assert all(one["not_in_format"] == ["vinyl"] for one in shown)


async def test_a_long_wish_in_another_language_still_gets_an_answer(
    desk: Desk, program: httpx2.AsyncClient
) -> None:
    await fill(desk.sessions)
    wish = "Je voudrais quelque chose de Verdi. " * 111

    answer = await program.post("/suggestions", json={"wish": wish[:4000], "language": "en"})

    assert answer.status_code == 200
    assert len(answer.json()) == 3


async def test_nothing_is_suggested_to_who_has_a_complaint_open(
    desk: Desk, program: httpx2.AsyncClient
) -> None:
    ana = a_customer()
    await fill(desk.sessions, ana)
    talk = a_conversation(of=ana, level=Level.verified)
    async with desk.sessions.begin() as session:
        session.add(talk)
        await session.flush()
        await CaseRepository(session).open(talk, CaseKind.complaint, "Broken.", at=talk.created_at)

    assert await _skus(program, {"customer": "C-1", "wish": "Verdi", "language": "en"}) == []


@pytest.mark.parametrize(
    ("asked", "refused"),
    [
        ({"customer": "C-404", "wish": "Verdi"}, (404, "unknown_customer")),
        ({"product": "SKU-404"}, (404, "unknown_product")),
        ({"wish": "  "}, (422, "empty_wish")),
        ({}, (422, "empty_wish")),
        ({"wish": "x" * 4001}, (422, "too_long")),
        ({"wish": "Verdi", "language": "fr"}, (422, "unknown_language")),
        ({"wish": "Verdi", "language": None}, (422, "unknown_language")),
        ({"wish": "Verdi", "most": 0}, (422, "invalid")),
        ({"wish": "Verdi", "most": 11}, (422, "invalid")),
        ({"wish": "Ver\x00di"}, (422, "invalid")),
        ({"wish": "Verdi", "limit": 3}, (422, "invalid")),
    ],
)
async def test_what_cannot_be_answered_is_refused_by_a_rule(
    desk: Desk, program: httpx2.AsyncClient, asked: dict[str, Any], refused: tuple[int, str]
) -> None:
    answer = await program.post("/suggestions", json={"language": "en", **asked})

    assert refusal(answer) == refused
    assert answer.json()["text"].endswith(".")


async def test_a_refusal_is_in_the_language_that_is_asked_for(
    desk: Desk, program: httpx2.AsyncClient
) -> None:
    asked = {"product": "SKU-404", "language": "en"}

    answer = await program.post("/suggestions", json=asked, headers={"Accept-Language": "de-AT"})

    assert answer.json()["text"] == "Ein Produkt mit dieser Nummer führt der Shop nicht."


@pytest.mark.parametrize("path", ["/suggestions", f"/suggestions/{NOTHING}/outcome", "/events"])
@pytest.mark.parametrize(
    "authorization",
    [
        "",
        "Basic YTpi",
        "Bearer nonsense",
        f"Bearer {a_program_s_token('a secret that nobody has ever given to us')}",
        f"Bearer {a_program_s_token(key='unknown')}",
        f"Bearer {a_program_s_token(exp=1)}",
        f"Bearer {a_program_s_token(exp=99999999999)}",
        f"Bearer {a_program_s_token(aud='rapport', sub='C-1', jti='1')}",
    ],
    ids=["none", "basic", "no token", "forged", "unknown key", "old", "for ever", "a customer's"],
)
async def test_nobody_gets_in_without_a_key(
    desk: Desk, program: httpx2.AsyncClient, path: str, authorization: str
) -> None:
    answer = await program.post(path, json={}, headers={"Authorization": authorization})

    assert refusal(answer) == (401, "bad_key")
    assert answer.headers["WWW-Authenticate"] == "Bearer"


async def test_too_many_requests_are_told_to_wait(
    database_url: str, sessions: SessionFactory
) -> None:
    asked = {"wish": "Verdi", "language": "en"}
    async with (
        running(database_url, sessions, rapport_api_requests_per_minute=1) as strict,
        a_program(strict) as program,
    ):
        first, second = [await program.post("/suggestions", json=asked) for _ in range(2)]

    assert first.status_code == 200
    assert refusal(second) == (429, "too_many")
    assert second.headers["Retry-After"] == "60"


async def test_what_became_of_a_suggestion_is_kept(desk: Desk, program: httpx2.AsyncClient) -> None:
    await fill(desk.sessions)
    asked = {"product": "SKU-AIDA", "language": "en"}
    [one, *_] = (await program.post("/suggestions", json=asked)).json()
    path = f"/suggestions/{one['suggestion']}/outcome"

    told = [await program.post(path, json={"outcome": "accepted"}) for _ in range(2)]
    otherwise = await program.post(path, json={"outcome": "declined"})

    assert [answer.status_code for answer in told] == [204, 204]
    assert refusal(otherwise) == (409, "decided_before")
    async with desk.sessions() as session:
        kept = await session.scalar(select(Suggestion.outcome).order_by(Suggestion.rank).limit(1))
    assert kept is Outcome.accepted


@pytest.mark.parametrize(
    ("suggestion", "outcome", "refused"),
    [
        (NOTHING, "accepted", (404, "unknown_suggestion")),
        ("one", "accepted", (422, "invalid")),
        (NOTHING, "bought", (422, "invalid")),
    ],
)
async def test_an_outcome_of_nothing_is_refused(
    desk: Desk,
    program: httpx2.AsyncClient,
    suggestion: str,
    outcome: str,
    refused: tuple[int, str],
) -> None:
    answer = await program.post(f"/suggestions/{suggestion}/outcome", json={"outcome": outcome})

    assert refusal(answer) == refused


async def test_what_somebody_looks_at_is_kept(desk: Desk, program: httpx2.AsyncClient) -> None:
    ana = a_customer()
    await fill(desk.sessions, ana)
    viewed = {"kind": "viewed", "sku": "SKU-AIDA"}

    answers = [
        await program.post("/events", json={**viewed, **whose})
        for whose in (
            {"customer": "C-1"},
            {"visitor": token_of("a browser", SECRET)},
            {"visitor": "the shop's own name"},
        )
    ]

    assert [answer.status_code for answer in answers] == [204] * 3
    async with desk.sessions() as session:
        kept = list(await session.scalars(select(Event).order_by(Event.id)))
    assert [(one.kind, one.customer_id, one.visitor, one.facts) for one in kept] == [
        ("viewed", ana.id, None, {"sku": "SKU-AIDA"}),
        ("viewed", None, "a browser", {"sku": "SKU-AIDA"}),
        ("viewed", None, "the shop's own name", {"sku": "SKU-AIDA"}),
    ]


@pytest.mark.parametrize(
    ("event", "refused"),
    [
        ({"customer": "C-404"}, (404, "unknown_customer")),
        ({"visitor": "a browser", "sku": "SKU-404"}, (404, "unknown_product")),
        ({"visitor": "a browser", "kind": "bought"}, (422, "invalid")),
        ({}, (422, "invalid")),
        ({"customer": "C-1", "visitor": "a browser"}, (422, "invalid")),
    ],
)
async def test_an_event_of_nobody_or_nothing_is_refused(
    desk: Desk, program: httpx2.AsyncClient, event: dict[str, str], refused: tuple[int, str]
) -> None:
    await fill(desk.sessions)

    answer = await program.post("/events", json={"kind": "viewed", "sku": "SKU-AIDA", **event})

    assert refusal(answer) == refused


async def test_its_documentation_is_there_for_anybody(desk: Desk) -> None:
    async with httpx2.AsyncClient(base_url=desk.url) as anybody:
        answer = await anybody.get("/api/v1/openapi.json")

    assert "/suggestions" in answer.json()["paths"]


async def _skus(program: httpx2.AsyncClient, asked: dict[str, Any]) -> list[str]:
    answer = await program.post("/suggestions", json=asked)
    assert answer.status_code == 200
    return [one["sku"] for one in answer.json()]
