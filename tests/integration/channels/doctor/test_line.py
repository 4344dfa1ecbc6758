"""What the doctor finds out about the phone line, from Twilio and from outside."""

from typing import Any

import pytest

from channels.doctor.findings import Finding, Verdict
from channels.doctor.line import line
from channels.doctor.settings import DoctorSettings
from channels.doctor.store import store
from tests.fakes import FakeBot
from tests.integration.channels.doctor.registry import NUMBER, a_registry
from tests.integration.channels.phone.running import ACCOUNT, LineWith

pytestmark = [pytest.mark.integration, pytest.mark.anyio]

TWIML_BIN = "https://handler.twilio.com/twiml/EH1"


def told(address: str, registry: str, *, token: str = ACCOUNT.token) -> DoctorSettings:
    return DoctorSettings.model_validate(
        {
            "rapport_public_url": address,
            "rapport_phone_number": NUMBER,
            "rapport_phone_fallback_url": TWIML_BIN,
            "rapport_twilio_url": registry,
            "twilio_account_sid": ACCOUNT.sid,
            "twilio_auth_token": token,
        }
    )


def a_number(address: str, **changed: Any) -> dict[str, Any]:
    return {
        "capabilities": {"voice": True, "sms": True, "mms": False, "fax": False},
        "voice_url": f"{address}/phone/voice?language=de",
        "voice_method": "POST",
        "voice_fallback_url": TWIML_BIN,
        "status_callback": f"{address}/phone/status",
        "status_callback_method": "POST",
        **changed,
    }


async def to_mend(settings: DoctorSettings) -> dict[str, str]:
    found = [finding async for finding in line(settings)]
    return {finding.what: finding.advice for finding in found if finding.verdict is Verdict.mend}


async def test_a_line_that_is_set_up_well_needs_nothing(line_with: LineWith) -> None:
    async with line_with(FakeBot("Hallo")) as running:
        async with a_registry(**a_number(running.url)) as registry:
            found = [finding async for finding in line(told(running.url, registry))]
        messages = await running.messages()

    # A line without TLS is what a test can have.
    assert [one.what for one in found if one.verdict is Verdict.mend] == ["https"]
    assert Finding("ConversationRelay", Verdict.unknown, found[-1].advice) == found[-1]
    assert "Addendum" in found[-1].advice
    assert messages == []


async def test_what_is_set_up_otherwise_is_told_with_what_to_do(line_with: LineWith) -> None:
    async with line_with(FakeBot("Hallo")) as running:
        changed = {
            "voice_url": "https://demo.twilio.com/welcome/voice/",
            "voice_fallback_url": f"{running.url}/phone/voice",
            "status_callback": "",
        }
        number = a_number(running.url, **changed)
        async with a_registry(state="suspended", **number) as registry:
            mending = await to_mend(told(running.url, registry))

    assert f"{running.url}/phone/voice by POST" in mending['"a call comes in"']
    assert "it is empty" in mending['"call status changes"']
    assert "TwiML Bin" in mending['"primary handler fails"']
    assert "suspended" in mending["the account"]


async def test_what_stands_by_for_the_line_is_told_to_it_too(line_with: LineWith) -> None:
    async with line_with(FakeBot("Hallo")) as running:
        number = a_number(running.url, voice_fallback_url="https://handler.twilio.com/twiml/EH2")
        async with a_registry(**number) as registry:
            mending = await to_mend(told(running.url, registry))

    assert "RAPPORT_PHONE_FALLBACK_URL" in mending['"primary handler fails"']


async def test_another_token_is_noticed_from_outside(line_with: LineWith) -> None:
    async with line_with(FakeBot("Hallo")) as running, a_registry() as registry:
        mending = await to_mend(told(running.url, registry, token="another"))

    assert "refused" in mending["a signed webhook"]
    assert "does not open" in mending["the relay's socket"]
    assert "no such number" in mending["the number"]


async def test_an_address_where_nobody_answers_is_told(line_with: LineWith) -> None:
    mending = await to_mend(told("http://127.0.0.1:1", "http://127.0.0.1:1"))

    assert "Nobody answers" in mending["a signed webhook"]
    assert "refused (no answer)" in mending["Twilio"]


async def test_a_store_that_is_up_to_date_is_fine(database_url: str) -> None:
    settings = DoctorSettings.model_validate(
        {"database_url": database_url, "rapport_encoder": "use"}
    )

    found = {finding.what: finding.verdict async for finding in store(settings)}

    assert found == dict.fromkeys(
        ["the database", "pgvector", "the clock", "the schema", "the encoder"], Verdict.fine
    )


async def test_a_store_that_does_not_answer_and_an_encoder_that_is_none_are_told() -> None:
    settings = DoctorSettings.model_validate(
        {"database_url": "postgresql://nobody@127.0.0.1:1/none", "rapport_encoder": "./nowhere"}
    )

    found = {finding.what: finding.verdict async for finding in store(settings)}

    assert found == {"the database": Verdict.mend, "the encoder": Verdict.mend}
