"""What we ask of the phone company by ourselves: calls, recordings and texts."""

import asyncio
import logging
from collections.abc import Callable
from functools import partial
from typing import Any, Protocol, TypeVar

from requests import RequestException, Session
from twilio.base.exceptions import TwilioException, TwilioRestException
from twilio.http import HttpClient
from twilio.http.http_client import TwilioHttpClient
from twilio.http.response import Response
from twilio.rest import Client

TWILIO = "https://api.twilio.com"
ANSWER_SECONDS = 10.0
"""For which one request may wait for a sign of life."""
PATIENCE_SECONDS = 15.0
"""After which whoever asked goes on without an answer."""
RINGING_SECONDS = 30
LONGEST_RECORDING = 64 * 1024 * 1024
"""In bytes; hours of speech."""
_CURRENT = "Twilio.CURRENT"
_CHUNK = 64 * 1024
_GONE = 20404
"""https://www.twilio.com/docs/api/errors/20404"""
_T = TypeVar("_T")

logger = logging.getLogger(__name__)


class PhoneCompanyFailed(Exception):  # noqa: N818 - it names a state, not a failure
    """The phone company has not done what it was asked; `code` is its own number for why."""

    def __init__(self, code: int | None = None) -> None:
        super().__init__("no answer" if code is None else f"error {code}")
        self.code = code


class PhoneCompany(Protocol):
    """Whoever connects calls; each wish is done or raises PhoneCompanyFailed, within seconds."""

    async def call(
        self,
        to: str,
        *,
        answer_url: str,
        status_url: str,
        ring_seconds: int = RINGING_SECONDS,
        detect_machine: bool = False,
    ) -> str:
        """Have a number rung; return the call. What it hears is asked of us once it answers.

        Whether a machine has answered is told with that question, if it is to be found out.
        """
        ...

    async def redirect(self, call_sid: str, *, url: str) -> None:
        """Have a call, wherever it stands, ask an address how it goes on."""
        ...

    async def hang_up(self, call_sid: str) -> None:
        """End a call, also one that still rings."""
        ...

    async def hold(self, conference_sid: str, call_sid: str, *, url: str) -> None:
        """Let a call in a conference hear what an address answers, and nobody else."""
        ...

    async def resume(self, conference_sid: str, call_sid: str) -> None:
        """Let a call in a conference hear and be heard again."""
        ...

    async def ends(self, conference_sid: str, call_sid: str, *, with_it: bool) -> None:
        """Have a conference end, or not, once a call leaves it."""
        ...

    async def mute(self, conference_sid: str, call_sid: str) -> None:
        """Let nobody in a conference hear a call, which hears all."""
        ...

    async def whisper(self, conference_sid: str, call_sid: str, *, to: str) -> None:
        """Let one other call in a conference alone hear a call, which hears all."""
        ...

    async def join_in(self, conference_sid: str, call_sid: str) -> None:
        """Let everybody in a conference hear a call that listened or whispered."""
        ...

    async def record(self, call_sid: str, *, status_url: str) -> str:
        """Begin to record a call; return the recording."""
        ...

    async def pause_recording(self, call_sid: str) -> None:
        """Record silence until the recording is resumed."""
        ...

    async def resume_recording(self, call_sid: str) -> None:
        """Go on recording."""
        ...

    async def fetch_recording(self, recording_sid: str) -> bytes:
        """Return the sound of a finished recording, as MP3."""
        ...

    async def delete_recording(self, recording_sid: str) -> None:
        """Have a recording forgotten; one that is gone already is as good."""
        ...

    async def text(self, to: str, body: str) -> None:
        """Send a text message."""
        ...


class Twilio:
    """Asks Twilio's REST API, or whatever plays it at another address.

    Requests as in https://www.twilio.com/docs/voice/api and /docs/messaging/api.
    """

    def __init__(
        self,
        account: str,
        token: str,
        *,
        number: str,
        address: str = TWILIO,
        fallback_url: str = "",
    ) -> None:
        self._http = _Http(address)
        self._account = account
        self._number = number
        self._fallback = {"fallback_url": fallback_url} if fallback_url else {}
        """What stands by for calls that we make."""
        # Without them the library would look into the environment.
        self._client = Client(account or "none", token or "none", http_client=self._http)

    async def call(
        self,
        to: str,
        *,
        answer_url: str,
        status_url: str,
        ring_seconds: int = RINGING_SECONDS,
        detect_machine: bool = False,
    ) -> str:
        """Have a number rung; return the call. What it hears is asked of us once it answers.

        Machines as in https://www.twilio.com/docs/voice/answering-machine-detection.
        """
        detection = {"machine_detection": "Enable"} if detect_machine else {}
        made = await self._ask(
            self._client.calls.create,
            to=to,
            from_=self._number,
            url=answer_url,
            status_callback=status_url,
            timeout=ring_seconds,
            **self._fallback,
            **detection,
        )
        return str(made.sid)

    async def redirect(self, call_sid: str, *, url: str) -> None:
        """Have a call, wherever it stands, ask an address how it goes on."""
        await self._ask(self._client.calls(call_sid).update, url=url)

    async def hang_up(self, call_sid: str) -> None:
        """End a call, also one that still rings."""
        await self._ask(self._client.calls(call_sid).update, status="completed")

    async def hold(self, conference_sid: str, call_sid: str, *, url: str) -> None:
        """Let a call in a conference hear what an address answers, and nobody else."""
        participant = self._client.conferences(conference_sid).participants(call_sid)
        await self._ask(participant.update, hold=True, hold_url=url, hold_method="POST")

    async def resume(self, conference_sid: str, call_sid: str) -> None:
        """Let a call in a conference hear and be heard again."""
        participant = self._client.conferences(conference_sid).participants(call_sid)
        await self._ask(participant.update, hold=False)

    async def ends(self, conference_sid: str, call_sid: str, *, with_it: bool) -> None:
        """Have a conference end, or not, once a call leaves it."""
        participant = self._client.conferences(conference_sid).participants(call_sid)
        await self._ask(participant.update, end_conference_on_exit=with_it)

    async def mute(self, conference_sid: str, call_sid: str) -> None:
        """Let nobody in a conference hear a call, which hears all."""
        participant = self._client.conferences(conference_sid).participants(call_sid)
        await self._ask(participant.update, muted=True, coaching=False)

    async def whisper(self, conference_sid: str, call_sid: str, *, to: str) -> None:
        """Let one other call in a conference alone hear a call, which hears all."""
        participant = self._client.conferences(conference_sid).participants(call_sid)
        await self._ask(participant.update, muted=False, coaching=True, call_sid_to_coach=to)

    async def join_in(self, conference_sid: str, call_sid: str) -> None:
        """Let everybody in a conference hear a call that listened or whispered."""
        participant = self._client.conferences(conference_sid).participants(call_sid)
        await self._ask(participant.update, muted=False, coaching=False)

    async def record(self, call_sid: str, *, status_url: str) -> str:
        """Begin to record a call; return the recording."""
        begun = await self._ask(
            self._client.calls(call_sid).recordings.create,
            recording_channels="dual",
            recording_status_callback=status_url,
            recording_status_callback_event=["in-progress", "completed", "absent"],
        )
        return str(begun.sid)

    async def pause_recording(self, call_sid: str) -> None:
        """Record silence until the recording is resumed."""
        recording = self._client.calls(call_sid).recordings(_CURRENT)
        await self._ask(recording.update, status="paused", pause_behavior="silence")

    async def resume_recording(self, call_sid: str) -> None:
        """Go on recording."""
        recording = self._client.calls(call_sid).recordings(_CURRENT)
        await self._ask(recording.update, status="in-progress")

    async def fetch_recording(self, recording_sid: str) -> bytes:
        """Return the sound of a finished recording, as MP3."""
        path = f"/2010-04-01/Accounts/{self._account}/Recordings/{recording_sid}.mp3"
        return await self._ask(self._http.sound, path, self._client.auth)

    async def delete_recording(self, recording_sid: str) -> None:
        """Have a recording forgotten; one that is gone already is as good."""
        try:
            await self._ask(self._client.recordings(recording_sid).delete)
        except PhoneCompanyFailed as failure:
            if failure.code != _GONE:
                raise

    async def text(self, to: str, body: str) -> None:
        """Send a text message."""
        await self._ask(self._client.messages.create, to=to, from_=self._number, body=body)

    async def _ask(self, wish: Callable[..., _T], *what: Any, **how: Any) -> _T:
        if not (self._account and self._number):
            raise PhoneCompanyFailed
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                return await asyncio.to_thread(partial(wish, *what, **how))
        # Nothing is chained: the company's own words quote numbers and texts.
        except TwilioRestException as error:
            raise PhoneCompanyFailed(error.code) from None
        except (TwilioException, RequestException, TimeoutError):
            raise PhoneCompanyFailed from None


class _Http(HttpClient):
    """Sends the library's requests to the configured address."""

    def __init__(self, address: str) -> None:
        super().__init__(logger, is_async=False)
        self.address = address.rstrip("/")
        self._asking = Session()
        # The simulator is on this machine, where no proxy leads.
        self._asking.trust_env = self.address == TWILIO
        self._library = TwilioHttpClient(timeout=ANSWER_SECONDS, logger=logger)
        self._library.session = self._asking

    def request(self, method: str, uri: str, *rest: Any, **named: Any) -> Response:
        """Ask the configured address what is meant for Twilio's."""
        return self._library.request(
            method, self.address + uri.removeprefix(TWILIO), *rest, **named
        )

    def sound(self, path: str, auth: tuple[str, str]) -> bytes:
        """Return the bytes at a path, which the library would read as text."""
        with self._asking.get(
            self.address + path, auth=auth, timeout=ANSWER_SECONDS, stream=True
        ) as response:
            response.raise_for_status()
            sound = bytearray()
            for chunk in response.iter_content(_CHUNK):
                sound += chunk
                if len(sound) > LONGEST_RECORDING:
                    raise RequestException("too long")
            return bytes(sound)
