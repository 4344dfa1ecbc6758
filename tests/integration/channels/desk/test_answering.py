import asyncio
from uuid import UUID, uuid4

import httpx2
import pytest
from sqlalchemy import func, select

from crm_store.agents.roles import Role
from crm_store.conversations.models import Author, Handler, Kind, Message
from crm_store.conversations.repository import ConversationRepository
from crm_store.handoffs.models import Handoff
from crm_store.insight.models import Event
from tests.integration.channels.desk.running import Desk, LogIn, refusal

pytestmark = [pytest.mark.integration, pytest.mark.anyio]

MISSING = UUID(int=7)
CODE = {"code": "other"}


def at(conversation: UUID, step: str) -> str:
    return f"/desk/api/conversations/{conversation}/{step}"


async def claimed(browser: httpx2.AsyncClient, conversation: UUID) -> int:
    answer = await browser.post(at(conversation, "claim"))
    assert answer.status_code == 200
    epoch: int = answer.json()["epoch"]
    return epoch


async def messages(desk: Desk, conversation: UUID) -> list[tuple[Author, Kind, str]]:
    async with desk.sessions() as session:
        rows = await ConversationRepository(session).since(conversation, 0)
    assert [row.seq for row in rows] == list(range(1, len(rows) + 1))
    return [(row.author, row.kind, row.text) for row in rows]


async def test_of_twenty_claims_at_once_one_wins(desk: Desk, log_in: LogIn) -> None:
    conversation = await desk.waiting()
    browsers = [await log_in(f"agent{nth}") for nth in range(20)]

    answers = await asyncio.gather(*(b.post(at(conversation, "claim")) for b in browsers))

    won = [answer for answer in answers if answer.status_code == 200]
    lost = [refusal(answer) for answer in answers if answer.status_code != 200]
    assert len(won) == 1
    assert lost == [(409, "already_claimed")] * 19
    async with desk.sessions() as session:
        handoff = (await session.scalars(select(Handoff))).one()
        steps = await session.scalar(
            select(func.count()).select_from(Message).where(Message.kind == Kind.claimed)
        )
    assert handoff.claimed_at is not None
    assert steps == 1


async def test_whoever_comes_too_late_waits_for_nobody(desk: Desk, log_in: LogIn) -> None:
    conversation = await desk.waiting()
    mia, ben = await log_in("mia"), await log_in("ben")
    await claimed(mia, conversation)

    async with desk.sessions.begin() as session:
        await ConversationRepository(session).lock(conversation)
        async with asyncio.timeout(5):
            refused = await ben.post(at(conversation, "claim"))

    assert refusal(refused) == (409, "already_claimed")


async def test_the_winner_may_ask_again_and_hears_the_same(desk: Desk, log_in: LogIn) -> None:
    conversation, mia = await desk.waiting(), await log_in("mia")

    assert await claimed(mia, conversation) == await claimed(mia, conversation)


async def test_a_reply_sent_twice_is_said_once(desk: Desk, log_in: LogIn) -> None:
    conversation, mia = await desk.waiting(), await log_in("mia")
    epoch = await claimed(mia, conversation)
    body = {"epoch": epoch, "id": str(uuid4()), "text": "Guten Tag, hier ist Mia."}

    answers = await asyncio.gather(
        *(mia.post(at(conversation, "reply"), json=body) for _ in range(5))
    )
    other = await mia.post(at(conversation, "reply"), json=body | {"text": "Etwas anderes"})

    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.json()["seq"] for answer in answers}) == 1
    assert refusal(other) == (409, "same_id_other_words")
    said = (Author.agent, Kind.said, "Guten Tag, hier ist Mia.")
    assert (await messages(desk, conversation)).count(said) == 1


async def test_a_late_reply_is_refused(desk: Desk, log_in: LogIn) -> None:
    conversation, mia = await desk.waiting(), await log_in("mia")
    epoch = await claimed(mia, conversation)
    ending = {"epoch": epoch, "outcome": "solved", "note": "Adresse geändert"} | CODE
    assert (await mia.post(at(conversation, "return"), json=ending)).status_code == 200

    reply = {"epoch": epoch, "id": str(uuid4()), "text": "Noch etwas"}
    late = await mia.post(at(conversation, "reply"), json=reply)
    again = await mia.post(at(conversation, "return"), json=ending)

    assert refusal(late) == refusal(again) == (409, "late")


async def test_only_the_agent_who_has_it_may_speak(desk: Desk, log_in: LogIn) -> None:
    conversation = await desk.waiting()
    mia, tom = await log_in("mia"), await log_in("tom")
    epoch = await claimed(mia, conversation)

    reply = {"epoch": epoch, "id": str(uuid4()), "text": "Hallo"}
    refused = await tom.post(at(conversation, "reply"), json=reply)
    ended = await tom.post(
        at(conversation, "close"), json={"epoch": epoch, "outcome": "solved"} | CODE
    )

    assert refusal(refused) == refusal(ended) == (409, "not_yours")


async def test_a_note_is_no_message_to_the_customer(desk: Desk, log_in: LogIn) -> None:
    conversation, mia = await desk.waiting(), await log_in("mia")
    await claimed(mia, conversation)

    noted = await mia.post(
        at(conversation, "note"), json={"id": str(uuid4()), "text": "Kundin ist verärgert"}
    )

    async with desk.sessions() as session:
        note = await ConversationRepository(session).message(conversation, noted.json()["seq"])
    assert note is not None
    assert (note.kind, note.for_customer) == (Kind.note, False)


async def test_the_bot_goes_on_and_knows_what_the_agent_did(desk: Desk, log_in: LogIn) -> None:
    conversation, mia = await desk.waiting(), await log_in("mia")
    epoch = await claimed(mia, conversation)

    await mia.post(
        at(conversation, "return"),
        json={"epoch": epoch, "outcome": "replacement_sent", "note": "Ersatz ist unterwegs"} | CODE,
    )
    await until_said(desk, conversation, Author.bot)

    facts = desk.bot.asked[0].body["facts"]
    assert facts == {
        "outcome": "replacement_sent",
        "note": "Ersatz ist unterwegs",
        "agent": "Mia",
        "settled": True,
        "finished": [],
    }
    assert (await messages(desk, conversation))[-1] == (Author.bot, Kind.said, "Gern.")


async def test_a_closed_conversation_keeps_its_outcome(desk: Desk, log_in: LogIn) -> None:
    conversation, mia = await desk.waiting(), await log_in("mia")
    epoch = await claimed(mia, conversation)

    closed = await mia.post(
        at(conversation, "close"),
        json={"epoch": epoch, "outcome": "solved", "note": "erledigt"} | CODE,
    )

    assert closed.status_code == 200
    async with desk.sessions() as session:
        ended = await ConversationRepository(session).get(conversation)
        handoff = (await session.scalars(select(Handoff))).one()
    assert (ended.handler, ended.outcome) == (Handler.closed, "solved")
    assert (handoff.outcome, handoff.outcome_note, handoff.code) == ("solved", "erledigt", "other")


async def test_every_step_and_every_look_is_on_record(desk: Desk, log_in: LogIn) -> None:
    conversation, mia = await desk.waiting(), await log_in("mia")
    agent = (await mia.get("/desk/api/me")).json()["agent"]["id"]
    await mia.get(f"/desk/api/conversations/{conversation}")
    epoch = await claimed(mia, conversation)
    words = {"id": str(uuid4()), "text": "Hallo", "epoch": epoch}
    await mia.post(at(conversation, "reply"), json=words)
    await mia.post(at(conversation, "note"), json={"id": str(uuid4()), "text": "intern"})
    await mia.post(at(conversation, "close"), json={"epoch": epoch, "outcome": "solved"} | CODE)

    async with desk.sessions() as session:
        events = (await session.scalars(select(Event).order_by(Event.id))).all()
    by_mia = [event.kind for event in events if event.facts.get("agent") == agent]
    assert by_mia == [
        "record_read",
        "conversation_claimed",
        "agent_said",
        "agent_note",
        "conversation_closed",
    ]
    assert not any("Hallo" in str(event.facts) for event in events)


@pytest.mark.parametrize("text", ["", "   ", "x" * 4001, "a\x00b"])
async def test_refuses_empty_and_endless_words(desk: Desk, log_in: LogIn, text: str) -> None:
    conversation, mia = await desk.waiting(), await log_in("mia")
    epoch = await claimed(mia, conversation)

    reply = {"epoch": epoch, "id": str(uuid4()), "text": text}
    refused = await mia.post(at(conversation, "reply"), json=reply)

    assert refusal(refused) == (422, "invalid")
    assert set(refused.json()) == {"rule", "text"}


async def test_there_is_nothing_to_see_of_what_is_not_there(log_in: LogIn) -> None:
    mia = await log_in("mia")

    assert refusal(await mia.get(f"/desk/api/conversations/{MISSING}")) == (
        404,
        "unknown_conversation",
    )
    assert refusal(await mia.post(at(MISSING, "claim"))) == (404, "unknown_conversation")
    assert refusal(await mia.get("/desk/api/conversations/what")) == (422, "invalid")


async def until_said(desk: Desk, conversation: UUID, author: Author) -> None:
    for _ in range(100):
        if author in [who for who, _, _ in await messages(desk, conversation)]:
            return
        await asyncio.sleep(0.05)
    raise AssertionError(f"{author} said nothing")


async def test_an_endless_body_is_not_even_read(log_in: LogIn) -> None:
    mia = await log_in("mia")

    refused = await mia.post(at(MISSING, "note"), content=b" " * 70_000)

    assert refused.status_code == 413


async def test_a_customer_is_passed_on_to_a_colleague_with_a_note(
    desk: Desk, log_in: LogIn
) -> None:
    mia, tom = await log_in("mia"), await log_in("tom")
    conversation_id = await desk.waiting()
    claimed = await mia.post(f"/desk/api/conversations/{conversation_id}/claim")
    colleague = (await mia.get("/desk/api/colleagues")).json()[0]
    body = {"epoch": claimed.json()["epoch"], "agent": colleague["id"], "note": "Will Aida."}

    passed_on = await mia.post(f"/desk/api/conversations/{conversation_id}/transfer", json=body)
    again = await mia.post(f"/desk/api/conversations/{conversation_id}/transfer", json=body)
    story = (await tom.get(f"/desk/api/conversations/{conversation_id}")).json()

    assert (colleague["name"], passed_on.status_code) == ("Tom", 200)
    assert refusal(again) == (409, "late")
    assert story["conversation"]["agent"] == "Tom"
    assert [message["kind"] for message in story["messages"]][-2:] == ["transferred", "note"]


async def test_a_lead_takes_a_customer_over_and_the_colleague_comes_too_late(
    desk: Desk, log_in: LogIn
) -> None:
    mia, lead = await log_in("mia"), await log_in("leo", Role.lead)
    conversation = await desk.waiting()
    path = f"/desk/api/conversations/{conversation}"
    epoch = (await mia.post(f"{path}/claim")).json()["epoch"]

    taken = await lead.post(f"{path}/take-over")
    again = await lead.post(f"{path}/take-over")
    late = await mia.post(
        f"{path}/reply", json={"epoch": epoch, "id": str(uuid4()), "text": "Guten Tag"}
    )

    assert taken.json() == again.json() == {"epoch": epoch + 1}
    assert refusal(late) == (409, "late")
    story = (await lead.get(path)).json()
    assert (story["conversation"]["agent"], story["messages"][-1]["kind"]) == ("Leo", "transferred")


async def test_nobody_takes_over_from_nobody(desk: Desk, log_in: LogIn) -> None:
    lead = await log_in("leo", Role.lead)
    conversation = await desk.waiting()

    refused = await lead.post(f"/desk/api/conversations/{conversation}/take-over")

    assert refusal(refused) == (409, "not_yours")
