"""What the real assistant has said goes ahead of what it still looks up."""

from uuid import UUID, uuid4

import httpx2
import pytest

from channels.bot import RasaBot
from channels.messages import BotRequest, Reply
from channels.up.stack import Stack
from crm_store.base import Language
from crm_store.conversations.models import Channel, ConversationRef
from crm_store.conversations.repository import ConversationRepository
from tests.e2e.world import World

pytestmark = [pytest.mark.e2e, pytest.mark.anyio]

TWO_WISHES = "How can I pay, and what is your return policy?"


async def test_the_first_of_two_answers_goes_ahead_and_is_not_given_again(
    stack: Stack, world: World
) -> None:
    await world.begin()
    request = BotRequest(await _begun(world), uuid4(), _asking(TWO_WISHES))
    ahead: list[tuple[int, str]] = []

    async def tell(place: int, reply: Reply) -> None:
        ahead.append((place, reply.text))

    async with httpx2.AsyncClient(
        base_url=stack.environment["RAPPORT_BOT_URL"], trust_env=False, timeout=20
    ) as client:
        bot = RasaBot(client, stack.environment["RAPPORT_SECRET"])
        answer = await bot.reply(request, tell)
        gone_ahead = list(ahead)
        again = await bot.reply(request, tell)

    words = [reply.text for reply in answer.replies]
    assert gone_ahead
    assert gone_ahead == list(enumerate(words))[: len(gone_ahead)]
    assert len(gone_ahead) < len(words)
    assert again == answer
    assert ahead == gone_ahead


def _asking(words: str) -> dict[str, object]:
    return {
        "kind": "said",
        "text": words,
        "choice": None,
        "channel": "phone",
        "language": "en",
        "today": "2026-11-27",
        "facts": {},
    }


async def _begun(world: World) -> UUID:
    async with world.sessions.begin() as session:
        ref = ConversationRef(Channel.phone, uuid4().hex)
        return (await ConversationRepository(session).start(ref, Language.en)).id
