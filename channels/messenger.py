"""Words to a customer outside the conversation, such as a one-time code."""

import asyncio
from collections.abc import Mapping
from typing import Protocol

from requests import RequestException
from twilio.base.exceptions import TwilioException
from twilio.http.http_client import TwilioHttpClient
from twilio.rest import Client

from crm_store.customers.models import ContactKind

TIMEOUT_SECONDS = 10.0


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


class TwilioMessenger:
    """Sends text messages from the line's own number."""

    def __init__(self, account: str, token: str, *, sender: str) -> None:
        http = TwilioHttpClient(timeout=TIMEOUT_SECONDS)
        self._client = Client(account, token, http_client=http)
        self._sender = sender

    async def send(self, kind: ContactKind, address: str, text: str) -> None:
        """Send a text message; an e-mail address cannot be reached this way."""
        if kind is not ContactKind.phone:
            raise NotSent(f"a text message does not reach an {kind} address")
        try:
            await asyncio.to_thread(
                self._client.messages.create, to=address, from_=self._sender, body=text
            )
        except (TwilioException, RequestException) as error:
            raise NotSent from error
