"""A call outlives every program, killed in the middle of it."""

from pathlib import Path

import pytest

from channels.clock import WallClock
from channels.phone.standby import standby
from channels.simulator.account import Account
from channels.simulator.playing import play
from channels.simulator.script import read
from channels.simulator.simulator import Simulator
from channels.simulator.webhooks import Deliveries
from channels.up.stack import Stack
from crm_store.base import Language, utc_now
from crm_store.conversations.repository import ConversationRepository
from crm_store.customers.models import Level
from tests.e2e.customers import Caller, calling
from tests.e2e.scenario import Scenario, Then
from tests.e2e.world import World

pytestmark = [pytest.mark.e2e, pytest.mark.anyio]

JONAS = "C-1002"
CALLS = sorted((Path(__file__).parent / "calls").glob("*.yml"))


async def test_a_call_goes_on_where_it_stood_after_each_kill(stack: Stack, world: World) -> None:
    await world.begin(_a_page())
    number = await world.phone_of(JONAS)

    async with calling(
        _patient_phone(stack), Language.de, world, number=number, relay_works=False
    ) as caller:
        await caller.pick_up()
        await caller.hears()
        await _kill(stack, "channels")
        await caller.says("Wo bleibt mein Paket?")
        await _hears(caller, "Code")
        await _kill(stack, "actions")
        await caller.gives_code(await world.latest_code())
        await _hears(caller, "A-18")
        await _kill(stack, "bot")
        await caller.says("Bestellung A-18")
        await _hears(caller, "unterwegs")
        await _kill(stack, "channels")
        await _is_still_verified(caller, world)


@pytest.mark.parametrize("path", CALLS, ids=lambda path: path.stem)
async def test_a_call_in_which_a_program_dies_goes_as_it_is_written(
    path: Path, stack: Stack, world: World, simulator: Simulator
) -> None:
    await world.begin()

    async def kill(program: str) -> None:
        stack.kill(program)

    await play(read(path), simulator, kill=kill)


def _patient_phone(stack: Stack) -> Simulator:
    """Return a phone whose line waits for the caller for minutes."""
    told = stack.environment
    account = Account(told["TWILIO_ACCOUNT_SID"], told["TWILIO_AUTH_TOKEN"])
    return Simulator(
        account,
        stack.url,
        deliveries=Deliveries(2),
        clock=WallClock(second=20),
        standby=standby(),
    )


def _a_page() -> Scenario:
    return Scenario(
        customer=JONAS, language=Language.de, given={"A-18": "shipped"}, turns=[], then=Then()
    )


async def _kill(stack: Stack, program: str) -> None:
    stack.kill(program)
    await stack.until_it_answers(program)


async def _hears(caller: Caller, words: str) -> None:
    """Listen through whatever explains the wait."""
    heard = ""
    for _ in range(20):
        heard += await caller.hears()
        if words in heard:
            return
    raise AssertionError(f"{words} was not heard, but: {heard}")


async def _is_still_verified(caller: Caller, world: World) -> None:
    async with world.sessions() as session:
        conversation = await ConversationRepository(session).get(caller.conversation)
    assert conversation.current_level(utc_now()) is Level.verified
