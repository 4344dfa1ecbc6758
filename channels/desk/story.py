"""The whole story of a conversation, read at one moment."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from crm_store.agents.card_repository import CardRepository, Earlier
from crm_store.agents.models import Agent
from crm_store.agents.story_repository import ActionRun, StoryRepository, Suggested
from crm_store.base import utc_now
from crm_store.briefs.known import Deed, Known
from crm_store.conversations.models import Conversation, Message
from crm_store.conversations.repository import ConversationRepository
from crm_store.customers.models import Interest
from crm_store.db import SessionFactory
from crm_store.forms.models import Form, form_in
from crm_store.forms.outcome import SETTLING
from crm_store.handoffs.models import Handoff
from crm_store.handoffs.repository import HandoffRepository
from crm_store.insight.repository import EventRepository
from crm_store.legs.models import Leg
from crm_store.legs.repository import LegRepository
from crm_store.recordings.models import CallRecording, RecordingState
from crm_store.recordings.repository import RecordingRepository
from crm_store.returns.models import Return
from crm_store.strategy.repository import PolicyRepository


@dataclass(frozen=True, slots=True)
class Story:
    """Everything that an agent needs to know before their first word."""

    known: Known
    """What the brief is written from."""
    countries: Sequence[str]
    """Where the shop delivers, for the forms."""
    handoffs: Sequence[Handoff]
    messages: Sequence[Message]
    runs: Sequence[ActionRun]
    interests: Sequence[Interest]
    returns: Sequence[Return]
    suggested: Sequence[Suggested]
    """Here and before."""
    earlier: Sequence[Earlier]
    legs: Sequence[Leg]
    """The telephones that ring or talk for it."""
    recordings: Mapping[UUID, Sequence[CallRecording]]
    """Of this contact and of earlier ones."""
    names: dict[UUID | None, str]
    """Of the agents in it, by their ids."""

    @property
    def conversation(self) -> Conversation:
        """Which one it is."""
        return self.known.conversation

    @property
    def recording(self) -> CallRecording | None:
        """What became of the wish to record this contact."""
        return next(iter(self.recordings.get(self.conversation.id, ())), None)

    @property
    def recorded(self) -> Collection[UUID]:
        """Of which contacts something can be heard."""
        return {
            contact
            for contact, theirs in self.recordings.items()
            if any(one.state is RecordingState.kept for one in theirs)
        }


async def whole_story(sessions: SessionFactory, conversation_id: UUID, agent: Agent) -> Story:
    """Return the story as it stands, and put on record that this agent has read it."""
    async with sessions.begin() as session:
        # By itself: within the snapshot it would clash with whatever happens in it meanwhile.
        conversation = await ConversationRepository(session).get(conversation_id)
        EventRepository(session).record("record_read", conversation, {"agent": str(agent.id)})
    async with sessions() as session:
        # One snapshot: the page goes on from the last number in it, without a gap.
        await session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
        conversation = await ConversationRepository(session).get(conversation_id)
        return await _read(session, conversation, agent)


async def _read(session: AsyncSession, conversation: Conversation, agent: Agent) -> Story:
    story, card = StoryRepository(session, agent), CardRepository(session, agent)
    customer_id = conversation.customer_id
    messages = await story.messages(conversation.id)
    handoffs = await HandoffRepository(session).of(conversation.id)
    suggested = await story.suggested(conversation)
    earlier = await card.earlier(conversation)
    contacts = [conversation.id, *(before.conversation.id for before in earlier)]
    return Story(
        known=await _known(session, conversation, agent, messages, handoffs, suggested),
        countries=(await PolicyRepository(session).current()).delivery.countries,
        handoffs=handoffs,
        messages=messages,
        runs=await story.runs(conversation.id),
        interests=await card.interests(conversation.id, customer_id),
        returns=[] if customer_id is None else await card.returns(customer_id),
        suggested=suggested,
        earlier=earlier,
        legs=await LegRepository(session).live(conversation.id),
        recordings=await RecordingRepository(session).of_each(contacts),
        names=await _names(session, conversation, messages, handoffs),
    )


async def _known(
    session: AsyncSession,
    conversation: Conversation,
    agent: Agent,
    messages: Sequence[Message],
    handoffs: Sequence[Handoff],
    suggested: Sequence[Suggested],
) -> Known:
    story, card = StoryRepository(session, agent), CardRepository(session, agent)
    customer_id = conversation.customer_id
    handoff = handoffs[-1] if handoffs else None
    deeds = await story.done(conversation.id)
    here = [one for one in suggested if one.suggestion.conversation_id == conversation.id]
    return Known(
        at=utc_now(),
        conversation=conversation,
        customer=None if customer_id is None else await card.customer(customer_id),
        handoff=handoff,
        form=_open_form(conversation, handoff, deeds),
        heard=await story.heard(conversation.id, messages),
        deeds=deeds,
        orders=[] if customer_id is None else await card.orders(customer_id),
        cases=await card.cases(conversation.id, customer_id),
        suggested=len(here),
    )


def _open_form(
    conversation: Conversation, handoff: Handoff | None, deeds: Sequence[Deed]
) -> Form | None:
    """Return what was begun with the assistant, unless an agent has finished or dropped it."""
    form = form_in(conversation.slots)
    since = conversation.created_at if handoff is None else handoff.created_at
    settled = {deed.ref for deed in deeds if deed.kind in SETTLING and deed.at >= since}
    return None if form is None or form.title in settled else form


async def _names(
    session: AsyncSession,
    conversation: Conversation,
    messages: Sequence[Message],
    handoffs: Sequence[Handoff],
) -> dict[UUID | None, str]:
    agents = {conversation.agent_id}
    agents |= {message.agent_id for message in messages}
    agents |= {handoff.agent_id for handoff in handoffs}
    agents |= {handoff.wanted_agent_id for handoff in handoffs}
    named = [agent_id for agent_id in agents if agent_id is not None]
    return await ConversationRepository(session).agent_names(named)
