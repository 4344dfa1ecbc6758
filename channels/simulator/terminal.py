"""A call held in a terminal: what is typed is what the caller says."""

import asyncio
from collections.abc import AsyncIterator

from rich.console import Console

from channels.simulator.call import CallEnded, SimulatedCall
from channels.simulator.events import Connected, Ended, Event, Problem, Spoken
from channels.simulator.refusal import Refused

KEYS = frozenset("0123456789#*")
INTERRUPT, LOSE, GOODBYE = "!", "/lose", "/bye"


async def hold(call: SimulatedCall, console: Console, lines: AsyncIterator[str]) -> bool:
    """Pass words both ways until one side hangs up; return whether all went well."""
    connected = asyncio.Event()
    doing = asyncio.create_task(_do(call, console, lines, connected))
    well = True
    try:
        async for event in call.events():
            if isinstance(event, Connected):
                connected.set()
            well = well and not isinstance(event, Problem)
            _show(event, console)
    finally:
        doing.cancel()
    return well


async def _do(
    call: SimulatedCall, console: Console, lines: AsyncIterator[str], connected: asyncio.Event
) -> None:
    await connected.wait()
    async for line in lines:
        try:
            await _do_one(call, line)
        except (CallEnded, Refused) as failure:
            console.print(str(failure), style="red", markup=False)
        if line == GOODBYE:
            return
    await call.hangs_up()


async def _do_one(call: SimulatedCall, line: str) -> None:
    if line == GOODBYE:
        await call.hangs_up()
    elif line == INTERRUPT:
        await call.interrupts()
    elif line == LOSE:
        await call.loses_connection()
    elif line and set(line) <= KEYS:
        await call.keys(line)
    elif line:
        await call.says(line)


def _show(event: Event, console: Console) -> None:
    match event:
        case Connected():
            console.print(f"connected, call {event.call}", style="dim")
        case Spoken():
            console.print(f"{event.language}  {event.text}", style="bold", markup=False)
        case Problem():
            console.print(event.text, style="red", markup=False)
        case Ended():
            console.print(f"the call has ended: {event.reason}", style="dim")
