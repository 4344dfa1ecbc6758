"""Hold the bot's model against stories and unseen sentences, with Rasa's own test runner."""

import asyncio
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from judging import LANGUAGES, Understanding

from channels.up.guard import Guard
from channels.up.places import RASA_PYTHON, ROOT
from channels.up.programs import QUIET_RASA
from channels.up.training import trained_model

STORIES = ROOT / "tests" / "stories"

LEAST_UNDERSTOOD = 0.95
"""Of unseen sentences, in each language."""
WIDEST_GAP = 0.02
"""The aim is 0.02; what was measured is a little more (docs/understanding.md)."""
LEAST_RECALLED = 0.85
MOST_FALSE_ALARMS = 0.03
LEAST_NAMED = 0.95


def main() -> int:
    """Return 0 when the bot does what every story tells and understands enough."""
    guard = Guard()
    try:
        model = asyncio.run(trained_model(tell=lambda _, line: print(line), guard=guard))
    finally:
        guard.close()
    return 0 if play(str(model)) and understands(model) else 1


def play(model: str) -> bool:
    """Have Rasa predict each step of each story."""
    with tempfile.TemporaryDirectory() as reports:
        stories = ("--stories", str(STORIES), "--fail-on-prediction-errors")
        return _test("core", "--model", model, *stories, "--out", reports)


def understands(model: Path) -> bool:
    """Return whether the model understands enough of what it was not trained on."""
    told = Understanding(model)
    figures = {
        **{language: (told.accuracy(language), LEAST_UNDERSTOOD) for language in LANGUAGES},
        "out of scope": (told.recalled, LEAST_RECALLED),
        "names": (told.entities[""].f1, LEAST_NAMED),
        "no false alarm": (1 - told.false_alarms, 1 - MOST_FALSE_ALARMS),
        "no gap": (1 - told.gap, 1 - WIDEST_GAP),
    }
    for name, (reached, least) in figures.items():
        print(f"{name}: {reached:.3f}, at least {least:.3f}")
    return all(reached >= least for reached, least in figures.values())


def _test(*what: str) -> bool:
    tested = subprocess.run(
        [str(RASA_PYTHON), "-m", "rasa", "test", *what],
        cwd=ROOT,
        env={**os.environ, **QUIET_RASA},
        stdin=subprocess.DEVNULL,
    )
    return tested.returncode == 0


if __name__ == "__main__":
    sys.exit(main())
