"""A call without a relay: each request brings what the caller did, each answer what comes next.

Nothing of it is kept but in the store, so that any process can give the next answer.
"""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Annotated

from fastapi import Depends
from sqlalchemy.ext.asyncio import AsyncSession

from channels.phone import twiml
from channels.phone.news import news_of
from channels.phone.parts import TheParts
from channels.phone.places import Place, place_of
from channels.phone.rendering import Rendering
from channels.phone.standing import standing_of
from channels.phone.steps import Standing, Step, Then, next_step, taken_over
from channels.phone.taking import Taken, Taking
from channels.phone.webhooks import Gathered
from channels.phone.wording import say
from crm_store.calls.models import CallRelay, CallTurn
from crm_store.calls.repository import CallRepository
from crm_store.calls.service import hang_up
from crm_store.conversations.models import Conversation
from crm_store.conversations.rating import ask_rating
from crm_store.conversations.repository import ConversationRepository
from crm_store.conversations.secrets import asks_for_secret
from crm_store.conversations.turns import TurnRepository

BEGUN = "voice"
"""The question of a call that is answered by how it begins."""


class Gathering:
    """Holds calls by plain requests; the same request always gets the same answer."""

    def __init__(self, parts: TheParts) -> None:
        self._turns = parts.turns
        self._sessions = parts.sessions
        self._hub = parts.hub
        self._patience = parts.patience
        self._recordings = parts.recordings
        self._hints = parts.hints
        self._taking = Taking(parts)
        self._rendering = Rendering(parts.settings, parts.patience)

    async def begin(
        self, session: AsyncSession, conversation: Conversation, *, greeting: str, position: int
    ) -> str:
        """Greet a caller, whose conversation is locked, so that nobody can skip the greeting."""
        more = conversation.last_seq > position or await TurnRepository(session).keeps_waiting(
            conversation.id
        )
        step = Step(Then.wait if more else Then.listen, first=(greeting,))
        place = Place(conversation.sid, conversation.id, position=position)
        return self._keep(session, conversation, step, place, asked=BEGUN)

    async def take_over(
        self, session: AsyncSession, conversation: Conversation, relay: CallRelay, *, asked: str
    ) -> str:
        """Go on where the relay has left a caller, whose conversation is locked.

        Whoever has heard nothing yet is greeted; whoever was asked something is asked again.
        """
        heard = relay.used_at is not None
        place = await self._place(session, conversation, relay.position if heard else 0)
        standing, place = await self._stand(session, conversation, place)
        step = taken_over(standing, greeted=heard)
        return self._keep(session, conversation, step, place, asked=asked)

    async def resume(
        self, session: AsyncSession, conversation: Conversation, *, position: int, asked: str
    ) -> str:
        """Go on with a caller who has spoken with a person; the conversation is locked."""
        place = await self._place(session, conversation, position)
        standing, place = await self._stand(session, conversation, place)
        step = next_step(standing)
        if not step.tells:
            step = replace(step, words=(say("back_from_person", conversation.language),))
        return self._keep(session, conversation, step, place, asked=asked)

    async def go_on(self, heard: Gathered, number: int, *, silent: bool) -> str:
        """Take what the caller did, and return what they hear then.

        Whoever is neither silent nor heard has said something that was lost on its way to us.
        """
        async with self._sessions() as session:
            calls = CallRepository(session)
            before = await calls.turn(heard.call_sid, number)
            last = await calls.turn(heard.call_sid, number - 1)
        if before is not None:
            return before.answer
        if last is None:
            return twiml.hang_up()
        taken = await self._taking.take(heard, last.conversation_id, number)
        taken = replace(taken, lost=not (silent or heard.anything))
        place, seq = await self._goes_on(place_of(last), taken)
        await self._turns.settled(place.conversation, seq, at_most=self._wait_for(heard))
        return await self._answer(place, taken)

    def _wait_for(self, heard: Gathered) -> float:
        """Return how long an answer may take until the caller hears a word again."""
        silent = 0 if heard.anything else self._patience.wait
        return max(self._patience.answer - silent, 0)

    async def _goes_on(self, place: Place, taken: Taken) -> tuple[Place, int]:
        """Return where a call goes on, and up to which message it waits for an answer there.

        That is another conversation if a code from the chat led there, now or at a delivery of the
        same request that broke off.
        """
        async with self._sessions() as session:
            conversations = ConversationRepository(session)
            held = await conversations.held_by(place.call)
            if held is None or held.id == place.conversation:
                return place, taken.seq
            step = await conversations.last_move(held.id)
        before = 0 if step is None else step.seq - 1
        return replace(place, conversation=held.id, position=before), held.last_seq

    async def _answer(self, place: Place, taken: Taken) -> str:
        async with self._sessions.begin() as session:
            conversation = await ConversationRepository(session).lock(place.conversation)
            # Two deliveries may come at once; the lock lets the second see the first.
            before = await CallRepository(session).turn(place.call, place.number + 1)
            if before is not None:
                return before.answer
            if conversation.call not in {place.call, None}:
                return twiml.goodbye(conversation.language, say("elsewhere", conversation.language))
            standing, place = await self._stand(session, conversation, place)
            again = _again(taken, standing)
            step = next_step(replace(standing, news=(*again, *standing.news)))
            answer = self._keep(session, conversation, step, place)
            if step.then is Then.hang_up:
                await hang_up(session, conversation.id)
            if step.then is Then.rate:
                await ask_rating(session, conversation.id, at=self._patience.clock.utc_now())
        if step.then is Then.hang_up:
            self._hub.moved(conversation.id)
        if asks_for_secret(conversation.slots):
            self._recordings.look()
        return answer

    async def _place(
        self, session: AsyncSession, conversation: Conversation, position: int
    ) -> Place:
        """Return where the answers of a call go on after it was held otherwise."""
        last = await CallRepository(session).last_turn(conversation.sid)
        number = 0 if last is None else last.number
        return Place(conversation.sid, conversation.id, number, position)

    async def _stand(
        self, session: AsyncSession, conversation: Conversation, place: Place
    ) -> tuple[Standing, Place]:
        """Return where a call stands, and how far it has come once that is told."""
        news = await news_of(session, conversation.id, after=place.position)
        impatient = self._impatient(place.told_at)
        standing = await standing_of(
            session,
            news,
            quiet=place.quiet,
            impatient=impatient,
            at=self._patience.clock.utc_now(),
        )
        if news.messages:
            place = replace(place, position=news.messages[-1].seq)
        hints = await self._hints.of(session, conversation)
        return standing, replace(place, room=news.room, one_key=standing.one_key, hints=hints)

    def _impatient(self, told_at: datetime | None) -> bool:
        wait = timedelta(seconds=self._patience.person)
        return told_at is not None and self._patience.clock.utc_now() - told_at >= wait

    def _keep(
        self,
        session: AsyncSession,
        conversation: Conversation,
        step: Step,
        place: Place,
        *,
        asked: str | None = None,
    ) -> str:
        now = self._patience.clock.utc_now()
        number = place.number + 1
        answer = self._rendering.rendered(step, conversation.language, place=place)
        CallRepository(session).keep(
            CallTurn(
                conversation_id=conversation.id,
                call=place.call,
                step=asked,
                number=number,
                position=place.position,
                told_at=now if step.tells else place.told_at or now,
                quiet=step.quiet,
                answer=answer,
            )
        )
        return answer


TheGathering = Annotated[Gathering, Depends()]


def _again(taken: Taken, at: Standing) -> tuple[str, ...]:
    """Return what a caller is told whose words or keys led to nothing."""
    if taken.refused is not None:
        return (taken.refused.said(at.language),)
    if taken.lost and not (at.owed or at.news):
        # Else it has reached us after all, by a request that nobody waits for any more.
        return (say("lost_words", at.language),)
    return (say("keys_cleared", at.language),) if taken.back else ()
