"""The desk's route for canned replies."""

from typing import Annotated

from fastapi import APIRouter, Query

from channels.dependencies import TheSessions
from channels.desk.auditing import Audited
from channels.desk.edge import DeskRoute
from crm_store.base import Json, Language
from crm_store.canned.places import Place, filled
from crm_store.canned.ranking import fitting
from crm_store.canned.repository import LONGEST_NAME, CannedReplyRepository
from crm_store.strategy.repository import PolicyRepository

router = APIRouter(prefix="/desk/api", route_class=DeskRoute, dependencies=[Audited])

Typed = Annotated[str, Query(max_length=LONGEST_NAME)]


@router.get("/canned")
async def canned(sessions: TheSessions, language: Language, typed: Typed = "") -> list[Json]:
    """Tell which canned replies fit what was typed; who it is about, the page fills in."""
    async with sessions() as session:
        replies = await CannedReplyRepository(session).all()
        shop = (await PolicyRepository(session).current()).shop.name
    return [
        {"name": reply.name, "text": filled(reply.said(language), {Place.shop: shop})}
        for reply in fitting(typed, replies, language)
    ]
