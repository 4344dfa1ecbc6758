"""`rapport up` from outside: what it opens to whom, and what it leaves behind."""

import os
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil
import pytest

from channels.up.asking import answers
from channels.up.places import ROOT
from channels.up.ports import free_port

pytestmark = [pytest.mark.e2e, pytest.mark.anyio]

RAPPORT = ROOT / ".venv" / "bin" / "rapport"
TRIES = 1200
"""Of a quarter of a second each: a first start on a busy machine also trains the bot."""


@contextmanager
def started(folder: Path, port: int) -> Iterator[psutil.Process]:
    output = folder.with_suffix(".log")
    environment = {**os.environ, "RAPPORT_DATA": str(folder), "RAPPORT_DEMO": "false"}
    environment.pop("DATABASE_URL", None)
    with output.open("w") as log:
        up = subprocess.Popen(
            [RAPPORT, "up", "--port", str(port)],
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    try:
        for _ in range(TRIES):
            if "Rapport is running" in output.read_text():
                break
            assert up.poll() is None, output.read_text()
            time.sleep(0.25)
        yield psutil.Process(up.pid)
    finally:
        with suppress(ProcessLookupError):
            up.kill()
        up.wait()


def all_of(up: psutil.Process, folder: Path) -> list[psutil.Process]:
    """Everything that runs because of it, the database's server too."""
    postmaster = int((folder / "postgres" / "postmaster.pid").read_text().split()[0])
    database = psutil.Process(postmaster)
    return [*up.children(recursive=True), database, *database.children(recursive=True)]


def listening(processes: list[psutil.Process]) -> set[tuple[str, int]]:
    return {
        (connection.laddr.ip, connection.laddr.port)
        for process in processes
        for connection in process.net_connections(kind="inet")
        if connection.status == psutil.CONN_LISTEN
    }


def alive(processes: list[psutil.Process]) -> list[psutil.Process]:
    return [
        process
        for process in processes
        if process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    ]


def all_end(processes: list[psutil.Process]) -> bool:
    for _ in range(TRIES):
        with suppress(psutil.NoSuchProcess):
            if not alive(processes):
                return True
        time.sleep(0.05)
    return False


async def test_opens_the_channels_only_and_leaves_nothing_behind(tmp_path: Path) -> None:
    folder, port = tmp_path / "data", free_port()

    with started(folder, port) as up:
        processes = all_of(up, folder)

        up.kill()

        assert all_end(processes)

    # A start after that knows of no user of the database but itself, and so stops it.
    with started(folder, port) as up:
        processes = all_of(up, folder)
        opened = listening(processes)

        assert await answers("127.0.0.1", port, "/readyz")
        # Bot, actions and channels; the database listens on no port.
        assert len(opened) == 3
        assert {address for address, _ in opened} == {"127.0.0.1"}

        up.send_signal(signal.SIGTERM)

        assert up.wait(timeout=60) == 0
        assert all_end(processes)
