"""Hold the bot's model against stories and unseen sentences, with Rasa's own test runner."""

import asyncio
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from channels.up.guard import Guard
from channels.up.places import RASA_PYTHON, ROOT
from channels.up.programs import QUIET_RASA
from channels.up.training import trained_model

STORIES = ROOT / "tests" / "stories"
SENTENCES = ROOT / "tests" / "nlu"
LEAST_UNDERSTOOD = 0.85
"""Of sentences that are not in training, in each language; asking back counts as not understood."""


def main() -> int:
    """Return 0 when the bot does what every story tells and understands enough."""
    guard = Guard()
    try:
        model = asyncio.run(trained_model(tell=lambda _, line: print(line), guard=guard))
    finally:
        guard.close()
    languages = sorted(SENTENCES.glob("??.yml"))
    return 0 if play(str(model)) and all(understands(str(model), of) for of in languages) else 1


def play(model: str) -> bool:
    """Have Rasa predict each step of each story."""
    with tempfile.TemporaryDirectory() as reports:
        stories = ("--stories", str(STORIES), "--fail-on-prediction-errors")
        return _test("core", "--model", model, *stories, "--out", reports)


def understands(model: str, sentences: Path) -> bool:
    """Have Rasa name the intent of each sentence; return whether it is right often enough."""
    with tempfile.TemporaryDirectory() as reports:
        asked = ("--nlu", str(sentences), "--no-plot", "--out", reports)
        if not _test("nlu", "--model", model, *asked):
            return False
        right = json.loads((Path(reports) / "intent_report.json").read_text())["accuracy"]
    print(f"{sentences.stem}: {right:.0%} of unseen sentences understood")
    return bool(right >= LEAST_UNDERSTOOD)


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
