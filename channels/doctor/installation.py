"""What lies and runs on this machine."""

import asyncio
import shutil
import sys
from asyncio.subprocess import DEVNULL, PIPE
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path

from channels.doctor.findings import Finding, fine, judged, mend, unknown
from channels.doctor.settings import DoctorSettings
from channels.mail import MailServer
from channels.up.asking import answers
from channels.up.places import RASA_PYTHON, ROOT
from channels.up.ports import LOOPBACK, Ports, is_free
from channels.up.training import model_path

RASA = "3.6.21"
SHORTEST_SECRET = 32
LEAST_DISK = 2 * 1024**3
"""In bytes: for the models of two trainings, and a database that grows."""
PATIENCE_SECONDS = 20.0
_ASK_VERSION = "from importlib.metadata import version; print(version('rasa'))"


async def installation(settings: DoctorSettings) -> AsyncIterator[Finding]:
    """Look at everything that needs neither the store nor the phone company."""
    yield fine("Python", f"{sys.version_info.major}.{sys.version_info.minor}")
    yield await _rasa()
    yield judged(model_path().exists(), "the bot's model", if_not="Run `rapport train`.")
    dist = ROOT / "channels" / "frontend" / "dist"
    built = dist.is_dir() and any(dist.iterdir())
    yield judged(built, "the pages", if_not="Run `make setup`.")
    yield _disk(settings.folder)
    for finding in _secrets(settings):
        yield finding
    for finding in await _ports():
        yield finding
    if settings.rapport_smtp_url is not None:
        yield await _mail(settings.rapport_smtp_url.get_secret_value())


async def _rasa() -> Finding:
    what, remedy = "Rasa's interpreter", "Run `make setup`: it makes `.venv-bot`."
    if not RASA_PYTHON.exists():
        return mend(what, remedy)
    asked = await asyncio.create_subprocess_exec(
        str(RASA_PYTHON), "-c", _ASK_VERSION, stdin=DEVNULL, stdout=PIPE, stderr=DEVNULL
    )
    async with asyncio.timeout(PATIENCE_SECONDS):
        told, _ = await asked.communicate()
    found = told.decode().strip()
    return judged(found == RASA, what, if_so=f"Rasa {found}", if_not=remedy)


def _disk(folder: Path) -> Finding:
    there = next(path for path in (folder, *folder.parents) if path.exists())
    free = shutil.disk_usage(there).free
    told = f"{free / 1024**3:.1f} GB are free"
    return judged(free >= LEAST_DISK, "disk", if_so=told, if_not=f"Make room: only {told}.")


def _secrets(settings: DoctorSettings) -> list[Finding]:
    findings = []
    given = settings.rapport_secret
    if given is not None:
        long_enough = len(given.get_secret_value()) >= SHORTEST_SECRET
        remedy = f"Give RAPPORT_SECRET {SHORTEST_SECRET} characters or more, drawn at random."
        findings.append(judged(long_enough, "the secret", if_not=remedy))
    if not settings.rapport_demo:
        remedy = "Set RAPPORT_SHOP_KEYS, or nobody is known by the shop's own login."
        findings.append(judged(settings.rapport_shop_keys is not None, "keys", if_not=remedy))
    for file in (settings.folder / "secret", ROOT / ".env"):
        if file.exists():
            private = file.stat().st_mode & 0o077 == 0
            remedy = f"Run `chmod 600 {file.name}`: others on this machine can read it."
            findings.append(judged(private, f"the file {file.name}", if_not=remedy))
    return findings


async def _ports() -> list[Finding]:
    usual = Ports()
    asked = (
        ("channels", usual.channels, "/readyz"),
        ("bot", usual.bot, "/"),
        ("actions", usual.actions, "/health"),
    )
    return [await _port(name, port, path) for name, port, path in asked]


async def _port(name: str, port: int, path: str) -> Finding:
    what = f"port {port}, {name}"
    if is_free(port):
        return unknown(what, "Nothing runs there; `rapport up` would take it.")
    if await answers(LOOPBACK, port, path):
        return fine(what, "answers")
    return mend(what, "Whatever listens there does not answer; `rapport up` takes another port.")


async def _mail(url: str) -> Finding:
    what = "the mail server"
    try:
        server = MailServer.of(url)
    except ValueError as error:
        return mend(what, f"RAPPORT_SMTP_URL: {error}.")
    with suppress(OSError, TimeoutError):
        async with asyncio.timeout(PATIENCE_SECONDS):
            _, writer = await asyncio.open_connection(server.host, server.port)
        writer.close()
        return fine(what, "can be reached")
    return mend(what, "It does not take connections; look at RAPPORT_SMTP_URL and the firewall.")
