"""Measure a turn through all of Rapport beside bare Rasa's, in one run on one machine."""

import asyncio
import sys
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from channels.up.ports import free_ports
from channels.up.stack import Stack
from tests.bench import measuring
from tests.bench.bare import bare_rasa
from tests.bench.talkers import asking_rasa, chatting

OURS_AT = [1, 100, 400]
BARE_AT = [1, 100]


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


async def _bench(ours_in: Path, bare_in: Path) -> None:
    environment = {"RAPPORT_MESSAGES_PER_MINUTE": "1000000"}
    _say("starting Rapport …")
    async with Stack(ours_in, ports=free_ports(), environment=environment) as stack:
        _say("training and starting bare Rasa (`rasa init`) …")
        async with bare_rasa(bare_in) as bare_url:
            ours, bare = partial(chatting, stack.url), partial(asking_rasa, bare_url)
            _say("measuring …")
            alone = await measuring.alone([ours, bare])
            rates = await measuring.at_once([ours, bare])
            long_ours = await measuring.grown(ours, OURS_AT)
            long_bare = await measuring.grown(bare, BARE_AT)
    _say("")
    _say("| | Rapport, whole and durable | bare Rasa, REST | ratio |")
    _say("| --- | --- | --- | --- |")
    _row("a turn alone, ms", alone, 1)
    _row("turns/s, 8 at once", rates, 0)
    for turn, ms in zip(OURS_AT, long_ours, strict=True):
        others = dict(zip(BARE_AT, long_bare, strict=True))
        if turn in others:
            _row(f"turn {turn} of one conversation, ms", [ms, others[turn]], 1)
        else:
            _say(f"| turn {turn} of one conversation, ms | {ms:.1f} | not measured | |")
    _say("")
    _say(f"turn {OURS_AT[-1]} takes {long_ours[-1] / long_ours[0]:.2f} times turn {OURS_AT[0]}")


def _row(what: str, sides: list[float], digits: int) -> None:
    ours, bare = sides
    _say(f"| {what} | {ours:.{digits}f} | {bare:.{digits}f} | {ours / bare:.2f} |")


if __name__ == "__main__":
    with (
        TemporaryDirectory(prefix="rapport-bench-") as ours_in,
        TemporaryDirectory(prefix="rapport-bare-") as bare_in,
    ):
        asyncio.run(_bench(Path(ours_in), Path(bare_in)))
