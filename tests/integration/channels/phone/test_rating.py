"""One question after a call with a person."""

import pytest

from channels.phone.patience import Patience
from channels.phone.rating import stars_in
from channels.phone.webhooks import Gathered
from channels.phone.wording import say
from channels.simulator.call import CallEnded
from crm_store.base import Language
from crm_store.conversations.models import Kind
from tests.fakes import FakeBot
from tests.integration.channels.phone.running import GREETING, LineWith, hears_until

pytestmark = [pytest.mark.integration, pytest.mark.anyio]


async def test_a_caller_says_once_how_content_they_were(either_line_with: LineWith) -> None:
    async with either_line_with(FakeBot(GREETING)) as line, line.phone.call() as call:
        line.be_patient(Patience(words=1, news=1))
        await call.hears()
        await line.passes_on()
        mia = await line.agent_takes_over("Mia")
        await hears_until(call, say("claimed", Language.de, agent="Mia"))
        await line.agent_closes(mia)
        await hears_until(call, say("rating", Language.de))
        await call.keys("4")
        await hears_until(call, say("rating_thanks", Language.de))
        with pytest.raises(CallEnded):
            await call.hears()

        assert (await line.conversation()).rating == 4
        assert [m.text for m in await line.messages() if m.kind is Kind.rated] == ["4"]


@pytest.mark.parametrize(
    ("said", "stars"),
    [
        ({"Digits": "1"}, 1),
        ({"Digits": "9"}, None),
        ({"SpeechResult": "Fünf."}, 5),
        ({"SpeechResult": "eine glatte Drei"}, 3),
        ({"SpeechResult": "Ich sage 2"}, 2),
        ({"SpeechResult": "weiß nicht"}, None),
        ({}, None),
    ],
)
def test_a_number_is_keyed_in_or_said(said: dict[str, str], stars: int | None) -> None:
    heard = Gathered.read({"CallSid": "CA1", **said})

    assert stars_in(heard, Language.de) == stars
