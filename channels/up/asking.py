"""Is somebody there? Asked over HTTP, with no library to load."""

import asyncio
from contextlib import suppress

PATIENCE = 2.0


async def answers(host: str, port: int, path: str = "/") -> bool:
    """Tell whether a web server answers here, with anything but a failure of its own."""
    try:
        async with asyncio.timeout(PATIENCE):
            return await _status(host, port, path) < 500
    except (OSError, TimeoutError, ValueError, EOFError):
        return False


async def _status(host: str, port: int, path: str) -> int:
    reader, writer = await asyncio.open_connection(host, port)
    try:
        writer.write(f"GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode())
        await writer.drain()
        _, status, _ = (await reader.readuntil(b"\n")).split(b" ", 2)
        return int(status)
    finally:
        writer.close()
        with suppress(OSError):
            await writer.wait_closed()
