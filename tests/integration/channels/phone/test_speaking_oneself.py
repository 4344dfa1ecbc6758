"""An agent speaks with a caller themself: rung, told what it is about, let in on a yes."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest
from sqlalchemy import update

from channels.phone.patience import Patience
from channels.simulator.call import CallEnded, SimulatedCall
from crm_store.agents.models import Agent
from crm_store.base import utc_now
from crm_store.conversations.models import Handler, Kind
from crm_store.handoffs.models import Handoff
from tests.fakes import FakeBot
from tests.integration.channels.phone.running import GREETING, LineWith, PhoneLine, hears_until

pytestmark = [pytest.mark.integration, pytest.mark.anyio]

BACK = "Hier ist wieder der KI-Assistent."
BRIEF = [
    "Anruf von jemand Unbekanntem.",
    "Wünscht einen Menschen.",
    "Eins drücken zum Übernehmen, zwei zum Ablehnen.",
]
CONNECTING = "Ich verbinde Sie jetzt."
QUICK = Patience(words=1, news=1)


@asynccontextmanager
async def rung(
    line: PhoneLine, agent: Agent, *, silent: bool = False
) -> AsyncIterator[SimulatedCall]:
    """Have an agent rung, who picks up and hears what it is about."""
    conversation = await line.conversation()
    phone = line.hurried_phone if silent else line.phone
    async with phone.phone(agent.phone or "") as telephone:
        await line.dialling.ring(conversation.id, agent)
        async with telephone.picks_up(await telephone.rings()) as leg:
            assert [await leg.hears() for _ in BRIEF] == BRIEF
            yield leg


async def test_caller_and_agent_hear_each_other_and_the_assistant_comes_back(
    either_line_with: LineWith,
) -> None:
    async with either_line_with(FakeBot(GREETING, BACK, "Gern.")) as line:
        line.be_patient(QUICK)
        mia = await line.an_agent()
        async with line.phone.call() as call:
            await call.hears()
            await line.passes_on()
            async with rung(line, mia) as leg:
                await leg.keys("1")
                await hears_until(call, CONNECTING)
                await leg.joins()
                await call.joins()
                await call.says("Hallo?")
                await hears_until(leg, "Hallo?")
                await leg.says("Guten Tag, hier ist Mia.")
                await hears_until(call, "Guten Tag, hier ist Mia.")
            await hears_until(call, BACK)
            await call.says("Noch etwas")
            await hears_until(call, "Gern.")

        kinds = [message.kind for message in await line.messages()]
        expected = [Kind.handed_off, Kind.rung, Kind.claimed, Kind.connected, Kind.left]
        assert [kind for kind in kinds if kind in expected] == expected


async def test_a_caller_who_hangs_up_ends_it_for_the_agent(either_line_with: LineWith) -> None:
    async with either_line_with(FakeBot(GREETING)) as line:
        line.be_patient(QUICK)
        mia = await line.an_agent()
        async with line.phone.call() as call:
            await call.hears()
            await line.passes_on()
            async with rung(line, mia) as leg:
                await leg.keys("1")
                await leg.joins()
                await call.joins()
                await call.hangs_up()
                await hears_until(leg, "Das Gespräch ist beendet.")
                with pytest.raises(CallEnded):
                    await leg.hears()

        conversation = await line.conversation()
        assert (conversation.handler, conversation.outcome) == (Handler.closed, "hung_up")


@pytest.mark.parametrize("keys", ["2", ""])
async def test_a_no_or_silence_leaves_the_caller_in_the_queue(
    line_with: LineWith, keys: str
) -> None:
    async with line_with(FakeBot(GREETING)) as line:
        mia = await line.an_agent()
        async with line.phone.call() as call:
            await call.hears()
            await line.passes_on()
            async with rung(line, mia, silent=not keys) as leg:
                await leg.keys(keys)
                await hears_until(leg, "In Ordnung, auf Wiederhören.")

            assert (await line.conversation()).handler is Handler.queue
            assert (await line.messages())[-1].kind is Kind.not_reached


async def test_a_late_yes_loses_politely(line_with: LineWith) -> None:
    async with line_with(FakeBot(GREETING)) as line:
        mia, tom = await line.an_agent(), await line.an_agent("Tom", "+4930901822222")
        async with line.phone.call() as call:
            await call.hears()
            await line.passes_on()
            async with rung(line, mia) as hers, rung(line, tom) as his:
                await hers.keys("1")
                await hers.joins()
                await call.joins()
                await his.keys("1")
                await hears_until(his, "Den Anruf hat inzwischen jemand anderes übernommen. Danke.")

        claimed = [m.agent_id for m in await line.messages() if m.kind is Kind.claimed]
        assert claimed == [mia.id]


async def test_a_caller_for_whom_nobody_comes_is_with_the_assistant_again(
    line_with: LineWith,
) -> None:
    bot = FakeBot(GREETING, "Leider hat niemand Zeit.")

    async with line_with(bot) as line, line.phone.call() as call:
        await call.hears()
        await line.passes_on()
        async with line.sessions.begin() as session:
            long_ago = utc_now() - timedelta(hours=1)
            await session.execute(update(Handoff).values(waits_since=long_ago))
        await hears_until(call, "Leider hat niemand Zeit.")

        assert (await line.conversation()).handler is Handler.bot
