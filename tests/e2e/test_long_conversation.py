"""A conversation of a thousand turns: what the bot reads stays small, what it knows stays whole."""

from uuid import UUID, uuid4

import httpx2
import pytest
from sqlalchemy import text

from channels.bot import RasaBot
from channels.messages import Answer, BotRequest, Reply
from channels.up.stack import Stack
from crm_store.base import Language
from crm_store.conversations.models import Channel, ConversationRef
from crm_store.conversations.repository import ConversationRepository
from tests.e2e.world import World

pytestmark = [pytest.mark.e2e, pytest.mark.anyio]

TURNS = 1000
MOST_EVENTS = 250
"""Of one session, which is all that a turn reads and replays; a session is ten turns long."""
CHATTER = ("hello", "who are you?", "what can you do?", "thank you", "flurb the quantum zamboni")

IN_SESSION = text(
    """
    SELECT count(*) FROM rasa.events WHERE sender_id = :conversation AND id >= (
        SELECT max(id) FROM rasa.events
        WHERE sender_id = :conversation AND type_name = 'session_started'
    )
    """
)


class LongTalk:
    """One customer who goes on and on, at the bot's own door."""

    def __init__(self, bot: RasaBot, conversation: UUID) -> None:
        self._bot = bot
        self.conversation = conversation

    async def says(self, words: str) -> Answer:
        body: dict[str, object] = {
            "kind": "said",
            "text": words,
            "choice": None,
            "channel": "chat",
            "language": "en",
            "today": "2026-11-27",
            "facts": {},
        }
        return await self._bot.reply(BotRequest(self.conversation, uuid4(), body), _keep_nothing)


async def _keep_nothing(place: int, reply: Reply) -> None:
    """Wait for the whole answer."""


async def test_turn_one_thousand_reads_no_more_and_knows_as_much_as_turn_one(
    stack: Stack, world: World
) -> None:
    await world.begin()
    async with httpx2.AsyncClient(
        base_url=stack.environment["RAPPORT_BOT_URL"], trust_env=False, timeout=20
    ) as client:
        bot = RasaBot(client, stack.environment["RAPPORT_SECRET"])
        talk = LongTalk(bot, await _begun(world))
        liked = await talk.says("I love Verdi's operas")
        await talk.says("please cancel my order A-21")

        most = 0
        for turn in range(TURNS):
            answer = await talk.says(CHATTER[turn % len(CHATTER)])
            if turn % 25 == 0:
                most = max(most, await _events_read(world, talk.conversation))
            if answer.slots.get("question") == "person":
                answer = await talk.says("no")

        assert most < MOST_EVENTS
        last = await talk.says("once more please")
        assert last.replies
        assert last.slots["errands"][0]["errand"] == "action_cancel_order"
        assert last.slots["order_number"] == "A-21"
        assert last.slots["last_wish_text"] == "I love Verdi's operas"
        assert last.slots["suggested"] == liked.slots["suggested"]


async def _begun(world: World) -> UUID:
    async with world.sessions.begin() as session:
        ref = ConversationRef(Channel.chat, uuid4().hex)
        return (await ConversationRepository(session).start(ref, Language.en)).id


async def _events_read(world: World, conversation: UUID) -> int:
    async with world.sessions() as session:
        found = await session.scalar(IN_SESSION, {"conversation": str(conversation)})
    return int(found or 0)
