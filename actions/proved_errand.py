"""An errand about a contact that is new to us: after the yes, a code shows whose it is."""

from abc import abstractmethod
from typing import Any, ClassVar, Final

from rasa_sdk.events import SlotSet

from actions.asks.ask import ANYHOW, Refused
from actions.base import ActionTurn, Event
from actions.errand import MOST_MISSES, Errand
from actions.frames import Frame, kept
from actions.spelling import spell_contact
from actions.yes_no import says_no
from crm_store.base import Json
from crm_store.customers.codes import DIGITS
from crm_store.customers.contact_proof import ContactProof
from crm_store.customers.contacts import Contact
from crm_store.customers.models import CodePurpose
from crm_store.errors import TooManyCodes
from crm_store.spoken import code_in

CODE: Final = "code"
"""What is asked after the yes; of the code itself nothing is kept."""
SENT, PROVED = "sent", "proved"


class ProvedErrand(Errand):
    """Sends a code to the contact once the customer agrees, and goes on when it comes back."""

    purpose: ClassVar[CodePurpose]
    instead: ClassVar[str | None] = None
    """What a contact that is on file is written in place of a code, where it must not be."""

    @abstractmethod
    def contact(self, given: Json) -> Contact | None:
        """Return the contact that is to be proved; None where the record vouches for it."""

    async def take_answer(self, turn: ActionTurn, frames: list[Frame]) -> list[Event]:
        """Hear the code where it was asked for."""
        frame = frames[-1]
        known = turn.conversation.current_level(turn.at) >= self.least(frame.given)
        if known and frame.asked == CODE:
            return await self._hear_code(turn, frames)
        return await super().take_answer(turn, frames)

    async def go_on(self, turn: ActionTurn, frames: list[Frame]) -> list[Event]:
        """Ask for the code again, if that was what was interrupted."""
        contact = self.contact(frames[-1].given) if frames[-1].asked == CODE else None
        if contact is None or frames[-1].given.get(CODE) != SENT:
            return await super().go_on(turn, frames)
        turn.say("utter_contact_code_again", **contact_words(contact, turn))
        return self._await_code(frames)

    def step_back(self, frame: Frame) -> bool:
        """From the code, go back to what was restated."""
        if frame.given.pop(CODE, None) is None:
            return super().step_back(frame)
        frame.asked = None
        return True

    async def _do(self, turn: ActionTurn, frames: list[Frame]) -> list[Event]:
        contact = self.contact(frames[-1].given)
        if contact is None or frames[-1].given.get(CODE) == PROVED:
            return await super()._do(turn, frames)
        return await self._send(turn, frames, contact)

    async def _send(self, turn: ActionTurn, frames: list[Frame], contact: Contact) -> list[Event]:
        try:
            await self._proof(turn).send_code(
                turn.conversation,
                contact,
                words=turn.wording("utter_contact_code_message"),
                instead=turn.wording(self.instead) if self.instead else None,
                at=turn.at,
            )
        except TooManyCodes:
            return self._refuse(turn, frames, Refused("utter_too_many_codes"))
        frames[-1].given[CODE] = SENT
        turn.say("utter_contact_code_sent", **contact_words(contact, turn))
        return self._await_code(frames)

    async def _hear_code(self, turn: ActionTurn, frames: list[Frame]) -> list[Event]:
        frame = frames[-1]
        if await self._overhear(turn, frame):
            # The contact was another one; what was sent to the wrong one is worth nothing.
            frame.given.pop(CODE, None)
            return await self._step(turn, frames)
        code = code_in(turn.text, digits=DIGITS) or turn.entity(CODE)
        if code is not None:
            return await self._try(turn, frames, str(code))
        if says_no(turn):
            return self._give_up(turn, frames)
        return self._missed_code(turn, frames)

    async def _try(self, turn: ActionTurn, frames: list[Frame], code: str) -> list[Event]:
        frame, contact = frames[-1], self.contact(frames[-1].given)
        if contact is None:
            return await super()._do(turn, frames)
        verdict = await self._proof(turn).check(turn.conversation, contact, code, at=turn.at)
        if verdict.proved:
            frame.given[CODE] = PROVED
            return await super()._do(turn, frames)
        if verdict.tries_left:
            last = verdict.tries_left == 1
            response = "utter_code_wrong_last_try" if last else "utter_code_wrong"
            turn.say(response, tries_left=verdict.tries_left)
            return self._await_code(frames)
        turn.say("utter_code_expired")
        return await self._send(turn, frames, contact)

    def _missed_code(self, turn: ActionTurn, frames: list[Frame]) -> list[Event]:
        frame = frames[-1]
        frame.misses += 1
        if frame.misses >= MOST_MISSES:
            frame.misses = 0
            turn.say("utter_offer_person")
            return [*kept(frames), SlotSet("awaits", None), SlotSet("question", "person")]
        turn.say("utter_code_not_understood")
        return self._await_code(frames)

    def _await_code(self, frames: list[Frame]) -> list[Event]:
        frames[-1].asked = CODE
        intents = ANYHOW | self.intents
        awaits = {"what": CODE, "intents": sorted(intents), "free": False, "digits": True}
        return [*kept(frames), SlotSet("awaits", awaits), SlotSet("question", "errand")]

    def _proof(self, turn: ActionTurn) -> ContactProof:
        return ContactProof(turn.session, turn.parts.code_key, self.purpose)


def contact_words(contact: Contact, turn: ActionTurn) -> dict[str, Any]:
    """Return a contact as a response says it: to be read, or to be heard."""
    return {
        "contact": spell_contact(contact, turn.language, spoken=turn.on_phone),
    }
