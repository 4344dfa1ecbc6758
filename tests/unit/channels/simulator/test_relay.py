import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from websockets.asyncio.server import ServerConnection, serve

from channels.simulator.account import Account
from channels.simulator.events import Event, Problem
from channels.simulator.refusal import Refused
from channels.simulator.relay import Outcome, Session
from channels.simulator.twiml import verbs
from channels.simulator.verbs import Relay

pytestmark = [pytest.mark.unit, pytest.mark.anyio]

ACCOUNT = Account("AC1", "a-token")
RELAY = (
    '<Response><Connect action="/ended"><ConversationRelay url="wss://a" {}/></Connect></Response>'
)


@asynccontextmanager
async def an_application(*frames: str) -> AsyncIterator[str]:
    async def talk(connection: ServerConnection) -> None:
        for frame in frames:
            await connection.send(frame)
        await connection.wait_closed()

    with socket.create_server(("127.0.0.1", 0)) as listening:
        async with serve(talk, sock=listening):
            yield f"ws://127.0.0.1:{listening.getsockname()[1]}"


async def held(*frames: str) -> tuple[Outcome, list[str]]:
    events: list[Event] = []
    async with an_application(*frames) as url:
        session = Session(Relay(url, "/ended", "de-DE", keys=True), events.append)
        outcome = await session.hold(ACCOUNT, call="CA1", caller="", called="")
    return outcome, [event.text for event in events if isinstance(event, Problem)]


async def test_ten_messages_in_a_row_that_are_none_end_the_relay() -> None:
    outcome, problems = await held(*['{"type":"text","token":null}'] * 10)

    assert outcome == Outcome(outcome.session, "failed", error="64105")
    assert problems == ["Invalid message received, at text.token"] * 10


async def test_nine_of_them_are_forgiven_once_a_good_one_comes() -> None:
    bad, good = ["{}"] * 9, '{"type":"text","token":"Hallo","last":true}'

    outcome, problems = await held(*bad, good, *bad, '{"type":"end","handoffData":"{}"}')

    assert outcome == Outcome(outcome.session, "ended", handoff_data="{}")
    assert len(problems) == 18


@pytest.mark.parametrize(
    "attribute",
    [
        'interruptSensitivity="loud"',
        'interruptible="maybe"',
        'dtmfDetection="yes"',
        'events="everything"',
        'speechTimeout="20"',
        'interruptByDtmf="true"',
    ],
)
def test_a_value_that_twilio_does_not_know_is_refused(attribute: str) -> None:
    with pytest.raises(Refused):
        verbs(RELAY.format(attribute))


def test_a_parameter_needs_its_value() -> None:
    noun = '><Parameter name="a"/></ConversationRelay></Connect>'

    with pytest.raises(Refused):
        verbs(RELAY.format("").replace("/></Connect>", noun))
