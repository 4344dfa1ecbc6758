"""Words to a customer outside the conversation, such as a one-time code."""

from collections.abc import Mapping
from typing import Protocol

from channels.phone.rest import PhoneCompany, PhoneCompanyFailed
from crm_store.customers.models import ContactKind


class NotSent(Exception):  # noqa: N818 - it names a state, not a failure
    """The message did not go out; it may be tried again."""


class Messenger(Protocol):
    """Whatever can bring words to a contact point."""

    async def send(self, kind: ContactKind, address: str, text: str) -> None:
        """Send a message, or raise NotSent."""
        ...


class DemoMessenger:
    """Sends nothing: the demo shows the outbox itself."""

    async def send(self, kind: ContactKind, address: str, text: str) -> None:
        """Count the message as sent."""


class NoMessenger:
    """Reaches nobody: no account to send from was configured."""

    async def send(self, kind: ContactKind, address: str, text: str) -> None:
        """Refuse, so that the message is tried again and given up on in the end."""
        raise NotSent("no account to send from")


class MessengerByKind:
    """Sends each message by the messenger for its kind of contact point."""

    def __init__(self, messengers: Mapping[ContactKind, Messenger]) -> None:
        self._messengers = messengers

    async def send(self, kind: ContactKind, address: str, text: str) -> None:
        """Send a message; a kind that no messenger is there for cannot be reached."""
        messenger = self._messengers.get(kind, NoMessenger())
        await messenger.send(kind, address, text)


class TextMessenger:
    """Sends text messages from the line's own number."""

    def __init__(self, company: PhoneCompany) -> None:
        self._company = company

    async def send(self, kind: ContactKind, address: str, text: str) -> None:
        """Send a text message; an e-mail address cannot be reached this way."""
        if kind is not ContactKind.phone:
            raise NotSent(f"a text message does not reach an {kind} address")
        try:
            await self._company.text(address, text)
        except PhoneCompanyFailed as error:
            raise NotSent from error
