"""The desk's route for searching all conversations."""

from fastapi import APIRouter

from channels.dependencies import TheSessions
from channels.desk import bodies
from channels.desk.auditing import Audited
from channels.desk.edge import DeskRoute
from channels.desk.entry import TheAgent
from crm_store.audit.repository import AuditRepository
from crm_store.base import Json
from crm_store.search.models import Found, Wish
from crm_store.search.repository import SearchRepository

router = APIRouter(
    prefix="/desk/api",
    route_class=DeskRoute,
    dependencies=[Audited],
    max_body_size=bodies.LONGEST_BODY,
)


# By POST, for what is searched for has no place in an address.
@router.post("/search")
async def search(body: bodies.Search, who: TheAgent, sessions: TheSessions) -> list[Json]:
    """Find conversations, and put on record whose words were shown for it."""
    async with sessions.begin() as session:
        found = await SearchRepository(session).find(Wish(**body.model_dump()))
        if found:
            shown = {"conversations": [str(one.conversation) for one in found]}
            await AuditRepository(session).record("search found", who.agent.id, facts=shown)
    return [_show(one) for one in found]


def _show(found: Found) -> Json:
    return {
        "conversation": str(found.conversation),
        "channel": found.channel,
        "language": found.language,
        "handler": found.handler,
        "name": found.name,
        "agent": found.agent,
        "code": found.code,
        "seq": found.seq,
        "author": found.author,
        "at": found.at.isoformat(),
        "excerpt": found.excerpt,
        "times": found.times,
    }
