import asyncio
import sys
from pathlib import Path

import pytest

from channels.up.guard import Guard
from channels.up.ports import LOOPBACK, free_port, listen
from channels.up.program import Program, running

pytestmark = [pytest.mark.unit, pytest.mark.anyio]

ANSWERS_ONE = """
import socket, sys
connection, _ = socket.socket(fileno=int(sys.argv[1])).accept()
connection.sendall(b"here")
"""


async def never() -> bool:
    return False


async def test_whoever_came_before_the_program_is_answered_by_it(tmp_path: Path) -> None:
    guard, port = Guard(), free_port()
    with listen(LOOPBACK, port) as listening:
        number = listening.fileno()
        program = Program(
            name="front",
            command=(sys.executable, "-c", ANSWERS_ONE, str(number)),
            folder=tmp_path,
            answers=never,
            sockets=(number,),
        )
        reader, writer = await asyncio.open_connection(LOOPBACK, port)
        async with running(program, tell=lambda *_: None, guard=guard):
            told = await reader.read()
        writer.close()
        await writer.wait_closed()
    guard.close()

    assert told == b"here"
