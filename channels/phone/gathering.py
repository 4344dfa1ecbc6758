"""A call without a relay: each request brings what the caller did, each answer what comes next.

Nothing of it is kept but in the store, so that any process can give the next answer.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from channels.hub import QUEUE, Hub
from channels.phone import twiml
from channels.phone.keys import Cleared, meant
from channels.phone.moment import Moment, moment_of, said
from channels.phone.news import news_of
from channels.phone.patience import Patience
from channels.phone.rooms import room_of
from channels.phone.signature import webhook_url
from channels.phone.standing import standing_of
from channels.phone.steps import Standing, Step, Then, next_step, taken_over
from channels.phone.webhooks import Gathered
from channels.phone.wording import say
from channels.settings import ChannelSettings
from channels.turn import Turns
from crm_store.base import Language
from crm_store.calls.models import CallRelay, CallTurn
from crm_store.calls.repository import CallRepository
from crm_store.calls.service import hang_up
from crm_store.conversations.models import Conversation
from crm_store.conversations.repository import ConversationRepository
from crm_store.conversations.turns import TurnRepository
from crm_store.db import SessionFactory
from crm_store.errors import SameIdOtherWords, WrongHandler

BEGUN = "voice"
"""The question of a call that is answered by how it begins."""


@dataclass(frozen=True, slots=True)
class Place:
    """How far a call had come with its last answer."""

    number: int = 0
    position: int = 0
    told_at: datetime | None = None
    quiet: int = 0
    room: str | None = None
    """Where an agent waits for the caller."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What has become of what a caller did."""

    seq: int
    """The number of the last message that is to be answered."""
    back: bool = False
    """Whether they took back the number that they were keying in."""


class Gathering:
    """Holds calls by plain requests; the same request always gets the same answer."""

    def __init__(
        self,
        settings: ChannelSettings,
        *,
        turns: Turns,
        sessions: SessionFactory,
        hub: Hub,
        patience: Patience,
    ) -> None:
        self._settings = settings
        self._turns = turns
        self._sessions = sessions
        self._hub = hub
        self._patience = patience

    async def begin(
        self, session: AsyncSession, conversation: Conversation, *, greeting: str, position: int
    ) -> str:
        """Greet a caller, whose conversation is locked, so that nobody can skip the greeting."""
        more = conversation.last_seq > position or await TurnRepository(session).owes(
            conversation.id
        )
        step = Step(Then.wait if more else Then.listen, first=(greeting,))
        return self._keep(session, conversation, step, Place(position=position), asked=BEGUN)

    async def take_over(
        self, session: AsyncSession, conversation: Conversation, relay: CallRelay, *, asked: str
    ) -> str:
        """Go on where the relay has left a caller, whose conversation is locked.

        Whoever has heard nothing yet is greeted; whoever was asked something is asked again.
        """
        heard = relay.used_at is not None
        excuse = say("back" if heard else "back_from_nothing", conversation.language)
        place = await self._place(session, conversation, relay.position if heard else 0)
        standing, place = await self._stand(session, conversation, place)
        return self._keep(session, conversation, taken_over(standing, excuse), place, asked=asked)

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

    async def go_on(self, heard: Gathered, number: int) -> str:
        """Take what the caller did, and return what they hear then."""
        async with self._sessions() as session:
            calls = CallRepository(session)
            before = await calls.turn(heard.call_sid, number)
            last = await calls.turn(heard.call_sid, number - 1)
            moment = None if last is None else await moment_of(session, last.conversation_id)
        if before is not None:
            return before.answer
        if last is None or moment is None:
            return twiml.hang_up()
        taken = await self._take(heard, moment, number)
        await self._turns.settled(moment.conversation.id, taken.seq, at_most=self._patience.answer)
        return await self._answer(last, taken)

    async def _take(self, heard: Gathered, moment: Moment, number: int) -> Taken:
        """Put on record, once, what the caller did."""
        meaning = meant(heard.digits, moment.expected)
        if isinstance(meaning, Cleared):
            return Taken(moment.conversation.last_seq, back=True)
        if meaning is not None:
            message = moment.keyed(meaning)
        else:
            message = said(moment.conversation.id, heard.speech_result)
        if message is None:
            return Taken(moment.conversation.last_seq)
        message = replace(message, client_id=f"{heard.call_sid}:{number}")
        try:
            return Taken((await self._turns.take(message)).seq)
        except (WrongHandler, SameIdOtherWords):
            # Closed meanwhile, or understood otherwise at the first delivery, which counts.
            return Taken(moment.conversation.last_seq)

    async def _answer(self, last: CallTurn, taken: Taken) -> str:
        async with self._sessions.begin() as session:
            conversation = await ConversationRepository(session).lock(last.conversation_id)
            # Two deliveries may come at once; the lock lets the second see the first.
            before = await CallRepository(session).turn(last.call, last.number + 1)
            if before is not None:
                return before.answer
            place = Place(last.number, last.position, last.told_at, last.quiet)
            standing, place = await self._stand(session, conversation, place)
            if taken.back:
                again = say("keys_cleared", conversation.language)
                standing = replace(standing, news=(again, *standing.news))
            step = next_step(standing)
            answer = self._keep(session, conversation, step, place)
            if step.then is Then.hang_up:
                await hang_up(session, conversation.id)
        if step.then is Then.hang_up:
            self._hub.tell(conversation.id)
            self._hub.tell(QUEUE)
        return answer

    async def _place(
        self, session: AsyncSession, conversation: Conversation, position: int
    ) -> Place:
        """Return where the answers of a call go on after it was held otherwise."""
        last = await CallRepository(session).last_turn(conversation.key)
        return Place(0 if last is None else last.number, position)

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
        return standing, replace(place, room=news.room)

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
        answer = self._rendered(step, conversation.language, after=number, room=place.room)
        CallRepository(session).keep(
            CallTurn(
                conversation_id=conversation.id,
                call=conversation.key,
                step=asked,
                number=number,
                position=place.position,
                told_at=now if step.tells else place.told_at or now,
                quiet=step.quiet,
                answer=answer,
            )
        )
        return answer

    def _seconds(self, then: Then) -> int:
        match then:
            case Then.allow_a_moment:
                return self._patience.moment
            case Then.look_again:
                return self._patience.news
            case _:
                return self._patience.words

    def _rendered(self, step: Step, language: Language, *, after: int, room: str | None) -> str:
        next_turn = webhook_url(self._settings, f"/phone/gather/{after + 1}")
        words = (*step.first, *step.words)
        match step.then:
            case Then.hang_up:
                return twiml.goodbye(language, *words)
            case Then.enter if room is not None:
                return twiml.join(room_of(self._settings, room), first=words, language=language)
            case Then.wait | Then.enter:
                return twiml.come_again(next_turn, words, language=language)
            case Then.listen | Then.allow_a_moment | Then.look_again as then:
                seconds = self._seconds(then)
                return twiml.listen(
                    next_turn, step.words, first=step.first, language=language, seconds=seconds
                )
