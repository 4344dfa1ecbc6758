"""What an agent's page is shown as it happens."""

from collections.abc import AsyncIterator, Awaitable, Callable
from uuid import UUID

from channels.desk.beside import Beside
from channels.desk.common import Common
from channels.desk.edge import LoginNeeded
from channels.desk.frames import (
    beside_frame,
    changed_frame,
    drafts_frame,
    duty_frame,
    leg_frame,
    lists_frame,
    message_frame,
    offer_frame,
    typing_frame,
)
from channels.hub import QUEUE, Hub
from crm_store.agents.service import LoggedIn
from crm_store.base import Json, utc_now
from crm_store.conversations.repository import ConversationRepository
from crm_store.db import SessionFactory
from crm_store.drafts.repository import DraftRepository
from crm_store.handoffs.together import together_in
from crm_store.insight.repository import EventRepository
from crm_store.legs.repository import LegRepository

PAGE = 500


class Lists:
    """Follows who waits, and whom the agent has."""

    def __init__(self, who: LoggedIn, *, hub: Hub, common: Common) -> None:
        self._who = who
        self._common = common
        self._hub = hub
        self.mine: frozenset[UUID] = frozenset()

    def lists(self) -> AsyncIterator[Json]:
        """Yield who waits and who is with whom, whenever it changes, until the login ends."""
        return self._changes(self._lists)

    def duty(self) -> AsyncIterator[Json]:
        """Yield what rings, whenever it changes: a few rows, and somebody waits for the answer."""
        return self._changes(self._duty)

    async def _changes(self, read: Callable[[], Awaitable[Json]]) -> AsyncIterator[Json]:
        shown: Json = {}
        async with self._hub.watch(QUEUE) as bell:
            while True:
                frame = await read()
                if frame != shown:
                    yield (shown := frame)
                await bell.wait()

    async def _lists(self) -> Json:
        """Return this agent's lists, or raise LoginNeeded."""
        floor, me = await self._common.floor.now(), self._who.agent.id
        if self._who.secret_hash not in floor.logins:
            raise LoginNeeded
        mine = floor.held.get(me, ())
        self.mine = frozenset(UUID(line["id"]) for line in mine)
        return lists_frame(floor.waiting, mine, floor.callbacks, floor.due_for(me))

    async def _duty(self) -> Json:
        """Return what rings at this agent and at others, and how the agent is shown to them."""
        rings, me = await self._common.rings.now(), self._who.agent.id
        mine = rings.at(me)
        return {
            **duty_frame(rings.duties.get(me), utc_now(), rings.policy),
            "offer": None if mine is None else offer_frame(*mine),
            "rings": {str(about): rings.names.get(offer.agent_id) for offer, about in rings.offers},
        }


class Watched:
    """Follows one conversation from a position, without a gap."""

    def __init__(
        self,
        conversation: UUID,
        since: int,
        who: LoggedIn,
        *,
        sessions: SessionFactory,
        hub: Hub,
    ) -> None:
        self._conversation = conversation
        self._position = since
        self._who = who
        self._sessions = sessions
        self._hub = hub
        self._state: Json = {}
        self._beside = Beside(conversation, who.agent, hub=hub)

    async def frames(self) -> AsyncIterator[Json]:
        """Yield what is new, for as long as the page watches; reading is put on record."""
        await self._put_on_record()
        async with self._hub.watch(self._conversation) as bell:
            self._beside.come()
            try:
                for frame in await self._begun():
                    yield frame
                while True:
                    for frame in await self._news():
                        yield frame
                    for frame in await self._passing(await bell.wait()):
                        yield frame
                    self._beside.stay()
            finally:
                self._beside.leave()

    async def _begun(self) -> list[Json]:
        """Return what the agent had begun to write when they were here last."""
        async with self._sessions() as session:
            drafts = await DraftRepository(session, self._who.agent).of(self._conversation)
        return [drafts_frame(self._conversation, drafts)] if drafts else []

    async def _passing(self, notes: set[str]) -> list[Json]:
        """Return what no row holds: who writes, and which colleagues are there."""
        typing = [typing_frame(self._conversation)] if "typing:customer" in notes else []
        others = list(self._beside.others(notes))
        if not others:
            return typing
        async with self._sessions() as session:
            agents = {agent for agent, _ in others}
            names = await ConversationRepository(session).agent_names(agents)
        return typing + [
            beside_frame(self._conversation, agent, names.get(agent, ""), doing)
            for agent, doing in others
        ]

    async def _put_on_record(self) -> None:
        async with self._sessions.begin() as session:
            conversation = await ConversationRepository(session).get(self._conversation)
            EventRepository(session).record(
                "record_read", conversation, {"agent": str(self._who.agent.id), "live": True}
            )

    async def _news(self) -> list[Json]:
        frames: list[Json] = []
        while len(page := await self._page()) >= PAGE:
            frames += page
        return frames + page

    async def _page(self) -> list[Json]:
        async with self._sessions() as session:
            conversations = ConversationRepository(session)
            messages = await conversations.since(self._conversation, self._position, most=PAGE)
            conversation = await conversations.get(self._conversation)
            legs = await LegRepository(session).live(self._conversation)
            together = await together_in(session, conversation)
            agents = {message.agent_id for message in messages} | {conversation.agent_id}
            agents |= {leg.agent_id for leg in legs}
            names = await conversations.agent_names(a for a in agents if a is not None)
        if messages:
            self._position = messages[-1].seq
        name = str(self._conversation)
        frames = [{**message_frame(m, names), "conversation": name} for m in messages]
        telephones = [leg_frame(leg, names) for leg in legs]
        state = changed_frame(conversation, names.get(conversation.agent_id), telephones, together)
        if state != self._state:
            self._state = state
            frames.append(state)
        return frames
