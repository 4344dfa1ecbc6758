"""Whoever waits for a person in a chat is told of other ways after a while."""

from datetime import datetime, timedelta

from babel.dates import format_datetime

from channels.hub import Hub
from channels.looking import look_for_ever
from channels.web_chat import wording
from crm_store.agents.presence import anybody_at_desk
from crm_store.base import Json, Language, utc_now
from crm_store.db import SessionFactory
from crm_store.handoffs.repository import HandoffRepository
from crm_store.handoffs.waiting_on import ask_whether_to_wait
from crm_store.strategy.opening import is_open, local, next_open
from crm_store.strategy.policies import Shop
from crm_store.strategy.repository import PolicyRepository

LOOK_SECONDS = 2.0


class Meanwhile:
    """Finds who has waited for a while, and asks them once whether they would rather not."""

    def __init__(self, *, sessions: SessionFactory, hub: Hub) -> None:
        self._sessions = sessions
        self._hub = hub

    async def run(self) -> None:
        """Look again and again, for ever."""
        await look_for_ever(self.look, of="waiting customers", every=LOOK_SECONDS)

    async def look(self) -> None:
        """Ask everybody who has waited for as long as the policy says."""
        at = utc_now()
        async with self._sessions() as session:
            policies = await PolicyRepository(session).current()
            before = at - timedelta(seconds=policies.routing.ask_after_seconds)
            waiting = await HandoffRepository(session).to_be_asked(before=before)
            here = await anybody_at_desk(session, at=at)
        for conversation in waiting:
            language = conversation.language
            text = _question(policies.shop, language, at, here=here)
            async with self._sessions.begin() as session:
                asked = await ask_whether_to_wait(
                    session, conversation.id, text, _choices(language), at=at
                )
            if asked:
                self._hub.tell(conversation.id)


def _question(shop: Shop, language: Language, at: datetime, *, here: bool) -> str:
    if here:
        return wording.ALL_BUSY[language]
    if is_open(shop, at):
        return wording.NOBODY_AT_DESK[language]
    opens = local(shop, next_open(shop, at))
    said = format_datetime(opens, wording.MOMENT[language], locale=language)
    return wording.NOBODY_HERE[language].format(opens=said)


def _choices(language: Language) -> list[Json]:
    return [
        {"title": title[language], "intent": intent, "entities": entities}
        for title, intent, entities in wording.INSTEAD_OF_WAITING
    ]
