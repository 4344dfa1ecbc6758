"""The command `rapport chat`."""

import asyncio
from typing import Annotated

import typer
from rich.console import Console

from channels.terminal.explained import Explainer, explaining
from channels.terminal.lines import typed
from channels.terminal.talk import Talk
from channels.up.ports import LOOPBACK, Ports
from channels.up.settings import UpSettings
from crm_store.base import Language

Speaks = Annotated[Language, typer.Option(help="The language to begin in.")]
Url = Annotated[
    str | None,
    typer.Option(help="The shop's address.  [default: RAPPORT_PUBLIC_URL, or this machine]"),
]
Explain = Annotated[
    bool, typer.Option("--explain", help="Show intent, confidence, slots and actions of each turn.")
]


def chat(language: Speaks = Language.de, url: Url = None, explain: Explain = False) -> None:
    """Chat with the running shop from this terminal, as a visitor of its website.

    Type what the customer says; /1, /2 … take an answer on offer, /bye leaves.
    """
    console, settings = Console(), UpSettings()
    here = f"http://{LOOPBACK}:{Ports().channels}"
    address = url or settings.rapport_public_url or here
    if not asyncio.run(_hold(address, language, console, settings, explain=explain)):
        raise typer.Exit(1)


async def _hold(
    url: str, language: Language, console: Console, settings: UpSettings, *, explain: bool
) -> bool:
    if not explain:
        return await _talk(url, language, console, None)
    async with explaining(settings) as explainer:
        return await _talk(url, language, console, explainer)


async def _talk(
    url: str, language: Language, console: Console, explainer: Explainer | None
) -> bool:
    try:
        async with Talk.begun(url, language) as talk:
            await talk.hold(console, typed(), explainer)
    except OSError:
        console.print(f"nothing answers at {url}; is `make run` running?", style="red")
        return False
    return True
