"""What is typed at a terminal."""

import asyncio
import sys
from collections.abc import AsyncIterator


async def typed() -> AsyncIterator[str]:
    """Yield what is typed, line by line, until the input ends."""
    reader = asyncio.StreamReader()
    loop = asyncio.get_running_loop()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    while line := await reader.readline():
        yield line.decode(errors="replace").strip()
