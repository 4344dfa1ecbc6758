"""The command `rapport call`."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Annotated

import typer
from pydantic import ValidationError
from rich.console import Console
from yaml import YAMLError

from channels.phone.standby import standby
from channels.simulator import terminal
from channels.simulator.account import Account
from channels.simulator.call import CallEnded, SimulatedCall
from channels.simulator.faults import Fault
from channels.simulator.playing import WentWrong, play
from channels.simulator.refusal import Refused
from channels.simulator.script import read
from channels.simulator.simulator import SOMEBODY, Simulator
from channels.terminal.lines import typed
from channels.up.ports import LOOPBACK, Ports
from channels.up.secret import kept_secret, pretend_account, pretend_token
from channels.up.settings import UpSettings
from crm_store.base import Language

Number = Annotated[str, typer.Option("--from", help="The number that calls, in E.164.")]
Speaks = Annotated[Language, typer.Option(help="The language of the line.")]
Url = Annotated[
    str | None,
    typer.Option(help="The line's public address.  [default: RAPPORT_PUBLIC_URL, or this machine]"),
]
RelayFails = Annotated[
    bool, typer.Option("--relay-fails", help="Have the relay's socket never open.")
]

Answers = Annotated[
    bool, typer.Option("--answer", help="Wait to be called on that number, and take the call.")
]
ScriptFile = Annotated[
    Path | None,
    typer.Option("--script", exists=True, dir_okay=False, help="Play the call written there."),
]


def call(
    from_: Number = SOMEBODY,
    language: Speaks = Language.de,
    url: Url = None,
    relay_fails: RelayFails = False,
    answer: Answers = False,
    script: ScriptFile = None,
) -> None:
    """Call the phone line from this terminal, signed as Twilio would.

    Type what the caller says; digits, # and * are keys, ! breaks in, /lose breaks the relay's
    connection, /bye hangs up. Where there is no relay, the line waits four times as long for
    whoever types as for whoever speaks. A script (docs/phone.md) tells by itself who calls.
    """
    console, settings = Console(), UpSettings()
    simulator = Simulator(
        _account(settings),
        url or settings.rapport_public_url or f"http://{LOOPBACK}:{Ports().channels}",
        typed=script is None,
        standby=standby(),
    )
    if script is not None:
        well = asyncio.run(_play(script, simulator, console))
    elif answer:
        console.print(f"waiting to be called on {from_}", style="dim", markup=False)
        well = asyncio.run(_hold(_answered(simulator, from_, console), console))
    else:
        fault = Fault.unreachable if relay_fails else None
        calling = simulator.call(from_=from_, language=language, relay_fails=fault)
        well = asyncio.run(_hold(calling, console))
    if not well:
        raise typer.Exit(1)


async def _play(path: Path, simulator: Simulator, console: Console) -> bool:
    def show(what: str, words: str) -> None:
        console.print(f"{what}  {words}", style="bold" if what == "hears" else "", markup=False)

    try:
        await play(read(path), simulator, tell=show)
    except (WentWrong, Refused, CallEnded, ValidationError, YAMLError) as wrong:
        console.print(str(wrong), style="red", markup=False)
        return False
    console.print("the call went as it is written", style="dim")
    return True


@asynccontextmanager
async def _answered(
    simulator: Simulator, number: str, console: Console
) -> AsyncIterator[SimulatedCall]:
    async with simulator.phone(number) as phone:
        ringing = await phone.rings()
        console.print(f"it rings: {ringing.caller}", style="dim", markup=False)
        async with phone.picks_up(ringing) as call:
            yield call


async def _hold(calling: AbstractAsyncContextManager[SimulatedCall], console: Console) -> bool:
    try:
        async with calling as held:
            return await terminal.hold(held, console, typed())
    except CallEnded as over:
        # It rang elsewhere too, or for too long.
        console.print(str(over), style="red", markup=False)
        return False


def _account(settings: UpSettings) -> Account:
    """Return the account that the running line believes in: a real one, or the demo's."""
    given = settings.rapport_secret
    secret = given.get_secret_value() if given else kept_secret(settings.folder)
    token = settings.twilio_auth_token
    return Account(
        settings.twilio_account_sid or pretend_account(secret),
        token.get_secret_value() if token else pretend_token(secret),
    )
