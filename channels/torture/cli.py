"""The command that tries promises out: `rapport torture`."""

import asyncio
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer

from channels.torture.handoffs import Toll, Torture, torture
from crm_store import migrations, server
from crm_store.db import create_engine, create_session_factory

app = typer.Typer(help="Whether promises hold while things break.", no_args_is_help=True)


@app.callback()
def tortures() -> None:
    """Whether promises hold while things break."""


@app.command()
def handoffs(
    escalations: Annotated[int, typer.Option(min=1, help="How many customers wait.")] = 2000,
    agents: Annotated[int, typer.Option(min=1, help="How many answer them.")] = 8,
    kill_every: Annotated[float, typer.Option(min=0.05, help="Seconds between two kills.")] = 1.0,
    chance: Annotated[int, typer.Option(help="Another number, other moments.")] = 1,
) -> None:
    """Have customers answered, in a store of their own, while agents and programs are killed."""
    what = Torture(escalations, agents, kill_every)
    with TemporaryDirectory(prefix="rapport-torture-") as folder:
        toll = _in(Path(folder), what, chance)
    typer.echo(
        f"{toll.finished} of {escalations} finished in {toll.seconds:.1f} s;"
        f" {toll.lost} lost, {toll.twice} taken twice."
    )
    typer.echo(
        f"Killed: {toll.killed_agents} agents, {toll.killed_routers} programs;"
        f" {toll.lapses} customers went back to the queue."
    )
    if not toll.holds:
        raise typer.Exit(1)


def _in(folder: Path, what: Torture, chance: int) -> Toll:
    running = server.start(folder)
    try:
        migrations.upgrade(running.url)
        return asyncio.run(_torture(running.url, what, chance))
    finally:
        running.stop()


async def _torture(url: str, what: Torture, chance: int) -> Toll:
    engine = create_engine(url)
    try:
        return await torture(create_session_factory(engine), url, what, seed_of_chance=chance)
    finally:
        await engine.dispose()
