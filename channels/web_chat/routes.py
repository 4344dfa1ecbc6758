"""The chat in the browser: one WebSocket per open page."""

import asyncio
from uuid import uuid4

from fastapi import APIRouter, WebSocket, WebSocketDisconnect
from pydantic import ValidationError

from channels.dependencies import TheHub, TheSessions, TheSettings, TheTurns
from channels.settings import ChannelSettings
from channels.turn import Turns
from channels.web_chat.by_phone import ByPhone
from channels.web_chat.frames import FRAME, LONGEST_FRAME, Hello
from channels.web_chat.links import Links
from channels.web_chat.listening import Listener, Visitor
from channels.web_chat.pace import Pace
from channels.web_chat.proving import LoggedIn, ShopLogins
from channels.web_chat.showing import Show
from channels.web_chat.visitors import new_visitor, token_of, visitor_of
from crm_store.conversations.models import Channel, Conversation, ConversationRef
from crm_store.conversations.repository import ConversationRepository
from crm_store.db import SessionFactory

router = APIRouter(prefix="/chat", tags=["chat"])

BAD_FRAME = 1007
NOT_ALLOWED = 1008
FIRST_FRAME_SECONDS = 10.0


@router.websocket("/socket")
async def chat(
    websocket: WebSocket,
    turns: TheTurns,
    hub: TheHub,
    sessions: TheSessions,
    settings: TheSettings,
) -> None:
    """Pass messages both ways until the visitor leaves."""
    if not _from_our_pages(websocket, settings):
        await websocket.close(NOT_ALLOWED)
        return
    await websocket.accept()
    try:
        hello = await _hello(websocket)
        secret = settings.rapport_secret.get_secret_value()
        visitor = visitor_of(hello.token, secret) or new_visitor()
        logins = ShopLogins(settings.rapport_shop_keys, sessions)
        logged_in = await logins.read(hello.customer_token)
        links = Links(settings, turns=turns, sessions=sessions, hub=hub)
        linked = await links.open(hello.link, visitor)
        conversation = linked or await _conversation(visitor, hello, turns, sessions, logged_in)
        if logged_in is not None:
            conversation = await logins.prove(conversation.id, logged_in)
            hub.tell(conversation.id)
        await websocket.send_json(
            {
                "type": "welcome",
                "token": token_of(visitor, secret),
                "conversation": str(conversation.id),
                "language": conversation.language,
                "last": conversation.last_seq,
                "has_phone": bool(settings.rapport_phone_number),
                "link_refused": hello.link is not None and linked is None,
            }
        )
        known = linked is None and hello.since <= conversation.last_seq
        since = hello.since if known else 0
        customer = Visitor(
            conversation.id, conversation.language, Pace(settings.rapport_messages_per_minute)
        )
        show = Show(conversation.id, since, sessions=sessions, hub=hub)
        phone = ByPhone(settings, sessions)
        listener = Listener(customer, turns=turns, sessions=sessions, hub=hub, phone=phone)
        await _both_ways(websocket, listener, show)
    except (ValidationError, TimeoutError):
        await websocket.close(BAD_FRAME)
    except WebSocketDisconnect:
        return


def _from_our_pages(websocket: WebSocket, settings: ChannelSettings) -> bool:
    # A browser always names the page's origin; without the check any page could ride on ours.
    origin = websocket.headers.get("origin")
    return origin is None or origin in settings.origins


async def _hello(websocket: WebSocket) -> Hello:
    async with asyncio.timeout(FIRST_FRAME_SECONDS):
        return Hello.model_validate_json(await websocket.receive_text())


async def _conversation(
    visitor: str,
    hello: Hello,
    turns: Turns,
    sessions: SessionFactory,
    logged_in: LoggedIn | None,
) -> Conversation:
    async with sessions() as session:
        found = await ConversationRepository(session).latest_of_visitor(visitor)
    if found is not None and not _is_of_another(found, logged_in):
        return found
    ref = ConversationRef(Channel.chat, str(uuid4()))
    begun = await turns.open(ref, hello.language, visitor=visitor)
    async with sessions() as session:
        return await ConversationRepository(session).get(begun)


def _is_of_another(conversation: Conversation, logged_in: LoggedIn | None) -> bool:
    # Two people may use one browser: what the one has talked about is not for the other.
    theirs = conversation.customer_id
    return logged_in is not None and theirs is not None and theirs != logged_in.customer


async def _both_ways(websocket: WebSocket, listener: Listener, show: Show) -> None:
    """Listen and speak until either ends; its error is the socket's."""
    sides = [
        asyncio.create_task(_speak(websocket, show)),
        asyncio.create_task(_listen(websocket, listener)),
    ]
    try:
        ended, _ = await asyncio.wait(sides, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for side in sides:
            side.cancel()
        await asyncio.gather(*sides, return_exceptions=True)
    for side in ended:
        await side


async def _listen(websocket: WebSocket, listener: Listener) -> None:
    while True:
        text = await websocket.receive_text()
        if len(text.encode()) > LONGEST_FRAME:
            raise WebSocketDisconnect(NOT_ALLOWED)
        answer = await listener.hear(FRAME.validate_json(text))
        if answer is not None:
            await websocket.send_json(answer)


async def _speak(websocket: WebSocket, show: Show) -> None:
    # Bot and agent come the same way out, so the visitor never notices the seam.
    async for frame in show.frames():
        await websocket.send_json(frame)
