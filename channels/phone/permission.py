"""Whether a call may be recorded: the caller's answer, taken once; without a yes it is a no."""

import re
import tomllib
from enum import StrEnum
from functools import cache
from importlib.resources import files
from uuid import UUID

from channels.hub import Hub
from channels.messages import InboundMessage
from channels.phone.keys import Allowed, Meaning, OtherLanguage
from channels.phone.recordings import Recordings
from channels.turn import Turns
from crm_store.base import utc_now
from crm_store.db import SessionFactory
from crm_store.recordings import service
from crm_store.recordings.repository import RecordingRepository

_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")


class Answer(StrEnum):
    """What a caller's words or keys are to the question whether the call may be recorded."""

    yes = "yes"
    no = "no"
    other_language = "other_language"
    """They would like to be asked in it."""
    none = "none"
    """They are about something else, which is as good as a no."""


def answer_in(words: str) -> Answer:
    """Return whether words are a plain yes or a plain no."""
    said = set(_WORD.findall(words.lower().replace("’", "'")))
    for answer in (Answer.no, Answer.yes):
        deciding, companions = _vocabulary()[answer]
        if said & deciding and said <= deciding | companions:
            return answer
    return Answer.none


def answer_by(meaning: Meaning | None) -> Answer:
    """Return what keys answer."""
    match meaning:
        case Allowed():
            return Answer.yes
        case OtherLanguage():
            return Answer.other_language
        case _:
            return Answer.none


class Permission:
    """Stands before the assistant while a caller has not answered yet."""

    def __init__(
        self, *, turns: Turns, sessions: SessionFactory, hub: Hub, recordings: Recordings
    ) -> None:
        self._turns = turns
        self._sessions = sessions
        self._hub = hub
        self._recordings = recordings

    async def awaited(self, conversation_id: UUID) -> bool:
        """Return whether a caller was asked and has not answered."""
        async with self._sessions() as session:
            return await RecordingRepository(session).question(conversation_id) is not None

    async def take(self, message: InboundMessage, answer: Answer) -> int:
        """Take what a caller does who was asked; return the number of the message."""
        match answer:
            case Answer.yes | Answer.no:
                taken = await self._answer(message, allowed=answer is Answer.yes)
                return taken or await self._pass_on(message)
            case Answer.other_language:
                return await self._ask_again(message)
            case Answer.none:
                return await self._pass_on(message)

    async def _answer(self, message: InboundMessage, *, allowed: bool) -> int | None:
        said = service.Said(message.text, message.kind, message.client_id)
        async with self._sessions.begin() as session:
            taken = await service.answer(
                session, message.conversation, allowed=allowed, said=said, at=utc_now()
            )
        if taken is None:
            return None
        self._hub.tell(message.conversation)
        self._recordings.look()
        return taken.seq

    async def _pass_on(self, message: InboundMessage) -> int:
        async with self._sessions.begin() as session:
            await service.pass_over(session, message.conversation, at=utc_now())
        return (await self._turns.take(message)).seq

    async def _ask_again(self, message: InboundMessage) -> int:
        receipt = await self._turns.take(message)
        if not receipt.repeated:
            async with self._sessions.begin() as session:
                await service.ask_again(session, message.conversation)
            self._hub.tell(message.conversation)
        return receipt.seq


@cache
def _vocabulary() -> dict[str, tuple[frozenset[str], frozenset[str]]]:
    text = files(__package__).joinpath("permission.toml").read_text("utf-8")
    return {
        name: (frozenset(words["deciding"]), frozenset(words["companions"]))
        for name, words in tomllib.loads(text).items()
    }
