"""The commands `rapport up` and `rapport train`."""

import asyncio
import fcntl
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from channels.up.console import Terminal
from channels.up.demo import DemoFailed
from channels.up.guard import Guard
from channels.up.keeper import DidNotStart
from channels.up.ports import LOOPBACK, is_free, usual_ports
from channels.up.settings import UpSettings
from channels.up.stack import Stack
from channels.up.training import TrainingFailed, trained_model


class AlreadyRunning(Exception):  # noqa: N818 - it names a state, not a failure
    """Another `rapport up` uses the same data folder."""


Host = Annotated[str, typer.Option(help="Address that the channels listen on.")]
Port = Annotated[
    int | None,
    typer.Option(help="Port that the channels listen on.  [default: 8000, or a free one]"),
]


def up(host: Host = LOOPBACK, port: Port = None) -> None:
    """Start everything and keep it running until Ctrl-C."""
    terminal, settings = Terminal(), UpSettings()
    if port is not None and not is_free(port, host):
        _give_up(terminal, f"Port {port} is taken; try `rapport up --port {port + 10}`.")
    stack = Stack(
        settings.folder,
        ports=usual_ports(host, port),
        host=host,
        fronts=settings.rapport_fronts,
        environment=settings.environment(),
        tell=terminal.tell,
    )
    try:
        with _only_one(stack.folder):
            asyncio.run(_serve(stack, terminal))
    except (AlreadyRunning, DemoFailed, DidNotStart, TrainingFailed) as trouble:
        _give_up(terminal, str(trouble))


def train() -> None:
    """Train the bot, if its files have changed."""
    terminal, guard = Terminal(), Guard()
    try:
        model = asyncio.run(trained_model(tell=terminal.tell, guard=guard))
    except TrainingFailed as trouble:
        _give_up(terminal, str(trouble))
    else:
        terminal.tell("train", f"the model is {os.path.relpath(model)}")
    finally:
        guard.close()


async def _serve(stack: Stack, terminal: Terminal) -> None:
    """Run the stack until somebody asks to stop, also while it still starts."""
    asked = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, asked.set)
    starting = asyncio.create_task(stack.start())
    stopping = asyncio.create_task(asked.wait())
    try:
        await asyncio.wait({starting, stopping}, return_when=asyncio.FIRST_COMPLETED)
        if starting.done():
            await starting
            terminal.show_addresses(stack)
            await stopping
    finally:
        terminal.tell("up", "stopping")
        starting.cancel()
        await asyncio.gather(starting, return_exceptions=True)
        await stack.stop()
        stopping.cancel()


@contextmanager
def _only_one(folder: Path) -> Iterator[None]:
    folder.mkdir(parents=True, exist_ok=True)
    lock = os.open(folder / ".lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(lock)
        raise AlreadyRunning(f"Rapport is already running on {folder}.") from None
    try:
        yield
    finally:
        os.close(lock)


def _give_up(terminal: Terminal, trouble: str) -> None:
    terminal.show_trouble(trouble)
    raise typer.Exit(1)
