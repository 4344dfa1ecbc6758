"""Nobody but Twilio gets an effect out of the phone line."""

import json

import httpx2
import pytest
from fastapi.routing import APIRoute, APIWebSocketRoute
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

from channels.phone.routes import router
from channels.simulator.account import Account
from channels.simulator.protocol import setup
from channels.simulator.twiml import Relay, verbs
from crm_store.conversations.models import Handler, Kind
from tests.fakes import FakeBot
from tests.fixtures.twilio import body
from tests.integration.channels.phone.running import ACCOUNT, LineWith, PhoneLine

pytestmark = [pytest.mark.integration, pytest.mark.anyio]

STRANGER = Account(ACCOUNT.sid, "a-guess")
GREETING = "Guten Tag, hier ist der KI-Assistent."


async def post(url: str, form: dict[str, str], signer: Account | None) -> httpx2.Response:
    headers = {} if signer is None else signer.sign(url, form)
    async with httpx2.AsyncClient(trust_env=False) as client:
        return await client.post(url, data=form, headers=headers)


async def is_refused(line: PhoneLine, route: object, signer: Account | None) -> bool:
    match route:
        case APIRoute():
            answer = await post(
                line.url + route.path.format(number=2), body("voice_ringing"), signer
            )
            return answer.status_code == 403
        case APIWebSocketRoute():
            url = line.socket_url(route.path)
            with pytest.raises(InvalidStatus) as refusal:
                await connect(
                    url, additional_headers=signer.sign(url) if signer else {}, proxy=None
                )
            return refusal.value.response.status_code == 403
        case _:
            raise AssertionError(f"{route} is neither a webhook nor a socket")


async def a_ticket(line: PhoneLine) -> Relay:
    answer = await post(f"{line.url}/phone/voice", body("voice_ringing"), ACCOUNT)
    relay = verbs(answer.text)[0]
    assert isinstance(relay, Relay)
    return relay


async def first_answer(relay: Relay, *, account: str, call: str, ticket: str) -> str | int:
    """Return what a socket is told after its setup, or the code that it is closed with."""
    async with connect(relay.url, additional_headers=ACCOUNT.sign(relay.url), proxy=None) as socket:
        first = setup(
            session="VX1",
            account=account,
            call=call,
            caller="",
            called="",
            parameters={"ticket": ticket},
        )
        await socket.send(json.dumps(first))
        await socket.send('{"type":"prompt","voicePrompt":"Hallo","last":true}')
        try:
            return str(await socket.recv())
        except ConnectionClosed as closed:
            return closed.rcvd.code if closed.rcvd else 0


async def test_every_route_refuses_whoever_is_not_twilio(line_with: LineWith) -> None:
    async with line_with(FakeBot(GREETING)) as line:
        for route in router.routes:
            assert await is_refused(line, route, None)
            assert await is_refused(line, route, STRANGER)

        assert len(router.routes) == 5
        assert await line.messages() == []


async def test_a_signature_for_other_fields_is_none(line_with: LineWith) -> None:
    async with line_with(FakeBot(GREETING)) as line:
        url, form = f"{line.url}/phone/voice", body("voice_ringing")
        async with httpx2.AsyncClient(trust_env=False) as client:
            answer = await client.post(
                url, data={**form, "From": "+491"}, headers=ACCOUNT.sign(url, form)
            )

    assert answer.status_code == 403


@pytest.mark.parametrize("call", ["voice_ringing", "voice_withheld"])
async def test_the_same_ring_gets_the_same_answer(line_with: LineWith, call: str) -> None:
    async with line_with(FakeBot(GREETING)) as line:
        url = f"{line.url}/phone/voice"
        answers = [await post(url, body(call), ACCOUNT) for _ in range(3)]

        assert len({answer.text for answer in answers}) == 1
        assert len(await line.messages()) == 2


async def test_a_ticket_opens_one_socket(line_with: LineWith) -> None:
    async with line_with(FakeBot(GREETING, "Gern.")) as line:
        relay = await a_ticket(line)
        call, ticket = body("voice_ringing")["CallSid"], relay.parameters["ticket"]

        wrong_account = await first_answer(relay, account="AC1", call=call, ticket=ticket)
        wrong_call = await first_answer(relay, account=ACCOUNT.sid, call="CA1", ticket=ticket)
        first = await first_answer(relay, account=ACCOUNT.sid, call=call, ticket=ticket)
        second = await first_answer(relay, account=ACCOUNT.sid, call=call, ticket=ticket)

    assert (wrong_account, wrong_call, second) == (1008, 1008, 1008)
    assert isinstance(first, str)
    assert json.loads(first)["token"] == "Gern."


@pytest.mark.parametrize("over", ["relay_hung_up", "relay_ended_by_us", "status_completed"])
async def test_a_call_that_is_over_ends_its_conversation_once(
    line_with: LineWith, over: str
) -> None:
    path = "/phone/status" if over.startswith("status") else "/phone/ended"

    async with line_with(FakeBot(GREETING)) as line:
        await a_ticket(line)
        for _ in range(2):
            await post(line.url + path, body(over), ACCOUNT)
        conversation, messages = await line.conversation(), await line.messages()

    assert conversation.handler is Handler.closed
    assert [message.kind for message in messages].count(Kind.closed) == 1


async def test_a_lost_relay_that_nobody_began_is_hung_up(line_with: LineWith) -> None:
    async with line_with(FakeBot(GREETING)) as line:
        answer = await post(f"{line.url}/phone/ended", body("relay_failed"), ACCOUNT)

    assert "<Hangup" in answer.text


async def test_fields_without_a_value_count_in_the_signature(line_with: LineWith) -> None:
    form = body("voice_ringing")

    async with line_with(FakeBot(GREETING)) as line:
        answer = await post(f"{line.url}/phone/voice", form, ACCOUNT)

    assert "" in form.values()
    assert answer.status_code == 200
