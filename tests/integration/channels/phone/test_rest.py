"""What we ask of the phone company, against what plays Twilio's REST API."""

from collections.abc import Callable, Coroutine

import pytest
from openapi_core.exceptions import OpenAPIError

from channels.phone.rest import PhoneCompany, PhoneCompanyFailed, Twilio
from channels.simulator.call import CallEnded
from channels.simulator.simulator import THE_LINE
from tests.fakes import FakeBot
from tests.integration.channels.phone.running import ACCOUNT, GREETING, LineWith, PhoneLine
from tests.twilio_api import check

pytestmark = [pytest.mark.integration, pytest.mark.anyio]

MOBILE = "+4915112345678"


async def test_a_phone_that_is_called_hears_what_we_answer(line_with: LineWith) -> None:
    async with line_with(FakeBot(GREETING)) as line, line.phone.phone(MOBILE) as mobile:
        sid = await line.company.call(
            MOBILE,
            answer_url=f"{line.url}/phone/voice?language=de",
            status_url=f"{line.url}/phone/status",
        )
        ringing = await mobile.rings()
        async with mobile.picks_up(ringing) as call:
            heard = await call.hears()

    assert (call.sid, ringing.caller, heard) == (sid, THE_LINE, GREETING)


async def test_a_call_that_is_declined_can_not_be_taken_any_more(line_with: LineWith) -> None:
    async with line_with(FakeBot(GREETING)) as line, line.phone.phone(MOBILE) as mobile:
        await _call_mobile(line)
        ringing = await mobile.rings()
        await ringing.declines()

        with pytest.raises(CallEnded):
            async with mobile.picks_up(ringing):
                pass


async def test_a_call_that_rings_can_be_hung_up(line_with: LineWith) -> None:
    async with line_with(FakeBot(GREETING)) as line, line.phone.phone(MOBILE) as mobile:
        sid = await _call_mobile(line)
        ringing = await mobile.rings()
        await line.company.hang_up(sid)

        with pytest.raises(CallEnded):
            async with mobile.picks_up(ringing):
                pass


async def test_a_call_is_redirected_out_of_its_relay(line_with: LineWith) -> None:
    async with line_with(FakeBot(GREETING)) as line, line.phone.call() as call:
        assert await call.hears() == GREETING
        await line.company.redirect(call.sid, url=f"{line.url}/phone/gather/9")

        with pytest.raises(CallEnded):
            await call.hears()


async def test_a_call_is_hung_up(line_with: LineWith) -> None:
    async with line_with(FakeBot(GREETING)) as line, line.phone.call() as call:
        assert await call.hears() == GREETING
        await line.company.hang_up(call.sid)

        with pytest.raises(CallEnded):
            await call.hears()


async def test_a_recording_is_paused_fetched_and_forgotten(line_with: LineWith) -> None:
    async with line_with(FakeBot(GREETING)) as line:
        async with line.phone.call() as call:
            await call.hears()
            recording = await line.company.record(call.sid, status_url=f"{line.url}/phone/status")
            await line.company.pause_recording(call.sid)
            await line.company.resume_recording(call.sid)
            with pytest.raises(PhoneCompanyFailed):
                await line.company.fetch_recording(recording)
        sound = await line.company.fetch_recording(recording)
        await line.company.delete_recording(recording)
        await line.company.delete_recording(recording)

        assert sound.startswith(b"\xff\xf3")
        with pytest.raises(PhoneCompanyFailed):
            await line.company.fetch_recording(recording)


async def test_nothing_is_recorded_of_a_call_that_is_over(line_with: LineWith) -> None:
    async with line_with(FakeBot(GREETING)) as line:
        async with line.phone.call() as call:
            await call.hears()

        with pytest.raises(PhoneCompanyFailed) as failure:
            await line.company.record(call.sid, status_url=f"{line.url}/phone/status")

    assert failure.value.code == 21220


async def test_a_text_is_sent(line_with: LineWith) -> None:
    async with line_with(FakeBot(GREETING)) as line:
        await line.company.text(MOBILE, "Ihr Code ist da.")


Wish = Callable[[PhoneCompany], Coroutine[None, None, object]]
WISHES: list[Wish] = [
    lambda company: company.call(MOBILE, answer_url="https://a.example", status_url="https://b.ex"),
    lambda company: company.redirect("CA" + "0" * 32, url="https://a.example"),
    lambda company: company.hang_up("CA" + "0" * 32),
    lambda company: company.record("CA" + "0" * 32, status_url="https://a.example"),
    lambda company: company.pause_recording("CA" + "0" * 32),
    lambda company: company.resume_recording("CA" + "0" * 32),
    lambda company: company.fetch_recording("RE" + "0" * 32),
    lambda company: company.delete_recording("RE" + "0" * 32),
    lambda company: company.text(MOBILE, "Hallo"),
]


async def test_a_stranger_is_refused_whatever_they_want(line_with: LineWith) -> None:
    async with line_with(FakeBot(GREETING)) as line:
        stranger = Twilio(ACCOUNT.sid, "another token", number=THE_LINE, address=line.url)

        for wish in WISHES:
            with pytest.raises(PhoneCompanyFailed):
                await wish(stranger)


@pytest.mark.parametrize("wish", WISHES)
async def test_nobody_is_asked_without_an_account(wish: Wish) -> None:
    with pytest.raises(PhoneCompanyFailed):
        await wish(Twilio("", "", number=""))


async def test_a_company_out_of_reach_is_one_error() -> None:
    nowhere = Twilio(ACCOUNT.sid, ACCOUNT.token, number=THE_LINE, address="http://127.0.0.1:9")

    with pytest.raises(PhoneCompanyFailed) as failure:
        await nowhere.text(MOBILE, "Ihr Code ist 123456.")

    assert MOBILE not in repr(failure.value)
    assert failure.value.__suppress_context__


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("Calls.json", b"To=%2B4915112345678"),
        ("Calls.json", b"To=%2B4915112345678&From=%2B4930901820099&Ring=20"),
        ("Messages.json", b"Body=Hallo"),
        (f"Calls/CA{'0' * 32}.json", b"Status=gone"),
        ("Calls/123/Recordings.json", b"RecordingChannels=dual"),
    ],
)
def test_what_twilio_would_not_take_is_noticed(path: str, body: bytes) -> None:
    answer = [{"type": "http.response.start", "status": 400}]

    with pytest.raises((OpenAPIError, AssertionError)):
        check("POST", f"/2010-04-01/Accounts/{ACCOUNT.sid}/{path}", "Basic YTpi", body, answer)


async def _call_mobile(line: PhoneLine) -> str:
    return await line.company.call(
        MOBILE,
        answer_url=f"{line.url}/phone/voice?language=de",
        status_url=f"{line.url}/phone/status",
    )
