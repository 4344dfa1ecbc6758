"""The desk live: the lists whenever they change, and one conversation as it goes on."""

import asyncio
import logging
from collections.abc import AsyncIterator
from time import monotonic

from fastapi import APIRouter, WebSocket, WebSocketDisconnect
from pydantic import ValidationError
from sqlalchemy.exc import SQLAlchemyError

from channels.dependencies import TheCommon, TheHub, TheSessions, TheSettings
from channels.desk.auditing import audit_watching
from channels.desk.beside import tell_writing
from channels.desk.common import Common
from channels.desk.edge import LoginNeeded
from channels.desk.entry import from_our_page, secret_of, whoever
from channels.desk.frames import FRAME, LONGEST_FRAME, Begun, Frame, Here, Typing, Watch
from channels.desk.live import Lists, Watched
from channels.hub import QUEUE, Hub
from crm_store.agents.roles import Right
from crm_store.agents.service import LoggedIn, logged_in
from crm_store.base import Json, utc_now
from crm_store.conversations.repository import ConversationRepository
from crm_store.db import SessionFactory
from crm_store.drafts.models import Box
from crm_store.drafts.repository import DraftRepository
from crm_store.errors import UnknownConversation

router = APIRouter(prefix="/desk", tags=["desk"])

BAD_FRAME = 1007
NOT_ALLOWED = 1008
TOO_SLOW = 1013
LOGIN_NEEDED = 4401
ROLE_FORBIDS = 4403
SEND_SECONDS = 10.0
USE_COUNTS_EVERY = 30.0
TYPING_COUNTS_EVERY = 1.0
HERE_EVERY = 5.0

logger = logging.getLogger(__name__)


@router.websocket("/socket")
async def desk_socket(
    websocket: WebSocket,
    sessions: TheSessions,
    settings: TheSettings,
    hub: TheHub,
    common: TheCommon,
) -> None:
    """Serve an agent's page for as long as it is open and its login holds."""
    if not from_our_page(websocket, settings):
        await websocket.close(NOT_ALLOWED)
        return
    try:
        who = await whoever(websocket, common, settings)
    except LoginNeeded:
        # Accepted only to be told why: a browser shows its page no reason for a refused handshake.
        await websocket.accept()
        await websocket.close(LOGIN_NEEDED)
        return
    await websocket.accept()
    if not who.agent.may(Right.serve):
        await websocket.close(ROLE_FORBIDS)
        return
    secret = secret_of(websocket, settings) or ""
    await Seat(websocket, who, secret, sessions=sessions, hub=hub, common=common).serve()


class Seat:
    """One open page of an agent."""

    def __init__(
        self,
        websocket: WebSocket,
        who: LoggedIn,
        secret: str,
        *,
        sessions: SessionFactory,
        hub: Hub,
        common: Common,
    ) -> None:
        self._websocket = websocket
        self._who = who
        self._secret = secret
        self._sessions = sessions
        self._hub = hub
        self._common = common
        self._lists = Lists(who, hub=hub, common=common)
        self._watching: asyncio.Task[None] | None = None
        self._used_at = self._typed_at = 0.0

    async def serve(self) -> None:
        """Pass frames both ways until the agent leaves or may stay no longer."""
        async with asyncio.TaskGroup() as tasks:
            going_on = [
                tasks.create_task(self._speak(self._lists.duty())),
                tasks.create_task(self._speak(self._lists.lists())),
                tasks.create_task(self._stay()),
            ]
            try:
                await self._listen(tasks)
            except WebSocketDisconnect:
                pass
            except ValidationError:
                await self._websocket.close(BAD_FRAME)
            finally:
                for task in going_on:
                    task.cancel()
                self._look_away()

    async def _stay(self) -> None:
        """Let the agent count as being there for as long as the page is open."""
        first = True
        while True:
            try:
                await self._common.here.ask(self._who.agent.id)
                if first:
                    self._hub.tell(QUEUE)
                first = False
            except (OSError, SQLAlchemyError):
                logger.warning("the store is out of reach, an agent may seem to be away")
            await asyncio.sleep(HERE_EVERY)

    async def _listen(self, tasks: asyncio.TaskGroup) -> None:
        while True:
            text = await self._websocket.receive_text()
            if len(text.encode()) > LONGEST_FRAME:
                await self._websocket.close(NOT_ALLOWED)
                return
            await self._hear(FRAME.validate_json(text), tasks)

    async def _hear(self, frame: Frame, tasks: asyncio.TaskGroup) -> None:
        await self._count_as_use()
        match frame:
            case Watch():
                self._look_away()
                await audit_watching(frame.conversation, self._who, self._common)
                watched = Watched(
                    frame.conversation,
                    frame.since,
                    self._who,
                    sessions=self._sessions,
                    hub=self._hub,
                )
                self._watching = tasks.create_task(self._speak(watched.frames()))
            case Typing():
                self._tell_typing(frame)
            case Begun():
                await self._keep(frame)
            case Here():
                pass

    async def _count_as_use(self) -> None:
        if monotonic() - self._used_at < USE_COUNTS_EVERY:
            return
        self._used_at = monotonic()
        async with self._sessions.begin() as session:
            await logged_in(session, self._secret, at=utc_now())

    async def _keep(self, draft: Begun) -> None:
        async with self._sessions.begin() as session:
            if await ConversationRepository(session).exists(draft.conversation):
                drafts = DraftRepository(session, self._who.agent)
                await drafts.keep(draft.conversation, draft.box, draft.text)

    def _tell_typing(self, frame: Typing) -> None:
        if monotonic() - self._typed_at < TYPING_COUNTS_EVERY:
            return
        self._typed_at = monotonic()
        tell_writing(self._hub, frame.conversation, self._who.agent)
        if frame.box is Box.reply and frame.conversation in self._lists.mine:
            self._hub.tell(frame.conversation, "typing:agent")

    def _look_away(self) -> None:
        if self._watching is not None:
            self._watching.cancel()
            self._watching = None

    async def _speak(self, frames: AsyncIterator[Json]) -> None:
        try:
            async for frame in frames:
                async with asyncio.timeout(SEND_SECONDS):
                    await self._websocket.send_json(frame)
        except LoginNeeded:
            await self._websocket.close(LOGIN_NEEDED)
        except TimeoutError:
            await self._websocket.close(TOO_SLOW)
        except (WebSocketDisconnect, UnknownConversation):
            # The page has gone, or watches what is not there: there is nothing to show it.
            return
