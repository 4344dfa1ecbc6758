"""The desk's routes: each lets an agent in, has the store take one step, and tells who watches."""

from uuid import UUID

from fastapi import APIRouter, Depends, Request, Response

from channels.dependencies import TheCommon, TheHub, TheSessions, TheSettings
from channels.desk import bodies
from channels.desk.auditing import Audited
from channels.desk.board.routes import router as board
from channels.desk.callbacks import router as callbacks
from channels.desk.canned import router as canned
from channels.desk.card import router as card
from channels.desk.cases import router as cases
from channels.desk.contacts import router as contacts
from channels.desk.edge import DeskRoute, PasswordsOff
from channels.desk.ending import router as ending
from channels.desk.entry import (
    TheAgent,
    ThePasswords,
    TheSeal,
    keep_cookie,
    require_our_page,
    secret_of,
)
from channels.desk.forms import router as forms
from channels.desk.listening import router as listening
from channels.desk.offering import router as offering
from channels.desk.oidc.routes import OIDC_RULES
from channels.desk.oidc.routes import router as oidc
from channels.desk.own_account import router as own_account
from channels.desk.searching import router as searching
from channels.desk.showing import show
from channels.desk.socket import router as live
from channels.desk.speaking import router as speaking
from channels.desk.story import whole_story
from channels.desk.suggesting import router as suggesting
from channels.desk.taking_over import router as taking_over
from channels.desk.together import router as together
from channels.wording import the_language, wording
from crm_store.agents.answering import note, reply
from crm_store.agents.claiming import Claim
from crm_store.agents.service import Credentials, log_in, log_out
from crm_store.base import Json, utc_now

entrance = APIRouter(
    prefix="/desk/api",
    route_class=DeskRoute,
    dependencies=[Depends(require_our_page)],
    max_body_size=bodies.LONGEST_BODY,
)
desk = APIRouter(
    prefix="/desk/api",
    route_class=DeskRoute,
    # Every route of this router demands whoever serves customers and is audited, also one that is
    # added later.
    dependencies=[Audited],
    max_body_size=bodies.LONGEST_BODY,
)
router = APIRouter(tags=["desk"])


@entrance.get("/entrance")
async def ways_in(request: Request, settings: TheSettings, refused: str = "") -> Json:
    """Say by which ways agents come in, and why somebody did not."""
    oidc = settings.rapport_oidc
    sentences = wording("channels.desk")[the_language(request)]
    return {
        "passwords": not oidc.only,
        "provider": oidc.name if oidc.issuer else None,
        "refused": sentences[refused] if refused in OIDC_RULES else None,
    }


@entrance.post("/login", status_code=204)
async def enter(
    body: bodies.Login,
    request: Request,
    sessions: TheSessions,
    settings: TheSettings,
    passwords: ThePasswords,
    seal: TheSeal,
) -> Response:
    """Let an agent in, under a new session; the one from before ends."""
    if settings.rapport_oidc.only:
        raise PasswordsOff
    address = request.client.host if request.client else ""
    browser = request.headers.get("user-agent", "")
    shown = Credentials(body.login, body.password, address, browser, body.code)
    secret = await log_in(sessions, shown, passwords=passwords, at=utc_now(), seal=seal)
    former = secret_of(request, settings)
    if former is not None:
        async with sessions.begin() as session:
            await log_out(session, former)
    response = Response(status_code=204)
    keep_cookie(response, secret, settings)
    return response


@desk.get("/conversations/{conversation_id}")
async def story(conversation_id: UUID, who: TheAgent, sessions: TheSessions) -> Json:
    """Tell the whole story of a conversation."""
    return show(await whole_story(sessions, conversation_id, who.agent))


@desk.post("/conversations/{conversation_id}/claim")
async def claim_it(
    conversation_id: UUID, who: TheAgent, common: TheCommon, hub: TheHub
) -> dict[str, int]:
    """Give a waiting customer to this agent, if nobody was faster."""
    epoch = await common.claims.ask(Claim(conversation_id, who.agent))
    hub.moved(conversation_id)
    return {"epoch": epoch}


@desk.post("/conversations/{conversation_id}/reply")
async def say(
    conversation_id: UUID, body: bodies.Reply, who: TheAgent, sessions: TheSessions, hub: TheHub
) -> dict[str, int]:
    """Say something to the customer."""
    async with sessions.begin() as session:
        message = await reply(
            session,
            conversation_id,
            who.agent,
            epoch=body.epoch,
            client_id=str(body.id),
            text=body.text,
        )
    hub.tell(conversation_id)
    return {"seq": message.seq}


@desk.post("/conversations/{conversation_id}/note")
async def remark(
    conversation_id: UUID, body: bodies.Note, who: TheAgent, sessions: TheSessions, hub: TheHub
) -> dict[str, int]:
    """Write something down that only agents see."""
    async with sessions.begin() as session:
        message = await note(
            session, conversation_id, who.agent, client_id=str(body.id), text=body.text
        )
    hub.tell(conversation_id)
    return {"seq": message.seq}


for part in (
    entrance,
    oidc,
    own_account,
    desk,
    ending,
    offering,
    card,
    cases,
    contacts,
    forms,
    suggesting,
    together,
    searching,
    canned,
    callbacks,
    listening,
    speaking,
    board,
    taking_over,
    live,
):
    router.include_router(part)
