"""Nobody but Twilio gets an effect out of the phone line."""

import json
import re
from collections.abc import Iterable, Iterator

import httpx2
import pytest
from fastapi.routing import APIRoute, APIWebSocketRoute
from sqlalchemy import func, select
from starlette.routing import BaseRoute
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

from channels.simulator.account import Account
from channels.simulator.protocol import setup
from channels.simulator.twiml import verbs
from channels.simulator.verbs import Hangup, Relay
from crm_store.calls.models import CallAnswer, CallRelay, CallTurn
from crm_store.conversations.models import Conversation, Handler, Kind, Message
from crm_store.insight.models import Event
from tests.fakes import FakeBot
from tests.fixtures.twilio import body
from tests.integration.channels.phone.running import ACCOUNT, GREETING, LineWith, PhoneLine

pytestmark = [pytest.mark.integration, pytest.mark.anyio]

STRANGER = Account(ACCOUNT.sid, "a-guess")
LEFT_BY_CALLS = (Conversation, Message, Event, CallRelay, CallTurn, CallAnswer)


async def post(url: str, form: dict[str, str], signer: Account | None) -> httpx2.Response:
    headers = {} if signer is None else signer.sign(url, form)
    async with httpx2.AsyncClient(trust_env=False) as client:
        return await client.post(url, data=form, headers=headers)


def phone_routes(line: PhoneLine) -> list[APIRoute | APIWebSocketRoute]:
    """Return whatever answers below /phone, whoever has added it."""
    return [
        route
        for route in every_route(line.app.routes)
        if isinstance(route, APIRoute | APIWebSocketRoute) and route.path.startswith("/phone/")
    ]


def every_route(routes: Iterable[BaseRoute]) -> Iterator[BaseRoute]:
    for route in routes:
        yield route
        yield from every_route(getattr(route, "routes", None) or [])
        included = getattr(route, "original_router", None)
        yield from every_route(included.routes if included is not None else [])


async def is_refused(
    line: PhoneLine, route: APIRoute | APIWebSocketRoute, signer: Account | None
) -> bool:
    """Ask a route with somebody's signature, or with a true one for another address."""
    path, form = re.sub(r"{[^}]*}", "2", route.path), body("voice_ringing")
    if isinstance(route, APIWebSocketRoute):
        url = line.socket_url(path)
        headers = signer.sign(f"{url}/other") if signer else {}
        with pytest.raises(InvalidStatus) as refusal:
            await connect(url, additional_headers=headers, proxy=None)
        return refusal.value.response.status_code == 403
    method, url = next(iter(route.methods or {"POST"})), line.url + path
    headers = signer.sign(f"{url}?other", form) if signer else {}
    async with httpx2.AsyncClient(trust_env=False) as client:
        answer = await client.request(method, url, data=form, headers=headers)
    return answer.status_code == 403


async def rows_of(line: PhoneLine) -> int:
    """Count what a call would leave in the store."""
    async with line.sessions() as session:
        counts = [
            await session.scalar(select(func.count()).select_from(of)) for of in LEFT_BY_CALLS
        ]
    return sum(count or 0 for count in counts)


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
        routes = phone_routes(line)
        for route in routes:
            for signature in (None, STRANGER, ACCOUNT):
                assert await is_refused(line, route, signature), route

        assert {"/phone/voice", "/phone/relay"} <= {route.path for route in routes}
        assert await rows_of(line) == 0


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


@pytest.mark.parametrize("over", ["relay_hung_up", "status_completed"])
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


async def test_a_relay_that_we_have_ended_after_the_goodbye_is_hung_up(line_with: LineWith) -> None:
    async with line_with(FakeBot(GREETING)) as line:
        await a_ticket(line)
        await post(f"{line.url}/phone/status", body("status_completed"), ACCOUNT)
        answers = [
            await post(f"{line.url}/phone/ended", body("relay_ended_by_us"), ACCOUNT)
            for _ in range(2)
        ]

    assert [verbs(answer.text) for answer in answers] == [[Hangup()], [Hangup()]]


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
