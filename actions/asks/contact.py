"""An e-mail address or a phone number at which somebody wants to be reached."""

from abc import abstractmethod
from collections.abc import Iterable
from typing import ClassVar, Final

import phonenumbers

from actions.asks.ask import Ask, NotAnAnswer
from actions.base import ActionTurn
from crm_store.base import Json
from crm_store.customers.accounts import AccountRepository
from crm_store.customers.claims import claim_in
from crm_store.customers.contacts import Contact
from crm_store.customers.models import ContactKind, Level
from crm_store.spoken import with_digits

ON_FILE: Final = "on_file"
"""Kept in place of an address that the record has: it is not spoken of in full."""
NAMES_ONE: Final = frozenset({"change_email", "change_phone", "identify", "call_me_back"})
"""What a bare address or number is now and then taken for."""


class ContactAsk(Ask):
    """A contact of one kind; what is kept is its value, or ON_FILE."""

    kind: ClassVar[ContactKind]

    def __init__(
        self,
        name: str,
        response: str,
        *,
        again: str,
        own: bool = False,
        takes: Iterable[str] = (),
    ) -> None:
        super().__init__(name, response, again=again)
        self._own = own
        """Whether what is on file will do, and need not be asked for; else it must be new."""
        self.takes = NAMES_ONE | frozenset(takes)  # type: ignore[misc] # each question has its own

    async def known(self, turn: ActionTurn, given: Json) -> str | None:
        """Return that the record has one, where that will do."""
        return ON_FILE if self._own and await self._on_file(turn) else None

    async def overheard(self, turn: ActionTurn, given: Json) -> str | None:
        """Return the contact that the words name; of an old and a new one, the new one."""
        fitting = await self._fitting(turn, self._named(turn))
        return None if fitting is None or self._unreachable(fitting) else fitting

    async def heard(self, turn: ActionTurn, given: Json) -> str | None:
        """Return the contact; where it is the one on file, or none to write to, say so."""
        said = self._named(turn) or self._read(turn)
        fitting = await self._fitting(turn, said)
        if fitting is None and said:
            raise NotAnAnswer("utter_contact_same")
        why_not = self._unreachable(fitting) if fitting else None
        if why_not is not None:
            raise NotAnAnswer(why_not)
        return fitting

    @abstractmethod
    def _named(self, turn: ActionTurn) -> list[str]:
        """Return what the bot has found, in order."""

    @abstractmethod
    def _read(self, turn: ActionTurn) -> list[str]:
        """Return what an answer may be read as, where the bot has found nothing."""

    def _unreachable(self, value: str) -> str | None:
        """Return the response that says why no message would reach it, if none would."""
        return None

    async def _fitting(self, turn: ActionTurn, said: list[str]) -> str | None:
        if not said:
            return None
        on_file = await self._on_file(turn)
        if self._own and said[-1] in on_file:
            return ON_FILE
        new = [value for value in said if value not in on_file]
        return new[-1] if new else None

    async def _on_file(self, turn: ActionTurn) -> list[str]:
        if turn.conversation.current_level(turn.at) < Level.verified:
            return []
        customer = await AccountRepository(turn.session).own(turn.conversation, at=turn.at)
        return [contact.value for contact in customer.contacts if contact.kind is self.kind]


class EmailAsk(ContactAsk):
    """An e-mail address, typed or spoken sign by sign."""

    kind = ContactKind.email

    def _named(self, turn: ActionTurn) -> list[str]:
        return [Contact.email(said).value for said in turn.entities("email")]

    def _read(self, turn: ActionTurn) -> list[str]:
        return sorted(claim_in(turn.text, region=turn.parts.region).emails)[:1]


class PhoneAsk(ContactAsk):
    """A phone number that can get text messages, typed, keyed or spoken."""

    kind = ContactKind.phone
    digits = True

    def _named(self, turn: ActionTurn) -> list[str]:
        return [said for said in turn.entities("phone_number") if said.startswith("+")]

    def _read(self, turn: ActionTurn) -> list[str]:
        return sorted(claim_in(with_digits(turn.text), region=turn.parts.region).phones)[:1]

    def _unreachable(self, value: str) -> str | None:
        if value == ON_FILE:
            return None
        number = phonenumbers.parse(value)
        if not phonenumbers.is_valid_number(number):
            return "utter_phone_invalid"
        fixed = phonenumbers.number_type(number) == phonenumbers.PhoneNumberType.FIXED_LINE
        return "utter_phone_not_mobile" if fixed else None
