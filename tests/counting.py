"""How often the store is asked for one request."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Engine, event

REQUEST, COMMIT = "run_asgi", "_AsyncSessionContextManager"
"""What uvicorn answers a request in, and what SQLAlchemy ends a transaction in.

What the application looks for by itself is no part of it.
"""


@contextmanager
def asked_by_requests() -> Iterator[list[str]]:
    """Collect the statements of all requests that are answered meanwhile.

    Whatever else writes must keep still, or its last statements are counted as well.
    """
    asked: list[str] = []

    def count(_: Any, __: Any, statement: str, *___: Any) -> None:
        task = asyncio.current_task()
        runs = "" if task is None else repr(task.get_coro())
        if REQUEST in runs or COMMIT in runs:
            asked.append(statement)

    event.listen(Engine, "before_cursor_execute", count)
    try:
        yield asked
    finally:
        event.remove(Engine, "before_cursor_execute", count)
