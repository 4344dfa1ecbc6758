"""What Twilio is told to listen for."""

import httpx2
import pytest

from tests.builders import an_order
from tests.fakes import FakeBot
from tests.fixtures.twilio import body
from tests.integration.channels.phone.running import ACCOUNT, LineWith, PhoneLine

pytestmark = [pytest.mark.integration, pytest.mark.anyio]

MOBILE = "+4915112345678"


async def post(line: PhoneLine, path: str, name: str) -> str:
    url, form = f"{line.url}/phone/{path}", {**body(name), "From": MOBILE}
    async with httpx2.AsyncClient(trust_env=False) as client:
        answer = await client.post(url, data=form, headers=ACCOUNT.sign(url, form))
    return answer.raise_for_status().text


async def test_a_callers_own_orders_are_listened_for(either_line_with: LineWith) -> None:
    async with either_line_with(FakeBot("Guten Tag.", "Gern.")) as line:
        ana = await line.knows_ana(MOBILE)
        async with line.sessions.begin() as session:
            session.add(an_order(ana, number="A-17", titles=("Nabucco, live",)))
        answers = [await post(line, "voice", "voice_ringing")]
        answers.append(await post(line, "gather/2", "gather_speech"))

    assert any("A-17,Nabucco live" in answer for answer in answers)
