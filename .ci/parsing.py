"""In Rasa's interpreter: what a model understands of sentences, and what that costs."""

import asyncio
import json
import sys
import time
from pathlib import Path
from statistics import median

from bot.without import leave_out_what_is_unused

STARTED = time.perf_counter()
TIMED = 300
"""Sentences from which the time of one is told."""


def main() -> None:
    """Read texts as JSON, write what is understood of each, and the cost."""
    leave_out_what_is_unused(Path("config.yml"))
    # Only now, as Rasa imports all of it along with itself.
    from rasa.core.agent import Agent  # noqa: PLC0415

    from bot.reading_yaml import read_in_linear_time, trust_the_model  # noqa: PLC0415

    read_in_linear_time()
    trust_the_model()
    agent = Agent.load(sys.argv[2])
    ready = time.perf_counter() - STARTED
    texts = json.load(sys.stdin)
    took, parsed = [], []
    for text in texts:
        began = time.perf_counter()
        parsed.append(asyncio.run(agent.parse_message(text)))
        took.append(time.perf_counter() - began)
    cost = {"ms": 1000 * median(took[:TIMED]), "megabytes": _resident(), "ready": ready}
    Path(sys.argv[1]).write_text(json.dumps({"parsed": parsed, "cost": cost}))


def _resident() -> float:
    status = Path("/proc/self/status").read_text()
    return int(status.split("VmRSS:")[1].split()[0]) / 1024


if __name__ == "__main__":
    main()
