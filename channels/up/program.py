"""One program: how it is started, how we know that it answers, and how it ends."""

import asyncio
import os
import signal
from asyncio.subprocess import DEVNULL, STDOUT, Process
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from channels.up.guard import Guard

Tell = Callable[[str, str], None]
"""Takes a program's name and a line that it said."""

_CHUNK = 64 * 1024


@dataclass(frozen=True, slots=True)
class Program:
    """Something to keep running."""

    name: str
    command: Sequence[str]
    folder: Path
    answers: Callable[[], Awaitable[bool]]
    environment: Mapping[str, str] = field(default_factory=dict)
    patience: float = 120
    """Seconds until it must answer for the first time."""
    grace: float = 10
    """Seconds that it may take to end when asked."""
    sockets: Sequence[int] = ()
    """What is open already and handed to it, by number."""


@asynccontextmanager
async def running(program: Program, *, tell: Tell, guard: Guard) -> AsyncIterator[Process]:
    """Run a program for as long as the block lasts; nothing that it started outlives the block."""
    process, output = await _start(program)
    guard.watch(process.pid)
    listening = asyncio.create_task(_pass_on(output, lambda line: tell(program.name, line)))
    try:
        yield process
    finally:
        await _end(process, grace=program.grace)
        await listening
        guard.forget(process.pid)


async def _start(program: Program) -> tuple[Process, int]:
    # A pipe of our own: asyncio's would make us wait for whoever else holds its other end.
    ours, theirs = os.pipe()
    try:
        process = await asyncio.create_subprocess_exec(
            *program.command,
            cwd=program.folder,
            env={**os.environ, **program.environment},
            stdin=DEVNULL,
            stdout=theirs,
            stderr=STDOUT,
            pass_fds=program.sockets,
            start_new_session=True,  # its process group is ours to end as a whole
        )
    except BaseException:
        os.close(ours)
        raise
    finally:
        os.close(theirs)
    return process, ours


async def _pass_on(output: int, tell: Callable[[str], None]) -> None:
    """Tell every line until the last holder of the other end is gone."""
    reader = asyncio.StreamReader()
    loop = asyncio.get_running_loop()
    transport, _ = await loop.connect_read_pipe(
        lambda: asyncio.StreamReaderProtocol(reader), os.fdopen(output, "rb", buffering=0)
    )
    rest = b""
    while chunk := await reader.read(_CHUNK):
        *lines, rest = (rest + chunk).split(b"\n")
        for line in lines:
            tell(line.decode(errors="replace").rstrip())
    if rest:
        tell(rest.decode(errors="replace").rstrip())
    transport.close()


async def _end(process: Process, *, grace: float) -> None:
    _signal(process, signal.SIGTERM)
    with suppress(TimeoutError):
        async with asyncio.timeout(grace):
            await process.wait()
    # Also when it ended by itself: something that it started may live on.
    _signal(process, signal.SIGKILL)
    await process.wait()


def _signal(process: Process, number: signal.Signals) -> None:
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, number)
