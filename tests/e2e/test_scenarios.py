"""Each page of dialogue, played on chat and on phone against everything running."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from channels.simulator.simulator import Simulator
from channels.up.stack import Stack
from crm_store.base import Language
from crm_store.conversations.models import Channel
from tests.e2e.customers import Caller, Customer, calling, chatting
from tests.e2e.desk import AgentAtDesk
from tests.e2e.given import in_words, spoken
from tests.e2e.scenario import Scenario, Step, each, read
from tests.e2e.world import World

pytestmark = [pytest.mark.e2e, pytest.mark.anyio]

SCENARIOS = Path(__file__).parent / "scenarios"


def _named(page: Path) -> str:
    return str(page.relative_to(SCENARIOS).with_suffix(""))


PAGES = sorted(SCENARIOS.glob("**/*.yml"))
PLAYS = [
    *(
        pytest.param(page, channel, True, id=f"{_named(page)}-{channel}")
        for page in PAGES
        for channel in read(page).channels
    ),
    *(
        pytest.param(page, Channel.phone, False, id=f"{_named(page)}-phone_without_relay")
        for page in PAGES
        if read(page).without_relay
    ),
]


@pytest.mark.parametrize(("page", "channel", "relay_works"), PLAYS)
async def test_the_scenario_goes_as_written(
    page: Path,
    channel: Channel,
    relay_works: bool,
    stack: Stack,
    world: World,
    simulator: Simulator,
    agent: AgentAtDesk,
) -> None:
    scenario = read(page)
    await world.begin(scenario)

    async with _customer(scenario, channel, stack, world, simulator, relay_works=relay_works) as (
        customer,
        greeting,
    ):
        pending = greeting
        for step in scenario.turns:
            if step.channel in {None, channel}:
                await _act(step, scenario.language, customer, world, agent)
                heard = pending + await customer.hears()
                _compare(step, scenario.language, heard)
                pending = ""
        await world.check(customer.conversation, scenario)


async def _act(
    step: Step, language: Language, customer: Customer, world: World, agent: AgentAtDesk
) -> None:
    if step.says is not None:
        await customer.says(in_words(step.says, language) * step.times)
    elif step.chooses is not None:
        await customer.chooses(step.chooses)
    elif step.gives is not None:
        await _give(step.gives, language, customer, world)
    elif step.keys is not None:
        assert isinstance(customer, Caller)
        await customer.keys(step.keys)
    elif step.agent is not None:
        await agent.does(step.agent, customer.conversation, step.text)


async def _give(what: str, language: Language, customer: Customer, world: World) -> None:
    newest, *older = await world.codes()
    match what:
        case "older code":
            await customer.gives_code(older[0])
        case "spoken code":
            await customer.says(spoken(newest, language))
        case _:
            await customer.gives_code(newest)


def _compare(step: Step, language: Language, heard: str) -> None:
    for expected in each(step.hears):
        words = in_words(expected, language)
        assert words.lower() in heard.lower(), f"{words!r} is not in {heard!r}"
    for words in each(step.never_hears):
        assert words.lower() not in heard.lower(), f"{words!r} is in {heard!r}"


@asynccontextmanager
async def _customer(
    scenario: Scenario,
    channel: Channel,
    stack: Stack,
    world: World,
    simulator: Simulator,
    *,
    relay_works: bool,
) -> AsyncIterator[tuple[Customer, str]]:
    if channel is Channel.chat:
        async with chatting(stack.url, scenario.language, world) as visitor:
            yield visitor, ""
        return
    number = None if scenario.customer is None else await world.phone_of(scenario.customer)
    async with calling(
        simulator, scenario.language, world, number=number, relay_works=relay_works
    ) as caller:
        yield caller, await caller.pick_up()
