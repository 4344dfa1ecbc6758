import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID, uuid4

import httpx2
import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from channels.web_chat.visitors import token_of
from crm_store.conversations.models import Author
from crm_store.conversations.repository import ConversationRepository
from crm_store.notify import ring
from tests.integration.channels.desk.running import SECRET, Desk, LogIn, cookie

pytestmark = [pytest.mark.integration, pytest.mark.anyio]

NOTHING_TO_DO = {"type": "lists", "waiting": [], "mine": [], "callbacks": [], "due": []}


@asynccontextmanager
async def seat(desk: Desk, browser: httpx2.AsyncClient) -> AsyncIterator[ClientConnection]:
    async with connect(
        desk.socket_url,
        origin=desk.url,  # type: ignore[arg-type]  # a plain string is an origin
        additional_headers={"Cookie": cookie(browser)},
    ) as socket:
        yield socket


async def heard(socket: ClientConnection, kind: str, **having: Any) -> dict[str, Any]:
    """Return the next frame of a kind that has these values; others are passed over."""
    async with asyncio.timeout(20):
        while True:
            frame: dict[str, Any] = json.loads(await socket.recv())
            if frame["type"] == kind and having.items() <= frame.items():
                return frame


async def watch(socket: ClientConnection, conversation: UUID, since: int = 0) -> None:
    frame = {"type": "watch", "conversation": str(conversation), "since": since}
    await socket.send(json.dumps(frame))


async def claim(browser: httpx2.AsyncClient, conversation: UUID) -> int:
    answer = await browser.post(f"/desk/api/conversations/{conversation}/claim")
    epoch: int = answer.json()["epoch"]
    return epoch


async def test_the_lists_follow_the_queue(desk: Desk, log_in: LogIn) -> None:
    mia = await log_in("mia")
    async with seat(desk, mia) as socket:
        assert await heard(socket, "lists") == NOTHING_TO_DO

        conversation = await desk.waiting()
        (line,) = (await heard(socket, "lists"))["waiting"]
        assert line["id"] == str(conversation)
        assert (line["reason"], line["language"], line["channel"]) == ("asked", "de", "chat")
        assert line["preview"] == "Ich möchte mit jemandem sprechen"
        assert (line["name"], line["level"]) == (None, "anonymous")

        await claim(mia, conversation)
        after = await heard(socket, "lists")
        assert (after["waiting"], [own["id"] for own in after["mine"]]) == ([], [str(conversation)])


async def test_another_agents_customer_is_in_neither_list(desk: Desk, log_in: LogIn) -> None:
    mia, tom = await log_in("mia"), await log_in("tom")
    await claim(tom, await desk.waiting())

    async with seat(desk, mia) as socket:
        assert await heard(socket, "lists") == NOTHING_TO_DO


async def test_watching_goes_on_from_a_number_without_a_gap(desk: Desk, log_in: LogIn) -> None:
    mia, conversation = await log_in("mia"), await desk.waiting()
    async with seat(desk, mia) as socket:
        await watch(socket, conversation)
        first = await heard(socket, "message")
        second = await heard(socket, "message")
        state = await heard(socket, "changed")
    assert (first["seq"], first["author"], first["conversation"]) == (
        1,
        "customer",
        str(conversation),
    )
    assert (second["seq"], second["kind"]) == (2, "handed_off")
    assert (state["handler"], state["epoch"]) == ("queue", 2)

    epoch = await claim(mia, conversation)
    async with seat(desk, mia) as socket:
        await watch(socket, conversation, since=2)
        assert (await heard(socket, "message"))["kind"] == "claimed"
        reply = {"epoch": epoch, "id": str(uuid4()), "text": "Guten Tag"}
        await mia.post(f"/desk/api/conversations/{conversation}/reply", json=reply)
        said = await heard(socket, "message")
    assert (said["seq"], said["name"], said["id"]) == (4, "Mia", reply["id"])


async def test_a_change_of_owner_is_seen_by_whoever_watches(desk: Desk, log_in: LogIn) -> None:
    mia, tom, conversation = await log_in("mia"), await log_in("tom"), await desk.waiting()
    async with seat(desk, tom) as socket:
        await watch(socket, conversation, since=2)
        await heard(socket, "changed", handler="queue")

        await claim(mia, conversation)

        state = await heard(socket, "changed", handler="agent")
    assert (state["epoch"], state["agent"]) == (3, "Mia")


async def test_a_note_never_reaches_the_chat(desk: Desk, log_in: LogIn) -> None:
    mia, conversation = await log_in("mia"), await desk.waiting()
    epoch = await claim(mia, conversation)
    note = {"id": str(uuid4()), "text": "Kundin ist verärgert"}
    reply = {"epoch": epoch, "id": str(uuid4()), "text": "Guten Tag"}

    async with connect(desk.url.replace("http", "ws", 1) + "/chat/socket") as chat:
        hello = {"type": "hello", "token": token_of("v1", SECRET), "language": "de", "since": 0}
        await chat.send(json.dumps(hello))
        await heard(chat, "welcome", conversation=str(conversation))
        await mia.post(f"/desk/api/conversations/{conversation}/note", json=note)
        await mia.post(f"/desk/api/conversations/{conversation}/reply", json=reply)

        seen: list[dict[str, Any]] = []
        while not seen or seen[-1]["text"] != "Guten Tag":
            seen.append(await heard(chat, "message"))

    assert [frame["seq"] for frame in seen] == [1, 2, 3, 5]
    assert "verärgert" not in json.dumps(seen, ensure_ascii=False)
    assert {frame["kind"] for frame in seen} == {"said", "handed_off", "claimed"}


async def test_typing_passes_both_ways(desk: Desk, log_in: LogIn) -> None:
    mia, conversation = await log_in("mia"), await desk.waiting()
    await claim(mia, conversation)
    async with (
        seat(desk, mia) as socket,
        connect(desk.url.replace("http", "ws", 1) + "/chat/socket") as chat,
    ):
        hello = {"type": "hello", "token": token_of("v1", SECRET), "language": "de", "since": 3}
        await chat.send(json.dumps(hello))
        await heard(chat, "state", handler="agent")
        await heard(socket, "lists")
        await watch(socket, conversation, since=3)
        await heard(socket, "changed")

        await chat.send(json.dumps({"type": "typing"}))
        await heard(socket, "typing", conversation=str(conversation), author="customer")

        await socket.send(json.dumps({"type": "typing", "conversation": str(conversation)}))
        await heard(chat, "typing", author="agent")


async def test_colleagues_see_each_other_come_write_and_leave(desk: Desk, log_in: LogIn) -> None:
    mia, tom, conversation = await log_in("mia"), await log_in("tom"), await desk.waiting()
    async with seat(desk, mia) as hers:
        await watch(hers, conversation)
        await heard(hers, "changed")
        async with seat(desk, tom) as his:
            await watch(his, conversation)
            assert (await heard(hers, "beside", does="comes"))["name"] == "Tom"
            assert (await heard(his, "beside", does="looks"))["name"] == "Mia"

            note = {"type": "typing", "conversation": str(conversation), "box": "note"}
            await his.send(json.dumps(note))
            assert (await heard(hers, "beside", does="writes"))["name"] == "Tom"

        assert (await heard(hers, "beside", does="leaves"))["name"] == "Tom"


async def test_a_note_that_is_written_is_no_typing_for_the_customer(
    desk: Desk, log_in: LogIn
) -> None:
    mia, tom, conversation = await log_in("mia"), await log_in("tom"), await desk.waiting()
    epoch = await claim(mia, conversation)
    async with (
        seat(desk, mia) as hers,
        seat(desk, tom) as his,
        connect(desk.url.replace("http", "ws", 1) + "/chat/socket") as chat,
    ):
        hello = {"type": "hello", "token": token_of("v1", SECRET), "language": "de", "since": 3}
        await chat.send(json.dumps(hello))
        await heard(chat, "state", handler="agent")
        await heard(hers, "lists")
        await watch(his, conversation, since=3)
        await heard(his, "changed")

        note = {"type": "typing", "conversation": str(conversation), "box": "note"}
        await hers.send(json.dumps(note))
        await heard(his, "beside", does="writes")
        reply = {"epoch": epoch, "id": str(uuid4()), "text": "Guten Tag"}
        await mia.post(f"/desk/api/conversations/{conversation}/reply", json=reply)

        frames = [json.loads(await chat.recv())]
        while frames[-1]["type"] != "message":
            frames.append(json.loads(await chat.recv()))
    assert "typing" not in {frame["type"] for frame in frames}


async def test_the_customers_words_arrive_while_an_agent_has_them(
    desk: Desk, log_in: LogIn
) -> None:
    mia, conversation = await log_in("mia"), await desk.waiting()
    await claim(mia, conversation)
    async with seat(desk, mia) as socket:
        await watch(socket, conversation, since=3)
        await heard(socket, "changed")
        async with desk.sessions.begin() as session:
            conversations = ConversationRepository(session)
            locked = await conversations.lock(conversation)
            conversations.add(locked, Author.customer, "Sind Sie noch da?")
        await ring(desk.sessions, f"tests {conversation}")

        said = await heard(socket, "message")
    assert (said["author"], said["text"]) == ("customer", "Sind Sie noch da?")


async def test_what_was_begun_is_there_at_another_page_until_it_is_sent(
    desk: Desk, log_in: LogIn
) -> None:
    mia, tom, conversation = await log_in("mia"), await log_in("tom"), await desk.waiting()
    epoch = await claim(mia, conversation)
    begun = {"type": "draft", "conversation": str(conversation), "box": "reply"}
    async with seat(desk, mia) as socket:
        await socket.send(json.dumps(begun | {"conversation": str(uuid4()), "text": "x"}))
        await socket.send(json.dumps(begun | {"text": "Guten Tag, ich"}))
        await watch(socket, conversation)
        known = await heard(socket, "drafts")
    async with seat(desk, tom) as his:
        await watch(his, conversation)
        his_first = await heard(his, "message")

    reply = {"epoch": epoch, "id": str(uuid4()), "text": "Guten Tag, ich bin Mia."}
    await mia.post(f"/desk/api/conversations/{conversation}/reply", json=reply)

    assert (known["conversation"], known["reply"]) == (str(conversation), "Guten Tag, ich")
    assert his_first["seq"] == 1
    async with seat(desk, mia) as socket:
        await watch(socket, conversation)
        assert json.loads(await next_of(socket, conversation))["type"] == "message"


async def next_of(socket: ClientConnection, conversation: UUID) -> str:
    """Return the first frame about a conversation."""
    async with asyncio.timeout(20):
        while True:
            frame = str(await socket.recv())
            if json.loads(frame).get("conversation") == str(conversation):
                return frame


async def test_the_socket_ends_with_the_login(desk: Desk, log_in: LogIn) -> None:
    mia = await log_in("mia")
    async with seat(desk, mia) as socket:
        await heard(socket, "lists")
        await mia.post("/desk/api/logout")
        await desk.waiting()

        async with asyncio.timeout(20):
            await socket.wait_closed()
    assert socket.close_code == 4401


@pytest.mark.parametrize("frame", ["{}", "what", '{"type":"watch"}', "x" * 20_000])
async def test_an_unknown_frame_ends_the_socket(desk: Desk, log_in: LogIn, frame: str) -> None:
    async with seat(desk, await log_in("mia")) as socket:
        await heard(socket, "lists")
        await socket.send(frame)

        with pytest.raises(ConnectionClosed):
            await heard(socket, "never")
    assert socket.close_code in (1007, 1008)


async def test_watching_what_is_not_there_shows_nothing(desk: Desk, log_in: LogIn) -> None:
    mia, conversation = await log_in("mia"), await desk.waiting()
    async with seat(desk, mia) as socket:
        await watch(socket, uuid4())
        await watch(socket, conversation)

        assert (await heard(socket, "message"))["conversation"] == str(conversation)
