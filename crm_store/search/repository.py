"""Every query of the search."""

import re
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from crm_store.base import Language
from crm_store.conversations.models import Author, Channel, Handler
from crm_store.search.models import Found, Wish
from crm_store.search.queries import finding
from crm_store.search.words import parted


class SearchRepository:
    """Searches all conversations in the session it is given."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def find(self, wish: Wish) -> Sequence[Found]:
        """Return the conversations that fit, the newest words first."""
        given = {name: value for name, value in asdict(wish).items() if value is not None}
        before, begun = parted(wish.words)
        values = {**given, "literally": _literally(wish.words)}
        if begun:
            values |= {"before": before, "begun": begun}
        rows = await self._session.execute(finding(set(given), begun=bool(begun)), values)
        return [_found(row._asdict()) for row in rows]


def _found(row: dict[str, Any]) -> Found:
    states = {
        "channel": Channel(row["channel"]),
        "language": Language(row["language"]),
        "handler": Handler(row["handler"]),
        "author": Author(row["author"]),
    }
    return Found(**{**row, **states})


def _literally(words: str) -> str:
    """Return the words so that LIKE takes each sign for itself."""
    return re.sub(r"([\\%_])", r"\\\1", words)
