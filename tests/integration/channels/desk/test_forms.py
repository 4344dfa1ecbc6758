"""An agent finishes what a customer had begun, and the assistant knows it afterwards."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import httpx2
import pytest
from sqlalchemy import select

from crm_store.base import Json, utc_now
from crm_store.conversations.models import Conversation, Handler, Kind, Turn
from crm_store.conversations.repository import ConversationRepository
from crm_store.customers.models import Level
from crm_store.orders.models import OrderState
from crm_store.outbox.models import OutboxMessage
from tests.builders import a_customer, an_order
from tests.integration.channels.desk.running import Desk, LogIn, refusal

pytestmark = [pytest.mark.integration, pytest.mark.anyio]

PLACE = {"street": "Am Markt 1", "postcode": "07743", "town": "Jena", "country": "DE"}
A_RETURN = {"form": "return_item", "order": "A-17", "line": "Aida", "reason": "damaged"}


async def test_what_is_finished_is_open_no_more_and_the_assistant_is_told(
    desk: Desk, log_in: LogIn
) -> None:
    hers = await half_filled(desk)
    mia, epoch = await _has(await log_in("mia"), hers)
    before = await _story(mia, hers)
    answer = await _finish(mia, hers, epoch, A_RETURN)
    ref = answer.json()["ref"]

    after = await _story(mia, hers)
    await _give_back(mia, hers, epoch)

    assert before["form"]["title"] == "return_item"
    assert before["brief"]["next"][0]["what"] == "ask_for"
    assert after["form"] is None
    assert [one["ref"] for one in after["happened"] if one["kind"] == "return_announced"] == [ref]
    assert after["messages"][-1]["kind"] == Kind.finished
    assert after["messages"][-1]["text"] == f"return_item {ref}"
    facts = await _told_to_bot(desk)
    assert facts["finished"] == [{"form": "return_item", "ref": ref}]
    assert facts["settled"] is True
    async with desk.sessions() as session:
        letter = (await session.scalars(select(OutboxMessage))).one()
    assert ref in letter.text
    assert "Rücksendung" in letter.text


@pytest.mark.parametrize("dropped", [True, False])
async def test_what_is_left_open_is_the_assistants_again_unless_it_is_dropped(
    desk: Desk, log_in: LogIn, dropped: bool
) -> None:
    hers = await half_filled(desk)
    mia, epoch = await _has(await log_in("mia"), hers)

    if dropped:
        body = {"epoch": epoch, "form": "return_item"}
        await mia.post(f"{_path(hers)}/form/drop", json=body)
    after = await _story(mia, hers)
    await _give_back(mia, hers, epoch)

    assert (after["form"] is None) is dropped
    facts = await _told_to_bot(desk)
    assert (facts["finished"], facts["settled"]) == ([], dropped)


NO_FORMS: list[dict[str, Any]] = [
    {"form": "read_everything"},
    {"form": "return_item", "order": "A-17"},
    {**A_RETURN, "quantity": 0},
    {**A_RETURN, "reason": "because"},
    {"form": "change_address", **PLACE, "street": "\x00"},
    {"form": "change_address", **PLACE, "country": "Deutschland"},
]


async def test_what_cannot_be_done_is_refused_by_its_rule(desk: Desk, log_in: LogIn) -> None:
    hers = await half_filled(desk)
    mia, epoch = await _has(await log_in("mia"), hers)
    tom = await log_in("tom")

    answers = [
        await _finish(tom, hers, epoch, A_RETURN),
        await _finish(mia, hers, epoch, {**A_RETURN, "line": "Tosca"}),
        await _finish(mia, hers, epoch, {"form": "cancel_order", "order": "A-17"}),
        await _finish(mia, hers, epoch, {"form": "cancel_order", "order": "B-9"}),
        await _finish(mia, hers, epoch, {"form": "change_address", **PLACE, "country": "FR"}),
    ]
    none = [await _finish(mia, hers, epoch, form) for form in NO_FORMS]

    assert [refusal(answer) for answer in answers] == [
        (409, "not_yours"),
        (409, "not_returnable"),
        (409, "order_gone"),
        (404, "unknown_order"),
        (422, "not_delivered_there"),
    ]
    assert [refusal(answer) for answer in none] == [(422, "invalid")] * len(NO_FORMS)


async def half_filled(desk: Desk) -> UUID:
    conversation_id = await desk.waiting()
    ana = a_customer()
    order = an_order(ana, state=OrderState.delivered, titles=("Rigoletto", "Aida"))
    order.delivered_at = utc_now() - timedelta(days=1)
    frame = {"errand": "action_return_item", "given": {"order": "A-17"}, "asked": "line"}
    async with desk.sessions.begin() as session:
        session.add_all([ana, order])
        await session.flush()
        conversation = await ConversationRepository(session).lock(conversation_id)
        conversation.prove(ana.id, Level.verified, "code", utc_now())
        conversation.slots = {"left_open": [frame]}
    return conversation_id


async def _has(browser: httpx2.AsyncClient, conversation: UUID) -> tuple[httpx2.AsyncClient, int]:
    answer = await browser.post(f"{_path(conversation)}/claim")
    return browser, answer.json()["epoch"]


async def _finish(
    browser: httpx2.AsyncClient, conversation: UUID, epoch: int, form: dict[str, Any]
) -> httpx2.Response:
    body = {"epoch": epoch, "filled": form}
    return await browser.post(f"{_path(conversation)}/form", json=body)


async def _give_back(browser: httpx2.AsyncClient, conversation: UUID, epoch: int) -> None:
    body = {"epoch": epoch, "outcome": "solved", "code": "other", "note": ""}
    answer = await browser.post(f"{_path(conversation)}/return", json=body)
    assert answer.status_code == 200


async def _story(browser: httpx2.AsyncClient, conversation: UUID) -> Any:
    return (await browser.get(_path(conversation))).json()


async def _told_to_bot(desk: Desk) -> Json:
    async with desk.sessions() as session:
        turn = (await session.scalars(select(Turn))).one()
        talk = (await session.scalars(select(Conversation))).one()
    assert talk.handler is Handler.bot
    facts: Json = turn.request["facts"]
    return facts


def _path(conversation: UUID) -> str:
    return f"/desk/api/conversations/{conversation}"
