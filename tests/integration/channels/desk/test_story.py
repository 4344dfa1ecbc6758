import asyncio
from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import event
from sqlalchemy.engine import Engine

from crm_store.base import Language, utc_now
from crm_store.cases.models import CaseKind
from crm_store.cases.repository import CaseRepository
from crm_store.catalogue.models import Product, ProductKind, ProductText
from crm_store.conversations.models import (
    Author,
    Channel,
    Conversation,
    ConversationRef,
    Effect,
    Message,
    Turn,
    TurnState,
)
from crm_store.conversations.repository import ConversationRepository
from crm_store.customers.models import (
    ContactKind,
    ContactPoint,
    Customer,
    Interest,
    InterestSource,
    Level,
)
from crm_store.handoffs.models import Reason
from crm_store.handoffs.repository import HandoffRepository
from crm_store.handoffs.service import hand_off
from crm_store.orders.models import Order, OrderLine, OrderState
from crm_store.recordings.models import CallRecording
from crm_store.suggestions.models import Place, Suggestion
from crm_store.suggestions.reasons import Link
from tests.builders import a_return
from tests.integration.channels.desk.running import Desk, LogIn
from tests.takeover import FIELDS

pytestmark = [pytest.mark.integration, pytest.mark.anyio]

A_RETURN = {"errand": "action_return_item", "given": {"order": "A-17"}, "asked": "line"}
REQUEST = "run_asgi"
"""What uvicorn answers a request in."""


async def test_an_agent_sees_everything_that_is_known(desk: Desk, log_in: LogIn) -> None:
    mia = await log_in("mia")
    story = (await mia.get(f"/desk/api/conversations/{await a_long_story(desk)}")).json()

    for path, fields in FIELDS.items():
        found = list(places(story, path))
        assert found, f"the story has no {path}"
        for place in found:
            assert set(place) == set(fields.split()), path
    assert story["conversation"]["level"] == "verified"
    assert story["conversation"]["verified_how"] == "code to email"
    assert story["conversation"]["slots"] == {"order_number": "A-17"}
    assert story["form"]["given"] == {"order": "A-17"}
    assert story["form"]["missing"] == ["line"]
    assert [fact["what"] for fact in story["brief"]["next"]] == ["ask_for"]
    assert story["brief"]["tried"][0] == {
        "what": "did:case_opened",
        "value": story["cases"][0]["number"],
        "source": {"kind": "message", "ref": "2"},
    }
    assert story["understood"] == [{"seq": 2, "intent": "ask_person", "confidence": 0.93}]
    assert story["handoff"]["trigger"] == {"seq": 2, "text": "Ich will einen Menschen sprechen"}
    assert story["messages"][0]["choices"] == [{"title": "Ja"}]
    assert {point["value"] for point in story["customer"]["contacts"]} == {
        "ana@example.com",
        "+447700900017",
    }
    assert story["orders"][0]["lines"] == [
        {"sku": "R-1", "title": "Aida", "quantity": 1, "price": "19.90"}
    ]
    assert story["suggestions"][0]["title"] == "Nabucco (de)"
    assert story["suggestions"][0]["reason"] == "weil Sie Verdi mögen"
    assert story["earlier"][0]["summary"] == "Where is my parcel?"
    assert story["done"] == [
        {
            "seq": 2,
            "action": "action_cancel_order",
            "at": story["done"][0]["at"],
            "result": {"number": "A-17"},
        }
    ]


async def test_the_department_and_colleague_that_were_asked_for_are_shown(
    desk: Desk, log_in: LogIn
) -> None:
    mia, conversation_id = await log_in("mia"), await desk.waiting()
    tom = await desk.agent("tom")
    async with desk.sessions.begin() as session:
        handoff = await HandoffRepository(session).open_of(conversation_id)
        assert handoff is not None
        handoff.department, handoff.wanted_agent_id = "billing", tom.id

    story = (await mia.get(f"/desk/api/conversations/{conversation_id}")).json()

    assert story["handoff"]["department"] == "billing"
    assert story["handoff"]["wanted_agent"] == "Tom"


async def test_a_claim_shows_the_card_and_says_that_it_is_only_a_claim(
    desk: Desk, log_in: LogIn
) -> None:
    mia, conversation_id = await log_in("mia"), await a_long_story(desk, level=Level.claimed)

    story = (await mia.get(f"/desk/api/conversations/{conversation_id}")).json()

    assert story["customer"]["number"] == "C-1"
    assert story["customer"]["level"] == story["conversation"]["level"] == "claimed"


async def test_a_stranger_has_no_card(desk: Desk, log_in: LogIn) -> None:
    mia, conversation_id = await log_in("mia"), await desk.waiting()

    story = (await mia.get(f"/desk/api/conversations/{conversation_id}")).json()

    assert story["customer"] is None
    assert story["orders"] == story["earlier"] == []


async def test_a_story_takes_few_queries_however_long_it_is(desk: Desk, log_in: LogIn) -> None:
    mia, conversation_id = await log_in("mia"), await a_long_story(desk, said=500)
    asked: list[str] = []

    def count(_: Any, __: Any, statement: str, *___: Any) -> None:
        task = asyncio.current_task()
        # What the application looks for by itself meanwhile is not the story's.
        if task is not None and REQUEST in repr(task.get_coro()):
            asked.append(statement)

    event.listen(Engine, "before_cursor_execute", count)
    try:
        story = (await mia.get(f"/desk/api/conversations/{conversation_id}")).json()
    finally:
        event.remove(Engine, "before_cursor_execute", count)

    assert len(story["messages"]) == 503
    assert asked
    assert len([s for s in asked if s.lstrip().upper().startswith("SELECT")]) <= 20


async def test_a_story_is_told_while_the_conversation_goes_on(desk: Desk, log_in: LogIn) -> None:
    mia, conversation_id = await log_in("mia"), await desk.waiting()
    told = asyncio.Event()

    async def go_on() -> None:
        while not told.is_set():
            async with desk.sessions.begin() as session:
                conversation = await ConversationRepository(session).lock(conversation_id)
                ConversationRepository(session).add(conversation, Author.customer, "Noch etwas")

    going_on = asyncio.create_task(go_on())
    answers = [await mia.get(f"/desk/api/conversations/{conversation_id}") for _ in range(30)]
    told.set()
    await going_on

    assert {answer.status_code for answer in answers} == {200}


async def a_long_story(desk: Desk, *, level: Level = Level.verified, said: int = 0) -> UUID:
    async with desk.sessions.begin() as session:
        customer, product = a_customer(), a_product()
        session.add_all([customer, product])
        await session.flush()
        order = an_order(customer, product)
        session.add(order)
        await session.flush()
        session.add(a_return(order, product.sku))
        conversations = ConversationRepository(session)
        for key, channel in (("before", Channel.phone), ("now", Channel.chat)):
            begun = await conversations.start(ConversationRef(channel, key), Language.de)
            conversation = await conversations.lock(begun.id)
            conversation.prove(customer.id, level, "code to email", utc_now())
            if key == "before":
                conversation.created_at = utc_now() - timedelta(days=2)
                conversations.add(conversation, Author.customer, "Where is my parcel?")
        conversation.slots = {"order_number": "A-17", "errands": [A_RETURN], "code": "123456"}
        choice = {"title": "Ja", "intent": "affirm", "entities": {}}
        conversations.add(conversation, Author.bot, "Guten Tag!", choices=[choice])
        trigger = conversations.add(
            conversation, Author.customer, "Ich will einen Menschen sprechen"
        )
        for nth in range(said):
            conversations.add(conversation, Author.bot, f"Satz {nth}")
        await session.flush()
        await hand_off(session, conversation, Reason.asked, trigger_seq=2)
        session.add(
            Effect(
                message_id=trigger.id,
                action="action_cancel_order",
                nth=0,
                result={"number": "A-17"},
            )
        )
        session.add(a_suggestion(conversation, product))
        session.add(a_turn(conversation, trigger))
        await CaseRepository(session).open(
            conversation, CaseKind.complaint, "Zu laut.", at=utc_now(), cause=trigger.id
        )
        session.add(CallRecording(conversation_id=conversation.id, call="CA1"))
        session.add(
            Interest(
                customer_id=customer.id,
                text="Verdi",
                language=Language.de,
                source=InterestSource.stated,
            )
        )
        session.add(
            Interest(
                customer_id=customer.id,
                text="Wagner",
                language=Language.de,
                source=InterestSource.stated,
                forgotten_at=utc_now(),
            )
        )
        return conversation.id


def a_turn(conversation: Conversation, message: Message) -> Turn:
    return Turn(
        conversation_id=conversation.id,
        seq=message.seq,
        message_id=message.id,
        request={},
        epoch=1,
        state=TurnState.done,
        intent="ask_person",
        confidence=0.93,
    )


def a_customer() -> Customer:
    return Customer(
        number="C-1",
        given_name="Ana",
        family_name="Ruiz",
        language=Language.de,
        since=utc_now() - timedelta(days=400),
        contacts=[
            ContactPoint(kind=ContactKind.email, value="ana@example.com"),
            ContactPoint(kind=ContactKind.phone, value="+447700900017"),
        ],
    )


def a_product() -> Product:
    return Product(
        sku="R-1",
        kind=ProductKind.recording,
        price=Decimal("19.90"),
        currency="EUR",
        stock=2,
        texts=[
            ProductText(language=Language.de, title="Nabucco (de)"),
            ProductText(language=Language.en, title="Nabucco (en)"),
        ],
    )


def an_order(customer: Customer, product: Product) -> Order:
    return Order(
        number="A-17",
        customer_id=customer.id,
        placed_at=utc_now() - timedelta(days=3),
        state=OrderState.shipped,
        expected_on=date(2026, 11, 25),
        currency="EUR",
        total=Decimal("19.90"),
        lines=[
            OrderLine(
                position=1,
                product_id=product.id,
                sku=product.sku,
                title="Aida",
                quantity=1,
                unit_price=Decimal("19.90"),
            )
        ],
    )


def a_suggestion(conversation: Conversation, product: Product) -> Suggestion:
    return Suggestion(
        conversation_id=conversation.id,
        product_id=product.id,
        place=Place.chat,
        asked=True,
        rank=1,
        reason_kind=Link.creator,
        policy_version="1",
        reason={"link": "creator", "about": {"de": "Verdi", "en": "Verdi"}},
        derivation={"wish": "Verdi", "score": 0.8},
        model="minilm",
    )


def places(story: Any, path: str) -> Iterable[Any]:
    """Return what lies at a path such as `orders[].lines[]`."""
    found = [story]
    for step in filter(None, path.split(".")):
        found = [place[step.removesuffix("[]")] for place in found]
        if step.endswith("[]"):
            found = [item for place in found for item in place]
    return found
