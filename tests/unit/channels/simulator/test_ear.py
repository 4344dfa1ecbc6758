import asyncio

import pytest

from channels.clock import WallClock
from channels.simulator.ear import Ear
from channels.simulator.refusal import Refused
from channels.simulator.verbs import Gather

pytestmark = [pytest.mark.unit, pytest.mark.anyio]

BOTH = Gather("https://line.example/next", "de-DE", frozenset({"dtmf", "speech"}))
KEYS_ONLY = Gather("https://line.example/next", "de-DE", frozenset({"dtmf"}))
ONE_KEY = Gather("https://line.example/next", "de-DE", frozenset({"dtmf"}), digits=1)


async def heard(gather: Gather, *, words: str = "", keys: str = "") -> dict[str, str] | None:
    ear = Ear(WallClock(second=0.01))
    async with asyncio.TaskGroup() as both:
        listening = both.create_task(ear.listen(gather))
        if keys:
            await ear.keys(keys)
        if words:
            await ear.says(words)
    return listening.result()


@pytest.mark.parametrize(
    ("gather", "keys", "digits"),
    [
        (BOTH, "471100#", "471100"),
        (BOTH, "12*34#", "12*34"),
        (BOTH, "#48#", "48"),
        (BOTH, "0", "0"),
        (KEYS_ONLY, "48", "48"),
        (ONE_KEY, "48", "4"),
    ],
)
async def test_keys_are_collected_until_their_end_or_a_pause(
    gather: Gather, keys: str, digits: str
) -> None:
    assert await heard(gather, keys=keys) == {"Digits": digits}


async def test_whatever_comes_first_is_what_was_heard() -> None:
    said, keyed = await heard(BOTH, words="Hallo"), await heard(BOTH, keys="1", words="Hallo")

    assert said == {"SpeechResult": "Hallo", "Confidence": "0.9"}
    assert keyed == {"Digits": "1"}


@pytest.mark.parametrize("keys", ["", "#"])
async def test_silence_is_nothing(keys: str) -> None:
    assert await heard(BOTH, keys=keys) is None


async def test_nobody_speaks_to_what_hears_keys_only() -> None:
    ear = Ear(WallClock(second=0.01))
    listening = asyncio.create_task(ear.listen(KEYS_ONLY))

    with pytest.raises(Refused):
        await ear.says("Hallo")

    assert await listening is None


async def test_whoever_puts_the_phone_down_says_nothing_more() -> None:
    ear = Ear(WallClock(second=60))
    listening = asyncio.create_task(ear.listen(BOTH))
    await ear.keys("47")
    ear.hang_up()

    assert await listening is None
