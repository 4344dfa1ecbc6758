from uuid import UUID, uuid4

import httpx2
import pytest

from crm_store.base import utc_now
from crm_store.conversations.models import Kind
from crm_store.conversations.repository import ConversationRepository
from crm_store.routing.duty_repository import DutyRepository
from crm_store.routing.repository import OfferRepository
from crm_store.routing.service import make_offers
from tests.integration.channels.desk.running import Desk, LogIn, refusal
from tests.integration.channels.desk.test_socket import heard, seat, watch

pytestmark = [pytest.mark.integration, pytest.mark.anyio]


def at(conversation: UUID, step: str) -> str:
    return f"/desk/api/conversations/{conversation}/{step}"


async def claim(browser: httpx2.AsyncClient, conversation: UUID) -> int:
    epoch: int = (await browser.post(at(conversation, "claim"))).json()["epoch"]
    return epoch


async def says(browser: httpx2.AsyncClient, conversation: UUID, epoch: int) -> httpx2.Response:
    words = {"epoch": epoch, "id": str(uuid4()), "text": "Guten Tag"}
    return await browser.post(at(conversation, "reply"), json=words)


async def steps(desk: Desk, conversation: UUID) -> list[Kind]:
    async with desk.sessions() as session:
        rows = await ConversationRepository(session).since(conversation, 0)
    return [row.kind for row in rows]


async def test_whoever_joins_speaks_as_well_until_they_go(desk: Desk, log_in: LogIn) -> None:
    mia, tom, conversation = await log_in("mia"), await log_in("tom"), await desk.waiting()
    epoch = await claim(mia, conversation)

    for _ in range(2):
        assert (await tom.post(at(conversation, "join"))).status_code == 204
    joined = await says(tom, conversation, epoch)
    async with seat(desk, tom) as socket:
        lists = await heard(socket, "lists")
    await tom.post(at(conversation, "part"))
    parted = await says(tom, conversation, epoch)

    assert joined.status_code == 200
    assert [line["id"] for line in lists["mine"]] == [str(conversation)]
    assert refusal(parted) == (409, "not_yours")
    assert (await steps(desk, conversation))[2:] == [
        Kind.claimed,
        Kind.joined,
        Kind.said,
        Kind.parted,
    ]


async def test_whoever_has_the_customer_next_begins_alone(desk: Desk, log_in: LogIn) -> None:
    mia, tom, ana = await log_in("mia"), await log_in("tom"), await log_in("ana")
    conversation = await desk.waiting()
    epoch = await claim(mia, conversation)
    await tom.post(at(conversation, "join"))
    everybody = (await mia.get("/desk/api/colleagues")).json()
    to = next(one["id"] for one in everybody if one["name"] == "Ana")

    passed = await mia.post(at(conversation, "transfer"), json={"epoch": epoch, "agent": to})

    assert refusal(await says(tom, conversation, passed.json()["epoch"])) == (409, "not_yours")
    assert (await says(ana, conversation, passed.json()["epoch"])).status_code == 200


async def test_nobody_joins_themself_or_nobody(desk: Desk, log_in: LogIn) -> None:
    mia, conversation = await log_in("mia"), await desk.waiting()

    waiting = await mia.post(at(conversation, "join"))
    await claim(mia, conversation)
    own = await mia.post(at(conversation, "join"))

    assert refusal(waiting) == refusal(own) == (409, "not_yours")


async def test_a_customer_on_hold_is_told_and_the_next_words_end_it(
    desk: Desk, log_in: LogIn
) -> None:
    mia, tom, conversation = await log_in("mia"), await log_in("tom"), await desk.waiting()
    epoch = await claim(mia, conversation)
    async with seat(desk, mia) as socket:
        await watch(socket, conversation, since=3)
        assert (await heard(socket, "changed"))["on_hold_since"] is None

        for _ in range(2):
            await mia.post(at(conversation, "wait"), json={"held": True})
        assert (await heard(socket, "changed"))["on_hold_since"] is not None
        await says(mia, conversation, epoch)
        assert (await heard(socket, "changed"))["on_hold_since"] is None

    assert (await steps(desk, conversation))[3:] == [Kind.held, Kind.resumed, Kind.said]
    others = await tom.post(at(conversation, "wait"), json={"held": True})
    assert refusal(others) == (409, "not_yours")


async def test_a_customer_waits_for_another_department_at_the_old_place(
    desk: Desk, log_in: LogIn
) -> None:
    mia, tom = await log_in("mia"), await log_in("tom")
    first, second = await desk.waiting("k1"), await desk.waiting("k2")
    epoch = await claim(mia, first)
    body = {"epoch": epoch, "department": "returns", "note": "Will zwei Dinge zurückgeben."}

    passed = await mia.post(at(first, "queue"), json=body)
    late = await says(mia, first, epoch)
    async with seat(desk, tom) as socket:
        waiting = (await heard(socket, "lists"))["waiting"]

    assert passed.status_code == 200
    assert refusal(late) == (409, "late")
    assert [(line["id"], line["department"]) for line in waiting] == [
        (str(first), "returns"),
        (str(second), None),
    ]
    assert (await steps(desk, first))[-2:] == [Kind.requeued, Kind.note]
    assert await claim(tom, first) == passed.json()["epoch"] + 1


async def test_whoever_passes_a_customer_on_is_not_the_next_to_be_asked(
    desk: Desk, log_in: LogIn
) -> None:
    mia, conversation = await log_in("mia"), await desk.waiting()
    epoch = await claim(mia, conversation)

    await mia.post(at(conversation, "queue"), json={"epoch": epoch})

    async with desk.sessions.begin() as session:
        await DutyRepository(session).here(await _id(mia), at=utc_now())
        await make_offers(session, at=utc_now())
        assert await OfferRepository(session).ringing_at(await _id(mia)) is None


async def test_there_must_be_such_a_department(desk: Desk, log_in: LogIn) -> None:
    mia, conversation = await log_in("mia"), await desk.waiting()
    epoch = await claim(mia, conversation)

    refused = await mia.post(
        at(conversation, "queue"), json={"epoch": epoch, "department": "weather"}
    )

    assert refusal(refused) == (422, "no_department")
    assert "returns" in (await mia.get("/desk/api/departments")).json()


async def _id(browser: httpx2.AsyncClient) -> UUID:
    return UUID((await browser.get("/desk/api/me")).json()["agent"]["id"])
