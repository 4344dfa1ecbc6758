import asyncio
import os
import sys
import textwrap
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import suppress
from itertools import repeat
from pathlib import Path

import pytest

from channels.up.asking import answers
from channels.up.backoff import delays
from channels.up.guard import Guard
from channels.up.keeper import DidNotStart
from channels.up.ports import free_port
from channels.up.program import Program
from channels.up.supervisor import Supervisor

pytestmark = [pytest.mark.unit, pytest.mark.anyio]

SERVER = "import sys; print('here', flush=True); import time; time.sleep(60)"
# A child in the same group, which asks not to be ended, and says who it is.
PARENT = """
    import pathlib, subprocess, sys, time
    stubborn = "import signal, time; signal.signal(15, signal.SIG_IGN); time.sleep(60)"
    child = subprocess.Popen([sys.executable, "-c", stubborn])
    pathlib.Path("child").write_text(str(child.pid))
    time.sleep(60)
"""


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
def guard() -> Iterator[Guard]:
    guard = Guard()
    yield guard
    guard.close()


class Lines(list[tuple[str, str]]):
    """What the programs said, as it would be shown."""

    def __call__(self, name: str, line: str) -> None:
        self.append((name, line))


async def yes() -> bool:
    return True


async def no() -> bool:
    return False


def a_program(
    folder: Path,
    code: str = SERVER,
    *,
    name: str = "bot",
    answers: Callable[[], Awaitable[bool]] = yes,
    patience: float = 10,
    command: Sequence[str] | None = None,
) -> Program:
    return Program(
        name=name,
        command=command or (sys.executable, "-c", textwrap.dedent(code)),
        folder=folder,
        answers=answers,
        patience=patience,
        grace=0.5,
    )


def at_once() -> Iterator[float]:
    return repeat(0.01)


async def until(condition: Callable[[], bool]) -> None:
    for _ in range(1000):
        if condition():
            return
        await asyncio.sleep(0.01)
    pytest.fail("it did not happen")


def is_alive(pid: int) -> bool:
    with suppress(ProcessLookupError, FileNotFoundError):
        os.kill(pid, 0)
        return "\nState:\tZ" not in Path(f"/proc/{pid}/status").read_text()
    return False


async def test_starts_each_stage_when_those_before_it_answer(tmp_path: Path, guard: Guard) -> None:
    lines = Lines()

    async def the_first_has_spoken() -> bool:
        return ("first", "here") in lines

    first = a_program(tmp_path, name="first", answers=the_first_has_spoken)
    second = a_program(tmp_path, name="second")
    supervisor = Supervisor([[first], [second]], tell=lines, guard=guard)

    await supervisor.start()
    await until(lambda: ("second", "here") in lines)
    await supervisor.stop()

    assert lines[0] == ("first", "here")


async def test_starts_a_dead_program_again(tmp_path: Path, guard: Guard) -> None:
    lines = Lines()
    supervisor = Supervisor([[a_program(tmp_path)]], tell=lines, guard=guard, delays=at_once)
    await supervisor.start()
    before = supervisor.pid("bot")

    supervisor.kill("bot")
    await supervisor.until_it_answers("bot")

    assert supervisor.pid("bot") not in {None, before}
    assert ("bot", "ended (signal 9), starts again in 0.01 s") in lines
    await supervisor.stop()


async def test_waits_longer_each_time_that_a_program_ends_unanswered(
    tmp_path: Path, guard: Guard
) -> None:
    waited: list[float] = []

    def short_but_written_down() -> Iterator[float]:
        for delay in delays():
            waited.append(delay)
            yield 0.01

    program = a_program(tmp_path, "raise SystemExit(3)", answers=no, patience=2)
    supervisor = Supervisor([[program]], tell=Lines(), guard=guard, delays=short_but_written_down)

    with pytest.raises(DidNotStart, match="did not answer within 2 seconds"):
        await supervisor.start()

    assert waited[:3] == [0.5, 1, 2]


async def test_stops_a_program_and_all_that_it_started(tmp_path: Path, guard: Guard) -> None:
    supervisor = Supervisor([[a_program(tmp_path, PARENT)]], tell=Lines(), guard=guard)
    await supervisor.start()
    await until(lambda: (tmp_path / "child").exists() and (tmp_path / "child").read_text() != "")
    parent, child = supervisor.pid("bot"), int((tmp_path / "child").read_text())

    await supervisor.stop()

    assert parent is not None
    assert not is_alive(parent)
    await until(lambda: not is_alive(child))


async def test_says_so_when_a_program_does_not_exist(tmp_path: Path, guard: Guard) -> None:
    program = a_program(tmp_path, command=["/nowhere/rasa"])

    with pytest.raises(DidNotStart, match="bot could not be started"):
        await Supervisor([[program]], tell=Lines(), guard=guard).start()


async def test_stops_the_others_when_one_does_not_start(tmp_path: Path, guard: Guard) -> None:
    first = a_program(tmp_path, name="first")
    mute = a_program(tmp_path, name="mute", answers=no, patience=0.2)
    supervisor = Supervisor([[first], [mute]], tell=Lines(), guard=guard)

    with pytest.raises(DidNotStart, match="mute"):
        await supervisor.start()

    assert supervisor.pid("first") is None


async def test_passes_on_what_a_program_said_without_a_last_line_break(
    tmp_path: Path, guard: Guard
) -> None:
    lines = Lines()
    program = a_program(tmp_path, "import os; os.write(1, b'gr\\xc3\\xbc\\xc3\\x9fe'); input()")
    supervisor = Supervisor([[program]], tell=lines, guard=guard, delays=at_once)

    await supervisor.start()
    await until(lambda: ("bot", "grüße") in {(name, line[:5]) for name, line in lines})
    await supervisor.stop()


async def test_a_broken_pipe_ends_what_the_guard_watches(tmp_path: Path) -> None:
    guard = Guard()
    code = "import time; time.sleep(60)"
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", code, start_new_session=True
    )
    guard.watch(process.pid)

    guard.close()

    assert await process.wait() == -15


async def test_an_address_where_nobody_listens_does_not_answer() -> None:
    assert not await answers("127.0.0.1", free_port())


@pytest.mark.parametrize(
    ("status", "there"), [("200 OK", True), ("404 No", True), ("503 Bad", False)]
)
async def test_a_failing_server_does_not_answer(status: str, there: bool) -> None:
    async def reply(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(f"HTTP/1.1 {status}\r\n\r\n".encode())
        writer.close()

    server = await asyncio.start_server(reply, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]

    assert await answers("127.0.0.1", port) is there

    server.close()
    await server.wait_closed()


def test_delays_double_up_to_the_longest() -> None:
    given = delays()

    assert [next(given) for _ in range(9)] == [0.5, 1, 2, 4, 8, 16, 30, 30, 30]
