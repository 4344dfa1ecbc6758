"""How a call begins in which we speak first, as the line is held."""

from typing import Annotated

from fastapi import Depends
from sqlalchemy.ext.asyncio import AsyncSession

from channels.phone.connecting import Connecting
from channels.phone.gathering import BEGUN, TheGathering
from channels.phone.parts import TheParts
from channels.settings import PhoneMode
from crm_store.conversations.models import Conversation


class Beginning:
    """Greets callers, over a relay or without one."""

    def __init__(self, parts: TheParts, gathering: TheGathering) -> None:
        self._mode = parts.settings.rapport_phone_mode
        self._gathering = gathering
        self._connecting = Connecting(parts.settings, parts.hints)

    async def greet(
        self, session: AsyncSession, conversation: Conversation, *, greeting: str, position: int
    ) -> str:
        """Greet a caller, whose conversation is locked, and go on after a position."""
        match self._mode:
            case PhoneMode.relay:
                return await self._connecting.connect(
                    session, conversation, greeting=greeting, position=position, asked=BEGUN
                )
            case PhoneMode.gather:
                return await self._gathering.begin(
                    session, conversation, greeting=greeting, position=position
                )


TheBeginning = Annotated[Beginning, Depends()]
