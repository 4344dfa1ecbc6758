"""A call without a relay: each request brings what the caller did, each answer what comes next.

Nothing of it is kept but in the store, so that any process can give the next answer.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Annotated
from uuid import UUID

from fastapi import Depends
from sqlalchemy.ext.asyncio import AsyncSession

from channels.messages import InboundMessage
from channels.phone import twiml
from channels.phone.codes import Refused
from channels.phone.keys import ChatCode, Cleared, meant
from channels.phone.moment import Moment, moment_of, said
from channels.phone.news import news_of
from channels.phone.parts import TheParts
from channels.phone.permission import answer_by, answer_in
from channels.phone.rating import question
from channels.phone.rooms import room_of
from channels.phone.signature import webhook_url
from channels.phone.spoken_codes import SpokenCodes, is_spoken_code
from channels.phone.standing import standing_of
from channels.phone.steps import Standing, Step, Then, next_step, taken_over
from channels.phone.webhooks import Gathered
from channels.phone.wording import say
from crm_store.base import Language
from crm_store.calls.models import CallRelay, CallTurn
from crm_store.calls.repository import CallRepository
from crm_store.calls.service import hang_up
from crm_store.conversations.models import Conversation
from crm_store.conversations.rating import ask_rating
from crm_store.conversations.repository import ConversationRepository
from crm_store.conversations.secrets import asks_for_secret
from crm_store.conversations.turns import TurnRepository
from crm_store.errors import SameIdOtherWords, WrongHandler

BEGUN = "voice"
"""The question of a call that is answered by how it begins."""


@dataclass(frozen=True, slots=True)
class Place:
    """How far a call had come with its last answer, and in which conversation."""

    call: str
    conversation: UUID
    number: int = 0
    position: int = 0
    told_at: datetime | None = None
    quiet: int = 0
    room: str | None = None
    """Where an agent waits for the caller."""
    hints: str = ""
    """What the caller is likely to say."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What has become of what a caller did."""

    seq: int
    """The number of the last message that is to be answered."""
    back: bool = False
    """Whether they took back the number that they were keying in."""
    refused: Refused | None = None
    """Why the code from the chat that they keyed in leads nowhere."""


class Gathering:
    """Holds calls by plain requests; the same request always gets the same answer."""

    def __init__(self, parts: TheParts) -> None:
        self._settings = parts.settings
        self._turns = parts.turns
        self._sessions = parts.sessions
        self._hub = parts.hub
        self._codes = parts.codes
        self._patience = parts.patience
        self._spoken_codes = SpokenCodes(parts.sessions, parts.hub)
        self._permission = parts.permission
        self._recordings = parts.recordings
        self._hints = parts.hints

    async def begin(
        self, session: AsyncSession, conversation: Conversation, *, greeting: str, position: int
    ) -> str:
        """Greet a caller, whose conversation is locked, so that nobody can skip the greeting."""
        more = conversation.last_seq > position or await TurnRepository(session).owes(
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
        if before is not None:
            return before.answer
        if last is None:
            return twiml.hang_up()
        taken = await self._take(heard, last.conversation_id, number)
        place, seq = await self._goes_on(_place_of(last), taken)
        await self._turns.settled(place.conversation, seq, at_most=self._patience.answer)
        return await self._answer(place, taken)

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

    async def _take(self, heard: Gathered, conversation_id: UUID, number: int) -> Taken:
        """Put on record, once, what the caller did."""
        async with self._sessions() as session:
            moment = await moment_of(session, conversation_id)
        nothing = Taken(moment.conversation.last_seq)
        entry = f"{heard.call_sid}:{number}"
        match meant(heard.digits, moment.expected):
            case Cleared():
                return replace(nothing, back=True)
            case ChatCode(digits):
                call = heard.call_sid
                refused = await self._codes.enter(conversation_id, call, digits, entry=entry)
                return replace(nothing, refused=refused)
            case None:
                message = said(conversation_id, heard.speech_result)
                answer = answer_in(heard.speech_result)
            case meaning:
                message, answer = moment.keyed(meaning), answer_by(meaning)
        if message is None:
            return nothing
        try:
            message = replace(message, client_id=entry)
            if not heard.digits and _speaks_code(moment, message):
                return Taken(await self._spoken_codes.refuse(message) or nothing.seq)
            if moment.asked:
                return Taken(await self._permission.take(message, answer))
            return Taken((await self._turns.take(message)).seq)
        except (WrongHandler, SameIdOtherWords):
            # Closed meanwhile, or understood otherwise at the first delivery, which counts.
            return nothing

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
            again = _again(taken, conversation.language)
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
        return standing, replace(place, room=news.room, hints=hints)

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
        answer = self._rendered(step, conversation.language, place=place)
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

    def _seconds(self, then: Then) -> int:
        match then:
            case Then.allow_a_moment:
                return self._patience.moment
            case Then.look_again:
                return self._patience.news
            case _:
                return self._patience.words

    def _rendered(self, step: Step, language: Language, *, place: Place) -> str:
        next_turn = webhook_url(self._settings, f"/phone/gather/{place.number + 2}")
        room = place.room
        words = (*step.first, *step.words)
        match step.then:
            case Then.hang_up:
                return twiml.goodbye(language, *words)
            case Then.rate:
                return question(self._settings, language)
            case Then.enter if room is not None:
                return twiml.join(room_of(self._settings, room), first=words, language=language)
            case Then.wait | Then.enter:
                return twiml.come_again(next_turn, words, language=language)
            case Then.listen | Then.allow_a_moment | Then.look_again as then:
                seconds = self._seconds(then)
                return twiml.listen(
                    next_turn,
                    step.words,
                    first=step.first,
                    language=language,
                    seconds=seconds,
                    hints=place.hints or say("hints", language),
                )


TheGathering = Annotated[Gathering, Depends()]


def _place_of(turn: CallTurn) -> Place:
    return Place(
        turn.call, turn.conversation_id, turn.number, turn.position, turn.told_at, turn.quiet
    )


def _again(taken: Taken, language: Language) -> tuple[str, ...]:
    """Return what a caller is told whose keys led to nothing."""
    if taken.refused is not None:
        return (taken.refused.said(language),)
    return (say("keys_cleared", language),) if taken.back else ()


def _speaks_code(moment: Moment, message: InboundMessage) -> bool:
    return moment.expected.code and is_spoken_code(message.text)
