"""What Twilio's REST API answers, as its OpenAPI description has it."""

from datetime import datetime
from email.utils import format_datetime

from channels.simulator.exchange import Call
from channels.simulator.recorder import SOURCE, Recording
from channels.simulator.reports import API_VERSION
from channels.simulator.rooms import Participant, Room
from crm_store.base import Json, utc_now


def a_call(call: Call, account: str) -> Json:
    """Return a call."""
    return {
        **_of(account, f"Calls/{call.sid}", call.began),
        "sid": call.sid,
        "parent_call_sid": None,
        "from": call.from_,
        "to": call.to,
        "direction": call.direction,
        "status": call.status,
        "start_time": format_datetime(call.began),
        "end_time": None,
        "duration": None,
        "price": None,
        "price_unit": "EUR",
        "answered_by": None,
        "subresource_uris": {},
    }


def a_participant(room: Room, participant: Participant, account: str) -> Json:
    """Return a call in a conference."""
    call = participant.call.sid
    return {
        **_of(account, f"Conferences/{room.sid}/Participants/{call}", utc_now()),
        "call_sid": call,
        "conference_sid": room.sid,
        "label": None,
        "call_sid_to_coach": participant.coaches,
        "coaching": participant.coaches is not None,
        "muted": participant.muted,
        "hold": participant.held,
        "start_conference_on_enter": True,
        "end_conference_on_exit": participant.ends,
        "status": "connected",
        "queue_time": None,
    }


def a_recording_of_a_call(recording: Recording, account: str) -> Json:
    """Return a recording, as it is found under its call."""
    return {
        **_recording(recording, account, f"Calls/{recording.call}/Recordings/{recording.sid}"),
        "track": "both",
    }


def a_recording(recording: Recording, account: str, address: str) -> Json:
    """Return a recording, as it is found under its account."""
    return {
        **_recording(recording, account, f"Recordings/{recording.sid}"),
        "media_url": address,
        "subresource_uris": {},
    }


def a_message(sid: str, account: str, *, from_: str, to: str, body: str) -> Json:
    """Return a text that is on its way."""
    return {
        **_of(account, f"Messages/{sid}", utc_now()),
        "sid": sid,
        "from": from_,
        "to": to,
        "body": body,
        "status": "queued",
        "direction": "outbound-api",
        "num_segments": "1",
        "num_media": "0",
        "date_sent": None,
        "error_code": None,
        "error_message": None,
        "price": None,
        "price_unit": "EUR",
        "messaging_service_sid": None,
        "subresource_uris": {},
    }


def a_refusal(code: int, status: int, message: str) -> Json:
    """Return why something was not done."""
    return {
        "code": code,
        "message": message,
        "more_info": f"https://www.twilio.com/docs/errors/{code}",
        "status": status,
    }


def _recording(recording: Recording, account: str, path: str) -> Json:
    return {
        **_of(account, path, recording.began),
        "sid": recording.sid,
        "call_sid": recording.call,
        "conference_sid": None,
        "channels": recording.channels,
        "start_time": format_datetime(recording.began),
        "duration": str(recording.seconds) if recording.ended else None,
        "price": None,
        "price_unit": "EUR",
        "status": recording.status,
        "source": SOURCE,
        "error_code": None,
        "encryption_details": None,
    }


def _of(account: str, path: str, made: datetime) -> Json:
    return {
        "account_sid": account,
        "api_version": API_VERSION,
        "date_created": format_datetime(made),
        "date_updated": format_datetime(made),
        "uri": f"/{API_VERSION}/Accounts/{account}/{path}.json",
    }
