"""The bot's answers as they come over HTTP: at once, in parts, or broken off."""

import json
from collections.abc import AsyncIterator
from uuid import uuid4

import httpx2
import pytest

from channels.bot import BotUnavailable, RasaBot, StepFailed
from channels.messages import Answer, BotRequest, Reply
from crm_store.base import Json

pytestmark = [pytest.mark.unit, pytest.mark.anyio]

FIRST: Json = {"text": "Eins.", "choices": [], "cards": []}
SECOND: Json = {**FIRST, "text": "Zwei."}
ASKED = BotRequest(uuid4(), uuid4(), {"kind": "said"})


class Parts(httpx2.AsyncByteStream):
    """Lines that come one after the other; what is seen before each is noted."""

    def __init__(self, *lines: Json, told: list[str]) -> None:
        self._lines = lines
        self._told = told
        self.seen: list[list[str]] = []

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for line in self._lines:
            self.seen.append(list(self._told))
            yield json.dumps(line).encode() + b"\n"


class Asking:
    """Asks a bot that answers with these lines."""

    def __init__(self, *lines: Json, status: int = 200) -> None:
        self.told: list[str] = []
        self.parts = Parts(*lines, told=self.told)
        self._status = status

    async def answer(self) -> Answer:
        transport = httpx2.MockTransport(lambda _: httpx2.Response(self._status, stream=self.parts))
        async with httpx2.AsyncClient(transport=transport, base_url="http://bot") as client:
            return await RasaBot(client, "secret").reply(ASKED, self._tell)

    async def _tell(self, place: int, reply: Reply) -> None:
        self.told.append(f"{place} {reply.text}")


def whole(*replies: Json) -> Json:
    return {"answer": {"replies": list(replies), "slots": {"question": "errand"}}}


async def test_an_answer_may_come_at_once() -> None:
    asking = Asking(whole(FIRST, SECOND))

    answer = await asking.answer()

    assert [reply.text for reply in answer.replies] == ["Eins.", "Zwei."]
    assert asking.told == []


async def test_a_reply_is_told_before_the_next_is_there() -> None:
    asking = Asking({"reply": FIRST}, whole(FIRST, SECOND))

    answer = await asking.answer()

    assert asking.parts.seen == [[], ["0 Eins."]]
    assert [reply.text for reply in answer.replies] == ["Eins.", "Zwei."]


@pytest.mark.parametrize(
    ("lines", "status", "failure"),
    [
        ([{"reply": FIRST}], 200, BotUnavailable),
        ([{"reply": FIRST}, {"error": "turn_failed"}], 200, BotUnavailable),
        ([{"reply": FIRST}, {"error": "action_failed"}], 200, StepFailed),
        ([{"error": "action_failed"}], 424, StepFailed),
        ([{"error": "turn_failed"}], 500, BotUnavailable),
        ([whole()], 200, BotUnavailable),
    ],
)
async def test_what_breaks_off_is_no_answer(
    lines: list[Json], status: int, failure: type[Exception]
) -> None:
    with pytest.raises(failure) as raised:
        await Asking(*lines, status=status).answer()

    assert type(raised.value) is failure
