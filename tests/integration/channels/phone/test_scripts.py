"""Calls that are written down, on the line in both of its ways; minutes pass in no time."""

from pathlib import Path
from random import Random

import pytest

from channels.clock import SimulatedClock
from channels.phone.patience import Patience
from channels.simulator.playing import WentWrong, play
from channels.simulator.script import Script, read
from channels.simulator.simulator import Simulator
from channels.simulator.webhooks import Deliveries
from crm_store.conversations.models import Author, Handler
from tests.fakes import FakeBot
from tests.integration.channels.phone.running import ACCOUNT, GREETING, LineWith, PhoneLine

pytestmark = [pytest.mark.integration, pytest.mark.anyio]

CALLS = sorted((Path(__file__).parent / "calls").glob("*.yml"))
ANSWER = "Ich empfehle Nabucco, Aida und Otello."


def a_phone(line: PhoneLine, *, stray: int | None = None) -> Simulator:
    """Return a phone that shares its clock with the line."""
    clock = SimulatedClock()
    line.be_patient(Patience(clock=clock))
    often = Deliveries(2)
    if stray is not None:
        often = Deliveries(3, stray=True, chance=Random(stray))  # noqa: S311 - no secret
    return Simulator(ACCOUNT, line.url, deliveries=often, clock=clock)


@pytest.mark.parametrize("path", CALLS, ids=lambda path: path.stem)
async def test_a_call_goes_as_it_is_written(line_with: LineWith, path: Path) -> None:
    async with line_with(FakeBot(GREETING, ANSWER, "Gern.")) as line:
        await play(read(path), a_phone(line))

        assert (await line.conversation()).handler is Handler.closed


@pytest.mark.parametrize("seed", range(3))
async def test_stray_webhooks_change_nothing(plain_line_with: LineWith, seed: int) -> None:
    bot = FakeBot(GREETING, "Eins.", "Zwei.", "Drei.")
    asked = [{"says": word, "hears": f"{word}."} for word in ("Eins", "Zwei", "Drei")]
    script = Script.model_validate({"steps": [{"hears": "KI"}, *asked, {"hangs_up": True}]})

    async with plain_line_with(bot) as line:
        await play(script, a_phone(line, stray=seed))
        said = await line.said()

    assert [text for author, text in said if author is Author.customer] == ["Eins", "Zwei", "Drei"]
    assert bot.heard == ["", "Eins", "Zwei", "Drei"]


async def test_what_was_not_heard_is_told_with_its_step(line_with: LineWith) -> None:
    steps = [{"hears": "KI"}, {"hangs_up": True, "hears": "Nie"}]

    async with line_with(FakeBot(GREETING)) as line:
        with pytest.raises(WentWrong, match="step 2: .*Nie.* was not heard, but: nothing"):
            await play(Script.model_validate({"steps": steps}), a_phone(line))
