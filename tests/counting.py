"""How often the store is asked for one request."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Engine, event

REQUEST = "run_asgi"
"""What uvicorn answers a request in; what the application looks for by itself is no part of it."""


@contextmanager
def asked_by_requests() -> Iterator[list[str]]:
    """Collect the statements of all requests that are answered meanwhile."""
    asked: list[str] = []

    def count(_: Any, __: Any, statement: str, *___: Any) -> None:
        task = asyncio.current_task()
        if task is not None and REQUEST in repr(task.get_coro()):
            asked.append(statement)

    event.listen(Engine, "before_cursor_execute", count)
    try:
        yield asked
    finally:
        event.remove(Engine, "before_cursor_execute", count)
