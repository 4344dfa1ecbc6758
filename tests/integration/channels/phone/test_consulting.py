"""Callers on hold, colleagues who are asked, and callers who are passed on."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from channels.hub import Hub
from channels.phone.consulting import Consulting
from channels.phone.wording import say
from channels.simulator.call import CallEnded, SimulatedCall
from crm_store.agents.models import Agent
from crm_store.base import Language
from crm_store.conversations.models import Kind
from crm_store.errors import NobodyOnTheLine, WrongHandler
from tests.fakes import FakeBot
from tests.integration.channels.phone.running import GREETING, LineWith, PhoneLine, hears_until

pytestmark = [pytest.mark.integration, pytest.mark.anyio]

BACK = "Hier ist wieder der KI-Assistent."
HELD = "Bitte bleiben Sie dran, wir sind gleich wieder für Sie da."
TOM = "+4930901822222"


def consulting(line: PhoneLine) -> Consulting:
    return Consulting(
        line.settings,
        sessions=line.sessions,
        hub=Hub(line.sessions),
        company=line.company,
        dialling=line.dialling,
    )


@asynccontextmanager
async def talking(
    line: PhoneLine, call: SimulatedCall, agent: Agent
) -> AsyncIterator[SimulatedCall]:
    """Have a caller speak with an agent."""
    await call.hears()
    await line.passes_on()
    async with line.phone.phone(agent.phone or "") as telephone:
        await line.dialling.ring((await line.conversation()).id, agent)
        async with telephone.picks_up(await telephone.rings()) as leg:
            await leg.keys("1")
            await call.joins()
            await leg.joins()
            await call.says("Hallo?")
            await hears_until(leg, "Hallo?")
            yield leg


async def test_a_caller_is_held_while_a_colleague_is_asked_and_passed_on_to_them(
    line_with: LineWith,
) -> None:
    async with line_with(FakeBot(GREETING, BACK)) as line, line.phone.call() as call:
        mia, tom = await line.an_agent(), await line.an_agent("Tom", TOM)
        asking = consulting(line)
        async with talking(line, call, mia) as hers, line.phone.phone(TOM) as telephone:
            conversation = await line.conversation()
            await line.has_joined(2)
            await asking.ask(conversation.id, mia, tom.id)
            await hears_until(call, HELD)
            async with telephone.picks_up(await telephone.rings()) as his:
                await his.keys("1")
                await his.joins()
                await line.has_joined(3)
                await hers.says("Da fragt jemand nach Aida.")
                await hears_until(his, "Da fragt jemand nach Aida.")
                await asking.pass_on(
                    conversation.id, mia, tom.id, epoch=conversation.epoch, note="Will Aida."
                )
                with pytest.raises(CallEnded):
                    await hers.hears()
                await his.says("Hier ist Tom.")
                await hears_until(call, "Hier ist Tom.")

                assert (await line.conversation()).agent_id == tom.id
        await hears_until(call, BACK)

    kinds = [message.kind for message in await line.messages()]
    wanted = [Kind.held, Kind.connected, Kind.transferred, Kind.note, Kind.resumed, Kind.returned]
    assert [kind for kind in kinds if kind in wanted][1:] == wanted


async def test_an_agent_comes_back_to_a_caller_on_hold(line_with: LineWith) -> None:
    async with line_with(FakeBot(GREETING)) as line, line.phone.call() as call:
        mia = await line.an_agent()
        async with talking(line, call, mia) as hers:
            conversation = await line.conversation()
            await line.has_joined(2)
            await consulting(line).hold(conversation.id, mia)
            await hears_until(call, HELD)
            await hers.says("Hören Sie mich?")
            await consulting(line).resume(conversation.id, mia)
            await hers.says("Da bin ich wieder.")
            while (heard := await call.hears()) != "Da bin ich wieder.":
                assert heard == HELD


async def test_nobody_is_held_who_is_not_spoken_to(line_with: LineWith) -> None:
    async with line_with(FakeBot(GREETING)) as line, line.phone.call() as call:
        await call.hears()
        await line.passes_on()
        mia = await line.agent_takes_over("Mia")

        with pytest.raises(NobodyOnTheLine):
            await consulting(line).hold((await line.conversation()).id, mia)


async def test_a_colleague_who_hangs_up_leaves_the_caller_with_who_has_asked(
    line_with: LineWith,
) -> None:
    async with line_with(FakeBot(GREETING)) as line, line.phone.call() as call:
        mia, tom = await line.an_agent(), await line.an_agent("Tom", TOM)
        asking = consulting(line)
        async with talking(line, call, mia) as hers, line.phone.phone(TOM) as telephone:
            conversation = await line.conversation()
            await line.has_joined(2)
            await asking.ask(conversation.id, mia, tom.id)
            async with telephone.picks_up(await telephone.rings()) as his:
                await his.keys("1")
                await his.joins()
                await line.has_joined(3)
            await line.has_joined(2)
            await asking.resume(conversation.id, mia)
            await hers.says("Da bin ich wieder.")
            await hears_until(call, "Da bin ich wieder.")

            assert (await line.conversation()).agent_id == mia.id


async def test_a_caller_who_is_passed_on_unasked_is_on_the_line_with_who_goes_on(
    line_with: LineWith,
) -> None:
    async with line_with(FakeBot(GREETING)) as line, line.phone.call() as call:
        mia, tom = await line.an_agent(), await line.an_agent("Tom", TOM)
        async with talking(line, call, mia) as hers:
            conversation = await line.conversation()
            await line.has_joined(2)
            await consulting(line).pass_on(
                conversation.id, mia, tom.id, epoch=conversation.epoch, note="Will Aida."
            )
            with pytest.raises(CallEnded):
                await hers.hears()
        await hears_until(call, say("claimed", Language.de, agent="Tom"))
        await line.agent_types(tom, "Guten Tag, Sie suchen Aida?")
        await hears_until(call, "Guten Tag, Sie suchen Aida?")


async def test_a_supervisor_listens_whispers_and_takes_the_caller_over(
    line_with: LineWith,
) -> None:
    async with line_with(FakeBot(GREETING)) as line, line.phone.call() as call:
        mia, lena = await line.an_agent(), await line.an_agent("Lena", TOM)
        standing_by = consulting(line)
        async with talking(line, call, mia) as hers, line.phone.phone(TOM) as telephone:
            conversation = await line.conversation()
            await line.has_joined(2)
            await standing_by.listen(conversation.id, lena)
            async with telephone.picks_up(await telephone.rings()) as lenas:
                await lenas.keys("1")
                await lenas.joins()
                await line.has_joined(3)
                await lenas.says("Niemand hört mich.")
                await call.says("Ist da noch jemand?")
                await hears_until(lenas, "Ist da noch jemand?")
                await hears_until(hers, "Ist da noch jemand?", but="Niemand hört mich.")

                await standing_by.whisper(conversation.id, lena, whispers=True)
                await lenas.says("Biete ihm zehn Prozent an.")
                await hears_until(hers, "Biete ihm zehn Prozent an.")
                await hers.says("Ich kann Ihnen entgegenkommen.")
                await hears_until(
                    call, "Ich kann Ihnen entgegenkommen.", but="Biete ihm zehn Prozent an."
                )

                await standing_by.take_over(conversation.id, lena)
                with pytest.raises(CallEnded):
                    await hers.hears()
                await lenas.says("Hier ist Lena.")
                await hears_until(call, "Hier ist Lena.")
                assert (await line.conversation()).agent_id == lena.id

    rung = [m.agent_id for m in await line.messages() if m.kind is Kind.rung]
    assert rung == [mia.id]


async def test_nobody_listens_where_nobody_speaks_or_to_themself(line_with: LineWith) -> None:
    async with line_with(FakeBot(GREETING)) as line, line.phone.call() as call:
        mia, lena = await line.an_agent(), await line.an_agent("Lena", TOM)
        async with talking(line, call, mia):
            conversation = await line.conversation()
            await line.has_joined(2)
            with pytest.raises(WrongHandler):
                await consulting(line).listen(conversation.id, mia)
            with pytest.raises(NobodyOnTheLine):
                await consulting(line).whisper(conversation.id, lena, whispers=True)
