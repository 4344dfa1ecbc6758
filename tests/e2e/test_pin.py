"""A PIN that is chosen in the chat is good on the phone, and is read by nobody on the way."""

import pytest
from sqlalchemy import text

from channels.simulator.simulator import Simulator
from channels.up.stack import Stack
from tests.e2e.customers import calling, chatting
from tests.e2e.world import World

pytestmark = [pytest.mark.e2e, pytest.mark.anyio]

PIN, WRONG = "470913", "5502"
WORDS = {
    "de": ("PIN festlegen", "gilt ab sofort", "Wo ist meine Bestellung A-17?"),
    "en": ("set a PIN", "counts from now on", "Where is my order A-17?"),
}
KEPT = (
    *("messages.text", "turns.request", "effects.result", "conversations.slots", "events.facts"),
    *("one_time_codes.code_hash", "customer_pins.pin_hash", "call_turns.answer"),
    "rasa.events.data",
)


@pytest.mark.parametrize("language", WORDS)
async def test_a_pin_from_the_chat_proves_a_caller(
    language: str, stack: Stack, simulator: Simulator, world: World
) -> None:
    wish, set_, question = WORDS[language]
    await world.begin()

    async with chatting(stack.url, language, world) as chat:
        await chat.hears()
        await chat.says(wish)
        await chat.hears()
        await chat.says("ana.ruiz@example.com")
        await chat.hears()
        await chat.says(await world.latest_code())
        asked = await chat.hears()
        await chat.says(PIN)
        done = await chat.hears()
    number = await world.phone_of("C-1001")
    async with calling(simulator, language, world, number=number) as caller:
        await caller.pick_up()
        await caller.hears()
        await caller.says(question)
        offered = await caller.hears()
        await caller.gives_code(WRONG)
        wrong = await caller.hears()
        await caller.gives_code(PIN)
        answer = await caller.hears()

    assert "PIN" in asked
    assert set_ in done
    assert "PIN" in offered
    assert "A-17" not in wrong
    assert "A-17" in answer
    for column in KEPT:
        assert await holding(world, column) == 0, column


async def holding(world: World, column: str) -> int:
    """Return how many rows hold the digits."""
    table, _, name = column.rpartition(".")
    async with world.sessions() as session:
        found = await session.scalar(
            text(f"SELECT count(*) FROM {table} WHERE {name}::text LIKE '%{PIN}%'")  # noqa: S608 - our own names
        )
    return int(found or 0)
