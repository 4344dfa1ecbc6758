"""Every query on the shop's policies."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from crm_store.base import Json
from crm_store.strategy.models import Policy
from crm_store.strategy.policies import Policies, policies

READ = "policies"
"""Under which a session keeps them once they are read."""


class PolicyRepository:
    """Reads the policies as they are now, and changes them section by section."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def current(self) -> Policies:
        """Return all policies; what the shop has not changed is as the seed has it.

        They stay as they are for as long as the session lasts, and are read once in it.
        """
        known: Policies | None = self._session.info.get(READ)
        if known is None:
            known = self._session.info[READ] = policies(await self._kept())
        return known

    async def change(self, section: str, rules: Json, *, at: datetime) -> Policies:
        """Replace a section, or raise pydantic's ValidationError and change nothing."""
        changed = policies({**await self._kept(), section: rules})
        await self._session.merge(Policy(section=section, rules=rules, changed_at=at))
        self._session.info[READ] = changed
        return changed

    async def _kept(self) -> dict[str, Json]:
        rows = await self._session.scalars(select(Policy))
        return {row.section: row.rules for row in rows}
