"""Who may use which door of the desk; what they look at and do is written down before."""

from uuid import UUID

from fastapi import Depends, Request
from fastapi.params import Depends as DependsParameter

from channels.dependencies import TheCommon
from channels.desk.common import Common
from channels.desk.entry import SAFE, TheAgent
from crm_store.agents.roles import Right
from crm_store.agents.service import LoggedIn
from crm_store.audit.repository import Deed

WATCH = "watch /desk/socket"


class Door:
    """Lets in whoever's role may, and puts on record what they ask for.

    A request that concerns nobody and changes nothing is not.
    """

    def __init__(self, right: Right) -> None:
        self.right = right

    async def __call__(self, request: Request, who: TheAgent, common: TheCommon) -> None:
        """Return for whoever may come in, and raise RoleForbids for all others."""
        given = dict(request.path_params)
        conversation = given.pop("conversation_id", None)
        barred = {} if who.agent.may(self.right) else {"barred": who.agent.role.value}
        if conversation or given or barred or request.method not in SAFE:
            deed = f"{request.method} {request.scope['route'].path}"
            await common.deeds.ask(
                Deed(deed, who.agent.id, conversation=_id(conversation), facts=given | barred)
            )
        who.agent.require(self.right)


async def audit_watching(conversation: UUID, who: LoggedIn, common: Common) -> None:
    """Put on record that an agent follows a conversation live."""
    await common.deeds.ask(Deed(WATCH, who.agent.id, conversation=conversation))


def _id(given: str | None) -> UUID | None:
    try:
        return None if given is None else UUID(given)
    except ValueError:
        # The route refuses it in a moment.
        return None


def demands(right: Right) -> DependsParameter:
    """Return what a router of the desk depends on whose routes need a right."""
    door: DependsParameter = Depends(Door(right))
    return door


Audited = demands(Right.serve)
"""For what everybody does who serves customers."""
