"""Bare Rasa: the bot of `rasa init`, its default pipeline, behind its REST channel."""

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx2

from channels.up.places import RASA_PYTHON
from channels.up.ports import LOOPBACK, free_port
from channels.up.programs import QUIET_RASA

TRAINING_SECONDS = 900
START_SECONDS = 300


@asynccontextmanager
async def bare_rasa(folder: Path) -> AsyncIterator[str]:
    """Train it in an empty folder and run it; yield its address."""
    await _rasa(folder, "init", "--no-prompt", "--init-dir", str(folder), within=TRAINING_SECONDS)
    port = free_port()
    running = await _start(folder, "run", "-i", LOOPBACK, "--port", str(port))
    try:
        url = f"http://{LOOPBACK}:{port}"
        await _until_ready(url)
        yield url
    finally:
        running.terminate()
        await running.wait()


async def _rasa(folder: Path, *command: str, within: float) -> None:
    running = await _start(folder, *command)
    async with asyncio.timeout(within):
        if await running.wait() != 0:
            raise RuntimeError(f"rasa {command[0]} failed")


async def _start(folder: Path, *command: str) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        str(RASA_PYTHON),
        *("-m", "rasa", *command),
        cwd=folder,
        env={**os.environ, **QUIET_RASA},
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
    )


async def _until_ready(url: str) -> None:
    async with httpx2.AsyncClient(base_url=url, timeout=30, trust_env=False) as client:
        for _ in range(START_SECONDS):
            try:
                answer = await client.post(
                    "/webhooks/rest/webhook", json={"sender": "first", "message": "hello"}
                )
                if answer.is_success and answer.json():
                    return
            except httpx2.HTTPError:
                pass
            await asyncio.sleep(1)
    raise RuntimeError("bare Rasa did not start")
