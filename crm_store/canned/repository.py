"""Every query on canned replies."""

import re
from collections.abc import Sequence
from typing import Final

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from crm_store.base import utc_now
from crm_store.canned.models import CannedReply
from crm_store.canned.places import require_known
from crm_store.errors import CannedNameUnfit, UnknownCannedReply

LONGEST_NAME: Final = 40
_NAME: Final = re.compile(rf"[^\W_][\w-]{{0,{LONGEST_NAME - 1}}}")


class CannedReplyRepository:
    """Reads and changes canned replies in the session it is given."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def all(self) -> Sequence[CannedReply]:
        """Return all of them, by name."""
        return (await self._session.scalars(select(CannedReply).order_by(CannedReply.name))).all()

    async def keep(self, name: str, *, de: str, en: str) -> CannedReply:
        """Write a reply down under its name, in place of the one that had it.

        It raises CannedNameUnfit for a name that cannot be typed behind a slash, and UnknownPlace
        for words with a place that nobody could fill.
        """
        tidy = tidy_name(name)
        for words in (de, en):
            require_known(words)
        reply = await self.find(tidy)
        if reply is None:
            reply = CannedReply(name=tidy, de=de, en=en)
            self._session.add(reply)
        reply.de, reply.en, reply.changed_at = de, en, utc_now()
        return reply

    async def remove(self, name: str) -> None:
        """Forget the reply of this name, or raise UnknownCannedReply."""
        gone = await self._session.execute(
            delete(CannedReply).where(CannedReply.name == tidy_name(name)).returning(CannedReply.id)
        )
        if gone.first() is None:
            raise UnknownCannedReply(name)

    async def find(self, name: str) -> CannedReply | None:
        """Return the reply of a tidy name."""
        found: CannedReply | None = await self._session.scalar(
            select(CannedReply).where(CannedReply.name == name)
        )
        return found


def tidy_name(name: str) -> str:
    """Return a name as it is kept: without its slash and without capitals."""
    tidy = name.strip().removeprefix("/").casefold()
    if not _NAME.fullmatch(tidy):
        raise CannedNameUnfit(name)
    return tidy
