"""What the assistant itself remembers of conversations, in its own schema of the same database."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import bindparam, text
from sqlalchemy.ext.asyncio import AsyncSession

from crm_store.base import Json

_EXISTS = text("SELECT to_regclass('rasa.events') IS NOT NULL")
_TOLD = text(
    """
    SELECT sender_id AS conversation, timestamp, type_name AS kind,
        data::jsonb ->> 'text' AS text, data::jsonb ->> 'name' AS name,
        data::jsonb -> 'value' AS value
    FROM rasa.events
    WHERE sender_id IN :conversations AND type_name IN ('user', 'bot', 'slot')
    ORDER BY id
    """
).bindparams(bindparam("conversations", expanding=True))
_FORGET = text("DELETE FROM rasa.events WHERE sender_id IN :conversations").bindparams(
    bindparam("conversations", expanding=True)
)


async def told(session: AsyncSession, conversations: Sequence[UUID]) -> list[Json]:
    """Return what was heard, said and noted in conversations."""
    if not await _is_there(session):
        return []
    rows = await session.execute(_TOLD, _named(conversations))
    return [dict(row) for row in rows.mappings()]


async def forget(session: AsyncSession, conversations: Sequence[UUID]) -> None:
    """Remove all that the assistant remembers of conversations."""
    if await _is_there(session):
        await session.execute(_FORGET, _named(conversations))


async def _is_there(session: AsyncSession) -> bool:
    # The assistant makes its table when it first starts.
    return bool(await session.scalar(_EXISTS))


def _named(conversations: Sequence[UUID]) -> dict[str, list[str]]:
    return {"conversations": [str(conversation) for conversation in conversations]}
